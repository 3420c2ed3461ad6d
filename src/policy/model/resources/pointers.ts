import { AppModel } from './app-model';
import { meantBy } from './names';
import { Resource } from './resource';
import { parsedJson } from '../values/json-text';
import { alternatives, at, elements, Text, Value } from '../values/values';

const FUNCTION = 'AWS::Lambda::Function';

/** All values at the end of a dotted path, through each element of lists and each alternative on the way, and through JSON texts. */
export function valuesAt(resource: Resource, path: string): readonly Value[] {
  const [first, ...rest] = path.split('.');
  return valuesBelow(resource.property(first), rest.join('.'));
}

/** The same below a value. An empty path leads to the elements of the value itself. */
export function valuesBelow(value: Value, path: string): readonly Value[] {
  return path.split('.').filter((key) => key !== '')
    .reduce<readonly Value[]>((values, key) => values.flatMap((one) => elements(at(opened(one), key))), elements(value));
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
  const found = alternatives(value).flatMap((option) => {
    const pointed = [app.target(option), ...app.targets(option)].filter((resource) => resource !== undefined);
    return pointed.length > 0 ? pointed : meantBy(option, app, '').resources;
  });
  return [...new Set(found)].filter(({ type }) => types.length === 0 || types.includes(type));
}

/** The function that a value leads to, through its aliases and versions, or by its name in an ARN that is written out. */
export function functionAt(value: Value, app: AppModel): Resource | undefined {
  return app.functionBehind(value) ?? app.named(value, FUNCTION) ?? resourcesAt(value, app, FUNCTION)[0];
}
