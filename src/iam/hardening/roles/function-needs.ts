import { ArnFormat, CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { FunctionRights } from './function-rights';
import { clustersReadWith } from './kafka-readers';
import { LambdaRight, lambdaRightsOf, managedPolicyArnsOf } from './lambda-managed-policies';
import { FunctionLogs, logGroupOf } from '../../../core/hardening/functions/function-log-group';
import { WEB_REVISION } from '../../../core/hardening/functions/web-function';
import { arnBeside, webFunctionLogsOf } from '../../../core/hardening/functions/web-function-logs';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { propertyOf } from '../../../core/hardening/values/property-of';
import { waitsFor, waitsForOwner } from '../../../core/hardening/waits-for';
import { policiesOf } from '../actions/inline-budget';
import { actionsIn, statementsIn } from '../documents/document-statements';
import { documentsOf } from '../documents/identity-documents';
import { edgeLogsOf, isEdgeFunction } from '../holders/edge-functions';

/** The logs that only a policy behind their function can name. */
export interface LateLogs {
  readonly fn: CfnResource;
  readonly logs: readonly FunctionLogs[];
}

/** What the functions with a role need in the place of policies of AWS. */
export interface FunctionNeeds {
  /** What must be there before the functions are. */
  readonly early: FunctionRights & { readonly idleNetwork: boolean };
  /** What names the functions, so that it can only be there after them. */
  readonly late: FunctionRights;
  readonly waiting: readonly CfnResource[];
  readonly afterwards: readonly LateLogs[];
  /** One of which nobody knows where it writes its log, so that nothing can be narrowed. */
  readonly unknown?: CfnResource;
}

/** Where the extension for Lambda Insights writes, for all functions of an account. */
const INSIGHTS_GROUP = '/aws/lambda-insights';

/** What is left of the rights of policies when they are written for the functions that use them. */
export function needsOf(role: CfnRole, functions: readonly CfnResource[], rights: readonly LambdaRight[], site: HardeningSite): FunctionNeeds {
  const found = functions.flatMap((fn) => logsOf(fn, site).map((logs) => ({ fn, logs })));
  const afterwards = found.filter(({ fn, logs }) => comesAfter(fn, logs, site));
  const before = found.filter((one) => !afterwards.includes(one));
  const written = (ones: typeof found) => (rights.includes('logs') ? ones.map(({ fn, logs }) => nameable(logs, role, fn, site)) : []);
  const network = rights.includes('network') && functions.some((fn) => site.resolve(fn, propertyOf(fn, 'VpcConfig')) !== undefined);
  return {
    early: {
      logs: written(before),
      network,
      networkOnlyByLambda: network && !rights.includes('brokers') && !hasOtherNetworkRights(role, site),
      idleNetwork: rights.includes('network') && !network,
      traces: rights.includes('traces'),
      brokers: rights.includes('brokers') ? clustersReadWith(role, site) : undefined,
      insights: rights.includes('insights') ? arnOf(role, INSIGHTS_GROUP) : undefined,
    },
    late: { logs: written(afterwards), network: false, networkOnlyByLambda: false, traces: false },
    waiting: functions,
    afterwards: afterwards.map((one) => ({ fn: one.fn, logs: written([one]) })),
    unknown: rights.includes('logs') ? functions.find((fn) => logsOf(fn, site).length === 0) : undefined,
  };
}

function logsOf(user: CfnResource, site: HardeningSite): readonly FunctionLogs[] {
  if (user.cfnResourceType === WEB_REVISION) return webFunctionLogsOf(user, site) ?? [];
  const fn = user as CfnFunction;
  return [...isEdgeFunction(fn, site) ? edgeLogsOf(fn, site) : [], logGroupOf(fn, site)];
}

/** A function that waits for its rights must not be named by what they name: the group, or the key of the group. */
function comesAfter(fn: CfnResource, { afterFunction, group }: FunctionLogs, site: HardeningSite): boolean {
  if (afterFunction) return true;
  if (group === undefined) return false;
  return waitsFor(group, fn) || keyNames(group, site).has(fn);
}

function keyNames(group: CfnLogGroup, site: HardeningSite): ReadonlySet<CfnResource> {
  const key = site.target(group, group.kmsKeyId);
  if (key?.cfnResourceType !== 'AWS::KMS::Key') return new Set();
  const named = site.once('what keys name', () => new Map<CfnResource, ReadonlySet<CfnResource>>());
  const known = named.get(key) ?? new Set(site.targets(key, (key as CfnKey).keyPolicy));
  named.set(key, known);
  return known;
}

/**
 * A group of another stack is named by its name, or the stacks would depend on each other where only the names matched; and so is one that waits for
 * the function, and with it for all that stands below the function, as what is added to it does.
 */
function nameable(logs: FunctionLogs, role: CfnRole, fn: CfnResource, site: HardeningSite): FunctionLogs {
  const { group } = logs;
  const name = group === undefined || group.stack === role.stack && !waitsForOwner(group, fn) ? undefined : site.resolve(group, group.logGroupName);
  if (typeof name !== 'string') return logs;
  return { ...logs, group: undefined, arn: logs.besideGroup === true ? arnBeside(role, name) : arnOf(role, name) };
}

function arnOf({ stack }: CfnRole, group: string): string {
  return stack.formatArn({ service: 'logs', resource: 'log-group', resourceName: `${group}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}

/** Whether somebody gave the functions rights of EC2 on purpose: a denial would take them away. */
function hasOtherNetworkRights(role: CfnRole, site: HardeningSite): boolean {
  if (managedPolicyArnsOf(role, site).some((arn) => lambdaRightsOf(arn, role, site) === undefined)) return true;
  return [role, ...policiesOf(role, site)].flatMap(documentsOf).some(({ read, resource }) => {
    const statements = statementsIn(read(), resource, site);
    return statements === undefined || statements.some((statement) => (
      statement.Effect !== 'Deny' && (statement.NotAction !== undefined || actionsIn(statement).some((action) => /^(\*|ec2:)/i.test(action)))));
  });
}
