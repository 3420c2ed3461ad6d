import { World } from './world';

/** What kind of thing a layer is: two layers of one step must not fail for the same cause. */
export enum LayerKind {
  /** Policies, evaluated for the very call of the attacker. */
  RIGHTS = 'rights',
  /** A setting of a resource, as the template has it. */
  SETTING = 'setting',
  /** A rule stops the synthesis of the careless app. */
  RULE = 'rule',
  /** A secure construct refuses to be made that way. */
  REFUSAL = 'refusal',
  /** Somebody, or something, is told. */
  NOTICE = 'notice',
}

/** One thing that stops, or shows, a step of the attacker. */
export interface Layer {
  readonly kind: LayerKind;
  /** What it is, for the table. */
  readonly name: string;
  /** Whether the layer is there, so that the step fails or is seen. */
  readonly holds: (app: World) => boolean;
}

/** One step of the attacker. Each layer must be missing in the careless app, and be there in its twin. */
export interface Step {
  readonly does: string;
  readonly layers: readonly Layer[];
}

/** A breach, told with two apps that do the same. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly careless: () => World;
  readonly secure: () => World;
  readonly steps: readonly Step[];
}

/** Whether each app has a layer. */
export interface Verdict {
  readonly does: string;
  readonly kind: LayerKind;
  readonly name: string;
  readonly inCareless: boolean;
  readonly inSecure: boolean;
}

/** Replays a breach against both apps. */
export function replay({ careless, secure, steps }: Scenario): readonly Verdict[] {
  const [open, closed] = [careless(), secure()];
  return steps.flatMap(({ does, layers }) => layers.map(({ kind, name, holds }) => (
    { does, kind, name, inCareless: holds(open), inSecure: holds(closed) })));
}

/** The steps that fewer than two independent layers stop. */
export function thinSteps({ steps }: Scenario): readonly string[] {
  return steps.filter(({ layers }) => new Set(layers.map(({ kind }) => kind)).size < 2).map(({ does }) => does);
}
