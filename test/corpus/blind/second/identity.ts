import { allow, att, BlindSeed, doc, find, iff, join, m, ref, sub, v, yaml } from './kit';

const CLUB = yaml(`
Parameters:
  Stage: {Type: String, Default: prod}
  GoogleSecretArn: {Type: String}
Mappings:
  Auth: {prod: {Guests: 'false', Errors: ENABLED, Introspection: DISABLED, Access: '15'}, dev: {Guests: 'false', Errors: ENABLED, Introspection: ENABLED, Access: '60'}}
Conditions:
  Prod: !Equals [!Ref Stage, prod]
Resources:
  Key: {Type: AWS::KMS::Key, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {EnableKeyRotation: true, KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::@{AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}}}
  Pool:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      UserPoolTier: PLUS
      MfaConfiguration: 'ON'
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
      DeletionProtection: ACTIVE
      UserPoolAddOns: {AdvancedSecurityMode: ENFORCED}
      AdminCreateUserConfig: {AllowAdminCreateUserOnly: true}
      AccountRecoverySetting: {RecoveryMechanisms: [{Name: verified_email, Priority: 1}]}
      Policies: {PasswordPolicy: {MinimumLength: 14, RequireLowercase: true, RequireNumbers: true, RequireSymbols: true, RequireUppercase: true, TemporaryPasswordValidityDays: 3}}
      Schema: [{Name: role, AttributeDataType: String, Mutable: true}, {Name: nick, AttributeDataType: String, Mutable: true}]
  Google: {Type: AWS::Cognito::UserPoolIdentityProvider, Properties: {UserPoolId: !Ref Pool, ProviderName: Google, ProviderType: Google, AttributeMapping: {email: email}, ProviderDetails: {client_id: abc, client_secret: !Sub '{{resolve:secretsmanager:@{GoogleSecretArn}:SecretString:client}}', authorize_scopes: openid email}}}
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Pool
      GenerateSecret: false
      PreventUserExistenceErrors: !FindInMap [Auth, !Ref Stage, Errors]
      EnableTokenRevocation: true
      ExplicitAuthFlows: [ALLOW_USER_SRP_AUTH]
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [code]
      AllowedOAuthScopes: [openid, email]
      CallbackURLs: ['https://club.example.net/cb']
      LogoutURLs: ['https://club.example.net/']
      SupportedIdentityProviders: [COGNITO, Google]
      WriteAttributes: [email, 'custom:nick']
      ReadAttributes: [email, 'custom:role', 'custom:nick']
      AccessTokenValidity: !FindInMap [Auth, !Ref Stage, Access]
      IdTokenValidity: 15
      RefreshTokenValidity: 7
      TokenValidityUnits: {AccessToken: minutes, IdToken: minutes, RefreshToken: days}
      RefreshTokenRotation: {Feature: ENABLED, RetryGracePeriodSeconds: 10}
  Identities: {Type: AWS::Cognito::IdentityPool, Properties: {AllowUnauthenticatedIdentities: !FindInMap [Auth, !Ref Stage, Guests], AllowClassicFlow: false, CognitoIdentityProviders: [{ClientId: !Ref Web, ProviderName: !GetAtt Pool.ProviderName, ServerSideTokenCheck: true}]}}
  Member:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Federated: cognito-identity.amazonaws.com}, Action: 'sts:AssumeRoleWithWebIdentity', Condition: {StringEquals: {'cognito-identity.amazonaws.com:aud': !Ref Identities}, 'ForAnyValue:StringLike': {'cognito-identity.amazonaws.com:amr': authenticated}}}]}
      Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'appsync:GraphQL', Resource: !Sub '@{Api.Arn}/types/Query/fields/club'}]}}]
  Attach: {Type: AWS::Cognito::IdentityPoolRoleAttachment, Properties: {IdentityPoolId: !Ref Identities, Roles: {authenticated: !GetAtt Member.Arn}}}
  LogRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: appsync.amazonaws.com}, Action: 'sts:AssumeRole', Condition: {StringEquals: {'aws:SourceAccount': !Ref AWS::AccountId}}}]}
  LogRights: {Type: AWS::IAM::Policy, Properties: {PolicyName: logs, Roles: [!Ref LogRole], PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !Sub 'arn:aws:logs:@{AWS::Region}:@{AWS::AccountId}:log-group:/aws/appsync/apis/@{Api.ApiId}:*'}]}}}
  Api:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: club
      AuthenticationType: AMAZON_COGNITO_USER_POOLS
      UserPoolConfig: {UserPoolId: !Ref Pool, AwsRegion: !Ref AWS::Region, DefaultAction: ALLOW, AppIdClientRegex: !Ref Web}
      AdditionalAuthenticationProviders: [{AuthenticationType: AWS_IAM}]
      IntrospectionConfig: !FindInMap [Auth, !Ref Stage, Introspection]
      QueryDepthLimit: 6
      ResolverCountLimit: 50
      XrayEnabled: true
      LogConfig: {FieldLogLevel: ERROR, ExcludeVerboseContent: true, CloudWatchLogsRoleArn: !GetAtt LogRole.Arn}
  Acl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: club, SampledRequestsEnabled: false}
      Rules:
        - {Name: a, Priority: 0, OverrideAction: {None: {}}, Statement: {ManagedRuleGroupStatement: {VendorName: AWS, Name: AWSManagedRulesCommonRuleSet}}, VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: a, SampledRequestsEnabled: false}}
        - {Name: k, Priority: 1, OverrideAction: {None: {}}, Statement: {ManagedRuleGroupStatement: {VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet}}, VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: k, SampledRequestsEnabled: false}}
        - {Name: b, Priority: 2, Action: {Block: {}}, Statement: {RateBasedStatement: {Limit: 500, AggregateKeyType: IP}}, VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: b, SampledRequestsEnabled: false}}
  AclOnApi: {Type: AWS::WAFv2::WebACLAssociation, Properties: {WebACLArn: !GetAtt Acl.Arn, ResourceArn: !GetAtt Api.Arn}}
  AclOnPool: {Type: AWS::WAFv2::WebACLAssociation, Properties: {WebACLArn: !GetAtt Acl.Arn, ResourceArn: !GetAtt Pool.Arn}}
  Files:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption: {ServerSideEncryptionConfiguration: [{BucketKeyEnabled: true, ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn}}]}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
      OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
      VersioningConfiguration: {Status: Enabled}
      LoggingConfiguration: {DestinationBucketName: !ImportValue access-logs}
      LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}
  FilesPolicy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Files, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Files.Arn, !Sub '@{Files.Arn}/*'], Condition: {Bool: {'aws:SecureTransport': 'false'}}}]}}}
`);

export const IDENTITY: BlindSeed = {
  name: 'two: club, Cognito and AppSync',
  style: 'yaml',
  stacks: { club: CLUB },
  mutants: [
    m('G05', 'the parameter of the client secret is plain', (h) => { h.t.Parameters.GoogleClientSecret = { Type: 'String' }; h.p('Google').ProviderDetails.client_secret = ref('GoogleClientSecret'); }),
    m('G06', 'the client secret comes from a mapping', (h) => { h.t.Mappings.Auth.prod.Google = 'GOCSPX-abcDEF123'; h.t.Mappings.Auth.dev.Google = 'GOCSPX-x'; h.p('Google').ProviderDetails.client_secret = find('Auth', ref('Stage'), 'Google'); }),
    m('G06', 'an AppSync variable holds a token', (h) => { h.p('Api').EnvironmentVariables = { CRM_TOKEN: sub('tok-@{Stage}-8f21') }; }),
    m('G30', 'the member role has no amr condition', (h) => { delete h.p('Member').AssumeRolePolicyDocument.Statement[0].Condition['ForAnyValue:StringLike']; }),
    m('G30', 'the amr of the member role is unauthenticated', (h) => { h.p('Member').AssumeRolePolicyDocument.Statement[0].Condition['ForAnyValue:StringLike']['cognito-identity.amazonaws.com:amr'] = ['unauthenticated', 'authenticated']; }),
    m('G30', 'the audience may be any pool', (h) => { h.p('Member').AssumeRolePolicyDocument.Statement[0].Condition = { 'StringLike': { 'cognito-identity.amazonaws.com:aud': '*' }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }; }),
    m('G39', 'a member may put objects that wake a function of another stack', (h) => {
      h.p('Files').NotificationConfiguration = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: sub('arn:aws:lambda:@{AWS::Region}:@{AWS::AccountId}:function:scan') }] };
      h.p('Member').Policies[0].PolicyDocument.Statement.push(allow('s3:PutObject', sub('@{Files.Arn}/*')));
    }),
    m('G39', 'a member may put objects that wake a function of this stack', (h) => {
      h.add('Scan', 'AWS::Lambda::Function', { Runtime: 'nodejs22.x', Handler: 'a.b', Role: 'arn:aws:iam::111122223333:role/scan', Code: { S3Bucket: 'b', S3Key: 'k' }, Timeout: 10, MemorySize: 128, ReservedConcurrentExecutions: 1 });
      h.p('Files').NotificationConfiguration = { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att('Scan') }] };
      h.p('Member').Policies[0].PolicyDocument.Statement.push(allow('s3:PutObject', sub('@{Files.Arn}/*')));
    }),
    m('G70', 'AppSync logs bodies', (h) => { h.p('Api').LogConfig.ExcludeVerboseContent = 'false'; h.p('Api').LogConfig.FieldLogLevel = 'ALL'; }),
    m('G80', 'the implicit flow in prod', (h) => { h.p('Web').AllowedOAuthFlows = iff('Prod', ['code', 'implicit'], ['code']); }),
    m('G80', 'a callback by http', (h) => h.p('Web').CallbackURLs.push(join('', ['http', '://club.example.net/cb']))),
    m('G80', 'tokens may change the user', (h) => h.p('Web').AllowedOAuthScopes.push('aws.cognito.signin.user.admin')),
    m('G81', 'the password in the clear', (h) => h.p('Web').ExplicitAuthFlows.push('ALLOW_USER_PASSWORD_AUTH')),
    m('G81', 'the old name of the admin flow', (h) => { h.p('Web').ExplicitAuthFlows = ['ADMIN_NO_SRP_AUTH']; }),
    m('G82', 'the mapping answers in the old way', (h) => { h.t.Mappings.Auth.prod.Errors = 'LEGACY'; }),
    m('G82', 'no revocation', (h) => { h.p('Web').EnableTokenRevocation = 'false'; }),
    m('G83', 'the access token lasts a day by the mapping', (h) => { h.t.Mappings.Auth.prod.Access = '1440'; }),
    m('G83', 'the refresh token lasts 90 of the default unit', (h) => { h.p('Web').RefreshTokenValidity = 90; delete h.p('Web').TokenValidityUnits.RefreshToken; }),
    m('G83', 'the id token lasts ten hours', (h) => { h.p('Web').IdTokenValidity = '10'; h.p('Web').TokenValidityUnits.IdToken = 'hours'; }),
    m('G84', 'the client may write the role', (h) => h.p('Web').WriteAttributes.push('custom:role')),
    m('G84', 'the client may write all attributes', (h) => { delete h.p('Web').WriteAttributes; }),
    m('G85', 'recovery by phone first', (h) => { h.p('Pool').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: '1' }]; }),
    m('G85', 'SMS is the only second factor', (h) => { h.p('Pool').EnabledMfas = ['SMS_MFA']; }),
    m('G86', 'introspection by the mapping', (h) => { h.t.Mappings.Auth.prod.Introspection = 'ENABLED'; }),
    m('G86', 'the depth is zero, a text', (h) => { h.p('Api').QueryDepthLimit = '0'; }),
    m('G62', 'each rule counts by an override of its parts', (h) => { const rules = h.p('Acl').Rules; rules[0].OverrideAction = { Count: {} }; rules[1].OverrideAction = { Count: {} }; rules[2].Action = { Count: {} }; }),
    m('G63', 'the rate rule is there, and the managed groups are gone', (h) => { h.p('Acl').Rules = [h.p('Acl').Rules[2]]; }),
    m('G76', 'the pool goes with the stack', (h) => { h.r('Pool').DeletionPolicy = 'Delete'; }),
    m('G78', 'the bucket has an access point for a foreign account', (h) => h.add('Point', 'AWS::S3::AccessPoint', { Bucket: ref('Files'), Policy: doc({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 's3:GetObject', Resource: sub('arn:aws:s3:@{AWS::Region}:@{AWS::AccountId}:accesspoint/p/object/*') }) })),
    m('G29', 'the trust of AppSync has lost its condition', (h) => { delete h.p('LogRole').AssumeRolePolicyDocument.Statement[0].Condition; }),
    m('G30', 'amr is asked for all values, which holds for none', (h) => { const [statement] = h.p('Member').AssumeRolePolicyDocument.Statement; statement.Condition['ForAllValues:StringLike'] = statement.Condition['ForAnyValue:StringLike']; delete statement.Condition['ForAnyValue:StringLike']; }),
    m('G80', 'a callback with a wildcard', (h) => { h.p('Web').CallbackURLs = ['https://*.club.example.net/cb']; }),
    m('G83', 'the refresh token is not rotated', (h) => { h.p('Web').RefreshTokenRotation.Feature = 'DISABLED'; }),
    m('G06', 'an AppSync API key lies in a variable by a parameter default', (h) => { h.t.Parameters.Crm = { Type: 'String', Default: 'k-1234-5678' }; h.p('Api').EnvironmentVariables = { CRM_API_KEY: ref('Crm') }; }),
  ],
  variants: [
    v('an audience in a list of one', (h) => { h.p('Member').AssumeRolePolicyDocument.Statement[0].Condition.StringEquals['cognito-identity.amazonaws.com:aud'] = [ref('Identities')]; }),
    v('callbacks on localhost by http, in a condition of the dev stage only', (h) => { h.p('Web').CallbackURLs = iff('Prod', ['https://club.example.net/cb'], ['https://club.example.net/cb', 'http://localhost:3000']); }),
    v('the word implicit in a name', (h) => { h.p('Web').ClientName = 'no-implicit-flow'; }),
    v('the refresh token of the old name: ALLOW_REFRESH_TOKEN_AUTH is no password flow', (h) => { delete h.p('Web').RefreshTokenRotation; h.p('Web').RefreshTokenRotation = { Feature: 'ENABLED' }; h.p('Web').ExplicitAuthFlows = ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH']; }),
    v('one hour said in seconds', (h) => { h.p('Web').IdTokenValidity = 3600; h.p('Web').TokenValidityUnits.IdToken = 'seconds'; }),
    v('the refresh token lasts a day said in hours', (h) => { h.p('Web').RefreshTokenValidity = '24'; h.p('Web').TokenValidityUnits.RefreshToken = 'hours'; }),
    v('the role attribute cannot be changed, and the client writes it nowhere', (h) => { h.p('Pool').Schema[0].Mutable = false; }),
    v('an attribute that is no right, written', (h) => { h.p('Pool').Schema.push({ Name: 'colour', AttributeDataType: 'String', Mutable: true }); h.p('Web').WriteAttributes.push('custom:colour'); }),
    v('recovery by an administrator alone', (h) => { h.p('Pool').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'admin_only', Priority: 1 }]; }),
    v('recovery with the phone after the e-mail', (h) => h.p('Pool').AccountRecoverySetting.RecoveryMechanisms.push({ Name: 'verified_phone_number', Priority: 2 })),
    v('SMS and software tokens', (h) => { h.p('Pool').EnabledMfas = ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP']; }),
    v('introspection in dev only', (h) => { h.p('Api').IntrospectionConfig = iff('Prod', 'DISABLED', 'ENABLED'); }),
    v('depths as texts', (h) => { h.p('Api').QueryDepthLimit = '6'; h.p('Api').ResolverCountLimit = '50'; }),
    v('verbose content is excluded, a text', (h) => { h.p('Api').LogConfig.ExcludeVerboseContent = 'true'; }),
    v('an AppSync variable is a pointer', (h) => { h.p('Api').EnvironmentVariables = { CRM_SECRET_ARN: ref('GoogleSecretArn') }; }),
    v('the client secret of the provider by NoEcho', (h) => { h.t.Parameters.GoogleClientSecret = { Type: 'String', NoEcho: true }; h.p('Google').ProviderDetails.client_secret = ref('GoogleClientSecret'); }),
    v('guests are explicitly no guests', (h) => { h.p('Identities').AllowUnauthenticatedIdentities = false; }),
    v('members may put objects under their own prefix, where nothing wakes', (h) => h.p('Member').Policies[0].PolicyDocument.Statement.push(allow('s3:PutObject', sub('@{Files.Arn}/@{!cognito-identity.amazonaws.com:sub}/*')))),
    v('an access point of the own account only, in a VPC', (h) => h.add('Point', 'AWS::S3::AccessPoint', { Bucket: ref('Files'), VpcConfiguration: { VpcId: 'vpc-0123456789abcdef0' }, PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }, Policy: doc({ Effect: 'Allow', Principal: { AWS: att('Member') }, Action: 's3:GetObject', Resource: sub('arn:aws:s3:@{AWS::Region}:@{AWS::AccountId}:accesspoint/p/object/*') }) })),
    v('amr as a list of one, authenticated', (h) => { h.p('Member').AssumeRolePolicyDocument.Statement[0].Condition['ForAnyValue:StringLike']['cognito-identity.amazonaws.com:amr'] = ['authenticated']; }),
    v('amr by equality', (h) => { const [statement] = h.p('Member').AssumeRolePolicyDocument.Statement; statement.Condition['ForAnyValue:StringEquals'] = statement.Condition['ForAnyValue:StringLike']; delete statement.Condition['ForAnyValue:StringLike']; }),
  ],
};
