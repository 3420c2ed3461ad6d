import {
  alarm, alarms, allow, arn, att, basics, document, failures, fn, invoke, join, key, logs, ref, Resources, role, signing, sub, table, USE_KEY,
} from './parts';
import { accessLogs, answers, bucket, REST_FORMAT, webAcl } from './stores';
import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements } from '../support';

const method = (HttpMethod: string, resource: string, target: string, more: Template = {}): Template => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: ref('Api'),
    ResourceId: ref(resource),
    HttpMethod,
    AuthorizationType: 'CUSTOM',
    AuthorizerId: ref('Authorizer'),
    RequestValidatorId: ref('Validator'),
    Integration: {
      Type: 'AWS_PROXY',
      IntegrationHttpMethod: 'POST',
      Uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${target}.Arn}/invocations`),
    },
    ...more,
  },
});

const called = (id: string, verb: string, path: string): Template => (
  invoke(id, 'apigateway', sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/live/${verb}/${path}`)));

const resources: Resources = {
  Key: key('cloudwatch', 's3', 'sqs'),
  Signing: signing(),
  ...alarms(),
  ...accessLogs(),
  ...bucket('Reports', {
    NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: att('Import'), Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } } }] },
    BucketName: sub('lab-reports-${AWS::AccountId}-${AWS::Region}'),
  }),
  Samples: table(['sampleId', 'takenAt']),
  ...failures('Lost'),
  ...fn('Check', { env: { ISSUER: 'https://login.lab.example.org' } }),
  ...fn('Accept', { can: [allow('dynamodb:PutItem', att('Samples')), USE_KEY], env: { SAMPLES: ref('Samples') } }),
  ...fn('Read', { can: [allow(['dynamodb:GetItem', 'dynamodb:Query'], att('Samples')), USE_KEY], env: { SAMPLES: ref('Samples') } }),
  ...fn('Import', {
    can: [allow('s3:GetObject', sub('arn:${AWS::Partition}:s3:::lab-reports-${AWS::AccountId}-${AWS::Region}/in/*')), allow('dynamodb:UpdateItem', att('Samples')), USE_KEY],
    env: { SAMPLES: ref('Samples') },
    lost: 'Lost',
  }),
  ImportCalled: invoke('Import', 's3', sub('arn:${AWS::Partition}:s3:::lab-reports-${AWS::AccountId}-${AWS::Region}')),
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: { Name: 'lab', DisableExecuteApiEndpoint: true, EndpointConfiguration: { Types: ['REGIONAL'] }, MinimumCompressionSize: 1024 },
  },
  ...answers('Api'),
  Validator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: ref('Api'), ValidateRequestBody: true, ValidateRequestParameters: true } },
  Sample: {
    Type: 'AWS::ApiGateway::Model',
    Properties: {
      RestApiId: ref('Api'),
      ContentType: 'application/json',
      Schema: {
        type: 'object',
        additionalProperties: false,
        required: ['patient', 'kind'],
        properties: {
          patient: { type: 'string', maxLength: 36, pattern: '^[0-9a-f-]{36}$' },
          kind: { type: 'string', enum: ['blood', 'swab'] },
          taker: { type: 'object', additionalProperties: false, properties: { ward: { type: 'string', maxLength: 20 } } },
          tubes: { type: 'array', maxItems: 10, items: { type: 'string', maxLength: 12 } },
        },
      },
    },
  },
  Authorizer: {
    Type: 'AWS::ApiGateway::Authorizer',
    Properties: {
      RestApiId: ref('Api'),
      Name: 'wards',
      Type: 'REQUEST',
      IdentitySource: 'method.request.header.Authorization',
      AuthorizerResultTtlInSeconds: 0,
      AuthorizerUri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Check.Arn}/invocations'),
    },
  },
  CheckCalled: invoke('Check', 'apigateway', sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/authorizers/${Authorizer}')),
  SamplesPath: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref('Api'), ParentId: att('Api', 'RootResourceId'), PathPart: 'samples' } },
  SamplePath: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref('Api'), ParentId: ref('SamplesPath'), PathPart: '{id}' } },
  PostSample: method('POST', 'SamplesPath', 'Accept', { RequestModels: { 'application/json': ref('Sample') } }),
  GetSample: method('GET', 'SamplePath', 'Read', { RequestParameters: { 'method.request.path.id': true } }),
  AcceptCalled: called('Accept', 'POST', 'samples'),
  ReadCalled: called('Read', 'GET', 'samples/*'),
  ApiLogs: logs(sub('/api/${AWS::StackName}')),
  Deployment: { Type: 'AWS::ApiGateway::Deployment', DependsOn: ['PostSample', 'GetSample'], Properties: { RestApiId: ref('Api') } },
  Live: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: ref('Api'),
      DeploymentId: ref('Deployment'),
      StageName: 'live',
      TracingEnabled: true,
      AccessLogSetting: { DestinationArn: att('ApiLogs'), Format: REST_FORMAT },
      MethodSettings: [{
        HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 50, ThrottlingRateLimit: 20,
      }],
    },
  },
  ApiFails: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'lab', Stage: 'live' }),
  ApiRefuses: alarm('AWS/ApiGateway', '4XXError', { ApiName: 'lab', Stage: 'live' }),
  ...webAcl('REGIONAL'),
  AclOfApi: {
    Type: 'AWS::WAFv2::WebACLAssociation',
    Properties: { WebACLArn: att('Acl'), ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Live}') },
  },
  Domain: {
    Type: 'AWS::ApiGateway::DomainName',
    Properties: {
      DomainName: 'api.lab.example.org',
      RegionalCertificateArn: { 'Fn::ImportValue': 'lab-certificate' },
      SecurityPolicy: 'TLS_1_2',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      MutualTlsAuthentication: { TruststoreUri: 's3://lab-trust/machines.pem', TruststoreVersion: 'v7Jm2' },
    },
  },
  Mapping: { Type: 'AWS::ApiGateway::BasePathMapping', Properties: { DomainName: ref('Domain'), RestApiId: ref('Api'), Stage: ref('Live') } },
};

/** As the synthesizer writes it: a path in the metadata, the check of the bootstrap. */
const written = Object.fromEntries(Object.entries(resources).map(([id, resource]) => [id, { ...resource, Metadata: { 'aws:cdk:path': `Lab/${id}` } }]));

const models = (lab: Template): Template => prop(lab, 'Sample').Schema.properties;

export const LAB: BlindSeed = {
  name: 'A hospital lab, CDK with L1 constructs only',
  style: 'cdk',
  stacks: {
    Lab: {
      Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } },
      Resources: written,
      Outputs: { ApiId: { Value: ref('Api'), Export: { Name: 'lab-api' } } },
    },
  },
  mutants: [
    fault('G13', 'the answer to a refused call names every origin', ({ Lab }) => {
      prop(Lab, 'ApiDefault4xx').ResponseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" };
    }),
    fault('G13', 'the preflight of the samples answers every origin with credentials', ({ Lab }) => {
      add(Lab, 'OptionsSample', 'AWS::ApiGateway::Method', {
        RestApiId: ref('Api'),
        ResourceId: ref('SamplesPath'),
        HttpMethod: 'OPTIONS',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{"statusCode":204}' },
          IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'" } }],
        },
        MethodResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': true } }],
      });
    }),
    fault('G14', 'the authorizer keeps answers for five minutes, as it is by default, for two methods', ({ Lab }) => { delete prop(Lab, 'Authorizer').AuthorizerResultTtlInSeconds; }),
    fault('G15', 'a token authorizer without an expression for the token', ({ Lab }) => { Object.assign(prop(Lab, 'Authorizer'), { Type: 'TOKEN' }); }),
    fault('G15', 'the authorizer is asked without any identity', ({ Lab }) => { delete prop(Lab, 'Authorizer').IdentitySource; }),
    fault('G16', 'the authorizer takes a token of the query too', ({ Lab }) => {
      prop(Lab, 'Authorizer').IdentitySource = join('method.request.header.Authorization', ',', 'method.request.', 'querystring.token');
    }),
    fault('G19', 'a key of the plan is the only lock of a reader', ({ Lab }) => {
      Object.assign(prop(Lab, 'GetSample'), { AuthorizationType: 'NONE', ApiKeyRequired: true });
      delete prop(Lab, 'GetSample').AuthorizerId;
    }),
    fault('G20', 'all other paths reach the reader without a check', ({ Lab }) => {
      add(Lab, 'RestPath', 'AWS::ApiGateway::Resource', { RestApiId: ref('Api'), ParentId: att('Api', 'RootResourceId'), PathPart: '{any+}' });
      add(Lab, 'AnyRest', 'AWS::ApiGateway::Method', { ...prop(Lab, 'GetSample'), HttpMethod: 'ANY', ResourceId: ref('RestPath'), AuthorizationType: 'NONE', AuthorizerId: undefined });
    }),
    fault('G22', 'the endpoint of the service answers beside the domain with client certificates', ({ Lab }) => { prop(Lab, 'Api').DisableExecuteApiEndpoint = 'false'; }),
    fault('G23', 'the store of trusted certificates is not pinned to a version', ({ Lab }) => { delete prop(Lab, 'Domain').MutualTlsAuthentication.TruststoreVersion; }),
    fault('G27', 'any path of any stage may call the function that accepts', ({ Lab }) => {
      prop(Lab, 'AcceptCalled').SourceArn = { 'Fn::Join': [':', ['arn:aws:execute-api', ref('AWS::Region'), ref('AWS::AccountId'), join(ref('Api'), '/*/*/*')]] };
    }),
    fault('G31', 'a managed policy from elsewhere lets the reader delete samples', ({ Lab }) => {
      add(Lab, 'Cleaning', 'AWS::IAM::ManagedPolicy', { Roles: [ref('ReadRole')], PolicyDocument: document(allow(['dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'], att('Samples'))) });
    }),
    fault('G46', 'the import writes its result beside its input, where it is called again', ({ Lab }) => {
      statements(Lab, 'ImportRole').push(allow('s3:PutObject', join('arn:aws:s3:::lab-reports-', ref('AWS::AccountId'), '-', ref('AWS::Region'), '/in/done/*')));
    }),
    fault('G47', 'a permission is left for a method that the API does not have', ({ Lab }) => {
      add(Lab, 'OldCalled', 'AWS::Lambda::Permission', { ...prop(Lab, 'AcceptCalled'), SourceArn: arn('execute-api', '${Api}/live/DELETE/archive') });
    }),
    fault('G56', 'the body of a sample is not validated: the validator looks at parameters only', ({ Lab }) => { prop(Lab, 'Validator').ValidateRequestBody = false; }),
    fault('G56', 'no model for the body of a sample', ({ Lab }) => { delete prop(Lab, 'PostSample').RequestModels; }),
    fault('G57', 'an object within the sample takes any field', ({ Lab }) => { delete models(Lab).taker.additionalProperties; }),
    fault('G57', 'a text in a list has no length', ({ Lab }) => { models(Lab).tubes.items = { type: 'string' }; }),
    fault('G58', 'the path is put into the query of a table as it came', ({ Lab }) => {
      add(Lab, 'QueryRole', 'AWS::IAM::Role', role('apigateway.amazonaws.com', [allow('dynamodb:Query', att('Samples')), USE_KEY],
        { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } }).Properties);
      prop(Lab, 'GetSample').Integration = {
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Credentials: att('QueryRole'),
        Uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/Query'),
        PassthroughBehavior: 'NEVER',
        RequestTemplates: { 'application/json': join('{"TableName":"', ref('Samples'), '","ExpressionAttributeValues":{":i":{"S":"', "$input.params('id')", '"}}}') },
        IntegrationResponses: [{ StatusCode: '200' }],
      };
      remove(Lab, 'ReadCalled');
    }),
    fault('G59', 'the reader is an old server that speaks plain HTTP', ({ Lab }) => {
      prop(Lab, 'GetSample').Integration = { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: join('http', '://', 'old.lab.example.org/samples') };
      remove(Lab, 'ReadCalled');
    }),
    fault('G60', 'a refused body learns how the validator thinks', ({ Lab }) => {
      prop(Lab, 'ApiBadBody').ResponseTemplates = { 'application/json': '{"message":$context.error.messageString,"why":"$context.error.validationErrorString"}' };
    }),
    fault('G62', 'every rule of the web ACL only counts', ({ Lab }) => {
      const [core, known, rate] = prop(Lab, 'Acl').Rules;
      core.OverrideAction = known.OverrideAction = { Count: {} };
      rate.Action = { Count: {} };
    }),
    fault('G61', 'a plan for partners without any limit', ({ Lab }) => {
      add(Lab, 'Partners', 'AWS::ApiGateway::UsagePlan', { UsagePlanName: 'partners', ApiStages: [{ ApiId: ref('Api'), Stage: ref('Live') }] });
    }),
    fault('G61', 'the key of a partner is written into the template', ({ Lab }) => {
      add(Lab, 'Partners', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Api'), Stage: ref('Live') }], Throttle: { BurstLimit: 5, RateLimit: 2 }, Quota: { Limit: 1000, Period: 'DAY' } });
      add(Lab, 'Partner', 'AWS::ApiGateway::ApiKey', { Enabled: true, Value: join('k7Qm2', 'ZpX9rT4vB8nL1cW6'), StageKeys: [{ RestApiId: ref('Api'), StageName: ref('Live') }] });
      add(Lab, 'PartnerOfPlan', 'AWS::ApiGateway::UsagePlanKey', { KeyId: ref('Partner'), KeyType: 'API_KEY', UsagePlanId: ref('Partners') });
    }),
    fault('G64', 'a rule of its own lets large bodies pass', ({ Lab }) => {
      prop(Lab, 'Acl').Rules.push({
        Name: 'markup',
        Priority: 5,
        Action: { Block: {} },
        VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: 'markup' },
        Statement: {
          AndStatement: {
            Statements: [
              { ByteMatchStatement: { FieldToMatch: { Method: {} }, PositionalConstraint: 'EXACTLY', SearchString: 'POST', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } },
              { XssMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'CONTINUE' } }, TextTransformations: [{ Priority: 0, Type: 'HTML_ENTITY_DECODE' }] } },
            ],
          },
        },
      });
    }),
    fault('G64', 'the log of the web ACL holds the tokens', ({ Lab }) => { prop(Lab, 'AclLogging').RedactedFields = [{ SingleHeader: { Name: 'cookie' } }]; }),
    fault('G63', 'the bound of calls holds for one path only, which the API does not have', ({ Lab }) => {
      prop(Lab, 'Acl').Rules[2].Statement.RateBasedStatement.ScopeDownStatement = {
        ByteMatchStatement: { FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString: '/live/login', TextTransformations: [{ Priority: 0, Type: 'NONE' }] },
      };
    }),
    fault('G67', 'the stage caches samples by their path, whoever asks', ({ Lab }) => {
      Object.assign(prop(Lab, 'Live'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' });
      prop(Lab, 'Live').MethodSettings.push({
        HttpMethod: 'GET',
        ResourcePath: '/samples/{id}',
        CachingEnabled: true,
        CacheDataEncrypted: true,
        CacheTtlInSeconds: 60,
        LoggingLevel: 'ERROR',
        MetricsEnabled: true,
        ThrottlingBurstLimit: 50,
        ThrottlingRateLimit: 20,
      });
    }),
    fault('G69', 'one method writes whole bodies into the log', ({ Lab }) => {
      prop(Lab, 'Live').MethodSettings.push({ ...prop(Lab, 'Live').MethodSettings[0], HttpMethod: 'POST', ResourcePath: '/~1samples', DataTraceEnabled: 'true' });
    }),
    fault('G71', 'the access log shows the key of the caller', ({ Lab }) => { prop(Lab, 'Live').AccessLogSetting.Format = REST_FORMAT.replace('$context.identity.sourceIp', '$context.identity.sourceIp $context.identity.apiKey'); }),
    fault('G90', 'the reader may run for two minutes although its caller waits for 29 seconds', ({ Lab }) => { prop(Lab, 'Read').Timeout = '120'; }),
    breach('apigw.waf', 'no web ACL stands before the stage', ({ Lab }) => { remove(Lab, 'AclOfApi'); }),
  ],
  variants: [
    safe('a preflight that answers one origin', ({ Lab }) => {
      add(Lab, 'OptionsSample', 'AWS::ApiGateway::Method', {
        RestApiId: ref('Api'),
        ResourceId: ref('SamplesPath'),
        HttpMethod: 'OPTIONS',
        AuthorizationType: 'NONE',
        Integration: {
          Type: 'MOCK',
          RequestTemplates: { 'application/json': '{"statusCode":204}' },
          IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://wards.example.org'" } }],
        },
        MethodResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': true } }],
      });
    }),
    safe('the import writes to another folder of its bucket', ({ Lab }) => {
      statements(Lab, 'ImportRole').push(allow('s3:PutObject', sub('arn:${AWS::Partition}:s3:::lab-reports-${AWS::AccountId}-${AWS::Region}/done/*')));
    }),
    safe('the text of the sample is escaped where it is put into a query', ({ Lab }) => {
      add(Lab, 'QueryRole', 'AWS::IAM::Role', role('apigateway.amazonaws.com', [allow('dynamodb:Query', att('Samples')), USE_KEY],
        { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } }).Properties);
      prop(Lab, 'GetSample').Integration = {
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Credentials: att('QueryRole'),
        Uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/Query'),
        PassthroughBehavior: 'NEVER',
        RequestTemplates: { 'application/json': join('{"TableName":"', ref('Samples'), '","ExpressionAttributeValues":{":i":{"S":"', "$util.escapeJavaScript($input.params('id'))", '"}}}') },
        IntegrationResponses: [{ StatusCode: '200' }],
      };
      remove(Lab, 'ReadCalled');
    }),
    safe('one rule of the web ACL counts while it is new', ({ Lab }) => {
      prop(Lab, 'Acl').Rules.push({ ...prop(Lab, 'Acl').Rules[2], Name: 'new', Priority: 9, Action: { Count: {} }, VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: 'new' } });
    }),
    safe('switches as texts', ({ Lab }) => {
      prop(Lab, 'Api').DisableExecuteApiEndpoint = 'true';
      prop(Lab, 'Live').MethodSettings[0].DataTraceEnabled = 'false';
      prop(Lab, 'Live').TracingEnabled = 'true';
      prop(Lab, 'Read').Timeout = '20';
    }),
    safe('a variable that counts tokens', ({ Lab }) => { env(Lab, 'Check').MAX_TOKEN_AGE = '300'; statements(Lab, 'CheckRole').splice(0, 2, ...basics('Check') as []); }),
  ],
};
