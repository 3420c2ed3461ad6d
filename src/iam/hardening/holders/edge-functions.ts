import { ArnFormat, CfnResource, Token } from 'aws-cdk-lib';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnVersion } from 'aws-cdk-lib/aws-lambda';
import { trustOf } from './role-trust';
import { FunctionLogs, readLogGroup } from '../../../core/hardening/functions/function-log-group';
import { HardeningSite } from '../../../core/hardening/hardening-site';

/** Lambda@Edge, as it stands in trust policies. */
const REPLICATOR = 'edgelambda.amazonaws.com';

/** How the name of a group begins that Lambda@Edge makes: functions for it are made in this region. */
const EDGE_LOGS = '/aws/lambda/us-east-1.';

/**
 * Whether CloudFront copies a function into its regions: one whose role Lambda@Edge may assume, or a version of which a distribution names. There
 * a function logs into groups of its own name in each region, and Lambda@Edge refuses variables, tracing, dead-letter queues and networks.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export function isEdgeFunction(fn: CfnFunction, site: HardeningSite): boolean {
  return site.once('Lambda@Edge functions', () => new Set([...trusted(site), ...named(site)])).has(fn);
}

function trusted(site: HardeningSite): CfnResource[] {
  const roles: ReadonlySet<unknown> = new Set(site.resources('AWS::IAM::Role').filter((role) => isTrusting(role as CfnRole, site)));
  if (roles.size === 0) return [];
  return site.resources('AWS::Lambda::Function').filter((fn) => roles.has(site.target(fn, (fn as CfnFunction).role)));
}

function isTrusting(role: CfnRole, site: HardeningSite): boolean {
  return JSON.stringify(trustOf(role, site) ?? role.stack.resolve(role.assumeRolePolicyDocument) ?? '').includes(REPLICATOR);
}

function named(site: HardeningSite): CfnResource[] {
  const distributions = site.resources('AWS::CloudFront::Distribution') as CfnDistribution[];
  const versions = distributions.flatMap((one) => site.targets(one, one.distributionConfig)).filter(({ cfnResourceType }) => cfnResourceType === 'AWS::Lambda::Version');
  return versions.flatMap((version) => site.targets(version, (version as CfnVersion).functionName));
}

/**
 * The groups into which CloudFront has a function write, in all of its regions: those that are named after it, and the one that its author chose.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html
 */
export function edgeLogsOf(fn: CfnFunction, site: HardeningSite): readonly FunctionLogs[] {
  const chosen = site.overrideOf(fn, 'LoggingConfig.LogGroup') ?? readLogGroup(fn, site);
  const literal = site.resolve(fn, fn.functionName) !== undefined && site.target(fn, fn.functionName) === undefined;
  return [
    edgeLogs(fn, `${EDGE_LOGS}${literal ? fn.functionName : fn.ref}`, !literal),
    ...chosen === undefined ? [] : [edgeLogs(fn, typeof chosen === 'string' ? chosen : Token.asString(chosen), site.targets(fn, chosen).includes(fn))],
  ];
}

function edgeLogs({ stack }: CfnFunction, name: string, afterFunction: boolean): FunctionLogs {
  const arn = stack.formatArn({ service: 'logs', region: '*', resource: 'log-group', resourceName: `${name}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return { arn, afterFunction, madeByLambda: true, inAllRegions: true };
}
