import { add, BlindSeed, breach, fault, prop, safe, statements, trust } from '../support';

const ROOT = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Root stack of the gallery
Parameters:
  env: { Type: String, Default: main }
Resources:
  AuthRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Federated: cognito-identity.amazonaws.com }
            Action: sts:AssumeRoleWithWebIdentity
            Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': !GetAtt auth.Outputs.IdentityPoolId }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': authenticated } }
      Policies:
        - PolicyName: uploads
          PolicyDocument:
            Version: '2012-10-17'
            Statement: [{ Effect: Allow, Action: [s3:GetObject], Resource: !Join ['', [!GetAtt storage.Outputs.BucketArn, '/public/*']] }]
  auth:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://s3.amazonaws.com/amplify-gallery-main/auth.json
      Parameters: { flows: 'ALLOW_USER_SRP_AUTH,ALLOW_REFRESH_TOKEN_AUTH', callback: 'https://gallery.example.org/signed-in', minLength: 14, mfa: 'ON', googleSecretArn: !ImportValue google-secret-arn, guests: 'false' }
  storage:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: https://s3.amazonaws.com/amplify-gallery-main/storage.json, Parameters: { site: 'https://gallery.example.org', keyArn: !ImportValue gallery-key } }
  api:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: https://s3.amazonaws.com/amplify-gallery-main/api.json, Parameters: { userPoolId: !GetAtt auth.Outputs.UserPoolId, introspection: DISABLED, depth: 8, verbose: 'false', keyArn: !ImportValue gallery-key } }
`;

const AUTH = `
Parameters:
  flows: { Type: CommaDelimitedList }
  callback: { Type: CommaDelimitedList }
  minLength: { Type: Number }
  mfa: { Type: String }
  googleSecretArn: { Type: String }
  guests: { Type: String, AllowedValues: ['true', 'false'] }
Resources:
  UserPool:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      UserPoolName: gallery
      UsernameAttributes: [email]
      AutoVerifiedAttributes: [email]
      MfaConfiguration: !Ref mfa
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
      DeletionProtection: ACTIVE
      UserPoolTier: PLUS
      UserPoolAddOns: { AdvancedSecurityMode: ENFORCED }
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: verified_email, Priority: 1 }] }
      Schema: [{ Name: email, AttributeDataType: String, Required: true, Mutable: true }, { Name: role, AttributeDataType: String, Mutable: true }]
      Policies: { PasswordPolicy: { MinimumLength: !Ref minLength, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true, TemporaryPasswordValidityDays: 3 } }
  Google:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties:
      UserPoolId: !Ref UserPool
      ProviderName: Google
      ProviderType: Google
      AttributeMapping: { email: email }
      ProviderDetails: { client_id: 1234-abc.apps.googleusercontent.com, client_secret: !Sub '{{resolve:secretsmanager:\${googleSecretArn}:SecretString:secret}}', authorize_scopes: openid email }
  UserPoolClientWeb:
    Type: AWS::Cognito::UserPoolClient
    DependsOn: Google
    Properties:
      UserPoolId: !Ref UserPool
      ExplicitAuthFlows: !Ref flows
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [code]
      AllowedOAuthScopes: [openid, email]
      CallbackURLs: !Ref callback
      SupportedIdentityProviders: [COGNITO, Google]
      PreventUserExistenceErrors: ENABLED
      EnableTokenRevocation: true
      AccessTokenValidity: 15
      IdTokenValidity: 15
      RefreshTokenValidity: 10
      TokenValidityUnits: { AccessToken: minutes, IdToken: minutes, RefreshToken: days }
      ReadAttributes: [email]
      WriteAttributes: [email]
  Guard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !GetAtt UserPool.Arn, WebACLArn: !ImportValue gallery-acl } }
  IdentityPool:
    Type: AWS::Cognito::IdentityPool
    Properties: { AllowUnauthenticatedIdentities: !Ref guests, CognitoIdentityProviders: [{ ClientId: !Ref UserPoolClientWeb, ProviderName: !Sub 'cognito-idp.\${AWS::Region}.amazonaws.com/\${UserPool}', ServerSideTokenCheck: true }] }
Outputs:
  UserPoolId: { Value: !Ref UserPool }
  IdentityPoolId: { Value: !Ref IdentityPool }
`;

const STORAGE = `
Parameters:
  site: { Type: String }
  keyArn: { Type: String }
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    DependsOn: BucketMayCall
    Properties:
      BucketName: !Sub 'gallery-\${AWS::AccountId}-pictures'
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: !Ref keyArn } }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      VersioningConfiguration: { Status: Enabled }
      LoggingConfiguration: { DestinationBucketName: !ImportValue access-logs, LogFilePrefix: gallery/ }
      LifecycleConfiguration: { Rules: [{ Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] }
      CorsConfiguration: { CorsRules: [{ AllowedMethods: [GET, HEAD], AllowedOrigins: [!Ref site], AllowedHeaders: ['authorization', 'x-amz-date'], MaxAge: 3000 }] }
      NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: !GetAtt Trigger.Arn, Filter: { S3Key: { Rules: [{ Name: prefix, Value: incoming/ }] } } }] }
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Bucket.Arn, !Sub '\${Bucket.Arn}/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] }
  BucketMayCall: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Trigger, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com, SourceAccount: !Ref AWS::AccountId, SourceArn: !Sub 'arn:\${AWS::Partition}:s3:::gallery-\${AWS::AccountId}-pictures' } }
  TriggerFailed: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: !Ref keyArn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } } }
  TriggerFailedPolicy: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref TriggerFailed], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } } }
  TriggerLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !Ref keyArn } }
  TriggerRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt TriggerLogs.Arn }
              - { Effect: Allow, Action: s3:GetObject, Resource: !Sub 'arn:\${AWS::Partition}:s3:::gallery-\${AWS::AccountId}-pictures/incoming/*' }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt TriggerFailed.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !Ref keyArn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 's3.\${AWS::Region}.amazonaws.com', !Sub 'sqs.\${AWS::Region}.amazonaws.com'] } } }
  Trigger:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt TriggerRole.Arn
      Runtime: nodejs22.x
      Handler: index.handler
      Timeout: 25
      MemorySize: 256
      ReservedConcurrentExecutions: 10
      TracingConfig: { Mode: Active }
      Code: { S3Bucket: amplify-gallery-main, S3Key: amplify-builds/trigger.zip }
      DeadLetterConfig: { TargetArn: !GetAtt TriggerFailed.Arn }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref TriggerLogs }
  TriggerErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Trigger }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  TriggerThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Trigger }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  TriggerLost: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt TriggerFailed.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
Outputs:
  BucketArn: { Value: !GetAtt Bucket.Arn }
`;

const API = `
Parameters:
  userPoolId: { Type: String }
  introspection: { Type: String }
  depth: { Type: Number }
  verbose: { Type: String }
  keyArn: { Type: String }
Conditions:
  Verbose: !Equals [!Ref verbose, 'true']
Resources:
  LogRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: appsync.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
  LogPolicy: { Type: AWS::IAM::Policy, Properties: { PolicyName: logs, Roles: [!Ref LogRole], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt ApiLogs.Arn }] } } }
  GraphQLAPI:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: gallery
      AuthenticationType: AMAZON_COGNITO_USER_POOLS
      UserPoolConfig: { UserPoolId: !Ref userPoolId, AwsRegion: !Ref AWS::Region, DefaultAction: ALLOW }
      AdditionalAuthenticationProviders: [{ AuthenticationType: AWS_IAM }]
      IntrospectionConfig: !Ref introspection
      QueryDepthLimit: !Ref depth
      ResolverCountLimit: 100
      XrayEnabled: true
      LogConfig: { CloudWatchLogsRoleArn: !GetAtt LogRole.Arn, FieldLogLevel: ERROR, ExcludeVerboseContent: !If [Verbose, false, true] }
  ApiLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: !Sub '/aws/appsync/apis/\${GraphQLAPI.ApiId}', RetentionInDays: 365, KmsKeyId: !Ref keyArn } }
  Guard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !GetAtt GraphQLAPI.Arn, WebACLArn: !ImportValue gallery-acl } }
  Schema: { Type: AWS::AppSync::GraphQLSchema, Properties: { ApiId: !GetAtt GraphQLAPI.ApiId, Definition: 'type Picture { id: ID! owner: String! } type Query { picture(id: ID!): Picture } type Mutation { add(id: ID!): Picture }' } }
  PictureTable:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !Ref keyArn }
  PictureIAMRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: appsync.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies:
        - PolicyName: table
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [dynamodb:GetItem, dynamodb:PutItem], Resource: !GetAtt PictureTable.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !Ref keyArn, Condition: { StringEquals: { 'kms:ViaService': !Sub 'dynamodb.\${AWS::Region}.amazonaws.com' } } }
  PictureDataSource: { Type: AWS::AppSync::DataSource, Properties: { ApiId: !GetAtt GraphQLAPI.ApiId, Name: PictureTable, Type: AMAZON_DYNAMODB, ServiceRoleArn: !GetAtt PictureIAMRole.Arn, DynamoDBConfig: { TableName: !Ref PictureTable, AwsRegion: !Ref AWS::Region } } }
  GetPicture:
    Type: AWS::AppSync::Resolver
    DependsOn: Schema
    Properties: { ApiId: !GetAtt GraphQLAPI.ApiId, TypeName: Query, FieldName: picture, DataSourceName: !GetAtt PictureDataSource.Name, RequestMappingTemplate: '{"version":"2018-05-29","operation":"GetItem","key":{"id":$util.dynamodb.toDynamoDBJson($ctx.args.id)}}', ResponseMappingTemplate: $util.toJson($ctx.result) }
`;

const client = 'UserPoolClientWeb';

/** Three nested stacks under a root that hands them what decides: most faults stand in the root and show in a child. */
export const GALLERY: BlindSeed = {
  name: 'A gallery as Amplify deploys it, in nested stacks, with GraphQL',
  style: 'nested',
  nested: { Auth: { id: 'Root', logicalId: 'auth' }, Storage: { id: 'Root', logicalId: 'storage' }, Api: { id: 'Root', logicalId: 'api' } },
  stacks: { Root: ROOT, Auth: AUTH, Storage: STORAGE, Api: API },
  mutants: [
    fault('G30', 'who is only a guest of the pool of identities takes on the role of members', ({ Root }) => { delete trust(Root, 'AuthRole')[0].Condition['ForAnyValue:StringLike']; }),
    fault('G30', 'identities of any pool take on the role, since the pool may be any', ({ Root }) => { trust(Root, 'AuthRole')[0].Condition = { 'StringLike': { 'cognito-identity.amazonaws.com:aud': '*' }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }; }),
    fault('G39', 'members write to the folder whose objects call the function', ({ Root }) => {
      const [read] = statements(Root, 'AuthRole');
      statements(Root, 'AuthRole').push({ ...read, Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['storage', 'Outputs.BucketArn'] }, '/incoming/*']] } });
    }),
    fault('G81', 'passwords travel as they are, by what the root hands over', ({ Root }) => { prop(Root, 'auth').Parameters.flows += ',ALLOW_USER_PASSWORD_AUTH'; }),
    fault('G80', 'tokens go to an address that anybody may serve, by what the root hands over', ({ Root }) => { prop(Root, 'auth').Parameters.callback += ',http://gallery.example.org/signed-in'; }),
    fault('G80', 'tokens stand in the address bar', ({ Auth }) => { prop(Auth, client).AllowedOAuthFlows = ['code', 'implicit']; }),
    fault('G80', 'a token of the site may change the profile of its user', ({ Auth }) => { prop(Auth, client).AllowedOAuthScopes.push('aws.cognito.signin.user.admin'); }),
    fault('G82', 'the pool tells who has an account: the setting is the old one', ({ Auth }) => { prop(Auth, client).PreventUserExistenceErrors = 'LEGACY'; }),
    fault('G82', 'tokens cannot be taken back, by a text', ({ Auth }) => { prop(Auth, client).EnableTokenRevocation = 'false'; }),
    fault('G83', 'fifteen is hours where the units are left out', ({ Auth }) => { delete prop(Auth, client).TokenValidityUnits; }),
    fault('G84', 'users write the attribute that says what they may do', ({ Auth }) => { prop(Auth, client).WriteAttributes = ['email', 'custom:role']; }),
    fault('G84', 'users write every attribute, since no list is given', ({ Auth }) => { delete prop(Auth, client).WriteAttributes; }),
    fault('G85', 'whoever has the telephone has the account', ({ Auth }) => { prop(Auth, 'UserPool').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: 1 }]; }),
    fault('G85', 'the second factor is a text message', ({ Auth }) => { prop(Auth, 'UserPool').EnabledMfas = ['SMS_MFA']; }),
    fault('G06', 'the secret that Google gave stands in the template, split in two', ({ Auth }) => { prop(Auth, 'Google').ProviderDetails.client_secret = { 'Fn::Join': ['', ['GOCSPX-', 'a8Fq2Lx9Zt0PwKd71mNsVb3']] }; }),
    fault('G86', 'the schema is told to whoever asks, by what the root hands over', ({ Root }) => { prop(Root, 'api').Parameters.introspection = 'ENABLED'; }),
    fault('G86', 'queries may be as deep as anybody likes, by what the root hands over', ({ Root }) => { prop(Root, 'api').Parameters.depth = '0'; }),
    fault('G70', 'the log of the API holds headers and contents, by what the root hands over', ({ Root }) => { prop(Root, 'api').Parameters.verbose = 'true'; }),
    breach('cognito.mfa', 'no second factor, by what the root hands over', ({ Root }) => { prop(Root, 'auth').Parameters.mfa = 'OFF'; }),
    breach('cognito.password', 'passwords of six letters, by what the root hands over', ({ Root }) => { prop(Root, 'auth').Parameters.minLength = '6'; }),
    breach('cognito.guest', 'guests get identities, by what the root hands over', ({ Root }) => { prop(Root, 'auth').Parameters.guests = 'true'; }),
    breach('cognito.deletion', 'the pool may be deleted with all users', ({ Auth }) => { prop(Auth, 'UserPool').DeletionProtection = 'INACTIVE'; }),
    breach('cognito.self-registration', 'anybody makes an account, by a text', ({ Auth }) => { prop(Auth, 'UserPool').AdminCreateUserConfig.AllowAdminCreateUserOnly = 'false'; }),
    breach('cognito.threat', 'stolen passwords are noticed and not refused', ({ Auth }) => { prop(Auth, 'UserPool').UserPoolAddOns.AdvancedSecurityMode = 'AUDIT'; }),
    breach('appsync.api-key', 'a key that stands in every page opens the API too', ({ Api }) => {
      prop(Api, 'GraphQLAPI').AdditionalAuthenticationProviders.push({ AuthenticationType: 'API_KEY' });
      add(Api, 'GraphQLAPIKey', 'AWS::AppSync::ApiKey', { ApiId: { 'Fn::GetAtt': ['GraphQLAPI', 'ApiId'] } });
    }),
    breach('appsync.logging', 'the API logs nothing', ({ Api }) => { delete prop(Api, 'GraphQLAPI').LogConfig; }),
    breach('appsync.xray', 'the API is not traced, by a text', ({ Api }) => { prop(Api, 'GraphQLAPI').XrayEnabled = 'false'; }),
    breach('appsync.waf', 'the firewall stands before an API of another id', ({ Api }) => { prop(Api, 'Guard').ResourceArn = { 'Fn::Sub': 'arn:${AWS::Partition}:appsync:${AWS::Region}:${AWS::AccountId}:apis/oldgalleryapi' }; }),
    breach('appsync.cache-rest', 'answers rest in a cache unencrypted', ({ Api }) => { add(Api, 'Cache', 'AWS::AppSync::ApiCache', { ApiId: { 'Fn::GetAtt': ['GraphQLAPI', 'ApiId'] }, ApiCachingBehavior: 'PER_RESOLVER_CACHING', Type: 'SMALL', Ttl: 60, TransitEncryptionEnabled: true, AtRestEncryptionEnabled: 'false' }); }),
    breach('s3.cors', 'pages of any site may use the bucket, by what the root hands over', ({ Root }) => { prop(Root, 'storage').Parameters.site = '*'; }),
    breach('lambda.dlq', 'pictures whose function fails are forgotten', ({ Storage }) => { delete prop(Storage, 'Trigger').DeadLetterConfig; }),
    breach('appsync.cache-transit', 'answers travel to a cache in the clear', ({ Api }) => { add(Api, 'Cache', 'AWS::AppSync::ApiCache', { ApiId: { 'Fn::GetAtt': ['GraphQLAPI', 'ApiId'] }, ApiCachingBehavior: 'PER_RESOLVER_CACHING', Type: 'SMALL', Ttl: 60, AtRestEncryptionEnabled: true }); }),
    breach('cognito.waf', 'no firewall stands before the sign-in', ({ Auth }) => { delete Auth.Resources.Guard; }),
  ],
  variants: [
    safe('members write to a folder that calls nobody', ({ Root }) => { statements(Root, 'AuthRole').push({ Effect: 'Allow', Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['storage', 'Outputs.BucketArn'] }, '/private/${cognito-identity.amazonaws.com:sub}/*']] } }); }),
    safe('the machine of a developer as a second address for tokens', ({ Root }) => { prop(Root, 'auth').Parameters.callback += ',http://localhost:3000/signed-in'; }),
    safe('one hour, in hours', ({ Auth }) => { Object.assign(prop(Auth, client), { AccessTokenValidity: 1, IdTokenValidity: 1, TokenValidityUnits: { RefreshToken: 'days' } }); }),
    safe('what the root hands over, the child says itself', ({ Auth }) => {
      Object.assign(prop(Auth, 'UserPool'), { MfaConfiguration: 'ON' });
      prop(Auth, 'UserPool').Policies.PasswordPolicy.MinimumLength = '16';
      prop(Auth, 'IdentityPool').AllowUnauthenticatedIdentities = 'false';
    }),
    safe('the attribute that says what users may do is written by administrators alone', ({ Auth }) => { prop(Auth, client).ReadAttributes = ['email', 'custom:role']; }),
    safe('the trust of the role as a list', ({ Root }) => {
      const [statement] = trust(Root, 'AuthRole');
      statement.Principal.Federated = ['cognito-identity.amazonaws.com'];
      statement.Condition['ForAnyValue:StringLike']['cognito-identity.amazonaws.com:amr'] = ['authenticated'];
    }),
    safe('the function writes beside the folder that calls it', ({ Storage }) => { statements(Storage, 'TriggerRole').push({ Effect: 'Allow', Action: 's3:PutObject', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::gallery-${AWS::AccountId}-pictures/thumbnails/*' } }); }),
  ],
};
