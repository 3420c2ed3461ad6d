import { App, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { CfnRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnQueue, CfnQueueInlinePolicy, CfnQueuePolicy, Queue } from 'aws-cdk-lib/aws-sqs';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { HardeningSite } from '../../../src/core/hardening/hardening-site';
import { mapItems, withItem } from '../../../src/core/hardening/values/list-items';
import { resourcesOfStage } from '../../../src/hardening/resources-of-stage';

function hardenedStack(): Stack {
  const app = new App();
  ServerlessSecurity.of(app).harden();
  return new Stack(app, 'Shop');
}

describe('which resource a part of a value names', () => {
  const app = new App();
  const [shop, other] = ['Shop', 'Other'].map((id) => new Stack(app, id));
  const [orders, failed] = [new Queue(shop, 'Orders'), new Queue(other, 'Failed')];
  const rule = new Rule(shop, 'Rule', { eventBus: new EventBus(shop, 'Bus'), eventPattern: { source: ['shop'] } });
  rule.addTarget(new SqsQueue(orders, { deadLetterQueue: failed }));
  const resource = rule.node.defaultChild as CfnQueue;
  const targets = Reflect.get(resource, 'targets') as unknown;
  const site = new HardeningSite(app, resourcesOfStage(app));

  test.each([
    ['of another stack', ['deadLetterConfig', 'arn'], failed],
    ['of the same stack', ['arn'], orders],
  ])('%s, and no resource of the other parts', (_, path, queue) => {
    expect(site.targetsAt(resource, targets, path)).toEqual([queue.node.defaultChild]);
  });

  test('written by hand', () => {
    const written = [{ arn: { 'Fn::GetAtt': [shop.getLogicalId(orders.node.defaultChild as CfnQueue), 'Arn'] } }];
    expect(site.targetsAt(resource, written, ['arn'])).toEqual([orders.node.defaultChild]);
  });

  test('none where there is no such part', () => {
    expect(site.targetsAt(resource, targets, ['retryPolicy', 'arn'])).toStrictEqual([]);
  });
});

describe('lists', () => {
  const stack = new Stack();
  const later = (value: unknown) => Lazy.any({ produce: () => value });
  const change = (item: object) => ({ ...item, changed: true });

  test.each([
    ['written', [{ a: 1 }]],
    ['of which an element is known later', [later({ a: 1 })]],
    ['known later', later([{ a: 1 }])],
  ])('%s are changed element by element, and take one more', (_, list) => {
    expect(stack.resolve(mapItems(list, change))).toEqual([{ a: 1, changed: true }]);
    expect(stack.resolve(withItem(list, { b: 2 }))).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test('that are empty stay so', () => {
    expect(stack.resolve(mapItems(undefined, change))).toBeUndefined();
    expect(stack.resolve(withItem(undefined, { b: 2 }))).toEqual([{ b: 2 }]);
  });
});

describe('the policy of a resource', () => {
  // queues for failed messages get none of their own, whose policy would be one more
  const denied = Match.objectLike({ Sid: 'OnlyOverTls' });

  test('is extended where an author wrote one for the queue of a construct: a second one would overwrite it', () => {
    const stack = hardenedStack();
    const queue = new Queue(stack, 'OrdersDlq');
    new CfnQueuePolicy(stack, 'Policy', {
      queues: [queue.queueUrl], policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:Purge*', Resource: '*' }] },
    });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::SQS::QueuePolicy', 1);
    template.hasResourceProperties('AWS::SQS::QueuePolicy', { PolicyDocument: { Statement: [Match.objectLike({ Action: 'sqs:Purge*' }), denied] } });
  });

  test('keeps references to other stacks', () => {
    const stack = hardenedStack();
    const role = new Role(new Stack(stack.node.root, 'People'), 'Reader', { assumedBy: new ServicePrincipal('ec2.amazonaws.com'), roleName: 'reader' });
    const statement = { Effect: 'Allow', Principal: { AWS: (role.node.defaultChild as CfnRole).attrArn }, Action: 'sqs:ReceiveMessage', Resource: '*' };
    const later = (produce: () => unknown) => Lazy.any({ produce });
    [{ Statement: statement }, later(() => ({ Statement: statement })), { Statement: later(() => [statement]) }].forEach((policyDocument, index) => {
      new CfnQueuePolicy(stack, `Policy${index}`, { queues: [new CfnQueue(stack, `OrdersDlq${index}`).ref], policyDocument });
    });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::SQS::QueuePolicy'));
    expect(policies.map(({ Properties: { PolicyDocument: { Statement: [first, ...added] } } }) => (
      [Object.keys(first.Principal.AWS), added.map(({ Sid }: { Sid: string }) => Sid)]))).toEqual(policies.map(() => [['Fn::ImportValue'], ['OnlyOverTls']]));
  });

  test('is left and reported where something else writes it', () => {
    const stack = hardenedStack();
    const queue = new CfnQueue(stack, 'OrdersDlq');
    new CfnQueueInlinePolicy(stack, 'Policy', { queue: queue.ref, policyDocument: {} });
    Template.fromStack(stack).resourceCountIs('AWS::SQS::QueuePolicy', 0);
    expect(changesOf(stack.node.root)).toContainEqual(expect.objectContaining({ property: 'the resource policy', outcome: 'unknown' }));
  });
});
