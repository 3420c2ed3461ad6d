import { routesByResource } from './api-routes';
import { LOAD_BALANCER } from './balancer-forwards';
import { forwardsBehindApis, openForwardsOf } from './load-balancers';
import { AGENT_GATEWAY, toolsBehind } from '../resources/agents';
import { AppModel } from '../resources/app-model';
import { revisionsBehind, WEB_FUNCTION_ENDPOINT } from '../resources/web-functions';

/**
 * Keys of what answers callers from outside: handlers of routes of APIs, functions with a URL or behind a load balancer, revisions of web functions, tools of
 * agents.
 */
export function facingFunctions(app: AppModel): ReadonlySet<string> {
  return app.index('functions that face the Internet', () => {
    const handlers = [...routesByResource(app).values()].flat().map(({ handler }) => handler);
    const withUrl = app.ofType('AWS::Lambda::Url').map((url) => app.functionBehind(url.property('TargetFunctionArn')));
    const revisions = app.ofType(WEB_FUNCTION_ENDPOINT).flatMap((endpoint) => revisionsBehind(endpoint, app));
    const tools = app.ofType(AGENT_GATEWAY).flatMap((gateway) => toolsBehind(gateway, app));
    const forwards = [...app.ofType(LOAD_BALANCER).flatMap((balancer) => openForwardsOf(balancer, app)), ...forwardsBehindApis(app)];
    const balanced = forwards.flatMap(({ functions }) => functions);
    return new Set([...handlers, ...withUrl, ...revisions, ...tools, ...balanced].flatMap((fn) => (fn === undefined ? [] : [fn.key])));
  });
}
