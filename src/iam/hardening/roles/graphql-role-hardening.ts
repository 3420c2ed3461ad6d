import { CfnResource } from 'aws-cdk-lib';
import { CfnApi, CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { allowGraphqlLogs, GRAPHQL_LOG_ACTIONS } from './graphql-log-rights';
import { managedPolicyArnsOf, nameOfAwsPolicy, withoutPolicies } from './lambda-managed-policies';
import { HardeningArea } from '../../../core/hardening/hardening-area';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../../core/hardening/steps/hardening-step';
import { propertyOf } from '../../../core/hardening/values/property-of';
import { APPSYNC, usersBesides } from '../holders/role-users';

const PROPERTY = 'ManagedPolicyArns';
const POLICY = 'service-role/AWSAppSyncPushToCloudWatchLogs';
const LOST_LINES = 'Lines that are logged while the deployment passes from the old rights to the new ones may be lost.';

/** What else of AppSync acts in a role, by the property that names it. */
const OTHER_USERS: readonly (readonly [type: string, property: string])[] = [
  ['AWS::AppSync::DataSource', 'ServiceRoleArn'], ['AWS::AppSync::GraphQLApi', 'MergedApiExecutionRoleArn'],
];

/** The policy of AWS for the logs of APIs of AppSync, which allows to write to all groups of the account, as a statement on the groups of the APIs with the role. */
export const GRAPHQL_ROLE_HARDENING: HardeningStep = {
  area: HardeningArea.RIGHTS,
  type: 'AWS::IAM::Role',
  rule: 'ManagedPolicyBreadth',
  plan: (resource, site) => planRole(resource as CfnRole, site),
};

function planRole(role: CfnRole, site: HardeningSite): readonly HardeningPlan[] {
  const apis = apisByLogRole(site).get(role) ?? [];
  if (apis.length === 0 || site.overrideOf(role, PROPERTY) !== undefined || !managedPolicyArnsOf(role, site).some(isLogPolicy)) return [];
  const plan = { property: PROPERTY, before: [POLICY], after: `${GRAPHQL_LOG_ACTIONS.join(', ')} on the log groups of the APIs with the role` };
  const hindrance = usersBesides(role, site, APPSYNC) ?? (hasOtherUsers(role, site) ? 'other parts of AppSync use the role' : undefined);
  if (hindrance !== undefined) return [{ ...plan, standing: Standing.AUTHORS, advice: `Write these statements in the place of the policy: ${hindrance}.` }];
  return [{
    ...plan,
    standing: Standing.MISSING,
    attention: LOST_LINES,
    adds: 1,
    apply: () => {
      withoutPolicies(role, site, isLogPolicy);
      for (const api of apis) allowGraphqlLogs(api, role, site);
    },
  }];
}

/** Whether a policy of a role is looked after here. */
export function isForGraphqlLogs(role: CfnRole, arn: unknown, site: HardeningSite): boolean {
  return isLogPolicy(arn) && apisByLogRole(site).has(role);
}

function isLogPolicy(arn: unknown): boolean {
  return nameOfAwsPolicy(arn) === POLICY;
}

/** As it was before hardening gave roles to APIs that had none. */
function apisByLogRole(site: HardeningSite): ReadonlyMap<CfnResource, readonly (CfnApi | CfnGraphQLApi)[]> {
  return site.once('APIs of AppSync by the role of their log', () => {
    const found = new Map<CfnResource, (CfnApi | CfnGraphQLApi)[]>();
    const keep = (api: CfnApi | CfnGraphQLApi, value: unknown, path: readonly string[]): void => {
      const [role] = site.targetsAt(api, value, path);
      if (role !== undefined) found.set(role, [...found.get(role) ?? [], api]);
    };
    for (const api of site.resources('AWS::AppSync::GraphQLApi') as CfnGraphQLApi[]) keep(api, api.logConfig, ['cloudWatchLogsRoleArn']);
    for (const api of site.resources('AWS::AppSync::Api') as CfnApi[]) keep(api, api.eventConfig, ['logConfig', 'cloudWatchLogsRoleArn']);
    return found;
  });
}

function hasOtherUsers(role: CfnRole, site: HardeningSite): boolean {
  return OTHER_USERS.some(([type, property]) => site.resources(type).some((one) => site.targets(one, propertyOf(one, property)).includes(role)));
}
