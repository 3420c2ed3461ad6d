import { addResource, properties, Seed } from '../seed';

/** Secrets, and other resources that hold credentials or pass values on. */
export const SECRET_SEEDS: readonly Seed[] = [{
  name: 'A secret that rotates, in a stack of its own, and what uses it',
  style: 'cross-stack',
  stacks: {
    Data: `
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }]
  Database:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KmsKeyId: !Ref Key
      GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: password, PasswordLength: 32 }
Outputs:
  Secret: { Value: !Ref Database, Export: { Name: database-secret } }
`,
    Shop: `
Parameters:
  PartnerKey: { Type: String, NoEcho: true }
Resources:
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties: { SecretId: !ImportValue database-secret, RotationLambdaARN: !ImportValue rotator, RotationRules: { AutomaticallyAfterDays: 30 } }
  Policy:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !ImportValue database-secret
      BlockPublicPolicy: true
      ResourcePolicy: { Statement: [{ Effect: Deny, Principal: '*', Action: 'secretsmanager:DeleteSecret', Resource: '*' }] }
  Limit:
    Type: AWS::SSM::Parameter
    Properties: { Type: String, Name: /shop/limits/password-attempts, Value: '5' }
  Partner:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: API_KEY
      AuthParameters:
        ApiKeyAuthParameters: { ApiKeyName: x-api-key, ApiKeyValue: '{{resolve:secretsmanager:shop/partner:SecretString:key}}' }
  Social:
    Type: AWS::Cognito::UserPoolIdentityProvider
    Properties:
      UserPoolId: !ImportValue pool
      ProviderName: Google
      ProviderType: Google
      ProviderDetails: { client_id: shop, client_secret: '{{resolve:secretsmanager:shop/google:SecretString:secret}}', authorize_scopes: openid }
`,
  },
  mutants: [
    { name: 'the value as a literal', rule: 'SecretLiteral', change: ({ Data }) => { const secret = properties(Data, 'Database'); delete secret.GenerateSecretString; secret.SecretString = '{"username":"app","password":"winter2024"}'; } },
    { name: 'the value in pieces', rule: 'SecretLiteral', change: ({ Data }) => { const secret = properties(Data, 'Database'); delete secret.GenerateSecretString; secret.SecretString = { 'Fn::Join': ['-', ['winter', '2024']] }; } },
    { name: 'a second password in the template', rule: 'SecretLiteral', change: ({ Data }) => { properties(Data, 'Database').GenerateSecretString.SecretStringTemplate = '{"username":"app","adminPassword":"winter2024"}'; } },
    { name: 'the key of AWS', rule: 'SecretOwnKey', change: ({ Data }) => { properties(Data, 'Database').KmsKeyId = 'alias/aws/secretsmanager'; } },
    { name: 'no rotation', rule: 'SecretRotation', change: ({ Shop }) => { delete Shop.Resources.Rotation; } },
    { name: 'rotation once a year', rule: 'SecretRotation', change: ({ Shop }) => { properties(Shop, 'Rotation').RotationRules = { ScheduleExpression: 'rate(365 days)' }; } },
    { name: 'a policy that may become public', rule: 'SecretPolicyBlock', change: ({ Shop }) => { properties(Shop, 'Policy').BlockPublicPolicy = 'false'; } },
    { name: 'a password as a parameter', rule: 'ParameterPlainSecret', change: ({ Shop }) => { addResource(Shop, 'Pin', 'AWS::SSM::Parameter', { Type: 'String', Name: '/shop/db-password', Value: 'winter2024' }); } },
    { name: 'the secret of a provider', rule: 'CredentialLiteral', change: ({ Shop }) => { properties(Shop, 'Social').ProviderDetails.client_secret = { 'Fn::Join': ['', ['GOC', 'abc123']] }; } },
    { name: 'a key of an API', rule: 'ApiKeyLiteral', change: ({ Shop }) => { addResource(Shop, 'Key', 'AWS::ApiGateway::ApiKey', { Enabled: true, Value: 'abcdefghijklmnopqrstuvwxyz0123' }); } },
    { name: 'a password in an input', rule: 'PassThroughSecret', change: ({ Shop }) => { addResource(Shop, 'Nightly', 'AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 day)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: 'a', RoleArn: 'r', Input: '{"dbPassword":"winter2024"}' } }); } },
    { name: 'a secret in a substitution', rule: 'PassThroughSecret', change: ({ Shop }) => { addResource(Shop, 'Flow', 'AWS::StepFunctions::StateMachine', { DefinitionString: '{}', DefinitionSubstitutions: { key: '{{resolve:secretsmanager:shop/partner}}' } }); } },
    { name: 'a parameter of a harmless name that is a password', rule: 'SecretParameter', change: ({ Shop }) => { Shop.Parameters.Db = { Type: 'String' }; addResource(Shop, 'Cache', 'AWS::ElastiCache::ReplicationGroup', { AuthToken: { Ref: 'Db' } }); } },
  ],
  variants: [
    { name: 'the parts of a secret that are none', change: ({ Data }) => { properties(Data, 'Database').GenerateSecretString.SecretStringTemplate = '{"username":"app","engine":"postgres","dbname":"orders"}'; } },
    { name: 'where a secret is, as a parameter', change: ({ Shop }) => { addResource(Shop, 'Where', 'AWS::SSM::Parameter', { Type: 'String', Name: '/shop/db-secret', Value: { 'Fn::ImportValue': 'database-secret' } }); } },
    { name: 'an attempt to rotate more often', change: ({ Shop }) => { properties(Shop, 'Rotation').RotationRules = { ScheduleExpression: 'rate(7 days)' }; } },
    { name: 'a key of a partner that is set at deployment', undecided: ['ConnectionSecret'], change: ({ Shop }) => { properties(Shop, 'Partner').AuthParameters.ApiKeyAuthParameters.ApiKeyValue = { Ref: 'PartnerKey' }; } },
  ],
}];
