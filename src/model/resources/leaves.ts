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
  const found: Leaf[] = [];
  collect(value, path, path.slice(path.lastIndexOf('.') + 1), 0, found);
  return found;
}

function collect(value: Value, path: string, name: string, depth: number, found: Leaf[]): void {
  if (depth > DEEPEST) return;
  for (const option of alternatives(value)) {
    if (isList(option)) {
      option.forEach((element, index) => collect(element, `${path}.${index}`, name, depth + 1, found));
    } else if (isRecord(option)) {
      const given = NAME_KEYS.map((key) => textOf(option[key])).find((text) => text !== undefined);
      for (const [key, element] of Object.entries(option)) {
        collect(element, `${path}.${key}`, given !== undefined && VALUE_KEYS.has(key) ? given : key, depth + 1, found);
      }
    } else {
      collectText(option, path, name, depth, found);
    }
  }
}

function collectText(value: Value, path: string, name: string, depth: number, found: Leaf[]): void {
  const text = textOf(value);
  if (text === undefined) return;
  const opened = parseObject(text);
  if (opened === undefined) found.push({ path, name, text });
  else collect(opened, path, name, depth + 1, found);
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

/**
 * Shows each text of a declaration as it was written, the pieces of intrinsic functions among them, and the keys on the way to it; and each
 * key once, when it is passed.
 */
export function eachWrittenText(
  declared: unknown, see: (text: string, keys: readonly string[]) => void, pass: (key: string) => void = () => undefined,
): void {
  const keys: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value === 'string') {see(value, keys);} else if (typeof value === 'object' && value !== null && keys.length < DEEPEST) {
      const names = Object.keys(value);
      for (let last = names.length - 1; last >= 0; last--) {
        keys.push(names[last]);
        pass(names[last]);
        look((value as { readonly [key: string]: unknown })[names[last]]);
        keys.pop();
      }
    }
  };
  look(declared);
}
