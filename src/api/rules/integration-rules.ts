import { mappingTakesInputAsIs } from './mapping-template';
import { Integration, INTEGRATION_TYPES, integrationsOf } from '../../model/entries/integrations';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, entries, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';

const STAGES = ['AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Stage'];
const STAGE_VARIABLE = /^\s{0,8}\$\{stageVariables\.([A-Za-z0-9_]+)\}/;

export const INTEGRATION_PLAIN_TEXT: Rule = {
  id: 'IntegrationPlainText',
  severity: Severity.MEDIUM,
  appliesTo: INTEGRATION_TYPES,
  title: 'An API passes requests on over the internet without encryption',
  why: 'Whoever sits on the way to the backend reads tokens and data, and changes the answers.',
  fix: 'Call the backend by https://, with a certificate that it got from a public authority.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP APIGateway.10', 'OWASP Serverless S3', 'CSA SAS-03'],
  findingForm: 'method and path of the route where an OpenAPI document describes it, `GET /orders`',
  check: (resource, app) => judgeIntegrations(resource, app, (integration) => (isPrivate(integration) ? [] : [judgeScheme(integration, app)])),
};

export const INTEGRATION_CERTIFICATE_CHECK: Rule = {
  id: 'IntegrationCertificateCheck',
  severity: Severity.MEDIUM,
  appliesTo: INTEGRATION_TYPES,
  title: 'An API does not check whose certificate its backend shows',
  why: 'Everybody can pretend to be the backend: the connection is encrypted, to an unknown end.',
  fix: 'Leave InsecureSkipVerification out; give a backend with a private certificate one from a public authority.',
  risks: ['broken-authentication', 'data-exposure'],
  frameworks: ['FSBP APIGateway.10', 'OWASP Serverless S3', 'CSA SAS-03'],
  findingForm: 'method and path of the route where an OpenAPI document describes it, `GET /orders`',
  check: (resource, app) => judgeIntegrations(resource, app, ({ insecure, location, name }) => (
    insecure === undefined ? [] : [expectEach(alternatives(insecure), `${location}.TlsConfig`, (value) => !isTrue(value), name)])),
};

export const INTEGRATION_PRIVATE_TLS: Rule = {
  id: 'IntegrationPrivateTls',
  severity: Severity.LOW,
  appliesTo: INTEGRATION_TYPES,
  title: 'An API calls a backend in the network without encryption',
  why: 'Whatever else runs in the network can read along: the VPC link ends at the load balancer, and no encryption goes on from there.',
  fix: 'Call the backend by https:// (REST), or name it in TlsConfig.ServerNameToVerify (HTTP APIs), with a listener that speaks TLS.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP APIGateway.10', 'OWASP Serverless S3'],
  findingForm: 'method and path of the route where an OpenAPI document describes it, `GET /orders`',
  check: (resource, app) => judgeIntegrations(resource, app, (integration) => {
    if (!isPrivate(integration)) return [];
    const isRest = integration.declaredBy.type === 'AWS::ApiGateway::Method' || integration.declaredBy.type === 'AWS::ApiGateway::RestApi';
    if (isRest) return [judgeScheme(integration, app)];
    return [expectEach(alternatives(integration.tls), `${integration.location}.TlsConfig`, (tls) => tls !== undefined, integration.name)];
  }),
};

export const MAPPING_TEMPLATE_INPUT: Rule = {
  id: 'MappingTemplateInput',
  severity: Severity.LOW,
  appliesTo: INTEGRATION_TYPES,
  title: 'A mapping template writes what a caller sent into a request as it is',
  why: 'A quote or an ampersand in a parameter ends the text that it stands in: the caller adds fields to the call of the service behind, under the rights of the API.',
  fix: 'Wrap the value: $util.escapeJavaScript(…) inside of JSON, $util.urlEncode(…) inside of a form; or let a function read it.',
  risks: ['no-front-line', 'over-privilege'],
  frameworks: ['OWASP Serverless S1', 'CSA SAS-01'],
  findingForm: 'content type of the template, with method and path where an OpenAPI document describes it: `application/json`, `POST /orders application/json`',
  check: (resource, app) => judgeIntegrations(resource, app, (integration) => judgeTemplates(integration, app)),
};

function judgeIntegrations(resource: Resource, app: AppModel, judge: (integration: Integration) => readonly Outcome[]): RuleResult {
  return integrationsOf(resource, app).flatMap(judge);
}

function isPrivate({ connectionType }: Integration): boolean {
  return alternatives(connectionType).every((type) => textOf(type)?.toUpperCase() === 'VPC_LINK');
}

/** A text whose beginning is known says its scheme, whatever follows. */
function judgeScheme({ api, uri, location, name }: Integration, app: AppModel): Outcome {
  const texts = alternatives(uri).flatMap((option) => withVariables(option === undefined ? '' : app.describe(option) ?? '', api, app))
    .map((text) => text.trim().toLowerCase());
  if (texts.some((text) => text.startsWith('http://'))) return fail(`${location}.Uri`, name);
  return texts.some((text) => text.startsWith('<?>')) ? unresolved(`${location}.Uri`, name) : pass();
}

/** An address may begin with a variable of the stage: what it is in each stage that the app holds. */
function withVariables(text: string, api: Resource | undefined, app: AppModel): readonly string[] {
  const [written, variable] = STAGE_VARIABLE.exec(text) ?? [];
  if (written === undefined) return [text];
  return app.ofType(...STAGES).filter((stage) => api !== undefined && app.target(stage.property('RestApiId') ?? stage.property('ApiId')) === api)
    .flatMap((stage) => alternatives(at(stage.property('Variables') ?? stage.property('StageVariables'), variable)))
    .map((value) => (value === undefined ? '' : app.describe(value) ?? '') + text.trim().slice(written.length));
}

/** Proxies pass requests on as a whole, and an API that answers by itself calls nobody. */
function judgeTemplates({ type, templates, location, name }: Integration, app: AppModel): readonly Outcome[] {
  const kinds = elements(type).map((kind) => textOf(kind)?.toUpperCase());
  if (!kinds.includes('AWS') && !kinds.includes('HTTP')) return [];
  if (isUnresolved(templates)) return [unresolved(`${location}.RequestTemplates`, name)];
  return entries(templates).map(([contentType, template]) => {
    const finding = name === undefined ? contentType : `${name} ${contentType}`;
    const texts = alternatives(template).map((option) => textIn(option, app));
    if (texts.some(mappingTakesInputAsIs)) return fail(`${location}.RequestTemplates.${contentType}`, finding);
    return alternatives(template).some(isUnresolved) ? unresolved(`${location}.RequestTemplates.${contentType}`, finding) : pass();
  });
}

function textIn(template: Value, app: AppModel): string {
  return app.describe(template) ?? '';
}

export const INTEGRATION_RULES: readonly Rule[] = [
  INTEGRATION_CERTIFICATE_CHECK, INTEGRATION_PLAIN_TEXT, INTEGRATION_PRIVATE_TLS, MAPPING_TEMPLATE_INPUT,
];
