import { ACCOUNT, alarm, allow, app, att, document, h, HTTP_FORMAT, join, Json, key, kept, logs, overTls, people, ref, REGION, risk, sub, table, use, worker, when } from './kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements } from '../support';

const exported = (stack: string, kind: string): Json => use(`School-${stack}:ExportsOutput${kind}`);
const out = (name: string, Value: unknown): Json => ({ Value, Export: { Name: name } });

const DATA: Json = {
  Resources: {
    [h('Key')]: key('sns.amazonaws.com', 'cloudwatch.amazonaws.com'),
    [h('Bell')]: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: att(h('Key')), Tags: [{ Key: 'stage', Value: 'prod' }] } },
    [h('BellPolicy')]: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref(h('Bell'))], PolicyDocument: document(overTls('sns:Publish', ref(h('Bell'))), { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: ref(h('Bell')), Condition: { StringEquals: { 'AWS:SourceAccount': ACCOUNT } } }) } },
    Grades: table(att(h('Key')), { ResourcePolicy: { PolicyDocument: document({ Effect: 'Allow', Principal: { AWS: join('arn:', ref('AWS::Partition'), ':iam::', ACCOUNT, ':role/school-audit') }, Action: 'dynamodb:GetItem', Resource: '*' }) } }),
    Word: { Type: 'AWS::SecretsManager::Secret', ...kept, Properties: { KmsKeyId: att(h('Key')), GenerateSecretString: { SecretStringTemplate: '{"username":"school"}', GenerateStringKey: 'password', PasswordLength: 40 }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    WordTurn: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: ref('Word'), HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser' }, RotationRules: { AutomaticallyAfterDays: 30 } } },
    WordPolicy: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: ref('Word'), BlockPublicPolicy: true, ResourcePolicy: document({ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'secretsmanager:DeleteSecret', Resource: '*' }) } },
  },
  Outputs: {
    A: out('School-Data:ExportsOutputKey', att(h('Key'))),
    B: out('School-Data:ExportsOutputBell', ref(h('Bell'))),
    C: out('School-Data:ExportsOutputGrades', ref('Grades')),
    D: out('School-Data:ExportsOutputGradesArn', att('Grades')),
    E: out('School-Data:ExportsOutputWord', ref('Word')),
  },
};
const AUTH: Json = {
  Resources: {
    Teachers: people(),
    TeachersRisk: risk(ref('Teachers')),
    TeachersServer: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: ref('Teachers'), Identifier: 'grades', Name: 'grades', Scopes: ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })) } },
    TeachersApp: app(ref('Teachers'), { AllowedOAuthScopes: ['openid', 'grades/read', 'grades/write'], CallbackURLs: ['https://grades.school.internal/in'], LogoutURLs: ['https://grades.school.internal/out'] }),
  },
  Outputs: {
    A: out('School-Auth:ExportsOutputPool', ref('Teachers')),
    B: out('School-Auth:ExportsOutputApp', ref('TeachersApp')),
  },
};

const CMK = exported('Data', 'Key');
const BELL = exported('Data', 'Bell');
const GRADES = exported('Data', 'GradesArn');
const WORD = exported('Data', 'Word');
const fn = { cmk: CMK, alarms: BELL, policy: 'attached' as const };
const route = (RouteKey: string, integration: string, scope: string): Json => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), RouteKey, AuthorizationType: 'JWT', AuthorizerId: ref('Guard'), AuthorizationScopes: [scope], Target: join('integrations/', ref(integration)) } });
const integration = (id: string): Json => ({ Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Api'), IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0', IntegrationUri: att(id) } });
const may = (id: string, path: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: att(id), Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: join('arn:', ref('AWS::Partition'), ':execute-api:', REGION, ':', ACCOUNT, ':', ref('Api'), path) } });

const API: Json = {
  Resources: {
    ...worker('List', { ...fn, env: { TABLE: exported('Data', 'Grades') }, can: [allow(['dynamodb:Query', 'dynamodb:GetItem'], GRADES)] }),
    ...worker('Mark', { ...fn, env: { TABLE: exported('Data', 'Grades'), WORD_ARN: WORD }, can: [allow(['dynamodb:PutItem', 'dynamodb:UpdateItem'], GRADES), allow('secretsmanager:GetSecretValue', WORD)] }),
    ...worker('Report', { ...fn, env: { TABLE: exported('Data', 'Grades') }, can: [allow('dynamodb:Query', GRADES)], more: { Timeout: 60, ReservedConcurrentExecutions: 2, DeadLetterConfig: { TargetArn: att('Lost') } } }),
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'school', ProtocolType: 'HTTP', DisableExecuteApiEndpoint: true, CorsConfiguration: { AllowOrigins: ['https://grades.school.internal'], AllowMethods: ['GET', 'PUT'], AllowHeaders: ['authorization'], AllowCredentials: true } } },
    Guard: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: ref('Api'), Name: 'teachers', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: [exported('Auth', 'App')], Issuer: join('https://cognito-idp.', REGION, '.amazonaws.com/', exported('Auth', 'Pool')) } } },
    ListIntegration: integration('List'),
    MarkIntegration: integration('Mark'),
    ListRoute: route('GET /grades', 'ListIntegration', 'grades/read'),
    MarkRoute: route('PUT /grades/{id}', 'MarkIntegration', 'grades/write'),
    ListMay: may('List', '/*/GET/grades'),
    MarkMay: may('Mark', '/*/PUT/grades/*'),
    Calls: logs(CMK),
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true, AccessLogSettings: { DestinationArn: att('Calls'), Format: HTTP_FORMAT }, DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10, DetailedMetricsEnabled: true }, Tags: { stage: 'prod' } } },
    Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'api.school.internal', DomainNameConfigurations: [{ CertificateArn: sub('arn:aws:acm:${AWS::Region}:${AWS::AccountId}:certificate/0a0a0a0a-1b1b-2c2c-3d3d-4e4e4e4e4e4e'), EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }], MutualTlsAuthentication: { TruststoreUri: 's3://school-trust/roots.pem', TruststoreVersion: 'vX4l2' } } },
    Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: ref('Api'), DomainName: ref('Domain'), Stage: ref('Stage') } },
    Nightly: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 3 * * ? *)', State: 'ENABLED', Targets: [{ Id: 'report', Arn: att('Report'), DeadLetterConfig: { Arn: att('Lost') }, RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 } }] } },
    NightlyMay: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: att('Report'), Principal: 'events.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: att('Nightly') } },
    Lost: { Type: 'AWS::SQS::Queue', ...kept, Properties: { KmsMasterKeyId: CMK, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: 'denyAll' }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    LostPolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('Lost')], PolicyDocument: document(overTls('sqs:*', att('Lost')), { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Lost'), Condition: { ArnEquals: { 'aws:SourceArn': att('Nightly') } } }) } },
    LostSeen: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: att('Lost', 'QueueName') }, BELL),
    HttpErrors: alarm('AWS/ApiGateway', '5xx', { ApiId: ref('Api') }, BELL),
  },
};
API.Resources.ReportPolicy.Properties.PolicyDocument.Statement.push(allow('sqs:SendMessage', att('Lost')), allow('kms:GenerateDataKey', CMK, { StringEquals: { 'kms:ViaService': sub('sqs.${AWS::Region}.amazonaws.com') } }));

const D = 'School-Data';
const U = 'School-Auth';
const A = 'School-Api';
const FOREIGN = '334455667788';

/** A stage of the CDK: data, people and the API are stacks, tied by exports. */
export const SCHOOL: BlindSeed = {
  name: 'School in a stage of three stacks: data, people, API',
  style: 'cross-stack',
  stacks: { [D]: DATA, [U]: AUTH, [A]: API },
  mutants: [
    fault('G31', 'the list of grades writes to the table of the other stack', ({ [A]: api }) => { statements(api, 'ListPolicy')[3].Action = ['dynamodb:Query', 'dynamodb:BatchWriteItem']; }),
    fault('G32', 'the list may use indexes of a table of the other stack, which has none', ({ [A]: api }) => { statements(api, 'ListPolicy')[3].Resource = [GRADES, join(GRADES, '/index/*')]; }),
    fault('G33', 'the report reads the word of the other stack and is not told of it', ({ [A]: api }) => { statements(api, 'ReportPolicy').push(allow('secretsmanager:GetSecretValue', WORD)); }),
    fault('G36', 'four functions read the word of the other stack', ({ [A]: api }) => { for (const name of ['List', 'Report']) { statements(api, `${name}Policy`).push(allow('secretsmanager:GetSecretValue', WORD)); env(api, name).WORD_ARN = WORD; } Object.assign(api.Resources, worker('Export', { ...fn, env: { WORD_ARN: WORD }, can: [allow('secretsmanager:GetSecretValue', WORD)] }), worker('Import', { ...fn, env: { WORD_ARN: WORD }, can: [allow('secretsmanager:GetSecretValue', WORD)] })); }),
    fault('G36', 'the list decrypts whatever is under the imported key', ({ [A]: api }) => { delete statements(api, 'ListPolicy')[2].Condition; }),
    fault('G37', 'marking makes grants on the imported key', ({ [A]: api }) => { statements(api, 'MarkPolicy').push(allow(['kms:CreateGrant', 'kms:RetireGrant'], CMK)); }),
    fault('G37', 'the list may do all with the key of the other stack, by a wildcard in the middle', ({ [A]: api }) => { statements(api, 'ListPolicy').push(allow('kms:*Key*', CMK)); }),
    fault('G35', 'the role of the list is for lambda and for what EC2 starts', ({ [A]: api }) => { prop(api, 'ListRole').AssumeRolePolicyDocument.Statement.push({ Effect: 'Allow', Principal: { Service: join('ec2.', ref('AWS::URLSuffix')) }, Action: 'sts:AssumeRole' }); }),
    fault('G35', 'the role of marking is for two services in one statement', ({ [A]: api }) => { prop(api, 'MarkRole').AssumeRolePolicyDocument.Statement[0].Principal.Service = ['lambda.amazonaws.com', 'apigateway.amazonaws.com']; }),
    fault('G78', 'a foreign account reads grades, by the policy of the table', ({ [D]: data }) => { prop(data, 'Grades').ResourcePolicy.PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: join('arn:aws:iam::', FOREIGN, ':root') }, Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], Resource: '*' }); }),
    fault('G78', 'everybody reads what changes, by the policy of the stream', ({ [D]: data }) => { prop(data, 'Grades').StreamSpecification = { StreamViewType: 'NEW_IMAGE', ResourcePolicy: { PolicyDocument: document({ Effect: 'Allow', Principal: '*', Action: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], Resource: '*' }) } }; }),
    fault('G78', 'a policy for all would be taken for the word', ({ [D]: data }) => { Object.assign(prop(data, 'WordPolicy'), { BlockPublicPolicy: false, ResourcePolicy: document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'secretsmanager:GetSecretValue', Resource: '*', Condition: { StringLike: { 'aws:userAgent': 'school/*' } } }) }); }),
    fault('G77', 'the table may be deleted, by a condition that is always so', ({ [D]: data }) => { data.Conditions = { Always: { 'Fn::Equals': ['a', 'a'] } }; prop(data, 'Grades').DeletionProtectionEnabled = when('Always', false, true); }),
    fault('G76', 'grades go with the stack', ({ [D]: data }) => { data.Resources.Grades.DeletionPolicy = 'Delete'; }),
    fault('G76', 'teachers go when their pool is replaced', ({ [U]: auth }) => { auth.Resources.Teachers.UpdateReplacePolicy = 'Delete'; }),
    fault('G05', 'the word of the list is a parameter that the console shows', ({ [A]: api }) => { api.Parameters = { MailPassword: { Type: 'String', NoEcho: 'false' } }; env(api, 'List').MAIL_PARAM = ref('MailPassword'); }),
    fault('G05', 'a parameter hides what its default tells', ({ [A]: api }) => { api.Parameters = { MailApiKey: { Type: 'String', NoEcho: true, Default: 'k-5f4dcc3b5aa765d61d83' } }; env(api, 'Mark').MAIL = ref('MailApiKey'); }),
    fault('G02', 'marking holds a password from an export of the other stack', ({ [D]: data, [A]: api }) => { data.Outputs.F = out('School-Data:ExportsOutputPass', '{{resolve:secretsmanager:school/mail:SecretString:password}}'); env(api, 'Mark').MAIL_PASSWORD = use('School-Data:ExportsOutputPass'); }),
    fault('G02', 'the list holds the secret of the app, got from the pool of its stack', ({ [A]: api }) => { api.Resources.Other = app('eu-west-1_AbCdEfGhI', { GenerateSecret: true }); env(api, 'List').CLIENT_SECRET = att('Other', 'ClientSecret'); }),
    fault('G07', 'the word itself is exported', ({ [D]: data }) => { data.Outputs.F = out('School-Data:ExportsOutputPlain', join('{{resolve:secretsmanager:', ref('Word'), ':SecretString:password}}')); }),
    fault('G04', 'the body of the word is put together from parts', ({ [D]: data }) => { const word = prop(data, 'Word'); delete word.GenerateSecretString; word.SecretString = join('{"username":"school","password":"', 'cl4ssr00m!', '2019"}'); }),
    fault('G04', 'the template of the generated word has a second one that is not', ({ [D]: data }) => { prop(data, 'Word').GenerateSecretString.SecretStringTemplate = sub('{"username":"school","masterPassword":"gr4d3b00k-${AWS::Region}"}'); }),
    fault('G17', 'tokens of all apps of the imported pool do', ({ [A]: api }) => { prop(api, 'Guard').JwtConfiguration.Audience = { Ref: 'AWS::NoValue' }; }),
    fault('G18', 'marking asks for no scope', ({ [A]: api }) => { prop(api, 'MarkRoute').AuthorizationScopes = when('Strict', ['grades/write'], { Ref: 'AWS::NoValue' }); api.Conditions = { Strict: { 'Fn::Equals': [REGION, 'mars-north-1'] } }; }),
    fault('G22', 'the API still answers under its own name', ({ [A]: api }) => { prop(api, 'Api').DisableExecuteApiEndpoint = 'false'; }),
    fault('G23', 'who is trusted may be exchanged', ({ [A]: api }) => { prop(api, 'Domain').MutualTlsAuthentication = { TruststoreUri: sub('s3://school-trust-${AWS::Region}/roots.pem') }; }),
    fault('G12', 'pages of a developer read grades', ({ [A]: api }) => { prop(api, 'Api').CorsConfiguration.AllowOrigins.push(join('http://', 'localhost', ':3000')); }),
    fault('G12', 'any header may be sent along with the token', ({ [A]: api }) => { prop(api, 'Api').CorsConfiguration.AllowHeaders = ['*']; prop(api, 'Api').CorsConfiguration.AllowOrigins = ['*']; prop(api, 'Api').CorsConfiguration.AllowCredentials = false; }),
    fault('G69', 'the API traces what is sent on one route', ({ [A]: api }) => { prop(api, 'Stage').RouteSettings = { 'PUT /grades/{id}': { DataTraceEnabled: true, LoggingLevel: 'INFO', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 } }; }),
    fault('G80', 'the app of teachers hands tokens in the address, beside the code', ({ [U]: auth }) => { prop(auth, 'TeachersApp').AllowedOAuthFlows = ['code', 'implicit']; }),
    fault('G80', 'the app sends tokens to a page in the clear', ({ [U]: auth }) => { prop(auth, 'TeachersApp').CallbackURLs = { 'Fn::Split': ['|', 'https://grades.school.internal/in|http://grades.school.internal/in'] }; }),
    fault('G81', 'teachers send their password as it is', ({ [U]: auth }) => { prop(auth, 'TeachersApp').ExplicitAuthFlows.push('ALLOW_USER_PASSWORD_AUTH'); }),
    fault('G82', 'one learns who is a teacher, by the old way', ({ [U]: auth }) => { prop(auth, 'TeachersApp').PreventUserExistenceErrors = 'LEGACY'; }),
    fault('G83', 'a stolen token of a teacher lives for a year', ({ [U]: auth }) => { prop(auth, 'TeachersApp').RefreshTokenValidity = 365; }),
    fault('G84', 'teachers change what decides what they may, since nothing says which attributes the app writes', ({ [U]: auth }) => { prop(auth, 'Teachers').Schema.push({ Name: 'role', AttributeDataType: 'String', Mutable: true }); delete prop(auth, 'TeachersApp').WriteAttributes; }),
    fault('G85', 'a teacher who holds the number of the other is the other', ({ [U]: auth }) => { prop(auth, 'Teachers').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: 1 }]; }),
    fault('G40', 'the report of the night is forgotten when it fails', ({ [A]: api }) => { delete prop(api, 'Report').DeadLetterConfig; }),
    fault('G47', 'the night is over and its permission stays', ({ [A]: api }) => { remove(api, 'Nightly'); prop(api, 'NightlyMay').SourceArn = sub('arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/nightly'); prop(api, 'LostPolicy').PolicyDocument.Statement.pop(); }),
    breach('sm.resource-policy', 'a foreign role reads the word', ({ [D]: data }) => { statements(data, 'WordPolicy', 'ResourcePolicy').push({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${FOREIGN}:role/reader` }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }); }),
    breach('sm.rotation', 'the word turns once in three years', ({ [D]: data }) => { prop(data, 'WordTurn').RotationRules = { ScheduleExpression: 'rate(999 days)' }; }),
    breach('cognito.threat', 'odd sign-ins are written down and let in', ({ [U]: auth }) => { prop(auth, 'Teachers').UserPoolAddOns.AdvancedSecurityMode = 'AUDIT'; }),
    breach('cognito.mfa', 'a second factor is for those who like', ({ [U]: auth }) => { prop(auth, 'Teachers').MfaConfiguration = 'OPTIONAL'; }),
    breach('cognito.deletion', 'the pool may be deleted', ({ [U]: auth }) => { delete prop(auth, 'Teachers').DeletionProtection; }),
    breach('ddb.pitr', 'grades cannot be brought back, by no value', ({ [D]: data }) => { prop(data, 'Grades').PointInTimeRecoverySpecification = { Ref: 'AWS::NoValue' }; }),
    breach('apigwv2.route-auth', 'marking is open: the authorizer is there and the type is not', ({ [A]: api }) => { delete prop(api, 'MarkRoute').AuthorizationType; }),
    breach('cfn.outputs-secrets', 'the secret of an app is an output', ({ [U]: auth }) => { prop(auth, 'TeachersApp').GenerateSecret = true; auth.Outputs.C = out('School-Auth:ExportsOutputSecret', att('TeachersApp', 'ClientSecret')); }),
  ],
  variants: [
    safe('the index of the table of the other stack is there', ({ [D]: data, [A]: api }) => { Object.assign(prop(data, 'Grades'), { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'term', AttributeType: 'S' }], LocalSecondaryIndexes: [{ IndexName: 'term', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }, { AttributeName: 'term', KeyType: 'RANGE' }], Projection: { ProjectionType: 'ALL' } }] }); statements(api, 'ListPolicy')[3].Resource = [GRADES, join(GRADES, '/index/*')]; }),
    safe('the word is read by two, as it was thought', ({ [A]: api }) => { statements(api, 'ReportPolicy').push(allow('secretsmanager:GetSecretValue', WORD)); env(api, 'Report').WORD_ARN = WORD; }),
    safe('rights of the list in a managed policy that names its role', ({ [A]: api }) => { api.Resources.ListPolicy.Type = 'AWS::IAM::ManagedPolicy'; delete prop(api, 'ListPolicy').PolicyName; }),
    safe('a secret parameter hidden and without a default', ({ [A]: api }) => { api.Parameters = { MailPassword: { Type: 'String', NoEcho: true } }; add(api, 'Mail', 'AWS::SecretsManager::Secret', { KmsKeyId: CMK, SecretString: ref('MailPassword') }, kept); add(api, 'MailTurn', 'AWS::SecretsManager::RotationSchedule', { SecretId: ref('Mail'), RotationLambdaARN: use('rotation:arn'), RotationRules: { AutomaticallyAfterDays: 30 } }); }),
    safe('the table is read from afar by nobody: a stranger is denied', ({ [D]: data }) => { prop(data, 'Grades').ResourcePolicy.PolicyDocument.Statement.push({ Effect: 'Deny', Principal: '*', NotAction: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DescribeTable'], Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } } }); }),
    safe('the policy of the word is open to the organization only', ({ [D]: data }) => { statements(data, 'WordPolicy', 'ResourcePolicy').push({ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:DescribeSecret', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-sch00l0000', 'aws:PrincipalAccount': ACCOUNT } } }); }),
    safe('deletion is guarded in both arms', ({ [D]: data }) => { data.Conditions = { Main: { 'Fn::Equals': [REGION, 'eu-west-1'] } }; prop(data, 'Grades').DeletionProtectionEnabled = when('Main', true, 'true'); }),
    safe('tokens live an hour, in seconds', ({ [U]: auth }) => { Object.assign(prop(auth, 'TeachersApp'), { AccessTokenValidity: 900, IdTokenValidity: 3600, RefreshTokenValidity: 48, TokenValidityUnits: { AccessToken: 'seconds', IdToken: 'seconds', RefreshToken: 'hours' } }); }),
    safe('an app on a phone signs in, by a scheme of its own', ({ [U]: auth }) => { prop(auth, 'TeachersApp').LogoutURLs = ['https://grades.school.internal/out', 'https://grades.school.internal/again']; prop(auth, 'TeachersApp').CallbackURLs = ['https://grades.school.internal/in', 'school://signed-in']; }),
    safe('an attribute that decides cannot be changed once set', ({ [U]: auth }) => { prop(auth, 'Teachers').Schema.push({ Name: 'role', AttributeDataType: 'String', Mutable: false }); prop(auth, 'TeachersApp').WriteAttributes = ['email', 'name', 'family_name']; }),
    safe('the service of a role is put together from parts', ({ [A]: api }) => { prop(api, 'ListRole').AssumeRolePolicyDocument.Statement[0].Principal.Service = [join('lambda.', 'amazonaws.com')]; }),
  ],
};
