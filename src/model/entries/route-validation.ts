import { dereferenced } from './openapi-documents';
import { RouteValidation } from './route';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { acceptsEverything, schemaOf } from '../values/json-schemas';
import { alternatives, at, elements, entries, isUnresolved, isTrue, textOf, Value } from '../values/values';

const REST_MODEL = 'AWS::ApiGateway::Model';
const VALIDATOR = 'AWS::ApiGateway::RequestValidator';

/** The built-in model that accepts everything. */
const EMPTY_MODEL = 'Empty';

/** What API Gateway checks for a method: a validator must be the API's own, and a model must say something about JSON. */
export function restValidation(method: Resource, app: AppModel): RouteValidation {
  const switchedOn = (name: string) => worst(method.alternatives('RequestValidatorId').map((id) => validates(id, name, method, app)));
  return {
    body: switchedOn('ValidateRequestBody'),
    parameters: switchedOn('ValidateRequestParameters'),
    model: worst(method.alternatives('RequestModels').map((models) => (isUnresolved(models) ? undefined : describesJson(models, method, app)))),
  };
}

function validates(id: Value, name: string, method: Resource, app: AppModel): boolean | undefined {
  const validator = app.target(id);
  if (validator === undefined) return isUnresolved(id) || (textOf(id) ?? '') !== '' ? undefined : false;
  if (validator.type !== VALIDATOR || belongsElsewhere(validator, method, app)) return false;
  return worst(validator.alternatives(name).map((value) => (isUnresolved(value) ? undefined : isTrue(value))));
}

function belongsElsewhere(validator: Resource, method: Resource, app: AppModel): boolean {
  const [its, mine] = [validator, method].map((resource) => app.target(resource.property('RestApiId')));
  return its !== undefined && mine !== undefined && its !== mine;
}

/** Models of content types that are not JSON are never applied: requests get through without a look at their body. */
function describesJson(models: Value, method: Resource, app: AppModel): boolean | undefined {
  const forJson = entries(models).filter(([type]) => /json|\$default/i.test(type));
  return forJson.length === 0 ? false : worst(forJson.flatMap(([, model]) => alternatives(model)).map((model) => saysSomething(model, method, app)));
}

function saysSomething(model: Value, method: Resource, app: AppModel): boolean | undefined {
  const declared = app.target(model) ?? modelsByName(app).get(modelKey(app.target(method.property('RestApiId')), model));
  if (declared?.type === REST_MODEL) {
    return worst(declared.alternatives('Schema').map((schema) => (isUnresolved(schema) ? undefined : !acceptsEverything(schemaOf(schema)))));
  }
  return isUnresolved(model) ? undefined : model !== undefined && model !== '' && model !== EMPTY_MODEL;
}

function modelsByName(app: AppModel): ReadonlyMap<string, Resource> {
  return app.index('models by name', () => new Map(app.ofType(REST_MODEL)
    .map((model) => [modelKey(app.target(model.property('RestApiId')), model.property('Name')), model])));
}

function modelKey(api: Resource | undefined, name: Value): string {
  return `${api?.key ?? ''} ${textOf(name) ?? ''}`;
}

/** What API Gateway checks for an operation of an OpenAPI document: its own validator counts before that of the document. */
export function openApiValidation(document: Value, operation: Value, pathItem: Value): RouteValidation {
  const own = at(operation, 'x-amazon-apigateway-request-validator');
  const chosen = own === undefined ? at(document, 'x-amazon-apigateway-request-validator') : own;
  const validators = at(document, 'x-amazon-apigateway-request-validators');
  const switchedOn = (key: string) => worst(alternatives(chosen).map((name) => {
    if (isUnresolved(name) || isUnresolved(validators)) return undefined;
    const text = textOf(name);
    const value = text === undefined ? undefined : at(at(validators, text), key);
    return worst(alternatives(value).map((option) => (isUnresolved(option) ? undefined : isTrue(option))));
  }));
  return {
    body: switchedOn('validateRequestBody'),
    parameters: switchedOn('validateRequestParameters'),
    model: describesBody(bodySchemas(document, operation, pathItem), document),
  };
}

/** The schemas of the bodies that an operation takes. Swagger 2 has them among the parameters. */
export function bodySchemas(document: Value, operation: Value, pathItem: Value): readonly Value[] {
  const body = dereferenced(document, at(operation, 'requestBody'));
  const content = entries(at(body, 'content')).filter(([type]) => /json|\*/i.test(type)).map(([, media]) => at(media, 'schema'));
  const parameters = [at(operation, 'parameters'), at(pathItem, 'parameters')].flatMap(elements).map((parameter) => dereferenced(document, parameter));
  const inBody = parameters.filter((parameter) => at(parameter, 'in') === 'body').map((parameter) => at(parameter, 'schema'));
  return [...isUnresolved(body) ? [body] : content, ...inBody];
}

function describesBody(schemas: readonly Value[], document: Value): boolean | undefined {
  if (schemas.length === 0) return false;
  return worst(schemas.flatMap(alternatives).map((schema) => {
    const found = dereferenced(document, schema);
    const isDangling = found === undefined && schema !== undefined;
    return isDangling || isUnresolved(found) ? undefined : !acceptsEverything(found);
  }));
}

/** Of several answers that may hold, "no" counts before "not known", and that before "yes". */
function worst(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
