import { IKey } from 'aws-cdk-lib/aws-kms';

/**
 * A copy of a table in another region, with the same protection: key, recovery, deletion protection, limits. Each write is billed in each
 * region, and so is the storage.
 */
export interface TableReplica {
  /** Where the replica lies, for example `eu-central-1`. Not the region of the stack. */
  readonly region: string;

  /**
   * The key that encrypts the replica: one of its own region, about 1 USD a month. A replica of a multi-region key will do.
   * @default - none, which is refused where the table itself has a customer-managed key
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html
   */
  readonly encryptionKey?: IKey;

  /**
   * Whether the replica has a policy of its own that keeps all other accounts out. Without one nobody of another account gets in either,
   * but a policy that somebody adds by hand may let them in. CloudFormation cannot make a replica and its policy in the same deployment:
   * set this to true in the one after.
   * @default false
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html
   */
  readonly closedPolicy?: boolean;
}
