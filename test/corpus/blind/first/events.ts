import { add, BlindSeed, breach, fault, prop, remove, safe, statements, trust } from '../support';

/** A bus, schedules, pipes and workflows, by hand. */
const TEMPLATE = `
Parameters:
  Stage: { Type: String, Default: prod }
  Partner: { Type: String, Default: "https://partner.example/orders" }
  Trusted: { Type: AWS::SSM::Parameter::Value<String>, Default: /events/trusted }
Mappings:
  Limits: { prod: { Level: ERROR, Everything: ALL }, dev: { Level: ALL, Everything: ALL } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }
          - { Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: "*",
              Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } } }
  Bus:
    Type: AWS::Events::EventBus
    Properties: { Name: orders, KmsKeyIdentifier: !Ref Key, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } }
  BusPolicy:
    Type: AWS::Events::EventBusPolicy
    Properties:
      EventBusName: !Ref Bus
      StatementId: own
      Statement: { Effect: Allow, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }, Action: events:PutEvents, Resource: !GetAtt Bus.Arn,
        Condition: { StringEquals: { events:source: shop.orders } } }
  Archive:
    Type: AWS::Events::Archive
    Properties: { SourceArn: !GetAtt Bus.Arn, RetentionDays: 90, KmsKeyIdentifier: !Ref Key }
  Lost:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: lost-events
      KmsMasterKeyId: !Ref Key
      MessageRetentionPeriod: 1209600
      RedriveAllowPolicy: { redrivePermission: denyAll }
  LostPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Lost]
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: "*", Action: "sqs:*", Resource: !GetAtt Lost.Arn, Condition: { Bool: { aws:SecureTransport: "false" } } }
          - { Effect: Allow, Principal: { Service: [events.amazonaws.com, scheduler.amazonaws.com] }, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn,
              Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } } }
  LostMessages:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt Lost.QueueName }], Statistic: Maximum,
      Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  PlacedRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } } }]
      Policies: [{ PolicyName: start, PolicyDocument: { Statement: [{ Effect: Allow, Action: states:StartExecution, Resource: !Ref Fulfil }] } }]
  Placed:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [shop.orders], detail-type: [placed] }
      Targets:
        - { Id: fulfil, Arn: !Ref Fulfil, RoleArn: !GetAtt PlacedRole.Arn, DeadLetterConfig: { Arn: !GetAtt Lost.Arn }, RetryPolicy: { MaximumRetryAttempts: 8, MaximumEventAgeInSeconds: 3600 } }
  Connection:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: API_KEY
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: x-api-key, ApiKeyValue: "{{resolve:secretsmanager:partner:SecretString:key}}" } }
  Destination:
    Type: AWS::Events::ApiDestination
    Properties: { ConnectionArn: !GetAtt Connection.Arn, HttpMethod: POST, InvocationEndpoint: !Ref Partner, InvocationRateLimitPerSecond: 10 }
  NightlyRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: scheduler.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } } }]
      Policies: [{ PolicyName: start, PolicyDocument: { Statement: [{ Effect: Allow, Action: states:StartExecution, Resource: !Ref Fulfil },
        { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn }] } }]
  Group: { Type: AWS::Scheduler::ScheduleGroup, Properties: { Name: orders } }
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      GroupName: !Ref Group
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: { Mode: "OFF" }
      KmsKeyArn: !GetAtt Key.Arn
      Target:
        Arn: !Ref Fulfil
        RoleArn: !GetAtt NightlyRole.Arn
        Input: '{"all":true}'
        DeadLetterConfig: { Arn: !GetAtt Lost.Arn }
        RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 }
  PipeRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: pipes.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } } }]
      Policies:
        - PolicyName: move
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: [dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator], Resource: !ImportValue orders-stream }
              - { Effect: Allow, Action: events:PutEvents, Resource: !GetAtt Bus.Arn }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn }
  PipeLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/vendedlogs/pipes/orders, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !GetAtt PipeRole.Arn
      Source: !ImportValue orders-stream
      SourceParameters: { DynamoDBStreamParameters: { StartingPosition: LATEST, MaximumRetryAttempts: 5, OnPartialBatchItemFailure: AUTOMATIC_BISECT, DeadLetterConfig: { Arn: !GetAtt Lost.Arn } } }
      Target: !GetAtt Bus.Arn
      TargetParameters: { EventBridgeEventBusParameters: { Source: shop.orders, DetailType: changed } }
      KmsKeyIdentifier: !GetAtt Key.Arn
      LogConfiguration: { Level: ERROR, CloudwatchLogsLogDestination: { LogGroupArn: !GetAtt PipeLogs.Arn } }
  FulfilRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: states.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } } }]
      Policies:
        - PolicyName: run
          PolicyDocument: { Statement: [{ Effect: Allow, Action: dynamodb:UpdateItem, Resource: !Sub "arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/orders" }] }
  FulfilLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/vendedlogs/states/fulfil, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  Fulfil:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt FulfilRole.Arn
      TracingConfiguration: { Enabled: true }
      EncryptionConfiguration: { Type: CUSTOMER_MANAGED_KMS_KEY, KmsKeyId: !GetAtt Key.Arn, KmsDataKeyReusePeriodSeconds: 300 }
      LoggingConfiguration: { Level: ALL, IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: !GetAtt FulfilLogs.Arn } }] }
      DefinitionString: '{"StartAt":"Mark","TimeoutSeconds":3600,"States":{"Mark":{"Type":"Task","Resource":"arn:aws:states:::dynamodb:updateItem","TimeoutSeconds":30,
        "Parameters":{"TableName":"orders","Key":{"id":{"S.$":"$.detail.id"}}},"Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":3,"IntervalSeconds":2,"BackoffRate":2}],
        "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Give up"}],"End":true},"Give up":{"Type":"Fail","Error":"NotMarked"}}}'
`;

const FOREIGN = '999988887777';

type Definition = { States: Record<string, any> } & Record<string, any>;

/** Changes the definition of the workflow, which is text. */
function rewrite(Events: Record<string, any>, change: (definition: Definition) => void): void {
  const machine = prop(Events, 'Fulfil');
  const definition = JSON.parse(machine.DefinitionString as string) as Definition;
  change(definition);
  machine.DefinitionString = JSON.stringify(definition);
}

/** The definition as an object. */
function asObject(Events: Record<string, any>): Definition {
  const machine = prop(Events, 'Fulfil');
  const definition = JSON.parse(machine.DefinitionString as string) as Definition;
  delete machine.DefinitionString;
  machine.Definition = definition;
  return definition;
}

const waiting = (more: object = {}): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  Next: 'Mark',
  TimeoutSeconds: 600,
  Parameters: { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/approve', MessageBody: { 'token.$': '$$.Task.Token' } },
  Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Give up' }],
  ...more,
});

/** A bus, schedules, pipes and workflows. */
export const EVENTS: BlindSeed = {
  name: 'Events, schedules, pipes and workflows, by hand',
  style: 'yaml',
  stacks: { Events: TEMPLATE },
  mutants: [
    fault('G06', 'the key of the partner is in the template', ({ Events }) => {
      prop(Events, 'Connection').AuthParameters.ApiKeyAuthParameters.ApiKeyValue = { 'Fn::Join': ['', ['k-', '83hfPq0zXw7yTb2R']] };
    }),
    fault('G06', 'the secret of a client is in the template', ({ Events }) => {
      Object.assign(prop(Events, 'Connection'), {
        AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
        AuthParameters: {
          OAuthParameters: {
            AuthorizationEndpoint: 'https://partner.example/token', HttpMethod: 'POST', ClientParameters: { ClientID: 'shop', ClientSecret: 'b7Xq9ZtL2mPw' },
          },
        },
      });
    }),
    fault('G50', 'a name and a password in the template', ({ Events }) => {
      Object.assign(prop(Events, 'Connection'), {
        AuthorizationType: 'BASIC', AuthParameters: { BasicAuthParameters: { Username: 'shop', Password: { 'Fn::FindInMap': ['Limits', { Ref: 'Stage' }, 'Level'] } } },
      });
    }),
    fault('G50', 'the partner is called in the clear, by the default of a parameter', ({ Events }) => { Events.Parameters.Partner.Default = 'http://partner.example/orders'; }),
    fault('G50', 'the partner is called in the clear, by Sub', ({ Events }) => { prop(Events, 'Destination').InvocationEndpoint = { 'Fn::Sub': 'http://${Stage}.partner.example/' }; }),
    fault('G07', 'a password in the input of a schedule', ({ Events }) => { prop(Events, 'Nightly').Target.Input = '{"user":"batch","password":"Qwerty!23"}'; }),
    fault('G07', 'a secret in the input of a rule', ({ Events }) => { prop(Events, 'Placed').Targets[0].Input = '{"token":"{{resolve:secretsmanager:partner:SecretString:key}}"}'; }),
    fault('G07', 'a secret among the substitutions of a workflow', ({ Events }) => {
      prop(Events, 'Fulfil').DefinitionSubstitutions = { ApiKey: '{{resolve:ssm-secure:/partner/key}}' };
    }),
    fault('G28', 'any account by the service of schedules', ({ Events }) => { delete statements(Events, 'LostPolicy')[1].Condition; }),
    fault('G28', 'any account by the service of events, on the key', ({ Events }) => { delete statements(Events, 'Key', 'KeyPolicy')[1].Condition; }),
    fault('G29', 'any account by the service of schedules, in the trust', ({ Events }) => { delete trust(Events, 'NightlyRole')[0].Condition; }),
    fault('G29', 'a condition on the tags of a session', ({ Events }) => { trust(Events, 'PipeRole')[0].Condition = { StringEquals: { 'aws:RequestTag/team': 'orders' } }; }),
    fault('G29', 'only if there is a source', ({ Events }) => {
      trust(Events, 'FulfilRole')[0].Condition = { StringEqualsIfExists: { 'sts:ExternalId': 'orders' } };
    }),
    fault('G48', 'any event with a detail', ({ Events }) => { prop(Events, 'Placed').EventPattern = { 'detail-type': ['placed'] }; }),
    fault('G48', 'any source, by a prefix of nothing', ({ Events }) => { prop(Events, 'Placed').EventPattern = { source: [{ prefix: '' }] }; }),
    fault('G48', 'only the account', ({ Events }) => { prop(Events, 'Placed').EventPattern = { account: [{ Ref: 'AWS::AccountId' }] }; }),
    fault('G48', 'other sources may be put on the bus', ({ Events }) => { delete prop(Events, 'BusPolicy').Statement.Condition; prop(Events, 'BusPolicy').Statement.Principal = { AWS: FOREIGN }; }),
    fault('G49', 'the bus has the key of Amazon', ({ Events }) => { delete prop(Events, 'Bus').KmsKeyIdentifier; }),
    fault('G49', 'the bus loses events', ({ Events }) => { delete prop(Events, 'Bus').DeadLetterConfig; }),
    fault('G49', 'the archive keeps everything for ever', ({ Events }) => { prop(Events, 'Archive').RetentionDays = '0'; }),
    fault('G49', 'the policy of the bus itself is open', ({ Events }) => {
      prop(Events, 'Bus').Policy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' }] };
    }),
    fault('G51', 'the schedule loses events', ({ Events }) => { delete prop(Events, 'Nightly').Target.DeadLetterConfig; }),
    fault('G51', 'the schedule has the key of Amazon', ({ Events }) => { delete prop(Events, 'Nightly').KmsKeyArn; }),
    fault('G51', 'a hundred and eighty-five times', ({ Events }) => { delete prop(Events, 'Nightly').Target.RetryPolicy; }),
    fault('G51', 'the schedule runs any function', ({ Events }) => {
      statements(Events, 'NightlyRole').push({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' });
    }),
    fault('G51', 'the group of everybody', ({ Events }) => { delete prop(Events, 'Nightly').GroupName; }),
    fault('G52', 'the pipe writes nothing down', ({ Events }) => { delete prop(Events, 'Pipe').LogConfiguration; }),
    fault('G52', 'the pipe writes everything down', ({ Events }) => { prop(Events, 'Pipe').LogConfiguration.IncludeExecutionData = ['ALL']; }),
    fault('G52', 'the pipe loses events', ({ Events }) => { delete prop(Events, 'Pipe').SourceParameters.DynamoDBStreamParameters.DeadLetterConfig; }),
    fault('G52', 'the pipe may do everything with events', ({ Events }) => { statements(Events, 'PipeRole')[1].Action = 'events:*'; }),
    fault('G55', 'a workflow without an end', ({ Events }) => { rewrite(Events, (definition) => { delete definition.TimeoutSeconds; delete definition.States.Mark.TimeoutSeconds; }); }),
    fault('G55', 'a workflow without an end, as an object', ({ Events }) => {
      const definition = asObject(Events);
      delete definition.TimeoutSeconds;
      delete definition.States.Mark.TimeoutSeconds;
    }),
    fault('G55', 'somebody is asked who may never answer', ({ Events }) => {
      rewrite(Events, (definition) => { definition.StartAt = 'Ask'; definition.States.Ask = waiting({ TimeoutSeconds: undefined }); });
    }),
    fault('G55', 'somebody is asked within a parallel step', ({ Events }) => {
      rewrite(Events, (definition) => {
        definition.States.Both = {
          Type: 'Parallel',
          Next: 'Mark',
          Branches: [{ StartAt: 'Ask', States: { Ask: waiting({ TimeoutSeconds: undefined, Next: undefined, Catch: undefined, End: true }) } }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Give up' }],
        };
        definition.StartAt = 'Both';
      });
    }),
    fault('G55', 'a task that nobody catches', ({ Events }) => { rewrite(Events, (definition) => { delete definition.States.Mark.Catch; delete definition.States['Give up']; }); }),
    fault('G55', 'a task that is tried without an end', ({ Events }) => { rewrite(Events, (definition) => { definition.States.Mark.Retry[0].MaxAttempts = 99999; }); }),
    fault('G55', 'the definition comes in pieces', ({ Events }) => {
      rewrite(Events, (definition) => { delete definition.TimeoutSeconds; delete definition.States.Mark.TimeoutSeconds; });
      const text = prop(Events, 'Fulfil').DefinitionString as string;
      prop(Events, 'Fulfil').DefinitionString = { 'Fn::Join': ['', [text.slice(0, 60), text.slice(60)]] };
    }),
    fault('G70', 'what is worked on is in the log', ({ Events }) => { prop(Events, 'Fulfil').LoggingConfiguration.IncludeExecutionData = 'true'; }),
    fault('G70', 'what is worked on is in the log, by a mapping', ({ Events }) => {
      Object.assign(prop(Events, 'Fulfil').LoggingConfiguration, {
        IncludeExecutionData: { 'Fn::If': ['IsProd', true, false] }, Level: { 'Fn::FindInMap': ['Limits', { Ref: 'Stage' }, 'Everything'] },
      });
    }),
    fault('G53', 'events leave to another account', ({ Events }) => {
      add(Events, 'Tell', 'AWS::SNS::Subscription', {
        TopicArn: { 'Fn::ImportValue': 'news' },
        Protocol: 'sqs',
        Endpoint: { 'Fn::Sub': `arn:aws:sqs:\${AWS::Region}:${FOREIGN}:orders` },
        RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Lost', 'Arn'] } },
      });
    }),
    fault('G33', 'the workflow may use what it does not', ({ Events }) => {
      statements(Events, 'FulfilRole').push({ Effect: 'Allow', Action: 'sns:Publish', Resource: { 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:news' } });
    }),
    fault('G45', 'everybody may dump', ({ Events }) => { prop(Events, 'Lost').RedriveAllowPolicy = { redrivePermission: { 'Fn::Select': [0, ['allowAll', 'denyAll']] } }; }),
    fault('G75', 'nobody hears of lost events', ({ Events }) => { remove(Events, 'LostMessages'); }),
    breach('1.8 bus policy', 'every account', ({ Events }) => { Object.assign(prop(Events, 'BusPolicy').Statement, { Principal: '*', Condition: undefined }); }),
    breach('1.8 bus policy', 'every account, in the old form', ({ Events }) => {
      Events.Resources.BusPolicy.Properties = { EventBusName: { Ref: 'Bus' }, StatementId: 'all', Action: 'events:PutEvents', Principal: '*' };
    }),
    breach('1.8 targets', 'the rule loses events', ({ Events }) => { delete prop(Events, 'Placed').Targets[0].DeadLetterConfig; }),
    breach('1.9 logs', 'the workflow writes nothing down', ({ Events }) => { prop(Events, 'Fulfil').LoggingConfiguration.Level = 'OFF'; }),
    breach('1.9 logs', 'nobody says what the workflow writes down', ({ Events }) => { delete prop(Events, 'Fulfil').LoggingConfiguration; }),
    breach('1.9 tracing', 'no traces', ({ Events }) => { prop(Events, 'Fulfil').TracingConfiguration.Enabled = 'false'; }),
    breach('1.9 encryption', 'the key of Amazon', ({ Events }) => { delete prop(Events, 'Fulfil').EncryptionConfiguration; }),
    breach('1.9 rights', 'everything with the table', ({ Events }) => { statements(Events, 'FulfilRole')[0].Action = ['dynamodb:*']; }),
  ],
  variants: [
    safe('the condition by the ARN of the schedule', ({ Events }) => {
      trust(Events, 'NightlyRole')[0].Condition = { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:scheduler:${AWS::Region}:${AWS::AccountId}:schedule-group/orders' } } };
    }),
    safe('the condition in odd case and as a list', ({ Events }) => {
      trust(Events, 'PipeRole')[0].Condition = { StringLike: { 'AWS:sourceaccount': [{ Ref: 'AWS::AccountId' }] } };
    }),
    safe('a pattern that excludes by detail', ({ Events }) => {
      prop(Events, 'Placed').EventPattern = { 'source': [{ prefix: 'shop.' }], 'detail-type': [{ 'anything-but': ['test'] }] };
    }),
    safe('a rule on the bus of Amazon', ({ Events }) => {
      delete prop(Events, 'Placed').EventBusName;
      prop(Events, 'Placed').EventPattern = { source: ['aws.s3'] };
    }),
    safe('a rule by the clock has no pattern', ({ Events }) => {
      delete prop(Events, 'Placed').EventBusName;
      delete prop(Events, 'Placed').EventPattern;
      prop(Events, 'Placed').ScheduleExpression = 'rate(1 hour)';
    }),
    safe('the organisation may put events', ({ Events }) => {
      Object.assign(prop(Events, 'BusPolicy').Statement, {
        Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdef1234', 'events:source': 'shop.orders' } },
      });
    }),
    safe('the organisation may put events, in the old form', ({ Events }) => {
      Events.Resources.BusPolicy.Properties = {
        EventBusName: { Ref: 'Bus' },
        StatementId: 'org',
        Action: 'events:PutEvents',
        Principal: '*',
        Condition: { Type: 'StringEquals', Key: 'aws:PrincipalOrgID', Value: 'o-abcdef1234' },
      };
    }),
    safe('one account that a parameter names', ({ Events }) => {
      Events.Resources.BusPolicy.Properties = { EventBusName: { Ref: 'Bus' }, StatementId: 'own', Action: 'events:PutEvents', Principal: { Ref: 'AWS::AccountId' } };
    }),
    safe('a client with a secret by a reference', ({ Events }) => {
      Object.assign(prop(Events, 'Connection'), {
        AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
        AuthParameters: {
          OAuthParameters: {
            AuthorizationEndpoint: 'https://partner.example/token',
            HttpMethod: 'POST',
            ClientParameters: { ClientID: 'shop', ClientSecret: { 'Fn::Sub': '{{resolve:secretsmanager:${Stage}/partner:SecretString:secret}}' } },
          },
        },
      });
    }),
    safe('the definition as an object', ({ Events }) => { asObject(Events); }),
    safe('the definition in pieces', ({ Events }) => {
      const text = prop(Events, 'Fulfil').DefinitionString as string;
      prop(Events, 'Fulfil').DefinitionString = { 'Fn::Join': ['', [text.slice(0, 60), text.slice(60)]] };
    }),
    safe('the table is a substitution', ({ Events }) => {
      const machine = prop(Events, 'Fulfil');
      machine.DefinitionString = (machine.DefinitionString as string).replace('"orders"', '"${Table}"');
      machine.DefinitionSubstitutions = { Table: 'orders' };
    }),
    safe('somebody is asked who shows that he lives', ({ Events }) => {
      rewrite(Events, (definition) => { definition.StartAt = 'Ask'; definition.States.Ask = waiting({ HeartbeatSeconds: 300 }); });
    }),
    safe('an express workflow without traces of data', ({ Events }) => { prop(Events, 'Fulfil').StateMachineType = 'EXPRESS'; }),
    safe('a step that waits and a choice', ({ Events }) => {
      rewrite(Events, (definition) => {
        definition.StartAt = 'Wait';
        definition.States.Wait = { Type: 'Wait', Seconds: 5, Next: 'Which' };
        definition.States.Which = { Type: 'Choice', Choices: [{ Variable: '$.detail.id', IsPresent: true, Next: 'Mark' }], Default: 'Give up' };
      });
    }),
    safe('a pipe from a queue has no dead letters of its own', ({ Events }) => {
      Object.assign(prop(Events, 'Pipe'), { Source: { 'Fn::ImportValue': 'jobs' }, SourceParameters: { SqsQueueParameters: { BatchSize: 10 } } });
      statements(Events, 'PipeRole')[0] = { Effect: 'Allow', Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: { 'Fn::ImportValue': 'jobs' } };
    }),
    safe('a pipe that writes to a bucket', ({ Events }) => {
      prop(Events, 'Pipe').LogConfiguration = { Level: 'INFO', S3LogDestination: { BucketName: 'acme-logs', BucketOwner: { Ref: 'AWS::AccountId' } } };
    }),
    safe('an input that has no secret', ({ Events }) => { prop(Events, 'Nightly').Target.Input = '{"tokenBudget":100,"passwordless":true}'; }),
  ],
};
