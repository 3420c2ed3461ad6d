import { REPLACEMENT_TABLE } from './replacement-table.generated';

/** What CloudFormation does to a running resource when one of its properties changes; a change that it refuses counts as `replaces`. `unknown`: no entry. */
export type ChangeEffect = 'in-place' | 'may-replace' | 'replaces' | 'unknown';

/**
 * The path is joined by dots, without indexes of lists and keys of maps: `GlobalSecondaryIndexes.Projection`.
 *
 * | The path | what replaces always | what replaces sometimes |
 * |---|---|---|
 * | is listed, or lies below a listed one | `replaces` | `may-replace` |
 * | lies above a listed one | `may-replace` | `may-replace` |
 */
export function effectOfChange(type: string, path: string): ChangeEffect {
  const entry = REPLACEMENT_TABLE[type];
  if (entry === undefined) return 'unknown';
  const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}.`);
  if (entry.always.some((listed) => isWithin(path, listed))) return 'replaces';
  return [...entry.always, ...entry.sometimes].some((listed) => isWithin(path, listed) || isWithin(listed, path)) ? 'may-replace' : 'in-place';
}

/** What is registered anew with each change: nothing that runs is replaced, but what runs from it is started anew, one after the other. */
const REVISIONS: readonly string[] = ['AWS::ECS::TaskDefinition', 'AWS::Lambda::WebFunctionRevision'];

/** Whether CloudFormation adds a revision where it says that it replaces a resource of this type. */
export function isRevision(type: string): boolean {
  return REVISIONS.includes(type);
}

/** Whether replacing a resource of this type loses data, or an address that others know. A type that the table does not hold counts as one. */
export function isStateful(type: string): boolean {
  return REPLACEMENT_TABLE[type]?.stateful ?? true;
}
