import { own } from '../templates/template-source';
import { alternatives, isList, isRecord, textOf, Value } from '../values/values';

/** A text somewhere below a value. */
export interface Leaf {
  /** The way to it: `Targets.0.Input`. */
  readonly path: string;
  /** What it stands under: the key, or the name beside it where the two stand in a list of names and values. */
  readonly name: string;
  readonly text: string;
}

/** No template is nested deeper; one that is may be an attempt to stall the check. */
const DEEPEST = 100;

/** How lists of names and values call the two. */
const NAME_KEYS = ['Name', 'name', 'HeaderName', 'Key', 'ParameterKey'];
const VALUE_KEYS = new Set(['Value', 'value', 'HeaderValue', 'ParameterValue']);

/** The texts below a resolved value, in all its alternatives. A text that is JSON is opened. */
export function leavesOf(value: Value, path: string): readonly Leaf[] {
  return [...walk(value, path, path.split('.').pop() ?? '', 0)];
}

function* walk(value: Value, path: string, name: string, depth: number): Generator<Leaf> {
  if (depth > DEEPEST) return;
  for (const option of alternatives(value)) {
    if (isList(option)) {
      for (const [index, element] of option.entries()) yield* walk(element, `${path}.${index}`, name, depth + 1);
    } else if (isRecord(option)) {
      const given = NAME_KEYS.map((key) => textOf(option[key])).find((text) => text !== undefined);
      for (const [key, element] of Object.entries(option)) {
        yield* walk(element, `${path}.${key}`, given !== undefined && VALUE_KEYS.has(key) ? given : key, depth + 1);
      }
    } else {
      yield* textLeaves(option, path, name, depth);
    }
  }
}

function* textLeaves(value: Value, path: string, name: string, depth: number): Generator<Leaf> {
  const text = textOf(value);
  if (text === undefined) return;
  const opened = parseObject(text);
  if (opened === undefined) yield { path, name, text };
  else yield* walk(opened, path, name, depth + 1);
}

/** The object or list that a text holds as JSON; undefined for any other text. */
export function parseObject(text: string): Value {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** The texts of a declaration as they were written, the pieces of intrinsic functions among them. */
export function writtenTexts(declared: unknown, path: string): readonly { readonly path: string; readonly text: string }[] {
  const found: { path: string; text: string }[] = [];
  const pending: { value: unknown; path: string; depth: number }[] = [{ value: declared, path, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next.value === 'string') {found.push({ path: next.path, text: next.value });} else if (typeof next.value === 'object' && next.value !== null && next.depth < DEEPEST) {
      for (const key of Object.keys(next.value)) {
        pending.push({ value: own(next.value, key), path: `${next.path}.${key}`, depth: next.depth + 1 });
      }
    }
  }
  return found;
}
