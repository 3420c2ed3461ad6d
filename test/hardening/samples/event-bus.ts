import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Archive, EventBus, EventField, EventPattern, Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';

// A bus of one's own with rules to functions, a queue, a topic, a log group and another bus, and an archive for replays.
export const eventBus = (app: App): void => {
  const stack = new Stack(app, 'EventHub', { tags: { team: 'platform', env: 'dev' } });

  const bus = new EventBus(stack, 'Bus', { eventBusName: 'store-events' });
  const partnerBus = EventBus.fromEventBusArn(stack, 'PartnerBus', `arn:aws:events:${stack.region}:111122223333:event-bus/partner`);
  new Archive(stack, 'Archive', { sourceEventBus: bus, eventPattern: { account: [stack.account] }, retention: Duration.days(365) });

  const make = (id: string) => new Function(stack, id, {
    runtime: Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: Code.fromInline('def handler(event, context):\n    print(event)'),
  });
  const billing = make('BillingService');
  const shipping = make('ShippingService');
  const publisher = make('Publisher');
  bus.grantPutEventsTo(publisher);

  const orderPlaced: EventPattern = { source: ['store.orders'], detailType: ['OrderPlaced'] };
  new Rule(stack, 'ToServices', {
    eventBus: bus,
    eventPattern: orderPlaced,
    targets: [new targets.LambdaFunction(billing, { retryAttempts: 3 }), new targets.LambdaFunction(shipping)],
  });

  const bigOrders = new Queue(stack, 'BigOrders');
  new Rule(stack, 'ToQueue', {
    eventBus: bus,
    eventPattern: { ...orderPlaced, detail: { total: Match.greaterThan(1000) } },
  }).addTarget(new targets.SqsQueue(bigOrders));

  const alerts = new Topic(stack, 'Alerts');
  new Rule(stack, 'ToTopic', {
    eventBus: bus,
    eventPattern: { source: Match.prefix('store.'), detailType: ['OrderFailed'] },
    targets: [new targets.SnsTopic(alerts, { message: RuleTargetInput.fromText(`Order failed: ${EventField.fromPath('$.detail.id')}`) })],
  });

  const catchAll = new LogGroup(stack, 'CatchAll', { logGroupName: '/aws/events/store', retention: RetentionDays.ONE_WEEK, removalPolicy: RemovalPolicy.DESTROY });
  new Rule(stack, 'ToLogs', { eventBus: bus, eventPattern: { source: Match.prefix('store.') }, targets: [new targets.CloudWatchLogGroup(catchAll)] });
  new Rule(stack, 'ToPartner', { eventBus: bus, eventPattern: { detailType: ['OrderShipped'] }, targets: [new targets.EventBus(partnerBus)] });
};
