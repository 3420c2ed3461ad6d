import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { CfnGateway, CfnMemory, CfnRuntime, CfnRuntimeProps, Gateway, GatewayAuthorizer } from 'aws-cdk-lib/aws-bedrockagentcore';
import { hardened } from '../support/compared';

const bare = (authorizerType: string) => (stack: Stack) => {
  new CfnGateway(stack, 'Tools', { name: 'tools', authorizerType, roleArn: 'arn:aws:iam::111122223333:role/tools' });
};
const saidOf = (make: (stack: Stack) => void) => hardened(make).changes.filter(({ property }) => property === 'AuthorizerType');

describe('Who may call a gateway for agents', () => {
  test.each<[string, (stack: Stack) => void]>([
    ['a gateway without authentication', bare('NONE')],
    ['the same by an escape hatch', (stack) => {
      const gateway = new CfnGateway(stack, 'Tools', { name: 'tools', authorizerType: 'AWS_IAM', roleArn: 'arn:aws:iam::111122223333:role/tools' });
      gateway.addOverride('Properties.AuthorizerType', 'NONE');
    }],
    ['the construct of CDK', (stack) => { new Gateway(stack, 'Tools', { authorizerConfiguration: GatewayAuthorizer.withNoAuth() }); }],
  ])('is proposed for %s, and nothing is set', (_name, make) => {
    expect(saidOf(make)).toMatchObject([{ outcome: 'proposed', rule: 'AgentGatewayAuth', before: 'NONE' }]);
    hardened(make).template.hasResourceProperties('AWS::BedrockAgentCore::Gateway', { AuthorizerType: 'NONE' });
  });

  test.each<[string, (stack: Stack) => void]>([
    ['signatures', bare('AWS_IAM')],
    ['tokens', bare('CUSTOM_JWT')],
    ['what only the deployment knows', (stack) => bare(new CfnParameter(stack, 'Who').valueAsString)(stack)],
  ])('is the author\'s word where it is %s', (_name, make) => {
    expect(saidOf(make)).toStrictEqual([]);
  });
});

const URL = 'https://login.example.com/.well-known/openid-configuration';
const saidBy = (rule: string, make: (stack: Stack) => void) => hardened(make).changes.filter((change) => change.rule === rule);
const agent = (given: Partial<CfnRuntimeProps> = {}) => (stack: Stack) => new CfnRuntime(stack, 'Agent', {
  agentRuntimeName: 'helper',
  agentRuntimeArtifact: { containerConfiguration: { containerUri: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/agent:1' } },
  networkConfiguration: { networkMode: 'VPC' },
  roleArn: 'arn:aws:iam::111122223333:role/agent',
  ...given,
});

describe('What hardening says of agents', () => {
  test.each<[string, string, (stack: Stack) => void]>([
    ['AgentTokenAudience', 'an agent that takes every token', agent({ authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: URL } } })],
    ['AgentTokenAudience', 'an agent with an empty list', agent({ authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: URL, allowedClients: [] } } })],
    ['AgentTokenAudience', 'a gateway that takes every token', (stack) => {
      new CfnGateway(stack, 'Tools', {
        name: 'tools', authorizerType: 'CUSTOM_JWT', authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: URL } }, roleArn: 'arn:aws:iam::111122223333:role/tools',
      });
    }],
    ['AgentNetwork', 'an agent on the internet', agent({ networkConfiguration: { networkMode: 'PUBLIC' } })],
    ['AgentNetwork', 'an agent of which nothing is said', agent({ networkConfiguration: undefined })],
    ['AgentCustomerKey', 'a memory without a key', (stack) => { new CfnMemory(stack, 'Talks', { name: 'talks', eventExpiryDuration: 30 }); }],
    ['AgentCustomerKey', 'a gateway without a key', bare('AWS_IAM')],
  ])('%s is proposed for %s', (rule, _name, make) => {
    expect(saidBy(rule, make).map(({ outcome }) => outcome)).toEqual(['proposed']);
  });

  test('and nothing of an agent is changed', () => {
    hardened(agent({ networkConfiguration: { networkMode: 'PUBLIC' } })).template.hasResourceProperties('AWS::BedrockAgentCore::Runtime', { NetworkConfiguration: { NetworkMode: 'PUBLIC' } });
  });

  test.each<[string, string, (stack: Stack) => void]>([
    ['AgentTokenAudience', 'callers sign', agent()],
    ['AgentTokenAudience', 'clients are named', agent({ authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: URL, allowedClients: ['web'] } } })],
    ['AgentTokenAudience', 'only the deployment knows', (stack) => {
      agent({ authorizerConfiguration: Lazy.any({ produce: () => ({ 'Fn::GetAtt': ['Other', 'Settings'] }) }) })(stack);
    }],
    ['AgentTokenAudience', 'an escape hatch says it', (stack) => {
      agent({ authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: URL } } })(stack).addOverride('Properties.AuthorizerConfiguration.CustomJWTAuthorizer.AllowedClients', ['web']);
    }],
    ['AgentNetwork', 'the agent is in a network', agent()],
    ['AgentNetwork', 'the deployment says it', (stack) => { agent({ networkConfiguration: { networkMode: new CfnParameter(stack, 'Mode').valueAsString } })(stack); }],
    ['AgentCustomerKey', 'there is a key', (stack) => {
      new CfnMemory(stack, 'Talks', { name: 'talks', eventExpiryDuration: 30, encryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' });
    }],
  ])('%s is not told of where %s', (rule, _name, make) => {
    expect(saidBy(rule, make)).toStrictEqual([]);
  });
});
