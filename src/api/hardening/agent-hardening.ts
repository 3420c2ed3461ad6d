import { CfnResource } from 'aws-cdk-lib';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { settingOf } from '../../core/hardening/setting-of';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { ProposalStep, proposalStep } from '../../core/hardening/steps/proposal-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { propertyOf } from '../../core/hardening/values/property-of';

const GATEWAY = 'AWS::BedrockAgentCore::Gateway';
const MEMORY = 'AWS::BedrockAgentCore::Memory';
const RUNTIME = 'AWS::BedrockAgentCore::Runtime';

/** What tells for whom a token was made, as the classes of CDK and CloudFormation name it. */
const TOKEN_LISTS = ['allowedAudience', 'allowedClients', 'allowedScopes', 'customClaims'];

const AUTH = proposal({
  type: GATEWAY,
  rule: 'AgentGatewayAuth',
  property: 'AuthorizerType',
  read: (gateway, site) => settingOf(gateway, 'AuthorizerType', site),
  when: (gateway, site) => settingOf(gateway, 'AuthorizerType', site) === 'NONE',
  after: 'AWS_IAM or CUSTOM_JWT',
  advice: 'Everybody can list the tools of this gateway and call them, with the rights of its role. If the agents have roles of AWS, use GatewayAuthorizer.usingAwsIam(), and give each '
    + 'bedrock-agentcore:InvokeGateway on the gateway; if they act for people, usingCognito(…) or usingCustomJwt(…) with the clients or audiences that may call.',
});

const TOKENS = [GATEWAY, RUNTIME].map((type) => proposal({
  type,
  rule: 'AgentTokenAudience',
  property: 'AuthorizerConfiguration.CustomJWTAuthorizer.AllowedClients',
  when: takesAnyToken,
  after: 'the clients that may call',
  advice: 'Every token of the issuer gets in, whatever app it was made for. List the ids of the clients in AllowedClients, as Cognito names them in its access tokens, or the audiences '
    + 'in AllowedAudience: a caller with neither is refused from then on.',
}));

/** A network that lacks an endpoint cuts the agent off from its model: which it needs, only its author knows. */
const NETWORK = proposal({
  type: RUNTIME,
  rule: 'AgentNetwork',
  property: 'NetworkConfiguration.NetworkMode',
  read: modeOf,
  when: (runtime, site) => [undefined, 'PUBLIC'].includes(modeOf(runtime, site) as string | undefined),
  after: 'VPC',
  advice: 'Use RuntimeNetworkConfiguration.usingVpc(…) with subnets without a way to the internet, and endpoints for what the agent calls: Bedrock, ECR, S3 and CloudWatch Logs at least, '
    + 'or a firewall that knows the domains. Without them the agent does not start, or does not reach its model.',
});

const KEYS = ([
  [GATEWAY, 'KmsKeyArn', ''],
  [MEMORY, 'EncryptionKeyArn', ' A memory has its key from the start: the change replaces it, and what people told the agent is lost.'],
] as const).map(([type, property, caution]) => proposal({
  type,
  rule: 'AgentCustomerKey',
  property,
  when: (resource, site) => site.controls(resource).customerKeys && settingOf(resource, property, site) === undefined,
  after: 'a key of your own',
  advice: `Pass a key as kmsKey, and let the roles that use the resource use the key.${caution}`,
}));

/** What hardening says of agents, their memory and gateways for them: who may call, and where they may go, is the author's to decide. */
export const AGENT_HARDENING: readonly HardeningStep[] = [AUTH, ...TOKENS, NETWORK, ...KEYS];

function proposal(step: Omit<ProposalStep<CfnResource>, 'area'>): HardeningStep {
  return { ...proposalStep({ ...step, area: HardeningArea.APIS }), readsByName: true };
}

function modeOf(runtime: CfnResource, site: HardeningSite): unknown {
  return settingOf(runtime, 'NetworkConfiguration.NetworkMode', site);
}

/** Where an escape hatch or the deployment says something of the tokens, nothing is told. */
function takesAnyToken(resource: CfnResource, site: HardeningSite): boolean {
  if (site.overrideOf(resource, 'AuthorizerConfiguration') !== undefined) return false;
  const settings = fieldOf(site.resolve(resource, propertyOf(resource, 'AuthorizerConfiguration')), 'customJwtAuthorizer', 'CustomJWTAuthorizer');
  if (typeof settings !== 'object' || settings === null || isIntrinsic(settings)) return false;
  return TOKEN_LISTS.map((name) => fieldOf(settings, name, `${name[0].toUpperCase()}${name.slice(1)}`))
    .every((list) => list === undefined || (Array.isArray(list) && list.length === 0));
}

function fieldOf(value: unknown, ...names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return names.map((name): unknown => Reflect.get(value, name)).find((found) => found !== undefined);
}
