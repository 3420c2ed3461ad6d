import { Lazy, Names, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat, ApiDefinition, CfnClientCertificate, CfnRestApi, CfnStage, MethodLoggingLevel, SpecRestApi, Stage,
} from 'aws-cdk-lib/aws-apigateway';
import { Grant, IGrantable, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ApiAuth, ApiAuthKind } from './access/api-auth';
import { checkCors } from './access/api-cors';
import { InvokeAccess } from './access/invoke-access';
import { InvokePermissions } from './access/invoke-permissions';
import { watchApi } from './api-alarms';
import {
  ACCESS_LOG_FIELDS, API_ENDPOINT_ACCESS, API_TLS_POLICY, CACHE_SIZE, STAGE_NAME, THROTTLE_BURST, THROTTLE_RATE,
} from './api-baseline';
import { adaptWebAcl, checkWebAclChoice, putWebAclInFront, webAclFor } from './api-web-acl';
import { checkDomain, makeDomain } from './domains/api-domain';
import { ApiEndpoint } from './domains/api-endpoint';
import { ApiUsagePlan, ApiUsagePlanProps } from './routes/api-usage-plan';
import { checkBinaryMediaTypes } from './routes/binary-media-types';
import { methodSettings, MethodSettingParts, needsCache } from './routes/method-settings';
import { openApiBody, schemeName } from './routes/open-api-body';
import { arnPath, checkAuth, checkedRoute, checkThrottle, Route, routeName } from './routes/route';
import { RouteOptions } from './routes/route-options';
import { RouteTable } from './routes/route-table';
import { SecureApiProps } from './secure-api-props';
import { accessLogDestination } from './stages/access-log-destination';
import { makeDeployment } from './stages/api-deployment';
import { ApiGatewayAccount } from './stages/api-gateway-account';
import { classifyRoute } from '../classification/classify-route';
import { refuse } from '../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../core/exceptions/acknowledgement';
import { recordProps } from '../core/exceptions/overrides';
import { recordWaiver } from '../core/exceptions/waiver';
import { SecurityProfile } from '../core/profile/security-profile';
import { checkOrganizationId } from '../iam/organization-id';
import { encryptedLogGroup } from '../logging/encrypted-log-group';
import { SecureWebAcl } from '../waf/secure-web-acl';

/**
 * A REST API whose every route says who may call it, behind a web ACL, throttled, validated, logged without tokens, and watched.
 *
 * While idle it costs the shared parts of its stack (key and web ACL, about 11 USD a month) and its alarms (about 0.70 USD);
 * a cache costs from about 15 USD a month and is made only on demand. Routes are rendered as one OpenAPI definition, so that an
 * API of 10 paths with 2 methods each stays under 60 resources.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html
 */
export class SecureApi extends Construct {
  /** The API itself. */
  public readonly restApi: SpecRestApi;
  /** Its only stage. */
  public readonly stage: Stage;
  /** The web ACL in front of the stage, if there is one. */
  public readonly webAcl?: SecureWebAcl;
  /** Where each request leaves one line of JSON: who, what, from where, with which result; never a token. */
  public readonly accessLogGroup: LogGroup;
  /** The address that callers use, with a slash at the end. */
  public readonly url: string;

  private readonly table = new RouteTable();
  private readonly executionLogs: LogGroup;
  private readonly stageName: string;
  private readonly permissions: InvokePermissions;
  private readonly access: InvokeAccess;
  /** In front of the ARNs of its routes. */
  private arn?: string;

  /**
   * @throws ConfigurationError [ApiAuth.*], [ApiCors.*], [ApiDomain.*], [SecureApi.Throttle], [SecureApi.StageName],
   * [SecureApi.Organization], [SecureApi.PrivateEndpoints], [SecureApi.WebAcl], [SecureApi.BinaryMediaTypes]
   */
  constructor(scope: Construct, id: string, private readonly props: SecureApiProps) {
    super(scope, id);
    recordProps(this, 'SecureApi', props);
    this.check();
    this.stageName = props.stageName ?? STAGE_NAME;
    this.accessLogGroup = encryptedLogGroup(this, 'AccessLogs', { encryptionKey: props.encryptionKey });
    this.restApi = this.makeApi();
    this.executionLogs = encryptedLogGroup(this, 'ExecutionLogs', {
      logGroupName: `API-Gateway-Execution-Logs_${this.restApi.restApiId}/${this.stageName}`, encryptionKey: props.encryptionKey,
    });
    this.stage = this.makeStage();
    this.permissions = new InvokePermissions(this, { arnOf: (part) => this.executeArn(part), stageName: this.stageName, code: 'SecureApi.Handler' });
    this.access = new InvokeAccess(this, 'InvokeAccess', {
      restApi: this.restApi, stageName: this.stageName, door: this.endpoint._door(props.organizationId), preflight: props.cors !== undefined,
    });
    this.webAcl = webAclFor(this, props);
    putWebAclInFront(this, this.stage, this.webAcl);
    this.url = this.makeAddress();
    watchApi(this, this.stage, this.restApi.restApiName, this.accessLogGroup, props.alarms ?? {});
    this.node.addValidation({
      validate: () => this.table.all.length > 0 ? [] : [
        `'addRoute' must be called at least once; an API without routes cannot be deployed [SecureApi.NoRoutes, at '${this.node.path}']`,
      ],
    });
  }

  /**
   * Lets callers reach a function by a method and path. The function may be in another stack, and may be an alias or version; it
   * gets one invoke permission that names this route, this stage and this account. A function with more than 20 routes of the API gets
   * one for all routes of the stage instead, since Lambda takes some 40 permissions.
   * @param method GET, POST, PUT, PATCH, DELETE or HEAD
   * @param path begins with a slash, where `{id}` is a variable and `{rest+}` at the end takes all that follows
   * @param handler The function that answers
   * @param options Who may call the route, what its requests must look like and how many of them there may be (left out: as the API says)
   * @throws ConfigurationError [ApiRoute.*], [ApiAuth.*], [SecureApi.DuplicateRoute], [SecureApi.PathVariable],
   * [SecureApi.Organization], [SecureApi.Throttle], [SecureApi.Handler], [SecureApi.Caller], [DataClassification.*]
   */
  public addRoute(method: string, path: string, handler: IFunction, options: RouteOptions = {}): void {
    const route = checkedRoute(this, method, path, handler, this.props.auth, options);
    this.table.check(this, method, path);
    this.access.check(route);
    this.checkOrganization(route.auth);
    classifyRoute(this, [this.accessLogGroup, this.executionLogs], handler, options.dataClassification);
    adaptWebAcl(this.webAcl, route, this.stageName, this.props.domain?.basePath);
    this.permissions.forRoute(handler, `${method}${path === '/' ? '' : path.replace(/\//g, ' ')}`, `${method}${arnPath(path)}`);
    if (route.auth._authorizer !== undefined) this.permissions.forAuthorizer(route.auth._authorizer, `Authorizer ${schemeName(route.auth)}`, '*');
    if (route.auth.kind === ApiAuthKind.OPEN) this.recordOpen(route);
    this.table.add(route);
    this.access.add(route);
  }

  /**
   * Makes a usage plan with a key of its own, for routes with `apiKeyRequired`. Keys meter; they authorize nobody.
   * @throws ConfigurationError [SecureApi.Throttle], [ApiUsagePlan.Quota]
   */
  public addUsagePlan(id: string, props: ApiUsagePlanProps): ApiUsagePlan {
    return new ApiUsagePlan(this, id, this.restApi, this.stage, props);
  }

  /**
   * Lets an AWS principal call one route that has `ApiAuth.iam()`: that method and path. A variable of the path stands for any value there,
   * slashes included, because IAM knows no other wildcard: a warning names the other routes that it opens so.
   *
   * Principals of other accounts stand in the API's policy too, and need a policy of their own account besides. Once the API has a policy
   * for them, it says for each route that is not under IAM that its authorizer decides alone, as it does without.
   * @throws ConfigurationError [SecureApi.UnknownRoute] when there is no such route yet, [SecureApi.NotIam] when it has another auth,
   * [SecureApi.ServicePrincipal] when the caller is a service, which calls for everybody who uses it, [SecureApi.Everybody] when it is anybody,
   * [SecureApi.SharedPolicy] when the policy for another account would open a route under IAM to everybody,
   * [SecureApi.Caller] when the caller is a function behind the API, which waits for its rights
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   */
  public allowInvoke(grantee: IGrantable, method: string, path: string): Grant {
    const route = this.table.find(method, path);
    if (route === undefined) {
      refuse(this, { code: 'SecureApi.UnknownRoute', prop: 'allowInvoke', must: 'must name a route of this API', got: `${method} ${path}`, fix: 'call addRoute first' });
    }
    if (route.auth.kind !== ApiAuthKind.IAM) {
      refuse(this, { code: 'SecureApi.NotIam', prop: 'allowInvoke', must: 'must name a route with ApiAuth.iam()', got: routeName(route), fix: 'IAM policies are not looked at on other routes' });
    }
    return this.access.allow(grantee, route);
  }

  private check(): void {
    const { auth, cors, domain, endpoint, stageName, throttle } = this.props;
    checkAuth(this, auth, 'auth');
    if (cors !== undefined) checkCors(this, cors);
    if (throttle !== undefined) checkThrottle(this, throttle, 'throttle');
    checkBinaryMediaTypes(this, this.props.binaryMediaTypes ?? []);
    if (domain !== undefined) checkDomain(this, domain, endpoint?._private === true);
    checkWebAclChoice(this, this.props);
    this.checkOrganization(auth);
    if (stageName !== undefined && !/^[A-Za-z0-9_-]{1,128}$/.test(stageName)) {
      refuse(this, {
        code: 'SecureApi.StageName', prop: 'stageName', must: 'must be 1 to 128 letters, digits, hyphens and underscores, known at synthesis', got: stageName, fix: `leave it out to use '${STAGE_NAME}'`,
      });
    }
    if (endpoint?._private === true && endpoint._vpcEndpoints.length === 0) {
      refuse(this, { code: 'SecureApi.PrivateEndpoints', prop: 'endpoint', must: 'must name at least one VPC endpoint', fix: 'without one, nobody could call the API' });
    }
  }

  private checkOrganization(auth: ApiAuth): void {
    const { cors, organizationId } = this.props;
    if (organizationId === undefined) return;
    checkOrganizationId(this, 'SecureApi.Organization', organizationId);
    if (auth.kind !== ApiAuthKind.IAM) {
      refuse(this, {
        code: 'SecureApi.Organization', prop: 'organizationId', must: 'must go with ApiAuth.iam() on every route, because other callers belong to no organization', fix: 'use ApiAuth.iam(), or leave it out',
      });
    }
    if (cors !== undefined) {
      refuse(this, {
        code: 'SecureApi.Organization', prop: 'organizationId', must: "must not go with 'cors', because a browser's preflight is anonymous and would be denied", fix: 'leave one of them out',
      });
    }
  }

  private makeApi(): SpecRestApi {
    const { cors, domain, organizationId } = this.props;
    const title = Names.uniqueResourceName(this, { maxLength: 128, separator: '-' });
    const api = new SpecRestApi(this, 'RestApi', {
      restApiName: title,
      apiDefinition: ApiDefinition.fromInline(Lazy.any({ produce: () => openApiBody({ scope: this, title, routes: this.table.all, cors }) })),
      binaryMediaTypes: this.props.binaryMediaTypes && [...new Set(this.props.binaryMediaTypes)],
      endpointConfiguration: this.endpoint._configuration(),
      policy: this.endpoint._policy(organizationId, Stack.of(this).account) ?? new PolicyDocument({ minimize: true }),
      disableExecuteApiEndpoint: domain !== undefined,
      cloudWatchRole: false,
      deploy: false,
    });
    const resource = api.node.defaultChild as CfnRestApi;
    resource.description = this.props.description;
    resource.securityPolicy = API_TLS_POLICY;
    resource.endpointAccessMode = API_ENDPOINT_ACCESS;
    acknowledge(resource, NagPackId.AWS_SOLUTIONS, 'APIG2',
      'The request validator for bodies and parameters stands in the OpenAPI body and is named by each operation, where this rule does not look.');
    return api;
  }

  private makeStage(): Stage {
    const { controls } = SecurityProfile.of(this);
    const stage = new Stage(this, 'Stage', {
      deployment: makeDeployment(this, this.restApi),
      stageName: this.stageName,
      accessLogDestination: accessLogDestination(this.accessLogGroup),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
      loggingLevel: MethodLoggingLevel.ERROR,
      dataTraceEnabled: false,
      metricsEnabled: true,
      tracingEnabled: true,
      clientCertificateId: controls.clientCertificates ? new CfnClientCertificate(this, 'ClientCertificate').ref : undefined,
    });
    const resource = stage.node.defaultChild as CfnStage;
    resource.methodSettings = Lazy.any({ produce: () => methodSettings(this.methodSettingParts(controls.apiCache)) });
    resource.cacheClusterEnabled = Lazy.any({ produce: () => needsCache(this.methodSettingParts(controls.apiCache)) || undefined });
    resource.cacheClusterSize = Lazy.string({ produce: () => needsCache(this.methodSettingParts(controls.apiCache)) ? CACHE_SIZE : undefined });
    // A group that API Gateway makes by itself has no key and never ends; one that exists before the stage is used as it is.
    stage.node.addDependency(this.executionLogs);
    const account = ApiGatewayAccount._of(this);
    if (account !== undefined) stage.node.addDependency(account);
    this.restApi.deploymentStage = stage;
    return stage;
  }

  private methodSettingParts(cacheByProfile: boolean): MethodSettingParts {
    const throttle = this.props.throttle ?? { rate: THROTTLE_RATE, burst: THROTTLE_BURST };
    return { routes: this.table.all, throttle, cacheByProfile, preflight: this.props.cors !== undefined };
  }

  private makeAddress(): string {
    const { domain } = this.props;
    if (domain === undefined) return this.stage.urlForPath('/');
    makeDomain(this, 'Domain', domain, this.restApi, this.stage);
    return `https://${domain.domainName}/${domain.basePath === undefined ? '' : `${domain.basePath}/`}`;
  }

  private recordOpen(route: Route): void {
    const control = `RouteAuthorization[${routeName(route)}]`;
    recordWaiver(this, { control, reason: route.auth._reason! });
    acknowledgeRule(this.restApi, control, route.auth._reason!);
    if (route.options.apiKeyRequired === true) acknowledgeRule(this.restApi, `ApiKeyAlone[${routeName(route)}]`, route.auth._reason!);
  }

  private get endpoint(): ApiEndpoint {
    return this.props.endpoint ?? ApiEndpoint.regional();
  }

  private executeArn(source: string): string {
    this.arn ??= Stack.of(this).formatArn({ service: 'execute-api', resource: this.restApi.restApiId });
    return `${this.arn}/${source}`;
  }
}
