import { Stack } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';

/** Resources in whose name an AWS service publishes to a topic. */
export class TopicPublisher {
  /** The CloudWatch alarms of the topic's account and region. */
  public static alarms(): TopicPublisher {
    return new TopicPublisher('cloudwatch.amazonaws.com', (stack) => stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }));
  }

  /** The budgets of the topic's account. */
  public static budgets(): TopicPublisher {
    return new TopicPublisher('budgets.amazonaws.com', (stack) => stack.formatArn({ service: 'budgets', region: '', resource: '*' }));
  }

  /** A bucket that notifies the topic. Its notification has to be set up besides. */
  public static bucket(bucket: IBucket): TopicPublisher {
    return new TopicPublisher('s3.amazonaws.com', () => bucket.bucketArn, bucket);
  }

  /**
   * Any other service that names its source. EventBridge does not: give the target of its rule a role instead.
   * @param service The principal, for example `ses.amazonaws.com`
   * @param sourceArn The ARN of the resource in whose name it publishes: it is what keeps other accounts' use of the service out
   * @throws ConfigurationError [SecureTopic.Source] when the ARN does not name one source, once it is let in
   */
  public static service(service: string, sourceArn: string): TopicPublisher {
    return new TopicPublisher(service, () => sourceArn);
  }

  private constructor(
    /** @internal */ public readonly _service: string,
    /** @internal */ public readonly _sourceArn: (stack: Stack) => string,
    /** @internal */ public readonly _source?: IConstruct,
  ) {}
}
