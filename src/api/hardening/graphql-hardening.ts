import { Stack } from 'aws-cdk-lib';
import { CfnApi, CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { acknowledge, NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { hardeningPart } from '../../core/hardening/hardening-part';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { settingOf } from '../../core/hardening/setting-of';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { sourceConditions } from '../../iam/exact-access';
import { allowGraphqlLogs } from '../../iam/hardening/roles/graphql-log-rights';
import { ServiceRole } from '../../iam/service-role';
import { webAclStep } from '../../waf/web-acl-hardening';
import {
  GRAPHQL_API_KEY, GRAPHQL_INTROSPECTION, GRAPHQL_LIMITS, GRAPHQL_LOGGING, GRAPHQL_TRACING, GRAPHQL_VERBOSE_LOG, GRAPHQL_WEB_ACL,
} from '../rules/graphql-rules';

const API = { area: HardeningArea.APIS, type: 'AWS::AppSync::GraphQLApi' } as const;

const EVENTS = { area: HardeningArea.APIS, type: 'AWS::AppSync::Api' } as const;

const LOG_LEVEL_SET = 'ERROR';
const WITHOUT_VALUES = 'The API logs its requests. Headers, contexts and evaluated templates are left out: they hold the tokens and the data of callers, and more people read logs than data.';

/** The group has the name that AppSync gives it, and may be there from a time when the API was logged: a template that declares it would be refused. */
const LOGS = valueStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_LOGGING.id,
  property: 'LogConfig',
  adds: 2,
  read: (api) => api.logConfig,
  secure: () => `the level ${LOG_LEVEL_SET} without headers and values, by a role that writes to the log of the API only`,
  safe: () => true,
  write: writeLogs,
  attention: 'AppSync makes the log group /aws/appsync/apis/<id of the API> itself, without a key and without an end: set its retention, or declare it before the '
    + 'first request.',
});

function writeLogs(api: CfnGraphQLApi, _: unknown, site: HardeningSite): void {
  const role = hardeningPart(site, api, 'LogRole', (scope, id) => new ServiceRole(scope, id, {
    service: 'appsync.amazonaws.com',
    description: `Writes the log of ${scope.node.path}`,
    trustConditions: sourceConditions(scope, Stack.of(scope).formatArn({ service: 'appsync', resource: 'apis', resourceName: '*' })),
  }));
  api.logConfig = { cloudWatchLogsRoleArn: role.roleArn, fieldLogLevel: LOG_LEVEL_SET, excludeVerboseContent: true };
  allowGraphqlLogs(api, role.node.defaultChild as CfnRole, site);
  acknowledge(api, NagPackId.AWS_SOLUTIONS, 'ASC3', WITHOUT_VALUES);
}

/** Who set a level thought about it. */
const LOG_LEVEL = valueStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_LOGGING.id,
  property: 'LogConfig.FieldLogLevel',
  when: (api) => api.logConfig !== undefined,
  read: levelOf,
  secure: () => LOG_LEVEL_SET,
  safe: (level: string) => level !== 'NONE',
  write: (api, level) => { api.logConfig = withFields(api.logConfig, () => ({ fieldLogLevel: level })); },
});

function levelOf(api: CfnGraphQLApi, site: HardeningSite): unknown {
  return fieldOf(site, api, api.logConfig, 'fieldLogLevel');
}

/** Whoever looks for errors in headers and templates would miss them, and cdk-nag would miss them too. */
const VERBOSE_LOG_ADVICE = proposalStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_VERBOSE_LOG.id,
  property: 'LogConfig.ExcludeVerboseContent',
  when: (api, site) => api.logConfig !== undefined && levelOf(api, site) !== 'NONE' && [undefined, false].includes(verboseLeftOut(api, site) as boolean | undefined),
  chosen: (api, site) => verboseLeftOut(api, site) !== undefined,
  read: verboseLeftOut,
  after: 'true',
  advice: `${GRAPHQL_VERBOSE_LOG.fix} Look for errors without headers, contexts and evaluated templates then, and acknowledge ASC3 of cdk-nag, which asks for them.`,
});

function verboseLeftOut(api: CfnGraphQLApi, site: HardeningSite): unknown {
  return fieldOf(site, api, api.logConfig, 'excludeVerboseContent');
}

/** What the baseline asks for is what cdk-nag reports. */
const VERBOSE_LOG_LEFT_OUT = findingStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_LOGGING.id,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'ASC3',
  when: (api, site) => site.overrideOf(api, 'LogConfig') === undefined && verboseLeftOut(api, site) === true && levelOf(api, site) !== 'NONE',
  reason: WITHOUT_VALUES,
});

const TRACING = valueStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_TRACING.id,
  property: 'XrayEnabled',
  read: (api) => api.xrayEnabled,
  secure: () => true,
  unsafe: (enabled: boolean) => !enabled,
  write: (api, enabled) => { api.xrayEnabled = enabled; },
  attention: 'The first API of an account that is traced has AppSync make its service-linked role: whoever deploys needs iam:CreateServiceLinkedRole for that.',
});

const WEB_ACL = webAclStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_WEB_ACL.id,
  when: (api, site) => site.resolve(api, api.visibility) !== 'PRIVATE',
  arnOf: (api) => api.attrArn,
});

const CALLERS_ADVICE = proposalStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_API_KEY.id,
  property: 'AuthenticationType',
  when: (api, site) => site.resolve(api, api.authenticationType) === 'API_KEY',
  read: (api) => api.authenticationType,
  after: 'AMAZON_COGNITO_USER_POOLS, AWS_IAM, OPENID_CONNECT or AWS_LAMBDA',
  advice: GRAPHQL_API_KEY.fix,
});

/** Tools that write the code of clients ask for the schema. */
const INTROSPECTION_ADVICE = proposalStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_INTROSPECTION.id,
  property: 'IntrospectionConfig',
  when: (api, site) => [undefined, 'ENABLED'].includes(site.resolve(api, api.introspectionConfig) as string | undefined),
  read: (api) => api.introspectionConfig,
  after: 'DISABLED',
  advice: `${GRAPHQL_INTROSPECTION.fix} Tools that read the schema from the API need it from the app then.`,
});

const limitAdvice = (property: string, read: (api: CfnGraphQLApi) => number | undefined) => proposalStep<CfnGraphQLApi>({
  ...API,
  rule: GRAPHQL_LIMITS.id,
  property,
  when: (api, site) => [undefined, 0].includes(site.resolve(api, read(api)) as number | undefined),
  read,
  after: 'what the app asks for',
  advice: GRAPHQL_LIMITS.fix,
});

const EVENT_LOG_ADVICE = proposalStep<CfnApi>({
  ...EVENTS,
  rule: GRAPHQL_LOGGING.id,
  property: 'EventConfig.LogConfig.LogLevel',
  when: (api, site) => [undefined, 'NONE'].includes(eventLevelOf(api, site) as string | undefined),
  chosen: (api, site) => eventLevelOf(api, site) !== undefined,
  read: eventLevelOf,
  after: LOG_LEVEL_SET,
  advice: 'Give the event API a logConfig with the level ERROR: with INFO or ALL, headers of callers are in the log. AppSync makes its log group without an end.',
});

function eventLevelOf(api: CfnApi, site: HardeningSite): unknown {
  return settingOf(api, 'EventConfig.LogConfig.LogLevel', site);
}

/** How large the events are that go through decides what a web ACL refuses: its author knows. */
const EVENT_WEB_ACL_ADVICE = proposalStep<CfnApi>({
  ...EVENTS,
  rule: GRAPHQL_WEB_ACL.id,
  property: 'a web ACL',
  when: (api, site) => site.controls(api).webAcl && !isGuarded(api, site),
  after: 'a web ACL on the ARN of the API',
  advice: 'Associate a regional web ACL with the event API (new SecureWebAcl(…), or CfnWebACLAssociation with attrApiArn). It sees connections and what is published over HTTP. '
    + 'Rules that look at bodies refuse large ones: count with them first.',
});

function isGuarded(api: CfnApi, site: HardeningSite): boolean {
  return site.resources('AWS::WAFv2::WebACLAssociation').some((association) => site.targets(association, settingOf(association, 'ResourceArn', site)).includes(api));
}

/** What hardening does to GraphQL APIs, and says of event APIs; the rights of the roles of their logs stand with those of other roles. */
export const GRAPHQL_HARDENING: readonly HardeningStep[] = [
  LOGS, LOG_LEVEL, VERBOSE_LOG_ADVICE, VERBOSE_LOG_LEFT_OUT, TRACING, WEB_ACL, CALLERS_ADVICE, INTROSPECTION_ADVICE,
  limitAdvice('QueryDepthLimit', (api) => api.queryDepthLimit), limitAdvice('ResolverCountLimit', (api) => api.resolverCountLimit),
  EVENT_LOG_ADVICE, EVENT_WEB_ACL_ADVICE,
];
