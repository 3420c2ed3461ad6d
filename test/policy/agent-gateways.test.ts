import { findings, modelOf, Resources, RuleCase } from './support';
import { SecurityProfile } from '../../src/core/security-profile';
import { entryPointsOf } from '../../src/policy/entry-points/entry-points';
import { actorsOf } from '../../src/report/parts/actors';
import { flowsOf } from '../../src/report/parts/flows';

const LATER = { Ref: 'P' };
const SECTIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [LATER, 'x'] } } };
const resource = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const attribute = (logicalId: string, name = 'Arn') => ({ 'Fn::GetAtt': [logicalId, name] });
const role = (Service: string, ...statements: unknown[]) => resource('AWS::IAM::Role', {
  AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }] },
  Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }],
});
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
  });

  test('are drawn as what calls their tools', () => {
    expect(flowsOf(modelOf(app('AWS_IAM'))).map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toContain('Shop/Gateway agent-gateway calls Shop/Tool');
  });

  test('act with their role', () => {
    expect(actorsOf(modelOf(app('AWS_IAM'))).map((one) => `${one.actor.logicalId} ${one.role.logicalId}`).sort()).toEqual(['Gateway GatewayRole', 'Tool ToolRole']);
  });
});
