import { AppModel } from './app-model';
import { meantBy } from './names';
import { Resource } from './resource';
import { parsedJson } from '../values/json-text';
import { alternatives, at, elements, isUnresolved, Text, textOf, Value } from '../values/values';

const FUNCTION = 'AWS::Lambda::Function';

/** All values at the end of a dotted path, through each element of lists and each alternative on the way, and through JSON texts. */
export function valuesAt(resource: Resource, path: string): readonly Value[] {
  const end = path.indexOf('.');
  return end < 0 ? elements(resource.property(path)) : valuesBelow(resource.property(path.slice(0, end)), path.slice(end + 1));
}

/** The same below a value. An empty path leads to the elements of the value itself. */
export function valuesBelow(value: Value, path: string): readonly Value[] {
  const all = elements(value);
  if (all.length === 0 || path === '') return all;
  return path.split('.').reduce<readonly Value[]>((values, key) => values.flatMap((one) => elements(at(opened(one), key))), all);
}

/** What is below a text is what its JSON says. */
function opened(value: Value): Value {
  return typeof value === 'string' || value instanceof Text ? parsedJson(value) : value;
}

/**
 * The resources that a value may point to, by reference, as pieces of an ARN or URL, or by the name in an ARN that is written out: templates
 * that were converted name their own account as a number.
 */
export function resourcesAt(value: Value, app: AppModel, ...types: readonly string[]): readonly Resource[] {
  const options = alternatives(value);
  const found = options.length === 1 ? pointedAt(options[0], app) : [...new Set(options.flatMap((option) => pointedAt(option, app)))];
  return types.length === 0 ? found : found.filter(({ type }) => types.includes(type));
}

function pointedAt(value: Value, app: AppModel): readonly Resource[] {
  const pointed = app.targets(value);
  if (pointed.length === 0) return meantBy(value, app, '').resources;
  if (pointed.length === 1) return pointed;
  const whole = app.target(value);
  return [...new Set(whole === undefined ? pointed : [whole, ...pointed])];
}

/** The function that a value leads to, through its aliases and versions, or by its name in an ARN that is written out. */
export function functionAt(value: Value, app: AppModel): Resource | undefined {
  return app.functionBehind(value) ?? app.named(value, FUNCTION) ?? resourcesAt(value, app, FUNCTION)[0];
}

/** The function itself, and neither an alias nor a version of it. */
export const LATEST = '$LATEST';

/**
 * Which alias or version of a function a value means: the name of an alias, the key of a version of the app, the number of one that is
 * written out, or `LATEST`; undefined when only the deployment knows.
 */
export function qualifierAt(value: Value, app: AppModel): string | undefined {
  const own = ownQualifier(value, app);
  if (own !== undefined) return own.name;
  const text = app.describe(value);
  if (isUnresolved(value) || text === undefined || text.includes('<?>')) return undefined;
  return /(?:<[^<>]*>|:function:[^:]+|^[^:<]+):([^:]+)$/.exec(text)?.[1] ?? LATEST;
}

/** The same for the property that names nothing but the alias or version. */
export function qualifierNamed(value: Value, app: AppModel): string | undefined {
  if (value === undefined) return LATEST;
  const own = ownQualifier(value, app);
  return own === undefined ? (isUnresolved(value) ? undefined : textOf(value)) : own.name;
}

function ownQualifier(value: Value, app: AppModel): { readonly name: string | undefined } | undefined {
  const [target] = app.targets(value);
  if (target?.type === 'AWS::Lambda::Version') return { name: target.key };
  return target?.type === 'AWS::Lambda::Alias' ? { name: textOf(target.property('Name')) } : undefined;
}
