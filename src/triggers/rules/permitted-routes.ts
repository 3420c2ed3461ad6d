import { routesByApi as routeResourcesByApi, routesByResource } from '../../model/entries/api-routes';
import { isCatchAll, Route } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { parseArn } from '../../model/values/arn';
import { matchesGlob } from '../../model/values/glob';
import { textOf } from '../../model/values/values';

/** What follows the id of an API in a source ARN where an authorizer calls, and not a route. */
const AUTHORIZERS = 'authorizers';

/**
 * Whether the ARN of an API in a permission fits one of the routes that the API has; true where the template does not tell.
 *
 * | after the id of the API                   | fits                                                     |
 * |-------------------------------------------|----------------------------------------------------------|
 * | `*`, `prod/*`                             | always                                                   |
 * | `authorizers/…`                           | always: authorizers have no path                         |
 * | `prod/POST/orders`, of a REST or HTTP API | a route of that method, or of any, whose path it matches |
 * | `prod/$connect`, of a WebSocket API       | a route of that key                                      |
 */
export function fitsRoute(source: string, api: Resource, fn: Resource, app: AppModel): boolean {
  const arn = parseArn(source);
  if (arn?.service !== 'execute-api' || source.includes('<?>')) return true;
  const [, stage, method, ...path] = partsOf(arn.resource);
  if (stage === undefined || stage === AUTHORIZERS || method === undefined) return true;
  // callers meet the route for connections alone, and another function may serve it
  if (textOf(api.property('ProtocolType'))?.toUpperCase() === 'WEBSOCKET') return path.length > 0 || fitsKey(method, api, app);
  const routes = routesOfApi(api, app).filter(({ handler }) => handler === undefined || handler === fn);
  if (path.length === 0 && /^[*?]/.test(method)) return true;
  if (routes.length === 0) return false;
  return routes.some((route) => isVague(route) || (fitsMethod(method, route.method) && fitsPath(path, route.path)));
}

/** Pointers hold slashes of their own. */
function partsOf(resource: string): readonly string[] {
  return resource.replace(/<[^<>]*>/g, '_').split('/');
}

function routesOfApi(api: Resource, app: AppModel): readonly Route[] {
  return app.index('routes of APIs', () => {
    const table = new Map<string, Route[]>();
    for (const route of [...routesByResource(app).values()].flat()) {
      const known = table.get(route.api?.key ?? '');
      if (known === undefined) table.set(route.api?.key ?? '', [route]);
      else known.push(route);
    }
    return table;
  }).get(api.key) ?? [];
}

/** A route whose path the template does not hold, or that takes what no other does. */
function isVague(route: Route): boolean {
  return route.path.includes('…') || route.path.includes('<') || (isCatchAll(route) && route.path === '$default');
}

function fitsMethod(permitted: string, method: string): boolean {
  return method === 'ANY' || permitted.toUpperCase() === 'ANY' || matchesGlob(permitted.toUpperCase(), method);
}

/** A variable of a path stands for anything in both; a star of the permission for whatever follows. */
function fitsPath(permitted: readonly string[], path: string): boolean {
  if (matchesGlob(permitted.join('/'), path.replace(/^\//, ''))) return true;
  const own = path.replace(/^\//, '').split('/');
  const greedy = own.findIndex((part) => /^\{[^{}]*\+\}$/.test(part));
  const [mine, theirs] = greedy < 0 ? [own, permitted] : [own.slice(0, greedy), permitted.slice(0, greedy)];
  return mine.length === theirs.length && mine.every((part, index) => /^\{.*\}$/.test(part) || /^\{.*\}$/.test(theirs[index]) || matchesGlob(theirs[index], part));
}

function fitsKey(permitted: string, api: Resource, app: AppModel): boolean {
  const keys = (routeResourcesByApi(app).get(api.key) ?? []).flatMap((route) => route.alternatives('RouteKey')).map((key) => textOf(key) ?? '<?>');
  return keys.length === 0 || keys.some((key) => key.includes('<') || matchesGlob(permitted, key));
}
