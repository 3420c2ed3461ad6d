import { CUSTOMARY_GRANTS, SOURCELESS_SERVICES } from '../account-baseline';
import { foreignAccounts, judgeGrants } from './sharing-rules';
import { AccountUse } from '../../core/third-party/trusted-account';
import { AppModel } from '../../model/resources/app-model';
import { firstSpokenOf, hasServiceWildcard } from '../../model/rights/actions';
import { Closure, closedBy } from '../../model/rights/conditions';
import { GranteeKind } from '../../model/rights/grantees';
import { Statement } from '../../model/rights/iam';
import { PolicyKind } from '../../model/rights/policy-places';
import { Grant, grantsOf, RESOURCE_POLICY_TYPES } from '../../model/rights/resource-policies';
import { fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { trustedWith } from '../../model/rule-options';
import { isUnresolved, textOf } from '../../model/values/values';

/** Functions have a rule of their own, roles are trusted and not called, and behind an endpoint or an API stands no resource. */
const NOT_CALLED_BY_SERVICES = new Set([PolicyKind.API, PolicyKind.ENDPOINT, PolicyKind.FUNCTION, PolicyKind.LAYER, PolicyKind.ROLE]);

/** Keys that say in which account, organization or network somebody or something is. */
const PERIMETER_KEYS = new Set([
  'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:resourceaccount', 'aws:resourceorgid', 'aws:resourceorgpaths',
  's3:resourceaccount',
]);

/** Actions that carry data out to whatever resource the caller names. */
const OUTWARD_ACTIONS = [
  'dynamodb:PutItem', 'events:PutEvents', 'execute-api:Invoke', 'firehose:PutRecord', 'kinesis:PutRecord', 'lambda:InvokeFunction', 's3:PutObject', 'sns:Publish',
  'sqs:SendMessage',
];

export const SERVICE_GRANT_SOURCE: Rule = {
  id: 'ServiceGrantSource',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: RESOURCE_POLICY_TYPES,
  title: 'A policy lets a service in without saying for whom it may act',
  why: 'A service acts for everybody: somebody else\'s topic, bucket or rule in another account can make it write to the resource, or use its key (confused deputy).',
  fix: 'Add ArnLike aws:SourceArn or StringEquals aws:SourceAccount; for keys an encryption context that names your resource does as well. '
    + 'SecureQueue, SecureTopic and SecureKey add it.',
  risks: ['over-privilege', 'attack-surface'],
  frameworks: ['CKV_AWS_364', 'prowler iam_role_cross_service_confused_deputy_prevention', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the service',
  check: (holder, app) => judgeGrants(holder, app, (grant) => (
    NOT_CALLED_BY_SERVICES.has(grant.kind) ? notApplicable() : judgeServices(grant, app, false))),
};

export const SERVICE_GRANT_CUSTOMARY: Rule = {
  id: 'ServiceGrantCustomary',
  severity: Severity.LOW,
  appliesTo: RESOURCE_POLICY_TYPES,
  title: 'A grant to a service, as CDK and many examples write it, does not say for whom the service may act',
  why: 'The service may use the key, write to the topic or call the function for somebody else\'s resource as well, if that names this one (confused deputy). '
    + 'CDK writes such statements by itself for some of its grants.',
  fix: 'Add StringEquals aws:SourceAccount or ArnLike aws:SourceArn with a statement of your own in the place of the grant. '
    + 'SecureKey, SecureTopic and SecureQueue add it.',
  risks: ['over-privilege', 'attack-surface'],
  frameworks: ['CKV_AWS_364', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the service',
  check: (holder, app) => grantsOf(holder, app).filter(({ statement }) => !statement.unresolved).flatMap((grant) => judgeServices(grant, app, true)),
};

export const POLICY_ACTION_WILDCARD: Rule = {
  id: 'PolicyActionWildcard',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: RESOURCE_POLICY_TYPES,
  title: 'The policy of a resource allows every action of the service',
  why: 'Whoever it lets in may also delete the resource and change the policy itself, and so let others in.',
  fix: 'Name the actions that the principal needs. The default statement of a key, kms:* for the own account, is meant to be there.',
  risks: ['over-privilege'],
  frameworks: ['cfn_nag F15', 'cfn_nag F20', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the action as written, or NotAction',
  check: (holder, app) => judgeGrants(holder, app, (grant) => {
    if (grant.kind === PolicyKind.ENDPOINT || grant.kind === PolicyKind.API || isOwnAccount(grant)) return notApplicable();
    if (grant.statement.notActions.length > 0) return fail(`${grant.location}.NotAction`, 'NotAction');
    if (grant.statement.actions.some(isUnresolved)) return unresolved(`${grant.location}.Action`);
    return grant.statement.actions.map((action) => (
      hasServiceWildcard({ ...grant.statement, actions: [action] }) ? fail(`${grant.location}.Action`, textOf(action)) : pass()));
  }),
};

export const ENDPOINT_POLICY_OPEN: Rule = {
  id: 'EndpointPolicyOpen',
  severity: Severity.LOW,
  appliesTo: ['AWS::EC2::VPCEndpoint'],
  title: 'A VPC endpoint lets everybody reach every resource of the service',
  why: 'Without a policy, or with one that allows everything, code that runs in the network can copy data through the endpoint to a bucket or queue of '
    + 'any account, with any credentials that it brings along.',
  fix: 'Give the endpoint a policy with aws:PrincipalOrgID or aws:PrincipalAccount and aws:ResourceOrgID or aws:ResourceAccount; SecureNetwork does.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03'],
  check: (endpoint, app, { options }) => {
    const service = app.describe(endpoint.property('ServiceName')) ?? '';
    if (endpoint.property('VpcEndpointType') === 'GatewayLoadBalancer' || /\.vpce\./.test(service)) return notApplicable();
    const missing = endpoint.alternatives('PolicyDocument').some((document) => document === undefined);
    if (missing) return fail('Properties.PolicyDocument');
    return judgeGrants(endpoint, app, (grant) => (
      isWide(grant, app) || foreignAccounts(grant, app, trustedWith(AccountUse.DATA, options)).length > 0 ? fail(grant.location) : pass()));
  },
};

function judgeServices(grant: Grant, app: AppModel, customary: boolean): Outcome | readonly Outcome[] {
  const services = grant.grantees.filter(({ kind, text }) => kind === GranteeKind.SERVICE && !SOURCELESS_SERVICES.includes(text)
    && isCustomary(grant.kind, grant.statement, text) === customary);
  if (services.length === 0 || isForAwsResource(grant.statement, app)) return notApplicable();
  return services.map(({ text }): Outcome => {
    if (grant.sources === Closure.UNKNOWN) return unresolved(grant.location, text);
    return grant.sources === Closure.OPEN ? fail(grant.location, text) : pass();
  });
}

/** Whether CDK itself writes such a grant without a source. */
export function isCustomary(kind: PolicyKind, { actions, notActions }: Statement, service: string): boolean {
  const known = CUSTOMARY_GRANTS[kind];
  return known !== undefined && notActions.length === 0 && (known.services?.includes(service) ?? true)
    && actions.length > 0 && actions.every((action) => known.actions.test((textOf(action) ?? '').toLowerCase()));
}

/** A statement that holds only for grants of AWS services, or through one service of one account, names for whom it holds. */
function isForAwsResource(statement: Statement, app: AppModel): boolean {
  return closedBy(statement, app, (key) => key === 'kms:viaservice' || key === 'kms:grantisforawsresource') === Closure.CLOSED;
}

/**
 * The default statement of keys leaves the decision to the policies of the account's principals. Whether an account that is written as a
 * number is another one, the rule for other accounts says.
 */
function isOwnAccount({ grantees, kind }: Grant): boolean {
  return kind === PolicyKind.KEY && grantees.length > 0 && grantees.every((one) => one.kind === GranteeKind.ACCOUNT && one.wholeAccount);
}

function isWide({ statement, grantees }: Grant, app: AppModel): boolean {
  const everything = (statement.resources.length === 0 || statement.resources.some((resource) => /^\*+$/.test(textOf(resource) ?? '')))
    && (hasServiceWildcard(statement) || firstSpokenOf(statement, OUTWARD_ACTIONS) !== undefined);
  return everything && grantees.some(({ kind }) => kind === GranteeKind.EVERYONE)
    && closedBy(statement, app, (key) => PERIMETER_KEYS.has(key)) === Closure.OPEN;
}

export const SERVICE_GRANT_RULES: readonly Rule[] = [
  ENDPOINT_POLICY_OPEN, POLICY_ACTION_WILDCARD, SERVICE_GRANT_CUSTOMARY, SERVICE_GRANT_SOURCE,
];
