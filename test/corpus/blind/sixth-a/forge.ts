import { find, FOREIGN, role, root, work } from './parts';
import { ACCOUNT, alarm, allow, att, document, join, Json, key, kept, logs, NONE, overTls, ref, REGION, sub, table, trusts, when } from '../fifth/kit';
import { add, BlindSeed, breach, fault, prop, remove, safe, statements } from '../support';

const CMK = att('ForgeKey');
const BELL = ref('Bell');
const each = (name: string, variable: string, list: unknown, resources: Json): Json => ({ [`Fn::ForEach::${name}`]: [variable, list, resources] });

/** What stands once for each function: made by a loop, so that no logical id of it is written out. */
const LOOP = {
  '${Step}Logs': logs(CMK),
  '${Step}Role': {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: sub('forge-${Step}'),
      AssumeRolePolicyDocument: trusts('lambda.amazonaws.com', false),
      Policies: [{ PolicyName: 'log', PolicyDocument: document(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], { 'Fn::GetAtt': ['${Step}Logs', 'Arn'] }), allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'), allow('kms:Decrypt', CMK, { StringEquals: { 'kms:ViaService': [sub('lambda.${AWS::Region}.amazonaws.com'), sub('sqs.${AWS::Region}.amazonaws.com'), sub('dynamodb.${AWS::Region}.amazonaws.com')] } })) }],
    },
  },
  '${Step}Function': {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: sub('forge-${Step}'),
      Runtime: find('Steps', ref('Step'), 'Runtime', { DefaultValue: 'nodejs22.x' }),
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': [sub('${Step}Role'), 'Arn'] },
      Code: { S3Bucket: sub('forge-artifacts-${AWS::AccountId}'), S3Key: find('Steps', ref('Step'), 'Code') },
      Timeout: find('Steps', ref('Step'), 'Timeout', { DefaultValue: 20 }),
      MemorySize: 256,
      ReservedConcurrentExecutions: find('Steps', ref('Step'), 'Concurrency', { DefaultValue: 10 }),
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: '${Step}Logs' }, ApplicationLogLevel: find('Steps', ref('Step'), 'Level', { DefaultValue: 'INFO' }), SystemLogLevel: 'INFO' },
      KmsKeyArn: CMK,
      Environment: { Variables: { STAGE: 'prod', TABLE: ref('Irons') } },
      Tags: [{ Key: 'stage', Value: 'prod' }],
    },
  },
  '${Step}Errors': { ...alarm('AWS/Lambda', 'Errors', { FunctionName: { Ref: '${Step}Function' } }, BELL) },
  '${Step}Throttles': { ...alarm('AWS/Lambda', 'Throttles', { FunctionName: { Ref: '${Step}Function' } }, BELL) },
};

const TEMPLATE: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Transform: ['AWS::LanguageExtensions'],
  Parameters: {
    Bell: { Type: 'String', Default: 'arn:aws:sns:eu-central-1:111122223333:pager' },
    Stage: { Type: 'String', Default: 'prod', AllowedValues: ['prod', 'test'] },
    Redrive: { Type: 'String', Default: 'denyAll' },
  },
  Rules: { ProdOnly: { RuleCondition: { 'Fn::Equals': [ref('Stage'), 'prod'] }, Assertions: [{ Assert: { 'Fn::Contains': [['eu-central-1', 'eu-west-1'], REGION] }, AssertDescription: 'Europe only' }] } },
  Mappings: {
    Steps: {
      Heat: { Code: 'heat/1a2b.zip', Runtime: 'nodejs22.x', Timeout: 20, Concurrency: 5, Level: 'INFO' },
      Hammer: { Code: 'hammer/3c4d.zip', Timeout: 15 },
      Quench: { Code: 'quench/5e6f.zip' },
    },
    Bus: { prod: { Days: 90, Source: 'forge.orders', Hook: 'https://smith.example.org/in' } },
  },
  Conditions: { Prod: { 'Fn::Equals': [ref('Stage'), 'prod'] }, Test: { 'Fn::Not': [{ Condition: 'Prod' }] }, Never: { 'Fn::And': [{ Condition: 'Prod' }, { Condition: 'Test' }] } },
  Resources: {
    ForgeKey: { ...key('events.amazonaws.com', 'scheduler.amazonaws.com') },
    Irons: table(CMK),
    ...each('Steps', 'Step', ['Heat', 'Hammer', 'Quench'], LOOP),
    HeatRights: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'heat', Roles: ['forge-Heat'], PolicyDocument: document(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Orders')), allow('dynamodb:PutItem', att('Irons'))) } },
    QuenchRights: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['forge-Quench'], PolicyDocument: document(allow('dynamodb:UpdateItem', att('Irons'))) } },
    ...work('Orders', CMK, BELL, {}, [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Orders'), Condition: { ArnEquals: { 'aws:SourceArn': att('OrderRule') } } }]),
    Lost: { Type: 'AWS::SQS::Queue', ...kept, Properties: { KmsMasterKeyId: CMK, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: ref('Redrive') }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    LostPolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('Lost')], PolicyDocument: document(overTls('sqs:*', att('Lost')), { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Lost'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }) } },
    LostSeen: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: att('Lost', 'QueueName') }, BELL),
    HeatOrders: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { 'Fn::GetAtt': ['HeatFunction', 'Arn'] }, EventSourceArn: att('Orders'), BatchSize: 5, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 } } },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'forge', KmsKeyIdentifier: CMK, DeadLetterConfig: { Arn: att('Lost') } } },
    BusKept: { Type: 'AWS::Events::Archive', Condition: 'Prod', Properties: { SourceArn: att('Bus'), RetentionDays: find('Bus', ref('Stage'), 'Days'), KmsKeyIdentifier: CMK } },
    BusPolicy: { Type: 'AWS::Events::EventBusPolicy', Properties: { EventBusName: ref('Bus'), StatementId: 'own', Statement: { Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: 'events:PutEvents', Resource: att('Bus'), Condition: { StringEquals: { 'events:source': find('Bus', 'prod', 'Source') } } } } },
    OrderRule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: ref('Bus'), EventPattern: { 'source': [find('Bus', 'prod', 'Source')], 'detail-type': ['placed'] }, Targets: [{ Id: 'orders', Arn: att('Orders'), DeadLetterConfig: { Arn: att('Lost') }, RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 } }] } },
    HammerRule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: ref('Bus'), EventPattern: { 'source': [find('Bus', 'prod', 'Source')], 'detail-type': ['heated'] }, Targets: [{ Id: 'hammer', Arn: { 'Fn::GetAtt': ['HammerFunction', 'Arn'] }, DeadLetterConfig: { Arn: att('Lost') }, RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 } }] } },
    HammerMay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { 'Fn::GetAtt': ['HammerFunction', 'Arn'] }, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: att('HammerRule') } },
    HammerAsync: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'HammerFunction' }, Qualifier: '$LATEST', MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 3600, DestinationConfig: { OnFailure: { Destination: att('Lost') } } } },
    HammerRights: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'hammer', Roles: ['forge-Hammer'], PolicyDocument: document(allow('sqs:SendMessage', att('Lost')), allow('kms:GenerateDataKey', CMK, { StringEquals: { 'kms:ViaService': sub('sqs.${AWS::Region}.amazonaws.com') } })) } },
    Nightly: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'forge' } },
    QuenchDaily: { Type: 'AWS::Scheduler::Schedule', Condition: 'Prod', Properties: { GroupName: ref('Nightly'), FlexibleTimeWindow: { Mode: 'OFF' }, ScheduleExpression: 'rate(1 day)', KmsKeyArn: CMK, Target: { Arn: { 'Fn::GetAtt': ['QuenchFunction', 'Arn'] }, RoleArn: att('ClockRole'), DeadLetterConfig: { Arn: att('Lost') }, RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 } } } },
    ClockRole: role('scheduler.amazonaws.com', allow('lambda:InvokeFunction', { 'Fn::GetAtt': ['QuenchFunction', 'Arn'] }), allow('sqs:SendMessage', att('Lost')), allow(['kms:GenerateDataKey', 'kms:Decrypt'], CMK, { StringEquals: { 'kms:ViaService': sub('sqs.${AWS::Region}.amazonaws.com') } })),
    QuenchAsync: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'QuenchFunction' }, Qualifier: '$LATEST', MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 3600, DestinationConfig: { OnFailure: { Destination: att('Lost') } } } },
  },
};
TEMPLATE.Resources.QuenchRights.Properties.PolicyDocument.Statement.push(...TEMPLATE.Resources.HammerRights.Properties.PolicyDocument.Statement);

const loop = (t: Json, part: string): Json => t.Resources['Fn::ForEach::Steps'][2][`\${Step}${part}`];
const every = (t: Json): Json => loop(t, 'Function').Properties;
const vars = (t: Json): Json => every(t).Environment.Variables;
const rights = (t: Json): Json[] => loop(t, 'Role').Properties.Policies[0].PolicyDocument.Statement;
const step = (t: Json, name: string, what: Json): void => { Object.assign(t.Mappings.Steps[name], what); };

/** What an author writes who knows the language extensions: a loop over names, and a mapping with defaults. */
export const FORGE: BlindSeed = {
  name: 'Forge with language extensions: functions come of a loop, their settings of a mapping',
  style: 'yaml',
  stacks: { Forge: TEMPLATE },
  mutants: [
    fault('G01', 'a secret is resolved for each turn of the loop', ({ Forge }) => { vars(Forge).SMITH = sub('{{resolve:secretsmanager:forge/${Step}:SecretString:word}}'); }),
    fault('G03', 'a token is built of a mapping, in the loop', ({ Forge }) => { step(Forge, 'Hammer', { Mark: 'sk_live_4eC39HqLyjWDarjtT1zdp7dc' }); vars(Forge).MARK = find('Steps', ref('Step'), 'Mark', { DefaultValue: 'none' }); }),
    fault('G05', 'a word is asked for in the open, and stands in the loop', ({ Forge }) => { Forge.Parameters.SmithSecret = { Type: 'String' }; vars(Forge).SMITH_SECRET = ref('SmithSecret'); }),
    fault('G09', 'certificates are not looked at, in one turn of the loop', ({ Forge }) => { step(Forge, 'Heat', { Tls: '0' }); vars(Forge).NODE_TLS_REJECT_UNAUTHORIZED = find('Steps', ref('Step'), 'Tls', { DefaultValue: '1' }); }),
    fault('G08', 'one step tells all, by the mapping', ({ Forge }) => { step(Forge, 'Heat', { Level: 'DEBUG' }); }),
    fault('G08', 'steps that say nothing tell all, by the default of the look-up', ({ Forge }) => { every(Forge).LoggingConfig.ApplicationLogLevel = find('Steps', ref('Step'), 'Level', { DefaultValue: 'TRACE' }); }),
    fault('G27', 'any rule may call hammering', ({ Forge }) => { prop(Forge, 'HammerMay').SourceArn = sub('arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/*'); }),
    fault('G29', 'the clock is wound by any account', ({ Forge }) => { prop(Forge, 'ClockRole').AssumeRolePolicyDocument = trusts('scheduler.amazonaws.com', false); }),
    fault('G35', 'each step shares its role with a workflow', ({ Forge }) => { loop(Forge, 'Role').Properties.AssumeRolePolicyDocument = trusts(['lambda.amazonaws.com', 'states.amazonaws.com'], false); }),
    fault('G37', 'each step gives rights to the key', ({ Forge }) => { rights(Forge).push(allow('kms:CreateGrant', CMK)); }),
    fault('G34', 'each step may change what it is', ({ Forge }) => { rights(Forge).push(allow('lambda:UpdateFunctionCode', sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:forge-${Step}'))); }),
    fault('G39', 'strangers may leave orders in the queue', ({ Forge }) => { statements(Forge, 'OrdersPolicy').push({ Effect: 'Allow', Principal: { AWS: root(FOREIGN) }, Action: 'sqs:SendMessage', Resource: att('Orders') }); }),
    fault('G40', 'what hammering does not do is lost', ({ Forge }) => { remove(Forge, 'HammerAsync'); }),
    fault('G45', 'any queue may leave its letters, by the default of a parameter', ({ Forge }) => { Forge.Parameters.Redrive.Default = 'allowAll'; }),
    fault('G43', 'orders are heated without an end at once', ({ Forge }) => { every(Forge).ReservedConcurrentExecutions = NONE; prop(Forge, 'HeatOrders').ScalingConfig = NONE; }),
    fault('G47', 'a rule is gone, what it might do is not', ({ Forge }) => { remove(Forge, 'HammerRule'); prop(Forge, 'HammerMay').SourceArn = sub('arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/forge/hammer'); }),
    fault('G47', 'orders are not heated: the mapping is off in production', ({ Forge }) => { prop(Forge, 'HeatOrders').Enabled = when('Prod', 'false', 'true'); }),
    fault('G49', 'what went over the bus is kept for ever, by the mapping', ({ Forge }) => { Forge.Mappings.Bus.prod.Days = 0; }),
    fault('G49', 'the bus lies under a key of Amazon in production', ({ Forge }) => { prop(Forge, 'Bus').KmsKeyIdentifier = when('Test', CMK, NONE); }),
    fault('G49', 'everybody may say something on the bus', ({ Forge }) => { prop(Forge, 'BusPolicy').Statement.Principal = '*'; delete prop(Forge, 'BusPolicy').Statement.Condition; }),
    fault('G48', 'hammering hears what anybody says on the bus', ({ Forge }) => { prop(Forge, 'HammerRule').EventPattern = { 'detail-type': ['heated'] }; }),
    fault('G48', 'what starts with anything is hammered', ({ Forge }) => { prop(Forge, 'HammerRule').EventPattern.source = [{ prefix: '' }]; }),
    fault('G51', 'what the clock could not give away is lost, in production', ({ Forge }) => { prop(Forge, 'QuenchDaily').Target.DeadLetterConfig = when('Prod', NONE, { Arn: att('Lost') }); }),
    fault('G51', 'the clock may call all functions', ({ Forge }) => { statements(Forge, 'ClockRole')[0].Resource = sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*'); }),
    fault('G73', 'steps say what they say where no date is set', ({ Forge }) => { delete every(Forge).LoggingConfig.LogGroup; every(Forge).FunctionName = sub('forge-v2-${Step}'); }),
    fault('G75', 'nobody hears that a step fails', ({ Forge }) => { delete Forge.Resources['Fn::ForEach::Steps'][2]['${Step}Errors']; }),
    fault('G89', 'one step is never mended, by the mapping', ({ Forge }) => { step(Forge, 'Quench', { Update: 'Manual', Version: 'arn:aws:lambda:eu-central-1::runtime:07a48df201798d627f2b950f03bb227aab4a655a1d019c3296406f95937e2525' }); every(Forge).RuntimeManagementConfig = { UpdateRuntimeOn: find('Steps', ref('Step'), 'Update', { DefaultValue: 'Auto' }), RuntimeVersionArn: find('Steps', ref('Step'), 'Version', { DefaultValue: NONE }) }; }),
    fault('G90', 'one step may take a quarter of an hour, without an end at once', ({ Forge }) => { step(Forge, 'Hammer', { Timeout: 900 }); delete every(Forge).ReservedConcurrentExecutions; }),
    fault('G76', 'what steps said is thrown away with the stack', ({ Forge }) => { loop(Forge, 'Logs').DeletionPolicy = 'Delete'; loop(Forge, 'Logs').UpdateReplacePolicy = 'Delete'; }),
    breach('lambda.runtime', 'one step is old, by the mapping', ({ Forge }) => { step(Forge, 'Heat', { Runtime: 'nodejs14.x' }); }),
    breach('iam.wildcard-any', 'each step may do all', ({ Forge }) => { rights(Forge).push(allow('*', '*')); }),
    breach('logs.retention', 'what steps said is kept for ever', ({ Forge }) => { delete loop(Forge, 'Logs').Properties.RetentionInDays; }),
    breach('lambda.env-cmk', 'variables of all steps lie under a key of Amazon', ({ Forge }) => { every(Forge).KmsKeyArn = when('Prod', NONE, CMK); }),
  ],
  variants: [
    safe('one step more, as the others', ({ Forge }) => { Forge.Resources['Fn::ForEach::Steps'][1].push('Polish'); Forge.Mappings.Steps.Polish = { Code: 'polish/7a8b.zip' }; add(Forge, 'PolishHeated', 'AWS::Lambda::Alias', { Name: 'live', FunctionName: { Ref: 'PolishFunction' }, FunctionVersion: '1' }); }),
    safe('a step that nobody makes has all wrong', ({ Forge }) => { Forge.Mappings.Steps.Old = { Code: 'old/0.zip', Runtime: 'nodejs8.10', Timeout: 900, Level: 'TRACE' }; }),
    safe('under a condition that never holds the bus is open', ({ Forge }) => { add(Forge, 'OpenPolicy', 'AWS::Events::EventBusPolicy', { EventBusName: ref('Bus'), StatementId: 'open', Statement: { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: att('Bus') } }, { Condition: 'Never' }); }),
    safe('all of the organization may say something of one source', ({ Forge }) => { Object.assign(prop(Forge, 'BusPolicy').Statement, { Principal: '*', Condition: { StringEquals: { 'events:source': 'forge.orders', 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }); }),
    safe('the level stands in a branch that is not taken', ({ Forge }) => { every(Forge).LoggingConfig.ApplicationLogLevel = when('Never', 'TRACE', 'INFO'); }),
    safe('the rule hears one more kind', ({ Forge }) => { prop(Forge, 'HammerRule').EventPattern['detail-type'] = [{ prefix: 'heated' }]; }),
    safe('the length of a list of steps is a variable', ({ Forge }) => { vars(Forge).COUNT = { 'Fn::Length': ['Heat', 'Hammer', 'Quench'] }; vars(Forge).ALL = { 'Fn::ToJsonString': { steps: ['Heat', 'Hammer'] } }; }),
    safe('each step reads its own word by name', ({ Forge }) => { vars(Forge).WORD_SECRET_NAME = sub('forge/${Step}'); rights(Forge).push(allow('secretsmanager:GetSecretValue', join('arn:aws:secretsmanager:', REGION, ':', ACCOUNT, ':secret:forge/', ref('Step'), '-??????'))); }),
  ],
};
