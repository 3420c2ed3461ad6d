/** The tag by which a resource says that it may be contained, and by whom. The handlers look for the same: handlers/containment/settings.ts. */
export const CONTAINMENT_TAG = 'cdk-secure-serverless:containment';

/** The events of what was done. The handlers write the same: handlers/containment/announcer.ts. */
export const ACTION_SOURCE = 'cdk-secure-serverless.containment';
export const ACTION_DETAIL_TYPE = 'Containment Action';
export const CONTAINMENT_METRICS = 'SecureServerless/Containment';

/** The index of the log by which open containments are found. The handlers ask it: handlers/containment/dynamo-action-log.ts. */
export const OPEN_INDEX = 'open';

/** How often what expired is undone, in minutes. */
export const SWEEP_MINUTES = 5;

/** How long a containment lasts, in minutes: at least one sweep, and at most what somebody has to have looked at. */
export const CONTAINMENT_MINUTES = { default: 60, min: SWEEP_MINUTES, max: 7 * 24 * 60 } as const;

/** How many containments of one kind may begin in an hour. */
export const CONTAINMENT_LIMIT = { default: 5, min: 1, max: 100 } as const;

/** What a contained stage lets through: requests each second, and at once. */
export const STAGE_FLOOR = { rate: 10, burst: 10, max: 10_000 } as const;

/** How long a person has to answer, in minutes. */
export const APPROVAL_MINUTES = { default: 60, min: 5, max: 24 * 60 } as const;

/** Entries of lists that reach the functions through their environment, which holds 4 KB. */
export const LIST_LIMIT = 10;

/** Seconds that the functions may run: a claim on a record lasts as long (handlers/contain/respond.ts). */
export const FUNCTION_SECONDS = 60;

/** Targets in one policy: the statements for ten functions with the longest names stay below the 6,144 characters of a managed policy. */
export const TARGETS_IN_POLICY = 10;

/** What a responder does with each kind of target. All lists are sorted. */
export interface PlaybookActions {
  /** To find out what is there. */
  readonly read: readonly string[];
  /** To contain. */
  readonly contain: readonly string[];
  /** To restore, what has to be read for that included. */
  readonly undo: readonly string[];
}

/**
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export const FUNCTION_ACTIONS: PlaybookActions = {
  read: ['lambda:GetFunctionConcurrency', 'lambda:GetFunctionConfiguration', 'lambda:ListAliases', 'lambda:ListTags'],
  contain: ['lambda:PutFunctionConcurrency'],
  undo: ['lambda:DeleteFunctionConcurrency', 'lambda:GetFunctionConcurrency', 'lambda:PutFunctionConcurrency'],
};

/** Mappings have no ARN that the app knows: the function that they start is what names them. */
export const MAPPING_ACTIONS: PlaybookActions = {
  read: ['lambda:GetEventSourceMapping'],
  contain: ['lambda:UpdateEventSourceMapping'],
  undo: ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
};
export const MAPPING_LIST_ACTIONS = ['lambda:ListEventSourceMappings'];

/**
 * Who contains cannot delete a policy of a role, and who undoes cannot write one.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const ROLE_ACTIONS: PlaybookActions = {
  read: ['iam:GetRolePolicy', 'iam:ListRoleTags'],
  contain: ['iam:PutRolePolicy'],
  undo: ['iam:DeleteRolePolicy', 'iam:GetRolePolicy'],
};

export const USER_ACTIONS: PlaybookActions = {
  read: ['iam:GetAccessKeyLastUsed', 'iam:ListAccessKeys', 'iam:ListUserTags'],
  contain: ['iam:UpdateAccessKey'],
  undo: ['iam:ListAccessKeys', 'iam:UpdateAccessKey'],
};

/**
 * Amazon S3 looks at the tags of a bucket only where attribute-based access control was switched on for it: the exact ARN is what binds here.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
 */
export const BUCKET_ACTIONS: PlaybookActions = {
  read: ['s3:GetBucketPolicy', 's3:GetBucketPublicAccessBlock', 's3:GetBucketTagging', 's3:GetBucketVersioning'],
  contain: ['s3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning'],
  undo: [
    's3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:GetBucketPublicAccessBlock', 's3:GetBucketVersioning', 's3:PutBucketPolicy',
    's3:PutBucketPublicAccessBlock', 's3:PutBucketVersioning',
  ],
};

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html */
export const STAGE_ACTIONS: PlaybookActions = {
  read: ['apigateway:GET'],
  contain: ['apigateway:PATCH'],
  undo: ['apigateway:GET', 'apigateway:PATCH'],
};

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html */
export const ADDRESS_ACTIONS: PlaybookActions = {
  read: ['wafv2:GetIPSet'],
  contain: ['wafv2:UpdateIPSet'],
  undo: ['wafv2:GetIPSet', 'wafv2:UpdateIPSet'],
};

/** What no function of a containment may do to what it is made of, whatever is added to its role. Sorted. */
export const SELF_DENIED_ACTIONS = {
  functions: [
    'lambda:DeleteFunction', 'lambda:DeleteFunctionConcurrency', 'lambda:InvokeFunction', 'lambda:PutFunctionConcurrency',
    'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration',
  ],
  roles: ['iam:AttachRolePolicy', 'iam:DeleteRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:PutRolePolicy', 'iam:UpdateAssumeRolePolicy'],
  table: ['dynamodb:DeleteItem', 'dynamodb:DeleteTable', 'dynamodb:UpdateContinuousBackups', 'dynamodb:UpdateTable', 'dynamodb:UpdateTimeToLive'],
  logs: ['logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:DeleteRetentionPolicy', 'logs:PutRetentionPolicy'],
  key: ['kms:DisableKey', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
  bus: ['events:DeleteEventBus', 'events:PutPermission', 'events:RemovePermission'],
  machine: ['states:DeleteStateMachine', 'states:SendTaskSuccess', 'states:StopExecution', 'states:UpdateStateMachine'],
} as const;
