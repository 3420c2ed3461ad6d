import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { Kit, PARTNER } from './kit';
import { Recipe } from './recipe';
import { Step, stepsOf, Subject } from './subject';
import { TrustedAccounts } from '../../../src/app/trusted-accounts';
import { AccountUse } from '../../../src/core/third-party/trusted-account';
import { PROFILES, RECOMMENDED_FLAGS } from '../../support/apps';

/** Where a construct may stand. */
const PLACES: { readonly [name: string]: (app: App) => Stack } = {
  'new Stack(app)': (app) => new Stack(app, 'Shop'),
  'new Stack(app, with an env)': (app) => new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } }),
  'new Stack(app, in us-east-1)': (app) => new Stack(app, 'Shop', { env: { account: '111122223333', region: 'us-east-1' } }),
  'new NestedStack(stack)': (app) => new NestedStack(new Stack(app, 'Shop'), 'Inner'),
  'new Stack(stage)': (app) => new Stack(new Stage(app, 'Prod', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Shop'),
};

/**
 * Without the flags that say the same in another way (ARNs where the region is known, ids of policies of imported roles, statements that are
 * merged, the order of layers).
 */
const FLAGS = {
  ...RECOMMENDED_FLAGS,
  '@aws-cdk/core:enablePartitionLiterals': false,
  '@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName': false,
  '@aws-cdk/aws-iam:minimizePolicies': false,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': false,
};

const IDS = ['Orders', 'Orders', 'Orders', 'orders-2', 'Größe', 'With blank', 'a/b', 'O'.repeat(250), '42', 'Resource'];

export interface Sample {
  readonly subject: Subject;
  readonly profile: string;
  readonly place: string;
  readonly id: string;
  readonly props: Recipe<unknown>;
  readonly steps: Recipe<Step<Construct>[]>;
  /** Whether the same is made a second time under another id. */
  readonly twin: boolean;
}

/** Samples of a construct: most as its documentation allows, the others anyhow. */
export function samplesOf(subject: Subject): fc.Arbitrary<Sample> {
  return fc.oneof({ arbitrary: anySampleOf(subject).filter(isLegal), weight: 4 }, { arbitrary: anySampleOf(subject), weight: 1 });
}

/** Whether the documentation allows what the sample says. */
export function isLegal({ subject, props, steps, profile, place, twin }: Sample): boolean {
  return props.legal && steps.legal && (subject.law ?? (() => true))({ profile, place, props: props.said, steps: steps.said as never[], twin });
}

function anySampleOf(subject: Subject): fc.Arbitrary<Sample> {
  return fc.record({
    subject: fc.constant(subject),
    profile: fc.constantFrom(...PROFILES.map(([name]) => name)),
    place: fc.constantFrom(...Object.keys(PLACES)),
    id: fc.constantFrom(...IDS),
    props: subject.props,
    steps: stepsOf(subject),
    twin: fc.oneof({ arbitrary: fc.constant(false), weight: 6 }, { arbitrary: fc.constant(true), weight: 1 }),
  }).map((sample) => ({ ...sample, [fc.toStringMethod]: () => describeSample(sample) }));
}

export function describeSample({ subject, profile, place, id, props, steps, twin }: Sample): string {
  return `\n${place}, ${profile}${twin ? ', twice' : ''}:\n  new ${subject.name}(stack, ${JSON.stringify(id)}, ${props})\n  ${steps}`;
}

/** Builds a sample in an app of its own, which writes into a folder of its own, and returns the app; throws what the construct throws. */
export function build(sample: Sample, flagged: boolean, outdir: string): App {
  const { profile, place } = sample;
  const app = new App({
    outdir,
    context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false, ...flagged && FLAGS },
  });
  PROFILES.find(([name]) => name === profile)![1]().applyTo(app);
  TrustedAccounts.of(app).add(PARTNER, { name: 'partner', reason: 'the samples give it rights now and then', uses: Object.values(AccountUse) });
  addSample(PLACES[place](app), sample);
  return app;
}

/** Makes what a sample says in a stack. */
export function addSample(stack: Stack, { subject, id, props, steps, twin }: Sample): void {
  const kit = new Kit(stack);
  for (const one of twin ? [id, `${id.slice(0, 200)}Twin`] : [id]) {
    const construct = subject.make(stack, one, props.make(kit), kit);
    for (const take of steps.make(kit)) take(construct);
  }
}
