import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ISecurityGroup, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ConfigurationError } from '../../src/core/configuration-error';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { GatewayPrefixLists } from '../../src/network/access/gateway-prefix-lists';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecureNetworkProps } from '../../src/network/secure-network-props';
import { StackNetwork } from '../../src/network/stack-network';
import { RECOMMENDED_FLAGS, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

function joined(props: SecureNetworkProps = {}): { stack: Stack; network: SecureNetwork; template: () => Template } {
  const stack = testStack();
  const network = new SecureNetwork(stack, 'Network', props);
  aFunction(stack, 'Orders', { network: network.forFunctions() });
  return { stack, network, template: () => Template.fromStack(stack) };
}

const egressOf = (template: Template) => Object.entries(template.findResources('AWS::EC2::SecurityGroup'))
  .find(([id]) => id.startsWith('OrdersSupport'))![1].Properties.SecurityGroupEgress;
const HTTPS = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

describe('a function that joins a network', () => {
  test('runs in its subnets, in a security group of its own', () => {
    const template = joined().template();
    template.hasResourceProperties('AWS::Lambda::Function', {
      VpcConfig: {
        SubnetIds: [1, 2].map((zone) => ({ Ref: Match.stringLikeRegexp(`NetworkVpcFunctionsSubnet${zone}`) })),
        SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('OrdersSupportSecurityGroup'), 'GroupId'] }],
      },
    });
  });

  test('reaches the endpoints, whose group admits its own by name', () => {
    const template = joined({ endpoints: [NetworkEndpoint.SQS] }).template();
    const own = { 'Fn::GetAtt': [Match.stringLikeRegexp('OrdersSupportSecurityGroup'), 'GroupId'] };
    const endpoints = { 'Fn::GetAtt': [Match.stringLikeRegexp('NetworkEndpointGroup'), 'GroupId'] };
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { ...HTTPS, GroupId: own, DestinationSecurityGroupId: endpoints });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { ...HTTPS, GroupId: endpoints, SourceSecurityGroupId: own });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  });

  test('is admitted to endpoints that are added after it joined, and to none as long as there is none', () => {
    const { network, template, stack } = joined();
    joined().template().resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    network.addEndpoint(NetworkEndpoint.SQS);
    network.addEndpoint(NetworkEndpoint.SNS);
    aFunction(stack, 'Late', { network: network.forFunctions() });
    template().resourceCountIs('AWS::EC2::SecurityGroupIngress', 2);
    template().resourceCountIs('AWS::EC2::SecurityGroupEgress', 2);
  });

  test.each<[string, SecureNetworkProps, string]>([
    ['port 443, where no route leads beyond the gateway endpoints', {}, 'Gateway endpoints: no route leads further'],
    ['port 443, where firewalls decide', { egress: NetworkEgress.domains(['api.example.com']) }, 'Where the firewalls of the network let it'],
  ])('is let out to %s', (_, props, description) => {
    expect(egressOf(joined(props).template())).toEqual([{ ...HTTPS, CidrIp: '0.0.0.0/0', Description: description }]);
  });

  test('is let out to Amazon S3 and DynamoDB alone, where their prefix lists are given', () => {
    const template = joined({ prefixLists: GatewayPrefixLists.ids('pl-1', 'pl-2') }).template();
    expect(egressOf(template)).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
    for (const id of ['pl-1', 'pl-2']) template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { ...HTTPS, DestinationPrefixListId: id });
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 2);
  });

  test('fails to open the rest of the world by itself', () => {
    const stack = testStack();
    const network = new SecureNetwork(stack, 'Network', { egress: NetworkEgress.domains(['api.example.com']) });
    const fn = aFunction(stack, 'Orders', { network: network.forFunctions() });
    expect(() => fn.allowEgressTo(Peer.anyIpv4(), Port.tcp(25), 'mail')).toThrow(new ConfigurationError('', '',
      "'peer' must not be the whole internet: what runs in the function could send data anywhere, got \"0.0.0.0/0\"; name the security group, prefix list or "
      + "addresses that the function needs, or reach AWS services through VPC endpoints [SecureFunction.WorldwideEgress, at 'Shop/Orders']"));
  });

  test('keeps the groups that were given as they are', () => {
    const stack = testStack();
    const network = new SecureNetwork(stack, 'Network');
    const given: ISecurityGroup = new SecurityGroup(stack, 'Given', { vpc: network.vpc, allowAllOutbound: false });
    aFunction(stack, 'Orders', { network: { ...network.forFunctions(), securityGroups: [given] } });
    Template.fromStack(stack).resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });

  test('is warned when the endpoints need more rules than a security group has', () => {
    const net = testStack({ profile: SecurityProfile.sandbox() });
    const network = new SecureNetwork(net, 'Network', { endpoints: [NetworkEndpoint.SQS] }).forFunctions();
    const add = (id: string, count: number) => {
      const stack = new Stack(net.node.root, id);
      for (let index = 0; index < count; index += 1) aFunction(stack, `F${index}`, { network });
    };
    const warnings = () => Annotations.fromStack(net).findWarning('/Shop/Network/EndpointGroup',
      Match.stringLikeRegexp("More than 60 functions use the endpoints of Shop/Network/EndpointGroup: raise the quota 'Inbound or outbound rules per security group'"));
    add('First', 30);
    add('Second', 30);
    expect(warnings()).toHaveLength(0);
    add('Third', 3);
    expect(warnings()).toHaveLength(1);
  });

  test.each<[string, SecureNetworkProps, number]>([
    ['is warned that its secrets are out of reach', { endpoints: [NetworkEndpoint.SQS] }, 1],
    ['reads its secrets through an endpoint', { endpoints: [NetworkEndpoint.SECRETS_MANAGER] }, 0],
    ['reads its secrets through the internet', { egress: NetworkEgress.domains(['secretsmanager.eu-west-1.amazonaws.com']) }, 0],
  ])('%s', (_, props, warnings) => {
    const stack = testStack();
    const network = new SecureNetwork(stack, 'Network', props);
    aFunction(stack, 'Orders', { network: network.forFunctions(), secrets: { DB: new Secret(stack, 'Db') } });
    (stack.node.root as App).synth();
    const text = 'The function Shop/Orders reads secrets, and its network does not reach AWS Secrets Manager: add NetworkEndpoint.SECRETS_MANAGER to the endpoints of the network.';
    expect(Annotations.fromStack(stack).findWarning('/Shop/OrdersSupport', Match.stringLikeRegexp(text))).toHaveLength(warnings);
  });

  test('in another stack takes the rules along, so that no stack waits for the other', () => {
    const net = testStack({ flags: RECOMMENDED_FLAGS });
    const network = new SecureNetwork(net, 'Network', { endpoints: [NetworkEndpoint.SQS] });
    const shop = new Stack(net.node.root, 'Orders');
    aFunction(shop, 'Orders', { network: network.forFunctions() });
    Template.fromStack(shop).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    Template.fromStack(net).resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });
});

describe('a network for all', () => {
  const vpcOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function', { Properties: { Handler: 'index.handler' } }))
    .map(({ Properties }) => JSON.stringify(Properties.VpcConfig?.SubnetIds?.[0] ?? 'none'));

  test('is joined by functions below, the nearest one first, and by no others', () => {
    const app = new App();
    const net = new Stack(app, 'Net');
    const [wide, near] = ['Wide', 'Near'].map((id) => new SecureNetwork(net, id));
    StackNetwork.use(app, wide.forFunctions());
    const [shop, vault] = ['Shop', 'Vault'].map((id) => new Stack(app, id));
    StackNetwork.use(vault, near.forFunctions());
    for (const stack of [shop, vault]) aFunction(stack);
    aFunction(vault, 'Explicit', { network: wide.forFunctions() });
    expect(vpcOf(shop)).toEqual([expect.stringContaining('RefWideVpc')]);
    expect(vpcOf(vault)).toEqual([expect.stringContaining('RefNearVpc'), expect.stringContaining('RefWideVpc')]);
    expect(StackNetwork.of(shop)?.vpc).toBe(wide.vpc);
    expect(StackNetwork.of(vault)?.vpc).toBe(near.vpc);
  });

  test('is none unless one is given', () => {
    const stack = testStack();
    aFunction(stack);
    expect(StackNetwork.of(stack)).toBeUndefined();
    expect(vpcOf(stack)).toEqual(['"none"']);
  });

  test('is what the regulated profile asks for', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    StackNetwork.use(stack, new SecureNetwork(stack, 'Network').forFunctions());
    expect(() => aFunction(stack, 'Orders', { network: undefined })).not.toThrow();
  });

  test('fails when a function was made without it', () => {
    const app = new App();
    const [net, shop, later] = ['Net', 'Shop', 'Later'].map((id) => new Stack(app, id));
    const network = new SecureNetwork(net, 'Network').forFunctions();
    aFunction(shop);
    for (const scope of [app, shop]) {
      expect(() => StackNetwork.use(scope, network)).toThrow(new ConfigurationError('', '',
        "'network' must be given before the first function that is to join it, and one was already made in 'Shop'; call StackNetwork.use() right after the network is made "
        + `[StackNetwork.TooLate, at '${scope.node.path || '(app)'}']`));
    }
    expect(() => StackNetwork.use(later, network)).not.toThrow();
  });

  test('fails to be given twice, but is given to a part of the app that has functions of a nearer one already', () => {
    const app = new App();
    const net = new Stack(app, 'Net');
    const [first, second] = ['First', 'Second'].map((id) => new SecureNetwork(net, id).forFunctions());
    const shop = new Stack(app, 'Shop');
    StackNetwork.use(shop, first);
    aFunction(shop);
    expect(() => StackNetwork.use(shop, second)).toThrow(new ConfigurationError('', '',
      "'network' must be given once; give another one to a stack or construct below, or to the function [StackNetwork.AlreadyInUse, at 'Shop']"));
    expect(() => StackNetwork.use(app, second)).not.toThrow();
  });
});
