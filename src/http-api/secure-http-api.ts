import { Lazy, Names, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CfnApi, CfnRoute, CfnStage, HttpApi, HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { httpAccessLogGroup } from './http-access-log';
import { watchHttpApi } from './http-api-alarms';
import { HttpApiAuthKind } from './http-api-auth';
import { DEFAULT_ROUTE, HTTP_ACCESS_LOG_FIELDS, HTTP_STAGE_NAME } from './http-api-baseline';
import { checkAuthBehindFront, checkFront, makeFront } from './http-api-front';
import { HttpApiParts, routeId } from './http-api-parts';
import { checkedHttpRoute, checkedRouteKey, checkHttpAuth, HttpRoute } from './http-route';
import { HttpRouteOptions } from './http-route-options';
import { SecureHttpApiProps } from './secure-http-api-props';
import { checkCors } from '../api/access/api-cors';
import { InvokeCoverage } from '../api/access/invoke-coverage';
import { InvokePermissions } from '../api/access/invoke-permissions';
import { API_DESCRIPTION_MOST, INVOKE_ACTIONS, THROTTLE_BURST, THROTTLE_RATE } from '../api/api-baseline';
import { uriPattern } from '../api/api-web-acl';
import { checkDomain } from '../api/domains/api-domain';
import { domainAddress, makeV2Domain } from '../api/domains/api-v2-domain';
import { arnPath, checkThrottle } from '../api/routes/route';
import { accessLogDestination } from '../api/stages/access-log-destination';
import { classifyRoute } from '../classification/classify-route';
import { checkLength, checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../core/exceptions/acknowledgement';
import { recordProps } from '../core/exceptions/overrides';
import { recordWaiver } from '../core/exceptions/waiver';
import { EdgeDistribution } from '../edge/edge-distribution';
import { allow } from '../iam/exact-access';


/**
 * An HTTP API whose every route says who may call it, throttled, logged without tokens, and watched.
 *
 * ```ts
 * const orders = new SecureHttpApi(this, 'Orders', {
 *   auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: ['shop'] }),
 *   front: HttpApiFront.none('only devices of this company call it, through a private network'),
 * });
 * orders.addRoute('GET', '/orders/{id}', fn, { scopes: ['orders/read'] });
 * orders.addRoute('POST', '/orders', placeOrder, { scopes: ['orders/write'], throttle: { rate: 50, burst: 20 } });
 * ```
 *
 * HTTP APIs are cheaper and quicker than REST APIs, and do less: no web ACL, no validation of requests, no policy of their own, so that
 * callers of other accounts need a role of this one. Where that matters, use `SecureApi`. While idle it costs the shared key of its stack
 * (1 USD a month) and its alarms (about 0.70 USD); behind CloudFront, a share of the stack's web ACL for CloudFront besides (about 10 USD).
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html
 */
export class SecureHttpApi extends Construct {
  /** The API itself. */
  public readonly httpApi: HttpApi;
  /** Its only stage. */
  public readonly stage: HttpStage;
  /** Where each request leaves one line of JSON: who, what, from where, with which result; never a token. */
  public readonly accessLogGroup: LogGroup;
  /** CloudFront in front of the API, if it stands there. */
  public readonly edge?: EdgeDistribution;
  /** The address that callers use, with a slash at the end. */
  public readonly url: string;

  private readonly routes = new Map<string, HttpRoute>();
  private readonly parts: HttpApiParts;
  private readonly permissions: InvokePermissions;
  private readonly coverage = new InvokeCoverage(this);

  /**
   * @throws ConfigurationError [HttpApiAuth.*], [ApiCors.*], [ApiDomain.*], [SecureHttpApi.Description], [SecureHttpApi.Throttle], [SecureHttpApi.Front],
   * [SecureHttpApi.FrontReason], [SecureHttpApi.FrontDomain], [SecureHttpApi.FrontIam], [SecureHttpApi.ClientCertificate], and those of EdgeDistribution
   */
  constructor(scope: Construct, id: string, private readonly props: SecureHttpApiProps) {
    super(scope, id);
    recordProps(this, 'SecureHttpApi', props);
    this.check();
    this.accessLogGroup = httpAccessLogGroup(this, 'AccessLogs', props.encryptionKey);
    this.httpApi = this.makeApi();
    this.stage = this.makeStage();
    this.parts = new HttpApiParts(this, 'Routes', this.httpApi);
    this.permissions = new InvokePermissions(this, { arnOf: (part) => this.executeArn(part), stageName: HTTP_STAGE_NAME, code: 'SecureHttpApi.Handler' });
    const address = this.makeAddress();
    this.edge = makeFront(this, props.front, props.domain);
    this.url = this.edge?.url ?? address;
    watchHttpApi(this, this.stage, this.httpApi.httpApiName!, this.accessLogGroup, props.alarms ?? {});
    this.node.addValidation({
      validate: () => this.routes.size > 0 ? [] : [
        `'addRoute' must be called at least once; an API without routes answers nobody [SecureHttpApi.NoRoutes, at '${this.node.path}']`,
      ],
    });
  }

  /**
   * Lets callers reach a function by a method and path. The function may be in another stack, and may be an alias or version; it
   * gets one invoke permission that names this route, this stage and this account. A function with more than 20 routes of the API gets
   * one for all routes of the stage instead, since Lambda takes some 40 permissions. It gets the request in payload format 2.0, and must
   * end within 29 seconds. HTTP APIs validate no bodies: the function does.
   * @param method GET, POST, PUT, PATCH, DELETE or HEAD
   * @param path begins with a slash, where `{id}` is a variable and `{rest+}` at the end takes all that follows
   * @param handler The function that answers
   * @param options Who may call the route and how often, and how sensitive its data is (left out: as the API says)
   * @throws ConfigurationError [ApiRoute.Method], [ApiRoute.Path], [ApiRoute.MaxBodySize], [HttpRoute.*], [HttpApiAuth.*], [SecureHttpApi.DuplicateRoute],
   * [SecureHttpApi.Throttle], [SecureHttpApi.FrontIam], [SecureHttpApi.Handler], [DataClassification.*]
   */
  public addRoute(method: string, path: string, handler: IFunction, options: HttpRouteOptions = {}): void {
    this.add(checkedHttpRoute(this, method, path, handler, this.props.auth, options), `${method}${arnPath(path)}`);
  }

  /**
   * Lets a function answer whatever no route takes: any method, any path. Name routes instead where you can: what is not named here is not
   * seen in a review, and the function must sort out good from bad paths itself. The reason is recorded and stands in the report.
   * @throws ConfigurationError [SecureHttpApi.DefaultRouteReason], [SecureHttpApi.DefaultRouteCors], and those of `addRoute`
   */
  public addDefaultRoute(handler: IFunction, reason: string, options: HttpRouteOptions = {}): void {
    checkReason(this, reason, { code: 'SecureHttpApi.DefaultRouteReason', prop: 'reason', fix: 'say why the routes cannot be named' });
    const route = checkedRouteKey(this, DEFAULT_ROUTE, handler, this.props.auth, options);
    if (this.props.cors !== undefined) {
      refuse(this, {
        code: 'SecureHttpApi.DefaultRouteCors', prop: 'addDefaultRoute', must: "must not go with 'cors', because preflights would meet the route's auth", fix: 'name the routes that pages call',
      });
    }
    this.add(route, DEFAULT_ROUTE);
    recordWaiver(this, { control: 'SecureHttpApi.defaultRoute', reason });
  }

  /**
   * Lets an AWS principal of this account call one route that has `HttpApiAuth.iam()`: that method and path. A variable of the path stands
   * for any value there, slashes included, because IAM knows no other wildcard: a warning names the other routes that it opens so.
   * @throws ConfigurationError [SecureHttpApi.UnknownRoute] when there is no such route yet, [SecureHttpApi.NotIam] when it has another auth,
   * [SecureHttpApi.ForeignCaller] when the caller has no policy in this account
   */
  public allowInvoke(grantee: IGrantable, method: string, path: string): Grant {
    const route = this.routes.get(shape(`${method} ${path}`));
    if (route?.key !== `${method} ${path}`) {
      refuse(this, { code: 'SecureHttpApi.UnknownRoute', prop: 'allowInvoke', must: 'must name a route of this API', got: `${method} ${path}`, fix: 'call addRoute first' });
    }
    if (route.auth.kind !== HttpApiAuthKind.IAM) {
      refuse(this, { code: 'SecureHttpApi.NotIam', prop: 'allowInvoke', must: 'must name a route with HttpApiAuth.iam()', got: route.key, fix: 'IAM policies are not looked at on other routes' });
    }
    const { principalAccount } = grantee.grantPrincipal;
    const foreign = principalAccount !== undefined && Token.compareStrings(principalAccount, Stack.of(this).account) === TokenComparison.DIFFERENT;
    const grant = foreign ? undefined : allow(this, {
      grantee,
      actions: INVOKE_ACTIONS,
      resources: [this.executeArn(`${HTTP_STAGE_NAME}/${method}${arnPath(path)}`)],
      wildcardReason: 'The route has a variable in its path, and IAM has no other way to write it.',
    });
    if (grant?.success === true) {
      this.coverage.open(route.key);
      return grant;
    }
    return refuse(this, {
      code: 'SecureHttpApi.ForeignCaller',
      prop: 'grantee',
      must: 'must be a role or user of this account, because an HTTP API has no policy of its own that could name others',
      fix: 'let the caller assume a role of this account, or use SecureApi',
    });
  }

  private check(): void {
    const { auth, cors, description, domain, front, throttle } = this.props;
    checkLength(this, description, 0, API_DESCRIPTION_MOST, { code: 'SecureHttpApi.Description', prop: 'description', fix: 'shorten it' });
    checkHttpAuth(this, auth, 'auth');
    if (cors !== undefined) checkCors(this, cors);
    if (throttle !== undefined) checkThrottle(this, throttle, 'throttle', 'SecureHttpApi.Throttle');
    if (domain !== undefined) checkDomain(this, domain, false);
    checkFront(this, front, domain);
    checkAuthBehindFront(this, front, auth);
  }

  private makeApi(): HttpApi {
    const { cors, description, domain } = this.props;
    const api = new HttpApi(this, 'HttpApi', {
      apiName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      description,
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    });
    if (cors !== undefined) {
      (api.node.defaultChild as CfnApi).corsConfiguration = {
        allowOrigins: [...cors.origins],
        allowHeaders: [...cors.headers ?? ['Authorization', 'Content-Type']],
        allowCredentials: cors.credentials === true,
        allowMethods: Lazy.list({ produce: () => [...new Set([...this.routes.values()].map(({ key }) => key.split(' ')[0]))].sort() }),
        maxAge: cors.maxAge?.toSeconds() ?? 600,
      };
    }
    return api;
  }

  private makeStage(): HttpStage {
    const throttle = this.props.throttle ?? { rate: THROTTLE_RATE, burst: THROTTLE_BURST };
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: HTTP_STAGE_NAME,
      autoDeploy: true,
      throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: accessLogDestination(this.accessLogGroup),
        format: AccessLogFormat.custom(JSON.stringify(HTTP_ACCESS_LOG_FIELDS)),
      },
    });
    (stage.node.defaultChild as CfnStage).routeSettings = Lazy.any({ produce: () => this.routeSettings() });
    return stage;
  }

  /** CloudFormation hands this property over as it is, so that its keys are spelled as the service spells them. */
  private routeSettings(): object | undefined {
    const throttled = [...this.routes.values()].filter(({ options }) => options.throttle !== undefined);
    if (throttled.length === 0) return undefined;
    return Object.fromEntries(throttled.map(({ key, options: { throttle } }) => [key, {
      DetailedMetricsEnabled: true, ThrottlingBurstLimit: throttle!.burst, ThrottlingRateLimit: throttle!.rate,
    }]));
  }

  private makeAddress(): string {
    const { domain } = this.props;
    if (domain === undefined) return `${this.httpApi.apiEndpoint}/`;
    makeV2Domain(this, 'Domain', domain, this.httpApi, this.stage);
    return `https://${domainAddress(domain)}`;
  }

  private add(route: HttpRoute, source: string): void {
    checkAuthBehindFront(this, this.props.front, route.auth);
    const known = this.routes.get(shape(route.key));
    if (known !== undefined) {
      refuse(this, {
        code: 'SecureHttpApi.DuplicateRoute', prop: 'addRoute', must: `must name each method and path once, and there is ${known.key}`, got: route.key, fix: 'remove one of the two calls',
      });
    }
    classifyRoute(this, [this.accessLogGroup], route.handler, route.options.dataClassification);
    this.permissions.forRoute(route.handler, routeId(route.key), source);
    const resource = this.parts.route(route);
    this.letAuthorize(route);
    // Settings for a route that the API does not have yet are refused.
    if (route.options.throttle !== undefined) this.stage.node.addDependency(resource);
    if (route.options.maxBodySize !== undefined) this.edge?._allowLargerBodies(viewerPattern(route.key), route.options.maxBodySize);
    if (route.auth.kind === HttpApiAuthKind.OPEN) this.recordOpen(route, resource);
    this.routes.set(shape(route.key), route);
    this.coverage.add({ key: route.key, iam: route.auth.kind === HttpApiAuthKind.IAM });
  }

  private letAuthorize({ auth }: HttpRoute): void {
    if (auth._authorizer === undefined) return;
    const authorizer = this.parts.authorizer(auth)!;
    this.permissions.forAuthorizer(auth._authorizer, authorizer.node.id, authorizer.ref);
  }

  private recordOpen(route: HttpRoute, resource: CfnRoute): void {
    const reason = route.auth._reason!;
    const control = `RouteAuthorization[${route.key === DEFAULT_ROUTE ? `ANY ${DEFAULT_ROUTE}` : route.key}]`;
    recordWaiver(this, { control, reason });
    acknowledgeRule(resource, control, reason);
    if (route.key === DEFAULT_ROUTE) acknowledgeRule(resource, `OpenCatchAll[ANY ${DEFAULT_ROUTE}]`, reason); // that it takes all paths has a reason of its own
    acknowledge(resource, NagPackId.AWS_SOLUTIONS, 'APIG4', reason);
  }

  private executeArn(source: string): string {
    return Stack.of(this).formatArn({ service: 'execute-api', resource: this.httpApi.apiId, resourceName: source });
  }
}

/** The path as CloudFront's web ACL sees it. */
function viewerPattern(key: string): string {
  return key === DEFAULT_ROUTE ? '^/' : uriPattern(key.split(' ')[1], HTTP_STAGE_NAME, undefined);
}

/** Two routes that differ only in the names of their variables take the same requests. */
function shape(key: string): string {
  return key.replace(/\{[^}+]+\}/g, '{}').replace(/\{[^}]+\+\}/g, '{+}');
}
