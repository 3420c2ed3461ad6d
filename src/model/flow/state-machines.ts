import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { parsedJson } from '../values/json-text';
import { alternatives, at, elements, entries, isList, isRecord, textOf, Unresolved, Value } from '../values/values';

/** A state and where it stands. */
export interface PlacedState {
  readonly name: string;
  readonly type: string;
  readonly state: Value;
  /** A Parallel or Map state around it catches errors. */
  readonly caughtOutside: boolean;
  /** The path in the resource. */
  readonly location: string;
}

/** One of the definitions that a state machine may have at deployment. */
export interface MachineDefinition {
  /** The path in the resource. */
  readonly location: string;
  /** The definition: an object of the Amazon States Language, or unresolved. */
  readonly value: Value;
  /** All states, those inside of Parallel and Map states included. */
  readonly states: readonly PlacedState[];
  /** The template does not hold the definition, or not as a whole. */
  readonly undecided: boolean;
}

/** Deeper than this Step Functions takes no definition. */
const DEEPEST = 50;

/**
 * What a state machine runs, whether its definition is an object, a text, or a text with pointers and substitutions. One that lies in a
 * bucket is undecided: the template does not hold it.
 */
export function definitionsOf(machine: Resource, app: AppModel): readonly MachineDefinition[] {
  const known = app.index('definitions of state machines', () => new Map<string, readonly MachineDefinition[]>());
  const read = known.get(machine.key) ?? readDefinitions(machine);
  known.set(machine.key, read);
  return read;
}

function readDefinitions(machine: Resource): readonly MachineDefinition[] {
  const given = ['Definition', 'DefinitionString'].filter((property) => machine.property(property) !== undefined);
  const substitutions = machine.property('DefinitionSubstitutions') ?? Object.create(null) as Value;
  if (given.length === 0) return [open('Properties.DefinitionS3Location')];
  return given.flatMap((property) => alternatives(parsedJson(machine.property(property), substitutions)).map((value) => {
    const location = `Properties.${property}`;
    return isRecord(value) && isRecord(at(value, 'States')) ? { location, value, states: statesIn(value, location, false, 0), undecided: false } : open(location);
  }));
}

/** Whether a state says where to go on when it fails. */
export function hasCatch(state: Value): boolean {
  return elements(at(state, 'Catch')).length > 0;
}

/** The text of the service that a task calls: `arn:aws:states:::sqs:sendMessage.waitForTaskToken`, or the ARN of a function. */
export function taskResource({ state }: PlacedState): string {
  return textOf(at(state, 'Resource')) ?? '';
}

function statesIn(definition: Value, location: string, caughtOutside: boolean, depth: number): readonly PlacedState[] {
  if (depth > DEEPEST) return [];
  return entries(at(definition, 'States')).flatMap(([name, state]) => {
    const here = `${location}.States.${name}`;
    const inside = caughtOutside || hasCatch(state);
    return [
      { name, type: textOf(at(state, 'Type')) ?? '', state, caughtOutside, location: here },
      ...innerDefinitions(state).flatMap(([inner, key]) => statesIn(inner, `${here}.${key}`, inside, depth + 1)),
    ];
  });
}

function innerDefinitions(state: Value): readonly [Value, string][] {
  const branches = at(state, 'Branches');
  return [
    ...isList(branches) ? branches.map((branch, index): [Value, string] => [branch, `Branches.${index}`]) : [],
    ...['ItemProcessor', 'Iterator'].filter((key) => isRecord(at(state, key))).map((key): [Value, string] => [at(state, key), key]),
  ];
}

function open(location: string): MachineDefinition {
  return { location, value: new Unresolved('the template does not hold the definition'), states: [], undecided: true };
}
