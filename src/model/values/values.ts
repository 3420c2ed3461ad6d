/** What a template says where only the deployment knows the value: a parameter, an import from elsewhere, an undecided condition. */
export class Unresolved {
  constructor(
    public readonly because: string,
    /** The parameter that whoever deploys gives it by, where no default says what it might be. */
    public readonly parameter?: OpenParameter,
  ) {}
}

/** A parameter without a value, and what its value must look like. */
export interface OpenParameter {
  readonly name: string;
  readonly allowedPattern?: string;
}

/** A pointer to a resource of the model: `Ref` (no attribute) or `Fn::GetAtt`. */
export class Reference {
  constructor(
    /** The stack whose template holds the target. */
    public readonly stackId: string,
    public readonly logicalId: string,
    public readonly attribute?: string,
  ) {}
}

/** A string of which some pieces are pointers or unknown: `Fn::Join`, `Fn::Sub`. */
export class Text {
  constructor(public readonly parts: readonly (string | Reference | Unresolved)[]) {}
}

/** One of several values, depending on a condition that the template leaves open: rules judge the worst. */
export class Choice {
  constructor(public readonly options: readonly Value[]) {}
}

/** A resolved object. It has no prototype, so that a key like `__proto__` is a key and nothing else. */
export interface ValueRecord {
  readonly [key: string]: Value;
}

/** A template value after all intrinsic functions are applied as far as the template tells. */
export type Value = undefined | null | boolean | number | string | readonly Value[] | ValueRecord | Reference | Text | Unresolved | Choice;

export function isUnresolved(value: Value): value is Unresolved {
  return value instanceof Unresolved;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isRecord(value: Value): value is ValueRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    && !(value instanceof Reference) && !(value instanceof Text) && !(value instanceof Unresolved) && !(value instanceof Choice);
}

/** Every value that may come out at deployment; one for most. */
export function alternatives(value: Value): readonly Value[] {
  return value instanceof Choice ? value.options : [value];
}

/** The value under a key, for each alternative of an object that may be one of several. */
export function at(value: Value, key: string | number): Value {
  return value instanceof Choice ? choose(value.options.map((option) => atOne(option, key))) : atOne(value, key);
}

function atOne(value: Value, key: string | number): Value {
  if (isUnresolved(value)) return value;
  if (isList(value)) return value[Number(key)];
  return isRecord(value) ? value[key] : undefined;
}

/** The elements of a list, or the value itself where CloudFormation accepts one without a list. Alternatives count as elements. */
export function elements(value: Value): readonly Value[] {
  if (value === undefined || value === null) return [];
  if (isList(value) ? value.every(isOne) : isOne(value)) return isList(value) ? value : [value]; // nearly all are
  return alternatives(value).flatMap((option) => (isList(option) ? option : [option])).flatMap(alternatives).filter(isOne);
}

function isOne(value: Value): boolean {
  return value !== undefined && value !== null && !(value instanceof Choice);
}

/** The entries of an object, over all alternatives. */
export function entries(value: Value): readonly [string, Value][] {
  if (value instanceof Choice) return value.options.flatMap(entries);
  return isRecord(value) ? Object.entries(value) : [];
}

/** Makes a choice of several values, flat and without repetition; one value stays what it is. */
export function choose(options: readonly Value[]): Value {
  const flat = [...new Set(options.some((option) => option instanceof Choice) ? options.flatMap(alternatives) : options)];
  return flat.length === 1 ? flat[0] : new Choice(flat);
}

/** Whether the value, or a piece of the text, is only known at deployment. */
export function hasUnknown(value: Value): boolean {
  if (value instanceof Text) return value.parts.some((part) => part instanceof Unresolved);
  return value instanceof Unresolved || value instanceof Choice;
}

/** Whether a value is what another app exports: no resource of this one, which would be named by a pointer. */
export function isOfAnotherApp(value: Value): boolean {
  if (value instanceof Text) return value.parts.some(isOfAnotherApp);
  return value instanceof Unresolved && value.because.startsWith('the export ');
}

/** The pointers in a value: itself, or the pieces of a text. */
export function referencesIn(value: Value): readonly Reference[] {
  if (value instanceof Reference) return [value];
  if (value instanceof Text) return value.parts.filter((part): part is Reference => part instanceof Reference);
  return value instanceof Choice ? value.options.flatMap(referencesIn) : [];
}

/**
 * One line for a value, with `<name.Attribute>` for pointers and `<?>` for what is not known; undefined for what is no text.
 * Of several texts it is the first that is known: that of the default of a parameter, or of the first branch of a condition.
 */
export function textOf(value: Value, nameOf: (reference: Reference) => string = (reference) => reference.logicalId): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Text) return value.parts.map((part) => textOf(part, nameOf)).join('');
  if (value instanceof Reference) return `<${nameOf(value)}${value.attribute === undefined ? '' : `.${value.attribute}`}>`;
  if (value instanceof Choice) {
    const texts = value.options.map((option) => textOf(option, nameOf)).filter((text) => text !== undefined);
    return texts.find((text) => !text.includes('<?>')) ?? texts[0];
  }
  return value instanceof Unresolved ? '<?>' : undefined;
}

/** Whether a property is switched on: `true`, or the string that YAML templates write for it. */
export function isTrue(value: Value): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

/** The number a property holds, also where it is written as a string. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : undefined;
}
