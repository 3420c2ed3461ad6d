import { add, BlindSeed, breach, fault, prop, safe, statements } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: Depots call with certificates of their own; the HTTP API is an OpenAPI document
Parameters:
  Issuer: { Type: String, Default: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E' }
  Audience: { Type: CommaDelimitedList, Default: 3n4b5v6c7x8z9a0s1d2f3g4h5j }
  Ttl: { Type: Number, Default: 0 }
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      DisableExecuteApiEndpoint: true
      FailOnWarnings: true
      Body:
        openapi: 3.0.1
        info: { title: depots, version: '1' }
        x-amazon-apigateway-cors: { allowOrigins: ['https://depots.example.org'], allowMethods: [GET, POST], allowHeaders: [authorization], allowCredentials: true, maxAge: 300 }
        paths:
          /stock:
            get:
              security: [{ staff: [stock/read] }]
              x-amazon-apigateway-integration: { type: AWS_PROXY, httpMethod: POST, payloadFormatVersion: '2.0', uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Live}/invocations' }
            post:
              security: [{ staff: [stock/write] }]
              x-amazon-apigateway-integration: { type: AWS_PROXY, httpMethod: POST, payloadFormatVersion: '2.0', uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Live}/invocations' }
          /counts:
            get:
              security: [{ staff: [stock/read] }]
              x-amazon-apigateway-integration: { type: HTTP_PROXY, httpMethod: ANY, payloadFormatVersion: '1.0', connectionType: VPC_LINK, connectionId: !ImportValue depot-link, uri: !ImportValue depot-listener-arn, tlsConfig: { serverNameToVerify: counts.depots.example.org } }
        components:
          securitySchemes:
            staff:
              type: oauth2
              flows: {}
              x-amazon-apigateway-authorizer: { type: jwt, identitySource: $request.header.Authorization, jwtConfiguration: { issuer: !Ref Issuer, audience: !Ref Audience } }
            depot:
              type: apiKey
              in: header
              name: Authorization
              x-amazon-apigateway-authorizer: { type: request, identitySource: '$request.header.Authorization,$context.routeKey', authorizerPayloadFormatVersion: '2.0', enableSimpleResponses: true, authorizerResultTtlInSeconds: !Ref Ttl, authorizerUri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:depot-guard/invocations' }
  Live1:
    Type: AWS::ApiGatewayV2::Stage
    Properties:
      ApiId: !Ref Api
      StageName: live
      AutoDeploy: true
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100, DetailedMetricsEnabled: true }
      AccessLogSettings: { DestinationArn: !GetAtt AccessLogs.Arn, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","route":"$context.routeKey","status":"$context.status","error":"$context.error.message","who":"$context.authorizer.claims.sub"}' }
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: depots.example.org
      DomainNameConfigurations: [{ EndpointType: REGIONAL, SecurityPolicy: TLS_1_2, CertificateArn: !ImportValue depot-certificate }]
      MutualTlsAuthentication: { TruststoreUri: s3://depot-truststore/depots.pem, TruststoreVersion: Zk3QpS8bT1hV6mLr }
  Mapping: { Type: AWS::ApiGatewayV2::ApiMapping, Properties: { ApiId: !Ref Api, DomainName: !Ref Domain, Stage: !Ref Live1 } }
  AccessLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue depot-key } }
  Logs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue depot-key } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      PermissionsBoundary: !ImportValue boundary
      Policies:
        - PolicyName: stock
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt Logs.Arn }
              - { Effect: Allow, Action: [dynamodb:Query, dynamodb:UpdateItem], Resource: [!GetAtt Stock.Arn, !Sub '\${Stock.Arn}/index/by-depot'], Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['depots'] } } }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !ImportValue depot-key, Condition: { StringEquals: { 'kms:ViaService': !Sub 'dynamodb.\${AWS::Region}.amazonaws.com' } } }
              - { Effect: Allow, Action: sns:Publish, Resource: !Ref Shortages }
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: nodejs22.x
      Handler: stock.handler
      Timeout: 12
      MemorySize: 256
      ReservedConcurrentExecutions: 15
      TracingConfig: { Mode: Active }
      KmsKeyArn: !ImportValue depot-key
      Code: { S3Bucket: depot-artifacts, S3Key: stock.zip, S3ObjectVersion: '21' }
      Environment: { Variables: { STOCK: !Ref Stock, SHORTAGES: !Ref Shortages, NODE_ENV: production } }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref Logs }
  Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Function } }
  Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Function, Name: live, FunctionVersion: !GetAtt Version.Version } }
  MayRead: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Live, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/live/GET/stock' } }
  MayWrite: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Live, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/live/POST/stock' } }
  Stock:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: depot, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      GlobalSecondaryIndexes: [{ IndexName: by-depot, KeySchema: [{ AttributeName: depot, KeyType: HASH }], Projection: { ProjectionType: KEYS_ONLY } }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !ImportValue depot-key }
  Shortages: { Type: AWS::SNS::Topic, Properties: { KmsMasterKeyId: !ImportValue depot-key } }
  ShortagesPolicy: { Type: AWS::SNS::TopicPolicy, Properties: { Topics: [!Ref Shortages], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: sns:Publish, Resource: !Ref Shortages, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] } } }
  OrderDead: { Type: AWS::SQS::Queue, Properties: { KmsMasterKeyId: !ImportValue depot-key, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: denyAll } } }
  OrderDeadPolicy: { Type: AWS::SQS::QueuePolicy, Properties: { Queues: [!Ref OrderDead], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, { Effect: Allow, Principal: { Service: sns.amazonaws.com }, Action: sqs:SendMessage, Resource: !GetAtt OrderDead.Arn, Condition: { ArnEquals: { 'aws:SourceArn': !Ref Shortages } } }] } } }
  OrderLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue depot-key } }
  OrderRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: order
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt OrderLogs.Arn }
              - { Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt OrderDead.Arn }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !ImportValue depot-key, Condition: { StringEquals: { 'kms:ViaService': !Sub 'sqs.\${AWS::Region}.amazonaws.com' } } }
  Order:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt OrderRole.Arn
      Runtime: nodejs22.x
      Handler: order.handler
      Timeout: 30
      MemorySize: 256
      ReservedConcurrentExecutions: 5
      TracingConfig: { Mode: Active }
      Code: { S3Bucket: depot-artifacts, S3Key: order.zip, S3ObjectVersion: '21' }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref OrderLogs }
  OrderConfig: { Type: AWS::Lambda::EventInvokeConfig, Properties: { FunctionName: !Ref Order, Qualifier: $LATEST, MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: !GetAtt OrderDead.Arn } } } }
  OrderMayBeCalled: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !GetAtt Order.Arn, Action: lambda:InvokeFunction, Principal: sns.amazonaws.com, SourceArn: !Ref Shortages } }
  OrderOnShortage: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Shortages, Protocol: lambda, Endpoint: !GetAtt Order.Arn, RedrivePolicy: { deadLetterTargetArn: !GetAtt OrderDead.Arn } } }
  Errors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Function }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  Throttles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Function }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  OrderErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Order }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  OrderThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Order }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  OrderLost: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Dimensions: [{ Name: QueueName, Value: !GetAtt OrderDead.QueueName }], Statistic: Maximum, Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
`;

const body = (template: Record<string, any>): Record<string, any> => prop(template, 'Api').Body;
const jwt = (template: Record<string, any>): Record<string, any> => body(template).components.securitySchemes.staff['x-amazon-apigateway-authorizer'];

/** Everything about the routes stands in a document; a topic calls a second function. */
export const DEPOT: BlindSeed = {
  name: 'Depots by hand: an HTTP API from an OpenAPI document, with certificates of callers',
  style: 'yaml',
  stacks: { Depot: TEMPLATE },
  mutants: [
    fault('G17', 'tokens of any client open the routes: the document names none', ({ Depot }) => { delete jwt(Depot).jwtConfiguration.audience; }),
    fault('G17', 'tokens are checked against a server in the clear, by the default of a parameter', ({ Depot }) => { Depot.Parameters.Issuer.Default = 'http://login.depots.example.org'; }),
    fault('G18', 'one route of the document takes a token of any scope', ({ Depot }) => { body(Depot).paths['/stock'].post.security = [{ staff: [] }]; }),
    fault('G20', 'a default route of the document, with no security', ({ Depot }) => { body(Depot).paths['/$default'] = { 'x-amazon-apigateway-any-method': { 'isDefaultRoute': true, 'x-amazon-apigateway-integration': body(Depot).paths['/stock'].get['x-amazon-apigateway-integration'] } }; }),
    breach('apigwv2.route-auth', 'one route of the document says nothing of security', ({ Depot }) => { delete body(Depot).paths['/stock'].get.security; }),
    fault('G16', 'the token of staff stands in the query', ({ Depot }) => { jwt(Depot).identitySource = '$request.querystring.token'; }),
    fault('G11', 'the document lets pages of any site send cookies', ({ Depot }) => { body(Depot)['x-amazon-apigateway-cors'].allowOrigins = ['http://*', 'https://*']; }),
    fault('G12', 'the document lets pages of any site call', ({ Depot }) => { Object.assign(body(Depot)['x-amazon-apigateway-cors'], { allowOrigins: ['*'], allowCredentials: false }); }),
    fault('G23', 'the list of trusted certificates is whatever the bucket holds', ({ Depot }) => { delete prop(Depot, 'Domain').MutualTlsAuthentication.TruststoreVersion; }),
    fault('G23', 'certificates are asked at the domain, and the API answers without it', ({ Depot }) => { prop(Depot, 'Api').DisableExecuteApiEndpoint = false; }),
    breach('apigwv2.integration-tls', 'the inner server is called in the clear, by the document', ({ Depot }) => { delete body(Depot).paths['/counts'].get['x-amazon-apigateway-integration'].tlsConfig; }),
    fault('G59', 'the inner server is one of the world, in the clear', ({ Depot }) => { body(Depot).paths['/counts'].get['x-amazon-apigateway-integration'] = { type: 'HTTP_PROXY', httpMethod: 'GET', payloadFormatVersion: '1.0', uri: { 'Fn::Sub': 'http://counts.${AWS::Region}.depots.example.org/all' } }; }),
    fault('G14', 'the answer of the guard is kept for all routes: two routes use it, and the route is no longer in its key', ({ Depot }) => {
      const guard = body(Depot).components.securitySchemes.depot['x-amazon-apigateway-authorizer'];
      guard.identitySource = '$request.header.Authorization';
      guard.authorizerResultTtlInSeconds = 600;
      for (const verb of ['get', 'post']) body(Depot).paths['/stock'][verb].security = [{ depot: [] }];
    }),
    fault('G27', 'the alias may be called for any API of any account', ({ Depot }) => { prop(Depot, 'MayRead').SourceArn = { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:*:*' }; }),
    fault('G32', 'the function reads the whole table, past the keys that it is bound to', ({ Depot }) => { statements(Depot, 'Role').push({ Effect: 'Allow', Action: ['dynamodb:Scan', 'dynamodb:PartiQLSelect'], Resource: { 'Fn::GetAtt': ['Stock', 'Arn'] } }); }),
    fault('G40', 'an order that fails is lost: its failure path is a version that nobody calls', ({ Depot }) => { prop(Depot, 'OrderConfig').Qualifier = '7'; }),
    fault('G46', 'the function that the topic calls publishes to the topic, by a managed policy', ({ Depot }) => {
      add(Depot, 'Publishers', 'AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'OrderRole' }], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sns:*', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:*' } }] } });
    }),
    fault('G53', 'shortages are told to a queue of a stranger', ({ Depot }) => { add(Depot, 'Told', 'AWS::SNS::Subscription', { TopicArn: { Ref: 'Shortages' }, Protocol: 'sqs', Endpoint: { 'Fn::Join': [':', ['arn:aws:sqs', { Ref: 'AWS::Region' }, '998877665544', 'depots']] } }); }),
    breach('sns.redrive', 'a shortage that does not reach the function is gone', ({ Depot }) => { delete prop(Depot, 'OrderOnShortage').RedrivePolicy; }),
    breach('sns.notprincipal', 'everybody but one account may publish', ({ Depot }) => { prop(Depot, 'ShortagesPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', NotPrincipal: { AWS: '998877665544' }, Action: 'sns:Publish', Resource: { Ref: 'Shortages' } }); }),
    breach('sqs.sse', 'dead orders rest unencrypted, by a text', ({ Depot }) => { const dead = prop(Depot, 'OrderDead'); delete dead.KmsMasterKeyId; dead.SqsManagedSseEnabled = 'false'; }),
    breach('cw.alarm-action', 'the alarm on lost orders tells nobody', ({ Depot }) => { prop(Depot, 'OrderLost').AlarmActions = [{ Ref: 'AWS::NoValue' }]; }),
    fault('G09', 'certificates of servers are not checked, by an option of Node.js', ({ Depot }) => { prop(Depot, 'Function').Environment.Variables.NODE_TLS_REJECT_UNAUTHORIZED = 0; }),
    breach('lambda.layers-own-account', 'a layer of a stranger, named by its parts', ({ Depot }) => { prop(Depot, 'Order').Layers = [{ 'Fn::Sub': ['arn:aws:lambda:${AWS::Region}:${Owner}:layer:orders:9', { Owner: '998877665544' }] }]; }),
  ],
  variants: [
    safe('the guard instead of staff, with its answers kept for each route', ({ Depot }) => { Depot.Parameters.Ttl.Default = 300; body(Depot).paths['/stock'].get.security = [{ depot: [] }]; }),
    safe('the name of the inner server by a substitution', ({ Depot }) => { body(Depot).paths['/counts'].get['x-amazon-apigateway-integration'].tlsConfig = { serverNameToVerify: { 'Fn::Sub': 'counts.depots.example.org' } }; }),
    safe('the audience as a list of two', ({ Depot }) => { Depot.Parameters.Audience.Default = '3n4b5v6c7x8z9a0s1d2f3g4h5j,7x8z9a0s1d2f3g4h5j3n4b5v6c'; }),
    safe('the function publishes to another topic', ({ Depot }) => { statements(Depot, 'OrderRole').push({ Effect: 'Allow', Action: 'sns:Publish', Resource: { 'Fn::ImportValue': 'suppliers-topic' } }); }),
    safe('failures of orders go to the dead letters of the function instead', ({ Depot }) => { delete Depot.Resources.OrderConfig; prop(Depot, 'Order').DeadLetterConfig = { TargetArn: { 'Fn::GetAtt': ['OrderDead', 'Arn'] } }; }),
    safe('anybody of the organization may publish', ({ Depot }) => { prop(Depot, 'ShortagesPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: { Ref: 'Shortages' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }); }),
  ],
};
