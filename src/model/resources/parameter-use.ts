import { AppModel } from './app-model';
import { own } from '../templates/template-source';
import { Parameter } from '../values/parameters';

/** The parameters that the template of a stack declares. */
export function parametersOfStack(stackId: string, app: AppModel): ReadonlyMap<string, Parameter> {
  const all = app.index('declared parameters', () => {
    const stacks = new Map<string, Map<string, Parameter>>();
    for (const parameter of app.parameters) {
      stacks.set(parameter.stackId, (stacks.get(parameter.stackId) ?? new Map<string, Parameter>()).set(parameter.name, parameter));
    }
    return stacks;
  });
  return all.get(stackId) ?? new Map<string, Parameter>();
}

/** The parameters of its template that an expression names, by `Ref` or in a text of `Fn::Sub`. */
export function parametersIn(expression: unknown, stackId: string, app: AppModel): readonly Parameter[] {
  const declared = parametersOfStack(stackId, app);
  if (declared.size === 0) return [];
  return [...new Set(namesIn(expression, 0))].map((name) => declared.get(name)).filter((parameter) => parameter !== undefined);
}

/** The expressions under a key, anywhere below another one. */
export function expressionsUnder(key: string, expression: unknown, depth = 0): readonly unknown[] {
  if (typeof expression !== 'object' || expression === null || depth > 100) return [];
  return Object.keys(expression).flatMap((name) => {
    const below = own(expression, name);
    return name === key ? [below] : expressionsUnder(key, below, depth + 1);
  });
}

function namesIn(expression: unknown, depth: number): readonly string[] {
  if (typeof expression !== 'object' || expression === null || depth > 100) return [];
  return Object.keys(expression).flatMap((key) => {
    const below = own(expression, key);
    if (key === 'Ref') return typeof below === 'string' ? [below] : [];
    const template = key === 'Fn::Sub' ? (Array.isArray(below) ? below[0] as unknown : below) : undefined;
    const named = typeof template === 'string' ? [...template.matchAll(/\$\{([A-Za-z0-9]{1,255})\}/g)].map((match) => match[1]) : [];
    return [...named, ...namesIn(below, depth + 1)];
  });
}
