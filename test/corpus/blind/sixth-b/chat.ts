import { ACCOUNT, alarm, allow, app, att, deadLetters, document, Json, key, kept, logs, NONE, people, ref, risk, sub, table, trusts, via, when } from '../fifth/kit';
import { add, BlindSeed, breach, fault, prop, remove, safe } from '../support';

const CMK = att('ChatKey');
const PAGER = ref('PagerArn');
const own = (name: string): Json[] => [
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att(`${name}Logs`)),
  allow('kms:Decrypt', CMK, via('lambda', 'dynamodb', 'sqs')),
];
const fn = (name: string, can: Json[], Variables: Json, more: Json = {}): Json => ({
  [`${name}Logs`]: logs(CMK),
  [name]: {
    Type: 'AWS::Serverless::Function',
    Metadata: { BuildMethod: 'esbuild' },
    Properties: { CodeUri: `src/${name.toLowerCase()}/`, Handler: 'app.handler', Policies: [{ Version: '2012-10-17', Statement: [...own(name), ...can] }], LoggingConfig: { LogGroup: ref(`${name}Logs`), LogFormat: 'JSON' }, Environment: { Variables }, ...more },
  },
  [`${name}Errors`]: alarm('AWS/Lambda', 'Errors', { FunctionName: ref(name) }, PAGER),
  [`${name}Throttles`]: alarm('AWS/Lambda', 'Throttles', { FunctionName: ref(name) }, PAGER),
});
const wire = (name: string): Json => ({ [`${name}Wire`]: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Socket'), IntegrationType: 'AWS_PROXY', IntegrationUri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`) } } });
const route = (id: string, RouteKey: string, name: string, more: Json = {}): Json => ({
  [id]: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Socket'), RouteKey, Target: sub(`integrations/\${${name}Wire}`), ...more } },
  [`${id}Allowed`]: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref(name), Principal: 'apigateway.amazonaws.com', SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Socket}/*/${RouteKey}`) } },
});
const SOCKET_FORMAT = '{"requestId":"$context.requestId","sourceIp":"$context.identity.sourceIp","principal":"$context.authorizer.principalId","time":"$context.requestTime","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","connection":"$context.connectionId"}';
const push = allow('execute-api:ManageConnections', sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Socket}/live/POST/@connections/*'));

const TEMPLATE: Json = {
  Transform: 'AWS::Serverless-2016-10-31',
  Globals: {
    Function: {
      Runtime: 'nodejs22.x',
      Architectures: ['arm64'],
      MemorySize: 256,
      Timeout: 10,
      Tracing: 'Active',
      ReservedConcurrentExecutions: 25,
      KmsKeyArn: CMK,
      AutoPublishAlias: 'live',
      AutoPublishAliasAllProperties: true,
      Tags: { stage: 'prod' },
      Environment: { Variables: { LOG_LEVEL: 'INFO', POWERTOOLS_SERVICE_NAME: 'chat' } },
    },
  },
  Parameters: { PagerArn: { Type: 'String', Default: 'arn:aws:sns:eu-central-1:777788889999:pager' }, Boundary: { Type: 'String', Default: 'arn:aws:iam::777788889999:policy/functions' }, AuthMode: { Type: 'String', Default: 'CUSTOM', AllowedValues: ['CUSTOM', 'AWS_IAM', 'NONE'] }, Beta: { Type: 'String', Default: 'false' } },
  Conditions: { IsBeta: { 'Fn::Equals': [ref('Beta'), 'true'] } },
  Resources: {
    ChatKey: key('sns.amazonaws.com'),
    Socket: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', Tags: { stage: 'prod' } } },
    SocketLogs: logs(CMK),
    SocketLive: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Socket'), StageName: 'live', AutoDeploy: true, AccessLogSettings: { DestinationArn: att('SocketLogs'), Format: SOCKET_FORMAT }, DefaultRouteSettings: { ThrottlingBurstLimit: 200, ThrottlingRateLimit: 100, LoggingLevel: 'ERROR', DataTraceEnabled: false, DetailedMetricsEnabled: true }, Tags: { stage: 'prod' } } },
    SocketFailing: alarm('AWS/ApiGateway', 'ExecutionError', { ApiId: ref('Socket') }, PAGER),
    Door: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: ref('Socket'), Name: 'door', AuthorizerType: 'REQUEST', AuthorizerUri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Porter.Arn}/invocations'), IdentitySource: ['route.request.header.Sec-WebSocket-Protocol'] } },
    DoorAllowed: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref('Porter'), Principal: 'apigateway.amazonaws.com', SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Socket}/authorizers/${Door}') } },
    ...fn('Porter', [], { POOL_ID: ref('Talkers') }, { Timeout: 5 }),
    ...fn('Greet', [allow('dynamodb:PutItem', att('Seats'))], { SEATS: ref('Seats') }),
    ...fn('Leave', [allow('dynamodb:DeleteItem', att('Seats'))], { SEATS: ref('Seats') }),
    ...fn('Say', [allow('dynamodb:Query', att('Seats')), allow('sqs:SendMessage', att('Lines')), allow('kms:GenerateDataKey', CMK, via('sqs'))], { SEATS: ref('Seats'), LINES: ref('Lines') }),
    ...wire('Greet'),
    ...wire('Leave'),
    ...wire('Say'),
    ...route('OnConnect', '$connect', 'Greet', { AuthorizationType: ref('AuthMode'), AuthorizerId: ref('Door') }),
    ...route('OnDisconnect', '$disconnect', 'Leave'),
    ...route('OnSay', 'say', 'Say'),
    Seats: table(CMK, { TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } }),
    Lines: { Type: 'AWS::SQS::Queue', ...kept, Properties: { FifoQueue: true, QueueName: 'lines.fifo', ContentBasedDeduplication: true, KmsMasterKeyId: CMK, VisibilityTimeout: 60, RedrivePolicy: { deadLetterTargetArn: att('LinesLost'), maxReceiveCount: 3 }, RedriveAllowPolicy: { redrivePermission: 'denyAll' }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    LinesPolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('Lines')], PolicyDocument: document({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: att('Lines'), Condition: { Bool: { 'aws:SecureTransport': 'false' } } }) } },
    LinesOld: alarm('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: att('Lines', 'QueueName') }, PAGER),
    ...deadLetters('LinesLost', CMK, PAGER, [], { FifoQueue: true, QueueName: 'lines-lost.fifo', RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [sub('arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:lines.fifo')] } }),
    ...fn('Tell', [push, allow('dynamodb:Query', att('Seats')), allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Lines'))], { SEATS: ref('Seats'), PUSH: sub('https://${Socket}.execute-api.${AWS::Region}.amazonaws.com/live') }, { PermissionsBoundary: ref('Boundary'), Events: { Lines: { Type: 'SQS', Properties: { Queue: att('Lines'), BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 10 } } } } }),
    ...deadLetters('NightLost', CMK, PAGER, []),
    ...fn('Sweep', [allow(['dynamodb:Query', 'dynamodb:BatchWriteItem'], att('Seats')), allow('sqs:SendMessage', att('NightLost')), allow('kms:GenerateDataKey', CMK, via('sqs'))], { SEATS: ref('Seats') }, {
      EventInvokeConfig: { MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 3600, DestinationConfig: { OnFailure: { Type: 'SQS', Destination: att('NightLost') } } }, DeadLetterQueue: { Type: 'SQS', TargetArn: att('NightLost') },
    }),
    Nights: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'chat-nights' } },
    Nightly: { Type: 'AWS::Scheduler::Schedule', Properties: { GroupName: ref('Nights'), KmsKeyArn: CMK, ScheduleExpression: 'cron(0 3 * * ? *)', FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 15 }, State: 'ENABLED', Target: { Arn: att('Sweep'), RoleArn: att('NightRole'), Input: '{"dry":false}', DeadLetterConfig: { Arn: att('NightLost') }, RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 1800 } } } },
    NightRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('scheduler.amazonaws.com'), Policies: [{ PolicyName: 'night', PolicyDocument: document(allow('lambda:InvokeFunction', [att('Sweep'), sub('${Sweep.Arn}:*')]), allow('sqs:SendMessage', att('NightLost')), allow(['kms:Decrypt', 'kms:GenerateDataKey'], CMK, via('scheduler', 'sqs'))) }] } },
    Talkers: people(),
    TalkersRisk: risk(ref('Talkers')),
    TalkersApp: app(ref('Talkers')),
  },
};

const statement = (template: Json, name: string): Json[] => prop(template, name).Policies[0].Statement;
const THEM = '202122232425';

/** Talk over a socket, as the source of a SAM template. */
export const CHAT: BlindSeed = {
  name: 'Chat over a socket, the source of a SAM template with globals',
  style: 'sam',
  stacks: { Chat: TEMPLATE },
  mutants: [
    fault('G02', 'a token of all functions is in the globals', ({ Chat }) => { Chat.Globals.Function.Environment.Variables.TRANSLATE_API_KEY = 'tr-0099aabbccdd'; }),
    fault('G08', 'the globals tell all', ({ Chat }) => { Chat.Globals.Function.Environment.Variables.LOG_LEVEL = when('IsBeta', 'INFO', 'debug'); }),
    fault('G08', 'each event is written down, by the globals', ({ Chat }) => { Chat.Globals.Function.Environment.Variables.POWERTOOLS_LOGGER_LOG_EVENT = true; }),
    fault('G09', 'no certificate is looked at, by the globals', ({ Chat }) => { Chat.Globals.Function.Environment.Variables.NODE_TLS_REJECT_UNAUTHORIZED = 0; }),
    fault('G10', 'a wrapper runs before all functions', ({ Chat }) => { Chat.Globals.Function.Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER = '/opt/agent'; }),
    fault('G88', 'the code is in the template', ({ Chat }) => { const porter = prop(Chat, 'Porter'); delete porter.CodeUri; porter.InlineCode = 'exports.handler = async () => ({ isAuthorized: true });'; }),
    fault('G88', 'the image is what is newest', ({ Chat }) => { const say = prop(Chat, 'Say'); delete say.CodeUri; delete say.Handler; Object.assign(say, { PackageType: 'Image', ImageUri: sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/say:latest') }); }),
    fault('G54', 'a layer of a stranger is in the globals', ({ Chat }) => { Chat.Globals.Function.Layers = [{ 'Fn::Join': [':', ['arn:aws:lambda', ref('AWS::Region'), THEM, 'layer', 'agent', '3']] }]; }),
    fault('G21', 'the socket is open, by the default of a parameter', ({ Chat }) => { Chat.Parameters.AuthMode.Default = 'NONE'; }),
    fault('G21', 'the socket is open; the type is in the condition that is not', ({ Chat }) => { prop(Chat, 'OnConnect').AuthorizationType = when('IsBeta', 'CUSTOM', NONE); prop(Chat, 'OnConnect').AuthorizerId = when('IsBeta', ref('Door'), NONE); }),
    fault('G16', 'the token is in the query of the socket', ({ Chat }) => { prop(Chat, 'Door').IdentitySource = { 'Fn::Split': [',', 'route.request.header.Host,route.request.querystring.token'] }; }),
    fault('G69', 'all that is said is in the log', ({ Chat }) => { prop(Chat, 'SocketLive').DefaultRouteSettings.DataTraceEnabled = 'true'; }),
    fault('G69', 'what is said over one route is in the log', ({ Chat }) => { prop(Chat, 'SocketLive').RouteSettings = { say: { DataTraceEnabled: when('IsBeta', false, true), LoggingLevel: 'INFO', ThrottlingBurstLimit: 10, ThrottlingRateLimit: 5 } }; }),
    breach('apigw.throttling', 'one route may be used as often as one likes', ({ Chat }) => { prop(Chat, 'SocketLive').DefaultRouteSettings.ThrottlingRateLimit = NONE; prop(Chat, 'SocketLive').DefaultRouteSettings.ThrottlingBurstLimit = NONE; }),
    breach('apigw.execution-logging', 'errors of the socket are not told', ({ Chat }) => { prop(Chat, 'SocketLive').DefaultRouteSettings.LoggingLevel = when('IsBeta', 'INFO', 'OFF'); }),
    breach('apigwv2.access-logging', 'who came is not told', ({ Chat }) => { prop(Chat, 'SocketLive').AccessLogSettings = when('IsBeta', { DestinationArn: att('SocketLogs'), Format: SOCKET_FORMAT }, NONE); }),
    breach('apigw.structured-logs', 'who came is told without who', ({ Chat }) => { prop(Chat, 'SocketLive').AccessLogSettings.Format = sub('{"requestId":"$context.requestId","routeKey":"$context.routeKey"}'); }),
    fault('G34', 'who tells speaks on any socket and calls any function', ({ Chat }) => { statement(Chat, 'Tell').push(allow(['lambda:InvokeFunction', 'lambda:InvokeAsync'], '*')); }),
    breach('iam.wildcard-resource', 'who tells speaks on any socket', ({ Chat }) => { statement(Chat, 'Tell').push(allow('execute-api:ManageConnections', 'arn:aws:execute-api:*:*:**/@connections/*')); }),
    breach('iam.aws-managed', 'who sweeps has the power of AWS, by a short name', ({ Chat }) => { prop(Chat, 'Sweep').Policies.push('AmazonDynamoDBFullAccess'); }),
    breach('iam.wildcard-action', 'who sweeps does all with the seats, by a template of SAM', ({ Chat }) => { prop(Chat, 'Sweep').Policies.push({ DynamoDBCrudPolicy: { TableName: '*' } }); }),
    breach('iam.notaction', 'who greets may do all but a little', ({ Chat }) => { statement(Chat, 'Greet').push({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }); }),
    fault('G36', 'who says decrypts by itself, in a second policy', ({ Chat }) => { prop(Chat, 'Say').Policies.push({ Version: '2012-10-17', Statement: [allow('kms:decrypt', CMK)] }); }),
    fault('G32', 'who says reads the whole hall', ({ Chat }) => { statement(Chat, 'Say').push(allow('dynamodb:Query', sub('${Seats.Arn}/index/*'))); }),
    fault('G40', 'what was not swept is forgotten', ({ Chat }) => { const sweep = prop(Chat, 'Sweep'); delete sweep.DeadLetterQueue; delete sweep.EventInvokeConfig.DestinationConfig; sweep.Events = { Bus: { Type: 'EventBridgeRule', Properties: { Pattern: { source: ['chat.admin'] } } } }; }),
    fault('G42', 'lines are told twice', ({ Chat }) => { prop(Chat, 'Tell').Events.Lines.Properties.FunctionResponseTypes = NONE; }),
    fault('G43', 'as many tell as there are lines', ({ Chat }) => { delete prop(Chat, 'Tell').Events.Lines.Properties.ScalingConfig; Chat.Globals.Function.ReservedConcurrentExecutions = NONE; }),
    fault('G46', 'who tells puts new lines into the queue', ({ Chat }) => { prop(Chat, 'Tell').Policies.push({ SQSSendMessagePolicy: { QueueName: att('Lines', 'QueueName') } }); }),
    fault('G47', 'the queue is not read any more', ({ Chat }) => { prop(Chat, 'Tell').Events.Lines.Properties.Enabled = 'false'; }),
    fault('G44', 'a line is lost at once', ({ Chat }) => { prop(Chat, 'Lines').RedrivePolicy = when('IsBeta', { deadLetterTargetArn: att('LinesLost'), maxReceiveCount: 3 }, { deadLetterTargetArn: att('LinesLost'), maxReceiveCount: 1 }); }),
    breach('lambda.sqs-visibility', 'a line is seen by two who tell', ({ Chat }) => { prop(Chat, 'Lines').VisibilityTimeout = 30; Chat.Globals.Function.Timeout = 25; }),
    fault('G51', 'the night calls whatever there is', ({ Chat }) => { prop(Chat, 'NightRole').Policies[0].PolicyDocument.Statement[0].Resource = sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:*'); }),
    fault('G51', 'the night tries for a day', ({ Chat }) => { prop(Chat, 'Nightly').Target.RetryPolicy = when('IsBeta', { MaximumRetryAttempts: 3 }, NONE); }),
    fault('G07', 'the night knows a password', ({ Chat }) => { prop(Chat, 'Nightly').Target.Input = { 'Fn::Join': ['', ['{"dry":false,"pass', 'word":"sw33p-0815"}']] }; }),
    fault('G26', 'sweeping has an address of its own without a bound', ({ Chat }) => { Object.assign(prop(Chat, 'Sweep'), { FunctionUrlConfig: { AuthType: 'AWS_IAM' }, ReservedConcurrentExecutions: NONE }); delete Chat.Globals.Function.ReservedConcurrentExecutions; }),
    breach('lambda.url-auth', 'sweeping has an address of its own, for all', ({ Chat }) => { prop(Chat, 'Sweep').FunctionUrlConfig = { AuthType: when('IsBeta', 'AWS_IAM', 'NONE') }; }),
    fault('G20', 'an API that SAM makes takes all that comes', ({ Chat }) => { prop(Chat, 'Say').Events = { Any: { Type: 'HttpApi', Properties: { Path: '/{proxy+}', Method: 'ANY' } } }; }),
    breach('apigw.method-auth', 'an API that SAM makes has no lock', ({ Chat }) => { prop(Chat, 'Sweep').Events = { Now: { Type: 'Api', Properties: { Path: '/sweep', Method: 'post', Auth: { Authorizer: 'NONE' } } } }; }),
    breach('lambda.tracing', 'nothing is traced, by the globals', ({ Chat }) => { Chat.Globals.Function.Tracing = 'PassThrough'; }),
    breach('lambda.env-cmk', 'variables are under the key of the service, by the globals', ({ Chat }) => { delete Chat.Globals.Function.KmsKeyArn; }),
    breach('lambda.runtime', 'an old runtime, by the globals', ({ Chat }) => { Chat.Globals.Function.Runtime = 'nodejs16.x'; }),
    breach('lambda.permission-source', 'any API of any account calls the porter', ({ Chat }) => { prop(Chat, 'DoorAllowed').SourceArn = NONE; }),
    breach('lambda.permission-wildcard-principal', 'everybody calls what says', ({ Chat }) => { prop(Chat, 'OnSayAllowed').Principal = '*'; delete prop(Chat, 'OnSayAllowed').SourceArn; }),
    fault('G87', 'code that nobody signed is taken', ({ Chat }) => { add(Chat, 'Signing', 'AWS::Lambda::CodeSigningConfig', { AllowedPublishers: { SigningProfileVersionArns: [sub('arn:aws:signer:${AWS::Region}:${AWS::AccountId}:/signing-profiles/chat/abcdef0123')] }, CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Warn' } }); Chat.Globals.Function.CodeSigningConfigArn = ref('Signing'); }),
    breach('iam.trust-public', 'everybody is who tells', ({ Chat }) => { prop(Chat, 'Tell').AssumeRolePolicyDocument = document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com', AWS: '*' }, Action: 'sts:AssumeRole' }); }),
  ],
  variants: [
    safe('a function tells less than the globals, which tell more in a beta', ({ Chat }) => { Chat.Globals.Function.Environment.Variables.LOG_LEVEL = when('IsBeta', 'DEBUG', 'WARN'); }),
    safe('the socket is signed by IAM', ({ Chat }) => { Chat.Parameters.AuthMode.Default = 'AWS_IAM'; prop(Chat, 'OnConnect').AuthorizerId = NONE; remove(Chat, 'Door', 'DoorAllowed', 'Porter', 'PorterLogs', 'PorterErrors', 'PorterThrottles'); }),
    safe('sweeping reads by a template of SAM', ({ Chat }) => { prop(Chat, 'Sweep').Policies.push({ DynamoDBReadPolicy: { TableName: ref('Seats') } }); }),
    safe('a function has its own runtime and time', ({ Chat }) => { Object.assign(prop(Chat, 'Tell'), { Runtime: 'python3.13', Timeout: '9', MemorySize: '512', ReservedConcurrentExecutions: '5' }); }),
    safe('the globals are of no force where a function says otherwise', ({ Chat }) => { Chat.Globals.Function.Tracing = 'PassThrough'; for (const name of ['Porter', 'Greet', 'Leave', 'Say', 'Tell', 'Sweep']) prop(Chat, name).Tracing = 'Active'; }),
    safe('no beta has an address', ({ Chat }) => { prop(Chat, 'Sweep').FunctionUrlConfig = { AuthType: 'AWS_IAM', InvokeMode: 'BUFFERED' }; }),
    safe('who greets is refused what others may', ({ Chat }) => { statement(Chat, 'Greet').push({ Effect: 'Deny', NotAction: ['dynamodb:PutItem', 'logs:*', 'kms:Decrypt', 'xray:*'], Resource: '*' }); }),
    safe('another route, which needs no lock: the door was at the start', ({ Chat }) => { Object.assign(Chat.Resources, { ...route('OnDefault', '$default', 'Say') }); }),
    safe('a role is for this account and one of its roles beside', ({ Chat }) => { prop(Chat, 'NightRole').AssumeRolePolicyDocument.Statement[0].Condition = { StringEquals: { 'AWS:SOURCEACCOUNT': ACCOUNT }, ArnLike: { 'aws:SourceArn': sub('arn:aws:scheduler:${AWS::Region}:${AWS::AccountId}:schedule-group/chat-nights') } }; }),
  ],
};
