import { Fn, Lazy, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { ArnPrincipal, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SecureFunctionAlias } from '../../src/function/invocation/secure-function-alias';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';
import { statementLines } from '../triggers/support';

const FOREIGN = 'arn:aws:iam::444455556666:role/partner';

function policyOf(stack: Stack): string[] {
  return statementLines(Object.values(templateOf(stack).findResources('AWS::IAM::Policy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement));
}

test('a caller of an alias may call the alias, and neither the function nor its versions', () => {
  const stack = testStack();
  const alias = aFunction(stack).addAlias('live');
  alias.allowInvoke(new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
  expect(policyOf(stack)).toEqual([expect.stringMatching(/^lambda:InvokeFunction \| <OrdersAliaslive\w+>$/)]);
});

test('a caller of the function may not call its alias', () => {
  const stack = testStack();
  const fn = aFunction(stack);
  fn.addAlias('live');
  fn.allowInvoke(new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
  expect(policyOf(stack)).toEqual(['lambda:InvokeFunction | <OrdersA9B65338.Arn>']);
});

test.each([
  ['principal', () => new ArnPrincipal(FOREIGN)],
  ['imported role', (stack: Stack) => Role.fromRoleArn(stack, 'Partner', FOREIGN)],
] as const)('a %s of another account stands in the policy of the alias alone', (_, principal) => {
  const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
  aFunction(stack).addAlias('live').allowInvoke(principal(stack));
  templateOf(stack).resourceCountIs('AWS::Lambda::Permission', 1);
  templateOf(stack).hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', FunctionName: { Ref: Match.stringLikeRegexp('^OrdersAliaslive') }, Principal: FOREIGN,
  });
});

test('an alias of a function of Node.js has the same verb', () => {
  const stack = testStack();
  const fn = new SecureNodejsFunction(stack, 'Orders', { entry: `${__dirname}/handlers/hello.ts` });
  expect(fn.addAlias('live')).toBeInstanceOf(SecureFunctionAlias);
});

test('a service that does not wait for the answer of the alias gives the function a failure queue', () => {
  const stack = testStack();
  const fn = aFunction(stack);
  fn.addAlias('live').addPermission('News', { principal: new ServicePrincipal('sns.amazonaws.com'), sourceArn: 'arn:aws:sns:eu-west-1:111122223333:news' });
  expect(fn.failureQueue).toBeDefined();
});

test('fails when a service may call the alias for everybody', () => {
  const stack = testStack();
  const alias = aFunction(stack).addAlias('live');
  expect(() => alias.allowInvoke(new ServicePrincipal('sns.amazonaws.com'))).toThrow(
    "'sourceArn' must name the resource in whose name sns calls the function, or anybody's resource could; add its ARN to the permission [SecureFunction.SourceArn, at 'Shop/Orders']");
});

test('a function that was imported without its role fails as a caller, of a function and of its alias', () => {
  const stack = testStack();
  const fn = aFunction(stack);
  const caller = LambdaFunction.fromFunctionArn(stack, 'Elsewhere', 'arn:aws:lambda:eu-west-1:111122223333:function:elsewhere');
  const message = "'principal' must be known, and a function that was imported without its role is not; "
    + "import it with Function.fromFunctionAttributes(), which takes its role [SecureFunction.UnknownCaller, at 'Shop/Orders']";
  expect(() => fn.allowInvoke(caller)).toThrow(message);
  expect(() => fn.addAlias('live').allowInvoke(caller)).toThrow(message);
  expect(() => fn.addPermission('Elsewhere', { principal: caller.grantPrincipal })).toThrow(message);
});

test('an alias fails under a name that is known only at deployment', () => {
  const stack = testStack();
  expect(() => aFunction(stack).addAlias(Lazy.string({ produce: () => 'live' }))).toThrow("'aliasName' must be known at synth, because the construct is named after it, "
    + "got a value that is only known at deployment; write it out [SecureFunction.AliasName, at 'Shop/Orders']");
});

test.each(['*', 'li*', '7', '', 'a b', 'a'.repeat(129)])('an alias fails under the name %p', (name) => {
  const stack = testStack();
  const fn = aFunction(stack);
  expect(() => fn.addAlias(name)).toThrow(`'aliasName' must be 1 to 128 letters, digits, hyphens and underscores, and not a number alone, which is a version, got ${JSON.stringify(name)}; `
    + `call it 'live', or after the stage that it serves [SecureFunction.AliasName, at 'Shop/Orders/Alias${name}']`);
  expect(fn.node.children.map(({ node }) => node.id)).toEqual(aFunction(testStack()).node.children.map(({ node }) => node.id));
});

test.each(['live', 'v7', '7-9', 'a'.repeat(128), Fn.importValue('Alias')])('an alias may be called %p', (aliasName) => {
  const fn = aFunction(testStack());
  const alias = new SecureFunctionAlias(fn, 'Alias', { aliasName, version: fn.currentVersion });
  expect(alias.stack.resolve(alias.aliasName)).toEqual(expect.anything());
});

describe('fails, since each would have to be there before the other, for a caller that is', () => {
  const refusal = (fn: string, caller: string) => "'grantee' must not be a function that this one calls, or this one itself: each of them waits for its rights, which name the next, "
    + `got "${caller}"; let them send messages by a queue, or give the right by a policy of its own, for which no function waits: new ManagedPolicy(this, id, { roles: [fn.role!] }) `
    + `[SecureFunction.CallCircle, at '${fn}']`;

  test('the function itself, by its own name or an alias', () => {
    const fn = aFunction(testStack());
    expect(() => fn.allowInvoke(fn)).toThrow(refusal('Shop/Orders', 'Shop/Orders'));
    expect(() => fn.addAlias('live').allowInvoke(fn)).toThrow(refusal('Shop/Orders', 'Shop/Orders'));
  });

  test('called by it, at once or by way of others', () => {
    const stack = testStack();
    const [a, b, c, d] = ['A', 'B', 'C', 'D'].map((id) => aFunction(stack, id));
    b.allowInvoke(a);
    c.addAlias('live').allowInvoke(b.role!);
    for (const caller of [b, c]) expect(() => a.allowInvoke(caller)).toThrow(refusal('Shop/A', caller.node.path));
    a.allowInvoke(d); // calls, and is not called
    c.allowInvoke(a);
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 3);
  });

  test('but not where a policy of its own gives the right', () => {
    const stack = testStack();
    const fn = aFunction(stack);
    fn.allowInvoke(new ManagedPolicy(stack, 'Again', { roles: [fn.role!] }));
    templateOf(stack).resourceCountIs('AWS::IAM::ManagedPolicy', 1); // which the assertions refuse where it goes in a circle
  });
});
