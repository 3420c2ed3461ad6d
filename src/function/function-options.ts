import { Duration, Size } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Architecture, ICodeSigningConfig, ILayerVersion, TenancyConfig } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { CodeSigning } from './code/code-signing';
import { FunctionTracing } from './function-tracing';
import { AlarmSetting } from '../alarms/alarm-setting';
import { DataClassification } from '../classification/data-classification';
import { LogMasking } from '../logging/log-masking';
import { FunctionNetwork } from '../network/access/function-network';

/** What happens to events that callers hand over without waiting for the answer. */
export interface AsyncInvocation {
  /**
   * How often Lambda tries again after the function failed: 0, 1 or 2. The function must then bear to see an event twice.
   * @default - Lambda's own: 2
   */
  readonly retryAttempts?: number;
  /**
   * How long an event may wait, between 60 seconds and 6 hours. Older ones go to the failure queue.
   * @default - Lambda's own: 6 hours
   */
  readonly maxEventAge?: Duration;
  /**
   * Where failed events go. It must be encrypted; give several functions one queue to have one place to look at.
   * @default - a queue of the function's own: encrypted with its key, closed to plain HTTP, kept for 14 days; nothing while idle
   */
  readonly failureQueue?: IQueue;
}

/** How the alarms of a function differ from their defaults. Each costs about 0.10 USD a month. */
export interface FunctionAlarms {
  /**
   * Invocations that failed within 5 minutes.
   * @default - more than 0; made in every profile
   */
  readonly errors?: AlarmSetting;
  /**
   * Invocations that Lambda refused within 5 minutes because no concurrency was left.
   * @default - more than 0; made where the profile has full alarms
   */
  readonly throttles?: AlarmSetting;
  /**
   * Duration of the slowest hundredth (p99) of the invocations, in milliseconds.
   * @default - more than 80 % of the timeout in 2 of 3 periods of 5 minutes; made where the profile has full alarms
   */
  readonly duration?: AlarmSetting;
  /**
   * Executions at once: the first sign of a loop, a flood or somebody else's use of the function.
   * @default - more than 80 % of `reservedConcurrentExecutions`, or more than 100 without; made where the profile has full alarms
   */
  readonly concurrency?: AlarmSetting;
  /**
   * Events in the failure queue.
   * @default - more than 0; made in every profile, as soon as the function has a failure queue
   */
  readonly failureQueueDepth?: AlarmSetting;
  /**
   * Log lines within 5 minutes that hold values which a `DataClassification` names. They are masked.
   * @default - more than 0; made where the profile has full alarms, as soon as the function handles classified data
   */
  readonly sensitiveLogs?: AlarmSetting;
}

/** What all secure functions have in common. */
export interface SecureFunctionOptions {
  /**
   * Says what the function is for, in the console.
   * @default - none
   */
  readonly description?: string;
  /**
   * The name of the function. A function with a fixed name cannot be replaced, and cannot exist twice in an account and region.
   * @default - CloudFormation makes one
   */
  readonly functionName?: string;
  /**
   * Memory in MiB, between 128 and 10,240. CPU grows with it, and so does the price of each millisecond.
   * @default 256
   */
  readonly memorySize?: number;
  /**
   * How long one invocation may take, between 1 second and 15 minutes. API Gateway waits for 29 seconds at most; the longer, the more a
   * stuck or misused function costs.
   * @default Duration.seconds(15)
   */
  readonly timeout?: Duration;
  /**
   * The processor. Native dependencies must be built for it.
   * @default Architecture.ARM_64
   */
  readonly architecture?: Architecture;
  /**
   * Environment variables, encrypted with the data key. Whoever may see the function's configuration reads them, so values that look like
   * credentials, references that CloudFormation replaces by a secret, and debug switches (outside of the sandbox profile) are refused,
   * as are more than 4,096 bytes of names and values together.
   * @default - none
   */
  readonly environment?: { [name: string]: string };
  /**
   * Secrets that the function reads at run time: the variable of that name holds the ARN of the secret, and the role gets the right to read
   * that one secret.
   * @default - none
   */
  readonly secrets?: { [name: string]: ISecret };
  /**
   * Layers, five at most. Their code runs with the function's rights, so those of other accounts are refused unless the account is trusted.
   * @default - none
   */
  readonly layers?: ILayerVersion[];
  /**
   * Accounts whose layers may run here, as 12 digits. Layers of AWS (Insights, OpenTelemetry, Powertools) come from other accounts too.
   * @default - none but the account of the stack
   */
  readonly trustedLayerAccounts?: string[];
  /**
   * Executions at once that are set aside for this function, and the most it can have: at least 1. Bounds what a flood can cost. Lambda
   * keeps 100 for the rest of the account, so that accounts with a quota of less than 101 (new ones begin with 10) cannot deploy any.
   * The `regulated` profile requires it.
   * @default - none: the function takes from what the account has left
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * The function is called by services or clients that do not wait for the answer. Amazon S3, SNS, EventBridge rules and schedules of this
   * library, IoT, CloudWatch Logs and SES are recognised when they get the permission to call it; say `{}` for callers with a right of
   * their own, such as an SDK call with `InvocationType: Event`.
   * @default - a failure queue is made once such a service may call the function, and always in the `regulated` profile
   */
  readonly asyncInvocation?: AsyncInvocation;
  /**
   * How long logs are kept. Shorter than the profile says is refused.
   * @default - as the profile says: one year, or one month in the sandbox
   */
  readonly logRetention?: RetentionDays;
  /**
   * What is hidden in the logs.
   * @default - LogMasking.standard() where the profile masks logs, else nothing
   */
  readonly logMasking?: LogMasking;
  /**
   * What kinds of sensitive data the function handles, besides those of the stores that it gets rights on: its logs hide such values, in every
   * profile, and a tag says so.
   * @default - those of the stores
   */
  readonly dataClassification?: DataClassification;
  /**
   * The least severe level that is logged. DEBUG and TRACE tell too much outside of the sandbox profile and are refused there.
   * @default ApplicationLogLevel.INFO
   */
  readonly logLevel?: ApplicationLogLevel;
  /**
   * Whether traces are sent.
   * @default FunctionTracing.active()
   */
  readonly tracing?: FunctionTracing;
  /**
   * The network that the function joins, for example `network.forFunctions()` of a `SecureNetwork`. The `regulated` profile requires one.
   * @default - the one given to `StackNetwork.use`, or none
   */
  readonly network?: FunctionNetwork;
  /**
   * The key for environment, logs and failure queue. Its policy must be open to change here, or let CloudWatch Logs use it already.
   * @default - the data key of the stack, or AWS-owned keys where the profile settles for them
   */
  readonly encryptionKey?: IKey;
  /**
   * The most that the role may ever do, whatever is added to it.
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;
  /**
   * Whose signature the code must have, or Lambda refuses it when it is deployed. CDK signs nothing: somebody signs between the synthesis and the
   * deployment. Inline code and container images cannot be signed this way. The `regulated` profile requires it.
   * @default - none
   */
  readonly codeSigning?: CodeSigning;
  /**
   * An existing configuration; the same as `codeSigning: CodeSigning.byConfig(config)`.
   * @default - none
   */
  readonly codeSigningConfig?: ICodeSigningConfig;
  /**
   * Size of `/tmp`, between 512 and 10,240 MiB; what is above 512 costs. Lambda encrypts it with a key of AWS: no other can be chosen.
   * @default - Lambda's own: 512 MiB
   */
  readonly ephemeralStorageSize?: Size;
  /**
   * Gives each tenant execution environments of its own, so that nothing in memory or `/tmp` passes between them. Callers must then name
   * the tenant, more environments start cold, and the setting cannot be changed on an existing function.
   * @default - environments are shared
   */
  readonly tenancyConfig?: TenancyConfig;
  /**
   * How the alarms differ from their defaults.
   * @default - the defaults
   */
  readonly alarms?: FunctionAlarms;
}
