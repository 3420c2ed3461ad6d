import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { Duration, Size, Stack } from 'aws-cdk-lib';
import { AttributeType, TableClass } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { ApiAuth } from '../../src/api/api-auth';
import { ApiEndpoint } from '../../src/api/api-endpoint';
import { SecureApi } from '../../src/api/secure-api';
import { OVERRIDABLE } from '../../src/core/override-baseline';
import { overridesBelow } from '../../src/core/overrides';
import { SecureTable } from '../../src/database/secure-table';
import { TableBilling } from '../../src/database/table-billing';
import { TableRecovery } from '../../src/database/table-recovery';
import { FunctionTracing } from '../../src/function/function-tracing';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { SignUp } from '../../src/identity/sign-up';
import { UserPoolMfa } from '../../src/identity/user-pool-mfa';
import { EventBusLogging } from '../../src/messaging/event-bus-logging';
import { QueueDeadLetter } from '../../src/messaging/queue-dead-letter';
import { SecureEventBus } from '../../src/messaging/secure-event-bus';
import { SecureQueue } from '../../src/messaging/secure-queue';
import { SecureTopic } from '../../src/messaging/secure-topic';
import { TopicDeliveryLogging } from '../../src/messaging/topic-delivery-logging';
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
  expect(overridesIn(stack)).toEqual([]);
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
  expect(overridesIn(stack)).toEqual([]);
});

test('every listed prop is one of its construct', () => {
  const src = join(__dirname, '..', '..', 'src');
  const sources = (readdirSync(src, { recursive: true }) as string[]).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(src, name), 'utf8'));
  const optional = new Set(sources.flatMap((text) => [...text.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, prop]) => prop)));
  expect(Object.values(OVERRIDABLE).flatMap((props) => Object.keys(props)).filter((prop) => !optional.has(prop))).toEqual([]);
});
