import { add, BlindSeed, breach, fault, prop, safe } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Bookings of meeting rooms; the API is an OpenAPI 3 document
Parameters:
  Stage: { Type: String, AllowedValues: [prod, sandbox], Default: prod }
  CertificateArn: { Type: String, Default: 'arn:aws:acm:eu-west-1:111122223333:certificate/0f1e2d3c-1111-2222-3333-444455556666' }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsSandbox: !Equals [!Ref Stage, sandbox]
Mappings:
  Stages:
    prod: { trace: false, level: ERROR, rate: 50, burst: 100, tls: TLS_1_2, site: 'https://rooms.example.org', keep: 365, concurrency: 20 }
    sandbox: { trace: false, level: ERROR, rate: 5, burst: 10, tls: TLS_1_2, site: 'https://sandbox.rooms.example.org', keep: 365, concurrency: 5 }
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - Effect: Allow
            Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }
            Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey]
            Resource: '*'
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:*' } }
  Rooms:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: room, AttributeType: S }, { AttributeName: slot, AttributeType: S }]
      KeySchema: [{ AttributeName: room, KeyType: HASH }, { AttributeName: slot, KeyType: RANGE }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn }
  FeedbackDead:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref Key
      MessageRetentionPeriod: 1209600
      RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:rooms-feedback'] }
  Feedback:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: rooms-feedback
      KmsMasterKeyId: !Ref Key
      RedrivePolicy: { deadLetterTargetArn: !GetAtt FeedbackDead.Arn, maxReceiveCount: 5 }
  FeedbackPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Feedback, !Ref FeedbackDead]
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]
  FeedbackRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: apigateway.amazonaws.com }
            Action: sts:AssumeRole
            Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } }
      Policies:
        - PolicyName: send
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Feedback.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': !Sub 'sqs.\${AWS::Region}.amazonaws.com' } } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: work
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt Logs.Arn }
              - { Effect: Allow, Action: [dynamodb:GetItem, dynamodb:Query, dynamodb:PutItem], Resource: !GetAtt Rooms.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': !Sub 'dynamodb.\${AWS::Region}.amazonaws.com' } } }
              - { Effect: Allow, Action: [xray:PutTraceSegments, xray:PutTelemetryRecords], Resource: '*' }
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: !FindInMap [Stages, !Ref Stage, keep], KmsKeyId: !GetAtt Key.Arn }
  AccessLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  Book:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: python3.13
      Handler: app.handler
      Timeout: 10
      MemorySize: 256
      ReservedConcurrentExecutions: !FindInMap [Stages, !Ref Stage, concurrency]
      KmsKeyArn: !GetAtt Key.Arn
      TracingConfig: { Mode: Active }
      Code: { S3Bucket: !ImportValue artifacts-bucket, S3Key: book.zip, S3ObjectVersion: '14' }
      CodeSigningConfigArn: !ImportValue signing-config
      Environment: { Variables: { TABLE: !Ref Rooms, LOG_LEVEL: !If [IsProd, INFO, DEBUG] } }
      LoggingConfig: { LogGroup: !Ref Logs, LogFormat: JSON }
  Users:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      MfaConfiguration: 'ON'
      EnabledMfas: [SOFTWARE_TOKEN_MFA]
      DeletionProtection: ACTIVE
      UserPoolTier: PLUS
      UserPoolAddOns: { AdvancedSecurityMode: ENFORCED }
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: verified_email, Priority: 1 }] }
      Policies: { PasswordPolicy: { MinimumLength: 14, RequireLowercase: true, RequireUppercase: true, RequireNumbers: true, RequireSymbols: true, TemporaryPasswordValidityDays: 3 } }
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      DisableExecuteApiEndpoint: true
      EndpointConfiguration: { Types: [REGIONAL] }
      Body:
        openapi: 3.0.1
        info: { title: rooms, version: '3' }
        x-amazon-apigateway-request-validators: { whole: { validateRequestBody: true, validateRequestParameters: true } }
        x-amazon-apigateway-request-validator: whole
        x-amazon-apigateway-gateway-responses:
          DEFAULT_4XX: { responseTemplates: { application/json: '{"message":"refused","request":"$context.requestId"}' } }
          DEFAULT_5XX: { responseTemplates: { application/json: '{"message":"failed","request":"$context.requestId"}' } }
        paths:
          /bookings:
            get:
              security: [{ members: [rooms/use] }]
              parameters: [{ name: room, in: query, required: true, schema: { type: string, maxLength: 32 } }]
              x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Book.Arn}/invocations' }
            post:
              security: [{ members: [rooms/use] }]
              requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Booking' } } } }
              x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Book.Arn}/invocations' }
            options:
              security: []
              responses: { '204': { description: ok, headers: { Access-Control-Allow-Origin: { schema: { type: string } }, Access-Control-Allow-Credentials: { schema: { type: string } } } } }
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: { application/json: '{"statusCode": 204}' }
                responses:
                  default:
                    statusCode: '204'
                    responseParameters:
                      method.response.header.Access-Control-Allow-Origin: !Join ['', ["'", !FindInMap [Stages, !Ref Stage, site], "'"]]
                      method.response.header.Access-Control-Allow-Credentials: "'true'"
          /feedback:
            post:
              security: [{ members: [rooms/use] }]
              requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Feedback' } } } }
              responses: { '202': { description: taken } }
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                credentials: !GetAtt FeedbackRole.Arn
                uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:sqs:path/\${AWS::AccountId}/\${Feedback.QueueName}'
                requestParameters: { integration.request.header.Content-Type: "'application/x-www-form-urlencoded'" }
                requestTemplates: { application/json: 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' }
                passthroughBehavior: never
                responses: { default: { statusCode: '202' } }
        components:
          securitySchemes:
            members:
              type: apiKey
              name: Authorization
              in: header
              x-amazon-apigateway-authtype: cognito_user_pools
              x-amazon-apigateway-authorizer: { type: cognito_user_pools, providerARNs: [!GetAtt Users.Arn] }
          schemas:
            Booking:
              type: object
              additionalProperties: false
              required: [room, slot]
              properties: { room: { type: string, maxLength: 32 }, slot: { type: string, maxLength: 40 } }
            Feedback: { type: object, additionalProperties: false, required: [text], properties: { text: { type: string, maxLength: 500 } } }
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api } }
  Live:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: !Ref Deployment
      StageName: live
      TracingEnabled: true
      AccessLogSetting:
        DestinationArn: !GetAtt AccessLogs.Arn
        Format: !Join ['', ['{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","user":"$context.authorizer.claims.sub","status":"$context.status",', '"route":"$context.resourcePath","method":"$context.httpMethod","error":"$context.error.message"}']]
      MethodSettings:
        - HttpMethod: '*'
          ResourcePath: '/*'
          LoggingLevel: !FindInMap [Stages, !Ref Stage, level]
          MetricsEnabled: true
          DataTraceEnabled: !FindInMap [Stages, !Ref Stage, trace]
          ThrottlingRateLimit: !FindInMap [Stages, !Ref Stage, rate]
          ThrottlingBurstLimit: !FindInMap [Stages, !Ref Stage, burst]
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties: { DomainName: api.rooms.example.org, RegionalCertificateArn: !Ref CertificateArn, EndpointConfiguration: { Types: [REGIONAL] }, SecurityPolicy: !FindInMap [Stages, !Ref Stage, tls] }
  DomainMapping: { Type: AWS::ApiGateway::BasePathMapping, Properties: { DomainName: !Ref Domain, RestApiId: !Ref Api, Stage: !Ref Live } }
  MayList: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Book, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/live/GET/bookings' } }
  MayBook: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Book, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/live/POST/bookings' } }
  Firewall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: rooms }
      Rules:
        - { Name: common, Priority: 0, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: common } }
        - { Name: bad, Priority: 1, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: bad } }
        - { Name: rate, Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: IP } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: rate } }
  FirewallOn: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: !GetAtt Firewall.Arn, ResourceArn: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${Api}/stages/\${Live}' } }
  FirewallLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: aws-waf-logs-rooms, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  FirewallLogging:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties: { ResourceArn: !GetAtt Firewall.Arn, LogDestinationConfigs: [!GetAtt FirewallLogs.Arn], RedactedFields: [{ SingleHeader: { Name: authorization } }, { SingleHeader: { Name: cookie } }] }
  BookErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Book }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarm-topic] } }
  BookThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Book }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarm-topic] } }
  FeedbackLost: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt FeedbackDead.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarm-topic] } }
  Blocked: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/WAFV2, MetricName: BlockedRequests, Dimensions: [{ Name: WebACL, Value: rooms }, { Name: Region, Value: !Ref 'AWS::Region' }, { Name: Rule, Value: ALL }], Statistic: Sum, Period: 300, EvaluationPeriods: 1, Threshold: 500, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarm-topic] } }
`;

const PROXY = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Book.Arn}/invocations' };

/** A REST API whose routes stand in an OpenAPI 3 document, and whose settings stand in a mapping. */
export const BOOKINGS: BlindSeed = {
  name: 'Bookings by hand, with an OpenAPI 3 body and a mapping of stages',
  style: 'yaml',
  stacks: { Bookings: TEMPLATE },
  mutants: [
    breach('apigw.method-auth', 'one operation of the document empties its security', ({ Bookings }) => { prop(Bookings, 'Api').Body.paths['/bookings'].post.security = []; }),
    fault('G18', 'one operation asks for a member, with no scope', ({ Bookings }) => { prop(Bookings, 'Api').Body.paths['/bookings'].get.security = [{ members: [] }]; }),
    fault('G20', 'any method of any other path reaches the function, with security made optional by an empty alternative', ({ Bookings }) => {
      prop(Bookings, 'Api').Body.paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { 'security': [], 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: PROXY } } };
    }),
    fault('G56', 'the validator of the document reads parameters only, so that no body is checked', ({ Bookings }) => { prop(Bookings, 'Api').Body['x-amazon-apigateway-request-validators'].whole.validateRequestBody = false; }),
    fault('G56', 'the operation that writes names a validator of its own that checks nothing', ({ Bookings }) => {
      const body = prop(Bookings, 'Api').Body;
      body['x-amazon-apigateway-request-validators'].loose = { validateRequestBody: false, validateRequestParameters: false };
      body.paths['/bookings'].post['x-amazon-apigateway-request-validator'] = 'loose';
    }),
    fault('G57', 'the schema of a booking that the document refers to takes any further property', ({ Bookings }) => { delete prop(Bookings, 'Api').Body.components.schemas.Booking.additionalProperties; }),
    fault('G58', 'the template writes a query parameter into the call of the queue as it comes', ({ Bookings }) => {
      prop(Bookings, 'Api').Body.paths['/feedback'].post['x-amazon-apigateway-integration'].requestTemplates['application/json']
        = "Action=SendMessage&MessageBody=$util.urlEncode($input.body)&MessageAttribute.1.Value.StringValue=$input.params('tenant')";
    }),
    fault('G38', 'the queue is called with the rights of whoever calls the API', ({ Bookings }) => {
      prop(Bookings, 'Api').Body.paths['/feedback'].post['x-amazon-apigateway-integration'].credentials = { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'iam', '', '*', 'user/*']] };
    }),
    fault('G60', 'a gateway response of the document tells callers which field the validator refused', ({ Bookings }) => {
      prop(Bookings, 'Api').Body['x-amazon-apigateway-gateway-responses'].BAD_REQUEST_BODY = { responseTemplates: { 'application/json': '{"message":"$context.error.validationErrorString"}' } };
    }),
    fault('G13', 'the site that may send cookies is any site, by the value of the mapping', ({ Bookings }) => { Bookings.Mappings.Stages.prod.site = '*'; }),
    fault('G69', 'whole requests and answers are logged in production, by the value of the mapping, which is a text', ({ Bookings }) => { Bookings.Mappings.Stages.prod.trace = 'true'; }),
    breach('apigw.execution-logging', 'execution logging is off in production, by the value of the mapping', ({ Bookings }) => { Bookings.Mappings.Stages.prod.level = 'OFF'; }),
    breach('apigw.tls-policy', 'the domain takes TLS 1.0 in production, by the value of the mapping', ({ Bookings }) => { Bookings.Mappings.Stages.prod.tls = 'TLS_1_0'; }),
    breach('apigw.throttling', 'the rate limit of production is lifted by -1 in the mapping', ({ Bookings }) => { Bookings.Mappings.Stages.prod.rate = -1; }),
    fault('G22', 'the address of the API itself stays open in production only', ({ Bookings }) => { prop(Bookings, 'Api').DisableExecuteApiEndpoint = { 'Fn::If': ['IsProd', false, true] }; }),
    fault('G71', 'the joined format of the access log writes the mail address of each caller', ({ Bookings }) => { prop(Bookings, 'Live').AccessLogSetting.Format['Fn::Join'][1].splice(1, 0, '"mail":"$context.authorizer.claims.email",'); }),
    fault('G67', 'answers to members are cached, and who asks is no part of the key', ({ Bookings }) => {
      Object.assign(prop(Bookings, 'Live'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' });
      Object.assign(prop(Bookings, 'Live').MethodSettings[0], { CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 60 });
    }),
    breach('apigw.access-logging', 'the access log is taken away by the branch for production', ({ Bookings }) => {
      prop(Bookings, 'Live').AccessLogSetting = { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, prop(Bookings, 'Live').AccessLogSetting] };
    }),
    breach('apigw.waf', 'the firewall is put before a stage of another name', ({ Bookings }) => {
      prop(Bookings, 'FirewallOn').ResourceArn = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/test' };
    }),
    fault('G62', 'the managed rules only count in production, by the branch of each override and the action of the rate rule', ({ Bookings }) => {
      for (const rule of prop(Bookings, 'Firewall').Rules) {
        if (rule.OverrideAction === undefined) rule.Action = { Count: {} }; else rule.OverrideAction = { 'Fn::If': ['IsProd', { Count: {} }, { None: {} }] };
      }
    }),
    fault('G63', 'the rate is limited for one path that the API does not serve', ({ Bookings }) => {
      prop(Bookings, 'Firewall').Rules[2].Statement.RateBasedStatement.ScopeDownStatement = { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'EXACTLY', SearchString: '/old-login', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } };
    }),
    breach('waf.log4j', 'the rules for Log4j only count', ({ Bookings }) => {
      prop(Bookings, 'Firewall').Rules[1].Statement.ManagedRuleGroupStatement.RuleActionOverrides = ['Log4JRCE_BODY', 'Log4JRCE_HEADER', 'Log4JRCE_QUERYSTRING', 'Log4JRCE_URIPATH']
        .map((Name) => ({ Name, ActionToUse: { Count: {} } }));
    }),
    fault('G64', 'the log of the firewall hides the cookie and not the token', ({ Bookings }) => { prop(Bookings, 'FirewallLogging').RedactedFields = [{ SingleHeader: { Name: 'cookie' } }]; }),
    breach('logs.retention', 'what functions log in production is gone after three days, by the value of the mapping', ({ Bookings }) => { Bookings.Mappings.Stages.prod.keep = '3'; }),
    fault('G08', 'production logs at debug level, since the branches are the wrong way round', ({ Bookings }) => { prop(Bookings, 'Book').Environment.Variables.LOG_LEVEL = { 'Fn::If': ['IsSandbox', 'INFO', 'DEBUG'] }; }),
    fault('G29', 'the gateway may use the role for the API of any account, since the condition takes every account', ({ Bookings }) => {
      prop(Bookings, 'FeedbackRole').AssumeRolePolicyDocument.Statement[0].Condition = { StringLike: { 'aws:SourceAccount': '*' } };
    }),
    breach('waf.logging', 'what the firewall saw goes to the logs of another firewall alone', ({ Bookings }) => { prop(Bookings, 'FirewallLogging').ResourceArn = { 'Fn::ImportValue': 'shared-acl' }; }),
    breach('waf.nonempty', 'the firewall has no rules in production', ({ Bookings }) => { const firewall = prop(Bookings, 'Firewall'); firewall.Rules = { 'Fn::If': ['IsProd', [], firewall.Rules] }; }),
    breach('sqs.notprincipal', 'everybody but one role may send', ({ Bookings }) => { prop(Bookings, 'FeedbackPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', NotPrincipal: { AWS: 'arn:aws:iam::111122223333:role/guest' }, Action: 'sqs:SendMessage', Resource: '*' }); }),
    breach('sqs.wildcard-action', 'another account may do anything with the queue', ({ Bookings }) => { prop(Bookings, 'FeedbackPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { AWS: '998877665544' }, Action: 'SQS:*', Resource: { 'Fn::GetAtt': ['Feedback', 'Arn'] } }); }),
    breach('apigw.stage-variables', 'a password is a variable of the stage', ({ Bookings }) => { prop(Bookings, 'Live').Variables = { partnerPassword: 'gT5-rooms-77' }; }),
  ],
  variants: [
    safe('an operation without security gives one constant answer', ({ Bookings }) => {
      prop(Bookings, 'Api').Body.paths['/ping'] = {
        get: {
          'security': [],
          'responses': { 200: { description: 'alive' } },
          'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' }, responses: { default: { statusCode: '200', responseTemplates: { 'application/json': '{"ok":true}' } } } },
        },
      };
    }),
    safe('the document has a security too, which REST APIs do not read, beside those of the operations', ({ Bookings }) => { prop(Bookings, 'Api').Body.security = [{ members: ['rooms/use'] }]; }),
    safe('traces of requests in the sandbox only', ({ Bookings }) => { Bookings.Mappings.Stages.sandbox.trace = true; }),
    safe('any site in the sandbox only', ({ Bookings }) => { Bookings.Mappings.Stages.sandbox.site = '*'; }),
    safe('numbers and booleans of the mapping written as texts', ({ Bookings }) => { Object.assign(Bookings.Mappings.Stages.prod, { rate: '50', burst: '100', keep: '365', concurrency: '20', trace: 'false' }); }),
    safe('one rule of the managed group counts, the others block', ({ Bookings }) => {
      prop(Bookings, 'Firewall').Rules[0].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }];
    }),
    safe('the rate of one more path is limited further', ({ Bookings }) => {
      const { Rules } = prop(Bookings, 'Firewall');
      Rules.push({ ...JSON.parse(JSON.stringify(Rules[2])), Name: 'rate-of-bookings', Priority: 3 });
      Object.assign(Rules[3].Statement.RateBasedStatement, { Limit: 100, ScopeDownStatement: { ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString: '/bookings', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } } });
    }),
    safe('the rights of the function stand in a policy of their own', ({ Bookings }) => {
      const [{ PolicyName, PolicyDocument }] = prop(Bookings, 'Role').Policies;
      delete prop(Bookings, 'Role').Policies;
      add(Bookings, 'Work', 'AWS::IAM::Policy', { PolicyName, PolicyDocument, Roles: [{ Ref: 'Role' }] });
    }),
  ],
};
