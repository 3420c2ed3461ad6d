import { Duration } from 'aws-cdk-lib';
import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { KeyRegions } from './key-regions';
import { KeyRemoval } from './key-removal';
import { ChangeNotices } from '../change-notices';

/** Choices for a key. All of them may be left out. */
export interface SecureKeyProps {
  /**
   * What the key is for, shown in the console.
   * @default - the path of the construct
   */
  readonly description?: string;
  /**
   * A name for the key, without `alias/`. Applications can use it instead of the id, but policies cannot.
   * @default - no alias
   */
  readonly alias?: string;
  /**
   * The kind of key material. It cannot be changed later: another kind is another key. KMS rotates only symmetric keys; others are rotated
   * by making a new key.
   * @default KeySpec.SYMMETRIC_DEFAULT
   */
  readonly keySpec?: KeySpec;
  /**
   * What the key does. It cannot be changed later.
   * @default - encryption for symmetric keys, codes for HMAC, signatures for elliptic curves and ML-DSA; RSA keys must choose
   */
  readonly keyUsage?: KeyUsage;
  /**
   * How often KMS makes new key material: from 90 to 2560 days. What was encrypted before stays readable. The first and second rotation
   * raise the price of the key by 1 USD a month each.
   * @default Duration.days(365)
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
   */
  readonly rotationPeriod?: Duration;
  /**
   * How long the deletion of the key can be called off: from 7 to 30 days.
   * @default Duration.days(30)
   */
  readonly pendingWindow?: Duration;
  /**
   * Who manages the key: its policy, rotation and deletion, but not what it encrypts. IAM policies of the account can then give the use of
   * the key to others, and no longer its management. An administrator can still change the policy: watch `PutKeyPolicy`.
   *
   * The role that deploys the stack must be among them, or KMS refuses to make the key, and nobody can change it through CloudFormation.
   * @default - whoever has IAM policies for it, as with any other resource
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
   */
  readonly administrators?: IPrincipal[];
  /**
   * Whether the key can be replicated into other regions.
   * @default KeyRegions.single()
   */
  readonly regions?: KeyRegions;
  /**
   * What happens when the key leaves its stack.
   * @default - as the profile says: the key stays, or goes in the sandbox
   */
  readonly removal?: KeyRemoval;
  /**
   * Whether the subscribers of the stack's alarm topic are told when somebody disables the key or orders its deletion.
   * @default - they are told, where the profile wants all alarms
   */
  readonly changeNotices?: ChangeNotices;
}
