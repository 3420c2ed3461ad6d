import { AppModel } from './app-model';
import { Resource } from './resource';
import { own, section } from './template-source';

/** A parameter as its template declares it. */
export interface DeclaredParameter {
  readonly name: string;
  readonly type: string;
  readonly noEcho: boolean;
  /** As written; undefined where whoever deploys must give a value. */
  readonly default: unknown;
}

/** The parameters that the template of a stack declares. */
export function parametersOfStack(stackId: string, app: AppModel): ReadonlyMap<string, DeclaredParameter> {
  const all = app.index('declared parameters', () => new Map(app.templates.map((template) => [template.stackId, declaredIn(template)])));
  return all.get(stackId) ?? new Map<string, DeclaredParameter>();
}

/** The parameters of its template that an expression names, by `Ref` or in a text of `Fn::Sub`. */
export function parametersIn(expression: unknown, stackId: string, app: AppModel): readonly DeclaredParameter[] {
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

function declaredIn(template: Resource): ReadonlyMap<string, DeclaredParameter> {
  const parameters = section(own(template.declaration, 'Properties'), 'Parameters');
  return new Map(Object.entries(parameters).map(([name, declared]) => [name, {
    name,
    type: String(own(declared, 'Type') ?? 'String'),
    noEcho: String(own(declared, 'NoEcho')).toLowerCase() === 'true',
    default: own(declared, 'Default'),
  }]));
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
