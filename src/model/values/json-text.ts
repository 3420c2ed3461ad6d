import { at, choose, alternatives, isList, isRecord, isUnresolved, Reference, Text, Unresolved, Value, ValueRecord } from './values';

/** Values for `${Name}` in a text, as `DefinitionSubstitutions` gives them. */
export type Substitutions = Value;

/** Deeper than this is no document that a service takes, but may be an attempt to stall the check. */
const DEEPEST = 100;

/** Encloses the number of a pointer while the text around it is parsed; no template holds this letter. */
const MARK = '\uE000';
const MARKED = /\uE000(\d+)\uE000/;

/**
 * The value that a JSON text stands for, with pointers in the places where the text has them: whole properties, pieces of strings, and
 * those that stand where JSON wants a number or an object. What is no text stays as it is; a text that is no JSON is not decided.
 */
export function parsedJson(value: Value, substitutions?: Substitutions): Value {
  const parsed = alternatives(value).map((option): Value => {
    if (typeof option === 'string') return parse([option], substitutions);
    if (option instanceof Text) return parse(option.parts, substitutions);
    return substitutions === undefined ? option : filled(option, [], substitutions, 0);
  });
  return parsed.length === 1 ? parsed[0] : choose(parsed);
}

/** All pointers in a value, however deep. */
export function referencesWithin(value: Value, depth = 0): readonly Reference[] {
  if (depth > DEEPEST) return [];
  if (value instanceof Reference) return [value];
  if (value instanceof Text) return value.parts.filter((part): part is Reference => part instanceof Reference);
  if (isList(value)) return value.flatMap((element) => referencesWithin(element, depth + 1));
  if (isRecord(value)) return Object.values(value).flatMap((element) => referencesWithin(element, depth + 1));
  return alternatives(value).length > 1 ? alternatives(value).flatMap((option) => referencesWithin(option, depth + 1)) : [];
}

function parse(parts: readonly (string | Reference | Unresolved)[], substitutions: Substitutions): Value {
  const pointers: (Reference | Unresolved)[] = [];
  let inside = false;
  const text = parts.map((part) => {
    if (typeof part === 'string') {
      const { quoted, endsInside } = quoteSubstitutions(part.replaceAll(MARK, ''), inside);
      inside = endsInside;
      return quoted;
    }
    const mark = `${MARK}${pointers.push(part) - 1}${MARK}`;
    return inside ? mark : `"${mark}"`;
  }).join('');
  try {
    return filled(JSON.parse(text) as Value, pointers, substitutions, 0);
  } catch {
    return new Unresolved('the text is no JSON as it stands in the template');
  }
}

/** `${Name}` outside of a string becomes a string, which is replaced by the value as it is. */
function quoteSubstitutions(text: string, startsInside: boolean): { quoted: string; endsInside: boolean } {
  let inside = startsInside;
  const quoted = text.replace(/\\.|"|\$\{[^{}"]*\}/gs, (token) => {
    if (token === '"') inside = !inside;
    return token.startsWith('$') && !inside ? `"${token}"` : token;
  });
  return { quoted, endsInside: inside };
}

function filled(value: Value, pointers: readonly (Reference | Unresolved)[], substitutions: Substitutions, depth: number): Value {
  if (depth > DEEPEST) return new Unresolved('the text is nested too deeply');
  if (typeof value === 'string') return filledText(value, pointers, substitutions);
  if (isList(value)) return value.map((element) => filled(element, pointers, substitutions, depth + 1));
  if (!isRecord(value)) return value;
  const record = Object.create(null) as { [key: string]: Value };
  for (const [key, element] of Object.entries(value)) record[key] = filled(element, pointers, substitutions, depth + 1);
  return record as ValueRecord;
}

function filledText(text: string, pointers: readonly (Reference | Unresolved)[], substitutions: Substitutions): Value {
  const pieces = text.split(/(\uE000\d+\uE000|\$\{[^{}"]*\})/).filter((piece) => piece !== '');
  const values = pieces.map((piece): Value => {
    const marked = MARKED.exec(piece);
    if (marked !== null) return pointers[Number(marked[1])];
    if (substitutions === undefined || !piece.startsWith('${')) return piece;
    return at(substitutions, piece.slice(2, -1).trim()) ?? new Unresolved(`nothing is given for ${piece}`);
  });
  if (values.length === 1) return values[0];
  return values.length === 0 ? '' : new Text(values.flatMap(partsOf));
}

function partsOf(value: Value): readonly (string | Reference | Unresolved)[] {
  if (value instanceof Text) return value.parts;
  if (value instanceof Reference || isUnresolved(value)) return [value];
  return [typeof value === 'object' || value === undefined ? new Unresolved('several values in a text') : String(value)];
}
