import { find, FOREIGN, role, root, work } from './parts';
import { ACCOUNT, alarm, allow, att, deadLetters, document, join, Json, kept, key, logs, NONE, overTls, ref, sub, table, trusts, use, via, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

/** Names of a construct of solutions: what it joins, one after the other. */
const P = 'eventbridgestepfunctions';
const CMK = use(sub('${Shared}-KeyArn'));
const BELL = use(sub('${Shared}-Pager'));
const fn = { cmk: CMK, alarms: BELL, policy: 'attached' as const };
const MACHINE = `${P}StateMachine2E01B719`;
const state = (Resource: string, Next: string | undefined, more: Json = {}): Json => ({ Type: 'Task', Resource, TimeoutSeconds: 60, Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Sorry' }], ...(Next === undefined ? { End: true } : { Next }), ...more });
const DEFINITION: Json = {
  Comment: 'a crossing',
  StartAt: 'Weigh',
  TimeoutSeconds: 3600,
  States: {
    Weigh: state('${WeighArn}', 'Board'),
    Board: state('arn:aws:states:::sqs:sendMessage.waitForTaskToken', 'Each', { TimeoutSeconds: 900, HeartbeatSeconds: 300, Parameters: { QueueUrl: '${DeckUrl}', MessageBody: { 'token.$': '$$.Task.Token', 'car.$': '$.car' } } }),
    Each: { Type: 'Map', ItemsPath: '$.cars', MaxConcurrency: 5, ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'Write', States: { Write: state('arn:aws:states:::dynamodb:putItem', undefined, { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Skip' }], Parameters: { TableName: '${TableName}', Item: { pk: { 'S.$': '$.plate' } } } }), Skip: { Type: 'Pass', End: true } } }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Sorry' }], Next: 'Done' },
    Done: { Type: 'Succeed' },
    Sorry: { Type: 'Fail', Error: 'Crossing', Cause: 'see the log' },
  },
};

const SHARED: Json = {
  Resources: {
    Key: key('events.amazonaws.com', 'sns.amazonaws.com', 'cloudwatch.amazonaws.com'),
    Pager: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key'), Tags: [{ Key: 'stage', Value: 'prod' }] } },
    PagerPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Pager')], PolicyDocument: document(overTls('sns:Publish', ref('Pager')), { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: ref('Pager'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }) } },
    FerryRights: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'ferry-common', PolicyDocument: document(allow('kms:Decrypt', att('Key'), via('sqs', 'secretsmanager'))) } },
  },
  Outputs: { KeyArn: { Value: att('Key'), Export: { Name: 'ferry-shared-KeyArn' } }, Pager: { Value: ref('Pager'), Export: { Name: 'ferry-shared-Pager' } }, Rights: { Value: ref('FerryRights'), Export: { Name: 'ferry-shared-Rights' } } },
};

const FERRY: Json = {
  Parameters: { Shared: { Type: 'String', Default: 'ferry-shared' }, Harbor: { Type: 'String', Default: 'https://harbor.example.org/api/crossings' }, Depth: { Type: 'String', Default: 'ERROR' }, Days: { Type: 'Number', Default: 30 } },
  Mappings: { Word: { Prod: { Data: 'false', Auth: 'API_KEY', Beat: 300 } } },
  Conditions: { Live: { 'Fn::Not': [{ 'Fn::Equals': [ref('Shared'), 'ferry-test'] }] } },
  Resources: {
    Crossings: table(CMK),
    ...worker('Weigh', { ...fn, env: { HARBOR_SECRET_ARN: ref('HarborWord') }, can: [allow('secretsmanager:GetSecretValue', ref('HarborWord'))] }),
    ...worker('Turn', { ...fn, env: { HARBOR_SECRET_ARN: ref('HarborWord') }, can: [allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], ref('HarborWord')), allow('secretsmanager:GetRandomPassword', '*')] }),
    TurnMay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: att('Turn'), Action: 'lambda:InvokeFunction', Principal: 'secretsmanager.amazonaws.com', SourceAccount: ACCOUNT } },
    HarborWord: { Type: 'AWS::SecretsManager::Secret', ...kept, Properties: { KmsKeyId: CMK, GenerateSecretString: { PasswordLength: 40 }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    HarborTurned: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: ref('HarborWord'), RotationLambdaARN: att('Turn'), RotationRules: { AutomaticallyAfterDays: ref('Days') } }, DependsOn: ['TurnMay'] },
    HarborShut: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: ref('HarborWord'), BlockPublicPolicy: true, ResourcePolicy: document({ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } }) } },
    ...work('Deck', CMK, BELL),
    ...worker('Park', { ...fn, can: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Deck')), allow(['states:SendTaskSuccess', 'states:SendTaskHeartbeat'], ref(MACHINE))] }),
    ParkDeck: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: ref('Park'), EventSourceArn: att('Deck'), FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 } } },
    [`${P}StateMachineLogGroup`]: logs(CMK, { LogGroupName: '/aws/vendedlogs/states/ferry' }),
    [`${P}StateMachineRole`]: role('states.amazonaws.com',
      allow('lambda:InvokeFunction', att('Weigh')), allow('sqs:SendMessage', att('Deck')), allow('dynamodb:PutItem', att('Crossings')), allow(['kms:GenerateDataKey', 'kms:Decrypt'], CMK, via('sqs', 'dynamodb', 'states')),
      allow(['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups'], '*'), allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], '*')),
    [MACHINE]: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineType: 'STANDARD',
        RoleArn: att(`${P}StateMachineRole`),
        DefinitionString: JSON.stringify(DEFINITION),
        DefinitionSubstitutions: { WeighArn: att('Weigh'), DeckUrl: ref('Deck'), TableName: ref('Crossings') },
        LoggingConfiguration: { Level: ref('Depth'), IncludeExecutionData: find('Word', 'Prod', 'Data'), Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att(`${P}StateMachineLogGroup`) } }] },
        TracingConfiguration: { Enabled: true },
        EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: CMK, KmsDataKeyReusePeriodSeconds: 300 },
        Tags: [{ Key: 'stage', Value: 'prod' }],
      },
    },
    [`${P}ExecutionFailedAlarm`]: alarm('AWS/States', 'ExecutionsFailed', { StateMachineArn: ref(MACHINE) }, BELL),
    ...deadLetters('Missed', CMK, BELL, [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Missed'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }]),
    Sea: { Type: 'AWS::Events::EventBus', Properties: { Name: 'sea', KmsKeyIdentifier: CMK, DeadLetterConfig: { Arn: att('Missed') } } },
    SeaKept: { Type: 'AWS::Events::Archive', Properties: { SourceArn: att('Sea'), RetentionDays: ref('Days'), KmsKeyIdentifier: CMK } },
    [`${P}EventsRule`]: { Type: 'AWS::Events::Rule', Properties: { EventBusName: ref('Sea'), EventPattern: { 'source': ['ferry.desk'], 'detail-type': ['arrived'] }, Targets: [{ Id: 'cross', Arn: ref(MACHINE), RoleArn: att('StartRole'), DeadLetterConfig: { Arn: att('Missed') }, RetryPolicy: { MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 3600 } }] } },
    StartRole: role('events.amazonaws.com', allow('states:StartExecution', ref(MACHINE))),
    HarborConnection: { Type: 'AWS::Events::Connection', Properties: { AuthorizationType: find('Word', 'Prod', 'Auth'), KmsKeyIdentifier: CMK, AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-ferry', ApiKeyValue: sub('{{resolve:secretsmanager:${HarborWord}}}') } } } },
    HarborHook: { Type: 'AWS::Events::ApiDestination', Properties: { ConnectionArn: att('HarborConnection'), HttpMethod: 'POST', InvocationEndpoint: ref('Harbor'), InvocationRateLimitPerSecond: 10 } },
    HarborRule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: ref('Sea'), EventPattern: { 'source': ['ferry.desk'], 'detail-type': ['left'] }, Targets: [{ Id: 'harbor', Arn: att('HarborHook'), RoleArn: att('HookRole'), DeadLetterConfig: { Arn: att('Missed') }, RetryPolicy: { MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 3600 } }] } },
    HookRole: role('events.amazonaws.com', allow('events:InvokeApiDestination', att('HarborHook'))),
  },
};

const machine = (t: Json): Json => prop(t, MACHINE);
const redefine = (t: Json, change: (d: Json) => void): void => {
  const definition = JSON.parse(machine(t).DefinitionString);
  change(definition);
  machine(t).DefinitionString = join(JSON.stringify(definition));
};

/** What a construct of solutions leaves: a bus, a workflow, a hook outside; the key is of another stack. */
export const FERRY_SEED: BlindSeed = {
  name: 'Ferry by a construct of solutions: a bus starts a workflow, a hook tells the harbor',
  style: 'cross-stack',
  stacks: { Shared: SHARED, Ferry: FERRY },
  mutants: [
    fault('G03', 'a token is handed to the workflow by a substitution', ({ Ferry }) => { machine(Ferry).DefinitionSubstitutions.Seal = join('ghp_', '16C7e42F292c6912E7710c838347Ae178B4a'); redefine(Ferry, (d) => { d.States.Weigh.Parameters = { seal: '${Seal}' }; }); }),
    fault('G04', 'the word of the harbor is written out, in the mapping', ({ Ferry }) => { Ferry.Mappings.Word.Prod.Value = 'h4rb0r-n1ght-w4tch'; delete prop(Ferry, 'HarborWord').GenerateSecretString; prop(Ferry, 'HarborWord').SecretString = sub('{"user":"ferry","password":"${Word}"}', { Word: find('Word', 'Prod', 'Value') }); }),
    fault('G06', 'the hook carries a word that is written out, by the mapping', ({ Ferry }) => { Ferry.Mappings.Word.Prod.Value = 'k-77d1e0c2a9'; prop(Ferry, 'HarborConnection').AuthParameters.ApiKeyAuthParameters.ApiKeyValue = find('Word', 'Prod', 'Value'); }),
    fault('G07', 'a secret is read when the workflow is made, by a substitution', ({ Ferry }) => { machine(Ferry).DefinitionSubstitutions.Seal = sub('{{resolve:secretsmanager:${HarborWord}:SecretString}}'); }),
    fault('G07', 'a rule tells the workflow the word', ({ Ferry }) => { prop(Ferry, `${P}EventsRule`).Targets[0].Input = sub('{"harborPassword":"${Word}"}', { Word: 'n1ght-w4tch-77' }); }),
    fault('G07', 'the outputs tell the word', ({ Ferry }) => { Ferry.Outputs = { HarborWordValue: { Value: join('{{resolve:secretsmanager:', ref('HarborWord'), '}}') } }; }),
    fault('G28', 'any account\'s bus may put what it missed into the queue', ({ Ferry }) => { delete statements(Ferry, 'MissedPolicy')[1].Condition; }),
    fault('G29', 'the workflow is of any account', ({ Ferry }) => { prop(Ferry, `${P}StateMachineRole`).AssumeRolePolicyDocument = trusts('states.amazonaws.com', false); }),
    fault('G35', 'one role starts and crosses', ({ Ferry }) => { trust(Ferry, 'StartRole')[0].Principal.Service = ['events.amazonaws.com', 'states.amazonaws.com']; }),
    fault('G36', 'all functions read the word, by a policy of the other stack', ({ Shared, Ferry }) => { statements(Shared, 'FerryRights').push(allow('secretsmanager:GetSecretValue', sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:*'))); for (const name of ['Park', 'Weigh', 'Turn']) prop(Ferry, `${name}Role`).ManagedPolicyArns = [use('ferry-shared-Rights')]; }),
    fault('G37', 'parking gives rights to the key, by a policy of the other stack', ({ Shared, Ferry }) => { statements(Shared, 'FerryRights').push(allow('kms:CreateGrant', att('Key'))); prop(Ferry, 'ParkRole').ManagedPolicyArns = [use('ferry-shared-Rights')]; }),
    fault('G43', 'cars are parked without an end at once', ({ Ferry }) => { prop(Ferry, 'ParkDeck').ScalingConfig = when('Live', NONE, { MaximumConcurrency: 5 }); delete prop(Ferry, 'Park').ReservedConcurrentExecutions; }),
    fault('G45', 'what was missed takes letters of all queues', ({ Ferry }) => { prop(Ferry, 'DeckDead').RedriveAllowPolicy = when('Live', { redrivePermission: 'allowAll' }, { redrivePermission: 'denyAll' }); }),
    fault('G47', 'a function turns no word any more', ({ Ferry }) => { remove(Ferry, 'HarborTurned', 'TurnMay'); }),
    fault('G49', 'what went over the sea is kept without a key', ({ Ferry }) => { prop(Ferry, 'SeaKept').KmsKeyIdentifier = when('Live', NONE, CMK); }),
    fault('G49', 'events that nobody takes are lost', ({ Ferry }) => { prop(Ferry, 'Sea').DeadLetterConfig = NONE; }),
    fault('G49', 'the sea is open to everybody in its own policy', ({ Ferry }) => { prop(Ferry, 'Sea').Policy = document({ Sid: 'all', Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' }); }),
    fault('G50', 'the harbor is told in the clear, by the default of a parameter', ({ Ferry }) => { Ferry.Parameters.Harbor.Default = 'http://harbor.example.org/api/crossings'; }),
    fault('G53', 'the pager of all calls strangers', ({ Shared }) => { add(Shared, 'Night', 'AWS::SNS::Subscription', { TopicArn: ref('Pager'), Protocol: 'sqs', Endpoint: sub('arn:aws:sqs:eu-west-1:${Them}:night', { Them: FOREIGN }), RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:pager-lost' } }); }),
    fault('G55', 'a crossing has no end', ({ Ferry }) => { redefine(Ferry, (d) => { delete d.TimeoutSeconds; }); }),
    fault('G55', 'a car waits for a place, and nobody asks after it', ({ Ferry }) => { redefine(Ferry, (d) => { delete d.States.Board.HeartbeatSeconds; }); }),
    fault('G55', 'inside of each car what fails is not caught', ({ Ferry }) => { redefine(Ferry, (d) => { delete d.States.Each.ItemProcessor.States.Write.Catch; delete d.States.Each.ItemProcessor.States.Skip; delete d.States.Each.Catch; }); }),
    fault('G55', 'weighing is tried a thousand times, by a substitution', ({ Ferry }) => { redefine(Ferry, (d) => { d.States.Weigh.Retry[0].MaxAttempts = 1000; }); }),
    fault('G70', 'the log keeps what each car is, by a mapping and a parameter', ({ Ferry }) => { Ferry.Mappings.Word.Prod.Data = 'true'; Ferry.Parameters.Depth.Default = 'ALL'; }),
    fault('G75', 'nobody hears that crossings fail', ({ Ferry }) => { remove(Ferry, `${P}ExecutionFailedAlarm`); }),
    fault('G78', 'strangers read the word', ({ Ferry }) => { statements(Ferry, 'HarborShut', 'ResourcePolicy').push({ Effect: 'Allow', Principal: { AWS: root(FOREIGN) }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }); }),
    fault('G33', 'parking reads a word it does not use', ({ Ferry }) => { statements(Ferry, 'ParkPolicy').push(allow('secretsmanager:GetSecretValue', ref('HarborWord'))); }),
    fault('G09', 'the harbor is believed, whoever it is', ({ Ferry }) => { env(Ferry, 'Weigh').NODE_TLS_REJECT_UNAUTHORIZED = when('Live', '0', '1'); }),
    breach('sfn.logging', 'crossings are written down nowhere, by a parameter', ({ Ferry }) => { Ferry.Parameters.Depth.Default = 'OFF'; }),
    breach('sm.rotation', 'the word is turned once in three years', ({ Ferry }) => { Ferry.Parameters.Days.Default = 999; }),
    breach('kms.public', 'everybody uses the key, if he names a context', ({ Shared }) => { prop(Shared, 'Key').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: '*', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: { StringEquals: { 'kms:EncryptionContext:app': 'ferry' } } }); }),
    breach('kms.full-permissions', 'the functions may do all with the key, by a policy of the other stack', ({ Shared, Ferry }) => { prop(Ferry, 'ParkRole').ManagedPolicyArns = [use('ferry-shared-Rights')]; statements(Shared, 'FerryRights')[0] = allow('kms:*', att('Key')); }),
    breach('iam.passrole', 'the workflow hands on any role', ({ Ferry }) => { statements(Ferry, `${P}StateMachineRole`).push(allow('iam:PassRole', sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*'))); }),
    breach('iam.notresource', 'parking writes to all tables but one', ({ Ferry }) => { statements(Ferry, 'ParkPolicy').push({ Effect: 'Allow', Action: 'dynamodb:PutItem', NotResource: att('Crossings') }); }),
    breach('eb.cross-account', 'strangers say what they like on the sea', ({ Ferry }) => { add(Ferry, 'SeaOpen', 'AWS::Events::EventBusPolicy', { EventBusName: ref('Sea'), StatementId: 'them', Statement: { Effect: 'Allow', Principal: { AWS: root(FOREIGN) }, Action: 'events:PutEvents', Resource: att('Sea') } }); }),
  ],
  variants: [
    safe('common rights of the other stack, on a queue\'s key', ({ Ferry }) => { prop(Ferry, 'ParkRole').ManagedPolicyArns = [use('ferry-shared-Rights')]; }),
    safe('the workflow is given as an object', ({ Ferry }) => { machine(Ferry).Definition = JSON.parse(machine(Ferry).DefinitionString); delete machine(Ferry).DefinitionString; }),
    safe('the workflow is a text of lines, joined', ({ Ferry }) => { const lines = JSON.stringify(DEFINITION, null, 2).split('\n'); machine(Ferry).DefinitionString = { 'Fn::Join': ['\n', lines] }; }),
    safe('all is in the log, and no data', ({ Ferry }) => { Ferry.Parameters.Depth.Default = 'ALL'; }),
    safe('the harbor is told of its own bus: a rule with prefix', ({ Ferry }) => { prop(Ferry, 'HarborRule').EventPattern.source = [{ prefix: 'ferry.' }]; }),
    safe('parking may answer for its tasks, and for failed ones', ({ Ferry }) => { statements(Ferry, 'ParkPolicy').push(allow('states:SendTaskFailure', ref(MACHINE))); }),
    safe('the secret is made of a pattern', ({ Ferry }) => { prop(Ferry, 'HarborWord').GenerateSecretString = { SecretStringTemplate: '{"user":"ferry"}', GenerateStringKey: 'password', PasswordLength: 40, ExcludeCharacters: '"@/\\' }; }),
    safe('events of the organization are let in, of one source', ({ Ferry }) => { add(Ferry, 'SeaOpen', 'AWS::Events::EventBusPolicy', { EventBusName: ref('Sea'), StatementId: 'org', Statement: { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: att('Sea'), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'events:source': 'ferry.desk' } } } }); }),
    safe('waiting is not a task, and needs no catch', ({ Ferry }) => { redefine(Ferry, (d) => { d.States.Weigh.Next = 'Tide'; d.States.Tide = { Type: 'Wait', SecondsPath: '$.tide', Next: 'Board' }; }); }),
  ],
};
