import { Template } from '../../seed';
import { add, BlindSeed, fault, prop, remove, safe } from '../support';

const ACCOUNT = '123456789012';
const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const ONCALL = `arn:aws:sns:eu-west-1:${ACCOUNT}:platform-oncall`;
const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`;
const text = (...Statement: any[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: any, Resource: any, Condition?: any): any => ({ Effect: 'Allow', Action, Resource, ...Condition && { Condition } });
const trust = (Service: any, Condition?: any): any => ({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...Condition && { Condition } });
const from = (SourceArn: string): any => ({ StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': SourceArn } });
const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const xray = allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*');
const insecure = (service: string, Resource: any): any => ({ Sid: 'Tls', Effect: 'Deny', Principal: '*', Action: `${service}:*`, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
const write = (name: string): any => allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn('logs', `log-group:/aws/lambda/${name}:*`));
const alarm = (Namespace: string, MetricName: string, Name: string, Value: string): any => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace, MetricName, Dimensions: [{ Name, Value }], Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching', AlarmActions: [ONCALL] } });
const queue = (QueueName: string, more: any = {}): any => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName, KmsMasterKeyId: KEY, MessageRetentionPeriod: 1209600, ...more } });
const usesKey = allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, { StringEquals: { 'kms:ViaService': ['dynamodb', 's3', 'sqs'].map((service) => `${service}.eu-west-1.amazonaws.com`) } });

function fn(id: string, name: string, statements: any[], more: any = {}): Template {
  return {
    [`aws_lambda_function_${id}`.replace(/_/g, '')]: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: name, Runtime: 'python3.13', Handler: 'main.handler', Role: `arn:aws:iam::${ACCOUNT}:role/${name}`, Code: { S3Bucket: 'fleet-artifacts', S3Key: `${name}.zip`, S3ObjectVersion: 'v1' }, CodeSigningConfigArn: arn('lambda', 'code-signing-config:csc-0123456789abcdef0'), MemorySize: 256, Timeout: 20, ReservedConcurrentExecutions: 10, KmsKeyArn: KEY, TracingConfig: { Mode: 'Active' }, LoggingConfig: { LogFormat: 'JSON', LogGroup: `/aws/lambda/${name}` }, Tags: [{ Key: 'Environment', Value: 'production' }], ...more }, DependsOn: [`${id}logs`, `${id}role`] },
    [`${id}logs`]: { Type: 'AWS::Logs::LogGroup', ...KEPT, Properties: { LogGroupName: `/aws/lambda/${name}`, RetentionInDays: 365, KmsKeyId: KEY } },
    [`${id}role`]: { Type: 'AWS::IAM::Role', Properties: { RoleName: name, AssumeRolePolicyDocument: text(trust('lambda.amazonaws.com')) } },
    [`${id}policy`]: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: name, Roles: [name], PolicyDocument: text(write(name), xray, ...statements) }, DependsOn: [`${id}role`] },
    [`${id}errors`]: alarm('AWS/Lambda', 'Errors', 'FunctionName', name),
    [`${id}throttles`]: alarm('AWS/Lambda', 'Throttles', 'FunctionName', name),
  };
}

const template: Template = {
  Resources: {
    ...fn('ingest', 'fleet-ingest', [allow('s3:GetObject', 'arn:aws:s3:::fleet-inbox-123456789012/in/*'), allow('dynamodb:PutItem', arn('dynamodb', 'table/fleet')), allow('sqs:SendMessage', arn('sqs', 'fleet-failed')), usesKey], { Environment: { Variables: { TABLE: 'fleet', BUCKET: 'fleet-inbox-123456789012' } } }),
    ...fn('nightly', 'fleet-nightly', [allow('dynamodb:GetItem', arn('dynamodb', 'table/fleet')), allow('sqs:SendMessage', arn('sqs', 'fleet-failed')), usesKey], { Environment: { Variables: { TABLE: 'fleet' } } }),
    ...fn('site', 'fleet-site', [allow(['dynamodb:GetItem', 'dynamodb:Query'], arn('dynamodb', 'table/fleet')), usesKey], { Environment: { Variables: { TABLE: 'fleet' } } }),
    ...fn('socket', 'fleet-socket', [], {}),
    table: { Type: 'AWS::DynamoDB::Table', ...KEPT, Properties: { TableName: 'fleet', BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }], KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], StreamSpecification: { StreamViewType: 'KEYS_ONLY' }, DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: KEY } } },
    failed: queue('fleet-failed', { RedriveAllowPolicy: { redrivePermission: 'denyAll' } }),
    missed: queue('fleet-missed', { RedriveAllowPolicy: { redrivePermission: 'denyAll' } }),
    queuepolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [`https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/fleet-failed`, `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/fleet-missed`], PolicyDocument: text(insecure('sqs', '*')) } },
    failedalarm: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', 'fleet-failed'),
    missedalarm: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', 'fleet-missed'),
    ingestfailure: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: 'fleet-ingest', Qualifier: '$LATEST', MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: arn('sqs', 'fleet-failed') } } } },
    nightlyfailure: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: 'fleet-nightly', Qualifier: '$LATEST', MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: arn('sqs', 'fleet-failed') } } } },
    inbox: { Type: 'AWS::S3::Bucket', ...KEPT, DependsOn: ['inboxmay'], Properties: { BucketName: 'fleet-inbox-123456789012', PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }, VersioningConfiguration: { Status: 'Enabled' }, BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } }] }, LoggingConfiguration: { DestinationBucketName: 'platform-access-logs', LogFilePrefix: 'fleet/' }, LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 } }] }, NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: arn('lambda', 'function:fleet-ingest'), Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } } }] } } },
    inboxpolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'fleet-inbox-123456789012', PolicyDocument: text(insecure('s3', ['arn:aws:s3:::fleet-inbox-123456789012', 'arn:aws:s3:::fleet-inbox-123456789012/*'])) } },
    inboxmay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'fleet-ingest', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: 'arn:aws:s3:::fleet-inbox-123456789012' } },
    group: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'fleet' } },
    schedulerrole: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'fleet-scheduler', AssumeRolePolicyDocument: text(trust('scheduler.amazonaws.com', from(arn('scheduler', 'schedule-group/fleet')))), Policies: [{ PolicyName: 'run', PolicyDocument: text(allow('lambda:InvokeFunction', arn('lambda', 'function:fleet-nightly')), allow('sqs:SendMessage', arn('sqs', 'fleet-missed')), usesKey) }] } },
    schedule: { Type: 'AWS::Scheduler::Schedule', DependsOn: ['group'], Properties: { Name: 'nightly', GroupName: 'fleet', KmsKeyArn: KEY, ScheduleExpression: 'rate(1 day)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: arn('lambda', 'function:fleet-nightly'), RoleArn: `arn:aws:iam::${ACCOUNT}:role/fleet-scheduler`, Input: '{}', RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 }, DeadLetterConfig: { Arn: arn('sqs', 'fleet-missed') } } } },
    url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: 'fleet-site', AuthType: 'AWS_IAM' } },
    urlmay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'fleet-site', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM', Principal: 'cloudfront.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: `arn:aws:cloudfront::${ACCOUNT}:distribution/E1ABCDEF234567` } },
    socketapi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'fleet', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
    socketint: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: { Ref: 'socketapi' }, IntegrationType: 'AWS_PROXY', IntegrationUri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${arn('lambda', 'function:fleet-socket')}/invocations` } },
    connect: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'socketapi' }, RouteKey: '$connect', AuthorizationType: 'AWS_IAM', Target: { 'Fn::Sub': 'integrations/${socketint}' } } },
    say: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'socketapi' }, RouteKey: 'say', AuthorizationType: 'NONE', Target: { 'Fn::Sub': 'integrations/${socketint}' } } },
    wslogs: { Type: 'AWS::Logs::LogGroup', ...KEPT, Properties: { RetentionInDays: 365, KmsKeyId: KEY } },
    socketstage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'socketapi' }, StageName: 'live', AutoDeploy: true, DefaultRouteSettings: { ThrottlingBurstLimit: 10, ThrottlingRateLimit: 10, LoggingLevel: 'ERROR', DataTraceEnabled: false, DetailedMetricsEnabled: true }, AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['wslogs', 'Arn'] }, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","principal":"$context.identity.userArn","connection":"$context.connectionId"}' } } },
    socketmay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: 'fleet-socket', Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: { 'Fn::Sub': `arn:aws:execute-api:eu-west-1:${ACCOUNT}:\${socketapi}/live/*` } } },
    bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'fleet', KmsKeyIdentifier: KEY, DeadLetterConfig: { Arn: arn('sqs', 'fleet-missed') } } },
    buspolicy: { Type: 'AWS::Events::EventBusPolicy', Properties: { EventBusName: 'fleet', StatementId: 'own', Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'events:PutEvents', Resource: arn('events', 'event-bus/fleet'), Condition: { StringEquals: { 'events:source': 'fleet.devices' } } } } },
    devices: { Type: 'AWS::Cognito::IdentityPool', Properties: { IdentityPoolName: 'fleet', AllowUnauthenticatedIdentities: false, AllowClassicFlow: false, CognitoIdentityProviders: [{ ClientId: '6abcd', ProviderName: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc', ServerSideTokenCheck: true }] } },
    devicerole: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'fleet-device', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': { Ref: 'devices' } }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } } }] }, Policies: [{ PolicyName: 'connect', PolicyDocument: { Version: '2012-10-17', Statement: [allow('execute-api:Invoke', { 'Fn::Sub': `arn:aws:execute-api:eu-west-1:${ACCOUNT}:\${socketapi}/live/*/$connect` })] } }] } },
    deviceroles: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: { Ref: 'devices' }, Roles: { authenticated: `arn:aws:iam::${ACCOUNT}:role/fleet-device` } } },
  },
};

const FN = (id: string): string => `awslambdafunction${id}`;
const edit = (t: Template, id: string, change: (statements: any[]) => void, key = 'PolicyDocument'): void => { const p = prop(t, id); const d = JSON.parse(p[key]); change(d.Statement); p[key] = JSON.stringify(d); };
const ROLE = 'AssumeRolePolicyDocument';

export const FLEET: BlindSeed = {
  name: 'fleet out of Terraform',
  style: 'terraform',
  stacks: { Fleet: template },
  mutants: [
    fault('G03', 'a token in the text of the schedule', ({ Fleet: t }) => { prop(t, 'schedule').Target.Input = '{"h":{"authorization":"ghp_16C7e42F292c6912E7710c838347Ae178B4a"}}'; }),
    fault('G04', 'a generated secret whose template carries the password', ({ Fleet: t }) => { add(t, 'db', 'AWS::SecretsManager::Secret', { Name: 'fleet/db', KmsKeyId: KEY, GenerateSecretString: { GenerateStringKey: 'salt', SecretStringTemplate: '{"username":"app","password":"winter-2025"}' } }, KEPT); }),
    fault('G06', 'a connection holds a literal key', ({ Fleet: t }) => { add(t, 'partner', 'AWS::Events::Connection', { AuthorizationType: 'API_KEY', KmsKeyIdentifier: KEY, AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: '83jd72hs91' } } }); }),
    fault('G21', '$connect is open', ({ Fleet: t }) => { delete prop(t, 'connect').AuthorizationType; }),
    fault('G25', 'the permission of the URL leaves out the distribution', ({ Fleet: t }) => { delete prop(t, 'urlmay').SourceArn; }),
    fault('G26', 'the function of the URL, named by its ARN with a qualifier, has no bound', ({ Fleet: t }) => { delete prop(t, FN('site')).ReservedConcurrentExecutions; prop(t, 'url').TargetFunctionArn = arn('lambda', 'function:fleet-site'); }),
    fault('G27', 'any bucket of the account may drive the function', ({ Fleet: t }) => { prop(t, 'inboxmay').SourceArn = 'arn:aws:s3:::*'; delete prop(t, 'inboxmay').SourceAccount; }),
    fault('G28', 'the text of the queue policy lets a service in without a source', ({ Fleet: t }) => edit(t, 'queuepolicy', (s) => s.push({ Effect: 'Allow', Principal: { Service: ['events.amazonaws.com'] }, Action: 'sqs:SendMessage', Resource: arn('sqs', 'fleet-failed'), Condition: { StringLike: { 'aws:PrincipalTag/team': '*' } } }))),
    fault('G29', 'the scheduler may be anyone’s', ({ Fleet: t }) => { prop(t, 'schedulerrole')[ROLE] = text(trust('scheduler.amazonaws.com')); }),
    fault('G30', 'the audience is a like with a star', ({ Fleet: t }) => { prop(t, 'devicerole')[ROLE].Statement[0].Condition = { 'StringLike': { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:*' }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }; }),
    fault('G30', 'the guests are let in beside the known', ({ Fleet: t }) => { prop(t, 'devicerole')[ROLE].Statement[0].Condition['ForAnyValue:StringLike']['cognito-identity.amazonaws.com:amr'] = ['authenticated', 'unauthenticated']; prop(t, 'devices').AllowUnauthenticatedIdentities = true; }),
    fault('G32', 'the site may query indexes that do not exist, by text', ({ Fleet: t }) => edit(t, 'sitepolicy', (s) => s.push(allow('dynamodb:Query', arn('dynamodb', 'table/fleet/index/*'))))),
    fault('G33', 'the socket may read a table that it never names', ({ Fleet: t }) => edit(t, 'socketpolicy', (s) => s.push(allow('dynamodb:GetItem', arn('dynamodb', 'table/fleet'))))),
    fault('G34', 'a second policy lets the nightly function write policies of its own role', ({ Fleet: t }) => { add(t, 'more', 'AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'fleet-more', Roles: ['fleet-nightly'], PolicyDocument: text(allow(['iam:GetRole', 'iam:PutRolePolicy'], `arn:aws:iam::${ACCOUNT}:role/fleet-nightly`)) }); }),
    fault('G34', 'a managed policy is hung on by literal ARN, and lets code be published', ({ Fleet: t }) => { add(t, 'deploy', 'AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'fleet-deploy', PolicyDocument: text(allow('lambda:Update*', arn('lambda', 'function:fleet-site'))) }); prop(t, 'siterole').ManagedPolicyArns = [`arn:aws:iam::${ACCOUNT}:policy/fleet-deploy`]; }),
    fault('G35', 'two services share the role', ({ Fleet: t }) => { prop(t, 'nightlyrole')[ROLE] = text(trust('lambda.amazonaws.com'), trust('ec2.amazonaws.com')); }),
    fault('G36', 'four roles read the same secret', ({ Fleet: t }) => { for (const id of ['ingest', 'nightly', 'site', 'socket']) edit(t, `${id}policy`, (s) => s.push(allow('secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:fleet/db-AbCdEf')))); }),
    fault('G36', 'decryption by any way', ({ Fleet: t }) => edit(t, 'sitepolicy', (s) => { delete s[s.length - 1].Condition; })),
    fault('G37', 'grants hidden in a pattern of actions', ({ Fleet: t }) => edit(t, 'sitepolicy', (s) => s.push(allow('kms:Create*', KEY)))),
    fault('G39', 'devices may put into the bucket that drives the function', ({ Fleet: t }) => { prop(t, 'devicerole').Policies[0].PolicyDocument.Statement.push(allow('s3:PutObject', 'arn:aws:s3:::fleet-inbox-123456789012/in/*')); }),
    fault('G39', 'a foreign account may write into the bucket that drives the function', ({ Fleet: t }) => edit(t, 'inboxpolicy', (s) => s.push({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::998877665544:root' }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::fleet-inbox-123456789012/in/*' }))),
    fault('G40', 'the failure path of the function of the bucket is for another function', ({ Fleet: t }) => { prop(t, 'ingestfailure').FunctionName = 'fleet-site'; }),
    fault('G46', 'the function writes below the prefix that drives it', ({ Fleet: t }) => edit(t, 'ingestpolicy', (s) => s.push(allow('s3:PutObject', 'arn:aws:s3:::fleet-inbox-123456789012/in/done/*')))),
    fault('G46', 'recursion is allowed', ({ Fleet: t }) => { prop(t, FN('ingest')).RecursiveLoop = 'Allow'; }),
    fault('G48', 'the rule of the shared bus takes any source by an empty prefix', ({ Fleet: t }) => { add(t, 'seen', 'AWS::Events::Rule', { EventBusName: 'fleet', EventPattern: { source: [{ prefix: '' }] }, Targets: [{ Id: 'n', Arn: arn('lambda', 'function:fleet-nightly'), DeadLetterConfig: { Arn: arn('sqs', 'fleet-missed') } }] }); add(t, 'seenmay', 'AWS::Lambda::Permission', { FunctionName: 'fleet-nightly', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: arn('events', 'rule/fleet/seen') }); }),
    fault('G48', 'another account puts any event', ({ Fleet: t }) => { prop(t, 'buspolicy').Statement.Principal.AWS = '998877665544'; delete prop(t, 'buspolicy').Statement.Condition; }),
    fault('G49', 'an archive without key and end', ({ Fleet: t }) => { add(t, 'archive', 'AWS::Events::Archive', { SourceArn: arn('events', 'event-bus/fleet'), RetentionDays: 0 }); }),
    fault('G50', 'an API destination by plain http', ({ Fleet: t }) => { add(t, 'out', 'AWS::Events::ApiDestination', { ConnectionArn: arn('events', 'connection/partner/1111'), HttpMethod: 'POST', InvocationEndpoint: 'http://partner.example.org/events' }); }),
    fault('G51', 'the role of the schedule may invoke every function', ({ Fleet: t }) => { prop(t, 'schedulerrole').Policies[0].PolicyDocument = prop(t, 'schedulerrole').Policies[0].PolicyDocument.replace('function:fleet-nightly', 'function:*'); }),
    fault('G51', 'missed runs are lost', ({ Fleet: t }) => { delete prop(t, 'schedule').Target.DeadLetterConfig; }),
    fault('G52', 'a pipe from the stream without log and dead letters', ({ Fleet: t }) => { add(t, 'piperole', 'AWS::IAM::Role', { RoleName: 'fleet-pipe', [ROLE]: text(trust('pipes.amazonaws.com', from(arn('pipes', 'pipe/fleet')))), Policies: [{ PolicyName: 'p', PolicyDocument: text(allow('dynamodb:GetRecords', arn('dynamodb', 'table/fleet/stream/2025')), allow('events:PutEvents', arn('events', 'event-bus/fleet'))) }] }); add(t, 'pipe', 'AWS::Pipes::Pipe', { Name: 'fleet', RoleArn: `arn:aws:iam::${ACCOUNT}:role/fleet-pipe`, KmsKeyIdentifier: KEY, Source: arn('dynamodb', 'table/fleet/stream/2025'), SourceParameters: { DynamoDBStreamParameters: { StartingPosition: 'LATEST' } }, Target: arn('events', 'event-bus/fleet') }); }),
    fault('G53', 'a queue of a foreign account subscribes to the imported topic', ({ Fleet: t }) => { add(t, 'sub', 'AWS::SNS::Subscription', { TopicArn: arn('sns', 'fleet-events'), Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-1:998877665544:theirs', RedrivePolicy: { deadLetterTargetArn: arn('sqs', 'fleet-missed') } }); }),
    fault('G54', 'a stream of a foreign account drives the function', ({ Fleet: t }) => { add(t, 'esm', 'AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:kinesis:eu-west-1:998877665544:stream/theirs', FunctionName: 'fleet-nightly', StartingPosition: 'LATEST', MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: arn('sqs', 'fleet-failed') } } }); }),
    fault('G66', 'the URL is opened to all while the distribution stays', ({ Fleet: t }) => { prop(t, 'url').AuthType = 'NONE'; Object.assign(prop(t, 'urlmay'), { Principal: '*', FunctionUrlAuthType: 'NONE' }); delete prop(t, 'urlmay').SourceArn; delete prop(t, 'urlmay').SourceAccount; }),
    fault('G73', 'the group of the function is a slip of the pen away', ({ Fleet: t }) => { delete prop(t, FN('site')).LoggingConfig.LogGroup; prop(t, 'sitelogs').LogGroupName = '/aws/lambda/fleet_site'; }),
    fault('G74', 'logs are shipped to a foreign account', ({ Fleet: t }) => { add(t, 'ship', 'AWS::Logs::SubscriptionFilter', { LogGroupName: '/aws/lambda/fleet-site', FilterPattern: '', DestinationArn: 'arn:aws:logs:eu-west-1:998877665544:destination:siem' }); }),
    fault('G78', 'the table is shared with a foreign account', ({ Fleet: t }) => { prop(t, 'table').ResourcePolicy = { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: ['998877665544', ACCOUNT] }, Action: 'dynamodb:GetItem', Resource: '*' }] } }; }),
    fault('G90', 'fifteen minutes and no bound', ({ Fleet: t }) => { prop(t, FN('nightly')).Timeout = 900; delete prop(t, FN('nightly')).ReservedConcurrentExecutions; }),
    fault('G47', 'the notification and its permission are gone, so nothing calls the function', ({ Fleet: t }) => { remove(t, 'inboxmay'); delete prop(t, 'inbox').NotificationConfiguration; delete t.Resources.inbox.DependsOn; }),
  ],
  variants: [
    safe('writes below another prefix of the bucket do not come back', ({ Fleet: t }) => edit(t, 'ingestpolicy', (s) => s.push(allow('s3:PutObject', 'arn:aws:s3:::fleet-inbox-123456789012/out/*')))),
    safe('a bucket whose name only starts alike is another bucket', ({ Fleet: t }) => edit(t, 'ingestpolicy', (s) => s.push(allow('s3:PutObject', 'arn:aws:s3:::fleet-inbox-123456789012-done/*')))),
    safe('the service is let into the queue from one rule of the own account', ({ Fleet: t }) => edit(t, 'queuepolicy', (s) => s.push({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: arn('sqs', 'fleet-failed'), Condition: { ArnEquals: { 'AWS:SourceArn': arn('events', 'rule/fleet/seen') } } }))),
    safe('condition keys in other letters mean the same', ({ Fleet: t }) => { prop(t, 'schedulerrole')[ROLE] = text(trust('scheduler.amazonaws.com', { StringEquals: { 'AWS:sourceaccount': [ACCOUNT] } })); }),
    safe('a deny by NotPrincipal-free NotAction takes rights away only', ({ Fleet: t }) => edit(t, 'sitepolicy', (s) => s.push({ Effect: 'Deny', NotAction: ['dynamodb:*', 'kms:*', 'logs:*', 'xray:*'], Resource: '*' }))),
    safe('the own account, by number, may read the table', ({ Fleet: t }) => { prop(t, 'table').ResourcePolicy = { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/fleet-site` }, Action: 'dynamodb:GetItem', Resource: '*' }] } }; }),
    safe('the function is named by its full ARN in the failure path', ({ Fleet: t }) => { prop(t, 'ingestfailure').FunctionName = arn('lambda', 'function:fleet-ingest'); }),
    safe('the failure path is the dead letter queue of the function itself', ({ Fleet: t }) => { remove(t, 'nightlyfailure'); prop(t, FN('nightly')).DeadLetterConfig = { TargetArn: arn('sqs', 'fleet-failed') }; }),
    safe('logs go to a stream of the own account', ({ Fleet: t }) => { add(t, 'shiprole', 'AWS::IAM::Role', { RoleName: 'fleet-ship', [ROLE]: text(trust('logs.amazonaws.com', from(arn('logs', '*')))), Policies: [{ PolicyName: 's', PolicyDocument: text(allow('kinesis:PutRecord', arn('kinesis', 'stream/siem'))) }] }); add(t, 'ship', 'AWS::Logs::SubscriptionFilter', { LogGroupName: '/aws/lambda/fleet-site', FilterPattern: '', DestinationArn: arn('kinesis', 'stream/siem'), RoleArn: `arn:aws:iam::${ACCOUNT}:role/fleet-ship` }); }),
    safe('a role with a path is the same role', ({ Fleet: t }) => { prop(t, 'siterole').Path = '/fleet/'; prop(t, FN('site')).Role = `arn:aws:iam::${ACCOUNT}:role/fleet/fleet-site`; }),
    safe('read actions by pattern hold nothing that writes', ({ Fleet: t }) => edit(t, 'sitepolicy', (s) => s.push(allow('dynamodb:BatchGet*', arn('dynamodb', 'table/fleet'))))),
    safe('reading the key, not granting it', ({ Fleet: t }) => edit(t, 'sitepolicy', (s) => s.push(allow(['kms:DescribeKey'], KEY)))),
  ],
};
