import { addResource, properties, removeResources, Seed } from '../seed';

/** A web function that CloudFront calls, by hand. */
const WEB_FUNCTION: Seed = {
  name: 'A web function behind a distribution that signs, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Parameters:
  Rate: { Type: Number }
Conditions:
  Live: !Equals [!Ref AWS::StackName, Shop]
Resources:
  DataKey: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: true, KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }] } } }
  PageLogs:
    Type: AWS::Logs::LogGroup
    Properties:
      RetentionInDays: 365
      KmsKeyId: !GetAtt DataKey.Arn
      DataProtectionPolicy:
        Name: mask
        Version: '2021-06-01'
        Statement:
          - { Sid: find, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Audit: { FindingsDestination: {} } } }
          - { Sid: mask, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Deidentify: { MaskConfig: {} } } }
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      BillingMode: PAY_PER_REQUEST
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      DeletionProtectionEnabled: true
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt DataKey.Arn }
  PageRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }] }
      Policies:
        - PolicyName: page
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt PageLogs.Arn }
              - { Effect: Allow, Action: 'dynamodb:GetItem', Resource: !GetAtt Orders.Arn }
  Page: { Type: AWS::Lambda::WebFunction, Properties: { FunctionName: shop-page } }
  PageRevision:
    Type: AWS::Lambda::WebFunctionRevision
    Properties:
      FunctionName: !Ref Page
      KmsKeyArn: !GetAtt DataKey.Arn
      BuildConfig:
        CodeConfig: { S3Object: { Bucket: shop-artifacts, Key: page.zip, VersionId: '3' } }
        RuntimeConfig: { Runtime: nodejs24.x }
      ServiceConfig:
        ExecutionRoleArn: !GetAtt PageRole.Arn
        EnvironmentVariables: { ORDERS: !Ref Orders }
        TelemetryConfig: { LoggingConfig: { LogGroup: !Ref PageLogs } }
        TimeoutSeconds: 30
  PageEndpoint:
    Type: AWS::Lambda::WebFunctionEndpoint
    Properties:
      FunctionName: !GetAtt Page.FunctionArn
      EndpointName: prod
      EndpointType: HomeRegion
      AuthType: IamAuth
      RevisionWeights: [{ RevisionId: !GetAtt PageRevision.RevisionId, Weight: 100 }]
      ThrottleConfig: { RateLimit: 500 }
  PagePolicy:
    Type: AWS::Lambda::ResourcePolicy
    Properties:
      ResourceArn: !Ref Page
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: cloudfront.amazonaws.com }
            Action: lambda:InvokeWebFunctionEndpoint
            Resource: !GetAtt PageEndpoint.EndpointArn
            Condition: { ArnLike: { 'aws:SourceArn': !Sub 'arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/E1EXAMPLE' } }
`,
  },
  mutants: [{
    name: 'Lambda asks nobody who calls',
    rule: 'WebFunctionAuth',
    change: ({ Shop }) => { properties(Shop, 'PageEndpoint').AuthType = 'ApplicationManaged'; },
  }, {
    name: 'Lambda asks nobody who calls, in one case of a condition',
    rule: 'WebFunctionAuth',
    change: ({ Shop }) => { properties(Shop, 'PageEndpoint').AuthType = { 'Fn::If': ['Live', 'ApplicationManaged', 'IamAuth'] }; },
  }, {
    name: 'a second endpoint beside asks nobody',
    rule: 'WebFunctionAuth',
    change: ({ Shop }) => {
      addResource(Shop, 'Preview', 'AWS::Lambda::WebFunctionEndpoint', { ...properties(Shop, 'PageEndpoint'), EndpointName: 'preview', AuthType: 'ApplicationManaged' });
    },
  }, {
    name: 'nothing bounds the callers',
    rule: 'WebFunctionLimits',
    change: ({ Shop }) => { delete properties(Shop, 'PageEndpoint').ThrottleConfig; },
  }, {
    name: 'anybody reaches code that may write to the table',
    rule: 'OpenStorePath',
    change: ({ Shop }) => {
      properties(Shop, 'PageEndpoint').AuthType = 'ApplicationManaged';
      properties(Shop, 'PageRole').Policies[0].PolicyDocument.Statement[1].Action = ['dynamodb:GetItem', 'dynamodb:PutItem'];
    },
  }, {
    name: 'the policy lets every distribution of every account in',
    rule: 'ServiceGrantSource',
    change: ({ Shop }) => { delete properties(Shop, 'PagePolicy').PolicyDocument.Statement[0].Condition; },
  }, {
    name: 'the policy lets everybody in',
    rule: 'PolicyOpenEveryone',
    change: ({ Shop }) => {
      const [statement] = properties(Shop, 'PagePolicy').PolicyDocument.Statement;
      statement.Principal = '*';
      delete statement.Condition;
    },
  }, {
    name: 'a variable holds a password',
    rule: 'EnvironmentSecret',
    change: ({ Shop }) => { properties(Shop, 'PageRevision').ServiceConfig.EnvironmentVariables.DB_PASSWORD = 'correct horse 9'; },
  }, {
    name: 'the log goes to a group that nobody declared',
    rule: 'FunctionLogGroup',
    change: ({ Shop }) => { delete properties(Shop, 'PageRevision').ServiceConfig.TelemetryConfig; },
  }, {
    name: 'the log shows what callers send',
    rule: 'LogMasking',
    change: ({ Shop }) => { delete properties(Shop, 'PageLogs').DataProtectionPolicy; },
  }, {
    name: 'a function acts with the role of the page',
    rule: 'FunctionRoleShared',
    change: ({ Shop }) => {
      addResource(Shop, 'Job', 'AWS::Lambda::Function', {
        Role: { 'Fn::GetAtt': ['PageRole', 'Arn'] }, LoggingConfig: { LogGroup: { Ref: 'PageLogs' } }, Runtime: 'nodejs24.x', Handler: 'index.handler', Code: { S3Bucket: 'shop-artifacts', S3Key: 'job.zip' },
      });
    },
  }],
  variants: [{
    name: 'environments are bounded instead of requests',
    change: ({ Shop }) => {
      const endpoint = properties(Shop, 'PageEndpoint');
      delete endpoint.ThrottleConfig;
      endpoint.ScalingConfig = { MaxEnvironments: 20 };
    },
  }, {
    name: 'the rate is set at deployment',
    undecided: ['WebFunctionLimits'],
    change: ({ Shop }) => { properties(Shop, 'PageEndpoint').ThrottleConfig.RateLimit = { Ref: 'Rate' }; },
  }, {
    name: 'a second revision of the same function takes a part of the traffic',
    change: ({ Shop }) => {
      addResource(Shop, 'NextRevision', 'AWS::Lambda::WebFunctionRevision', { ...properties(Shop, 'PageRevision'), Description: 'next' });
      properties(Shop, 'PageEndpoint').RevisionWeights = [
        { RevisionId: { 'Fn::GetAtt': ['PageRevision', 'RevisionId'] }, Weight: 90 }, { RevisionId: { 'Fn::GetAtt': ['NextRevision', 'RevisionId'] }, Weight: 10 },
      ];
    },
  }, {
    name: 'callers have rights of their own, and no policy is needed',
    change: ({ Shop }) => { removeResources(Shop, 'PagePolicy'); },
  }],
};

/** Tools for agents, by hand. */
const AGENT_GATEWAY: Seed = {
  name: 'A gateway with a tool for agents, by hand',
  style: 'yaml',
  stacks: {
    Tools: `
Resources:
  DataKey: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: true, KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }] } } }
  GatewayRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: bedrock-agentcore.amazonaws.com }
            Action: sts:AssumeRole
            Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } }
      Policies: [{ PolicyName: call, PolicyDocument: { Statement: [{ Effect: Allow, Action: lambda:InvokeFunction, Resource: !Sub 'arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:find-order' }] } }]
  Gateway:
    Type: AWS::BedrockAgentCore::Gateway
    Properties: { Name: tools, AuthorizerType: AWS_IAM, ProtocolType: MCP, RoleArn: !GetAtt GatewayRole.Arn, KmsKeyArn: !GetAtt DataKey.Arn }
  Target:
    Type: AWS::BedrockAgentCore::GatewayTarget
    Properties:
      Name: orders
      GatewayIdentifier: !GetAtt Gateway.GatewayIdentifier
      CredentialProviderConfigurations: [{ CredentialProviderType: GATEWAY_IAM_ROLE }]
      TargetConfiguration: { Mcp: { Lambda: { LambdaArn: !Sub 'arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:find-order', ToolSchema: { InlinePayload: [] } } } }
  Limit: { Type: AWS::BedrockAgentCore::GatewayRateLimit, Properties: { GatewayIdentifier: !GetAtt Gateway.GatewayIdentifier, DimensionKeys: [caller], Entries: [] } }
  Agent:
    Type: AWS::BedrockAgentCore::Runtime
    Properties:
      AgentRuntimeName: helper
      RoleArn: !GetAtt AgentRole.Arn
      AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/agent:1 } }
      NetworkConfiguration: { NetworkMode: VPC, NetworkModeConfig: { Subnets: [subnet-1, subnet-2], SecurityGroups: [sg-1] } }
      EnvironmentVariables: { TOOLS: !GetAtt Gateway.GatewayUrl }
      AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://login.example.com/.well-known/openid-configuration', AllowedClients: [shop] } }
  AgentRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: bedrock-agentcore.amazonaws.com }
            Action: sts:AssumeRole
            Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } }
      Policies:
        - PolicyName: act
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/bedrock-agentcore/runtimes/*' }
              - { Effect: Allow, Action: 'bedrock-agentcore:InvokeGateway', Resource: !GetAtt Gateway.GatewayArn }
  Talks: { Type: AWS::BedrockAgentCore::Memory, Properties: { Name: talks, EventExpiryDuration: 30, EncryptionKeyArn: !GetAtt DataKey.Arn } }
`,
  },
  mutants: [{
    name: 'the gateway asks nobody who calls',
    rule: 'AgentGatewayAuth',
    change: ({ Tools }) => { properties(Tools, 'Gateway').AuthorizerType = 'NONE'; },
  }, {
    name: 'the agent takes every token of the issuer',
    rule: 'AgentTokenAudience',
    change: ({ Tools }) => { delete properties(Tools, 'Agent').AuthorizerConfiguration.CustomJWTAuthorizer.AllowedClients; },
  }, {
    name: 'the agent may talk to the whole internet',
    rule: 'AgentNetwork',
    change: ({ Tools }) => { properties(Tools, 'Agent').NetworkConfiguration = { NetworkMode: 'PUBLIC' }; },
  }, {
    name: 'the memory lost its key',
    rule: 'AgentCustomerKey',
    change: ({ Tools }) => { delete properties(Tools, 'Talks').EncryptionKeyArn; },
  }, {
    name: 'the role of the agent may do everything, with no log',
    rule: 'EntryPointLayers',
    change: ({ Tools }) => {
      properties(Tools, 'AgentRole').Policies[0].PolicyDocument.Statement = [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }];
    },
  }, {
    name: 'the agent has a password among its variables',
    rule: 'EnvironmentSecret',
    change: ({ Tools }) => { properties(Tools, 'Agent').EnvironmentVariables.DB_PASSWORD = 'correct horse 9'; },
  }, {
    name: 'the policy of the gateway lets everybody in',
    rule: 'PolicyOpenEveryone',
    change: ({ Tools }) => {
      addResource(Tools, 'Policy', 'AWS::BedrockAgentCore::ResourcePolicy', {
        ResourceArn: { 'Fn::GetAtt': ['Gateway', 'GatewayArn'] },
        Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'bedrock-agentcore:InvokeGateway', Resource: '*' }] }),
      });
    },
  }],
  variants: [{
    name: 'callers of the agent sign',
    change: ({ Tools }) => { delete properties(Tools, 'Agent').AuthorizerConfiguration; },
  }, {
    name: 'a scope of the app tells for whom the tokens of the agent are',
    change: ({ Tools }) => {
      const { CustomJWTAuthorizer } = properties(Tools, 'Agent').AuthorizerConfiguration;
      delete CustomJWTAuthorizer.AllowedClients;
      CustomJWTAuthorizer.AllowedScopes = ['shop/ask'];
    },
  }, {
    name: 'agents show tokens',
    change: ({ Tools }) => {
      Object.assign(properties(Tools, 'Gateway'), {
        AuthorizerType: 'CUSTOM_JWT', AuthorizerConfiguration: { CustomJWTAuthorizer: { DiscoveryUrl: 'https://login.example.com/.well-known/openid-configuration', AllowedClients: ['agent'] } },
      });
    },
  }],
};

/** Events over WebSockets and HTTP, by hand. */
const EVENT_API: Seed = {
  name: 'An event API with a table behind it, by hand',
  style: 'yaml',
  stacks: {
    Live: `
Conditions:
  Prod: !Equals [!Ref AWS::StackName, Live]
Resources:
  DataKey: { Type: AWS::KMS::Key, Properties: { EnableKeyRotation: true, KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }] } } }
  Games:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      BillingMode: PAY_PER_REQUEST
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      DeletionProtectionEnabled: true
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt DataKey.Arn }
  Moves:
    Type: AWS::AppSync::Api
    Properties:
      Name: moves
      EventConfig:
        AuthProviders: [{ AuthType: AWS_IAM }]
        ConnectionAuthModes: [{ AuthType: AWS_IAM }]
        DefaultPublishAuthModes: [{ AuthType: AWS_IAM }]
        DefaultSubscribeAuthModes: [{ AuthType: AWS_IAM }]
        LogConfig: { LogLevel: ERROR, CloudWatchLogsRoleArn: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/appsync-logs' }
  Chess:
    Type: AWS::AppSync::ChannelNamespace
    Properties: { ApiId: !GetAtt Moves.ApiId, Name: chess, HandlerConfigs: { OnPublish: { Behavior: CODE, Integration: { DataSourceName: games } } }, CodeHandlers: 'export const onPublish = { request: (ctx) => ctx, response: (ctx) => ctx.events };' }
  Source: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Moves.ApiId, Name: games, Type: AMAZON_DYNAMODB, ServiceRoleArn: !GetAtt SourceRole.Arn, DynamoDBConfig: { TableName: !Ref Games, AwsRegion: !Ref AWS::Region } } }
  SourceRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: appsync.amazonaws.com }
            Action: sts:AssumeRole
            Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } }
      Policies: [{ PolicyName: keep, PolicyDocument: { Statement: [{ Effect: Allow, Action: ['dynamodb:PutItem'], Resource: !GetAtt Games.Arn }] } }]
  Guard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !GetAtt Moves.ApiArn, WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/guard/1' } }
`,
  },
  mutants: [{
    name: 'a key is enough to publish in one namespace',
    rule: 'OpenStorePath',
    change: ({ Live }) => {
      properties(Live, 'Moves').EventConfig.AuthProviders.push({ AuthType: 'API_KEY' });
      properties(Live, 'Chess').PublishAuthModes = [{ AuthType: 'API_KEY' }];
    },
  }, {
    name: 'a key is one of the ways to connect',
    rule: 'GraphqlApiKey',
    change: ({ Live }) => { properties(Live, 'Moves').EventConfig.ConnectionAuthModes.push({ AuthType: 'API_KEY' }); },
  }, {
    name: 'no log',
    rule: 'GraphqlLogging',
    change: ({ Live }) => { delete properties(Live, 'Moves').EventConfig.LogConfig; },
  }, {
    name: 'the web ACL stands before another API',
    rule: 'GraphqlWebAcl',
    change: ({ Live }) => { properties(Live, 'Guard').ResourceArn = 'arn:aws:appsync:eu-west-1:111122223333:apis/other'; },
  }, {
    name: 'no log in one case',
    rule: 'GraphqlLogging',
    change: ({ Live }) => { properties(Live, 'Moves').EventConfig.LogConfig = { 'Fn::If': ['Prod', { Ref: 'AWS::NoValue' }, properties(Live, 'Moves').EventConfig.LogConfig] }; },
  }],
  variants: [{
    name: 'one namespace asks for a user of the pool',
    change: ({ Live }) => {
      properties(Live, 'Moves').EventConfig.AuthProviders.push({ AuthType: 'AMAZON_COGNITO_USER_POOLS', CognitoConfig: { AwsRegion: 'eu-west-1', UserPoolId: 'eu-west-1_a', AppIdClientRegex: 'game' } });
      properties(Live, 'Chess').SubscribeAuthModes = [{ AuthType: 'AMAZON_COGNITO_USER_POOLS' }];
    },
  }],
};

/** A service that only joined networks call, by hand. */
const LATTICE: Seed = {
  name: 'A service of VPC Lattice, by hand',
  style: 'yaml',
  stacks: {
    Inner: `
Conditions:
  Prod: !Equals [!Ref AWS::StackName, Inner]
Resources:
  Orders: { Type: AWS::VpcLattice::Service, Properties: { Name: orders, AuthType: AWS_IAM } }
  Shop: { Type: AWS::VpcLattice::ServiceNetwork, Properties: { Name: shop, AuthType: NONE } }
  Joined: { Type: AWS::VpcLattice::ServiceNetworkServiceAssociation, Properties: { ServiceIdentifier: !Ref Orders, ServiceNetworkIdentifier: !Ref Shop } }
  Callers:
    Type: AWS::VpcLattice::AuthPolicy
    Properties:
      ResourceIdentifier: !Ref Orders
      Policy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/till' }, Action: 'vpc-lattice-svcs:Invoke', Resource: '*' }] }
  Log: { Type: AWS::VpcLattice::AccessLogSubscription, Properties: { ResourceIdentifier: !Ref Shop, DestinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:orders' } }
`,
  },
  mutants: [{
    name: 'nobody asks who calls',
    rule: 'LatticeServiceAuth',
    change: ({ Inner }) => { delete properties(Inner, 'Orders').AuthType; },
  }, {
    name: 'nobody asks who calls in one case',
    rule: 'LatticeServiceAuth',
    change: ({ Inner }) => { properties(Inner, 'Orders').AuthType = { 'Fn::If': ['Prod', 'NONE', 'AWS_IAM'] }; },
  }, {
    name: 'another service is logged',
    rule: 'LatticeAccessLog',
    change: ({ Inner }) => { properties(Inner, 'Log').ResourceIdentifier = 'svc-0123456789abcdef0'; },
  }, {
    name: 'the policy lets everybody in, the anonymous too',
    rule: 'PolicyOpenEveryone',
    change: ({ Inner }) => { properties(Inner, 'Callers').Policy.Statement[0].Principal = '*'; },
  }],
  variants: [{
    name: 'the network asks in the place of the service',
    change: ({ Inner }) => {
      delete properties(Inner, 'Orders').AuthType;
      properties(Inner, 'Shop').AuthType = 'AWS_IAM';
    },
  }, {
    name: 'each that signs may call',
    change: ({ Inner }) => {
      Object.assign(properties(Inner, 'Callers').Policy.Statement[0], { Principal: '*', Condition: { StringNotEqualsIgnoreCase: { 'aws:PrincipalType': 'anonymous' } } });
    },
  }],
};

/** The second kind of bus, with a subscriber, by hand. */
const NEWER_BUS: Seed = {
  name: 'A newer bus of EventBridge with a subscriber, and an authorizer of things, by hand',
  style: 'yaml',
  profile: 'regulated',
  stacks: {
    Events: `
Resources:
  Bus: { Type: AWS::EventsV2::EventBus, Properties: { Name: shop, EncryptionConfiguration: { KmsKeyIdentifier: !ImportValue shop-key } } }
  Print:
    Type: AWS::EventsV2::Subscriber
    Properties:
      Name: print
      EventBusArn: !GetAtt Bus.EventBusArn
      InvokeConfiguration: { TargetArn: !Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:print', RoleArn: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/print' }
      OnFailureConfiguration: { Arn: !Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:print-dlq' }
  Devices: { Type: AWS::IoT::Authorizer, Properties: { AuthorizerFunctionArn: !Sub 'arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:devices', TokenKeyName: token, TokenSigningPublicKeys: { first: key } } }
`,
  },
  mutants: [
    { name: 'what cannot be delivered is lost', rule: 'RuleDeadLetter', change: ({ Events }) => { delete properties(Events, 'Print').OnFailureConfiguration; } },
    { name: 'whatever connects wakes the authorizer of things', rule: 'ThingAuthorizerSigning', change: ({ Events }) => { properties(Events, 'Devices').SigningDisabled = true; } },
    { name: 'the key is that of AWS', rule: 'EventBusKey', change: ({ Events }) => { delete properties(Events, 'Bus').EncryptionConfiguration; } },
    {
      name: 'everybody may send events',
      rule: 'PolicyOpenEveryone',
      change: ({ Events }) => {
        addResource(Events, 'Policy', 'AWS::EventsV2::ResourcePolicy', {
          EventBusArn: { 'Fn::GetAtt': ['Bus', 'EventBusArn'] }, PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' }] },
        });
      },
    },
  ],
  variants: [{ name: 'events go by groups', change: ({ Events }) => { properties(Events, 'Print').Type = 'FIFO'; } }],
};

export const NEWER_SERVICE_SEEDS: readonly Seed[] = [WEB_FUNCTION, AGENT_GATEWAY, EVENT_API, LATTICE, NEWER_BUS];
