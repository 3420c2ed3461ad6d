import { CfnResource } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { logGroupOf } from '../../core/hardening/functions/function-log-group';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { withFields } from '../../core/hardening/nested-value';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { flattenReference } from '../../core/values/flatten-reference';
import { isEdgeFunction } from '../../iam/hardening/edge-functions';
import { hardenedLogGroup } from '../../logging/hardened-log-group';
import { logGroupReaders } from '../../logging/log-group-readers';
import { withVersions } from '../function-versions';

const NOTICE = 'New entries go to this group; those up to now stay in /aws/lambda/<name of the function>, which CloudFormation does not know. '
  + 'Look after subscriptions, saved queries and readers outside of the template that name it.';

/**
 * A function writes to a group of its own.
 *
 * | group now                                              | becomes                                |
 * |--------------------------------------------------------|----------------------------------------|
 * | declared in the app, or of a name that is given        | left: `LOG_GROUP_HARDENING` sees to it |
 * | the one that Lambda makes, which nothing else names    | a group of its own, with a name of CloudFormation's: the old one exists, and could not be made |
 * | the one that Lambda makes, read by its name in the app | proposed: filters would see nothing any more |
 */
export const FUNCTION_LOG_HARDENING: readonly HardeningStep[] = [{
  area: HardeningArea.FUNCTIONS,
  type: 'AWS::Lambda::Function',
  rule: 'FunctionLogGroup',
  plan: (resource, site) => {
    const fn = resource as CfnFunction;
    if (isEdgeFunction(fn, site) || !logGroupOf(fn, site).madeByLambda) return [];
    const plan = { property: 'LoggingConfig.LogGroup', after: 'a log group of its own' };
    if (isReadByName(fn, site)) {
      return [{
        ...plan,
        standing: Standing.AUTHORS,
        advice: 'Something in this app reads /aws/lambda/<name of the function> by its name. Declare a LogGroup, pass it to the function as logGroup, and have the reader name it.',
      }];
    }
    return [{ ...plan, standing: Standing.MISSING, attention: withVersions(fn, site, NOTICE), adds: 1, apply: () => giveLogGroup(fn, site) }];
  },
}];

function giveLogGroup(fn: CfnFunction, site: HardeningSite): void {
  const group = hardenedLogGroup(site, fn, 'LogGroups');
  site.learn(group.node.defaultChild as CfnLogGroup);
  fn.loggingConfig = withFields(fn.loggingConfig ?? {}, () => ({ logGroup: group.logGroupName }));
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
