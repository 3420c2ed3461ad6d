import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Architecture, Function as LambdaFunction, LoggingFormat, RecursiveLoop, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockedEncryptionType, BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { alarm, attackAlarm } from './by-hand-alarm';
import { makeApi } from './by-hand-api';
import { masking } from './by-hand-masking';
import { HANDLER } from './shape';

/** What a careful person writes with CDK's L2s to get the resources that the library makes. */
export function build(stack: Stack, functions: number): void {
  const key = makeKey(stack);
  const alarms = makeAlarmTopic(stack, key);
  const data = makeBucket(stack, key, makeLogBucket(stack));
  makeApi(stack, key, alarms, Array.from({ length: functions }, (_, i) => (
    { method: 'GET', path: `items${i}`, fn: makeFunction(stack, `Function${i}`, key, alarms, data) })));
  attackAlarm(stack, alarms);
}

export function makeKey(stack: Stack): Key {
  const key = new Key(stack, 'Key', { description: 'Data', enableKeyRotation: true, rotationPeriod: Duration.days(365), pendingWindow: Duration.days(30) });
  key.addToResourcePolicy(new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:CreateGrant'],
    resources: ['*'],
    conditions: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
  }));
  key.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
    actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group:*' }) } },
  }));
  key.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  }));
  return key;
}

export function makeAlarmTopic(stack: Stack, masterKey: Key): Topic {
  const topic = new Topic(stack, 'Alarms', { masterKey, enforceSSL: true });
  topic.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  }));
  return topic;
}

export function makeLogBucket(stack: Stack): Bucket {
  return new Bucket(stack, 'AccessLogs', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    blockedEncryptionTypes: [BlockedEncryptionType.SSE_C],
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [{ expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(7) }],
  });
}

export function makeBucket(stack: Stack, encryptionKey: Key, logs: Bucket): Bucket {
  const bucket = new Bucket(stack, 'Data', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    blockedEncryptionTypes: [BlockedEncryptionType.SSE_C],
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [{
      noncurrentVersionExpiration: Duration.days(90), expiredObjectDeleteMarker: true, abortIncompleteMultipartUploadAfter: Duration.days(7),
    }],
  });
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.loggingConfiguration = { destinationBucketName: logs.bucketName, logFilePrefix: 'data/' };
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  logs.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
    actions: ['s3:PutObject'],
    resources: [logs.arnForObjects('data/*')],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': bucket.bucketArn } },
  }));
  return bucket;
}

export function makeFunction(stack: Stack, id: string, key: Key, alarms: ITopic, data: Bucket): LambdaFunction {
  const logGroup = new LogGroup(stack, `${id}Logs`, {
    encryptionKey: key,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
    dataProtectionPolicy: masking(),
  });
  const role = new Role(stack, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Runs ${stack.node.path}/${id}`,
    inlinePolicies: {
      LogsAndTraces: new PolicyDocument({
        statements: [
          new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
        ],
      }),
    },
  });
  const fn = new LambdaFunction(stack, id, {
    ...HANDLER,
    role,
    logGroup,
    architecture: Architecture.ARM_64,
    memorySize: 256,
    timeout: Duration.seconds(15),
    recursiveLoop: RecursiveLoop.TERMINATE,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.INFO,
    tracing: Tracing.ACTIVE,
  });
  role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [data.arnForObjects('public/*')] }));
  role.addToPolicy(new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [key.keyArn],
    conditions: {
      StringEquals: { 'kms:ViaService': `s3.${stack.region}.amazonaws.com` },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [data.bucketArn, data.arnForObjects('*')] },
    },
  }));
  alarm(fn, 'Errors', 'invocations fail; look for ERROR in the log group of the function', fn.metricErrors(), 0, alarms);
  alarm(fn, 'Throttles', 'Lambda refuses invocations; look at the reserved concurrency and at who calls', fn.metricThrottles(), 0, alarms);
  alarm(fn, 'Duration', 'invocations take more than 80 % of the timeout; look at the traces', fn.metricDuration({ statistic: 'p99' }), 12000, alarms);
  alarm(fn, 'Concurrency', 'unusually many executions at once; look for a loop or a flood of requests',
    fn.metric('ConcurrentExecutions', { statistic: 'Maximum' }), 100, alarms);
  return fn;
}
