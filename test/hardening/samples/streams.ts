import * as cdk from 'aws-cdk-lib';
import {
  aws_dynamodb as ddb, aws_iam as iam, aws_kinesis as kinesis, aws_lambda as lambda, aws_lambda_event_sources as sources,
  aws_s3 as s3, aws_sns as sns, aws_sqs as sqs,
} from 'aws-cdk-lib';

// A Kinesis stream read in batches by a function that fills a table; records that fail go to a queue.
export const kinesisConsumer = (app: cdk.App): void => {
  const stack = new cdk.Stack(app, 'ClickStream');
  const stream = new kinesis.Stream(stack, 'Clicks', { shardCount: 2, retentionPeriod: cdk.Duration.hours(48) });
  const onFailure = new sqs.Queue(stack, 'Poison');
  const counts = new ddb.Table(stack, 'Counts', { partitionKey: { name: 'page', type: ddb.AttributeType.STRING }, billingMode: ddb.BillingMode.PAY_PER_REQUEST });

  const producerRole = new iam.Role(stack, 'ProducerRole', { assumedBy: new iam.AccountPrincipal('444455556666') });
  stream.grantWrite(producerRole);

  const consumer = new lambda.Function(stack, 'Consumer', {
    runtime: lambda.Runtime.PYTHON_3_11,
    handler: 'index.handler',
    code: lambda.Code.fromInline('def handler(event, context):\n  return {"batchItemFailures": []}'),
    timeout: cdk.Duration.minutes(2),
    environment: { COUNTS: counts.tableName },
  });
  counts.grantWriteData(consumer);
  consumer.addEventSource(new sources.KinesisEventSource(stream, {
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    batchSize: 100,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    parallelizationFactor: 2,
    onFailure: new sources.SqsDlq(onFailure),
    retryAttempts: 5,
  }));
};

// Changes of a table go over its stream to a function that writes an audit trail to S3 and tells a topic.
export const dynamoStream = (app: cdk.App): void => {
  const stack = new cdk.Stack(app, 'ChangeFeed');
  const table = new ddb.Table(stack, 'Accounts', {
    partitionKey: { name: 'id', type: ddb.AttributeType.STRING },
    stream: ddb.StreamViewType.NEW_AND_OLD_IMAGES,
    pointInTimeRecovery: true,
    timeToLiveAttribute: 'expires',
  });
  const audit = new s3.Bucket(stack, 'Audit', { encryption: s3.BucketEncryption.S3_MANAGED, versioned: true, lifecycleRules: [{ expiration: cdk.Duration.days(2555) }] });
  const topic = new sns.Topic(stack, 'Changes');
  const fn = new lambda.Function(stack, 'Feed', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    environment: { BUCKET: audit.bucketName, TOPIC: topic.topicArn },
  });
  audit.grantPut(fn, 'changes/*');
  topic.grantPublish(fn);
  fn.addEventSource(new sources.DynamoEventSource(table, {
    startingPosition: lambda.StartingPosition.LATEST,
    filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.isEqual('MODIFY') })],
    retryAttempts: 10,
  }));
};
