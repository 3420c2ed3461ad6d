import { IKey } from 'aws-cdk-lib/aws-kms';
import { SecretContent } from './secret-content';
import { SecretRemoval } from './secret-removal';
import { SecretRotation } from './secret-rotation';
import { ChangeNotices } from '../change-notices';

/** A copy of a secret in another region. It costs as much as another secret. */
export interface SecretReplica {
  /** The region of the copy. */
  readonly region: string;
  /**
   * The key that encrypts the copy, in its region.
   * @default - the AWS managed key of that region, which is possible only where the secret has no customer-managed key either
   */
  readonly encryptionKey?: IKey;
}

/** Choices for a secret. */
export interface SecureSecretProps {
  /** How the secret gets a new value. It must be decided: `SecretRotation.by(function)`, `.hosted(database)` or `.off(reason)`. */
  readonly rotation: SecretRotation;
  /**
   * What the secret holds.
   * @default - a random value of 32 characters
   */
  readonly content?: SecretContent;
  /**
   * What the secret is for, shown in the console.
   * @default - none
   */
  readonly description?: string;
  /**
   * The name. A secret with a name of its own cannot be replaced by CloudFormation, and after its deletion the name stays taken for a while.
   * @default - CloudFormation makes one
   */
  readonly secretName?: string;
  /**
   * The key that encrypts the secret.
   * @default - the stack's data key, or the AWS managed key where the profile settles for it, which no other account can use
   */
  readonly encryptionKey?: IKey;
  /**
   * Copies in other regions.
   * @default - none
   */
  readonly replicas?: SecretReplica[];
  /**
   * What happens when the secret leaves its stack.
   * @default - as the profile says: the secret stays, or goes in the sandbox
   */
  readonly removal?: SecretRemoval;
  /**
   * Whether the subscribers of the stack's alarm topic are told when a rotation fails or somebody orders the deletion of the secret.
   * @default - they are told, where the profile wants all alarms
   */
  readonly changeNotices?: ChangeNotices;
}
