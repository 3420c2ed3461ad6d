import { IDENTITY_POOL, rolesOfIdentityPools, rolesOfTopicRule } from './actors';
import { countsOf, seen } from './entry-counts';
import { apiBehind, behaviorsOf, DISTRIBUTION, EdgeOrigin, isBucketOrigin, looksLikeApi, originsOf } from '../../model/entries/edge-behaviors';
import { balancerBehind, hasEdgeLog, openForwardsOf } from '../../model/entries/load-balancers';
import { hasWebAclOn } from '../../model/entries/web-acl';
import { hearsThings, TOPIC_RULE } from '../../model/flow/topic-rules';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { conditionsOf } from '../../model/rights/iam';
import { Grant, grantsOn, isOpenToEveryone } from '../../model/rights/resource-policies';
import { elements, at, isTrue, isUnresolved } from '../../model/values/values';
import { all, hasNoWildcard, rolesIn } from '../../policy/entry-points/entry-layers';
import { Layer } from '../../policy/entry-points/entry-point';
import { EntryPoint, Layers } from '../form/app-form';

/** Who else than a user pool may vouch for users of an identity pool. */
const OTHER_PROVIDERS = ['DeveloperProviderName', 'OpenIdConnectProviderARNs', 'SamlProviderARNs', 'SupportedLoginProviders'];

const USER_POOL = 'AWS::Cognito::UserPool';

/** Resources that everybody may use when a policy says so. Buckets are found by a rule of the pack. */
const OPEN_KINDS: { readonly [type: string]: string } = {
  'AWS::Events::EventBus': 'public-event-bus',
  'AWS::Kinesis::Stream': 'public-stream',
  'AWS::Lambda::Function': 'public-function',
  'AWS::Lambda::WebFunction': 'public-web-function',
  'AWS::SNS::Topic': 'public-topic',
  'AWS::SQS::Queue': 'public-queue',
  'AWS::SecretsManager::Secret': 'public-secret',
};

/** Ways in beside APIs and function URLs: sites, the sign-in of user pools, identity pools, mail, messages of things, and what a policy opens to everybody. */
export function otherEntriesOf(app: AppModel): readonly EntryPoint[] {
  return [
    ...app.ofType(DISTRIBUTION).flatMap((distribution) => siteOf(distribution, app)),
    ...app.ofType(USER_POOL).flatMap((pool) => signInOf(pool, app)),
    ...app.ofType(IDENTITY_POOL).flatMap((pool) => identityPool(pool, app)),
    ...app.ofType('AWS::SES::ReceiptRule').filter((rule) => rule.alternatives('Rule.Enabled').some((enabled) => enabled !== false && enabled !== 'false')).map((rule) => entry(rule, 'mail', { authorization: 'none' })),
    ...app.ofType(TOPIC_RULE).filter(hearsThings).map((rule) => deviceTopic(rule, app)),
    ...app.ofType(...Object.keys(OPEN_KINDS))
      .filter((resource) => grantsOn(resource, app).some((grant) => isOpenToEveryone(grant) && !isForUrl(grant)))
      .map((resource) => entry(resource, OPEN_KINDS[resource.type], { authorization: 'none' })),
  ];
}

/** What a permission opens through a URL alone is the way in through that URL. */
function isForUrl({ statement }: Grant): boolean {
  return conditionsOf(statement).some(({ key }) => /^lambda:(FunctionUrlAuthType|InvokedViaFunctionUrl)$/i.test(key));
}

/** A distribution before APIs, function URLs and load balancers is a layer of theirs; with an origin of another kind it answers by itself. */
function siteOf(distribution: Resource, app: AppModel): readonly EntryPoint[] {
  const behaviors = behaviorsOf(distribution).map((behavior) => ({ behavior, origins: originsOf(behavior, distribution) }))
    .filter(({ origins }) => origins.some((origin) => !leadsToWayIn(origin, app)));
  if (behaviors.length === 0) return [];
  const signed = behaviors.every(({ behavior: { value } }) => elements(at(value, 'TrustedKeyGroups')).length > 0);
  const acl = distribution.property('DistributionConfig.WebACLId');
  const isSite = behaviors.every(({ origins }) => origins.some((origin) => isBucketOrigin(origin, app)));
  return [entry(distribution, isSite ? 'website' : 'distribution', {
    authorization: signed ? 'signed-url' : 'none',
    webAcl: acl !== undefined && acl !== null && acl !== '',
    logging: hasEdgeLog(distribution, app),
  })];
}

function leadsToWayIn(origin: EdgeOrigin, app: AppModel): boolean {
  if (apiBehind(origin, app) !== undefined || looksLikeApi(origin, app)) return true;
  const balancer = balancerBehind(origin, app);
  return balancer !== undefined && openForwardsOf(balancer, app).length > 0;
}

/** A user pool with a client is asked by whoever knows the id of the client: it is where callers prove who they are. */
function signInOf(pool: Resource, app: AppModel): readonly EntryPoint[] {
  const used = app.index('user pools with clients', () => new Set(app.ofType('AWS::Cognito::UserPoolClient')
    .flatMap((client) => app.targets(client.property('UserPoolId'))).map(({ key }) => key)));
  if (!used.has(pool.key)) return [];
  const logged = app.index('user pools with logs', () => new Set(app.ofType('AWS::Cognito::LogDeliveryConfiguration')
    .flatMap((delivery) => app.targets(delivery.property('UserPoolId'))).map(({ key }) => key)));
  const openToAll = pool.alternatives('AdminCreateUserConfig.AllowAdminCreateUserOnly').some((only) => only !== true && only !== 'true' && !isUnresolved(only));
  return [entry(pool, 'sign-in', { authorization: 'user-pool', webAcl: seen(hasWebAclOn(pool, app)), logging: logged.has(pool.key) }, openToAll)];
}

/**
 * Whoever gets credentials of an identity pool calls AWS itself.
 *
 * | guests               | users come from  | authorization |
 * |----------------------|------------------|---------------|
 * | allowed              | any              | none          |
 * | known at deployment  | any              | unknown       |
 * | not allowed          | user pools alone | user-pool     |
 * | not allowed          | others           | unknown       |
 */
function identityPool(pool: Resource, app: AppModel): readonly EntryPoint[] {
  const roles = rolesOfIdentityPools(app).filter((one) => one.pool === pool).map(({ role }) => role);
  if (roles.length === 0) return [];
  const guests = pool.alternatives('AllowUnauthenticatedIdentities');
  const others = OTHER_PROVIDERS.some((path) => pool.property(path) !== undefined) || pool.property('CognitoIdentityProviders') === undefined;
  const known = roles.flatMap((role) => rolesIn(role, app));
  return [entry(pool, 'identity-pool', {
    authorization: guests.some(isTrue) ? 'none' : others || guests.some(isUnresolved) ? 'unknown' : 'user-pool',
    leastPrivilege: seen(known.length < roles.length ? undefined : all(known.map((role) => hasNoWildcard(role, app)))),
  })];
}

/**
 * IoT Core lets nobody publish who did not prove who he is, and then only what a policy allows (https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html).
 * Whether the policy is narrow, `ThingPolicyBreadth` tells. The log is one for the account and region.
 */
function deviceTopic(rule: Resource, app: AppModel): EntryPoint {
  const roles = rolesOfTopicRule(rule).filter((role) => role !== undefined);
  const known = roles.flatMap((role) => rolesIn(role, app));
  return entry(rule, 'device-topic', {
    authorization: 'iot-policy',
    logging: app.ofType('AWS::IoT::Logging').some((log) => !log.alternatives('DefaultLogLevel').some((level) => level === 'DISABLED')),
    leastPrivilege: roles.length === 0 ? null : seen(known.length < roles.length ? undefined : all(known.map((role) => hasNoWildcard(role, app)))),
  });
}

function entry(resource: Resource, kind: string, given: { readonly [layer in keyof Layers]?: string | Layer }, selfSignUp?: boolean): EntryPoint {
  const { authorization, ...others } = { validation: null, throttle: null, webAcl: null, logging: null, leastPrivilege: null, ...given } as Layers;
  return {
    id: `${resource.name} ${kind}`,
    kind,
    at: resource.name,
    ...selfSignUp === undefined ? {} : { selfSignUp },
    layers: { authorization, ...others },
    ...countsOf(others, authorization !== 'none' && authorization !== 'unknown'),
  };
}
