import { AccountUse } from '../core/third-party/trusted-account';
import { definitionsOf } from '../model/flow/state-machines';
import { AppModel } from '../model/resources/app-model';
import { Leaf, leavesOf } from '../model/resources/leaves';
import { Resource } from '../model/resources/resource';
import { accountIn, isForeign } from '../model/rights/accounts';
import { fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../model/rule';
import { trustedWith } from '../model/rule-options';
import { alternatives, at, elements, Value } from '../model/values/values';

const MACHINE = 'AWS::StepFunctions::StateMachine';
const TOPIC_RULE = 'AWS::IoT::TopicRule';

/** Where a resource says whom it calls, or where it writes: ARNs, addresses of queues, and ids of accounts. */
const TARGETS: { readonly [type: string]: readonly string[] } = {
  'AWS::Events::Rule': ['Targets'],
  'AWS::IoT::TopicRule': ['TopicRulePayload.Actions', 'TopicRulePayload.ErrorAction'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig'],
  'AWS::Lambda::EventSourceMapping': ['DestinationConfig'],
  'AWS::Lambda::Function': ['DeadLetterConfig'],
  'AWS::Pipes::Pipe': ['Enrichment', 'Target'],
  'AWS::S3::Bucket': ['AnalyticsConfigurations', 'InventoryConfigurations', 'NotificationConfiguration'],
  'AWS::Scheduler::Schedule': ['Target.Arn', 'Target.DeadLetterConfig'],
};

/** What of a task names whom it calls; what it hands over is data. */
const TASK_FIELDS = ['Arguments', 'Credentials', 'Parameters', 'Resource'];

/** Names under which an id of an account stands alone, in small letters. */
const ACCOUNT_FIELD = /account(id)?$/i;

/** Rules and schedules start no state machine of another account: the number is the app's own. */
const NEVER_ELSEWHERE = /^arn:[^:]*:states:[^:]*:\d{12}:stateMachine:/;

/** The address of a queue holds its account. */
const QUEUE_ADDRESS = /^https:\/\/(?:sqs\.[^/]+|queue\.amazonaws\.com[^/]*)\/(\d{12})\//;

/** Addresses that a service calls over the internet, by the type that names them. */
const ADDRESSES: { readonly [type: string]: readonly string[] } = {
  'AWS::AppSync::DataSource': ['HttpConfig.Endpoint'],
  'AWS::IoT::TopicRule': ['TopicRulePayload.Actions', 'TopicRulePayload.ErrorAction'],
  'AWS::IoT::TopicRuleDestination': ['HttpUrlProperties.ConfirmationUrl'],
  'AWS::KinesisFirehose::DeliveryStream': ['HttpEndpointDestinationConfiguration.EndpointConfiguration.Url'],
};

export const TARGET_FOREIGN_ACCOUNT: Rule = {
  id: 'TargetForeignAccount',
  severity: Severity.LOW,
  appliesTo: [...Object.keys(TARGETS), MACHINE].sort(),
  title: 'Events, tasks or reports go to another account',
  why: 'Whoever owns the other account reads what arrives there, decides what happens with it, and answers in the place of what was meant.',
  fix: 'Send to a resource of the app. If the account belongs to you, or to a partner, name it in TrustedAccounts.',
  risks: ['data-exposure', 'third-party'],
  frameworks: ['prowler eventbridge_bus_cross_account_access', 'FSBP S3.6', 'OWASP Serverless S3', 'CSA SAS-03'],
  findingForm: 'id of the account',
  check: (resource, app, { options }) => targetsOf(resource, app).map(({ path, name, text }): Outcome => {
    const account = resource.type !== MACHINE && NEVER_ELSEWHERE.test(text) ? undefined : accountOf(name, text);
    return isForeign(account, app, trustedWith(AccountUse.DATA, options)) ? fail(path, account) : pass();
  }),
};

export const OUTBOUND_PLAIN_TEXT: Rule = {
  id: 'OutboundPlainText',
  severity: Severity.MEDIUM,
  appliesTo: [...Object.keys(ADDRESSES), MACHINE].sort(),
  title: 'A service sends data to a host over the internet without encryption',
  why: 'Whoever sits on the way reads what is sent and the credentials with it, and changes what comes back.',
  fix: 'Name the host by https://, with a certificate that it got from a public authority.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-03'],
  findingForm: 'name of the state that calls, for a state machine',
  check: (resource, app) => (resource.type === MACHINE ? judgeTasks(resource, app)
    : ADDRESSES[resource.type].flatMap((path) => leavesOf(resource.property(path), `Properties.${path}`).filter(isAddress(resource.type)).map((leaf) => judgeScheme(leaf)))),
};

function targetsOf(resource: Resource, app: AppModel): readonly Leaf[] {
  if (resource.type !== MACHINE) return TARGETS[resource.type].flatMap((path) => leavesOf(resource.property(path), `Properties.${path}`));
  return definitionsOf(resource, app).flatMap(({ states }) => states).filter(({ type }) => type === 'Task')
    .flatMap(({ state, location }) => TASK_FIELDS.flatMap((field) => leavesOf(at(state, field), `${location}.${field}`)));
}

function accountOf(name: string, text: string): string | undefined {
  if (text.startsWith('arn:')) return accountIn(text);
  return QUEUE_ADDRESS.exec(text)?.[1] ?? (ACCOUNT_FIELD.test(name) ? accountIn(text) : undefined);
}

function judgeTasks(machine: Resource, app: AppModel): RuleResult {
  return definitionsOf(machine, app).flatMap(({ states }) => states
    .filter(({ state }) => elements(at(state, 'Resource')).some((called) => app.describe(called)?.includes(':::http:invoke') === true))
    .flatMap(({ state, name, location: place }) => ['Arguments', 'Parameters'].flatMap((field) => (
      addressesIn(at(at(state, field), 'ApiEndpoint'), `${place}.${field}.ApiEndpoint`)).map((leaf) => judgeScheme(leaf, name)))));
}

function addressesIn(value: Value, path: string): readonly Leaf[] {
  return value === undefined ? [] : alternatives(value).flatMap((option) => leavesOf(option, path));
}

/** Among the actions of a rule for things, the addresses of HTTP actions; elsewhere the path leads to nothing else. */
function isAddress(type: string): (leaf: Leaf) => boolean {
  return ({ path }) => type !== TOPIC_RULE || /\.Http\.(Url|ConfirmationUrl)$/.test(path);
}

function judgeScheme({ path, text }: Leaf, finding?: string): Outcome {
  if (/^http:\/\//i.test(text.trim())) return fail(path, finding);
  return text.startsWith('<?>') ? unresolved(path, finding) : pass();
}

export const OUTWARD_RULES: readonly Rule[] = [OUTBOUND_PLAIN_TEXT, TARGET_FOREIGN_ACCOUNT];
