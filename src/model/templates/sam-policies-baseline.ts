/** What a policy template of SAM allows: the actions, and the ARNs, with the parameters of the template in braces. */
export interface SamPolicyTemplate {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const TABLE = ['arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}',
  'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}/index/*'];
const STREAM = ['arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TableName}/stream/${StreamName}'];
const BUCKET = ['arn:${AWS::Partition}:s3:::${BucketName}', 'arn:${AWS::Partition}:s3:::${BucketName}/*'];
const QUEUE = ['arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${QueueName}'];
const TOPIC = ['arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${TopicName}'];
const KEY = ['arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${KeyId}'];
const DATA_STREAM = ['arn:${AWS::Partition}:kinesis:${AWS::Region}:${AWS::AccountId}:stream/${StreamName}'];
const DELIVERY = ['arn:${AWS::Partition}:firehose:${AWS::Region}:${AWS::AccountId}:deliverystream/${DeliveryStreamName}'];
const IDENTITY = ['arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${IdentityName}'];

/**
 * The policy templates of SAM that are used most. One that is not listed counts as a policy whose content is not known.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
export const SAM_POLICY_TEMPLATES: { readonly [name: string]: SamPolicyTemplate } = {
  AWSSecretsManagerGetSecretValuePolicy: { actions: ['secretsmanager:GetSecretValue'], resources: ['${SecretArn}'] },
  CloudWatchPutMetricPolicy: { actions: ['cloudwatch:PutMetricData'], resources: ['*'] },
  DynamoDBCrudPolicy: {
    actions: ['dynamodb:BatchGetItem', 'dynamodb:BatchWriteItem', 'dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:DescribeTable',
      'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:UpdateItem'],
    resources: TABLE,
  },
  DynamoDBReadPolicy: {
    actions: ['dynamodb:BatchGetItem', 'dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
    resources: TABLE,
  },
  DynamoDBStreamReadPolicy: {
    actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    resources: STREAM,
  },
  DynamoDBWritePolicy: { actions: ['dynamodb:BatchWriteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], resources: TABLE },
  EventBridgePutEventsPolicy: {
    actions: ['events:PutEvents'],
    resources: ['arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBusName}'],
  },
  FirehoseWritePolicy: { actions: ['firehose:PutRecord', 'firehose:PutRecordBatch'], resources: DELIVERY },
  KMSDecryptPolicy: { actions: ['kms:Decrypt'], resources: KEY },
  KMSEncryptPolicy: { actions: ['kms:Encrypt'], resources: KEY },
  KinesisStreamReadPolicy: {
    actions: ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'],
    resources: DATA_STREAM,
  },
  LambdaInvokePolicy: {
    actions: ['lambda:InvokeFunction'],
    resources: ['arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${FunctionName}'],
  },
  S3CrudPolicy: {
    actions: ['s3:DeleteObject', 's3:GetBucketLocation', 's3:GetLifecycleConfiguration', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket',
      's3:PutLifecycleConfiguration', 's3:PutObject', 's3:PutObjectAcl'],
    resources: BUCKET,
  },
  S3FullAccessPolicy: {
    actions: ['s3:DeleteObject', 's3:DeleteObjectTagging', 's3:DeleteObjectVersionTagging', 's3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging',
      's3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging', 's3:ListBucket', 's3:PutObject', 's3:PutObjectAcl',
      's3:PutObjectTagging', 's3:PutObjectVersionTagging'],
    resources: BUCKET,
  },
  S3ReadPolicy: {
    actions: ['s3:GetBucketLocation', 's3:GetLifecycleConfiguration', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
    resources: BUCKET,
  },
  S3WritePolicy: { actions: ['s3:PutLifecycleConfiguration', 's3:PutObject', 's3:PutObjectAcl'], resources: BUCKET },
  SESCrudPolicy: {
    actions: ['ses:GetIdentityVerificationAttributes', 'ses:SendEmail', 'ses:SendRawEmail', 'ses:VerifyEmailIdentity'],
    resources: IDENTITY,
  },
  SNSCrudPolicy: {
    actions: ['sns:CreateTopic', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:Publish', 'sns:SetTopicAttributes', 'sns:Subscribe'],
    resources: TOPIC,
  },
  SNSPublishMessagePolicy: { actions: ['sns:Publish'], resources: TOPIC },
  SQSPollerPolicy: {
    actions: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
    resources: QUEUE,
  },
  SQSSendMessagePolicy: { actions: ['sqs:SendMessage'], resources: QUEUE },
  SSMParameterReadPolicy: {
    actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    resources: ['arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${ParameterName}'],
  },
  SSMParameterWithSlashPrefixReadPolicy: {
    actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    resources: ['arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${ParameterName}'],
  },
  StepFunctionsExecutionPolicy: {
    actions: ['states:StartExecution'],
    resources: ['arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${StateMachineName}'],
  },
};
