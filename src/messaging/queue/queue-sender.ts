import { IRule } from 'aws-cdk-lib/aws-events';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';

/** One resource in whose name an AWS service sends messages into a queue. */
export class QueueSender {
  /** A topic to which the queue is subscribed. `SecureTopic.subscribeQueue` does both. */
  public static topic(topic: ITopic): QueueSender {
    return new QueueSender('sns.amazonaws.com', topic.topicArn, topic);
  }

  /**
   * A rule of EventBridge whose target the queue is. `SecureEventBus.routeToQueue` does both. Nested stacks of a rule and its queue would wait for
   * each other: there the rule gets a name, which the queue's policy writes. Where the two stand in stacks apart, all rules of the account are let in.
   */
  public static rule(rule: IRule): QueueSender {
    return new QueueSender('events.amazonaws.com', rule.ruleArn, undefined, rule);
  }

  /** A bucket that notifies the queue. Its notification has to be set up besides. */
  public static bucket(bucket: IBucket): QueueSender {
    return new QueueSender('s3.amazonaws.com', bucket.bucketArn, bucket);
  }

  /**
   * Any other service that names its source.
   * @param service The principal, for example `ses.amazonaws.com`
   * @param sourceArn The ARN of the resource in whose name it sends: it is what keeps other accounts' use of the service out
   * @throws ConfigurationError [SecureQueue.Source] when the ARN does not name one source, once it is let in
   */
  public static service(service: string, sourceArn: string): QueueSender {
    return new QueueSender(service, sourceArn);
  }

  private constructor(
    /** @internal */ public readonly _service: string,
    /** @internal */ public readonly _sourceArn: string,
    /** @internal */ public readonly _source?: IConstruct,
    /** Names the queue itself. @internal */ public readonly _rule?: IRule,
  ) {}
}
