import { opensIamRoute } from './iam-routes';
import { AccountUse } from '../../core/third-party/trusted-account';
import { takesTokensAlone } from '../../model/resources/agents';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { accountIn, isForeign, ownAccounts } from '../../model/rights/accounts';
import { boundValues, Closure, mentions } from '../../model/rights/conditions';
import { GranteeKind } from '../../model/rights/grantees';
import { conditionsOf } from '../../model/rights/iam';
import { PolicyKind } from '../../model/rights/policy-places';
import { Grant, grantsOf, isOpenToEveryone, RESOURCE_POLICY_TYPES } from '../../model/rights/resource-policies';
import { fail, notApplicable, Outcome, pass, Rule, RuleContext, RuleResult, Severity, unresolved } from '../../model/rule';
import { trustedWith } from '../../model/rule-options';
import { textOf } from '../../model/values/values';
import { AWS_LOG_ACCOUNTS, LOG_DELIVERY_IDS } from '../account-baseline';

const BUCKET_POLICY = 'AWS::S3::BucketPolicy';

/** Others judge these: functions are there to be called, roles are assumed, buckets and layers have a rule of their own. */
const JUDGED_ELSEWHERE = new Set([PolicyKind.ENDPOINT, PolicyKind.FUNCTION, PolicyKind.LAYER, PolicyKind.ROLE]);

/** What somebody in another account gets hold of here is code, or a place to send logs to: no data of the app. */
const WITHOUT_DATA = new Set([PolicyKind.LAYER, PolicyKind.LOG_DESTINATION, PolicyKind.REPOSITORY]);

/** Keys that let only accounts of the own organization in, or only who knows an id that was agreed upon. */
const AGREED_KEYS = /^(aws:(principalorg(id|paths)|sourceorg(id|paths)|resourceorgid|multifactorauthpresent)|sts:externalid)$/i;

/** Keys whose values name the account that gets in. */
const ACCOUNT_KEYS = /^(aws:(principalaccount|principalarn|sourceaccount|sourcearn|sourceowner)|kms:calleraccount|s3:dataaccesspointaccount)$/i;

export const POLICY_OPEN_EVERYONE: Rule = {
  id: 'PolicyOpenEveryone',
  severity: Severity.HIGH,
  appliesTo: RESOURCE_POLICY_TYPES.filter((type) => type !== BUCKET_POLICY),
  title: 'The policy of a queue, topic, key, secret, table, API or other resource lets everybody in',
  why: 'Everybody who has an account of AWS, and for some services everybody on the internet, reads, writes or uses the resource. Conditions that a request '
    + 'without the key satisfies (IfExists, ForAllValues, Null), negations and values with wildcards do not close it. '
    + 'Of APIs only routes under IAM are meant: on others the authorizer decides.',
  fix: 'Name the principals, or bind the statement with aws:PrincipalOrgID, aws:PrincipalAccount or aws:SourceArn under StringEquals or ArnLike. '
    + 'The constructs of this library refuse such statements.',
  risks: ['data-exposure', 'attack-surface', 'broken-authentication'],
  frameworks: ['FSBP SQS.3', 'FSBP SNS.4', 'FSBP KMS.5', 'CKV_AWS_33', 'cdk-nag EVB1', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'what is open: queue, topic, key, …',
  check: (holder, app) => judgeGrants(holder, app, (grant) => {
    if (JUDGED_ELSEWHERE.has(grant.kind) || isInsideNetwork(grant) || isBehindTokens(grant, app) || asksForAnyIdentity(grant)) return notApplicable();
    if (grant.kind === PolicyKind.API && !opensIamRoute(grant, app)) return notApplicable();
    if (isOpenToEveryone(grant)) return fail(grant.location, grant.kind);
    const everyone = grant.grantees.some(({ kind }) => kind === GranteeKind.EVERYONE);
    return everyone && grant.closure === Closure.UNKNOWN ? unresolved(grant.location, grant.kind) : pass();
  }),
};

export const POLICY_FOREIGN_ACCOUNT: Rule = {
  id: 'PolicyForeignAccount',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: RESOURCE_POLICY_TYPES,
  title: 'The policy of a resource lets another account in',
  why: 'Whoever administers the other account decides from then on who reads or writes here, and an id that was copied from an example belongs to somebody.',
  fix: 'Take the account out; if it belongs to you or to a partner, list it in TrustedAccounts, and bind the statement to your organization (aws:PrincipalOrgID).',
  risks: ['data-exposure', 'third-party'],
  frameworks: ['FSBP S3.6', 'prowler dynamodb_table_cross_account_access', 'prowler eventbridge_bus_cross_account_access', 'CSA SAS-04'],
  findingForm: 'id of the account',
  check: (holder, app, context) => judgeForeign(holder, app, context, (grant) => !WITHOUT_DATA.has(grant.kind) && !isAgreed(grant)),
};

export const FOREIGN_ACCOUNT_AGREED: Rule = {
  id: 'ForeignAccountAgreed',
  severity: Severity.LOW,
  appliesTo: RESOURCE_POLICY_TYPES,
  title: 'Another account gets in under a condition, or by an id that tells no account, or gets code or a place for its logs',
  why: 'The condition, an organization or an external id, limits what the other account can do, but it is still somebody else who decides there. '
    + 'Whose canonical id a policy of a bucket names, nobody can tell.',
  fix: 'List the account in TrustedAccounts if it is yours or a partner\'s, or take it out. Name accounts by their number, and CloudFront as a service.',
  risks: ['third-party'],
  frameworks: ['FSBP S3.6', 'prowler awslambda_function_using_cross_account_layers', 'CSA SAS-06'],
  findingForm: 'id of the account, or canonical id',
  check: (holder, app, context) => [
    judgeForeign(holder, app, context, (grant) => WITHOUT_DATA.has(grant.kind) || isAgreed(grant)),
    judgeGrants(holder, app, (grant) => canonicalIds(grant).map((id) => fail(grant.location, id))),
  ].flat(),
};

export const LAYER_OPEN_EVERYONE: Rule = {
  id: 'LayerOpenEveryone',
  severity: Severity.MEDIUM,
  appliesTo: ['AWS::Lambda::LayerVersionPermission'],
  title: 'Everybody may read the code of a layer',
  why: 'A layer holds code, and often settings and keys that somebody forgot in it: every account of AWS can download it.',
  fix: 'Name the account, or set OrganizationId together with Principal "*".',
  risks: ['data-exposure', 'attack-surface'],
  frameworks: ['CT.LAMBDA.PR.4', 'CSA SAS-03'],
  check: (permission, app) => judgeGrants(permission, app, (grant) => {
    if (!grant.grantees.some(({ kind }) => kind === GranteeKind.EVERYONE)) return pass();
    return grant.closure === Closure.OPEN ? fail('Properties.Principal') : pass();
  }),
};

/** Judges each allowing statement that a resource holds. A statement that only the deployment knows leaves the answer open. */
export function judgeGrants(holder: Resource, app: AppModel, judge: (grant: Grant) => Outcome | readonly Outcome[]): RuleResult {
  return grantsOf(holder, app)
    .flatMap((grant): Outcome | readonly Outcome[] => (grant.statement.unresolved ? unresolved(grant.location) : judge(grant)));
}

/** Where a resource says that it answers in a network only, and nobody outside of it. */
const NETWORK_PROPERTIES: { readonly [type: string]: string } = {
  'AWS::Elasticsearch::Domain': 'VPCOptions.SubnetIds',
  'AWS::OpenSearchService::Domain': 'VPCOptions.SubnetIds',
  'AWS::S3::AccessPoint': 'VpcConfiguration.VpcId',
};

/**
 * VPC Lattice is called from networks that are joined to it, and there by identities whose own policies allow it: each but the anonymous is somebody.
 * @see https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html
 */
function asksForAnyIdentity({ holder, statement }: Grant): boolean {
  return holder.type === 'AWS::VpcLattice::AuthPolicy' && conditionsOf(statement).some(({ key, operator, values }) => (
    /^aws:principaltype$/i.test(key) && /^stringnotequals(ignorecase)?$/i.test(operator) && values.some((value) => /^anonymous$/i.test(textOf(value) ?? ''))));
}

/** A policy of agents that take tokens alone cannot name who calls. */
function isBehindTokens({ on }: Grant, app: AppModel): boolean {
  return on.length > 0 && on.every((resource) => takesTokensAlone(resource, app));
}

function isInsideNetwork({ holder }: Grant): boolean {
  const property = NETWORK_PROPERTIES[holder.type];
  return property !== undefined && holder.property(property) !== undefined;
}

/** A service that acts for another account brings its events, and so does a publisher whose sources are named: neither takes data out. */
function isAgreed({ statement, grantees }: Grant): boolean {
  return boundValues(statement, AGREED_KEYS).length > 0 || mentions(statement, /^events:source$/i) || (grantees.length > 0 && grantees.every(({ kind }) => kind === GranteeKind.SERVICE));
}

/** Ids of S3 that are written out, except for the one by which CloudFront puts its logs. */
function canonicalIds({ grantees }: Grant): readonly string[] {
  return grantees.filter(({ kind, text }) => kind === GranteeKind.CANONICAL_USER && /^[0-9a-f]{64}$/.test(text)).map(({ text }) => text)
    .filter((id) => !LOG_DELIVERY_IDS.includes(id));
}

function judgeForeign(holder: Resource, app: AppModel, { options }: RuleContext, isMeant: (grant: Grant) => boolean): RuleResult {
  return judgeGrants(holder, app, (grant) => {
    if (grant.kind === PolicyKind.API || grant.kind === PolicyKind.ENDPOINT || !isMeant(grant)) return notApplicable();
    const accounts = foreignAccounts(grant, app, trustedWith(useOf(grant), options));
    return accounts.length === 0 ? pass() : accounts.map((account) => fail(grant.location, account));
  });
}

/** Whoever may put events on a bus gets nothing from it. */
function useOf({ kind }: Grant): AccountUse {
  if (kind === PolicyKind.ROLE) return AccountUse.ROLES;
  return kind === PolicyKind.BUS ? AccountUse.EVENTS : AccountUse.DATA;
}

/**
 * Accounts that a statement names as principals, or in the conditions that bind everybody to somebody. For whom a service may act counts only
 * where the app's own account is known: it is most often that one which stands there as a number.
 */
export function foreignAccounts({ grantees, statement }: Grant, app: AppModel, trusted: readonly string[]): readonly string[] {
  const named = grantees.map(({ account }) => account);
  const bound = grantees.some(({ kind }) => kind === GranteeKind.EVERYONE || (kind === GranteeKind.SERVICE && ownAccounts(app).size > 0));
  const throughConditions = bound ? boundValues(statement, ACCOUNT_KEYS).map((value) => accountIn(app.describe(value) ?? '')) : [];
  return [...new Set([...named, ...throughConditions])].filter((account) => account !== undefined)
    .filter((account) => isForeign(account, app, [...trusted, ...AWS_LOG_ACCOUNTS]));
}

export const SHARING_RULES: readonly Rule[] = [FOREIGN_ACCOUNT_AGREED, LAYER_OPEN_EVERYONE, POLICY_FOREIGN_ACCOUNT, POLICY_OPEN_EVERYONE];
