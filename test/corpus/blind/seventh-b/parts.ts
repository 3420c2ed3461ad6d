import { Template } from '../../seed';

/** A resource, or several by logical id. */
export type Resources = Record<string, any>;

export const ref = (id: string): Template => ({ Ref: id });
export const att = (id: string, name = 'Arn'): Template => ({ 'Fn::GetAtt': [id, name] });
export const sub = (text: string, values?: Template): Template => ({ 'Fn::Sub': values === undefined ? text : [text, values] });
export const join = (...pieces: unknown[]): Template => ({ 'Fn::Join': ['', pieces] });
export const iff = (condition: string, yes: unknown, no: unknown): Template => ({ 'Fn::If': [condition, yes, no] });
export const NONE = { Ref: 'AWS::NoValue' };
export const ACCOUNT = { Ref: 'AWS::AccountId' };
export const SAME_ACCOUNT = { StringEquals: { 'aws:SourceAccount': ACCOUNT } };

/** The ARN of something in this account and region, by name. */
export const arn = (service: string, rest: string): Template => (
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${rest}`));

/** A statement that allows something, for an identity. */
export const allow = (Action: unknown, Resource: unknown, Condition?: Template): Template => (
  { Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) });

/** A statement that allows something to somebody, for a resource. */
export const admit = (Principal: unknown, Action: unknown, Resource: unknown, Condition?: Template): Template => (
  { Effect: 'Allow', Principal, Action, Resource, ...(Condition === undefined ? {} : { Condition }) });

/** The statement that refuses callers without TLS. */
export const tls = (Action: string, Resource: unknown): Template => (
  { Sid: 'TlsOnly', Effect: 'Deny', Principal: { AWS: '*' }, Action, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

export const document = (...Statement: unknown[]): Template => ({ Version: '2012-10-17', Statement });

const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

/** A role that a service may take on for this account. */
export function role(service: string, statements: unknown[], Condition?: Template): Template {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document({
        Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...(Condition === undefined ? {} : { Condition }),
      }),
      Policies: [{ PolicyName: 'work', PolicyDocument: document(...statements) }],
    },
  };
}

/** A key that the services may use for this account. */
export function key(...services: string[]): Template {
  return {
    Type: 'AWS::KMS::Key',
    ...RETAIN,
    Properties: {
      EnableKeyRotation: true,
      KeyPolicy: document(
        admit({ AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, 'kms:*', '*'),
        admit({ Service: sub('logs.${AWS::Region}.amazonaws.com') }, ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'], '*',
          { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arn('logs', '*') } }),
        ...services.map((name) => admit({ Service: `${name}.amazonaws.com` }, ['kms:Decrypt', 'kms:GenerateDataKey'], '*', SAME_ACCOUNT)),
      ),
    },
  };
}

const IDENTIFIERS = ['EmailAddress', 'CreditCardNumber'].map((name) => sub(`arn:\${AWS::Partition}:dataprotection::aws:data-identifier/${name}`));

/** A group of logs that is kept for a year, encrypted and masked. */
export function logs(name: unknown): Template {
  return {
    Type: 'AWS::Logs::LogGroup',
    ...RETAIN,
    Properties: {
      LogGroupName: name,
      RetentionInDays: 365,
      KmsKeyId: att('Key'),
      DataProtectionPolicy: {
        Name: 'mask',
        Version: '2021-06-01',
        Statement: [
          { Sid: 'audit', DataIdentifier: IDENTIFIERS, Operation: { Audit: { FindingsDestination: {} } } },
          { Sid: 'mask', DataIdentifier: IDENTIFIERS, Operation: { Deidentify: { MaskConfig: {} } } },
        ],
      },
    },
  };
}

/** An alarm that tells the topic of the alarms. */
export function alarm(Namespace: string, MetricName: string, dimensions: Template, Statistic = 'Sum'): Template {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace,
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic,
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [ref('Alarms')],
    },
  };
}

/** The topic of the alarms, which people read by mail. */
export function alarms(): Resources {
  return {
    Alarms: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key') } },
    AlarmsToPeople: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref('Alarms'), Protocol: 'email', Endpoint: 'alarms@example.org' } },
    AlarmsPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [ref('Alarms')],
        PolicyDocument: document(
          tls('sns:Publish', ref('Alarms')),
          admit({ Service: 'cloudwatch.amazonaws.com' }, 'sns:Publish', ref('Alarms'), SAME_ACCOUNT),
        ),
      },
    },
  };
}

export interface FunctionOptions {
  readonly can?: unknown[];
  readonly env?: Template;
  readonly more?: Template;
  /** The queue for events that failed, for a function that is called asynchronously. */
  readonly lost?: string;
}

/** What every function may do: write its logs and its traces. */
export const basics = (id: string): unknown[] => [
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att(`${id}Logs`)),
  allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
];

/** A function with a role, a log group and alarms of its own. */
export function fn(id: string, { can = [], env, more = {}, lost }: FunctionOptions = {}): Resources {
  return {
    [`${id}Role`]: role('lambda.amazonaws.com', [
      ...basics(id),
      ...can,
      ...(lost === undefined ? [] : [allow('sqs:SendMessage', att(lost)), allow(['kms:Decrypt', 'kms:GenerateDataKey'], att('Key'))]),
    ]),
    [`${id}Logs`]: logs(sub(`/aws/lambda/\${AWS::StackName}/${id}`)),
    [id]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: att(`${id}Role`),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { S3Bucket: sub('artifacts-${AWS::AccountId}-${AWS::Region}'), S3Key: `${id}.zip` },
        CodeSigningConfigArn: ref('Signing'),
        Timeout: 20,
        MemorySize: 512,
        ReservedConcurrentExecutions: 10,
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: ref(`${id}Logs`), LogFormat: 'JSON' },
        KmsKeyArn: att('Key'),
        ...(env === undefined ? {} : { Environment: { Variables: env } }),
        ...(lost === undefined ? {} : { DeadLetterConfig: { TargetArn: att(lost) } }),
        ...more,
      },
    },
    [`${id}Errors`]: alarm('AWS/Lambda', 'Errors', { FunctionName: ref(id) }),
    [`${id}Throttles`]: alarm('AWS/Lambda', 'Throttles', { FunctionName: ref(id) }),
    ...(lost === undefined ? {} : {
      [`${id}Async`]: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: ref(id),
          Qualifier: '$LATEST',
          MaximumRetryAttempts: 2,
          MaximumEventAgeInSeconds: 3600,
          DestinationConfig: { OnFailure: { Destination: att(lost) } },
        },
      },
    }),
  };
}

/** The signatures that all functions want. */
export const signing = (): Template => ({
  Type: 'AWS::Lambda::CodeSigningConfig',
  Properties: {
    AllowedPublishers: { SigningProfileVersionArns: [{ 'Fn::ImportValue': 'signing-profile-version' }] },
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
  },
});

/** A service may call a function, for one source. */
export const invoke = (id: string, service: string, SourceArn: unknown): Template => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { FunctionName: att(id), Action: 'lambda:InvokeFunction', Principal: `${service}.amazonaws.com`, SourceArn, SourceAccount: ACCOUNT },
});

/** A queue for what failed; it takes from the queues named, if any. */
export function failures(id: string, ...sources: string[]): Resources {
  return {
    [id]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: sub(`\${AWS::StackName}-${id}`),
        KmsMasterKeyId: ref('Key'),
        MessageRetentionPeriod: 1209600,
        RedriveAllowPolicy: sources.length === 0 ? { redrivePermission: 'denyAll' } : {
          redrivePermission: 'byQueue', sourceQueueArns: sources.map((name) => arn('sqs', `\${AWS::StackName}-${name}`)),
        },
      },
    },
    [`${id}Policy`]: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref(id)], PolicyDocument: document(tls('sqs:*', att(id))) } },
    [`${id}Depth`]: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: att(id, 'QueueName') }, 'Maximum'),
  };
}

/** A queue of work, with the queue for what failed. */
export function queue(id: string, dead: string, ...statements: unknown[]): Resources {
  return {
    [id]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: sub(`\${AWS::StackName}-${id}`),
        KmsMasterKeyId: ref('Key'),
        VisibilityTimeout: 120,
        MessageRetentionPeriod: 345600,
        RedrivePolicy: { deadLetterTargetArn: att(dead), maxReceiveCount: 5 },
        RedriveAllowPolicy: { redrivePermission: 'denyAll' },
      },
    },
    [`${id}Policy`]: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref(id)], PolicyDocument: document(tls('sqs:*', att(id)), ...statements) } },
    [`${id}Age`]: alarm('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: att(id, 'QueueName') }, 'Maximum'),
  };
}

/** A function reads a queue. */
export const drain = (from: string, by: string): Template => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: att(from), FunctionName: ref(by), BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 },
  },
});

export const READ_QUEUE = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
export const USE_KEY = allow(['kms:Decrypt', 'kms:GenerateDataKey'], att('Key'));

/** A table with a key of its own, recovery and protection. */
export function table(keys: string[], more: Template = {}): Template {
  return {
    Type: 'AWS::DynamoDB::Table',
    ...RETAIN,
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.slice(0, 2).map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' })),
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: att('Key') },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
      ...more,
    },
  };
}
