import { addResource, properties, Seed, Stacks } from '../seed';

/** Properties of a resource of the only stack. */
const of = ({ Shop }: Stacks, logicalId: string) => properties(Shop, logicalId);

const add = ({ Shop }: Stacks, logicalId: string, type: string, given: Record<string, any>) => addResource(Shop, logicalId, type, given);

const QUEUE_WORKER: Seed = {
  name: 'A worker on a queue, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Parameters:
  Attempts: { Type: Number }
Resources:
  Failed:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: jobs-dlq
      KmsMasterKeyId: !ImportValue data-key
      MessageRetentionPeriod: 1209600
      RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:jobs'] }
  Jobs:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: jobs
      KmsMasterKeyId: !ImportValue data-key
      VisibilityTimeout: 180
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5 }
  Tls:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Jobs, !Ref Failed]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
  Rights:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: work
      Roles: [!Ref Role]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage']
            Resource: !GetAtt Jobs.Arn
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue log-key }
  Work:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Code: { S3Bucket: !ImportValue code, S3Key: work.zip }
      Timeout: 30
      MemorySize: 256
      ReservedConcurrentExecutions: 20
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: !Ref Logs }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Jobs.Arn
      FunctionName: !Ref Work
      FunctionResponseTypes: [ReportBatchItemFailures]
      ScalingConfig: { MaximumConcurrency: 10 }
`,
  },
  mutants: [
    {
      name: 'encryption of a queue is switched off',
      rule: 'QueueEncryption',
      change: (stacks) => {
        delete of(stacks, 'Jobs').KmsMasterKeyId;
        of(stacks, 'Jobs').SqsManagedSseEnabled = 'false';
      },
    },
    { name: 'the key of AWS', rule: 'QueueKey', change: (stacks) => { of(stacks, 'Jobs').KmsMasterKeyId = 'alias/aws/sqs'; } },
    {
      name: 'plain HTTP is refused to one role only',
      rule: 'QueueTlsOnly',
      change: (stacks) => {
        of(stacks, 'Tls').PolicyDocument.Statement[0].Principal = { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } };
      },
    },
    { name: 'plain HTTP is refused on another queue only', rule: 'QueueTlsOnly', change: (stacks) => { of(stacks, 'Tls').Queues = [{ Ref: 'Failed' }]; } },
    { name: 'no dead-letter queue', rule: 'QueueRedrivePolicy', change: (stacks) => { delete of(stacks, 'Jobs').RedrivePolicy; } },
    {
      name: 'no dead-letter queue in one environment',
      rule: 'QueueRedrivePolicy',
      change: (stacks) => {
        stacks.Shop.Conditions = { Big: { 'Fn::Equals': [{ Ref: 'Attempts' }, '5'] } };
        of(stacks, 'Jobs').RedrivePolicy = { 'Fn::If': ['Big', of(stacks, 'Jobs').RedrivePolicy, { Ref: 'AWS::NoValue' }] };
      },
    },
    { name: 'one receive', rule: 'QueueReceiveCount', change: (stacks) => { of(stacks, 'Jobs').RedrivePolicy.maxReceiveCount = '1'; } },
    {
      name: 'a thousand receives, in JSON text',
      rule: 'QueueReceiveCount',
      change: (stacks) => {
        of(stacks, 'Jobs').RedrivePolicy = { 'Fn::Sub': '{"deadLetterTargetArn":"${Failed.Arn}","maxReceiveCount":1000}' };
      },
    },
    { name: 'failures are kept no longer than jobs', rule: 'DeadLetterRetention', change: (stacks) => { of(stacks, 'Failed').MessageRetentionPeriod = 345600; } },
    { name: 'any queue may use the dead-letter queue', rule: 'DeadLetterSources', change: (stacks) => { of(stacks, 'Failed').RedriveAllowPolicy = { redrivePermission: 'allowAll' }; } },
    { name: 'the dead-letter queue is left over', rule: 'DeadLetterUnused', change: (stacks) => { of(stacks, 'Jobs').RedrivePolicy.deadLetterTargetArn = { 'Fn::ImportValue': 'x' }; } },
    { name: 'batches fail as a whole', rule: 'BatchPartialResponse', change: (stacks) => { of(stacks, 'Mapping').FunctionResponseTypes = []; } },
    {
      name: 'no bound to the concurrency',
      rule: 'QueueConcurrencyLimit',
      change: (stacks) => {
        delete of(stacks, 'Mapping').ScalingConfig;
        delete of(stacks, 'Work').ReservedConcurrentExecutions;
      },
    },
    { name: 'a slower function', rule: 'QueueVisibilityTimeout', change: (stacks) => { of(stacks, 'Work').Timeout = 120; } },
    { name: 'it may send to its own queue', rule: 'TriggerLoop', change: (stacks) => { of(stacks, 'Rights').PolicyDocument.Statement[0].Action.push('SQS:sendmessage'); } },
    {
      name: 'a managed policy lets it send to its own queue, by name',
      rule: 'TriggerLoop',
      change: (stacks) => {
        add(stacks, 'Send', 'AWS::IAM::ManagedPolicy', {
          PolicyDocument: { Statement: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:jobs' } } },
        });
        of(stacks, 'Role').ManagedPolicyArns = [{ Ref: 'Send' }];
      },
    },
    {
      name: 'it publishes to a topic in front of its queue',
      rule: 'TriggerLoop',
      change: (stacks) => {
        add(stacks, 'Notices', 'AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::ImportValue': 'data-key' } });
        add(stacks, 'ToJobs', 'AWS::SNS::Subscription', { TopicArn: { Ref: 'Notices' }, Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Jobs', 'Arn'] } });
        of(stacks, 'Rights').PolicyDocument.Statement.push({ Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'Notices' } });
      },
    },
    { name: 'Lambda must not stop loops', rule: 'RecursionGuard', change: (stacks) => { of(stacks, 'Work').RecursiveLoop = 'Allow'; } },
    { name: 'the mapping is switched off', rule: 'TriggerDisabled', change: (stacks) => { of(stacks, 'Mapping').Enabled = false; } },
    {
      name: 'everybody may send jobs',
      rule: 'OpenTriggerSource',
      change: (stacks) => {
        of(stacks, 'Tls').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Jobs', 'Arn'] } });
      },
    },
    {
      name: 'any topic of anybody may send jobs',
      rule: 'OpenTriggerSource',
      change: (stacks) => {
        of(stacks, 'Tls').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:*', Resource: { 'Fn::GetAtt': ['Jobs', 'Arn'] } });
      },
    },
    { name: 'another function that nothing calls', rule: 'FunctionUnused', change: (stacks) => { add(stacks, 'Old', 'AWS::Lambda::Function', { ...of(stacks, 'Work') }); } },
    {
      name: 'a permission for a rule that only its name knows',
      rule: 'PermissionSourceAbsent',
      change: (stacks) => {
        add(stacks, 'May', 'AWS::Lambda::Permission', {
          FunctionName: { Ref: 'Work' },
          Action: 'lambda:InvokeFunction',
          Principal: 'events.amazonaws.com',
          SourceArn: { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/weekly' },
        });
      },
    },
    {
      name: 'a permission for a rule that is gone',
      rule: 'StalePermission',
      change: (stacks) => {
        add(stacks, 'May', 'AWS::Lambda::Permission', {
          FunctionName: { Ref: 'Work' }, Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['Nightly', 'Arn'] },
        });
      },
    },
  ],
  variants: [
    {
      name: 'the redrive policy as JSON text',
      change: (stacks) => {
        of(stacks, 'Jobs').RedrivePolicy = { 'Fn::Sub': '{"deadLetterTargetArn":"${Failed.Arn}","maxReceiveCount":"5"}' };
      },
    },
    { name: 'the number of receives is a parameter', undecided: ['QueueReceiveCount'], change: (stacks) => { of(stacks, 'Jobs').RedrivePolicy.maxReceiveCount = { Ref: 'Attempts' }; } },
    {
      name: 'it sends to a queue of another app',
      undecided: ['IamResourceWildcard'],
      change: (stacks) => {
        of(stacks, 'Rights').PolicyDocument.Statement.push({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::ImportValue': 'bills-queue' } });
      },
    },
    {
      name: 'it may not send after all',
      change: (stacks) => {
        of(stacks, 'Rights').PolicyDocument.Statement.push({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Jobs', 'Arn'] } },
          { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Jobs', 'Arn'] } });
      },
    },
    {
      name: 'a topic of the app may send jobs',
      change: (stacks) => {
        of(stacks, 'Tls').PolicyDocument.Statement.push({
          Effect: 'Allow',
          Principal: { Service: 'sns.amazonaws.com' },
          Action: 'sqs:SendMessage',
          Resource: { 'Fn::GetAtt': ['Jobs', 'Arn'] },
          Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::ImportValue': 'topic' } }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        });
      },
    },
  ],
};

const EVENTS: Seed = {
  name: 'A function on events, with a topic, a schedule, a pipe and a partner',
  style: 'yaml',
  stacks: {
    Shop: `
Resources:
  Failed:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: !ImportValue data-key, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } }
  FailedTls:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Failed]
      PolicyDocument:
        Statement: { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Failed.Arn, Condition: { Bool: { 'aws:SecureTransport': false } } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: events
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: 'events:PutEvents', Resource: !GetAtt Bus.Arn, Condition: { StringEquals: { 'events:source': shop.bills } } }
              - { Effect: Allow, Action: 's3:PutObject', Resource: !Sub '\${Receipts.Arn}/out/*' }
              - { Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Failed.Arn }
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue log-key }
  React:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Code: { S3Bucket: !ImportValue code, S3Key: react.zip }
      Timeout: 30
      MemorySize: 256
      TracingConfig: { Mode: Active }
      DeadLetterConfig: { TargetArn: !GetAtt Failed.Arn }
      LoggingConfig: { LogGroup: !Ref Logs }
  Bus:
    Type: AWS::Events::EventBus
    Properties: { Name: shop, KmsKeyIdentifier: !ImportValue data-key, DeadLetterConfig: { Arn: !GetAtt Failed.Arn } }
  Orders:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [shop.orders], detail-type: [OrderPlaced] }
      Targets: [{ Id: React, Arn: !GetAtt React.Arn, DeadLetterConfig: { Arn: !GetAtt Failed.Arn } }]
  OrdersMay:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref React, Action: 'lambda:InvokeFunction', Principal: events.amazonaws.com, SourceArn: !GetAtt Orders.Arn }
  Senders:
    Type: AWS::Events::EventBusPolicy
    Properties:
      EventBusName: !Ref Bus
      StatementId: org
      Statement:
        Effect: Allow
        Principal: '*'
        Action: events:PutEvents
        Resource: !GetAtt Bus.Arn
        Condition: { StringEquals: { 'aws:PrincipalOrgID': o-1234567890, 'events:source': shop.orders } }
  Kept:
    Type: AWS::Events::Archive
    Properties: { SourceArn: !GetAtt Bus.Arn, RetentionDays: 30, KmsKeyIdentifier: !ImportValue data-key }
  Both:
    Type: AWS::Events::Endpoint
    Properties: { ReplicationConfig: { State: ENABLED } }
  Receipts:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketName: shop-receipts
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !ImportValue data-key } }] }
      NotificationConfiguration:
        LambdaConfigurations:
          - { Event: 's3:ObjectCreated:*', Function: !GetAtt React.Arn, Filter: { S3Key: { Rules: [{ Name: prefix, Value: in/ }] } } }
  ReceiptsTls:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Receipts
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Receipts.Arn, !Sub '\${Receipts.Arn}/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  Notices:
    Type: AWS::SNS::Topic
    Properties: { KmsMasterKeyId: !ImportValue data-key }
  NoticesTls:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Notices]
      PolicyDocument:
        Statement: [{ Effect: Deny, Principal: '*', Action: 'sns:Publish', Resource: !Ref Notices, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]
  Told:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Notices, Protocol: https, Endpoint: 'https://example.com/hook', RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn } }
  Group:
    Type: AWS::Scheduler::ScheduleGroup
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      GroupName: !Ref Group
      KmsKeyArn: !ImportValue data-key
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: { Mode: 'OFF' }
      Target: { Arn: !GetAtt React.Arn, RoleArn: !ImportValue scheduler, RetryPolicy: { MaximumRetryAttempts: 3 }, DeadLetterConfig: { Arn: !GetAtt Failed.Arn } }
  Partner:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: API_KEY
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: x-api-key, ApiKeyValue: '{{resolve:secretsmanager:partner:SecretString:key}}' } }
  PartnerApi:
    Type: AWS::Events::ApiDestination
    Properties: { ConnectionArn: !GetAtt Partner.Arn, HttpMethod: POST, InvocationEndpoint: 'https://partner.example.com/orders' }
  Oauth:
    Type: AWS::Events::Connection
    Properties:
      AuthorizationType: OAUTH_CLIENT_CREDENTIALS
      AuthParameters:
        OAuthParameters:
          AuthorizationEndpoint: https://partner.example.com/token
          HttpMethod: POST
          ClientParameters: { ClientID: shop, ClientSecret: '{{resolve:secretsmanager:oauth:SecretString:secret}}' }
`,
  },
  mutants: [
    { name: 'failed events are dropped', rule: 'AsyncFailurePath', change: (stacks) => { delete of(stacks, 'React').DeadLetterConfig; } },
    {
      name: 'only successes have a destination',
      rule: 'AsyncFailurePath',
      change: (stacks) => {
        delete of(stacks, 'React').DeadLetterConfig;
        add(stacks, 'Invoke', 'AWS::Lambda::EventInvokeConfig', {
          FunctionName: { Ref: 'React' }, Qualifier: '$LATEST', MaximumRetryAttempts: 0, DestinationConfig: { OnSuccess: { Destination: { 'Fn::GetAtt': ['Failed', 'Arn'] } } },
        });
      },
    },
    { name: 'a pattern without source', rule: 'EventPatternSource', change: (stacks) => { delete of(stacks, 'Orders').EventPattern.source; } },
    { name: 'a pattern for any source', rule: 'EventPatternSource', change: (stacks) => { of(stacks, 'Orders').EventPattern.source = [{ prefix: '' }]; } },
    { name: 'the rule drops what it cannot deliver', rule: 'RuleDeadLetter', change: (stacks) => { delete of(stacks, 'Orders').Targets[0].DeadLetterConfig; } },
    { name: 'a rule without target', rule: 'RuleWithoutTarget', change: (stacks) => { of(stacks, 'Orders').Targets = []; } },
    { name: 'the permission of the rule is left over', rule: 'StalePermission', change: (stacks) => { of(stacks, 'Orders').Targets[0].Arn = { 'Fn::ImportValue': 'other' }; } },
    { name: 'the rule is switched off', rule: 'TriggerDisabled', change: (stacks) => { of(stacks, 'Orders').State = 'DISABLED'; } },
    { name: 'a bus without key', rule: 'EventBusKey', change: (stacks) => { delete of(stacks, 'Bus').KmsKeyIdentifier; } },
    { name: 'a bus that loses what it cannot encrypt', rule: 'BusDeadLetter', change: (stacks) => { delete of(stacks, 'Bus').DeadLetterConfig; } },
    { name: 'an archive for ever', rule: 'EventArchiveRetention', change: (stacks) => { delete of(stacks, 'Kept').RetentionDays; } },
    { name: 'no replication', rule: 'EventEndpointReplication', change: (stacks) => { of(stacks, 'Both').ReplicationConfig.State = 'DISABLED'; } },
    { name: 'the organization may send anything', rule: 'EventBusSenders', change: (stacks) => { delete of(stacks, 'Senders').Statement.Condition.StringEquals['events:source']; } },
    {
      name: 'it sends the events that start it',
      rule: 'TriggerLoop',
      change: (stacks) => {
        of(stacks, 'Role').Policies[0].PolicyDocument.Statement[0].Condition.StringEquals['events:source'] = ['shop.bills', 'shop.orders'];
      },
    },
    { name: 'it may send any event', rule: 'EventFlowCircle', change: (stacks) => { delete of(stacks, 'Role').Policies[0].PolicyDocument.Statement[0].Condition; } },
    { name: 'it writes where it reads', rule: 'TriggerLoop', change: (stacks) => { of(stacks, 'Role').Policies[0].PolicyDocument.Statement[1].Resource = { 'Fn::Sub': '${Receipts.Arn}/*' }; } },
    {
      name: 'it writes below where it reads, by the name of the bucket',
      rule: 'TriggerLoop',
      change: (stacks) => {
        of(stacks, 'Role').Policies[0].PolicyDocument.Statement[1].Resource = 'arn:aws:s3:::shop-receipts/in/done/*';
      },
    },
    { name: 'a topic without key', rule: 'TopicEncryption', change: (stacks) => { delete of(stacks, 'Notices').KmsMasterKeyId; } },
    { name: 'a topic over plain HTTP', rule: 'TopicTlsOnly', change: (stacks) => { of(stacks, 'NoticesTls').PolicyDocument.Statement[0].Condition.Bool['aws:SecureTransport'] = 'true'; } },
    {
      name: 'a topic that a public function fills',
      rule: 'TopicDataProtection',
      change: (stacks) => {
        add(stacks, 'Url', 'AWS::Lambda::Url', { TargetFunctionArn: { 'Fn::GetAtt': ['React', 'Arn'] }, AuthType: 'AWS_IAM' });
        of(stacks, 'Role').Policies[0].PolicyDocument.Statement.push({ Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'Notices' } });
      },
    },
    { name: 'a hook over plain HTTP', rule: 'SubscriptionTransport', change: (stacks) => { of(stacks, 'Told').Protocol = 'http'; } },
    { name: 'a hook that loses messages', rule: 'SubscriptionDeadLetter', change: (stacks) => { delete of(stacks, 'Told').RedrivePolicy; } },
    {
      name: 'a queue of somebody else listens',
      rule: 'SubscriptionForeignAccount',
      change: (stacks) => {
        Object.assign(of(stacks, 'Told'), { Protocol: 'sqs', Endpoint: { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:444455556666:collect' } });
      },
    },
    { name: 'runs are lost', rule: 'ScheduleDeadLetter', change: (stacks) => { delete of(stacks, 'Nightly').Target.DeadLetterConfig; } },
    { name: 'a day of attempts', rule: 'ScheduleRetryLimit', change: (stacks) => { of(stacks, 'Nightly').Target.RetryPolicy.MaximumRetryAttempts = 185; } },
    { name: 'no key for the input', rule: 'ScheduleKey', change: (stacks) => { delete of(stacks, 'Nightly').KmsKeyArn; } },
    { name: 'the default group', rule: 'ScheduleGroup', change: (stacks) => { delete of(stacks, 'Nightly').GroupName; } },
    {
      name: 'the key of the partner stands there',
      rule: 'ConnectionSecret',
      change: (stacks) => {
        of(stacks, 'Partner').AuthParameters.ApiKeyAuthParameters.ApiKeyValue = { 'Fn::Join': ['-', ['live', 'a1b2c3d4e5']] };
      },
    },
    {
      name: 'the partner over plain HTTP',
      rule: 'ApiDestinationTransport',
      change: (stacks) => {
        of(stacks, 'PartnerApi').InvocationEndpoint = { 'Fn::Sub': 'http://partner.example.com/${AWS::Region}' };
      },
    },
    {
      name: 'tokens over plain HTTP',
      rule: 'ConnectionTokenTransport',
      change: (stacks) => {
        of(stacks, 'Oauth').AuthParameters.OAuthParameters.AuthorizationEndpoint = 'http://partner.example.com/token';
      },
    },
  ],
  variants: [
    {
      name: 'a destination instead of a dead-letter queue',
      change: (stacks) => {
        delete of(stacks, 'React').DeadLetterConfig;
        add(stacks, 'Invoke', 'AWS::Lambda::EventInvokeConfig', {
          FunctionName: { Ref: 'React' }, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failed', 'Arn'] } } },
        });
      },
    },
    { name: 'a pattern with a prefix that somebody chose', change: (stacks) => { of(stacks, 'Orders').EventPattern.source = [{ prefix: 'shop.orders' }]; } },
    {
      name: 'it reads all of the bucket',
      change: (stacks) => {
        of(stacks, 'Role').Policies[0].PolicyDocument.Statement.push({ Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Receipts.Arn}/*' } });
      },
    },
    {
      name: 'the endpoint of the partner is imported',
      undecided: ['ApiDestinationTransport'],
      change: (stacks) => {
        of(stacks, 'PartnerApi').InvocationEndpoint = { 'Fn::ImportValue': 'partner-url' };
      },
    },
  ],
};

const WORKFLOW: Seed = {
  name: 'A workflow, as SAM writes it',
  style: 'sam',
  stacks: {
    Shop: {
      Resources: {
        Logs: {
          Type: 'AWS::Logs::LogGroup',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': 'log-key' } },
        },
        Fulfil: {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: {
            RoleArn: { 'Fn::ImportValue': 'workflow-role' },
            DefinitionString: {
              'Fn::Join': ['\n', [
                '{', '"StartAt": "Ask",', '"TimeoutSeconds": 3600,', '"States": {',
                '"Ask": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": { "QueueUrl": "${Queue}" },',
                '"HeartbeatSeconds": 300, "Retry": [{ "ErrorEquals": ["States.ALL"], "MaxAttempts": 3 }], "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Failed" }], "Next": "Each" },',
                '"Each": { "Type": "Map", "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Failed" }], "End": true, "ItemProcessor": { "StartAt": "Pack", "States": {',
                '"Pack": { "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": { "QueueUrl": "${Queue}" }, "End": true } } } },',
                '"Failed": { "Type": "Fail" } } }',
              ]],
            },
            DefinitionSubstitutions: { Queue: { 'Fn::ImportValue': 'queue-url' } },
            LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': ['Logs', 'Arn'] } } }] },
            TracingConfiguration: { Enabled: true },
            EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: { 'Fn::ImportValue': 'data-key' } },
          },
        },
        Failing: {
          Type: 'AWS::CloudWatch::Alarm',
          Properties: {
            Namespace: 'AWS/States',
            MetricName: 'ExecutionsFailed',
            Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: 'Fulfil' } }],
            Statistic: 'Sum',
            Period: 60,
            EvaluationPeriods: 1,
            Threshold: 1,
            ComparisonOperator: 'GreaterThanOrEqualToThreshold',
            TreatMissingData: 'notBreaching',
            AlarmActions: [{ 'Fn::ImportValue': 'pager' }],
          },
        },
      },
    },
  },
  mutants: [
    { name: 'no alarm on failures', rule: 'WorkflowAlarm', change: (stacks) => { delete stacks.Shop.Resources.Failing; } },
    { name: 'an alarm on starts', rule: 'WorkflowAlarm', change: (stacks) => { of(stacks, 'Failing').MetricName = 'ExecutionsStarted'; } },
    { name: 'a map in ten thousand executions', rule: 'MapConcurrency', change: (stacks) => { replace(stacks, '"ItemProcessor": { ', '"ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED" }, '); } },
    { name: 'no timeout', rule: 'WorkflowTimeout', change: (stacks) => { replace(stacks, '"TimeoutSeconds": 3600,', ''); } },
    { name: 'a timeout of three years', rule: 'WorkflowTimeout', change: (stacks) => { replace(stacks, '"TimeoutSeconds": 3600,', '"TimeoutSeconds": 99999999,'); } },
    { name: 'no heartbeat', rule: 'TaskHeartbeat', change: (stacks) => { replace(stacks, '"HeartbeatSeconds": 300, ', ''); } },
    {
      name: 'a task that fails without a word, inside of a Map',
      rule: 'TaskErrorCatch',
      change: (stacks) => {
        replace(stacks, '"Type": "Map", "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Failed" }],', '"Type": "Map",');
      },
    },
    { name: 'endless attempts', rule: 'TaskRetryLimit', change: (stacks) => { replace(stacks, '"MaxAttempts": 3', '"MaxAttempts": 99999'); } },
    { name: 'no log', rule: 'WorkflowLogging', change: (stacks) => { of(stacks, 'Fulfil').LoggingConfiguration.Level = 'OFF'; } },
    { name: 'orders in the log', rule: 'WorkflowExecutionData', change: (stacks) => { of(stacks, 'Fulfil').LoggingConfiguration.IncludeExecutionData = 'true'; } },
    { name: 'no traces', rule: 'WorkflowTracing', change: (stacks) => { delete of(stacks, 'Fulfil').TracingConfiguration; } },
    { name: 'no key', rule: 'WorkflowKey', change: (stacks) => { delete of(stacks, 'Fulfil').EncryptionConfiguration; } },
  ],
  variants: [
    {
      name: 'a map in ten executions at a time',
      change: (stacks) => {
        replace(stacks, '"ItemProcessor": { ', '"MaxConcurrency": "${Most}", "ItemProcessor": { "ProcessorConfig": { "Mode": "DISTRIBUTED" }, ');
        of(stacks, 'Fulfil').DefinitionSubstitutions.Most = 10;
      },
    },
    {
      name: 'the timeout is a substitution',
      change: (stacks) => {
        replace(stacks, '"TimeoutSeconds": 3600,', '"TimeoutSeconds": ${Limit},');
        of(stacks, 'Fulfil').DefinitionSubstitutions.Limit = 900;
      },
    },
    {
      name: 'the definition lies in a bucket',
      undecided: ['WorkflowTimeout', 'TaskHeartbeat', 'TaskErrorCatch', 'TaskRetryLimit', 'MapConcurrency'],
      change: (stacks) => {
        delete of(stacks, 'Fulfil').DefinitionString;
        of(stacks, 'Fulfil').DefinitionS3Location = { Bucket: 'definitions', Key: 'fulfil.json' };
      },
    },
  ],
};

function replace(stacks: Stacks, old: string, fresh: string): void {
  const pieces = of(stacks, 'Fulfil').DefinitionString['Fn::Join'][1] as string[];
  const index = pieces.findIndex((piece) => piece.includes(old));
  if (index < 0) throw new Error(`the definition does not hold ${old}`);
  pieces[index] = pieces[index].replace(old, fresh);
}

const STREAMS: Seed = {
  name: 'Streams, converted from Terraform',
  style: 'terraform',
  stacks: {
    Shop: `
Resources:
  TfRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: clicks-reader
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: read
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: ['kinesis:GetRecords', 'kinesis:GetShardIterator'], Resource: 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks' }
  TfLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/lambda/clicks, RetentionInDays: 365, KmsKeyId: !ImportValue log-key }
  TfClicks:
    Type: AWS::Kinesis::Stream
    Properties: { Name: clicks, RetentionPeriodHours: 168, StreamEncryption: { EncryptionType: KMS, KeyId: !ImportValue data-key } }
  TfReader:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: clicks
      Role: !GetAtt TfRole.Arn
      Runtime: python3.13
      Handler: main.handler
      Code: { S3Bucket: code, S3Key: clicks.zip }
      Timeout: 30
      MemorySize: 256
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: /aws/lambda/clicks }
  TfMapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: arn:aws:kinesis:eu-west-1:111122223333:stream/clicks
      FunctionName: clicks
      StartingPosition: LATEST
      MaximumRetryAttempts: 5
      BisectBatchOnFunctionError: true
      FunctionResponseTypes: [ReportBatchItemFailures]
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:111122223333:clicks-dlq' } }
  TfPipe:
    Type: AWS::Pipes::Pipe
    Properties:
      RoleArn: !ImportValue pipe-role
      Source: arn:aws:kinesis:eu-west-1:111122223333:stream/clicks
      Target: arn:aws:sqs:eu-west-1:111122223333:counts
      KmsKeyIdentifier: !ImportValue data-key
      SourceParameters:
        KinesisStreamParameters: { StartingPosition: LATEST, MaximumRetryAttempts: 3, DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:111122223333:clicks-dlq' } }
      LogConfiguration: { Level: ERROR, CloudwatchLogsLogDestination: { LogGroupArn: !GetAtt TfLogs.Arn } }
  TfDelivery:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamType: DirectPut
      DeliveryStreamEncryptionConfigurationInput: { KeyType: CUSTOMER_MANAGED_CMK, KeyARN: !ImportValue data-key }
      ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Enabled: true }, S3BackupMode: Enabled }
  TfBroker:
    Type: AWS::AmazonMQ::Broker
    Properties: { PubliclyAccessible: false }
  TfKafka:
    Type: AWS::MSK::Cluster
    Properties:
      ClientAuthentication: { Sasl: { Iam: { Enabled: true } } }
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: TLS } }
`,
  },
  mutants: [
    {
      name: 'a bad record stops the stream',
      rule: 'StreamRetryLimit',
      change: (stacks) => {
        const mapping = of(stacks, 'TfMapping');
        Object.assign(mapping, { MaximumRetryAttempts: '-1', BisectBatchOnFunctionError: 'false' });
        delete mapping.DestinationConfig;
      },
    },
    {
      name: 'a bad record stops the stream of another app',
      rule: 'StreamRetryLimit',
      change: (stacks) => {
        const mapping = of(stacks, 'TfMapping');
        for (const name of ['MaximumRetryAttempts', 'BisectBatchOnFunctionError', 'DestinationConfig']) delete mapping[name];
        mapping.EventSourceArn = { 'Fn::ImportValue': 'clicks-stream' };
      },
    },
    { name: 'records are lost', rule: 'StreamFailurePath', change: (stacks) => { delete of(stacks, 'TfMapping').DestinationConfig; } },
    { name: 'batches fail as a whole', rule: 'BatchPartialResponse', change: (stacks) => { delete of(stacks, 'TfMapping').FunctionResponseTypes; } },
    { name: 'the reader writes, by name', rule: 'TriggerLoop', change: (stacks) => { of(stacks, 'TfRole').Policies[0].PolicyDocument.Statement[0].Action.push('kinesis:PutRecord'); } },
    { name: 'a stream in the clear', rule: 'StreamEncryption', change: (stacks) => { delete of(stacks, 'TfClicks').StreamEncryption; } },
    { name: 'a day of records', rule: 'StreamRetention', change: (stacks) => { of(stacks, 'TfClicks').RetentionPeriodHours = 24; } },
    { name: 'a delivery in the clear', rule: 'DeliveryEncryption', change: (stacks) => { delete of(stacks, 'TfDelivery').DeliveryStreamEncryptionConfigurationInput; } },
    { name: 'no originals', rule: 'DeliveryBackup', change: (stacks) => { of(stacks, 'TfDelivery').ExtendedS3DestinationConfiguration.S3BackupMode = 'Disabled'; } },
    { name: 'a public broker', rule: 'BrokerPublicAccess', change: (stacks) => { of(stacks, 'TfBroker').PubliclyAccessible = 'true'; } },
    { name: 'Kafka in the clear', rule: 'BrokerClientAccess', change: (stacks) => { of(stacks, 'TfKafka').EncryptionInfo.EncryptionInTransit.ClientBroker = 'TLS_PLAINTEXT'; } },
    { name: 'Kafka for everybody', rule: 'BrokerClientAccess', change: (stacks) => { of(stacks, 'TfKafka').ClientAuthentication.Unauthenticated = { Enabled: true }; } },
    { name: 'a pipe without log', rule: 'PipeLogging', change: (stacks) => { delete of(stacks, 'TfPipe').LogConfiguration; } },
    { name: 'clicks in the log', rule: 'PipeExecutionData', change: (stacks) => { of(stacks, 'TfPipe').LogConfiguration.IncludeExecutionData = ['ALL']; } },
    { name: 'a pipe that loses records', rule: 'PipeDeadLetter', change: (stacks) => { delete of(stacks, 'TfPipe').SourceParameters.KinesisStreamParameters.DeadLetterConfig; } },
    { name: 'a pipe without key', rule: 'PipeKey', change: (stacks) => { delete of(stacks, 'TfPipe').KmsKeyIdentifier; } },
  ],
  variants: [
    {
      name: 'age instead of attempts',
      change: (stacks) => {
        delete of(stacks, 'TfMapping').MaximumRetryAttempts;
        of(stacks, 'TfMapping').MaximumRecordAgeInSeconds = 3600;
      },
    },
    {
      name: 'one record at a time',
      change: (stacks) => {
        delete of(stacks, 'TfMapping').FunctionResponseTypes;
        of(stacks, 'TfMapping').BatchSize = '1';
      },
    },
  ],
};

/** How events run through an app, and where they are lost, leak or run in circles. */
export const EVENT_FLOW_SEEDS: readonly Seed[] = [QUEUE_WORKER, EVENTS, WORKFLOW, STREAMS];
