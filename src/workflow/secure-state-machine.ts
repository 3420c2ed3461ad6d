import { Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Definition, hasDistributedMap } from './definition/definition';
import { DefinitionSource } from './definition/definition-source';
import { makeGrantsExact } from './rights/exact-machine-grants';
import { allowOwnUse } from './rights/own-rights';
import { allowOnExecutions, allowOnMachine, allowReadKey, refuseUnless } from './rights/state-machine-access';
import { logSource, StateMachineRole } from './rights/state-machine-role';
import { SecureStateMachineProps } from './secure-state-machine-props';
import { watchStateMachine } from './state-machine-alarms';
import {
  DATA_KEY_REUSE_SECONDS, LIST_EXECUTIONS_ACTIONS, LOG_DELIVERY_KEY_ACTIONS, LOG_GROUP_PREFIX, READ_EXECUTION_ACTIONS, REDRIVE_ACTIONS, START_ACTIONS,
  START_SYNC_ACTIONS, STOP_ACTIONS, TASK_RESPONSE_ACTIONS,
} from './state-machine-baseline';
import { checkStateMachine, isText, timeoutLimits } from './state-machine-checks';
import { rememberLogs } from '../classification/classified-logs';
import { placeOf } from '../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../core/exceptions/acknowledgement';
import { recordProps } from '../core/exceptions/overrides';
import { recordWaiver } from '../core/exceptions/waiver';
import { allowServiceToUseKey } from '../core/keys/key-service';
import { dataKeyFor } from '../core/keys/stack-data-key';
import { markOwn } from '../core/own-part';
import { stackInstance } from '../core/stacks/stack-instance';
import { encryptedLogGroup } from '../logging/encrypted-log-group';

/**
 * A Step Functions state machine that cannot hang, fail unseen or do more than its tasks need: a timeout for the whole and each task, a way
 * on where a state fails, a log of every state without its data, traces, alarms, encryption, and a role whose actions are complete names.
 *
 * ```ts
 * import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
 * import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
 *
 * const charge = new tasks.LambdaInvoke(this, 'Charge', { lambdaFunction: fn, taskTimeout: sfn.Timeout.duration(Duration.seconds(20)) });
 * charge.addCatch(new sfn.Fail(this, 'NotCharged'));
 * const checkout = new SecureStateMachine(this, 'Checkout', {
 *   definitionBody: sfn.DefinitionBody.fromChainable(charge),
 *   timeout: Duration.minutes(5),
 * });
 * checkout.allowStart(placeOrder);
 * ```
 *
 * It goes wherever `StateMachine` goes. While idle it costs its alarms, 0.10 USD a month for each, and a share of the stack's data key.
 *
 * What the definition lacks is told when the app is synthesized, one message for each state: [SecureStateMachine.Catch], [.Definition],
 * [.Heartbeat], [.HttpConnection], [.HttpEndpoint], [.LostFail], [.Retry], [.SecretInDefinition], [.TaskTimeout] and [.Timeout].
 */
export class SecureStateMachine extends StateMachine {
  /** Where Step Functions writes what each execution did. */
  public readonly logGroup: ILogGroup;
  /** The key that encrypts definition, executions and logs; none where the profile settles for a key that AWS owns. */
  public readonly encryptionKey?: IKey;
  /** The alarms that were made. */
  public readonly alarms: AlarmBase[];

  /**
   * @throws ConfigurationError [SecureStateMachine.ActionWildcard] when a task asks for actions by a wildcard
   * @throws ConfigurationError [SecureStateMachine.Alarm] when an alarm is tuned that an express machine does not have
   * @throws ConfigurationError [SecureStateMachine.NotResource] when a task asks for rights on all but some resources
   * @throws ConfigurationError [SecureStateMachine.Name] when the name is not letters, digits, - and _
   * @throws ConfigurationError [SecureStateMachine.Reason] when a control is weakened with a reason that nobody can judge
   * @throws ConfigurationError [SecureStateMachine.Substitutions] when values are given that nothing substitutes
   * @throws ConfigurationError [SecureStateMachine.TextDefinition] when a prop is given that belongs into the text of the definition
   * @throws ConfigurationError [SecureStateMachine.Timeout] when the timeout is more than Step Functions takes
   */
  constructor(scope: Construct, id: string, props: SecureStateMachineProps) {
    checkStateMachine(placeOf(scope, id), props);
    const support = markOwn(new Construct(scope, `${id}Support`));
    const key = dataKeyFor(scope, props.encryptionKey, placeOf(scope, id));
    const logGroup = encryptedLogGroup(support, 'LogGroup', {
      logGroupName: logGroupName(support), encryptionKey: key, retention: props.logRetention, masking: props.logMasking,
    });
    const role = new StateMachineRole(support, 'Role', {
      description: `Runs ${placeOf(scope, id).node.path}`, tracing: props.tracing?._offReason === undefined, key, permissionsBoundary: props.permissionsBoundary,
    });
    rememberLogs(role, { logGroup, alarm: props.alarms?.sensitiveLogs });
    const type = props.stateMachineType ?? StateMachineType.STANDARD;
    super(scope, id, {
      definitionBody: props.definitionBody,
      stateMachineType: type,
      queryLanguage: props.queryLanguage,
      timeout: isText(props.definitionBody) ? undefined : props.timeout ?? Duration.seconds(timeoutLimits(type).standard),
      comment: props.comment,
      stateMachineName: props.stateMachineName,
      definitionSubstitutions: props.definitionSubstitutions,
      role,
      removalPolicy: RemovalPolicy.DESTROY, // it holds no data but the history of the last 90 days
    });
    recordProps(this, 'SecureStateMachine', props);
    this.logGroup = logGroup;
    this.encryptionKey = key;
    makeGrantsExact(this);
    this.secure(props);
    const source = new DefinitionSource(this, props);
    const { definition } = source;
    allowOwnUse(this, role, { key, distributedMap: this.startsChildren(definition) });
    source.judgeAtEnd();
    this.recordWaivers(props);
    this.alarms = watchStateMachine(this, { type, timeout: definition?.TimeoutSeconds }, props.alarms);
  }

  /**
   * Lets somebody start executions: `states:StartExecution`. Not read, wait for or stop them.
   * @throws ConfigurationError [SecureStateMachine.NoPolicy] or [SecureStateMachine.OtherAccount] when the grantee has no policy of this account
   */
  public allowStart(grantee: IGrantable): Grant {
    return allowOnMachine(this, grantee, START_ACTIONS);
  }

  /**
   * Lets somebody run executions of an express machine and read their output: `states:StartSyncExecution`, and decryption through Step
   * Functions for this machine.
   * @throws ConfigurationError [SecureStateMachine.Type] when the machine is no express one
   * @throws ConfigurationError [SecureStateMachine.NoPolicy] or [SecureStateMachine.OtherAccount] when the grantee has no policy of this account
   */
  public allowStartSync(grantee: IGrantable): Grant {
    refuseUnless(this, StateMachineType.EXPRESS, 'allowStartSync', 'use allowStart(), or make the machine an express one');
    return this.withKey(allowOnMachine(this, grantee, START_SYNC_ACTIONS), grantee);
  }

  /**
   * Lets somebody list and read executions of a standard machine, with input and output: `states:ListExecutions`, `states:DescribeExecution`,
   * `states:GetExecutionHistory`, and decryption through Step Functions for this machine. Executions of an express machine stand in its logs only.
   * @throws ConfigurationError [SecureStateMachine.Type] when the machine is an express one
   * @throws ConfigurationError [SecureStateMachine.NoPolicy] or [SecureStateMachine.OtherAccount] when the grantee has no policy of this account
   */
  public allowReadExecutions(grantee: IGrantable): Grant {
    refuseUnless(this, StateMachineType.STANDARD, 'allowReadExecutions', 'let the grantee read the log group: express machines keep no history');
    const grant = allowOnMachine(this, grantee, LIST_EXECUTIONS_ACTIONS).combine(allowOnExecutions(this, grantee, READ_EXECUTION_ACTIONS));
    return this.withKey(grant, grantee);
  }

  /**
   * Lets somebody stop executions of a standard machine: `states:StopExecution`.
   * @throws ConfigurationError [SecureStateMachine.Type] when the machine is an express one
   * @throws ConfigurationError [SecureStateMachine.NoPolicy] or [SecureStateMachine.OtherAccount] when the grantee has no policy of this account
   */
  public allowStop(grantee: IGrantable): Grant {
    refuseUnless(this, StateMachineType.STANDARD, 'allowStop', 'leave it out: an express execution ends within five minutes');
    return allowOnExecutions(this, grantee, STOP_ACTIONS);
  }

  /**
   * Lets somebody run the failed states of executions again, from where they failed: `states:RedriveExecution`.
   * @throws ConfigurationError [SecureStateMachine.Type] when the machine is an express one
   * @throws ConfigurationError [SecureStateMachine.NoPolicy] or [SecureStateMachine.OtherAccount] when the grantee has no policy of this account
   */
  public allowRedrive(grantee: IGrantable): Grant {
    refuseUnless(this, StateMachineType.STANDARD, 'allowRedrive', 'leave it out: express executions are started again');
    return allowOnExecutions(this, grantee, REDRIVE_ACTIONS);
  }

  /**
   * Lets somebody answer the tasks of this machine that wait for their token: `states:SendTaskSuccess`, `states:SendTaskFailure` and
   * `states:SendTaskHeartbeat`.
   * @throws ConfigurationError [SecureStateMachine.NoPolicy] or [SecureStateMachine.OtherAccount] when the grantee has no policy of this account
   */
  public allowTaskResponse(grantee: IGrantable): Grant {
    return allowOnMachine(this, grantee, TASK_RESPONSE_ACTIONS);
  }

  /** The same as `allowStart`. The methods of `grants` do the same as those of this class. */
  public grantStartExecution(identity: IGrantable): Grant {
    return this.allowStart(identity);
  }

  /** The same as `allowStartSync`. */
  public grantStartSyncExecution(identity: IGrantable): Grant {
    return this.allowStartSync(identity);
  }

  /** The same as `allowReadExecutions`: CDK's own also lets read all activities of the account. */
  public grantRead(identity: IGrantable): Grant {
    return this.allowReadExecutions(identity);
  }

  /** The same as `allowTaskResponse`. */
  public grantTaskResponse(identity: IGrantable): Grant {
    return this.allowTaskResponse(identity);
  }

  /** The same as `allowRedrive`. */
  public grantRedriveExecution(identity: IGrantable): Grant {
    return this.allowRedrive(identity);
  }

  /**
   * Gives rights on the executions of this machine.
   * @throws ConfigurationError [ExactAccess.Wildcard] when an action is not a complete name
   */
  public grantExecution(identity: IGrantable, ...actions: string[]): Grant {
    return allowOnExecutions(this, identity, actions);
  }

  /**
   * Gives rights on this machine.
   * @throws ConfigurationError [ExactAccess.Wildcard] when an action is not a complete name
   */
  public grant(identity: IGrantable, ...actions: string[]): Grant {
    return allowOnMachine(this, identity, actions);
  }

  /**
   * Adds a statement to the role's policy, as tasks do. A right to use a key without a condition is limited to the services that the role
   * may call, Step Functions alone where it calls none. Prefer the `allow…` verbs of the resource.
   * @throws ConfigurationError [SecureStateMachine.ActionWildcard] when an action is not a complete name
   * @throws ConfigurationError [SecureStateMachine.NotResource] when it names what it does not cover
   */
  public addToRolePolicy(statement: PolicyStatement): void {
    (this.role as StateMachineRole).addTaskStatement(statement);
  }

  private get cfnStateMachine(): CfnStateMachine {
    return this.node.defaultChild as CfnStateMachine;
  }

  /** Set on the L1: with its own props for them CDK adds wider rights to role and key, for a machine without a name ones that do not work. */
  private secure(props: SecureStateMachineProps): void {
    this.cfnStateMachine.loggingConfiguration = {
      level: LogLevel.ALL,
      includeExecutionData: props.executionData?._loggedReason !== undefined,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: this.logGroup.logGroupArn } }],
    };
    this.cfnStateMachine.tracingConfiguration = { enabled: props.tracing?._offReason === undefined };
    if (this.encryptionKey === undefined) {
      this.cfnStateMachine.encryptionConfiguration = { type: 'AWS_OWNED_KEY' };
      return;
    }
    this.cfnStateMachine.encryptionConfiguration = {
      type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: this.encryptionKey.keyArn, kmsDataKeyReusePeriodSeconds: DATA_KEY_REUSE_SECONDS,
    };
    allowServiceToUseKey(this, this.encryptionKey, {
      sid: 'StateMachineLogDelivery',
      service: 'delivery.logs.amazonaws.com',
      actions: LOG_DELIVERY_KEY_ACTIONS,
      conditions: { StringLike: { 'kms:EncryptionContext:SourceArn': logSource(this.stack) } },
    });
  }

  /** CDK writes the rights of a distributed map into an inline policy, whatever the profile says, and only for chained states. */
  private startsChildren(definition: Definition | undefined): boolean {
    const chained = this.node.tryRemoveChild('DistributedMapPolicy');
    return chained || (definition !== undefined && hasDistributedMap(definition));
  }

  private recordWaivers(props: SecureStateMachineProps): void {
    const waivers = {
      'StateMachine.tracing': props.tracing?._offReason,
      'StateMachine.executionData': props.executionData?._loggedReason,
      'StateMachine.errorCatching': props.errorCatching?._offReason,
      'StateMachine.logMasking': props.logMasking?._offReason,
    };
    for (const [control, reason] of Object.entries(waivers)) {
      if (reason !== undefined) recordWaiver(this, { control, reason });
    }
    const accepted = { WorkflowExecutionData: props.executionData?._loggedReason, WorkflowTracing: props.tracing?._offReason };
    for (const [rule, reason] of Object.entries(accepted)) {
      if (reason !== undefined) acknowledgeRule(this, rule, reason);
    }
    if (props.tracing?._offReason === undefined) return;
    acknowledge(this, NagPackId.AWS_SOLUTIONS, 'SF2', props.tracing._offReason);
    acknowledge(this, NagPackId.SERVERLESS, 'StepFunctionStateMachineXray', props.tracing._offReason);
  }

  private withKey(grant: Grant, grantee: IGrantable): Grant {
    const onKey = allowReadKey(this, this.encryptionKey, grantee);
    return onKey === undefined ? grant : grant.combine(onKey);
  }
}

/** Unique to this deployment of the stack: a log group that outlived an earlier one does not stand in the way. */
function logGroupName(support: Construct): string {
  return `${LOG_GROUP_PREFIX}${Names.uniqueResourceName(support, { maxLength: 100, separator: '-' })}-${stackInstance()}`;
}
