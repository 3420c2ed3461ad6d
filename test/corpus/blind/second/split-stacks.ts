import { allow, att, BlindSeed, doc, imp, join, m, ref, sub, v, yaml } from './kit';

const BASE = yaml(`
Resources:
  Key: {Type: AWS::KMS::Key, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {EnableKeyRotation: true, KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::@{AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}, {Effect: Allow, Principal: {Service: !Sub 'logs.@{AWS::Region}.amazonaws.com'}, Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], Resource: '*', Condition: {ArnLike: {'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:aws:logs:@{AWS::Region}:@{AWS::AccountId}:*'}}}]}}}
  Table: {Type: AWS::DynamoDB::Table, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{AttributeName: id, AttributeType: S}], KeySchema: [{AttributeName: id, KeyType: HASH}], StreamSpecification: {StreamViewType: KEYS_ONLY}, DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}, SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn}}}
  Dlq: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {KmsMasterKeyId: !GetAtt Key.Arn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:aws:sqs:@{AWS::Region}:@{AWS::AccountId}:split-work']}}}
  Work: {Type: AWS::SQS::Queue, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {QueueName: split-work, KmsMasterKeyId: !GetAtt Key.Arn, VisibilityTimeout: 120, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 3}}}
  Tls: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Work, !Ref Dlq], PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: [!GetAtt Work.Arn, !GetAtt Dlq.Arn], Condition: {Bool: {'aws:SecureTransport': 'false'}}}]}}}
  Secret: {Type: AWS::SecretsManager::Secret, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {KmsKeyId: !GetAtt Key.Arn, GenerateSecretString: {PasswordLength: 32}}}
Outputs:
  KeyArn: {Value: !GetAtt Key.Arn, Export: {Name: split-key}}
  TableArn: {Value: !GetAtt Table.Arn, Export: {Name: split-table}}
  TableName: {Value: !Ref Table, Export: {Name: split-table-name}}
  StreamArn: {Value: !GetAtt Table.StreamArn, Export: {Name: split-stream}}
  WorkArn: {Value: !GetAtt Work.Arn, Export: {Name: split-work}}
  DlqArn: {Value: !GetAtt Dlq.Arn, Export: {Name: split-dlq}}
  DlqName: {Value: !GetAtt Dlq.QueueName, Export: {Name: split-dlq-name}}
  SecretArn: {Value: !Ref Secret, Export: {Name: split-secret}}
`);

const APP = yaml(`
Parameters:
  Zip: {Type: String}
Resources:
  Logs: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {RetentionInDays: 365, KmsKeyId: !ImportValue split-key}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: !ImportValue split-work}, {Effect: Allow, Action: 'dynamodb:UpdateItem', Resource: !ImportValue split-table}, {Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt Logs.Arn}, {Effect: Allow, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: !ImportValue split-key, Condition: {StringEquals: {'kms:ViaService': [!Sub 'sqs.@{AWS::Region}.amazonaws.com', !Sub 'dynamodb.@{AWS::Region}.amazonaws.com']}}}, {Effect: Allow, Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*'}]}}]
  Do:
    Type: AWS::Lambda::Function
    Properties: {Runtime: nodejs22.x, Handler: a.b, Role: !GetAtt Role.Arn, Code: {S3Bucket: !Ref Zip, S3Key: f.zip}, CodeSigningConfigArn: !ImportValue signing, Timeout: 20, MemorySize: 256, ReservedConcurrentExecutions: 20, KmsKeyArn: !ImportValue split-key, TracingConfig: {Mode: Active}, LoggingConfig: {LogFormat: JSON, LogGroup: !Ref Logs}, Environment: {Variables: {TABLE: !ImportValue split-table-name}}, Tags: [{Key: a, Value: b}]}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue split-work, FunctionName: !Ref Do, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: {MaximumConcurrency: 4}}}
  Watch:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: 'https://s3.amazonaws.com/split/watch.yaml', Parameters: {FunctionName: !Ref Do, FunctionArn: !GetAtt Do.Arn, RoleName: !Ref Role, QueueName: !ImportValue split-dlq-name}}
`);

const WATCH = yaml(`
Parameters:
  FunctionName: {Type: String}
  FunctionArn: {Type: String}
  RoleName: {Type: String}
  QueueName: {Type: String}
Resources:
  Alerts: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !ImportValue split-key}}
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref FunctionName}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  Throttles: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{Name: FunctionName, Value: !Ref FunctionName}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  Dead: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !Ref QueueName}], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
`);

export const SPLIT_STACKS: BlindSeed = {
  name: 'two: three stacks, one nested',
  style: 'cross-stack',
  stacks: { base: BASE, app: APP, watch: WATCH },
  nested: { watch: { id: 'app', logicalId: 'Watch' } },
  mutants: [
    m('G46', 'the function sends to its queue through the import', (h) => h.grant('Role', allow('sqs:SendMessage', imp('split-work')))),
    m('G46', 'the nested stack gives the right to send to the queue, by the role name', (h) => h.add('More', 'AWS::IAM::Policy', { PolicyName: 'm', Roles: [ref('RoleName')], PolicyDocument: doc(allow('sqs:*', imp('split-work'))) }, {}, 'watch')),
    m('G44', 'the queue of the other stack has no redrive', (h) => { delete h.p('Work').RedrivePolicy; }),
    m('G44', 'the visibility in one stack is shorter than the timeout in the other', (h) => { h.p('Do').Timeout = 60; }),
    m('G45', 'the dead-letter queue in the base is open', (h) => { delete h.p('Dlq').RedriveAllowPolicy; }),
    m('G41', 'the stream of the other stack blocks', (h) => h.add('OnStream', 'AWS::Lambda::EventSourceMapping', { EventSourceArn: imp('split-stream'), FunctionName: ref('Do'), StartingPosition: 'LATEST' }, {}, 'app')),
    m('G46', 'the function updates the table whose stream wakes it, across stacks', (h) => h.add('OnStream', 'AWS::Lambda::EventSourceMapping', { EventSourceArn: imp('split-stream'), FunctionName: ref('Do'), StartingPosition: 'LATEST', BisectBatchOnFunctionError: true, MaximumRetryAttempts: 3, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: imp('split-dlq') } } }, {}, 'app')),
    m('G40', 'the nested stack wakes the function by a rule', (h) => {
      h.add('Tick', 'AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 't', Arn: ref('FunctionArn'), DeadLetterConfig: { Arn: imp('split-dlq') } }] }, {}, 'watch');
      h.add('TickPermit', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('FunctionArn'), Principal: 'events.amazonaws.com', SourceArn: att('Tick') }, {}, 'watch');
    }),
    m('G32', 'index rights on the imported table', (h) => h.grant('Role', allow('dynamodb:Query', join('', [imp('split-table'), '/index/*'])))),
    m('G33', 'a secret of the base is readable and used nowhere', (h) => h.grant('Role', allow('secretsmanager:GetSecretValue', imp('split-secret')))),
    m('G34', 'the managed policy in the nested stack by the role name', (h) => h.add('More', 'AWS::IAM::ManagedPolicy', { Roles: [ref('RoleName')], PolicyDocument: doc(allow('iam:Put*', '*')) }, {}, 'watch')),
    m('G37', 'kms star through the import', (h) => h.grant('Role', allow(['kms:*'], imp('split-key')))),
    m('G78', 'the secret policy of the app stack opens the secret of the base', (h) => h.add('Open', 'AWS::SecretsManager::ResourcePolicy', { SecretId: imp('split-secret'), ResourcePolicy: doc({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }) }, {}, 'app')),
    m('G78', 'the table policy is for a stranger', (h) => { h.p('Table').ResourcePolicy = { PolicyDocument: doc({ Effect: 'Allow', Principal: { AWS: join('', ['arn:aws:iam::', '999988887777', ':role/x']) }, Action: 'dynamodb:GetItem', Resource: '*' }) }; }),
    m('G39', 'the queue of the base takes messages of a stranger, by a policy of the app stack', (h) => h.add('In', 'AWS::SQS::QueuePolicy', { Queues: [sub('https://sqs.@{AWS::Region}.amazonaws.com/@{AWS::AccountId}/split-work')], PolicyDocument: doc({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'sqs:SendMessage', Resource: imp('split-work') }) }, {}, 'app')),
    m('G75', 'the nested stack no longer watches the errors', (h) => h.drop('Errors')),
    m('G75', 'the parent gives another queue to watch', (h) => { h.p('Watch').Parameters.QueueName = 'other'; }),
    m('G01', 'the secret of the base is resolved by its import', (h) => h.env('Do', { KEY: join('', ['{{resolve:secretsmanager:', imp('split-secret'), '}}']) })),
    m('G07', 'an export of a resolved secret', (h) => { h.t.Outputs.Plain = { Value: sub('{{resolve:secretsmanager:@{Secret}}}'), Export: { Name: 'split-plain' } }; }),
    m('G02', 'a password of a parameter and a literal', (h) => { h.p('Do').Environment.Variables.DB_PASSWORD = sub('@{Zip}-pw'); }),
    m('G01', 'the parent gives a resolved secret to the nested stack, which puts it into a variable', (h) => {
      h.s.watch.Parameters.Hook = { Type: 'String', NoEcho: true };
      h.p('Watch').Parameters.Hook = '{{resolve:secretsmanager:hook}}';
      h.add('Pager', 'AWS::Lambda::Function', { ...h.p('Do'), Code: { S3Bucket: 'b', S3Key: 'k' }, Role: 'arn:aws:iam::111122223333:role/pager', LoggingConfig: { LogGroup: '/pager' }, Environment: { Variables: { HOOK_URL: ref('Hook') } } }, {}, 'watch');
    }),
  ],
  variants: [
    v('the alarms by the ARN split into a name', (h) => { h.p('Errors').Dimensions[0].Value = { 'Fn::Select': [6, { 'Fn::Split': [':', ref('FunctionArn')] }] }; }),
    v('a composite alarm on top, the alarms themselves stay', (h) => h.add('Any', 'AWS::CloudWatch::CompositeAlarm', { AlarmRule: sub('ALARM(@{Errors}) OR ALARM(@{Throttles})'), AlarmActions: [ref('Alerts')] }, {}, 'watch')),
    v('the nested stack gives a Deny to the role', (h) => h.add('Guard', 'AWS::IAM::Policy', { PolicyName: 'g', Roles: [ref('RoleName')], PolicyDocument: doc({ Effect: 'Deny', Action: ['iam:*', 'lambda:*', 'kms:CreateGrant'], Resource: '*' }) }, {}, 'watch')),
    v('the function reads the secret that it names', (h) => { h.env('Do', { SECRET_ARN: imp('split-secret') }); h.grant('Role', allow('secretsmanager:GetSecretValue', imp('split-secret'))); }),
    v('a stream mapping, and the function writes to the other table only', (h) => {
      h.p('Role').Policies[0].PolicyDocument.Statement[1] = allow(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'], imp('split-stream'));
      h.grant('Role', allow('sqs:SendMessage', imp('split-dlq')));
      h.add('OnStream', 'AWS::Lambda::EventSourceMapping', { EventSourceArn: imp('split-stream'), FunctionName: ref('Do'), StartingPosition: 'LATEST', BisectBatchOnFunctionError: true, MaximumRetryAttempts: 3, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: imp('split-dlq') } } }, {}, 'app');
    }),
    v('the table is shared with the own account only', (h) => { h.p('Table').ResourcePolicy = { PolicyDocument: doc({ Effect: 'Allow', Principal: { AWS: sub('arn:aws:iam::@{AWS::AccountId}:root') }, Action: 'dynamodb:GetItem', Resource: '*' }) }; }),
    v('a secret policy that denies strangers and blocks public ones', (h) => h.add('Shut', 'AWS::SecretsManager::ResourcePolicy', { SecretId: ref('Secret'), BlockPublicPolicy: true, ResourcePolicy: doc({ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ref('AWS::AccountId') } } }) })),
    v('index rights on the imported table, which has the index', (h) => {
      h.p('Table').LocalSecondaryIndexes = [{ IndexName: 'l', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, { AttributeName: 'at', KeyType: 'RANGE' }], Projection: { ProjectionType: 'KEYS_ONLY' } }];
      h.p('Table').AttributeDefinitions.push({ AttributeName: 'at', AttributeType: 'S' });
      h.p('Table').KeySchema.push({ AttributeName: 'at', KeyType: 'RANGE' });
      h.grant('Role', allow('dynamodb:Query', join('', [imp('split-table'), '/index/l'])));
    }),
    v('the nested rule wakes a function that has its dead letters in the app stack', (h) => {
      h.p('Do').DeadLetterConfig = { TargetArn: imp('split-dlq') };
      h.grant('Role', allow('sqs:SendMessage', imp('split-dlq')));
      h.add('Tick', 'AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 't', Arn: ref('FunctionArn'), DeadLetterConfig: { Arn: imp('split-dlq') } }] }, {}, 'watch');
      h.add('TickPermit', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: ref('FunctionArn'), Principal: 'events.amazonaws.com', SourceArn: att('Tick') }, {}, 'watch');
    }),
    v('an output of a secret ARN', (h) => { h.t.Outputs.SecretPointer = { Value: ref('Secret') }; }),
    v('the export has its name by Sub, the import by Join', (h) => { h.t.Outputs.WorkArn.Export.Name = sub('split-@{AWS::Region}-work'); for (const at of [h.p('Mapping')]) at.EventSourceArn = imp(join('-', ['split', ref('AWS::Region'), 'work'])); h.p('Role').Policies[0].PolicyDocument.Statement[0].Resource = imp(sub('split-@{AWS::Region}-work')); }),
  ],
};
