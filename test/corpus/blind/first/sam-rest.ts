import { add, BlindSeed, breach, env, fault, prop, safe, statements, trust } from '../support';

/** What SAM makes of a REST API with its OpenAPI in the body. */
const TEMPLATE = `
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  LogLevel: { Type: String, Default: INFO }
  Env: { Type: String, Default: prod }
Conditions:
  Verbose: !Equals [!Ref Env, dev]
  Prod: !Equals [!Ref Env, prod]
Resources:
  ItemKey:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }]
  GetItemFunction:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: get-item
      Code: { S3Bucket: sam-artifacts, S3Key: 0a1b2c, S3ObjectVersion: v1 }
      CodeSigningConfigArn: !ImportValue code-signing
      Handler: app.handler
      Role: !GetAtt GetItemFunctionRole.Arn
      Runtime: python3.13
      Timeout: 10
      MemorySize: 256
      ReservedConcurrentExecutions: 50
      TracingConfig: { Mode: Active }
      KmsKeyArn: !GetAtt ItemKey.Arn
      Environment: { Variables: { POWERTOOLS_SERVICE_NAME: items, POWERTOOLS_LOG_LEVEL: !Ref LogLevel, TABLE_NAME: !Ref ItemTable } }
      LoggingConfig: { LogGroup: !Ref GetItemFunctionLogs, LogFormat: JSON }
      Tags: [{ Key: lambda:createdBy, Value: SAM }]
  GetItemFunctionLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/lambda/get-item, RetentionInDays: 365, KmsKeyId: !GetAtt ItemKey.Arn }
  GetItemFunctionRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Action: [sts:AssumeRole], Effect: Allow, Principal: { Service: [lambda.amazonaws.com] } }]
      Policies:
        - PolicyName: GetItemFunctionRolePolicy0
          PolicyDocument:
            Statement:
              - { Action: [dynamodb:GetItem, dynamodb:Query], Resource: [!Sub ["arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/\${tableName}", { tableName: !Ref ItemTable }]], Effect: Allow }
              - { Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt GetItemFunctionLogs.Arn, Effect: Allow }
              - { Action: [kms:Decrypt], Resource: !GetAtt ItemKey.Arn, Effect: Allow }
  GetItemFunctionGetPermissionProd:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref GetItemFunction
      Principal: apigateway.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
      SourceArn: !Sub ["arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/GET/items", { __Stage__: "*", __ApiId__: !Ref ServerlessRestApi }]
  PostItemPermission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref GetItemFunction
      Principal: apigateway.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
      SourceArn: !Sub ["arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/POST/items", { __Stage__: "*", __ApiId__: !Ref ServerlessRestApi }]
  ItemTable:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !Ref ItemKey }
  ItemErrors:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref GetItemFunction }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  ItemThrottles:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref GetItemFunction }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  ServerlessRestApi:
    Type: AWS::ApiGateway::RestApi
    Properties:
      EndpointConfiguration: { Types: [REGIONAL] }
      Parameters: { endpointConfigurationTypes: REGIONAL }
      Body:
        swagger: "2.0"
        info: { version: "1.0", title: !Ref AWS::StackName }
        x-amazon-apigateway-request-validator: all
        x-amazon-apigateway-request-validators: { all: { validateRequestBody: true, validateRequestParameters: true } }
        x-amazon-apigateway-gateway-responses:
          DEFAULT_4XX: { responseTemplates: { application/json: '{"message":"not possible"}' } }
          DEFAULT_5XX: { responseTemplates: { application/json: '{"message":"try again"}' } }
          BAD_REQUEST_BODY: { responseTemplates: { application/json: '{"message":"not valid"}' } }
        securityDefinitions:
          Pool:
            type: apiKey
            name: Authorization
            in: header
            x-amazon-apigateway-authtype: cognito_user_pools
            x-amazon-apigateway-authorizer: { type: cognito_user_pools, providerARNs: [!ImportValue pool-arn] }
          Custom:
            type: apiKey
            name: Authorization
            in: header
            x-amazon-apigateway-authtype: custom
            x-amazon-apigateway-authorizer:
              type: request
              identitySource: "method.request.header.Authorization"
              authorizerResultTtlInSeconds: 0
              authorizerUri: !Sub "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${GetItemFunction.Arn}/invocations"
        definitions:
          Item:
            type: object
            additionalProperties: false
            required: [name]
            properties: { name: { type: string, maxLength: 100 } }
        paths:
          /items:
            get:
              security: [{ Pool: [items/read] }]
              responses: {}
              x-amazon-apigateway-integration:
                httpMethod: POST
                type: aws_proxy
                uri: !Sub "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${GetItemFunction.Arn}/invocations"
            post:
              security: [{ Pool: [items/write] }]
              consumes: [application/json]
              parameters: [{ in: body, name: Item, required: true, schema: { $ref: "#/definitions/Item" } }]
              responses: {}
              x-amazon-apigateway-integration:
                httpMethod: POST
                type: aws_proxy
                uri: !Sub "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${GetItemFunction.Arn}/invocations"
            options:
              consumes: [application/json]
              produces: [application/json]
              responses:
                "200": { description: ok, headers: { Access-Control-Allow-Origin: { type: string } } }
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: { application/json: '{"statusCode":200}' }
                responses:
                  default:
                    statusCode: "200"
                    responseParameters: { method.response.header.Access-Control-Allow-Origin: "'https://shop.example'" }
  ServerlessRestApiDeployment0123456789:
    Type: AWS::ApiGateway::Deployment
    Properties: { RestApiId: !Ref ServerlessRestApi, Description: "RestApi deployment id: 0123456789" }
  ServerlessRestApiProdStage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref ServerlessRestApi
      DeploymentId: !Ref ServerlessRestApiDeployment0123456789
      StageName: prod
      TracingEnabled: true
      AccessLogSetting:
        DestinationArn: !GetAtt AccessLogs.Arn
        Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","method":"$context.httpMethod","resourcePath":"$context.resourcePath",
          "status":"$context.status","error":"$context.error.message","principal":"$context.authorizer.principalId","sub":"$context.authorizer.claims.sub"}'
      MethodSettings:
        - { HttpMethod: "*", ResourcePath: "/*", LoggingLevel: ERROR, MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100 }
  AccessLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt ItemKey.Arn }
  Acl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: REGIONAL
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: items }
      Rules:
        - { Name: common, Priority: 0, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet } },
            VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: common } }
        - { Name: bad, Priority: 1, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet } },
            VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: bad } }
        - { Name: rate, Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: IP } },
            VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: rate } }
  AclLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: aws-waf-logs-items, RetentionInDays: 365, KmsKeyId: !GetAtt ItemKey.Arn }
  AclLogging:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties:
      ResourceArn: !GetAtt Acl.Arn
      LogDestinationConfigs: [!GetAtt AclLogs.Arn]
      RedactedFields: [{ SingleHeader: { Name: authorization } }, { SingleHeader: { Name: cookie } }]
  AclOnStage:
    Type: AWS::WAFv2::WebACLAssociation
    Properties:
      WebACLArn: !GetAtt Acl.Arn
      ResourceArn: !Sub "arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${ServerlessRestApi}/stages/\${ServerlessRestApiProdStage}"
`;

type Body = Record<string, any>;
const body = (App: Record<string, any>): Body => prop(App, 'ServerlessRestApi').Body as Body;
const operation = (App: Record<string, any>, method: string, path = '/items'): Body => body(App).paths[path][method] as Body;
const uri = { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${GetItemFunction.Arn}/invocations' };
const proxy = { httpMethod: 'POST', type: 'aws_proxy', uri };
const stage = (App: Record<string, any>): Body => prop(App, 'ServerlessRestApiProdStage');

/** A REST API with its OpenAPI in the body. */
export const SAM_REST: BlindSeed = {
  name: 'A REST API with its OpenAPI in the body, transformed by SAM',
  style: 'sam',
  stacks: { App: TEMPLATE },
  mutants: [
    fault('G02', 'an API key by a parameter', ({ App }) => {
      App.Parameters.PaymentKey = { Type: 'String', NoEcho: true };
      env(App, 'GetItemFunction').PAYMENT_API_KEY = { Ref: 'PaymentKey' };
    }),
    fault('G05', 'a password that everybody sees', ({ App }) => { App.Parameters.DatabasePassword = { Type: 'String' }; }),
    fault('G05', 'a password that is the same everywhere', ({ App }) => {
      App.Parameters.AdminToken = { Type: 'String', NoEcho: 'true', Default: 'change-me-later' };
    }),
    fault('G07', 'a token in the variables of the stage', ({ App }) => { stage(App).Variables = { backendToken: 'sk_live_4eC39HqLyjWDarjtT1zdp7dc' }; }),
    fault('G07', 'a secret in an output', ({ App }) => {
      App.Outputs = { Login: { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${AWS::StackName}/login:SecretString:password}}' } } };
    }),
    fault('G08', 'debug by the default of a parameter', ({ App }) => { App.Parameters.LogLevel.Default = 'DEBUG'; }),
    fault('G08', 'events are written to the log in production', ({ App }) => {
      env(App, 'GetItemFunction').POWERTOOLS_LOGGER_LOG_EVENT = { 'Fn::If': ['Verbose', 'false', 'true'] };
    }),
    fault('G09', 'Python does not look at certificates', ({ App }) => { env(App, 'GetItemFunction').PYTHONHTTPSVERIFY = '0'; }),
    fault('G10', 'a wrapper from a layer', ({ App }) => { env(App, 'GetItemFunction').AWS_LAMBDA_EXEC_WRAPPER = '/opt/wrap'; }),
    fault('G10', 'modules from a folder that can be written', ({ App }) => { env(App, 'GetItemFunction').PYTHONPATH = '/var/task:/tmp/modules'; }),
    fault('G13', 'any origin with credentials, in the mock', ({ App }) => {
      operation(App, 'options')['x-amazon-apigateway-integration'].responses.default.responseParameters = {
        'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'",
      };
    }),
    fault('G13', 'any origin in the responses of the gateway', ({ App }) => {
      body(App)['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters = {
        'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'",
      };
    }),
    fault('G14', 'an answer is kept for all methods', ({ App }) => {
      body(App).securityDefinitions.Custom['x-amazon-apigateway-authorizer'].authorizerResultTtlInSeconds = 600;
      operation(App, 'get').security = [{ Custom: [] }];
      operation(App, 'post').security = [{ Custom: [] }];
    }),
    fault('G14', 'an answer is kept as long as nobody says otherwise', ({ App }) => {
      delete body(App).securityDefinitions.Custom['x-amazon-apigateway-authorizer'].authorizerResultTtlInSeconds;
      operation(App, 'get').security = [{ Custom: [] }];
      operation(App, 'post').security = [{ Custom: [] }];
    }),
    fault('G15', 'a token of any form', ({ App }) => {
      body(App).securityDefinitions.Custom['x-amazon-apigateway-authorizer'].type = 'token';
      operation(App, 'get').security = [{ Custom: [] }];
    }),
    fault('G16', 'the token is in the address', ({ App }) => {
      body(App).securityDefinitions.Custom['x-amazon-apigateway-authorizer'].identitySource = 'method.request.header.Host, method.request.querystring.token';
      operation(App, 'get').security = [{ Custom: [] }];
    }),
    fault('G18', 'any token of the pool', ({ App }) => { operation(App, 'post').security = [{ Pool: [] }]; }),
    fault('G19', 'a key is the only lock', ({ App }) => {
      body(App).securityDefinitions.Key = { type: 'apiKey', name: 'x-api-key', in: 'header' };
      operation(App, 'post').security = [{ Key: [] }];
    }),
    fault('G20', 'every path is open', ({ App }) => {
      body(App).paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { 'responses': {}, 'x-amazon-apigateway-integration': proxy } };
    }),
    fault('G20', 'one operation opts out of the security of all', ({ App }) => {
      body(App).security = [{ Pool: ['items/read'] }];
      body(App).paths['/{rest+}'] = { 'x-amazon-apigateway-any-method': { 'security': [], 'responses': {}, 'x-amazon-apigateway-integration': proxy } };
    }),
    fault('G24', 'private without a policy', ({ App }) => { prop(App, 'ServerlessRestApi').EndpointConfiguration.Types = ['PRIVATE']; }),
    fault('G24', 'private with a policy for every endpoint, in the body', ({ App }) => {
      prop(App, 'ServerlessRestApi').EndpointConfiguration.Types = { 'Fn::If': ['Prod', ['PRIVATE'], ['REGIONAL']] };
      body(App)['x-amazon-apigateway-policy'] = {
        Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
      };
    }),
    fault('G27', 'the stage, the method and the path are stars', ({ App }) => {
      prop(App, 'PostItemPermission').SourceArn = { 'Fn::Sub': ['arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/*/*', { Api: '*' }] };
    }),
    fault('G31', 'a reader that may write', ({ App }) => {
      delete body(App).paths['/items'].post;
      delete App.Resources.PostItemPermission;
      statements(App, 'GetItemFunctionRole')[0].Action.push('dynamodb:DeleteItem', 'dynamodb:PutItem');
    }),
    fault('G33', 'rights on a table that nothing names', ({ App }) => {
      add(App, 'OldTable', 'AWS::DynamoDB::Table', { ...prop(App, 'ItemTable') }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      statements(App, 'GetItemFunctionRole').push({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['OldTable', 'Arn'] } });
    }),
    fault('G32', 'the whole table may be read, and all its indexes', ({ App }) => {
      statements(App, 'GetItemFunctionRole')[0].Resource.push({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['ItemTable', 'Arn'] }, '/index/', '*']] });
    }),
    fault('G34', 'the function may change how functions run', ({ App }) => {
      add(App, 'Change', 'AWS::IAM::Policy', {
        PolicyName: 'change',
        Roles: [{ Ref: 'GetItemFunctionRole' }],
        PolicyDocument: { Statement: { Effect: 'Allow', Action: 'lambda:UpdateFunction*', Resource: { 'Fn::GetAtt': ['GetItemFunction', 'Arn'] } } },
      });
    }),
    fault('G35', 'the role belongs to a workflow too', ({ App }) => { trust(App, 'GetItemFunctionRole')[0].Principal.Service = ['lambda.amazonaws.com', 'states.amazonaws.com']; }),
    fault('G38', 'the identity of the caller is used behind', ({ App }) => {
      operation(App, 'get')['x-amazon-apigateway-integration'] = {
        type: 'aws',
        httpMethod: 'POST',
        credentials: 'arn:aws:iam::*:user/*',
        uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/GetItem' },
        requestTemplates: { 'application/json': '{"TableName":"items"}' },
        responses: { default: { statusCode: '200' } },
      };
    }),
    fault('G56', 'the validator is there, and nobody uses it', ({ App }) => { delete body(App)['x-amazon-apigateway-request-validator']; }),
    fault('G56', 'the validator looks at parameters only', ({ App }) => {
      body(App)['x-amazon-apigateway-request-validators'].all.validateRequestBody = 'false';
    }),
    fault('G56', 'there is nothing to validate by', ({ App }) => { delete operation(App, 'post').parameters; }),
    fault('G57', 'a model that takes anything', ({ App }) => { delete body(App).definitions.Item.additionalProperties; }),
    fault('G57', 'a text of any length', ({ App }) => { delete body(App).definitions.Item.properties.name.maxLength; }),
    fault('G58', 'what the caller says is pasted into a request', ({ App }) => {
      operation(App, 'get')['x-amazon-apigateway-integration'] = {
        type: 'aws',
        httpMethod: 'POST',
        credentials: { 'Fn::ImportValue': 'gateway-role' },
        uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/GetItem' },
        requestTemplates: { 'application/json': { 'Fn::Sub': '{"TableName":"${ItemTable}","Key":{"id":{"S":"$input.params(\'id\')"}}}' } },
        responses: { default: { statusCode: '200' } },
      };
    }),
    fault('G59', 'the backend is called in the clear', ({ App }) => {
      operation(App, 'get')['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'GET', uri: { 'Fn::Join': ['', ['http://', 'old.example/items']] } };
    }),
    fault('G59', 'nobody checks the certificate of the backend', ({ App }) => {
      operation(App, 'get')['x-amazon-apigateway-integration'] = {
        type: 'http_proxy', httpMethod: 'GET', uri: 'https://old.example/items', tlsConfig: { insecureSkipVerification: 'true' },
      };
    }),
    fault('G60', 'the gateway says what was wrong', ({ App }) => {
      body(App)['x-amazon-apigateway-gateway-responses'].BAD_REQUEST_BODY.responseTemplates['application/json'] = '{"message":"$context.error.validationErrorString"}';
    }),
    fault('G60', 'nobody says what the gateway answers', ({ App }) => { delete body(App)['x-amazon-apigateway-gateway-responses']; }),
    fault('G61', 'a plan without limits', ({ App }) => {
      add(App, 'Plan', 'AWS::ApiGateway::UsagePlan', { UsagePlanName: 'partners', ApiStages: [{ ApiId: { Ref: 'ServerlessRestApi' }, Stage: { Ref: 'ServerlessRestApiProdStage' } }] });
    }),
    fault('G62', 'the firewall counts', ({ App }) => {
      const [common, bad, rate] = prop(App, 'Acl').Rules;
      common.OverrideAction = { Count: {} };
      bad.OverrideAction = { Count: {} };
      rate.Action = { Count: {} };
    }),
    fault('G63', 'no bound on the rate', ({ App }) => { prop(App, 'Acl').Rules.pop(); }),
    fault('G63', 'no managed rules', ({ App }) => { prop(App, 'Acl').Rules.splice(0, 2); }),
    fault('G64', 'tokens are in the log of the firewall', ({ App }) => { delete prop(App, 'AclLogging').RedactedFields; }),
    fault('G64', 'what is too long is not looked at', ({ App }) => {
      prop(App, 'Acl').Rules.push({
        Name: 'body',
        Priority: 3,
        Action: { Block: {} },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'body' },
        Statement: { SqliMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'CONTINUE' } }, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } },
      });
    }),
    fault('G67', 'answers for one caller are kept for the next', ({ App }) => {
      Object.assign(stage(App), { CacheClusterEnabled: true, CacheClusterSize: '0.5' });
      Object.assign(stage(App).MethodSettings[0], { CachingEnabled: 'true', CacheDataEncrypted: true });
    }),
    fault('G69', 'bodies are written to the log', ({ App }) => { stage(App).MethodSettings[0].DataTraceEnabled = 'true'; }),
    fault('G69', 'bodies of one method are written to the log, by a condition', ({ App }) => {
      stage(App).MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1items', LoggingLevel: 'INFO', DataTraceEnabled: { 'Fn::If': ['Verbose', false, true] } });
    }),
    fault('G71', 'the key of the caller is in the log', ({ App }) => {
      stage(App).AccessLogSetting.Format = { 'Fn::Join': ['', [stage(App).AccessLogSetting.Format, ' $context.identity.apiKey']] };
    }),
    fault('G73', 'the function logs where it likes', ({ App }) => {
      delete prop(App, 'GetItemFunction').LoggingConfig;
      prop(App, 'GetItemFunctionLogs').LogGroupName = { 'Fn::Sub': '/aws/lambda/${AWS::StackName}-get-item' };
    }),
    fault('G75', 'the alarm is on another function', ({ App }) => { prop(App, 'ItemErrors').Dimensions[0].Value = 'get-items'; }),
    fault('G76', 'the logs go with the stack', ({ App }) => { App.Resources.GetItemFunctionLogs.DeletionPolicy = 'Delete'; }),
    fault('G77', 'the table can be deleted, by a condition', ({ App }) => {
      prop(App, 'ItemTable').DeletionProtectionEnabled = { 'Fn::If': ['Prod', { Ref: 'AWS::NoValue' }, true] };
    }),
    fault('G88', 'code in the template', ({ App }) => { prop(App, 'GetItemFunction').Code = { ZipFile: { 'Fn::Join': ['\n', ['import json', 'def handler(e, c): return {}']] } }; }),
    fault('G90', 'the function outlives its API', ({ App }) => { prop(App, 'GetItemFunction').Timeout = '60'; }),
    breach('1.2 authorization', 'a method without security', ({ App }) => { delete operation(App, 'post').security; }),
    breach('1.2 authorization', 'an empty requirement is an alternative', ({ App }) => { operation(App, 'post').security = [{}]; }),
    breach('1.2 execution log', 'nobody writes down what fails', ({ App }) => { stage(App).MethodSettings[0].LoggingLevel = 'OFF'; }),
    breach('1.2 access log', 'nobody writes down who calls', ({ App }) => { delete stage(App).AccessLogSetting; }),
    breach('1.2 throttling', 'no limit', ({ App }) => { delete stage(App).MethodSettings[0].ThrottlingRateLimit; }),
    breach('1.2 throttling', 'the limit holds for one method', ({ App }) => {
      Object.assign(stage(App).MethodSettings[0], { HttpMethod: 'GET', ResourcePath: '/~1items' });
    }),
    breach('1.2 tracing', 'no traces', ({ App }) => { stage(App).TracingEnabled = 'false'; }),
    breach('1.2 web ACL', 'nobody filters', ({ App }) => { delete App.Resources.AclOnStage; }),
    breach('1.2 web ACL', 'another stage is filtered', ({ App }) => {
      prop(App, 'AclOnStage').ResourceArn = { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/${ServerlessRestApi}/stages/dev' };
    }),
    breach('1.2 cache encryption', 'the cache is in the clear', ({ App }) => {
      Object.assign(stage(App), { CacheClusterEnabled: true });
      Object.assign(stage(App).MethodSettings[0], { CachingEnabled: true, CacheDataEncrypted: 'false' });
    }),
    breach('1.1 variables', 'variables are encrypted by nobody\'s key', ({ App }) => { delete prop(App, 'GetItemFunction').KmsKeyArn; }),
    breach('1.1 tracing', 'no traces of the function', ({ App }) => { prop(App, 'GetItemFunction').TracingConfig.Mode = 'PassThrough'; }),
  ],
  variants: [
    safe('a secret by its reference in a variable', ({ App }) => {
      add(App, 'Login', 'AWS::SecretsManager::Secret', { KmsKeyId: { Ref: 'ItemKey' }, GenerateSecretString: {} }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      add(App, 'LoginRotation', 'AWS::SecretsManager::RotationSchedule', {
        SecretId: { Ref: 'Login' }, RotationLambdaARN: { 'Fn::ImportValue': 'rotator' }, RotationRules: { AutomaticallyAfterDays: 30 },
      });
      env(App, 'GetItemFunction').LOGIN_SECRET_ARN = { Ref: 'Login' };
      statements(App, 'GetItemFunctionRole').push({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'Login' } });
    }),
    safe('the name of a parameter that holds a token', ({ App }) => { env(App, 'GetItemFunction').TOKEN_PARAM = '/items/token'; }),
    safe('a parameter that names a secret', ({ App }) => {
      App.Parameters.SecretName = { Type: 'String', Default: 'items/login' };
      App.Parameters.TokenTtl = { Type: 'Number', Default: 300 };
    }),
    safe('a password that nobody sees', ({ App }) => { App.Parameters.DatabasePassword = { Type: 'String', NoEcho: 'true' }; }),
    safe('debug in development only', ({ App }) => { env(App, 'GetItemFunction').POWERTOOLS_LOG_LEVEL = { 'Fn::If': ['Prod', 'INFO', 'WARN'] }; }),
    safe('IAM in the place of a pool', ({ App }) => {
      body(App).securityDefinitions.sigv4 = { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
      operation(App, 'get').security = [{ sigv4: [] }];
      operation(App, 'post').security = [{ sigv4: [] }];
    }),
    safe('OpenAPI 3 in the place of Swagger 2', ({ App }) => {
      const old = body(App);
      const { post } = old.paths['/items'];
      old.openapi = '3.0.1';
      delete old.swagger;
      old.components = { securitySchemes: old.securityDefinitions, schemas: old.definitions };
      delete old.securityDefinitions;
      delete old.definitions;
      delete post.consumes;
      delete post.parameters;
      post.requestBody = { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } };
    }),
    safe('a custom authorizer without a memory', ({ App }) => {
      operation(App, 'get').security = [{ Custom: [] }];
      operation(App, 'post').security = [{ Custom: [] }];
    }),
    safe('a custom authorizer for one method with a memory', ({ App }) => {
      body(App).securityDefinitions.Custom['x-amazon-apigateway-authorizer'].authorizerResultTtlInSeconds = 60;
      operation(App, 'post').security = [{ Custom: [] }];
    }),
    safe('a key on top of a token', ({ App }) => {
      body(App).securityDefinitions.api_key = { type: 'apiKey', name: 'x-api-key', in: 'header' };
      operation(App, 'post').security = [{ Pool: ['items/write'], api_key: [] }];
    }),
    safe('every path, with a token', ({ App }) => {
      body(App).paths['/{proxy+}'] = {
        'x-amazon-apigateway-any-method': {
          'security': [{ Pool: ['items/all'] }],
          'responses': {},
          'consumes': ['application/json'],
          'x-amazon-apigateway-integration': proxy,
          'parameters': [{ in: 'body', name: 'Item', required: true, schema: { $ref: '#/definitions/Item' } }],
        },
      };
    }),
    safe('private, for one endpoint', ({ App }) => {
      Object.assign(prop(App, 'ServerlessRestApi'), {
        EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: [{ 'Fn::ImportValue': 'endpoint' }] },
        Policy: {
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'execute-api:Invoke',
              Resource: 'execute-api:/*',
              Condition: { StringNotEquals: { 'aws:SourceVpce': { 'Fn::ImportValue': 'endpoint' } } },
            },
          ],
        },
      });
    }),
    safe('a template that escapes', ({ App }) => {
      operation(App, 'get')['x-amazon-apigateway-integration'] = {
        type: 'aws',
        httpMethod: 'POST',
        credentials: { 'Fn::ImportValue': 'gateway-role' },
        uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/GetItem' },
        requestTemplates: { 'application/json': '{"Key":{"id":{"S":"$util.escapeJavaScript($input.params(\'id\'))"}}}' },
        responses: { default: { statusCode: '200' } },
      };
    }),
    safe('a plan with limits as texts', ({ App }) => {
      add(App, 'Plan', 'AWS::ApiGateway::UsagePlan', {
        ApiStages: [{ ApiId: { Ref: 'ServerlessRestApi' }, Stage: { Ref: 'ServerlessRestApiProdStage' } }],
        Throttle: { BurstLimit: '20', RateLimit: '10' },
        Quota: { Limit: '10000', Period: 'DAY' },
      });
    }),
    safe('one managed rule counts, the others block', ({ App }) => {
      prop(App, 'Acl').Rules[0].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }];
    }),
    safe('the firewall blocks what nothing allows', ({ App }) => {
      prop(App, 'Acl').DefaultAction = { Block: {} };
      prop(App, 'Acl').Rules.push({
        Name: 'ours',
        Priority: 3,
        Action: { Allow: {} },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'ours' },
        Statement: { GeoMatchStatement: { CountryCodes: ['DE', 'FR'] } },
      });
    }),
    safe('the rate is bound within another statement', ({ App }) => {
      prop(App, 'Acl').Rules[2].Statement.RateBasedStatement.ScopeDownStatement = { NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } } } };
    }),
    safe('no origin but ours, in double quotes of JSON', ({ App }) => {
      body(App)['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'https://shop.example'" };
    }),
    safe('a function with a name by the stack', ({ App }) => {
      prop(App, 'GetItemFunction').FunctionName = { 'Fn::Sub': '${AWS::StackName}-get-item' };
      prop(App, 'GetItemFunctionLogs').LogGroupName = { 'Fn::Sub': '/aws/lambda/${AWS::StackName}-get-item' };
      delete prop(App, 'GetItemFunction').LoggingConfig.LogGroup;
    }),
    safe('a table that is kept by a condition', ({ App }) => {
      prop(App, 'ItemTable').DeletionProtectionEnabled = { 'Fn::If': ['Prod', true, true] };
    }),
    safe('actions in odd case', ({ App }) => { statements(App, 'GetItemFunctionRole')[0].Action = 'DynamoDB:getitem'; }),
    safe('the log level by a parameter with values', ({ App }) => { App.Parameters.LogLevel.AllowedValues = ['INFO', 'WARN', 'ERROR']; }),
  ],
};
