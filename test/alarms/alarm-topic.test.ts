import { Annotations, App, Stack } from 'aws-cdk-lib';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';

/** The topics that are said to reach nobody, when all that a synthesis validates is validated. */
function unheard(...stacks: readonly Stack[]): string[] {
  const told = jest.spyOn(Annotations.prototype, 'addWarningV2').mockImplementation();
  const found = stacks.filter((stack) => {
    told.mockClear();
    for (const { node } of stack.node.findAll()) node.validate();
    return told.mock.calls.some(([id]) => id === 'cdk-secure-serverless:AlarmTopicWithoutSubscriber');
  });
  told.mockRestore();
  return found.map(({ node }) => node.id);
}

function appWithTopics(): [Stack, Stack] {
  const app = new App();
  const stacks: [Stack, Stack] = [new Stack(app, 'Shop'), new Stack(app, 'Stock')];
  for (const stack of stacks) StackAlarmTopic.of(stack);
  return stacks;
}

function subscribe(scope: Construct, stack: Stack): void {
  new CfnSubscription(scope, 'OnCall', { protocol: 'email', endpoint: 'oncall@example.com', topicArn: StackAlarmTopic.of(stack).topicArn });
}

test('a topic that nobody subscribed to is told', () => {
  expect(unheard(...appWithTopics())).toEqual(['Shop', 'Stock']);
});

test('a subscription is found wherever in the app it stands', () => {
  const [shop, stock] = appWithTopics();
  subscribe(new Construct(shop, 'Elsewhere'), shop);
  expect(unheard(shop, stock)).toEqual(['Stock']);
});

test('a subscription that comes between two syntheses is found', () => {
  const [shop, stock] = appWithTopics();
  expect(unheard(shop, stock)).toEqual(['Shop', 'Stock']);
  subscribe(new Construct(stock, 'Elsewhere'), stock);
  expect(unheard(shop, stock)).toEqual(['Shop']);
  subscribe(new Construct(shop, 'Elsewhere'), shop);
  expect(unheard(shop, stock)).toEqual([]);
});
