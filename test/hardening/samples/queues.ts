import { App, Duration, RemovalPolicy, Stack, aws_pipes as pipes } from 'aws-cdk-lib';
import * as ddb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, S3EventSource, SnsEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subs from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';

const code = lambda.Code.fromInline('exports.handler = async () => ({ batchItemFailures: [] });');
const node = { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code };

// Every kind of event source on one function, each with a queue for what fails; one mapping as an L1.
export const eventSources = (app: App): void => {
  const stack = new Stack(app, 'Sources');
  const dlq = new sqs.Queue(stack, 'DLQ', { retentionPeriod: Duration.days(14) });
  const queue = new sqs.Queue(stack, 'Work', { deadLetterQueue: { queue: dlq, maxReceiveCount: 3 }, visibilityTimeout: Duration.minutes(3) });
  const topic = new sns.Topic(stack, 'News', { enforceSSL: true });
  const drops = new s3.Bucket(stack, 'Drops', { enforceSSL: true, removalPolicy: RemovalPolicy.DESTROY });
  const table = new ddb.TableV2(stack, 'Table', { partitionKey: { name: 'pk', type: ddb.AttributeType.STRING }, dynamoStream: ddb.StreamViewType.KEYS_ONLY });
  const fn = new lambda.Function(stack, 'Fn', { ...node, deadLetterQueueEnabled: true, timeout: Duration.seconds(30) });
  fn.addEventSource(new SqsEventSource(queue, { reportBatchItemFailures: true, maxConcurrency: 5 }));
  fn.addEventSource(new SnsEventSource(topic, { deadLetterQueue: dlq }));
  fn.addEventSource(new S3EventSource(drops, { events: [s3.EventType.OBJECT_CREATED] }));
  fn.addEventSource(new DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST, onFailure: new SqsDlq(dlq), retryAttempts: 2 }));
  const second = new sqs.Queue(stack, 'Second');
  second.grantConsumeMessages(fn);
  new lambda.CfnEventSourceMapping(stack, 'SecondMapping', { functionName: fn.functionArn, eventSourceArn: second.queueArn });
};

// FIFO from end to end: topic, queue, dead letters, high throughput, deduplication by content.
export const fifo = (app: App): void => {
  const stack = new Stack(app, 'Fifo');
  const topic = new sns.Topic(stack, 'Trades', { fifo: true, topicName: 'trades', contentBasedDeduplication: true });
  const dead = new sqs.Queue(stack, 'Dead', { fifo: true, queueName: 'trades-dead.fifo' });
  const queue = new sqs.Queue(stack, 'Settle', {
    fifo: true,
    contentBasedDeduplication: true,
    deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
  });
  topic.addSubscription(new subs.SqsSubscription(queue, { rawMessageDelivery: true }));
  const settle = new lambda.Function(stack, 'Settler', node);
  settle.addEventSource(new SqsEventSource(queue));
  const publisher = new lambda.Function(stack, 'Publisher', node);
  topic.grantPublish(publisher);
};

// Keys that the author made and shared between queue, topic, bucket, table and function, with rotation here and not there.
export const ownKeys = (app: App): void => {
  const stack = new Stack(app, 'Encrypted', { env: { region: 'eu-north-1' } });
  const key = new kms.Key(stack, 'Key', { alias: 'alias/app', description: 'all of the app', removalPolicy: RemovalPolicy.DESTROY, pendingWindow: Duration.days(7) });
  const rotated = new kms.Key(stack, 'Rotated', { enableKeyRotation: true });
  rotated.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.AccountPrincipal('444455556666')], actions: ['kms:Decrypt'], resources: ['*'] }));
  const queue = new sqs.Queue(stack, 'Queue', { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: key });
  const managed = new sqs.Queue(stack, 'Managed', { encryption: sqs.QueueEncryption.KMS_MANAGED });
  const topic = new sns.Topic(stack, 'Topic', { masterKey: rotated });
  topic.addSubscription(new subs.SqsSubscription(queue));
  const bucket = new s3.Bucket(stack, 'Bucket', { encryption: s3.BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true, serverAccessLogsPrefix: 'access/' });
  const table = new ddb.Table(stack, 'Table', { partitionKey: { name: 'id', type: ddb.AttributeType.STRING }, encryption: ddb.TableEncryption.CUSTOMER_MANAGED, encryptionKey: rotated, deletionProtection: true });
  const fn = new lambda.Function(stack, 'Fn', { ...node, environmentEncryption: key, environment: { QUEUE: queue.queueUrl }, tracing: lambda.Tracing.ACTIVE });
  queue.grantSendMessages(fn);
  managed.grantConsumeMessages(fn);
  bucket.grantReadWrite(fn);
  table.grantReadWriteData(fn);
  topic.grantPublish(fn);
  key.grantEncryptDecrypt(new iam.AccountRootPrincipal());
};

// EventBridge Pipes, as L1s since there is no L2: a queue into a state machine with an enrichment, a table's stream into a bus.
export const pipesL1 = (app: App): void => {
  const stack = new Stack(app, 'Pipes');
  const source = new sqs.Queue(stack, 'Source');
  const enrich = new lambda.Function(stack, 'Enrich', node);
  const machine = new sfn.StateMachine(stack, 'Target', {
    definitionBody: sfn.DefinitionBody.fromString(JSON.stringify({ StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 5, End: true } } })),
    stateMachineType: sfn.StateMachineType.EXPRESS,
  });
  const role = new iam.Role(stack, 'PipeRole', {
    assumedBy: new iam.ServicePrincipal('pipes.amazonaws.com'),
    inlinePolicies: {
      all: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], resources: [source.queueArn] }),
          new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [enrich.functionArn] }),
          new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }),
        ],
      }),
    },
  });
  new pipes.CfnPipe(stack, 'Pipe', {
    roleArn: role.roleArn,
    source: source.queueArn,
    sourceParameters: { sqsQueueParameters: { batchSize: 1 } },
    enrichment: enrich.functionArn,
    target: machine.stateMachineArn,
    targetParameters: { stepFunctionStateMachineParameters: { invocationType: 'FIRE_AND_FORGET' } },
  });

  const table = new ddb.Table(stack, 'Orders', { partitionKey: { name: 'id', type: ddb.AttributeType.STRING }, stream: ddb.StreamViewType.NEW_IMAGE });
  const streamRole = new iam.Role(stack, 'StreamPipeRole', { assumedBy: new iam.ServicePrincipal('pipes.amazonaws.com') });
  table.grantStreamRead(streamRole);
  const busArn = stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
  streamRole.addToPolicy(new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [busArn] }));
  new pipes.CfnPipe(stack, 'StreamPipe', { roleArn: streamRole.roleArn, source: table.tableStreamArn!, sourceParameters: { dynamoDbStreamParameters: { startingPosition: 'LATEST' } }, target: busArn });
};
