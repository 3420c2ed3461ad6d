import { CODE_ACTIONS, ESCALATING_ACTIONS, KEY_CONTROL_ACTIONS, STORE_CONTROL_ACTIONS } from './escalation-baseline';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { functionsOfRole, rolesHolding } from '../../model/rights/access';
import { firstSpokenOf, speaksOf } from '../../model/rights/actions';
import { Closure, closedBy } from '../../model/rights/conditions';
import { GranteeKind } from '../../model/rights/grantees';
import { IDENTITY_POLICY_TYPES, identityStatements, isOnlyBoundary, Statement } from '../../model/rights/iam';
import { grantsOf } from '../../model/rights/resource-policies';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity } from '../../model/rule';
import { entries, textOf } from '../../model/values/values';
import { isResourceWildcard } from '../resource-wildcard';

const PASS_ROLE = 'iam:PassRole';
const ASSUME_ROLE = 'sts:AssumeRole';
const INVOKE = 'lambda:InvokeFunction';

export const IAM_PRIVILEGE_ESCALATION: Rule = {
  id: 'IamPrivilegeEscalation',
  severity: Severity.HIGH,
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A policy lets its principal give itself more rights',
  why: 'Whoever takes over the principal writes himself a policy, makes keys for a user, passes a role with more rights to a service, or assumes one: '
    + 'the other limits of the policy no longer count.',
  fix: 'Leave the management of identities to the deployment. Where a function must pass or assume a role, name that role, and add iam:PassedToService; '
    + 'where it must make roles, ask for a permissions boundary (iam:PermissionsBoundary).',
  risks: ['over-privilege'],
  frameworks: ['CKV_AWS_110', 'CKV_AWS_109', 'cfn_nag F38', 'cfn_nag F39', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the action that escalates',
  check: (policy, app) => judgeAllowed(policy, app, (statement) => {
    const escalating = firstSpokenOf(statement, ESCALATING_ACTIONS);
    const isWide = (): boolean => isOnAnything(statement, app);
    const isForItself = (): boolean => isForFunction(policy, app) || namesItself(statement, policy, app);
    const isBounded = (): boolean => isBoundBy(statement, app, ['iam:permissionsboundary', 'iam:policyarn']);
    return [
      ...(escalating !== undefined && !isBounded() && (isWide() || isForItself()) ? [escalating] : []),
      ...(speaksOf(statement, PASS_ROLE) && isWide() && !isBoundBy(statement, app, ['iam:passedtoservice', 'iam:associatedresourcearn']) ? [PASS_ROLE] : []),
      ...(speaksOf(statement, ASSUME_ROLE) && isWide() && entries(statement.conditions).length === 0 ? [ASSUME_ROLE] : []),
    ];
  }),
};

export const FUNCTION_CODE_RIGHTS: Rule = {
  id: 'FunctionCodeRights',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A function may change the code, settings or callers of functions, or call all of them',
  why: 'Whoever takes over the function for one request leaves code of his own in it, or in one with more rights: he stays when the weakness is closed.',
  fix: 'Leave changes to the deployment. Name the functions that may be invoked (allowInvoke of SecureFunction, grantInvoke of CDK).',
  risks: ['over-privilege'],
  frameworks: ['CKV_AWS_110', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the action',
  check: (policy, app) => (isForFunction(policy, app) ? judgeAllowed(policy, app, (statement) => {
    const changing = firstSpokenOf(statement, CODE_ACTIONS);
    return [
      ...(changing === undefined ? [] : [changing]),
      ...(speaksOf(statement, INVOKE) && isOnAnything(statement, app) ? [INVOKE] : []),
    ];
  }) : notApplicable()),
};

export const KEY_CONTROL_RIGHTS: Rule = {
  id: 'KeyControlRights',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A function may pass the use of a key on to others, change its policy, or end it',
  why: 'A grant outlives the policy that allowed it: whoever takes over the function gives his own account the right to decrypt, and keeps it. '
    + 'A key that is scheduled for deletion takes all data with it.',
  fix: 'Allow kms:Decrypt and kms:GenerateDataKey on the key. A service that needs grants may get kms:CreateGrant with kms:GrantIsForAWSResource.',
  risks: ['over-privilege', 'data-exposure'],
  frameworks: ['prowler iam_inline_policy_no_full_access_to_kms', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the action',
  check: (policy, app) => (isForFunction(policy, app) ? judgeAllowed(policy, app, (statement) => {
    const controlling = firstSpokenOf(statement, KEY_CONTROL_ACTIONS);
    return controlling === undefined || isBoundBy(statement, app, ['kms:grantisforawsresource', 'kms:viaservice']) ? [] : [controlling];
  }) : notApplicable()),
};

export const STORE_CONTROL_RIGHTS: Rule = {
  id: 'StoreControlRights',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A function may change who uses a store, how it is protected, or whether it exists',
  why: 'Whoever takes over the function opens the table, bucket or queue to an account of his own, switches its backups or versions off, or deletes it. '
    + 'Code that handles requests reads and writes items; it does not manage stores.',
  fix: 'Leave the action out, and let the deployment change policies and settings. A tool that must manage stores is a function of its own, that nobody outside calls.',
  risks: ['over-privilege', 'data-exposure'],
  frameworks: ['CKV_AWS_109', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the first such action of the statement',
  check: (policy, app) => (isForFunction(policy, app) ? judgeAllowed(policy, app, (statement) => {
    const controlling = firstSpokenOf(statement, STORE_CONTROL_ACTIONS);
    return controlling === undefined ? [] : [controlling];
  }) : notApplicable()),
};

/** Judges each allowing statement of a policy of a principal: what a check returns are findings. */
function judgeAllowed(policy: Resource, app: AppModel, findings: (statement: Statement) => readonly string[]): RuleResult {
  if (isOnlyBoundary(policy, app)) return notApplicable();
  return identityStatements(policy, app).filter(({ allows, unresolved }) => allows && !unresolved).flatMap((statement): readonly Outcome[] => {
    const found = findings(statement);
    return found.length === 0 ? [pass()] : found.map((finding) => fail(statement.location, finding));
  });
}

function isBoundBy(statement: Statement, app: AppModel, keys: readonly string[]): boolean {
  return closedBy(statement, app, (key) => keys.includes(key)) !== Closure.OPEN;
}

function isOnAnything(statement: Statement, app: AppModel): boolean {
  return statement.notResources.length > 0 || statement.resources.some((resource) => {
    const text = app.describe(resource);
    return text !== undefined && text !== '<?>' && isResourceWildcard(text);
  });
}

function namesItself(statement: Statement, policy: Resource, app: AppModel): boolean {
  const roles = rolesHolding(policy, app);
  return statement.resources.some((resource) => app.targets(resource).some((target) => roles.includes(target))
    || roles.some((role) => (textOf(resource) ?? '').endsWith(`role/${textOf(role.property('RoleName')) ?? '/'}`)));
}

/** Whether one of the roles that the policy belongs to is that of a function. */
export function isForFunction(policy: Resource, app: AppModel): boolean {
  const roles = app.index('roles of functions', () => new Set(app.ofType('AWS::IAM::Role').filter((role) => functionsOfRole(role, app).length > 0
    || grantsOf(role, app).some(({ grantees }) => grantees.some(({ kind, text }) => kind === GranteeKind.SERVICE && text === 'lambda')))));
  return rolesHolding(policy, app).some((role) => roles.has(role));
}

export const ESCALATION_RULES: readonly Rule[] = [FUNCTION_CODE_RIGHTS, IAM_PRIVILEGE_ESCALATION, KEY_CONTROL_RIGHTS, STORE_CONTROL_RIGHTS];
