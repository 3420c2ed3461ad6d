import { Lazy, Token } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { clustersReadWith } from './kafka-readers';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { flattenReference } from '../../../core/values/flatten-reference';
import { listOf } from '../documents/document-statements';

/** What policies of AWS that Lambda functions get, from CDK or by custom, are for. */
export type LambdaRight = 'brokers' | 'insights' | 'logs' | 'network' | 'traces';

/**
 * Policies that allow, on all resources of the account, what each function needs on its own only.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html
 */
const RIGHTS_OF: { readonly [name: string]: readonly LambdaRight[] } = {
  'service-role/AWSLambdaBasicExecutionRole': ['logs'],
  'service-role/AWSLambdaVPCAccessExecutionRole': ['logs', 'network'],
  'service-role/AWSLambdaENIManagementAccess': ['network'],
  'service-role/AWSLambdaMSKExecutionRole': ['brokers', 'logs'],
  'AWSXRayDaemonWriteAccess': ['traces'],
  'AWSXrayWriteOnlyAccess': ['traces'],
  'CloudWatchLambdaInsightsExecutionRolePolicy': ['insights'],
};

/** The name of a policy that AWS manages, with its path, from a resolved ARN. */
export function nameOfAwsPolicy(arn: unknown): string | undefined {
  return /:iam::aws:policy\/(.+)$/.exec(flattenReference(arn))?.[1];
}

/** Whether a policy holds nothing but rights to trace, of whoever has it. */
export function allowsOnlyTraces(arn: unknown): boolean {
  const name = nameOfAwsPolicy(arn);
  return name !== undefined && Object.hasOwn(RIGHTS_OF, name) && RIGHTS_OF[name].every((right) => right === 'traces');
}

/** What a policy of a role is for, if it can be written exactly: clusters of Kafka must be known by name. */
export function lambdaRightsOf(arn: unknown, role: CfnRole, site: HardeningSite): readonly LambdaRight[] | undefined {
  const name = nameOfAwsPolicy(arn);
  const rights = name !== undefined && Object.hasOwn(RIGHTS_OF, name) ? RIGHTS_OF[name] : undefined;
  return rights?.includes('brokers') === true && clustersReadWith(role, site).length === 0 ? undefined : rights;
}

/** The ARNs of the policies that a role has: read once for all steps. */
export function managedPolicyArnsOf(role: CfnRole, site: HardeningSite): readonly unknown[] {
  const known = arnsByRole(site).get(role) ?? listOf(site.resolve(role, role.managedPolicyArns));
  arnsByRole(site).set(role, known);
  return known;
}

/** Takes policies away from a role, since they are written exactly in their place. */
export function withoutPolicies(role: CfnRole, site: HardeningSite, isReplaced: (arn: unknown) => boolean): void {
  const original: unknown = role.managedPolicyArns;
  arnsByRole(site).set(role, managedPolicyArnsOf(role, site).filter((arn) => !isReplaced(arn)));
  role.managedPolicyArns = Token.asList(Lazy.uncachedAny({
    produce: (context) => listOf(context.resolve(original)).filter((arn) => !isReplaced(arn)),
  }, { omitEmptyArray: true }));
}

function arnsByRole(site: HardeningSite): Map<CfnRole, readonly unknown[]> {
  return site.once('ARNs of managed policies by role', () => new Map<CfnRole, readonly unknown[]>());
}
