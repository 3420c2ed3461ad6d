import { ArnFormat, CfnResource, Token } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { FunctionLogs, namedLogGroup } from './function-log-group';
import { HardeningSite } from '../hardening-site';
import { WEB_FUNCTION } from './web-function';
import { settingOf } from '../setting-of';
import { isIntrinsic } from '../values/intrinsics';

/** The name that Lambda chooses for the group of a web function. */
const WEB_PREFIX = '/aws/lambda/web/';

/** What Lambda adds to the name of the group for those in which it keeps the lines of each region. */
const BESIDE = '.local';

const LOGGING = 'ServiceConfig.TelemetryConfig.LoggingConfig';

/** The group that a web function names, or that is named after it, and that of the app with this name. */
interface WebGroup {
  readonly name: string;
  readonly declared?: CfnLogGroup;
}

/**
 * Where a revision of a web function writes its log: Lambda writes the lines of each region into a group there, whose name has `.local` at its end, and
 * brings all of them into the group in the function's own region. Undefined where only the deployment knows the name of the group.
 *
 * | LoggingConfig.LogGroup  | the web function | the group is |
 * |-------------------------|------------------|--------------|
 * | a group of the app      | any              | that one |
 * | a name                  | any              | the one of that name, the app's or another one |
 * | none                    | of the app, or said by its name or ARN | `/aws/lambda/web/<name>`, the app's or the one that Lambda makes |
 * | none                    | any other        | not known |
 * | a condition with none   | any              | not known |
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/web-functions-logging.html
 */
export function webFunctionLogsOf(revision: CfnResource, site: HardeningSite): readonly FunctionLogs[] | undefined {
  const found = groupOf(revision, site);
  if (found === undefined) return undefined;
  const { name, declared: group } = found;
  const byLambda = { group, afterFunction: false, madeByLambda: true };
  return [
    group === undefined ? { ...byLambda, arn: arnOf(revision, name) } : { ...byLambda, madeByLambda: false, arn: group.attrArn },
    { ...byLambda, arn: arnBeside(revision, name), inAllRegions: true, besideGroup: true },
  ];
}

/** The groups of the app in which the log of a web function lies, that of the lines of its own region included. */
export function logGroupsOfWebFunction(revision: CfnResource, site: HardeningSite): readonly CfnLogGroup[] {
  const found = groupOf(revision, site);
  if (found === undefined) return [];
  return [found.declared, groupBesideOf(revision, site)].filter((group) => group !== undefined);
}

/** The group of the app for the lines of the web function's own region, if the app declares it. */
export function groupBesideOf(revision: CfnResource, site: HardeningSite): CfnLogGroup | undefined {
  const name = groupOf(revision, site)?.name;
  return name === undefined ? undefined : namedLogGroup(revision, `${name}${BESIDE}`, site);
}

/** The ARN, with the wildcard for streams, of the groups beside the one of a name. */
export function arnBeside(resource: CfnResource, name: string): string {
  return arnOf(resource, `${name}${BESIDE}`, '*');
}

function groupOf(revision: CfnResource, site: HardeningSite): WebGroup | undefined {
  if (isIntrinsic(site.resolve(revision, settingOf(revision, LOGGING, site)))) return undefined;
  const name = settingOf(revision, `${LOGGING}.LogGroup`, site) ?? nameOfLambda(revision, site);
  if (name === undefined || JSON.stringify(site.resolve(revision, name)).includes('AWS::NoValue')) return undefined;
  const target = site.target(revision, name);
  const declared = target?.cfnResourceType === 'AWS::Logs::LogGroup' ? target as CfnLogGroup : namedLogGroup(revision, name, site);
  return { name: target !== undefined && target === declared ? target.ref : textOf(name), declared };
}

/** An ARN ends with the name. */
function nameOfLambda(revision: CfnResource, site: HardeningSite): string | undefined {
  const told = settingOf(revision, 'FunctionName', site);
  if (typeof told === 'string' && !Token.isUnresolved(told)) return `${WEB_PREFIX}${told.split('/').pop()}`;
  const fn = site.target(revision, told);
  const name = fn?.cfnResourceType === WEB_FUNCTION ? settingOf(fn, 'FunctionName', site) : undefined;
  return name === undefined ? undefined : `${WEB_PREFIX}${textOf(name)}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : Token.asString(value);
}

function arnOf({ stack }: CfnResource, name: string, region?: string): string {
  return stack.formatArn({ service: 'logs', region, resource: 'log-group', resourceName: `${name}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}
