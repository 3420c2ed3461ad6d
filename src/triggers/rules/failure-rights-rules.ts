import { AppModel } from '../../model/resources/app-model';
import { resourceMeant } from '../../model/resources/names';
import { functionAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { accessTo, roleOf } from '../../model/rights/access';
import { speaksOf } from '../../model/rights/actions';
import { awsManagedPolicy } from '../../model/rights/aws-managed-policies';
import { GranteeKind } from '../../model/rights/grantees';
import { statementsOfRole } from '../../model/rights/iam';
import { policiesOf, PolicyHolder } from '../../model/rights/policy-holders';
import { grantsOf } from '../../model/rights/resource-policies';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, Value } from '../../model/values/values';

const FUNCTION = 'AWS::Lambda::Function';
const INVOKE = 'AWS::Lambda::EventInvokeConfig';
const MAPPING = 'AWS::Lambda::EventSourceMapping';
const RULE = 'AWS::Events::Rule';
const SCHEDULE = 'AWS::Scheduler::Schedule';
const SUBSCRIPTION = 'AWS::SNS::Subscription';

/** What puts something into a place for failures, by the type of the place. */
const PUTTING: { readonly [type: string]: string } = {
  'AWS::Events::EventBus': 'events:PutEvents',
  'AWS::Lambda::Function': 'lambda:InvokeFunction',
  'AWS::S3::Bucket': 's3:PutObject',
  'AWS::SNS::Topic': 'sns:Publish',
  'AWS::SQS::Queue': 'sqs:SendMessage',
};

/** Where a resource names the place, when it goes there with the rights of a role. */
const BY_ROLE: { readonly [type: string]: readonly string[] } = {
  [FUNCTION]: ['DeadLetterConfig.TargetArn'],
  [INVOKE]: ['DestinationConfig.OnFailure.Destination'],
  [MAPPING]: ['DestinationConfig.OnFailure.Destination'],
  [SCHEDULE]: ['Target.DeadLetterConfig.Arn'],
};

/** Services that put messages into a queue by themselves, so that the policy of the queue has to let them. */
const BY_SERVICE: { readonly [type: string]: string } = { [RULE]: 'events', [SUBSCRIPTION]: 'sns' };

const PLACE_POLICIES: readonly PolicyHolder[] = [
  { type: 'AWS::SQS::QueuePolicy', names: 'Queues' }, { type: 'AWS::SNS::TopicPolicy', names: 'Topics' }, { type: 'AWS::S3::BucketPolicy', names: 'Bucket' },
];

export const FAILURE_QUEUE_RIGHTS: Rule = {
  id: 'FailureQueueRights',
  severity: Severity.LOW,
  appliesTo: [...Object.keys(BY_ROLE), ...Object.keys(BY_SERVICE)].sort(),
  title: 'What failed has a place to go to, and may not be put there',
  why: 'The queue for failures stays empty, its alarm stays silent, and what failed is lost: it only looks as if somebody would see it.',
  fix: 'Allow the role to send to the place (sqs:SendMessage, sns:Publish), or the service in the policy of the queue, with aws:SourceArn. The constructs of CDK and of '
    + 'this library do so by themselves.',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: 'name of the place',
  check: (resource, app) => (resource.type in BY_ROLE ? judgeRole(resource, app) : judgeService(resource, app)),
};

function judgeRole(resource: Resource, app: AppModel): RuleResult {
  const places = BY_ROLE[resource.type].flatMap((path) => resource.alternatives(path).filter((place) => place !== undefined)
    .flatMap((place) => placesAt(place, app).map((target) => ({ path, target }))));
  const role = places.length === 0 ? undefined : actingRole(resource, app);
  if (role === undefined) return notApplicable();
  return places.map(({ path, target }): Outcome => {
    const action = PUTTING[target.type];
    const isAllowed = accessTo(role, target, app).some((access) => access.covers(action));
    if (isAllowed || isAllowedThere(target, action, undefined, app) !== false) return pass();
    return hasUnknownRights(role, app) ? unresolved(`Properties.${path}`, target.name) : fail(`Properties.${path}`, target.name);
  });
}

function judgeService(resource: Resource, app: AppModel): RuleResult {
  const service = BY_SERVICE[resource.type];
  return deadLettersOf(resource).flatMap(({ value, location }) => placesAt(value, app).filter(({ type }) => type === 'AWS::SQS::Queue').map((queue): Outcome => {
    const allowed = isAllowedThere(queue, 'sqs:SendMessage', service, app);
    return allowed === undefined ? unresolved(location, queue.name) : allowed ? pass() : fail(location, queue.name);
  }));
}

function deadLettersOf(resource: Resource): readonly { readonly value: Value; readonly location: string }[] {
  if (resource.type === SUBSCRIPTION) return resource.alternatives('RedrivePolicy').map((policy) => ({ value: at(policy, 'deadLetterTargetArn'), location: 'Properties.RedrivePolicy' }));
  return resource.items('Targets').map((target, index) => ({ value: at(at(target, 'DeadLetterConfig'), 'Arn'), location: `Properties.Targets.${index}.DeadLetterConfig.Arn` }));
}

function actingRole(resource: Resource, app: AppModel): Resource | undefined {
  if (resource.type === SCHEDULE) return resourceMeant(resource.property('Target.RoleArn'), app, resource.stackId, 'AWS::IAM::Role');
  const fn = resource.type === FUNCTION ? resource : functionAt(resource.property('FunctionName'), app);
  return fn === undefined ? undefined : roleOf(fn, app);
}

function placesAt(value: Value, app: AppModel): readonly Resource[] {
  return alternatives(value).flatMap((option) => functionAt(option, app) ?? app.targets(option)).filter(({ type }) => type in PUTTING);
}

/** Policies that the app does not hold, and that are not known as those of AWS, may allow anything. */
function hasUnknownRights(role: Resource, app: AppModel): boolean {
  return statementsOfRole(role, app).some((statement) => statement.unresolved)
    || elements(role.property('ManagedPolicyArns')).some((arn) => app.targets(arn).length === 0 && awsManagedPolicy(app.describe(arn) ?? '') === undefined);
}

/**
 * Whether the policy of a place lets somebody in: a service by its name, or, for a role, any principal, whose name the policy may write in
 * many ways. Undefined where only the deployment knows.
 */
function isAllowedThere(place: Resource, action: string, service: string | undefined, app: AppModel): boolean | undefined {
  const grants = policiesOf(place, PLACE_POLICIES, app).flatMap((policy) => grantsOf(policy, app));
  if (grants.some(({ statement, grantees }) => statement.unresolved || grantees.some(({ kind }) => kind === GranteeKind.UNKNOWN))) return undefined;
  return grants.some(({ statement, grantees }) => speaksOf(statement, action) && grantees.some(({ kind, text }) => (
    kind === GranteeKind.EVERYONE || (service === undefined ? kind !== GranteeKind.SERVICE : text === service))));
}

export const FAILURE_RIGHTS_RULES: readonly Rule[] = [FAILURE_QUEUE_RIGHTS];
