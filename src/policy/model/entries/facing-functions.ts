import { routesByResource } from './api-routes';
import { AppModel } from '../resources/app-model';

/** Keys of the functions that answer callers from outside: handlers of routes of APIs, and functions with a URL. */
export function facingFunctions(app: AppModel): ReadonlySet<string> {
  return app.index('functions that face the Internet', () => {
    const handlers = [...routesByResource(app).values()].flat().map(({ handler }) => handler);
    const withUrl = app.ofType('AWS::Lambda::Url').map((url) => app.functionBehind(url.property('TargetFunctionArn')));
    return new Set([...handlers, ...withUrl].flatMap((fn) => (fn === undefined ? [] : [fn.key])));
  });
}
