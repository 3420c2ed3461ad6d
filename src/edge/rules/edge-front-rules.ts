import { routesByResource } from '../../model/entries/api-routes';
import { apiBehind, DISTRIBUTION, originsIn } from '../../model/entries/edge-behaviors';
import { FUNCTION_ADDRESSES, isFunctionAddress, signedAuthType } from '../../model/entries/function-addresses';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { isUnresolved } from '../../model/values/values';

const HTTP_API = 'AWS::ApiGatewayV2::Api';

export const FRONT_WEB_ACL: Rule = {
  id: 'FrontWebAcl',
  severity: Severity.LOW,
  appliesTo: [HTTP_API, ...FUNCTION_ADDRESSES],
  title: 'A public address has no web ACL in front of it, and cannot have one of its own',
  why: 'Known attack patterns, hostile addresses and floods from a few of them reach the code: before HTTP APIs, function URLs and web functions '
    + 'AWS WAF can only stand at a distribution.',
  fix: 'Put a distribution with a web ACL in front and close the direct way (HttpApiFront.cloudFront(…) of SecureHttpApi), or use a REST API (SecureApi).',
  risks: ['no-front-line'],
  frameworks: ['FSBP CloudFront.6', 'cdk-nag CFR2', 'OWASP Serverless S1'],
  control: 'webAcl',
  check: (front, app) => (isFunctionAddress(front) ? judgeAddress(front, app) : judgeApi(front, app)),
};

/** The address of a function whose callers sign is called by name: each of them needs a right of its own. */
function judgeAddress(address: Resource, app: AppModel): RuleResult {
  const types = address.alternatives('AuthType').filter((type) => type !== signedAuthType(address));
  if (types.length === 0) return notApplicable();
  const answer = judgeFront(address, app);
  return answer.kind === 'fail' && types.every(isUnresolved) ? unresolved('Properties') : answer;
}

/** An API without routes answers nobody, and WebSocket APIs are no matter of web ACLs. */
function judgeApi(api: Resource, app: AppModel): RuleResult {
  const answering = app.index('HTTP APIs with routes', () => new Set([...routesByResource(app).values()].flat()
    .filter(({ kind }) => kind === 'http').map((route) => route.api?.key)));
  return api.property('ProtocolType') === 'WEBSOCKET' || !answering.has(api.key) ? notApplicable() : judgeFront(api, app);
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

export const EDGE_FRONT_RULES: readonly Rule[] = [FRONT_WEB_ACL];
