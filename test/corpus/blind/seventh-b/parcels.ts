import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements } from '../support';
import {
  ACCOUNT, admit, alarm, alarms, allow, arn, att, document, failures, fn, invoke, join, key, logs, NONE, queue, READ_QUEUE, ref, Resources, role,
  SAME_ACCOUNT, signing, sub, table, tls, USE_KEY,
} from './parts';

const DELIVERY = allow(['logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery', 'logs:ListLogDeliveries',
  'logs:PutResourcePolicy', 'logs:UpdateLogDelivery', 'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*');

/** The flow of a parcel, in the pieces that its author joined. */
const FLOW = [
  '{"StartAt":"Weigh","TimeoutSeconds":7200,"States":{"Weigh":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","TimeoutSeconds":60,"Parameters":{"FunctionName":"',
  '","Payload.$":"$"},"Retry":[{"ErrorEquals":["Lambda.ServiceException"],"MaxAttempts":3,"BackoffRate":2}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Lost"}],"Next":"Sign"},'
  + '"Sign":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","HeartbeatSeconds":3600,"Parameters":{"QueueUrl":"',
  '","MessageBody":{"Token.$":"$$.Task.Token"}},"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Lost"}],"End":true},"Lost":{"Type":"Fail","Error":"Lost"}}}',
];
const definition = (pieces: readonly string[] = FLOW): Template => join(pieces[0], ref('Weigh'), pieces[1], '${Signatures}', pieces[2]);

const resources: Resources = {
  Key: key('cloudwatch', 'events', 'sqs', 'states', 'scheduler', 'pipes', 'sns'),
  Signing: signing(),
  ...alarms(),
  Parcels: table(['parcel', 'at']),
  ...failures('Astray', 'Scans', 'Signatures'),
  ...failures('Unheard'),
  Bus: {
    Type: 'AWS::Events::EventBus',
    Properties: { Name: sub('${AWS::StackName}-parcels'), KmsKeyIdentifier: att('Key'), DeadLetterConfig: { Arn: att('Unheard') }, LogConfig: { Level: 'ERROR', IncludeDetail: 'NONE' } },
  },
  BusPolicy: {
    Type: 'AWS::Events::EventBusPolicy',
    Properties: {
      EventBusName: ref('Bus'),
      StatementId: 'depots',
      Statement: { Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: 'events:PutEvents', Resource: att('Bus'), Condition: { StringEquals: { 'events:source': 'depots.scanner' } } },
    },
  },
  Archive: { Type: 'AWS::Events::Archive', Properties: { SourceArn: att('Bus'), RetentionDays: 90, KmsKeyIdentifier: att('Key'), EventPattern: { source: ['depots.scanner'] } } },
  ScanRule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { 'source': ['depots.scanner'], 'detail-type': ['ParcelScanned'], 'detail': { depot: [{ prefix: 'EU-' }] } },
      Targets: [{ Id: 'scans', Arn: att('Scans'), DeadLetterConfig: { Arn: att('Unheard') }, RetryPolicy: { MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 3600 } }],
    },
  },
  LateRule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { 'source': ['depots.scanner'], 'detail-type': ['ParcelLate'] },
      Targets: [
        { Id: 'warn', Arn: att('Warn'), DeadLetterConfig: { Arn: att('Unheard') }, InputTransformer: { InputPathsMap: { parcel: '$.detail.parcel' }, InputTemplate: '{"parcel":<parcel>}' } },
        { Id: 'carrier', Arn: att('Carrier'), RoleArn: att('CarrierRole'), DeadLetterConfig: { Arn: att('Unheard') } },
      ],
    },
  },
  ...queue('Scans', 'Astray', admit({ Service: 'events.amazonaws.com' }, 'sqs:SendMessage', att('Scans'), { ArnEquals: { 'aws:SourceArn': arn('events', 'rule/${AWS::StackName}-parcels/*') }, ...SAME_ACCOUNT })),
  ...queue('Signatures', 'Astray'),
  UnheardFromEvents: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [ref('Unheard')], PolicyDocument: document(tls('sqs:*', att('Unheard')), admit({ Service: ['events.amazonaws.com', 'sns.amazonaws.com'] }, 'sqs:SendMessage', att('Unheard'), SAME_ACCOUNT)) },
  },
  ...fn('Warn', { can: [allow('sns:Publish', ref('Late')), USE_KEY], env: { LATE: ref('Late') }, lost: 'Unheard' }),
  WarnCalled: invoke('Warn', 'events', att('LateRule')),
  Late: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key') } },
  LatePolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Late')], PolicyDocument: document(tls('sns:Publish', ref('Late'))) } },
  LateToDesk: {
    Type: 'AWS::SNS::Subscription',
    Properties: { TopicArn: ref('Late'), Protocol: 'https', Endpoint: 'https://desk.parcels.example.org/late', RedrivePolicy: { deadLetterTargetArn: att('Unheard') } },
  },
  CarrierLink: {
    Type: 'AWS::Events::Connection',
    Properties: {
      AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
      KmsKeyIdentifier: att('Key'),
      AuthParameters: {
        OAuthParameters: {
          AuthorizationEndpoint: 'https://login.carrier.example.org/token',
          HttpMethod: 'POST',
          ClientParameters: { ClientID: '{{resolve:secretsmanager:carrier:SecretString:id}}', ClientSecret: '{{resolve:secretsmanager:carrier:SecretString:secret}}' },
        },
      },
    },
  },
  Carrier: {
    Type: 'AWS::Events::ApiDestination',
    Properties: { ConnectionArn: att('CarrierLink'), HttpMethod: 'POST', InvocationEndpoint: 'https://api.carrier.example.org/late', InvocationRateLimitPerSecond: 10 },
  },
  CarrierRole: role('events.amazonaws.com', [allow('events:InvokeApiDestination', att('Carrier'))], { StringEquals: { 'aws:SourceAccount': ACCOUNT } }),
  PipeLogs: logs(sub('/aws/vendedlogs/pipes/${AWS::StackName}')),
  PipeRole: role('pipes.amazonaws.com', [allow(READ_QUEUE.slice(1), att('Scans')), allow('states:StartExecution', ref('Flow')), USE_KEY], {
    StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnEquals: { 'aws:SourceArn': arn('pipes', 'pipe/${AWS::StackName}-scans') },
  }),
  Pipe: {
    Type: 'AWS::Pipes::Pipe',
    Properties: {
      Name: sub('${AWS::StackName}-scans'),
      RoleArn: att('PipeRole'),
      KmsKeyIdentifier: att('Key'),
      Source: att('Scans'),
      Target: ref('Flow'),
      SourceParameters: { SqsQueueParameters: { BatchSize: 1 }, FilterCriteria: { Filters: [{ Pattern: '{"body":{"detail-type":["ParcelScanned"]}}' }] } },
      TargetParameters: { StepFunctionStateMachineParameters: { InvocationType: 'FIRE_AND_FORGET' } },
      LogConfiguration: { Level: 'ERROR', CloudwatchLogsLogDestination: { LogGroupArn: att('PipeLogs') } },
    },
  },
  ...fn('Weigh', { can: [allow('dynamodb:PutItem', att('Parcels')), USE_KEY], env: { PARCELS: ref('Parcels') } }),
  FlowLogs: logs(sub('/aws/vendedlogs/states/${AWS::StackName}')),
  FlowRole: role('states.amazonaws.com', [allow('lambda:InvokeFunction', att('Weigh')), allow('sqs:SendMessage', att('Signatures')), USE_KEY, DELIVERY], SAME_ACCOUNT),
  Flow: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: att('FlowRole'),
      DefinitionString: definition(),
      DefinitionSubstitutions: { Signatures: ref('Signatures') },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('FlowLogs') } }] },
      TracingConfiguration: { Enabled: true },
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: att('Key') },
    },
  },
  FlowFails: alarm('AWS/States', 'ExecutionsFailed', { StateMachineArn: ref('Flow') }),
  FlowHangs: alarm('AWS/States', 'ExecutionsTimedOut', { StateMachineArn: ref('Flow') }),
  Nightly: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: sub('${AWS::StackName}-nightly') } },
  SweepRole: role('scheduler.amazonaws.com', [allow('lambda:InvokeFunction', att('Sweep')), allow('sqs:SendMessage', att('Unheard')), USE_KEY], SAME_ACCOUNT),
  SweepAtNight: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      GroupName: ref('Nightly'),
      ScheduleExpression: 'rate(1 day)',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 30 },
      KmsKeyArn: att('Key'),
      Target: { Arn: att('Sweep'), RoleArn: att('SweepRole'), DeadLetterConfig: { Arn: att('Unheard') }, RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 } },
    },
  },
  ...fn('Sweep', { can: [allow(['dynamodb:Query', 'dynamodb:DeleteItem'], att('Parcels')), USE_KEY], env: { PARCELS: ref('Parcels') }, lost: 'Unheard' }),
};
delete resources.UnheardPolicy;

const flow = (t: Template, from: string | RegExp, to: string): void => {
  const changed = FLOW.map((piece) => piece.replace(from, to));
  if (changed.join() === FLOW.join()) throw new Error(`the flow has no ${String(from)}`);
  prop(t, 'Flow').DefinitionString = definition(changed);
};

export const PARCELS: BlindSeed = {
  name: 'Parcels on their way: events, pipes, schedules and a flow',
  style: 'yaml',
  stacks: { Parcels: { Resources: resources } },
  mutants: [
    fault('G06', 'the secret of the carrier is written into the connection', ({ Parcels }) => { prop(Parcels, 'CarrierLink').AuthParameters.OAuthParameters.ClientParameters.ClientSecret = sub('s3cr-${Tail}', { Tail: 'Tulip-71' }); }),
    fault('G07', 'the flow carries a password in its pieces', ({ Parcels }) => { flow(Parcels, '"Payload.$":"$"', '"Payload":{"password":"Maple-Leaf-88"}'); }),
    fault('G07', 'the flow gets a secret resolved into its substitutions', ({ Parcels }) => { prop(Parcels, 'Flow').DefinitionSubstitutions.CarrierKey = '{{resolve:secretsmanager:carrier:SecretString:secret}}'; }),
    fault('G27', 'a rule of any account may call the warning', ({ Parcels }) => { prop(Parcels, 'WarnCalled').SourceArn = sub('arn:aws:events:${AWS::Region}:*:rule/*'); delete prop(Parcels, 'WarnCalled').SourceAccount; }),
    fault('G28', 'rules of every account fill the queue of scans', ({ Parcels }) => { statements(Parcels, 'ScansPolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } }; }),
    fault('G29', 'the pipe role serves pipes of every account: its condition accepts any number', ({ Parcels }) => { prop(Parcels, 'PipeRole').AssumeRolePolicyDocument.Statement[0].Condition = { StringLike: { 'aws:SourceAccount': '*' } }; }),
    fault('G40', 'a warning that fails is gone', ({ Parcels }) => { remove(Parcels, 'WarnAsync'); prop(Parcels, 'Warn').DeadLetterConfig = NONE; }),
    fault('G46', 'the flow is started by the events that it sends', ({ Parcels }) => {
      const again = '"Sign":{"Type":"Task","Resource":"arn:aws:states:::events:putEvents","Parameters":{"Entries":[{"Source":"depots.scanner","DetailType":"ParcelScanned","EventBusName":"${Bus}","Detail":{"depot":"EU-1"}}]},"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Lost"}],"End":true},"Unused":{"Type":"Pass","Comment":"';
      flow(Parcels, /"Sign":\{.*"QueueUrl":"$/, again);
      prop(Parcels, 'Flow').DefinitionString['Fn::Join'][1][4] = '","End":true},"Lost":{"Type":"Fail","Error":"Lost"}}}';
      prop(Parcels, 'Flow').DefinitionSubstitutions.Bus = ref('Bus');
      statements(Parcels, 'FlowRole').push(allow('events:PutEvents', att('Bus')));
    }),
    fault('G46', 'recursive calls of the warning are allowed', ({ Parcels }) => { prop(Parcels, 'Warn').RecursiveLoop = 'Allow'; }),
    fault('G47', 'nothing calls the warning any more', ({ Parcels }) => { prop(Parcels, 'LateRule').Targets.shift(); remove(Parcels, 'WarnCalled'); }),
    fault('G48', 'every event of the bus goes into the queue, by a prefix of nothing', ({ Parcels }) => { prop(Parcels, 'ScanRule').EventPattern = { source: [{ prefix: '' }] }; }),
    fault('G48', 'events of any source go into the queue: only the account is named', ({ Parcels }) => { prop(Parcels, 'ScanRule').EventPattern = { account: [ACCOUNT] }; }),
    fault('G48', 'events of any source go into the queue: everything but one source', ({ Parcels }) => { prop(Parcels, 'ScanRule').EventPattern = { source: [{ 'anything-but': ['depots.test'] }] }; }),
    fault('G49', 'the bus keeps events under a key of AWS', ({ Parcels }) => { delete prop(Parcels, 'Bus').KmsKeyIdentifier; }),
    fault('G49', 'the archive keeps events for ever', ({ Parcels }) => { prop(Parcels, 'Archive').RetentionDays = '0'; }),
    fault('G50', 'late parcels are told by plain HTTP', ({ Parcels }) => { prop(Parcels, 'Carrier').InvocationEndpoint = join('http:', '//', 'api.carrier.example.org/late'); }),
    fault('G50', 'the carrier is called with a password of the template', ({ Parcels }) => {
      Object.assign(prop(Parcels, 'CarrierLink'), { AuthorizationType: 'BASIC', AuthParameters: { BasicAuthParameters: { Username: 'parcels', Password: join('Cedar', '-', 'Post-19') } } });
    }),
    fault('G51', 'the schedule is in the default group', ({ Parcels }) => { prop(Parcels, 'SweepAtNight').GroupName = 'default'; }),
    fault('G51', 'the schedule keeps its input under a key of AWS', ({ Parcels }) => { prop(Parcels, 'SweepAtNight').KmsKeyArn = NONE; }),
    fault('G51', 'the role of the schedule may call every function of the account', ({ Parcels }) => { statements(Parcels, 'SweepRole').push(allow('lambda:*', arn('lambda', 'function:*'))); }),
    fault('G52', 'the pipe writes no log', ({ Parcels }) => { prop(Parcels, 'Pipe').LogConfiguration.Level = 'OFF'; }),
    fault('G52', 'the pipe writes whole events into its log', ({ Parcels }) => { prop(Parcels, 'Pipe').LogConfiguration.IncludeExecutionData = ['ALL']; }),
    fault('G52', 'the pipe may do everything with flows', ({ Parcels }) => { statements(Parcels, 'PipeRole').push(allow('states:*', '*')); }),
    fault('G53', 'late parcels go to a queue of a foreign account', ({ Parcels }) => { Object.assign(prop(Parcels, 'LateToDesk'), { Protocol: 'sqs', Endpoint: join('arn:aws:sqs:', ref('AWS::Region'), ':', '445566778899', ':late') }); }),
    fault('G53', 'late parcels go by plain HTTP', ({ Parcels }) => { Object.assign(prop(Parcels, 'LateToDesk'), { Protocol: 'http', Endpoint: 'http://desk.parcels.example.org/late' }); }),
    fault('G55', 'the flow waits for a signature without a heartbeat and without an end', ({ Parcels }) => { flow(Parcels, '"HeartbeatSeconds":3600,', ''); }),
    fault('G55', 'the weighing is tried ten thousand times', ({ Parcels }) => { flow(Parcels, '"MaxAttempts":3', '"MaxAttempts":10000'); }),
    fault('G55', 'the flow never times out', ({ Parcels }) => { flow(Parcels, '"TimeoutSeconds":7200,', ''); }),
    breach('sfn.logging', 'the flow logs its failures nowhere', ({ Parcels }) => { prop(Parcels, 'Flow').LoggingConfiguration.Level = 'OFF'; }),
    breach('eb.open-access', 'any account may put events on the bus', ({ Parcels }) => { prop(Parcels, 'BusPolicy').Statement.Principal = { AWS: ['*'] }; }),
    breach('eb.target-dlq', 'scans that do not reach the queue are lost', ({ Parcels }) => { delete prop(Parcels, 'ScanRule').Targets[0].DeadLetterConfig; }),
  ],
  variants: [
    safe('a rule that takes two sources', ({ Parcels }) => { prop(Parcels, 'ScanRule').EventPattern.source = ['depots.scanner', { prefix: 'depots.' }]; }),
    safe('the role of the schedule may call a version of its function', ({ Parcels }) => { statements(Parcels, 'SweepRole')[0].Resource = [att('Sweep'), join(att('Sweep'), ':live')]; }),
    safe('the parcels of the flow as a template text', ({ Parcels }) => {
      prop(Parcels, 'Flow').DefinitionString = { 'Fn::Sub': [FLOW.join('|').replace('|', '${Fn}').replace('|', '${Q}'), { Fn: ref('Weigh'), Q: ref('Signatures') }] };
      delete prop(Parcels, 'Flow').DefinitionSubstitutions;
    }),
    safe('the weighing sends events that no rule listens to', ({ Parcels }) => {
      env(Parcels, 'Weigh').BUS = ref('Bus');
      statements(Parcels, 'WeighRole').push(allow('events:PutEvents', att('Bus'), { StringEquals: { 'events:source': 'parcels.flow' } }));
    }),
    safe('a pipe that logs all levels but no data', ({ Parcels }) => { prop(Parcels, 'Pipe').LogConfiguration.Level = 'TRACE'; prop(Parcels, 'Pipe').LogConfiguration.IncludeExecutionData = []; }),
    safe('a retry of a day in few steps', ({ Parcels }) => { flow(Parcels, '"MaxAttempts":3', '"MaxAttempts":6'); add(Parcels, 'Hint', 'AWS::SSM::Parameter', { Type: 'String', Value: 'secrets live in the vault', Name: '/parcels/hint' }); }),
  ],
};
