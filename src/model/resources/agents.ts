import { AppModel } from './app-model';
import { Resource } from './resource';
import { isRecord, isUnresolved } from '../values/values';

/** An address at which agents find tools, and call them. */
export const AGENT_GATEWAY = 'AWS::BedrockAgentCore::Gateway';

/** Where an agent runs. */
export const AGENT_RUNTIME = 'AWS::BedrockAgentCore::Runtime';

/** An agent without code of its own: AgentCore runs it from its settings. */
export const AGENT_HARNESS = 'AWS::BedrockAgentCore::Harness';

/** Agents that callers reach under an address of their own, and the property with the role that each acts with. */
export const AGENT_ROLES: { readonly [type: string]: string } = { [AGENT_HARNESS]: 'ExecutionRoleArn', [AGENT_RUNTIME]: 'RoleArn' };

const AGENT_ENDPOINT = 'AWS::BedrockAgentCore::RuntimeEndpoint';
const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';
const RATE_LIMIT = 'AWS::BedrockAgentCore::GatewayRateLimit';

/** Where gateways and agents say of which issuer and for whom the tokens of their callers are. */
export const AGENT_TOKENS = 'AuthorizerConfiguration.CustomJWTAuthorizer';

/** Whether callers of an agent show tokens, or may: without that setting they sign with an identity of AWS. Nobody gets in with neither. */
export function mayTakeTokens(agent: Resource): boolean {
  return agent.alternatives(AGENT_TOKENS).some((setting) => isRecord(setting) || isUnresolved(setting));
}

/**
 * Whether each caller of an agent, of an endpoint of one, or of a gateway shows a token. Its policy then has nobody to name: callers are checked before, and are no identities of AWS.
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
export function takesTokensAlone(resource: Resource, app: AppModel): boolean {
  if (resource.type === AGENT_GATEWAY) return resource.alternatives('AuthorizerType').every((type) => type === 'CUSTOM_JWT');
  const agent = resource.type === AGENT_ENDPOINT ? app.target(resource.property('AgentRuntimeId')) : resource;
  return agent?.type === AGENT_RUNTIME && agent.alternatives(AGENT_TOKENS).every(isRecord);
}

/** The functions of the app that a gateway calls as tools. */
export function toolsBehind(gateway: Resource, app: AppModel): readonly Resource[] {
  return of(gateway, TARGET, app).flatMap((target) => app.functionBehind(target.property('TargetConfiguration.Mcp.Lambda.LambdaArn')) ?? []);
}

/** Whether a limit of the app bounds what callers of a gateway ask for. */
export function hasRateLimit(gateway: Resource, app: AppModel): boolean {
  return of(gateway, RATE_LIMIT, app).length > 0;
}

function of(gateway: Resource, type: string, app: AppModel): readonly Resource[] {
  return app.ofType(type).filter((part) => app.target(part.property('GatewayIdentifier')) === gateway);
}
