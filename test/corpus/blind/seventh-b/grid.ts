import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements, trust } from '../support';
import {
  admit, alarm, alarms, allow, arn, att, document, drain, failures, fn, invoke, key,
  logs, NONE, queue, READ_QUEUE, ref, Resources, role, SAME_ACCOUNT, signing, sub, table, USE_KEY,
} from './parts';

/** Joined at run time, so that no scanner takes this file for a leak. */
const SLACK = ['xo', 'xb-', '2048163264-1234567890-aBcDeFgHiJkLmNoPqRsTuVwX'].join('');

/** In a nested stack the key and the topic of alarms are parameters. */
function inner(resources: Resources): Resources {
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const got = (value as Resources)['Fn::GetAtt'];
    if (Array.isArray(got) && got[0] === 'Key') return ref('KeyArn');
    if ((value as Resources).Ref === 'Key') return ref('KeyArn');
    if ((value as Resources).Ref === 'Alarms') return ref('AlarmTopic');
    if ((value as Resources).Ref === 'Signing') return ref('SigningConfig');
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]));
  };
  return walk(resources) as Resources;
}
const text = { Type: 'String' };
const SHARED = { KeyArn: text, AlarmTopic: text, SigningConfig: text };
const GIVEN = { KeyArn: att('Key'), AlarmTopic: ref('Alarms'), SigningConfig: ref('Signing') };
const stack = (name: string, more: Template = {}): Template => ({
  Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: sub(`https://s3.\${AWS::Region}.amazonaws.com/templates-\${AWS::AccountId}/${name}.json`), Parameters: { ...GIVEN, ...more } },
});

const store: Resources = {
  Meters: table(['meter', 'hour']),
  MetersThrottled: alarm('AWS/DynamoDB', 'ThrottledRequests', { TableName: ref('Meters') }),
};

const intake: Resources = {
  ...failures('Rejects', 'Readings'),
  ...queue('Readings', 'Rejects', admit({ AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, 'sqs:SendMessage', att('Readings'))),
  ...fn('Keep', {
    can: [allow(READ_QUEUE, att('Readings')), allow('dynamodb:PutItem', ref('MetersArn')), USE_KEY], env: { METERS: ref('MetersTable'), LOG_LEVEL: ref('LogLevel') },
  }),
  KeepFrom: drain('Readings', 'Keep'),
};

const BOARD_FORMAT = JSON.stringify({
  id: '$context.requestId', ip: '$context.identity.sourceIp', who: '$context.authorizer.principalId', route: '$context.routeKey', status: '$context.status', error: '$context.error.message',
});

const view: Resources = {
  Board: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'board', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
  ...fn('Watch', { can: [allow('dynamodb:Query', ref('MetersArn')), USE_KEY], env: { METERS: ref('MetersTable') } }),
  ...fn('Who', { env: { ISSUER: 'https://login.grid.example.org' } }),
  WhoCalled: invoke('Who', 'apigateway', arn('execute-api', '${Board}/authorizers/${Guard}')),
  Guard: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: ref('Board'),
      Name: 'guard',
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.header.Authorization'],
      AuthorizerUri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Who.Arn}/invocations'),
    },
  },
  WatchProxy: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Board'), IntegrationType: 'AWS_PROXY', IntegrationUri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Watch.Arn}/invocations') } },
  Connect: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Board'), RouteKey: '$connect', AuthorizationType: 'CUSTOM', AuthorizerId: ref('Guard'), Target: sub('integrations/${WatchProxy}') } },
  WatchCalled: invoke('Watch', 'apigateway', arn('execute-api', '${Board}/live/$connect')),
  BoardLogs: logs(sub('/api/${AWS::StackName}')),
  Live: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: ref('Board'),
      StageName: 'live',
      AutoDeploy: true,
      StageVariables: { plant: 'north' },
      AccessLogSettings: { DestinationArn: att('BoardLogs'), Format: BOARD_FORMAT },
      DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10, LoggingLevel: 'ERROR', DataTraceEnabled: false, DetailedMetricsEnabled: true },
    },
  },
  BoardFails: alarm('AWS/ApiGateway', 'IntegrationError', { ApiId: ref('Board'), Stage: 'live' }),
};
const night: Resources = {
  ...failures('Unbilled'),
  ...fn('Bill', { can: [allow('dynamodb:Query', ref('MetersArn')), USE_KEY], env: { METERS: ref('MetersTable') }, lost: 'Unbilled' }),
  Nights: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: sub('${AWS::StackName}-nights') } },
  ClockRole: role('scheduler.amazonaws.com', [allow('lambda:InvokeFunction', att('Bill')), allow('sqs:SendMessage', att('Unbilled')), USE_KEY], SAME_ACCOUNT),
  Clock: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      GroupName: ref('Nights'),
      ScheduleExpression: 'cron(0 2 * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      KmsKeyArn: att('Key'),
      Target: { Arn: att('Bill'), RoleArn: att('ClockRole'), DeadLetterConfig: { Arn: att('Unbilled') }, RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 7200 }, Input: ref('ClockInput') },
    },
  },
};

const METERS = { MetersArn: att('Store', 'Outputs.Arn'), MetersTable: att('Store', 'Outputs.Name') };
const OF_METERS = { MetersArn: text, MetersTable: text };

export const GRID: BlindSeed = {
  name: 'Meters of a grid: a parent with four nested stacks',
  style: 'nested',
  nested: { Store: { id: 'Grid', logicalId: 'Store' }, Intake: { id: 'Grid', logicalId: 'Intake' }, View: { id: 'Grid', logicalId: 'View' }, Night: { id: 'Grid', logicalId: 'Night' } },
  stacks: {
    Grid: {
      Resources: {
        Key: key('cloudwatch', 'sqs', 'scheduler'),
        Signing: signing(),
        ...alarms(),
        Store: stack('store'),
        Intake: stack('intake', { ...METERS, LogLevel: 'INFO' }),
        View: stack('view', METERS),
        Night: stack('night', { ...METERS, ClockInput: '{"plant":"north"}' }),
      },
    },
    Store: { Parameters: SHARED, Resources: inner(store), Outputs: { Arn: { Value: att('Meters') }, Name: { Value: ref('Meters') } } },
    Intake: { Parameters: { ...SHARED, ...OF_METERS, LogLevel: { ...text, Default: 'INFO' } }, Resources: inner(intake) },
    View: { Parameters: { ...SHARED, ...OF_METERS }, Resources: inner(view) },
    Night: { Parameters: { ...SHARED, ...OF_METERS, ClockInput: text }, Resources: inner(night) },
  },
  mutants: [
    fault('G01', 'a secret is resolved by the parent into a parameter that is a variable of the nested function', ({ Grid, Intake }) => {
      Intake.Parameters.Partner = { ...text, NoEcho: true };
      env(Intake, 'Keep').PARTNER = ref('Partner');
      prop(Grid, 'Intake').Parameters.Partner = '{{resolve:secretsmanager:partner:SecretString:key}}';
    }),
    fault('G03', 'a token of the chat is given to a nested stack', ({ Grid, Night }) => { Night.Parameters.Chat = text; env(Night, 'Bill').CHAT = ref('Chat'); prop(Grid, 'Night').Parameters.Chat = SLACK; }),
    fault('G05', 'a nested stack shows its password', ({ Grid, Night }) => { Night.Parameters.BillingPassword = text; prop(Grid, 'Night').Parameters.BillingPassword = ref('BillingPassword'); Grid.Parameters = { BillingPassword: { ...text, NoEcho: true } }; }),
    fault('G07', 'the parent gives a schedule an input with a password', ({ Grid }) => { prop(Grid, 'Night').Parameters.ClockInput = '{"plant":"north","password":"Bolt-Amber-31"}'; }),
    fault('G08', 'the parent asks for DEBUG', ({ Grid }) => { prop(Grid, 'Intake').Parameters.LogLevel = 'DEBUG'; }),
    fault('G08', 'the default of the nested stack is DEBUG and the parent says nothing', ({ Grid, Intake }) => { delete prop(Grid, 'Intake').Parameters.LogLevel; Intake.Parameters.LogLevel.Default = 'DEBUG'; }),
    fault('G16', 'the board takes its token out of the query', ({ View }) => { prop(View, 'Guard').IdentitySource = ['route.request.querystring.token']; }),
    fault('G21', 'the board answers everybody', ({ View }) => { Object.assign(prop(View, 'Connect'), { AuthorizationType: 'NONE', AuthorizerId: NONE }); }),
    breach('iam.passrole', 'the parent lets the watch pass every role', ({ Grid, View }) => {
      View.Outputs = { WatchRole: { Value: ref('WatchRole') } };
      add(Grid, 'More', 'AWS::IAM::ManagedPolicy', { Roles: [att('View', 'Outputs.WatchRole')], PolicyDocument: document(allow('iam:PassRole', '*')) });
    }),
    fault('G35', 'the role of the clock is lent to flows too', ({ Night }) => { trust(Night, 'ClockRole')[0].Principal.Service = ['scheduler.amazonaws.com', 'states.amazonaws.com']; }),
    breach('iam.wildcard-action', 'the parent lets the watch do everything with the meters', ({ Grid, View }) => {
      View.Outputs = { WatchRole: { Value: ref('WatchRole') } };
      add(Grid, 'Writing', 'AWS::IAM::Policy', { PolicyName: 'writing', Roles: [att('View', 'Outputs.WatchRole')], PolicyDocument: document(allow('dynamodb:*', att('Store', 'Outputs.Arn'))) });
    }),
    fault('G43', 'readings start as many functions as they like', ({ Intake }) => { delete prop(Intake, 'KeepFrom').ScalingConfig; delete prop(Intake, 'Keep').ReservedConcurrentExecutions; }),
    fault('G44', 'rejected readings are gone before their queue', ({ Intake }) => { prop(Intake, 'Rejects').MessageRetentionPeriod = 3600; }),
    fault('G45', 'every queue may put rejects', ({ Intake }) => { delete prop(Intake, 'Rejects').RedriveAllowPolicy; }),
    fault('G46', 'the keeper puts readings back where they came from', ({ Intake }) => { statements(Intake, 'KeepRole').push(allow('sqs:SendMessage*', arn('sqs', '${AWS::StackName}-Readings'))); }),
    fault('G47', 'the watch is called by a route that the board has no more', ({ View }) => { add(View, 'Old', 'AWS::Lambda::Permission', { ...prop(View, 'WatchCalled'), SourceArn: arn('execute-api', '${Board}/live/history') }); }),
    fault('G51', 'a second clock without all that the first has', ({ Night }) => {
      add(Night, 'Clock2', 'AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: att('Bill'), RoleArn: att('ClockRole') } });
    }),
    fault('G53', 'alarms are read on plain HTTP', ({ Grid }) => { prop(Grid, 'Alarms').Subscription = [{ Protocol: 'http', Endpoint: 'http://ops.grid.example.org/alarms' }]; }),
    fault('G54', 'the parent gives the billing a layer of a foreign account', ({ Grid, Night }) => {
      Night.Parameters.Tools = text;
      prop(Night, 'Bill').Layers = [ref('Tools')];
      prop(Grid, 'Night').Parameters.Tools = 'arn:aws:lambda:eu-west-1:667788990011:layer:tools:2';
    }),
    fault('G69', 'frames of the board are logged whole', ({ View }) => { Object.assign(prop(View, 'Live').DefaultRouteSettings, { DataTraceEnabled: 'true', LoggingLevel: 'INFO' }); }),
    fault('G73', 'the billing has no group of its own', ({ Night }) => { prop(Night, 'Bill').LoggingConfig = { LogFormat: 'JSON' }; }),
    fault('G75', 'nobody hears that bills were not made', ({ Night }) => { remove(Night, 'UnbilledDepth', 'BillErrors'); }),
    fault('G76', 'the meters go with the stack', ({ Store }) => { delete Store.Resources.Meters.DeletionPolicy; delete Store.Resources.Meters.UpdateReplacePolicy; }),
    fault('G77', 'the table of the nested stack is not protected', ({ Store }) => { prop(Store, 'Meters').DeletionProtectionEnabled = 'false'; }),
    fault('G78', 'everybody may read the meters', ({ Store }) => { prop(Store, 'Meters').ResourcePolicy = { PolicyDocument: document({ Effect: 'Allow', Principal: { AWS: ['*'] }, Action: 'dynamodb:GetItem', Resource: '*', Condition: { Null: { 'aws:PrincipalArn': 'true' } } }) }; }),
    fault('G87', 'the signatures of code warn only', ({ Grid }) => { prop(Grid, 'Signing').CodeSigningPolicies.UntrustedArtifactOnDeployment = 'Warn'; }),
    fault('G88', 'the billing is an image by a tag', ({ Night }) => {
      const { Handler: _, Runtime: __, ...rest } = prop(Night, 'Bill');
      Night.Resources.Bill.Properties = { ...rest, PackageType: 'Image', CodeSigningConfigArn: undefined, Code: { ImageUri: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/bill:stable' } } };
    }),
    fault('G89', 'the runtime of the billing waits for the next change of the function', ({ Night }) => { prop(Night, 'Bill').RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: sub('arn:aws:lambda:${AWS::Region}::runtime:77aa') }; }),
    fault('G90', 'bills take a quarter of an hour, as many at once as come', ({ Night }) => { prop(Night, 'Bill').Timeout = 900; delete prop(Night, 'Bill').ReservedConcurrentExecutions; }),
    breach('sqs.kms', 'readings are kept under the key of AWS, by a default of the nested stack', ({ Intake }) => { Intake.Parameters.QueueKey = { ...text, Default: 'alias/aws/sqs' }; prop(Intake, 'Readings').KmsMasterKeyId = ref('QueueKey'); }),
    breach('sqs.public', 'every account may send readings', ({ Intake }) => { statements(Intake, 'ReadingsPolicy', 'PolicyDocument')[1].Principal = { AWS: '*' }; }),
  ],
  variants: [
    safe('the parent asks for fewer lines', ({ Grid }) => { prop(Grid, 'Intake').Parameters.LogLevel = 'WARN'; }),
    safe('the default of a nested stack is DEBUG but the parent says INFO', ({ Intake }) => { Intake.Parameters.LogLevel.Default = 'DEBUG'; }),
    safe('the ARN of a secret is given to a nested stack', ({ Grid, Intake }) => {
      Intake.Parameters.PartnerSecretArn = text;
      env(Intake, 'Keep').PARTNER_SECRET_ARN = ref('PartnerSecretArn');
      statements(Intake, 'KeepRole').push(allow('secretsmanager:GetSecretValue', ref('PartnerSecretArn')));
      prop(Grid, 'Intake').Parameters.PartnerSecretArn = arn('secretsmanager', 'secret:partner-AbCdEf');
    }),
    safe('the keeper sends to another queue', ({ Intake }) => { Object.assign(Intake.Resources, inner(queue('Next', 'Rejects'))); prop(Intake, 'Rejects').RedriveAllowPolicy.sourceQueueArns.push(arn('sqs', '${AWS::StackName}-Next')); statements(Intake, 'KeepRole').push(allow('sqs:SendMessage', att('Next'))); env(Intake, 'Keep').NEXT = ref('Next'); }),
    safe('a layer of the own account by a parameter', ({ Grid, Night }) => { Night.Parameters.Tools = text; prop(Night, 'Bill').Layers = [ref('Tools')]; prop(Grid, 'Night').Parameters.Tools = arn('lambda', 'layer:tools:2'); }),
  ],
};
