import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { AddToResourcePolicyResult, Grant, GrantOnKeyResult, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnTopic, FifoThroughputScope, ITopicSubscription, Subscription, Topic, TracingConfig } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SecureTopicProps } from './secure-topic-props';
import { allowPublish, allowSubscribe, allowTopicKey } from './topic-access';
import { watchTopic } from './topic-alarms';
import { ALL_TOPIC_ACTIONS, DISPLAY_NAME_LONGEST, PUBLISH_ACTIONS, SIGNATURE_VERSION } from './topic-baseline';
import { logDeliveries } from './topic-delivery-logging';
import { TopicPublisher } from './topic-publisher';
import { checkEndpoint, checkSubscriber, keepUndelivered, QueueSubscriptionOptions, queueSubscriptionOf, subscribeQueue } from './topic-subscriptions';
import { TOPIC_TRACES } from './topic-tracing';
import { checkClassification, classify } from '../../classification/classify';
import { checkInteger, checkLength, checkReason } from '../../core/checks';
import { Place, placeOf, refuse } from '../../core/configuration-error';
import { recordProps } from '../../core/exceptions/overrides';
import { recordWaiver } from '../../core/exceptions/waiver';
import { expectNoKeyCircle } from '../../core/keys/key-circle';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { checkIdentifiers } from '../../logging/log-checks';
import { Admission, checkStatement, serviceOf, SourceStatements } from '../policy-statements';
import { allowSource, openKey, ServiceTarget } from '../service-sources';

/**
 * A topic that only its account can use, and only over TLS; encrypted with a customer-managed key, with a log of failed deliveries, alarms,
 * and a queue that keeps what cannot be delivered.
 *
 * ```ts
 * const placed = new SecureTopic(this, 'OrderPlaced');
 * placed.allowPublish(placeOrder);
 * placed.subscribeQueue(new SecureQueue(this, 'Invoices'));
 * ```
 *
 * Idle it costs its two alarms (0.20 USD a month), the alarm of the stack's dead-letter queue, and a share of the stack's data key (about
 * 1 USD a month for the stack).
 */
export class SecureTopic extends Topic {
  /** The alarms of the topic. */
  public readonly alarms: AlarmBase[];
  private readonly admission: Admission;
  private readonly sources: SourceStatements;

  /**
   * @throws ConfigurationError [SecureTopic.Reason] when a control is weakened with a reason that nobody can judge
   * @throws ConfigurationError [SecureTopic.DisplayName] when the name has more than 100 characters
   * @throws ConfigurationError [SecureTopic.DeliveryLogging] when the logged share does not lie between 1 and 100
   * @throws ConfigurationError [DataClassification.Country], [.Label] or [LogMasking.*] when the classification would mask less than it says
   * @throws ConfigurationError [SecureTopic.Fifo] when a FIFO topic shall mask or trace, which SNS does for standard topics only
   */
  constructor(scope: Construct, id: string, props: SecureTopicProps = {}) {
    checkTopic(placeOf(scope, id), props);
    checkClassification(placeOf(scope, id), props.dataClassification);
    super(scope, id, {
      displayName: props.displayName,
      masterKey: dataKeyFor(scope, props.encryptionKey, placeOf(scope, id)),
      enforceSSL: true,
      signatureVersion: SIGNATURE_VERSION,
      tracingConfig: props.activeTracing === true ? TracingConfig.ACTIVE : TracingConfig.PASS_THROUGH,
      ...props.fifo && {
        fifo: true,
        contentBasedDeduplication: props.fifo.contentBasedDeduplication ?? false,
        fifoThroughputScope: props.fifo.highThroughput === true ? FifoThroughputScope.MESSAGE_GROUP : FifoThroughputScope.TOPIC,
      },
    });
    recordProps(this, 'SecureTopic', props);
    this.admission = new Admission(this);
    this.sources = new SourceStatements(this);
    this.addToResourcePolicy(this.admission.denyAllOthers(ALL_TOPIC_ACTIONS, this.topicArn));
    const resource = this.node.defaultChild as CfnTopic;
    resource.dataProtectionPolicy = props.masking?._policy;
    if (props.activeTracing === true) resource.node.addDependency(TOPIC_TRACES.of(this));
    this.logDeliveries(props);
    classify(this, props.dataClassification);
    this.alarms = watchTopic(this, props.alarms);
  }

  /**
   * Lets somebody publish: `sns:Publish`, and encryption through SNS for this topic. Not subscribe.
   * @throws ConfigurationError [SecureTopic.ServicePrincipal] when the grantee is a service: use `allowPublishFrom`
   */
  public allowPublish(grantee: IGrantable): Grant {
    return allowPublish(this, grantee);
  }

  /**
   * Lets somebody, for example another account, subscribe queues, functions and Firehose streams of its own: who subscribes reads all messages.
   * @throws ConfigurationError [SecureTopic.ServicePrincipal] when the grantee is a service
   */
  public allowSubscribe(grantee: IGrantable): Grant {
    return allowSubscribe(this, grantee);
  }

  /**
   * Lets a service publish in the name of resources of this account: alarms, budgets, a bucket. The topic's policy names the source, and its
   * key opens for that service and this account.
   * @throws ConfigurationError [SecureTopic.Source] when the source is not named
   * @throws ConfigurationError [SecureTopic.EventBridge] for EventBridge, which names no source
   */
  public allowPublishFrom(publisher: TopicPublisher): void {
    this.refuseEventBridge(publisher._service);
    if (publisher._source !== undefined) expectNoKeyCircle(this, publisher._source);
    allowSource(this, this.asTarget(), 'SecureTopic', { service: publisher._service, sourceArn: publisher._sourceArn(this.stack) });
  }

  /**
   * Delivers messages to a queue, and what cannot be delivered to a dead-letter queue.
   * @throws ConfigurationError [SecureTopic.QueueSubscription] when SNS could not deliver to the queue
   * @throws ConfigurationError [SecureTopic.ForeignSubscriber] when the queue lies in another account
   */
  public subscribeQueue(queue: IQueue, options: QueueSubscriptionOptions = {}): Subscription {
    return subscribeQueue(this, queue, options);
  }

  /**
   * Adds a subscriber. What cannot be delivered to it goes to the dead-letter queue of the stack, unless the subscription names a queue itself.
   * CDK's `SqsSubscription` does the same here as `subscribeQueue`: its own statement for the key of the queue names the topic, and a key that
   * both have in common would wait for itself.
   * @throws ConfigurationError [SecureTopic.QueueSubscription] when SNS could not deliver to the queue
   * @throws ConfigurationError [SecureTopic.PlainHttp] when messages would travel in plain text
   * @throws ConfigurationError [SecureTopic.ForeignSubscriber] when the subscriber lies in another account
   * @throws ConfigurationError [SecureTopic.NestedSubscriber] when CDK would let a nested stack wait for the one around it
   */
  public addSubscription(topicSubscription: ITopicSubscription): Subscription {
    const ofQueue = queueSubscriptionOf(this, topicSubscription);
    if (ofQueue !== undefined) return this.subscribeQueue(ofQueue.queue, ofQueue.options);
    checkSubscriber(this, topicSubscription);
    const subscription = super.addSubscription({
      bind: () => {
        const config = topicSubscription.bind(this);
        checkEndpoint(this, config.endpoint, config.protocol); // before the subscription is made
        return config;
      },
    });
    keepUndelivered(this, subscription);
    return subscription;
  }

  /** What CDK means by publishing, as `allowPublish` gives it. A service may come with a condition on its source. */
  public grantPublish(grantee: IGrantable): Grant {
    const service = serviceOf(this, grantee.grantPrincipal);
    if (service === undefined) return this.allowPublish(grantee);
    this.refuseEventBridge(service);
    this.addToResourcePolicy(new PolicyStatement({ principals: [grantee.grantPrincipal], actions: PUBLISH_ACTIONS, resources: [this.topicArn] }));
    openKey(this, this.asTarget(), service);
    return Grant.drop(grantee, 'stands in the policy of the topic');
  }

  /** What CDK means by subscribing, as `allowSubscribe` gives it. */
  public grantSubscribe(grantee: IGrantable): Grant {
    return this.allowSubscribe(grantee);
  }

  /** Lets somebody use the topic's key through SNS for this topic. */
  public grantOnKey(grantee: IGrantable, ..._actions: string[]): GrantOnKeyResult {
    return { grant: allowTopicKey(this, grantee) };
  }

  /**
   * Adds a statement to the policy of the topic. Accounts and organisations that it allows something are let in by the statement that keeps
   * all others out; a principal whose account is known only at deployment counts as one of the topic's account.
   * @throws ConfigurationError [SecureTopic.Statement] when it names no principals, actions or resources
   * @throws ConfigurationError [SecureTopic.PublicStatement] when it lets everybody in without a condition that binds it to somebody
   * @throws ConfigurationError [SecureTopic.ServiceSource] when it lets a service in for whatever account
   */
  public addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult {
    checkStatement(this, 'SecureTopic', statement);
    this.admission?.admit(statement); // not there yet in CDK's own constructor
    const added = this.sources === undefined ? statement : this.sources.merge(statement);
    return added === undefined ? { statementAdded: true, policyDependable: this.node.findChild('Policy') } : super.addToResourcePolicy(added);
  }

  private asTarget(): ServiceTarget {
    return { resource: this, arn: this.topicArn, key: this.masterKey, actions: PUBLISH_ACTIONS, kind: 'Topic' };
  }

  private refuseEventBridge(service: string): void {
    if (service !== 'events.amazonaws.com') return;
    refuse(this, {
      code: 'SecureTopic.EventBridge',
      prop: 'publisher',
      must: 'must not be EventBridge itself, which tells SNS no source, so that rules of other accounts could publish too',
      fix: 'give the target of the rule a role: new SnsTopic(topic, { authorizeUsingRole: true })',
    });
  }

  private logDeliveries({ deliveryLogging }: SecureTopicProps): void {
    if (deliveryLogging?._offReason !== undefined) return recordWaiver(this, { control: 'Topic.deliveryLogging', reason: deliveryLogging._offReason });
    logDeliveries(this, deliveryLogging?._percent ?? 0);
  }
}

function checkTopic(place: Place, { displayName, fifo, masking, activeTracing, deliveryLogging }: SecureTopicProps): void {
  checkLength(place, displayName, 0, DISPLAY_NAME_LONGEST, { code: 'SecureTopic.DisplayName', prop: 'displayName', fix: 'shorten it' });
  if (deliveryLogging?._offReason !== undefined) {
    checkReason(place, deliveryLogging._offReason, { code: 'SecureTopic.Reason', prop: 'deliveryLogging', fix: 'say why this topic may do without' });
  }
  if (deliveryLogging?._percent !== 0) {
    checkInteger(place, deliveryLogging?._percent, 1, 100, {
      code: 'SecureTopic.DeliveryLogging', prop: 'deliveryLogging', fix: 'use TopicDeliveryLogging.failures() to log no successful deliveries',
    });
  }
  checkIdentifiers(place, masking?._identifiers ?? []);
  const standardOnly = masking !== undefined ? 'masking' : activeTracing === true ? 'activeTracing' : undefined;
  if (fifo !== undefined && standardOnly !== undefined) {
    refuse(place, { code: 'SecureTopic.Fifo', prop: standardOnly, must: 'must not be set for a FIFO topic: SNS offers it for standard topics only', fix: 'leave it out' });
  }
}
