import { CfnStage, MethodLoggingLevel } from 'aws-cdk-lib/aws-apigateway';
import { Route } from './route';
import { ApiThrottle } from './route-options';

/** What the settings of a stage's methods follow from. */
export interface MethodSettingParts {
  readonly routes: readonly Route[];
  readonly throttle: ApiThrottle;
  /** Whether the profile asks for a cache even if no route does. */
  readonly cacheByProfile: boolean;
  /** Whether paths answer OPTIONS. */
  readonly preflight: boolean;
}

/** Whether the stage needs a cache cluster. */
export function needsCache(parts: MethodSettingParts): boolean {
  return parts.cacheByProfile || parts.routes.some((route) => route.options.cache !== undefined);
}

/**
 * Settings of all methods, and of those that differ. A method with settings of its own inherits nothing, so all are written out.
 *
 * | profile's cache | route's cache | setting of all methods | setting of the route |
 * |-----------------|---------------|------------------------|----------------------|
 * | no              | none          | not cached             | only for its throttle |
 * | no              | given         | not cached             | cached and encrypted |
 * | yes             | none          | cached and encrypted   | not cached: nobody said that its answers may be old |
 * | yes             | given         | cached and encrypted   | cached and encrypted |
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-apigateway-stage-methodsetting.html
 */
export function methodSettings(parts: MethodSettingParts): CfnStage.MethodSettingProperty[] {
  const { cacheByProfile, routes } = parts;
  const own = routes.filter(({ options }) => cacheByProfile || options.cache !== undefined || options.throttle !== undefined);
  const preflights = cacheByProfile && parts.preflight ? [...new Set(routes.map((route) => route.path))] : [];
  return [
    setting('*', '/*', parts.throttle, cacheByProfile),
    ...own.map(({ method, path, options }) => ({
      ...setting(method, encoded(path), options.throttle ?? parts.throttle, options.cache !== undefined),
      ...options.cache === undefined ? {} : { cacheTtlInSeconds: options.cache.ttl.toSeconds() },
    })),
    ...preflights.map((path) => setting('OPTIONS', encoded(path), parts.throttle, false)),
  ];
}

function setting(httpMethod: string, resourcePath: string, throttle: ApiThrottle, cachingEnabled: boolean): CfnStage.MethodSettingProperty {
  return {
    httpMethod,
    resourcePath,
    throttlingRateLimit: throttle.rate,
    throttlingBurstLimit: throttle.burst,
    loggingLevel: MethodLoggingLevel.ERROR,
    metricsEnabled: true,
    dataTraceEnabled: false,
    cachingEnabled,
    cacheDataEncrypted: true,
  };
}

/** Slashes are written `~1`, behind a slash at the beginning; the root is a single slash. */
function encoded(path: string): string {
  return path === '/' ? path : `/${path.replace(/\//g, '~1')}`;
}
