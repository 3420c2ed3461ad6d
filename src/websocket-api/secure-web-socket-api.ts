import { Lazy, Names, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CfnApi, CfnRoute, CfnStage, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ConnectionAction, ManageConnectionsOptions } from './connection-action';
import { SecureWebSocketApiProps } from './secure-web-socket-api-props';
import { watchWebSocketApi } from './websocket-alarms';
import { WebSocketAuthKind } from './websocket-auth';
import {
  ASKED_ON_CONNECT, CONNECT_ACTIONS, CONNECT_ROUTE, DEFAULT_MESSAGE_ROUTE, DISCONNECT_ROUTE, MANAGE_CONNECTIONS_ACTIONS, ROUTE_SELECTION,
  WEBSOCKET_ACCESS_LOG_FIELDS, WEBSOCKET_STAGE_NAME,
} from './websocket-baseline';
import { checkMessageRoute, checkWebSocketApi } from './websocket-checks';
import { WebSocketParts } from './websocket-parts';
import { WebSocketRouteOptions } from './websocket-route-options';
import { InvokePermissions } from '../api/access/invoke-permissions';
import { THROTTLE_BURST, THROTTLE_RATE } from '../api/api-baseline';
import { domainAddress, makeV2Domain } from '../api/domains/api-v2-domain';
import { ApiThrottle } from '../api/routes/route-options';
import { accessLogDestination } from '../api/stages/access-log-destination';
import { ApiGatewayAccount } from '../api/stages/api-gateway-account';
import { classifyRoute } from '../classification/classify-route';
import { refuse } from '../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../core/exceptions/acknowledgement';
import { recordProps } from '../core/exceptions/overrides';
import { recordWaiver } from '../core/exceptions/waiver';
import { SecurityProfile } from '../core/profile/security-profile';
import { allow, ExactAccess } from '../iam/exact-access';
import { encryptedLogGroup } from '../logging/encrypted-log-group';

/**
 * A WebSocket API that says who may connect, throttled, logged without messages and tokens, and watched.
 *
 * ```ts
 * const chat = new SecureWebSocketApi(this, 'Chat', { auth: WebSocketAuth.iam(), connectHandler: fn });
 * chat.addRoute('sendMessage', placeOrder);
 * chat.allowManageConnections(placeOrder, { actions: [ConnectionAction.SEND, ConnectionAction.CLOSE] });
 * ```
 *
 * AWS WAF cannot stand in front of a WebSocket API: what holds floods off are the authorization of `$connect`, the throttle and the quota of
 * new connections; the report says so. A connection lasts two hours at most and ends after ten minutes of silence; a message has at most
 * 128 KB, in frames of at most 32 KB. While idle it costs the shared key of its stack (1 USD a month) and its alarms (about 0.90 USD).
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export class SecureWebSocketApi extends Construct {
  /** The API itself. */
  public readonly webSocketApi: WebSocketApi;
  /** Its only stage. */
  public readonly stage: WebSocketStage;
  /** Where each connection, message and end leaves one line of JSON; never a token, never a message. */
  public readonly accessLogGroup: LogGroup;
  /** The address to which clients connect: `wss://…`. */
  public readonly url: string;
  /** The address under which functions speak to open connections (`@connections`): `https://…`. */
  public readonly connectionsUrl: string;

  private readonly executionLogs: LogGroup;
  private readonly stageName: string;
  private readonly throttles = new Map<string, ApiThrottle>();
  private readonly keys = new Set<string>();
  private readonly parts: WebSocketParts;
  private readonly permissions: InvokePermissions;

  /**
   * @throws ConfigurationError [WebSocketAuth.*], [ApiDomain.*], [SecureWebSocketApi.Description], [SecureWebSocketApi.Throttle], [SecureWebSocketApi.StageName],
   * [SecureWebSocketApi.RouteSelection], [SecureWebSocketApi.MutualTls], [SecureWebSocketApi.HandlerTimeout], [SecureWebSocketApi.Handler]
   */
  constructor(scope: Construct, id: string, private readonly props: SecureWebSocketApiProps) {
    super(scope, id);
    recordProps(this, 'SecureWebSocketApi', props);
    checkWebSocketApi(this, props);
    this.stageName = props.stageName ?? WEBSOCKET_STAGE_NAME;
    this.accessLogGroup = encryptedLogGroup(this, 'AccessLogs', { encryptionKey: props.encryptionKey });
    this.webSocketApi = this.makeApi();
    this.executionLogs = encryptedLogGroup(this, 'ExecutionLogs', {
      logGroupName: `/aws/apigateway/${this.webSocketApi.apiId}/${this.stageName}`, encryptionKey: props.encryptionKey,
    });
    this.stage = this.makeStage();
    this.parts = new WebSocketParts(this, 'Routes', this.webSocketApi);
    this.permissions = new InvokePermissions(this, { arnOf: (part) => this.apiArn(part), stageName: this.stageName, code: 'SecureWebSocketApi.Handler' });
    this.makeConnectRoute();
    if (props.disconnectHandler !== undefined) this.addMessageRoute(DISCONNECT_ROUTE, props.disconnectHandler, {});
    [this.url, this.connectionsUrl] = this.makeAddresses();
    watchWebSocketApi(this, this.stage, props.alarms ?? {});
    if (SecurityProfile.of(this).controls.webAcl) {
      recordWaiver(this, { control: 'SecureWebSocketApi.webAcl', reason: 'AWS WAF cannot stand in front of a WebSocket API; authorization, throttle and alarms stand.' });
    }
  }

  /**
   * Lets a function handle the messages that name a route. It may be in another stack, and may be an alias or version; it gets one invoke
   * permission that names this route, this stage and this account, and with more than 20 routes one for all of the stage, since Lambda takes
   * some 40 permissions. It must end within 29 seconds. Whoever is connected can send to every route: a function checks for itself what this caller may ask for.
   * @param key what stands in the message where the route selection expression points to, such as `sendMessage`
   * @param handler The function that gets the messages
   * @param options Whether the caller gets an answer, how many messages there may be and how sensitive they are
   * @throws ConfigurationError [SecureWebSocketApi.RouteKey], [SecureWebSocketApi.DuplicateRoute], [SecureWebSocketApi.Throttle],
   * [SecureWebSocketApi.HandlerTimeout], [SecureWebSocketApi.Handler], [DataClassification.*]
   */
  public addRoute(key: string, handler: IFunction, options: WebSocketRouteOptions = {}): void {
    checkMessageRoute(this, key, handler, options);
    classifyRoute(this, [this.accessLogGroup, this.executionLogs], handler, options.dataClassification);
    this.addMessageRoute(key, handler, options);
  }

  /**
   * Lets a function handle the messages that name no route, or none that there is, and those that are not JSON. Without one, API Gateway
   * answers them with an error.
   * @throws ConfigurationError as `addRoute`
   */
  public addDefaultRoute(handler: IFunction, options: WebSocketRouteOptions = {}): void {
    checkMessageRoute(this, DEFAULT_MESSAGE_ROUTE, handler, options);
    classifyRoute(this, [this.accessLogGroup, this.executionLogs], handler, options.dataClassification);
    this.addMessageRoute(DEFAULT_MESSAGE_ROUTE, handler, options);
  }

  /**
   * Lets an AWS principal of this account connect, under `WebSocketAuth.iam()`.
   * @throws ConfigurationError [SecureWebSocketApi.NotIam] when the API has another auth, [SecureWebSocketApi.ForeignCaller] when the caller
   * has no policy in this account
   */
  public allowConnect(grantee: IGrantable): Grant {
    const { kind } = this.props.auth;
    if (kind !== WebSocketAuthKind.IAM) {
      refuse(this, {
        code: 'SecureWebSocketApi.NotIam', prop: 'allowConnect', must: 'must go with WebSocketAuth.iam()', got: `WebSocketAuth.${kind.toLowerCase()}()`, fix: 'IAM policies are not looked at otherwise',
      });
    }
    return this.giveHere({ grantee, actions: CONNECT_ACTIONS, resources: [this.executeArn(CONNECT_ROUTE)] });
  }

  /**
   * Lets somebody send messages to open connections, or what else `actions` names. Rights on single connections cannot be written, because
   * their ids come with them.
   * @throws ConfigurationError [SecureWebSocketApi.ConnectionActions], [SecureWebSocketApi.ForeignCaller] when the caller has no policy in this account
   */
  public allowManageConnections(grantee: IGrantable, options: ManageConnectionsOptions = {}): Grant {
    const actions = [...new Set(options.actions ?? [ConnectionAction.SEND])].sort();
    if (actions.length === 0) {
      refuse(this, { code: 'SecureWebSocketApi.ConnectionActions', prop: 'actions', must: 'must name at least one', got: actions, fix: 'leave it out to let somebody send' });
    }
    return this.giveHere({
      grantee,
      actions: MANAGE_CONNECTIONS_ACTIONS,
      resources: actions.map((method) => this.executeArn(`${method}/@connections/*`)),
      wildcardReason: 'A connection gets its id when it is opened, so that rights can only name all connections of the stage.',
    });
  }

  private makeApi(): WebSocketApi {
    const api = new WebSocketApi(this, 'WebSocketApi', {
      apiName: Names.uniqueResourceName(this, { maxLength: 128, separator: '-' }),
      description: this.props.description,
      routeSelectionExpression: this.props.routeSelectionExpression ?? ROUTE_SELECTION,
    });
    (api.node.defaultChild as CfnApi).disableExecuteApiEndpoint = this.props.domain !== undefined;
    return api;
  }

  private makeStage(): WebSocketStage {
    const stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.webSocketApi,
      stageName: this.stageName,
      autoDeploy: true,
      accessLogSettings: {
        destination: accessLogDestination(this.accessLogGroup),
        format: AccessLogFormat.custom(JSON.stringify(WEBSOCKET_ACCESS_LOG_FIELDS)),
      },
    });
    const throttle = this.props.throttle ?? { rate: THROTTLE_RATE, burst: THROTTLE_BURST };
    const resource = stage.node.defaultChild as CfnStage;
    resource.defaultRouteSettings = {
      dataTraceEnabled: false, detailedMetricsEnabled: true, loggingLevel: 'ERROR', throttlingBurstLimit: throttle.burst, throttlingRateLimit: throttle.rate,
    };
    resource.routeSettings = Lazy.any({ produce: () => this.routeSettings() });
    // A group that API Gateway makes by itself has no key and never ends; one that exists before the stage is used as it is.
    stage.node.addDependency(this.executionLogs);
    const account = ApiGatewayAccount._of(this);
    if (account !== undefined) stage.node.addDependency(account);
    return stage;
  }

  /** CloudFormation hands this property over as it is, so that its keys are spelled as the service spells them. */
  private routeSettings(): object | undefined {
    if (this.throttles.size === 0) return undefined;
    return Object.fromEntries([...this.throttles].map(([key, { burst, rate }]) => [key, {
      DataTraceEnabled: false, DetailedMetricsEnabled: true, LoggingLevel: 'ERROR', ThrottlingBurstLimit: burst, ThrottlingRateLimit: rate,
    }]));
  }

  private makeConnectRoute(): void {
    const { auth, connectHandler } = this.props;
    const authorizer = auth._authorizer === undefined ? undefined : this.parts.authorizer(auth, auth._authorizer);
    if (authorizer !== undefined) this.permissions.forAuthorizer(auth._authorizer!, 'Authorizer', authorizer.ref);
    this.permissions.forRoute(connectHandler, `Route ${CONNECT_ROUTE}`, CONNECT_ROUTE);
    const route = this.parts.connectRoute(connectHandler, auth, authorizer);
    this.keys.add(CONNECT_ROUTE);
    if (auth.kind !== WebSocketAuthKind.OPEN) return;
    const control = `RouteAuthorization[${CONNECT_ROUTE}]`;
    recordWaiver(this, { control, reason: auth._reason! });
    acknowledgeRule(route, control, auth._reason!);
    acknowledge(route, NagPackId.AWS_SOLUTIONS, 'APIG4', auth._reason!);
  }

  private addMessageRoute(key: string, handler: IFunction, options: WebSocketRouteOptions): void {
    if (this.keys.has(key)) {
      refuse(this, { code: 'SecureWebSocketApi.DuplicateRoute', prop: 'key', must: 'must name each route once', got: key, fix: 'remove one of the two calls' });
    }
    this.permissions.forRoute(handler, `Route ${key}`, key);
    const route: CfnRoute = this.parts.messageRoute(key, handler, options);
    acknowledge(route, NagPackId.AWS_SOLUTIONS, 'APIG4', ASKED_ON_CONNECT);
    this.keys.add(key);
    if (options.throttle === undefined) return;
    this.throttles.set(key, options.throttle);
    // Settings for a route that the API does not have yet are refused.
    this.stage.node.addDependency(route);
  }

  private makeAddresses(): [string, string] {
    const { domain } = this.props;
    if (domain === undefined) return [this.stage.url, this.stage.callbackUrl];
    makeV2Domain(this, 'Domain', domain, this.webSocketApi, this.stage);
    const address = domainAddress(domain).replace(/\/$/, '');
    return [`wss://${address}`, `https://${address}`];
  }

  private giveHere(access: ExactAccess): Grant {
    const { principalAccount } = access.grantee.grantPrincipal;
    const foreign = principalAccount !== undefined && Token.compareStrings(principalAccount, Stack.of(this).account) === TokenComparison.DIFFERENT;
    const grant = foreign ? undefined : allow(this, access);
    if (grant?.success === true) return grant;
    return refuse(this, {
      code: 'SecureWebSocketApi.ForeignCaller',
      prop: 'grantee',
      must: 'must be a role or user of this account, because a WebSocket API has no policy of its own that could name others',
      fix: 'let the caller assume a role of this account',
    });
  }

  private executeArn(resource: string): string {
    return this.apiArn(`${this.stageName}/${resource}`);
  }

  private apiArn(resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'execute-api', resource: this.webSocketApi.apiId, resourceName });
  }
}
