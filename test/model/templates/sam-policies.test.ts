import { SAM_POLICY_TEMPLATES } from '../../../src/model/templates/sam-policies-baseline';

/**
 * What SAM's policy templates allow, once more by hand: a right that falls out of the table is one that no rule sees.
 * `HERE` stands for region and account.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
 */
const TEMPLATES: readonly (readonly [name: string, actions: string, resources: string])[] = [
  ['AWSSecretsManagerGetSecretValuePolicy', 'secretsmanager:GetSecretValue', '${SecretArn}'],
  ['CloudWatchPutMetricPolicy', 'cloudwatch:PutMetricData', '*'],
  ['DynamoDBCrudPolicy', 'dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:ConditionCheckItem dynamodb:DeleteItem dynamodb:DescribeTable dynamodb:GetItem dynamodb:PutItem dynamodb:Query dynamodb:Scan dynamodb:UpdateItem', 'dynamodb:HERE:table/${TableName} dynamodb:HERE:table/${TableName}/index/*'],
  ['DynamoDBReadPolicy', 'dynamodb:BatchGetItem dynamodb:DescribeTable dynamodb:GetItem dynamodb:Query dynamodb:Scan', 'dynamodb:HERE:table/${TableName} dynamodb:HERE:table/${TableName}/index/*'],
  ['DynamoDBStreamReadPolicy', 'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator', 'dynamodb:HERE:table/${TableName}/stream/${StreamName}'],
  ['DynamoDBWritePolicy', 'dynamodb:BatchWriteItem dynamodb:PutItem dynamodb:UpdateItem', 'dynamodb:HERE:table/${TableName} dynamodb:HERE:table/${TableName}/index/*'],
  ['EventBridgePutEventsPolicy', 'events:PutEvents', 'events:HERE:event-bus/${EventBusName}'],
  ['FirehoseWritePolicy', 'firehose:PutRecord firehose:PutRecordBatch', 'firehose:HERE:deliverystream/${DeliveryStreamName}'],
  ['KMSDecryptPolicy', 'kms:Decrypt', 'kms:HERE:key/${KeyId}'],
  ['KMSEncryptPolicy', 'kms:Encrypt', 'kms:HERE:key/${KeyId}'],
  ['KinesisStreamReadPolicy', 'kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator kinesis:ListShards', 'kinesis:HERE:stream/${StreamName}'],
  ['LambdaInvokePolicy', 'lambda:InvokeFunction', 'lambda:HERE:function:${FunctionName}'],
  ['S3CrudPolicy', 's3:DeleteObject s3:GetBucketLocation s3:GetLifecycleConfiguration s3:GetObject s3:GetObjectVersion s3:ListBucket s3:PutLifecycleConfiguration s3:PutObject s3:PutObjectAcl', 's3:::${BucketName} s3:::${BucketName}/*'],
  ['S3FullAccessPolicy', 's3:DeleteObject s3:DeleteObjectTagging s3:DeleteObjectVersionTagging s3:GetObject s3:GetObjectAcl s3:GetObjectTagging s3:GetObjectVersion s3:GetObjectVersionAcl s3:GetObjectVersionTagging s3:ListBucket s3:PutObject s3:PutObjectAcl s3:PutObjectTagging s3:PutObjectVersionTagging', 's3:::${BucketName} s3:::${BucketName}/*'],
  ['S3ReadPolicy', 's3:GetBucketLocation s3:GetLifecycleConfiguration s3:GetObject s3:GetObjectVersion s3:ListBucket', 's3:::${BucketName} s3:::${BucketName}/*'],
  ['S3WritePolicy', 's3:PutLifecycleConfiguration s3:PutObject s3:PutObjectAcl', 's3:::${BucketName} s3:::${BucketName}/*'],
  ['SESCrudPolicy', 'ses:GetIdentityVerificationAttributes ses:SendEmail ses:SendRawEmail ses:VerifyEmailIdentity', 'ses:HERE:identity/${IdentityName}'],
  ['SNSCrudPolicy', 'sns:CreateTopic sns:GetTopicAttributes sns:ListSubscriptionsByTopic sns:Publish sns:SetTopicAttributes sns:Subscribe', 'sns:HERE:${TopicName}'],
  ['SNSPublishMessagePolicy', 'sns:Publish', 'sns:HERE:${TopicName}'],
  ['SQSPollerPolicy', 'sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage', 'sqs:HERE:${QueueName}'],
  ['SQSSendMessagePolicy', 'sqs:SendMessage', 'sqs:HERE:${QueueName}'],
  ['SSMParameterReadPolicy', 'ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath', 'ssm:HERE:parameter/${ParameterName}'],
  ['SSMParameterWithSlashPrefixReadPolicy', 'ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath', 'ssm:HERE:parameter${ParameterName}'],
  ['StepFunctionsExecutionPolicy', 'states:StartExecution', 'states:HERE:stateMachine:${StateMachineName}'],
];

const written = (resource: string): string => (
  /^[a-z0-9]+:/.test(resource) ? `arn:\${AWS::Partition}:${resource.replace('HERE', '${AWS::Region}:${AWS::AccountId}')}` : resource);

test.each(TEMPLATES)('%s allows %s', (name, actions, resources) => {
  expect(SAM_POLICY_TEMPLATES[name]).toEqual({ actions: actions.split(' '), resources: resources.split(' ').map(written) });
});

test('there are no others', () => {
  expect(Object.keys(SAM_POLICY_TEMPLATES)).toEqual(TEMPLATES.map(([name]) => name));
});
