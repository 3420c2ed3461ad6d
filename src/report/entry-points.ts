import { Finding } from '../policy/judge';
import { routesOf } from '../policy/model/api-routes';
import { AppModel } from '../policy/model/app-model';
import { hasWebAclAtEdge } from '../policy/model/distribution';
import { policyHoldersOf } from '../policy/model/iam';
import { Resource } from '../policy/model/resource';
import { isValidated, Route, RouteAuthorization } from '../policy/model/route';
import { at, isRecord } from '../policy/model/values';
import { hasWebAcl } from '../policy/model/web-acl';

/** The layers that can stand before and around an entry point. `null` where the kind of entry point cannot have the layer. */
export interface Layers {
  /** How the caller proves who it is: `iam`, `user-pool`, `jwt`, `lambda`, `none` or `unknown`. */
  readonly authorization: string;
  readonly validation: boolean | null;
  readonly throttle: boolean | null;
  readonly webAcl: boolean | null;
  readonly logging: boolean | null;
  /** The handler has a role of its own and no wildcard rights; null when no function of the app answers. */
  readonly leastPrivilege: boolean | null;
}

/** One way into the app. */
export interface EntryPoint {
  readonly kind: 'rest-route' | 'http-route' | 'websocket-route' | 'function-url' | 'public-bucket';
  /** The construct that declares it. */
  readonly at: string;
  readonly api?: string;
  readonly method?: string;
  readonly path?: string;
  /** The function that answers. */
  readonly handler?: string;
  readonly preflight?: boolean;
  readonly layers: Layers;
  /** How many independent layers are there: authorization, validation, throttle, web ACL, logging, least privilege. */
  readonly layerCount: number;
}

type FailedOn = (rule: string, resource: Resource) => boolean;

/** Every way in: routes, function URLs, and buckets that the public may reach. */
export function entryPointsOf(app: AppModel, findings: readonly Finding[]): readonly EntryPoint[] {
  const failed = new Set(findings.filter((one) => !one.undecided).map(({ rule, resource }) => `${rule.id} ${resource.key}`));
  const failedOn: FailedOn = (rule, resource) => failed.has(`${rule} ${resource.key}`);
  const routes = app.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route')
    .flatMap((resource) => routesOf(resource, app));
  const urls = app.ofType('AWS::Lambda::Url').map((url): EntryPoint => functionUrl(url, app, failedOn));
  const policies = app.ofType('AWS::S3::BucketPolicy').filter((policy) => failedOn('BucketPublicAccess', policy));
  return [
    ...routes.map((route) => routeEntry(route, app, failedOn)),
    ...urls,
    ...policies.map((policy) => publicBucket(policy, app)),
  ];
}

function routeEntry(route: Route, app: AppModel, failedOn: FailedOn): EntryPoint {
  const stages = stagesOf(route, app);
  const every = (holds: (stage: Resource) => boolean): boolean => stages.length > 0 && stages.every(holds);
  const rest = route.kind === 'rest';
  return counted({
    kind: `${route.kind}-route`,
    at: route.declaredBy.name,
    api: route.api?.name,
    method: route.method,
    path: route.path,
    handler: route.handler?.name,
    preflight: route.preflight,
    layers: {
      authorization: route.authorization,
      validation: rest ? isValidated(route) === true : null,
      throttle: every((stage) => !failedOn('StageThrottle', stage)),
      webAcl: rest ? every((stage) => hasWebAcl(stage, app) === true) : atEdge(route, app),
      logging: every(hasAccessLog),
      leastPrivilege: leastPrivilege(route.handler, app, failedOn),
    },
  });
}

/** WebSocket APIs have no CloudFront in front of them that could be the only way in. */
function atEdge({ api, kind }: Route, app: AppModel): boolean | null {
  return kind === 'http' && api !== undefined ? hasWebAclAtEdge(api, app) : null;
}

function functionUrl(url: Resource, app: AppModel, failedOn: FailedOn): EntryPoint {
  const handler = app.functionBehind(url.property('TargetFunctionArn'));
  return counted({
    kind: 'function-url',
    at: url.name,
    handler: handler?.name,
    layers: {
      authorization: url.property('AuthType') === 'AWS_IAM' ? RouteAuthorization.IAM : RouteAuthorization.NONE,
      validation: null,
      throttle: handler === undefined ? null : handler.property('ReservedConcurrentExecutions') !== undefined,
      webAcl: null,
      logging: handler === undefined ? null : !failedOn('FunctionLogGroup', handler),
      leastPrivilege: leastPrivilege(handler, app, failedOn),
    },
  });
}

function publicBucket(policy: Resource, app: AppModel): EntryPoint {
  const bucket = app.target(policy.property('Bucket'));
  return counted({
    kind: 'public-bucket',
    at: bucket?.name ?? policy.name,
    layers: {
      authorization: RouteAuthorization.NONE,
      validation: null,
      throttle: null,
      webAcl: null,
      logging: bucket === undefined ? null : isRecord(bucket.property('LoggingConfiguration')),
      leastPrivilege: null,
    },
  });
}

function counted(entry: Omit<EntryPoint, 'layerCount'>): EntryPoint {
  const { authorization, ...others } = entry.layers;
  const authorized = authorization !== RouteAuthorization.NONE && authorization !== RouteAuthorization.UNKNOWN;
  return { ...entry, layerCount: Object.values(others).filter((layer) => layer === true).length + (authorized ? 1 : 0) };
}

function stagesOf(route: Route, app: AppModel): readonly Resource[] {
  if (route.api === undefined) return [];
  const byApi = app.index('stages by API', () => {
    const table = new Map<string, Resource[]>();
    for (const stage of app.ofType('AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage')) {
      const api = app.target(stage.property('RestApiId')) ?? app.target(stage.property('ApiId'));
      if (api !== undefined) table.set(api.key, [...table.get(api.key) ?? [], stage]);
    }
    return table;
  });
  return byApi.get(route.api.key) ?? [];
}

function hasAccessLog(stage: Resource): boolean {
  return ['AccessLogSetting', 'AccessLogSettings'].some((setting) => at(stage.property(setting), 'DestinationArn') !== undefined);
}

function leastPrivilege(handler: Resource | undefined, app: AppModel, failedOn: FailedOn): boolean | null {
  if (handler === undefined) return null;
  const role = app.target(handler.property('Role'));
  if (role === undefined || failedOn('FunctionRoleShared', handler)) return false;
  const holders = policyHoldersOf(role, app);
  return !holders.some((holder) => failedOn('IamActionWildcard', holder) || failedOn('IamResourceWildcard', holder));
}
