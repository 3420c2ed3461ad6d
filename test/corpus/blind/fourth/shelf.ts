import { add, BlindSeed, breach, env, fault, prop, safe, statements } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Conditions:
  Europe: !Equals [!Ref 'AWS::Region', eu-west-1]
Resources:
  DefaultRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Sid: '', Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: DefaultRolePolicy
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt APIHandlerLogs.Arn }
              - { Effect: Allow, Action: [dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query], Resource: [!Sub 'arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${BooksTable}'] }
              - { Effect: Allow, Action: [kms:Decrypt, kms:GenerateDataKey], Resource: !ImportValue shelf-key, Condition: { StringEquals: { 'kms:ViaService': !Sub 'dynamodb.\${AWS::Region}.amazonaws.com' } } }
  BuiltinAuthRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Sid: '', Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies: [{ PolicyName: BuiltinAuthRolePolicy, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt BuiltinAuthLogs.Arn }] } }]
  APIHandlerLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      RetentionInDays: 365
      KmsKeyId: !ImportValue shelf-key
      DataProtectionPolicy:
        Name: mask
        Version: '2021-06-01'
        Statement:
          - { Sid: audit, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Audit: { FindingsDestination: {} } } }
          - { Sid: mask, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Deidentify: { MaskConfig: {} } } }
  BuiltinAuthLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue shelf-key } }
  ApiLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue shelf-key } }
  APIHandler:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.app
      CodeUri: s3://shelf-artifacts/6b1f2c8e0d.zip
      Role: !GetAtt DefaultRole.Arn
      Timeout: 20
      MemorySize: 128
      Tracing: Active
      KmsKeyArn: !ImportValue shelf-key
      ReservedConcurrentExecutions: 25
      Environment: { Variables: { APP_TABLE_NAME: !Ref BooksTable, LOG_LEVEL: !If [Europe, INFO, INFO] } }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref APIHandlerLogs }
  BuiltinAuth:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.builtin_auth
      CodeUri: s3://shelf-artifacts/6b1f2c8e0d.zip
      Role: !GetAtt BuiltinAuthRole.Arn
      Timeout: 5
      MemorySize: 128
      Tracing: Active
      ReservedConcurrentExecutions: 25
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref BuiltinAuthLogs }
  APIHandlerInvokePermission: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref APIHandler, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub ['arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Id}/api/*/books*', { Id: !Ref RestAPI }] } }
  BuiltinAuthInvokePermission: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref BuiltinAuth, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub ['arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Id}/authorizers/*', { Id: !Ref RestAPI }] } }
  BooksTable:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: isbn, AttributeType: S }]
      KeySchema: [{ AttributeName: isbn, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !ImportValue shelf-key }
  RestAPI:
    Type: AWS::Serverless::Api
    Properties:
      StageName: api
      EndpointConfiguration: { Type: REGIONAL }
      OpenApiVersion: '2.0'
      TracingEnabled: true
      AccessLogSetting: { DestinationArn: !GetAtt ApiLogs.Arn, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","user":"$context.authorizer.principalId","status":"$context.status","route":"$context.resourcePath","method":"$context.httpMethod","error":"$context.error.message"}' }
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: ERROR, MetricsEnabled: true, DataTraceEnabled: false, ThrottlingRateLimit: 40, ThrottlingBurstLimit: 80 }]
      DefinitionBody:
        swagger: '2.0'
        info: { version: '1.0', title: shelf }
        schemes: [https]
        x-amazon-apigateway-binary-media-types: [application/pdf]
        x-amazon-apigateway-request-validators: { all: { validateRequestBody: true, validateRequestParameters: true } }
        x-amazon-apigateway-request-validator: all
        x-amazon-apigateway-gateway-responses:
          DEFAULT_4XX: { responseTemplates: { application/json: '{"message":"refused"}' } }
          DEFAULT_5XX: { responseTemplates: { application/json: '{"message":"failed"}' } }
        paths:
          /books:
            get:
              security: [{ builtin_auth: [] }]
              responses: { '200': { description: ok, schema: { $ref: '#/definitions/Empty' } } }
              x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, passthroughBehavior: when_no_match, contentHandling: CONVERT_TO_TEXT, uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${APIHandler.Arn}/invocations' }
            post:
              security: [{ builtin_auth: [] }]
              parameters: [{ in: body, name: Book, required: true, schema: { $ref: '#/definitions/Book' } }]
              consumes: [application/json]
              responses: { '200': { description: ok, schema: { $ref: '#/definitions/Empty' } } }
              x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, passthroughBehavior: when_no_match, uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${APIHandler.Arn}/invocations' }
          /books/{isbn}:
            get:
              security: [{ builtin_auth: [] }]
              parameters: [{ in: path, name: isbn, required: true, type: string }]
              responses: { '200': { description: ok, schema: { $ref: '#/definitions/Empty' } } }
              x-amazon-apigateway-integration: { type: aws_proxy, httpMethod: POST, passthroughBehavior: when_no_match, uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${APIHandler.Arn}/invocations' }
        definitions:
          Empty: { type: object, title: Empty Schema, additionalProperties: false }
          Book: { type: object, additionalProperties: false, required: [isbn], properties: { isbn: { type: string, maxLength: 17 }, title: { type: string, maxLength: 300 } } }
        securityDefinitions:
          builtin_auth:
            type: apiKey
            name: Authorization
            in: header
            x-amazon-apigateway-authtype: custom
            x-amazon-apigateway-authorizer:
              type: request
              identitySource: method.request.header.Authorization
              authorizerResultTtlInSeconds: 0
              authorizerUri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${BuiltinAuth.Arn}/invocations'
  Guarded: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: !ImportValue shelf-acl, ResourceArn: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${RestAPI}/stages/\${RestAPI.Stage}' } }
  HandlerErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref APIHandler }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  HandlerThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref APIHandler }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  AuthErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref BuiltinAuth }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  AuthThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref BuiltinAuth }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
`;

const HANDLER = { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${APIHandler.Arn}/invocations' };

/** Chalice writes a Swagger 2 document in which each operation names its authorizer. */
export const SHELF: BlindSeed = {
  name: 'A book shelf, as Chalice packages it, with a Swagger 2 body',
  style: 'sam',
  stacks: { Shelf: TEMPLATE },
  mutants: [
    breach('apigw.authorizer-exists', 'an operation names a security that the document does not define', ({ Shelf }) => { prop(Shelf, 'RestAPI').DefinitionBody.paths['/books/{isbn}'].get.security = [{ builtin_authorizer: [] }]; }),
    breach('apigw.method-auth', 'an operation says nothing of security, and the document has none for all', ({ Shelf }) => { delete prop(Shelf, 'RestAPI').DefinitionBody.paths['/books'].get.security; }),
    fault('G19', 'an operation asks for a key of a usage plan and nothing else', ({ Shelf }) => {
      const body = prop(Shelf, 'RestAPI').DefinitionBody;
      body.securityDefinitions.api_key = { type: 'apiKey', name: 'x-api-key', in: 'header' };
      body.paths['/books'].post.security = [{ api_key: [] }];
    }),
    fault('G20', 'any method of any path, with a security that is empty', ({ Shelf }) => {
      prop(Shelf, 'RestAPI').DefinitionBody.paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { 'security': [], 'responses': {}, 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri: HANDLER } } };
    }),
    fault('G14', 'the yes of the authorizer is kept for an hour, for every path', ({ Shelf }) => { prop(Shelf, 'RestAPI').DefinitionBody.securityDefinitions.builtin_auth['x-amazon-apigateway-authorizer'].authorizerResultTtlInSeconds = 3600; }),
    fault('G15', 'the authorizer is asked for every call, since it names nothing that must be there', ({ Shelf }) => { prop(Shelf, 'RestAPI').DefinitionBody.securityDefinitions.builtin_auth['x-amazon-apigateway-authorizer'].identitySource = ''; }),
    fault('G16', 'the token may stand in the query', ({ Shelf }) => { prop(Shelf, 'RestAPI').DefinitionBody.securityDefinitions.builtin_auth['x-amazon-apigateway-authorizer'].identitySource = 'method.request.querystring.token'; }),
    fault('G56', 'the validator that the document names does not exist', ({ Shelf }) => { prop(Shelf, 'RestAPI').DefinitionBody['x-amazon-apigateway-request-validator'] = 'full'; }),
    fault('G57', 'the title of a book may be as long as anybody likes', ({ Shelf }) => { delete prop(Shelf, 'RestAPI').DefinitionBody.definitions.Book.properties.title.maxLength; }),
    fault('G59', 'one path goes on to a server in the clear', ({ Shelf }) => { prop(Shelf, 'RestAPI').DefinitionBody.paths['/books/{isbn}'].get['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'GET', uri: { 'Fn::Sub': 'http://covers.example.org/{isbn}' } }; }),
    fault('G08', 'the function logs every event whole, in each branch', ({ Shelf }) => { env(Shelf, 'APIHandler').POWERTOOLS_LOGGER_LOG_EVENT = { 'Fn::If': ['Europe', 'true', 'true'] }; }),
    fault('G10', 'what a layer or the temporary folder holds runs before the handler', ({ Shelf }) => { env(Shelf, 'APIHandler').PYTHONPATH = '/opt/python:/tmp/modules'; }),
    fault('G72', 'what people write is only audited in the logs, and no longer masked', ({ Shelf }) => { prop(Shelf, 'APIHandlerLogs').DataProtectionPolicy.Statement.pop(); }),
    breach('lambda.timeout', 'the function works on long after its API gave up', ({ Shelf }) => { prop(Shelf, 'APIHandler').Timeout = '120'; }),
    breach('iam.wildcard-any', 'the inline policy grows by one statement', ({ Shelf }) => { statements(Shelf, 'DefaultRole').push({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } } }); }),
    breach('lambda.permission-api-wildcard', 'any method of any stage of any API of the account may call', ({ Shelf }) => { prop(Shelf, 'APIHandlerInvokePermission').SourceArn = { 'Fn::Sub': ['arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Id}/*/*/*', { Id: '*' }] }; }),
    breach('apigw.xray', 'calls are not traced in Europe, by the branch of a condition', ({ Shelf }) => { prop(Shelf, 'RestAPI').TracingEnabled = { 'Fn::If': ['Europe', false, true] }; }),
    breach('apigw.cache-encrypted', 'what is cached for one path rests unencrypted', ({ Shelf }) => {
      Object.assign(prop(Shelf, 'RestAPI'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' });
      prop(Shelf, 'RestAPI').MethodSettings.push({ HttpMethod: 'GET', ResourcePath: '/~1books', CachingEnabled: true, CacheDataEncrypted: false, LoggingLevel: 'ERROR', MetricsEnabled: true, ThrottlingRateLimit: 40, ThrottlingBurstLimit: 80 });
    }),
    breach('apigw.method-auth', 'the security stands at the document alone, where REST APIs do not read it', ({ Shelf }) => {
      const body = prop(Shelf, 'RestAPI').DefinitionBody;
      body.security = [{ builtin_auth: [] }];
      for (const operation of [body.paths['/books'].get, body.paths['/books'].post, body.paths['/books/{isbn}'].get]) delete operation.security;
    }),
  ],
  variants: [
    safe('the document has a security too, which REST APIs do not read', ({ Shelf }) => { prop(Shelf, 'RestAPI').DefinitionBody.security = [{ builtin_auth: [] }]; }),
    safe('the validator at each operation', ({ Shelf }) => {
      const body = prop(Shelf, 'RestAPI').DefinitionBody;
      delete body['x-amazon-apigateway-request-validator'];
      for (const operation of [body.paths['/books'].get, body.paths['/books'].post, body.paths['/books/{isbn}'].get]) operation['x-amazon-apigateway-request-validator'] = 'all';
    }),
    safe('calls signed with the rights of an account', ({ Shelf }) => {
      const body = prop(Shelf, 'RestAPI').DefinitionBody;
      body.securityDefinitions.sigv4 = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
      body.paths['/books'].post.security = [{ sigv4: [] }];
    }),
    safe('a key of a usage plan beside the authorizer', ({ Shelf }) => {
      const body = prop(Shelf, 'RestAPI').DefinitionBody;
      body.securityDefinitions.api_key = { type: 'apiKey', name: 'x-api-key', in: 'header' };
      body.paths['/books'].post.security = [{ builtin_auth: [], api_key: [] }];
    }),
    safe('an open path that answers by itself', ({ Shelf }) => {
      prop(Shelf, 'RestAPI').DefinitionBody.paths['/health'] = { get: { 'responses': { 200: { description: 'ok' } }, 'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' }, responses: { default: { statusCode: '200' } } } } };
    }),
    safe('the table by its attribute, and one right in a policy of its own', ({ Shelf }) => {
      const arn = { 'Fn::GetAtt': ['BooksTable', 'Arn'] };
      statements(Shelf, 'DefaultRole').splice(1, 1, { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: arn });
      add(Shelf, 'MorePolicy', 'AWS::IAM::Policy', { PolicyName: 'more', Roles: [{ Ref: 'DefaultRole' }], PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['dynamodb:PutItem', 'dynamodb:Query'], Resource: arn }] } });
    }),
    safe('all actions refused outside one region', ({ Shelf }) => { statements(Shelf, 'DefaultRole').push({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } } }); }),
    safe('the path to modules is of the layer alone', ({ Shelf }) => { env(Shelf, 'APIHandler').PYTHONPATH = '/opt/python'; }),
  ],
};
