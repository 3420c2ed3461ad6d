import { ACCOUNT, alarm, allow, att, document, firewall, join, Json, key, logs, NONE, ref, REGION, REST_FORMAT, sub, table, trusts, when, worker } from './kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements } from '../support';

const id = (name: string) => (part: string): string => ({ '': `${name}LambdaFunction`, 'Logs': `${name}LogGroup`, 'Role': `IamRole${name}LambdaExecution` } as Record<string, string>)[part] ?? `${name}${part}Alarm`;
const CMK = att('PetsKey');
const BELL = sub('arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:ops-alarms');
const uri = (fn: string): Json => ({ 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':apigateway:', REGION, ':lambda:path/2015-03-31/functions/', att(fn), '/invocations']] });
const method = (HttpMethod: string, resource: string, fn: string, more: Json = {}): Json => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: { HttpMethod, RestApiId: ref('ApiGatewayRestApi'), ResourceId: ref(resource), AuthorizationType: 'CUSTOM', AuthorizerId: ref('VetsApiGatewayAuthorizer'), ApiKeyRequired: false, RequestValidatorId: ref('ApiGatewayRequestValidator'), Integration: { IntegrationHttpMethod: 'POST', Type: 'AWS_PROXY', Uri: uri(fn) }, MethodResponses: [], ...more },
});
const may = (fn: string, tail: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName: att(fn), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: join('arn:', ref('AWS::Partition'), ':execute-api:', REGION, ':', ACCOUNT, ':', ref('ApiGatewayRestApi'), tail) } });
const no = (ResponseType: string): Json => ({ Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: ref('ApiGatewayRestApi'), ResponseType, ResponseTemplates: { 'application/json': '{"message":"no"}' } } });
const fn = { cmk: CMK, alarms: BELL };
const PETS = 'PetsLambdaFunction';
const ADOPT = 'AdoptLambdaFunction';

const TEMPLATE: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'The AWS CloudFormation template for this Serverless application',
  Mappings: { Zone: { shop: { Policy: 'TLS_1_2', Host: 'https://vets.example.org', Validate: 'true', Off: 'true', Ttl: 0 } } },
  Conditions: { Europe: { 'Fn::Or': [{ 'Fn::Equals': [REGION, 'eu-west-1'] }, { 'Fn::Equals': [REGION, 'eu-central-1'] }] } },
  Resources: {
    PetsKey: key(),
    PetsTable: table(CMK),
    ...worker('Pets', { ...fn, id: id('Pets'), env: { TABLE: ref('PetsTable') }, can: [allow(['dynamodb:GetItem', 'dynamodb:Query'], att('PetsTable'))] }),
    ...worker('Adopt', { ...fn, id: id('Adopt'), env: { TABLE: ref('PetsTable') }, can: [allow('dynamodb:UpdateItem', att('PetsTable'))] }),
    ...worker('Vets', { ...fn, id: id('Vets'), more: { Timeout: 5 } }),
    ApiGatewayRestApi: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'prod-pets', EndpointConfiguration: { Types: ['REGIONAL'] }, DisableExecuteApiEndpoint: { 'Fn::FindInMap': ['Zone', 'shop', 'Off'] } } },
    ApiGatewayResourcePets: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: att('ApiGatewayRestApi', 'RootResourceId'), PathPart: 'pets', RestApiId: ref('ApiGatewayRestApi') } },
    ApiGatewayResourceVets: { Type: 'AWS::ApiGateway::Resource', Properties: { ParentId: att('ApiGatewayRestApi', 'RootResourceId'), PathPart: 'vets', RestApiId: ref('ApiGatewayRestApi') } },
    ApiGatewayRequestValidator: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: ref('ApiGatewayRestApi'), Name: 'all', ValidateRequestBody: { 'Fn::FindInMap': ['Zone', 'shop', 'Validate'] }, ValidateRequestParameters: true } },
    ApiGatewayModelAdopt: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: ref('ApiGatewayRestApi'), ContentType: 'application/json', Schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', additionalProperties: false, properties: { pet: { type: 'string', maxLength: 36 }, note: { type: 'string', maxLength: 400 } }, required: ['pet'] } } },
    VetsApiGatewayAuthorizer: { Type: 'AWS::ApiGateway::Authorizer', Properties: { Name: 'vets', RestApiId: ref('ApiGatewayRestApi'), Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization', AuthorizerResultTtlInSeconds: { 'Fn::FindInMap': ['Zone', 'shop', 'Ttl'] }, AuthorizerUri: uri('VetsLambdaFunction') } },
    ApiGatewayMethodPetsGet: method('GET', 'ApiGatewayResourcePets', PETS, { RequestParameters: { 'method.request.querystring.kind': false } }),
    ApiGatewayMethodPetsPatch: method('PATCH', 'ApiGatewayResourcePets', ADOPT, { RequestModels: { 'application/json': ref('ApiGatewayModelAdopt') } }),
    ApiGatewayMethodVetsGet: method('GET', 'ApiGatewayResourceVets', PETS, { AuthorizationType: 'AWS_IAM', AuthorizerId: NONE, Integration: { IntegrationHttpMethod: 'GET', Type: 'HTTP_PROXY', Uri: join({ 'Fn::FindInMap': ['Zone', 'shop', 'Host'] }, '/v1/vets'), ConnectionType: 'INTERNET' } }),
    No4: no('DEFAULT_4XX'),
    No5: no('DEFAULT_5XX'),
    PetsLambdaPermissionApiGateway: may(PETS, '/prod/GET/pets'),
    AdoptLambdaPermissionApiGateway: may(ADOPT, '/prod/PATCH/pets'),
    VetsLambdaPermissionApiGateway: may('VetsLambdaFunction', '/authorizers/*'),
    ApiGatewayLogGroup: logs(CMK),
    ApiGatewayClientCertificate: { Type: 'AWS::ApiGateway::ClientCertificate', Properties: { Description: 'for the vets' } },
    ApiGatewayDeployment1700000000000: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('ApiGatewayRestApi') }, DependsOn: ['ApiGatewayMethodPetsGet', 'ApiGatewayMethodPetsPatch', 'ApiGatewayMethodVetsGet'] },
    ApiGatewayStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: ref('ApiGatewayRestApi'),
        DeploymentId: ref('ApiGatewayDeployment1700000000000'),
        StageName: 'prod',
        TracingEnabled: true,
        ClientCertificateId: ref('ApiGatewayClientCertificate'),
        AccessLogSetting: { DestinationArn: att('ApiGatewayLogGroup'), Format: REST_FORMAT },
        MethodSettings: [{ DataTraceEnabled: false, HttpMethod: '*', LoggingLevel: 'ERROR', ResourcePath: '/*', MetricsEnabled: true, ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 }],
        Tags: [{ Key: 'stage', Value: 'prod' }],
      },
    },
    ...firewall('Fence', att('FenceLogGroup')),
    FenceLogGroup: logs(CMK, { LogGroupName: 'aws-waf-logs-pets' }),
    FenceAtStage: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Fence'), ResourceArn: join('arn:', ref('AWS::Partition'), ':apigateway:', REGION, '::/restapis/', ref('ApiGatewayRestApi'), '/stages/', ref('ApiGatewayStage')) } },
    FenceAlarm: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'acl', Region: REGION, Rule: 'ALL' }, BELL),
    PetsDomain: { Type: 'AWS::ApiGateway::DomainName', Properties: { DomainName: 'api.pets.example.org', EndpointConfiguration: { Types: ['REGIONAL'] }, RegionalCertificateArn: sub('arn:${AWS::Partition}:acm:${AWS::Region}:${AWS::AccountId}:certificate/5c5c5c5c-1111-2222-3333-444444444444'), SecurityPolicy: { 'Fn::FindInMap': ['Zone', 'shop', 'Policy'] }, MutualTlsAuthentication: { TruststoreUri: 's3://pets-trust/roots.pem', TruststoreVersion: 'aA1bB2' } } },
    PetsMapping: { Type: 'AWS::ApiGateway::BasePathMapping', Properties: { DomainName: ref('PetsDomain'), RestApiId: ref('ApiGatewayRestApi'), Stage: ref('ApiGatewayStage') } },
    ErrorsAlarm: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'prod-pets', Stage: 'prod' }, BELL),
  },
  Outputs: { ServiceEndpoint: { Value: sub('https://${PetsDomain}') } },
};

const zone = (template: Json, name: string, value: unknown): void => { template.Mappings.Zone.shop[name] = value; };
const vets = (template: Json): Json => prop(template, 'ApiGatewayMethodVetsGet').Integration;
const stage = (template: Json): Json => prop(template, 'ApiGatewayStage');

/** What the Serverless Framework leaves, with a domain of its own. */
export const PETS_SHOP: BlindSeed = {
  name: 'Pets by the Serverless Framework: a REST API behind a domain with client certificates',
  style: 'yaml',
  stacks: { Pets: TEMPLATE },
  mutants: [
    fault('G22', 'the API answers under its own name, past the certificates, by the mapping', ({ Pets }) => { zone(Pets, 'Off', 'false'); }),
    fault('G22', 'the API answers under its own name in Europe', ({ Pets }) => { prop(Pets, 'ApiGatewayRestApi').DisableExecuteApiEndpoint = when('Europe', NONE, true); }),
    fault('G23', 'the roots may be exchanged: their version is no value', ({ Pets }) => { prop(Pets, 'PetsDomain').MutualTlsAuthentication.TruststoreVersion = NONE; }),
    fault('G23', 'the version of the roots is given in one case alone', ({ Pets }) => { prop(Pets, 'PetsDomain').MutualTlsAuthentication = when('Europe', { TruststoreUri: 's3://pets-trust/roots.pem' }, prop(Pets, 'PetsDomain').MutualTlsAuthentication); }),
    breach('apigw.tls-policy', 'the domain speaks what is old, by the mapping', ({ Pets }) => { zone(Pets, 'Policy', 'TLS_1_0'); }),
    breach('apigw.tls-policy', 'the domain speaks what is old in Europe', ({ Pets }) => { prop(Pets, 'PetsDomain').SecurityPolicy = when('Europe', 'TLS_1_0', 'TLS_1_2'); }),
    fault('G14', 'what the vet was allowed for one method holds for the other, by the mapping', ({ Pets }) => { zone(Pets, 'Ttl', 300); }),
    fault('G14', 'the answer is kept by two headers: the methods share it', ({ Pets }) => { Object.assign(prop(Pets, 'VetsApiGatewayAuthorizer'), { AuthorizerResultTtlInSeconds: 900, IdentitySource: 'method.request.header.Authorization,method.request.header.Accept' }); }),
    fault('G15', 'the vet is asked of every call that carries nothing', ({ Pets }) => { delete prop(Pets, 'VetsApiGatewayAuthorizer').IdentitySource; }),
    fault('G16', 'the vet looks into the address for the word', ({ Pets }) => { prop(Pets, 'VetsApiGatewayAuthorizer').IdentitySource = when('Europe', 'method.request.querystring.auth', 'method.request.header.Authorization'); }),
    fault('G19', 'adopting needs a key alone, by a list of plans', ({ Pets }) => {
      const patch = prop(Pets, 'ApiGatewayMethodPetsPatch');
      Object.assign(patch, { AuthorizationType: when('Europe', 'NONE', 'NONE'), ApiKeyRequired: 'true', AuthorizerId: NONE });
      add(Pets, 'Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('ApiGatewayRestApi'), Stage: ref('ApiGatewayStage') }], Quota: { Limit: 100, Period: 'DAY' }, Throttle: { BurstLimit: 1, RateLimit: 1 } });
    }),
    fault('G20', 'all below the pets is asked of the adopting function by whoever comes', ({ Pets }) => { add(Pets, 'ApiGatewayResourceProxyVar', 'AWS::ApiGateway::Resource', { ParentId: ref('ApiGatewayResourcePets'), PathPart: '{path+}', RestApiId: ref('ApiGatewayRestApi') }); Pets.Resources.ApiGatewayMethodProxyVarAny = method('ANY', 'ApiGatewayResourceProxyVar', ADOPT, { AuthorizationType: 'NONE', AuthorizerId: NONE, RequestModels: { 'application/json': ref('ApiGatewayModelAdopt') } }); }),
    fault('G24', 'the API is for inside, and its policy lets everybody', ({ Pets }) => { const api = prop(Pets, 'ApiGatewayRestApi'); api.EndpointConfiguration = { Types: ['PRIVATE'] }; api.Policy = document({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/*/*' }); remove(Pets, 'PetsDomain', 'PetsMapping', 'FenceAtStage'); Pets.Outputs = {}; }),
    fault('G24', 'the API is for inside, and has no policy', ({ Pets }) => { prop(Pets, 'ApiGatewayRestApi').EndpointConfiguration.Types = when('Europe', ['PRIVATE'], ['PRIVATE']); remove(Pets, 'PetsDomain', 'PetsMapping', 'FenceAtStage'); Pets.Outputs = {}; }),
    fault('G56', 'what adopts is not looked at, by the mapping', ({ Pets }) => { zone(Pets, 'Validate', 'false'); }),
    fault('G56', 'what adopts is looked at in one case alone', ({ Pets }) => { prop(Pets, 'ApiGatewayMethodPetsPatch').RequestValidatorId = when('Europe', NONE, ref('ApiGatewayRequestValidator')); }),
    fault('G57', 'a note is as long as one likes: the schema is a text', ({ Pets }) => { prop(Pets, 'ApiGatewayModelAdopt').Schema = JSON.stringify({ ...prop(Pets, 'ApiGatewayModelAdopt').Schema, properties: { pet: { type: 'string', maxLength: 36 }, note: { type: 'string' } } }); }),
    fault('G57', 'pets are a list without an end', ({ Pets }) => { const schema = prop(Pets, 'ApiGatewayModelAdopt').Schema; delete schema.additionalProperties; schema.properties.tags = { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } }; }),
    fault('G59', 'vets are asked in the clear, by the mapping', ({ Pets }) => { zone(Pets, 'Host', 'http://vets.example.org'); }),
    fault('G59', 'the certificate of the vets is not looked at', ({ Pets }) => { vets(Pets).TlsConfig = { InsecureSkipVerification: true }; }),
    fault('G07', 'a word for the vets is a static header', ({ Pets }) => { vets(Pets).RequestParameters = { 'integration.request.header.X-Api-Key': join("'", 'v3ts-5e884898da28047151d0e56f8dc62927', "'") }; }),
    fault('G07', 'a word for the vets is a variable of the stage', ({ Pets }) => { stage(Pets).Variables = { VETS_SECRET: '5e884898da28047151d0e56f8dc62927' }; vets(Pets).RequestParameters = { 'integration.request.header.X-Api-Key': 'stageVariables.VETS_SECRET' }; }),
    fault('G38', 'vets are asked of a table by a role that may do all', ({ Pets }) => { add(Pets, 'DirectRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess'] }); Object.assign(vets(Pets), { Type: 'AWS', IntegrationHttpMethod: 'POST', Credentials: att('DirectRole'), Uri: sub('arn:aws:apigateway:${AWS::Region}:dynamodb:action/Scan'), RequestTemplates: { 'application/json': sub('{"TableName":"${PetsTable}"}') } }); }),
    fault('G58', 'the kind goes raw from the address into the question to the table', ({ Pets }) => { add(Pets, 'DirectRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: trusts('apigateway.amazonaws.com'), Policies: [{ PolicyName: 'q', PolicyDocument: document(allow('dynamodb:PartiQLSelect', att('PetsTable'))) }] }); prop(Pets, 'ApiGatewayMethodPetsGet').Integration = { Type: 'AWS', IntegrationHttpMethod: 'POST', Credentials: att('DirectRole'), Uri: sub('arn:aws:apigateway:${AWS::Region}:dynamodb:action/ExecuteStatement'), PassthroughBehavior: 'NEVER', RequestTemplates: { 'application/json': sub('{"Statement":"SELECT * FROM \\"${PetsTable}\\" WHERE kind = \'$input.params(\'kind\')\'"}') } }; }),
    fault('G67', 'pets of one vet are shown to the next: one method is kept', ({ Pets }) => { Object.assign(stage(Pets), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); stage(Pets).MethodSettings.push({ HttpMethod: 'GET', ResourcePath: '/~1pets', CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 300, LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 }); prop(Pets, 'ApiGatewayMethodPetsGet').Integration.CacheKeyParameters = ['method.request.querystring.kind']; }),
    fault('G69', 'bodies are in the log in Europe', ({ Pets }) => { stage(Pets).MethodSettings[0].DataTraceEnabled = when('Europe', true, false); }),
    fault('G71', 'the log tells what the vet is called and where it lives', ({ Pets }) => { stage(Pets).AccessLogSetting.Format = REST_FORMAT.replace('$context.authorizer.principalId', '$context.authorizer.claims.email","phone":"$context.authorizer.claims.phone_number'); }),
    fault('G71', 'the log tells the key of each caller, by a substitution', ({ Pets }) => { stage(Pets).AccessLogSetting.Format = sub(`${REST_FORMAT.slice(0, -1)},"\${Name}":"$context.identity.apiKey"}`, { Name: 'k' }); }),
    fault('G64', 'the log of the fence keeps what callers show', ({ Pets }) => { prop(Pets, 'FenceLogging').RedactedFields = when('Europe', NONE, prop(Pets, 'FenceLogging').RedactedFields); }),
    fault('G62', 'in Europe the fence counts: the override hangs on a condition', ({ Pets }) => { const rules = prop(Pets, 'Fence').Rules; rules.pop(); for (const rule of rules) rule.OverrideAction = when('Europe', { Count: {} }, { None: {} }); }),
    fault('G61', 'a plan gives out keys without an end', ({ Pets }) => { add(Pets, 'Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('ApiGatewayRestApi'), Stage: ref('ApiGatewayStage') }] }); }),
    fault('G60', 'what goes wrong is told as it is', ({ Pets }) => { remove(Pets, 'No4', 'No5'); }),
    fault('G47', 'pets may be called by an API that is not there', ({ Pets }) => { Pets.Resources.OldPermission = may(PETS, ''); prop(Pets, 'OldPermission').SourceArn = sub('arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:a0b1c2d3e4/prod/GET/pets'); }),
    fault('G47', 'a function that nobody calls stays', ({ Pets }) => { Object.assign(Pets.Resources, worker('Old', { ...fn, id: id('Old'), env: { TABLE: ref('PetsTable') }, can: [allow('dynamodb:PutItem', att('PetsTable'))] })); }),
    fault('G89', 'what runs adopting is not mended in Europe', ({ Pets }) => { prop(Pets, ADOPT).RuntimeManagementConfig = when('Europe', { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:07a48df201798d627f2b950f03bb227aab4a655a1d019c3296406f95937e2525' }, NONE); }),
    fault('G90', 'adopting may take longer than the API waits', ({ Pets }) => { prop(Pets, ADOPT).Timeout = when('Europe', 120, 20); }),
    fault('G31', 'looking at pets writes pets, by a right in a list with stars', ({ Pets }) => { statements(Pets, 'IamRolePetsLambdaExecution')[3].Action = ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:P*']; }),
    fault('G72', 'the log of adopting masks nothing', ({ Pets }) => { prop(Pets, 'AdoptLogGroup').DataProtectionPolicy = NONE; }),
    fault('G75', 'nobody hears what the fence stopped, nor that the vet fails', ({ Pets }) => { remove(Pets, 'FenceAlarm', 'VetsErrorsAlarm'); }),
    fault('G02', 'a credential of the vets is a variable', ({ Pets }) => { env(Pets, 'VetsLambdaFunction').VETS_CREDENTIALS = join('vet', ':', 'paws&claws'); }),
    breach('apigw.method-auth', 'vets are listed for whoever comes, in Europe', ({ Pets }) => { prop(Pets, 'ApiGatewayMethodVetsGet').AuthorizationType = when('Europe', 'NONE', 'AWS_IAM'); }),
    breach('apigw.authorizer-exists', 'adopting is for those whom an authorizer lets that is not there', ({ Pets }) => { delete prop(Pets, 'ApiGatewayMethodPetsPatch').AuthorizerId; }),
    breach('apigw.client-cert', 'vets cannot tell the API from another caller', ({ Pets }) => { delete stage(Pets).ClientCertificateId; remove(Pets, 'ApiGatewayClientCertificate'); }),
    breach('apigw.xray', 'nobody follows a call, in Europe', ({ Pets }) => { stage(Pets).TracingEnabled = when('Europe', false, true); }),
    breach('apigw.access-logging', 'who called is in no log, in Europe', ({ Pets }) => { stage(Pets).AccessLogSetting = when('Europe', NONE, stage(Pets).AccessLogSetting); }),
    breach('apigw.structured-logs', 'who called is a line that no machine reads', ({ Pets }) => { stage(Pets).AccessLogSetting.Format = '$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLength $context.requestId $context.authorizer.principalId $context.error.message'; }),
  ],
  variants: [
    safe('the API has a policy that denies all addresses but some', ({ Pets }) => { prop(Pets, 'ApiGatewayRestApi').Policy = document({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { NotIpAddress: { 'aws:SourceIp': ['198.51.100.0/24'] } } }); }),
    safe('the answer of the vet is kept for each path and method', ({ Pets }) => { Object.assign(prop(Pets, 'VetsApiGatewayAuthorizer'), { AuthorizerResultTtlInSeconds: 120, IdentitySource: 'method.request.header.Authorization,context.resourcePath,context.httpMethod' }); }),
    safe('a key beside the vet', ({ Pets }) => { prop(Pets, 'ApiGatewayMethodPetsPatch').ApiKeyRequired = true; add(Pets, 'Plan', 'AWS::ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('ApiGatewayRestApi'), Stage: ref('ApiGatewayStage') }], Quota: { Limit: 100, Period: 'DAY' }, Throttle: { BurstLimit: 1, RateLimit: 1 } }); }),
    safe('pets are kept for each vet', ({ Pets }) => { Object.assign(stage(Pets), { CacheClusterEnabled: true, CacheClusterSize: '0.5' }); stage(Pets).MethodSettings.push({ HttpMethod: 'GET', ResourcePath: '/~1pets', CachingEnabled: true, CacheDataEncrypted: true, RequireAuthorizationForCacheControl: true, UnauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403', CacheTtlInSeconds: 60, LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 }); prop(Pets, 'ApiGatewayMethodPetsGet').RequestParameters['method.request.header.Authorization'] = true; prop(Pets, 'ApiGatewayMethodPetsGet').Integration.CacheKeyParameters = ['method.request.header.Authorization', 'method.request.querystring.kind']; }),
    safe('the domain speaks one of two new languages', ({ Pets }) => { prop(Pets, 'PetsDomain').SecurityPolicy = when('Europe', 'SecurityPolicy_TLS13_1_3_2025_09', 'TLS_1_2'); }),
    safe('a preflight that needs nothing, for one page', ({ Pets }) => { Pets.Resources.ApiGatewayMethodPetsOptions = { Type: 'AWS::ApiGateway::Method', Properties: { HttpMethod: 'OPTIONS', AuthorizationType: 'NONE', RestApiId: ref('ApiGatewayRestApi'), ResourceId: ref('ApiGatewayResourcePets'), Integration: { Type: 'MOCK', RequestTemplates: { 'application/json': '{statusCode:204}' }, IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'https://pets.example.org'", 'method.response.header.Access-Control-Allow-Methods': "'GET,PATCH'" } }] }, MethodResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': true, 'method.response.header.Access-Control-Allow-Methods': true } }] } }; }),
    safe('the schema is a text, and closed', ({ Pets }) => { prop(Pets, 'ApiGatewayModelAdopt').Schema = JSON.stringify(prop(Pets, 'ApiGatewayModelAdopt').Schema); }),
    safe('a name of the vets is a variable of the stage', ({ Pets }) => { stage(Pets).Variables = { vetsHost: 'vets.example.org', secretName: 'pets/vets' }; vets(Pets).Uri = 'https://${stageVariables.vetsHost}/v1/vets'; }),
    safe('vets are told who asks', ({ Pets }) => { vets(Pets).RequestParameters = { 'integration.request.header.x-caller': 'context.identity.userArn', 'integration.request.header.x-stage': "'prod'" }; }),
    safe('adopting takes as long as the API waits', ({ Pets }) => { prop(Pets, ADOPT).Timeout = when('Europe', 29, 25); }),
  ],
};
