import { hasWebAclOn } from '../../model/entries/web-acl';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { at, elements, isTrue, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';

const GRAPHQL_API = 'AWS::AppSync::GraphQLApi';
const EVENT_API = 'AWS::AppSync::Api';
const CACHE = 'AWS::AppSync::ApiCache';
const RESOLVER = 'AWS::AppSync::Resolver';

/** What a key opens in an event API, by the property that lists how callers authenticate for it. */
const EVENT_MODES = ['AuthProviders', 'ConnectionAuthModes', 'DefaultPublishAuthModes', 'DefaultSubscribeAuthModes'];

export const GRAPHQL_API_KEY: Rule = {
  id: 'GraphqlApiKey',
  severity: Severity.HIGH,
  appliesTo: [GRAPHQL_API, EVENT_API],
  title: 'An AppSync API answers callers that only bring an API key',
  why: 'The key stands in the app, so everybody has it: it says which app asks, and not who. All types and fields are open that ask for nothing else.',
  fix: 'Set AuthenticationType to AMAZON_COGNITO_USER_POOLS, AWS_IAM, OPENID_CONNECT or AWS_LAMBDA (authorizationConfig).',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['FSBP AppSync.5', 'CT.APPSYNC.PR.3', 'OWASP Serverless S2', 'CSA SAS-02'],
  check: (api) => (api.type === EVENT_API ? judgeEventApi(api)
    : expectProperty(api, 'AuthenticationType', (type) => textOf(type)?.toUpperCase() !== 'API_KEY')),
};

export const GRAPHQL_PUBLIC_FIELDS: Rule = {
  id: 'GraphqlPublicFields',
  severity: Severity.LOW,
  appliesTo: [GRAPHQL_API],
  title: 'An AppSync API has fields for callers that only bring an API key',
  why: 'The key stands in the app, so everybody has it. One @aws_api_key too many in the schema makes a type public.',
  fix: 'Leave API_KEY out of AdditionalAuthenticationProviders, or put what is public into an API of its own.',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['FSBP AppSync.5', 'CT.APPSYNC.PR.3', 'OWASP Serverless S2'],
  check: (api) => api.items('AdditionalAuthenticationProviders').map((provider): Outcome => {
    const location = 'Properties.AdditionalAuthenticationProviders';
    const type = isUnresolved(provider) ? provider : at(provider, 'AuthenticationType');
    if (isUnresolved(type)) return unresolved(location);
    return textOf(type)?.toUpperCase() === 'API_KEY' ? fail(location) : pass();
  }),
};

export const GRAPHQL_LOGGING: Rule = {
  id: 'GraphqlLogging',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [GRAPHQL_API, EVENT_API],
  title: 'An AppSync API does not log its requests',
  why: 'An attack on single fields leaves no trace: metrics count requests, and do not tell what was asked for.',
  fix: 'Set LogConfig with a role and FieldLogLevel ERROR (logConfig: { fieldLogLevel: FieldLogLevel.ERROR }), of an event API with LogLevel in EventConfig.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP AppSync.2', 'CT.APPSYNC.PR.1', 'CKV_AWS_193', 'CKV_AWS_194', 'cdk-nag ASC3', 'OWASP Serverless S10'],
  check: (api) => expectProperty(api, api.type === EVENT_API ? 'EventConfig.LogConfig.LogLevel' : 'LogConfig.FieldLogLevel', (level) => level !== undefined && textOf(level)?.toUpperCase() !== 'NONE'),
};

export const GRAPHQL_VERBOSE_LOG: Rule = {
  id: 'GraphqlVerboseLog',
  severity: Severity.LOW,
  appliesTo: [GRAPHQL_API],
  title: 'An AppSync API writes headers and values of requests to its log',
  why: 'Tokens and personal data of the callers end up in a log that more people read than the data itself.',
  fix: 'Set ExcludeVerboseContent to true (excludeVerboseContent: true).',
  risks: ['data-exposure'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-10'],
  check: (api) => {
    const level = textOf(api.property('LogConfig.FieldLogLevel'))?.toUpperCase();
    return level === undefined || level === 'NONE' ? notApplicable() : expectProperty(api, 'LogConfig.ExcludeVerboseContent', isTrue);
  },
};

export const GRAPHQL_WEB_ACL: Rule = {
  id: 'GraphqlWebAcl',
  severity: Severity.MEDIUM,
  appliesTo: [GRAPHQL_API, EVENT_API],
  title: 'An AppSync API has no web ACL in front of it',
  why: 'AppSync knows no throttle of its own for callers: known attack patterns and floods reach resolvers, handlers and data sources.',
  fix: 'Associate a regional web ACL with the ARN of the API (AWS::WAFv2::WebACLAssociation; SecureWebAcl makes one).',
  risks: ['no-front-line', 'runaway-use'],
  frameworks: ['CKV2_AWS_33', 'OWASP Serverless S1', 'CSA SAS-08'],
  control: 'webAcl',
  check: (api, app) => {
    if (api.property('Visibility') === 'PRIVATE') return notApplicable();
    const answer = hasWebAclOn(api, app);
    return answer === undefined ? unresolved('Properties') : answer ? pass() : fail('Properties');
  },
};

export const GRAPHQL_TRACING: Rule = {
  id: 'GraphqlTracing',
  severity: Severity.LOW,
  appliesTo: [GRAPHQL_API],
  title: 'An AppSync API does not trace its requests',
  why: 'After an incident nobody can tell which resolvers a request went through.',
  fix: 'Set XrayEnabled to true (xrayEnabled: true).',
  risks: ['unseen-attack'],
  frameworks: ['cdk-nag AppSyncTracing', 'OWASP Serverless S10'],
  check: (api) => expectProperty(api, 'XrayEnabled', isTrue),
};

export const GRAPHQL_INTROSPECTION: Rule = {
  id: 'GraphqlIntrospection',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: [GRAPHQL_API],
  title: 'An AppSync API describes its whole schema to every caller',
  why: 'One query tells an attacker all types, fields and mutations, those of administrators among them.',
  fix: 'Set IntrospectionConfig to DISABLED (introspectionConfig: IntrospectionConfig.DISABLED): left out, it is on.',
  risks: ['attack-surface'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03'],
  check: (api) => expectProperty(api, 'IntrospectionConfig', (config) => config === 'DISABLED'),
};

export const GRAPHQL_LIMITS: Rule = {
  id: 'GraphqlLimits',
  severity: Severity.LOW,
  appliesTo: [GRAPHQL_API],
  title: 'One query of an AppSync API may ask for any depth and any number of fields',
  why: 'A small query that nests lists in lists runs thousands of resolvers: each is paid for, and the data sources stand still.',
  fix: 'Set QueryDepthLimit and ResolverCountLimit (queryDepthLimit, resolverCountLimit) to what the app asks for; 0 is no limit.',
  risks: ['runaway-use'],
  frameworks: ['OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  findingForm: 'name of the property',
  check: (api) => ['QueryDepthLimit', 'ResolverCountLimit'].map((property) => (
    expectProperty(api, property, (limit) => (numberOf(limit) ?? 0) > 0, property))),
};

export const GRAPHQL_CACHE: Rule = {
  id: 'GraphqlCacheEncryption',
  severity: Severity.MEDIUM,
  appliesTo: [CACHE],
  title: 'The cache of an AppSync API is not encrypted',
  why: 'Answers for users, with what they may see alone, lie and travel in clear outside of the tables that are encrypted.',
  fix: 'Set AtRestEncryptionEnabled and TransitEncryptionEnabled to true: both can only be set when the cache is made.',
  risks: ['data-exposure'],
  frameworks: ['FSBP AppSync.1', 'FSBP AppSync.6', 'CT.APPSYNC.PR.4', 'CT.APPSYNC.PR.5', 'OWASP Serverless S3'],
  findingForm: 'name of the property',
  check: (cache) => ['AtRestEncryptionEnabled', 'TransitEncryptionEnabled'].map((property) => expectProperty(cache, property, isTrue, property)),
};

export const GRAPHQL_CACHE_IDENTITY: Rule = {
  id: 'GraphqlCacheIdentity',
  severity: Severity.LOW,
  appliesTo: [RESOLVER],
  title: 'A resolver keeps its answer to one user for all who ask the same',
  why: 'The keys of its cache name what is asked, and not who asks: what the data source answered to one user, with what he alone may see, is given to the next.',
  fix: 'Add who asks to CachingKeys, such as $context.identity.sub; or keep no answers of fields that are not the same for everybody.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['OWASP Serverless S3', 'OWASP Serverless S5', 'CSA SAS-02'],
  check: (resolver, app) => {
    const keys = elements(resolver.property('CachingConfig.CachingKeys'));
    if (keys.length === 0 || !keptByResolver(app).has(app.target(resolver.property('ApiId'))?.key ?? '')) return notApplicable();
    const location = 'Properties.CachingConfig.CachingKeys';
    if (keys.some((key) => /\bidentity\b/i.test(textOf(key) ?? ''))) return pass();
    return keys.some(isUnresolved) ? unresolved(location) : fail(location);
  },
};

/** The APIs whose caches ask each resolver for its keys: a cache of all requests knows by itself who asked. */
function keptByResolver(app: AppModel): ReadonlySet<string> {
  return app.index('graphs that keep answers by resolver', () => new Set(app.ofType(CACHE)
    .filter((cache) => cache.alternatives('ApiCachingBehavior').includes('PER_RESOLVER_CACHING')).flatMap((cache) => app.target(cache.property('ApiId'))?.key ?? [])));
}

function judgeEventApi(api: Resource): RuleResult {
  return EVENT_MODES.flatMap((property) => api.items(`EventConfig.${property}`).map((mode): Outcome => {
    const location = `Properties.EventConfig.${property}`;
    const type: Value = isUnresolved(mode) ? mode : at(mode, 'AuthType');
    if (isUnresolved(type)) return unresolved(location);
    return textOf(type)?.toUpperCase() === 'API_KEY' ? fail(location) : pass();
  }));
}

export const GRAPHQL_RULES: readonly Rule[] = [
  GRAPHQL_API_KEY, GRAPHQL_CACHE, GRAPHQL_CACHE_IDENTITY, GRAPHQL_INTROSPECTION, GRAPHQL_LIMITS, GRAPHQL_LOGGING, GRAPHQL_PUBLIC_FIELDS,
  GRAPHQL_TRACING, GRAPHQL_VERBOSE_LOG, GRAPHQL_WEB_ACL,
];
