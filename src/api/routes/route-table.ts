import { IConstruct } from 'constructs';
import { Route, routeName } from './route';
import { refuse } from '../../core/configuration-error';

/** The routes of one API, which must not contradict each other. */
export class RouteTable {
  private readonly byName = new Map<string, Route>();
  /** Under each parent path, API Gateway takes variables of one name only. */
  private readonly variables = new Map<string, string>();

  public get all(): readonly Route[] {
    return [...this.byName.values()];
  }

  public find(method: string, path: string): Route | undefined {
    return this.byName.get(routeName({ method, path }));
  }

  /** Refuses what clashes with the routes so far, and remembers nothing then. */
  public check(scope: IConstruct, method: string, path: string): void {
    if (this.find(method, path) !== undefined) {
      refuse(scope, {
        code: 'SecureApi.DuplicateRoute', prop: 'addRoute', must: 'must name each method and path once', got: `${method} ${path}`, fix: 'remove one of the two calls',
      });
    }
    for (const [parent, variable] of variablesOf(path)) {
      const other = this.variables.get(parent);
      if (other !== undefined && other !== variable) {
        refuse(scope, {
          code: 'SecureApi.PathVariable',
          prop: 'path',
          must: `must call the variable under '${parent}' as other routes do, ${other}`,
          got: path,
          fix: `write ${other} instead of ${variable}`,
        });
      }
    }
  }

  public add(route: Route): void {
    this.byName.set(routeName(route), route);
    for (const [parent, variable] of variablesOf(route.path)) this.variables.set(parent, variable);
  }
}

/** Each variable of a path with the path before it. A greedy variable is one as well: "A sibling ({rest+}) of this resource already has a variable path part". */
function variablesOf(path: string): [string, string][] {
  if (!path.includes('{')) return [];
  const segments = path.split('/');
  return segments.flatMap((segment, at): [string, string][] => {
    return segment.startsWith('{') ? [[segments.slice(0, at).join('/') || '/', segment]] : [];
  });
}
