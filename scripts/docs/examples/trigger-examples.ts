import {
  aws_events as events, aws_events_targets as targets, aws_iam as iam, aws_lambda as lambda, aws_lambda_event_sources as sources,
  aws_sqs as sqs, Duration, Stack,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:failed';
const CLICKS = { functionName: 'count', eventSourceArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks', startingPosition: 'LATEST' };

function makeFunction(stack: Stack, id: string, options: lambda.FunctionOptions = {}): lambda.Function {
  return new lambda.Function(stack, id, {
    ...options, runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => 1;'),
  });
}

export const TRIGGER_EXAMPLES: RuleExamples = {
  AsyncFailurePath: {
    violates(stack) {
      const clean = makeFunction(stack, 'Clean');
      new events.Rule(stack, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(clean)] });
    },
    passes(stack) {
      const clean = makeFunction(stack, 'Clean', { deadLetterQueueEnabled: true });
      new events.Rule(stack, 'Nightly', { schedule: events.Schedule.rate(Duration.days(1)), targets: [new targets.LambdaFunction(clean)] });
    },
  },
  BatchPartialResponse: {
    violates(stack) {
      makeFunction(stack, 'Work').addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Jobs')));
    },
    passes(stack) {
      makeFunction(stack, 'Work').addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Jobs'), { reportBatchItemFailures: true }));
    },
  },
  EventFlowCircle: {
    violates(stack) {
      const bus = new events.EventBus(stack, 'Bus');
      const react = makeFunction(stack, 'React');
      new events.Rule(stack, 'Paid', { eventBus: bus, eventPattern: { source: ['shop.orders'] }, targets: [new targets.LambdaFunction(react)] });
      react.addToRolePolicy(new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }));
    },
    passes(stack) {
      const bus = new events.EventBus(stack, 'Bus');
      const react = makeFunction(stack, 'React');
      new events.Rule(stack, 'Paid', { eventBus: bus, eventPattern: { source: ['shop.orders'] }, targets: [new targets.LambdaFunction(react)] });
      const conditions = { StringEquals: { 'events:source': 'shop.bills' } };
      react.addToRolePolicy(new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn], conditions }));
    },
  },
  FunctionUnused: {
    violates(stack) {
      makeFunction(stack, 'Print').addFunctionUrl();
      makeFunction(stack, 'Old');
    },
    passes(stack) {
      makeFunction(stack, 'Print').addFunctionUrl();
    },
  },
  OpenTriggerSource: {
    violates(stack) {
      const queue = new sqs.Queue(stack, 'Jobs');
      makeFunction(stack, 'Work').addEventSource(new sources.SqsEventSource(queue));
      queue.grantSendMessages(new iam.ServicePrincipal('sns.amazonaws.com'));
    },
    passes(stack) {
      const queue = new sqs.Queue(stack, 'Jobs');
      makeFunction(stack, 'Work').addEventSource(new sources.SqsEventSource(queue));
      queue.grantSendMessages(new iam.ServicePrincipal('sns.amazonaws.com', {
        conditions: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:notices' } },
      }));
    },
  },
  PermissionSourceAbsent: {
    violates(stack) {
      const sourceArn = stack.formatArn({ service: 'events', resource: 'rule', resourceName: 'paid' });
      makeFunction(stack, 'Print').addPermission('Rule', { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn });
    },
    passes(stack) {
      new events.Rule(stack, 'Paid', { eventPattern: { source: ['shop'] }, targets: [new targets.LambdaFunction(makeFunction(stack, 'Print'))] });
    },
  },
  QueueConcurrencyLimit: {
    violates(stack) {
      makeFunction(stack, 'Work').addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Jobs')));
    },
    passes(stack) {
      makeFunction(stack, 'Work').addEventSource(new sources.SqsEventSource(new sqs.Queue(stack, 'Jobs'), { maxConcurrency: 10 }));
    },
  },
  QueueVisibilityTimeout: {
    violates(stack) {
      const queue = new sqs.Queue(stack, 'Jobs', { visibilityTimeout: Duration.seconds(30) });
      makeFunction(stack, 'Work', { timeout: Duration.seconds(30) }).addEventSource(new sources.SqsEventSource(queue));
    },
    passes(stack) {
      const queue = new sqs.Queue(stack, 'Jobs', { visibilityTimeout: Duration.seconds(180) });
      makeFunction(stack, 'Work', { timeout: Duration.seconds(30) }).addEventSource(new sources.SqsEventSource(queue));
    },
  },
  RecursionGuard: {
    violates(stack) {
      makeFunction(stack, 'Work', { recursiveLoop: lambda.RecursiveLoop.ALLOW });
    },
    passes(stack) {
      makeFunction(stack, 'Work', { recursiveLoop: lambda.RecursiveLoop.TERMINATE });
    },
  },
  StalePermission: {
    violates(stack) {
      const rule = new events.Rule(stack, 'Paid', { eventPattern: { source: ['shop'] } });
      makeFunction(stack, 'Print').addPermission('Rule', { principal: new iam.ServicePrincipal('events.amazonaws.com'), sourceArn: rule.ruleArn });
    },
    passes(stack) {
      new events.Rule(stack, 'Paid', { eventPattern: { source: ['shop'] }, targets: [new targets.LambdaFunction(makeFunction(stack, 'Print'))] });
    },
  },
  StreamFailurePath: {
    violates(stack) {
      new lambda.CfnEventSourceMapping(stack, 'Clicks', { ...CLICKS, maximumRetryAttempts: 5 });
    },
    passes(stack) {
      new lambda.CfnEventSourceMapping(stack, 'Clicks', { ...CLICKS, maximumRetryAttempts: 5, destinationConfig: { onFailure: { destination: QUEUE } } });
    },
  },
  StreamRetryLimit: {
    violates(stack) {
      new lambda.CfnEventSourceMapping(stack, 'Clicks', CLICKS);
    },
    passes(stack) {
      new lambda.CfnEventSourceMapping(stack, 'Clicks', { ...CLICKS, maximumRetryAttempts: 5, bisectBatchOnFunctionError: true });
    },
  },
  TriggerDisabled: {
    violates(stack) {
      new events.Rule(stack, 'Paid', { eventPattern: { source: ['shop'] }, enabled: false });
    },
    passes(stack) {
      new events.Rule(stack, 'Paid', { eventPattern: { source: ['shop'] } });
    },
  },
  TriggerLoop: {
    violates(stack) {
      const queue = new sqs.Queue(stack, 'Jobs');
      const work = makeFunction(stack, 'Work');
      work.addEventSource(new sources.SqsEventSource(queue));
      queue.grantSendMessages(work);
    },
    passes(stack) {
      const queue = new sqs.Queue(stack, 'Jobs');
      const work = makeFunction(stack, 'Work');
      work.addEventSource(new sources.SqsEventSource(queue));
      new sqs.Queue(stack, 'Done').grantSendMessages(work);
    },
  },
};
