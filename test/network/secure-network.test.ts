import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnRoute, CfnVPCEndpoint, InterfaceVpcEndpointAwsService, PrivateSubnet } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { StackDashboard } from '../../src/alarms/stack-dashboard';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { GatewayPrefixLists } from '../../src/network/access/gateway-prefix-lists';
import { NetworkEgress } from '../../src/network/egress/network-egress';
import { NetworkAddresses } from '../../src/network/network-addresses';
import { NetworkEndpoint } from '../../src/network/network-endpoint';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecureNetworkProps } from '../../src/network/secure-network-props';
import { Json } from '../support/api';
import { RECOMMENDED_FLAGS, TestAppOptions, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

function templateWith(props: SecureNetworkProps = {}, app?: TestAppOptions): Template {
  const stack = testStack(app);
  new SecureNetwork(stack, 'Network', props);
  return Template.fromStack(stack);
}

/** The properties of all resources of a type, in the order of the template. */
function all(template: Template, type: string): Record<string, any>[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties);
}

const ACCOUNT = { Ref: 'AWS::AccountId' };
const REGIONAL = (host: string) => ({ 'Fn::Join': ['', [`${host}.`, { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }]] });
const FREE_NAMES = ['*.s3', '*.s3-accesspoint', 's3', '*.ddb', 'dynamodb'].map(REGIONAL);
const DOMAINS = ['api.example.com', '*.example.org'];

describe('a network', () => {
  test('has private subnets in two zones, and nothing that leads out', () => {
    const template = templateWith();
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true });
    expect(all(template, 'AWS::EC2::Subnet').map(({ CidrBlock, MapPublicIpOnLaunch }) => [CidrBlock, MapPublicIpOnLaunch])).toEqual([['10.0.0.0/20', false], ['10.0.16.0/20', false]]);
    for (const type of ['InternetGateway', 'NatGateway', 'Route', 'EgressOnlyInternetGateway', 'VPNGateway', 'EIP']) template.resourceCountIs(`AWS::EC2::${type}`, 0);
    template.resourceCountIs('AWS::NetworkFirewall::Firewall', 0);
  });

  test('empties the default security group, by a handler whose logs end', () => {
    const template = templateWith();
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
    const [logs] = Object.entries(template.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: Match.anyValue() } }));
    expect(logs[1].Properties).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() });
    template.hasResource('Custom::VpcRestrictDefaultSG', { DependsOn: [logs[0]] });
    template.hasResource('AWS::Lambda::Function', { // its rights stand in its role, which it names
      DependsOn: Match.absent(), Properties: { Role: { 'Fn::GetAtt': [Match.stringLikeRegexp('ProviderRole'), 'Arn'] } },
    });
  });

  test('shares that handler and its logs with a second network of the stack', () => {
    const stack = testStack();
    new SecureNetwork(stack, 'Network');
    new SecureNetwork(stack, 'Other', { addresses: NetworkAddresses.cidr('10.1.0.0/16') });
    const template = Template.fromStack(stack);
    template.resourceCountIs('Custom::VpcRestrictDefaultSG', 2);
    template.resourceCountIs('AWS::Lambda::Function', 1);
    expect(Object.keys(template.findResources('AWS::Logs::LogGroup', { Properties: { LogGroupName: Match.anyValue() } }))).toHaveLength(1);
  });

  test('takes other addresses and a third zone, which does not move the first two', () => {
    const template = templateWith({ addresses: NetworkAddresses.cidr('192.168.4.0/22'), zones: 3, egress: NetworkEgress.inspectedDomains(DOMAINS) });
    expect(all(template, 'AWS::EC2::Subnet').map(({ CidrBlock }) => CidrBlock)).toEqual([
      '192.168.4.0/26', '192.168.4.64/26', '192.168.4.128/26', '192.168.4.192/28', '192.168.4.208/28', '192.168.4.224/28',
    ]);
    const two = templateWith({ addresses: NetworkAddresses.cidr('192.168.4.0/22'), egress: NetworkEgress.inspectedDomains(DOMAINS) });
    expect(all(two, 'AWS::EC2::Subnet').map(({ CidrBlock }) => CidrBlock)).toEqual(['192.168.4.0/26', '192.168.4.64/26', '192.168.4.192/28', '192.168.4.208/28']);
  });

  test('takes named zones', () => {
    expect(all(templateWith({ availabilityZones: ['eu-west-1b', 'eu-west-1c'] }), 'AWS::EC2::Subnet').map(({ AvailabilityZone }) => AvailabilityZone))
      .toEqual(['eu-west-1b', 'eu-west-1c']);
  });

  test.each<[string, SecureNetworkProps, TestAppOptions]>([
    ['that counts them too', { zones: 2 }, {}],
    ['in a stack that knows its zones', {}, {
      env: { account: '111122223333', region: 'eu-west-1' }, flags: { 'availability-zones:account=111122223333:region=eu-west-1': ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] },
    }],
  ])('leaves the list of named zones as it is, for a second network %s', (_, props, app) => {
    const stack = testStack(app);
    const availabilityZones = ['eu-west-1b', 'eu-west-1c'];
    for (const id of ['Network', 'Other']) new SecureNetwork(stack, id, { ...props, availabilityZones });
    expect(availabilityZones).toEqual(['eu-west-1b', 'eu-west-1c']);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::Subnet', 4);
  });

  test('takes addresses from IPAM', () => {
    templateWith({ addresses: NetworkAddresses.ipam('ipam-pool-1', 20) }).hasResourceProperties('AWS::EC2::VPC', { Ipv4IpamPoolId: 'ipam-pool-1', Ipv4NetmaskLength: 20, CidrBlock: Match.absent() });
    templateWith({ addresses: NetworkAddresses.ipam('ipam-pool-1') }).hasResourceProperties('AWS::EC2::VPC', { Ipv4NetmaskLength: 16 });
  });

  test('looks up zones and prefix lists where account and region are known', () => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const network = new SecureNetwork(stack, 'Network');
    aFunction(stack, 'Orders', { network: network.forFunctions() });
    const missing = (stack.node.root as App).synth().manifest.missing ?? [];
    const listOf = (props: unknown) => (props as { propertyMatch?: { PrefixListName?: string } }).propertyMatch?.PrefixListName;
    expect(missing.map(({ provider, props }) => [provider, listOf(props)])).toEqual([
      ['availability-zones', undefined], ['cc-api-provider', 'com.amazonaws.eu-west-1.s3'], ['cc-api-provider', 'com.amazonaws.eu-west-1.dynamodb'],
    ]);
  });
});

test('keeps the names of what an upgrade must not replace', () => {
  const template = templateWith({ endpoints: [NetworkEndpoint.SQS] });
  const ids = (type: string) => Object.keys(template.findResources(type));
  expect(ids('AWS::EC2::VPC')).toEqual(['NetworkVpc7FB7348F']);
  expect(ids('AWS::EC2::Subnet')).toEqual(['NetworkVpcFunctionsSubnet1Subnet6C421EA5', 'NetworkVpcFunctionsSubnet2Subnet02453A95']);
  expect(ids('AWS::EC2::SecurityGroup')).toEqual(['NetworkEndpointGroup65CBCE60']);
  expect(ids('AWS::Logs::LogGroup')).toEqual([
    'NetworkFlowLogs2BEC3212', 'NetworkDnsFirewallQueryLogs0B68E90D', 'CustomVpcRestrictDefaultSGCustomResourceProviderLogs41F6175A',
  ]);
});

describe('the flow log', () => {
  test.each([
    ['sandbox', SecurityProfile.sandbox(), 'REJECT', 30], ['production', SecurityProfile.production(), 'ALL', 365], ['regulated', SecurityProfile.regulated(), 'ALL', 365],
  ])('records what the profile %s asks for', (_, profile, traffic, days) => {
    const template = templateWith({}, { profile });
    template.hasResourceProperties('AWS::EC2::FlowLog', {
      TrafficType: traffic,
      ResourceType: 'VPC',
      LogDestinationType: 'cloud-watch-logs',
      MaxAggregationInterval: 600,
      LogFormat: Match.stringLikeRegexp('\\$\\{action\\}.*\\$\\{flow-direction\\}.*\\$\\{pkt-dst-aws-service\\}'),
    });
    expect(all(template, 'AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays)).toEqual([days, days, days]);
  });

  test('is written by a role that only this account\'s flow logs assume, and that reaches nothing but its log group', () => {
    const template = templateWith();
    const [group] = Object.keys(template.findResources('AWS::Logs::LogGroup')).filter((id) => id.startsWith('NetworkFlowLogs'));
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': Match.anyValue() } },
        }],
      },
      ManagedPolicyArns: Match.absent(),
      Policies: [{
        PolicyDocument: {
          Statement: [{ Sid: 'OwnLogs', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [group, 'Arn'] } }],
        },
      }],
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('and the other logs take a key of their own', () => {
    const stack = testStack();
    const key = new Key(stack, 'Key');
    new SecureNetwork(stack, 'Network', { encryptionKey: key, egress: NetworkEgress.inspectedDomains(DOMAINS) });
    const template = Template.fromStack(stack);
    expect(all(template, 'AWS::Logs::LogGroup').map(({ KmsKeyId }) => KmsKeyId)).toEqual(Array(4).fill(stack.resolve(key.keyArn)));
  });
});

describe('endpoints', () => {
  const own = { 'aws:PrincipalAccount': ACCOUNT, 'aws:ResourceAccount': ACCOUNT };
  const statement = (Sid: string, equals: object) => ({ Sid, Effect: 'Allow', Principal: { AWS: '*' }, Action: '*', Resource: '*', Condition: { StringEquals: equals } });
  const policies = (template: Template) => all(template, 'AWS::EC2::VPCEndpoint').map(({ PolicyDocument }) => PolicyDocument.Statement);

  test('for Amazon S3 and DynamoDB are there, in the route tables of functions, for this account alone', () => {
    const template = templateWith();
    const endpoints = all(template, 'AWS::EC2::VPCEndpoint');
    expect(endpoints.map(({ VpcEndpointType, RouteTableIds }) => [VpcEndpointType, RouteTableIds.length])).toEqual([['Gateway', 2], ['Gateway', 2]]);
    expect(policies(template)).toEqual(Array(2).fill([statement('OwnResources', own)]));
  });

  test('of other services have private names, the one security group and the same policy', () => {
    const template = templateWith({ endpoints: [NetworkEndpoint.SQS, NetworkEndpoint.KINESIS, NetworkEndpoint.of('textract')] });
    const endpoints = all(template, 'AWS::EC2::VPCEndpoint').filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    expect(endpoints.map(({ ServiceName, PrivateDnsEnabled, SubnetIds, SecurityGroupIds }) => [ServiceName['Fn::Join'][1][2], PrivateDnsEnabled, SubnetIds.length, SecurityGroupIds.length]))
      .toEqual([['.sqs', true, 2, 1], ['.kinesis-streams', true, 2, 1], ['.textract', true, 2, 1]]);
    expect(policies(template)).toEqual(Array(5).fill([statement('OwnResources', own)]));
    const groups = all(template, 'AWS::EC2::SecurityGroup');
    expect(groups).toHaveLength(1);
    expect(groups[0].SecurityGroupIngress).toBeUndefined();
    expect(groups[0].SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('let in an organization, and lead to trusted accounts', () => {
    const [s3] = policies(templateWith({ organizationId: 'o-a1b2c3d4e5', trustedAccounts: ['111122223333'] }));
    expect(s3).toEqual([
      statement('OwnResources', { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' }),
      statement('TrustedAccounts', { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceAccount': ['111122223333'] }),
    ]);
    const [alone] = policies(templateWith({ trustedAccounts: ['111122223333'] }));
    expect(alone[1]).toEqual(statement('TrustedAccounts', { 'aws:PrincipalAccount': ACCOUNT, 'aws:ResourceAccount': ['111122223333'] }));
  });

  test('for private APIs lead to those of the account, whoever calls', () => {
    const api = policies(templateWith({ endpoints: [NetworkEndpoint.EXECUTE_API], trustedAccounts: ['111122223333'] }))[2];
    const arn = (account: unknown) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ...typeof account === 'string' ? [`:${account}:*`] : [':', account, ':*']]] });
    expect(api).toEqual([{ Sid: 'OwnApis', Effect: 'Allow', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: [arn(ACCOUNT), arn('111122223333')] }]);
  });
});

describe('the DNS firewall', () => {
  test('lets the names of the endpoints resolve, also of those that are added later, and nothing else', () => {
    const stack = testStack();
    const network = new SecureNetwork(stack, 'Network', { endpoints: [NetworkEndpoint.KINESIS], resolvableDomains: ['db.example.internal.net'] });
    network.addEndpoint(NetworkEndpoint.EXECUTE_API);
    const template = Template.fromStack(stack);
    expect(all(template, 'AWS::Route53Resolver::FirewallDomainList')).toEqual([
      { Domains: [...FREE_NAMES, ...['kinesis', '*.control-kinesis', '*.data-kinesis', '*.execute-api'].map(REGIONAL), 'db.example.internal.net'] },
      { Domains: ['*'] },
    ]);
    const [allowed, every] = Object.keys(template.findResources('AWS::Route53Resolver::FirewallDomainList'));
    template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroup', {
      FirewallRules: [
        { Priority: 100, Action: 'ALLOW', FirewallDomainListId: { 'Fn::GetAtt': [allowed, 'Id'] }, FirewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN' },
        { Priority: 200, Action: 'BLOCK', BlockResponse: 'NXDOMAIN', FirewallDomainListId: { 'Fn::GetAtt': [every, 'Id'] } },
      ],
    });
    template.hasResourceProperties('AWS::Route53Resolver::FirewallRuleGroupAssociation', { Priority: 101, VpcId: { Ref: Match.stringLikeRegexp('NetworkVpc') } });
  });

  test.each([['sandbox', SecurityProfile.sandbox()], ['production', SecurityProfile.production()]])('logs each question in the profile %s', (_, profile) => {
    const template = templateWith({}, { profile });
    template.hasResourceProperties('AWS::Route53Resolver::ResolverQueryLoggingConfig', { DestinationArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('QueryLogs'), 'Arn'] } });
    template.hasResourceProperties('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', { ResourceId: { Ref: Match.stringLikeRegexp('NetworkVpc') } });
  });
});

describe('egress', () => {
  test('by domains has a NAT gateway without public subnets, and lets the domains resolve', () => {
    const template = templateWith({ egress: NetworkEgress.domains(DOMAINS), zones: 3 });
    template.hasResourceProperties('AWS::EC2::NatGateway', { AvailabilityMode: 'regional', ConnectivityType: 'public', SubnetId: Match.absent() });
    template.hasResource('AWS::EC2::NatGateway', { DependsOn: [Match.stringLikeRegexp('Attachment')] });
    template.resourceCountIs('AWS::EC2::Subnet', 3);
    expect(all(template, 'AWS::EC2::Route').map(({ DestinationCidrBlock, NatGatewayId, GatewayId }) => [DestinationCidrBlock, NatGatewayId !== undefined, GatewayId]))
      .toEqual(Array(3).fill(['0.0.0.0/0', true, undefined]));
    expect(all(template, 'AWS::Route53Resolver::FirewallDomainList')[0]).toEqual({ Domains: [...FREE_NAMES, ...DOMAINS] });
    template.resourceCountIs('AWS::NetworkFirewall::Firewall', 0);
  });

  test('that is inspected goes through a firewall of the zone, there and back', () => {
    const template = templateWith({ egress: NetworkEgress.inspectedDomains(DOMAINS) });
    template.resourceCountIs('AWS::NetworkFirewall::Firewall', 2);
    const firewalls = Object.keys(template.findResources('AWS::NetworkFirewall::Firewall'));
    const endpoint = (firewall: string) => ({ 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, { 'Fn::GetAtt': [firewall, 'EndpointIds'] }] }] }] });
    const table = (subnet: string) => ({ Ref: Match.stringLikeRegexp(`Network.*${subnet}RouteTable`) });
    [1, 2].forEach((zone, index) => {
      template.hasResourceProperties('AWS::EC2::Route', { RouteTableId: table(`FunctionsSubnet${zone}`), DestinationCidrBlock: '0.0.0.0/0', VpcEndpointId: endpoint(firewalls[index]), NatGatewayId: Match.absent() });
      template.hasResourceProperties('AWS::EC2::Route', { RouteTableId: table(`FirewallSubnet${zone}`), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: Match.anyValue() });
      template.hasResourceProperties('AWS::EC2::Route', {
        RouteTableId: { 'Fn::GetAtt': [Match.stringLikeRegexp('NatGateway'), 'RouteTableId'] }, DestinationCidrBlock: ['10.0.0.0/20', '10.0.16.0/20'][index], VpcEndpointId: endpoint(firewalls[index]),
      });
    });
    template.resourceCountIs('AWS::EC2::Route', 6);
  });

  test('that is inspected passes the domains by the name in the TLS handshake, drops the rest, and says so', () => {
    const template = templateWith({ egress: NetworkEgress.inspectedDomains(DOMAINS) });
    template.hasResourceProperties('AWS::NetworkFirewall::RuleGroup', {
      Type: 'STATEFUL',
      Capacity: 1000,
      RuleGroup: {
        RulesSource: { RulesSourceList: { GeneratedRulesType: 'ALLOWLIST', TargetTypes: ['TLS_SNI'], Targets: ['api.example.com', '.example.org'] } },
        StatefulRuleOptions: { RuleOrder: 'STRICT_ORDER' },
      },
    });
    template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
      FirewallPolicy: {
        StatelessDefaultActions: ['aws:forward_to_sfe'],
        StatelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER', StreamExceptionPolicy: 'REJECT' },
        StatefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
        StatefulRuleGroupReferences: [{ Priority: 1, ResourceArn: Match.anyValue() }],
      },
    });
    expect(all(template, 'AWS::NetworkFirewall::LoggingConfiguration').map(({ LoggingConfiguration }) => LoggingConfiguration.LogDestinationConfigs[0].LogType)).toEqual(['ALERT', 'ALERT']);
  });

  test.each([['production', SecurityProfile.production(), true], ['sandbox', SecurityProfile.sandbox(), false]])('protects the firewalls against deletion as the profile %s says', (_, profile, on) => {
    const template = templateWith({ egress: NetworkEgress.inspectedDomains(DOMAINS) }, { profile });
    template.allResourcesProperties('AWS::NetworkFirewall::Firewall', { DeleteProtection: on, SubnetChangeProtection: on, FirewallPolicyChangeProtection: on });
  });
});

describe('alarms', () => {
  const names = (template: Template) => all(template, 'AWS::CloudWatch::Alarm').map(({ AlarmName, Threshold }) => [AlarmName, Threshold]);

  test('watch blocked names and refused traffic, and dropped connections where egress is inspected', () => {
    const template = templateWith({ egress: NetworkEgress.inspectedDomains(DOMAINS) });
    expect(names(template)).toEqual([['Shop/Network blockedQueries', 10], ['Shop/Network rejectedTraffic', 10], ['Shop/Network droppedConnections', 10]]);
    expect(all(template, 'AWS::Logs::MetricFilter').map(({ FilterPattern }) => FilterPattern)).toEqual([
      '{ $.firewall_rule_action = "BLOCK" }', '"REJECT"', '{ $.event.event_type = "alert" }',
    ]);
    expect(names(templateWith())).toEqual([['Shop/Network blockedQueries', 10], ['Shop/Network rejectedTraffic', 10]]);
  });

  test('are shown on the dashboard of the stack, which counts nothing that has no alarm', () => {
    const stack = testStack();
    new SecureNetwork(stack, 'Network', { alarms: { rejectedTraffic: AlarmSetting.off('the flow log is judged elsewhere') } });
    StackDashboard.of(stack);
    const template = Template.fromStack(stack);
    expect(JSON.stringify(all(template, 'AWS::CloudWatch::Dashboard'))).toContain('-BlockedQueries');
    template.resourceCountIs('AWS::Logs::MetricFilter', 1);
  });

  test('are tuned, and left out with a reason', () => {
    const stack = testStack();
    new SecureNetwork(stack, 'Network', { alarms: { blockedQueries: AlarmSetting.threshold(3), rejectedTraffic: AlarmSetting.off('the flow log is judged elsewhere') } });
    expect(names(Template.fromStack(stack))).toEqual([['Shop/Network blockedQueries', 3]]);
    expect(waiversBelow(stack)).toEqual([{ control: 'Alarm.rejectedTraffic', reason: 'the flow log is judged elsewhere', constructPath: 'Shop/Network' }]);
  });

  test.each([false, true])('and what they count cost nothing in the sandbox profile, with a dashboard: %s', (shown) => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    new SecureNetwork(stack, 'Network');
    if (shown) StackDashboard.of(stack);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
    template.resourceCountIs('AWS::Logs::MetricFilter', 0);
    template.resourceCountIs('AWS::KMS::Key', 0);
  });
});

describe('long ids', () => {
  const made = (length: number, props: SecureNetworkProps = {}) => {
    const stack = testStack();
    new SecureNetwork(stack, 'N'.repeat(length - 'Shop/'.length), props);
    return stack;
  };

  test.each<[string, SecureNetworkProps]>([
    ['closed', {}], ['with a way out that is inspected', { egress: NetworkEgress.inspectedDomains(['api.example.com']) }],
  ])('make names of the network %s that tags just take', (_, props) => {
    const resources: Json[] = Object.values(Template.fromStack(made(235, props)).toJSON().Resources);
    const names = resources.flatMap(({ Properties }) => [Properties?.Tags ?? []].flat())
      .map(({ Value }: Json) => (typeof Value === 'string' ? Value.length : 0));
    expect(Math.max(...names)).toBe(256);
  });

  test('fail where tags would not take the names', () => {
    const path = `Shop/${'N'.repeat(231)}`;
    expect(() => made(236)).toThrow("'id' must be so short that the path of the network has at most 235 characters: CDK names its subnets by their paths, in tags, which take 256, "
      + `got "236 characters"; shorten it, or the ids of what the network stands in [SecureNetwork.PathLength, at '${path}']`);
  });
});

describe('what somebody adds past the network fails the synthesis:', () => {
  const errors = (stack: Stack) => stack.node.findAll().flatMap((node) => node.node.validate());

  test.each<[string, (stack: Stack, network: SecureNetwork) => void, string]>([
    ['a route', (stack, { vpc }) => {
      new CfnRoute(stack, 'Peering', { routeTableId: vpc.isolatedSubnets[0].routeTable.routeTableId, destinationCidrBlock: '10.9.0.0/16', vpcPeeringConnectionId: 'pcx-1' });
    }, "'egress' must be the only way out, and a route was added past it; remove the route; name what functions may reach in { egress } [SecureNetwork.RouteOut, at 'Shop/Peering']"],
    ['a route of a subnet', (_, { vpc }) => {
      (vpc.isolatedSubnets[0] as PrivateSubnet).addDefaultNatRoute('nat-1');
    }, "'egress' must be the only way out, and a route was added past it; remove the route; name what functions may reach in { egress } "
      + "[SecureNetwork.RouteOut, at 'Shop/Network/Vpc/FunctionsSubnet1/DefaultRoute']"],
    ['routes of a VPN', (_, { vpc }) => { vpc.enableVpnGateway({ type: 'ipsec.1', vpnRoutePropagation: [{ subnets: vpc.isolatedSubnets }] }); },
      "'egress' must be the only way out, and routes are taken from a VPN; connect the VPN to a network of its own [SecureNetwork.RouteOut, at 'Shop/Network/Vpc/RoutePropagation']"],
    ['an endpoint without a policy', (_, { vpc }) => { vpc.addInterfaceEndpoint('Sqs', { service: InterfaceVpcEndpointAwsService.SQS }); },
      "'endpoints' must have a policy, or functions reach the resources of everybody through them; call addEndpoint() of the network "
      + "[SecureNetwork.OpenEndpoint, at 'Shop/Network/Vpc/Sqs/Resource']"],
    ['an endpoint without a policy elsewhere', (stack, { vpc }) => { new CfnVPCEndpoint(stack, 'Sns', { vpcId: vpc.vpcId, serviceName: 'sns' }); },
      "'endpoints' must have a policy, or functions reach the resources of everybody through them; call addEndpoint() of the network [SecureNetwork.OpenEndpoint, at 'Shop/Sns']"],
  ])('%s', (_, add, message) => {
    const stack = testStack();
    const network = new SecureNetwork(stack, 'Network');
    expect(errors(stack)).toStrictEqual([]);
    const second = testStack();
    add(second, new SecureNetwork(second, 'Network', { egress: NetworkEgress.domains(DOMAINS) }));
    expect(errors(second)).toEqual([message]);
    expect(network.vpc.publicSubnets).toStrictEqual([]);
  });

  test('but not what the network makes itself', () => {
    const stack = testStack();
    new SecureNetwork(stack, 'Network', { egress: NetworkEgress.inspectedDomains(DOMAINS), endpoints: [NetworkEndpoint.EXECUTE_API], prefixLists: GatewayPrefixLists.ids('pl-1', 'pl-2') });
    expect(errors(stack)).toStrictEqual([]);
  });
});

test('a network in a nested stack, whose functions are in another stack, makes no circle', () => {
  const outer = testStack({ flags: RECOMMENDED_FLAGS });
  const network = new SecureNetwork(new NestedStack(outer, 'Inner'), 'Network', { endpoints: [NetworkEndpoint.SQS] });
  const shop = new Stack(outer.node.root, 'Orders');
  aFunction(shop, 'Orders', { network: network.forFunctions() });
  aFunction(outer, 'Audit', { network: network.forFunctions() });
  Template.fromStack(shop).resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
});
