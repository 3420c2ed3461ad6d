import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ICodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import { ContainmentAlarms } from './containment-alarms';
import { ContainmentExemption } from './containment-exemption';
import { ContainmentMode } from './containment-mode';
import { ContainmentPlaybook } from './containment-playbook';
import { SecureEventBus } from '../messaging/event-bus/secure-event-bus';
import { FunctionNetwork } from '../network/access/function-network';

/** What the functions of a containment have that a profile may demand. */
export interface ContainmentFunctionOptions {
  /**
   * The network that the functions join. They call AWS Lambda, IAM, S3, API Gateway, WAF, DynamoDB, EventBridge, SNS and Step Functions; IAM
   * is reached over the internet, or by an endpoint of us-east-1. The `regulated` profile requires one.
   * @default - the one given to `StackNetwork.use`, or none
   */
  readonly network?: FunctionNetwork;
  /**
   * Only code signed by these publishers can be deployed: the code of this library has to be signed like yours. The `regulated` profile requires it.
   * @default - none
   */
  readonly codeSigningConfig?: ICodeSigningConfig;
  /**
   * Executions at once that are set aside for each of the functions, so that an attack that uses up the concurrency of the account cannot
   * keep them from running. Accounts with a quota of less than 101 cannot reserve any. The `regulated` profile requires it.
   * @default - none: the functions take from what the account has left
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * The most that the roles of the functions may ever do.
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;
}

/** What can be chosen about a Containment. */
export interface ContainmentProps {
  /**
   * The bus on which the findings arrive, and on which the containment tells what it did. Whoever may put events with the source of findings on it
   * can have protected resources contained: name the sources when you allow others to publish.
   */
  readonly bus: SecureEventBus;
  /**
   * Whether it acts, asks first, or only says what it would do.
   * @default - ContainmentMode.dryRun() in the sandbox profile, otherwise ContainmentMode.automatic()
   */
  readonly mode?: ContainmentMode;
  /**
   * What is done for which kind of resource, and from which severity on. One of each at most.
   * @default - all four: function and bucket for critical findings, credential and api for high ones as well
   */
  readonly playbooks?: ContainmentPlaybook[];
  /**
   * What is never contained, up to ten entries. The parts of the containment itself always belong to it.
   * @default - nothing but the containment itself
   */
  readonly exemptions?: ContainmentExemption[];
  /**
   * ARNs or ARN patterns of up to ten principals that may still change a contained bucket, for example `arn:aws:iam::111122223333:role/Admin`:
   * those who clean up. Nobody else can until it is undone, so a pattern must not match everybody of an account.
   * @default - the functions of the containment only
   */
  readonly administrators?: string[];
  /**
   * What the profile demands of the functions.
   * @default - nothing
   */
  readonly functions?: ContainmentFunctionOptions;
  /**
   * The key that encrypts the log of actions and the functions' logs and environment.
   * @default - the data key of the stack, or AWS-owned keys where the profile settles for them
   */
  readonly encryptionKey?: IKey;
  /**
   * How the alarms differ from their defaults.
   * @default - the defaults
   */
  readonly alarms?: ContainmentAlarms;
}
