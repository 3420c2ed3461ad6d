import { behaviorsOf, DISTRIBUTION, EdgeBehavior } from '../../model/entries/edge-behaviors';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';
import { SHORTEST_HSTS } from '../edge-baseline';
import { admitsAnyScript } from '../script-sources';

/** Managed policies that send all headers that a page needs, except a content security policy. */
const SECURE_HEADERS = new Set(['67f7725c-6f97-4210-82d7-5512b31e9d03', 'eaab4381-ed33-4a86-88ca-d9558dc6cd63', 'e61eb60c-9c35-4d20-a928-2b84e02af89c']);

export const SECURITY_HEADERS: Rule = {
  id: 'SecurityHeaders',
  severity: Severity.LOW,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution sends answers without the headers that protect browsers, or with empty ones',
  why: 'Other pages put the app into a frame and have its users click there, and injected script runs with their rights.',
  fix: 'Give each behavior a response headers policy with Strict-Transport-Security for half a year or more, Content-Security-Policy that names where '
    + 'scripts come from, X-Content-Type-Options and frame options; EdgeDistribution writes one.',
  risks: ['misconfiguration', 'single-layer'],
  frameworks: ['OWASP Serverless S7', 'OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: 'path pattern of the behavior; with the header that a policy lacks, or that protects from nothing: `default`, `/api/* Content-Security-Policy`',
  check: (distribution, app) => behaviorsOf(distribution).flatMap((behavior) => judgeHeaders(behavior, app)),
};

function judgeHeaders({ value, name, location }: EdgeBehavior, app: AppModel): readonly Outcome[] {
  const place = `${location}.ResponseHeadersPolicyId`;
  return alternatives(isUnresolved(value) ? value : at(value, 'ResponseHeadersPolicyId')).flatMap((id): readonly Outcome[] => {
    if (id === undefined || id === '') return [fail(place, name)];
    if (typeof id === 'string') return [SECURE_HEADERS.has(id) ? pass() : isManaged(id) ? fail(place, name) : unresolved(place, name)];
    const policy = app.target(id);
    if (policy?.type !== 'AWS::CloudFront::ResponseHeadersPolicy') return [unresolved(place, name)];
    const missing = missingHeaders(policy);
    return missing.length === 0 ? [pass()] : missing.map((header) => fail(place, `${name} ${header}`));
  });
}

/** The other managed policies only open the app to pages of other origins. */
function isManaged(id: string): boolean {
  return id === '60669652-455b-4ae9-85a4-c4c02393f86c' || id === '5cc3b908-e619-4b99-88e5-2cf7f45965bd';
}

/** Browsers forget what they were told after its age: half a year is the least that is worth something between two visits. */
function forgetsTls(security: Value, custom: ReadonlyMap<string, string>): boolean {
  const written = /max-age\s*=\s*"?(\d+)/i.exec(custom.get('strict-transport-security') ?? '')?.[1];
  const ages = [...alternatives(at(at(security, 'StrictTransportSecurity'), 'AccessControlMaxAgeSec')).map(numberOf), numberOf(written)];
  return ages.some((age) => age !== undefined && age < SHORTEST_HSTS);
}

/** A header may also stand among the custom ones, and a content security policy may say who frames the page. */
function missingHeaders(policy: Resource): readonly string[] {
  const config = policy.property('ResponseHeadersPolicyConfig');
  const security = at(config, 'SecurityHeadersConfig');
  const custom = new Map(elements(at(at(config, 'CustomHeadersConfig'), 'Items')).map((item) => [(textOf(at(item, 'Header')) ?? '').toLowerCase(), textOf(at(item, 'Value')) ?? '']));
  const content = `${textOf(at(at(security, 'ContentSecurityPolicy'), 'ContentSecurityPolicy')) ?? ''} ${custom.get('content-security-policy') ?? ''}`.trim();
  const has = (name: string, header: string) => at(security, name) !== undefined || custom.has(header);
  const given: readonly (readonly [string, boolean])[] = [
    ['Content-Security-Policy', has('ContentSecurityPolicy', 'content-security-policy') && !admitsAnyScript(content)],
    ['Strict-Transport-Security', has('StrictTransportSecurity', 'strict-transport-security') && !forgetsTls(security, custom)],
    ['X-Content-Type-Options', has('ContentTypeOptions', 'x-content-type-options')],
    ['X-Frame-Options', has('FrameOptions', 'x-frame-options') || content.includes('frame-ancestors')],
  ];
  return given.filter(([, isThere]) => !isThere).map(([header]) => header);
}

export const EDGE_HEADER_RULES: readonly Rule[] = [SECURITY_HEADERS];
