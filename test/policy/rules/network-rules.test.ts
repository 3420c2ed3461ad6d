import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, Resources } from '../support';

const OPEN = { Ref: 'Address' };
const SECTIONS = { Parameters: { Address: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [OPEN, 'x'] } } };
const group = (properties: unknown, more: Resources = {}): Resources => ({ G: { Type: 'AWS::EC2::SecurityGroup', Properties: properties }, ...more });
const tcp = (FromPort: unknown, address: unknown, ToPort = FromPort) => ({ IpProtocol: 'tcp', FromPort, ToPort, CidrIp: address });
const front = (Scheme: unknown, properties: unknown = { SecurityGroupIngress: [tcp(443, '0.0.0.0/0')] }, more: Resources = {}): Resources => group(properties, {
  B: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: { Scheme, SecurityGroups: [{ 'Fn::GetAtt': ['G', 'GroupId'] }] } },
  T: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: { Ref: 'G' } } },
  ...more,
});
const DATABASE: Resources = { D: { Type: 'AWS::RDS::DBCluster', Properties: { Engine: 'aurora-postgresql' } } };
const port = { 'Fn::GetAtt': ['D', 'Endpoint.Port'] };
const inNetwork = (properties: unknown, more: Resources = {}): Resources => group(properties, {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
  A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
  B: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
  F: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds: [{ Ref: 'A' }, { Ref: 'B' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['G', 'GroupId'] }] } } },
  ...more,
});
const WAY_OUT: Resources = {
  T: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
  R: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'T' }, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { Ref: 'Nat' } } },
  Nat: { Type: 'AWS::EC2::NatGateway' },
  TA: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { RouteTableId: { Ref: 'T' }, SubnetId: { Ref: 'A' } } },
};
const fn = (VpcConfig: unknown): Resources => ({ F: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig } } });
const graphql = (properties: unknown, more: Resources = {}): Resources => ({ X: { Type: 'AWS::AppSync::GraphQLApi', Properties: properties }, ...more });

const line = (NetworkAclId: string, properties: unknown): unknown => ({ Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: { Ref: NetworkAclId }, RuleAction: 'allow', ...properties as object } });
const list = (...lines: unknown[]): Resources => ({
  L: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
  S: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { NetworkAclId: { Ref: 'L' }, SubnetId: 'subnet-1' } },
  ...Object.fromEntries(lines.map((properties, index) => [`E${index}`, line('L', properties)])),
});
const WORLD = { CidrBlock: '0.0.0.0/0' };

const CASES: readonly [rule: string, name: string, resources: Resources, expected: string[]][] = [
  ['SecurityGroupIngress', 'named callers', group({ SecurityGroupIngress: [tcp(5432, '10.0.0.0/16'), { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, SourceSecurityGroupId: 'sg-1' }] }), []],
  ['SecurityGroupIngress', 'a remote shell', group({ SecurityGroupIngress: [tcp('22', '0.0.0.0/0')] }), ['SecurityGroupIngress at G']],
  ['SecurityGroupIngress', 'all protocols, by IPv6', group({ SecurityGroupIngress: { IpProtocol: -1, CidrIpv6: '::/0' } }), ['SecurityGroupIngress at G']],
  ['SecurityGroupIngress', 'a range that begins at the web', group({ SecurityGroupIngress: [tcp(80, '0.0.0.0/0', 9000)] }), ['SecurityGroupIngress at G']],
  ['SecurityGroupIngress', 'half of the internet', { I: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: tcp(3306, '128.0.0.0/1') } }, ['SecurityGroupIngress at I']],
  ['SecurityGroupIngress', 'everybody, between spaces', group({ SecurityGroupIngress: [tcp(22, ' 0.0.0.0/0 ')] }), ['SecurityGroupIngress at G']],
  ['SecurityGroupIngress', 'addresses set at deployment', group({ SecurityGroupIngress: [tcp(22, OPEN)] }), ['SecurityGroupIngress[undecided] at G']],
  ['SecurityGroupWeb', 'callers of a private network', group({ SecurityGroupIngress: [tcp(443, '10.0.0.0/8')] }), []],
  ['SecurityGroupWeb', 'the web for everybody', group({ SecurityGroupIngress: [tcp(443, '0.0.0.0/0')] }), ['SecurityGroupWeb at G']],
  ['SecurityGroupWeb', 'the web for everybody, in front of a public load balancer', front('internet-facing'), []],
  ['SecurityGroupWeb', 'the web for everybody, by a rule of its own', {
    ...front(undefined, { SecurityGroupIngress: [] }), I: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { Ref: 'G' }, ...tcp(80, '0.0.0.0/0') } },
  }, []],
  ['SecurityGroupWeb', 'the web for everybody, in front of a classic load balancer', {
    ...front(undefined), B: { Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: { Listeners: [], SecurityGroups: [{ 'Fn::GetAtt': ['G', 'GroupId'] }] } },
  }, []],
  ['SecurityGroupWeb', 'the web for everybody, in front of a load balancer that is private in one case', front({ 'Fn::If': ['Prod', 'internet-facing', 'internal'] }), ['SecurityGroupWeb at G']],
  ['SecurityGroupWeb', 'the web for everybody, in front of a load balancer from which another group lets in', front('internet-facing', undefined, {
    P: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, SourceSecurityGroupId: { Ref: 'G' } }] } },
  }), []],
  ['SecurityGroupWeb', 'the web for everybody, in front of a private load balancer', front('internal'), ['SecurityGroupWeb at G']],
  ['SecurityGroupWeb', 'the web for everybody, in front of a load balancer that only the deployment knows', front(OPEN), ['SecurityGroupWeb at G']],
  ['SecurityGroupWeb', 'the web for everybody, for a load balancer and what stands behind it', front('internet-facing', { SecurityGroupIngress: [tcp(443, '0.0.0.0/0')] }, { S: { Type: 'AWS::ECS::Service', Properties: { NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: [{ Ref: 'G' }] } } } } }), ['SecurityGroupWeb at G']],
  ['SecurityGroupIngress', 'a remote shell, in front of a public load balancer', front('internet-facing', { SecurityGroupIngress: [tcp(22, '0.0.0.0/0')] }), ['SecurityGroupIngress at G']],
  ['SecurityGroupPorts', 'the port of a database, whichever it is', group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, SourceSecurityGroupId: 'sg-1' }] }, DATABASE), []],
  ['SecurityGroupPorts', 'the ports of two databases and all between', group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: port, ToPort: { 'Fn::GetAtt': ['E', 'Endpoint.Port'] }, SourceSecurityGroupId: 'sg-1' }] }, { ...DATABASE, E: DATABASE.D }), ['SecurityGroupPorts[undecided ingress] at G']],
  ['SecurityGroupPorts', 'the port of a database to something else of it', group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: port, ToPort: { 'Fn::GetAtt': ['D', 'ReadEndpoint.Port'] }, SourceSecurityGroupId: 'sg-1' }] }, DATABASE), ['SecurityGroupPorts[undecided ingress] at G']],
  ['SecurityGroupWeb', 'set at deployment', group({ SecurityGroupIngress: [tcp(443, OPEN)] }), ['SecurityGroupWeb[undecided] at G']],

  ['NetworkAclIngress', 'the web for everybody, the rest for the network', list(
    { RuleNumber: 90, Protocol: '6', PortRange: { From: 443, To: 443 }, ...WORLD }, { RuleNumber: 100, Protocol: -1, CidrBlock: '10.0.0.0/8' },
  ), []],
  ['NetworkAclIngress', 'everything for everybody', list({ RuleNumber: 100, Protocol: -1, ...WORLD }), ['NetworkAclIngress[22] at L', 'NetworkAclIngress[3389] at L']],
  ['NetworkAclIngress', 'a range that holds shells, by IPv6', list({ RuleNumber: '100', Protocol: '6', PortRange: { From: '20', To: '30' }, Ipv6CidrBlock: '::/0' }), ['NetworkAclIngress[22] at L']],
  ['NetworkAclIngress', 'everything, after a line that refuses shells', list(
    { RuleNumber: 200, Protocol: -1, ...WORLD }, { RuleNumber: 90, Protocol: 6, PortRange: { From: 22, To: 3389 }, RuleAction: 'deny', ...WORLD },
  ), []],
  ['NetworkAclIngress', 'everything, after a line that refuses one network', list(
    { RuleNumber: 200, Protocol: -1, ...WORLD }, { RuleNumber: 90, Protocol: 6, PortRange: { From: 22, To: 22 }, RuleAction: 'deny', CidrBlock: '192.0.2.0/24' },
  ), ['NetworkAclIngress[22] at L', 'NetworkAclIngress[3389] at L']],
  ['NetworkAclIngress', 'everything that goes out', list({ RuleNumber: 100, Protocol: -1, Egress: 'true', ...WORLD }), []],
  ['NetworkAclIngress', 'datagrams of everybody', list({ RuleNumber: 100, Protocol: 17, ...WORLD }), []],
  ['NetworkAclIngress', 'a list that no subnet has', { L: { Type: 'AWS::EC2::NetworkAcl', Properties: {} }, E: line('L', { RuleNumber: 1, Protocol: -1, ...WORLD }) }, []],
  ['NetworkAclIngress', 'set at deployment', list({ RuleNumber: 100, Protocol: 6, PortRange: { From: 3389, To: 3389 }, CidrBlock: OPEN }), ['NetworkAclIngress[undecided 3389] at L']],

  ['SecurityGroupDefault', 'a group of its own', fn({ SecurityGroupIds: [{ Ref: 'G' }] }), []],
  ['SecurityGroupDefault', 'the default group', { ...fn({ SecurityGroupIds: [{ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }] }), Vpc: { Type: 'AWS::EC2::VPC', Properties: {} } }, ['SecurityGroupDefault at F']],
  ['SecurityGroupDefault', 'a rule for it', {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: {} }, E: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { 'Fn::GetAtt': 'Vpc.DefaultSecurityGroup' } } },
  }, ['SecurityGroupDefault at E']],

  ['SubnetPublicAddress', 'nothing said', { N: { Type: 'AWS::EC2::Subnet', Properties: {} } }, []],
  ['SubnetPublicAddress', 'public addresses', { N: { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch: 'true' } } }, ['SubnetPublicAddress at N']],
  ['SubnetPublicAddress', 'set at deployment', { N: { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch: OPEN } } }, ['SubnetPublicAddress[undecided] at N']],

  ['VpcFlowLogs', 'a flow log', { Vpc: { Type: 'AWS::EC2::VPC', Properties: {} }, L: { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: { Ref: 'Vpc' } } } }, []],
  ['VpcFlowLogs', 'none', { Vpc: { Type: 'AWS::EC2::VPC', Properties: {} } }, ['VpcFlowLogs at Vpc']],
  ['VpcFlowLogs', 'of what is known at deployment', { Vpc: { Type: 'AWS::EC2::VPC', Properties: {} }, L: { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: OPEN } } }, ['VpcFlowLogs[undecided] at Vpc']],

  ['FunctionEgressOpen', 'named peers', inNetwork({ SecurityGroupEgress: [tcp(443, '10.0.0.0/16')] }, WAY_OUT), []],
  ['FunctionEgressOpen', 'a group of something else', group({}), []],
  ['FunctionEgressOpen', 'no rules, which allows everything', inNetwork({}), ['FunctionEgressOpen at G']],
  ['FunctionEgressOpen', 'everything', inNetwork({ SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }] }), ['FunctionEgressOpen at G']],
  ['FunctionEgressOpen', 'HTTPS, with a way to the internet', inNetwork({ SecurityGroupEgress: [tcp(443, '0.0.0.0/0')] }, WAY_OUT), ['FunctionEgressOpen at G']],
  ['FunctionEgressOpen', 'HTTPS, to gateway endpoints', inNetwork({ SecurityGroupEgress: [tcp(443, '0.0.0.0/0')] }), []],
  ['FunctionEgressOpen', 'HTTPS, where names are filtered', inNetwork({ SecurityGroupEgress: [tcp(443, '0.0.0.0/0')] }, {
    ...WAY_OUT, D: { Type: 'AWS::Route53Resolver::FirewallRuleGroupAssociation', Properties: { VpcId: { Ref: 'Vpc' } } },
  }), []],
  ['FunctionEgressOpen', 'a rule that stands alone', inNetwork({ SecurityGroupEgress: [tcp(443, '10.0.0.0/16')] }, {
    E: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: { Ref: 'G' }, IpProtocol: '-1', CidrIp: '0.0.0.0/0' } },
  }), ['FunctionEgressOpen at G']],
  ['FunctionEgressOpen', 'named peers, by a rule that stands alone', inNetwork({ SecurityGroupEgress: [] }, {
    E: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: { Ref: 'G' }, ...tcp(443, '10.0.0.0/16') } },
  }), []],
  ['FunctionEgressOpen', 'addresses set at deployment', inNetwork({ SecurityGroupEgress: [tcp(443, OPEN)] }), ['FunctionEgressOpen[undecided] at G']],

  ['FunctionNetworkZones', 'two subnets', fn({ SubnetIds: ['a', 'b'] }), []],
  ['FunctionNetworkZones', 'one', fn({ SubnetIds: ['a'] }), ['FunctionNetworkZones at F']],
  ['FunctionNetworkZones', 'no network', fn(undefined), []],

  ['GraphqlApiKey', 'a user pool', graphql({ AuthenticationType: 'AMAZON_COGNITO_USER_POOLS' }), []],
  ['GraphqlApiKey', 'a key', graphql({ AuthenticationType: 'API_KEY' }), ['GraphqlApiKey at X']],
  ['GraphqlApiKey', 'a key of an event API', { E: { Type: 'AWS::AppSync::Api', Properties: { EventConfig: { ConnectionAuthModes: [{ AuthType: 'API_KEY' }] } } } }, ['GraphqlApiKey at E']],
  ['GraphqlApiKey', 'set at deployment', graphql({ AuthenticationType: OPEN }), ['GraphqlApiKey[undecided] at X']],
  ['GraphqlPublicFields', 'IAM beside it', graphql({ AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }] }), []],
  ['GraphqlPublicFields', 'a key beside it', graphql({ AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }, { AuthenticationType: 'API_KEY' }] }), ['GraphqlPublicFields at X']],
  ['GraphqlPublicFields', 'set at deployment', graphql({ AdditionalAuthenticationProviders: OPEN }), ['GraphqlPublicFields[undecided] at X']],
  ['GraphqlLogging', 'errors', graphql({ LogConfig: { FieldLogLevel: 'ERROR' } }), []],
  ['GraphqlLogging', 'none', graphql({ LogConfig: { FieldLogLevel: 'NONE' } }), ['GraphqlLogging at X']],
  ['GraphqlLogging', 'nothing said', graphql({}), ['GraphqlLogging at X']],
  ['GraphqlLogging', 'errors of an event API', { E: { Type: 'AWS::AppSync::Api', Properties: { EventConfig: { LogConfig: { LogLevel: 'ERROR' } } } } }, []],
  ['GraphqlLogging', 'nothing said of an event API', { E: { Type: 'AWS::AppSync::Api', Properties: { EventConfig: {} } } }, ['GraphqlLogging at E']],
  ['GraphqlLogging', 'a level of an event API that is set at deployment', { E: { Type: 'AWS::AppSync::Api', Properties: { EventConfig: { LogConfig: { LogLevel: OPEN } } } } }, ['GraphqlLogging[undecided] at E']],
  ['GraphqlLogging', 'set at deployment', graphql({ LogConfig: { FieldLogLevel: OPEN } }), ['GraphqlLogging[undecided] at X']],
  ['GraphqlVerboseLog', 'without values', graphql({ LogConfig: { FieldLogLevel: 'ALL', ExcludeVerboseContent: true } }), []],
  ['GraphqlVerboseLog', 'with values', graphql({ LogConfig: { FieldLogLevel: 'ALL' } }), ['GraphqlVerboseLog at X']],
  ['GraphqlVerboseLog', 'set at deployment', graphql({ LogConfig: { FieldLogLevel: 'ALL', ExcludeVerboseContent: OPEN } }), ['GraphqlVerboseLog[undecided] at X']],
  ['GraphqlWebAcl', 'associated', graphql({}, { W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::GetAtt': ['X', 'Arn'] } } } }), []],
  ['GraphqlWebAcl', 'associated with an event API', {
    E: { Type: 'AWS::AppSync::Api', Properties: {} }, W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::GetAtt': ['E', 'ApiArn'] } } },
  }, []],
  ['GraphqlWebAcl', 'not associated with an event API', { E: { Type: 'AWS::AppSync::Api', Properties: {} } }, ['GraphqlWebAcl at E']],
  ['GraphqlWebAcl', 'private', graphql({ Visibility: 'PRIVATE' }), []],
  ['GraphqlWebAcl', 'not associated', graphql({}), ['GraphqlWebAcl at X']],
  ['GraphqlWebAcl', 'associated with what is known at deployment', graphql({}, { W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: OPEN } } }), ['GraphqlWebAcl[undecided] at X']],
  ['GraphqlTracing', 'on', graphql({ XrayEnabled: true }), []],
  ['GraphqlTracing', 'off', graphql({}), ['GraphqlTracing at X']],
  ['GraphqlIntrospection', 'off', graphql({ IntrospectionConfig: 'DISABLED' }), []],
  ['GraphqlIntrospection', 'nothing said', graphql({}), ['GraphqlIntrospection at X']],
  ['GraphqlLimits', 'both', graphql({ QueryDepthLimit: 5, ResolverCountLimit: '50' }), []],
  ['GraphqlLimits', 'no limit', graphql({ QueryDepthLimit: 0 }), ['GraphqlLimits[QueryDepthLimit] at X', 'GraphqlLimits[ResolverCountLimit] at X']],
  ['GraphqlLimits', 'set at deployment', graphql({ QueryDepthLimit: OPEN, ResolverCountLimit: 1 }), ['GraphqlLimits[undecided QueryDepthLimit] at X']],
  ...([
    ['what is asked', ['$context.arguments.id'], 'PER_RESOLVER_CACHING', ['GraphqlCacheIdentity at R']],
    ['who asks, too', ['$context.arguments.id', '$context.identity.sub'], 'PER_RESOLVER_CACHING', []],
    ['no keys', undefined, 'PER_RESOLVER_CACHING', []],
    ['what is asked, in a cache of all requests', ['$context.arguments.id'], 'FULL_REQUEST_CACHING', []],
    ['what the deployment says', [OPEN], 'PER_RESOLVER_CACHING', ['GraphqlCacheIdentity[undecided] at R']],
  ] as [string, unknown, string, string[]][]).map(([name, CachingKeys, ApiCachingBehavior, expected]): typeof CASES[number] => ['GraphqlCacheIdentity', name, {
    Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: {} },
    C: { Type: 'AWS::AppSync::ApiCache', Properties: { ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] }, ApiCachingBehavior } },
    R: { Type: 'AWS::AppSync::Resolver', Properties: { ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] }, CachingConfig: { Ttl: 60, CachingKeys } } },
  }, expected]),
  ['GraphqlCacheEncryption', 'encrypted', { C: { Type: 'AWS::AppSync::ApiCache', Properties: { AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true } } }, []],
  ['GraphqlCacheEncryption', 'in clear', { C: { Type: 'AWS::AppSync::ApiCache', Properties: { AtRestEncryptionEnabled: true } } }, ['GraphqlCacheEncryption[TransitEncryptionEnabled] at C']],
  ['GraphqlCacheEncryption', 'set at deployment', { C: { Type: 'AWS::AppSync::ApiCache', Properties: { AtRestEncryptionEnabled: OPEN, TransitEncryptionEnabled: true } } },
    ['GraphqlCacheEncryption[undecided AtRestEncryptionEnabled] at C']],
];

describe('The rules of networks and AppSync', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test('let a sandbox do without flow logs, web ACLs and hidden schemas', () => {
    const resources = graphql({}, { Vpc: { Type: 'AWS::EC2::VPC', Properties: {} } });
    for (const rule of ['VpcFlowLogs', 'GraphqlWebAcl', 'GraphqlIntrospection']) expect(findings(rule, resources, SecurityProfile.sandbox())).toStrictEqual([]);
  });
});
