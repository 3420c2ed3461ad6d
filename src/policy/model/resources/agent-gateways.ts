import { AppModel } from './app-model';
import { Resource } from './resource';

/** An address at which agents find tools, and call them. */
export const AGENT_GATEWAY = 'AWS::BedrockAgentCore::Gateway';

/** Where an agent runs. */
export const AGENT_RUNTIME = 'AWS::BedrockAgentCore::Runtime';

const TARGET = 'AWS::BedrockAgentCore::GatewayTarget';
const RATE_LIMIT = 'AWS::BedrockAgentCore::GatewayRateLimit';

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
