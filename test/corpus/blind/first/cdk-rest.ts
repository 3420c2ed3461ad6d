import { base } from './bases';
import { Template } from '../../seed';
import { add, BlindSeed, breach, fault, idOf, of, prop, remove, safe } from '../support';

const FUNCTION = 'AWS::Lambda::Function';
const METHOD = 'AWS::ApiGateway::Method';

const statementsOf = (Rest: Template, who: string): any[] => of(Rest, 'AWS::IAM::Policy', `${who}RoleDefaultPolicy`).PolicyDocument.Statement;
const variables = (Rest: Template, who: string): any => of(Rest, FUNCTION, who).Environment.Variables;
const get = (Rest: Template): any => of(Rest, METHOD, 'ApiordersGET');
const post = (Rest: Template): any => of(Rest, METHOD, 'ApiordersPOST');
const preflight = (Rest: Template): any => of(Rest, METHOD, 'ApiordersOPTIONS').Integration.IntegrationResponses[0].ResponseParameters;
const authorizer = (Rest: Template): any => of(Rest, 'AWS::ApiGateway::Authorizer', 'Authorizer');
const stage = (Rest: Template): any => of(Rest, 'AWS::ApiGateway::Stage', 'ApiDeploymentStage');
const api = (Rest: Template): any => of(Rest, 'AWS::ApiGateway::RestApi', 'Api');
const apiId = (Rest: Template): object => ({ Ref: idOf(Rest, 'AWS::ApiGateway::RestApi', 'Api') });
const table = (Rest: Template): string => idOf(Rest, 'AWS::DynamoDB::Table', 'Orders');
const arn = (id: string): object => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** A greedy resource with a method, as `addProxy` makes it. */
function addProxy(Rest: Template, method: object): void {
  add(Rest, 'ApiProxy', 'AWS::ApiGateway::Resource', {
    ParentId: { 'Fn::GetAtt': [idOf(Rest, 'AWS::ApiGateway::RestApi', 'Api'), 'RootResourceId'] }, PathPart: '{proxy+}', RestApiId: apiId(Rest),
  });
  add(Rest, 'ApiProxyANY', METHOD, {
    ...get(Rest), ResourceId: { Ref: 'ApiProxy' }, RequestModels: post(Rest).RequestModels, HttpMethod: 'ANY', ...method,
  });
}

/** A REST API as CDK writes it. */
export const CDK_REST: BlindSeed = {
  name: 'A REST API with its functions, by L2 constructs',
  style: 'cdk',
  stacks: { Rest: base('rest') },
  mutants: [
    fault('G01', 'the value of a secret, as SecretValue writes it', ({ Rest }) => {
      variables(Rest, 'Reader').CONNECTION = { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { 'Fn::ImportValue': 'secret' }, ':SecretString:password::}}']] };
    }),
    fault('G01', 'half of a reference comes from a mapping', ({ Rest }) => {
      Rest.Mappings = { Secrets: { prod: { login: '{{resolve:ssm-secure:/shop/login}}' } } };
      variables(Rest, 'Writer').LOGIN = { 'Fn::FindInMap': ['Secrets', 'prod', 'login'] };
    }),
    fault('G02', 'a key from a mapping', ({ Rest }) => {
      Rest.Mappings = { Stages: { prod: { key: '8f14e45fceea167a' } } };
      variables(Rest, 'Writer').PAYMENT_APIKEY = { 'Fn::FindInMap': ['Stages', 'prod', 'key'] };
    }),
    fault('G03', 'a Stripe key in the description of a method setting', ({ Rest }) => {
      stage(Rest).Description = { 'Fn::Join': ['', ['pays with ', 'sk_live_', '4eC39HqLyjWDarjtT1zdp7dc']] };
    }),
    fault('G07', 'a static token for the backend', ({ Rest }) => {
      get(Rest).Integration.RequestParameters = { 'integration.request.header.Authorization': "'Bearer ghp_0123456789abcdefghijABCDEFGHIJ012345'" };
    }),
    fault('G08', 'debug in a variable of Node', ({ Rest }) => { variables(Rest, 'Reader').NODE_DEBUG = 'http,tls'; }),
    fault('G13', 'any origin with credentials', ({ Rest }) => {
      preflight(Rest)['method.response.header.Access-Control-Allow-Origin'] = "'*'";
      preflight(Rest)['method.response.header.Access-Control-Allow-Credentials'] = "'true'";
    }),
    fault('G13', 'any origin in an answer of the gateway', ({ Rest }) => {
      of(Rest, 'AWS::ApiGateway::GatewayResponse', 'ApiDEFAULT4XX').ResponseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" };
    }),
    fault('G14', 'what is kept does not depend on the method', ({ Rest }) => { authorizer(Rest).IdentitySource = 'method.request.header.Authorization'; }),
    fault('G14', 'a token authorizer, kept for the time that nobody says', ({ Rest }) => {
      Object.assign(authorizer(Rest), { Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization', IdentityValidationExpression: '^Bearer .+$' });
      delete authorizer(Rest).AuthorizerResultTtlInSeconds;
    }),
    fault('G15', 'nothing identifies the caller', ({ Rest }) => {
      Object.assign(authorizer(Rest), { AuthorizerResultTtlInSeconds: 0, IdentitySource: '' });
    }),
    fault('G15', 'a token of any form', ({ Rest }) => {
      Object.assign(authorizer(Rest), { Type: 'TOKEN', AuthorizerResultTtlInSeconds: 0, IdentitySource: 'method.request.header.Authorization' });
    }),
    fault('G16', 'the token is in the address too', ({ Rest }) => { authorizer(Rest).IdentitySource += ',method.request.querystring.token'; }),
    fault('G18', 'a pool without scopes', ({ Rest }) => {
      add(Rest, 'Pool', 'AWS::ApiGateway::Authorizer', {
        RestApiId: apiId(Rest), Name: 'pool', Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization', ProviderARNs: [{ 'Fn::ImportValue': 'pool' }],
      });
      Object.assign(get(Rest), { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Pool' } });
    }),
    fault('G19', 'a key is the only lock', ({ Rest }) => {
      Object.assign(post(Rest), { AuthorizationType: 'NONE', ApiKeyRequired: true });
      delete post(Rest).AuthorizerId;
    }),
    fault('G19', 'a key is the only lock, as text and without a word on authorization', ({ Rest }) => {
      delete get(Rest).AuthorizationType;
      delete get(Rest).AuthorizerId;
      get(Rest).ApiKeyRequired = 'true';
    }),
    fault('G20', 'every path is open', ({ Rest }) => { addProxy(Rest, { AuthorizationType: 'NONE', AuthorizerId: undefined }); }),
    fault('G22', 'the other door stays open', ({ Rest }) => {
      add(Rest, 'Domain', 'AWS::ApiGateway::DomainName', {
        DomainName: 'api.shop.example',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        RegionalCertificateArn: { 'Fn::ImportValue': 'certificate' },
        SecurityPolicy: 'TLS_1_2',
      });
      add(Rest, 'Mapping', 'AWS::ApiGateway::BasePathMapping', { DomainName: { Ref: 'Domain' }, RestApiId: apiId(Rest), Stage: 'prod' });
    }),
    fault('G23', 'mutual TLS, and the other door stays open', ({ Rest }) => {
      add(Rest, 'Domain', 'AWS::ApiGateway::DomainName', {
        DomainName: 'api.shop.example',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        RegionalCertificateArn: { 'Fn::ImportValue': 'certificate' },
        SecurityPolicy: 'TLS_1_2',
        MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem' },
      });
      api(Rest).DisableExecuteApiEndpoint = true;
      add(Rest, 'Mapping', 'AWS::ApiGateway::BasePathMapping', { DomainName: { Ref: 'Domain' }, RestApiId: apiId(Rest), Stage: 'prod' });
    }),
    fault('G24', 'private, for everybody that is not somebody', ({ Rest }) => {
      api(Rest).EndpointConfiguration.Types = ['PRIVATE'];
      api(Rest).Policy = {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: '*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0123' } } },
        ],
      };
    }),
    fault('G31', 'the reader deletes, by an attached managed policy', ({ Rest }) => {
      add(Rest, 'Tidy', 'AWS::IAM::ManagedPolicy', {
        Roles: [{ Ref: idOf(Rest, 'AWS::IAM::Role', 'ReaderRole') }],
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'], Resource: arn(table(Rest)) }] },
      });
    }),
    fault('G31', 'the reader updates', ({ Rest }) => { statementsOf(Rest, 'Reader').find((one) => JSON.stringify(one).includes('dynamodb:')).Action.push('dynamodb:UpdateItem'); }),
    fault('G32', 'indexes that are none', ({ Rest }) => {
      statementsOf(Rest, 'Reader').push({ Effect: 'Allow', Action: 'dynamodb:Query', Resource: { 'Fn::Join': ['', [arn(table(Rest)), '/index/*']] } });
    }),
    fault('G34', 'the guard may let others in', ({ Rest }) => {
      statementsOf(Rest, 'Guard').push({ Effect: 'Allow', Action: ['lambda:AddPermission'], Resource: arn(idOf(Rest, FUNCTION, 'Writer')) });
    }),
    fault('G37', 'the writer gives the key away', ({ Rest }) => {
      statementsOf(Rest, 'Writer').push({ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:PutKeyPolicy'], Resource: arn(idOf(Rest, 'AWS::KMS::Key', 'Key')) });
    }),
    fault('G38', 'the caller pays with his own rights', ({ Rest }) => {
      get(Rest).Integration = {
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Credentials: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::*:user/*']] },
        Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/Query' },
        RequestTemplates: { 'application/json': '{"TableName":"orders"}' },
        IntegrationResponses: [{ StatusCode: '200' }],
      };
    }),
    fault('G38', 'the role of an integration may do everything in a service', ({ Rest }) => {
      add(Rest, 'GatewayRole', 'AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Statement: [{
            Effect: 'Allow',
            Principal: { Service: 'apigateway.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }],
        },
        Policies: [{ PolicyName: 'data', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: arn(table(Rest)) }] } }],
      });
      get(Rest).Integration = {
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Credentials: arn('GatewayRole'),
        Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:dynamodb:action/Query' },
        RequestTemplates: { 'application/json': '{"TableName":"orders"}' },
        IntegrationResponses: [{ StatusCode: '200' }],
      };
    }),
    fault('G40', 'a bucket calls a function that has nowhere to put failures', ({ Rest }) => {
      add(Rest, 'AllowBucket', 'AWS::Lambda::Permission', {
        FunctionName: arn(idOf(Rest, FUNCTION, 'Writer')),
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: 'arn:aws:s3:::shop-uploads',
      });
    }),
    fault('G47', 'a function that nothing calls', ({ Rest }) => {
      for (const id of Object.keys(Rest.Resources).filter((one) => one.startsWith('ApiordersPOST'))) delete Rest.Resources[id];
      remove(Rest, idOf(Rest, 'AWS::ApiGateway::Deployment', 'ApiDeployment'));
      delete stage(Rest).DeploymentId;
    }),
    fault('G56', 'the body is not looked at', ({ Rest }) => { delete post(Rest).RequestValidatorId; }),
    fault('G56', 'there is no model', ({ Rest }) => { delete post(Rest).RequestModels; }),
    fault('G57', 'a model that takes anything', ({ Rest }) => { of(Rest, 'AWS::ApiGateway::Model', 'ApiOrder').Schema.additionalProperties = true; }),
    fault('G57', 'a text of any length within a list', ({ Rest }) => {
      of(Rest, 'AWS::ApiGateway::Model', 'ApiOrder').Schema.properties.tags = { type: 'array', maxItems: 5, items: { type: 'string' } };
    }),
    fault('G58', 'the body is pasted into a request', ({ Rest }) => {
      post(Rest).Integration = {
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Credentials: { 'Fn::ImportValue': 'gateway-role' },
        Uri: { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/jobs' },
        RequestTemplates: { 'application/json': { 'Fn::Join': ['', ["Action=SendMessage&MessageBody=$input.path('$.text')"]] } },
        IntegrationResponses: [{ StatusCode: '200' }],
      };
    }),
    fault('G59', 'the backend is called in the clear', ({ Rest }) => { get(Rest).Integration = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'HTTP://old.example/' }; }),
    fault('G60', 'the gateway says what was wrong', ({ Rest }) => {
      of(Rest, 'AWS::ApiGateway::GatewayResponse', 'ApiBADREQUESTBODY').ResponseTemplates['application/json'] = '{"m":$context.error.validationErrorString}';
    }),
    fault('G61', 'a plan without limits', ({ Rest }) => {
      delete of(Rest, 'AWS::ApiGateway::UsagePlan', 'ApiPlan').Throttle;
      delete of(Rest, 'AWS::ApiGateway::UsagePlan', 'ApiPlan').Quota;
    }),
    fault('G61', 'the key is in the template', ({ Rest }) => { add(Rest, 'Partner', 'AWS::ApiGateway::ApiKey', { Enabled: true, Name: 'partner', Value: 'kLm83hfPq0zXw7yTb2Rs' }); }),
    fault('G06', 'the key of the API is in the template, by Sub', ({ Rest }) => {
      add(Rest, 'Partner', 'AWS::ApiGateway::ApiKey', { Enabled: true, Value: { 'Fn::Sub': '${AWS::StackName}-kLm83hfPq0zXw7yTb2Rs' } });
    }),
    fault('G62', 'the groups count, the rate counts', ({ Rest }) => {
      for (const rule of prop(Rest, 'Acl').Rules) {
        if (rule.Action === undefined) rule.OverrideAction = { Count: { CustomRequestHandling: { InsertHeaders: [{ Name: 'seen', Value: '1' }] } } };
        else rule.Action = { Count: {} };
      }
    }),
    fault('G63', 'no bound on the rate', ({ Rest }) => { prop(Rest, 'Acl').Rules.pop(); }),
    fault('G67', 'a stage keeps answers for a method with an authorizer', ({ Rest }) => {
      Object.assign(stage(Rest), { CacheClusterEnabled: true, CacheClusterSize: '0.5' });
      stage(Rest).MethodSettings.push({ HttpMethod: 'GET', ResourcePath: '/~1orders', CachingEnabled: true, CacheDataEncrypted: true });
    }),
    fault('G69', 'bodies are in the log, by a mapping', ({ Rest }) => {
      Rest.Mappings = { Stages: { prod: { trace: 'true' }, dev: { trace: 'false' } } };
      Rest.Parameters = { Stage: { Type: 'String', Default: 'prod', AllowedValues: ['dev', 'prod'] } };
      stage(Rest).MethodSettings[0].DataTraceEnabled = { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'trace'] };
    }),
    fault('G71', 'the log does not say from where', ({ Rest }) => { stage(Rest).AccessLogSetting.Format = '{"status":"$context.status","id":"$context.requestId"}'; }),
    fault('G73', 'two functions in one group, one in none', ({ Rest }) => { delete of(Rest, FUNCTION, 'Guard').LoggingConfig; }),
    fault('G75', 'the alarm is on another metric', ({ Rest }) => { of(Rest, 'AWS::CloudWatch::Alarm', 'ReaderErrors').MetricName = 'Invocations'; }),
    fault('G90', 'the function outlives its API', ({ Rest }) => { of(Rest, FUNCTION, 'Reader').Timeout = 31; }),
    breach('1.2 authorization', 'a method is open', ({ Rest }) => { Object.assign(get(Rest), { AuthorizationType: 'NONE' }); }),
    breach('1.2 authorization', 'a method is open by a parameter with a default', ({ Rest }) => {
      Rest.Parameters = { Auth: { Type: 'String', Default: 'NONE' } };
      get(Rest).AuthorizationType = { Ref: 'Auth' };
    }),
    breach('1.2 request validation', 'the validator validates nothing', ({ Rest }) => {
      of(Rest, 'AWS::ApiGateway::RequestValidator', 'ApiAll').ValidateRequestBody = 'false';
    }),
    breach('1.2 web ACL', 'nobody filters', ({ Rest }) => { remove(Rest, 'AclOnApi'); }),
    breach('1.14 web ACL log', 'nobody writes down what is blocked', ({ Rest }) => { remove(Rest, 'AclLogging'); }),
    breach('1.14 web ACL rules', 'the known bad inputs are let in', ({ Rest }) => {
      prop(Rest, 'Acl').Rules[1].Statement.ManagedRuleGroupStatement.ExcludedRules = [{ Name: 'Log4JRCE_BODY' }];
    }),
    breach('1.14 alarms', 'the alarm tells nobody', ({ Rest }) => { of(Rest, 'AWS::CloudWatch::Alarm', 'WriterErrors').AlarmActions = []; }),
    breach('1.14 log encryption', 'logs in the clear', ({ Rest }) => { delete of(Rest, 'AWS::Logs::LogGroup', 'ReaderLogs').KmsKeyId; }),
    breach('1.2 domain TLS', 'old TLS, as nobody says otherwise', ({ Rest }) => {
      add(Rest, 'Domain', 'AWS::ApiGateway::DomainName', {
        DomainName: 'api.shop.example',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        RegionalCertificateArn: { 'Fn::ImportValue': 'certificate' },
        SecurityPolicy: 'TLS_1_0',
      });
    }),
  ],
  variants: [
    safe('no cache, and the header alone', ({ Rest }) => {
      Object.assign(authorizer(Rest), { AuthorizerResultTtlInSeconds: 0, IdentitySource: 'method.request.header.Authorization' });
    }),
    safe('a token authorizer with an expression and no cache', ({ Rest }) => {
      Object.assign(authorizer(Rest), {
        Type: 'TOKEN', AuthorizerResultTtlInSeconds: '0', IdentitySource: 'method.request.header.Authorization', IdentityValidationExpression: '^Bearer [-_.A-Za-z0-9]+$',
      });
    }),
    safe('any origin of a public answer without credentials', ({ Rest }) => {
      preflight(Rest)['method.response.header.Access-Control-Allow-Origin'] = "'https://app.shop.example'";
      preflight(Rest)['method.response.header.Access-Control-Allow-Credentials'] = "'true'";
    }),
    safe('an API key on top of an authorizer', ({ Rest }) => { get(Rest).ApiKeyRequired = true; }),
    safe('a key that API Gateway makes', ({ Rest }) => { add(Rest, 'Partner', 'AWS::ApiGateway::ApiKey', { Enabled: true, Name: 'partner' }); }),
    safe('every path, with the authorizer', ({ Rest }) => { addProxy(Rest, {}); }),
    safe('every path answers a mock, with IAM', ({ Rest }) => {
      addProxy(Rest, { AuthorizationType: 'AWS_IAM', AuthorizerId: undefined, Integration: { Type: 'MOCK' } });
    }),
    safe('a pool with scopes', ({ Rest }) => {
      add(Rest, 'Pool', 'AWS::ApiGateway::Authorizer', {
        RestApiId: apiId(Rest), Name: 'pool', Type: 'COGNITO_USER_POOLS', IdentitySource: 'method.request.header.Authorization', ProviderARNs: [{ 'Fn::ImportValue': 'pool' }],
      });
      Object.assign(get(Rest), { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizerId: { Ref: 'Pool' }, AuthorizationScopes: ['orders/read'] });
    }),
    safe('a domain of its own, and no other door', ({ Rest }) => {
      add(Rest, 'Domain', 'AWS::ApiGateway::DomainName', {
        DomainName: 'api.shop.example',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        RegionalCertificateArn: { 'Fn::ImportValue': 'certificate' },
        SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
        EndpointAccessMode: 'STRICT',
        MutualTlsAuthentication: { TruststoreUri: 's3://trust/ca.pem', TruststoreVersion: 'v1' },
      });
      add(Rest, 'Mapping', 'AWS::ApiGateway::BasePathMapping', { DomainName: { Ref: 'Domain' }, RestApiId: apiId(Rest), Stage: 'prod' });
      api(Rest).DisableExecuteApiEndpoint = 'true';
    }),
    safe('private, for one VPC', ({ Rest }) => {
      api(Rest).EndpointConfiguration.Types = ['PRIVATE'];
      api(Rest).Policy = { Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: '*', Condition: { StringEquals: { 'AWS:SourceVpc': ['vpc-0123'] } } } };
    }),
    safe('a second reader with a right to delete elsewhere', ({ Rest }) => {
      statementsOf(Rest, 'Writer').push({ Effect: 'Allow', Action: 'dynamodb:DeleteItem', Resource: arn(table(Rest)) });
    }),
    safe('a function with failures, called by a bucket', ({ Rest }) => {
      add(Rest, 'AllowBucket', 'AWS::Lambda::Permission', {
        FunctionName: arn(idOf(Rest, FUNCTION, 'Writer')),
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: 'arn:aws:s3:::shop-uploads',
      });
      add(Rest, 'OnFailure', 'AWS::Lambda::EventInvokeConfig', {
        FunctionName: { Ref: idOf(Rest, FUNCTION, 'Writer') }, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: { 'Fn::ImportValue': 'failed' } } },
      });
    }),
    safe('the role of an integration with one right', ({ Rest }) => {
      add(Rest, 'GatewayRole', 'AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Statement: [{
            Effect: 'Allow',
            Principal: { Service: 'apigateway.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}::/restapis/*' } }, StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }],
        },
        Policies: [{ PolicyName: 'data', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:Query', Resource: arn(table(Rest)) }] } }],
      });
    }),
    safe('validation by parameters and body in two validators', ({ Rest }) => {
      add(Rest, 'BodyOnly', 'AWS::ApiGateway::RequestValidator', { RestApiId: apiId(Rest), ValidateRequestBody: 'true', ValidateRequestParameters: 'true' });
      post(Rest).RequestValidatorId = { Ref: 'BodyOnly' };
    }),
    safe('a model of numbers', ({ Rest }) => {
      of(Rest, 'AWS::ApiGateway::Model', 'ApiOrder').Schema.properties.count = { type: 'integer', minimum: 1, maximum: 10 };
      of(Rest, 'AWS::ApiGateway::Model', 'ApiOrder').Schema.properties.kind = { type: 'string', enum: ['a', 'b'] };
    }),
    safe('the stage keeps answers of nothing', ({ Rest }) => { stage(Rest).MethodSettings[0].CachingEnabled = 'false'; }),
    safe('throttling by two settings', ({ Rest }) => {
      stage(Rest).MethodSettings.push({ HttpMethod: 'POST', ResourcePath: '/~1orders', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 10, LoggingLevel: 'INFO' });
    }),
    safe('the web ACL of another stack', ({ Rest }) => {
      remove(Rest, 'AclLogging', 'Acl');
      prop(Rest, 'AclOnApi').WebACLArn = { 'Fn::ImportValue': 'acl' };
    }),
  ],
};
