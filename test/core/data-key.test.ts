import { Duration, Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { IKey, Key, KeySpec } from 'aws-cdk-lib/aws-kms';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { DefinitionBody, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecureTable } from '../../src/database/table/secure-table';
import { PipeSource } from '../../src/integration/pipe/pipe-source';
import { PipeTarget } from '../../src/integration/pipe/pipe-target';
import { SecurePipe } from '../../src/integration/pipe/secure-pipe';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const HERE = { account: '111122223333', region: 'eu-west-1' };
const keyIn = (stack: Stack, region: string): IKey => Key.fromKeyArn(stack, 'Given', `arn:aws:kms:${region}:111122223333:key/1`);

const ENCRYPTED: readonly (readonly [string, (stack: Stack, encryptionKey: IKey) => unknown])[] = [
  ['SecureApi', (stack, encryptionKey) => new SecureApi(stack, 'One', { auth: ApiAuth.iam(), encryptionKey })],
  ['SecureBucket', (stack, encryptionKey) => new SecureBucket(stack, 'One', { encryptionKey })],
  ['SecureEventBus', (stack, encryptionKey) => new SecureEventBus(stack, 'One', { encryptionKey })],
  ['SecureFunction', (stack, encryptionKey) => aFunction(stack, 'One', { encryptionKey })],
  ['SecurePipe', (stack, encryptionKey) => new SecurePipe(stack, 'One', {
    source: PipeSource.queue(new SecureQueue(stack, 'From')), target: PipeTarget.topic(new SecureTopic(stack, 'To')), encryptionKey,
  })],
  ['SecureQueue', (stack, encryptionKey) => new SecureQueue(stack, 'One', { encryptionKey })],
  ['SecureSchedule', (stack, encryptionKey) => new SecureSchedule(stack, 'One', {
    schedule: ScheduleExpression.rate(Duration.days(1)), target: ScheduleTarget.topic(new SecureTopic(stack, 'To')), encryptionKey,
  })],
  ['SecureSecret', (stack, encryptionKey) => new SecureSecret(stack, 'One', {
    rotation: SecretRotation.off('the partner issues it once a year, by mail'), encryptionKey,
  })],
  ['SecureStateMachine', (stack, encryptionKey) => new SecureStateMachine(stack, 'One', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Pass')), encryptionKey,
  })],
  ['SecureTopic', (stack, encryptionKey) => new SecureTopic(stack, 'One', { encryptionKey })],
];

describe('the key of a construct', () => {
  test.each(ENCRYPTED)('fails for a %s when it is a key of another region', (_, make) => {
    const stack = testStack({ env: HERE });
    expect(() => make(stack, keyIn(stack, 'eu-central-1'))).toThrow(
      "'encryptionKey' must name a key of eu-west-1, as a resource is encrypted with a key of its region, got \"eu-central-1\"; "
      + "leave it out to use the key of the stack, or make a key there [DataKey.Region, at 'Shop/One']");
  });

  test.each(ENCRYPTED)('fails for a %s when it is a key that signs', (_, make) => {
    const stack = testStack();
    expect(() => make(stack, new SecureKey(stack, 'Signs', { keySpec: KeySpec.ECC_NIST_P256 }))).toThrow(
      "'encryptionKey' must name a symmetric key, as AWS services encrypt with no other, got \"ECC_NIST_P256\"; "
      + "leave it out to use the key of the stack, or make a key without keySpec [DataKey.KeySpec, at 'Shop/One']");
  });

  test('fails for a SecureTable when it is a key that signs', () => {
    const stack = testStack();
    const encryptionKey = new SecureKey(stack, 'Signs', { keySpec: KeySpec.ECC_SECG_P256K1 });
    expect(() => new SecureTable(stack, 'One', { partitionKey: { name: 'id', type: AttributeType.STRING }, encryptionKey })).toThrow(
      "[DataKey.KeySpec, at 'Shop/One']");
  });

  test.each([
    ['in its region', HERE, HERE.region],
    ['in a stack that stands anywhere', undefined, 'eu-central-1'],
  ])('may be an imported one %s', (_, env, region) => {
    const stack = testStack({ env });
    new SecureQueue(stack, 'One', { encryptionKey: keyIn(stack, region) });
    templateOf(stack).hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: `arn:aws:kms:${region}:111122223333:key/1` });
  });

  test('may be a symmetric one that says so', () => {
    const stack = testStack();
    const key = new Key(stack, 'Own', { keySpec: KeySpec.SYMMETRIC_DEFAULT });
    new SecureQueue(stack, 'One', { encryptionKey: key });
    templateOf(stack).hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: stack.resolve(key.keyArn) });
  });
});

describe('StackDataKey.use', () => {
  test('fails with a key that signs', () => {
    const stack = testStack();
    expect(() => StackDataKey.use(stack, new SecureKey(stack, 'Signs', { keySpec: KeySpec.HMAC_256 }))).toThrow(
      "'key' must name a symmetric key, as AWS services encrypt with no other, got \"HMAC_256\"; make a key without keySpec [DataKey.KeySpec, at 'Shop']");
  });

  test('fails with a key of another region, once something is encrypted with it', () => {
    const stack = testStack({ env: HERE });
    StackDataKey.use(stack.node.root, keyIn(stack, 'eu-central-1'));
    expect(() => new SecureQueue(stack, 'One')).toThrow(
      "'key of StackDataKey.use()' must name a key of eu-west-1, as a resource is encrypted with a key of its region, got \"eu-central-1\"; "
      + "call StackDataKey.use for each stack with a key of its region [DataKey.Region, at 'Shop/One']");
  });
});
