import { CfnResource, Duration, Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AttributeType, Table, TableEncryption, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { expressIn, pipeIn, queueIn, standardIn, streamIn, tableIn } from './pipe-support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { dataKeyFor } from '../../src/core/keys/stack-data-key';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { PipeEnrichment } from '../../src/integration/pipe/pipe-enrichment';
import { PipeLogLevel } from '../../src/integration/pipe/pipe-log-level';
import { PipeSource } from '../../src/integration/pipe/pipe-source';
import { PipeSourceOptions, PipeStreamOptions } from '../../src/integration/pipe/pipe-source-options';
import { PipeState } from '../../src/integration/pipe/pipe-state';
import { PipeTarget } from '../../src/integration/pipe/pipe-target';
import { SecurePipe } from '../../src/integration/pipe/secure-pipe';
import { SecurePipeProps } from '../../src/integration/pipe/secure-pipe-props';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

/** Values in a template have no type worth writing down here. */
type Json = any;

const REASON = 'a nightly report that the next night makes again';

/** A pipe from a queue to a bus unless told otherwise. */
function plainPipe(stack: Stack, props: Partial<SecurePipeProps> = {}): SecurePipe {
  return pipeIn(stack, { source: PipeSource.queue(queueIn(stack)), target: busTarget(stack), ...props });
}

function busTarget(stack: Stack): PipeTarget {
  return PipeTarget.eventBus(new EventBus(stack, 'Bus'), { source: 'shop', detailType: 'OrderPlaced' });
}

function pipeOf(stack: Stack): Json {
  const [pipe] = Object.values(templateOf(stack).findResources('AWS::Pipes::Pipe'));
  return pipe.Properties;
}

function rightsOf(stack: Stack): Json[] {
  return Object.entries(templateOf(stack).findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('PipeRole'))
    .flatMap(([, { Properties: properties }]) => properties.PolicyDocument.Statement);
}

const via = (service: string) => ({ 'kms:ViaService': { 'Fn::Join': ['', [`${service}.`, { Ref: 'AWS::Region' }, '.amazonaws.com']] } });

function keyRight(stack: Stack, service: string, actions: string | string[], context: Json): Json {
  return { Effect: 'Allow', Action: actions, Resource: stack.resolve(dataKeyFor(stack)!.keyArn), Condition: { StringEquals: { ...via(service), ...context } } };
}

const READ_AND_WRITE = ['kms:Decrypt', 'kms:GenerateDataKey'];

describe('a SecurePipe by default', () => {
  const stack = testStack();
  const pipe = plainPipe(stack);
  const template = templateOf(stack);
  const pipes = (name: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':pipes:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:pipe/${name}`]],
  });
  const role = () => Object.entries(template.findResources('AWS::IAM::Role')).find(([id]) => id.startsWith('PipeRole'))![1].Properties;

  test('runs, and logs what fails without the events', () => {
    expect(pipeOf(stack)).toMatchObject({
      DesiredState: 'RUNNING',
      LogConfiguration: { Level: 'ERROR', CloudwatchLogsLogDestination: { LogGroupArn: stack.resolve(pipe.logGroup.logGroupArn) } },
    });
    expect(Object.keys(pipeOf(stack).LogConfiguration).sort()).toEqual(['CloudwatchLogsLogDestination', 'Level']);
    const [group] = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(group.Properties.LogGroupName['Fn::Join'][1][0]).toMatch(/^\/aws\/vendedlogs\/pipes\/.*Pipe/);
    expect(group.Properties).toMatchObject({ RetentionInDays: 365, KmsKeyId: stack.resolve(pipe.encryptionKey!.keyArn) });
  });

  test('has a role that only pipes of this account and region can assume', () => {
    expect(role().AssumeRolePolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'pipes.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': pipes('*') } },
    }]);
  });

  test('is encrypted with the key of the stack, under either name of the context', () => {
    const Resource = stack.resolve(pipe.encryptionKey!.keyArn);
    expect(pipeOf(stack).KmsKeyIdentifier).toEqual(Resource);
    expect(role().Policies[0].PolicyDocument.Statement).toEqual([
      { Sid: 'OwnLogs', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: stack.resolve(pipe.logGroup.logGroupArn) },
      { Sid: 'OwnKey', Effect: 'Allow', Action: 'kms:DescribeKey', Resource },
      { Sid: 'OwnData1', Effect: 'Allow', Action: READ_AND_WRITE, Resource, Condition: { ArnLike: { 'kms:EncryptionContext:aws:pipe:arn': pipes('*') } } },
      { Sid: 'OwnData2', Effect: 'Allow', Action: READ_AND_WRITE, Resource, Condition: { ArnLike: { 'kms:EncryptionContext:aws:pipes:arn': pipes('*') } } },
    ]);
  });

  test('is made when its role has all rights', () => {
    const [{ DependsOn: dependsOn }] = Object.values(template.findResources('AWS::Pipes::Pipe'));
    expect(dependsOn.map((id: string) => id.slice(0, -8))).toEqual(['PipeRoleDefaultPolicy']);
  });

  test('has these alarms', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties: one }) => one).filter((one) => one.Namespace === 'AWS/EventBridge/Pipes');
    expect(alarms.map((one) => [one.MetricName, one.Statistic, one.Threshold, one.Dimensions]).sort()).toEqual(
      ['ExecutionFailed', 'ExecutionPartiallyFailed', 'ExecutionThrottled', 'ExecutionTimeout'].map((name) => (
        [name, 'Sum', 0, [{ Name: 'PipeName', Value: stack.resolve(pipe.pipeName) }]])));
  });

  test('tells its name and ARN', () => {
    expect([stack.resolve(pipe.pipeName), stack.resolve(pipe.pipeArn)]).toEqual([{ Ref: 'Pipe7793F8A1' }, { 'Fn::GetAtt': ['Pipe7793F8A1', 'Arn'] }]);
  });
});

describe('the profile decides', () => {
  test('in the sandbox AWS owns the key, and only what fails is watched', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const pipe = plainPipe(stack);
    expect(pipeOf(stack).KmsKeyIdentifier).toBeUndefined();
    expect(pipe.alarms.map(({ node }) => node.id)).toEqual(['ExecutionFailedAlarm']);
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('in the regulated one the rights stand in one managed policy', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    plainPipe(stack);
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 0);
    templateOf(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 1);
  });
});

describe('the props', () => {
  test('pipeName is part of the trust and of the context of the key', () => {
    const stack = testStack();
    plainPipe(stack, { pipeName: 'orders' });
    expect(pipeOf(stack).Name).toBe('orders');
    const roles = JSON.stringify(templateOf(stack).findResources('AWS::IAM::Role'));
    expect(roles).toContain(':pipe/orders');
    expect(roles).not.toContain(':pipe/*');
  });

  test('description, desiredState, logLevel and logRetention are passed on', () => {
    const stack = testStack();
    plainPipe(stack, { description: 'orders', desiredState: PipeState.STOPPED, logLevel: PipeLogLevel.INFO, logRetention: RetentionDays.ONE_MONTH });
    expect(pipeOf(stack)).toMatchObject({ Description: 'orders', DesiredState: 'STOPPED', LogConfiguration: { Level: 'INFO' } });
    templateOf(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('encryptionKey replaces the key of the stack', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const key = new Key(stack, 'Own');
    expect(plainPipe(stack, { encryptionKey: key }).encryptionKey).toBe(key);
    expect(pipeOf(stack).KmsKeyIdentifier).toEqual(stack.resolve(key.keyArn));
  });

  test('permissionsBoundary bounds the role', () => {
    const stack = testStack();
    plainPipe(stack, { permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary') });
    templateOf(stack).hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
  });

  test('templates say what enrichment and target get', () => {
    const stack = testStack();
    plainPipe(stack, {
      enrichment: PipeEnrichment.function(aFunction(stack)), enrichmentInputTemplate: '{"id": <$.body.id>}', targetInputTemplate: '{"total": <$.total>}',
    });
    expect(pipeOf(stack).EnrichmentParameters).toEqual({ InputTemplate: '{"id": <$.body.id>}' });
    expect(pipeOf(stack).TargetParameters).toMatchObject({ InputTemplate: '{"total": <$.total>}', EventBridgeEventBusParameters: { Source: 'shop' } });
  });

  test('alarms are tuned and switched off', () => {
    const stack = testStack();
    const pipe = plainPipe(stack, { alarms: { executionFailed: AlarmSetting.threshold(3), executionTimeout: AlarmSetting.off(REASON) } });
    expect(pipe.alarms.map(({ node }) => node.id)).toEqual(['ExecutionFailedAlarm', 'ExecutionPartiallyFailedAlarm', 'ExecutionThrottledAlarm']);
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ExecutionFailed', Threshold: 3 });
  });
});

describe('a source gives the role exactly', () => {
  test('a queue: receiving and deleting its messages, and reading them', () => {
    const stack = testStack();
    const queue = queueIn(stack);
    plainPipe(stack, { source: PipeSource.queue(queue, { batchSize: 5, maxBatchingWindow: Duration.seconds(20), filters: [{ body: { total: [{ numeric: ['>', 1] }] } }] }) });
    const queueArn = stack.resolve(queue.queueArn);
    expect(rightsOf(stack).slice(0, 2)).toEqual([
      { Effect: 'Allow', Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], Resource: queueArn },
      keyRight(stack, 'sqs', 'kms:Decrypt', { 'kms:EncryptionContext:aws:sqs:arn': queueArn }),
    ]);
    expect(pipeOf(stack)).toMatchObject({
      Source: queueArn,
      SourceParameters: {
        SqsQueueParameters: { BatchSize: 5, MaximumBatchingWindowInSeconds: 20 }, FilterCriteria: { Filters: [{ Pattern: '{"body":{"total":[{"numeric":[">",1]}]}}' }] },
      },
    });
  });

  test('a table: reading its stream, and sending what fails to the dead-letter queue of the stack', () => {
    const stack = testStack();
    const table = tableIn(stack);
    const pipe = plainPipe(stack, { source: PipeSource.tableStream(table) });
    const deadLetters = StackDeadLetterQueue.of(stack);
    expect(pipe.deadLetterQueue).toBe(deadLetters);
    expect(rightsOf(stack).slice(0, 3)).toEqual([
      {
        Effect: 'Allow',
        Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
        Resource: stack.resolve(table.tableStreamArn),
      },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: stack.resolve(deadLetters.queueArn) },
      keyRight(stack, 'sqs', READ_AND_WRITE, { 'kms:EncryptionContext:aws:sqs:arn': stack.resolve(deadLetters.queueArn) }),
    ]);
    expect(pipeOf(stack).SourceParameters.DynamoDBStreamParameters).toEqual({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 10,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 86400,
      ParallelizationFactor: 1,
      OnPartialBatchItemFailure: 'AUTOMATIC_BISECT',
      DeadLetterConfig: { Arn: stack.resolve(deadLetters.queueArn) },
    });
  });

  test('a table with a key of its own: decryption of that table', () => {
    const stack = testStack();
    const table = new Table(stack, 'Table', {
      partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.NEW_IMAGE, encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: dataKeyFor(stack),
    });
    plainPipe(stack, { source: PipeSource.tableStream(table) });
    expect(rightsOf(stack)).toContainEqual(keyRight(stack, 'dynamodb', 'kms:Decrypt', { 'kms:EncryptionContext:aws:dynamodb:tableName': stack.resolve(table.tableName) }));
  });

  test('a stream: reading it, with every option', () => {
    const stack = testStack();
    const stream = streamIn(stack);
    const deadLetterQueue = queueIn(stack, 'Own');
    const pipe = plainPipe(stack, {
      source: PipeSource.stream(stream, {
        startingPosition: StartingPosition.LATEST,
        retryAttempts: 2,
        maxRecordAge: Duration.hours(1),
        parallelizationFactor: 3,
        batchSize: 7,
        deadLetterQueue,
        maxBatchingWindow: Duration.seconds(9),
        filters: [{ data: { kind: ['click'] } }],
      }),
    });
    expect(pipe.deadLetterQueue).toBe(deadLetterQueue);
    const streamArn = stack.resolve(stream.streamArn);
    expect(rightsOf(stack).slice(0, 2)).toEqual([
      {
        Effect: 'Allow',
        Action: [
          'kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards', 'kinesis:ListStreams',
          'kinesis:SubscribeToShard',
        ],
        Resource: streamArn,
      },
      keyRight(stack, 'kinesis', 'kms:Decrypt', { 'kms:EncryptionContext:aws:kinesis:arn': streamArn }),
    ]);
    expect(pipeOf(stack).SourceParameters).toEqual({
      FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["click"]}}' }] },
      KinesisStreamParameters: {
        StartingPosition: 'LATEST',
        BatchSize: 7,
        MaximumBatchingWindowInSeconds: 9,
        MaximumRetryAttempts: 2,
        MaximumRecordAgeInSeconds: 3600,
        ParallelizationFactor: 3,
        OnPartialBatchItemFailure: 'AUTOMATIC_BISECT',
        DeadLetterConfig: { Arn: stack.resolve(deadLetterQueue.queueArn) },
      },
    });
  });

  test('a stream to a function: a hundred records at once', () => {
    const stack = testStack();
    pipeIn(stack, { source: PipeSource.stream(streamIn(stack)), target: PipeTarget.function(aFunction(stack)) });
    expect(pipeOf(stack).SourceParameters.KinesisStreamParameters.BatchSize).toBe(100);
  });
});

describe('a target gives the role exactly', () => {
  /** What the role may besides reading the stream and sending dead letters. */
  function given(make: (stack: Stack) => PipeTarget): { stack: Stack; rights: Json[]; parameters: Json } {
    const stack = testStack();
    const table = tableIn(stack);
    const target = make(stack);
    pipeIn(stack, { source: PipeSource.tableStream(table), target });
    return { stack, rights: rightsOf(stack).slice(3), parameters: pipeOf(stack).TargetParameters };
  }

  test('a function: calling it, and waiting for it', () => {
    const { stack, rights, parameters } = given((scope) => PipeTarget.function(aFunction(scope)));
    const fn = stack.node.findChild('Orders') as LambdaFunction;
    expect(rights).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: stack.resolve(fn.functionArn) }]);
    expect(parameters).toEqual({ LambdaFunctionParameters: { InvocationType: 'REQUEST_RESPONSE' } });
  });

  test('a state machine: starting it', () => {
    const { stack, rights, parameters } = given((scope) => PipeTarget.stateMachine(standardIn(scope)));
    const machine = stack.node.findChild('Standard') as StateMachine;
    expect(rights).toEqual([{ Effect: 'Allow', Action: 'states:StartExecution', Resource: stack.resolve(machine.stateMachineArn) }]);
    expect(parameters).toEqual({ StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } });
  });

  test('an express machine: running it, and reading its output', () => {
    const { stack, rights, parameters } = given((scope) => PipeTarget.expressStateMachine(expressIn(scope)));
    const machineArn = stack.resolve((stack.node.findChild('Express') as StateMachine).stateMachineArn);
    expect(rights).toEqual([
      { Effect: 'Allow', Action: 'states:StartSyncExecution', Resource: machineArn },
      keyRight(stack, 'states', 'kms:Decrypt', { 'kms:EncryptionContext:aws:states:stateMachineArn': machineArn }),
    ]);
    expect(parameters).toEqual({ StepFunctionStateMachineParameters: { InvocationType: 'REQUEST_RESPONSE' } });
  });

  test('an express machine that is not of this library: running it', () => {
    const { stack, rights } = given((scope) => PipeTarget.expressStateMachine(new StateMachine(scope, 'Plain', {
      definitionBody: DefinitionBody.fromChainable(new Pass(scope, 'Done')), stateMachineType: StateMachineType.EXPRESS,
    })));
    expect(rights).toEqual([
      { Effect: 'Allow', Action: 'states:StartSyncExecution', Resource: stack.resolve((stack.node.findChild('Plain') as StateMachine).stateMachineArn) },
    ]);
  });

  test('a queue: sending, and encrypting for it', () => {
    const stack = testStack();
    const queue = queueIn(stack);
    pipeIn(stack, { source: PipeSource.tableStream(tableIn(stack)), target: PipeTarget.queue(queue) });
    const queues = [StackDeadLetterQueue.of(stack), queue].map(({ queueArn }) => stack.resolve(queueArn)); // what cannot be delivered goes to the first
    expect(rightsOf(stack)).toContainEqual(keyRight(stack, 'sqs', READ_AND_WRITE, { 'kms:EncryptionContext:aws:sqs:arn': queues }));
    expect(pipeOf(stack).TargetParameters).toBeUndefined();
  });

  test('a FIFO queue: with its group', () => {
    const { parameters } = given((scope) => PipeTarget.queue(
      new Queue(scope, 'Fifo', { fifo: true }), { messageGroupId: '$.eventID', messageDeduplicationId: '$.eventID' }));
    expect(parameters).toEqual({ SqsQueueParameters: { MessageGroupId: '$.eventID', MessageDeduplicationId: '$.eventID' } });
  });

  test('a bus: putting events on it', () => {
    const { stack, rights, parameters } = given((scope) => PipeTarget.eventBus(new EventBus(scope, 'Bus'), { source: 'shop', detailType: 'OrderPlaced' }));
    expect(rights).toEqual([{
      Effect: 'Allow',
      Action: 'events:PutEvents',
      Resource: stack.resolve((stack.node.findChild('Bus') as EventBus).eventBusArn),
      Condition: {
        'ForAllValues:StringEquals': { 'events:source': 'shop', 'events:detail-type': 'OrderPlaced' },
        'Null': { 'events:source': 'false', 'events:detail-type': 'false' },
      },
    }]);
    expect(parameters).toEqual({ EventBridgeEventBusParameters: { Source: 'shop', DetailType: 'OrderPlaced' } });
  });

  test('a bus: what the event itself names cannot be limited', () => {
    const conditions = (source: string, detailType: string) => (
      given((scope) => PipeTarget.eventBus(new EventBus(scope, 'Bus'), { source, detailType })).rights[0].Condition);
    expect(conditions('shop', '$.eventName')).toEqual({ 'ForAllValues:StringEquals': { 'events:source': 'shop' }, 'Null': { 'events:source': 'false' } });
    expect(conditions('$.source', '$.eventName')).toBeUndefined();
    expect(conditions(Fn.ref('Source'), '$.eventName')).toEqual({
      'ForAllValues:StringEquals': { 'events:source': { Ref: 'Source' } }, 'Null': { 'events:source': 'false' },
    });
  });

  test('a topic: publishing to it, and encrypting for it', () => {
    const { stack, rights } = given((scope) => PipeTarget.topic(new Topic(scope, 'Topic', { masterKey: dataKeyFor(scope) })));
    const topicArn = stack.resolve((stack.node.findChild('Topic') as Topic).topicArn);
    expect(rights).toEqual([
      { Effect: 'Allow', Action: 'sns:Publish', Resource: topicArn },
      keyRight(stack, 'sns', READ_AND_WRITE, { 'kms:EncryptionContext:aws:sns:topicArn': topicArn }),
    ]);
  });

  test('an enrichment besides: calling it', () => {
    const stack = testStack();
    plainPipe(stack, { enrichment: PipeEnrichment.function(aFunction(stack)) });
    const fn = stack.resolve((stack.node.findChild('Orders') as LambdaFunction).functionArn);
    expect(rightsOf(stack)).toContainEqual({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: fn });
    expect(pipeOf(stack).Enrichment).toEqual(fn);
  });
});

describe('the queue that a pipe reads', () => {
  test('hides messages for six times as long as enrichment and target take', () => {
    const stack = testStack();
    pipeIn(stack, {
      source: PipeSource.queue(queueIn(stack)),
      enrichment: PipeEnrichment.function(aFunction(stack, 'Enrich', { timeout: Duration.seconds(20) })),
      target: PipeTarget.function(aFunction(stack, 'Handle', { timeout: Duration.seconds(40) })),
    });
    templateOf(stack).hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 360 });
  });

  test('fails when it shows them earlier', () => {
    const stack = testStack();
    const queue = new Queue(stack, 'Short', { visibilityTimeout: Duration.seconds(60) });
    expect(() => pipeIn(stack, { source: PipeSource.queue(queue), target: PipeTarget.function(aFunction(stack, 'Handle', { timeout: Duration.seconds(40) })) })).toThrow(
      "'visibilityTimeout' must be at least 4 minutes, or messages are handled twice while 'Shop/Pipe' still works on them, got \"1 minute\"; "
      + "raise it, or leave it out of a SecureQueue, which then follows its receivers [SecureQueue.VisibilityTimeout, at 'Shop/Short']");
  });

  test('is not measured where nobody here knows the time, and a warning says so', () => {
    const stack = testStack();
    const fn = LambdaFunction.fromFunctionArn(stack, 'Other', 'arn:aws:lambda:eu-west-1:111122223333:function:other');
    pipeIn(stack, { source: PipeSource.queue(queueIn(stack)), target: PipeTarget.function(fn) });
    Annotations.fromStack(stack).hasWarning('/Shop/Pipe', Match.stringLikeRegexp('The timeout of Shop/Other is not known here'));
  });

  test('fails at the end when it has no dead-letter queue', () => {
    const stack = testStack();
    const pipe = plainPipe(stack, { source: PipeSource.queue(new Queue(stack, 'Plain')) });
    expect(pipe.node.validate()).toEqual([
      "'source' must be a queue with a dead-letter queue, or messages that cannot be handled block it and are lost in the end, got \"Shop/Plain\"; "
      + "pass deadLetterQueue to the queue [SecurePipe.DeadLetters, at 'Shop/Pipe']",
    ]);
  });

  test('may be imported, of which nothing is known', () => {
    const stack = testStack();
    const pipe = plainPipe(stack, { source: PipeSource.queue(Queue.fromQueueArn(stack, 'Other', 'arn:aws:sqs:eu-west-1:111122223333:orders')) });
    expect(pipe.node.validate()).toStrictEqual([]);
  });
});

describe('a pipe fails', () => {
  const making = (make: (stack: Stack) => Partial<SecurePipeProps>) => () => {
    const stack = testStack();
    plainPipe(stack, make(stack));
  };
  const fromQueue = (options: PipeSourceOptions) => making((stack) => ({ source: PipeSource.queue(queueIn(stack), options) }));
  const fromStream = (options: PipeStreamOptions) => making((stack) => ({ source: PipeSource.stream(streamIn(stack), options) }));

  test.each([
    ['the queue that it reads', (stack: Stack) => queueIn(stack)],
    ['the same queue, imported', (stack: Stack) => Queue.fromQueueArn(stack, 'Again', queueIn(stack).queueArn)],
  ])('when its target is %s', (_, again) => {
    const stack = testStack();
    const target = again(stack);
    expect(() => plainPipe(stack, { target: PipeTarget.queue(target) })).toThrow(
      `'target' must not be the source of the pipe, which would run, and cost, without end, got "${target.node.path}"; `
      + "send what failed to a dead-letter queue, and what is new elsewhere [SecurePipe.Loop, at 'Shop/Pipe']");
  });

  test.each([0, 10_001, 1.5])('with batches of %s', (batchSize) => {
    const message = (standard: number) => `'batchSize' must be a whole number between 1 and 10000, got ${batchSize}; leave it out for ${standard} [SecurePipe.BatchSize, at 'Shop/Pipe']`;
    expect(fromQueue({ batchSize })).toThrow(message(10));
    expect(fromStream({ batchSize })).toThrow(message(100));
  });

  test('with batches that are too large for the target', () => {
    expect(fromQueue({ batchSize: 11 })).toThrow(
      "'batchSize' must be at most 10 for this target, which takes no more at once, got 11; leave it out for 10 [SecurePipe.BatchSize, at 'Shop/Pipe']");
  });

  test('with a window of more than five minutes', () => {
    expect(fromQueue({ maxBatchingWindow: Duration.minutes(6) })).toThrow(
      "'maxBatchingWindow' must lie between 0 seconds and 5 minutes, got \"6 minutes\"; leave it out to handle events at once [SecurePipe.BatchingWindow, at 'Shop/Pipe']");
  });

  test.each([[[]], [[{}]], [[{ a: ['1'] }, {}]], [[{ a: ['1'] }, { a: ['2'] }, { a: ['3'] }, { a: ['4'] }, { a: ['5'] }, { a: ['6'] }]]])('with the filters %j', (filters) => {
    expect(fromQueue({ filters })).toThrow(
      `'filters' must be 1 to 5 patterns with at least one field each, got ${JSON.stringify(filters)}; leave them out to take all events [SecurePipe.Filters, at 'Shop/Pipe']`);
  });

  test.each([
    ['RetryAttempts', 'retryAttempts', { retryAttempts: -1 }, 'be a whole number between 0 and 10000', '-1', '5'],
    ['RecordAge', 'maxRecordAge', { maxRecordAge: Duration.days(8) }, 'lie between 1 minute and 7 days', '"8 days"', '1 day'],
    ['Parallelization', 'parallelizationFactor', { parallelizationFactor: 11 }, 'be a whole number between 1 and 10', '11', '1'],
  ])('outside of the limits of %s', (code, prop, options, must, got, standard) => {
    expect(fromStream(options)).toThrow(`'${prop}' must ${must}, got ${got}; leave it out for ${standard} [SecurePipe.${code}, at 'Shop/Pipe']`);
  });

  test('when it begins at a time', () => {
    expect(fromStream({ startingPosition: StartingPosition.AT_TIMESTAMP })).toThrow(
      "'startingPosition' must be TRIM_HORIZON or LATEST, got \"AT_TIMESTAMP\"; leave it out to begin with the oldest record [SecurePipe.StartingPosition, at 'Shop/Pipe']");
  });

  test('with a FIFO queue for dead letters', () => {
    expect(making((stack) => ({ source: PipeSource.stream(streamIn(stack), { deadLetterQueue: new Queue(stack, 'Fifo', { fifo: true }) }) }))).toThrow(
      "'deadLetterQueue' must be a standard queue, got \"Shop/Fifo\"; leave it out to use the dead-letter queue of the stack [SecurePipe.DeadLetters, at 'Shop/Pipe']");
  });

  test('when the table has no stream', () => {
    expect(making((stack) => ({ source: PipeSource.tableStream(new TableV2(stack, 'Still', { partitionKey: { name: 'id', type: AttributeType.STRING } })) }))).toThrow(
      "'source' must be a table with a stream, got \"Shop/Still\"; give the table a stream, for example of new and old images [SecurePipe.NoStream, at 'Shop/Pipe']");
  });

  test.each([
    ['as a target', (stack: Stack) => ({ target: PipeTarget.expressStateMachine(standardIn(stack)) })],
    ['as an enrichment', (stack: Stack) => ({ enrichment: PipeEnrichment.expressStateMachine(standardIn(stack)) })],
  ])('when it would wait for a standard machine %s', (_, make) => {
    expect(making(make)).toThrow(
      "'stateMachine' must be an express machine, since a pipe cannot wait for a standard one, got \"Shop/Standard\"; make it an express one, or use "
      + "PipeTarget.stateMachine(), which starts it and goes on [SecurePipe.Express, at 'Shop/Pipe']");
  });

  test('when a FIFO queue has no group, or another one has', () => {
    expect(making((stack) => ({ target: PipeTarget.queue(new Queue(stack, 'Fifo', { fifo: true })) }))).toThrow(
      "'messageGroupId' must be given for a FIFO queue, which takes no message without a group; write a path into the event, like '$.eventID' "
      + "[SecurePipe.MessageGroup, at 'Shop/Pipe']");
    for (const prop of ['messageGroupId', 'messageDeduplicationId']) {
      expect(making((stack) => ({ target: PipeTarget.queue(new Queue(stack, 'Plain'), { [prop]: 'a' }) }))).toThrow(
        `'${prop}' must be left out for a queue that is not FIFO, got "a"; leave it out [SecurePipe.MessageGroup, at 'Shop/Pipe']`);
    }
  });

  test.each([
    ['source', { source: '', detailType: 'x' }],
    ['source', { source: 'aws.s3', detailType: 'x' }],
    ['detailType', { source: 'shop', detailType: '' }],
  ] as const)('with events whose %s is not theirs', (prop, options) => {
    expect(making((stack) => ({ target: PipeTarget.eventBus(new EventBus(stack, 'Other'), options) }))).toThrow(
      `'${prop}' must be a name, and not one of an AWS service, got "${options[prop]}"; write it like 'shop.orders' [SecurePipe.EventSource, at 'Shop/Pipe']`);
  });

  test('with a FIFO topic', () => {
    expect(making((stack) => ({ target: PipeTarget.topic(new Topic(stack, 'Fifo', { fifo: true })) }))).toThrow(
      "'topic' must not be a FIFO topic, which Pipes does not know, got \"Shop/Fifo\"; use PipeTarget.queue() with a FIFO queue [SecurePipe.FifoTopic, at 'Shop/Pipe']");
  });

  test('with a template for an enrichment that it does not have, or one that is too long', () => {
    expect(making(() => ({ enrichmentInputTemplate: '{}' }))).toThrow(
      "'enrichmentInputTemplate' must go with an enrichment; pass enrichment, or use targetInputTemplate [SecurePipe.InputTemplate, at 'Shop/Pipe']");
    expect(making(() => ({ targetInputTemplate: 'x'.repeat(8193) }))).toThrow(
      "'targetInputTemplate' must be 1 to 8192 characters, got \"8193 characters\"; let an enrichment make larger ones [SecurePipe.InputTemplate, at 'Shop/Pipe']");
  });

  test.each(['', 'a b', 'x'.repeat(65), 'a/b'])('with the name %j', (pipeName) => {
    expect(making(() => ({ pipeName }))).toThrow(
      `'pipeName' must be 1 to 64 letters, digits, ., - and _, got ${JSON.stringify(pipeName)}; leave it out for a name that CloudFormation makes [SecurePipe.Name, at 'Shop/Pipe']`);
  });

  test('before anything is made', () => {
    const stack = testStack();
    expect(() => plainPipe(stack, { pipeName: 'a b' })).toThrow(/SecurePipe\.Name/);
    expect(stack.node.tryFindChild('Pipe')).toBeUndefined();
    expect(stack.node.findAll().filter((node) => CfnResource.isCfnResource(node)).map((node) => (node as CfnResource).cfnResourceType)).not.toContain('AWS::IAM::Role');
  });

  test('but not on values that are known only at deployment', () => {
    const stack = testStack();
    plainPipe(stack, {
      pipeName: Lazy.string({ produce: () => 'later' }),
      targetInputTemplate: Lazy.string({ produce: () => '{}' }),
      source: PipeSource.queue(queueIn(stack), { batchSize: Lazy.number({ produce: () => 5 }) }),
    });
    expect(pipeOf(stack)).toMatchObject({ Name: 'later', TargetParameters: { InputTemplate: '{}' }, SourceParameters: { SqsQueueParameters: { BatchSize: 5 } } });
  });
});
