import { CfnGateway } from 'aws-cdk-lib/aws-bedrockagentcore';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep } from '../../core/hardening/hardening-step';
import { proposalStep } from '../../core/hardening/proposal-step';

/** What hardening says of gateways for agents: who may call is the author's to decide. */
export const AGENT_GATEWAY_HARDENING: readonly HardeningStep[] = [
  proposalStep<CfnGateway>({
    area: HardeningArea.APIS,
    type: 'AWS::BedrockAgentCore::Gateway',
    rule: 'AgentGatewayAuth',
    property: 'AuthorizerType',
    read: authorizerOf,
    when: (gateway, site) => authorizerOf(gateway, site) === 'NONE',
    after: 'AWS_IAM or CUSTOM_JWT',
    advice: 'Everybody can list the tools of this gateway and call them, with the rights of its role. If the agents have roles of AWS, use GatewayAuthorizer.usingAwsIam(), and give each '
      + 'bedrock-agentcore:InvokeGateway on the gateway; if they act for people, usingCognito(…) or usingCustomJwt(…) with the clients or audiences that may call.',
  }),
];

function authorizerOf(gateway: CfnGateway, site: HardeningSite): unknown {
  return site.overrideOf(gateway, 'AuthorizerType') ?? site.resolve(gateway, gateway.authorizerType);
}
