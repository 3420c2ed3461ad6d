import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConstructTree } from '../../src/core/construct-tree';
import { SecurityProfile } from '../../src/core/profile/security-profile';

const below = (root: Construct) => ConstructTree.below(root).all.map(({ construct, path, profile }) => [construct, path, profile.name]);

test('each construct with its path and its profile, in the order in which CDK walks', () => {
  const app = new App();
  const test = new Stage(app, 'Test');
  const shop = new Stack(test, 'Shop');
  SecurityProfile.sandbox().applyTo(test);
  const orders = new Construct(shop, 'Orders');
  const other = new Stack(app, 'Other');
  SecurityProfile.regulated().applyTo(orders);
  const table = new CfnResource(orders, 'Table', { type: 'A::B::C' });
  expect(below(app)).toEqual(app.node.findAll().map((node) => [node, node.node.path, SecurityProfile.of(node).name]));
  expect(below(test)).toEqual([[test, 'Test', 'sandbox'], [shop, 'Test/Shop', 'sandbox'], [orders, 'Test/Shop/Orders', 'regulated'], [table, 'Test/Shop/Orders/Table', 'regulated']]);
  expect(below(app).at(-1)).toEqual([other, 'Other', 'production']);
  const tree = ConstructTree.below(app);
  expect(['Test/Shop/Orders/Table', 'Test/Shop', 'Other', 'Test/Gone', '', undefined].map((path) => tree.profileAt(path).name))
    .toEqual(['regulated', 'sandbox', 'production', 'production', 'production', 'production']);
});

test('notes of one type, in tree order, as they are when they are first asked for', () => {
  const app = new App();
  const shop = new Stack(app, 'Shop');
  const tree = ConstructTree.below(app);
  shop.node.addMetadata('a', 1);
  shop.node.addMetadata('b', 2);
  app.node.addMetadata('a', { three: 3 });
  shop.node.addMetadata('a', 4);
  expect(tree.notesOf('a').map(({ construct, path, data }) => [construct, path, data])).toEqual([[app, '', { three: 3 }], [shop, 'Shop', 1], [shop, 'Shop', 4]]);
  shop.node.addMetadata('b', 5);
  expect(tree.notesOf('b').map(({ data }) => data)).toEqual([2]);
  expect(tree.notesOf('c')).toStrictEqual([]);
});
