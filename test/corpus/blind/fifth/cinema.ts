import { add, BlindSeed, breach, env, fault, prop, safe, statements } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: What is on, by a graph; seats in a table of two regions
Parameters:
  Introspect: { Type: String, Default: DISABLED, AllowedValues: [ENABLED, DISABLED] }
  Bell: { Type: String, Default: 'arn:aws:sns:eu-west-1:333344445555:bell' }
  SecondKey: { Type: String, Default: 'arn:aws:kms:eu-central-1:333344445555:key/11111111-2222-3333-4444-555555555555' }
Mappings:
  Limits:
    graph: { depth: 8, resolvers: 60 }
Conditions:
  Main: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - { Effect: Allow, Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:*' } } }
  Viewers:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      UserPoolTier: PLUS
      UserPoolAddOns: { AdvancedSecurityMode: ENFORCED, AdvancedSecurityAdditionalFlows: { CustomAuthMode: ENFORCED } }
      MfaConfiguration: 'ON'
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
      DeletionProtection: ACTIVE
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: verified_email, Priority: 1 }] }
      Policies: { PasswordPolicy: { MinimumLength: 14, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true, TemporaryPasswordValidityDays: 1 } }
  ViewersRisk: { Type: AWS::Cognito::UserPoolRiskConfigurationAttachment, Properties: { UserPoolId: !Ref Viewers, ClientId: ALL, CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: BLOCK } }, AccountTakeoverRiskConfiguration: { Actions: { HighAction: { EventAction: BLOCK, Notify: false }, MediumAction: { EventAction: MFA_REQUIRED, Notify: false } } } } }
  ViewersApp:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Viewers
      ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH]
      PreventUserExistenceErrors: ENABLED
      EnableTokenRevocation: true
      AccessTokenValidity: 30
      IdTokenValidity: 30
      RefreshTokenValidity: 5
      TokenValidityUnits: { AccessToken: minutes, IdToken: minutes, RefreshToken: days }
      RefreshTokenRotation: { Feature: ENABLED }
      WriteAttributes: [email]
  GraphLogRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: appsync.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies: [{ PolicyName: logs, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/appsync/apis/*' }] } }]
  Graph:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: cinema
      AuthenticationType: AMAZON_COGNITO_USER_POOLS
      UserPoolConfig: { UserPoolId: !Ref Viewers, AwsRegion: !Ref AWS::Region, DefaultAction: ALLOW, AppIdClientRegex: !Ref ViewersApp }
      AdditionalAuthenticationProviders: [{ AuthenticationType: AWS_IAM }]
      XrayEnabled: true
      IntrospectionConfig: !Ref Introspect
      QueryDepthLimit: !FindInMap [Limits, graph, depth]
      ResolverCountLimit: !FindInMap [Limits, graph, resolvers]
      Visibility: GLOBAL
      LogConfig: { FieldLogLevel: ERROR, ExcludeVerboseContent: true, CloudWatchLogsRoleArn: !GetAtt GraphLogRole.Arn }
      EnvironmentVariables: { REGION_NAME: !Ref AWS::Region }
      Tags: [{ Key: stage, Value: prod }]
  GraphLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: !Sub '/aws/appsync/apis/\${Graph.ApiId}', RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  GraphSchema: { Type: AWS::AppSync::GraphQLSchema, Properties: { ApiId: !GetAtt Graph.ApiId, Definition: "type Show { id: ID! title: String! seats: Int } type Query { show(id: ID!): Show } type Mutation { book(id: ID!, seats: Int!): Show } schema { query: Query mutation: Mutation }" } }
  GraphCache: { Type: AWS::AppSync::ApiCache, Properties: { ApiId: !GetAtt Graph.ApiId, ApiCachingBehavior: PER_RESOLVER_CACHING, Type: SMALL, Ttl: 60, AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true } }
  SeatSourceRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: appsync.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId }, ArnLike: { 'aws:SourceArn': !GetAtt Graph.Arn } } }] }
      Policies: [{ PolicyName: seats, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: dynamodb:GetItem, Resource: !GetAtt Seats.Arn }, { Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': !Sub 'dynamodb.\${AWS::Region}.amazonaws.com' } } }] } }]
  SeatSource: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Graph.ApiId, Name: seats, Type: AMAZON_DYNAMODB, ServiceRoleArn: !GetAtt SeatSourceRole.Arn, DynamoDBConfig: { TableName: !Ref Seats, AwsRegion: !Ref AWS::Region } } }
  BookSourceRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: appsync.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId }, ArnLike: { 'aws:SourceArn': !GetAtt Graph.Arn } } }] }
      Policies: [{ PolicyName: book, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt Book.Arn }] } }]
  BookSource: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Graph.ApiId, Name: book, Type: AWS_LAMBDA, ServiceRoleArn: !GetAtt BookSourceRole.Arn, LambdaConfig: { LambdaFunctionArn: !GetAtt Book.Arn } } }
  ShowResolver: { Type: AWS::AppSync::Resolver, DependsOn: GraphSchema, Properties: { ApiId: !GetAtt Graph.ApiId, TypeName: Query, FieldName: show, DataSourceName: !GetAtt SeatSource.Name, RequestMappingTemplate: '{ "version": "2018-05-29", "operation": "GetItem", "key": { "pk": $util.dynamodb.toDynamoDBJson($ctx.args.id) } }', ResponseMappingTemplate: '$util.toJson($ctx.result)' } }
  BookResolver: { Type: AWS::AppSync::Resolver, DependsOn: GraphSchema, Properties: { ApiId: !GetAtt Graph.ApiId, TypeName: Mutation, FieldName: book, DataSourceName: !GetAtt BookSource.Name, MaxBatchSize: 0 } }
  WallLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: aws-waf-logs-cinema, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  Wall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: cinema }
      Rules:
        - { Name: common, Priority: 0, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: common } }
        - { Name: bad, Priority: 1, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: bad } }
        - { Name: flood, Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 1500, AggregateKeyType: IP } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: flood } }
  WallLog: { Type: AWS::WAFv2::LoggingConfiguration, Properties: { ResourceArn: !GetAtt Wall.Arn, LogDestinationConfigs: [!GetAtt WallLogs.Arn], RedactedFields: [{ SingleHeader: { Name: authorization } }, { SingleHeader: { Name: cookie } }] } }
  WallOnGraph: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: !GetAtt Wall.Arn, ResourceArn: !GetAtt Graph.Arn } }
  WallBlocks: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/WAFV2, MetricName: BlockedRequests, Dimensions: [{ Name: WebACL, Value: cinema }, { Name: Region, Value: !Ref AWS::Region }, { Name: Rule, Value: ALL }], Statistic: Sum, Period: 300, EvaluationPeriods: 1, Threshold: 100, ComparisonOperator: GreaterThanThreshold, AlarmActions: [!Ref Bell] } }
  GraphErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/AppSync, MetricName: 5XXError, Dimensions: [{ Name: GraphQLAPIId, Value: !GetAtt Graph.ApiId }], Statistic: Sum, Period: 300, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold, AlarmActions: [!Ref Bell] } }
  Seats:
    Type: AWS::DynamoDB::GlobalTable
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
      SSESpecification: { SSEEnabled: true, SSEType: KMS }
      Replicas:
        - { Region: eu-west-1, DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { KMSMasterKeyId: !GetAtt Key.Arn }, Tags: [{ Key: stage, Value: prod }] }
        - { Region: eu-central-1, DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { KMSMasterKeyId: !Ref SecondKey }, Tags: [{ Key: stage, Value: prod }] }
  BookLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: /aws/lambda/cinema-book, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  BookRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
  BookRights:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Roles: [!Ref BookRole]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt BookLogs.Arn }
          - { Effect: Allow, Action: [xray:PutTraceSegments, xray:PutTelemetryRecords], Resource: '*' }
          - { Effect: Allow, Action: [dynamodb:UpdateItem, dynamodb:GetItem], Resource: !GetAtt Seats.Arn }
          - { Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 'dynamodb.\${AWS::Region}.amazonaws.com', !Sub 'lambda.\${AWS::Region}.amazonaws.com'] } } }
  Book:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: cinema-book
      Role: !GetAtt BookRole.Arn
      PackageType: Image
      Code: { ImageUri: !Sub '\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com/\${Images}@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945' }
      Timeout: 20
      MemorySize: 512
      ReservedConcurrentExecutions: 30
      TracingConfig: { Mode: Active }
      KmsKeyArn: !GetAtt Key.Arn
      Environment: { Variables: { SEATS: !Ref Seats } }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref BookLogs }
      Tags: [{ Key: stage, Value: prod }]
  Images: { Type: AWS::ECR::Repository, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { ImageTagMutability: IMMUTABLE, ImageScanningConfiguration: { ScanOnPush: true }, EncryptionConfiguration: { EncryptionType: KMS, KmsKey: !GetAtt Key.Arn }, LifecyclePolicy: { LifecyclePolicyText: '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":14},"action":{"type":"expire"}}]}' } } }
  BookErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Book }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }
  BookThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Book }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Bell] } }
`;

type Any = Record<string, any>;
const graph = (template: Any): Any => prop(template, 'Graph');
const replica = (template: Any, index: number): Any => prop(template, 'Seats').Replicas[index];
const THEM = '667788990011';

/** A graph, and a table that is in two regions. */
export const CINEMA: BlindSeed = {
  name: 'Cinema by hand: a GraphQL API, a global table and an image',
  style: 'yaml',
  stacks: { Cinema: TEMPLATE },
  mutants: [
    fault('G86', 'the graph tells all of itself, by the default of the parameter', ({ Cinema }) => { Cinema.Parameters.Introspect.Default = 'ENABLED'; }),
    fault('G86', 'a question may be as deep as one likes, by the mapping', ({ Cinema }) => { Cinema.Mappings.Limits.graph.depth = 0; }),
    fault('G86', 'a question may call as many resolvers as one likes, outside of one region', ({ Cinema }) => { graph(Cinema).ResolverCountLimit = { 'Fn::If': ['Main', 60, { Ref: 'AWS::NoValue' }] }; Cinema.Conditions.Main = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-gov-west-1'] }; }),
    fault('G70', 'what viewers ask is in the log, by a text', ({ Cinema }) => { graph(Cinema).LogConfig.ExcludeVerboseContent = 'false'; }),
    fault('G70', 'what viewers ask is in the log, since nothing says otherwise', ({ Cinema }) => { delete graph(Cinema).LogConfig.ExcludeVerboseContent; graph(Cinema).LogConfig.FieldLogLevel = 'ALL'; }),
    fault('G06', 'a key for the films is a variable of the graph', ({ Cinema }) => { graph(Cinema).EnvironmentVariables.FILMS_API_KEY = '0d9c8b7a6f5e4d3c2b1a'; }),
    fault('G03', 'a token for the films is a variable of the graph, whatever it is called', ({ Cinema }) => { graph(Cinema).EnvironmentVariables.FILMS = { 'Fn::Join': ['', ['xoxb-', '2345678901-', 'AbCdEfGhIjKlMnOpQrStUvWx']] }; }),
    breach('appsync.api-key', 'a key opens the graph, as second way in', ({ Cinema }) => { graph(Cinema).AdditionalAuthenticationProviders.push({ AuthenticationType: 'API_KEY' }); add(Cinema, 'GraphKey', 'AWS::AppSync::ApiKey', { ApiId: { 'Fn::GetAtt': ['Graph', 'ApiId'] } }); }),
    breach('appsync.api-key', 'a key opens the graph, as first way in of one case', ({ Cinema }) => { graph(Cinema).AuthenticationType = { 'Fn::If': ['Main', 'API_KEY', 'AMAZON_COGNITO_USER_POOLS'] }; }),
    breach('appsync.logging', 'the graph has no log', ({ Cinema }) => { graph(Cinema).LogConfig = { Ref: 'AWS::NoValue' }; }),
    breach('appsync.field-logs', 'nothing of the fields is in the log', ({ Cinema }) => { graph(Cinema).LogConfig.FieldLogLevel = 'NONE'; }),
    breach('appsync.xray', 'nobody follows a question', ({ Cinema }) => { delete graph(Cinema).XrayEnabled; }),
    breach('appsync.waf', 'the wall is before another graph', ({ Cinema }) => { prop(Cinema, 'WallOnGraph').ResourceArn = { 'Fn::Sub': 'arn:aws:appsync:${AWS::Region}:${AWS::AccountId}:apis/abcdefghijklmnopqrstuvwxyz' }; }),
    breach('appsync.cache-rest', 'answers rest in the clear', ({ Cinema }) => { prop(Cinema, 'GraphCache').AtRestEncryptionEnabled = false; }),
    breach('appsync.cache-transit', 'answers go in the clear to their cache', ({ Cinema }) => { delete prop(Cinema, 'GraphCache').TransitEncryptionEnabled; }),
    fault('G17', 'a token for any app of the pool asks the graph', ({ Cinema }) => { graph(Cinema).UserPoolConfig.AppIdClientRegex = '.*'; }),
    fault('G59', 'films are fetched from a host in the clear', ({ Cinema }) => { add(Cinema, 'FilmSource', 'AWS::AppSync::DataSource', { ApiId: { 'Fn::GetAtt': ['Graph', 'ApiId'] }, Name: 'films', Type: 'HTTP', HttpConfig: { Endpoint: { 'Fn::Sub': 'http://films.${AWS::Region}.example.org' } } }); }),
    fault('G58', 'what is asked goes raw into the key', ({ Cinema }) => { prop(Cinema, 'ShowResolver').RequestMappingTemplate = '{ "version": "2018-05-29", "operation": "Query", "query": { "expression": "pk = :id and $ctx.args.filter", "expressionValues": { ":id": { "S": "$ctx.args.id" } } } }'; }),
    fault('G31', 'the source of a question may write', ({ Cinema }) => { statements(Cinema, 'SeatSourceRole')[0].Action = ['dynamodb:GetItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem']; }),
    fault('G29', 'the graphs of any account use the role of the seats', ({ Cinema }) => { delete prop(Cinema, 'SeatSourceRole').AssumeRolePolicyDocument.Statement[0].Condition; }),
    fault('G32', 'the booking may use indexes that no replica has', ({ Cinema }) => { statements(Cinema, 'BookRights')[2].Resource = [{ 'Fn::GetAtt': ['Seats', 'Arn'] }, { 'Fn::Sub': '${Seats.Arn}/index/*' }]; }),
    fault('G77', 'the second replica may be deleted', ({ Cinema }) => { replica(Cinema, 1).DeletionProtectionEnabled = false; }),
    fault('G77', 'the second replica cannot be brought back', ({ Cinema }) => { delete replica(Cinema, 1).PointInTimeRecoverySpecification; }),
    fault('G77', 'neither replica is under a key of the account', ({ Cinema }) => { delete prop(Cinema, 'Seats').SSESpecification; for (const one of [0, 1]) delete replica(Cinema, one).SSESpecification; }),
    breach('ddb.cmk', 'the second replica is under a key of AWS', ({ Cinema }) => { replica(Cinema, 1).SSESpecification = { KMSMasterKeyId: 'alias/aws/dynamodb' }; }),
    breach('ddb.pitr', 'the first replica cannot be brought back in one case', ({ Cinema }) => { replica(Cinema, 0).PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = { 'Fn::If': ['Main', false, true] }; }),
    fault('G78', 'a foreign account reads the second replica', ({ Cinema }) => { replica(Cinema, 1).ResourcePolicy = { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::${THEM}:root` } }, Action: 'dynamodb:Scan', Resource: '*' }] } }; }),
    fault('G78', 'anybody reads what changes in the first replica', ({ Cinema }) => { replica(Cinema, 0).ReplicaStreamSpecification = { ResourcePolicy: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator'], Resource: '*' }] } } }; }),
    fault('G76', 'seats go when the table is replaced', ({ Cinema }) => { Cinema.Resources.Seats.UpdateReplacePolicy = 'Delete'; }),
    fault('G76', 'viewers go with the stack: nothing says they stay', ({ Cinema }) => { delete Cinema.Resources.Seats.DeletionPolicy; delete Cinema.Resources.Viewers.DeletionPolicy; Cinema.Resources.Viewers.DeletionPolicy = 'Delete'; }),
    fault('G88', 'the booking is what the tag says today', ({ Cinema }) => { prop(Cinema, 'Book').Code.ImageUri = { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Images}:latest' }; }),
    fault('G88', 'the booking is what a tag of a parameter says', ({ Cinema }) => { Cinema.Parameters.Tag = { Type: 'String', Default: 'stable' }; prop(Cinema, 'Book').Code.ImageUri = { 'Fn::Join': [':', [{ 'Fn::GetAtt': ['Images', 'RepositoryUri'] }, { Ref: 'Tag' }]] }; }),
    breach('risk.dependencies', 'images may be exchanged under their tag, and nobody scans them', ({ Cinema }) => { Object.assign(prop(Cinema, 'Images'), { ImageTagMutability: 'MUTABLE', ImageScanningConfiguration: { ScanOnPush: false } }); }),
    breach('risk.dependencies', 'anybody puts images', ({ Cinema }) => { prop(Cinema, 'Images').RepositoryPolicyText = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload', 'ecr:BatchGetImage'] }] }; }),
    fault('G54', 'the booking is the image of somebody else', ({ Cinema }) => { prop(Cinema, 'Book').Code.ImageUri = `${THEM}.dkr.ecr.eu-west-1.amazonaws.com/book@sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945`; }),
    fault('G73', 'the booking logs to a group that nobody made', ({ Cinema }) => { delete prop(Cinema, 'Book').LoggingConfig; prop(Cinema, 'BookLogs').LogGroupName = '/aws/lambda/cinema-books'; statements(Cinema, 'BookRights')[0].Resource = { 'Fn::Sub': 'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/cinema-book:*' }; }),
    fault('G63', 'the wall before the graph has groups for other things alone', ({ Cinema }) => { const rules = prop(Cinema, 'Wall').Rules; rules[0].Statement.ManagedRuleGroupStatement.Name = 'AWSManagedRulesWordPressRuleSet'; rules[1].Statement.ManagedRuleGroupStatement.Name = 'AWSManagedRulesWindowsRuleSet'; }),
    fault('G62', 'the managed groups only count, rule by rule', ({ Cinema }) => { const rules = prop(Cinema, 'Wall').Rules; for (const rule of rules.slice(0, 2)) rule.OverrideAction = { Count: {} }; rules.splice(2, 1); }),
    fault('G85', 'a viewer gets in again by the phone alone', ({ Cinema }) => { prop(Cinema, 'Viewers').AccountRecoverySetting = { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] }; }),
    fault('G82', 'one learns who is a viewer, since nothing is said', ({ Cinema }) => { delete prop(Cinema, 'ViewersApp').PreventUserExistenceErrors; }),
    fault('G75', 'errors of the booking ring for another function', ({ Cinema }) => { prop(Cinema, 'BookErrors').Dimensions[0].Value = 'cinema-book-old'; }),
    breach('lambda.env-cmk', 'the booking keeps its variables under a key of AWS', ({ Cinema }) => { prop(Cinema, 'Book').KmsKeyArn = { 'Fn::If': ['Main', { Ref: 'AWS::NoValue' }, { 'Fn::GetAtt': ['Key', 'Arn'] }] }; }),
  ],
  variants: [
    safe('the graph is asked by the functions of the account as well, by a regular expression of one app', ({ Cinema }) => { graph(Cinema).AdditionalAuthenticationProviders.push({ AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'eu-west-1_AbCdEfGhI', AwsRegion: 'eu-west-1', AppIdClientRegex: '^2v5q9h0a1b2c3d4e5f6g7h8i9j$' } }); }),
    safe('the default of the parameter is off, and on is allowed for a try', ({ Cinema }) => { Cinema.Parameters.Introspect.AllowedValues = ['DISABLED']; }),
    safe('limits in both arms', ({ Cinema }) => { graph(Cinema).QueryDepthLimit = { 'Fn::If': ['Main', 6, 10] }; }),
    safe('a third replica like the others', ({ Cinema }) => { prop(Cinema, 'Seats').Replicas.push({ ...replica(Cinema, 1), Region: 'eu-north-1', SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-north-1:333344445555:key/99999999-2222-3333-4444-555555555555' } }); }),
    safe('the image by digest, put together', ({ Cinema }) => { prop(Cinema, 'Book').Code.ImageUri = { 'Fn::Join': ['@', [{ 'Fn::GetAtt': ['Images', 'RepositoryUri'] }, 'sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945']] }; }),
    safe('films are fetched over TLS', ({ Cinema }) => { add(Cinema, 'FilmSource', 'AWS::AppSync::DataSource', { ApiId: { 'Fn::GetAtt': ['Graph', 'ApiId'] }, Name: 'films', Type: 'HTTP', HttpConfig: { Endpoint: { 'Fn::Sub': 'https://films.${AWS::Region}.example.org' } } }); }),
    safe('a key of films in the variables of the graph is the name of a secret', ({ Cinema }) => { graph(Cinema).EnvironmentVariables.FILMS_API_KEY_SECRET_NAME = 'cinema/films'; }),
    safe('the log group of the booking by its name alone', ({ Cinema }) => { prop(Cinema, 'Book').LoggingConfig = { LogFormat: 'JSON' }; }),
    safe('the repository is read by this account', ({ Cinema }) => { prop(Cinema, 'Images').RepositoryPolicyText = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Condition: { StringLike: { 'aws:sourceArn': { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:*' } } } }] }; }),
    safe('the booking keeps where a token is', ({ Cinema }) => { env(Cinema, 'Book').TOKEN_PARAM = '/cinema/token'; env(Cinema, 'Book').PASSWORD_POLICY_ID = 'p-14'; }),
  ],
};
