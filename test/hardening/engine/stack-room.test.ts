import { App, CfnResource, Duration, Stack, Stage } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaHandler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { IConstruct } from 'constructs';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { changesOf, HardeningOutcome } from '../../../src/core/hardening/hardening-change';
import { HardeningPlan, HardeningStep } from '../../../src/core/hardening/steps/hardening-step';
import { HardeningScope } from '../../../src/hardening/hardening-scope';
import { HARDENING_STEPS } from '../../../src/hardening/hardening-steps';
import { StageHardening } from '../../../src/hardening/stage-hardening';
import { SAMPLES } from '../samples/all';

beforeAll(() => {
  process.env.JSII_DEPRECATED = 'quiet'; // authors use what is deprecated
  process.env.overrideWarningsEnabled = 'false';
});

function resourcesBelow(scope: IConstruct): readonly CfnResource[] {
  return scope.node.findAll().filter((node) => CfnResource.isCfnResource(node));
}

/** The steps, each telling of the plans that make more than they say. */
function watched(tell: (silent: string) => void): readonly HardeningStep[] {
  const watch = (step: HardeningStep, plan: HardeningPlan, resource: CfnResource): HardeningPlan => ({
    ...plan,
    apply: plan.apply && (() => {
      const before = new Set(resourcesBelow(resource.node.root));
      plan.apply!();
      const made = resourcesBelow(resource.node.root).filter((one) => !before.has(one));
      const own = made.filter(({ node }) => !node.path.includes('SharedSecurity')).length;
      const isFirst = made.length > own && made.some(({ cfnResourceType }) => cfnResourceType !== 'AWS::KMS::Key');
      if ((plan.adds ?? 0) < Math.max(own, isFirst ? 1 : 0)) tell(`${step.type} ${step.rule}: ${made.map(({ node }) => node.path).join(', ')}`);
    }),
  });
  return HARDENING_STEPS.map((step) => ({ ...step, plan: (resource, site) => step.plan(resource, site).map((plan) => watch(step, plan, resource)) }));
}

test.each(SAMPLES)('what hardening makes for $name was announced, so that a stack never becomes too large', ({ build }) => {
  const app = new App({ analyticsReporting: false });
  build(app);
  const silent: string[] = [];
  const stages = app.node.findAll().filter((node): node is Stage => Stage.isStage(node));
  const steps = watched((one) => silent.push(one));
  for (const stage of stages) new StageHardening(stage, new HardeningScope(app, {}, () => true), steps).run();
  expect(silent).toStrictEqual([]);
});

/** One of each kind of thing, about 20 resources of an author together. */
const KINDS: readonly ((stack: Stack, id: string) => void)[] = [
  (stack, id) => { functionOf(stack, id); },
  (stack, id) => { new Queue(stack, id, { fifo: id.length % 2 === 0 ? true : undefined }); },
  (stack, id) => { functionOf(stack, `${id}Consumer`).addEventSource(new SqsEventSource(new Queue(stack, id))); },
  (stack, id) => { new Rule(stack, id, { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(functionOf(stack, `${id}Job`))] }); },
  (stack, id) => { new Topic(stack, id).addSubscription(new LambdaSubscription(functionOf(stack, `${id}Reader`))); },
  (stack, id) => { new Bucket(stack, id); },
  (stack, id) => { new StateMachine(stack, id, { definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Step`)) }); },
  (stack, id) => { new RestApi(stack, id).root.addMethod('POST', new LambdaIntegration(functionOf(stack, `${id}Handler`))); },
];

function functionOf(stack: Stack, id: string): LambdaHandler {
  return new LambdaHandler(stack, `${id}Fn`, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') });
}

/** An app with one stack of at least so many resources, and the same hardened. */
function hardened(size: number, kinds = KINDS): { readonly plain: number; readonly made: number; readonly withheld: number } {
  const stackOf = (app: App) => {
    const stack = new Stack(app, 'Shop');
    for (let i = 0; resourcesBelow(stack).length < size; i++) kinds[i % kinds.length](stack, `Part${i}`);
    return stack;
  };
  const resources = (app: App) => Object.keys((app.synth().getStackByName('Shop').template as { Resources: object }).Resources).length;
  const plainApp = new App({ analyticsReporting: false });
  stackOf(plainApp);
  const app = new App({ analyticsReporting: false });
  ServerlessSecurity.of(app).harden();
  stackOf(app);
  const made = resources(app);
  return { plain: resources(plainApp), made, withheld: (changesOf(app) ?? []).filter(({ outcome }) => outcome === HardeningOutcome.WITHHELD).length };
}

test.each([150, 250, 350, 430, 465, 480, 490])('a stack of %d resources can be deployed still, and the report tells what had no room', (size) => {
  const { plain, made, withheld } = hardened(size);
  expect(made).toBeGreaterThanOrEqual(plain);
  expect(made).toBeLessThanOrEqual(500);
  expect(withheld > 0).toBe(made > 480);
});

test.each(KINDS.map((kind, index) => [index, kind] as const))('nor does a stack that is nearly full of kind %d become too large', (_, kind) => {
  expect(hardened(488, [kind]).made).toBeLessThanOrEqual(500);
});

test('where not all alarms have room, those that tell of failures come first', () => {
  const app = new App({ analyticsReporting: false });
  ServerlessSecurity.of(app).harden();
  const stack = new Stack(app, 'Shop');
  for (let i = 0; i < 70; i++) functionOf(stack, `Part${i}`);
  app.synth();
  const alarms = (changesOf(app) ?? []).filter(({ property }) => property.startsWith('the alarm '));
  const made = (name: string, outcome: HardeningOutcome): number => (
    alarms.filter((change) => change.property === `the alarm ${name}` && change.outcome === outcome).length);
  expect([made('errors', HardeningOutcome.SET), made('errors', HardeningOutcome.WITHHELD)]).toEqual([70, 0]);
  expect(alarms.filter(({ outcome }) => outcome === HardeningOutcome.WITHHELD).length).toBeGreaterThan(0);
  expect(alarms.filter(({ outcome }) => outcome === HardeningOutcome.SET).length).toBeGreaterThan(70);
});

test('a stack of functions alone keeps its place for them before it gets all alarms', () => {
  const { made, withheld } = hardened(120, [KINDS[0]]);
  expect(made).toBeGreaterThan(470);
  expect(withheld).toBeGreaterThan(0);
});
