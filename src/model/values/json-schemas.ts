import { alternatives, at, elements, entries, isRecord, isUnresolved, textOf, Value } from './values';

/** What a schema leaves open. */
export type SchemaGap = 'additionalProperties' | 'maxLength' | 'type';

/** Keywords that say nothing about what is accepted. */
const ANNOTATIONS = new Set(['$id', '$schema', 'default', 'description', 'example', 'examples', 'id', 'title']);

/** A schema with more parts than this does not fit into a template. */
const MOST_PARTS = 20_000;

/** The schema of a model: an object, or the JSON text of one. */
export function schemaOf(value: Value): Value {
  if (typeof value !== 'string') return value;
  try {
    return plain(JSON.parse(value));
  } catch {
    return undefined;
  }
}

function plain(value: Value): Value {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  const record = Object.create(null) as { [key: string]: Value };
  for (const [key, part] of Object.entries(value)) record[key] = plain(part);
  return record;
}

/** Whether a schema accepts every object, as the built-in model `Empty` does. */
export function acceptsEverything(schema: Value): boolean {
  const said = entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword));
  return said.every(([keyword, value]) => (keyword === 'type' && value === 'object')
    || (keyword === 'additionalProperties' && value === true)
    || (keyword === 'properties' && entries(value).length === 0));
}

/**
 * What a schema leaves open, in itself and in all its parts.
 *
 * | part                                    | open unless                                                     |
 * |-----------------------------------------|-----------------------------------------------------------------|
 * | object                                  | `additionalProperties` is false, or they are counted            |
 * | text                                    | `maxLength`, `enum`, `const` or a pattern with an end bounds it |
 * | no type, nothing else that says it      | never                                                           |
 *
 * The number of items is no part of it: API Gateway does not check `maxItems`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function schemaGaps(schema: Value, follow: (part: Value) => Value = (part) => part): ReadonlySet<SchemaGap> {
  const gaps = new Set<SchemaGap>();
  const seen = new Set<Value>();
  const open: { readonly schema: Value; readonly composed: boolean }[] = [{ schema, composed: false }];
  while (open.length > 0 && seen.size < MOST_PARTS) {
    const { schema: part, composed } = open.pop()!;
    for (const option of alternatives(follow(part))) {
      if (!isRecord(option) || seen.has(option) || option.$ref !== undefined) continue;
      seen.add(option);
      for (const gap of gapsOf(option, composed)) gaps.add(gap);
      open.push(...partsOf(option));
    }
  }
  return gaps;
}

function gapsOf(schema: Value, composed: boolean): readonly SchemaGap[] {
  const given = (keyword: string) => at(schema, keyword) !== undefined;
  const types = elements(at(schema, 'type')).map((type) => textOf(type));
  const closed = given('enum') || given('const');
  const composition = given('allOf') || given('anyOf') || given('oneOf') || given('not');
  const gaps: SchemaGap[] = [];
  if (types.length === 0 && !given('properties') && !closed && !composition && !given('items') && !given('pattern') && !isUnresolved(at(schema, 'type'))) {
    gaps.push('type');
  }
  if ((types.includes('object') || given('properties')) && !closed && !composed && !hasClosedProperties(schema)) gaps.push('additionalProperties');
  if (types.includes('string') && !closed && !given('maxLength') && !hasEnd(textOf(at(schema, 'pattern')))) gaps.push('maxLength');
  return gaps;
}

function hasClosedProperties(schema: Value): boolean {
  const more = at(schema, 'additionalProperties');
  const isFalse = (value: Value) => value === false || value === 'false';
  if (alternatives(more).every((option) => isFalse(option) || isUnresolved(option))) return true;
  if (alternatives(at(schema, 'unevaluatedProperties')).every(isFalse)) return true;
  return isRecord(more) && at(schema, 'maxProperties') !== undefined;
}

/** A pattern bounds a text when it covers the whole of it and repeats nothing without an end. */
function hasEnd(pattern: string | undefined): boolean {
  return pattern !== undefined && pattern.startsWith('^') && pattern.endsWith('$') && !/[*+]|\{\d*,\}/.test(pattern.replace(/\\.|\[[^\]]*\]/g, '_'));
}

/** Branches of `allOf` describe one object together: it is closed around them, or by none. */
function partsOf(schema: Value): readonly { readonly schema: Value; readonly composed: boolean }[] {
  const whole = [
    ...entries(at(schema, 'properties')).map(([, part]) => part),
    ...entries(at(schema, 'patternProperties')).map(([, part]) => part),
    ...elements(at(schema, 'items')),
    ...['anyOf', 'oneOf'].flatMap((keyword) => elements(at(schema, keyword))),
    ...isRecord(at(schema, 'additionalProperties')) ? [at(schema, 'additionalProperties')] : [],
  ];
  return [...whole.map((part) => ({ schema: part, composed: false })), ...elements(at(schema, 'allOf')).map((part) => ({ schema: part, composed: true }))];
}
