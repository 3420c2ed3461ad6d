import { ACCOUNT, alarm, allow, att, deadLetters, firewall, HTTP_FORMAT, Json, key, logs, NONE, people, app, ref, REGION, REST_FORMAT, risk, sub, table, trusts, document, worker, when } from './kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements } from '../support';

const CMK = att('PollsKey');
const BELL = ref('AlarmTopicArn');
const uri = (id: string): Json => sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`);
const to = (id: string, more: Json = {}): Json => ({ type: 'aws_proxy', httpMethod: 'POST', uri: uri(id), passthroughBehavior: 'never', ...more });
const http = (id: string): Json => ({ type: 'aws_proxy', httpMethod: 'POST', payloadFormatVersion: '2.0', uri: uri(id) });
const may = (id: string, source: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref(id), Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:${source}`) } });
const named = (id: string) => (part: string): string => `${id}Function${part}`;
const refusal = (statusCode: number): Json => ({ statusCode, responseTemplates: { 'application/json': '{"message":"no"}' } });

const REST_BODY: Json = {
  'swagger': '2.0',
  'info': { version: '1.0', title: { Ref: 'AWS::StackName' } },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true }, params: { validateRequestBody: false, validateRequestParameters: true } },
  'x-amazon-apigateway-request-validator': 'all',
  'x-amazon-apigateway-gateway-responses': { DEFAULT_4XX: refusal(400), DEFAULT_5XX: refusal(500), BAD_REQUEST_BODY: refusal(400) },
  'securityDefinitions': {
    Voters: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'cognito_user_pools', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [att('VoterPool')] } },
    Machines: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    Officers: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'custom', 'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: uri('CheckFunction'), authorizerResultTtlInSeconds: 0, identityValidationExpression: '^Bearer [-0-9a-zA-Z._]{20,2000}$' } },
    api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
  },
  'paths': {
    '/votes': {
      post: { 'parameters': [{ in: 'body', name: 'Vote', required: true, schema: { $ref: '#/definitions/Vote' } }], 'consumes': ['application/json'], 'security': [{ Voters: ['polls/vote'] }], 'x-amazon-apigateway-integration': to('VoteFunction'), 'responses': {} },
    },
    '/results/{poll}': {
      get: { 'parameters': [{ in: 'path', name: 'poll', required: true, type: 'string' }], 'security': [{ Voters: ['polls/read'] }], 'x-amazon-apigateway-integration': to('ResultsFunction'), 'responses': {} },
      options: {
        'consumes': ['application/json'],
        'responses': { 204: { description: 'preflight', headers: { 'Access-Control-Allow-Origin': { type: 'string' }, 'Access-Control-Allow-Headers': { type: 'string' }, 'Access-Control-Allow-Methods': { type: 'string' } } } },
        'x-amazon-apigateway-integration': { type: 'mock', requestTemplates: { 'application/json': '{"statusCode":204}' }, responses: { default: { statusCode: '204', responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://vote.council.internal'", 'method.response.header.Access-Control-Allow-Headers': "'Authorization'", 'method.response.header.Access-Control-Allow-Methods': "'GET'" } } } },
      },
    },
    '/polls/{poll}': {
      delete: { 'parameters': [{ in: 'path', name: 'poll', required: true, type: 'string' }], 'security': [{ Officers: [] }], 'x-amazon-apigateway-integration': to('VoteFunction'), 'responses': {} },
    },
    '/tally': {
      get: { 'security': [{ Machines: [] }], 'x-amazon-apigateway-integration': to('ResultsFunction'), 'responses': {} },
    },
  },
  'definitions': { Vote: { type: 'object', additionalProperties: false, required: ['poll', 'choice'], properties: { poll: { type: 'string', maxLength: 36 }, choice: { type: 'string', maxLength: 36 } } } },
};

const HTTP_BODY: Json = {
  'openapi': '3.0.1',
  'info': { version: '1.0', title: { Ref: 'AWS::StackName' } },
  'paths': {
    '/bulletins': { get: { 'security': [{ Readers: ['polls/read'] }], 'x-amazon-apigateway-integration': http('ResultsFunction'), 'responses': {} } },
    '/bulletins/{id}': { put: { 'security': [{ Readers: ['polls/edit'] }], 'x-amazon-apigateway-integration': http('VoteFunction'), 'responses': {} } },
  },
  'components': { securitySchemes: { Readers: { 'type': 'oauth2', 'x-amazon-apigateway-authorizer': { type: 'jwt', identitySource: '$request.header.Authorization', jwtConfiguration: { issuer: sub('https://cognito-idp.${AWS::Region}.amazonaws.com/${VoterPool}'), audience: [ref('VoterClient')] } } } } },
  'x-amazon-apigateway-cors': { allowOrigins: ['https://vote.council.internal'], allowMethods: ['GET', 'PUT'], allowHeaders: ['authorization', 'content-type'], allowCredentials: true, maxAge: 600 },
};

const common = { cmk: CMK, alarms: BELL };
const signed = { CodeSigningConfigArn: ref('Signing') };
const TEMPLATE: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { AlarmTopicArn: { Type: 'String', Default: 'arn:aws:sns:eu-central-1:111122223333:council-alarms', AllowedPattern: '^arn:.*$' }, Profiles: { Type: 'String', Default: 'arn:aws:signer:eu-central-1:111122223333:/signing-profiles/council/abcdefgh12' } },
  Resources: {
    PollsKey: key('sns.amazonaws.com'),
    Signing: { Type: 'AWS::Lambda::CodeSigningConfig', Properties: { AllowedPublishers: { SigningProfileVersionArns: [ref('Profiles')] }, CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' } } },
    PollsTable: table(CMK),
    VoterPool: people(),
    VoterRisk: risk(ref('VoterPool')),
    VoterServer: { Type: 'AWS::Cognito::UserPoolResourceServer', Properties: { UserPoolId: ref('VoterPool'), Identifier: 'polls', Name: 'polls', Scopes: ['vote', 'read', 'edit'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName })) } },
    VoterClient: app(ref('VoterPool'), { AllowedOAuthScopes: ['openid', 'polls/vote', 'polls/read', 'polls/edit'], CallbackURLs: ['https://vote.council.internal/in'], LogoutURLs: ['https://vote.council.internal/out'] }),
    ...worker('Vote', { ...common, id: named('Vote'), env: { TABLE: ref('PollsTable'), QUEUE: ref('TallyQueue') }, can: [allow(['dynamodb:PutItem', 'dynamodb:DeleteItem'], att('PollsTable')), allow('sqs:SendMessage', att('TallyQueue')), allow('kms:GenerateDataKey', CMK, { StringEquals: { 'kms:ViaService': sub('sqs.${AWS::Region}.amazonaws.com') } })], more: signed }),
    ...worker('Results', { ...common, id: named('Results'), env: { TABLE: ref('PollsTable') }, can: [allow(['dynamodb:GetItem', 'dynamodb:Query'], att('PollsTable'))], more: signed }),
    ...worker('Check', { ...common, id: named('Check'), more: { ...signed, Timeout: 5 } }),
    ...worker('Tally', { ...common, id: named('Tally'), env: { TABLE: ref('PollsTable') }, can: [allow('dynamodb:UpdateItem', att('PollsTable')), allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('TallyQueue'))], more: signed }),
    TallyQueue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'polls-tally', KmsMasterKeyId: CMK, VisibilityTimeout: 180, MessageRetentionPeriod: 345600, RedrivePolicy: { deadLetterTargetArn: att('TallyLost'), maxReceiveCount: 5 }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    TallyQueuePolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('TallyQueue')], PolicyDocument: document({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: att('TallyQueue'), Condition: { Bool: { 'aws:SecureTransport': false } } }) } },
    ...deadLetters('TallyLost', CMK, BELL, [], { RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [sub('arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:polls-tally')] } }),
    TallyFunctionQueue: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: att('TallyQueue'), FunctionName: ref('TallyFunction'), BatchSize: 10, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 } } },
    ServerlessRestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: REST_BODY, EndpointConfiguration: { Types: ['REGIONAL'] }, Parameters: { endpointConfigurationTypes: 'REGIONAL' } } },
    ServerlessRestApiDeployment1f2e3d4c5b: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('ServerlessRestApi'), Description: 'RestApi deployment id: 1f2e3d4c5b' } },
    ServerlessRestApiProdStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: ref('ServerlessRestApi'),
        DeploymentId: ref('ServerlessRestApiDeployment1f2e3d4c5b'),
        StageName: 'Prod',
        TracingEnabled: true,
        AccessLogSetting: { DestinationArn: att('RestCalls'), Format: REST_FORMAT },
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 100, ThrottlingRateLimit: 50 }],
        Variables: { region: REGION },
      },
    },
    RestCalls: logs(CMK),
    VoteFunctionPostPermissionProd: may('VoteFunction', '${ServerlessRestApi}/${ServerlessRestApiProdStage}/POST/votes'),
    VoteFunctionDropPermissionProd: may('VoteFunction', '${ServerlessRestApi}/${ServerlessRestApiProdStage}/DELETE/polls/*'),
    ResultsFunctionGetPermissionProd: may('ResultsFunction', '${ServerlessRestApi}/${ServerlessRestApiProdStage}/GET/results/*'),
    ResultsFunctionTallyPermissionProd: may('ResultsFunction', '${ServerlessRestApi}/${ServerlessRestApiProdStage}/GET/tally'),
    CheckFunctionAuthorizerPermission: may('CheckFunction', '${ServerlessRestApi}/authorizers/*'),
    ...firewall('Acl', att('AclLogs')),
    AclLogs: logs(CMK, { LogGroupName: 'aws-waf-logs-polls' }),
    AclOnProd: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Acl'), ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${ServerlessRestApi}/stages/${ServerlessRestApiProdStage}') } },
    AclBlocks: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'acl', Region: REGION, Rule: 'ALL' }, BELL),
    ServerlessHttpApi: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: HTTP_BODY } },
    ServerlessHttpApiApiGatewayDefaultStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: ref('ServerlessHttpApi'), StageName: '$default', AutoDeploy: true, AccessLogSettings: { DestinationArn: att('HttpCalls'), Format: HTTP_FORMAT }, DefaultRouteSettings: { ThrottlingBurstLimit: 50, ThrottlingRateLimit: 20, DetailedMetricsEnabled: true }, Tags: { 'httpapi:createdBy': 'SAM' } },
    },
    HttpCalls: logs(CMK),
    ResultsFunctionBulletinsPermission: may('ResultsFunction', '${ServerlessHttpApi}/$default/GET/bulletins'),
    VoteFunctionBulletinPermission: may('VoteFunction', '${ServerlessHttpApi}/$default/PUT/bulletins/*'),
    RestErrors: alarm('AWS/ApiGateway', '5XXError', { ApiName: ref('AWS::StackName'), Stage: 'Prod' }, BELL),
    HttpErrors: alarm('AWS/ApiGateway', '5xx', { ApiId: ref('ServerlessHttpApi') }, BELL),
  },
};

const rest = (template: Json): Json => prop(template, 'ServerlessRestApi').Body;
const open = (template: Json): Json => prop(template, 'ServerlessHttpApi').Body;

/** What the SAM transform leaves: two APIs, each in one document. */
export const POLLS: BlindSeed = {
  name: 'Polls after the SAM transform: a REST and an HTTP API by their documents',
  style: 'sam',
  stacks: { Polls: TEMPLATE },
  mutants: [
    breach('apigw.method-auth', 'voting is secured at the root of the document, where the gateway does not look', ({ Polls }) => { rest(Polls).security = [{ Voters: ['polls/vote'] }]; delete rest(Polls).paths['/votes'].post.security; }),
    breach('apigw.method-auth', 'the tally has an empty list of security', ({ Polls }) => { rest(Polls).paths['/tally'].get.security = []; }),
    breach('apigw.authorizer-exists', 'polls are deleted under a definition that nobody wrote', ({ Polls }) => { rest(Polls).paths['/polls/{poll}'].delete.security = [{ Officer: [] }]; }),
    fault('G19', 'a vote needs a key only, in the document', ({ Polls }) => { rest(Polls).paths['/votes'].post.security = [{ api_key: [] }]; }),
    fault('G19', 'deleting a poll needs a key: its auth type is written NONE beside it', ({ Polls }) => { Object.assign(rest(Polls).paths['/polls/{poll}'].delete, { 'security': [{ api_key: [] }], 'x-amazon-apigateway-auth': { type: 'NONE' } }); }),
    fault('G18', 'the document asks voters for no scope', ({ Polls }) => { rest(Polls).paths['/votes'].post.security = [{ Voters: [] }]; }),
    fault('G18', 'bulletins are edited with any token of the pool', ({ Polls }) => { open(Polls).paths['/bulletins/{id}'].put.security = [{ Readers: [] }]; }),
    fault('G20', 'any method of any path votes, in the document of the REST API', ({ Polls }) => { rest(Polls).paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { 'parameters': [{ name: 'proxy', in: 'path', required: true, type: 'string' }], 'x-amazon-apigateway-integration': to('VoteFunction'), 'responses': {} } }; }),
    fault('G20', 'what no route names goes to the voting function, in the document of the HTTP API', ({ Polls }) => { open(Polls).paths['/$default'] = { 'x-amazon-apigateway-any-method': { 'isDefaultRoute': true, 'x-amazon-apigateway-integration': http('VoteFunction'), 'responses': {} } }; }),
    breach('apigwv2.route-auth', 'bulletins are read by everybody: the operation lost its security', ({ Polls }) => { delete open(Polls).paths['/bulletins'].get.security; }),
    fault('G17', 'tokens for other apps of the pool do too, since the list is empty in the document', ({ Polls }) => { open(Polls).components.securitySchemes.Readers['x-amazon-apigateway-authorizer'].jwtConfiguration.audience = []; }),
    fault('G17', 'the issuer is asked over a line in the clear, by a substitution', ({ Polls }) => { open(Polls).components.securitySchemes.Readers['x-amazon-apigateway-authorizer'].jwtConfiguration.issuer = sub('${Scheme}://login.council.internal/', { Scheme: 'http' }); }),
    fault('G16', 'the token of a bulletin comes in the address', ({ Polls }) => { open(Polls).components.securitySchemes.Readers['x-amazon-apigateway-authorizer'].identitySource = ['$request.querystring.access_token']; }),
    fault('G12', 'the document lets a page in the clear read the HTTP API', ({ Polls }) => { open(Polls)['x-amazon-apigateway-cors'].allowOrigins.push('http://kiosk.council.internal'); }),
    fault('G11', 'every secure site reads with credentials, by the document', ({ Polls }) => { open(Polls)['x-amazon-apigateway-cors'].allowOrigins = ['https://*']; }),
    fault('G13', 'every site reads refusals with credentials, by the document', ({ Polls }) => { rest(Polls)['x-amazon-apigateway-gateway-responses'].DEFAULT_4XX.responseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'", 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" }; }),
    fault('G13', 'the preflight of the document answers any site, and with credentials', ({ Polls }) => { Object.assign(rest(Polls).paths['/results/{poll}'].options['x-amazon-apigateway-integration'].responses.default.responseParameters, { 'method.response.header.Access-Control-Allow-Origin': "'*'", 'method.response.header.Access-Control-Allow-Credentials': "'true'" }); }),
    fault('G14', 'officers are asked once in an hour for two paths', ({ Polls }) => {
      rest(Polls).securityDefinitions.Officers['x-amazon-apigateway-authorizer'].authorizerResultTtlInSeconds = 3600;
      rest(Polls).paths['/tally'].get.security = [{ Officers: [] }];
    }),
    fault('G15', 'anything that is sent wakes the check of officers', ({ Polls }) => { delete rest(Polls).securityDefinitions.Officers['x-amazon-apigateway-authorizer'].identityValidationExpression; }),
    fault('G56', 'voting uses the validator that looks at parameters alone', ({ Polls }) => { rest(Polls).paths['/votes'].post['x-amazon-apigateway-request-validator'] = 'params'; }),
    fault('G56', 'votes are checked against nothing: no body is described', ({ Polls }) => { rest(Polls).paths['/votes'].post.parameters = []; }),
    fault('G57', 'a vote may hold anything besides', ({ Polls }) => { delete rest(Polls).definitions.Vote.additionalProperties; }),
    fault('G57', 'a choice has no end, by a reference to another definition', ({ Polls }) => { rest(Polls).definitions.Choice = { type: 'string' }; rest(Polls).definitions.Vote.properties.choice = { $ref: '#/definitions/Choice' }; }),
    fault('G58', 'the name of a poll goes raw into what the queue is sent', ({ Polls }) => {
      add(Polls, 'DirectRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), Policies: [{ PolicyName: 'send', PolicyDocument: document(allow('sqs:SendMessage', att('TallyQueue')), allow('kms:GenerateDataKey', CMK, { StringEquals: { 'kms:ViaService': sub('sqs.${AWS::Region}.amazonaws.com') } })) }] });
      rest(Polls).paths['/votes'].post['x-amazon-apigateway-integration'] = { type: 'aws', httpMethod: 'POST', credentials: att('DirectRole'), uri: sub('arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${TallyQueue.QueueName}'), passthroughBehavior: 'never', requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" }, requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody={"poll":"$input.path(\'$.poll\')"}' }, responses: { default: { statusCode: '200' } } };
    }),
    fault('G38', 'the tally is asked for with the identity of the caller, in the document', ({ Polls }) => { rest(Polls).paths['/tally'].get['x-amazon-apigateway-integration'].credentials = 'arn:aws:iam::*:user/*'; }),
    fault('G59', 'the tally is fetched from a host in the clear, by a stage variable', ({ Polls }) => { prop(Polls, 'ServerlessRestApiProdStage').Variables.host = 'tally.council.internal'; rest(Polls).paths['/tally'].get['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'GET', uri: 'http://${stageVariables.host}/tally' }; }),
    fault('G59', 'whoever answers for the backend is believed', ({ Polls }) => { rest(Polls).paths['/tally'].get['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://tally.council.internal/tally', tlsConfig: { insecureSkipVerification: true } }; }),
    fault('G07', 'the word for the backend is a static header in the document', ({ Polls }) => { rest(Polls).paths['/tally'].get['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://tally.council.internal/tally', requestParameters: { 'integration.request.header.Authorization': "'Bearer 6f1c0a9be27d4453a8e0b7d9c2f4a611'" } }; }),
    fault('G07', 'a variable of the stage is the password of the tally', ({ Polls }) => { prop(Polls, 'ServerlessRestApiProdStage').Variables.tallyPassword = '{{resolve:ssm-secure:/polls/tally:3}}'; }),
    fault('G60', 'the document leaves the errors as they come', ({ Polls }) => { delete rest(Polls)['x-amazon-apigateway-gateway-responses']; }),
    fault('G60', 'the document tells what the validator thinks', ({ Polls }) => { rest(Polls)['x-amazon-apigateway-gateway-responses'].BAD_REQUEST_BODY.responseTemplates['application/json'] = '{"message":"$context.error.validationErrorString"}'; }),
    fault('G31', 'the function behind the bulletins and results writes to the table', ({ Polls }) => { statements(Polls, 'ResultsFunctionRole')[3].Action = ['dynamodb:GetItem', 'dynamodb:BatchWriteItem']; }),
    fault('G27', 'any API of the account may set off the check of officers', ({ Polls }) => { prop(Polls, 'CheckFunctionAuthorizerPermission').SourceArn = sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*'); }),
    fault('G27', 'every method of every stage of every API calls the voting function', ({ Polls }) => { prop(Polls, 'VoteFunctionPostPermissionProd').SourceArn = sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/*/*/*'); }),
    fault('G47', 'the HTTP API that a permission names is gone', ({ Polls }) => { remove(Polls, 'ServerlessHttpApi', 'ServerlessHttpApiApiGatewayDefaultStage', 'HttpErrors', 'ResultsFunctionBulletinsPermission'); prop(Polls, 'VoteFunctionBulletinPermission').SourceArn = sub('arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:q1w2e3r4t5/$default/PUT/bulletins/*'); }),
    fault('G42', 'one bad vote is counted again with nine good ones', ({ Polls }) => { prop(Polls, 'TallyFunctionQueue').FunctionResponseTypes = []; }),
    fault('G43', 'votes are counted as fast as they come', ({ Polls }) => { delete prop(Polls, 'TallyFunctionQueue').ScalingConfig; delete prop(Polls, 'TallyFunction').ReservedConcurrentExecutions; }),
    fault('G44', 'a vote is lost at the first failure, by a text', ({ Polls }) => { prop(Polls, 'TallyQueue').RedrivePolicy.maxReceiveCount = '1'; }),
    fault('G44', 'a lost vote is dropped on the day it would have been anyway', ({ Polls }) => { prop(Polls, 'TallyLost').MessageRetentionPeriod = 345600; }),
    fault('G87', 'unsigned code is only told of', ({ Polls }) => { prop(Polls, 'Signing').CodeSigningPolicies = { UntrustedArtifactOnDeployment: 'Warn' }; }),
    fault('G87', 'of all the functions, the one that votes is unsigned', ({ Polls }) => { prop(Polls, 'VoteFunction').CodeSigningConfigArn = NONE; }),
    breach('lambda.sqs-visibility', 'a vote is seen again while it is counted', ({ Polls }) => { prop(Polls, 'TallyQueue').VisibilityTimeout = 25; }),
    breach('apigw.execution-logging', 'the REST API logs nothing of what it does', ({ Polls }) => { prop(Polls, 'ServerlessRestApiProdStage').MethodSettings[0].LoggingLevel = 'OFF'; }),
  ],
  variants: [
    safe('security at the root of the document too, besides that of each operation', ({ Polls }) => { rest(Polls).security = [{ Voters: ['polls/vote'] }]; }),
    safe('a key beside the token of the voter', ({ Polls }) => { rest(Polls).paths['/votes'].post.security = [{ Voters: ['polls/vote'], api_key: [] }]; }),
    safe('any site reads bulletins, without credentials of the browser and only by GET', ({ Polls }) => { Object.assign(open(Polls)['x-amazon-apigateway-cors'], { allowOrigins: ['*'], allowMethods: ['GET'], allowHeaders: ['content-type'], allowCredentials: false }); }),
    safe('the catch-all of the document needs a signature', ({ Polls }) => { rest(Polls).paths['/{proxy+}'] = { 'x-amazon-apigateway-any-method': { 'parameters': [{ name: 'proxy', in: 'path', required: true, type: 'string' }, { in: 'body', name: 'Vote', required: true, schema: { $ref: '#/definitions/Vote' } }], 'security': [{ Machines: [] }], 'x-amazon-apigateway-integration': to('VoteFunction'), 'responses': {} } }; }),
    safe('a default route that answers for signed callers alone', ({ Polls }) => { open(Polls).paths['/$default'] = { 'x-amazon-apigateway-any-method': { 'isDefaultRoute': true, 'x-amazon-apigateway-auth': { type: 'AWS_IAM' }, 'x-amazon-apigateway-integration': http('VoteFunction'), 'responses': {} } }; }),
    safe('an integration passes on what the authorizer found', ({ Polls }) => { rest(Polls).paths['/tally'].get['x-amazon-apigateway-integration'] = { type: 'http_proxy', httpMethod: 'GET', uri: 'https://tally.council.internal/tally', requestParameters: { 'integration.request.header.x-caller': 'context.identity.userArn', 'integration.request.header.accept': "'application/json'" } }; }),
    safe('an officer is asked once in a minute, for one path alone', ({ Polls }) => { rest(Polls).securityDefinitions.Officers['x-amazon-apigateway-authorizer'].authorizerResultTtlInSeconds = 60; }),
    safe('the audience of one of two clients, by a condition', ({ Polls }) => { Polls.Conditions = { Old: { 'Fn::Equals': [REGION, 'us-east-1'] } }; Polls.Resources.OtherClient = { ...JSON.parse(JSON.stringify(Polls.Resources.VoterClient)) }; open(Polls).components.securitySchemes.Readers['x-amazon-apigateway-authorizer'].jwtConfiguration.audience = when('Old', [ref('OtherClient')], [ref('VoterClient')]); }),
    safe('the validator of one operation looks at all', ({ Polls }) => { rest(Polls).paths['/votes'].post['x-amazon-apigateway-request-validator'] = 'all'; }),
    safe('the visibility is six times the time-out of the function, and the batch waits', ({ Polls }) => { Object.assign(prop(Polls, 'TallyFunctionQueue'), { MaximumBatchingWindowInSeconds: 20 }); prop(Polls, 'TallyQueue').VisibilityTimeout = 200; }),
    safe('a vote is voted for by another name of the function', ({ Polls }) => { env(Polls, 'VoteFunction').TOKEN_TABLE = ref('PollsTable'); env(Polls, 'VoteFunction').SECRET_ARN = sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:polls-a1B2c3'); }),
  ],
};
