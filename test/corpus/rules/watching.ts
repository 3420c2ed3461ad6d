import { addResource, properties, removeResources, resourceOf, Seed } from '../seed';

const ORDERS: Seed = {
  name: 'A function behind a URL with its logs, its table and all alarms, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Parameters:
  Days: { Type: Number }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: Orders
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt Logs.Arn }
              - { Effect: Allow, Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: !GetAtt Orders.Arn }
              - { Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Failed.Arn }
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      RetentionInDays: 365
      KmsKeyId: !Sub 'arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/1234'
      DataProtectionPolicy:
        Name: masking
        Version: '2021-06-01'
        Statement:
          - { Sid: Audit, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Audit: { FindingsDestination: {} } } }
          - { Sid: Mask, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Deidentify: { MaskConfig: {} } } }
  Place:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: place-order
      Role: !GetAtt Role.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      LoggingConfig: { LogGroup: !Ref Logs }
      DeadLetterConfig: { TargetArn: !GetAtt Failed.Arn }
  Url:
    Type: AWS::Lambda::Url
    Properties: { TargetFunctionArn: !GetAtt Place.Arn, AuthType: AWS_IAM }
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      BillingMode: PAY_PER_REQUEST
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      DeletionProtectionEnabled: true
  Failed:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: alias/shop, MessageRetentionPeriod: 1209600 }
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Dimensions: [{ Name: FunctionName, Value: !Ref Place }]
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      TreatMissingData: notBreaching
      AlarmActions: [!ImportValue alarms]
  Throttles:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics:
        - { Id: share, Expression: '100 * throttles / calls' }
        - Id: throttles
          ReturnData: false
          MetricStat: { Period: 300, Stat: Sum, Metric: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: place-order }] } }
        - Id: calls
          ReturnData: false
          MetricStat: { Period: 300, Stat: Sum, Metric: { Namespace: AWS/Lambda, MetricName: Invocations, Dimensions: [{ Name: FunctionName, Value: place-order }] } }
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!ImportValue alarms]
  Letters:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{ Name: QueueName, Value: !GetAtt Failed.QueueName }]
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!ImportValue alarms]
  Writes:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/DynamoDB
      MetricName: WriteThrottleEvents
      Dimensions: [{ Name: TableName, Value: !Ref Orders }]
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 10
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!ImportValue alarms]
`,
  },
  mutants: [
    { name: 'no alarm on errors', rule: 'FunctionAlarm', change: ({ Shop }) => { removeResources(Shop, 'Errors'); } },
    { name: 'an alarm on the errors of another function', rule: 'FunctionAlarm', change: ({ Shop }) => { properties(Shop, 'Errors').Dimensions[0].Value = 'cancel-order'; } },
    { name: 'an alarm on something else than throttles', rule: 'FunctionAlarm', change: ({ Shop }) => { properties(Shop, 'Throttles').Metrics[1].MetricStat.Metric.MetricName = 'Duration'; } },
    { name: 'nobody looks at failed messages', rule: 'DeadLetterAlarm', change: ({ Shop }) => { removeResources(Shop, 'Letters'); } },
    { name: 'the alarm counts what is sent', rule: 'DeadLetterAlarm', change: ({ Shop }) => { properties(Shop, 'Letters').MetricName = 'NumberOfMessagesSent'; } },
    { name: 'an alarm that tells nobody', rule: 'AlarmAction', change: ({ Shop }) => { properties(Shop, 'Errors').AlarmActions = [{ Ref: 'AWS::NoValue' }]; } },
    { name: 'an alarm whose actions are off', rule: 'AlarmAction', change: ({ Shop }) => { properties(Shop, 'Throttles').ActionsEnabled = 'false'; } },
    { name: 'an alarm that tells when all is well', rule: 'AlarmAction', change: ({ Shop }) => { const alarm = properties(Shop, 'Errors'); alarm.OKActions = alarm.AlarmActions; delete alarm.AlarmActions; } },
    { name: 'an alarm that waits for a million errors', rule: 'AlarmNeverRings', change: ({ Shop }) => { properties(Shop, 'Errors').Threshold = '1000000'; } },
    { name: 'an alarm that never changes', rule: 'AlarmMissingData', change: ({ Shop }) => { properties(Shop, 'Errors').TreatMissingData = 'ignore'; } },
    { name: 'a table that callers write, unwatched', rule: 'SensitiveStoreAlarm', change: ({ Shop }) => { removeResources(Shop, 'Writes'); } },
    { name: 'logs for ever', rule: 'LogRetention', change: ({ Shop }) => { delete properties(Shop, 'Logs').RetentionInDays; } },
    { name: 'logs for three days', rule: 'LogRetention', change: ({ Shop }) => { properties(Shop, 'Logs').RetentionInDays = '3'; } },
    { name: 'logs without a key', rule: 'LogCustomerKey', change: ({ Shop }) => { delete properties(Shop, 'Logs').KmsKeyId; } },
    { name: 'logs that show what was sent', rule: 'LogMasking', change: ({ Shop }) => { delete properties(Shop, 'Logs').DataProtectionPolicy; } },
    { name: 'logs of which findings are only counted', rule: 'LogMasking', change: ({ Shop }) => { properties(Shop, 'Logs').DataProtectionPolicy.Statement.pop(); } },
    { name: 'logs that go with their stack', rule: 'RemovalPolicy', change: ({ Shop }) => { resourceOf(Shop, 'Logs').DeletionPolicy = 'Delete'; } },
  ],
  variants: [
    {
      name: 'one alarm for all functions',
      change: ({ Shop }) => { delete properties(Shop, 'Errors').Dimensions; },
    },
    {
      name: 'an alarm that finds functions by a query',
      change: ({ Shop }) => {
        const { AlarmActions } = properties(Shop, 'Errors');
        removeResources(Shop, 'Errors');
        addResource(Shop, 'AllErrors', 'AWS::CloudWatch::Alarm', {
          Metrics: [{ Id: 'all', Period: 300, Expression: 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)' }], EvaluationPeriods: 1, Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', AlarmActions,
        });
      },
    },
    {
      name: 'an alarm that is part of another one',
      change: ({ Shop }) => {
        const { AlarmActions } = properties(Shop, 'Errors');
        delete properties(Shop, 'Errors').AlarmActions;
        addResource(Shop, 'Any', 'AWS::CloudWatch::CompositeAlarm', { AlarmName: 'any', AlarmRule: { 'Fn::Join': ['', ['ALARM("', { 'Fn::GetAtt': ['Errors', 'Arn'] }, '")']] }, AlarmActions });
      },
    },
    {
      name: 'an anomaly in the place of a threshold',
      change: ({ Shop }) => {
        const { AlarmActions } = properties(Shop, 'Errors');
        removeResources(Shop, 'Errors');
        addResource(Shop, 'Odd', 'AWS::CloudWatch::Alarm', {
          Metrics: [
            { Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(errors, 2)' },
            { Id: 'errors', MetricStat: { Period: 300, Stat: 'Sum', Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Place' } }] } } },
          ],
          ThresholdMetricId: 'band',
          EvaluationPeriods: 1,
          ComparisonOperator: 'GreaterThanUpperThreshold',
          AlarmActions,
        });
      },
    },
    { name: 'logs for ten years', change: ({ Shop }) => { properties(Shop, 'Logs').RetentionInDays = 3653; } },
    { name: 'a retention that is set at deployment', undecided: ['LogRetention'], change: ({ Shop }) => { properties(Shop, 'Logs').RetentionInDays = { Ref: 'Days' }; } },
  ],
};

const FRONT: Seed = {
  name: 'Users, a secret, a web ACL and a trail, and who watches them in another stack',
  style: 'cross-stack',
  stacks: {
    Front: `
Resources:
  Acl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: front
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { MetricName: front, CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true }
      Rules:
        - Name: known
          Priority: 0
          OverrideAction: { None: {} }
          Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet } }
          VisibilityConfig: { MetricName: known, CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true }
        - Name: flood
          Priority: 1
          Action: { Block: {} }
          Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: IP } }
          VisibilityConfig: { MetricName: flood, CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true }
  Secret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { KmsKeyId: !ImportValue key, GenerateSecretString: { PasswordLength: 32 } }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties: { IsLogging: true, IsMultiRegionTrail: true, EnableLogFileValidation: true, KMSKeyId: alias/trail, S3BucketName: shop-trail }
Outputs:
  Secret: { Value: !Ref Secret, Export: { Name: front-secret } }
`,
    Watch: `
Resources:
  Flood:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/WAFV2
      MetricName: BlockedRequests
      Dimensions: [{ Name: WebACL, Value: front }, { Name: Region, Value: !Ref AWS::Region }, { Name: Rule, Value: ALL }]
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 100
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!ImportValue alarms]
  Changed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [aws.secretsmanager], detail: { requestParameters: { secretId: [!ImportValue front-secret] } } }
      Targets: [{ Id: Topic, Arn: !ImportValue alarms }]
`,
  },
  mutants: [
    { name: 'nobody hears of the flood', rule: 'WebAclAlarm', change: ({ Watch }) => { removeResources(Watch, 'Flood'); } },
    { name: 'another web ACL is watched', rule: 'WebAclAlarm', change: ({ Watch }) => { properties(Watch, 'Flood').Dimensions[0].Value = 'back'; } },
    { name: 'nobody hears of changes of the secret', rule: 'SensitiveStoreAlarm', change: ({ Watch }) => { removeResources(Watch, 'Changed'); } },
    { name: 'a pool that nobody watches', rule: 'SensitiveStoreAlarm', change: ({ Front }) => { addResource(Front, 'Users', 'AWS::Cognito::UserPool', {}); } },
    { name: 'a trail of one region', rule: 'TrailSettings', change: ({ Front }) => { delete properties(Front, 'Trail').IsMultiRegionTrail; } },
    { name: 'a trail that somebody can change', rule: 'TrailSettings', change: ({ Front }) => { properties(Front, 'Trail').EnableLogFileValidation = 'false'; } },
    { name: 'a trail that is stopped', rule: 'TrailSettings', change: ({ Front }) => { properties(Front, 'Trail').IsLogging = false; } },
  ],
  variants: [
    { name: 'all secrets are watched', change: ({ Watch }) => { properties(Watch, 'Changed').EventPattern = { source: ['aws.secretsmanager'] }; } },
  ],
};

/** Logs, trails and alarms. */
export const WATCHING_SEEDS: readonly Seed[] = [FRONT, ORDERS];
