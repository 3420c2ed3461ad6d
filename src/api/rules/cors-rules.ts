import { routesByResource } from '../../model/entries/api-routes';
import { CORS_TYPES, CorsAnswer, corsAnswersOf, EDGE_CORS_TYPE } from '../../model/entries/cors';
import { RouteAuthorization } from '../../model/entries/route';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { hasUnknown, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';

/** Every page, every page of a scheme, every page of a top-level domain, and pages that hide their origin. */
const ANY_ORIGIN = /^(null|(\*:\/\/|https?:\/\/)?\*(\.[a-z]{2,})?(:\*)?)$/i;
const LOCAL_ORIGIN = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i;
const PLAIN_ORIGIN = /^http:\/\//i;

export const CORS_CREDENTIALS_WILDCARD: Rule = {
  id: 'CorsCredentialsWildcard',
  severity: Severity.HIGH,
  appliesTo: [...CORS_TYPES, EDGE_CORS_TYPE].sort(),
  title: 'Every web page may call with the cookies of its visitor and read the answer',
  why: 'Whoever gets a signed-in user to open a page acts as that user, and reads what the API says to them.',
  fix: 'Name the origins that may call, such as https://shop.example.com, or leave credentials out: tokens in the Authorization header do not need them. '
    + 'The cors option of SecureApi, SecureHttpApi and SecureFunctionUrl refuses wildcards.',
  risks: ['broken-authentication', 'data-exposure'],
  frameworks: ['CT.LAMBDA.PR.6', 'CKV2_AWS_75', 'OWASP Serverless S2', 'OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: 'method and path, or type of the gateway response, where an OpenAPI document holds the answer; none elsewhere',
  check: (resource, app) => corsAnswersOf(resource, app).map(judgeCredentials),
};

export const CORS_ORIGIN_SCOPE: Rule = {
  id: 'CorsOriginScope',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: CORS_TYPES,
  title: 'More web pages than the app\'s own may call from a browser',
  why: 'Pages of strangers, pages that somebody changed on their way over plain HTTP, and whatever runs on a developer\'s machine read the answers.',
  fix: 'Name the exact https origins of the app, and the headers that its pages send. The cors option of SecureApi, SecureHttpApi and SecureFunctionUrl takes nothing else.',
  risks: ['attack-surface', 'data-exposure'],
  frameworks: ['CT.LAMBDA.PR.6', 'CKV2_AWS_75', 'OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: 'Origin::<origin> or Header::*',
  check: (resource, app) => corsAnswersOf(resource, app).flatMap((answer) => judgeScope(answer, resource, app)),
};

/**
 * | origins       | credentials | result     |
 * |---------------|-------------|------------|
 * | one is any    | yes         | fail       |
 * | none is any   | any         | pass       |
 * | any           | no          | pass       |
 * | otherwise     |             | unresolved |
 */
function judgeCredentials({ origins, credentials, location, finding }: CorsAnswer): Outcome {
  const wide = origins.some(isAny);
  if (wide && credentials.some(isTrue)) return fail(location, finding);
  if (!wide && !origins.some(isOpen)) return pass();
  return credentials.some(isTrue) || credentials.some(isUnresolved) ? unresolved(location, finding) : pass();
}

function judgeScope({ origins, headers, location }: CorsAnswer, resource: Resource, app: AppModel): readonly Outcome[] {
  const wide = origins.filter((origin) => isAny(origin) || PLAIN_ORIGIN.test(textOf(origin) ?? '') || LOCAL_ORIGIN.test(textOf(origin) ?? ''));
  const anyHeader = headers.includes('*') && answersToTokens(resource, app);
  return [
    ...wide.map((origin) => fail(location, `Origin::${app.describe(origin)}`)),
    ...anyHeader ? [fail(location, 'Header::*')] : [],
    ...wide.length === 0 && origins.some(isOpen) ? [unresolved(location)] : [],
    pass(),
  ];
}

function isAny(origin: Value): boolean {
  return ANY_ORIGIN.test((textOf(origin) ?? '').trim());
}

/** An origin made of a known beginning and the name of a domain that is set at deployment is still one origin. */
function isOpen(origin: Value): boolean {
  return hasUnknown(origin) && !/^https:\/\/[^*]*$/.test(textOf(origin) ?? '');
}

/** Whether callers of the resource send a token or a signature in the Authorization header. */
function answersToTokens(resource: Resource, app: AppModel): boolean {
  if (resource.type === 'AWS::Lambda::Url') return resource.alternatives('AuthType').includes('AWS_IAM');
  const apis = app.index('APIs with authorization', () => new Set([...routesByResource(app).values()].flat()
    .filter(({ authorization }) => authorization !== RouteAuthorization.NONE && authorization !== RouteAuthorization.UNKNOWN)
    .map(({ api }) => api?.key)));
  return apis.has(app.target(resource.property('RestApiId'))?.key ?? resource.key);
}

export const CORS_RULES: readonly Rule[] = [CORS_CREDENTIALS_WILDCARD, CORS_ORIGIN_SCOPE];
