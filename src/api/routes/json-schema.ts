import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { refuse } from '../../core/configuration-error';

type Schema = { readonly [keyword: string]: unknown };

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/** What API Gateway enforces of JSON schema draft 4 when a model comes in an OpenAPI body. */
const KEYWORDS = new Set([
  'additionalProperties', 'default', 'description', 'enum', 'format', 'items', 'maxLength', 'maxProperties', 'maximum', 'minLength',
  'minProperties', 'minimum', 'multipleOf', 'pattern', 'properties', 'required', 'title', 'type', 'uniqueItems',
]);

/**
 * Keywords of JSON schema that would be accepted here and then not be enforced, each with the way out.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const NOT_ENFORCED: { readonly [keyword: string]: string } = {
  $ref: 'write the schema out in place',
  allOf: 'write one object with all properties, so that it can be closed',
  anyOf: 'use one route per shape, or check the shape in the function',
  definitions: 'write the schemas out in place',
  discriminator: 'use one route per shape, or check the shape in the function',
  example: "put it into 'description'",
  exclusiveMaximum: "use 'maximum'",
  exclusiveMinimum: "use 'minimum'",
  maxItems: 'check the number of items in the function',
  minItems: 'check the number of items in the function',
  not: 'describe what is allowed',
  nullable: 'leave the property out of the request instead of sending null',
  oneOf: 'use one route per shape, or check the shape in the function',
  patternProperties: "give 'additionalProperties' a schema",
  readOnly: 'leave the property out of the schema of requests',
};

const FORMATS_REFUSED = ['decimal', 'int32', 'int64'];

/**
 * Checks the schema of a request body and returns a closed copy: every object that does not say otherwise gets
 * `additionalProperties: false`. The caller's object stays as it is.
 *
 * Names are in order, since languages hand them over in different ones: the deployment of the API is named after its document.
 */
export function closedSchema(scope: IConstruct, schema: unknown, path = 'body'): Schema {
  if (!isSchema(schema)) {
    refuse(scope, {
      code: 'ApiRoute.Schema', prop: path, must: 'must be a JSON schema object', got: schema, fix: "write it like { type: 'object', properties: {} }",
    });
  }
  for (const keyword of Object.keys(schema)) checkKeyword(scope, keyword, path);
  checkType(scope, schema, path);
  const closed: Record<string, unknown> = { ...schema };
  if (schema.properties !== undefined) closed.properties = closedProperties(scope, schema, path);
  if (schema.items !== undefined) closed.items = closedSchema(scope, schema.items, `${path}.items`);
  if (schema.type === 'object') closed.additionalProperties = closedRest(scope, schema, path);
  return inOrder(closed);
}

function inOrder(schema: Schema): Schema {
  return Object.fromEntries(Object.entries(schema).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}

function checkKeyword(scope: IConstruct, keyword: string, path: string): void {
  if (KEYWORDS.has(keyword)) return;
  const known = Object.prototype.hasOwnProperty.call(NOT_ENFORCED, keyword);
  refuse(scope, {
    code: 'ApiRoute.SchemaKeyword',
    prop: `${path}.${keyword}`,
    must: known ? 'is a keyword that API Gateway does not enforce' : 'is not a keyword of JSON schema draft 4 that API Gateway knows',
    fix: known ? NOT_ENFORCED[keyword] : `use one of ${[...KEYWORDS].join(', ')}`,
  });
}

function checkType(scope: IConstruct, schema: Schema, path: string): void {
  if (typeof schema.type !== 'string' || !TYPES.includes(schema.type)) {
    refuse(scope, {
      code: 'ApiRoute.SchemaType', prop: `${path}.type`, must: `must be one of ${TYPES.join(', ')}`, got: schema.type, fix: 'say what each level is, or anything gets through',
    });
  }
  if (schema.type === 'array' && schema.items === undefined) {
    refuse(scope, { code: 'ApiRoute.SchemaItems', prop: `${path}.items`, must: 'must describe what the array holds', fix: 'give it a schema' });
  }
  if (FORMATS_REFUSED.includes(schema.format as string)) {
    refuse(scope, {
      code: 'ApiRoute.SchemaFormat', prop: `${path}.format`, must: 'is not supported by API Gateway', got: schema.format, fix: "use 'minimum' and 'maximum'",
    });
  }
  if (schema.required !== undefined && !(Array.isArray(schema.required) && schema.required.every((name) => isDeclared(schema, name)))) {
    refuse(scope, {
      code: 'ApiRoute.SchemaRequired', prop: `${path}.required`, must: 'must list names of declared properties', got: schema.required, fix: "declare each of them under 'properties'",
    });
  }
}

function isDeclared(schema: Schema, name: unknown): boolean {
  return typeof name === 'string' && isSchema(schema.properties) && Object.prototype.hasOwnProperty.call(schema.properties, name);
}

function closedProperties(scope: IConstruct, schema: Schema, path: string): Schema {
  if (schema.type !== 'object' || !isSchema(schema.properties)) {
    refuse(scope, {
      code: 'ApiRoute.SchemaProperties', prop: `${path}.properties`, must: 'must be an object of schemas, in a schema of type object', fix: "write type: 'object' beside it",
    });
  }
  return inOrder(Object.fromEntries(Object.entries(schema.properties)
    .map(([name, property]) => [name, closedSchema(scope, property, `${path}.properties.${name}`)])));
}

function closedRest(scope: IConstruct, schema: Schema, path: string): Schema | false {
  const rest = schema.additionalProperties ?? false;
  if (rest === false) return false;
  if (rest === true) {
    refuse(scope, {
      code: 'ApiRoute.SchemaOpen',
      prop: `${path}.additionalProperties`,
      must: 'must not be true, or anything may be smuggled in',
      fix: 'leave it out to refuse unknown properties, or give it a schema',
    });
  }
  return closedSchema(scope, rest, `${path}.additionalProperties`);
}
