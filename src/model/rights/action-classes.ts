/** What can be done to the data and the settings of one kind of resource; each list is sorted. */
export interface ActionClasses {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly delete: readonly string[];
  /** Changes who may use the resource, or whether it exists. */
  readonly admin: readonly string[];
}

const TABLE: ActionClasses = {
  read: [
    'dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:ExportTableToPointInTime', 'dynamodb:GetItem', 'dynamodb:GetRecords',
    'dynamodb:PartiQLSelect', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:SearchVectors',
  ],
  write: [
    'dynamodb:BatchWriteItem', 'dynamodb:ImportTable', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem',
    'dynamodb:RestoreTableFromBackup', 'dynamodb:UpdateItem',
  ],
  delete: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PartiQLDelete'],
  admin: [
    'dynamodb:DeleteBackup', 'dynamodb:DeleteResourcePolicy', 'dynamodb:DeleteTable', 'dynamodb:PutResourcePolicy', 'dynamodb:UpdateContinuousBackups',
    'dynamodb:UpdateTable', 'dynamodb:UpdateTimeToLive',
  ],
};

/** By resource type: what a store, a channel or a worker of an app lets somebody do who has the right. */
export const ACTION_CLASSES: { readonly [type: string]: ActionClasses } = {
  'AWS::DynamoDB::GlobalTable': TABLE,
  'AWS::DynamoDB::Table': TABLE,
  'AWS::Events::EventBus': {
    read: [],
    write: ['events:PutEvents'],
    delete: [],
    admin: ['events:DeleteEventBus', 'events:PutPermission', 'events:RemovePermission'],
  },
  'AWS::KMS::Key': {
    read: ['kms:Decrypt'],
    write: ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptTo'],
    delete: ['kms:DisableKey', 'kms:ScheduleKeyDeletion'],
    admin: ['kms:CreateGrant', 'kms:PutKeyPolicy', 'kms:UpdateAlias'],
  },
  'AWS::Kinesis::Stream': {
    read: ['kinesis:GetRecords', 'kinesis:SubscribeToShard'],
    write: ['kinesis:PutRecord', 'kinesis:PutRecords'],
    delete: [],
    admin: ['kinesis:DecreaseStreamRetentionPeriod', 'kinesis:DeleteStream', 'kinesis:PutResourcePolicy', 'kinesis:StopStreamEncryption'],
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    read: [],
    write: ['firehose:PutRecord', 'firehose:PutRecordBatch'],
    delete: [],
    admin: ['firehose:DeleteDeliveryStream', 'firehose:UpdateDestination'],
  },
  'AWS::Lambda::Function': {
    read: ['lambda:GetFunction', 'lambda:GetFunctionConfiguration'],
    write: ['lambda:InvokeAsync', 'lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'],
    delete: ['lambda:DeleteFunction'],
    admin: [
      'lambda:AddPermission', 'lambda:CreateEventSourceMapping', 'lambda:CreateFunctionUrlConfig', 'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
    ],
  },
  'AWS::S3::Bucket': {
    read: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'],
    write: ['s3:PutObject', 's3:PutObjectTagging', 's3:ReplicateObject', 's3:RestoreObject'],
    delete: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    admin: [
      's3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning',
      's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutObjectAcl',
    ],
  },
  'AWS::SNS::Topic': {
    read: ['sns:Subscribe'],
    write: ['sns:Publish'],
    delete: [],
    admin: ['sns:AddPermission', 'sns:DeleteTopic', 'sns:SetTopicAttributes'],
  },
  'AWS::SQS::Queue': {
    read: ['sqs:ReceiveMessage'],
    write: ['sqs:SendMessage'],
    delete: ['sqs:DeleteMessage', 'sqs:PurgeQueue'],
    admin: ['sqs:AddPermission', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes'],
  },
  'AWS::SSM::Parameter': {
    read: ['ssm:GetParameter', 'ssm:GetParameterHistory', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    write: ['ssm:PutParameter'],
    delete: ['ssm:DeleteParameter', 'ssm:DeleteParameters'],
    admin: [],
  },
  'AWS::SecretsManager::Secret': {
    read: ['secretsmanager:BatchGetSecretValue', 'secretsmanager:GetSecretValue'],
    write: ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'],
    delete: ['secretsmanager:DeleteSecret'],
    admin: ['secretsmanager:DeleteResourcePolicy', 'secretsmanager:PutResourcePolicy', 'secretsmanager:ReplicateSecretToRegions'],
  },
  'AWS::StepFunctions::StateMachine': {
    read: ['states:DescribeExecution', 'states:GetExecutionHistory'],
    write: ['states:StartExecution', 'states:StartSyncExecution'],
    delete: ['states:DeleteStateMachine', 'states:StopExecution'],
    admin: ['states:UpdateStateMachine'],
  },
};

/** All actions that change data of a resource of a type. */
export function changingActions(type: string): readonly string[] {
  const classes = ACTION_CLASSES[type];
  return classes === undefined ? [] : [...classes.write, ...classes.delete];
}
