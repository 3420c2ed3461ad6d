import { routesByResource } from '../policy/model/api-routes';
import { AppModel } from '../policy/model/app-model';
import { apiBehind, DISTRIBUTION, originsIn } from '../policy/model/edge-behaviors';
import { Resource } from '../policy/model/resource';
import { RouteAuthorization } from '../policy/model/route';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../policy/model/rule';
import { isUnresolved } from '../policy/model/values';

const HTTP_API = 'AWS::ApiGatewayV2::Api';
const FUNCTION_URL = 'AWS::Lambda::Url';

export const FRONT_WEB_ACL: Rule = {
  id: 'FrontWebAcl',
  severity: Severity.LOW,
  appliesTo: [HTTP_API, FUNCTION_URL],
  title: 'A public address has no web ACL in front of it, and cannot have one of its own',
  why: 'Known attack patterns, hostile addresses and floods from a few of them reach the code: AWS WAF does not work with HTTP APIs and function URLs.',
  fix: 'Put a distribution with a web ACL in front and close the direct way (HttpApiFront.cloudFront(…) of SecureHttpApi), or use a REST API (SecureApi).',
  risks: ['no-front-line'],
  frameworks: ['FSBP CloudFront.6', 'cdk-nag CFR2', 'OWASP Serverless S1'],
  control: 'webAcl',
  check: (front, app) => (front.type === FUNCTION_URL ? judgeUrl(front, app) : judgeApi(front, app, false)),
};

export const SIGNED_FRONT_ACL: Rule = {
  id: 'SignedFrontAcl',
  severity: Severity.INFO,
  appliesTo: [HTTP_API],
  title: 'An HTTP API for callers that sign has no web ACL in front of it',
  why: 'Nobody gets in without credentials of AWS, but whoever tries is neither counted nor slowed down.',
  fix: 'Nothing, where only your own services call (HttpApiFront.none(reason) of SecureHttpApi says so). Else put a distribution with a web ACL in front.',
  risks: ['no-front-line'],
  frameworks: ['FSBP CloudFront.6', 'OWASP Serverless S1'],
  control: 'webAcl',
  check: (api, app) => judgeApi(api, app, true),
};

/** The URL of a function whose callers sign is called by name: each of them needs a right of its own. */
function judgeUrl(url: Resource, app: AppModel): RuleResult {
  const types = url.alternatives('AuthType').filter((type) => type !== 'AWS_IAM');
  if (types.length === 0) return notApplicable();
  const answer = judgeFront(url, app);
  return answer.kind === 'fail' && types.every(isUnresolved) ? unresolved('Properties') : answer;
}

/** WebSocket APIs have no way to be protected so. */
function judgeApi(api: Resource, app: AppModel, signed: boolean): RuleResult {
  const signs = app.index('whether all callers of an HTTP API sign', () => signingApis(app)).get(api.key);
  return api.property('ProtocolType') === 'WEBSOCKET' || signs !== signed ? notApplicable() : judgeFront(api, app);
}

/** HTTP APIs with routes, and whether all of these ask for a signature. */
function signingApis(app: AppModel): ReadonlyMap<string, boolean> {
  const table = new Map<string, boolean>();
  for (const { api, authorization, kind } of [...routesByResource(app).values()].flat()) {
    if (api === undefined || kind !== 'http') continue;
    table.set(api.key, (table.get(api.key) ?? true) && authorization === RouteAuthorization.IAM);
  }
  return table;
}

function judgeFront(front: Resource, app: AppModel): Outcome {
  const before = app.index('distributions by API', () => distributionsByApi(app)).get(front.key) ?? [];
  if (before.length === 0) return fail('Properties');
  const acls = before.flatMap((distribution) => distribution.alternatives('DistributionConfig.WebACLId'));
  if (acls.some((acl) => acl === undefined || acl === null || acl === '')) return fail('Properties');
  return acls.some(isUnresolved) && acls.every(isUnresolved) ? unresolved('Properties') : pass();
}

function distributionsByApi(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  const table = new Map<string, Resource[]>();
  for (const distribution of app.ofType(DISTRIBUTION)) {
    for (const origin of originsIn(distribution)) {
      const api = apiBehind(origin, app);
      if (api !== undefined) table.set(api.key, [...table.get(api.key) ?? [], distribution]);
    }
  }
  return table;
}

export const EDGE_FRONT_RULES: readonly Rule[] = [FRONT_WEB_ACL, SIGNED_FRONT_ACL];
