import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, Resources } from '../support';

const SECTIONS = { Conditions: { Dev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } }, Parameters: { Stage: { Type: 'String' }, Password: { Type: 'String', NoEcho: true } } };
const OPEN = { Ref: 'Password' };
const secret = (properties: unknown, more: Resources = {}): Resources => ({ S: { Type: 'AWS::SecretsManager::Secret', Properties: properties }, ...more });
const one = (type: string, properties: unknown): Resources => ({ X: { Type: type, Properties: properties } });
const schedule = (properties: unknown): Resources => ({ R: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: properties } });
const DYNAMIC = '{{resolve:secretsmanager:shop/partner:SecretString:key}}';

const CASES: readonly [rule: string, name: string, resources: Resources, expected: string[]][] = [
  ['SecretLiteral', 'a generated value', secret({ GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'password' } }), []],
  ['SecretLiteral', 'nothing yet', secret({}), []],
  ['SecretLiteral', 'a stand-in', secret({ SecretString: '{"apiKey":"CHANGE_ME"}' }), []],
  ['SecretLiteral', 'other stand-ins', secret({ SecretString: '{"apiKey":"<from the partner>","token":"set by hand after the deployment","password":"TODO: rotate"}' }), []],
  ['SecretLiteral', 'values that only begin like a stand-in', secret({ SecretString: '{"apiKey":"update7Hs9Kq2LmX4z","token":"replace-9f8e7d6c5b4a","password":"changeme123"}' }),
    ['SecretLiteral[apiKey] at S', 'SecretLiteral[password] at S', 'SecretLiteral[token] at S']],
  ['SecretLiteral', 'pointers and harmless fields', secret({ SecretString: { 'Fn::Sub': '{"username":"app","host":"${D.Endpoint.Address}","port":5432,"secretArn":"arn:aws:x"}' } },
    { D: { Type: 'AWS::RDS::DBInstance' } }), []],
  ['SecretLiteral', 'the secret of an access key', secret({ SecretString: { 'Fn::GetAtt': ['K', 'SecretAccessKey'] } }, { K: { Type: 'AWS::IAM::AccessKey' } }), []],
  ['SecretLiteral', 'a text', secret({ SecretString: 'hunter2' }), ['SecretLiteral at S']],
  ['SecretLiteral', 'a text in pieces', secret({ SecretString: { 'Fn::Join': ['', ['hun', 'ter2']] } }), ['SecretLiteral at S']],
  ['SecretLiteral', 'a field', secret({ SecretString: { 'Fn::Sub': '{"username":"app","password":"hunter2","host":"${D.Endpoint.Address}"}' } }, { D: { Type: 'AWS::RDS::DBInstance' } }),
    ['SecretLiteral[password] at S']],
  ['SecretLiteral', 'a field of any name', secret({ SecretString: '{"stripe":"abc-def-123"}' }), ['SecretLiteral[stripe] at S']],
  ['SecretLiteral', 'a password beside the generated one', secret({ GenerateSecretString: { SecretStringTemplate: '{"username":"app","masterPassword":"hunter2"}', GenerateStringKey: 'password' } }),
    ['SecretLiteral[masterPassword] at S']],
  ['SecretLiteral', 'JSON that a function makes', secret({ SecretString: { 'Fn::If': ['Dev', 'dev-secret-1', DYNAMIC] } }), ['SecretLiteral at S']],
  ['SecretLiteral', 'set at deployment', secret({ SecretString: OPEN }), ['SecretLiteral[undecided] at S']],

  ['SecretOwnKey', 'a key of the app', secret({ KmsKeyId: { Ref: 'K' } }, { K: { Type: 'AWS::KMS::Key' } }), []],
  ['SecretOwnKey', 'the key of AWS', secret({ KmsKeyId: 'alias/aws/secretsmanager' }), ['SecretOwnKey at S']],
  ['SecretOwnKey', 'nothing said', secret({}), ['SecretOwnKey at S']],
  ['SecretOwnKey', 'set at deployment', secret({ KmsKeyId: { Ref: 'Stage' } }), ['SecretOwnKey[undecided] at S']],

  ['SecretRotation', 'rotated', { ...secret({}), ...schedule({ SecretId: { Ref: 'S' }, RotationRules: { AutomaticallyAfterDays: 30 } }) }, []],
  ['SecretRotation', 'rotated by its attachment', {
    ...secret({}), A: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'S' } } }, ...schedule({ SecretId: { Ref: 'A' } }),
  }, []],
  ['SecretRotation', 'never', secret({}), ['SecretRotation at S']],
  ['SecretRotation', 'once a year', schedule({ RotationRules: { AutomaticallyAfterDays: '365' } }), ['SecretRotation at R']],
  ['SecretRotation', 'once a year, as a rate', schedule({ RotationRules: { ScheduleExpression: 'rate(365 days)' } }), ['SecretRotation at R']],
  ['SecretRotation', 'of a secret known at deployment', { ...secret({}), ...schedule({ SecretId: { Ref: 'Stage' } }) }, ['SecretRotation[undecided] at S']],

  ['ParameterPlainSecret', 'a setting', one('AWS::SSM::Parameter', { Type: 'String', Name: '/shop/limits/orders', Value: '25' }), []],
  ['ParameterPlainSecret', 'where a secret is', one('AWS::SSM::Parameter', { Name: '/shop/db-password', Value: { Ref: 'S' } }), ['ParameterPlainSecret[undecided] at X']],
  ['ParameterPlainSecret', 'a password', one('AWS::SSM::Parameter', { Type: 'String', Name: '/shop/db-password', Value: 'hunter22' }), ['ParameterPlainSecret at X']],
  ['ParameterPlainSecret', 'a password in a document', one('AWS::SSM::Parameter', { Name: '/shop/config', Value: '{"db":"orders","dbPassword":"hunter22"}' }), ['ParameterPlainSecret at X']],

  ['CredentialLiteral', 'dynamic references', one('AWS::RDS::DBInstance', { MasterUserPassword: DYNAMIC }), []],
  ['CredentialLiteral', 'the secret of a provider', one('AWS::Cognito::UserPoolIdentityProvider', { ProviderDetails: { client_id: 'shop', client_secret: { 'Fn::Sub': 'abc-${AWS::Region}' } } }),
    ['CredentialLiteral[ProviderDetails.client_secret] at X']],
  ['CredentialLiteral', 'an API key, of which ApiKeyLiteral tells', one('AWS::ApiGateway::ApiKey', { Value: 'abcdefghijklmnopqrstuvwxyz' }), []],
  ['CredentialLiteral', 'the key of a page that Firehose writes to', one('AWS::KinesisFirehose::DeliveryStream', {
    HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'https://logs.example.com', AccessKey: 'abc123def' } },
  }), ['CredentialLiteral[HttpEndpointDestinationConfiguration.EndpointConfiguration.AccessKey] at X']],
  ['CredentialLiteral', 'the same from Secrets Manager', one('AWS::KinesisFirehose::DeliveryStream', {
    HttpEndpointDestinationConfiguration: { EndpointConfiguration: { Url: 'https://logs.example.com', AccessKey: DYNAMIC } },
  }), []],
  ['CredentialLiteral', 'the password of a database in a list', one('AWS::AmazonMQ::Broker', { Users: [{ Username: 'app', Password: 'hunter2hunter2' }] }), ['CredentialLiteral[Users.Password] at X']],
  ['CredentialLiteral', 'a variable of an AppSync API', one('AWS::AppSync::GraphQLApi', { EnvironmentVariables: { STAGE: 'prod', PARTNER_API_KEY: 'abc123def456' } }), ['CredentialLiteral[PARTNER_API_KEY] at X']],
  ['CredentialLiteral', 'set at deployment', one('AWS::RDS::DBInstance', { MasterUserPassword: OPEN }), ['CredentialLiteral[undecided MasterUserPassword] at X']],

  ['PassThroughSecret', 'settings and pointers', {
    M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: '{"States":{"A":{"Parameters":{"token.$":"$$.Task.Token","secretArn":"arn:aws:x","password":"$.x"}}}}' } },
    S: { Type: 'AWS::ApiGateway::Stage', Properties: { Variables: { table: 'orders' } } },
    I: { Type: 'AWS::ApiGateway::Method', Properties: { Integration: { RequestParameters: { 'integration.request.header.Authorization': 'method.request.header.Authorization' } } } },
  }, []],
  ['PassThroughSecret', 'what a custom resource is told', one('Custom::Seed', {
    ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:seed', PasswordLength: 32, SecretArn: { Ref: 'S' }, Keys: ['2819175352ad1ce0dae768e83fc328fb70fb5f10b4a8ff0ccbcb791f02b0716d.zip'],
  }), []],
  ['PassThroughSecret', 'the digest of a function at the edge, for the reader of CDK', one('Custom::CrossRegionStringParameterReader', {
    Region: 'us-east-1', ParameterName: '/cdk/EdgeFunctionArn/eu-west-1/Shop/Rewrite', RefreshToken: 'a3f1c9d27be04586912fd0c8e7b6a5d4',
  }), []],
  ['PassThroughSecret', 'the same for another one', one('Custom::Reader', { RefreshToken: 'a3f1c9d27be04586912fd0c8e7b6a5d4' }), ['PassThroughSecret[RefreshToken] at X']],
  ['PassThroughSecret', 'a password for a custom resource', one('Custom::Seed', { Users: [{ Name: 'root', Password: 'hunter22' }] }), ['PassThroughSecret[Password] at X']],
  ['PassThroughSecret', 'a password in a call of CDK', one('Custom::AWS', { Create: { 'Fn::Join': ['', ['{"parameters":{"Pool":"', { Ref: 'P' }, '","Password":"hunter22"}}']] } }), ['PassThroughSecret[Password] at X']],
  ['PassThroughSecret', 'a dynamic reference for a custom resource', one('AWS::CloudFormation::CustomResource', { Value: DYNAMIC }), ['PassThroughSecret[Value] at X']],
  ['PassThroughSecret', 'an input', one('AWS::Events::Rule', { Targets: [{ Id: 'a', Input: { 'Fn::Sub': '{"stage":"${AWS::Region}","dbPassword":"hunter22"}' } }] }), ['PassThroughSecret[dbPassword] at X']],
  ['PassThroughSecret', 'a dynamic reference in a definition', one('AWS::StepFunctions::StateMachine', { DefinitionSubstitutions: { key: DYNAMIC } }), ['PassThroughSecret[key] at X']],
  ['PassThroughSecret', 'a value in a definition as an object', one('AWS::StepFunctions::StateMachine', { Definition: { States: { A: { Parameters: { ApiKey: 'abc123def' } } } } }), ['PassThroughSecret[ApiKey] at X']],
  ['PassThroughSecret', 'a variable of a stage', one('AWS::ApiGatewayV2::Stage', { StageVariables: { apiKey: 'abc123def' } }), ['PassThroughSecret[apiKey] at X']],
  ['PassThroughSecret', 'a variable of a canary', one('AWS::ApiGateway::Stage', { CanarySetting: { StageVariableOverrides: { apiKey: 'abc123def' } } }), ['PassThroughSecret[apiKey] at X']],
  ['PassThroughSecret', 'a variable of the canary of a deployment', one('AWS::ApiGateway::Deployment', {
    DeploymentCanarySettings: { StageVariableOverrides: { apiKey: 'abc123def' } }, StageDescription: { CanarySetting: { StageVariableOverrides: { dbPassword: 'hunter22' } } },
  }), ['PassThroughSecret[apiKey] at X', 'PassThroughSecret[dbPassword] at X']],
  ['PassThroughSecret', 'a header of a rule of things', one('AWS::IoT::TopicRule', {
    TopicRulePayload: { Actions: [{ Http: { Url: 'https://hook.example.com', Headers: [{ Key: 'x-api-key', Value: 'abc123def' }] } }], ErrorAction: { Sqs: { QueueUrl: 'https://q' } } },
  }), ['PassThroughSecret[x-api-key] at X']],
  ['PassThroughSecret', 'a rule of things that reads the secret itself', one('AWS::IoT::TopicRule', {
    TopicRulePayload: { Actions: [{ Kafka: { Topic: 't', Key: '${topic(2)}', ClientProperties: { 'sasl.scram.password': "${get_secret('kafka', 'SecretString', 'password', 'arn:aws:iam::111122223333:role/r')}" } } }] },
  }), []],
  ['PassThroughSecret', 'a static header', one('AWS::ApiGateway::Method', { Integration: { RequestParameters: { 'integration.request.header.Authorization': "'Basic dXNlcjpwYXNz'" } } }), ['PassThroughSecret[Authorization] at X']],
  ...([
    ['x-origin-verify', 'b4k3ry-f00dbabe5e884898', ['PassThroughSecret[x-origin-verify] at X']],
    ['X-CDN', 'Zk3vQ9xT7mB2wL8rPa', ['PassThroughSecret[X-CDN] at X']],
    ['x-origin-verify', 'true', []],
    ['x-tenant', 'Zk3vQ9xT7mB2wL8rPa', []],
  ] as const).map(([HeaderName, HeaderValue, expected]): typeof CASES[number] => ['PassThroughSecret', `${HeaderName}: ${HeaderValue} to an origin`, one(
    'AWS::CloudFront::Distribution', { DistributionConfig: { Origins: [{ OriginCustomHeaders: [{ HeaderName, HeaderValue }] }] } },
  ), [...expected]]),
  ['PassThroughSecret', 'a proof in a static header', one('AWS::ApiGateway::Method', {
    Integration: { RequestParameters: { 'integration.request.header.X-Shop-Verify': "'b4k3ry-f00dbabe5e884898'", 'integration.request.header.X-Request-Id': "'b4k3ry-f00dbabe5e884898'" } },
  }), ['PassThroughSecret[X-Shop-Verify] at X']],
  ['PassThroughSecret', 'a header of an origin', one('AWS::CloudFront::Distribution', { DistributionConfig: { Origins: [{ OriginCustomHeaders: [{ HeaderName: 'x-origin-token', HeaderValue: 'Zk3vQ9xT7mB2wL8r' }] }] } }),
    ['PassThroughSecret[x-origin-token] at X']],
  ['PassThroughSecret', 'an input of a schedule', one('AWS::Scheduler::Schedule', { Target: { Input: '{"apiToken":"abc123def"}' } }), ['PassThroughSecret[apiToken] at X']],
];

describe('The rules of secrets', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test('SecretOwnKey asks for a key only where the profile does', () => {
    expect(findings('SecretOwnKey', secret({}), SecurityProfile.sandbox())).toStrictEqual([]);
  });
});
