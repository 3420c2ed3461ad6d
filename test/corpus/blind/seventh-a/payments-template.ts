const watch = (id: string, namespace: string, metric: string, dimensions: string, threshold = 1): string => `
  ${id}:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: ${namespace}
      MetricName: ${metric}
      Dimensions: [${dimensions}]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: ${threshold}
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [!Ref PagerArn]
      Tags: [{ Key: team, Value: payments }]`;

/** Payments: a REST API in front of a function, which a queue parts from settlement. By hand, with mappings and conditions for stages. */
export const PAYMENTS = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Payments
Parameters:
  Stage: { Type: String, AllowedValues: [dev, prod], Default: prod }
  ProviderSecretArn: { Type: String, AllowedPattern: 'arn:.*' }
  ArtifactBucket: { Type: String }
  PagerArn: { Type: String }
  SigningConfigArn: { Type: String }
Mappings:
  Stages:
    dev: { level: INFO, rate: 20, burst: 10, retention: 365, origin: 'https://dev.pay.example.org' }
    prod: { level: INFO, rate: 200, burst: 100, retention: 400, origin: 'https://pay.example.org' }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  DataKey:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      PendingWindowInDays: 30
      Tags: [{ Key: team, Value: payments }]
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - Effect: Allow
            Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }
            Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey']
            Resource: '*'
            Condition:
              ArnLike: { 'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:*' }
  Ledger:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt DataKey.Arn }
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      DeletionProtectionEnabled: true
      Tags: [{ Key: team, Value: payments }]
  Settlement:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub '\${AWS::StackName}-settlement'
      KmsMasterKeyId: !Ref DataKey
      VisibilityTimeout: 180
      MessageRetentionPeriod: 345600
      RedrivePolicy: { deadLetterTargetArn: !GetAtt SettlementDead.Arn, maxReceiveCount: 5 }
      Tags: [{ Key: team, Value: payments }]
  SettlementDead:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref DataKey
      MessageRetentionPeriod: 1209600
      RedriveAllowPolicy:
        redrivePermission: byQueue
        sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:\${AWS::StackName}-settlement']
      Tags: [{ Key: team, Value: payments }]
  QueueRules:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Settlement, !Ref SettlementDead]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: 'sqs:*'
            Resource: [!GetAtt Settlement.Arn, !GetAtt SettlementDead.Arn]
            Condition: { Bool: { 'aws:SecureTransport': 'false' } }
  ChargeRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Tags: [{ Key: team, Value: payments }]
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt ChargeLogs.Arn }
              - { Effect: Allow, Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }
              - { Effect: Allow, Action: ['dynamodb:PutItem', 'dynamodb:GetItem'], Resource: !GetAtt Ledger.Arn }
              - { Effect: Allow, Action: 'sqs:SendMessage', Resource: !GetAtt Settlement.Arn }
              - { Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: !Ref ProviderSecretArn }
              - Effect: Allow
                Action: ['kms:Decrypt', 'kms:GenerateDataKey']
                Resource: !GetAtt DataKey.Arn
                Condition:
                  StringEquals:
                    'kms:ViaService':
                      - !Sub 'sqs.\${AWS::Region}.amazonaws.com'
                      - !Sub 'dynamodb.\${AWS::Region}.amazonaws.com'
                      - !Sub 'secretsmanager.\${AWS::Region}.amazonaws.com'
  ChargeLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      RetentionInDays: !FindInMap [Stages, !Ref Stage, retention]
      KmsKeyId: !GetAtt DataKey.Arn
      DataProtectionPolicy: &mask
        Name: mask
        Version: '2021-06-01'
        Statement:
          - DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/CreditCardNumber']
            Operation: { Audit: { FindingsDestination: {} } }
          - DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/CreditCardNumber']
            Operation: { Deidentify: { MaskConfig: {} } }
  Charge:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt ChargeRole.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Architectures: [arm64]
      Code: { S3Bucket: !Ref ArtifactBucket, S3Key: charge.zip }
      CodeSigningConfigArn: !Ref SigningConfigArn
      Timeout: 15
      MemorySize: 512
      ReservedConcurrentExecutions: 20
      KmsKeyArn: !GetAtt DataKey.Arn
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: !Ref ChargeLogs, LogFormat: JSON, ApplicationLogLevel: !FindInMap [Stages, !Ref Stage, level] }
      Tags: [{ Key: team, Value: payments }]
      Environment:
        Variables:
          LEDGER: !Ref Ledger
          QUEUE_URL: !Ref Settlement
          PROVIDER_SECRET_ARN: !Ref ProviderSecretArn
          LOG_LEVEL: !FindInMap [Stages, !Ref Stage, level]
  SettleRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Tags: [{ Key: team, Value: payments }]
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt SettleLogs.Arn }
              - { Effect: Allow, Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }
              - { Effect: Allow, Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: !GetAtt Settlement.Arn }
              - { Effect: Allow, Action: 'dynamodb:UpdateItem', Resource: !GetAtt Ledger.Arn }
              - Effect: Allow
                Action: 'kms:Decrypt'
                Resource: !GetAtt DataKey.Arn
                Condition:
                  StringEquals: { 'kms:ViaService': [!Sub 'sqs.\${AWS::Region}.amazonaws.com', !Sub 'dynamodb.\${AWS::Region}.amazonaws.com'] }
  SettleLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt DataKey.Arn, DataProtectionPolicy: *mask }
  Settle:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt SettleRole.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Architectures: [arm64]
      Code: { S3Bucket: !Ref ArtifactBucket, S3Key: settle.zip }
      CodeSigningConfigArn: !Ref SigningConfigArn
      Timeout: 30
      MemorySize: 256
      ReservedConcurrentExecutions: 5
      KmsKeyArn: !GetAtt DataKey.Arn
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: !Ref SettleLogs, LogFormat: JSON, ApplicationLogLevel: INFO }
      Tags: [{ Key: team, Value: payments }]
      Environment: { Variables: { LEDGER: !Ref Ledger } }
  SettleFromQueue:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: !Ref Settle
      EventSourceArn: !GetAtt Settlement.Arn
      BatchSize: 10
      FunctionResponseTypes: [ReportBatchItemFailures]
      ScalingConfig: { MaximumConcurrency: 5 }
  GateRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Tags: [{ Key: team, Value: payments }]
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt GateLogs.Arn }
              - { Effect: Allow, Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }
  GateLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt DataKey.Arn, DataProtectionPolicy: *mask }
  Gate:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt GateRole.Arn
      Runtime: python3.14
      Handler: gate.handler
      Architectures: [arm64]
      Code: { S3Bucket: !Ref ArtifactBucket, S3Key: gate.zip }
      CodeSigningConfigArn: !Ref SigningConfigArn
      Timeout: 5
      MemorySize: 256
      ReservedConcurrentExecutions: 20
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: !Ref GateLogs, LogFormat: JSON, ApplicationLogLevel: INFO }
      Tags: [{ Key: team, Value: payments }]
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: payments
      EndpointConfiguration: { Types: [REGIONAL] }
      SecurityPolicy: SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09
      EndpointAccessMode: STRICT
      Tags: [{ Key: team, Value: payments }]
  Authorizer:
    Type: AWS::ApiGateway::Authorizer
    Properties:
      RestApiId: !Ref Api
      Name: gate
      Type: TOKEN
      IdentitySource: method.request.header.Authorization
      IdentityValidationExpression: '^Bearer [A-Za-z0-9._-]{20,2000}$'
      AuthorizerResultTtlInSeconds: 0
      AuthorizerUri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Gate.Arn}/invocations'
  GateCalled:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Gate
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
      SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/authorizers/\${Authorizer}'
  Validator:
    Type: AWS::ApiGateway::RequestValidator
    Properties: { RestApiId: !Ref Api, Name: all, ValidateRequestBody: true, ValidateRequestParameters: true }
  PaymentModel:
    Type: AWS::ApiGateway::Model
    Properties:
      RestApiId: !Ref Api
      Name: Payment
      ContentType: application/json
      Schema:
        $schema: http://json-schema.org/draft-04/schema#
        type: object
        additionalProperties: false
        required: [order, amount]
        properties:
          order: { type: string, maxLength: 36, pattern: '^[0-9a-f-]{36}$' }
          amount: { type: integer, minimum: 1, maximum: 1000000 }
  PaymentsPath:
    Type: AWS::ApiGateway::Resource
    Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: payments }
  PostPayment:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref PaymentsPath
      HttpMethod: POST
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Authorizer
      ApiKeyRequired: true
      RequestValidatorId: !Ref Validator
      RequestModels: { application/json: !Ref PaymentModel }
      Integration:
        Type: AWS_PROXY
        IntegrationHttpMethod: POST
        Uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Charge.Arn}/invocations'
  PreflightPayment:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref PaymentsPath
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      MethodResponses:
        - StatusCode: '204'
          ResponseParameters:
            method.response.header.Access-Control-Allow-Origin: true
            method.response.header.Access-Control-Allow-Methods: true
            method.response.header.Access-Control-Allow-Headers: true
      Integration:
        Type: MOCK
        RequestTemplates: { application/json: '{"statusCode":204}' }
        IntegrationResponses:
          - StatusCode: '204'
            ResponseParameters:
              method.response.header.Access-Control-Allow-Origin: !Sub ["'\${origin}'", { origin: !FindInMap [Stages, !Ref Stage, origin] }]
              method.response.header.Access-Control-Allow-Methods: "'POST'"
              method.response.header.Access-Control-Allow-Headers: "'authorization,content-type,x-api-key'"
  ChargeCalled:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Charge
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
      SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/\${Stage}/POST/payments'
  Client4xx:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, ResponseTemplates: { application/json: '{"message":"refused"}' } }
  Server5xx:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_5XX, ResponseTemplates: { application/json: '{"message":"failed"}' } }
  BadBody:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: { RestApiId: !Ref Api, ResponseType: BAD_REQUEST_BODY, ResponseTemplates: { application/json: '{"message":"malformed"}' } }
  Deployment:
    Type: AWS::ApiGateway::Deployment
    DependsOn: [PostPayment, PreflightPayment]
    Properties: { RestApiId: !Ref Api }
  ApiLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt DataKey.Arn, DataProtectionPolicy: *mask }
  ApiStage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: !Ref Deployment
      StageName: !Ref Stage
      TracingEnabled: true
      Tags: [{ Key: team, Value: payments }]
      AccessLogSetting:
        DestinationArn: !GetAtt ApiLogs.Arn
        Format: >-
          {"requestId":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.resourcePath","method":"$context.httpMethod",
          "status":"$context.status","error":"$context.error.message","principal":"$context.authorizer.principalId","time":"$context.requestTime"}
      MethodSettings:
        - HttpMethod: '*'
          ResourcePath: '/*'
          LoggingLevel: ERROR
          MetricsEnabled: true
          DataTraceEnabled: false
          ThrottlingRateLimit: !FindInMap [Stages, !Ref Stage, rate]
          ThrottlingBurstLimit: !FindInMap [Stages, !Ref Stage, burst]
  Partners:
    Type: AWS::ApiGateway::UsagePlan
    Properties:
      ApiStages: [{ ApiId: !Ref Api, Stage: !Ref ApiStage }]
      Throttle: { RateLimit: 50, BurstLimit: 20 }
      Quota: { Limit: 100000, Period: DAY }
      Tags: [{ Key: team, Value: payments }]
  Firewall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: payments
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: payments, SampledRequestsEnabled: false }
      Tags: [{ Key: team, Value: payments }]
      Rules:
        - Name: rate
          Priority: 0
          Action: { Block: {} }
          Statement: { RateBasedStatement: { Limit: 500, AggregateKeyType: IP } }
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: rate, SampledRequestsEnabled: false }
        - Name: common
          Priority: 1
          OverrideAction: { None: {} }
          Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet } }
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: common, SampledRequestsEnabled: false }
        - Name: known
          Priority: 2
          OverrideAction: { None: {} }
          Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet } }
          VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: known, SampledRequestsEnabled: false }
  FirewallOnApi:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      ResourceArn: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${Api}/stages/\${ApiStage}'
      WebACLArn: !GetAtt Firewall.Arn
  FirewallLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: aws-waf-logs-payments, RetentionInDays: 365, KmsKeyId: !GetAtt DataKey.Arn }
  FirewallLogging:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties:
      ResourceArn: !GetAtt Firewall.Arn
      LogDestinationConfigs: [!GetAtt FirewallLogs.Arn]
      RedactedFields: [{ SingleHeader: { Name: authorization } }, { SingleHeader: { Name: cookie } }, { SingleHeader: { Name: x-api-key } }]
${[
  watch('ChargeErrors', 'AWS/Lambda', 'Errors', '{ Name: FunctionName, Value: !Ref Charge }'),
  watch('ChargeThrottles', 'AWS/Lambda', 'Throttles', '{ Name: FunctionName, Value: !Ref Charge }'),
  watch('SettleErrors', 'AWS/Lambda', 'Errors', '{ Name: FunctionName, Value: !Ref Settle }'),
  watch('SettleThrottles', 'AWS/Lambda', 'Throttles', '{ Name: FunctionName, Value: !Ref Settle }'),
  watch('GateErrors', 'AWS/Lambda', 'Errors', '{ Name: FunctionName, Value: !Ref Gate }'),
  watch('GateThrottles', 'AWS/Lambda', 'Throttles', '{ Name: FunctionName, Value: !Ref Gate }'),
  watch('LostSettlements', 'AWS/SQS', 'ApproximateNumberOfMessagesVisible', '{ Name: QueueName, Value: !GetAtt SettlementDead.QueueName }'),
  watch('ApiFaults', 'AWS/ApiGateway', '5XXError', '{ Name: ApiName, Value: payments }, { Name: Stage, Value: !Ref Stage }'),
  watch('ApiRefusals', 'AWS/ApiGateway', '4XXError', '{ Name: ApiName, Value: payments }, { Name: Stage, Value: !Ref Stage }', 100),
  watch('Blocks', 'AWS/WAFV2', 'BlockedRequests',
    '{ Name: WebACL, Value: payments }, { Name: Region, Value: !Ref AWS::Region }, { Name: Rule, Value: ALL }', 100),
].join('')}`;
