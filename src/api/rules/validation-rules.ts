import { dereferenced, openApiOperations } from '../../model/entries/openapi-documents';
import { bodySchemas } from '../../model/entries/route-validation';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { schemaGaps, schemaOf } from '../../model/values/json-schemas';
import { alternatives, at, elements, entries, isUnresolved, textOf, Value } from '../../model/values/values';

const REST_MODEL = 'AWS::ApiGateway::Model';
const HTTP_MODEL = 'AWS::ApiGatewayV2::Model';
const REST_API = 'AWS::ApiGateway::RestApi';

export const MODEL_BOUNDS: Rule = {
  id: 'ModelBounds',
  severity: Severity.LOW,
  appliesTo: [REST_MODEL, HTTP_MODEL, REST_API],
  title: 'The schema of a request lets through more than the app expects',
  why: 'Fields that nobody asked for overwrite others in code that copies whole objects, and a text without a limit fills stores and memory.',
  fix: 'Set additionalProperties to false in each object and maxLength in each text of the schema. addRoute of SecureApi closes objects by itself.',
  risks: ['no-front-line', 'runaway-use'],
  frameworks: ['OWASP Serverless S1', 'CSA SAS-01'],
  findingForm: 'the keyword that is missing, with method and path where an OpenAPI document describes the body: `maxLength`, `POST /orders additionalProperties`',
  check: (resource, app) => (resource.type === REST_API ? judgeDocument(resource) : judgeModel(resource, app)),
};

export const GATEWAY_RESPONSE_DEFAULTS: Rule = {
  id: 'GatewayResponseDefaults',
  severity: Severity.INFO,
  appliesTo: [REST_API],
  title: 'API Gateway answers refused requests in its own words',
  why: 'The standard answers name the part that refused (authorizer, validator, key, throttle) and carry no security headers.',
  fix: 'Write an AWS::ApiGateway::GatewayResponse for DEFAULT_4XX and one for DEFAULT_5XX with a text of your own; SecureApi does.',
  risks: ['misconfiguration'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-10'],
  findingForm: 'the kind of response that is missing, `DEFAULT_4XX`',
  check: judgeDefaults,
};

export const GATEWAY_RESPONSE_DETAIL: Rule = {
  id: 'GatewayResponseDetail',
  severity: Severity.LOW,
  appliesTo: ['AWS::ApiGateway::GatewayResponse', REST_API],
  title: 'API Gateway tells refused callers why in detail',
  why: 'Messages of the validator and of authorizers show the schema and the inner workings to whoever tries values.',
  fix: 'Answer with a fixed text and $context.requestId, and read the reason in the access log; SecureApi does.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-10'],
  findingForm: 'the kind of response in an OpenAPI document, `BAD_REQUEST_BODY`',
  check: (resource, app) => (resource.type === REST_API
    ? documentResponses(resource).map(([type, response]) => judgeTexts(at(response, 'responseTemplates'), 'Properties.Body', app, type))
    : judgeTexts(resource.property('ResponseTemplates'), 'Properties.ResponseTemplates', app)),
};

/** A model that only describes answers bounds nothing that a caller sends. */
function judgeModel(model: Resource, app: AppModel): RuleResult {
  if (model.type === REST_MODEL && describesAnswersOnly(model, app)) return notApplicable();
  return model.alternatives('Schema').flatMap((schema) => (isUnresolved(schema) ? [unresolved('Properties.Schema')]
    : gapsIn([schemaOf(schema)], 'Properties.Schema')));
}

function judgeDocument(api: Resource): RuleResult {
  return openApiOperations(api).flatMap(({ document, operation, path, method, location }) => {
    const schemas = bodySchemas(document, operation, at(at(document, 'paths'), path));
    return schemas.length === 0 ? [] : gapsIn(schemas, location, `${method} ${path} `, document);
  });
}

function gapsIn(schemas: readonly Value[], location: string, prefix = '', document?: Value): readonly Outcome[] {
  const follow = (part: Value) => (document === undefined ? part : dereferenced(document, part));
  const gaps = new Set(schemas.flatMap((schema) => [...schemaGaps(schema, follow)]));
  if (gaps.size > 0) return [...gaps].map((gap) => fail(location, `${prefix}${gap}`));
  return [schemas.flatMap(alternatives).some(isUnresolved) ? unresolved(location, prefix.trim() || undefined) : pass()];
}

function describesAnswersOnly(model: Resource, app: AppModel): boolean {
  const uses = app.index('uses of models', () => {
    const methods = app.ofType('AWS::ApiGateway::Method');
    const keysIn = (models: readonly Value[]) => new Set(models.flatMap(entries).flatMap(([, named]) => alternatives(named))
      .map((named) => app.target(named)?.key ?? textOf(named) ?? ''));
    return {
      requests: keysIn(methods.map((method) => method.property('RequestModels'))),
      answers: keysIn(methods.flatMap((method) => method.items('MethodResponses')).map((response) => at(response, 'ResponseModels'))),
    };
  });
  const names = [model.key, textOf(model.property('Name')) ?? model.key];
  return names.some((name) => uses.answers.has(name)) && !names.some((name) => uses.requests.has(name));
}

function judgeDefaults(api: Resource, app: AppModel): RuleResult {
  const given = app.index('gateway responses by API', () => {
    const table = new Map<string, Set<string>>();
    for (const response of app.ofType('AWS::ApiGateway::GatewayResponse')) {
      const key = app.target(response.property('RestApiId'))?.key ?? '';
      const types = table.get(key) ?? new Set<string>();
      for (const type of response.items('ResponseType')) types.add(textOf(type)?.toUpperCase() ?? '');
      table.set(key, types);
    }
    return table;
  });
  const described = documentResponses(api).map(([type]) => type.toUpperCase());
  const isOpen = api.alternatives('Body').some(isUnresolved) || api.property('BodyS3Location') !== undefined;
  return ['DEFAULT_4XX', 'DEFAULT_5XX'].map((type) => {
    if (described.includes(type) || given.get(api.key)?.has(type) === true) return pass();
    return isOpen ? unresolved('Properties', type) : fail('Properties', type);
  });
}

function documentResponses(api: Resource): readonly [string, Value][] {
  return api.alternatives('Body').flatMap((document) => entries(at(document, 'x-amazon-apigateway-gateway-responses')));
}

function judgeTexts(templates: Value, location: string, app: AppModel, finding?: string): Outcome {
  const texts = entries(templates).flatMap(([, template]) => elements(template)).map((template) => app.describe(template) ?? '');
  const tells = /\$\{?context\.(error\.validationErrorString|integrationErrorMessage|integration\.error|authorizer\.(?!principalId)|identity\.(?!sourceIp))/;
  if (texts.some((text) => tells.test(text))) return fail(location, finding);
  return alternatives(templates).some(isUnresolved) || texts.includes('<?>') ? unresolved(location, finding) : pass();
}

export const VALIDATION_RULES: readonly Rule[] = [GATEWAY_RESPONSE_DEFAULTS, GATEWAY_RESPONSE_DETAIL, MODEL_BOUNDS];
