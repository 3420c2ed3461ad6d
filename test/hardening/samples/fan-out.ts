import { App, Duration, Stack, StackProps } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { SubscriptionFilter, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

// One topic fanned out to queues by filter, each queue read by a function; an e-mail address listens too.
class FanOutStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const topic = new Topic(this, 'orderStatus', { displayName: 'Status of orders', topicName: 'orders-status' });

    const placed = new Queue(this, 'placed-orders', {
      visibilityTimeout: Duration.seconds(300),
      queueName: 'placed-orders',
    });
    topic.addSubscription(new SqsSubscription(placed, {
      rawMessageDelivery: true,
      filterPolicy: { status: SubscriptionFilter.stringFilter({ allowlist: ['placed'] }) },
    }));

    const rest = new Queue(this, 'other-orders', { visibilityTimeout: Duration.seconds(300) });
    topic.addSubscription(new SqsSubscription(rest, {
      rawMessageDelivery: true,
      filterPolicy: { status: SubscriptionFilter.stringFilter({ denylist: ['placed'] }) },
    }));
    topic.addSubscription(new EmailSubscription('ops@example.com'));

    for (const [name, queue] of Object.entries({ Placed: placed, Rest: rest })) {
      const subscriber = new Function(this, `${name}Reader`, {
        runtime: Runtime.NODEJS_20_X,
        code: Code.fromInline('exports.handler = async (event) => console.log(event.Records.length);'),
        handler: 'index.handler',
      });
      queue.grantConsumeMessages(subscriber);
      subscriber.addEventSource(new SqsEventSource(queue, {}));
    }
  }
}

export const fanOut = (app: App): void => {
  new FanOutStack(app, 'FanOutStack');
};
