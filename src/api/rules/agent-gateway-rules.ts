import { AGENT_GATEWAY } from '../../policy/model/resources/agent-gateways';
import { expectProperty, Rule, Severity } from '../../policy/model/rule';

export const AGENT_GATEWAY_AUTH: Rule = {
  id: 'AgentGatewayAuth',
  severity: Severity.HIGH,
  appliesTo: [AGENT_GATEWAY],
  title: 'A gateway for agents lets callers in that did not authenticate',
  why: 'Whoever learns the address lists the tools behind it and calls them, with the rights of the gateway and of its functions. '
    + 'A policy engine or an interceptor behind it decides about callers that nobody knows.',
  fix: 'Set AuthorizerType to AWS_IAM, or to CUSTOM_JWT with the audiences or clients that may call (GatewayAuthorizer.usingAwsIam(), usingCognito(…), usingCustomJwt(…)).',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['AWS Config bedrockagentcore-gateway-authorizer-enabled', 'OWASP Serverless S2', 'CSA SAS-02'],
  check: (gateway) => expectProperty(gateway, 'AuthorizerType', (type) => AUTHENTICATES.has(type)),
};

/** The last lets in whoever the issuer knows, and leaves it to others what he may do. */
const AUTHENTICATES: ReadonlySet<unknown> = new Set(['AWS_IAM', 'CUSTOM_JWT', 'AUTHENTICATE_ONLY']);

export const AGENT_GATEWAY_RULES: readonly Rule[] = [AGENT_GATEWAY_AUTH];
