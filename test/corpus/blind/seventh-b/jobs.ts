import { ALL_BUT_HOST, behavior, front, httpsOrigin } from './front';
import {
  ACCOUNT, admit, alarm, alarms, allow, arn, att, document, drain, failures, fn, invoke, join, key, logs, queue, READ_QUEUE, ref, Resources,
  signing, sub, tls, USE_KEY,
} from './parts';
import { accessLogs, HTTP_FORMAT } from './stores';
import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements } from '../support';
import { $, likeCdk } from './styles';

const RETENTION = 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A';

const route = (RouteKey: string, integration: string, AuthorizationScopes: string[]): Template => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: ref('Api'), RouteKey, AuthorizationType: 'JWT', AuthorizerId: ref('Tokens'), AuthorizationScopes, Target: join('integrations/', ref(integration)) },
});
const proxy = (id: string): Template => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: { ApiId: ref('Api'), IntegrationType: 'AWS_PROXY', IntegrationUri: att(id), PayloadFormatVersion: '2.0' },
});
const called = (id: string, rest: string): Template => invoke(id, 'apigateway', arn('execute-api', `\${Api}/$default/${rest}`));

const resources: Resources = {
  Key: key('cloudwatch', 'sns', 'sqs', 'secretsmanager'),
  Signing: signing(),
  ...alarms(),
  ...accessLogs(),
  Adverts: {
    Type: 'AWS::DynamoDB::GlobalTable',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }, { AttributeName: 'town', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [{ IndexName: 'towns', KeySchema: [{ AttributeName: 'town', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } }],
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [{
        Region: ref('AWS::Region'),
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { KMSMasterKeyId: att('Key') },
      }],
    },
  },
  MailSecret: {
    Type: 'AWS::SecretsManager::Secret',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { KmsKeyId: att('Key'), GenerateSecretString: { PasswordLength: 40, ExcludePunctuation: true } },
  },
  MailSecretPolicy: {
    Type: 'AWS::SecretsManager::ResourcePolicy',
    Properties: { SecretId: ref('MailSecret'), BlockPublicPolicy: true, ResourcePolicy: document(tls('secretsmanager:*', '*')) },
  },
  MailSecretTurns: {
    Type: 'AWS::SecretsManager::RotationSchedule',
    Properties: { SecretId: ref('MailSecret'), RotationLambdaARN: att('Turn'), RotationRules: { AutomaticallyAfterDays: 30 } },
  },
  ...failures('Unsent', 'Applications'),
  ...failures('Unturned'),
  UnsentFromTopic: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [ref('Unsent')], PolicyDocument: document(tls('sqs:*', att('Unsent')), admit({ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', att('Unsent'), { ArnEquals: { 'aws:SourceArn': ref('Applied') } })) },
  },
  ...queue('Applications', 'Unsent', admit({ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', att('Applications'), { ArnEquals: { 'aws:SourceArn': ref('Applied') } })),
  Applied: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key') } },
  AppliedPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Applied')], PolicyDocument: document(tls('sns:Publish', ref('Applied'))) } },
  AppliedToQueue: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: ref('Applied'), Protocol: 'sqs', Endpoint: att('Applications'), RawMessageDelivery: true, RedrivePolicy: { deadLetterTargetArn: att('Unsent') } },
  },
  ...fn('List', {
    can: [allow(['dynamodb:GetItem', 'dynamodb:Query'], [att('Adverts'), join(att('Adverts'), '/index/towns')]), USE_KEY], env: { ADVERTS: ref('Adverts') },
  }),
  ...fn('Apply', { can: [allow('sns:Publish', ref('Applied')), USE_KEY], env: { APPLIED: ref('Applied') } }),
  ...fn('Mail', {
    can: [allow(READ_QUEUE, att('Applications')), allow('secretsmanager:GetSecretValue', ref('MailSecret')), USE_KEY], env: { MAIL_SECRET_ARN: ref('MailSecret') },
  }),
  MailFrom: drain('Applications', 'Mail'),
  ...fn('Turn', {
    can: [allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], ref('MailSecret')), USE_KEY],
    lost: 'Unturned',
  }),
  TurnCalled: invoke('Turn', 'secretsmanager', ref('MailSecret')),
  Api: {
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: {
      Name: 'jobs',
      ProtocolType: 'HTTP',
      DisableExecuteApiEndpoint: true,
      CorsConfiguration: { AllowOrigins: ['https://jobs.example.org'], AllowMethods: ['GET', 'POST'], AllowHeaders: ['authorization', 'content-type'], MaxAge: 600 },
    },
  },
  Tokens: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: ref('Api'),
      Name: 'tokens',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: ['board'], Issuer: 'https://login.jobs.example.org/' },
    },
  },
  ListProxy: proxy('List'),
  ApplyProxy: proxy('Apply'),
  ListRoute: route('GET /adverts', 'ListProxy', ['adverts/read']),
  ApplyRoute: route('POST /applications', 'ApplyProxy', ['applications/write']),
  ListCalled: called('List', 'GET/adverts'),
  ApplyCalled: called('Apply', 'POST/applications'),
  ApiLogs: logs(sub('/api/${AWS::StackName}')),
  Live: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: ref('Api'),
      StageName: '$default',
      AutoDeploy: true,
      AccessLogSettings: { DestinationArn: att('ApiLogs'), Format: HTTP_FORMAT },
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50, DetailedMetricsEnabled: true },
    },
  },
  ApiFails: alarm('AWS/ApiGateway', '5xx', { ApiId: ref('Api') }),
  Domain: {
    Type: 'AWS::ApiGatewayV2::DomainName',
    Properties: {
      DomainName: 'origin.jobs.example.org',
      DomainNameConfigurations: [{ CertificateArn: { 'Fn::ImportValue': 'origin-certificate' }, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
      MutualTlsAuthentication: { TruststoreUri: 's3://jobs-trust/edge.pem', TruststoreVersion: 'pQ8x' },
    },
  },
  Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: ref('Api'), DomainName: ref('Domain'), Stage: ref('Live') } },
  ...front('jobs.example.org',
    [httpsOrigin('api', 'origin.jobs.example.org', { OriginMtlsConfig: { ClientCertificateArn: { 'Fn::ImportValue': 'edge-client-certificate' } } })],
    behavior('api', { AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'], OriginRequestPolicyId: ALL_BUT_HOST })),
  ...fn('Seed', { can: [allow('dynamodb:PutItem', att('Adverts')), USE_KEY], env: { ADVERTS: ref('Adverts') } }),
  Towns: { Type: 'Custom::Towns', DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete', Properties: { ServiceToken: att('Seed'), Version: '3' } },
};

delete resources.UnsentPolicy;

/** What the toolkit adds by itself: the function that keeps a retention, and its resource. */
const helpers: Resources = {
  LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRole9741ECFB: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
      ManagedPolicyArns: [join('arn:', ref('AWS::Partition'), ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')],
    },
    Metadata: { 'aws:cdk:path': 'Jobs/LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a/ServiceRole/Resource' },
  },
  LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRoleDefaultPolicyADDA7DEB: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRoleDefaultPolicyADDA7DEB',
      PolicyDocument: document(allow(['logs:DeleteRetentionPolicy', 'logs:PutRetentionPolicy'], '*')),
      Roles: [ref('LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRole9741ECFB')],
    },
    Metadata: { 'aws:cdk:path': 'Jobs/LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a/ServiceRole/DefaultPolicy/Resource' },
  },
  [RETENTION]: {
    Type: 'AWS::Lambda::Function',
    DependsOn: ['LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRoleDefaultPolicyADDA7DEB', 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRole9741ECFB'],
    Properties: {
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Timeout: 900,
      Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: '2819175352ad1ce0dae768e83fc328fb70fb5f10b4a8ff0ccbcb791f02b0716d.zip' },
      Role: att('LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aServiceRole9741ECFB'),
    },
    Metadata: { 'aws:cdk:path': 'Jobs/LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a/Resource', 'aws:asset:is-bundled': false },
  },
  TopicLogRetention5E2B1C7A: {
    Type: 'Custom::LogRetention',
    Properties: { ServiceToken: att(RETENTION), LogGroupName: join('sns/', ref('AWS::Region'), '/', ACCOUNT, '/applied'), RetentionInDays: 365 },
    Metadata: { 'aws:cdk:path': 'Jobs/TopicLogs/Resource' },
  },
};

/** As L2 constructs attach rights: a policy of its own, beside the role. */
const attach = (t: Template, roleId: string, ...allowed: unknown[]): void => {
  add(t, `${roleId}DefaultPolicyA1B2C3D4`, 'AWS::IAM::Policy', { PolicyName: 'p', Roles: [ref(roleId)], PolicyDocument: document(...allowed) });
};

export const JOBS: BlindSeed = {
  name: 'A job board, CDK with L2 constructs and the helpers of the toolkit',
  style: 'cdk',
  stacks: { Jobs: { Resources: { ...likeCdk('Jobs', resources), ...helpers } } },
  mutants: [
    fault('G01', 'the secret of the mail partner is resolved into a variable in four pieces', ({ Jobs }) => {
      env(Jobs, $('Mail')).MAIL = join('{{resolve:', 'secretsmanager', ':', ref($('MailSecret')), ':SecretString:::}}');
    }),
    fault('G02', 'a variable named after a secret takes a parameter', ({ Jobs }) => {
      Jobs.Parameters = { Mailer: { Type: 'String' } };
      env(Jobs, $('Mail')).MAIL_CLIENT_SECRET = ref('Mailer');
    }),
    fault('G04', 'the secret is written in its template of a generated secret', ({ Jobs }) => {
      prop(Jobs, $('MailSecret')).GenerateSecretString = { SecretStringTemplate: '{"user":"mailer","password":"Plum-Tart-77"}', GenerateStringKey: 'salt' };
    }),
    fault('G08', 'traces of everything, by the setting of the logger of the function', ({ Jobs }) => { prop(Jobs, $('Apply')).LoggingConfig.ApplicationLogLevel = 'TRACE'; }),
    fault('G09', 'the mailer does not check certificates, by a boolean in the template', ({ Jobs }) => { env(Jobs, $('Mail')).PYTHONHTTPSVERIFY = 0; }),
    fault('G10', 'the lister loads a module before its handler', ({ Jobs }) => { env(Jobs, $('List')).NODE_OPTIONS = '--max-http-header-size=8192 --import=/opt/hook.mjs'; }),
    fault('G12', 'pages of any place may read adverts', ({ Jobs }) => { prop(Jobs, $('Api')).CorsConfiguration.AllowOrigins.push('*'); }),
    fault('G17', 'tokens of every audience are accepted', ({ Jobs }) => { prop(Jobs, $('Tokens')).JwtConfiguration.Audience = []; }),
    fault('G17', 'the issuer is asked over plain HTTP', ({ Jobs }) => { prop(Jobs, $('Tokens')).JwtConfiguration.Issuer = { 'Fn::Sub': 'http://login.${AWS::Region}.example.org' }; }),
    fault('G18', 'any token of the issuer may apply', ({ Jobs }) => { delete prop(Jobs, $('ApplyRoute')).AuthorizationScopes; }),
    fault('G32', 'the lister may use every index of a table', ({ Jobs }) => {
      delete prop(Jobs, $('Adverts')).GlobalSecondaryIndexes;
      prop(Jobs, $('Adverts')).AttributeDefinitions.pop();
      statements(Jobs, $('ListRole'))[2].Resource = [att($('Adverts')), join(att($('Adverts')), '/index/*')];
    }),
    fault('G34', 'the custom resource may rewrite the settings of functions', ({ Jobs }) => { attach(Jobs, $('SeedRole'), allow('lambda:updatefunctionconfiguration', att($('List')))); }),
    fault('G37', 'the mailer may give grants on the key', ({ Jobs }) => { attach(Jobs, $('MailRole'), allow(['kms:Create*'], att($('Key')))); }),
    fault('G42', 'one bad application brings the batch back', ({ Jobs }) => { prop(Jobs, $('MailFrom')).FunctionResponseTypes = []; }),
    fault('G43', 'the queue starts as many mailers as it likes', ({ Jobs }) => {
      delete prop(Jobs, $('MailFrom')).ScalingConfig;
      delete prop(Jobs, $('Mail')).ReservedConcurrentExecutions;
    }),
    fault('G65', 'the distribution has no web ACL any more', ({ Jobs }) => { delete prop(Jobs, $('Front')).DistributionConfig.WebACLId; }),
    fault('G66', 'the distribution calls the open endpoint of the API', ({ Jobs }) => {
      prop(Jobs, $('Api')).DisableExecuteApiEndpoint = false;
      remove(Jobs, $('Mapping'), $('Domain'));
      prop(Jobs, $('Front')).DistributionConfig.Origins[0] = httpsOrigin('api', { 'Fn::Select': [2, { 'Fn::Split': ['/', att($('Api'), 'ApiEndpoint')] }] });
    }),
    fault('G67', 'the adverts of one caller are cached for the next', ({ Jobs }) => { prop(Jobs, $('Front')).DistributionConfig.DefaultCacheBehavior.CachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6'; }),
    fault('G68', 'the headers lose their content security policy', ({ Jobs }) => { delete prop(Jobs, $('Headers')).ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy; }),
    fault('G73', 'the mailer logs to a group that Lambda makes', ({ Jobs }) => { delete prop(Jobs, $('Mail')).LoggingConfig.LogGroup; }),
    fault('G75', 'the alarm on failed mailers tells nobody', ({ Jobs }) => { prop(Jobs, $('MailErrors')).ActionsEnabled = 'false'; }),
    fault('G76', 'the toolkit empties the bucket of logs when the stack goes', ({ Jobs }) => {
      Jobs.Resources[$('AccessLogs')].DeletionPolicy = 'Delete';
      Jobs.Resources[$('AccessLogs')].UpdateReplacePolicy = 'Delete';
      add(Jobs, 'AccessLogsAutoDeleteObjectsCustomResource7F', 'Custom::S3AutoDeleteObjects', { ServiceToken: att($('Seed')), BucketName: ref($('AccessLogs')) });
    }),
    fault('G77', 'a second replica without recovery and protection', ({ Jobs }) => {
      prop(Jobs, $('Adverts')).StreamSpecification = { StreamViewType: 'NEW_AND_OLD_IMAGES' };
      prop(Jobs, $('Adverts')).Replicas.push({ Region: 'eu-central-1', SSESpecification: { KMSMasterKeyId: { 'Fn::Sub': 'arn:aws:kms:eu-central-1:${AWS::AccountId}:key/1f0b' } } });
    }),
    fault('G88', 'the custom resource carries its code in the template', ({ Jobs }) => { prop(Jobs, $('Seed')).Code = { ZipFile: { 'Fn::Join': ['\n', ['exports.handler = async () => {', '};']] } }; }),
    fault('G89', 'the runtime of the lister stands still', ({ Jobs }) => { prop(Jobs, $('List')).RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'arn:aws:lambda:us-east-1::runtime:ab12' }; }),
    breach('lambda.role-admin', 'the custom resource may do everything, by a policy of the provider', ({ Jobs }) => {
      prop(Jobs, $('SeedRole')).ManagedPolicyArns = [join('arn:', ref('AWS::Partition'), ':iam::aws:policy/', 'AdministratorAccess')];
    }),
    breach('risk.secrets', 'a helper of the toolkit calls with a password in its parameters', ({ Jobs }) => {
      add(Jobs, 'FirstUser5B7C', 'Custom::AWS', {
        ServiceToken: att($('Seed')),
        InstallLatestAwsSdk: false,
        Create: join('{"service":"CognitoIdentityServiceProvider","action":"adminSetUserPassword","parameters":{"Username":"root","Password":"Walnut-42-Tree","Permanent":true,"UserPoolId":"eu-west-1_abc"}}'),
      });
    }),
  ],
  variants: [
    safe('the name of the secret in a variable', ({ Jobs }) => { env(Jobs, $('Mail')).MAIL_SECRET_NAME = { 'Fn::Select': [6, { 'Fn::Split': [':', ref($('MailSecret'))] }] }; }),
    safe('more memory for the modules of the lister', ({ Jobs }) => { env(Jobs, $('List')).NODE_OPTIONS = '--enable-source-maps --max-old-space-size=400'; }),
    safe('rights in a policy beside the role', ({ Jobs }) => {
      const right = statements(Jobs, $('ListRole')).splice(2, 1);
      attach(Jobs, $('ListRole'), ...right);
    }),
    safe('a second origin of the same site', ({ Jobs }) => { prop(Jobs, $('Api')).CorsConfiguration.AllowOrigins.push({ 'Fn::Sub': 'https://${AWS::Region}.jobs.example.org' }); }),
    safe('a helper of the toolkit that reads a parameter', ({ Jobs }) => {
      add(Jobs, 'Setting9A', 'Custom::AWS', {
        ServiceToken: att($('Seed')),
        InstallLatestAwsSdk: false,
        Create: '{"service":"SSM","action":"getParameter","parameters":{"Name":"/jobs/towns"},"physicalResourceId":{"id":"towns"}}',
      });
      attach(Jobs, $('SeedRole'), allow('ssm:GetParameter', { 'Fn::Join': [':', ['arn:aws:ssm', ref('AWS::Region'), ref('AWS::AccountId'), 'parameter/jobs/towns']] }));
    }),
  ],
};

