import { STAGE_THROTTLE } from '../api/rules/stage-rules';
import { SecurityProfile } from '../core/security-profile';
import { FUNCTION_LOG_GROUP, FUNCTION_ROLE_SHARED } from '../function/rules/function-rules';
import { WEB_FUNCTION_LIMITS } from '../function/rules/web-function-rules';
import { IAM_ACTION_WILDCARD, IAM_RESOURCE_WILDCARD } from '../iam/iam-rules';
import { BUCKET_PUBLIC_ACCESS } from '../storage/storage-rules';
import { stagesOf } from './model/entries/api-doors';
import { routesByApi, routesOf } from './model/entries/api-routes';
import { hasWebAclAtEdge, hasWebAclBefore } from './model/entries/distribution';
import { isValidated, Route, RouteAuthorization, routeName, weakest } from './model/entries/route';
import { hasWebAcl, hasWebAclOn } from './model/entries/web-acl';
import { AppModel } from './model/resources/app-model';
import { Resource } from './model/resources/resource';
import { REVISION, revisionsBehind, WEB_FUNCTION_ENDPOINT } from './model/resources/web-functions';
import { policyHoldersOf } from './model/rights/iam';
import { Outcome, outcomesOf, Rule, RuleContext } from './model/rule';
import { DEFAULT_RULE_OPTIONS } from './model/rule-options';
import { alternatives, at, elements, isRecord, isUnresolved, textOf, Value } from './model/values/values';

const ROUTE_TYPES = ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route'];
const FUNCTION_URL = 'AWS::Lambda::Url';
const GRAPHQL_API = 'AWS::AppSync::GraphQLApi';
const BUCKET_POLICY = 'AWS::S3::BucketPolicy';

/** Resource types at which code of the app can be reached. */
export const ENTRY_TYPES = [...ROUTE_TYPES, FUNCTION_URL, GRAPHQL_API, WEB_FUNCTION_ENDPOINT];

/** Whether a layer stands there; null where this way in cannot have it, undefined when only the deployment knows. */
export type Layer = boolean | null | undefined;

/** The layers that can stand before and around a way in. */
export interface EntryLayers {
  readonly authorization: RouteAuthorization;
  readonly validation: Layer;
  readonly throttle: Layer;
  readonly webAcl: Layer;
  readonly logging: Layer;
  /** What answers has a role of its own and no wildcard rights; null when nothing of the app answers. */
  readonly leastPrivilege: Layer;
}

/** One way into the app. */
export interface EntryPoint {
  readonly kind: 'rest-route' | 'http-route' | 'websocket-route' | 'function-url' | 'web-function' | 'graphql-api' | 'public-bucket';
  readonly declaredBy: Resource;
  /** Tells the ways in of one resource apart. */
  readonly finding?: string;
  readonly location: string;
  readonly route?: Route;
  /** The function that answers first. */
  readonly handler?: Resource;
  /** The roles that act for whoever comes in. */
  readonly roles: readonly Resource[];
  readonly layers: EntryLayers;
}

/** Rules that are asked for a layer look at neither. */
const CONTEXT: RuleContext = { profile: SecurityProfile.production(), options: DEFAULT_RULE_OPTIONS };

/**
 * Every way in: routes, function URLs, web functions, GraphQL APIs, and buckets that the public may reach. The layers are what our rules find nothing
 * wrong with.
 */
export function entryPointsOf(app: AppModel): readonly EntryPoint[] {
  return [...app.ofType(...ROUTE_TYPES), ...app.ofType(FUNCTION_URL, WEB_FUNCTION_ENDPOINT, GRAPHQL_API, BUCKET_POLICY)]
    .flatMap((resource) => entryPointsAt(resource, app));
}

/** The ways in that one resource opens. */
export function entryPointsAt(resource: Resource, app: AppModel): readonly EntryPoint[] {
  const cache = app.index('entry points', () => new Map<string, readonly EntryPoint[]>());
  const known = cache.get(resource.key);
  if (known !== undefined) return known;
  const found = entriesOf(resource, app);
  cache.set(resource.key, found);
  return found;
}

function entriesOf(resource: Resource, app: AppModel): readonly EntryPoint[] {
  switch (resource.type) {
    case FUNCTION_URL: return [functionUrl(resource, app)];
    case WEB_FUNCTION_ENDPOINT: return [webFunction(resource, app)];
    case GRAPHQL_API: return [graphqlApi(resource, app)];
    case BUCKET_POLICY: return holds(BUCKET_PUBLIC_ACCESS, resource, app) === false ? [publicBucket(resource, app)] : [];
    default: return routesOf(resource, app).map((route) => routeEntry(route, app));
  }
}

function routeEntry(route: Route, app: AppModel): EntryPoint {
  const stages = route.api === undefined ? [] : stagesOf(route.api, app);
  const every = (layer: (stage: Resource) => Layer): Layer => (stages.length === 0 ? undefined : all(stages.map(layer)));
  const atEdge = route.api === undefined || route.kind === 'websocket' ? null : hasWebAclAtEdge(route.api, app);
  const rest = route.kind === 'rest';
  const roles = rolesBehind(route, app);
  return {
    kind: `${route.kind}-route`,
    declaredBy: route.declaredBy,
    finding: routeName(route),
    location: route.location,
    route,
    handler: route.handler,
    roles,
    layers: {
      authorization: route.authorization,
      validation: rest ? isValidated(route) : null,
      throttle: every((stage) => holds(STAGE_THROTTLE, stage, app)),
      webAcl: !rest || atEdge === true ? atEdge : every((stage) => hasWebAcl(stage, app)),
      logging: every(hasAccessLog),
      leastPrivilege: leastPrivilege(route.handler, roles, app),
    },
  };
}

/** On a WebSocket API, whoever is connected reaches what stands behind every route. */
function rolesBehind(route: Route, app: AppModel): readonly Resource[] {
  const own = [...roleOf(route.handler, app), ...rolesIn(route.credentials, app)];
  if (route.kind !== 'websocket' || route.api === undefined) return own;
  const others = (routesByApi(app).get(route.api.key) ?? []).flatMap((other) => app.targets(other.property('Target')))
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Integration')
    .flatMap((one) => [...roleOf(app.functionBehind(one.property('IntegrationUri')), app), ...rolesIn(one.property('CredentialsArn'), app)]);
  return [...new Set([...own, ...others])];
}

function functionUrl(url: Resource, app: AppModel): EntryPoint {
  const handler = app.functionBehind(url.property('TargetFunctionArn'));
  const reserved = handler?.alternatives('ReservedConcurrentExecutions') ?? [];
  const authorization = weakest(url.alternatives('AuthType').map((type) => (
    type === 'AWS_IAM' ? RouteAuthorization.IAM : isUnresolved(type) ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE)));
  const roles = roleOf(handler, app);
  return {
    kind: 'function-url',
    declaredBy: url,
    location: 'Properties.AuthType',
    handler,
    roles,
    layers: {
      authorization,
      validation: null,
      throttle: handler === undefined ? null : !reserved.includes(undefined),
      webAcl: authorization === RouteAuthorization.IAM ? hasWebAclBefore(url, app) : null,
      logging: handler === undefined ? null : holds(FUNCTION_LOG_GROUP, handler, app),
      leastPrivilege: leastPrivilege(handler, roles, app),
    },
  };
}

/** Lambda hands on each request as it is: what it knows of is the signature of the caller, and two bounds. */
function webFunction(endpoint: Resource, app: AppModel): EntryPoint {
  const revisions = revisionsBehind(endpoint, app);
  const authorization = weakest(endpoint.alternatives('AuthType').map((type) => (
    type === 'IamAuth' ? RouteAuthorization.IAM : isUnresolved(type) ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE)));
  const roles = [...new Set(revisions.flatMap((revision) => rolesIn(revision.property(REVISION.role), app)))];
  const ofRevisions = (layer: Layer): Layer => (revisions.length === 0 ? null : layer);
  return {
    kind: 'web-function',
    declaredBy: endpoint,
    location: 'Properties.AuthType',
    handler: revisions[0],
    roles,
    layers: {
      authorization,
      validation: null,
      throttle: holds(WEB_FUNCTION_LIMITS, endpoint, app),
      webAcl: authorization === RouteAuthorization.IAM ? hasWebAclBefore(endpoint, app) : null,
      logging: ofRevisions(all(revisions.map((revision) => holds(FUNCTION_LOG_GROUP, revision, app)))),
      leastPrivilege: ofRevisions(roles.length === 0 ? undefined : all([
        ...revisions.map((revision) => holds(FUNCTION_ROLE_SHARED, revision, app)), ...roles.map((role) => hasNoWildcard(role, app)),
      ])),
    },
  };
}

/** API Gateway has no say here: the schema validates, and AWS throttles per account only. */
function graphqlApi(api: Resource, app: AppModel): EntryPoint {
  const providers = [api.property('AuthenticationType'), ...api.items('AdditionalAuthenticationProviders').map((one) => at(one, 'AuthenticationType'))];
  const sources = sourcesByApi(app).get(api.key) ?? [];
  const functions = sources.flatMap((source) => app.functionBehind(source.property('LambdaConfig.LambdaFunctionArn')) ?? []);
  const roles = [...new Set([...sources.flatMap((source) => rolesIn(source.property('ServiceRoleArn'), app)), ...functions.flatMap((fn) => roleOf(fn, app))])];
  return {
    kind: 'graphql-api',
    declaredBy: api,
    location: 'Properties.AuthenticationType',
    roles,
    layers: {
      authorization: weakest(providers.flatMap(alternatives).map(graphqlAuthorization)),
      validation: true,
      throttle: null,
      webAcl: hasWebAclOn(api, app),
      logging: isRecord(api.property('LogConfig')),
      leastPrivilege: roles.length === 0 ? null : all(roles.map((role) => hasNoWildcard(role, app))),
    },
  };
}

function sourcesByApi(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  return app.index('data sources by API', () => {
    const table = new Map<string, Resource[]>();
    for (const source of app.ofType('AWS::AppSync::DataSource')) {
      for (const { key } of app.targets(source.property('ApiId'))) {
        const known = table.get(key);
        if (known === undefined) table.set(key, [source]);
        else known.push(source);
      }
    }
    return table;
  });
}

function graphqlAuthorization(type: Value): RouteAuthorization {
  switch (textOf(type)?.toUpperCase()) {
    case 'AMAZON_COGNITO_USER_POOLS': return RouteAuthorization.USER_POOL;
    case 'AWS_IAM': return RouteAuthorization.IAM;
    case 'AWS_LAMBDA': return RouteAuthorization.LAMBDA;
    case 'OPENID_CONNECT': return RouteAuthorization.JWT;
    default: return isUnresolved(type) ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE;
  }
}

function publicBucket(policy: Resource, app: AppModel): EntryPoint {
  const bucket = app.target(policy.property('Bucket'));
  return {
    kind: 'public-bucket',
    declaredBy: bucket ?? policy,
    location: 'Properties.PolicyDocument',
    roles: [],
    layers: {
      authorization: RouteAuthorization.NONE,
      validation: null,
      throttle: null,
      webAcl: null,
      logging: bucket === undefined ? null : isRecord(bucket.property('LoggingConfiguration')),
      leastPrivilege: null,
    },
  };
}

function hasAccessLog(stage: Resource): Layer {
  const settings = ['AccessLogSetting', 'AccessLogSettings', 'StageDescription.AccessLogSetting'].flatMap((path) => stage.alternatives(path));
  return settings.some((setting) => isUnresolved(setting) || at(setting, 'DestinationArn') !== undefined);
}

function leastPrivilege(handler: Resource | undefined, roles: readonly Resource[], app: AppModel): Layer {
  if (handler === undefined) return roles.length === 0 ? null : all(roles.map((role) => hasNoWildcard(role, app)));
  if (roleOf(handler, app).length === 0) return undefined;
  return all([holds(FUNCTION_ROLE_SHARED, handler, app), ...roles.map((role) => hasNoWildcard(role, app))]);
}

function hasNoWildcard(role: Resource, app: AppModel): Layer {
  return all(policyHoldersOf(role, app).flatMap((holder) => [holds(IAM_ACTION_WILDCARD, holder, app), holds(IAM_RESOURCE_WILDCARD, holder, app)]));
}

function roleOf(handler: Resource | undefined, app: AppModel): readonly Resource[] {
  return rolesIn(handler?.property('Role'), app);
}

function rolesIn(value: Value, app: AppModel): readonly Resource[] {
  return elements(value).flatMap((one) => app.named(one, 'AWS::IAM::Role') ?? []);
}

/** What a rule says about a resource. */
function holds(rule: Rule, resource: Resource, app: AppModel): boolean | undefined {
  const kinds: readonly Outcome['kind'][] = outcomesOf(rule.check(resource, app, CONTEXT)).map(({ kind }) => kind);
  return kinds.includes('fail') ? false : kinds.includes('unresolved') ? undefined : true;
}

/** All of them must be there. */
function all(layers: readonly Layer[]): Layer {
  return layers.includes(false) ? false : layers.includes(undefined) ? undefined : true;
}
