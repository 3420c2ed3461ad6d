import { Authorizer, AUTHORIZER_TYPES, authorizersOf, cacheTimes, routesByAuthorizer } from '../../model/entries/authorizers';
import { AppModel } from '../../model/resources/app-model';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, elements, isList, isUnresolved, Reference, textOf, Unresolved, Value } from '../../model/values/values';

/** A context value that differs from route to route, as REST, HTTP and WebSocket APIs write it. */
const NAMES_ROUTE = /context\.(httpmethod|path|resourceid|resourcepath|routekey)$/i;
const FROM_QUERY = /\.(multivalue)?querystring\./i;

/** Expressions that every token matches. */
const MATCHES_ANYTHING = /^\^?(\.[*+]|\.\{0,\}|\[\\s\\S\][*+])?\$?$/;

/** Authorizers that a function answers: API Gateway itself knows nothing about what they let in. */
const LAMBDA_TYPES = ['request', 'token'];

export const AUTHORIZER_CACHE_SCOPE: Rule = {
  id: 'AuthorizerCacheScope',
  severity: Severity.MEDIUM,
  appliesTo: AUTHORIZER_TYPES,
  title: 'The answer of an authorizer for one route is kept and used for other routes',
  why: 'A caller that may use one route gets through to the others, as long as the answer is kept: what was decided about the first request decides about all.',
  fix: 'Set AuthorizerResultTtlInSeconds to 0 (REST APIs keep answers for 300 seconds unless told otherwise), or add the route to the identity sources of a REQUEST '
    + 'authorizer: "context.path, context.httpMethod" for REST APIs, "$context.routeKey" for HTTP APIs. SecureApi keeps no answers, SecureHttpApi keeps them per route.',
  risks: ['broken-authentication', 'over-privilege'],
  frameworks: ['OWASP Serverless S2', 'OWASP Serverless S5', 'CSA SAS-02'],
  findingForm: 'name of the security scheme where an OpenAPI document declares the authorizer; none elsewhere',
  check: (resource, app) => authorizersOf(resource, app).map((authorizer) => judgeCache(authorizer, app)),
};

export const AUTHORIZER_IDENTITY_SOURCE: Rule = {
  id: 'AuthorizerIdentitySource',
  severity: Severity.LOW,
  appliesTo: AUTHORIZER_TYPES,
  title: 'An authorizer function runs for requests that carry nothing to judge',
  why: 'Every request without a token, or with rubbish in its place, costs an invocation: floods run up the bill and use up the concurrency of the account.',
  fix: 'Name at least one identity source for a REQUEST authorizer, and an IdentityValidationExpression for a TOKEN authorizer: API Gateway answers all else with 401 by itself.',
  risks: ['runaway-use', 'no-front-line'],
  frameworks: ['OWASP Serverless S2', 'OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  findingForm: 'name of the security scheme where an OpenAPI document declares the authorizer; none elsewhere',
  check: (resource, app) => authorizersOf(resource, app).map(judgeIdentity),
};

export const QUERY_STRING_CREDENTIALS: Rule = {
  id: 'QueryStringCredentials',
  severity: Severity.LOW,
  appliesTo: AUTHORIZER_TYPES,
  title: 'An authorizer takes credentials from the query string',
  why: 'Addresses with their query end up in access logs, in the history of browsers and in the Referer header of the next request: whoever reads them has the token.',
  fix: 'Take the token from a header: method.request.header.Authorization for REST APIs, $request.header.Authorization for HTTP APIs.',
  risks: ['broken-authentication', 'data-exposure'],
  frameworks: ['OWASP Serverless S2', 'OWASP Serverless S3', 'CSA SAS-02'],
  findingForm: 'name of the security scheme where an OpenAPI document declares the authorizer; none elsewhere',
  check: (resource, app) => authorizersOf(resource, app).map(judgeQuery),
};

export const JWT_AUTHORIZER_AUDIENCE: Rule = {
  id: 'JwtAuthorizerAudience',
  severity: Severity.HIGH,
  appliesTo: AUTHORIZER_TYPES,
  title: 'A JWT authorizer takes tokens that were not made for this API',
  why: 'Without an audience, a token that the issuer made for any other app opens the routes; keys that are fetched without TLS can be replaced by those of an attacker.',
  fix: 'List the client ids or audiences in JwtConfiguration.Audience, and the issuer with its https:// address. HttpApiAuth.jwt and HttpApiAuth.userPool ask for both.',
  risks: ['broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'Audience or Issuer, behind the name of the security scheme where an OpenAPI document declares the authorizer',
  check: (resource, app) => authorizersOf(resource, app).filter(({ type }) => type === 'jwt').flatMap(judgeToken),
};

/**
 * | answers are kept for | identity sources          | routes      | result                          |
 * |----------------------|---------------------------|-------------|---------------------------------|
 * | no time              | any                       | any         | pass                            |
 * | any time             | hold the route            | any         | pass                            |
 * | any time             | do not hold the route     | less than 2 | pass: there is no other route   |
 * | some time            | do not hold the route     | 2 or more   | fail                            |
 * | not known            | do not hold the route     | 2 or more   | unresolved                      |
 */
function judgeCache(authorizer: Authorizer, app: AppModel): Outcome {
  if (authorizer.type === undefined || !LAMBDA_TYPES.includes(authorizer.type)) return pass();
  if ((routesByAuthorizer(app).get(authorizer.key) ?? []).length < 2) return pass();
  const sources = authorizer.identitySources.filter((option) => option === undefined || !option.some((source) => NAMES_ROUTE.test(source)));
  const times = cacheTimes(authorizer);
  const location = authorizer.place('AuthorizerResultTtlInSeconds');
  if (sources.length === 0 || times.every((time) => time === 0)) return pass();
  if (sources.some((option) => option !== undefined) && times.some((time) => !(time instanceof Unresolved) && time > 0)) {
    return fail(location, authorizer.scheme);
  }
  return unresolved(location, authorizer.scheme);
}

function judgeIdentity(authorizer: Authorizer): Outcome {
  const { identitySources, scheme, type, validationExpression } = authorizer;
  if (type === 'request') {
    const location = authorizer.place('IdentitySource');
    if (identitySources.some((option) => option?.length === 0)) return fail(location, scheme);
    return identitySources.includes(undefined) ? unresolved(location, scheme) : pass();
  }
  if (type !== 'token') return pass();
  const expressions = alternatives(validationExpression);
  const location = authorizer.place('IdentityValidationExpression');
  if (expressions.some((option) => !isUnresolved(option) && MATCHES_ANYTHING.test(textOf(option) ?? ''))) return fail(location, scheme);
  return expressions.some(isUnresolved) ? unresolved(location, scheme) : pass();
}

function judgeQuery({ identitySources, place, scheme }: Authorizer): Outcome {
  if (identitySources.some((option) => option?.some((source) => FROM_QUERY.test(source)) === true)) return fail(place('IdentitySource'), scheme);
  return identitySources.includes(undefined) ? unresolved(place('IdentitySource'), scheme) : pass();
}

function judgeToken({ audience, issuer, place, scheme }: Authorizer): readonly Outcome[] {
  const named = (part: string) => (scheme === undefined ? part : `${scheme} ${part}`);
  return [
    worst(alternatives(audience).flatMap(listOrMissing), (value) => isNamed(value), place('JwtConfiguration.Audience'), named('Audience')),
    worst(alternatives(issuer), isHttps, place('JwtConfiguration.Issuer'), named('Issuer')),
  ];
}

function worst(values: readonly Value[], isSafe: (value: Value) => boolean, location: string, finding: string): Outcome {
  if (values.some((value) => !isUnresolved(value) && !isSafe(value))) return fail(location, finding);
  return values.some(isUnresolved) ? unresolved(location, finding) : pass();
}

/** An empty list is a missing one, and so is one that may be empty because a condition takes away all that it names. */
function listOrMissing(list: Value): readonly Value[] {
  const mayBeEmpty = isList(list) && list.every((element) => alternatives(element).some((option) => option === undefined || option === null));
  const found = elements(list);
  return found.length === 0 || mayBeEmpty ? [undefined, ...found] : found;
}

function isNamed(audience: Value): boolean {
  return audience instanceof Reference || !['', '*'].includes((textOf(audience) ?? '').trim());
}

/** A user pool gives its issuer's address with `ProviderURL`. */
function isHttps(issuer: Value): boolean {
  return issuer instanceof Reference ? issuer.attribute !== 'ProviderName' : /^(https:\/\/|<)/i.test(textOf(issuer) ?? '');
}

export const AUTHORIZER_RULES: readonly Rule[] = [
  AUTHORIZER_CACHE_SCOPE, AUTHORIZER_IDENTITY_SOURCE, JWT_AUTHORIZER_AUDIENCE, QUERY_STRING_CREDENTIALS,
];
