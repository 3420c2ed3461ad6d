import { all, hasNoWildcard, roleOf, rolesIn } from './entry-layers';
import { EntryPoint } from './entry-point';
import { deliversLogs } from '../../model/entries/delivered-logs';
import { functionsBehindService, latticeAuthorization, logsRequests } from '../../model/entries/lattice-services';
import { RouteAuthorization, weakest } from '../../model/entries/route';
import { hasWebAclOn } from '../../model/entries/web-acl';
import { AGENT_ROLES, hasRateLimit, mayTakeTokens, toolsBehind } from '../../model/resources/agents';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { accessOf } from '../../model/rights/access';
import { alternatives, at, isRecord, isUnresolved, textOf, Value } from '../../model/values/values';

/** API Gateway has no say here: the schema validates, and AWS throttles per account only. */
export function graphqlApi(api: Resource, app: AppModel): EntryPoint {
  const providers = [api.property('AuthenticationType'), ...api.items('AdditionalAuthenticationProviders').map((one) => at(one, 'AuthenticationType'))];
  const roles = rolesOfSources(api, app);
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

/**
 * Whoever publishes or subscribes: namespaces may ask for something else than their API does. Nothing looks at what is in an event.
 * @see https://docs.aws.amazon.com/appsync/latest/eventapi/configure-event-api-auth.html
 */
export function eventApi(api: Resource, app: AppModel): EntryPoint {
  const roles = rolesOfSources(api, app);
  return {
    kind: 'event-api',
    declaredBy: api,
    location: 'Properties.EventConfig',
    roles,
    layers: {
      authorization: weakest(eventModes(api, app).flatMap((mode) => (isUnresolved(mode) ? [mode] : alternatives(at(mode, 'AuthType')))).map(graphqlAuthorization)),
      validation: null,
      throttle: null,
      webAcl: hasWebAclOn(api, app),
      logging: isRecord(api.property('EventConfig.LogConfig')),
      leastPrivilege: roles.length === 0 ? null : all(roles.map((role) => hasNoWildcard(role, app))),
    },
  };
}

/** What is asked of those who publish and subscribe; where that is left to the way in which they connect, what is asked there. */
function eventModes(api: Resource, app: AppModel): readonly Value[] {
  const namespaces = app.ofType('AWS::AppSync::ChannelNamespace').filter((namespace) => app.target(namespace.property('ApiId')) === api);
  const modes = [['DefaultPublishAuthModes', 'PublishAuthModes'], ['DefaultSubscribeAuthModes', 'SubscribeAuthModes']].flatMap(([usual, own]) => {
    const asked = namespaces.map((namespace) => namespace.items(own));
    return [...asked.flat(), ...asked.length === 0 || asked.some((list) => list.length === 0) ? api.items(`EventConfig.${usual}`) : []];
  });
  const found = modes.length === 0 ? api.items('EventConfig.ConnectionAuthModes') : modes;
  return found.length === 0 ? [undefined] : found.flatMap(alternatives);
}

/** The roles of the data sources of an API, and of the functions behind them. */
function rolesOfSources(api: Resource, app: AppModel): readonly Resource[] {
  const sources = sourcesByApi(app).get(api.key) ?? [];
  const functions = sources.flatMap((source) => app.functionBehind(source.property('LambdaConfig.LambdaFunctionArn')) ?? []);
  return [...new Set([...sources.flatMap((source) => rolesIn(source.property('ServiceRoleArn'), app)), ...functions.flatMap((fn) => roleOf(fn, app))])];
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

/** Agents call tools: what a gateway checks of a call is the schema of the tool. */
export function agentGateway(gateway: Resource, app: AppModel): EntryPoint {
  const roles = [...new Set([...rolesIn(gateway.property('RoleArn'), app), ...toolsBehind(gateway, app).flatMap((fn) => roleOf(fn, app))])];
  return {
    kind: 'agent-gateway',
    declaredBy: gateway,
    location: 'Properties.AuthorizerType',
    roles,
    layers: {
      authorization: weakest(gateway.alternatives('AuthorizerType').map(gatewayAuthorization)),
      validation: true,
      throttle: hasRateLimit(gateway, app),
      webAcl: hasWebAclOn(gateway, app),
      logging: deliversLogs(gateway, app),
      leastPrivilege: roles.length === 0 ? undefined : all(roles.map((role) => hasNoWildcard(role, app))),
    },
  };
}

function gatewayAuthorization(type: Value): RouteAuthorization {
  switch (textOf(type)) {
    case 'AWS_IAM': return RouteAuthorization.IAM;
    case 'CUSTOM_JWT': case 'AUTHENTICATE_ONLY': return RouteAuthorization.JWT;
    default: return isUnresolved(type) ? RouteAuthorization.UNKNOWN : RouteAuthorization.NONE;
  }
}

/**
 * An agent takes what it is told as it is, and AWS throttles per account only. What it writes goes to a log group that AgentCore makes, where its role may.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-oauth.html
 */
export function agentEntry(agent: Resource, app: AppModel): EntryPoint {
  const roles = rolesIn(agent.property(AGENT_ROLES[agent.type]), app);
  return {
    kind: 'agent',
    declaredBy: agent,
    location: 'Properties.AuthorizerConfiguration',
    roles,
    layers: {
      authorization: mayTakeTokens(agent) ? RouteAuthorization.JWT : RouteAuthorization.IAM,
      validation: null,
      throttle: null,
      webAcl: null,
      logging: deliversLogs(agent, app) || (roles.length === 0 ? undefined : roles.every((role) => mayLog(role, app))),
      leastPrivilege: roles.length === 0 ? undefined : all(roles.map((role) => hasNoWildcard(role, app))),
    },
  };
}

function mayLog(role: Resource, app: AppModel): boolean {
  return accessOf(role, app).some(({ covers }) => covers('logs:PutLogEvents'));
}

/** Only what is in a joined network calls it; a service stands before functions, and before what is no function. */
export function latticeService(service: Resource, app: AppModel): EntryPoint {
  const functions = functionsBehindService(service, app);
  const roles = [...new Set(functions.flatMap((fn) => roleOf(fn, app)))];
  return {
    kind: 'lattice-service',
    declaredBy: service,
    location: 'Properties.AuthType',
    handler: functions.length === 1 ? functions[0] : undefined,
    roles,
    layers: {
      authorization: latticeAuthorization(service, app),
      validation: null,
      throttle: null,
      webAcl: null,
      logging: logsRequests(service, app),
      leastPrivilege: functions.length === 0 ? null : roles.length === 0 ? undefined : all(roles.map((role) => hasNoWildcard(role, app))),
    },
  };
}

/** A bucket that its policy opens to everybody. */
export function publicBucket(policy: Resource, app: AppModel): EntryPoint {
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
