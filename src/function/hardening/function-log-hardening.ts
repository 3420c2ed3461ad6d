import { CfnResource } from 'aws-cdk-lib';
import { CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { logGroupOf } from '../../core/hardening/functions/function-log-group';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { withFields } from '../../core/hardening/nested-value';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { flattenReference } from '../../core/values/flatten-reference';
import { allowRole, ownRole } from '../../iam/hardening/holders/added-rights';
import { isEdgeFunction } from '../../iam/hardening/holders/edge-functions';
import { lambdaRightsOf, managedPolicyArnsOf } from '../../iam/hardening/roles/lambda-managed-policies';
import { LOG_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { hardenedLogGroup } from '../../logging/hardened-log-group';
import { logGroupReaders } from '../../logging/log-group-readers';
import { withVersions } from '../invocation/function-versions';

const NOTICE = 'New entries go to this group; those up to now stay in /aws/lambda/<name of the function>, which CloudFormation does not know. '
  + 'Look after subscriptions, saved queries and readers outside of the template that name it.';
const BY_NAME = 'Something in this app reads /aws/lambda/<name of the function> by its name. Declare a LogGroup, pass it to the function '
  + 'as logGroup, and have the reader name it.';
const BY_ROLE = `The role of the function is not made in this app. Declare a LogGroup, allow the role ${LOG_WRITE_ACTIONS.join(' and ')} on it, `
  + 'and pass it to the function as logGroup.';

/**
 * A function writes to a group of its own, which CloudFormation names: the one that Lambda makes exists, and could not be made.
 *
 * | group now                                              | its role is    | becomes                                |
 * |--------------------------------------------------------|----------------|----------------------------------------|
 * | declared in the app, or of a name that is given        | any            | left: `LOG_GROUP_HARDENING` sees to it |
 * | the one that Lambda makes, which nothing else names    | of the app     | a group of its own                     |
 * | the one that Lambda makes                              | made elsewhere | proposed                               |
 * | the one that Lambda makes, read by its name in the app | any            | proposed: filters would see nothing    |
 *
 * A role that is made elsewhere may be allowed to write to certain groups alone, and a function that may not write its log runs on without one.
 */
export const FUNCTION_LOG_HARDENING: readonly HardeningStep[] = [{
  area: HardeningArea.FUNCTIONS,
  type: 'AWS::Lambda::Function',
  rule: 'FunctionLogGroup',
  plan: (resource, site) => {
    const fn = resource as CfnFunction;
    if (isEdgeFunction(fn, site) || !logGroupOf(fn, site).madeByLambda) return [];
    const plan = { property: 'LoggingConfig.LogGroup', after: 'a log group of its own' };
    if (isReadByName(fn, site)) return [{ ...plan, standing: Standing.AUTHORS, advice: BY_NAME }];
    const role = ownRole(fn, fn.role, site);
    if (role === undefined) return [{ ...plan, standing: Standing.AUTHORS, advice: BY_ROLE }];
    return [{ ...plan, standing: Standing.MISSING, attention: withVersions(fn, site, NOTICE), adds: 2, apply: () => giveLogGroup(fn, role, site) }];
  },
}];

function giveLogGroup(fn: CfnFunction, role: CfnRole, site: HardeningSite): void {
  const group = hardenedLogGroup(site, fn, 'LogGroups');
  site.learn(group.node.defaultChild as CfnLogGroup);
  fn.loggingConfig = withFields(fn.loggingConfig ?? {}, () => ({ logGroup: group.logGroupName }));
  if (hasPolicyForLogs(role, site)) return;
  allowRole(fn, role, { statement: new PolicyStatement({ actions: LOG_WRITE_ACTIONS, resources: [group.logGroupArn] }) }, site);
}

/** A policy of AWS is for all groups, and `FUNCTION_ROLE_HARDENING` names this one in its place. What an author wrote may be for another alone. */
function hasPolicyForLogs(role: CfnRole, site: HardeningSite): boolean {
  return managedPolicyArnsOf(role, site).some((arn) => lambdaRightsOf(arn, role, site)?.includes('logs'));
}

/** Whether a filter, a saved query or a dashboard of the stage names the group that Lambda makes for a function. */
function isReadByName(fn: CfnFunction, site: HardeningSite): boolean {
  const { functions, texts } = site.once('log groups that are read by name', () => readers(site));
  if (functions.has(fn)) return true;
  if (texts.length === 0 || site.resolve(fn, fn.functionName) === undefined) return false;
  const name = `/aws/lambda/${flattenReference(fn.stack.resolve(fn.functionName))}`;
  return texts.some((text) => text.split(name).slice(1).some((rest) => !/^[\w-]/.test(rest)));
}

function readers(site: HardeningSite): { readonly functions: ReadonlySet<CfnResource>; readonly texts: readonly string[] } {
  const all = logGroupReaders(site);
  const reading = all.filter(({ text }) => text.includes('/aws/lambda/'));
  return { functions: new Set(reading.flatMap(({ resource, named }) => site.targets(resource, named))), texts: all.map(({ text }) => text) };
}
