import { Resource } from '../resources/resource';
import { at, entries, isRecord, textOf, Value } from '../values/values';

/** The keys of a path that are operations. */
export const METHODS: ReadonlySet<string> = new Set(['delete', 'get', 'head', 'options', 'patch', 'post', 'put', 'trace', 'x-amazon-apigateway-any-method']);
const LONGEST_CHAIN = 16;

/** One operation of an OpenAPI 3 or Swagger 2 document in the body of an API. */
export interface OpenApiOperation {
  readonly api: Resource;
  readonly document: Value;
  readonly path: string;
  /** In capitals; `ANY` for all methods. */
  readonly method: string;
  readonly operation: Value;
  /** The path of the operation in its resource. */
  readonly location: string;
}

/** The documents that describe an API in its template: several where a condition decides. */
export function openApiDocuments(api: Resource): readonly Value[] {
  return api.alternatives('Body').filter(isRecord);
}

/** The operations of an API's documents, as far as the template holds them. */
export function openApiOperations(api: Resource): readonly OpenApiOperation[] {
  return openApiDocuments(api).flatMap((document) => entries(at(document, 'paths')).flatMap(([path, item]) => entries(item)
    .filter(([verb]) => METHODS.has(verb.toLowerCase()))
    .map(([verb, operation]): OpenApiOperation => ({
      api,
      document,
      path,
      method: verb.toLowerCase() === 'x-amazon-apigateway-any-method' ? 'ANY' : verb.toUpperCase(),
      operation,
      location: `Properties.Body.paths.${path}.${verb}`,
    }))));
}

/** The part of a document that a `$ref` inside of it leads to; anything else stays what it is. */
export function dereferenced(document: Value, value: Value): Value {
  let found = value;
  for (let step = 0; step < LONGEST_CHAIN; step++) {
    const pointer = textOf(at(found, '$ref'));
    if (pointer === undefined || !pointer.startsWith('#/')) return found;
    found = pointer.slice(2).split('/').reduce<Value>((part, key) => at(part, key.replace(/~1/g, '/').replace(/~0/g, '~')), document);
  }
  return undefined;
}
