/**
 * The most indexes of a table.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#limits-secondary-indexes
 */
export const INDEXES_MOST = { globalSecondaryIndexes: 20, localSecondaryIndexes: 5 };

/** How many days back a table can be restored to any second: by default, at least, and at most. */
export const RECOVERY_DAYS = { standard: 35, least: 1, most: 35 };

/**
 * The most that an on-demand table spends in a second, unless its owner says otherwise: eight read units and two write units for each
 * of the 500 requests that a stage of SecureApi lets through. Used to the full all month this costs about 1,300 USD for reads and 1,600
 * for writes, and not forty times as much.
 */
export const ON_DEMAND_LIMITS = { maxReadRequestUnits: 4000, maxWriteRequestUnits: 1000 };

/** What DynamoDB gives each table of an account that did not ask for more: a limit above it bounds nothing. */
export const TABLE_QUOTA_UNITS = 40000;

/** How many days a copy stays in the vault: at least, too, since the vault is locked for so long. */
export const BACKUP_DAYS = 35;

/** What reads items whose keys are known, or one partition: no scan. */
export const READ_ACTIONS = ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query'];

/** What of it DynamoDB can limit to some attributes. A condition check may look at any. */
export const READ_ATTRIBUTE_ACTIONS = ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'];

/** What reads an index with a known partition. */
export const QUERY_ACTIONS = ['dynamodb:Query'];

/** What creates and changes items. `BatchWriteItem` is not among them: it deletes as well, and IAM cannot tell the two apart. */
export const WRITE_ACTIONS = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** What changes some attributes of an item. `PutItem` replaces all of them, those that it does not name included. */
export const WRITE_ATTRIBUTE_ACTIONS = ['dynamodb:UpdateItem'];

/** What puts whole items. */
export const APPEND_ACTIONS = ['dynamodb:PutItem'];

/** What deletes items one by one. */
export const DELETE_ACTIONS = ['dynamodb:DeleteItem'];

/** What goes through all items of a table or an index. */
export const LIST_ACTIONS = ['dynamodb:Scan'];

/** What reads a stream. Lambda wants to see all four before it makes a trigger. */
export const STREAM_READ_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'];

/** What of it may stand in the policy of a stream. */
export const STREAM_POLICY_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/** What CDK means by writing. */
export const L2_WRITE_ACTIONS = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'];

/** What an update may give back without showing attributes that it does not change. */
export const OWN_RETURN_VALUES = ['NONE', 'UPDATED_NEW', 'UPDATED_OLD'];

/**
 * What AWS Backup needs on a table: of its managed policy the actions for tables, without those for backups that DynamoDB keeps itself.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForBackup.html
 */
export const BACKUP_TABLE_ACTIONS = ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource', 'dynamodb:StartAwsBackupJob'];

/** What AWS Backup needs on its vault. */
export const BACKUP_VAULT_ACTIONS = ['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'];

/** What AWS Backup needs on the recovery points, to give them the tags of the table. */
export const BACKUP_POINT_ACTIONS = ['backup:TagResource'];

/** Why the recovery points cannot be named. */
export const RECOVERY_POINT_REASON = 'AWS Backup names recovery points when it makes them: the right covers those of this account and region, and only lets it tag them.';

/** Characters that the name of an attribute may have where the table itself knows it. */
export const ATTRIBUTE_NAME_MOST = 255;
