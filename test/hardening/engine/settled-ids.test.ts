import { App, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { ServerlessSecurity } from '../../../src/app/serverless-security';

const ORDERS = 'OrdersA9B65338';
const DEAD_LETTERS = 'SharedSecurityRedriveQueue6292E17C';

/** What is done to resources of a hardened stack after the hardening, by an aspect that comes last. */
type Late = (resource: CfnResource, stack: Stack) => void;

function shop(late: Late = () => {}): Stack {
  const app = new App();
  ServerlessSecurity.of(app).harden();
  const stack = new Stack(app, 'Shop');
  new Queue(stack, 'Orders');
  const visited = new Set<unknown>();
  Aspects.of(app).add({
    visit: (node) => {
      if (CfnResource.isCfnResource(node) && !visited.has(node)) late(node, stack);
      visited.add(node);
    },
  }, { priority: 900 });
  return stack;
}

/** The queues by their ids, and everything that the stack says by name. */
function rendered(stack: Stack): { queues: string[]; text: string } {
  const { Resources } = (stack.node.root as App).synth({ force: true }).getStackByName('Shop').template as { Resources: Record<string, { Type: string }> };
  return { queues: Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::SQS::Queue').sort(), text: JSON.stringify(Resources) };
}

const isQueue = (resource: CfnResource, name: string) => resource.node.path === `Shop/${name}/Resource`;

test('ids stay as CDK makes them', () => {
  expect(rendered(shop()).queues).toEqual([ORDERS, DEAD_LETTERS]);
});

test.each<[string, Late]>([
  ['set', (resource) => { if (isQueue(resource, 'SharedSecurity/RedriveQueue')) resource.overrideLogicalId('DeadLetters'); }],
  ['renamed', (resource, stack) => { if (isQueue(resource, 'SharedSecurity/RedriveQueue')) stack.renameLogicalId(DEAD_LETTERS, 'DeadLetters'); }],
])('an id that is %s when hardening is done stands everywhere', (_, late) => {
  const { queues, text } = rendered(shop(late));
  expect(queues).toEqual(['DeadLetters', ORDERS]);
  expect(text).not.toContain(DEAD_LETTERS);
});

test('a resource of the author\'s can be renamed when hardening is done', () => {
  const { queues, text } = rendered(shop((resource, stack) => { if (isQueue(resource, 'Orders')) stack.renameLogicalId(ORDERS, 'Kept'); }));
  expect(queues).toEqual(['Kept', DEAD_LETTERS]);
  expect(text).not.toContain(ORDERS);
});

test('an id can be changed between two syntheses', () => {
  const stack = shop();
  rendered(stack);
  stack.renameLogicalId(ORDERS, 'Kept');
  expect(rendered(stack).queues).toEqual(['Kept', DEAD_LETTERS]);
});

test('ids that the author set, or that another stack was told, stay', () => {
  const stack = shop();
  (stack.node.findChild('Orders').node.defaultChild as CfnResource).overrideLogicalId('Mine');
  const told = new Queue(stack, 'Told');
  stack.exportValue(told.queueArn);
  expect(rendered(stack).queues).toEqual(['Mine', DEAD_LETTERS, 'Told4D226AF3']);
});
