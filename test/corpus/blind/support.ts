import { addResource, Mutant, properties, Seed, Stacks, Template, Variant } from '../seed';

/** A seed that was written without a look at the rules; its mutants name what is wrong, not the rule that should say so. */
export interface BlindSeed extends Seed {
  /** Which stacks are nested: the stack that holds each, and the resource that stands for it there. */
  readonly nested?: { readonly [stack: string]: { readonly id: string; readonly logicalId: string } };
}

type Change = (stacks: Stacks) => void;

/** A fault that a pattern of the catalogue of gaps describes. */
export function fault(pattern: string, name: string, change: Change): Mutant {
  return { name, rule: `pattern:${pattern}`, change };
}

/** A fault that a control of a published framework describes. */
export function breach(control: string, name: string, change: Change): Mutant {
  return { name, rule: `control:§${control}`, change };
}

/** A change that looks like a fault and is none. */
export function safe(name: string, change: Change): Variant {
  return { name, change };
}

export const prop = properties;
export const add = addResource;

/** Takes a resource away, as if the author had never written it. */
export function remove(template: Template, ...logicalIds: string[]): void {
  for (const id of logicalIds) {
    properties(template, id);
    delete template.Resources[id];
  }
}

/** The logical id that a generator gave to a resource of a type, by the start of the name that its author wrote. */
export function idOf(template: Template, type: string, start: string): string {
  const ids = Object.keys(template.Resources).filter((id) => id.startsWith(start) && template.Resources[id].Type === type);
  if (ids.length !== 1) throw new Error(`${ids.length} resources of type ${type} start with ${start}`);
  return ids[0];
}

/** The properties of a resource that a generator named. */
export function of(template: Template, type: string, start: string): Record<string, any> {
  return properties(template, idOf(template, type, start));
}

/** The statements of a role's inline policy, or of a policy document in any other property. */
export function statements(template: Template, logicalId: string, document?: string): any[] {
  const found = properties(template, logicalId);
  if (document !== undefined) return found[document].Statement;
  return (found.Policies === undefined ? found.PolicyDocument : found.Policies[0].PolicyDocument).Statement;
}

/** The statements that say who may take on a role. */
export function trust(template: Template, logicalId: string): any[] {
  return properties(template, logicalId).AssumeRolePolicyDocument.Statement;
}

/** The variables of a function. */
export function env(template: Template, logicalId: string): Record<string, any> {
  return (properties(template, logicalId).Environment ??= { Variables: {} }).Variables;
}
