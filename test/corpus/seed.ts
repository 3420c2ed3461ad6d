/** A template as plain data, to be changed by a mutant. */
export type Template = Record<string, any>;

/** Templates by stack name. */
export type Stacks = Record<string, Template>;

/** Who would have written such a template. */
export type Style = 'cdk' | 'sam' | 'yaml' | 'terraform' | 'cross-stack' | 'nested';

/** A seeded fault: one change to the safe templates, and the rule that must say so. */
export interface Mutant {
  /** What was done, as a sentence: it names the test. */
  readonly name: string;
  readonly rule: string;
  readonly change: (stacks: Stacks) => void;
}

/** A change that looks suspicious and is safe. */
export interface Variant {
  readonly name: string;
  /** The rules that may say that they could not decide: the value is known at deployment only. */
  readonly undecided?: readonly string[];
  readonly change: (stacks: Stacks) => void;
}

/** Safe templates of one app, and what can be done to them. */
export interface Seed {
  readonly name: string;
  readonly style: Style;
  /** The profile under which it is judged; `production` when left out. For rules that hold in another one alone. */
  readonly profile?: 'production' | 'regulated' | 'sandbox';
  /** A text is YAML, with the short forms of intrinsic functions. */
  readonly stacks: { readonly [stack: string]: string | Template };
  readonly mutants: readonly Mutant[];
  readonly variants: readonly Variant[];
}

/** The properties of a resource of a template. */
export function properties(template: Template, logicalId: string): Record<string, any> {
  const resource = (template.Resources as Record<string, any>)[logicalId] as { Properties?: Record<string, any> } | undefined;
  if (resource === undefined) throw new Error(`the seed has no resource ${logicalId}`);
  return resource.Properties ??= {};
}

/** A resource of a template, for what stands beside its properties. */
export function resourceOf(template: Template, logicalId: string): Record<string, any> {
  const resource = (template.Resources as Record<string, Record<string, any> | undefined>)[logicalId];
  if (resource === undefined) throw new Error(`the seed has no resource ${logicalId}`);
  return resource;
}

/** Takes resources out of a template. */
export function removeResources(template: Template, ...logicalIds: readonly string[]): void {
  for (const logicalId of logicalIds) {
    resourceOf(template, logicalId);
    delete (template.Resources as Record<string, any>)[logicalId];
  }
}

/** Adds a resource, which must be new. */
export function addResource(
  template: Template, logicalId: string, Type: string, Properties: Record<string, any>, more: Record<string, any> = {},
): void {
  const resources = template.Resources as Record<string, any>;
  if (resources[logicalId] !== undefined) throw new Error(`the seed already has a resource ${logicalId}`);
  resources[logicalId] = { Type, Properties, ...more };
}
