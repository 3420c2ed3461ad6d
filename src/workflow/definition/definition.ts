import { flattenReference } from '../../core/values/flatten-reference';

/** What is read of a state. */
export interface State {
  readonly Type?: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next?: string }[];
  readonly Catch?: readonly { readonly Next?: string }[];
  readonly Retry?: readonly { readonly ErrorEquals?: readonly string[]; readonly MaxAttempts?: unknown }[];
  readonly TimeoutSeconds?: unknown;
  readonly TimeoutSecondsPath?: unknown;
  readonly HeartbeatSeconds?: unknown;
  readonly HeartbeatSecondsPath?: unknown;
  readonly Parameters?: { readonly [name: string]: unknown };
  readonly Arguments?: unknown;
  readonly Branches?: readonly Definition[];
  readonly ItemProcessor?: Definition;
  readonly Iterator?: Definition;
}

/** A graph of states: a machine, a branch of a Parallel state, or what a Map state does with each item. */
export interface Definition {
  readonly StartAt?: string;
  readonly TimeoutSeconds?: unknown;
  readonly States?: { readonly [name: string]: State };
  readonly ProcessorConfig?: { readonly Mode?: string };
}

/** A state and where it stands. */
export interface PlacedState {
  readonly name: string;
  readonly state: State;
  /** A Parallel or Map state around it catches errors. */
  readonly caughtOutside: boolean;
}

/** Values for `${Name}` in the text of a definition; references have none yet. */
export interface Substitutions {
  readonly [name: string]: unknown;
}

/**
 * The definition in a rendered template: text, or text with references in it, which become pointers like `<Orders.Arn>`.
 * Undefined where it is no JSON.
 */
export function readDefinition(rendered: unknown, values: Substitutions = {}): Definition | undefined {
  return parseDefinition(definitionText(rendered, values));
}

/** The same for the text alone. */
export function parseDefinition(text: string): Definition | undefined {
  try {
    const definition: unknown = JSON.parse(text);
    return isDefinition(definition) ? definition : undefined;
  } catch {
    return undefined;
  }
}

/** The definition as JSON text. A `${Substitution}` becomes its value; without one, and where a reference stands outside of a string, it becomes a string. */
export function definitionText(rendered: unknown, values: Substitutions = {}): string {
  const pieces = (rendered as { 'Fn::Join'?: [string, unknown] } | undefined)?.['Fn::Join']?.[1];
  let inside = false;
  return (Array.isArray(pieces) ? pieces as unknown[] : [rendered]).map((piece) => {
    if (typeof piece === 'string') {
      const { text, endsInside } = quoteSubstitutions(substitute(piece, values), inside);
      inside = endsInside;
      return text;
    }
    const pointer = JSON.stringify(flattenReference(piece)).slice(1, -1);
    return inside ? pointer : `"${pointer}"`;
  }).join('');
}

/** Whether there is a state, a branch and a processor wherever one should be: what looks into them need not ask again. */
function isDefinition(value: unknown): value is Definition {
  if (!isObject(value)) return false;
  const { States: states } = value;
  return states === undefined || (isObject(states) && Object.values(states).every(isState));
}

function isState(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { Branches: branches = [], ItemProcessor: processor, Iterator: iterator } = value;
  return Array.isArray(branches) && [...branches as unknown[], ...[processor, iterator].filter((inner) => inner !== undefined)].every(isDefinition);
}

function isObject(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** All states of a definition, those inside of Parallel and Map states included. */
export function allStates(definition: Definition, caughtOutside = false): PlacedState[] {
  return Object.entries(definition.States ?? {}).flatMap(([name, state]) => [
    { name, state, caughtOutside },
    ...innerDefinitions(state).flatMap((inner) => allStates(inner, caughtOutside || hasCatch(state))),
  ]);
}

/** A definition and all that stand inside of it. */
export function allDefinitions(definition: Definition): Definition[] {
  return [definition, ...Object.values(definition.States ?? {}).flatMap(innerDefinitions).flatMap(allDefinitions)];
}

/** Whether a state says where to go on when it fails. */
export function hasCatch(state: State): boolean {
  return Array.isArray(state.Catch) && state.Catch.length > 0;
}

/** Whether a Map state starts executions of the machine itself. */
export function hasDistributedMap(definition: Definition): boolean {
  return allDefinitions(definition).some(({ ProcessorConfig }) => ProcessorConfig?.Mode === 'DISTRIBUTED');
}

function innerDefinitions(state: State): Definition[] {
  return [...state.Branches ?? [], ...[state.ItemProcessor, state.Iterator].filter((inner) => inner !== undefined)];
}

/** As CloudFormation does it: the value as it is, inside of strings and outside. */
function substitute(piece: string, values: Substitutions): string {
  return piece.replace(/\$\{([^}"]*)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === 'string' ? value : whole;
  });
}

function quoteSubstitutions(piece: string, startsInside: boolean): { text: string; endsInside: boolean } {
  let inside = startsInside;
  const text = piece.replace(/\\.|"|\$\{[^}"]*\}/gs, (token) => {
    if (token === '"') inside = !inside;
    return token.startsWith('$') && !inside ? `"${token}"` : token;
  });
  return { text, endsInside: inside };
}
