import { alternatives, Choice, choose, isList, isRecord, isUnresolved, Reference, Text, textOf, Unresolved, Value } from './values';

/** Longer than this is no text that CloudFormation takes, but may be an attempt to stall the check. */
const LONGEST_TEXT = 65_536;

/** More combinations of conditions and parameters than this are not told apart. */
export const MOST_OPTIONS = 16;

type Part = string | Reference | Unresolved;

/** Keeps the colons of `<AWS::Region>` from being taken for those of an ARN. */
const PSEUDO = /<AWS::(\w+)>/g;
const MASKED = /<AWS\u0001(\w+)>/g;

/**
 * Glues pieces to one text. A piece that may be one of several makes the whole one of several; the same piece twice (a parameter that a
 * text names twice) has the same value both times.
 */
export function glue(pieces: readonly Value[]): Value {
  if (!pieces.some((piece) => piece instanceof Choice)) return compact(pieces.flatMap(partsOf));
  let worlds: ReadonlyMap<Choice, Value>[] = [new Map<Choice, Value>()];
  for (const choice of new Set(pieces.filter((piece): piece is Choice => piece instanceof Choice))) {
    worlds = worlds.length * choice.options.length > MOST_OPTIONS
      ? worlds
      : worlds.flatMap((world) => choice.options.map((option) => new Map([...world, [choice, option]])));
  }
  return choose(worlds.map((world) => compact(pieces.flatMap((piece) => partsOf(piece instanceof Choice
    ? world.has(piece) ? world.get(piece) : new Unresolved('too many combinations of conditions')
    : piece)))));
}

/** The pieces between delimiters. Where a whole text is one pointer, nobody knows its pieces: the result is undefined. */
export function split(text: Value, delimiter: string): readonly Value[] | undefined {
  if (typeof text === 'string') return text.split(delimiter);
  if (!(text instanceof Text)) return undefined;
  const pieces: Value[][] = [[]];
  for (const part of text.parts) {
    if (typeof part !== 'string') {
      pieces[pieces.length - 1].push(part);
      continue;
    }
    const [first, ...rest] = part.replace(PSEUDO, '<AWS\u0001$1>').split(delimiter).map((piece) => piece.replace(MASKED, '<AWS::$1>'));
    pieces[pieces.length - 1].push(first);
    for (const piece of rest) pieces.push([piece]);
  }
  return pieces.map(glue);
}

/** A value as JSON text, with its pointers and unknown pieces kept as such. */
export function toJson(value: Value): Value {
  return glue(jsonParts(value, 0));
}

function jsonParts(value: Value, depth: number): readonly Value[] {
  if (depth > 100) return [new Unresolved('the value is nested too deeply')];
  if (isList(value)) return ['[', ...value.flatMap((element, index) => [...index > 0 ? [','] : [], ...jsonParts(element, depth + 1)]), ']'];
  if (isRecord(value)) {
    const pairs = Object.entries(value).flatMap(([key, element], index) => (
      [`${index > 0 ? ',' : ''}${JSON.stringify(key)}:`, ...jsonParts(element, depth + 1)]));
    return ['{', ...pairs, '}'];
  }
  if (value instanceof Choice) return [choose(value.options.map((option) => glue(jsonParts(option, depth + 1))))];
  if (value instanceof Text) return ['"', ...value.parts.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part)), '"'];
  if (value instanceof Reference) return ['"', value, '"'];
  return [isUnresolved(value) ? value : JSON.stringify(value) ?? 'null'];
}

function partsOf(value: Value): readonly Part[] {
  if (value instanceof Text) return value.parts;
  if (value instanceof Reference || isUnresolved(value)) return [value];
  return [textOf(value) ?? new Unresolved('a list or an object inside of a text')];
}

function compact(parts: readonly Part[]): Value {
  const merged: Part[] = [];
  let length = 0;
  for (const part of parts) {
    const last = merged.length - 1;
    length += typeof part === 'string' ? part.length : 1;
    if (length > LONGEST_TEXT) return new Unresolved('the text is too long');
    if (part === '') continue;
    if (typeof part === 'string' && typeof merged[last] === 'string') merged[last] = `${merged[last]}${part}`;
    else if (!(part instanceof Unresolved && merged[last] instanceof Unresolved)) merged.push(part);
  }
  if (merged.length === 0) return '';
  if (merged.length === 1 && typeof merged[0] === 'string' && !merged[0].includes('<AWS::')) return merged[0];
  return merged.length === 1 && typeof merged[0] !== 'string' ? merged[0] : new Text(merged);
}

/** Applies a function of one value to each of its alternatives. */
export function forEach(value: Value, apply: (option: Value) => Value): Value {
  const options = alternatives(value);
  return options.length === 1 ? apply(options[0]) : choose(options.map(apply));
}
