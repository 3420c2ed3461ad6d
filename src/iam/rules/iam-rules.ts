import { isNarrowPattern } from './action-patterns';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { Closure, closedBy } from '../../model/rights/conditions';
import { GranteeKind } from '../../model/rights/grantees';
import { IDENTITY_POLICY_TYPES, identityStatements, isOnlyBoundary, Statement } from '../../model/rights/iam';
import { grantsOf } from '../../model/rights/resource-policies';
import { isUnscoped } from '../../model/rights/unscoped-actions';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { hasUnknown, Value } from '../../model/values/values';
import { API_GATEWAY_LOG_ACTIONS, LOG_WRITE_ACTIONS } from '../iam-baseline';
import { isResourceWildcard, RESOURCE_KEYS } from '../resource-wildcard';

const API_GATEWAY_LOGS = lowerCase(API_GATEWAY_LOG_ACTIONS);
const TEXT_MESSAGES = lowerCase(['sns:Publish']);
const LOG_WRITING = lowerCase(['logs:CreateLogGroup', 'logs:DescribeLogStreams', ...LOG_WRITE_ACTIONS]);

export const IAM_ACTION_WILDCARD: Rule = {
  id: 'IamActionWildcard',
  severity: Severity.HIGH,
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A policy allows actions by a wildcard',
  why: 'A wildcard allows actions that nobody chose, deletion and the change of policies among them, and every action that the service adds later.',
  fix: 'Name each action that the code calls. The verbs of the secure constructs (allowRead, allowWrite, allowDelete, …) name them for you; '
    + 'patterns that only read, and those in grants of plain CDK constructs, are judged by IamActionPattern.',
  risks: ['over-privilege'],
  frameworks: ['FSBP IAM.21', 'FSBP IAM.1', 'CT.IAM.PR.3', 'CT.IAM.PR.5', 'CT.IAM.PR.1', 'CT.IAM.PR.2', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'Action::<the action as written> or NotAction',
  check: (policy, app) => judgeStatements(policy, app, (statement) => [
    ...statement.notActions.length > 0 ? [fail(`${statement.location}.NotAction`, 'NotAction')] : [],
    ...statement.actions.map((action) => judgeText(action, app, `${statement.location}.Action`, 'Action', (text) => /[*?]/.test(text) && !isNarrowPattern(text))),
  ]),
};

export const IAM_ACTION_PATTERN: Rule = {
  id: 'IamActionPattern',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A policy allows variants of an operation by a pattern',
  why: 'The pattern takes in more than the code calls, and what the service adds later: s3:GetBucket* reads the policy of the bucket as well. '
    + 'What it takes in only reads, or is one operation in several forms, as the grants of CDK write it.',
  fix: 'Name each action that the code calls. The verbs of the secure constructs name them for you.',
  risks: ['over-privilege'],
  frameworks: ['CT.IAM.PR.5', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'Action::<the action as written>',
  check: (policy, app) => judgeStatements(policy, app, ({ actions, location }) => actions
    .map((action) => judgeText(action, app, `${location}.Action`, 'Action', (text) => /[*?]/.test(text) && isNarrowPattern(text))))
    .map((outcome) => (outcome.kind === 'unresolved' ? pass() : outcome)), // IamActionWildcard asks
};

export const IAM_RESOURCE_WILDCARD: Rule = {
  id: 'IamResourceWildcard',
  severity: Severity.HIGH,
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A policy leaves open on which resources it allows its actions',
  why: 'The right holds for whatever matches, resources of other applications and of later times among them. '
    + 'A wildcard below a named resource, such as the objects of one bucket or the indexes of one table, is not meant: it adds no other resource. '
    + 'Actions that AWS lets nobody limit, such as sending traces, may stand on "*" in a statement of their own; '
    + 'so may the log rights of the role that API Gateway uses for a whole account, which it tries on all log groups, the right of the role with which a user '
    + 'pool sends text messages, and rights that a condition on the ARN of an access point or a function binds.',
  fix: 'Name the ARN of the resource, through a reference to the construct. Put actions that have no resource, such as xray:PutTraceSegments, into a statement of their own.',
  risks: ['over-privilege'],
  frameworks: ['FSBP KMS.1', 'FSBP KMS.2', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'Resource::<the resource, pointers as <construct path.Attribute>> or NotResource',
  check: (policy, app) => judgeStatements(policy, app, (statement) => [
    ...statement.notResources.length > 0 ? [fail(`${statement.location}.NotResource`, 'NotResource')] : [],
    ...isBoundToResource(statement, app) ? [] : statement.resources.map((resource) => judgeText(resource, app, `${statement.location}.Resource`, 'Resource',
      (text) => isResourceWildcard(text) && !isMadeLater(text, statement) && !(text === '*' && nothingNarrower(policy, app, statement)))),
  ]),
};

/** AppSync names the group of an API after its id, AgentCore that of an agent: neither exists before the role that writes there. */
const GROUPS_BY_ID = /^arn:[^:]*(?:::\w+>)?:logs:[^*?]*:log-group:\/aws\/(?:appsync\/apis|bedrock-agentcore\/runtimes)\/\*(:\*|:log-stream:\*)?$/;

/**
 * All groups of one region, which is what a list of them names.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html
 */
const ALL_GROUPS = /^arn:[^:]*(?:::\w+>)?:logs:[^*?]*:log-group:\*$/;
const LOG_LISTING = lowerCase(['logs:DescribeLogGroups']);

/** A condition may name the resource in the place of the statement: the access point of a file system, a tag. */
function isBoundToResource(statement: Statement, app: AppModel): boolean {
  return statement.notResources.length === 0 && closedBy(statement, app, (key) => RESOURCE_KEYS.test(key)) !== Closure.OPEN;
}

/** What does not exist yet when the policy is made, and has a name that AWS chooses; and what is listed, by whatever name. */
function isMadeLater(resource: string, statement: Statement): boolean {
  const actions = GROUPS_BY_ID.test(resource) ? LOG_WRITING : ALL_GROUPS.test(resource) ? LOG_LISTING : undefined;
  return actions !== undefined && everyActionIn(statement, actions);
}

/** Only what is allowed counts, and a policy that is nothing but a permissions boundary allows nothing. */
function judgeStatements(policy: Resource, app: AppModel, judge: (statement: Statement) => readonly Outcome[]): readonly Outcome[] {
  if (isOnlyBoundary(policy, app)) return [];
  return identityStatements(policy, app).filter((statement) => statement.allows)
    .flatMap((statement) => (statement.unresolved ? [unresolved(statement.location)] : judge(statement)));
}

/** A wildcard in the known part is a violation whatever the unknown part will be; without one, an unknown part of an action or a name leaves the answer open. */
function judgeText(value: Value, app: AppModel, location: string, kind: string, isWrong: (text: string) => boolean): Outcome {
  const text = app.describe(value);
  if (text === undefined || text.startsWith('<?>')) return unresolved(location);
  if (isWrong(text.replaceAll('<?>', 'x'))) return fail(location, `${kind}::${text}`);
  return isWrong(text) || hasUnknown(value) && kind === 'Action' ? unresolved(location, `${kind}::${text}`) : pass();
}

/** Where AWS accepts `*` only: actions without resources, the one role of an account through which API Gateway writes its logs, and text messages of user pools. */
function nothingNarrower(policy: Resource, app: AppModel, statement: Statement): boolean {
  return (statement.actions.length > 0 && statement.actions.every((action) => typeof action === 'string' && isUnscoped(action)))
    || (everyActionIn(statement, API_GATEWAY_LOGS) && belongsTo(logRolesOfApiGateway(app), policy, app))
    || (everyActionIn(statement, TEXT_MESSAGES) && belongsTo(rolesThatText(app), policy, app));
}

function everyActionIn(statement: Statement, actions: ReadonlySet<string>): boolean {
  return statement.actions.length > 0 && statement.actions.every((action) => typeof action === 'string' && actions.has(action.toLowerCase()));
}

function belongsTo(roles: ReadonlySet<string>, policy: Resource, app: AppModel): boolean {
  const holders = policy.type === 'AWS::IAM::Role' ? [policy] : policy.items('Roles').map((role) => app.target(role));
  return holders.length > 0 && holders.every((role) => role !== undefined && roles.has(role.key));
}

function logRolesOfApiGateway(app: AppModel): ReadonlySet<string> {
  return app.index('log roles of API Gateway', () => new Set(
    app.ofType('AWS::ApiGateway::Account').flatMap((account) => app.target(account.property('CloudWatchRoleArn'))?.key ?? [])));
}

/** Phone numbers have no ARN. Whoever else may assume the role could publish to every topic: then it is not for text messages alone. */
function rolesThatText(app: AppModel): ReadonlySet<string> {
  return app.index('roles with which user pools send text messages', () => new Set(
    app.ofType('AWS::Cognito::UserPool').flatMap((pool) => app.targets(pool.property('SmsConfiguration.SnsCallerArn')))
      .filter((role) => grantsOf(role, app).every(({ grantees }) => grantees.every(({ kind, text }) => kind === GranteeKind.SERVICE && text === 'cognito-idp')))
      .map(({ key }) => key)));
}

function lowerCase(actions: readonly string[]): ReadonlySet<string> {
  return new Set(actions.map((action) => action.toLowerCase()));
}

export const IAM_RULES: readonly Rule[] = [IAM_ACTION_PATTERN, IAM_ACTION_WILDCARD, IAM_RESOURCE_WILDCARD];
