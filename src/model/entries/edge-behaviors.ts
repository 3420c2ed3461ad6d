import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { WEB_FUNCTION_ENDPOINT } from '../resources/web-functions';
import { isAny } from '../values/answers';
import { alternatives, at, elements, isRecord, isUnresolved, Reference, referencesIn, textOf, Value } from '../values/values';

export const DISTRIBUTION = 'AWS::CloudFront::Distribution';

/** What a distribution does with requests on some paths. */
export interface EdgeBehavior {
  /** The path pattern; `default` for all other paths. */
  readonly name: string;
  readonly location: string;
  readonly value: Value;
  readonly originId: string;
}

/** A server that a distribution asks. */
export interface EdgeOrigin {
  readonly id: string;
  readonly location: string;
  readonly value: Value;
}

/** Headers by which an origin can tell requests of its distribution from others: what stands in one is a secret of the two. */
export const PROOF_HEADER_PATTERN = /auth|cdn|cloudfront|edge|key|origin|secret|signature|token|verif/i;

const ROOT = 'DistributionConfig';

/** The behaviors of a distribution, the one for all other paths first. A behavior that is only known at deployment is unresolved. */
export function behaviorsOf(distribution: Resource): readonly EdgeBehavior[] {
  const make = (value: Value, name: string, location: string): EdgeBehavior => ({
    name, location: `Properties.${ROOT}.${location}`, value, originId: textOf(at(value, 'TargetOriginId')) ?? '',
  });
  return [
    ...alternatives(distribution.property(`${ROOT}.DefaultCacheBehavior`)).filter((value) => value !== undefined)
      .map((value) => make(value, 'default', 'DefaultCacheBehavior')),
    ...elements(distribution.property(`${ROOT}.CacheBehaviors`))
      .map((value, index) => make(value, textOf(at(value, 'PathPattern')) ?? String(index), `CacheBehaviors.${index}`)),
  ];
}

/** The origins of a distribution. */
export function originsIn(distribution: Resource): readonly EdgeOrigin[] {
  return elements(distribution.property(`${ROOT}.Origins`)).map((value, index) => ({
    id: textOf(at(value, 'Id')) ?? String(index), location: `Properties.${ROOT}.Origins.${index}`, value,
  }));
}

/** The API or the function URL that an origin leads to, when the app holds it: at its own address, or at a domain that is mapped to it. */
export function apiBehind(origin: EdgeOrigin, app: AppModel): Resource | undefined {
  const domainName = at(origin.value, 'DomainName');
  const fronts = app.targets(domainName);
  const found = fronts.find(({ type }) => API_TYPES.has(type));
  if (found !== undefined) return found;
  const domain = app.describe(domainName);
  return domain === undefined || domain.includes('<?>') ? undefined : app.index('APIs behind edge domains', () => apisByDomain(app)).get(domain);
}

const API_TYPES = new Set(['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::Lambda::Url', WEB_FUNCTION_ENDPOINT]);

/** Whether an origin is an API or a function by its address alone. */
export function looksLikeApi(origin: EdgeOrigin, app: AppModel): boolean {
  return /\.(execute-api|lambda-url|lambda-web)\./.test(app.describe(at(origin.value, 'DomainName')) ?? '');
}

function apisByDomain(app: AppModel): ReadonlyMap<string, Resource> {
  const table = new Map<string, Resource>();
  for (const mapping of app.ofType('AWS::ApiGateway::BasePathMapping', 'AWS::ApiGatewayV2::ApiMapping')) {
    const api = app.target(mapping.property('RestApiId') ?? mapping.property('ApiId'));
    const name = mapping.property('DomainName');
    const domain = app.describe(app.target(name)?.property('DomainName') ?? name);
    if (api !== undefined && domain !== undefined) table.set(domain, api);
  }
  return table;
}

/** Whether an origin is a bucket at its own address: by a pointer to one of the app, or by the form of its name. */
export function isBucketOrigin(origin: EdgeOrigin, app: AppModel): boolean {
  const domainName = at(origin.value, 'DomainName');
  const isBucketDomain = (reference: Reference) => /^(RegionalDomainName|DomainName|DualStackDomainName)$/.test(reference.attribute ?? '')
    && app.target(reference)?.type === 'AWS::S3::Bucket';
  if (referencesIn(domainName).some(isBucketDomain)) return true;
  return alternatives(domainName).some((option) => /\.s3[.-](?!website)[^/]*amazonaws\.com(\.cn)?$|\.s3\.amazonaws\.com$|\.s3[.-][^/]*<AWS::URLSuffix>$/.test(app.describe(option) ?? ''))
    && !isWebsiteEndpoint(origin, app);
}

/** Whether an origin is a bucket at its website endpoint, which speaks no TLS. */
export function isWebsiteEndpoint(origin: EdgeOrigin, app: AppModel): boolean {
  const domainName = at(origin.value, 'DomainName');
  return referencesIn(domainName).some(({ attribute }) => attribute === 'WebsiteURL') || /\.s3-website[.-]/.test(app.describe(domainName) ?? '');
}

/** The origins of a behavior: one, or the members of an origin group, the first in line first. */
export function originsOf(behavior: EdgeBehavior, distribution: Resource): readonly EdgeOrigin[] {
  const groups = elements(distribution.property(`${ROOT}.OriginGroups.Items`)).filter((item) => textOf(at(item, 'Id')) === behavior.originId);
  const members = groups.flatMap((group) => elements(at(at(group, 'Members'), 'Items'))).map((member) => textOf(at(member, 'OriginId')));
  const ids = members.length === 0 ? [behavior.originId] : members;
  return originsIn(distribution).filter(({ id }) => ids.includes(id)).sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** The origin that a behavior asks first. */
export function originOf(behavior: EdgeBehavior, distribution: Resource): EdgeOrigin | undefined {
  return originsOf(behavior, distribution)[0];
}

/** The behaviors that sign what they ask an address of a function, so that it answers whoever asks the distribution. */
export function signingBehaviors(address: Resource, app: AppModel): readonly EdgeBehavior[] {
  return app.index('behaviors that sign', () => {
    const table = new Map<string, EdgeBehavior[]>();
    for (const distribution of app.ofType(DISTRIBUTION)) {
      for (const behavior of behaviorsOf(distribution)) {
        const behind = originsOf(behavior, distribution).filter((origin) => signs(origin, app)).map((origin) => apiBehind(origin, app)?.key ?? '');
        for (const key of new Set(behind)) table.set(key, [...table.get(key) ?? [], behavior]);
      }
    }
    return table;
  }).get(address.key) ?? [];
}

function signs(origin: EdgeOrigin, app: AppModel): boolean {
  return alternatives(at(origin.value, 'OriginAccessControlId')).some((id) => id !== undefined && id !== '' && id !== null
    && app.target(id)?.property('OriginAccessControlConfig.SigningBehavior') !== 'never');
}

/** What a cache tells requests apart by, and what of the caller's identity gets to the origin. */
export interface EdgeCache {
  /** Whether answers are kept; undefined when only the deployment knows. */
  readonly keeps: boolean | undefined;
  /** Whether the token or the cookies of the caller are part of the key. */
  readonly identityInKey: boolean | undefined;
  /** Whether they get to the origin without being part of the key. */
  readonly identityForwarded: boolean | undefined;
}

/** Managed cache policies that keep nothing, and those with cookies or the token in their key. */
const KEEPS_NOTHING = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const KEYED_BY_CALLER = new Set(['2e54312d-136d-493c-8eb9-b001f22f67d2', '4cc15a8a-d715-48a4-82b8-cc0b614638fe', '83da9c7e-98b4-4e11-a168-04f0df8e2c65']);

/** Managed origin request policies that pass on all headers and cookies of the caller. */
const PASSES_CALLER = new Set(['216adef6-5c7f-47e4-b989-5492eafa07d3', '33f36d7e-f396-46d9-90e0-52428a34d9dc', 'b689b0a8-53d0-40ab-baf2-68738e2966ac']);

const IDENTITY_HEADER = /^(authorization|cookie|x-api-key|x-.*(token|session|user).*)$/i;

/** Cookies about the look of a page, or the experiment that it is part of. */
const LOOKS_COOKIE = /^(?:_ga.*|ab|ab[_-]?test|consent|cookie[_-]?consent|country|currency|experiment|lang|language|locale|region|theme|timezone|tz|variant)$/i;

/** How a behavior caches. */
export function cacheOf(behavior: EdgeBehavior, app: AppModel): EdgeCache {
  if (isUnresolved(behavior.value)) return { keeps: undefined, identityInKey: undefined, identityForwarded: undefined };
  const id = at(behavior.value, 'CachePolicyId');
  const legacy = at(behavior.value, 'ForwardedValues');
  const key = id === undefined ? legacyKey(behavior.value, legacy) : worstKey(alternatives(id).map((option) => policyKey(option, app)));
  return { ...key, identityForwarded: forwards(at(behavior.value, 'OriginRequestPolicyId'), app) };
}

type Key = Omit<EdgeCache, 'identityForwarded'>;

/** What is forwarded in the old form is the key. */
function legacyKey(behavior: Value, forwarded: Value): Key {
  const zero = (name: string) => at(behavior, name) !== undefined && Number(at(behavior, name)) === 0;
  if (zero('MaxTTL') || (zero('DefaultTTL') && zero('MinTTL') && at(behavior, 'MaxTTL') === undefined)) return { keeps: false, identityInKey: false };
  if (isUnresolved(forwarded)) return { keeps: undefined, identityInKey: undefined };
  const headers = elements(at(forwarded, 'Headers')).map((header) => textOf(header) ?? '');
  const cookies = textOf(at(at(forwarded, 'Cookies'), 'Forward'))?.toLowerCase() ?? 'none';
  if (headers.includes('*')) return { keeps: false, identityInKey: true };
  const namesCaller = cookies === 'whitelist' ? tellsCaller(at(at(forwarded, 'Cookies'), 'WhitelistedNames')) : cookies !== 'none';
  return { keeps: true, identityInKey: namesCaller || headers.some((header) => IDENTITY_HEADER.test(header)) };
}

function policyKey(id: Value, app: AppModel): Key {
  if (typeof id === 'string') return { keeps: id !== KEEPS_NOTHING, identityInKey: KEYED_BY_CALLER.has(id) };
  const policy = app.target(id);
  if (policy?.type !== 'AWS::CloudFront::CachePolicy') return { keeps: undefined, identityInKey: undefined };
  const longest = policy.property('CachePolicyConfig.MaxTTL');
  const parameters = policy.property('CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin');
  if (isUnresolved(parameters)) return { keeps: undefined, identityInKey: undefined };
  return { keeps: isUnresolved(longest) ? undefined : longest === undefined || Number(longest) !== 0, identityInKey: namesIdentity(parameters) };
}

function namesIdentity(parameters: Value): boolean {
  const headers = at(parameters, 'HeadersConfig');
  const cookies = textOf(at(at(parameters, 'CookiesConfig'), 'CookieBehavior')) ?? 'none';
  const kind = textOf(at(headers, 'HeaderBehavior')) ?? 'none';
  const namesCaller = cookies === 'whitelist' ? tellsCaller(at(at(parameters, 'CookiesConfig'), 'Cookies')) : cookies !== 'none';
  if (namesCaller || kind === 'allViewer' || kind === 'allViewerAndWhitelistCloudFront' || kind === 'allExcept') return true;
  return elements(at(headers, 'Headers')).flatMap((name) => (isRecord(name) ? elements(at(name, 'Items')) : [name]))
    .some((name) => IDENTITY_HEADER.test(textOf(name) ?? ''));
}

/** Whether one of some cookies may tell who calls: those that say what a page looks like do not. */
function tellsCaller(cookies: Value): boolean {
  return elements(cookies).flatMap((name) => (isRecord(name) ? elements(at(name, 'Items')) : [name])).some((name) => !LOOKS_COOKIE.test(textOf(name) ?? ''));
}

function worstKey(keys: readonly Key[]): Key {
  return keys.find(({ keeps, identityInKey }) => keeps === true && identityInKey === false)
    ?? keys.find(({ keeps }) => keeps === undefined) ?? keys.find(({ keeps }) => keeps === true) ?? keys[0];
}

function forwards(id: Value, app: AppModel): boolean | undefined {
  const answers = alternatives(id).map((option): boolean | undefined => {
    if (option === undefined) return false;
    if (typeof option === 'string') return PASSES_CALLER.has(option);
    const policy = app.target(option);
    return policy === undefined ? undefined : namesIdentity(policy.property('OriginRequestPolicyConfig'));
  });
  return isAny(answers);
}
