import { Verb } from '../form/app-form';

/** What actions of the services of an app amount to. An action may stand for two: a batch writes and deletes. Stars stand for any ending. */
export const SERVICE_VERBS: { readonly [service: string]: { readonly [verb in Verb]?: readonly string[] } } = {
  'apigateway': { admin: ['DELETE', 'PATCH', 'POST', 'PUT'], read: ['GET'] },
  'bedrock': { invoke: ['Converse*', 'InvokeAgent', 'InvokeModel*'] },
  'cloudwatch': { write: ['PutMetricData'] },
  'cognito-idp': {
    list: ['DescribeUserPool*', 'ListUser*'],
    read: ['AdminGetUser', 'AdminListGroupsForUser', 'GetUser'],
    write: ['AdminAddUserToGroup', 'AdminCreateUser', 'AdminRemoveUserFromGroup', 'AdminSetUserPassword', 'AdminUpdateUserAttributes'],
    delete: ['AdminDeleteUser', 'AdminDeleteUserAttributes'],
    admin: ['AdminDisableUser', 'CreateUserPoolClient', 'DeleteUserPool*', 'SetUserPoolMfaConfig', 'UpdateUserPool*'],
  },
  'dynamodb': {
    list: ['DescribeTable', 'DescribeStream', 'DescribeTimeToLive', 'ListStreams', 'ListTables'],
    read: ['BatchGetItem', 'ConditionCheckItem', 'ExportTableToPointInTime', 'GetItem', 'GetRecords', 'GetShardIterator', 'PartiQLSelect', 'Query', 'Scan'],
    write: ['BatchWriteItem', 'ImportTable', 'PartiQLInsert', 'PartiQLUpdate', 'PutItem', 'RestoreTable*', 'UpdateItem'],
    delete: ['BatchWriteItem', 'DeleteItem', 'DeleteTable', 'PartiQLDelete'],
    admin: [
      'CreateTable', 'DeleteBackup', 'DeleteResourcePolicy', 'DeleteTable', 'PutResourcePolicy', 'UpdateContinuousBackups', 'UpdateTable', 'UpdateTimeToLive',
    ],
  },
  'events': {
    list: ['DescribeEventBus', 'DescribeRule', 'ListRules'],
    send: ['PutEvents'],
    admin: ['CreateEventBus', 'DeleteEventBus', 'DeleteRule', 'DisableRule', 'PutPermission', 'PutRule', 'PutTargets', 'RemovePermission', 'RemoveTargets'],
    invoke: ['InvokeApiDestination'],
    read: ['RetrieveConnectionCredentials'],
  },
  'execute-api': { invoke: ['Invoke', 'ManageConnections'] },
  'firehose': { send: ['PutRecord', 'PutRecordBatch'], admin: ['DeleteDeliveryStream', 'UpdateDestination'] },
  'iam': {
    list: ['Get*', 'List*'],
    admin: ['Add*', 'Attach*', 'Create*', 'Delete*', 'Detach*', 'PassRole', 'Put*', 'Set*', 'Tag*', 'Update*', 'Upload*'],
  },
  'kinesis': {
    list: ['DescribeStream*', 'ListShards', 'ListStreams'],
    read: ['GetRecords', 'GetShardIterator', 'SubscribeToShard'],
    send: ['PutRecord', 'PutRecords'],
    delete: ['DeleteStream'],
    admin: ['DecreaseStreamRetentionPeriod', 'DeleteStream', 'PutResourcePolicy', 'StopStreamEncryption', 'UpdateShardCount'],
  },
  'kms': {
    list: ['DescribeKey', 'ListAliases', 'ListKeys'],
    read: ['Decrypt', 'Verify', 'GetPublicKey', 'ReEncryptFrom'],
    write: ['Encrypt', 'GenerateDataKey*', 'GenerateMac', 'ReEncryptTo', 'Sign'],
    delete: ['DeleteImportedKeyMaterial', 'DisableKey', 'ScheduleKeyDeletion'],
    admin: ['CreateGrant', 'PutKeyPolicy', 'ScheduleKeyDeletion', 'UpdateAlias'],
  },
  'lambda': {
    list: ['GetFunctionConfiguration', 'ListFunctions', 'ListTags'],
    read: ['GetFunction', 'GetLayerVersion'],
    invoke: ['InvokeAsync', 'InvokeFunction', 'InvokeFunctionUrl'],
    delete: ['DeleteFunction'],
    admin: [
      'AddPermission', 'CreateEventSourceMapping', 'CreateFunction*', 'DeleteFunction*', 'PutFunctionConcurrency', 'RemovePermission', 'UpdateEventSourceMapping',
      'UpdateFunction*',
    ],
  },
  'logs': {
    list: ['DescribeLogGroups', 'DescribeLogStreams', 'DescribeResourcePolicies', 'ListLogDeliveries'],
    read: ['FilterLogEvents', 'GetLogEvents', 'GetQueryResults', 'StartQuery', 'Unmask'],
    write: ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents', 'PutRetentionPolicy'],
    delete: ['DeleteLogGroup', 'DeleteLogStream'],
    admin: [
      'CreateLogDelivery', 'DeleteDataProtectionPolicy', 'DeleteLogDelivery', 'DeleteLogGroup', 'PutResourcePolicy', 'PutSubscriptionFilter', 'UpdateLogDelivery',
    ],
  },
  's3': {
    list: ['GetBucketLocation', 'ListAllMyBuckets', 'ListBucket*', 'ListMultipartUploadParts'],
    read: ['GetObject*', 'GetBucket*'],
    write: [
      'AbortMultipartUpload', 'DeleteObjectTagging', 'DeleteObjectVersionTagging', 'PutObject', 'PutObjectLegalHold', 'PutObjectRetention',
      'PutObjectTagging', 'PutObjectVersionTagging', 'ReplicateObject', 'RestoreObject',
    ],
    delete: ['DeleteObject', 'DeleteObjectVersion', 'ReplicateDelete'],
    admin: [
      'BypassGovernanceRetention', 'CreateBucket', 'DeleteBucket*', 'PutAccountPublicAccessBlock', 'PutBucket*', 'PutEncryptionConfiguration',
      'PutLifecycleConfiguration', 'PutObjectAcl', 'PutObjectVersionAcl', 'PutReplicationConfiguration',
    ],
  },
  'scheduler': { list: ['GetSchedule', 'ListSchedules'], write: ['CreateSchedule', 'UpdateSchedule'], delete: ['DeleteSchedule'] },
  'secretsmanager': {
    list: ['DescribeSecret', 'ListSecret*'],
    read: ['BatchGetSecretValue', 'GetSecretValue'],
    write: ['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage'],
    delete: ['DeleteSecret'],
    admin: ['CancelRotateSecret', 'DeleteResourcePolicy', 'PutResourcePolicy', 'ReplicateSecretToRegions', 'RotateSecret'],
  },
  'ses': { send: ['Send*'] },
  'sns': {
    list: ['GetTopicAttributes', 'ListSubscriptions*', 'ListTopics'],
    read: ['Subscribe'],
    send: ['Publish'],
    delete: ['DeleteTopic'],
    admin: ['AddPermission', 'DeleteTopic', 'RemovePermission', 'SetTopicAttributes'],
  },
  'sqs': {
    list: ['GetQueueAttributes', 'GetQueueUrl', 'ListQueues'],
    read: ['ReceiveMessage'],
    send: ['SendMessage*'],
    write: ['ChangeMessageVisibility*'],
    delete: ['DeleteMessage*', 'DeleteQueue', 'PurgeQueue'],
    admin: ['AddPermission', 'CreateQueue', 'DeleteQueue', 'RemovePermission', 'SetQueueAttributes'],
  },
  'ssm': {
    list: ['DescribeParameters'],
    read: ['GetParameter*'],
    write: ['PutParameter'],
    delete: ['DeleteParameter*'],
    admin: ['SendCommand', 'StartSession'],
  },
  'states': {
    list: ['DescribeStateMachine', 'ListExecutions', 'ListStateMachines'],
    read: ['DescribeExecution', 'GetExecutionHistory'],
    invoke: ['StartExecution', 'StartSyncExecution'],
    write: ['RedriveExecution', 'SendTask*', 'StopExecution'],
    delete: ['DeleteStateMachine'],
    admin: ['CreateStateMachine', 'DeleteStateMachine', 'UpdateStateMachine'],
  },
  'sts': { invoke: ['AssumeRole*'], list: ['GetCallerIdentity'] },
  'xray': { write: ['PutTelemetryRecords', 'PutTraceSegments'], list: ['GetSampling*'] },
};

/** What the first word of an action says, of services that the table does not hold. */
export const FIRST_WORDS: readonly (readonly [beginning: string, verb: Verb])[] = [
  ['BatchGet', 'read'], ['Describe', 'list'], ['Get', 'read'], ['List', 'list'], ['Query', 'read'], ['Read', 'read'], ['Scan', 'read'], ['Search', 'read'],
  ['BatchDelete', 'delete'], ['Delete', 'delete'], ['Purge', 'delete'], ['Terminate', 'delete'],
  ['BatchPut', 'write'], ['BatchWrite', 'write'], ['Create', 'write'], ['Modify', 'write'], ['Put', 'write'], ['Tag', 'write'], ['Untag', 'write'],
  ['Update', 'write'], ['Upload', 'write'], ['Write', 'write'],
  ['Execute', 'invoke'], ['Invoke', 'invoke'], ['Run', 'invoke'], ['Start', 'invoke'],
  ['Publish', 'send'], ['Send', 'send'],
];

/** In the order of harm. */
export const ALL_VERBS: readonly Verb[] = ['list', 'read', 'write', 'delete', 'admin', 'invoke', 'send', 'other'];
