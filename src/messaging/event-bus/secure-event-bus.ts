import { createHash } from 'crypto';
import { Archive, BaseArchiveProps, CfnArchive, CfnEventBus, EventBus, EventPattern, IncludeDetail, Level, Match, Rule } from 'aws-cdk-lib/aws-events';
import { AddToResourcePolicyResult, Grant, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { allowPutEvents, EventPublishOptions } from './event-bus-access';
import { PUT_EVENTS_ACTIONS } from './event-bus-baseline';
import { checkArchive, checkArchiveTexts, checkBus } from './event-bus-checks';
import { openKeyForArchives, openKeyForBuses, openKeyForLogs } from './event-bus-key';
import { deliverLogs, EventBusLogging } from './event-bus-logging';
import { QueueRouteOptions, routeToQueue } from './event-bus-routes';
import { busArnByName } from './event-names';
import { RuleAlarms } from './rule-alarms';
import { SecureEventBusProps } from './secure-event-bus-props';
import { routeToStateMachine, StateMachineRouteOptions } from './state-machine-route';
import { checkClassification, classify } from '../../classification/classify';
import { placeOf } from '../../core/configuration-error';
import { recordProps } from '../../core/exceptions/overrides';
import { recordWaiver } from '../../core/exceptions/waiver';
import { expectNoKeyCircle } from '../../core/keys/key-circle';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { Admission, checkStatement } from '../policy-statements';
import { allowSource, asTarget } from '../service-sources';
import { StackDeadLetterQueue } from '../stack-dead-letter-queue';

/**
 * A bus that only its account can send events to; encrypted with a customer-managed key, with a log of steps that fail, and a queue that keeps
 * events that cannot be processed.
 *
 * ```ts
 * const bus = new SecureEventBus(this, 'Bus');
 * bus.allowPublish(placeOrder, { sources: ['shop.orders'] });
 * bus.routeToQueue('Invoices', { source: ['shop.orders'], detailType: ['OrderPlaced'] }, new SecureQueue(this, 'Invoices'));
 * ```
 *
 * Idle it costs the alarm of the stack's dead-letter queue (0.10 USD a month), three alarms for each rule (0.30 USD), and a share of the
 * stack's data key (about 1 USD a month for the stack).
 */
export class SecureEventBus extends EventBus {
  /** The key that encrypts the events: none where the profile settles for EventBridge's own. */
  public readonly encryptionKey?: IKey;
  /** Where events go that cannot be processed. */
  public readonly deadLetterQueue: IQueue;
  /** Where steps that fail are logged, unless that is off. */
  public readonly logGroup?: ILogGroup;
  private readonly admission: Admission;
  private readonly ruleAlarms?: RuleAlarms;

  /**
   * @throws ConfigurationError [SecureEventBus.Reason] when logging is off with a reason that nobody can judge
   * @throws ConfigurationError [SecureEventBus.Archive] when events are archived for less than a day or more than 10 years
   * @throws ConfigurationError [SecureEventBus.Name] [SecureEventBus.Description] when EventBridge would not take it
   * @throws ConfigurationError [SecureEventBus.DeadLetterQueue] when EventBridge could not send to the queue
   * @throws ConfigurationError [DataClassification.*] or [LogMasking.*] when the classification would mask less than it says
   */
  constructor(scope: Construct, id: string, props: SecureEventBusProps = {}) {
    const { logging = EventBusLogging.errors() } = props;
    checkBus(placeOf(scope, id), props);
    checkClassification(placeOf(scope, id), props.dataClassification);
    super(scope, id, {
      eventBusName: props.eventBusName,
      description: props.description,
      logConfig: { level: Level[logging._level], includeDetail: IncludeDetail.NONE },
    });
    recordProps(this, 'SecureEventBus', props);
    classify(this, props.dataClassification);
    this.encryptionKey = dataKeyFor(this, props.encryptionKey);
    this.ruleAlarms = props.ruleAlarms;
    this.admission = new Admission(this);
    this.addToResourcePolicy(this.admission.denyAllOthers(PUT_EVENTS_ACTIONS, this.eventBusArn));
    this.encrypt(logging);
    this.deadLetterQueue = this.keepUnprocessed(props.deadLetterQueue);
    this.logGroup = logging._offReason === undefined ? deliverLogs(this, logging) : undefined;
    if (logging._offReason !== undefined) recordWaiver(this, { control: 'EventBus.logging', reason: logging._offReason });
    const { archive } = props;
    if (archive !== undefined) this.archive('Archive', { retention: archive.retention, eventPattern: archive.pattern ?? { source: Match.prefix('') } });
  }

  /**
   * Lets somebody send events: `events:PutEvents` on this bus. Name sources, or the publisher can pass for any other.
   * A publisher of another account is added to the policy of the bus, and must be limited to sources.
   * @throws ConfigurationError [SecureEventBus.Events] when a name is not complete
   * @throws ConfigurationError [SecureEventBus.ForeignSources] when a publisher of another account is not limited to sources
   * @throws ConfigurationError [SecureEventBus.ServicePrincipal] when the grantee is a service
   */
  public allowPublish(grantee: IGrantable, options: EventPublishOptions = {}): Grant {
    return allowPutEvents(this, grantee, options);
  }

  /**
   * Sends events that match to a queue, and what cannot be delivered to the dead-letter queue of the stack.
   * @param id Id of the rule, below this bus or `scope`
   * @param pattern Which events, by their sources at least
   * @param queue A queue of the account and region of the rule
   * @param options Where the rule stands, and what the queue gets
   * @throws ConfigurationError [EventPattern.Source] when the pattern matches events of sources that nobody named
   * @throws ConfigurationError [EventPattern.Values] when a field of the pattern has no values
   * @throws ConfigurationError [SecureEventBus.MessageGroup] when a FIFO queue gets no message group, or another queue does
   * @throws ConfigurationError [SecureEventBus.ForeignQueue] or [.RuleScope] when the queue or `scope` lies in another account or region
   * @throws ConfigurationError [StackCircle.Key] when the key of the queue or bus comes from the stack of the rule, and the queue or bus does not
   */
  public routeToQueue(id: string, pattern: EventPattern, queue: IQueue, options: QueueRouteOptions = {}): Rule {
    return routeToQueue(this, id, pattern, queue, { ...options, alarms: options.alarms ?? this.ruleAlarms });
  }

  /**
   * Starts a state machine with each event that matches, in a role that can do nothing else. What cannot be started goes to the dead-letter
   * queue of the stack. EventBridge delivers at least once: the machine must bear to be started twice for one event.
   * @param id Id of the rule, below this bus or `scope`
   * @param pattern Which events, by their sources at least
   * @param machine A state machine of the account and region of the rule
   * @param options Where the rule stands, what the machine gets and when an event is given up
   * @throws ConfigurationError [EventPattern.Source] when the pattern matches events of sources that nobody named
   * @throws ConfigurationError [EventPattern.Values] when a field of the pattern has no values
   * @throws ConfigurationError [SecureEventBus.RetryAttempts] or [.MaxEventAge] for what EventBridge would reject
   * @throws ConfigurationError [SecureEventBus.ForeignStateMachine] or [.RuleScope] when the machine or `scope` lies in another account or region
   * @throws ConfigurationError [StackCircle.Key] when the key of the bus comes from the stack of the rule, and the bus does not
   */
  public routeToStateMachine(id: string, pattern: EventPattern, machine: IStateMachine, options: StateMachineRouteOptions = {}): Rule {
    return routeToStateMachine(this, id, pattern, machine, { ...options, alarms: options.alarms ?? this.ruleAlarms });
  }

  /**
   * Keeps events that match, encrypted with the key of the bus.
   * @throws ConfigurationError [SecureEventBus.Archive] when events are archived for less than a day or more than 10 years
   * @throws ConfigurationError [EventPattern.Values], [SecureEventBus.ArchiveName] or [SecureEventBus.Description] when EventBridge would not take it
   */
  public archive(id: string, props: BaseArchiveProps): Archive {
    checkArchive(this, '', { retention: props.retention, pattern: props.eventPattern });
    checkArchiveTexts(this, props);
    const archive = super.archive(id, props);
    (archive.node.defaultChild as CfnArchive).kmsKeyIdentifier = this.encryptionKey?.keyArn;
    if (this.encryptionKey !== undefined) openKeyForArchives(this, this.encryptionKey);
    return archive;
  }

  /** What CDK means by putting events, as `allowPublish` gives it. */
  public grantPutEventsTo(grantee: IGrantable, _sid?: string): Grant {
    return this.allowPublish(grantee);
  }

  /**
   * Adds a statement to the policy of the bus. Accounts and organisations that it allows something are let in by the statement that keeps all
   * others out.
   * @throws ConfigurationError [SecureEventBus.Statement] when it names no principals, actions or resources
   * @throws ConfigurationError [SecureEventBus.PublicStatement] when it lets everybody in without a condition that binds it to somebody
   * @throws ConfigurationError [SecureEventBus.ServiceSource] when it lets a service in for whatever account
   */
  public addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult {
    checkStatement(this, 'SecureEventBus', statement);
    this.admission.admit(statement);
    statement.sid ??= `Publisher${this.fingerprint(statement)}`;
    return super.addToResourcePolicy(statement);
  }

  /** Each statement is a resource of its own, whose id must not depend on the order of the others. */
  private fingerprint(statement: PolicyStatement): string {
    return createHash('sha256').update(JSON.stringify(this.stack.resolve(statement.toStatementJson()))).digest('hex').slice(0, 8).toUpperCase();
  }

  /** Set on the L1: CDK's own prop adds a statement to the key's policy for each bus. */
  private encrypt(logging: EventBusLogging): void {
    if (this.encryptionKey === undefined) return;
    (this.node.defaultChild as CfnEventBus).kmsKeyIdentifier = this.encryptionKey.keyArn;
    openKeyForBuses(this, this.encryptionKey);
    if (logging._offReason === undefined) openKeyForLogs(this, this.encryptionKey);
  }

  private keepUnprocessed(given: IQueue | undefined): IQueue {
    const queue = given ?? StackDeadLetterQueue.of(this);
    expectNoKeyCircle(this, queue);
    allowSource(this, asTarget(queue), 'SecureEventBus', {
      service: 'events.amazonaws.com', sourceArn: this.eventBusArn, arnByName: () => busArnByName(this),
    });
    (this.node.defaultChild as CfnEventBus).deadLetterConfig = { arn: queue.queueArn };
    return queue;
  }
}
