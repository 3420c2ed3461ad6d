import { allow, att, BlindSeed, doc, find, iff, join, m, none, ref, sel, split, sub, v, yaml } from './kit';

const LEDGER = yaml(`
AWSTemplateFormatVersion: '2010-09-09'
Description: ledger, kept by hand
Parameters:
  Stage: {Type: String, Default: prod, AllowedValues: [dev, prod]}
  ArtifactBucket: {Type: String}
  AlertMail: {Type: String, Default: ops@example.org}
Mappings:
  ByStage:
    prod: {LogLevel: INFO, Retention: 365, Concurrency: 20, Runtime: nodejs22.x, Removal: 'no', MaxReceive: 5}
    dev: {LogLevel: DEBUG, Retention: 30, Concurrency: 2, Runtime: nodejs22.x, Removal: 'yes', MaxReceive: 5}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  LedgerKey:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      Description: ledger data
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - {Sid: Root, Effect: Allow, Principal: {AWS: !Sub 'arn:@{AWS::Partition}:iam::@{AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}
          - Sid: Logs
            Effect: Allow
            Principal: {Service: !Sub 'logs.@{AWS::Region}.amazonaws.com'}
            Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
            Resource: '*'
            Condition: {ArnLike: {'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:@{AWS::Partition}:logs:@{AWS::Region}:@{AWS::AccountId}:log-group:*'}}
  Signer:
    Type: AWS::Signer::SigningProfile
    Properties: {PlatformId: AWSLambda-SHA384-ECDSA}
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers: {SigningProfileVersionArns: [!GetAtt Signer.ProfileVersionArn]}
      CodeSigningPolicies: {UntrustedArtifactOnDeployment: Enforce}
  JobDlq:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      QueueName: !Sub 'ledger-@{Stage}-jobs-dlq'
      KmsMasterKeyId: !GetAtt LedgerKey.Arn
      MessageRetentionPeriod: 1209600
      RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:@{AWS::Partition}:sqs:@{AWS::Region}:@{AWS::AccountId}:ledger-@{Stage}-jobs']}
  Jobs:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      QueueName: !Sub 'ledger-@{Stage}-jobs'
      KmsMasterKeyId: !GetAtt LedgerKey.Arn
      VisibilityTimeout: 180
      MessageRetentionPeriod: 345600
      RedrivePolicy: {deadLetterTargetArn: !GetAtt JobDlq.Arn, maxReceiveCount: !FindInMap [ByStage, !Ref Stage, MaxReceive]}
  QueueTls:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Jobs, !Ref JobDlq]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - {Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: [!GetAtt Jobs.Arn, !GetAtt JobDlq.Arn], Condition: {Bool: {'aws:SecureTransport': 'false'}}}
  Entries:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      TableName: !Sub 'ledger-@{Stage}-entries'
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt LedgerKey.Arn}
  BankSecret:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      Name: !Sub 'ledger/@{Stage}/bank'
      KmsKeyId: !GetAtt LedgerKey.Arn
      GenerateSecretString: {SecretStringTemplate: '{"username":"ledger"}', GenerateStringKey: password, PasswordLength: 40}
  WorkerLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {LogGroupName: !Sub '/aws/lambda/ledger-@{Stage}-worker', RetentionInDays: !FindInMap [ByStage, !Ref Stage, Retention], KmsKeyId: !GetAtt LedgerKey.Arn}
  WorkerRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: !Sub 'ledger-@{Stage}-worker'
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Policies:
        - PolicyName: worker
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - {Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !Sub 'arn:@{AWS::Partition}:logs:@{AWS::Region}:@{AWS::AccountId}:log-group:/aws/lambda/ledger-@{Stage}-worker:*'}
              - {Effect: Allow, Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: !GetAtt Jobs.Arn}
              - {Effect: Allow, Action: ['dynamodb:PutItem'], Resource: !GetAtt Entries.Arn}
              - {Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: !Ref BankSecret}
              - {Effect: Allow, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: !GetAtt LedgerKey.Arn, Condition: {StringEquals: {'kms:ViaService': [!Sub 'sqs.@{AWS::Region}.amazonaws.com', !Sub 'dynamodb.@{AWS::Region}.amazonaws.com', !Sub 'secretsmanager.@{AWS::Region}.amazonaws.com']}}}
              - {Effect: Allow, Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*'}
  Worker:
    Type: AWS::Lambda::Function
    DependsOn: WorkerLogs
    Properties:
      FunctionName: !Sub 'ledger-@{Stage}-worker'
      Runtime: !FindInMap [ByStage, !Ref Stage, Runtime]
      Handler: index.handler
      Role: !GetAtt WorkerRole.Arn
      Code: {S3Bucket: !Ref ArtifactBucket, S3Key: worker.zip}
      CodeSigningConfigArn: !Ref Signing
      Timeout: 30
      MemorySize: 512
      ReservedConcurrentExecutions: !FindInMap [ByStage, !Ref Stage, Concurrency]
      KmsKeyArn: !GetAtt LedgerKey.Arn
      TracingConfig: {Mode: Active}
      Environment:
        Variables: {LOG_LEVEL: !FindInMap [ByStage, !Ref Stage, LogLevel], TABLE: !Ref Entries, BANK_SECRET_ARN: !Ref BankSecret}
      Tags: [{Key: stage, Value: !Ref Stage}]
  WorkerMapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Jobs.Arn
      FunctionName: !Ref Worker
      FunctionResponseTypes: [ReportBatchItemFailures]
      ScalingConfig: {MaximumConcurrency: 5}
  CloseLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {LogGroupName: !Sub '/aws/lambda/ledger-@{Stage}-close', RetentionInDays: 365, KmsKeyId: !GetAtt LedgerKey.Arn}
  CloseDlq:
    Type: AWS::SQS::Queue
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {KmsMasterKeyId: !GetAtt LedgerKey.Arn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: {redrivePermission: denyAll}}
  CloseDlqTls:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref CloseDlq]
      PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt CloseDlq.Arn, Condition: {Bool: {'aws:SecureTransport': 'false'}}}]}
  CloseRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com]}, Action: ['sts:AssumeRole']}]}
      Policies:
        - PolicyName: close
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - {Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt CloseLogs.Arn}
              - {Effect: Allow, Action: 'dynamodb:Query', Resource: !GetAtt Entries.Arn}
              - {Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt CloseDlq.Arn}
              - {Effect: Allow, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: !GetAtt LedgerKey.Arn, Condition: {StringEquals: {'kms:ViaService': [!Sub 'sqs.@{AWS::Region}.amazonaws.com', !Sub 'dynamodb.@{AWS::Region}.amazonaws.com']}}}
              - {Effect: Allow, Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*'}
  Close:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub 'ledger-@{Stage}-close'
      Runtime: nodejs22.x
      Handler: close.handler
      Role: !GetAtt CloseRole.Arn
      Code: {S3Bucket: !Ref ArtifactBucket, S3Key: close.zip}
      CodeSigningConfigArn: !Ref Signing
      Timeout: 60
      MemorySize: 256
      ReservedConcurrentExecutions: 1
      KmsKeyArn: !GetAtt LedgerKey.Arn
      TracingConfig: {Mode: Active}
      LoggingConfig: {LogFormat: JSON, LogGroup: !Ref CloseLogs, ApplicationLogLevel: INFO}
      DeadLetterConfig: {TargetArn: !GetAtt CloseDlq.Arn}
      Environment: {Variables: {TABLE: !Ref Entries}}
      Tags: [{Key: stage, Value: !Ref Stage}]
  NightlyGroup:
    Type: AWS::Scheduler::ScheduleGroup
    Properties: {Name: !Sub 'ledger-@{Stage}'}
  NightlyRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: scheduler.amazonaws.com}, Action: 'sts:AssumeRole', Condition: {StringEquals: {'aws:SourceAccount': !Ref 'AWS::AccountId'}}}]}
      Policies:
        - PolicyName: start
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - {Effect: Allow, Action: 'lambda:InvokeFunction', Resource: !GetAtt Close.Arn}
              - {Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt CloseDlq.Arn}
              - {Effect: Allow, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: !GetAtt LedgerKey.Arn, Condition: {StringEquals: {'kms:ViaService': !Sub 'sqs.@{AWS::Region}.amazonaws.com'}}}
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      GroupName: !Ref NightlyGroup
      ScheduleExpression: cron(0 2 * * ? *)
      FlexibleTimeWindow: {Mode: 'OFF'}
      KmsKeyArn: !GetAtt LedgerKey.Arn
      Target:
        Arn: !GetAtt Close.Arn
        RoleArn: !GetAtt NightlyRole.Arn
        Input: '{"kind":"close-day"}'
        DeadLetterConfig: {Arn: !GetAtt CloseDlq.Arn}
        RetryPolicy: {MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600}
  Alerts:
    Type: AWS::SNS::Topic
    Properties:
      KmsMasterKeyId: !GetAtt LedgerKey.Arn
      Subscription: [{Protocol: email, Endpoint: !Ref AlertMail}]
  ApiLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: {LogGroupName: !Sub '/ledger/@{Stage}/api', RetentionInDays: 365, KmsKeyId: !GetAtt LedgerKey.Arn}
  PostRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: apigateway.amazonaws.com}, Action: 'sts:AssumeRole', Condition: {StringEquals: {'aws:SourceAccount': !Ref 'AWS::AccountId'}}}]}
      Policies: [{PolicyName: send, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Jobs.Arn}, {Effect: Allow, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: !GetAtt LedgerKey.Arn, Condition: {StringEquals: {'kms:ViaService': !Sub 'sqs.@{AWS::Region}.amazonaws.com'}}}]}}]
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: !Sub 'ledger-@{Stage}'
      EndpointConfiguration: {Types: [REGIONAL]}
      Body:
        openapi: 3.0.1
        info: {title: ledger, version: '1'}
        x-amazon-apigateway-request-validators: {all: {validateRequestBody: true, validateRequestParameters: true}}
        x-amazon-apigateway-request-validator: all
        x-amazon-apigateway-gateway-responses:
          DEFAULT_4XX: {responseTemplates: {application/json: '{"message":"no"}'}}
          DEFAULT_5XX: {responseTemplates: {application/json: '{"message":"no"}'}}
        components:
          securitySchemes:
            sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
          schemas:
            Job: {type: object, additionalProperties: false, required: [kind], properties: {kind: {type: string, maxLength: 20}}}
        paths:
          /jobs:
            post:
              security: [{sigv4: []}]
              requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}
              responses: {'202': {description: taken}}
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                credentials: !GetAtt PostRole.Arn
                uri: !Sub 'arn:@{AWS::Partition}:apigateway:@{AWS::Region}:sqs:path/@{AWS::AccountId}/ledger-@{Stage}-jobs'
                passthroughBehavior: never
                requestParameters: {integration.request.header.Content-Type: "'application/x-www-form-urlencoded'"}
                requestTemplates: {application/json: 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)'}
                responses: {default: {statusCode: '202'}}
  Deployment1: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api}}
  ApiStage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: !Ref Deployment1
      StageName: !Ref Stage
      TracingEnabled: true
      AccessLogSetting: {DestinationArn: !GetAtt ApiLogs.Arn, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.resourcePath","method":"$context.httpMethod","status":"$context.status","error":"$context.error.message","who":"$context.identity.userArn"}'}
      MethodSettings: [{HttpMethod: '*', ResourcePath: '/*', LoggingLevel: ERROR, MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 20, ThrottlingRateLimit: 20}]
  Firewall: {Type: AWS::WAFv2::WebACLAssociation, Properties: {WebACLArn: !ImportValue regional-web-acl, ResourceArn: !Sub 'arn:@{AWS::Partition}:apigateway:@{AWS::Region}::/restapis/@{Api}/stages/@{ApiStage}'}}
  WorkerErrors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Worker}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  WorkerThrottles: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{Name: FunctionName, Value: !Ref Worker}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  CloseErrors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Sub 'ledger-@{Stage}-close'}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  CloseThrottles: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{Name: FunctionName, Value: !Ref Close}], Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  JobDlqFilled: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !GetAtt JobDlq.QueueName}], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
  CloseDlqFilled: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{Name: QueueName, Value: !GetAtt CloseDlq.QueueName}], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref Alerts]}}
`);

const spec = (h: any): any => h.p('Api').Body;
const post = (h: any): any => spec(h).paths['/jobs'].post;

export const OPS_YAML: BlindSeed = {
  name: 'two: ledger, YAML of an ops person',
  style: 'yaml',
  stacks: { ledger: LEDGER },
  mutants: [
    m('G01', 'the password is resolved through a mapping', (h) => {
      h.t.Mappings.ByStage.prod.Bank = '{{resolve:secretsmanager:ledger/prod/bank:SecretString:password}}';
      h.t.Mappings.ByStage.dev.Bank = 'x';
      h.env('Worker', { BANK: find('ByStage', ref('Stage'), 'Bank') });
    }),
    m('G01', 'the reference is a Sub with the ARN of the secret as variable', (h) => h.env('Worker', {
      BANK_LOGIN: sub('{{resolve:secretsmanager:@{Where}:SecretString:password}}', { Where: ref('BankSecret') }),
    })),
    m('G02', 'the password comes from a parameter, in camel case', (h) => {
      h.t.Parameters.Bank = { Type: 'String', NoEcho: true };
      h.env('Worker', { bankPassword: ref('Bank') });
    }),
    m('G02', 'a Sub gives the API key from a map', (h) => h.env('Close', { PARTNER_API_KEY: sub('@{K}', { K: 'b2f8c9d1e4a7' }) })),
    m('G03', 'a connection string is built of pieces', (h) => h.env('Worker', { MONGO: join('', ['mongodb://', 'ledger:hunter2@', 'db.example.org/ledger']) })),
    m('G03', 'a Slack token is the default of a parameter', (h) => {
      h.t.Parameters.Hook = { Type: 'String', Default: 'xoxb-123456789012-123456789012-AbCdEfGhIjKlMnOpQrStUvWx' };
      h.env('Close', { HOOK: ref('Hook') });
    }),
    m('G04', 'the template of the generated secret holds a password', (h) => {
      h.p('BankSecret').GenerateSecretString = { SecretStringTemplate: sub('{"username":"ledger","password":"Winter-@{Stage}"}'), GenerateStringKey: 'salt' };
    }),
    m('G05', 'a token parameter with NoEcho as the text false', (h) => {
      h.t.Parameters.PartnerToken = { Type: 'String', NoEcho: 'false' };
    }),
    m('G05', 'a NoEcho password parameter has a default', (h) => {
      h.t.Parameters.MasterPassword = { Type: 'String', NoEcho: true, Default: 'changeme1' };
    }),
    m('G08', 'the mapping says DEBUG for prod', (h) => { h.t.Mappings.ByStage.prod.LogLevel = 'DEBUG'; }),
    m('G08', 'the application log level is trace in prod by a condition', (h) => { h.p('Close').LoggingConfig.ApplicationLogLevel = iff('IsProd', 'TRACE', 'INFO'); }),
    m('G09', 'TLS checks are off with a number', (h) => h.env('Worker', { NODE_TLS_REJECT_UNAUTHORIZED: 0 })),
    m('G10', 'NODE_OPTIONS loads a module from a layer', (h) => h.env('Worker', { NODE_OPTIONS: sub('--enable-source-maps -r /opt/@{Stage}/hook.js') })),
    m('G42', 'the response types are an empty list in prod', (h) => { h.p('WorkerMapping').FunctionResponseTypes = iff('IsProd', none, ['ReportBatchItemFailures']); }),
    m('G43', 'neither the mapping nor the function bounds the concurrency', (h) => {
      delete h.p('WorkerMapping').ScalingConfig;
      h.p('Worker').ReservedConcurrentExecutions = none;
    }),
    m('G44', 'the mapping of stages gives one receive', (h) => { h.t.Mappings.ByStage.prod.MaxReceive = 1; }),
    m('G44', 'the dead-letter queue forgets before the source does', (h) => {
      h.p('JobDlq').MessageRetentionPeriod = '86400';
    }),
    m('G45', 'the allow policy is a JSON text that allows all', (h) => { h.p('JobDlq').RedriveAllowPolicy = '{"redrivePermission":"allowAll"}'; }),
    m('G51', 'the schedule role may invoke every function of the account', (h) => {
      h.p('NightlyRole').Policies[0].PolicyDocument.Statement[0].Resource = sub('arn:@{AWS::Partition}:lambda:@{AWS::Region}:@{AWS::AccountId}:function:*');
    }),
    m('G51', 'the schedule has no dead letters and the default retries', (h) => {
      delete h.p('Nightly').Target.DeadLetterConfig;
      delete h.p('Nightly').Target.RetryPolicy;
    }),
    m('G34', 'the worker may change functions, by the name of its role', (h) => {
      h.add('Deploy', 'AWS::IAM::ManagedPolicy', {
        Roles: [sub('ledger-@{Stage}-worker')],
        PolicyDocument: doc(allow(['lambda:Update*'], sub('arn:@{AWS::Partition}:lambda:@{AWS::Region}:@{AWS::AccountId}:function:ledger-@{Stage}-worker'))),
      }, { DependsOn: 'WorkerRole' });
    }),
    m('G37', 'the whole of KMS, in capitals', (h) => h.grant('CloseRole', allow('KMS:*', att('LedgerKey')))),
    m('G46', 'the worker writes to its own queue, by a literal ARN', (h) => h.grant('WorkerRole', allow('sqs:SendMessage*', sub('arn:aws:sqs:@{AWS::Region}:@{AWS::AccountId}:ledger-@{Stage}-jobs')))),
    m('G73', 'the log group has the name of another function', (h) => { h.p('WorkerLogs').LogGroupName = sub('/aws/lambda/ledger-@{Stage}-workers'); }),
    m('G75', 'the alarm watches the throttles of another name', (h) => { h.p('WorkerThrottles').Dimensions[0].Value = 'ledger-worker'; }),
    m('G75', 'the dead-letter alarm watches the source queue', (h) => { h.p('JobDlqFilled').Dimensions[0].Value = att('Jobs', 'QueueName'); }),
    m('G76', 'the table goes with the stack when replaced', (h) => { h.r('Entries').UpdateReplacePolicy = 'Delete'; }),
    m('G76', 'the secret has no deletion policy', (h) => { delete h.r('BankSecret').DeletionPolicy; }),
    m('G77', 'deletion protection is the text false', (h) => { h.p('Entries').DeletionProtectionEnabled = 'false'; }),
    m('G87', 'untrusted code only warns', (h) => { h.p('Signing').CodeSigningPolicies = { UntrustedArtifactOnDeployment: 'Warn' }; }),
    m('G88', 'inline code of joined lines', (h) => { h.p('Close').Code = { ZipFile: join('\n', ['exports.handler = async () => {', '};']) }; }),
    m('G89', 'the runtime is frozen', (h) => {
      h.p('Worker').RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:0cdcfbdefbc5e7d3343f73c2e2dd3cba17d61dea0686b404502a0c9ce83931b9' };
    }),
    m('G90', 'fifteen minutes and no bound, as texts', (h) => {
      h.p('Close').Timeout = '900';
      delete h.p('Close').ReservedConcurrentExecutions;
    }),
    m('G90', 'ten gigabytes of scratch space', (h) => { h.p('Close').EphemeralStorage = { Size: 10240 }; }),
    m('G47', 'the mapping is switched off', (h) => { h.p('WorkerMapping').Enabled = 'false'; }),
    m('G19', 'the OpenAPI operation wants an API key alone', (h) => { spec(h).components.securitySchemes.key = { type: 'apiKey', name: 'x-api-key', in: 'header' }; post(h).security = [{ key: [] }]; }),
    m('G20', 'an any-method on a greedy path of the body has no security', (h) => { spec(h).paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { 'responses': {}, 'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'ANY', uri: 'https://old.example.org/{proxy}' } } }; }),
    m('G20', 'the operation says an empty list against the default of the document', (h) => { spec(h).security = [{ sigv4: [] }]; post(h).security = []; }),
    m('G15', 'the body defines a token authorizer that takes anything', (h) => { spec(h).components.securitySchemes.tok = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: sub('arn:aws:apigateway:@{AWS::Region}:lambda:path/2015-03-31/functions/@{Close.Arn}/invocations'), authorizerResultTtlInSeconds: 0 } }; post(h).security = [{ tok: [] }]; }),
    m('G16', 'the body defines a request authorizer of the query string', (h) => { spec(h).components.securitySchemes.req = { 'type': 'apiKey', 'name': 'Unused', 'in': 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'request', identitySource: 'method.request.querystring.token', authorizerUri: sub('arn:aws:apigateway:@{AWS::Region}:lambda:path/2015-03-31/functions/@{Close.Arn}/invocations'), authorizerResultTtlInSeconds: 0 } }; post(h).security = [{ req: [] }]; }),
    m('G56', 'the operation names a validator of parameters only', (h) => { spec(h)['x-amazon-apigateway-request-validators'].some = { validateRequestParameters: true, validateRequestBody: false }; post(h)['x-amazon-apigateway-request-validator'] = 'some'; }),
    m('G57', 'the schema of the body takes more', (h) => { delete spec(h).components.schemas.Job.additionalProperties; }),
    m('G58', 'the body pastes a parameter into the request', (h) => { post(h)['x-amazon-apigateway-integration'].requestTemplates['application/json'] = "Action=SendMessage&MessageBody=$input.params('kind')"; }),
    m('G59', 'the integration of the body goes by http', (h) => { post(h)['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'POST', uri: sub('http://old.@{Stage}.example.org/') }; }),
    m('G38', 'the integration of the body has the rights of the caller', (h) => { post(h)['x-amazon-apigateway-integration'].credentials = 'arn:aws:iam::*:user/*'; }),
    m('G13', 'a gateway response of the body has a star origin with credentials', (h) => { spec(h)['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" }; }),
    m('G38', 'the role of the integration of the body may do all of SQS', (h) => { h.p('PostRole').Policies[0].PolicyDocument.Statement[0].Action = ['sqs:*']; }),
    m('G33', 'the worker may read a second table it does not name', (h) => {
      h.add('Audit', 'AWS::DynamoDB::Table', { ...h.p('Entries'), TableName: 'ledger-audit' }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      h.grant('WorkerRole', allow('dynamodb:GetItem', att('Audit')));
    }),
    m('G20', 'the security is said for the whole document, which API Gateway does not read', (h) => { spec(h).security = post(h).security; delete post(h).security; }),
    m('G10', 'Python modules come from a mount', (h) => h.env('Worker', { PYTHONPATH: sub('/opt/python:/mnt/@{Stage}/lib') })),
    m('G03', 'a Google key in a tag', (h) => h.p('Close').Tags.push({ Key: 'maps', Value: 'AIzaSyA1234567890abcdefghijklmnopqrstuv' })),
    m('G03', 'a private key in an SSM parameter', (h) => h.add('Pem', 'AWS::SSM::Parameter', { Type: 'String', Value: join('\n', ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEow', '-----END RSA PRIVATE KEY-----']) })),
    m('G04', 'a secret is a JSON text out of a mapping', (h) => { h.t.Mappings.ByStage.prod.Body = '{"user":"a","password":"b3nd3r"}'; h.t.Mappings.ByStage.dev.Body = '{}'; delete h.p('BankSecret').GenerateSecretString; h.p('BankSecret').SecretString = find('ByStage', ref('Stage'), 'Body'); }),
  ],
  variants: [
    v('a variable called TOKEN_TTL_SECONDS: a number of seconds, no token', (h) => h.env('Worker', { TOKEN_TTL_SECONDS: '3600' })),
    v('PASSWORD_MIN_LENGTH holds a length', (h) => h.env('Worker', { PASSWORD_MIN_LENGTH: '14' })),
    v('SECRET_ARN through a Sub is a pointer', (h) => h.env('Worker', { PARTNER_SECRET_ARN: sub('arn:aws:secretsmanager:@{AWS::Region}:@{AWS::AccountId}:secret:ledger/@{Stage}/partner') })),
    v('an SSM path as API_KEY_PARAM is a pointer', (h) => h.env('Worker', { API_KEY_PARAM: sub('/ledger/@{Stage}/api-key') })),
    v('DEBUG in the dev row of the mapping only, and the text DEBUG elsewhere', (h) => { h.t.Mappings.ByStage.dev.Note = 'DEBUG'; }),
    v('LOG_LEVEL debug under a condition that is false in prod', (h) => h.env('Close', { LOG_LEVEL: iff('IsProd', 'WARN', 'DEBUG') })),
    v('TLS checks are explicitly on', (h) => h.env('Close', { NODE_TLS_REJECT_UNAUTHORIZED: '1' })),
    v('NODE_OPTIONS with source maps alone injects nothing', (h) => h.env('Close', { NODE_OPTIONS: '--enable-source-maps' })),
    v('the password template has an empty object, all is generated', (h) => { h.p('BankSecret').GenerateSecretString = { SecretStringTemplate: '{}', GenerateStringKey: 'password' }; }),
    v('a NoEcho parameter without default fills the secret', (h) => {
      h.t.Parameters.BankPassword = { Type: 'String', NoEcho: true };
      delete h.p('BankSecret').GenerateSecretString;
      h.p('BankSecret').SecretString = ref('BankPassword');
    }),
    v('a parameter called SecretArn without NoEcho is a pointer', (h) => { h.t.Parameters.PartnerSecretArn = { Type: 'String' }; }),
    v('a parameter of an SSM type named TokenIssuer holds a host', (h) => { h.t.Parameters.TokenIssuerUrl = { Type: 'String', Default: 'https://login.example.org/' }; }),
    v('RedrivePolicy as a JSON text of a Sub is the same policy', (h) => {
      h.p('Jobs').RedrivePolicy = sub('{"deadLetterTargetArn":"@{JobDlq.Arn}","maxReceiveCount":"5"}');
    }),
    v('numbers as texts: visibility and retention are the same', (h) => {
      h.p('Jobs').VisibilityTimeout = '180';
      h.p('JobDlq').MessageRetentionPeriod = '1209600';
      h.p('Worker').Timeout = '30';
    }),
    v('async failures by an event invoke config instead of DeadLetterConfig', (h) => {
      delete h.p('Close').DeadLetterConfig;
      h.add('CloseAsync', 'AWS::Lambda::EventInvokeConfig', { FunctionName: ref('Close'), Qualifier: '$LATEST', MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: att('CloseDlq') } } });
    }),
    v('the concurrency is bound by the mapping, not by the function', (h) => { delete h.p('Worker').ReservedConcurrentExecutions; }),
    v('a Deny of kms:* in a function role gives nothing', (h) => h.grant('CloseRole', { Effect: 'Deny', Action: ['kms:CreateGrant', 'kms:PutKeyPolicy'], Resource: '*' })),
    v('a Deny of lambda:Update* forbids self-change', (h) => h.grant('WorkerRole', { Effect: 'Deny', Action: 'lambda:*', Resource: '*' })),
    v('the alarm on errors by metric math', (h) => {
      h.p('WorkerErrors').Metrics = [
        { Id: 'e', ReturnData: false, MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: ref('Worker') }] }, Period: 60, Stat: 'Sum' } },
        { Id: 'sum', Expression: 'FILL(e, 0)' },
      ];
      for (const gone of ['Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Period']) delete h.p('WorkerErrors')[gone];
    }),
    v('RetainExceptOnCreate keeps the table as well', (h) => { h.r('Entries').DeletionPolicy = 'RetainExceptOnCreate'; }),
    v('Snapshot-free stores: Retain written by the ops person on the topic too', (h) => { h.r('Alerts').DeletionPolicy = 'Retain'; }),
    v('the queue ARN in the role by Select of a Split of itself', (h) => {
      h.p('WorkerRole').Policies[0].PolicyDocument.Statement[1].Resource = join(':', ['arn', ref('AWS::Partition'), 'sqs', ref('AWS::Region'), ref('AWS::AccountId'), sel(1, split('|', sub('x|ledger-@{Stage}-jobs')))]);
    }),
    v('the operation of the body wants signature and key together', (h) => { spec(h).components.securitySchemes.key = { type: 'apiKey', name: 'x-api-key', in: 'header' }; post(h).security = [{ sigv4: [], key: [] }]; }),
    v('an options operation of the body answers the preflight as a mock', (h) => { spec(h).paths['/jobs'].options = { 'responses': { 204: { description: 'ok', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } } }, 'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":204}' }, responses: { default: { statusCode: '204', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://ledger.example.org'" } } } } }; }),
    v('the validator is named by the operation', (h) => { delete spec(h)['x-amazon-apigateway-request-validator']; post(h)['x-amazon-apigateway-request-validator'] = 'all'; }),
    v('the schema of the operation is written inline', (h) => { post(h).requestBody.content['application/json'].schema = spec(h).components.schemas.Job; }),
    v('another RestApi policy that denies strangers beside IAM', (h) => { h.p('Api').Policy = doc({ Effect: 'Allow', Principal: { AWS: sub('arn:aws:iam::@{AWS::AccountId}:root') }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }); }),
    v('runtime updates on function update are not frozen', (h) => { h.p('Worker').RuntimeManagementConfig = { UpdateRuntimeOn: 'FunctionUpdate' }; }),
    v('fifteen minutes, with one execution at a time', (h) => {
      h.p('Close').Timeout = 900;
      h.p('Close').ReservedConcurrentExecutions = '1';
    }),
    v('deletion protection is the text true', (h) => { h.p('Entries').DeletionProtectionEnabled = 'true'; }),
    v('two security entries of the body: API Gateway wants the signature and the key', (h) => { spec(h).components.securitySchemes.key = { type: 'apiKey', name: 'x-api-key', in: 'header' }; post(h).security.push({ key: [] }); }),
  ],
};
