import { CfnDeletionPolicy, CfnResource, Lazy, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { AddToResourcePolicyResult, Grant, GrantOnKeyResult, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnQueue, DeadLetterQueue, IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allowOnQueue, allowQueueKey } from './queue-access';
import { watchQueue } from './queue-alarms';
import {
  ALL_QUEUE_ACTIONS, LAST_STOP_REASON, PURGE_ACTIONS, QUEUE_NAME_MOST, RECEIVE_ACTIONS, REDRIVE_ACTIONS, REDRIVE_SOURCES_MOST, SEND_ACTIONS,
} from './queue-baseline';
import { checkQueue, refuseDeadLetterQueue } from './queue-checks';
import { QueueDeadLetter } from './queue-dead-letter';
import { QueueSender } from './queue-sender';
import { decide, QueueSettings, secureProps } from './queue-settings';
import { QueueVisibility } from './queue-visibility';
import { SecureQueueProps } from './secure-queue-props';
import { checkClassification, classify } from '../../classification/classify';
import { checkRemovalPolicy } from '../../core/checks';
import { placeOf, refuse } from '../../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../../core/exceptions/acknowledgement';
import { recordProps } from '../../core/exceptions/overrides';
import { recordWaiver } from '../../core/exceptions/waiver';
import { expectNoKeyCircle } from '../../core/keys/key-circle';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { SecurityProfile } from '../../core/profile/security-profile';
import { KEY_READ_ACTIONS, KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { DeadLetterSources } from '../dead-letter-sources';
import { ruleArnByName } from '../event-bus/event-names';
import { Admission, checkStatement, serviceOf, SourceStatements } from '../policy-statements';
import { allowSource, asTarget, openKey } from '../service-sources';
import { stackUniqueName } from '../stack-unique-name';

/**
 * A queue that only its account can use, and only over TLS; encrypted with a customer-managed key, with a dead-letter queue of its own that
 * takes messages from this queue alone, alarms, and kept when its stack goes.
 *
 * ```ts
 * const orders = new SecureQueue(this, 'Orders');
 * orders.allowSend(placeOrder);
 * ```
 *
 * Idle it costs its three alarms (0.30 USD a month in production, 0.10 in the sandbox) and a share of the stack's data key (about 1 USD a
 * month for the stack).
 *
 * A principal of another account is let in by its ARN or account id: the verbs then add it to the policies of queue and key, and its own
 * account has to give it the same rights. Services send with `allowSendFrom`.
 */
export class SecureQueue extends Queue {
  /** Where failed messages go, if there is such a place. A queue made for it is a SecureQueue and has alarms of its own. */
  declare public readonly deadLetterQueue?: DeadLetterQueue;
  /** The alarms of the queue, without those of its dead-letter queue. */
  public readonly alarms: AlarmBase[];
  private readonly keepsData: boolean;
  private readonly isLastStop: boolean;
  private readonly admission: Admission;
  private readonly sources: SourceStatements;
  private readonly deadLetterSources: DeadLetterSources;

  /**
   * @throws ConfigurationError [SecureQueue.Reason] when a control is weakened with a reason that nobody can judge
   * @throws ConfigurationError [SecureQueue.MaxReceiveCount] when it does not lie between 1 and 1000
   * @throws ConfigurationError [SecureQueue.DeadLetterQueue] when SQS could not move failed messages into the queue named for them
   * @throws ConfigurationError [SecureQueue.VisibilityTimeout] [SecureQueue.RetentionPeriod] [SecureQueue.DeliveryDelay]
   * [SecureQueue.MaxMessageSize] when SQS would not accept the value
   */
  constructor(scope: Construct, id: string, props: SecureQueueProps = {}) {
    const settings = decide(props, SecurityProfile.of(scope).controls);
    checkQueue(placeOf(scope, id), Stack.of(scope), props, settings);
    checkClassification(placeOf(scope, id), props.dataClassification);
    super(scope, id, secureProps(props, settings, dataKeyFor(scope, props.encryptionKey, placeOf(scope, id))));
    recordProps(this, 'SecureQueue', props);
    this.keepsData = settings.keepsData;
    this.isLastStop = settings.isLastStop;
    this.deadLetterSources = new DeadLetterSources(this);
    this.admission = new Admission(this);
    this.sources = new SourceStatements(this);
    this.addToResourcePolicy(this.admission.denyAllOthers(ALL_QUEUE_ACTIONS, this.queueArn));
    // named in every case: a name that came and went with the dead-letter queue would replace the queue
    this.resource.queueName = stackUniqueName(this.resource, QUEUE_NAME_MOST, this.fifo ? '.fifo' : '');
    this.resource.visibilityTimeout = new QueueVisibility(this, props.visibilityTimeout).seconds;
    this.closeRedrive();
    this.deadLetterQueue = this.redrive(props, settings);
    this.recordWaivers(props, settings);
    this.failWithoutKey();
    classify(this, props.dataClassification);
    this.alarms = this.watch(props);
  }

  /**
   * Lets somebody send messages: `sqs:SendMessage`, and encryption through SQS for this queue. Not receive or delete.
   * @throws ConfigurationError [SecureQueue.ServicePrincipal] when the grantee is a service: use `allowSendFrom`
   */
  public allowSend(grantee: IGrantable): Grant {
    return allowOnQueue(this, grantee, SEND_ACTIONS, KEY_WRITE_ACTIONS);
  }

  /**
   * Lets somebody work messages off: receive, hide, delete, and read the attributes, and decryption through SQS for this queue. Not send or purge.
   * Of a last stop it lets them decrypt what the queues sent that put their failed messages there: SQS moves messages as they are encrypted.
   * @throws ConfigurationError [SecureQueue.ServicePrincipal] when the grantee is a service
   */
  public allowReceive(grantee: IGrantable): Grant {
    return this.letRead(grantee, RECEIVE_ACTIONS);
  }

  /**
   * Lets somebody delete all messages at once: `sqs:PurgeQueue`. Nothing brings them back, and no dead-letter queue gets them.
   * @throws ConfigurationError [SecureQueue.ServicePrincipal] when the grantee is a service
   */
  public allowPurge(grantee: IGrantable): Grant {
    return allowOnQueue(this, grantee, PURGE_ACTIONS);
  }

  /**
   * Lets somebody move failed messages back from the dead-letter queue into this one. Of a last stop it lets them move messages out of it;
   * the queue to which they move gives that right with its `allowSend`. SQS moves only what other queues put there, not what services did.
   * @throws ConfigurationError [SecureQueue.DeadLetterQueue] when there is no dead-letter queue
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
   */
  public allowRedrive(grantee: IGrantable): Grant {
    if (this.isLastStop) return this.letRead(grantee, REDRIVE_ACTIONS);
    if (this.deadLetterQueue === undefined) {
      return refuse(this, {
        code: 'SecureQueue.DeadLetterQueue', prop: 'allowRedrive', must: 'must find a dead-letter queue to move messages from', fix: 'leave deadLetter out',
      });
    }
    const { queue } = this.deadLetterQueue;
    const fromThere = queue instanceof SecureQueue
      ? queue.letRead(grantee, REDRIVE_ACTIONS)
      : allowOnQueue(queue, grantee, REDRIVE_ACTIONS, KEY_READ_ACTIONS);
    return fromThere.combine(this.allowSend(grantee));
  }

  /**
   * Lets a service send messages in the name of one resource: a topic, a rule, a bucket. The queue's policy names the resource, and its key
   * opens for that service's resources of this account.
   * @throws ConfigurationError [SecureQueue.Source] when the source is not named
   */
  public allowSendFrom(sender: QueueSender): void {
    if (sender._source !== undefined) expectNoKeyCircle(this, sender._source);
    const { _rule: rule, _service: service, _sourceArn: sourceArn } = sender;
    if (rule === undefined || !Resource.isOwnedResource(rule)) {
      allowSource(this, asTarget(this), 'SecureQueue', { service, sourceArn });
    } else {
      expectNoKeyCircle(rule, this);
      allowSource(rule, asTarget(this), 'SecureQueue', { service, sourceArn, arnByName: () => ruleArnByName(rule) });
    }
  }

  /** What CDK means by sending, as `allowSend` gives it. A service may come with a condition on its source, as targets of CDK's rules do. */
  public grantSendMessages(grantee: IGrantable): Grant {
    const service = serviceOf(this, grantee.grantPrincipal);
    if (service === undefined) return this.allowSend(grantee);
    this.addToResourcePolicy(new PolicyStatement({ principals: [grantee.grantPrincipal], actions: SEND_ACTIONS, resources: [this.queueArn] }));
    openKey(this, asTarget(this), service);
    return Grant.drop(grantee, 'stands in the policy of the queue');
  }

  /** What CDK means by consuming, as `allowReceive` gives it. */
  public grantConsumeMessages(grantee: IGrantable): Grant {
    return this.allowReceive(grantee);
  }

  /** What CDK means by purging, as `allowPurge` gives it. */
  public grantPurge(grantee: IGrantable): Grant {
    return this.allowPurge(grantee);
  }

  /**
   * Gives exactly these actions on the queue.
   * @throws ConfigurationError [ExactAccess.Wildcard] when an action is not a complete name
   */
  public grant(grantee: IGrantable, ...actions: string[]): Grant {
    return allowOnQueue(this, grantee, actions);
  }

  /** Lets somebody use the queue's key through SQS for this queue: to decrypt, and to encrypt as well if other actions are asked for. */
  public grantOnKey(grantee: IGrantable, ...actions: string[]): GrantOnKeyResult {
    const readsOnly = actions.every((action) => action === 'kms:Decrypt' || action === 'kms:DescribeKey');
    return { grant: readsOnly ? this.deadLetterSources.allowDecrypt(grantee) : allowQueueKey(this, grantee, KEY_WRITE_ACTIONS) };
  }

  /**
   * Adds a statement to the policy of the queue. Accounts and organisations that it allows something are let in by the statement that keeps
   * all others out; a principal whose account is known only at deployment counts as one of the queue's account.
   * @throws ConfigurationError [SecureQueue.Statement] when it names no principals, actions or resources
   * @throws ConfigurationError [SecureQueue.PublicStatement] when it lets everybody in without a condition that binds it to somebody
   * @throws ConfigurationError [SecureQueue.ServiceSource] when it lets a service in for whatever account
   */
  public addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult {
    checkStatement(this, 'SecureQueue', statement);
    this.admission?.admit(statement); // not there yet when CDK's own constructor adds its statement on TLS
    const added = this.sources === undefined ? statement : this.sources.merge(statement);
    return added === undefined ? { statementAdded: true, policyDependable: this.node.findChild('Policy') } : super.addToResourcePolicy(added);
  }

  /**
   * Sets what happens when the queue leaves its stack.
   * @throws ConfigurationError [SecureQueue.Removal] when a queue that was to be kept shall be deleted, or asked for a snapshot
   */
  public applyRemovalPolicy(policy: RemovalPolicy): void {
    checkRemovalPolicy(this, policy, this.keepsData, { code: 'SecureQueue.Removal', what: 'a queue that keeps its messages', fix: 'pass removal: QueueRemoval.destroy(reason)' });
    super.applyRemovalPolicy(policy);
  }

  /**
   * Takes failed messages of one queue of the same stack.
   * @internal
   */
  public _acceptRedriveFrom(source: IQueue, sourceArn: string): void {
    const fault = !this.isLastStop ? 'is not a last stop, but works messages off itself'
      : Stack.of(source) !== this.stack ? 'lies in another stack, which could not name its source without a circle'
        : this.deadLetterSources.arns.length === REDRIVE_SOURCES_MOST ? `takes messages of ${REDRIVE_SOURCES_MOST} queues already, the most that SQS allows` : undefined;
    if (fault !== undefined) refuseDeadLetterQueue(source, fault, this.node.path);
    this.deadLetterSources.add(source, sourceArn);
  }

  private letRead(grantee: IGrantable, actions: readonly string[]): Grant {
    const grant = allowOnQueue(this, grantee, actions);
    const onKey = this.deadLetterSources.allowDecrypt(grantee);
    return onKey === undefined ? grant : grant.combine(onKey);
  }

  private get resource(): CfnQueue {
    return this.node.defaultChild as CfnQueue;
  }

  /** No queue may drop its failed messages here, but those that are named to it. */
  private closeRedrive(): void {
    this.resource.redriveAllowPolicy = Lazy.uncachedAny({
      produce: () => (this.deadLetterSources.arns.length === 0 ? { redrivePermission: 'denyAll' } : { redrivePermission: 'byQueue', sourceQueueArns: this.deadLetterSources.arns }),
    });
    if (!this.isLastStop) return;
    acknowledge(this.resource, NagPackId.SERVERLESS, 'SQSRedrivePolicy', LAST_STOP_REASON);
    let done = false;
    this.node.addValidation({
      validate: () => { // only the end shows whether a queue names it, which is what cdk-nag takes a dead-letter queue by
        if (!done && this.deadLetterSources.arns.length === 0) acknowledge(this.resource, NagPackId.AWS_SOLUTIONS, 'SQS3', LAST_STOP_REASON);
        done = true;
        return [];
      },
    });
  }

  /** Set on the L1, so that the queue of failed messages can stand below this one. */
  private redrive(props: SecureQueueProps, { deadLetter, maxReceiveCount }: QueueSettings): DeadLetterQueue | undefined {
    if (deadLetter._kind === 'lastStop' || deadLetter._kind === 'off') return undefined;
    const queue = deadLetter._queue ?? new SecureQueue(this, 'DeadLetterQueue', {
      encryptionKey: this.encryptionMasterKey,
      deadLetter: QueueDeadLetter.lastStop(),
      fifo: props.fifo,
      removal: props.removal,
      alarms: { deadLetters: props.alarms?.deadLetters },
    });
    if (queue instanceof SecureQueue) queue._acceptRedriveFrom(this, this.stack.formatArn({ service: 'sqs', resource: this.resource.queueName! }));
    this.resource.redrivePolicy = { deadLetterTargetArn: queue.queueArn, maxReceiveCount };
    return { queue, maxReceiveCount };
  }

  private watch({ alarms }: SecureQueueProps): AlarmBase[] {
    const deadLetterQueue = this.deadLetterQueue?.queue;
    const unwatched = deadLetterQueue instanceof SecureQueue ? undefined : deadLetterQueue; // a SecureQueue watches itself
    return watchQueue(this, { queue: this, deadLetterQueue: unwatched, isLastStop: this.isLastStop }, alarms);
  }

  /** What the profile decides itself is no waiver. */
  private recordWaivers(props: SecureQueueProps, { deadLetter }: QueueSettings): void {
    const waivers = {
      'Queue.deadLetter': deadLetter._offReason,
      'Queue.removal': SecurityProfile.of(this).controls.retainData ? props.removal?._destroyReason : undefined,
    };
    for (const [control, reason] of Object.entries(waivers)) {
      if (reason !== undefined) recordWaiver(this, { control, reason });
    }
    if (deadLetter._offReason === undefined) return;
    acknowledgeRule(this, 'QueueRedrivePolicy', deadLetter._offReason);
    acknowledge(this.resource, NagPackId.AWS_SOLUTIONS, 'SQS3', deadLetter._offReason);
    acknowledge(this.resource, NagPackId.SERVERLESS, 'SQSRedrivePolicy', deadLetter._offReason);
  }

  /** A queue that is kept without its key is a queue of noise. Only the end shows what became of the key. */
  private failWithoutKey(): void {
    this.node.addValidation({
      validate: () => {
        const key = this.encryptionMasterKey?.node.defaultChild;
        const kept = this.keepsData && this.resource.cfnOptions.deletionPolicy !== CfnDeletionPolicy.DELETE; // an aspect may have decided for both
        const lost = kept && key !== undefined && CfnResource.isCfnResource(key) && key.cfnResourceType === 'AWS::KMS::Key'
          && key.cfnOptions.deletionPolicy === 'Delete';
        return lost ? [`The queue is kept, but its key ${this.encryptionMasterKey!.node.path} is deleted with its stack: keep the key, `
          + 'or pass removal: QueueRemoval.destroy(reason) [SecureQueue.Key]'] : [];
      },
    });
  }
}
