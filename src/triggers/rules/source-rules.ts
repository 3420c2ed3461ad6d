import { AccountUse } from '../../core/third-party/trusted-account';
import { startingActions } from '../../model/flow/event-flow';
import { triggersOf } from '../../model/flow/triggers';
import { AppModel } from '../../model/resources/app-model';
import { functionAt, resourcesAt, valuesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { principalsWith } from '../../model/rights/access';
import { isForeign } from '../../model/rights/accounts';
import { speaksOf } from '../../model/rights/actions';
import { Closure } from '../../model/rights/conditions';
import { Grantee, GranteeKind } from '../../model/rights/grantees';
import { Grant, grantsOf, grantsOn, isOpenToEveryone } from '../../model/rights/resource-policies';
import { fail, notApplicable, Outcome, pass, Rule, RuleContext, RuleResult, Severity } from '../../model/rule';
import { trustedWith } from '../../model/rule-options';
import { entries } from '../../model/values/values';

const FUNCTION = 'AWS::Lambda::Function';
const BUCKET = 'AWS::S3::Bucket';
const ROLE = 'AWS::IAM::Role';

/** Where a bucket, or what sets its notifications, names functions. */
const FUNCTION_PLACES = [
  'NotificationConfiguration.LambdaConfigurations.Function', 'NotificationConfiguration.LambdaFunctionConfigurations.LambdaFunctionArn',
];

export const OPEN_TRIGGER_SOURCE: Rule = {
  id: 'OpenTriggerSource',
  severity: Severity.LOW,
  appliesTo: [FUNCTION, BUCKET],
  title: 'Somebody outside can start a function through what it listens to',
  why: 'Whoever may put an object, a message or an event there runs the function with input of his choice, past every authorizer and web ACL of the app.',
  fix: 'Let only named principals of the app write to the bucket, queue, topic, stream or bus (conditions on aws:SourceArn and aws:SourceAccount for services), '
    + 'and check in the function what comes in as if it came from the internet.',
  risks: ['attack-surface', 'broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-01', 'CSA SAS-02', 'CSA SAS-09'],
  findingForm: 'name of the source',
  check: (resource, app, context) => (resource.type === BUCKET ? judgeBucket(resource, app, context) : judgeSources(resource, app, context)),
};

function judgeSources(fn: Resource, app: AppModel, { options }: RuleContext): RuleResult {
  const sources = new Set(triggersOf(fn, app).filter(({ onlyPermitted }) => !onlyPermitted).flatMap(({ source }) => (
    source === undefined || startingActions(source.type).length === 0 ? [] : [source, ...feedersOf(source, app)])));
  if (sources.size === 0) return notApplicable();
  return [...sources].map((source) => judgeSource(source, app, trustedWith(AccountUse.EVENTS, options)));
}

/** A bucket answers for itself where the function that it wakes stands in a stack that nobody judges together with it. */
function judgeBucket(bucket: Resource, app: AppModel, { options }: RuleContext): RuleResult {
  const called = [bucket, ...notificationsOf(bucket, app)].flatMap((holder) => FUNCTION_PLACES.flatMap((place) => valuesAt(holder, place)));
  const elsewhere = called.some((value) => value !== undefined && functionAt(value, app) === undefined);
  return elsewhere ? judgeSource(bucket, app, trustedWith(AccountUse.EVENTS, options)) : notApplicable();
}

/** The resources by which CDK sets the notifications of a bucket. */
function notificationsOf(bucket: Resource, app: AppModel): readonly Resource[] {
  return app.ofType('Custom::S3BucketNotifications').filter((one) => resourcesAt(one.property('BucketName'), app, BUCKET).includes(bucket));
}

function judgeSource(source: Resource, app: AppModel, trusted: readonly string[]): Outcome {
  const open = grantsOn(source, app).some((grant) => isOpen(grant, source, app, trusted)) || usersMayWrite(source, app);
  return open ? fail('Properties', source.name) : pass();
}

/** What a topic or a bucket puts into a queue that a function reads. */
function feedersOf(source: Resource, app: AppModel): readonly Resource[] {
  return app.index('topics by receiver', () => {
    const table = new Map<string, Resource[]>();
    for (const subscription of app.ofType('AWS::SNS::Subscription')) {
      const topics = resourcesAt(subscription.property('TopicArn'), app, 'AWS::SNS::Topic');
      for (const { key } of resourcesAt(subscription.property('Endpoint'), app)) table.set(key, [...table.get(key) ?? [], ...topics]);
    }
    return table;
  }).get(source.key) ?? [];
}

/**
 * | who                     | conditions              | is outside |
 * |-------------------------|-------------------------|------------|
 * | everybody               | none that bind          | yes        |
 * | an account that is foreign | any                  | yes        |
 * | a service               | none that name a source | yes: it acts for anybody |
 */
function isOpen(grant: Grant, source: Resource, app: AppModel, trusted: readonly string[]): boolean {
  if (!startingActions(source.type).some((action) => speaksOf(grant.statement, action))) return false;
  return isOpenToEveryone(grant) || grant.grantees.some((grantee) => isOutside(grantee, grant, app, trusted));
}

function isOutside({ kind, account }: Grantee, { sources }: Grant, app: AppModel, trusted: readonly string[]): boolean {
  if (kind === GranteeKind.SERVICE) return sources === Closure.OPEN;
  return kind === GranteeKind.ACCOUNT && isForeign(account, app, trusted);
}

/** Whether users of an identity pool may write there with credentials of their own. */
function usersMayWrite(source: Resource, app: AppModel): boolean {
  const roles = app.index('roles of identity pools', () => new Set(app.ofType('AWS::Cognito::IdentityPoolRoleAttachment').flatMap((attachment) => [
    ...entries(attachment.property('Roles')).map(([, role]) => role), ...valuesAt(attachment, 'RoleMappings.RulesConfiguration.Rules.RoleARN'),
  ]).flatMap((role) => resourcesAt(role, app, ROLE)).concat(app.ofType(ROLE).filter((role) => takesInUsers(role, app))).map(({ key }) => key)));
  if (roles.size === 0) return false;
  return startingActions(source.type).some((action) => principalsWith(source, action, app).some(({ role }) => roles.has(role.key)));
}

/** The pool may stand elsewhere: the role says itself that it is for users of one. */
function takesInUsers(role: Resource, app: AppModel): boolean {
  return grantsOf(role, app).some(({ grantees }) => grantees.some(({ kind, text }) => kind === GranteeKind.FEDERATED && text.startsWith('cognito-identity.')));
}

export const SOURCE_RULES: readonly Rule[] = [OPEN_TRIGGER_SOURCE];
