import { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { mappedFunction } from '../../../core/hardening/functions/mapped-function';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { flattenReference } from '../../../core/values/flatten-reference';
import { functionsOf } from '../holders/role-users';

const CLUSTER_ARN = /^arn:(?:[^:<]*|<AWS::Partition>):kafka:/;

/**
 * The ARNs of the clusters of Amazon MSK that Lambda reads with a role, by the mappings of its functions in the same stack. None where a mapping
 * in another stack names one of the functions: its cluster cannot be named here without a reference between the stacks.
 */
export function clustersReadWith(role: CfnRole, site: HardeningSite): readonly string[] {
  const known = site.once('clusters of Kafka by role', () => new Map<CfnRole, readonly string[]>());
  const found = known.get(role) ?? lookUp(role, site);
  known.set(role, found);
  return found;
}

function lookUp(role: CfnRole, site: HardeningSite): readonly string[] {
  const functions = new Set<CfnResource | undefined>(functionsOf(role, site));
  const mappings = (site.resources('AWS::Lambda::EventSourceMapping') as readonly CfnEventSourceMapping[])
    .filter((mapping) => readsCluster(mapping, site) && functions.has(mappedFunction(mapping, site)));
  return mappings.every(({ stack }) => stack === role.stack) ? [...new Set(mappings.map(({ eventSourceArn }) => eventSourceArn!))] : [];
}

function readsCluster(mapping: CfnEventSourceMapping, site: HardeningSite): boolean {
  const arn = mapping.eventSourceArn;
  if (arn === undefined) return false;
  return mapping.topics !== undefined || CLUSTER_ARN.test(flattenReference(site.resolve(mapping, arn)))
    || site.targets(mapping, arn).some(({ cfnResourceType }) => cfnResourceType.startsWith('AWS::MSK::'));
}
