import { Duration } from 'aws-cdk-lib';
import { TokenField } from './token-field';
import { TokenVaultAlarms } from './vault-alarms';
import { DataClassification } from '../classification/data-classification';
import { CodeSigning } from '../function/code/code-signing';
import { FunctionNetwork } from '../network/access/function-network';

/** Which keys make the codes by which values of deterministic fields are found. KMS does not rotate such keys: a new one is a new generation. */
export interface CodeKeyGenerations {
  /**
   * The newest, which codes of new values are made with. Raise it by one to rotate.
   * @default 1
   */
  readonly newest?: number;
  /**
   * The oldest whose values are still found. Raise it once no value of that generation is searched for any more: it is then tokenized anew.
   * @default 1
   */
  readonly oldest?: number;
}

/** Choices for a token vault. */
export interface TokenVaultProps {
  /**
   * The fields of the vault by name, 1 to 32. A field that leaves can neither be read nor deleted any more: delete its records before. A random
   * field can become deterministic for new values, and the other way round; tokens that exist stay as they are.
   */
  readonly fields: { [name: string]: TokenField };
  /**
   * The keys for deterministic fields: 1 USD a month each.
   * @default - one, of generation 1; none where no field is deterministic
   */
  readonly codeKeys?: CodeKeyGenerations;
  /**
   * For how long the keys of deleted records can be brought back by point-in-time recovery, in whole days from 1 to 35. Until then a deletion can
   * be undone by whoever may restore tables and change this stack; afterwards by nobody. The longer, the better accidents can be repaired too.
   * @default Duration.days(1)
   */
  readonly erasure?: Duration;
  /**
   * What kinds of data the values are: the logs of all callers then hide them.
   * @default - nothing is known: callers' logs hide what they hide anyway
   */
  readonly dataClassification?: DataClassification;
  /**
   * The network of the functions. They call DynamoDB, KMS and CloudWatch Logs. The `regulated` profile requires one.
   * @default - the one given to `StackNetwork.use`, or none
   */
  readonly network?: FunctionNetwork;
  /**
   * Executions at once that are set aside for each of the four functions. The `regulated` profile requires it.
   * @default - none: they take from what the account has left
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * Only code signed by these publishers can be deployed. The `regulated` profile requires it: sign the bundles of this package in your pipeline.
   * @default - none
   */
  readonly codeSigning?: CodeSigning;
  /**
   * Tunes the alarms of the vault or switches them off.
   * @default - all that the profile asks for: 0.10 USD a month each
   */
  readonly alarms?: TokenVaultAlarms;
}

/** Whom a caller is, and what it may ask for. */
export interface VaultAccessOptions {
  /**
   * The name of the caller in the audit log: 1 to 32 letters, digits and hyphens. Needed for principals that are no construct of this app.
   * @default - the end of the path of the construct
   */
  readonly caller?: string;
  /**
   * Requests in a minute, counted over all of its executions; refused requests count as well. At the turn of a minute it can have twice as many at once.
   * @default - 600 to tokenize, 120 to detokenize, 60 to search or delete
   */
  readonly requestsPerMinute?: number;
  /**
   * The only fields that it may name, 9 at most. Such a caller cannot delete all of a tenant.
   * @default - all fields of the vault
   */
  readonly fields?: string[];
}
