import { add, BlindSeed, breach, fault, prop, safe } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: Parcels, as sam init begins it and a team goes on
Parameters:
  Partner: { Type: String, Default: '444455556666', Description: the account of the carrier }
  KeyArn: { Type: AWS::SSM::Parameter::Value<String>, Default: /shared/data-key }
  AlarmTopic: { Type: AWS::SSM::Parameter::Value<String>, Default: /shared/alarm-topic }
  SigningConfig: { Type: AWS::SSM::Parameter::Value<String>, Default: /shared/signing-config }
Globals:
  Function:
    Runtime: nodejs22.x
    Timeout: 15
    MemorySize: 512
    Tracing: Active
    KmsKeyArn: !Ref KeyArn
    CodeSigningConfigArn: !Ref SigningConfig
    Environment: { Variables: { LOG_LEVEL: INFO, NODE_OPTIONS: --enable-source-maps } }
    LoggingConfig: { LogFormat: JSON, ApplicationLogLevel: INFO }
    ReservedConcurrentExecutions: 20
  HttpApi:
    CorsConfiguration: { AllowOrigins: ['https://parcels.example.org'], AllowMethods: [GET, POST], AllowHeaders: [authorization, content-type], AllowCredentials: true }
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: live
      DisableExecuteApiEndpoint: true
      Domain: { DomainName: api.parcels.example.org, CertificateArn: !Sub 'arn:\${AWS::Partition}:acm:\${AWS::Region}:\${AWS::AccountId}:certificate/0f1e2d3c-aaaa-bbbb-cccc-444455556666', SecurityPolicy: TLS_1_2 }
      DefaultRouteSettings: { ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 }
      AccessLogSettings:
        DestinationArn: !GetAtt AccessLogs.Arn
        Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.routeKey","status":"$context.status","error":"$context.error.message","who":"$context.authorizer.claims.sub"}'
      Auth:
        DefaultAuthorizer: staff
        Authorizers:
          staff:
            IdentitySource: $request.header.Authorization
            AuthorizationScopes: [parcels/read]
            JwtConfiguration: { issuer: 'https://login.parcels.example.org/', audience: [parcels] }
  AccessLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !Ref KeyArn }
  TrackLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/lambda/parcels-track, RetentionInDays: 365, KmsKeyId: !Ref KeyArn }
  LabelLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/lambda/parcels-label, RetentionInDays: 365, KmsKeyId: !Ref KeyArn }
  Track:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: parcels-track
      CodeUri: s3://parcels-artifacts/track.zip
      Handler: track.handler
      Environment: { Variables: { TABLE_NAME: !Ref Parcels, CARRIER_SECRET_ARN: !Ref Carrier } }
      Policies:
        - DynamoDBReadPolicy: { TableName: !Ref Parcels }
        - Version: '2012-10-17'
          Statement:
            - { Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: !Ref Carrier }
            - { Effect: Allow, Action: kms:Decrypt, Resource: !Ref KeyArn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 'dynamodb.\${AWS::Region}.amazonaws.com', !Sub 'secretsmanager.\${AWS::Region}.amazonaws.com'] } } }
      Events:
        Find: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: get, Path: '/parcels/{id}' } }
        List: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: get, Path: /parcels } }
  Label:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: parcels-label
      CodeUri: s3://parcels-artifacts/label.zip
      Handler: label.handler
      Environment: { Variables: { TABLE_NAME: !Ref Parcels } }
      Policies:
        - Version: '2012-10-17'
          Statement:
            - { Effect: Allow, Action: [dynamodb:PutItem, dynamodb:UpdateItem], Resource: !GetAtt Parcels.Arn }
            - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !Ref KeyArn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 'dynamodb.\${AWS::Region}.amazonaws.com', !Sub 'sqs.\${AWS::Region}.amazonaws.com'] } } }
      Events:
        Work:
          Type: SQS
          Properties: { Queue: !GetAtt Labels.Arn, BatchSize: 5, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: { MaximumConcurrency: 5 } }
  Carrier:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { KmsKeyId: !Ref KeyArn, GenerateSecretString: { PasswordLength: 40, SecretStringTemplate: '{"user":"parcels"}', GenerateStringKey: password } }
  CarrierRotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties: { SecretId: !Ref Carrier, RotationLambdaARN: !Sub 'arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:shared-rotation', RotationRules: { AutomaticallyAfterDays: 30 } }
  Parcels:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !Ref KeyArn }
  LabelsDead:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: !Ref KeyArn, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:parcels-labels'] } }
  Labels:
    Type: AWS::SQS::Queue
    Properties: { QueueName: parcels-labels, KmsMasterKeyId: !Ref KeyArn, VisibilityTimeout: 120, RedrivePolicy: { deadLetterTargetArn: !GetAtt LabelsDead.Arn, maxReceiveCount: 5 } }
  LabelsPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Labels]
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Sid: Tls, Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Labels.Arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
          - Sid: Carrier
            Effect: Allow
            Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${Partner}:role/labels' }
            Action: sqs:SendMessage
            Resource: !GetAtt Labels.Arn
            Condition: { StringEquals: { 'aws:PrincipalOrgID': o-a1b2c3d4e5 } }
  LabelsDeadPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref LabelsDead]
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt LabelsDead.Arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] }
  TrackErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Track }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref AlarmTopic] } }
  TrackThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Track }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref AlarmTopic] } }
  LabelErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Label }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref AlarmTopic] } }
  LabelThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Label }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref AlarmTopic] } }
  LabelsLost: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt LabelsDead.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!Ref AlarmTopic] } }
`;

/** What all functions share stands in Globals; rights stand in SAM's policy templates. */
export const PARCELS: BlindSeed = {
  name: 'Parcels in SAM, with Globals and an HTTP API',
  style: 'sam',
  stacks: { Parcels: TEMPLATE },
  mutants: [
    breach('lambda.runtime', 'all functions run on a runtime of years ago, by Globals', ({ Parcels }) => { Parcels.Globals.Function.Runtime = 'nodejs16.x'; }),
    breach('lambda.tracing', 'no function is traced, by Globals', ({ Parcels }) => { Parcels.Globals.Function.Tracing = 'PassThrough'; }),
    breach('lambda.env-cmk', 'the variables of all functions lose their key, by Globals', ({ Parcels }) => { delete Parcels.Globals.Function.KmsKeyArn; }),
    fault('G08', 'all functions write debug logs, by the logging configuration of Globals', ({ Parcels }) => { Parcels.Globals.Function.LoggingConfig.ApplicationLogLevel = 'TRACE'; }),
    fault('G10', 'all functions open the inspector of Node.js, by Globals', ({ Parcels }) => { Parcels.Globals.Function.Environment.Variables.NODE_OPTIONS = '--enable-source-maps --inspect=0.0.0.0:9229'; }),
    fault('G11', 'pages of any site over https may send cookies, by Globals', ({ Parcels }) => { Parcels.Globals.HttpApi.CorsConfiguration.AllowOrigins = ['https://*']; }),
    fault('G12', 'a page that came in the clear may call', ({ Parcels }) => { Parcels.Globals.HttpApi.CorsConfiguration.AllowOrigins.push('http://parcels.example.org'); }),
    fault('G17', 'the authorizer takes tokens that were made for others', ({ Parcels }) => { delete prop(Parcels, 'Api').Auth.Authorizers.staff.JwtConfiguration.audience; }),
    fault('G18', 'a token of any scope opens the routes', ({ Parcels }) => { delete prop(Parcels, 'Api').Auth.Authorizers.staff.AuthorizationScopes; }),
    fault('G16', 'the token is read from the query', ({ Parcels }) => { prop(Parcels, 'Api').Auth.Authorizers.staff.IdentitySource = '$request.querystring.access_token'; }),
    breach('apigwv2.route-auth', 'one event of the function opts out of the default authorizer', ({ Parcels }) => { prop(Parcels, 'Track').Events.List.Properties.Auth = { Authorizer: 'NONE' }; }),
    fault('G20', 'an event without a path and a method takes every route, and opts out of the authorizer', ({ Parcels }) => { prop(Parcels, 'Track').Events.Rest = { Type: 'HttpApi', Properties: { ApiId: { Ref: 'Api' }, Auth: { Authorizer: 'NONE' } } }; }),
    breach('apigwv2.access-logging', 'the API writes no access log', ({ Parcels }) => { delete prop(Parcels, 'Api').AccessLogSettings; }),
    breach('apigw.structured-logs', 'the access log is a line of text that nobody can query', ({ Parcels }) => { prop(Parcels, 'Api').AccessLogSettings.Format = '$context.identity.sourceIp - $context.requestId - $context.status - $context.routeKey - $context.error.message - $context.authorizer.claims.sub'; }),
    fault('G31', 'the function behind two GET routes may change the table, by the policy template', ({ Parcels }) => { prop(Parcels, 'Track').Policies[0] = { DynamoDBCrudPolicy: { TableName: { Ref: 'Parcels' } } }; }),
    breach('lambda.role-admin', 'a managed policy of administrators stands among the policies', ({ Parcels }) => { prop(Parcels, 'Label').Policies.push('AdministratorAccess'); }),
    fault('G34', 'the function may change functions, by the name of a policy of AWS', ({ Parcels }) => { prop(Parcels, 'Label').Policies.push('AWSLambda_FullAccess'); }),
    fault('G02', 'a token stands among the variables of Globals', ({ Parcels }) => { Parcels.Globals.Function.Environment.Variables.CARRIER_API_TOKEN = 'k3Jd82lsPq0x7Yb1'; }),
    fault('G01', 'the password is resolved into the variable, with the secret named by Fn::Sub', ({ Parcels }) => { prop(Parcels, 'Track').Environment.Variables.CARRIER = { 'Fn::Sub': '{{resolve:secretsmanager:${Carrier}:SecretString:password}}' }; }),
    fault('G42', 'a failed message brings its whole batch back', ({ Parcels }) => { delete prop(Parcels, 'Label').Events.Work.Properties.FunctionResponseTypes; }),
    breach('lambda.sqs-visibility', 'a message is seen again while the function may still work, by the timeout of Globals', ({ Parcels }) => { Parcels.Globals.Function.Timeout = 180; }),
    fault('G73', 'the function is renamed and its log group is not', ({ Parcels }) => { prop(Parcels, 'Track').FunctionName = 'parcels-tracking'; }),
    breach('sqs.public', 'the condition on the organization also holds for whoever is in none', ({ Parcels }) => {
      const [, carrier] = prop(Parcels, 'LabelsPolicy').PolicyDocument.Statement;
      carrier.Principal = '*';
      carrier.Condition = { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } };
    }),
    breach('sqs.tls', 'the statement against connections in the clear names another queue', ({ Parcels }) => { prop(Parcels, 'LabelsPolicy').PolicyDocument.Statement[0].Resource = { 'Fn::GetAtt': ['LabelsDead', 'Arn'] }; }),
    fault('G87', 'the code of all functions is unsigned, by Globals', ({ Parcels }) => { delete Parcels.Globals.Function.CodeSigningConfigArn; }),
    fault('G43', 'the queue is read without a bound: neither the mapping nor the function has one', ({ Parcels }) => {
      delete prop(Parcels, 'Label').Events.Work.Properties.ScalingConfig;
      delete Parcels.Globals.Function.ReservedConcurrentExecutions;
    }),
    breach('lambda.layer-permission', 'everybody may load the layer of the team', ({ Parcels }) => {
      add(Parcels, 'Common', 'AWS::Serverless::LayerVersion', { ContentUri: 's3://parcels-artifacts/common.zip' });
      add(Parcels, 'CommonForAll', 'AWS::Lambda::LayerVersionPermission', { LayerVersionArn: { Ref: 'Common' }, Action: 'lambda:GetLayerVersion', Principal: '*' });
    }),
    breach('sqs.notaction', 'the carrier may do all but send', ({ Parcels }) => { const [, carrier] = prop(Parcels, 'LabelsPolicy').PolicyDocument.Statement; delete carrier.Action; carrier.NotAction = 'sqs:SendMessage'; }),
  ],
  variants: [
    safe('what Globals say, one function says itself', ({ Parcels }) => {
      delete Parcels.Globals.Function.Tracing;
      for (const id of ['Track', 'Label']) prop(Parcels, id).Tracing = 'Active';
    }),
    safe('the carrier is any role of one account, and the organization still bounds it', ({ Parcels }) => { prop(Parcels, 'LabelsPolicy').PolicyDocument.Statement[1].Principal = { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${Partner}:root' } }; }),
    safe('anybody of the organization may send, by an exact condition', ({ Parcels }) => { prop(Parcels, 'LabelsPolicy').PolicyDocument.Statement[1].Principal = '*'; }),
    safe('the authorizer is named by each event, and not by the API', ({ Parcels }) => {
      delete prop(Parcels, 'Api').Auth.DefaultAuthorizer;
      for (const event of ['Find', 'List']) prop(Parcels, 'Track').Events[event].Properties.Auth = { Authorizer: 'staff', AuthorizationScopes: ['parcels/read'] };
    }),
    safe('the rights of a policy template written out', ({ Parcels }) => {
      prop(Parcels, 'Track').Policies[0] = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${Parcels}' }] }] };
    }),
    safe('the function logs to a group of another name', ({ Parcels }) => {
      prop(Parcels, 'TrackLogs').LogGroupName = '/parcels/tracking';
      prop(Parcels, 'Track').LoggingConfig = { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', LogGroup: { Ref: 'TrackLogs' } };
      prop(Parcels, 'Track').Policies[1].Statement.push({ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': ['TrackLogs', 'Arn'] } });
    }),
    safe('a variable named like a token tells where the token is', ({ Parcels }) => { prop(Parcels, 'Track').Environment.Variables.CARRIER_TOKEN = { Ref: 'Carrier' }; }),
    safe('the origins of CORS come from a parameter that cannot be anything else', ({ Parcels }) => {
      Parcels.Parameters.Site = { Type: 'String', Default: 'https://parcels.example.org', AllowedValues: ['https://parcels.example.org', 'https://staging.parcels.example.org'] };
      Parcels.Globals.HttpApi.CorsConfiguration.AllowOrigins = [{ Ref: 'Site' }];
    }),
    safe('a second, exact statement for the dead letters', ({ Parcels }) => {
      add(Parcels, 'Redrive', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sqs:StartMessageMoveTask', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: { 'Fn::GetAtt': ['LabelsDead', 'Arn'] } }] } });
    }),
  ],
};
