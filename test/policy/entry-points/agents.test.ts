import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { entryPointsOf } from '../../../src/policy/entry-points/entry-points';
import { actorsOf } from '../../../src/report/parts/actors';
import { flowsOf } from '../../../src/report/parts/flows';
import { findings, modelOf, Resources, RuleCase } from '../support';
import { attribute, LATER, resource, role, SECTIONS } from '../template-parts';

const may = (Action: string, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });

/** As the Gateway of aws-cdk-lib writes it, with one function as a tool. */
const app = (AuthorizerType: unknown, more: Resources = {}): Resources => ({
  Gateway: resource('AWS::BedrockAgentCore::Gateway', { Name: 'tools', AuthorizerType, RoleArn: attribute('GatewayRole') }),
  Target: resource('AWS::BedrockAgentCore::GatewayTarget', {
    GatewayIdentifier: attribute('Gateway', 'GatewayIdentifier'), TargetConfiguration: { Mcp: { Lambda: { LambdaArn: attribute('Tool') } } },
  }),
  GatewayRole: role('bedrock-agentcore.amazonaws.com', may('lambda:InvokeFunction', attribute('Tool'))),
  Tool: resource('AWS::Lambda::Function', { Role: attribute('ToolRole'), LoggingConfig: { LogGroup: { Ref: 'Logs' } } }),
  ToolRole: role('lambda.amazonaws.com', may('dynamodb:PutItem', attribute('Orders'))),
  Logs: resource('AWS::Logs::LogGroup'),
  Orders: resource('AWS::DynamoDB::Table'),
  ...more,
});
const BOUNDED: Resources = {
  Limit: resource('AWS::BedrockAgentCore::GatewayRateLimit', { GatewayIdentifier: { Ref: 'Gateway' }, DimensionKeys: ['caller'], Entries: [] }),
  Acl: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: attribute('Gateway', 'GatewayArn'), WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1' }),
  Source: resource('AWS::Logs::DeliverySource', { ResourceArn: attribute('Gateway', 'GatewayArn'), LogType: 'APPLICATION_LOGS' }),
};
const runtime = (EnvironmentVariables: unknown): Resources => ({ Agent: resource('AWS::BedrockAgentCore::Runtime', { EnvironmentVariables }) });
const tokens = (given: Record<string, unknown>) => ({
  AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://login.example.com/.well-known/openid-configuration', ...given } },
});
const agent = (given: Record<string, unknown> = {}, ...rights: readonly unknown[]): Resources => ({
  Agent: resource('AWS::BedrockAgentCore::Runtime', { RoleArn: attribute('AgentRole'), NetworkConfiguration: { NetworkMode: 'VPC' }, ...given }),
  AgentRole: role(
    'bedrock-agentcore.amazonaws.com', may('dynamodb:PutItem', attribute('Orders')),
    may('logs:PutLogEvents', { 'Fn::Sub': 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/bedrock-agentcore/runtimes/*' }), ...rights,
  ),
  Orders: resource('AWS::DynamoDB::Table'),
});
const open = (logicalId: string, arn: string): Resources => ({
  Policy: resource('AWS::BedrockAgentCore::ResourcePolicy', {
    ResourceArn: attribute(logicalId, arn), Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'bedrock-agentcore:InvokeAgentRuntime', Resource: '*' }] }),
  }),
});

const CASES: readonly RuleCase[] = [
  ['AgentGatewayAuth', 'IAM', app('AWS_IAM'), []],
  ['AgentGatewayAuth', 'tokens', app('CUSTOM_JWT'), []],
  ['AgentGatewayAuth', 'tokens, and others decide', app('AUTHENTICATE_ONLY'), []],
  ['AgentGatewayAuth', 'nothing', app('NONE'), ['AgentGatewayAuth at Gateway']],
  ['AgentGatewayAuth', 'nothing in one case', app({ 'Fn::If': ['Prod', 'AWS_IAM', 'NONE'] }), ['AgentGatewayAuth at Gateway']],
  ['AgentGatewayAuth', 'set at deployment', app(LATER), ['AgentGatewayAuth[undecided] at Gateway']],
  ['OpenStorePath', 'whoever has a token', app('CUSTOM_JWT'), []],
  ['OpenStorePath', 'anybody has a tool that writes', app('NONE'), ['OpenStorePath at Gateway']],
  ['EntryPointLayers', 'all layers', app('AWS_IAM', BOUNDED), []],
  ['EntryPointLayers', 'nearly none', app('NONE', { ToolRole: role('lambda.amazonaws.com', may('dynamodb:*', '*')) }), ['EntryPointLayers at Gateway']],
  ['WebAclAlone', 'a web ACL and nothing else', app('NONE', { Acl: BOUNDED.Acl }), ['WebAclAlone at Gateway']],
  ['WebAclAlone', 'a web ACL and tokens', app('CUSTOM_JWT', { Acl: BOUNDED.Acl }), []],
  ['LogMasking', 'the log of a tool', app('AWS_IAM'), ['LogMasking at Logs']],

  ['AgentTokenAudience', 'no tokens', agent(), []],
  ['AgentTokenAudience', 'clients', { ...agent(tokens({ AllowedClients: [{ Ref: 'Client' }] })), Client: resource('AWS::Cognito::UserPoolClient') }, []],
  ['AgentTokenAudience', 'audiences', agent(tokens({ AllowedAudience: ['agent'] })), []],
  ['AgentTokenAudience', 'a scope of the app', agent(tokens({ AllowedScopes: ['openid', 'agent/call'] })), []],
  ['AgentTokenAudience', 'a claim about the app', agent(tokens({ CustomClaims: [{ InboundTokenClaimName: 'azp' }] })), []],
  ['AgentTokenAudience', 'an audience in one case, and clients in each', agent(tokens({ AllowedAudience: { 'Fn::If': ['Prod', ['agent'], LATER] }, AllowedClients: ['web'] })), []],
  ['AgentTokenAudience', 'whatever the issuer signs', agent(tokens({})), ['AgentTokenAudience[Audience] at Agent']],
  ['AgentTokenAudience', 'any audience', agent(tokens({ AllowedAudience: ['*'] })), ['AgentTokenAudience[Audience] at Agent']],
  ['AgentTokenAudience', 'a scope that every app may ask for', agent(tokens({ AllowedScopes: ['openid', 'email'] })), ['AgentTokenAudience[Audience] at Agent']],
  ['AgentTokenAudience', 'a claim about the person', agent(tokens({ CustomClaims: [{ InboundTokenClaimName: 'cognito:groups' }] })), ['AgentTokenAudience[Audience] at Agent']],
  ['AgentTokenAudience', 'keys over plain HTTP', agent(tokens({ AllowedClients: ['web'], DiscoveryUrl: 'http://login.example.com/.well-known/openid-configuration' })), ['AgentTokenAudience[Issuer] at Agent']],
  ['AgentTokenAudience', 'whatever the issuer signs, in one case', agent({ AuthorizerConfiguration: { 'Fn::If': ['Prod', tokens({}).AuthorizerConfiguration, { Ref: 'AWS::NoValue' }] } }), ['AgentTokenAudience[Audience] at Agent']],
  ['AgentTokenAudience', 'clients that the deployment names', agent(tokens({ AllowedClients: [LATER] })), ['AgentTokenAudience[undecided Audience] at Agent']],
  ['AgentTokenAudience', 'a setting that only the deployment knows', agent({ AuthorizerConfiguration: { CustomJWTAuthorizer: LATER } }), ['AgentTokenAudience[undecided Audience] at Agent']],
  ['AgentTokenAudience', 'at a gateway', { Gateway: resource('AWS::BedrockAgentCore::Gateway', { AuthorizerType: 'CUSTOM_JWT', ...tokens({}) }) }, ['AgentTokenAudience[Audience] at Gateway']],

  ['AgentNetwork', 'a network of the owner', agent(), []],
  ['AgentNetwork', 'the internet', agent({ NetworkConfiguration: { NetworkMode: 'PUBLIC' } }), ['AgentNetwork at Agent']],
  ['AgentNetwork', 'nothing said', agent({ NetworkConfiguration: undefined }), ['AgentNetwork at Agent']],
  ['AgentNetwork', 'known at deployment', agent({ NetworkConfiguration: { NetworkMode: LATER } }), ['AgentNetwork[undecided] at Agent']],
  ['AgentNetwork', 'code without a network', { It: resource('AWS::BedrockAgentCore::CodeInterpreterCustom', { NetworkConfiguration: { NetworkMode: 'SANDBOX' } }) }, []],
  ['AgentNetwork', 'code on the internet', { It: resource('AWS::BedrockAgentCore::CodeInterpreterCustom', { NetworkConfiguration: { NetworkMode: 'PUBLIC' } }) }, ['AgentNetwork at It']],
  ['AgentNetwork', 'an agent of settings alone', { It: resource('AWS::BedrockAgentCore::Harness', {}) }, ['AgentNetwork at It']],

  ['AgentCustomerKey', 'a key of the owner', { It: resource('AWS::BedrockAgentCore::Memory', { EncryptionKeyArn: attribute('Key') }), Key: resource('AWS::KMS::Key') }, []],
  ['AgentCustomerKey', 'the key of AWS', { It: resource('AWS::BedrockAgentCore::Memory', {}) }, ['AgentCustomerKey at It']],
  ['AgentCustomerKey', 'the key of AWS in one case', { It: resource('AWS::BedrockAgentCore::Gateway', { KmsKeyArn: { 'Fn::If': ['Prod', attribute('Key'), { Ref: 'AWS::NoValue' }] } }) }, ['AgentCustomerKey at It']],
  ['AgentCustomerKey', 'a key that the deployment names', { It: resource('AWS::BedrockAgentCore::Memory', { EncryptionKeyArn: LATER }) }, ['AgentCustomerKey[undecided] at It']],

  ['EntryPointLayers', 'an agent with a narrow role', agent(), []],
  ['PolicyOpenEveryone', 'whoever has a token', { ...agent(tokens({ AllowedClients: ['web'] })), ...open('Agent', 'AgentRuntimeArn') }, []],
  ['PolicyOpenEveryone', 'whoever has a token, at an endpoint', {
    ...agent(tokens({ AllowedClients: ['web'] })), It: resource('AWS::BedrockAgentCore::RuntimeEndpoint', { AgentRuntimeId: { Ref: 'Agent' } }), ...open('It', 'AgentRuntimeEndpointArn'),
  }, []],
  ['PolicyOpenEveryone', 'whoever has a token, at a gateway', { ...app('CUSTOM_JWT'), ...open('Gateway', 'GatewayArn') }, []],
  ['PolicyOpenEveryone', 'every account of AWS', { ...agent(), ...open('Agent', 'AgentRuntimeArn') }, ['PolicyOpenEveryone[resource] at Policy']],
  ['PolicyOpenEveryone', 'every account of AWS, in one case', {
    ...agent({ AuthorizerConfiguration: { 'Fn::If': ['Prod', tokens({ AllowedClients: ['web'] }).AuthorizerConfiguration, { Ref: 'AWS::NoValue' }] } }), ...open('Agent', 'AgentRuntimeArn'),
  }, ['PolicyOpenEveryone[resource] at Policy']],
  ['PolicyOpenEveryone', 'whoever has a token, and every account of AWS in one case, at a gateway', {
    ...app({ 'Fn::If': ['Prod', 'CUSTOM_JWT', 'AWS_IAM'] }), ...open('Gateway', 'GatewayArn'),
  }, ['PolicyOpenEveryone[resource] at Policy']],
  ['PolicyOpenEveryone', 'every account of AWS, at an endpoint of an agent of another app', {
    It: resource('AWS::BedrockAgentCore::RuntimeEndpoint', { AgentRuntimeId: 'agent-0123456789' }), ...open('It', 'AgentRuntimeEndpointArn'),
  }, ['PolicyOpenEveryone[resource] at Policy']],
  ['PolicyOpenEveryone', 'every account of AWS, at what is no agent', {
    It: resource('AWS::BedrockAgentCore::Memory', tokens({ AllowedClients: ['web'] })), ...open('It', 'MemoryArn'),
  }, ['PolicyOpenEveryone[resource] at Policy']],
  ['PolicyOpenEveryone', 'every account of AWS, at a gateway', { ...app('AWS_IAM'), ...open('Gateway', 'GatewayArn') }, ['PolicyOpenEveryone[resource] at Policy']],

  ['IamResourceWildcard', 'the log groups of agents, which AgentCore names by their ids', agent(), []],
  ['EntryPointLayers', 'an agent with rights on everything', agent({}, may('dynamodb:*', '*')), ['EntryPointLayers at Agent']],
  ['OpenStorePath', 'nobody unknown calls an agent', agent(), []],
  ['OpenStorePath', 'nor one whose setting only the deployment knows', agent({ AuthorizerConfiguration: { CustomJWTAuthorizer: LATER } }), []],

  ['EnvironmentSecret', 'settings of an agent', runtime({ TABLE: 'orders' }), []],
  ['EnvironmentSecret', 'a password in those of an agent', runtime({ DB_PASSWORD: 'correct horse 9' }), ['EnvironmentSecret[DB_PASSWORD] at Agent']],
  ['EnvironmentTlsCheck', 'an agent that believes all certificates', runtime({ PYTHONHTTPSVERIFY: '0' }), ['EnvironmentTlsCheck[PYTHONHTTPSVERIFY] at Agent']],
  ['TemplateToken', 'a variable is judged by one rule only', runtime({ STRIPE: `sk_live_${'a1B2'.repeat(6)}` }), []],
];

describe('Gateways for agents', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, SecurityProfile.production(), SECTIONS)).toEqual(expected);
  });

  test('are ways in, with their layers and with the roles of the gateway and of its tools', () => {
    const [bounded] = entryPointsOf(modelOf(app('AWS_IAM', BOUNDED)));
    expect(bounded).toMatchObject({
      kind: 'agent-gateway',
      location: 'Properties.AuthorizerType',
      layers: { authorization: 'iam', validation: true, throttle: true, webAcl: true, logging: true, leastPrivilege: true },
    });
    expect(bounded.roles.map(({ logicalId }) => logicalId)).toEqual(['GatewayRole', 'ToolRole']);
    const [bare] = entryPointsOf(modelOf(app('NONE')));
    expect(bare.layers).toEqual({ authorization: 'none', validation: true, throttle: false, webAcl: false, logging: false, leastPrivilege: true });
    expect(entryPointsOf(modelOf(app(LATER), SECTIONS))[0].layers.authorization).toBe('unknown');
    expect(entryPointsOf(modelOf(app('AUTHENTICATE_ONLY')))[0].layers.authorization).toBe('jwt');
    const alone = { Gateway: resource('AWS::BedrockAgentCore::Gateway', { AuthorizerType: 'AWS_IAM', RoleArn: 'arn:aws:iam::111122223333:role/gateway' }) };
    expect(entryPointsOf(modelOf(alone))[0].layers.leastPrivilege).toBeUndefined();
  });

  test('have the tools and the limits that are theirs, and not those of another gateway', () => {
    const other = resource('AWS::BedrockAgentCore::Gateway', { Name: 'other', AuthorizerType: 'AWS_IAM', RoleArn: attribute('GatewayRole') });
    const [first, second] = entryPointsOf(modelOf(app('AWS_IAM', { ...BOUNDED, Other: other })));
    expect([first, second].map(({ declaredBy, roles, layers }) => [declaredBy.logicalId, roles.map(({ logicalId }) => logicalId), layers.throttle]))
      .toEqual([['Gateway', ['GatewayRole', 'ToolRole'], true], ['Other', ['GatewayRole'], false]]);
  });

  test('are drawn as what calls their tools', () => {
    expect(flowsOf(modelOf(app('AWS_IAM'))).map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toContain('Shop/Gateway agent-gateway calls Shop/Tool');
  });

  test('agents are ways in, with the role that they act with', () => {
    const [bare] = entryPointsOf(modelOf(agent()));
    expect(bare).toMatchObject({
      kind: 'agent',
      location: 'Properties.AuthorizerConfiguration',
      layers: { authorization: 'iam', validation: null, throttle: null, webAcl: null, logging: true, leastPrivilege: true },
    });
    expect(bare.roles.map(({ logicalId }) => logicalId)).toEqual(['AgentRole']);
    expect(entryPointsOf(modelOf(agent(tokens({ AllowedClients: ['web'] }))))[0].layers.authorization).toBe('jwt');
    expect(entryPointsOf(modelOf(agent({ AuthorizerConfiguration: { CustomJWTAuthorizer: LATER } }), SECTIONS))[0].layers.authorization).toBe('jwt');
    const inOneCase = { AuthorizerConfiguration: { 'Fn::If': ['Prod', tokens({ AllowedClients: ['web'] }).AuthorizerConfiguration, { Ref: 'AWS::NoValue' }] } };
    expect(entryPointsOf(modelOf(agent(inOneCase), SECTIONS))[0].layers.authorization).toBe('jwt');
    const harness = { It: resource('AWS::BedrockAgentCore::Harness', { ExecutionRoleArn: attribute('AgentRole') }), AgentRole: agent().AgentRole };
    expect(entryPointsOf(modelOf(harness))[0].roles.map(({ logicalId }) => logicalId)).toEqual(['AgentRole']);
    const elsewhere = { It: resource('AWS::BedrockAgentCore::Harness', { ExecutionRoleArn: 'arn:aws:iam::111122223333:role/agent' }) };
    expect(entryPointsOf(modelOf(elsewhere))[0].layers).toMatchObject({ authorization: 'iam', logging: undefined, leastPrivilege: undefined });
    const silent = { ...elsewhere, Source: resource('AWS::Logs::DeliverySource', { ResourceArn: attribute('It') }) };
    expect(entryPointsOf(modelOf(silent))[0].layers.logging).toBe(true);
    expect(entryPointsOf(modelOf({ Agent: agent().Agent, AgentRole: role('bedrock-agentcore.amazonaws.com') }))[0].layers.logging).toBe(false);
    const [silentRole, oneOfTwo] = [role('bedrock-agentcore.amazonaws.com'), { RoleArn: { 'Fn::If': ['Prod', attribute('AgentRole'), attribute('Silent')] } }];
    const sometimes = entryPointsOf(modelOf({ ...agent(oneOfTwo), Silent: silentRole }, SECTIONS))[0];
    expect(sometimes.roles.map(({ logicalId }) => logicalId)).toEqual(['AgentRole', 'Silent']);
    expect(sometimes.layers.logging).toBe(false);
    expect(flowsOf(modelOf(agent()))).toContainEqual({ from: 'Shop/Agent agent', to: 'Shop/Orders', kind: 'writes' });
  });

  test('act with their role', () => {
    expect(actorsOf(modelOf(app('AWS_IAM'))).map((one) => `${one.actor.logicalId} ${one.role.logicalId}`).sort()).toEqual(['Gateway GatewayRole', 'Tool ToolRole']);
  });
});
