/**
 * Actions with which a principal gives itself, or a principal that it can become, more rights than it has.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
 */
export const ESCALATING_ACTIONS = [
  'iam:AddUserToGroup', 'iam:AttachGroupPolicy', 'iam:AttachRolePolicy', 'iam:AttachUserPolicy', 'iam:CreateAccessKey', 'iam:CreateLoginProfile',
  'iam:CreatePolicyVersion', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary', 'iam:PutGroupPolicy',
  'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy', 'iam:PutUserPolicy', 'iam:SetDefaultPolicyVersion', 'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
];

/** Actions with which a function changes the code, the settings or the callers of functions. */
export const CODE_ACTIONS = [
  'lambda:AddLayerVersionPermission', 'lambda:AddPermission', 'lambda:CreateEventSourceMapping', 'lambda:CreateFunction',
  'lambda:CreateFunctionUrlConfig', 'lambda:PublishLayerVersion', 'lambda:UpdateAlias', 'lambda:UpdateFunctionCode',
  'lambda:UpdateFunctionConfiguration', 'lambda:UpdateFunctionUrlConfig',
];

/** Actions that pass the use of a key on to others, or take the key away. */
export const KEY_CONTROL_ACTIONS = [
  'kms:CreateGrant', 'kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ReplicateKey', 'kms:ScheduleKeyDeletion', 'kms:UpdatePrimaryRegion',
];

/** Services whose data a guest, whom nobody asked for a password, has no business with. */
export const GUEST_CLOSED_SERVICES = [
  'dynamodb', 'events', 'iam', 'kms', 'lambda', 'logs', 'rds-data', 's3', 'secretsmanager', 'ses', 'sns', 'sqs', 'ssm', 'states', 'sts',
];

/** Providers of identities that everybody can have: their tokens prove who somebody is, not that he belongs here. */
export const SHARED_IDENTITY_PROVIDERS = [
  'accounts.google.com', 'agent.buildkite.com', 'app.terraform.io', 'gitlab.com', 'graph.facebook.com', 'token.actions.githubusercontent.com',
  'www.amazon.com',
];

/** Actions that change who may use a store, how it is protected, or whether it exists. Keys and functions have lists of their own. */
export const STORE_CONTROL_ACTIONS = [
  'dynamodb:DeleteBackup', 'dynamodb:DeleteResourcePolicy', 'dynamodb:DeleteTable', 'dynamodb:PutResourcePolicy', 'dynamodb:UpdateContinuousBackups',
  'events:DeleteEventBus', 'events:PutPermission', 'events:RemovePermission', 'kinesis:DeleteStream', 'kinesis:PutResourcePolicy',
  'kinesis:StopStreamEncryption', 's3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutBucketPolicy',
  's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutObjectAcl',
  'secretsmanager:DeleteResourcePolicy', 'secretsmanager:DeleteSecret', 'secretsmanager:PutResourcePolicy', 'secretsmanager:ReplicateSecretToRegions',
  'sns:AddPermission', 'sns:DeleteTopic', 'sns:SetTopicAttributes', 'sqs:AddPermission', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes',
];
