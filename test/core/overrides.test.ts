import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { App, Duration, Size, Stack, Token } from 'aws-cdk-lib';
import { AttributeType, TableClass } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ApiAuth } from '../../src/api/access/api-auth';
import { ApiEndpoint } from '../../src/api/domains/api-endpoint';
import { SecureApi } from '../../src/api/secure-api';
import { OVERRIDABLE } from '../../src/core/exceptions/override-baseline';
import { overridesBelow, recordProps } from '../../src/core/exceptions/overrides';
import { SecureTable } from '../../src/database/table/secure-table';
import { TableBilling } from '../../src/database/table/table-billing';
import { TableRecovery } from '../../src/database/table/table-recovery';
import { FunctionTracing } from '../../src/function/function-tracing';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { SignUp } from '../../src/identity/sign-up';
import { UserPoolMfa } from '../../src/identity/user-pool-mfa';
import { EventBusLogging } from '../../src/messaging/event-bus/event-bus-logging';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { QueueDeadLetter } from '../../src/messaging/queue/queue-dead-letter';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { TopicDeliveryLogging } from '../../src/messaging/topic/topic-delivery-logging';
import { BucketVersioning } from '../../src/storage/bucket-versioning';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { ErrorCatching } from '../../src/workflow/error-catching';
import { ExecutionData } from '../../src/workflow/execution-data';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { StateMachineTracing } from '../../src/workflow/state-machine-tracing';
import { testStack } from '../support/apps';

const overridesIn = (stack: Stack) => overridesBelow(stack).map(({ constructPath, construct, prop, value, default: standard }) => (
  `${construct} ${constructPath}.${prop}: ${value}, not ${standard}`));

const fnProps = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => 1;') };
const partitionKey = { name: 'id', type: AttributeType.STRING };

test('nothing is listed of what is as it comes, also where the default was written out', () => {
  const stack = testStack();
  new SecureFunction(stack, 'Plain', fnProps);
  new SecureFunction(stack, 'Explicit', { ...fnProps, memorySize: 256, timeout: Duration.seconds(15), architecture: Architecture.ARM_64, tracing: FunctionTracing.active() });
  new SecureUserPool(stack, 'Users', { mfa: UserPoolMfa.required(), signUp: SignUp.byAdministrators(), signInWithUsername: false });
  new SecureStateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')),
    tracing: StateMachineTracing.active(),
    executionData: ExecutionData.omitted(),
    errorCatching: ErrorCatching.required(),
  });
  new SecureTable(stack, 'Table', { partitionKey, tableClass: TableClass.STANDARD, recovery: TableRecovery.days(35), billing: TableBilling.onDemand() });
  new SecureQueue(stack, 'Queue', { deadLetter: QueueDeadLetter.ownQueue(), retentionPeriod: Duration.days(4) });
  new SecureTopic(stack, 'Topic', { deliveryLogging: TopicDeliveryLogging.failures(), activeTracing: false });
  new SecureEventBus(stack, 'Bus', { logging: EventBusLogging.errors() });
  new SecureBucket(stack, 'Bucket', { versioning: BucketVersioning.keepNoncurrent(Duration.days(90)), requestMetrics: false });
  new SecureApi(stack, 'Api', { auth: ApiAuth.iam(), endpoint: ApiEndpoint.regional(), throttle: { rate: 500, burst: 250 } });
  expect(overridesIn(stack)).toStrictEqual([]);
});

test('what differs is listed with its value and the default', () => {
  const stack = testStack();
  new SecureFunction(stack, 'Fn', { ...fnProps, memorySize: 1024, timeout: Duration.seconds(3), ephemeralStorageSize: Size.gibibytes(1), architecture: Architecture.X86_64 });
  new SecureTable(stack, 'Table', { partitionKey, encryptionKey: new Key(stack, 'Key'), contributorInsights: true });
  new SecureQueue(stack, 'Queue', { retentionPeriod: Duration.days(10) });
  new SecureBucket(stack, 'Bucket', { versioning: BucketVersioning.keepNoncurrent(Duration.days(30)) });
  expect(overridesIn(stack)).toEqual([
    'SecureFunction Shop/Fn.architecture: x86_64, not arm64',
    'SecureFunction Shop/Fn.ephemeralStorageSize: 1024 MiB, not 512 MiB',
    'SecureFunction Shop/Fn.memorySize: 1024, not 256',
    'SecureFunction Shop/Fn.timeout: 3 seconds, not 15 seconds',
    'SecureTable Shop/Table.contributorInsights: true, not false',
    'SecureTable Shop/Table.encryptionKey: Shop/Key, not the data key of the stack, where the profile has customer keys',
    'SecureQueue Shop/Queue.retentionPeriod: 10 days, not 4 days',
    'SecureBucket Shop/Bucket.versioning: retention 30 days, not retention 90 days',
  ]);
});

test('what was weakened with a reason is an exception, and no override', () => {
  const stack = testStack();
  new SecureFunction(stack, 'Fn', { ...fnProps, tracing: FunctionTracing.off('a probe that nobody needs to trace') });
  expect(overridesIn(stack)).toStrictEqual([]);
});

test('every listed prop is one of its construct', () => {
  const src = join(__dirname, '..', '..', 'src');
  const sources = (readdirSync(src, { recursive: true }) as string[]).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(src, name), 'utf8'));
  const optional = new Set(sources.flatMap((text) => [...text.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, prop]) => prop)));
  expect(Object.values(OVERRIDABLE).flatMap((props) => Object.keys(props)).filter((prop) => !optional.has(prop))).toStrictEqual([]);
});

describe('A value is shown', () => {
  const deployed = Token.asString({ Ref: 'Later' });
  const copyOf = (type: string, methods: object): object => Object.assign(Object.create({ constructor: { name: type } }) as object, methods);
  const shownFor = (value: unknown) => {
    const scope = new Construct(new App(), 'Fn');
    recordProps(scope, 'SecureFunction', { tracing: value });
    return overridesBelow(scope).map((one) => one.value);
  };

  test.each<[string, unknown, string]>([
    ['a text', 'off', 'off'],
    ['a number', 7, '7'],
    ['null, which JavaScript may give', null, 'null'],
    ['a token', deployed, 'known at deployment'],
    ['a list', ['a', 'b'], 'a, b'],
    ['a list with a choice that was given nothing', ['a', {}], 'a'],
    ['a construct, by its path', new Construct(new Construct(new App(), 'Shop'), 'Key'), 'Shop/Key'],
    ['a duration', Duration.minutes(2), '2 minutes'],
    ['a duration of another copy of CDK', copyOf('Duration', { toHumanString: () => '1 minute' }), '1 minute'],
    ['a size', Size.gibibytes(1), '1024 MiB'],
    ['a choice by its only text', { _mode: 'PassThrough' }, 'PassThrough'],
    ['a choice by its name, whatever else it has', { rate: 5, name: 'fast', burst: 6 }, 'fast'],
    ['a choice by all that it was given', { _rate: 5, burst: 6 }, 'rate 5, burst 6'],
    ['a number of a choice with what it counts', { _days: 5 }, 'days 5'],
    ['a switch of a choice', { private: true }, 'private true'],
    ['a duration of a choice', { _pause: Duration.seconds(5) }, 'pause 5 seconds'],
    ['a size of a choice', { _most: Size.mebibytes(5) }, 'most 5 MiB'],
    ['a list of a choice', { _hosts: ['a', 'b'] }, 'hosts a, b'],
    ['a choice without what has no short text', { days: 5, then: {}, none: [], some: [{}], deployed, run: () => 1, nothing: null, bare: Object.create(null) }, 'days 5'],
    ['a text that only begins like a reason', { reasonable: 'yes' }, 'yes'],
    ['an underscore that is no prefix', { rate_limit: 5 }, 'rate_limit 5'],
  ])('%s', (_, value, text) => {
    expect(shownFor(value)).toEqual([text]);
  });

  test.each<[string, unknown]>([
    ['was left out', undefined],
    ['was given nothing', {}],
    ['is an empty list', []],
    ['took a reason, and is an exception', { _reason: 'a probe that nobody traces' }],
    ['took a reason under a longer name', { days: 5, keepReason: 'a probe that nobody traces' }],
    ['is the default', 'active'],
    ['was given what only deployment knows', { _text: deployed }],
  ])('but not where it %s', (_, value) => {
    expect(shownFor(value)).toStrictEqual([]);
  });

  test('but not where it is a part that the constructs of a stack share', () => {
    expect(shownFor(new Construct(new Construct(new Construct(new App(), 'Shop'), 'SharedSecurity'), 'DataKey'))).toStrictEqual([]);
  });
});

describe('What a construct makes for itself is not listed', () => {
  const recorded = (scope: Construct, id: string): Construct => {
    const made = new Construct(scope, id);
    recordProps(made, 'SecureQueue', { fifo: 'yes' });
    return made;
  };
  const paths = (root: Construct) => overridesBelow(root).map(({ constructPath }) => constructPath);

  test('inside of it, beside it, and among the shared parts', () => {
    const app = new App();
    const orders = recorded(app, 'Orders');
    recorded(orders, 'Inside');
    recorded(new Construct(app, 'OrdersSupport'), 'DeadLetters');
    recorded(new Construct(app, 'SharedSecurity'), 'Alarms');
    expect(paths(app)).toEqual(['Orders']);
  });

  test('but what an author made under such a name is', () => {
    const app = new App();
    recorded(new Construct(app, 'CustomerSupport'), 'Tickets');
    new Construct(app, 'Team');
    recorded(new Construct(app, 'TeamSupport'), 'Tickets');
    expect(paths(app)).toEqual(['CustomerSupport/Tickets', 'TeamSupport/Tickets']);
  });
});
