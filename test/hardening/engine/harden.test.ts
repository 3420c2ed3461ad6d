import { readFileSync } from 'fs';
import { join } from 'path';
import { Annotations, App, Aspects, CfnParameter, CfnResource, IPropertyInjector, Mixins, NestedStack, PropertyInjectors, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnInstance, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnQueue, CfnQueuePolicy, Queue } from 'aws-cdk-lib/aws-sqs';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { ConfigurationError } from '../../../src/core/configuration-error';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf, HardeningChange } from '../../../src/core/hardening/hardening-change';
import { HardenOptions } from '../../../src/hardening/harden-options';
import { Hardening } from '../../../src/hardening/hardening';
import { SecureQueue } from '../../../src/messaging/queue/secure-queue';
import { RECOMMENDED_FLAGS } from '../../support/apps';
import { propertiesOf } from '../support/hardened';

const QUEUE_POLICY = 'AWS::SQS::QueuePolicy';

function hardenedApp(options: HardenOptions = {}, flags: Record<string, unknown> = {}): App {
  const app = new App({ context: flags });
  ServerlessSecurity.of(app).harden(options);
  return app;
}

function changes(app: App): readonly HardeningChange[] {
  app.synth();
  return changesOf(app)!;
}

const outcomes = (app: App) => changes(app).map(({ at, property, outcome }) => [at, property, outcome]);

test.each([['no flags', {}], ['recommended flags', RECOMMENDED_FLAGS]])('a queue of an author denies plain HTTP, with %s', (_, flags) => {
  const stack = new Stack(hardenedApp({}, flags), 'Shop');
  new Queue(stack, 'Orders');
  Template.fromStack(stack).hasResourceProperties(QUEUE_POLICY, {
    PolicyDocument: Match.objectLike({
      Statement: [Match.objectLike({ Sid: 'OnlyOverTls', Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
    }),
  });
});

test('the report says what was changed, why, and what it does to a running stack', () => {
  const app = hardenedApp();
  new CfnQueue(new Stack(app, 'Shop'), 'Orders', { sqsManagedSseEnabled: false });
  expect(changes(app)).toEqual([
    {
      at: 'Shop/Orders',
      resourceType: 'AWS::SQS::Queue',
      property: 'SqsManagedSseEnabled',
      before: 'false',
      after: 'true',
      rule: 'QueueEncryption',
      outcome: 'kept',
      impact: 'in-place',
      note: undefined,
      dryRun: false,
    },
    {
      at: 'Shop/Orders',
      resourceType: 'AWS::SQS::Queue',
      property: 'KmsMasterKeyId',
      before: undefined,
      after: 'a key of your own',
      rule: 'QueueKey',
      outcome: 'proposed',
      impact: 'in-place',
      note: 'Set encryptionMasterKey, and give everybody who sends or receives the use of the key first, services in its policy: whoever lacks it loses messages.',
      dryRun: false,
    },
    {
      at: 'Shop/Orders',
      resourceType: 'AWS::SQS::Queue',
      property: 'RedrivePolicy',
      before: undefined,
      after: 'the queue of the stack for failed messages, after 5 receives',
      rule: 'QueueRedrivePolicy',
      outcome: 'set',
      impact: 'needs-attention',
      note: 'A message that is received 5 times and not deleted goes to another queue: see that consumers delete what they have done, '
        + 'and that no redrive policy was set by hand.',
      dryRun: false,
    },
    {
      at: 'Shop/Orders',
      resourceType: 'AWS::SQS::Queue',
      property: 'the resource policy',
      before: undefined,
      after: 'a statement that denies sqs:* when aws:SecureTransport is false',
      rule: 'QueueTlsOnly',
      outcome: 'set',
      impact: 'in-place',
      note: undefined,
      dryRun: false,
    },
  ]);
});

test('strict hardening replaces what is plainly unsafe, and reports what it was', () => {
  const app = hardenedApp({ strict: true });
  const stack = new Stack(app, 'Shop');
  new CfnQueue(stack, 'Orders', { sqsManagedSseEnabled: false });
  expect(outcomes(app)).toContainEqual(['Shop/Orders', 'SqsManagedSseEnabled', 'replaced']);
  Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
});

test('what an escape hatch sets wins over hardening, and is reported', () => {
  const app = hardenedApp({ strict: true });
  const stack = new Stack(app, 'Shop');
  new CfnQueue(stack, 'Orders', { sqsManagedSseEnabled: true }).addPropertyOverride('SqsManagedSseEnabled', false);
  expect(outcomes(app)).toContainEqual(['Shop/Orders', 'SqsManagedSseEnabled', 'kept']);
});

test('a dry run reports everything and changes nothing', () => {
  const app = hardenedApp({ dryRun: true });
  const stack = new Stack(app, 'Shop');
  new Queue(stack, 'Orders');
  expect(outcomes(app)).toEqual([
    ['Shop/Orders/Resource', 'KmsMasterKeyId', 'proposed'], ['Shop/Orders/Resource', 'RedrivePolicy', 'set'], ['Shop/Orders/Resource', 'the resource policy', 'set'],
  ]);
  Template.fromStack(stack).resourceCountIs(QUEUE_POLICY, 0);
});

test('calling it twice, and synthesizing twice, changes nothing more', () => {
  const once = hardenedApp();
  new Queue(new Stack(once, 'Shop'), 'Orders');
  const twice = hardenedApp();
  ServerlessSecurity.of(twice).harden();
  new Queue(new Stack(twice, 'Shop'), 'Orders');
  const template = once.synth().getStackByName('Shop').template;
  expect(twice.synth().getStackByName('Shop').template).toEqual(template);
  expect(changesOf(twice)).toEqual(changesOf(once));
  expect(twice.synth({ force: true }).getStackByName('Shop').template).toEqual(template);
  expect(changesOf(twice)).toEqual(changesOf(once));
});

describe('where it reaches', () => {
  // of the author's queues: those that hardening made have policies too
  const denials = (stack: Stack) => Object.keys(Template.fromStack(stack).findResources(QUEUE_POLICY)).filter((id) => !id.startsWith('SharedSecurity')).length;

  test('stages that are made after the call, and the nested stacks in them', () => {
    const app = hardenedApp();
    const stack = new Stack(new Stage(new Stage(app, 'Prod'), 'Inner'), 'Shop');
    const nested = new NestedStack(stack, 'Nested');
    new Queue(stack, 'Orders');
    new CfnQueue(nested, 'Bills');
    app.synth();
    expect([denials(stack), denials(nested)]).toEqual([1, 1]);
  });

  test('a stage of plain resources only if it is hardened itself', () => {
    const app = hardenedApp();
    const [left, hardened] = ['Left', 'Hardened'].map((id) => new Stage(app, id));
    ServerlessSecurity.of(hardened).harden();
    const stacks = [left, hardened].map((stage) => new Stack(stage, 'Shop'));
    stacks.forEach((stack) => new CfnQueue(stack, 'Orders'));
    app.synth();
    expect(stacks.map(denials)).toEqual([0, 1]);
  });

  test('one stack, if it is called for a stack', () => {
    const app = new App();
    const [left, hardened] = ['Left', 'Hardened'].map((id) => new Stack(app, id));
    ServerlessSecurity.of(hardened).harden();
    [left, hardened].forEach((stack) => new Queue(stack, 'Orders'));
    app.synth();
    expect([left, hardened].map(denials)).toEqual([0, 1]);
  });

  test('constructs that are there already, as a mixin at the end of the file', () => {
    const app = new App();
    const stack = new Stack(new Stage(app, 'Prod'), 'Shop');
    new CfnQueue(stack, 'Orders');
    Mixins.of(app).apply(new Hardening());
    new CfnQueue(stack, 'Later');
    app.synth();
    expect(denials(stack)).toBe(1);
  });

  test('one construct, as a mixin of its own', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    new Queue(stack, 'Orders').with(new Hardening());
    new Queue(stack, 'Bills');
    expect(denials(stack)).toBe(1);
  });

  test('not what is excepted by its area or its path', () => {
    const app = new App();
    ServerlessSecurity.of(app).harden({ exceptPaths: ['Shop/Legacy'] });
    const stack = new Stack(app, 'Shop');
    ['Legacy', 'LegacyToo'].forEach((id) => new Queue(stack, id));
    expect(denials(stack)).toBe(1);
    const without = new Stack(hardenedApp({ except: [HardeningArea.MESSAGING] }), 'Shop');
    new Queue(without, 'Orders');
    expect(denials(without)).toBe(0);
  });

  test('not what this library made: its authors had their reasons', () => {
    const app = hardenedApp();
    new SecureQueue(new Stack(app, 'Shop'), 'Orders');
    expect(outcomes(app)).toStrictEqual([]);
  });
});

describe('together with what the author has', () => {
  test('aspects come first, so that what they set counts as the author\'s', () => {
    const app = hardenedApp();
    const stack = new Stack(app, 'Shop');
    new CfnQueue(stack, 'Orders');
    Aspects.of(stack).add({ visit: (node) => { if (CfnQueue.isCfnQueue(node)) node.sqsManagedSseEnabled = false; } });
    expect(outcomes(app)).toContainEqual(['Shop/Orders', 'SqsManagedSseEnabled', 'kept']);
  });

  test('resources that an aspect adds are hardened too', () => {
    const app = hardenedApp();
    const stack = new Stack(app, 'Shop');
    new Queue(stack, 'Orders');
    Aspects.of(stack).add({ visit: (node) => { if (node === stack && !stack.node.tryFindChild('Added')) new CfnQueue(stack, 'Added'); } });
    expect([...new Set(outcomes(app).map(([at]) => at))]).toEqual(['Shop/Orders/Resource', 'Shop/Added']);
  });

  test('tags reach what hardening adds', () => {
    const app = hardenedApp();
    Tags.of(app).add('team', 'orders');
    const stack = new Stack(app, 'Shop');
    new Queue(stack, 'Orders');
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { Tags: [{ Key: 'team', Value: 'orders' }] });
  });

  test('property injectors that were there before keep working', () => {
    const app = new App();
    const injector: IPropertyInjector = {
      constructUniqueId: Queue.PROPERTY_INJECTION_ID,
      inject: (props: object) => ({ ...props, queueName: 'injected' }),
    };
    PropertyInjectors.of(app).add(injector);
    ServerlessSecurity.of(app).harden();
    const stack = new Stack(app, 'Shop');
    new Queue(stack, 'Orders');
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::Queue', { QueueName: 'injected' });
  });

  test('the policy that a queue has learns the statement, whoever wrote it', () => {
    const app = hardenedApp();
    const stack = new Stack(app, 'Shop');
    const queue = new CfnQueue(stack, 'Orders');
    new CfnQueuePolicy(stack, 'Policy', {
      queues: [queue.ref],
      policyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' } },
    });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(QUEUE_POLICY));
    expect(Properties.PolicyDocument.Statement.map((statement: { Effect: string }) => statement.Effect)).toEqual(['Allow', 'Deny']);
  });

  test('a policy that is known only at deployment is left and reported', () => {
    const app = hardenedApp();
    const stack = new Stack(app, 'Shop');
    const queue = new CfnQueue(stack, 'Orders');
    new CfnQueuePolicy(stack, 'Policy', { queues: [queue.ref], policyDocument: new CfnParameter(stack, 'Document').value });
    expect(outcomes(app)).toContainEqual(['Shop/Orders', 'the resource policy', 'unknown']);
  });
});

test.each([['an app', (app: App) => app], ['a stack', (app: App) => new Stack(app, 'Shop')]])('a mixin fails on %s, which is no resource', (_, make) => {
  const construct = make(new App());
  expect(() => new Hardening().applyTo(construct)).toThrow(
    "'construct' must be a resource of CloudFormation in an app; call ServerlessSecurity.of(scope).harden(), or construct.with(new Hardening()) for all resources of a construct "
    + `[Hardening.NoResource, at '${construct.node.path || '(app)'}']`);
});

describe('an app that is synthesized already, as programs in Python do in their last line', () => {
  const message = "'harden' must be called before the app is synthesized, by app.synth() or by a test that reads a template; "
    + "call ServerlessSecurity.of(app).harden() right after the app is made [Hardening.AppSynthesized, at '(app)']";
  const shop = (harden?: (app: App) => unknown): App => {
    const app = new App();
    harden?.(app);
    new Queue(new Stack(app, 'Shop'), 'Orders');
    app.synth();
    return app;
  };

  test.each<[string, (app: App) => unknown]>([
    ['a call', (app) => ServerlessSecurity.of(app).harden()],
    ['a call for a stack in it', (app) => ServerlessSecurity.of(app.node.findChild('Shop')).harden()],
    ['a mixin', (app) => Mixins.of(app).apply(new Hardening())],
  ])('fails with %s that comes later: its templates would stay as they are', (_, harden) => {
    expect(() => harden(shop())).toThrow(new ConfigurationError('Hardening.AppSynthesized', '(app)', message));
  });

  test('takes a second call where the first one came in time', () => {
    const app = shop((made) => ServerlessSecurity.of(made).harden());
    ServerlessSecurity.of(app).harden();
    expect(JSON.stringify(app.synth({ force: true }).stacks[0].template)).toContain('RedrivePolicy');
  });
});

describe('a stage that is synthesized already, as CDK Pipelines does when it is added', () => {
  const message = "'harden' must be called before the stage is synthesized, which CDK Pipelines does in addStage(); "
    + "call ServerlessSecurity.of(app).harden() right after the app is made, or name the stage in exceptPaths [Hardening.StageSynthesized, at 'Prod']";
  const synthesized = (): App => {
    const app = new App();
    const stage = new Stage(app, 'Prod');
    new Queue(new Stack(stage, 'Shop'), 'Orders');
    stage.synth();
    return app;
  };

  test.each<[string, (app: App) => unknown]>([
    ['a call', (app) => ServerlessSecurity.of(app).harden()],
    ['a call for a stack in it', (app) => ServerlessSecurity.of(app.node.findChild('Prod').node.findChild('Shop')).harden()],
    ['a mixin', (app) => Mixins.of(app).apply(new Hardening())],
  ])('fails with %s that comes later: its templates would stay as they are', (_, harden) => {
    expect(() => harden(synthesized())).toThrow(new ConfigurationError('Hardening.StageSynthesized', 'Prod', message));
  });

  test('may be excepted', () => {
    const app = synthesized();
    const shop = new Stack(app, 'Other');
    const queue = new Queue(shop, 'Orders');
    ServerlessSecurity.of(app).harden({ exceptPaths: ['Prod'] });
    Mixins.of(app).apply(new Hardening({ exceptPaths: ['Prod'] }));
    expect(propertiesOf(queue.node.defaultChild as CfnQueue)).toHaveProperty('RedrivePolicy');
  });

  test('is hardened where the call came first', () => {
    const app = new App();
    ServerlessSecurity.of(app).harden();
    const stage = new Stage(app, 'Prod');
    new Queue(new Stack(stage, 'Shop'), 'Orders');
    expect(JSON.stringify(stage.synth().stacks[0].template)).toContain('RedrivePolicy');
  });
});

test('fails when the options leave nothing to do', () => {
  expect(() => hardenedApp({ only: [HardeningArea.TABLES], except: [HardeningArea.TABLES] })).toThrow(
    "'only' must leave an area that `except` does not take away, got [\"tables\"]; name the areas to harden, or leave the call out "
    + "[Hardening.NothingLeft, at '(app)']");
});

describe('what a synthesis writes', () => {
  const read = (app: App, file: string) => readFileSync(join(app.outdir, 'security', file), 'utf8');

  test('the changes as data and as a page, though no rules judge the app', () => {
    const app = hardenedApp();
    new Queue(new Stack(app, 'Shop'), 'Orders');
    app.synth();
    expect(JSON.parse(read(app, 'hardening.json')).changes)
      .toEqual(['proposed', 'set', 'set'].map((outcome) => expect.objectContaining({ at: 'Shop/Orders/Resource', outcome, dryRun: false })));
    expect(read(app, 'hardening.md')).toContain('# Hardening: 2 values set (1 to look after), 1 for the author to decide\n');
  });

  test('services that hardening does not know, each resource once', () => {
    const app = hardenedApp();
    const stack = new Stack(app, 'Shop');
    new Queue(stack, 'Orders');
    const vpc = new Vpc(stack, 'Net', { natGateways: 0 });
    for (const id of ['One', 'Two']) new CfnWorkGroup(stack, id, { name: id });
    new CfnInstance(stack, 'Jump', { subnetId: vpc.publicSubnets[0].subnetId });
    const live = new Stack(new Stage(app, 'Live'), 'Shop');
    new Queue(live, 'Orders');
    new CfnWorkGroup(live, 'Three', { name: 'Three' });
    new CfnResource(stack, 'Custom', { type: 'Custom::Anything' });
    app.synth();
    app.synth({ force: true });
    expect(JSON.parse(read(app, 'hardening.json')).unknownServices).toEqual({ Athena: 3, EC2: 1 });
    expect(read(app, 'hardening.md')).toContain('Athena (3), EC2 (1). cdk-nag may.');
  });

  test('and nothing of them where all are known, or where the author left them out', () => {
    const app = hardenedApp({ exceptPaths: ['Shop/One'] });
    const stack = new Stack(app, 'Shop');
    new Queue(stack, 'Orders');
    new CfnWorkGroup(stack, 'One', { name: 'One' });
    app.synth();
    expect(JSON.parse(read(app, 'hardening.json')).unknownServices).toEqual({});
    expect(read(app, 'hardening.md')).not.toContain('Not looked at');
  });

  test('the same in the report of the rules', () => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    ServerlessSecurity.of(app).harden({ dryRun: true }).enforce({ packs: [] });
    new Queue(new Stack(app, 'Shop'), 'Orders');
    app.synth();
    expect(JSON.parse(read(app, 'report.json')).hardening)
      .toEqual(['KmsMasterKeyId', 'RedrivePolicy', 'the resource policy'].map((property) => expect.objectContaining({ property, dryRun: true })));
  });
});

describe('A path in the options at which nothing stands', () => {
  const warningsOf = (stack: Stack) => stack.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
  const warning = (prop: string, path: string) => `'${prop}' of the hardening names '${path}', and no construct stands there, so that it changes nothing: correct the path, or leave it out. [ack: cdk-secure-serverless:HardeningPath]`;

  test('is warned of, once for all syntheses, where it is misspelt', () => {
    const app = hardenedApp({ exceptPaths: ['Shop/Legcy', 'Shop/Legacy'], replacePaths: ['Shop/Queue0'] });
    const stack = new Stack(app, 'Shop');
    new Queue(stack, 'Legacy');
    app.synth();
    app.synth({ force: true });
    expect(warningsOf(stack)).toEqual([warning('exceptPaths', 'Shop/Legcy'), warning('replacePaths', 'Shop/Queue0')]);
  });

  test('is warned of in the stage that it names', () => {
    const app = hardenedApp({ exceptPaths: ['Prod/Shop/Legcy', 'Prod/Shop/Legacy', 'Prod'] });
    const stack = new Stack(new Stage(app, 'Prod'), 'Shop');
    new Queue(stack, 'Legacy');
    const other = new Stack(app, 'Other');
    app.synth();
    expect([warningsOf(stack), warningsOf(other)]).toEqual([[warning('exceptPaths', 'Prod/Shop/Legcy')], []]);
  });

  test('is acknowledged like any other warning', () => {
    const app = hardenedApp({ exceptPaths: ['Shop/Elsewhere'] });
    const stack = new Stack(app, 'Shop');
    Annotations.of(stack).acknowledgeWarning('cdk-secure-serverless:HardeningPath', 'the construct is made in production only');
    app.synth();
    expect(warningsOf(stack)).toStrictEqual([]);
  });

  test.each(['exceptPaths', 'replacePaths'])('fails where it is empty, which would mean all of the app: %s', (prop) => {
    expect(() => hardenedApp({ [prop]: ['Shop', ''] })).toThrow(
      new ConfigurationError('Hardening.Path', '(app)', `'${prop}' must be paths of constructs, got ["Shop",""]; write them like 'Shop/Legacy' [Hardening.Path, at '(app)']`));
  });
});
