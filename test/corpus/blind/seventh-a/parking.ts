import { Template } from '../../seed';
import { BlindSeed, breach, fault, prop, safe, statements } from '../support';
import {
  ACCESS_LOG, alarm, allow, att, firewall, joined, key, lambda, logs, Parts, permission, plain, queue, ref, role, signing, sub, table,
  userPool, via,
} from './parts';

const KEY = att('Key');
const PAGER = ref('Pager');
const NONE = { default: { statusCode: '200', responseTemplates: { 'application/json': '{}' } } };

const fn = (name: string, allowed: any[], variables: any, more: any = {}): Parts => lambda({
  id: plain(name),
  key: KEY,
  pager: PAGER,
  signing: ref('Signing'),
  code: { S3Bucket: ref('Artifacts'), S3Key: `${name}.zip` },
  statements: allowed,
  env: variables,
  more,
});

const STAY = {
  Comment: 'A stay, from the barrier to the bill',
  StartAt: 'Price',
  TimeoutSeconds: 300,
  States: {
    Price: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { 'FunctionName': '${Price}', 'Payload.$': '$' },
      TimeoutSeconds: 30,
      Retry: [{ ErrorEquals: ['Lambda.ServiceException'], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
      End: true,
    },
    Failed: { Type: 'Fail', Error: 'Stay' },
  },
};

const BODY = {
  'openapi': '3.0.1',
  'info': { title: 'parking', version: '1.0' },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-gateway-responses': {
    DEFAULT_4XX: { responseTemplates: { 'application/json': '{"message":"refused"}' } },
    DEFAULT_5XX: { responseTemplates: { 'application/json': '{"message":"failed"}' } },
    BAD_REQUEST_BODY: { responseTemplates: { 'application/json': '{"message":"malformed"}' } },
  },
  'x-amazon-apigateway-policy': {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }, { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
  },
  'paths': {
    '/stays': {
      post: {
        'security': [{ Drivers: ['parking/stay'] }],
        'requestBody': { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Stay' } } } },
        'responses': { 200: { description: 'taken' } },
        'x-amazon-apigateway-integration': {
          type: 'aws',
          httpMethod: 'POST',
          credentials: att('ToQueue'),
          passthroughBehavior: 'never',
          uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${Arrivals.QueueName}'),
          requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" },
          requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($util.escapeJavaScript($input.body))' },
          responses: NONE,
        },
      },
      options: {
        'responses': { 204: { description: 'preflight', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } } },
        'x-amazon-apigateway-integration': {
          type: 'mock',
          requestTemplates: { 'application/json': '{"statusCode":204}' },
          responses: {
            default: {
              statusCode: '204',
              responseParameters: {
                'method.response.header.Access-Control-Allow-Origin': "'https://app.parking.example.org'",
                'method.response.header.Access-Control-Allow-Methods': "'POST'",
                'method.response.header.Access-Control-Allow-Headers': "'authorization,content-type'",
              },
            },
          },
        },
      },
    },
    '/bills': {
      post: {
        'security': [{ Drivers: ['parking/bill'] }],
        'requestBody': { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Bill' } } } },
        'responses': { 200: { description: 'billed' } },
        'x-amazon-apigateway-integration': {
          type: 'aws',
          httpMethod: 'POST',
          credentials: att('ToWorkflow'),
          passthroughBehavior: 'never',
          uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution'),
          requestTemplates: {
            'application/json': sub(
              "{\"input\":\"$util.escapeJavaScript($input.json('$'))\",\"stateMachineArn\":\"${Workflow}\"}"),
          },
          responses: NONE,
        },
      },
    },
    '/stays/{plate}': {
      get: {
        'security': [{ Wardens: [] }],
        'parameters': [{ name: 'plate', in: 'path', required: true, schema: { type: 'string' } }],
        'responses': { 200: { description: 'shown' } },
        'x-amazon-apigateway-integration': {
          type: 'aws_proxy',
          httpMethod: 'POST',
          uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Show.Arn}/invocations'),
        },
      },
    },
  },
  'components': {
    schemas: {
      Stay: {
        type: 'object',
        additionalProperties: false,
        required: ['plate', 'lot'],
        properties: { plate: { type: 'string', maxLength: 12, pattern: '^[A-Z0-9-]+$' }, lot: { type: 'integer', minimum: 1, maximum: 500 } },
      },
      Bill: { type: 'object', additionalProperties: false, required: ['stay'], properties: { stay: { type: 'string', maxLength: 36 } } },
    },
    securitySchemes: {
      Drivers: {
        'type': 'apiKey',
        'name': 'Authorization',
        'in': 'header',
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [att('Pool')] },
      },
      Wardens: {
        'type': 'apiKey',
        'name': 'Authorization',
        'in': 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'token',
          authorizerResultTtlInSeconds: 0,
          identityValidationExpression: '^Bearer [A-Za-z0-9._-]{20,2000}$',
          authorizerUri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Gate.Arn}/invocations'),
        },
      },
    },
  },
};

const TEMPLATE: Template = {
  Description: 'Parking, from an OpenAPI document',
  Parameters: { Pager: { Type: 'String' }, Artifacts: { Type: 'String' } },
  Resources: {
    Key: key(),
    Signing: signing(),
    Pool: userPool(),
    Stays: table(KEY, 'plate'),
    ...queue(plain('Arrivals'), ref('Key'), PAGER),
    ToQueue: role('apigateway.amazonaws.com', [
      allow('sqs:SendMessage', att('Arrivals')), allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('sqs')),
    ]),
    ToWorkflow: role('apigateway.amazonaws.com', [allow('states:StartExecution', ref('Workflow'))]),
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: 'parking',
        EndpointConfiguration: { Types: ['REGIONAL'] },
        Body: BODY,
        FailOnWarnings: true,
        MinimumCompressionSize: 1024,
        Tags: [{ Key: 'app', Value: 'parking' }],
      },
    },
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('Api') } },
    ApiLogs: logs(KEY),
    Live: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: ref('Api'),
        DeploymentId: ref('Deployment'),
        StageName: 'live',
        TracingEnabled: true,
        Tags: [{ Key: 'app', Value: 'parking' }],
        AccessLogSetting: { DestinationArn: att('ApiLogs'), Format: ACCESS_LOG },
        MethodSettings: [{
          HttpMethod: '*',
          ResourcePath: '/*',
          LoggingLevel: 'ERROR',
          MetricsEnabled: true,
          DataTraceEnabled: false,
          ThrottlingBurstLimit: 50,
          ThrottlingRateLimit: 100,
        }],
      },
    },
    ApiFaults: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'parking', Stage: 'live' }, PAGER),
    ApiRefusals: alarm('AWS/ApiGateway', '4XXError', { ApiName: 'parking', Stage: 'live' }, PAGER),
    ...firewall(plain('Firewall'), KEY, PAGER),
    FirewallOnApi: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Live}'), WebACLArn: att('Firewall'),
      },
    },
    FirewallOnPool: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: att('Pool'), WebACLArn: att('Firewall') } },
    ...fn('Gate', [], {}),
    GateAllow: permission('Gate', 'apigateway.amazonaws.com', sub(
      'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/authorizers/*')),
    ...fn('Show', [allow('dynamodb:GetItem', att('Stays')), allow('kms:Decrypt', KEY, via('dynamodb'))], { STAYS: ref('Stays') }),
    ShowAllow: permission('Show', 'apigateway.amazonaws.com', sub(
      'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/live/GET/stays/*')),
    ...fn('Arrive', [
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Arrivals')),
      allow('dynamodb:PutItem', att('Stays')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('sqs', 'dynamodb')),
    ], { STAYS: ref('Stays') }),
    ArriveMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: ref('Arrive'), EventSourceArn: att('Arrivals'), FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 },
      },
    },
    ...fn('Price', [allow('dynamodb:GetItem', att('Stays')), allow('kms:Decrypt', KEY, via('dynamodb'))], { STAYS: ref('Stays') }),
    WorkflowRole: role('states.amazonaws.com', [
      allow('lambda:InvokeFunction', att('Price')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY),
      allow(['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries',
        'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
    ]),
    WorkflowLogs: logs(KEY),
    Workflow: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineType: 'STANDARD',
        RoleArn: att('WorkflowRole'),
        DefinitionString: JSON.stringify(STAY),
        DefinitionSubstitutions: { Price: att('Price') },
        LoggingConfiguration: {
          Level: 'ALL', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('WorkflowLogs') } }],
        },
        TracingConfiguration: { Enabled: true },
        EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: KEY, KmsDataKeyReusePeriodSeconds: 300 },
        Tags: [{ Key: 'app', Value: 'parking' }],
      },
    },
    WorkflowFailed: alarm('AWS/States', 'ExecutionsFailed', { StateMachineArn: ref('Workflow') }, PAGER),
  },
};

const body = (template: Template): any => prop(template, 'Api').Body;
const integration = (template: Template, path: string, verb: string): any => body(template).paths[path][verb]['x-amazon-apigateway-integration'];
const scheme = (template: Template, name: string): any => body(template).components.securitySchemes[name]['x-amazon-apigateway-authorizer'];
const definition = (template: Template, change: (machine: any) => void): void => {
  const machine = JSON.parse(prop(template, 'Workflow').DefinitionString);
  change(machine);
  prop(template, 'Workflow').DefinitionString = JSON.stringify(machine);
};

export const PARKING_SEED: BlindSeed = {
  name: 'Seven A: parking, a REST API from an OpenAPI document',
  style: 'yaml',
  stacks: { Parking: TEMPLATE },
  mutants: [
    fault('G13', 'each site may ask with credentials, in the document', ({ Parking }) => {
      Object.assign(integration(Parking, '/stays', 'options').responses.default.responseParameters, {
        'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'",
      });
    }),
    fault('G13', 'what is refused is told to each site, in the document', ({ Parking }) => {
      body(Parking)['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters = {
        'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'",
      };
    }),
    fault('G14', 'the verdict on one plate is good for each, in the document', ({ Parking }) => {
      scheme(Parking, 'Wardens').authorizerResultTtlInSeconds = 600;
      body(Parking).paths['/stays/{plate}'].head = body(Parking).paths['/stays/{plate}'].get;
    }),
    fault('G15', 'the gate takes each text for a token, in the document', ({ Parking }) => {
      delete scheme(Parking, 'Wardens').identityValidationExpression;
    }),
    fault('G16', 'the token of wardens stands in the address, in the document', ({ Parking }) => {
      const gate = scheme(Parking, 'Wardens');
      gate.type = 'request';
      gate.identitySource = 'method.request.header.Host, method.request.querystring.warden';
      delete gate.identityValidationExpression;
    }),
    fault('G18', 'any token of the pool starts a bill, in the document', ({ Parking }) => {
      body(Parking).paths['/bills'].post.security = [{ Drivers: [] }];
    }),
    fault('G19', 'a key is all that a stay asks for, in the document', ({ Parking }) => {
      body(Parking).components.securitySchemes.Key = { type: 'apiKey', name: 'x-api-key', in: 'header' };
      body(Parking).paths['/stays'].post.security = [{ Key: [] }];
    }),
    fault('G20', 'what has no path of its own reaches the show, in the document', ({ Parking }) => {
      const { security: _, ...open } = body(Parking).paths['/stays/{plate}'].get;
      body(Parking).paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { ...open, parameters: [{ name: 'proxy', in: 'path', required: true }] } };
    }),
    fault('G24', 'the API is private, and its document lets in all', ({ Parking }) => {
      prop(Parking, 'Api').EndpointConfiguration = { Types: [{ 'Fn::Select': [0, ['PRIVATE']] }] };
    }),
    fault('G38', 'who starts a bill does so as themselves, in the document', ({ Parking }) => {
      integration(Parking, '/bills', 'post').credentials = 'arn:aws:iam::*:user/*';
    }),
    fault('G38', 'the API may do all to workflows', ({ Parking }) => {
      statements(Parking, 'ToWorkflow')[0] = allow(['states:*'], ref('Workflow'));
    }),
    fault('G56', 'stays are not looked at, by a validator of their own, in the document', ({ Parking }) => {
      body(Parking)['x-amazon-apigateway-request-validators'].params = { validateRequestBody: false, validateRequestParameters: true };
      body(Parking).paths['/stays'].post['x-amazon-apigateway-request-validator'] = 'params';
    }),
    fault('G56', 'a bill has no model, in the document', ({ Parking }) => {
      delete body(Parking).paths['/bills'].post.requestBody;
    }),
    fault('G57', 'the plate of a car may be a book, in the document', ({ Parking }) => {
      delete body(Parking).components.schemas.Stay.additionalProperties;
      delete body(Parking).components.schemas.Stay.properties.plate.maxLength;
    }),
    fault('G57', 'a bill is one of two things, of which one is open, in the document', ({ Parking }) => {
      body(Parking).components.schemas.Bill = {
        oneOf: [
          body(Parking).components.schemas.Bill, { type: 'object', required: ['all'], properties: { all: { type: 'boolean' } } },
        ],
      };
    }),
    fault('G58', 'a stay is put into the message as it comes, in the document', ({ Parking }) => {
      integration(Parking, '/stays', 'post').requestTemplates['application/json']
        = "Action=SendMessage&MessageBody={\"plate\":\"$input.path('$.plate')\"}";
    }),
    fault('G58', 'who starts a bill says by a header which one, in the document', ({ Parking }) => {
      integration(Parking, '/bills', 'post').requestTemplates['application/json'] = joined(
        "{\"input\":\"$util.escapeJavaScript($input.json('$'))\",\"name\":\"$input.params('x-name')\",\"stateMachineArn\":\"", ref('Workflow'), '"}');
    }),
    fault('G59', 'the show is asked for at a machine whose certificate nobody checks, in the document', ({ Parking }) => {
      body(Parking).paths['/stays/{plate}'].get['x-amazon-apigateway-integration'] = {
        type: 'http_proxy', httpMethod: 'GET', uri: 'https://show.parking.example.org/', tlsConfig: { insecureSkipVerification: true },
      };
    }),
    fault('G60', 'who is refused learns of the check what it wants, in the document', ({ Parking }) => {
      body(Parking)['x-amazon-apigateway-gateway-responses'].BAD_REQUEST_BODY.responseTemplates['application/json']
        = '{"message":"$context.error.messageString","why":"$context.error.validationErrorString"}';
    }),
    fault('G55', 'the price of a stay is asked for without an end', ({ Parking }) => {
      definition(Parking, (machine) => {
        delete machine.TimeoutSeconds;
        delete machine.States.Price.TimeoutSeconds;
        machine.States.Price.Retry[0].MaxAttempts = 99999999;
      });
    }),
    fault('G55', 'a failure is not caught, in a branch', ({ Parking }) => {
      definition(Parking, (machine) => {
        const { Catch: _, ...price } = machine.States.Price;
        machine.States.Price = { Type: 'Parallel', Branches: [{ StartAt: 'Inner', States: { Inner: price } }], End: true };
      });
    }),
    fault('G62', 'what the core group finds is counted, rule by rule', ({ Parking }) => {
      const [rate, common, known] = prop(Parking, 'Firewall').Rules;
      rate.Action = { Count: {} };
      common.Statement.ManagedRuleGroupStatement.RuleActionOverrides = ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'NoUserAgent_HEADER']
        .map((Name) => ({ Name, ActionToUse: { Count: {} } }));
      common.OverrideAction = { Count: {} };
      known.Statement.ManagedRuleGroupStatement.ExcludedRules = [{ Name: 'Log4JRCE_HEADER' }];
      known.OverrideAction = { Count: {} };
    }),
    fault('G64', 'tokens of wardens stand in the log of the firewall', ({ Parking }) => {
      prop(Parking, 'FirewallLogging').RedactedFields = [{ SingleHeader: { Name: 'cookie' } }];
    }),
    fault('G42', 'one bad arrival brings back nine good ones', ({ Parking }) => {
      prop(Parking, 'ArriveMapping').FunctionResponseTypes = { Ref: 'AWS::NoValue' };
    }),
    fault('G72', 'what drivers are shown is written as it is', ({ Parking }) => {
      delete prop(Parking, 'ShowLogs').DataProtectionPolicy;
    }),
    breach('risk.auth', 'a second method of bills asks nobody, in the document', ({ Parking }) => {
      body(Parking).paths['/bills'].put = { ...body(Parking).paths['/bills'].post, security: [] };
    }),
  ],
  variants: [
    safe('the preflight lets each site ask, without credentials', ({ Parking }) => {
      integration(Parking, '/stays', 'options').responses.default.responseParameters['method.response.header.Access-Control-Allow-Origin'] = "'*'";
    }),
    safe('the template escapes what it takes, by a variable', ({ Parking }) => {
      integration(Parking, '/stays', 'post').requestTemplates['application/json']
        = "#set($plate = $util.escapeJavaScript($input.path('$.plate')))\nAction=SendMessage&MessageBody=$util.urlEncode(\"{\\\"plate\\\":\\\"$plate\\\"}\")";
    }),
    safe('the validator is named by each method', ({ Parking }) => {
      delete body(Parking)['x-amazon-apigateway-request-validator'];
      for (const path of ['/stays', '/bills']) body(Parking).paths[path].post['x-amazon-apigateway-request-validator'] = 'all';
      body(Parking).paths['/stays/{plate}'].get['x-amazon-apigateway-request-validator'] = 'all';
    }),
    safe('the API is private, and its document lets in one network', ({ Parking }) => {
      prop(Parking, 'Api').EndpointConfiguration = { Types: ['PRIVATE'] };
      const policy = body(Parking)['x-amazon-apigateway-policy'].Statement;
      policy[1].Condition = { StringEquals: { 'aws:SourceVpc': { 'Fn::ImportValue': 'parking-vpc' } } };
    }),
    safe('a rule of the core group counts, since bodies are large', ({ Parking }) => {
      prop(Parking, 'Firewall').Rules[1].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [
        { Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } },
      ];
    }),
  ],
};
