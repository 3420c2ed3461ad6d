import { documentsOf } from './openapi-routes';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { alternatives, at, elements, entries, isUnresolved, Text, textOf, Unresolved, Value } from '../values/values';

/** Resource types that tell browsers which pages may read answers. */
export const CORS_TYPES = [
  'AWS::ApiGateway::GatewayResponse', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::Lambda::Url',
];

/** The same, where the edge tells it for whatever stands behind: files that every page may read among others. */
export const EDGE_CORS_TYPE = 'AWS::CloudFront::ResponseHeadersPolicy';

/** What one answer, or all answers of one API, tell browsers. */
export interface CorsAnswer {
  /** Tells the answers of one resource apart: method and path, or the type of a gateway response. */
  readonly finding?: string;
  readonly location: string;
  /** `*` stands for every origin also where the answer repeats the origin of the request. */
  readonly origins: readonly Value[];
  readonly headers: readonly Value[];
  readonly credentials: readonly Value[];
}

/** Header mappings that hand back whatever origin the request names. */
const ECHO = /request\.(multivalue)?header\.origin$/i;

/** The answers that a resource decides about. */
export function corsAnswersOf(resource: Resource, app: AppModel): readonly CorsAnswer[] {
  const cache = app.index('CORS answers', () => new Map<string, readonly CorsAnswer[]>());
  const known = cache.get(resource.key) ?? answersOf(resource);
  cache.set(resource.key, known);
  return known;
}

function answersOf(resource: Resource): readonly CorsAnswer[] {
  switch (resource.type) {
    case 'AWS::Lambda::Url': return fromSettings(resource.property('Cors'), 'Properties.Cors', pascal);
    case 'AWS::ApiGatewayV2::Api': return [
      ...fromSettings(resource.property('CorsConfiguration'), 'Properties.CorsConfiguration', pascal),
      ...documentsOf(resource).flatMap((document) => fromSettings(at(document, 'x-amazon-apigateway-cors'), 'Properties.Body.x-amazon-apigateway-cors', camel)),
    ];
    case EDGE_CORS_TYPE: return fromEdge(resource.property('ResponseHeadersPolicyConfig.CorsConfig'));
    case 'AWS::ApiGateway::GatewayResponse':
      return fromHeaders({ parameters: resource.property('ResponseParameters'), location: 'Properties.ResponseParameters' });
    case 'AWS::ApiGateway::Method': return elements(resource.property('Integration.IntegrationResponses')).flatMap((answer) => fromHeaders({
      parameters: at(answer, 'ResponseParameters'), templates: at(answer, 'ResponseTemplates'), location: 'Properties.Integration.IntegrationResponses',
    }));
    default: return documentsOf(resource).flatMap(fromDocument);
  }
}

const pascal = (name: string) => name;
const camel = (name: string) => name[0].toLowerCase() + name.slice(1);

function fromSettings(settings: Value, location: string, spelled: (name: string) => string): readonly CorsAnswer[] {
  return alternatives(settings).filter((option) => option !== undefined && option !== null).map((option): CorsAnswer => {
    const list = (name: string) => (isUnresolved(option) ? [option] : elements(at(option, spelled(name))));
    return { location, origins: list('AllowOrigins'), headers: list('AllowHeaders'), credentials: list('AllowCredentials') };
  });
}

function fromEdge(settings: Value): readonly CorsAnswer[] {
  return alternatives(settings).filter((option) => option !== undefined && option !== null).map((option): CorsAnswer => {
    const told = (name: string) => at(option, `AccessControlAllow${name}`);
    const list = (name: string) => (isUnresolved(option) ? [option] : alternatives(told(name)).flatMap((one) => elements(isUnresolved(one) ? one : at(one, 'Items'))));
    return {
      location: 'Properties.ResponseHeadersPolicyConfig.CorsConfig',
      origins: list('Origins'),
      headers: list('Headers'),
      credentials: isUnresolved(option) ? [option] : alternatives(told('Credentials')),
    };
  });
}

function fromDocument(document: Value): readonly CorsAnswer[] {
  const root = 'Properties.Body';
  const ofOperations = entries(at(document, 'paths')).flatMap(([path, item]) => entries(item).flatMap(([verb, operation]) => (
    entries(at(at(operation, 'x-amazon-apigateway-integration'), 'responses')).flatMap(([, answer]) => fromHeaders({
      parameters: at(answer, 'responseParameters'),
      templates: at(answer, 'responseTemplates'),
      location: `${root}.paths.${path}.${verb}`,
      finding: `${verb === 'x-amazon-apigateway-any-method' ? 'ANY' : verb.toUpperCase()} ${path}`,
    })))));
  const ofGateway = entries(at(document, 'x-amazon-apigateway-gateway-responses')).flatMap(([type, answer]) => fromHeaders({
    parameters: at(answer, 'responseParameters'), location: `${root}.x-amazon-apigateway-gateway-responses.${type}`, finding: type,
  }));
  return [...ofOperations, ...ofGateway];
}

interface HeaderSource {
  readonly parameters: Value;
  readonly templates?: Value;
  readonly location: string;
  readonly finding?: string;
}

/** Answers of REST APIs set headers one by one, by mappings (`'*'` in quotes of its own) or in a Velocity template. */
function fromHeaders({ parameters, templates, location, finding }: HeaderSource): readonly CorsAnswer[] {
  const valuesOf = (header: string) => entries(parameters)
    .filter(([name]) => name.toLowerCase().endsWith(`header.${header}`))
    .flatMap(([, value]) => alternatives(value)).flatMap(mapped);
  const origins = [...valuesOf('access-control-allow-origin'), ...echoed(templates) ? ['*'] : []];
  const credentials = valuesOf('access-control-allow-credentials');
  if (origins.length === 0 && credentials.length === 0) return [];
  return [{ finding, location, origins, credentials, headers: valuesOf('access-control-allow-headers') }];
}

/** The values that a mapping gives: texts without their quotes, lists apart. */
function mapped(mapping: Value): readonly Value[] {
  if (mapping instanceof Unresolved) return [mapping];
  const text = (textOf(mapping) ?? '').trim();
  if (ECHO.test(text)) return ['*'];
  if (mapping instanceof Text) return [unquoted(mapping)];
  return text.replace(/^'(.*)'$/, '$1').split(',').map((part) => part.trim()).filter((part) => part !== '');
}

/** A text of which the deployment knows a part. */
function unquoted({ parts }: Text): Text {
  const inner = parts.map((part, index) => {
    if (typeof part !== 'string') return part;
    const opened = index === 0 ? part.replace(/^'/, '') : part;
    return index === parts.length - 1 ? opened.replace(/'$/, '') : opened;
  });
  return new Text(inner.filter((part) => part !== ''));
}

/** A template that sets the origin without asking which it is gives back any. */
function echoed(templates: Value): boolean {
  return entries(templates).some(([, template]) => alternatives(template).some((option) => {
    const text = textOf(option) ?? '';
    return /responseOverride\.header\.['"]?access-control-allow-origin/i.test(text) && (!/#if\b/.test(text) || /matches\(["']\.\*["']\)/.test(text));
  }));
}
