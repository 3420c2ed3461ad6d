import { Synthesis, TemplateResource } from './synthesis';

/** What the resource schemas say about changing one type of resource. Paths are joined by dots and leave out indexes of lists and keys of maps. */
export interface Replacements {
  /** The resource holds data, or an address that others know: replacing it loses something. */
  readonly stateful: boolean;
  /** A change here always makes CloudFormation replace the resource, or fail. */
  readonly always: readonly string[];
  /** A change here replaces it under conditions that the schema does not tell. */
  readonly sometimes: readonly string[];
}

/** Where they come from. Undefined for a type that nobody knows. */
export interface Schemas {
  of(type: string): Replacements | undefined;
}

type Templates = Pick<Synthesis, 'resources'>;

/** What hardening did to a resource that a running system already has, and should not have done. */
export interface Loss {
  readonly resource: string;
  readonly type: string;
  readonly how: string;
}

interface Losses {
  readonly certain: readonly Loss[];
  readonly possible: readonly Loss[];
}

/** What is lost when the hardened templates are deployed over the plain ones. What is `certain` fails the measure, what is `possible` is told. */
export function lossesOf(before: Templates, after: Templates, schemas: Schemas): Losses {
  const certain: Loss[] = [];
  const possible: Loss[] = [];
  for (const [resource, was] of before.resources) {
    const schema = schemas.of(was.Type);
    if (schema === undefined || !schema.stateful) continue;
    const is = after.resources.get(resource);
    const lost = (list: Loss[], how: string): void => void list.push({ resource, type: was.Type, how });
    if (is === undefined) {
      lost(certain, 'its logical id is gone');
    } else if (is.Type !== was.Type) {
      lost(certain, `became ${is.Type}`);
    } else {
      for (const path of schema.always.filter((property) => differs(was, is, property))) lost(certain, `${path} replaces it`);
      for (const path of schema.sometimes.filter((property) => differs(was, is, property))) lost(possible, `${path} may replace it`);
      if (was.DeletionPolicy === 'Retain' && is.DeletionPolicy !== 'Retain') lost(certain, 'it is no longer kept when the stack goes');
    }
  }
  return { certain, possible };
}

/** Which ids are gone, of whatever type: versions and deployments get new ones by design. */
export function gone(before: Templates, after: Templates): readonly string[] {
  return [...before.resources].filter(([resource]) => !after.resources.has(resource)).map(([resource, { Type }]) => `${Type} ${resource}`);
}

function differs(before: TemplateResource, after: TemplateResource, path: string): boolean {
  return JSON.stringify(at(before.Properties, path.split('.'))) !== JSON.stringify(at(after.Properties, path.split('.')));
}

/** The values at a path; lists on the way are entered. */
function at(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => at(item, [first, ...rest]));
  return typeof value === 'object' && value !== null ? at((value as Record<string, unknown>)[first], rest) : undefined;
}
