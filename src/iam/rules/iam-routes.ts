import { isPrivate } from '../../model/entries/api-doors';
import { routesByResource } from '../../model/entries/api-routes';
import { Route, RouteAuthorization } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { Grant } from '../../model/rights/resource-policies';
import { matchesGlob } from '../../model/values/glob';
import { Value } from '../../model/values/values';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** What stands before the stage: `execute-api:/`, or an ARN with the API's id. References stand in angle brackets. */
const BEFORE_STAGE = /^(?:execute-api:\/|arn:.*?:execute-api:(?:<[^<>]*>|[^:<])*:(?:<[^<>]*>|[^:<])*:(?:<[^<>]*>|[^/<])+\/)/;

/**
 * Whether a statement in the policy of a REST API is about a route on which IAM says who may call. Such a route is open to whom the statement names:
 * callers of the same account need nothing else, and those of other accounts a right that they give themselves. On other routes the authorizer decides,
 * and the policy must let its callers in. A private API has a rule of its own.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export function opensIamRoute({ holder, statement }: Grant, app: AppModel): boolean {
  if (isPrivate(holder) !== false) return false;
  const routes = iamRoutes(app).get(holder.key) ?? [];
  if (statement.resources.length === 0) return routes.length > 0;
  return routes.some((route) => statement.resources.some((resource) => isAbout(resource, route, app)));
}

function isAbout(resource: Value, { method, path }: Route, app: AppModel): boolean {
  const [stage, ...afterStage] = (app.describe(resource) ?? '*').replace(BEFORE_STAGE, '').split('/');
  if (afterStage.length === 0) return stage.endsWith('*');
  const call = path.replace(/\{[^{}]*\}/g, 'x');
  return (method === 'ANY' ? METHODS : [method]).some((one) => matchesGlob(afterStage.join('/'), `${one}${call}`));
}

function iamRoutes(app: AppModel): ReadonlyMap<string, readonly Route[]> {
  return app.index('REST routes under IAM by API', () => {
    const table = new Map<string, Route[]>();
    for (const route of [...routesByResource(app).values()].flat()) {
      if (route.kind !== 'rest' || route.api === undefined || route.authorization !== RouteAuthorization.IAM) continue;
      table.set(route.api.key, [...table.get(route.api.key) ?? [], route]);
    }
    return table;
  });
}
