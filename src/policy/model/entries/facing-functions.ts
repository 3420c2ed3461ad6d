import { routesByResource } from './api-routes';
import { AppModel } from '../resources/app-model';
import { revisionsBehind, WEB_FUNCTION_ENDPOINT } from '../resources/web-functions';

/** Keys of what answers callers from outside: handlers of routes of APIs, functions with a URL, revisions of web functions. */
export function facingFunctions(app: AppModel): ReadonlySet<string> {
  return app.index('functions that face the Internet', () => {
    const handlers = [...routesByResource(app).values()].flat().map(({ handler }) => handler);
    const withUrl = app.ofType('AWS::Lambda::Url').map((url) => app.functionBehind(url.property('TargetFunctionArn')));
    const revisions = app.ofType(WEB_FUNCTION_ENDPOINT).flatMap((endpoint) => revisionsBehind(endpoint, app));
    return new Set([...handlers, ...withUrl, ...revisions].flatMap((fn) => (fn === undefined ? [] : [fn.key])));
  });
}
