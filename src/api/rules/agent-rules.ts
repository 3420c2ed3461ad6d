import { AGENT_GATEWAY, AGENT_HARNESS, AGENT_RUNTIME, AGENT_TOKENS } from '../../model/resources/agents';
import { Resource } from '../../model/resources/resource';
import { expectEach, expectProperty, notApplicable, Outcome, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, isRecord, isUnresolved, Reference, textOf, Value } from '../../model/values/values';

/** Where each keeps its network mode. */
const NETWORK_MODES: { readonly [type: string]: string } = {
  'AWS::BedrockAgentCore::BrowserCustom': 'NetworkConfiguration.NetworkMode',
  'AWS::BedrockAgentCore::CodeInterpreterCustom': 'NetworkConfiguration.NetworkMode',
  [AGENT_HARNESS]: 'Environment.AgentCoreRuntimeEnvironment.NetworkConfiguration.NetworkMode',
  [AGENT_RUNTIME]: 'NetworkConfiguration.NetworkMode',
};

/** A sandbox reaches S3 and nothing else. */
const CLOSED_MODES: ReadonlySet<unknown> = new Set(['SANDBOX', 'VPC']);

/** Where each names its key. */
const KEYS: { readonly [type: string]: string } = { [AGENT_GATEWAY]: 'KmsKeyArn', 'AWS::BedrockAgentCore::Memory': 'EncryptionKeyArn' };

/** Claims that say for which app a token was made. */
const APP_CLAIMS: ReadonlySet<string> = new Set(['appid', 'aud', 'azp', 'cid', 'client_id', 'scope', 'scp']);

/** Scopes that every app of an issuer may ask for. */
const COMMON_SCOPES: ReadonlySet<string> = new Set(['address', 'aws.cognito.signin.user.admin', 'email', 'offline_access', 'openid', 'phone', 'profile']);

/** The last lets in whoever the issuer knows, and leaves it to others what he may do. */
const AUTHENTICATES: ReadonlySet<unknown> = new Set(['AWS_IAM', 'CUSTOM_JWT', 'AUTHENTICATE_ONLY']);

export const AGENT_GATEWAY_AUTH: Rule = {
  id: 'AgentGatewayAuth',
  severity: Severity.HIGH,
  appliesTo: [AGENT_GATEWAY],
  title: 'A gateway for agents lets callers in that did not authenticate',
  why: 'Whoever learns the address lists the tools behind it and calls them, with the rights of the gateway and of its functions. '
    + 'A policy engine or an interceptor behind it decides about callers that nobody knows.',
  fix: 'Set AuthorizerType to AWS_IAM, or to CUSTOM_JWT with the audiences or clients that may call (GatewayAuthorizer.usingAwsIam(), usingCognito(…), usingCustomJwt(…)).',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['FSBP BedrockAgentCore.2', 'OWASP Serverless S2', 'CSA SAS-02'],
  check: (gateway) => expectProperty(gateway, 'AuthorizerType', (type) => AUTHENTICATES.has(type)),
};

export const AGENT_TOKEN_AUDIENCE: Rule = {
  id: 'AgentTokenAudience',
  severity: Severity.HIGH,
  appliesTo: [AGENT_GATEWAY, AGENT_HARNESS, AGENT_RUNTIME],
  title: 'An agent, or a gateway for agents, takes tokens that were made for another app',
  why: 'A token of the least trusted client of the issuer calls the agent, which acts with its role; keys that are fetched over plain HTTP are those of whoever sits on the way. '
    + 'A claim about the person, such as a group, is in his tokens for all apps.',
  fix: 'List the clients or audiences in AllowedClients or AllowedAudience of the CustomJWTAuthorizer (usingJWT(…), usingCognito(…)), and name the DiscoveryUrl by https://.',
  risks: ['broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'Audience or Issuer',
  check: judgeTokens,
};

export const AGENT_NETWORK: Rule = {
  id: 'AgentNetwork',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM, sandbox: 'off' },
  appliesTo: Object.keys(NETWORK_MODES),
  title: 'An agent, or what runs code or a browser for it, may talk to the whole internet',
  why: 'An agent does what the texts say that it reads. One of them can make it send all that it sees to a stranger, or fetch code from him, and no security group, '
    + 'flow log or firewall of yours is on the way.',
  fix: 'Set NetworkMode to VPC with subnets and security groups of yours (RuntimeNetworkConfiguration.usingVpc(…)), with endpoints for the services that it calls; '
    + 'code interpreters also know SANDBOX.',
  risks: ['data-exposure', 'attack-surface'],
  frameworks: ['FSBP BedrockAgentCore.1', 'FSBP BedrockAgentCore.5', 'FSBP BedrockAgentCore.7', 'CSA SAS-03'],
  check: (agent) => expectProperty(agent, NETWORK_MODES[agent.type], (mode) => CLOSED_MODES.has(mode)),
};

export const AGENT_CUSTOMER_KEY: Rule = {
  id: 'AgentCustomerKey',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  control: 'customerKeys',
  appliesTo: Object.keys(KEYS),
  title: 'The memory of agents, or a gateway for agents, is not encrypted with a key of your own',
  why: 'A memory holds what people told the agent. The key that AWS owns decrypts for everybody who may read it. With your key, reading takes a second right, '
    + 'which can be taken away from everybody at once.',
  fix: 'Set EncryptionKeyArn of a memory and KmsKeyArn of a gateway (kmsKey of both), and let their roles use the key.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP BedrockAgentCore.3', 'FSBP BedrockAgentCore.4'],
  check: (resource) => expectProperty(resource, KEYS[resource.type], (key) => key !== undefined && key !== ''),
};

/**
 * | audiences or clients | scopes of the app, or a claim about it | result                              |
 * |----------------------|----------------------------------------|-------------------------------------|
 * | named                | any                                    | pass                                |
 * | none                 | named                                  | pass                                |
 * | none                 | none                                   | fail                                |
 * | not known            | none                                   | unresolved                          |
 */
function judgeTokens(resource: Resource): RuleResult {
  const location = `Properties.${AGENT_TOKENS}`;
  const settings = resource.alternatives(AGENT_TOKENS).filter((setting) => setting !== undefined && setting !== null);
  if (settings.length === 0) return notApplicable();
  return settings.flatMap((setting): readonly Outcome[] => (isUnresolved(setting) ? [unresolved(location, 'Audience')] : [
    expectEach([audienceIn(setting)], location, isTold, 'Audience'),
    expectEach(alternatives(at(setting, 'DiscoveryUrl')), location, (url) => !/^http:\/\//i.test(textOf(url) ?? ''), 'Issuer'),
  ]));
}

/** What tells for which app a token must be: one that does, else what only the deployment knows, else nothing. */
function audienceIn(setting: Value): Value {
  const options = [
    ...elements(at(setting, 'AllowedAudience')), ...elements(at(setting, 'AllowedClients')),
    ...elements(at(setting, 'AllowedScopes')).filter((scope) => !COMMON_SCOPES.has(textOf(scope) ?? '')),
    ...elements(at(setting, 'CustomClaims')).map(claimIn),
  ].flatMap(alternatives);
  return options.find((one) => !isUnresolved(one) && isTold(one)) ?? options.find((one) => isUnresolved(one) || one instanceof Reference);
}

function claimIn(claim: Value): Value {
  if (!isRecord(claim)) return claim;
  const name = at(claim, 'InboundTokenClaimName');
  return isUnresolved(name) || APP_CLAIMS.has(textOf(name) ?? '') ? name : undefined;
}

function isTold(value: Value): boolean {
  return value instanceof Reference || !['', '*'].includes((textOf(value) ?? '').trim());
}

export const AGENT_RULES: readonly Rule[] = [AGENT_CUSTOMER_KEY, AGENT_GATEWAY_AUTH, AGENT_NETWORK, AGENT_TOKEN_AUDIENCE];
