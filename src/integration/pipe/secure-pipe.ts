import { Names, Stack, Validations } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { watchPipe } from './pipe-alarms';
import { PIPE_KEY_ACTIONS, PIPE_KEY_CONTEXTS, PIPE_KEY_DESCRIBE_ACTIONS, PIPE_LOG_GROUP_PREFIX } from './pipe-baseline';
import { checkPipe, runTime } from './pipe-checks';
import { PipeLogLevel } from './pipe-log-level';
import { PipeState } from './pipe-state';
import { SecurePipeProps } from './secure-pipe-props';
import { placeOf } from '../../core/configuration-error';
import { expectNoKeyCircle } from '../../core/keys/key-circle';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { markOwn } from '../../core/own-part';
import { stackInstance } from '../../core/stacks/stack-instance';
import { sourceConditions } from '../../iam/exact-access';
import { LOG_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { ServiceRole } from '../../iam/service-role';
import { encryptedLogGroup } from '../../logging/encrypted-log-group';

/**
 * An EventBridge pipe from one source to one target: with a role that may read the one and call the other, bounded retries with a
 * dead-letter queue behind, encrypted logs without the events, and alarms.
 *
 * ```ts
 * import * as events from 'aws-cdk-lib/aws-events';
 *
 * declare const orders: dynamodb.ITable;
 * declare const bus: events.IEventBus;
 * new SecurePipe(this, 'OrderEvents', {
 *   source: PipeSource.tableStream(orders, { filters: [{ 'eventName': ['INSERT'] }] }),
 *   target: PipeTarget.eventBus(bus, { source: 'shop.orders', detailType: 'OrderPlaced' }),
 * });
 * ```
 *
 * While idle it costs its alarms, 0.10 USD a month for each, and a share of the stack's data key. A queue is polled even when it is empty:
 * SQS charges 0.40 USD for a million requests after the first million of a month.
 */
export class SecurePipe extends Construct {
  /** The pipe itself. */
  public readonly cfnPipe: CfnPipe;
  /** The name of the pipe. */
  public readonly pipeName: string;
  /** The ARN of the pipe. */
  public readonly pipeArn: string;
  /** The role in which the pipe reads and calls. */
  public readonly role: IRole;
  /** Where the pipe writes what failed. */
  public readonly logGroup: ILogGroup;
  /** The key of filters, templates and logs; none where the profile settles for a key that AWS owns. */
  public readonly encryptionKey?: IKey;
  /** The queue for positions of records that could not be handled, where the source is a stream. A queue as source has its own. */
  public readonly deadLetterQueue?: IQueue;
  /** The alarms that were made. */
  public readonly alarms: AlarmBase[];

  /**
   * @throws ConfigurationError [SecurePipe.BatchingWindow], [.BatchSize], [.Description], [.Filters], [.InputTemplate], [.Name], [.Parallelization],
   * [.RecordAge], [.RetryAttempts] or [.StartingPosition] for what Pipes does not take
   * @throws ConfigurationError [SecurePipe.EventSource], [.Express], [.FifoTopic], [.MessageGroup] or [.NoStream] for parts that do not fit
   * @throws ConfigurationError [SecurePipe.DeadLetters] when records that fail could get lost
   * @throws ConfigurationError [SecurePipe.Loop] when the target is the source
   * @throws ConfigurationError [SecureQueue.VisibilityTimeout] when the source queue shows messages again while they are still being handled
   */
  constructor(scope: Construct, id: string, props: SecurePipeProps) {
    checkPipe(placeOf(scope, id), Stack.of(scope), props);
    super(scope, id);
    markOwn(this);
    this.encryptionKey = dataKeyFor(this, props.encryptionKey);
    this.logGroup = encryptedLogGroup(this, 'LogGroup', {
      logGroupName: this.logGroupName(), encryptionKey: this.encryptionKey, retention: props.logRetention,
    });
    const role = this.makeRole(props);
    this.role = role;
    const surroundings = { pipe: this, role, batchMax: props.target._part.batchMax, runTime: runTime(props) };
    const { parameters, deadLetterQueue } = props.source._part.bind(surroundings);
    for (const called of [props.enrichment?._part, props.target._part]) {
      if (called === undefined) continue;
      expectNoKeyCircle(this, called.resource);
      called.allow(surroundings);
    }
    this.deadLetterQueue = deadLetterQueue;
    this.cfnPipe = this.makePipe(props, parameters);
    this.cfnPipe.node.addDependency(role); // Pipes tries the rights when it makes the pipe
    this.pipeName = this.cfnPipe.ref;
    this.pipeArn = this.cfnPipe.attrArn;
    this.warnOfUnknownTimes(props);
    this.alarms = watchPipe(this, this.pipeName, props.alarms);
  }

  private makePipe(props: SecurePipeProps, sourceParameters: CfnPipe.PipeSourceParametersProperty): CfnPipe {
    const { enrichment, target } = props;
    const template = props.targetInputTemplate === undefined ? undefined : { inputTemplate: props.targetInputTemplate };
    const targetParameters = { ...target._part.parameters, ...template };
    return new CfnPipe(this, 'Resource', {
      name: props.pipeName,
      description: props.description,
      desiredState: props.desiredState ?? PipeState.RUNNING,
      roleArn: this.role.roleArn,
      source: props.source._part.arn!,
      sourceParameters,
      enrichment: enrichment?._part.arn,
      enrichmentParameters: props.enrichmentInputTemplate === undefined ? undefined : { inputTemplate: props.enrichmentInputTemplate },
      target: target._part.arn,
      targetParameters: Object.keys(targetParameters).length > 0 ? targetParameters : undefined,
      kmsKeyIdentifier: this.encryptionKey?.keyArn,
      logConfiguration: {
        cloudwatchLogsLogDestination: { logGroupArn: this.logGroup.logGroupArn },
        level: props.logLevel ?? PipeLogLevel.ERROR,
      },
    });
  }

  /** The role and the key's context name the pipe, where it has a name: it needs both before it exists. */
  private makeRole({ pipeName, permissionsBoundary }: SecurePipeProps): ServiceRole {
    const pipes = Stack.of(this).formatArn({ service: 'pipes', resource: 'pipe', resourceName: pipeName ?? '*' });
    return new ServiceRole(this, 'Role', {
      service: 'pipes.amazonaws.com',
      description: `Runs ${this.node.path}`,
      permissionsBoundary,
      trustConditions: sourceConditions(this, pipes),
      baseline: [
        new PolicyStatement({ sid: 'OwnLogs', actions: LOG_WRITE_ACTIONS, resources: [this.logGroup.logGroupArn] }),
        ...this.encryptionKey === undefined ? [] : ownKey(this.encryptionKey, pipes),
      ],
    });
  }

  /** A source queue must hide messages for longer than they are worked on. */
  private warnOfUnknownTimes({ enrichment, target }: SecurePipeProps): void {
    const unknown = [enrichment?._part, target._part].filter((part) => part?.runTimeUnknown === true).map((part) => part!.resource.node.path);
    if (unknown.length === 0 || this.deadLetterQueue !== undefined) return;
    Validations.of(this).addWarning('cdk-secure-serverless:PipeRunTime',
      `The timeout of ${unknown.join(' and ')} is not known here: the source queue must hide messages for six times as long as enrichment and `
      + 'target take together, or messages are handled twice.');
  }

  /** Unique to this deployment of the stack: a log group that outlived an earlier one does not stand in the way. */
  private logGroupName(): string {
    return `${PIPE_LOG_GROUP_PREFIX}${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}-${stackInstance()}`;
  }
}

/** One statement for each name that AWS gives to the context: conditions of one statement must all hold. */
function ownKey(key: IKey, pipes: string): PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'OwnKey', actions: PIPE_KEY_DESCRIBE_ACTIONS, resources: [key.keyArn] }),
    ...PIPE_KEY_CONTEXTS.map((context, index) => new PolicyStatement({
      sid: `OwnData${index + 1}`, actions: PIPE_KEY_ACTIONS, resources: [key.keyArn], conditions: { ArnLike: { [context]: pipes } },
    })),
  ];
}
