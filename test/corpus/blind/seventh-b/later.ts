import { CLAIMS } from './claims';
import { GRID } from './grid';
import { JOBS } from './jobs';
import { LAB } from './lab';
import { LAKE } from './lake';
import { LEADERBOARD } from './leaderboard';
import { PARCELS } from './parcels';
import { ACCOUNT, admit, allow, arn, att, document, fn, iff, invoke, join, NONE, queue, ref, role, SAME_ACCOUNT, sub, USE_KEY } from './parts';
import { bucket } from './stores';
import { $ } from './styles';
import { SURVEY } from './survey';
import { TICKETS } from './tickets';
import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements, trust } from '../support';

const later = (seed: BlindSeed, mutants: BlindSeed['mutants'], variants: BlindSeed['variants'] = []): BlindSeed => ({ ...seed, name: `${seed.name}, later`, mutants, variants });
const flow = (t: Template, change: (definition: Template) => void): void => {
  const definition = JSON.parse(prop(t, 'Flow').DefinitionString as string) as Template;
  change(definition);
  prop(t, 'Flow').DefinitionString = JSON.stringify(definition);
};
const page = (t: Template): Template => prop(t, 'Page');
const visible = (MetricName: string): Template => ({ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName });

/** Forms that are rarer and harder, of all patterns, written once the rules were mended for the others. */
export const BLIND_SEVEN_B_LATER: readonly BlindSeed[] = [
  later(LAB, [
    fault('G27', 'any bucket may call the import', ({ Lab }) => { prop(Lab, 'ImportCalled').SourceArn = join('arn:aws:s3', ':::', '*'); delete prop(Lab, 'ImportCalled').SourceAccount; }),
    fault('G31', 'the reader changes samples by statements of PartiQL', ({ Lab }) => { statements(Lab, 'ReadRole').push(allow(['dynamodb:PartiQLUpdate', 'dynamodb:PartiQLSelect'], att('Samples'))); }),
    fault('G40', 'failures are kept for another version of the import', ({ Lab }) => { prop(Lab, 'ImportAsync').Qualifier = 'blue'; delete prop(Lab, 'Import').DeadLetterConfig; }),
    fault('G40', 'only what went well is told of', ({ Lab }) => { delete prop(Lab, 'Import').DeadLetterConfig; prop(Lab, 'ImportAsync').DestinationConfig = { OnSuccess: { Destination: att('Lost') } }; }),
    fault('G46', 'the import is called through a rule on its bucket, and writes there', ({ Lab }) => {
      prop(Lab, 'Reports').NotificationConfiguration = { EventBridgeConfiguration: { EventBridgeEnabled: true } };
      add(Lab, 'Arrived', 'AWS::Events::Rule', { EventPattern: { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [ref('Reports')] } } }, Targets: [{ Id: 'i', Arn: att('Import'), DeadLetterConfig: { Arn: att('Lost') } }] });
      Object.assign(prop(Lab, 'ImportCalled'), { Principal: 'events.amazonaws.com', SourceArn: att('Arrived') });
      statements(Lab, 'ImportRole').push(allow('s3:PutObject', join(att('Reports'), '/*')));
    }),
    fault('G56', 'the model holds for another kind of body', ({ Lab }) => { prop(Lab, 'PostSample').RequestModels = { 'text/xml': ref('Sample') }; }),
    fault('G57', 'fields of any name by a pattern', ({ Lab }) => { const schema = prop(Lab, 'Sample').Schema; schema.additionalProperties = {}; }),
    fault('G58', 'the path is kept in a name and put in later', ({ Lab }) => {
      add(Lab, 'QueryRole', 'AWS::IAM::Role', role('apigateway.amazonaws.com', [allow('dynamodb:Query', att('Samples')), USE_KEY], SAME_ACCOUNT).Properties);
      prop(Lab, 'GetSample').Integration = {
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Credentials: att('QueryRole'),
        Uri: sub('arn:aws:apigateway:${AWS::Region}:dynamodb:action/Query'),
        PassthroughBehavior: 'NEVER',
        RequestTemplates: { 'application/json': '#set($id = $input.params("id"))\n{"ExpressionAttributeValues":{":i":{"S":"$id"}}}' },
        IntegrationResponses: [{ StatusCode: '200' }],
      };
      remove(Lab, 'ReadCalled');
    }),
    fault('G60', 'failures of the inside are told in the words of the service', ({ Lab }) => { remove(Lab, 'ApiDefault5xx'); }),
    fault('G61', 'a plan whose bounds are empty', ({ Lab }) => { add(Lab, 'Partners', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Api'), Stage: ref('Live') }], Throttle: {}, Quota: {} }); }),
    fault('G62', 'the groups are overridden rule by rule, and the rate counts', ({ Lab }) => {
      const [core, known, rate] = prop(Lab, 'Acl').Rules;
      for (const rule of [core, known]) rule.Statement.ManagedRuleGroupStatement.RuleActionOverrides = ['SizeRestrictions_BODY', 'Log4JRCE_BODY', 'CrossSiteScripting_BODY', 'GenericLFI_BODY', 'NoUserAgent_HEADER'].map((Name) => ({ Name, ActionToUse: { Count: {} } }));
      core.OverrideAction = known.OverrideAction = { Count: {} };
      rate.Action = { Count: {} };
    }),
    fault('G63', 'a bound that nobody reaches', ({ Lab }) => { prop(Lab, 'Acl').Rules[2].Statement.RateBasedStatement.Limit = '2000000000'; }),
    fault('G64', 'large JSON passes a rule of its own', ({ Lab }) => {
      prop(Lab, 'Acl').Rules.push({
        Name: 'sql',
        Priority: 6,
        Action: { Block: {} },
        VisibilityConfig: visible('sql'),
        Statement: { SqliMatchStatement: { FieldToMatch: { JsonBody: { MatchPattern: { All: {} }, MatchScope: 'ALL', OversizeHandling: 'CONTINUE' } }, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } },
      });
    }),
    fault('G75', 'the alarm looks at a function of another name', ({ Lab }) => { prop(Lab, 'AcceptErrors').Dimensions[0].Value = 'accept'; }),
    fault('G75', 'the alarm rings at a million errors', ({ Lab }) => { prop(Lab, 'AcceptErrors').Threshold = 1000000; }),
    fault('G35', 'a service more may take on the role of the reader, in one branch', ({ Lab }) => {
      Lab.Conditions = { InEu: { 'Fn::Equals': [ref('AWS::Region'), 'eu-west-1'] } };
      trust(Lab, 'ReadRole')[0].Principal.Service = iff('InEu', ['lambda.amazonaws.com', 'glue.amazonaws.com'], 'lambda.amazonaws.com');
    }),
  ], [
    safe('the import keeps failures by its configuration alone', ({ Lab }) => { delete prop(Lab, 'Import').DeadLetterConfig; }),
    safe('the reports stay when the stack goes, but not when it fails to come', ({ Lab }) => { Lab.Resources.Reports.DeletionPolicy = 'RetainExceptOnCreate'; }),
  ]),
  later(JOBS, [
    fault('G01', 'a mapping holds the place of the secret', ({ Jobs }) => { Jobs.Mappings = { Mail: { prod: { key: '{{resolve:secretsmanager:mail:SecretString:key}}' } } }; env(Jobs, $('Mail')).MAIL = { 'Fn::FindInMap': ['Mail', 'prod', 'key'] }; }),
    fault('G02', 'a password that is only written otherwise', ({ Jobs }) => { env(Jobs, $('Mail')).SMTP_PASSWORD = { 'Fn::Base64': 'Quince-Jam-2031' }; }),
    fault('G14', 'the answers of a function authorizer of the HTTP API are kept for all routes', ({ Jobs }) => {
      Jobs.Resources[$('Tokens')].Properties = {
        ApiId: ref($('Api')),
        Name: 'tokens',
        AuthorizerType: 'REQUEST',
        IdentitySource: ['$request.header.Authorization'],
        AuthorizerPayloadFormatVersion: '2.0',
        AuthorizerResultTtlInSeconds: 600,
        AuthorizerUri: join('arn:aws:apigateway:', ref('AWS::Region'), ':lambda:path/2015-03-31/functions/', att($('List')), '/invocations'),
      };
      for (const id of ['ListRoute', 'ApplyRoute']) Object.assign(prop(Jobs, $(id)), { AuthorizationType: 'CUSTOM', AuthorizationScopes: NONE });
    }),
    fault('G20', 'the API calls a function for all that it does not know', ({ Jobs }) => { prop(Jobs, $('Api')).Target = att($('List')); }),
    fault('G34', 'the mailer may give itself rights', ({ Jobs }) => { statements(Jobs, $('MailRole')).push(allow('iam:AttachRolePolicy', att($('MailRole')))); }),
    fault('G37', 'the mailer may hand out the key: a letter is left open', ({ Jobs }) => { statements(Jobs, $('MailRole')).push(allow('kms:Create?rant', att($('Key')))); }),
    fault('G44', 'applications are tried a thousand times', ({ Jobs }) => { prop(Jobs, $('Applications')).RedrivePolicy.maxReceiveCount = '1000'; }),
    fault('G46', 'the mailer tells the topic whose queue calls it', ({ Jobs }) => { statements(Jobs, $('MailRole')).push(allow('sns:Publish', ref($('Applied')))); }),
    fault('G68', 'the content policy allows every script', ({ Jobs }) => { prop(Jobs, $('Headers')).ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy = "default-src * 'unsafe-inline' 'unsafe-eval'; frame-ancestors 'none'"; }),
    fault('G88', 'code with pieces of the template', ({ Jobs }) => { prop(Jobs, $('Seed')).Code = { ZipFile: { 'Fn::Sub': 'exports.handler = async () => "${AWS::Region}";' } }; }),
    fault('G54', 'the image of the mailer is of another account', ({ Jobs }) => {
      const { Handler: _, Runtime: __, CodeSigningConfigArn: ___, ...rest } = prop(Jobs, $('Mail'));
      Jobs.Resources[$('Mail')].Properties = { ...rest, PackageType: 'Image', Code: { ImageUri: `998877665544.dkr.ecr.eu-west-1.amazonaws.com/mail@sha256:${'ab'.repeat(32)}` } };
    }),
    fault('G04', 'the secret is joined from pieces', ({ Jobs }) => { const p = prop(Jobs, $('MailSecret')); delete p.GenerateSecretString; p.SecretString = join('{"user":"', ref('AWS::StackName'), '","password":"', 'Quince', '-Jam-2031"}'); }),
  ], [
    safe('applications are tried ten times', ({ Jobs }) => { prop(Jobs, $('Applications')).RedrivePolicy.maxReceiveCount = '10'; }),
  ]),
  later(CLAIMS, [
    fault('G24', 'all endpoints but one', ({ Claims }) => { prop(Claims, 'Api').Policy = document(admit('*', 'execute-api:Invoke', 'execute-api:/*', { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } })); }),
    fault('G55', 'a task within a branch has no catch', ({ Claims }) => flow(Claims, (d) => {
      d.States.Rate.Next = 'Both';
      d.States.Both = { Type: 'Parallel', Next: 'Adjust', Branches: [{ StartAt: 'Check', States: { Check: { Type: 'Task', Resource: '${RateArn}', TimeoutSeconds: 30, End: true } } }] };
    })),
    fault('G55', 'a task within a map waits without a heartbeat', ({ Claims }) => flow(Claims, (d) => {
      d.States.Rate.Next = 'Each';
      d.States.Each = {
        Type: 'Map',
        MaxConcurrency: 5,
        Next: 'Adjust',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
        ItemProcessor: { StartAt: 'Ask', States: { Ask: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Parameters: { QueueUrl: '${Desk}', MessageBody: { 'Token.$': '$$.Task.Token' } }, End: true } } },
      };
    })),
    fault('G56', 'the validator of the document is none by default', ({ Claims }) => { delete prop(Claims, 'Api').Body['x-amazon-apigateway-request-validator']; }),
    fault('G57', 'a claim may be one of several, of which one is open', ({ Claims }) => { prop(Claims, 'Api').Body.components.schemas.Claim = { oneOf: [prop(Claims, 'Api').Body.components.schemas.Claim, { type: 'object', properties: { note: { type: 'string', maxLength: 9 } } }] }; }),
    fault('G79', 'an endpoint to the secrets without a policy', ({ Claims }) => { add(Claims, 'ToSecrets', 'AWS::EC2::VPCEndpoint', { VpcId: ref('Vpc'), VpcEndpointType: 'Interface', PrivateDnsEnabled: true, ServiceName: sub('com.amazonaws.${AWS::Region}.secretsmanager'), SubnetIds: [ref('SubnetA'), ref('SubnetB')], SecurityGroupIds: [ref('Inside')] }); }),
    fault('G90', 'files are mounted as the first user of the system', ({ Claims }) => {
      add(Claims, 'Files', 'AWS::EFS::AccessPoint', { FileSystemId: { 'Fn::ImportValue': 'files' }, RootDirectory: { Path: '/' } });
      prop(Claims, 'Rate').FileSystemConfigs = [{ Arn: att('Files'), LocalMountPath: '/mnt/files' }];
    }),
    fault('G70', 'the flow logs its data, by a mapping', ({ Claims }) => { Claims.Mappings.Levels.prod.data = true; Claims.Mappings.Levels.test.data = false; prop(Claims, 'Flow').LoggingConfiguration.IncludeExecutionData = { 'Fn::FindInMap': ['Levels', ref('Stage'), 'data'] }; }),
    fault('G07', 'the flow calls a partner with a password', ({ Claims }) => flow(Claims, (d) => { d.States.Rate.Parameters = { 'partner': { login: 'claims', password: 'Quince-Jam-2031' }, 'id.$': '$.id' }; })),
  ], [
    safe('the flow catches in a branch', ({ Claims }) => flow(Claims, (d) => {
      d.States.Rate.Next = 'Both';
      d.States.Both = {
        Type: 'Parallel',
        Next: 'Adjust',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
        Branches: [{ StartAt: 'Check', States: { Check: { Type: 'Task', Resource: '${RateArn}', TimeoutSeconds: 30, End: true } } }],
      };
    })),
  ]),
  later(LEADERBOARD, [
    fault('G86', 'the schema tells itself, by the default of a parameter', ({ Games }) => { Games.Parameters = { Tell: { Type: 'String', Default: 'ENABLED' } }; prop(Games, 'Graph').IntrospectionConfig = ref('Tell'); }),
    fault('G58', 'the name of a game reaches the query through a name', ({ Games }) => { prop(Games, 'Top').RequestMappingTemplate = '#set($g = $context.arguments.game){"version":"2018-05-29","operation":"Query","query":{"expression":"game = :g","expressionValues":{":g":{"S":"${g}"}}}}'; }),
    fault('G41', 'a bad score is tried ten thousand times', ({ Games }) => { Object.assign(prop(Games, 'RankFrom'), { MaximumRetryAttempts: 10000, MaximumRecordAgeInSeconds: -1, BisectBatchOnFunctionError: false, DestinationConfig: NONE }); }),
    fault('G46', 'the ranking starts the reset, which writes scores, which start the ranking', ({ Games }) => {
      prop(Games, 'RankRoleRights').PolicyDocument.Statement.push(allow('lambda:InvokeFunction', att('Reset')));
      prop(Games, 'ResetRoleRights').PolicyDocument.Statement.push(allow('dynamodb:PutItem', att('Scores')));
    }),
    fault('G51', 'a schedule tries as often as the service allows', ({ Games }) => { prop(Games, 'SeasonEnd').Target.RetryPolicy = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86400 }; }),
    fault('G29', 'the role of the schedule accepts any of its conditions', ({ Games }) => { trust(Games, 'SeasonRole')[0].Condition = { 'ForAllValues:StringEquals': { 'aws:SourceAccount': ACCOUNT } }; }),
    fault('G32', 'the graph reads every index of a table that has none', ({ Games }) => { prop(Games, 'RanksRoleRights').PolicyDocument.Statement.push(allow('dynamodb:Query', sub('${Ranks.Arn}/index/*'))); }),
  ]),
  later(PARCELS, [
    ...([['a wildcard', [{ wildcard: '*' }]], ['any that is there', [{ exists: true }]], ['an end of nothing', [{ suffix: '' }]], ['all but a beginning', [{ 'anything-but': { prefix: 'test.' } }]]] as const).map(([name, source]) => (
      fault('G48', `the queue takes events of every source: ${name}`, ({ Parcels }) => { prop(Parcels, 'ScanRule').EventPattern.source = source; }))),
    fault('G48', 'the queue takes events of every source, or of one depot', ({ Parcels }) => { prop(Parcels, 'ScanRule').EventPattern = { $or: [{ source: ['depots.scanner'] }, { detail: { depot: ['EU-1'] } }] }; }),
    fault('G07', 'the target of a rule gets a password in its template', ({ Parcels }) => { prop(Parcels, 'LateRule').Targets[0].InputTransformer.InputTemplate = '{"parcel":<parcel>,"password":"Quince-Jam-2031"}'; }),
    fault('G07', 'the carrier is called with a header that signs in', ({ Parcels }) => { prop(Parcels, 'LateRule').Targets[1].HttpParameters = { HeaderParameters: { Authorization: 'Basic cGFyY2VsczpxdWluY2U=' } }; }),
    fault('G50', 'the address of the carrier is plain by the default of a parameter', ({ Parcels }) => { Parcels.Parameters = { Host: { Type: 'String', Default: 'http://api.carrier.example.org' } }; prop(Parcels, 'Carrier').InvocationEndpoint = sub('${Host}/late'); }),
    fault('G28', 'the account is asked if there is one', ({ Parcels }) => { statements(Parcels, 'ScansPolicy')[1].Condition = { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } }; }),
    fault('G46', 'what could not be read goes back to the queue that it came from', ({ Parcels }) => {
      prop(Parcels, 'Astray').VisibilityTimeout = 120;
      Object.assign(Parcels.Resources, fn('Again', { can: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Astray')), allow('sqs:SendMessage', att('Scans')), USE_KEY] }));
      add(Parcels, 'AgainFrom', 'AWS::Lambda::EventSourceMapping', { EventSourceArn: att('Astray'), FunctionName: ref('Again'), FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 2 } });
    }),
    fault('G52', 'the role of the pipe has the rights of a policy of AWS', ({ Parcels }) => { prop(Parcels, 'PipeRole').ManagedPolicyArns = ['arn:aws:iam::aws:policy/AWSStepFunctionsFullAccess']; }),
    fault('G55', 'the flow may take a hundred years', ({ Parcels }) => { const join_ = prop(Parcels, 'Flow').DefinitionString['Fn::Join'][1]; join_[0] = join_[0].replace('"TimeoutSeconds":7200', '"TimeoutSeconds":99999999'); }),
    fault('G45', 'the list of queues holds all', ({ Parcels }) => { prop(Parcels, 'Astray').RedriveAllowPolicy.sourceQueueArns = [arn('sqs', '*')]; }),
  ]),
  later(TICKETS, [
    fault('G65', 'an ACL without rules stands before the sale', ({ Tickets }) => { prop(Tickets, 'Acl').Rules = []; }),
    fault('G67', 'the cache tells callers apart by a header that is not the one of the login', ({ Tickets }) => {
      add(Tickets, 'Short', 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          Name: 'short',
          DefaultTTL: 30,
          MinTTL: 1,
          MaxTTL: 60,
          ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Accept-Language'] }, QueryStringsConfig: { QueryStringBehavior: 'all' } },
        },
      });
      prop(Tickets, 'Front').DistributionConfig.CacheBehaviors[0].CachePolicyId = ref('Short');
    }),
    fault('G11', 'any page may buy: the origins are the default of a list', ({ Tickets }) => { Tickets.Parameters = { Pages: { Type: 'CommaDelimitedList', Default: 'https://tickets.example.org,*' } }; prop(Tickets, 'BuyUrl').Cors.AllowOrigins = ref('Pages'); }),
    fault('G25', 'every account of nobody in particular may call the URL', ({ Tickets }) => { add(Tickets, 'ByAll', 'AWS::Lambda::Permission', { FunctionName: ref('BuyLive'), Action: 'lambda:*', Principal: '*' }); }),
    fault('G71', 'the log of the seats is no line of fields', ({ Tickets }) => { prop(Tickets, 'SeatsLive').AccessLogSettings.Format = '$context.requestId'; }),
    fault('G90', 'the sale runs for one second more than anybody waits', ({ Tickets }) => { prop(Tickets, 'Buy').Timeout = 900; }),
    breach('cf.origin-ssl', 'the origin is asked by an old TLS', ({ Tickets }) => { prop(Tickets, 'Front').DistributionConfig.Origins[1].CustomOriginConfig.OriginSSLProtocols.push('TLSv1'); }),
  ]),
  later(SURVEY, [
    fault('G80', 'codes go to any page of a domain', ({ Survey }) => { page(Survey).CallbackURLs = ['https://*.town.example.net/in']; }),
    fault('G83', 'access for a day, in days', ({ Survey }) => { Object.assign(page(Survey), { AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: 'days', IdToken: 'minutes', RefreshToken: 'hours' } }); }),
    fault('G84', 'voters say whether they are administrators', ({ Survey }) => { prop(Survey, 'Voters').Schema.push({ Name: 'is_admin', AttributeDataType: 'Boolean', Mutable: true }); page(Survey).WriteAttributes.push('custom:is_admin'); }),
    fault('G84', 'voters say of which tenant they are', ({ Survey }) => { prop(Survey, 'Voters').Schema.push({ Name: 'tenantId', AttributeDataType: 'String', Mutable: true }); page(Survey).WriteAttributes.push('custom:tenantId'); }),
    fault('G82', 'nothing is said of voters that do not exist', ({ Survey }) => { delete page(Survey).PreventUserExistenceErrors; }),
    fault('G30', 'a second statement lets identities of every pool in', ({ Survey }) => { trust(Survey, 'VoterRole').push({ Effect: 'Allow', Principal: { Federated: 'cognito-identity.amazonaws.com' }, Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'] }); }),
    fault('G18', 'the scope is one that every login has', ({ Survey }) => { prop(Survey, 'GetVotes').AuthorizationScopes = ['openid']; }),
    fault('G06', 'the key of a login of a telephone is in the template', ({ Survey }) => { add(Survey, 'Apple', 'AWS::Cognito::UserPoolIdentityProvider', { UserPoolId: ref('Voters'), ProviderName: 'SignInWithApple', ProviderType: 'SignInWithApple', ProviderDetails: { client_id: 'a', team_id: 'b', key_id: 'c', private_key: 'MIGTAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBHkwdwIBAQQg', authorize_scopes: 'email' } }); }),
    fault('G76', 'a secret goes with the stack', ({ Survey }) => { add(Survey, 'Seal', 'AWS::SecretsManager::Secret', { KmsKeyId: att('Key'), GenerateSecretString: { PasswordLength: 40 } }); }),
  ]),
  later(LAKE, [
    fault('G74', 'all logs of the account flow to another one', ({ Lake }) => { add(Lake, 'AllLogs', 'AWS::Logs::AccountPolicy', { PolicyName: 'all', PolicyType: 'SUBSCRIPTION_FILTER_POLICY', Scope: 'ALL', PolicyDocument: join('{"DestinationArn":"arn:aws:logs:eu-west-1:', '223344556677', ':destination:all","FilterPattern":"","Distribution":"Random"}') }); }),
    fault('G78', 'everybody but one reads the secret of the lake', ({ Lake }) => {
      add(Lake, 'Word', 'AWS::SecretsManager::Secret', { KmsKeyId: att('Key'), GenerateSecretString: { PasswordLength: 40 } }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      add(Lake, 'WordPolicy', 'AWS::SecretsManager::ResourcePolicy', { SecretId: ref('Word'), BlockPublicPolicy: true, ResourcePolicy: document({ Effect: 'Allow', NotPrincipal: { AWS: att('PeakRole') }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }) });
    }),
    fault('G46', 'two queues feed each other', ({ Lake }) => {
      Object.assign(Lake.Resources, queue('Left', 'Spilt'), queue('Right', 'Spilt'));
      for (const [id, from, to] of [['GoRight', 'Left', 'Right'], ['GoLeft', 'Right', 'Left']]) {
        Object.assign(Lake.Resources, fn(id, { can: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att(from)), allow('sqs:SendMessage', att(to)), USE_KEY], env: { TO: ref(to) } }));
        add(Lake, `${id}From`, 'AWS::Lambda::EventSourceMapping', { EventSourceArn: att(from), FunctionName: ref(id), FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 2 } });
      }
    }),
    fault('G36', 'the cleaning reads every secret below a path', ({ Lake }) => { statements(Lake, 'CleanRole').push(allow(['ssm:GetParametersByPath', 'ssm:GetParameter'], arn('ssm', 'parameter/*'))); }),
    fault('G37', 'the peak may do everything but one thing', ({ Lake }) => { statements(Lake, 'PeakRole').push({ Effect: 'Allow', NotAction: 's3:DeleteBucket', Resource: att('Key') }); }),
    fault('G39', 'another account puts files where a function is started', ({ Lake }) => {
      Object.assign(Lake.Resources, bucket('Inbox', { NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att('Tell') }] } }, admit({ AWS: 'arn:aws:iam::223344556677:root' }, 's3:PutObject', sub('${Inbox.Arn}/*'))));
      add(Lake, 'TellByInbox', 'AWS::Lambda::Permission', invoke('Tell', 's3', att('Inbox')).Properties);
    }),
  ]),
  later(GRID, [
    fault('G01', 'the output of a nested stack is a secret that another one has as a variable', ({ Grid, Store, Intake }) => {
      Store.Outputs.Word = { Value: '{{resolve:secretsmanager:meters:SecretString:word}}' };
      Intake.Parameters.Word = { Type: 'String', NoEcho: true };
      env(Intake, 'Keep').STORE = ref('Word');
      prop(Grid, 'Intake').Parameters.Word = att('Store', 'Outputs.Word');
    }),
    fault('G46', 'the keeper puts readings back by the name that the parent gives', ({ Grid, Intake }) => {
      Intake.Parameters.Back = { Type: 'String' };
      Intake.Outputs = { Queue: { Value: att('Readings') } };
      prop(Grid, 'Night').Parameters.Back = att('Intake', 'Outputs.Queue');
      add(Grid, 'Backwards', 'AWS::IAM::ManagedPolicy', { Roles: [att('Intake', 'Outputs.Role')], PolicyDocument: document(allow('sqs:SendMessage', att('Intake', 'Outputs.Queue'))) });
      Intake.Outputs.Role = { Value: ref('KeepRole') };
      delete Intake.Parameters.Back;
      delete prop(Grid, 'Night').Parameters.Back;
    }),
    fault('G77', 'the parent says that the meters need no protection', ({ Grid, Store }) => { Store.Parameters.Protect = { Type: 'String', Default: 'true' }; prop(Store, 'Meters').DeletionProtectionEnabled = ref('Protect'); prop(Grid, 'Store').Parameters.Protect = 'false'; }),
    fault('G51', 'the parent gives the clock no key', ({ Night }) => { Night.Conditions = { HasKey: { 'Fn::Equals': [ref('ClockInput'), ''] } }; prop(Night, 'Clock').KmsKeyArn = iff('HasKey', ref('KeyArn'), NONE); }),
    fault('G74', 'the log of the board flows to the account that the parent names', ({ Grid, View }) => {
      View.Parameters.Sink = { Type: 'String' };
      add(View, 'Ship', 'AWS::Logs::SubscriptionFilter', { LogGroupName: ref('BoardLogs'), FilterPattern: '', DestinationArn: ref('Sink') });
      prop(Grid, 'View').Parameters.Sink = 'arn:aws:logs:eu-west-1:667788990011:destination:all';
    }),
  ]),
];
