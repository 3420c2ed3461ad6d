import { requirement, resourcePolicy, scheme } from './sam-api-auth';
import { alphanumeric, defined, Expansion, make, pick, Raw, record, SamRoute, tags } from './sam-support';
import { own, wordOf } from './template-source';

const VERBS = new Set(['delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'trace', 'x-amazon-apigateway-any-method']);

type Mutable = { [key: string]: unknown };

/** Makes the API, its stage and, for REST, its deployment. The description is the given one, or made of the events that name the API. */
export function makeApi(expansion: Expansion, logicalId: string, kind: 'rest' | 'http'): void {
  const source = record(expansion.resources[logicalId]?.Properties);
  const routes = expansion.routes.get(logicalId) ?? [];
  const Body = source.DefinitionUri !== undefined && source.DefinitionBody === undefined ? undefined : describe(source, routes, kind);
  const location = Body === undefined ? locationOf(source.DefinitionUri) : undefined;
  if (kind === 'rest') makeRestApi(expansion, logicalId, source, Body, location);
  else makeHttpApi(expansion, logicalId, source, Body, location);
}

function makeRestApi(expansion: Expansion, logicalId: string, source: Raw, Body: unknown, BodyS3Location: unknown): void {
  const endpoint = source.EndpointConfiguration;
  make(expansion, logicalId, logicalId, 'AWS::ApiGateway::RestApi', {
    ...pick(source, ['ApiKeySourceType', 'BinaryMediaTypes', 'Description', 'DisableExecuteApiEndpoint', 'FailOnWarnings', 'MinimumCompressionSize', 'Name', 'SecurityPolicy']),
    Body,
    BodyS3Location,
    EndpointConfiguration: typeof endpoint === 'string' ? { Types: [endpoint] } : endpoint === undefined ? undefined : {
      Types: [own(endpoint, 'Type') ?? 'REGIONAL'], VpcEndpointIds: own(endpoint, 'VPCEndpointIds'),
    },
    Policy: resourcePolicy(record(record(source.Auth).ResourcePolicy)),
    Tags: tags(source.Tags),
  });
  const stage = source.StageName ?? 'Prod';
  const stageId = `${logicalId}${alphanumeric(stage)}Stage`;
  make(expansion, logicalId, `${logicalId}Deployment`, 'AWS::ApiGateway::Deployment', { RestApiId: { Ref: logicalId } });
  make(expansion, logicalId, stageId, 'AWS::ApiGateway::Stage', {
    ...pick(source, ['AccessLogSetting', 'CacheClusterEnabled', 'CacheClusterSize', 'CanarySetting', 'MethodSettings', 'TracingEnabled', 'Variables']),
    DeploymentId: { Ref: `${logicalId}Deployment` },
    RestApiId: { Ref: logicalId },
    StageName: stage,
  });
  expansion.names.set(`${logicalId}.Stage`, stageId).set(`${logicalId}.Deployment`, `${logicalId}Deployment`);
  makeUsagePlan(expansion, logicalId, source, stageId);
  makeDomain(expansion, logicalId, source, 'AWS::ApiGateway::DomainName');
}

function makeHttpApi(expansion: Expansion, logicalId: string, source: Raw, Body: unknown, BodyS3Location: unknown): void {
  make(expansion, logicalId, logicalId, 'AWS::ApiGatewayV2::Api', {
    ...pick(source, ['Description', 'DisableExecuteApiEndpoint', 'FailOnWarnings', 'Name']), Body, BodyS3Location, Tags: source.Tags,
  });
  const stageId = source.StageName === undefined ? `${logicalId}ApiGatewayDefaultStage` : `${logicalId}${alphanumeric(source.StageName)}Stage`;
  make(expansion, logicalId, stageId, 'AWS::ApiGatewayV2::Stage', {
    ...pick(source, ['AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings', 'StageVariables']),
    ApiId: { Ref: logicalId },
    AutoDeploy: true,
    StageName: source.StageName ?? '$default',
  });
  expansion.names.set(`${logicalId}.Stage`, stageId);
  makeDomain(expansion, logicalId, source, 'AWS::ApiGatewayV2::DomainName');
}

function locationOf(uri: unknown): unknown {
  if (typeof uri === 'string') {
    const [, bucket, key] = /^s3:\/\/([^/]*)\/(.*)$/s.exec(uri) ?? [];
    return { Bucket: bucket ?? uri, Key: key ?? uri };
  }
  return uri;
}

/** The OpenAPI document, with what `Auth` and `Cors` of the API add to each operation. */
function describe(source: Raw, routes: readonly SamRoute[], kind: 'rest' | 'http'): unknown {
  const auth = record(source.Auth);
  const given = record(source.DefinitionBody);
  if (source.DefinitionBody !== undefined && Object.keys(given).some((key) => key.startsWith('Fn::'))) return given;
  const names = Object.keys(record(auth.Authorizers));
  const schemes = Object.fromEntries([...names.map((name) => [name, scheme(record(record(auth.Authorizers)[name]), kind)]),
    ['AWS_IAM', { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' }],
    ['api_key', { type: 'apiKey', name: 'x-api-key', in: 'header' }]]) as Mutable;
  const paths = copiedPaths(given.paths);
  const asked = source.DefinitionBody === undefined ? routes : []; // a given description is not added to
  for (const route of asked) addRoute(paths, route, auth, kind);
  for (const item of Object.values(paths)) {
    for (const [verb, operation] of Object.entries(item)) if (VERBS.has(verb)) item[verb] = secured(record(operation), verb, auth);
    if (kind === 'rest' && source.Cors !== undefined && item.options === undefined) item.options = preflight(auth, source.Cors);
  }
  const components = record(given.components);
  return defined({
    ...kind === 'rest' && given.openapi === undefined ? { swagger: '2.0' } : { openapi: '3.0.1' },
    ...given,
    paths,
    ...kind === 'rest' && given.openapi === undefined
      ? { securityDefinitions: { ...schemes, ...record(given.securityDefinitions) } }
      : { components: { ...components, securitySchemes: { ...schemes, ...record(components.securitySchemes) } } },
    'x-amazon-apigateway-request-validators': kind === 'rest' ? { ...validators(asked), ...record(given['x-amazon-apigateway-request-validators']) } : undefined,
    'x-amazon-apigateway-gateway-responses': given['x-amazon-apigateway-gateway-responses'] ?? gatewayResponses(source.GatewayResponses),
    'definitions': source.Models === undefined ? given.definitions : { ...record(source.Models), ...record(given.definitions) },
    'x-amazon-apigateway-cors': kind === 'http' ? given['x-amazon-apigateway-cors'] ?? cors(source.CorsConfiguration) : undefined,
  });
}

function copiedPaths(paths: unknown): { [path: string]: Mutable } {
  const copy = Object.create(null) as { [path: string]: Mutable };
  for (const [path, item] of Object.entries(record(paths))) copy[path] = { ...record(item) };
  return copy;
}

function addRoute(paths: { [path: string]: Mutable }, { path, method, uri, event }: SamRoute, auth: Raw, kind: 'rest' | 'http'): void {
  const verb = method.toLowerCase() === 'any' || method === '*' ? 'x-amazon-apigateway-any-method' : method.toLowerCase();
  const item = paths[path] ??= {};
  const known = record(item[verb]);
  const own_ = record(event.Auth);
  const model = record(event.RequestModel);
  const chosen = own_.Authorizer ?? auth.DefaultAuthorizer;
  item[verb] = defined({
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy', httpMethod: 'POST', uri, ...credentials(own_.InvokeRole), ...kind === 'http' ? { payloadFormatVersion: event.PayloadFormatVersion ?? '2.0' } : {},
    },
    ...known,
    'security': known.security ?? requirement(auth, chosen, own_.AuthorizationScopes, own_.ApiKeyRequired ?? auth.ApiKeyRequired),
    'x-amazon-apigateway-request-validator': known['x-amazon-apigateway-request-validator'] ?? validatorName(model),
    'parameters': model.Model === undefined ? known.parameters : [{ in: 'body', name: model.Model, schema: { $ref: `#/definitions/${wordOf(model.Model)}` } }],
  });
}

/** A role with which the API calls the function, where the event names one. */
function credentials(role: unknown): Raw {
  if (role === undefined || role === 'NONE') return {};
  return { credentials: role === 'CALLER_CREDENTIALS' ? { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:user/*' } : role };
}

/** The default authorizer holds for the operations of a given description too. */
function secured(operation: Raw, verb: string, auth: Raw): Raw {
  const skipped = verb === 'options' && wordOf(auth.AddDefaultAuthorizerToCorsPreflight) === 'false';
  if (operation.security !== undefined || skipped) return operation;
  return defined({ ...operation, security: requirement(auth, auth.DefaultAuthorizer, undefined, auth.ApiKeyRequired) });
}

function preflight(auth: Raw, answer: unknown): Raw {
  const given = typeof answer === 'string' ? { AllowOrigin: answer } : record(answer);
  const header = 'method.response.header.Access-Control-Allow';
  const responseParameters = defined({
    [`${header}-Origin`]: given.AllowOrigin,
    [`${header}-Headers`]: given.AllowHeaders,
    [`${header}-Credentials`]: given.AllowCredentials === undefined ? undefined : `'${wordOf(given.AllowCredentials)}'`,
  });
  return secured({ 'x-amazon-apigateway-integration': { type: 'mock', responses: { default: { statusCode: '200', responseParameters } } } }, 'options', auth);
}

/** Answers of the gateway itself. */
function gatewayResponses(given: unknown): unknown {
  if (given === undefined) return undefined;
  return Object.fromEntries(Object.entries(record(given)).map(([type, response]) => {
    const headers = Object.entries(record(record(record(response).ResponseParameters).Headers)).map(([name, value]) => [`gatewayresponse.header.${name}`, value]);
    return [type, defined({ responseParameters: Object.fromEntries(headers), responseTemplates: record(response).ResponseTemplates })];
  }));
}

function validatorName(model: Raw): string | undefined {
  const [body, parameters] = [model.ValidateBody, model.ValidateParameters].map((value) => wordOf(value) === 'true');
  if (!body && !parameters) return undefined;
  return [...body ? ['body'] : [], ...parameters ? ['params'] : []].join('-');
}

function validators(routes: readonly SamRoute[]): Raw {
  const names = routes.map(({ event }) => validatorName(record(event.RequestModel))).filter((name) => name !== undefined);
  return Object.fromEntries(names.map((name) => [name, {
    validateRequestBody: name.includes('body'), validateRequestParameters: name.includes('params'),
  }]));
}

function cors(configuration: unknown): unknown {
  if (configuration === undefined) return undefined;
  if (typeof configuration !== 'object') return wordOf(configuration) === 'true' ? { allowOrigins: ['*'] } : undefined;
  const names = Object.entries(record(configuration)).map(([key, value]) => [key.startsWith('Fn::') ? key : key[0]?.toLowerCase() + key.slice(1), value]);
  return Object.fromEntries(names) as Raw;
}

function makeUsagePlan(expansion: Expansion, logicalId: string, source: Raw, stageId: string): void {
  const plan = record(record(source.Auth).UsagePlan);
  if (plan.CreateUsagePlan === undefined || plan.CreateUsagePlan === 'NONE') return;
  make(expansion, logicalId, `${logicalId}UsagePlan`, 'AWS::ApiGateway::UsagePlan', {
    ...pick(plan, ['Description', 'Quota', 'Throttle', 'UsagePlanName']), ApiStages: [{ ApiId: { Ref: logicalId }, Stage: { Ref: stageId } }],
  });
}

function makeDomain(expansion: Expansion, logicalId: string, source: Raw, type: string): void {
  if (source.Domain === undefined) return;
  const domain = record(source.Domain);
  const endpoint = domain.EndpointConfiguration ?? 'REGIONAL';
  const stage = { Ref: expansion.names.get(`${logicalId}.Stage`) };
  const named = { DomainName: { Ref: `${logicalId}DomainName` }, Stage: stage };
  make(expansion, logicalId, `${logicalId}Mapping`, type.includes('V2') ? 'AWS::ApiGatewayV2::ApiMapping' : 'AWS::ApiGateway::BasePathMapping',
    type.includes('V2') ? { ...named, ApiId: { Ref: logicalId } } : { ...named, RestApiId: { Ref: logicalId } });
  const rest = type === 'AWS::ApiGateway::DomainName';
  make(expansion, logicalId, `${logicalId}DomainName`, type, rest
    ? {
      ...pick(domain, ['DomainName', 'MutualTlsAuthentication', 'SecurityPolicy']),
      EndpointConfiguration: { Types: [endpoint] },
      [endpoint === 'EDGE' ? 'CertificateArn' : 'RegionalCertificateArn']: domain.CertificateArn,
    }
    : {
      ...pick(domain, ['DomainName', 'MutualTlsAuthentication']),
      DomainNameConfigurations: [{ ...pick(domain, ['CertificateArn', 'SecurityPolicy']), EndpointType: endpoint }],
    });
}
