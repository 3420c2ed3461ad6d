import { routesOf } from '../../model/entries/api-routes';
import { asksBrowsers, isCatchAll, Route, RouteAuthorization, routeName } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, elements, isUnresolved } from '../../model/values/values';

const ROUTE_TYPES = ['AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route'];
const FINDING_FORM = 'method and path of the route, `GET /orders/{id}`';

/** Kinds whose tokens can carry scopes. */
const TOKENS = new Set([RouteAuthorization.JWT, RouteAuthorization.USER_POOL]);

export const API_KEY_ALONE: Rule = {
  id: 'ApiKeyAlone',
  severity: Severity.MEDIUM,
  appliesTo: ROUTE_TYPES,
  title: 'An API key is the only lock of a route',
  why: 'Keys tell apart clients for their quotas. They are long-lived, stand in apps and scripts of everybody who calls, and whoever copies one is let in.',
  fix: 'Give the route an authorizer: a user pool, IAM, or a Lambda authorizer. Keep the key beside it where a usage plan meters callers.',
  risks: ['broken-authentication', 'single-layer'],
  frameworks: ['FSBP APIGateway.8', 'cdk-nag APIG4', 'OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: FINDING_FORM,
  check: (resource, app) => answeredElsewhere(resource, app).filter(({ apiKey }) => apiKey).map(judgeAuthorization),
};

export const OPEN_CATCH_ALL: Rule = {
  id: 'OpenCatchAll',
  severity: Severity.HIGH,
  appliesTo: ROUTE_TYPES,
  title: 'A route for all paths answers callers that did not authenticate',
  why: 'Every path that the code knows is reachable, also those that nobody listed: administration, debugging, and what is added later.',
  fix: 'List the routes one by one, or give the greedy or default route an authorizer. SecureApi takes no route for all methods.',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['FSBP APIGateway.8', 'cdk-nag APIG4', 'CKV_AWS_59', 'OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: `${FINDING_FORM.replace('GET /orders/{id}', 'ANY /{proxy+}')}; \`ANY $default\``,
  check: (resource, app) => answeredElsewhere(resource, app).filter(isCatchAll).map(judgeAuthorization),
};

export const ROUTE_TOKEN_SCOPES: Rule = {
  id: 'RouteTokenScopes',
  severity: Severity.LOW,
  appliesTo: ROUTE_TYPES,
  title: 'A route takes any token of its issuer',
  why: 'Tokens for other purposes, ID tokens among them, open the route: a client that may read may also write.',
  fix: 'Name the OAuth scopes of the route (AuthorizationScopes; in OpenAPI, the list behind the security scheme). addRoute of SecureApi and SecureHttpApi takes scopes.',
  risks: ['broken-authentication', 'over-privilege'],
  frameworks: ['OWASP Serverless S2', 'OWASP Serverless S5', 'CSA SAS-02'],
  findingForm: FINDING_FORM,
  check: (resource, app) => routesOf(resource, app).filter((route) => TOKENS.has(route.authorization) && !route.preflight).map(judgeScopes),
};

/** The routes behind which something stands: neither preflights nor constants that API Gateway answers by itself. */
function answeredElsewhere(resource: Resource, app: AppModel): readonly Route[] {
  return routesOf(resource, app).filter(({ preflight, isMock }) => !preflight && isMock !== true);
}

function judgeAuthorization(route: Route): Outcome {
  if (asksBrowsers(route) || route.authorization === RouteAuthorization.UNKNOWN) return unresolved(route.location, routeName(route));
  return route.authorization === RouteAuthorization.NONE ? fail(route.location, routeName(route)) : pass();
}

/** Scopes that each login at an issuer of OpenID Connect may ask for: they say what is known of the user, not what a client may do. */
const LOGIN_SCOPES = new Set<unknown>(['', 'address', 'email', 'offline_access', 'openid', 'phone', 'profile']);

function judgeScopes(route: Route): Outcome {
  const location = route.declaredBy === route.api ? route.location : 'Properties.AuthorizationScopes';
  const lists = route.scopes.flatMap(alternatives);
  if (lists.some((list) => !isUnresolved(list) && elements(list).every((scope) => LOGIN_SCOPES.has(scope)))) return fail(location, routeName(route));
  return lists.some((list) => elements(list).some(isUnresolved)) ? unresolved(location, routeName(route)) : pass();
}

export const ROUTE_RULES: readonly Rule[] = [API_KEY_ALONE, OPEN_CATCH_ALL, ROUTE_TOKEN_SCOPES];
