import { SOURCE_AWARE_SERVICES } from '../account-baseline';
import { foreignAccounts, judgeGrants } from './sharing-rules';
import { AccountUse } from '../../core/third-party/trusted-account';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { firstSpokenOf } from '../../model/rights/actions';
import { boundValues, Closure, closedBy } from '../../model/rights/conditions';
import { GranteeKind } from '../../model/rights/grantees';
import { Statement } from '../../model/rights/iam';
import { Grant, grantsOf } from '../../model/rights/resource-policies';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { trustedWith } from '../../model/rule-options';

const ROLE = 'AWS::IAM::Role';
const ASSUME = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];
const EXTERNAL_ID = /^sts:externalid$/i;

/** Conditions that were agreed upon with the other side, or that only the own organization satisfies. */
const AGREED_KEYS = new Set([
  'aws:multifactorauthpresent', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:sourceip', 'aws:sourcevpc', 'aws:sourcevpce', 'sts:externalid',
]);

/** A function at the edge runs under one role that both services assume. */
const ONE_SERVICE: { readonly [service: string]: string } = { edgelambda: 'lambda' };

export const ROLE_TRUST_EVERYONE: Rule = {
  id: 'RoleTrustEveryone',
  severity: Severity.HIGH,
  appliesTo: [ROLE],
  title: 'Everybody may assume a role',
  why: 'Somebody in any account of AWS becomes the role and does whatever it may do. An external id is no secret and does not change that.',
  fix: 'Name the service, role or account that assumes the role, or bind the statement with aws:PrincipalOrgID or aws:PrincipalArn.',
  risks: ['broken-authentication', 'over-privilege'],
  frameworks: ['CKV_AWS_60', 'CKV_AWS_61', 'cfn_nag F6', 'OWASP Serverless S5', 'CSA SAS-04'],
  check: (role, app) => judgeTrust(role, app, (grant) => {
    if (!grant.grantees.some(({ kind }) => kind === GranteeKind.EVERYONE)) return pass();
    if (grant.closure === Closure.UNKNOWN) return unresolved(grant.location);
    return grant.closure === Closure.OPEN ? fail(grant.location) : pass();
  }),
};

export const ROLE_TRUST_FOREIGN: Rule = {
  id: 'RoleTrustForeign',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [ROLE],
  title: 'Another account may assume a role, and nothing was agreed upon with it',
  why: 'Whoever gets hold of any principal of the other account that may assume roles becomes this role; a vendor can be made to use it for another customer of his.',
  fix: 'Ask for sts:ExternalId or aws:PrincipalOrgID in a condition, or list the account in TrustedAccounts if it is your own.',
  risks: ['third-party', 'broken-authentication'],
  frameworks: ['KICS cross_account_iam_assume_role_policy_without_external_id_or_mfa', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'id of the account, or `parameter` and the name of the one that gives it',
  check: (role, app, { options }) => judgeTrust(role, app, (grant) => {
    const given = grant.grantees.flatMap(({ accountParameter }) => (accountParameter === undefined ? [] : [`parameter ${accountParameter}`]));
    const accounts = [...foreignAccounts(grant, app, trustedWith(AccountUse.ROLES, options)), ...new Set(given)];
    if (accounts.length === 0 || closedBy(grant.statement, app, (key) => AGREED_KEYS.has(key)) !== Closure.OPEN) return pass();
    return accounts.map((account) => fail(grant.location, account));
  }),
};

export const ROLE_TRUST_SERVICES: Rule = {
  id: 'RoleTrustServices',
  severity: Severity.LOW,
  appliesTo: [ROLE],
  title: 'Several services, or a service and a whole account, may assume a role',
  why: 'Each of them gets the rights that any of them needs: whoever can make one of the services run something has the rights of all.',
  fix: 'Make a role for each service, with the rights that this service needs.',
  risks: ['over-privilege'],
  frameworks: ['OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the services, and account for a whole account',
  check: (role, app) => {
    const grants = grantsOf(role, app).filter(isAssuming);
    if (grants.some(({ statement }) => statement.unresolved)) return unresolved('Properties.AssumeRolePolicyDocument');
    const grantees = grants.flatMap((grant) => grant.grantees);
    const services = new Set(grantees.filter(({ kind }) => kind === GranteeKind.SERVICE).map(({ text }) => ONE_SERVICE[text] ?? text));
    if (services.size === 0) return notApplicable();
    const account = grantees.some(({ wholeAccount }) => wholeAccount);
    if (services.size === 1 && !account) return pass();
    return fail('Properties.AssumeRolePolicyDocument', [...[...services].sort(), ...(account ? ['account'] : [])].join(' and '));
  },
};

export const ROLE_TRUST_SOURCE: Rule = {
  id: 'RoleTrustSource',
  severity: Severity.LOW,
  appliesTo: [ROLE],
  title: 'A service may assume a role without saying for whom it acts',
  why: 'The service tells for which resource it assumes the role, but nobody looks: a schedule, pipe or log destination of somebody else could use the role, '
    + 'if the service can be talked into it (confused deputy).',
  fix: 'Add a condition on aws:SourceAccount, and aws:SourceArn where the resource is known; the roles that the secure constructs make have it.',
  risks: ['over-privilege'],
  frameworks: ['prowler iam_role_cross_service_confused_deputy_prevention', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the service',
  check: (role, app) => judgeTrust(role, app, (grant) => {
    const services = grant.grantees.filter(({ kind, text }) => kind === GranteeKind.SERVICE && SOURCE_AWARE_SERVICES.includes(text));
    if (services.length === 0 || logsForApiGateway(role, app)) return notApplicable();
    if (grant.sources === Closure.CLOSED || boundValues(grant.statement, EXTERNAL_ID).length > 0) return pass();
    return services.map(({ text }): Outcome => (grant.sources === Closure.UNKNOWN ? unresolved(grant.location, text) : fail(grant.location, text)));
  }),
};

/** Judges the statements that let somebody assume a role; those that only let him tag the session say nothing of their own. */
export function judgeTrust(role: Resource, app: AppModel, judge: (grant: Grant) => Outcome | readonly Outcome[]): RuleResult {
  return judgeGrants(role, app, (grant) => (isAssuming(grant) ? judge(grant) : notApplicable()));
}

/** API Gateway assumes the one role of an account that writes the logs of all its APIs for no API in particular. */
function logsForApiGateway(role: Resource, app: AppModel): boolean {
  const roles = app.index('roles of the API Gateway account', () => new Set(
    app.ofType('AWS::ApiGateway::Account').flatMap((account) => app.targets(account.property('CloudWatchRoleArn'))).map(({ key }) => key)));
  return roles.has(role.key);
}

function isAssuming({ statement }: { readonly statement: Statement }): boolean {
  return statement.unresolved || statement.actions.length === 0 || firstSpokenOf(statement, ASSUME) !== undefined;
}

export const TRUST_RULES: readonly Rule[] = [ROLE_TRUST_EVERYONE, ROLE_TRUST_FOREIGN, ROLE_TRUST_SERVICES, ROLE_TRUST_SOURCE];
