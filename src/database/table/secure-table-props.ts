import {
  Attribute, GlobalSecondaryIndexPropsV2, LocalSecondaryIndexProps, StreamViewType, TableClass, WarmThroughput,
} from 'aws-cdk-lib/aws-dynamodb';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { TableAlarms } from './table-alarms';
import { TableBackup } from './table-backup';
import { TableBilling } from './table-billing';
import { TableRecovery } from './table-recovery';
import { TableRemoval } from './table-removal';
import { TableReplica } from './table-replica';
import { DataClassification } from '../../classification/data-classification';

/** What can be chosen about a SecureTable. Nothing here opens it to other accounts or takes its key away. */
export interface SecureTableProps {
  /** The attribute that spreads the items: each request but a list names its value. Another one makes a new table. */
  readonly partitionKey: Attribute;

  /**
   * The attribute that orders the items of one partition. Another one makes a new table.
   * @default - none: one item for each partition key
   */
  readonly sortKey?: Attribute;

  /**
   * The name of the table. With one of its own, no change that needs a new table can be deployed before the old one is gone.
   * A table with indexes needs it to let in other accounts, because its policy cannot name them otherwise.
   * @default - a name that CloudFormation makes
   */
  readonly tableName?: string;

  /**
   * How the table is paid for, and what bounds the cost.
   * @default - on demand, up to 4,000 read and 1,000 write request units in a second
   */
  readonly billing?: TableBilling;

  /**
   * Other orders of the items, each a copy that is billed like a table. Each has the limits of the table unless it names its own.
   * @default - none
   */
  readonly globalSecondaryIndexes?: GlobalSecondaryIndexPropsV2[];

  /**
   * Other orders inside of a partition. They can only be made together with the table, and hold a partition below 10 GB.
   * @default - none
   */
  readonly localSecondaryIndexes?: LocalSecondaryIndexProps[];

  /**
   * The attribute that holds the second (Unix time) after which DynamoDB deletes an item, within a few days and free of charge.
   * @default - items stay
   */
  readonly timeToLiveAttribute?: string;

  /**
   * What a stream of changes shows. Its records hold the data of the items for 24 hours, encrypted with the key of the table.
   * @default - no stream; with replicas the stream of new and old images that they need
   */
  readonly stream?: StreamViewType;

  /**
   * Copies of the table in other regions. The stack must have a region.
   * @default - none
   */
  readonly replicas?: TableReplica[];

  /**
   * How far back the table can be restored. Each replica has the same.
   * @default - 35 days
   */
  readonly recovery?: TableRecovery;

  /**
   * Whether the table is copied into a locked vault, besides.
   * @default - daily in the regulated profile, if the table is kept; otherwise not
   */
  readonly backup?: TableBackup;

  /**
   * What happens when the table leaves its stack.
   * @default - kept, and protected against deletion; deleted where the profile lets data go
   */
  readonly removal?: TableRemoval;

  /**
   * The key that encrypts table, indexes, stream and copies. A customer-managed key costs about 1 USD a month; its policy must let the
   * account's IAM policies decide, as those of CDK do. It must outlive the table: a key that is deleted earlier takes the items with it,
   * and fails at synth.
   * @default - the stack's data key; a key of DynamoDB where the profile settles for that
   */
  readonly encryptionKey?: IKey;

  /**
   * Whether CloudWatch Contributor Insights keeps the keys of the table that are throttled most, which may be personal data, in plain text.
   * Billed by the throttled requests; nothing while idle.
   * @default false: alarms tell of throttling, but not which key it is
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/contributorinsights_HowItWorks.html
   */
  readonly contributorInsights?: boolean;

  /**
   * How much the table can take at once from the start, in units for each second. Raising it is billed once.
   * @default - as DynamoDB starts a table
   */
  readonly warmThroughput?: WarmThroughput;

  /**
   * How storage and requests are priced: the class for infrequent access stores for 60 % less and asks 25 % more for requests.
   * @default TableClass.STANDARD
   */
  readonly tableClass?: TableClass;

  /**
   * What kinds of sensitive data it holds: functions that get rights on it then hide such values in their logs, and a tag says so.
   * @default - nothing is known: its readers' logs hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;

  /**
   * Tunes the alarms or switches them off.
   * @default - all that the profile asks for
   */
  readonly alarms?: TableAlarms;
}
