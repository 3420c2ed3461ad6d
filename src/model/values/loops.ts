import { Value, isList, textOf } from './values';

/** More copies than CloudFormation would take resources; a loop in a loop multiplies. */
const MOST_COPIES = 2_000;
const DEEPEST = 100;
const LOOP = 'Fn::ForEach::';

type Mapping = { readonly [key: string]: unknown };

/** How a template resolves the collection of a loop. */
export type Collection = (expression: unknown) => Value;

/**
 * Writes out the loops of one object of a template: `Fn::ForEach::Name: [Variable, Collection, { Key: Value }]` becomes one entry for each
 * element. A loop over something that only the deployment knows leaves one entry, in which the variable stands as it is written.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function writeOutLoops(object: Mapping, collection: Collection, budget = { copies: MOST_COPIES }): Mapping {
  if (!Object.keys(object).some(isLoop)) return object;
  const written = Object.create(null) as { [key: string]: unknown };
  for (const [key, value] of Object.entries(object)) {
    if (!isLoop(key)) written[key] = value;
    else for (const [name, copy] of copiesOf(value, collection, budget)) written[name] = copy;
  }
  return written;
}

function isLoop(key: string): boolean {
  return key.startsWith(LOOP);
}

function copiesOf(loop: unknown, collection: Collection, budget: { copies: number }): readonly [string, unknown][] {
  const [variable, over, body] = Array.isArray(loop) ? loop as unknown[] : [];
  if (typeof variable !== 'string' || typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  const values = collection(over);
  const elements = isList(values) ? values.map((value) => textOf(value)).filter((value) => value !== undefined) : [undefined];
  return elements.flatMap((element) => {
    if (budget.copies-- <= 0) return [];
    const copy = element === undefined ? body : replaced(body, variable, element, 0);
    return Object.entries(writeOutLoops(copy as Mapping, collection, budget));
  });
}

/** A copy in which the variable of a loop has its value: in keys, in texts and as `Ref`. */
function replaced(value: unknown, variable: string, by: string, depth: number): unknown {
  if (depth > DEEPEST) return value;
  if (typeof value === 'string') return inText(value, variable, by);
  if (Array.isArray(value)) return value.map((element) => replaced(element, variable, by, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  if ((value as Mapping).Ref === variable && Object.keys(value).length === 1) return by;
  const copy = Object.create(null) as { [key: string]: unknown };
  for (const [key, element] of Object.entries(value)) copy[inText(key, variable, by)] = replaced(element, variable, by, depth + 1);
  return copy;
}

/** `${Name}` has the value as it is, `&{Name}` its letters and digits. */
function inText(text: string, variable: string, by: string): string {
  return text.replaceAll(`\${${variable}}`, () => by).replaceAll(`&{${variable}}`, () => by.replace(/[^A-Za-z0-9]/g, ''));
}
