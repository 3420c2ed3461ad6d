import { addResource, properties, removeResources, Seed, Template } from '../seed';

/** A field whose answers are kept under some keys. */
function resolve(graph: Template, CachingKeys: readonly string[]): void {
  addResource(graph, 'Order', 'AWS::AppSync::Resolver', {
    ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] }, TypeName: 'Query', FieldName: 'order', DataSourceName: 'orders', CachingConfig: { Ttl: 60, CachingKeys },
  });
}

/** The value of an attribute of a load balancer. */
function setAttribute(template: Template, id: string, key: string, Value: unknown): void {
  properties(template, id).LoadBalancerAttributes.find(({ Key }: { Key: string }) => Key === key).Value = Value;
}

const BALANCERS: Seed = {
  name: 'Load balancers for HTTP and for TLS, by hand',
  style: 'yaml',
  stacks: {
    Front: `
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-1, subnet-2]
      LoadBalancerAttributes:
        - { Key: access_logs.s3.enabled, Value: true }
        - { Key: access_logs.s3.bucket, Value: !ImportValue access-logs }
        - { Key: deletion_protection.enabled, Value: 'true' }
        - { Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true' }
  Wire:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-1, subnet-2]
      LoadBalancerAttributes:
        - { Key: access_logs.s3.enabled, Value: 'true' }
        - { Key: access_logs.s3.bucket, Value: !ImportValue access-logs }
        - { Key: deletion_protection.enabled, Value: true }
  Tls:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Wire
      Protocol: TLS
      Port: 443
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
      Certificates: [{ CertificateArn: !ImportValue certificate }]
      DefaultActions: [{ Type: forward, TargetGroupArn: !ImportValue targets }]
  Guard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !Ref Web, WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1' } }
`,
  },
  mutants: [
    { name: 'nobody who asks is written down', rule: 'LoadBalancerLogs', change: ({ Front }) => { setAttribute(Front, 'Web', 'access_logs.s3.enabled', 'false'); } },
    { name: 'nobody who connects is written down', rule: 'LoadBalancerLogs', change: ({ Front }) => { properties(Front, 'Wire').LoadBalancerAttributes.splice(0, 2); } },
    { name: 'headers that HTTP does not allow', rule: 'LoadBalancerHeaders', change: ({ Front }) => { properties(Front, 'Web').LoadBalancerAttributes.pop(); } },
    { name: 'one call deletes it', rule: 'LoadBalancerDeletion', change: ({ Front }) => { setAttribute(Front, 'Wire', 'deletion_protection.enabled', false); } },
  ],
  variants: [
    {
      name: 'a network load balancer that knows no log',
      change: ({ Front }) => { properties(Front, 'Tls').Protocol = 'TCP'; properties(Front, 'Wire').LoadBalancerAttributes.splice(0, 2); },
    },
    {
      name: 'a log that CloudWatch Logs delivers',
      change: ({ Front }) => {
        properties(Front, 'Web').LoadBalancerAttributes.splice(0, 2);
        addResource(Front, 'Source', 'AWS::Logs::DeliverySource', { Name: 'web', LogType: 'ALB_ACCESS_LOGS', ResourceArn: { Ref: 'Web' } });
      },
    },
    { name: 'a log that a parameter decides', undecided: ['LoadBalancerLogs'], change: ({ Front }) => { setAttribute(Front, 'Web', 'access_logs.s3.enabled', { 'Fn::ImportValue': 'logged' }); } },
  ],
};

/** A load balancer that asks those who come who they are, before a function and a service. */
const WAY_IN: Seed = {
  name: 'A load balancer before a function and a service, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Conditions:
  Prod: !Equals [!Ref AWS::StackName, Shop]
Resources:
  Door:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Door
      VpcId: !ImportValue net
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: all }]
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Scheme: internet-facing
      Subnets: [subnet-1, subnet-2]
      SecurityGroups: [!GetAtt Door.GroupId]
      LoadBalancerAttributes:
        - { Key: access_logs.s3.enabled, Value: true }
        - { Key: access_logs.s3.bucket, Value: !ImportValue access-logs }
        - { Key: deletion_protection.enabled, Value: 'true' }
        - { Key: routing.http.drop_invalid_header_fields.enabled, Value: 'true' }
  Guard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !Ref Front, WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1' } }
  Plain:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Protocol: HTTP
      Port: 80
      DefaultActions: [{ Type: redirect, RedirectConfig: { Protocol: HTTPS, Port: '443', StatusCode: HTTP_301 } }]
  Https:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Front
      Protocol: HTTPS
      Port: 443
      SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06
      Certificates: [{ CertificateArn: !ImportValue certificate }]
      DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Pages }]
  Orders:
    Type: AWS::ElasticLoadBalancingV2::ListenerRule
    Properties:
      ListenerArn: !Ref Https
      Priority: 1
      Conditions: [{ Field: path-pattern, PathPatternConfig: { Values: ['/orders/*'] } }]
      Actions:
        - { Type: jwt-validation, Order: 1, JwtValidationConfig: { Issuer: 'https://login.example.com', JwksEndpoint: 'https://login.example.com/keys' } }
        - { Type: forward, Order: 2, TargetGroupArn: !Ref Takers }
  Pages: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: ip, Port: 443, Protocol: HTTPS, VpcId: !ImportValue net } }
  Takers: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: lambda, Targets: [{ Id: !ImportValue take }] } }
`,
    Code: `
Resources:
  Take: { Type: AWS::Lambda::Function, Properties: { FunctionName: take, Role: 'arn:aws:iam::111122223333:role/take', Runtime: nodejs24.x, Handler: index.handler, Code: { S3Bucket: code, S3Key: take.zip } } }
  Log: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: /aws/lambda/take, RetentionInDays: 365 } }
Outputs:
  Take: { Value: !GetAtt Take.Arn, Export: { Name: take } }
`,
  },
  mutants: [
    { name: 'nobody asks who runs the function', rule: 'BalancerAuth', change: ({ Shop }) => { properties(Shop, 'Orders').Actions.shift(); } },
    {
      name: 'nobody asks who runs the function, in one case',
      rule: 'BalancerAuth',
      change: ({ Shop }) => { properties(Shop, 'Orders').Actions[0] = { 'Fn::If': ['Prod', properties(Shop, 'Orders').Actions[0], { Ref: 'AWS::NoValue' }] }; },
    },
    {
      name: 'whoever does not sign in runs the function',
      rule: 'BalancerAuth',
      change: ({ Shop }) => {
        properties(Shop, 'Orders').Actions[0] = { Type: 'authenticate-oidc', Order: 1, AuthenticateOidcConfig: { Issuer: 'https://login.example.com', OnUnauthenticatedRequest: 'allow' } };
      },
    },
    { name: 'no web ACL stands there', rule: 'BalancerWebAcl', change: ({ Shop }) => { removeResources(Shop, 'Guard'); } },
    { name: 'the web ACL stands before another one', rule: 'BalancerWebAcl', change: ({ Shop }) => { properties(Shop, 'Guard').ResourceArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/old/1'; } },
    { name: 'HTTP is handed on', rule: 'BalancerPlainText', change: ({ Shop }) => { properties(Shop, 'Plain').DefaultActions = properties(Shop, 'Https').DefaultActions; } },
    {
      name: 'HTTP is handed on for one path',
      rule: 'BalancerPlainText',
      change: ({ Shop }) => {
        addResource(Shop, 'Health', 'AWS::ElasticLoadBalancingV2::ListenerRule', {
          ListenerArn: { Ref: 'Plain' }, Priority: 1, Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/health'] } }], Actions: properties(Shop, 'Https').DefaultActions,
        });
      },
    },
    { name: 'nobody says which TLS', rule: 'BalancerTlsPolicy', change: ({ Shop }) => { delete properties(Shop, 'Https').SslPolicy; } },
    { name: 'TLS 1.0 for old clients', rule: 'BalancerTlsPolicy', change: ({ Shop }) => { properties(Shop, 'Https').SslPolicy = 'ELBSecurityPolicy-TLS13-1-0-2021-06'; } },
    {
      name: 'neither a web ACL nor a log',
      rule: 'EntryPointLayers',
      change: ({ Shop }) => {
        removeResources(Shop, 'Guard');
        properties(Shop, 'Front').LoadBalancerAttributes.splice(0, 2);
      },
    },
  ],
  variants: [
    {
      name: 'only an office comes in, without a web ACL',
      change: ({ Shop }) => {
        removeResources(Shop, 'Guard');
        properties(Shop, 'Door').SecurityGroupIngress[0].CidrIp = '198.51.100.0/24';
      },
    },
    {
      name: 'only the network comes in',
      change: ({ Shop }) => {
        removeResources(Shop, 'Guard');
        properties(Shop, 'Front').Scheme = 'internal';
        properties(Shop, 'Door').SecurityGroupIngress[0].CidrIp = '10.0.0.0/16';
      },
    },
    {
      name: 'callers show a certificate',
      change: ({ Shop }) => {
        properties(Shop, 'Orders').Actions.shift();
        properties(Shop, 'Https').MutualAuthentication = { Mode: 'verify', TrustStoreArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/shop/1' };
      },
    },
  ],
};

/** Networks of functions, load balancers, and AppSync APIs. */
export const NETWORK_SEEDS: readonly Seed[] = [BALANCERS, WAY_IN, {
  name: 'A network without a way out, by hand',
  style: 'yaml',
  stacks: {
    Net: `
Resources:
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: 10.0.0.0/16 } }
  A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, MapPublicIpOnLaunch: false } }
  B: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24 } }
  Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: !Ref Vpc } }
  TableA: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: !Ref A, RouteTableId: !Ref Table } }
  Flow:
    Type: AWS::EC2::FlowLog
    Properties: { ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL, LogDestinationType: s3, LogDestination: !ImportValue flow-bucket }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Functions of the shop
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: gateway endpoints }]
  Database:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Database of the shop
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !GetAtt Group.GroupId }]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue log-key } }
  Place:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Code: { S3Bucket: !ImportValue artifacts, S3Key: place.zip }
      Timeout: 10
      MemorySize: 256
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: !Ref Logs }
      VpcConfig: { SubnetIds: [!Ref A, !Ref B], SecurityGroupIds: [!GetAtt Group.GroupId] }
`,
  },
  mutants: [
    { name: 'a database for everybody', rule: 'SecurityGroupIngress', change: ({ Net }) => { properties(Net, 'Database').SecurityGroupIngress = { IpProtocol: 'tcp', FromPort: '5432', ToPort: '5432', CidrIp: '0.0.0.0/0' }; } },
    { name: 'everything for everybody, as a rule that stands alone', rule: 'SecurityGroupIngress', change: ({ Net }) => { addResource(Net, 'Open', 'AWS::EC2::SecurityGroupIngress', { GroupId: { Ref: 'Database' }, IpProtocol: '-1', CidrIpv6: '::/0' }); } },
    { name: 'the web for everybody', rule: 'SecurityGroupWeb', change: ({ Net }) => { addResource(Net, 'Open', 'AWS::EC2::SecurityGroupIngress', { GroupId: { Ref: 'Group' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }); } },
    {
      name: 'shells of everybody, by the list of a subnet',
      rule: 'NetworkAclIngress',
      change: ({ Net }) => {
        addResource(Net, 'List', 'AWS::EC2::NetworkAcl', { VpcId: { Ref: 'Vpc' } });
        addResource(Net, 'ListOfA', 'AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: { Ref: 'A' }, NetworkAclId: { Ref: 'List' } });
        addResource(Net, 'Shells', 'AWS::EC2::NetworkAclEntry', { NetworkAclId: { Ref: 'List' }, RuleNumber: 90, Protocol: 6, RuleAction: 'allow', PortRange: { From: 22, To: 22 }, CidrBlock: '0.0.0.0/0' });
      },
    },
    { name: 'the default group', rule: 'SecurityGroupDefault', change: ({ Net }) => { properties(Net, 'Place').VpcConfig.SecurityGroupIds = [{ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }]; } },
    { name: 'public addresses', rule: 'SubnetPublicAddress', change: ({ Net }) => { properties(Net, 'B').MapPublicIpOnLaunch = 'true'; } },
    { name: 'no flow log', rule: 'VpcFlowLogs', change: ({ Net }) => { delete Net.Resources.Flow; } },
    {
      name: 'a way to the internet',
      rule: 'FunctionEgressOpen',
      change: ({ Net }) => {
        addResource(Net, 'Nat', 'AWS::EC2::NatGateway', { SubnetId: { Ref: 'B' } });
        addResource(Net, 'Out', 'AWS::EC2::Route', { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { Ref: 'Nat' } });
      },
    },
    { name: 'a group that allows everything', rule: 'FunctionEgressOpen', change: ({ Net }) => { delete properties(Net, 'Group').SecurityGroupEgress; } },
    { name: 'one zone', rule: 'FunctionNetworkZones', change: ({ Net }) => { properties(Net, 'Place').VpcConfig.SubnetIds.pop(); } },
  ],
  variants: [
    { name: 'pings and named peers', change: ({ Net }) => { properties(Net, 'Database').SecurityGroupIngress.push({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.0.0.0/16' }); } },
    {
      name: 'a firewall on the way out',
      change: ({ Net }) => { addResource(Net, 'Out', 'AWS::EC2::Route', { RouteTableId: { Ref: 'Table' }, DestinationCidrBlock: '0.0.0.0/0', VpcEndpointId: 'vpce-1' }); },
    },
  ],
}, {
  name: 'A GraphQL API, converted from Terraform',
  style: 'terraform',
  stacks: {
    Graph: {
      Resources: {
        Api: {
          Type: 'AWS::AppSync::GraphQLApi',
          Properties: {
            Name: 'shop',
            AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
            UserPoolConfig: { UserPoolId: { 'Fn::ImportValue': 'pool' }, AwsRegion: 'eu-west-1', DefaultAction: 'DENY' },
            AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }],
            LogConfig: { FieldLogLevel: 'ERROR', ExcludeVerboseContent: true, CloudWatchLogsRoleArn: { 'Fn::ImportValue': 'log-role' } },
            XrayEnabled: true,
            IntrospectionConfig: 'DISABLED',
            QueryDepthLimit: 8,
            ResolverCountLimit: 100,
            EnvironmentVariables: { TABLE: 'orders' },
          },
        },
        Guard: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::GetAtt': ['Api', 'Arn'] }, WebACLArn: { 'Fn::ImportValue': 'regional-acl' } } },
        Cache: {
          Type: 'AWS::AppSync::ApiCache',
          Properties: {
            ApiId: { 'Fn::GetAtt': ['Api', 'ApiId'] }, ApiCachingBehavior: 'PER_RESOLVER_CACHING', Ttl: 60, Type: 'SMALL', AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true,
          },
        },
      },
    },
  },
  mutants: [
    { name: 'a key is enough', rule: 'GraphqlApiKey', change: ({ Graph }) => { properties(Graph, 'Api').AuthenticationType = 'API_KEY'; } },
    {
      name: 'a key is enough for events',
      rule: 'GraphqlApiKey',
      change: ({ Graph }) => { addResource(Graph, 'Events', 'AWS::AppSync::Api', { Name: 'e', EventConfig: { AuthProviders: [{ AuthType: 'API_KEY' }], ConnectionAuthModes: [{ AuthType: 'API_KEY' }] } }); },
    },
    { name: 'a key is enough for some fields', rule: 'GraphqlPublicFields', change: ({ Graph }) => { properties(Graph, 'Api').AdditionalAuthenticationProviders.push({ AuthenticationType: 'API_KEY' }); } },
    { name: 'no log', rule: 'GraphqlLogging', change: ({ Graph }) => { delete properties(Graph, 'Api').LogConfig; } },
    { name: 'values in the log', rule: 'GraphqlVerboseLog', change: ({ Graph }) => { properties(Graph, 'Api').LogConfig.ExcludeVerboseContent = false; } },
    { name: 'no web ACL', rule: 'GraphqlWebAcl', change: ({ Graph }) => { properties(Graph, 'Guard').ResourceArn = 'arn:aws:appsync:eu-west-1:111122223333:apis/other'; } },
    { name: 'no traces', rule: 'GraphqlTracing', change: ({ Graph }) => { properties(Graph, 'Api').XrayEnabled = 'false'; } },
    { name: 'the schema for everybody', rule: 'GraphqlIntrospection', change: ({ Graph }) => { delete properties(Graph, 'Api').IntrospectionConfig; } },
    { name: 'any depth', rule: 'GraphqlLimits', change: ({ Graph }) => { properties(Graph, 'Api').QueryDepthLimit = 0; } },
    { name: 'a cache in clear', rule: 'GraphqlCacheEncryption', change: ({ Graph }) => { properties(Graph, 'Cache').TransitEncryptionEnabled = false; } },
    {
      name: 'one answer for all who ask the same',
      rule: 'GraphqlCacheIdentity',
      change: ({ Graph }) => { resolve(Graph, ['$context.arguments.id']); },
    },
    { name: 'a key in a variable', rule: 'CredentialLiteral', change: ({ Graph }) => { properties(Graph, 'Api').EnvironmentVariables.PARTNER_API_KEY = 'abc-123-def'; } },
  ],
  variants: [
    { name: 'an answer for each who asks', change: ({ Graph }) => { resolve(Graph, ['$context.identity.sub', '$context.arguments.id']); } },
    { name: 'a private API without web ACL', change: ({ Graph }) => { properties(Graph, 'Api').Visibility = 'PRIVATE'; delete Graph.Resources.Guard; } },
    { name: 'a provider of tokens beside the pool', change: ({ Graph }) => { properties(Graph, 'Api').AdditionalAuthenticationProviders.push({ AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://id.example.org', ClientId: 'shop' } }); } },
  ],
}];
