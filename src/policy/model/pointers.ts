import { AppModel } from './app-model';
import { parsedJson } from './json-text';
import { Resource } from './resource';
import { alternatives, at, elements, Value } from './values';

/** All values at the end of a dotted path, through each element of lists and each alternative on the way, and through JSON texts. */
export function valuesAt(resource: Resource, path: string): readonly Value[] {
  const [first, ...rest] = path.split('.');
  return valuesBelow(resource.property(first), rest.join('.'));
}

/** The same below a value. An empty path leads to the elements of the value itself. */
export function valuesBelow(value: Value, path: string): readonly Value[] {
  return path.split('.').filter((key) => key !== '').reduce<readonly Value[]>((values, key) => (
    values.flatMap((one) => elements(at(typeof one === 'string' ? parsedJson(one) : one, key)))), elements(parsedJson(value)));
}

/** The resources that a value may point to, by reference, or as pieces of an ARN or URL. */
export function resourcesAt(value: Value, app: AppModel, ...types: readonly string[]): readonly Resource[] {
  const found = alternatives(value).flatMap((option) => [app.target(option), ...app.targets(option)])
    .filter((resource) => resource !== undefined && (types.length === 0 || types.includes(resource.type))) as Resource[];
  return [...new Set(found)];
}
