import { CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnGateway, Gateway, GatewayAuthorizer } from 'aws-cdk-lib/aws-bedrockagentcore';
import { hardened } from './support/compared';

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
    expect(saidOf(make)).toEqual([]);
  });
});
