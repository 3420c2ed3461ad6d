import { routesByResource } from '../../model/entries/api-routes';
import {
  apiBehind, behaviorsOf, DISTRIBUTION, EdgeBehavior, EdgeOrigin, isBucketOrigin, isWebsiteEndpoint, looksLikeApi, originsIn, originsOf,
  PROOF_HEADER_PATTERN,
} from '../../model/entries/edge-behaviors';
import { isFunctionAddress, signedAuthType } from '../../model/entries/function-addresses';
import { openApiDocuments } from '../../model/entries/openapi-documents';
import { RouteAuthorization } from '../../model/entries/route';
import { hasWebAcl } from '../../model/entries/web-acl';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { statementsOf } from '../../model/rights/iam';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, entries, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';
import { BROKEN_TLS } from '../edge-baseline';

const OAC = 'AWS::CloudFront::OriginAccessControl';

export const ORIGIN_PLAIN_TEXT: Rule = {
  id: 'OriginPlainText',
  severity: Severity.MEDIUM,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution asks its origin without encryption',
  why: 'Whoever sits between CloudFront and the origin reads tokens and data, and changes what viewers get.',
  fix: 'Set OriginProtocolPolicy to https-only. A bucket goes without its website endpoint, which speaks no TLS: use its regional name with an origin '
    + 'access control; SecureWebsite does.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP CloudFront.9', 'CT.CLOUDFRONT.PR.8', 'cdk-nag CFR5', 'CKV2_AWS_72', 'OWASP Serverless S3'],
  findingForm: 'path pattern of the behavior that leads there, `default` for all other paths; `origin` and its id where none does',
  check: (distribution, app) => eachOrigin(distribution, (origin, name, mayBePlain) => {
    if (isWebsiteEndpoint(origin, app)) return fail(origin.location, name);
    return judgeCustom(origin, 'OriginProtocolPolicy', name, (policy) => policy === 'https-only' || (policy === 'match-viewer' && !mayBePlain));
  }),
};

export const ORIGIN_TLS_VERSION: Rule = {
  id: 'OriginTlsVersion',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [DISTRIBUTION],
  title: 'A distribution asks its origin with versions of TLS that are broken',
  why: 'Whoever sits between CloudFront and the origin can make both fall back to the old version, and read along.',
  fix: 'Set OriginSSLProtocols to TLSv1.2; EdgeDistribution accepts no origin with less.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['FSBP CloudFront.10', 'CT.CLOUDFRONT.PR.11', 'cdk-nag CFR5', 'OWASP Serverless S3'],
  findingForm: 'path pattern of the behavior that leads there, `default` for all other paths; `origin` and its id where none does',
  check: (distribution) => eachOrigin(distribution, (origin, name) => {
    const protocols = elements(at(at(origin.value, 'CustomOriginConfig'), 'OriginSSLProtocols'));
    return expectEach(protocols, `${origin.location}.CustomOriginConfig`, (version) => !BROKEN_TLS.includes(textOf(version) ?? ''), name);
  }),
};

export const ORIGIN_ACCESS_CONTROL: Rule = {
  id: 'OriginAccessControl',
  severity: Severity.MEDIUM,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution asks its bucket or function as a stranger',
  why: 'The bucket or the URL must be open to everybody then, and what it gives can be had without the distribution, its web ACL and its logs.',
  fix: 'Give the origin an origin access control that always signs, and let the bucket\'s policy, or the permission of the URL, name this distribution only; '
    + 'SecureWebsite does.',
  risks: ['attack-surface', 'single-layer', 'data-exposure'],
  frameworks: ['FSBP CloudFront.13', 'CT.CLOUDFRONT.PR.10', 'cdk-nag CFR7', 'OWASP Serverless S5'],
  findingForm: 'path pattern of the behavior that leads there, `default` for all other paths; `origin` and its id where none does',
  check: (distribution, app) => eachOrigin(distribution, (origin, name) => (
    isBucketOrigin(origin, app) ? judgeSigned(origin, name, app)
      : isControlledAddress(origin, app) ? judgeControl(origin, name, app) : notApplicable())),
};

export const ORIGIN_BYPASS: Rule = {
  id: 'OriginBypass',
  severity: Severity.LOW,
  appliesTo: [DISTRIBUTION],
  title: 'The API behind a distribution answers those who go around it',
  why: 'Its own address is known from certificates, logs and errors: there the web ACL, the headers and the limits of the distribution do not hold.',
  fix: 'Close the direct way: a domain with mutual TLS and DisableExecuteApiEndpoint, a resource policy, IAM with an origin access control (function URLs, web functions), a '
    + 'header that only the distribution knows, or a web ACL of the API itself. HttpApiFront.cloudFront(…) of SecureHttpApi closes it.',
  risks: ['no-front-line', 'single-layer', 'attack-surface'],
  frameworks: ['FSBP CloudFront.16', 'OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: 'path pattern of the behavior that leads there, `default` for all other paths; `origin` and its id where none does',
  check: (distribution, app) => eachOrigin(distribution, (origin, name) => judgeBypass(origin, name, app)),
};

/** Judges each origin once for each behavior that leads to it; one that none leads to yet by its own id. */
function eachOrigin(distribution: Resource, judge: (origin: EdgeOrigin, name: string, mayBePlain: boolean) => Outcome): RuleResult {
  const ways = behaviorsOf(distribution).map((behavior) => ({ behavior, origins: originsOf(behavior, distribution) }));
  const isPlain = ({ value }: EdgeBehavior) => !['https-only', 'redirect-to-https'].includes(textOf(at(value, 'ViewerProtocolPolicy')) ?? '');
  const plain = new Set(ways.filter(({ behavior }) => isPlain(behavior)).flatMap(({ origins }) => origins.map(({ id }) => id)));
  const used = new Set(ways.flatMap(({ origins }) => origins.map(({ id }) => id)));
  const all = originsIn(distribution);
  const judged = [
    ...ways.flatMap(({ behavior, origins }) => origins.map((origin) => judge(origin, behavior.name, plain.has(origin.id)))),
    ...all.filter(({ id }) => !used.has(id)).map((origin) => judge(origin, `origin ${origin.id}`, false)),
  ];
  const isOpen = all.some(({ value }) => isUnresolved(value)) || alternatives(distribution.property('DistributionConfig')).some(isUnresolved);
  return isOpen ? [...judged, unresolved('Properties.DistributionConfig.Origins')] : judged;
}

function judgeCustom(origin: EdgeOrigin, name: string, finding: string, isSafe: (value: Value) => boolean): Outcome {
  const custom = at(origin.value, 'CustomOriginConfig');
  if (custom === undefined) return notApplicable();
  return expectEach(alternatives(isUnresolved(custom) ? custom : at(custom, name)), `${origin.location}.CustomOriginConfig`, isSafe, finding);
}

/** The old kind of access, an identity, signs always. A control may be there and never sign. */
function judgeSigned(origin: EdgeOrigin, name: string, app: AppModel): Outcome {
  const identity = at(at(origin.value, 'S3OriginConfig'), 'OriginAccessIdentity');
  if (isGiven(identity) && alternatives(identity).every(isGiven)) return pass();
  return judgeControl(origin, name, app);
}

/** The address of a function without any control is a matter of OriginBypass. */
function isControlledAddress(origin: EdgeOrigin, app: AppModel): boolean {
  const api = apiBehind(origin, app);
  return api !== undefined && isFunctionAddress(api) && at(origin.value, 'OriginAccessControlId') !== undefined;
}

function judgeControl(origin: EdgeOrigin, name: string, app: AppModel): Outcome {
  return expectEach(alternatives(at(origin.value, 'OriginAccessControlId')), origin.location, (id) => {
    const declared = app.target(id);
    return isGiven(id) && !(declared?.type === OAC && declared.alternatives('OriginAccessControlConfig.SigningBehavior').includes('never'));
  }, name);
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== '';
}

function judgeBypass(origin: EdgeOrigin, name: string, app: AppModel): Outcome {
  const api = apiBehind(origin, app);
  if (api === undefined) return looksLikeApi(origin, app) && !sendsSecret(origin) ? unresolved(origin.location, name) : notApplicable();
  if (sendsSecret(origin)) return pass();
  if (isFunctionAddress(api)) {
    return expectEach(api.alternatives('AuthType'), origin.location, (type) => type === signedAuthType(api) && at(origin.value, 'OriginAccessControlId') !== undefined, name);
  }
  return isClosed(api, app) ? pass() : fail(origin.location, name);
}

function sendsSecret(origin: EdgeOrigin): boolean {
  return elements(at(origin.value, 'OriginCustomHeaders')).some((header) => PROOF_HEADER_PATTERN.test(textOf(at(header, 'HeaderName')) ?? ''));
}

/**
 * | closed by                      | REST API                              | HTTP API                              |
 * |--------------------------------|---------------------------------------|---------------------------------------|
 * | certificates of clients        | own domain with mutual TLS, no other address                                  |
 * | signatures                     | every route with IAM                                                          |
 * | its resource policy            | one with conditions                   | has none                              |
 * | a web ACL of its own           | on a stage                            | cannot have one                       |
 */
function isClosed(api: Resource, app: AppModel): boolean {
  if (isTrue(api.property('DisableExecuteApiEndpoint')) && mutualTlsApis(app).has(api.key)) return true;
  const routes = routesByApi(app).get(api.key) ?? [];
  if (routes.length > 0 && routes.every((authorization) => authorization === RouteAuthorization.IAM)) return true;
  if (api.type !== 'AWS::ApiGateway::RestApi') return false;
  const policies = [api.property('Policy'), ...openApiDocuments(api).map((document) => at(document, 'x-amazon-apigateway-policy'))];
  if (policies.flatMap((policy) => statementsOf(policy, '')).some(({ conditions }) => entries(conditions).length > 0)) return true;
  return app.ofType('AWS::ApiGateway::Stage').some((stage) => app.target(stage.property('RestApiId')) === api && hasWebAcl(stage, app) === true);
}

function mutualTlsApis(app: AppModel): ReadonlySet<string> {
  return app.index('APIs with mutual TLS', () => new Set(app.ofType('AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping')
    .filter((mapping) => at(app.target(mapping.property('DomainName'))?.property('MutualTlsAuthentication'), 'TruststoreUri') !== undefined)
    .flatMap((mapping) => app.target(mapping.property('RestApiId') ?? mapping.property('ApiId'))?.key ?? [])));
}

function routesByApi(app: AppModel): ReadonlyMap<string, readonly RouteAuthorization[]> {
  return app.index('authorizations by API', () => {
    const table = new Map<string, RouteAuthorization[]>();
    for (const { api, authorization, preflight } of [...routesByResource(app).values()].flat()) {
      if (api === undefined || preflight) continue;
      const known = table.get(api.key);
      if (known === undefined) table.set(api.key, [authorization]);
      else known.push(authorization);
    }
    return table;
  });
}

export const EDGE_ORIGIN_RULES: readonly Rule[] = [ORIGIN_ACCESS_CONTROL, ORIGIN_BYPASS, ORIGIN_PLAIN_TEXT, ORIGIN_TLS_VERSION];
