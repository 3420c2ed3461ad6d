import { addResource, properties, resourceOf, Seed, Template } from '../seed';

const THEM = '210987654321';

const STATIONS: Seed = {
  name: 'Stations that report, a lake, a graph and pages that show it, by hand',
  style: 'yaml',
  stacks: {
    Stations: `
Parameters:
  Key: { Type: String }
Resources:
  Station:
    Type: AWS::IoT::Policy
    Properties:
      PolicyDocument:
        Statement:
          - { Effect: Allow, Action: iot:Connect, Resource: !Sub 'arn:aws:iot:\${AWS::Region}:\${AWS::AccountId}:client/\${!iot:Connection.Thing.ThingName}' }
          - { Effect: Allow, Action: iot:Publish, Resource: !Sub 'arn:aws:iot:\${AWS::Region}:\${AWS::AccountId}:topic/stations/\${!iot:Connection.Thing.ThingName}/readings' }
  Readings:
    Type: AWS::IoT::TopicRule
    Properties:
      TopicRulePayload:
        Sql: SELECT * FROM 'stations/+/readings'
        Actions: [{ Kinesis: { StreamName: !Ref Stream, PartitionKey: '\${topic(2)}', RoleArn: !ImportValue things-role } }]
        ErrorAction: { Sqs: { QueueUrl: !Ref Lost, RoleArn: !ImportValue things-role } }
  Stream: { Type: AWS::Kinesis::Stream, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionPeriodHours: 168, StreamEncryption: { EncryptionType: KMS, KeyId: !Ref Key } } }
  Lake:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamEncryptionConfigurationInput: { KeyType: CUSTOMER_MANAGED_CMK, KeyARN: !Ref Key }
      ExtendedS3DestinationConfiguration: { BucketARN: !ImportValue lake, RoleARN: !ImportValue lake-role, CloudWatchLoggingOptions: { Enabled: true, LogGroupName: lake, LogStreamName: s3 } }
  Lost: { Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { KmsMasterKeyId: !Ref Key, MessageRetentionPeriod: 1209600 } }
  LostPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Lost]
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Lost.Arn, Condition: { Bool: { 'aws:SecureTransport': false } } }
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: 'sqs:SendMessage', Resource: !GetAtt Lost.Arn, Condition: { ArnEquals: { 'aws:SourceArn': !GetAtt Alerts.Arn } } }
  Alerts:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [stations.alerts] }
      Targets: [{ Id: bus, Arn: !ImportValue alerts-bus, RoleArn: !ImportValue alerts-role, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }]
  Graph:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: stations
      AuthenticationType: AMAZON_COGNITO_USER_POOLS
      UserPoolConfig: { UserPoolId: !ImportValue pool, AwsRegion: !Ref AWS::Region, DefaultAction: ALLOW, AppIdClientRegex: ^3n4b5urk1ft4fl3mg5e62d9ado$ }
      AdditionalAuthenticationProviders:
        - { AuthenticationType: OPENID_CONNECT, OpenIDConnectConfig: { Issuer: 'https://login.example.org', ClientId: stations } }
        - { AuthenticationType: AWS_LAMBDA, LambdaAuthorizerConfig: { AuthorizerUri: !ImportValue authorizer, IdentityValidationExpression: '^Bearer [-._a-zA-Z0-9]+$' } }
      LogConfig: { FieldLogLevel: ERROR, ExcludeVerboseContent: true, CloudWatchLogsRoleArn: !ImportValue graph-logs }
  Guarded: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !GetAtt Graph.Arn, WebACLArn: !ImportValue acl } }
  Latest:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KeySchema: [{ AttributeName: station, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, KMSMasterKeyId: !Ref Key }
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: appsync.amazonaws.com }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }]
      Policies: [{ PolicyName: read, PolicyDocument: { Statement: [{ Effect: Allow, Action: 'dynamodb:GetItem', Resource: !GetAtt Latest.Arn }] } }]
  Source: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Graph.ApiId, Name: latest, Type: AMAZON_DYNAMODB, ServiceRoleArn: !GetAtt Reader.Arn, DynamoDBConfig: { TableName: !Ref Latest, AwsRegion: !Ref AWS::Region } } }
  Station2: { Type: AWS::AppSync::Resolver, Properties: { ApiId: !GetAtt Graph.ApiId, TypeName: Query, FieldName: station, DataSourceName: !GetAtt Source.Name, RequestMappingTemplate: '{ "version": "2018-05-29", "operation": "GetItem", "key": { "station": $util.dynamodb.toDynamoDBJson($ctx.args.id) } }' } }
  Maps: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt Graph.ApiId, Name: maps, Type: HTTP, HttpConfig: { Endpoint: 'https://maps.example.org' } } }
  Images: { Type: AWS::ECR::Repository, Properties: { ImageTagMutability: IMMUTABLE, ImageScanningConfiguration: { ScanOnPush: true } } }
  Pages:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
  PagesTls:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Pages
      PolicyDocument:
        Statement: [{ Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Pages.Arn, !Sub '\${Pages.Arn}/*'], Condition: { Bool: { 'aws:SecureTransport': false } } }]
  Front:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultRootObject: index.html
        WebACLId: !ImportValue edge-acl
        Logging: { Bucket: !ImportValue edge-logs }
        ViewerCertificate: { AcmCertificateArn: !ImportValue certificate, MinimumProtocolVersion: TLSv1.2_2021, SslSupportMethod: sni-only }
        Origins: [{ Id: pages, DomainName: !GetAtt Pages.RegionalDomainName, OriginAccessControlId: !ImportValue access, S3OriginConfig: {} }]
        DefaultCacheBehavior: { TargetOriginId: pages, ViewerProtocolPolicy: redirect-to-https, AllowedMethods: [GET, HEAD], ResponseHeadersPolicyId: !ImportValue headers, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6 }
`,
  },
  mutants: [
    { name: 'a station may do all', rule: 'ThingPolicyBreadth', change: ({ Stations }) => { statement(Stations, 'Station').Action = 'iot:*'; } },
    { name: 'a station publishes for all', rule: 'ThingPolicyBreadth', change: ({ Stations }) => { statement(Stations, 'Station', 1).Resource = '*'; } },
    { name: 'whatever is said counts', rule: 'TopicRuleBreadth', change: ({ Stations }) => { payload(Stations).Sql = "SELECT topic() AS t, * FROM '+/#'"; } },
    { name: 'what cannot be put is forgotten', rule: 'TopicErrorAction', change: ({ Stations }) => { delete payload(Stations).ErrorAction; } },
    { name: 'what is heard is said again', rule: 'TopicRuleLoop', change: ({ Stations }) => { payload(Stations).Actions.push({ Republish: { Topic: 'stations/${topic(2)}/readings', RoleArn: 'arn' } }); } },
    { name: 'readings go to a host in the clear', rule: 'OutboundPlainText', change: ({ Stations }) => { payload(Stations).Actions.push({ Http: { Url: { 'Fn::Join': ['', ['http://', 'example.org/r']] } } }); } },
    { name: 'maps come in the clear', rule: 'OutboundPlainText', change: ({ Stations }) => { properties(Stations, 'Maps').HttpConfig.Endpoint = 'http://maps.example.org'; } },
    { name: 'the stream is under a key of Kinesis', rule: 'StreamCustomerKey', change: ({ Stations }) => { properties(Stations, 'Stream').StreamEncryption.KeyId = 'alias/aws/kinesis'; } },
    { name: 'the lake is under a key that AWS owns', rule: 'StreamCustomerKey', change: ({ Stations }) => { properties(Stations, 'Lake').DeliveryStreamEncryptionConfigurationInput = { KeyType: 'AWS_OWNED_CMK' }; } },
    { name: 'the lake says nothing', rule: 'DeliveryLogging', change: ({ Stations }) => { delete properties(Stations, 'Lake').ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions; } },
    { name: 'alerts go to a bus of somebody else', rule: 'TargetForeignAccount', change: ({ Stations }) => { properties(Stations, 'Alerts').Targets[0].Arn = { 'Fn::Sub': `arn:aws:events:\${AWS::Region}:${THEM}:event-bus/x` }; } },
    { name: 'a pipe leads to a queue of somebody else', rule: 'TargetForeignAccount', change: ({ Stations }) => { addResource(Stations, 'Pipe', 'AWS::Pipes::Pipe', { RoleArn: { 'Fn::ImportValue': 'pipe' }, Source: { 'Fn::GetAtt': ['Stream', 'Arn'] }, Target: `arn:aws:sqs:eu-west-1:${THEM}:q` }); } },
    { name: 'the queue takes nothing from the rule', rule: 'FailureQueueRights', change: ({ Stations }) => { properties(Stations, 'LostPolicy').PolicyDocument.Statement.pop(); } },
    { name: 'any client of the pool asks', rule: 'GraphqlTokenClients', change: ({ Stations }) => { delete properties(Stations, 'Graph').UserPoolConfig.AppIdClientRegex; } },
    { name: 'the issuer is believed in the clear', rule: 'GraphqlTokenClients', change: ({ Stations }) => { providers(Stations)[0].OpenIDConnectConfig.Issuer = 'http://login.example.org'; } },
    { name: 'whatever is sent wakes the authorizer', rule: 'GraphqlTokenPattern', change: ({ Stations }) => { providers(Stations)[1].LambdaAuthorizerConfig.IdentityValidationExpression = '.+'; } },
    { name: 'what is asked stands in the key', rule: 'GraphqlTemplateInput', change: ({ Stations }) => { properties(Stations, 'Station2').RequestMappingTemplate = '{ "operation": "GetItem", "key": { "station": { "S": "${context.arguments.id}" } } }'; } },
    { name: 'a question may delete', rule: 'GraphqlSourceRights', change: ({ Stations }) => { properties(Stations, 'Reader').Policies[0].PolicyDocument.Statement[0].Action = ['dynamodb:GetItem', 'dynamodb:DeleteItem']; } },
    { name: 'images move under their tag', rule: 'ImageRepositoryChecks', change: ({ Stations }) => { delete properties(Stations, 'Images').ImageTagMutability; } },
    { name: 'visitors may write to the bucket', rule: 'OriginBucketMethods', change: ({ Stations }) => { properties(Stations, 'Front').DistributionConfig.DefaultCacheBehavior.AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']; } },
  ],
  variants: [
    { name: 'what is heard is said elsewhere', change: ({ Stations }) => { payload(Stations).Actions.push({ Republish: { Topic: 'maps/${topic(2)}', RoleArn: 'arn' } }); } },
    { name: 'any client that is the thing', change: ({ Stations }) => { Object.assign(statement(Stations, 'Station'), { Resource: '*', Condition: { Bool: { 'iot:Connection.Thing.IsAttached': ['true'] } } }); } },
    { name: 'pages answer preflights', change: ({ Stations }) => { properties(Stations, 'Front').DistributionConfig.DefaultCacheBehavior.AllowedMethods = ['GET', 'HEAD', 'OPTIONS']; } },
    { name: 'a mutation with the same rights', change: ({ Stations }) => { properties(Stations, 'Reader').Policies[0].PolicyDocument.Statement[0].Action = 'dynamodb:PutItem'; properties(Stations, 'Station2').TypeName = 'Mutation'; } },
    { name: 'a number from the caller', change: ({ Stations }) => { properties(Stations, 'Station2').RequestMappingTemplate = '{ "operation": "Scan", "limit": $util.defaultIfNull($ctx.args.limit, 20), "nextToken": $util.toJson($ctx.args.token) }'; } },
    { name: 'images move under one tag', change: ({ Stations }) => { properties(Stations, 'Images').ImageTagMutability = 'IMMUTABLE_WITH_EXCLUSION'; } },
  ],
};

function statement(template: Template, logicalId: string, index = 0): Record<string, any> {
  return properties(template, logicalId).PolicyDocument.Statement[index] as Record<string, any>;
}

function payload(template: Template): Record<string, any> {
  return resourceOf(template, 'Readings').Properties.TopicRulePayload as Record<string, any>;
}

function providers(template: Template): any[] {
  return properties(template, 'Graph').AdditionalAuthenticationProviders;
}

export const OUTWARD_SEEDS: readonly Seed[] = [STATIONS];
