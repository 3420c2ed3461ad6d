import { Duration } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, QueryLanguage, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { ErrorCatching } from './error-catching';
import { ExecutionData } from './execution-data';
import { StateMachineAlarms } from './state-machine-alarms';
import { StateMachineTracing } from './state-machine-tracing';
import { LogMasking } from '../logging/log-masking';

/** What can be chosen about a SecureStateMachine. It always logs, and its role is always its own. */
export interface SecureStateMachineProps {
  /**
   * The states: chained constructs, text or a file in the Amazon States Language. It is read when the app is synthesized, and what can hang,
   * fail unseen or leak is refused then; a file in YAML cannot be read, and a warning says so.
   */
  readonly definitionBody: DefinitionBody;

  /**
   * Whether executions run up to a year and exactly once (standard), or up to five minutes and perhaps twice (express). A machine of the other
   * type is another machine: CloudFormation replaces it.
   * @default StateMachineType.STANDARD
   */
  readonly stateMachineType?: StateMachineType;

  /**
   * The query language of states that name none.
   * @default QueryLanguage.JSON_PATH; a definition from text or a file says it itself
   */
  readonly queryLanguage?: QueryLanguage;

  /**
   * How long an execution may take, all states together. Without a bound, one that waits for a lost answer waits, and is counted, for a year.
   * A machine that waits for people says for how long. A definition from text or a file says it itself, in `TimeoutSeconds`.
   * @default Duration.hours(1); 5 minutes for an express machine, which is the most it can have
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#sfn-stuck-execution
   */
  readonly timeout?: Duration;

  /**
   * What the machine is for. It stands in the definition, so a definition from text or a file says it itself.
   * @default - none
   */
  readonly comment?: string;

  /**
   * The name, 1 to 80 letters, digits, `-` and `_`. CloudFormation cannot replace a machine with a name of its own.
   * @default - CloudFormation makes one
   */
  readonly stateMachineName?: string;

  /**
   * Values for `${Name}` in a definition from text or a file. They can be read by everybody who may describe the machine: no secrets.
   * @default - none
   */
  readonly definitionSubstitutions?: { [name: string]: string };

  /**
   * The key that encrypts the definition, the executions and the logs. A customer-managed key costs about 1 USD a month, besides 0.03 USD for
   * 10,000 uses: a data key serves for 5 minutes. Events about executions on EventBridge then carry neither input nor output.
   * @default - the stack's data key; a key that AWS owns where the profile settles for that
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
   */
  readonly encryptionKey?: IKey;

  /**
   * Whether the machine sends its traces to X-Ray.
   * @default StateMachineTracing.active()
   */
  readonly tracing?: StateMachineTracing;

  /**
   * Whether the logs hold input and output of the states.
   * @default ExecutionData.omitted()
   */
  readonly executionData?: ExecutionData;

  /**
   * How long logs are kept.
   * @default - as the profile says: a year in production
   */
  readonly logRetention?: RetentionDays;

  /**
   * What is hidden in the logs.
   * @default LogMasking.standard() where the profile masks logs
   */
  readonly logMasking?: LogMasking;

  /**
   * Whether each state that can fail needs a `Catch`.
   * @default ErrorCatching.required()
   */
  readonly errorCatching?: ErrorCatching;

  /**
   * The most that the machine's role may ever do, whatever its tasks ask for.
   * @default - no boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * Tunes the alarms or switches them off.
   * @default - all that the profile asks for: 0.10 USD a month each
   */
  readonly alarms?: StateMachineAlarms;
}
