import { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { functionsOf } from './role-users';
import { flattenReference } from '../../core/flatten-reference';
import { HardeningSite } from '../../core/hardening/hardening-site';

const CLUSTER_ARN = /^arn:[^:]*:kafka:/;

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
  const functions = new Set(functionsOf(role, site));
  const mappings = (site.resources('AWS::Lambda::EventSourceMapping') as readonly CfnEventSourceMapping[])
    .filter((mapping) => readsCluster(mapping, site) && readersOf(mapping, site).some((reader) => functions.has(reader)));
  return mappings.every(({ stack }) => stack === role.stack) ? [...new Set(mappings.map(({ eventSourceArn }) => eventSourceArn!))] : [];
}

function readsCluster(mapping: CfnEventSourceMapping, site: HardeningSite): boolean {
  const arn = mapping.eventSourceArn;
  if (arn === undefined) return false;
  return mapping.topics !== undefined || CLUSTER_ARN.test(flattenReference(site.resolve(mapping, arn)))
    || site.targets(mapping, arn).some(({ cfnResourceType }) => cfnResourceType.startsWith('AWS::MSK::'));
}

/** A mapping may name a version or an alias, which names the function. */
function readersOf(mapping: CfnEventSourceMapping, site: HardeningSite): readonly CfnResource[] {
  const found = new Set<CfnResource>(site.targets(mapping, mapping.functionName));
  for (const one of found) {
    const name: unknown = Reflect.get(one, 'functionName');
    if (one.cfnResourceType !== 'AWS::Lambda::Function' && name !== undefined) for (const target of site.targets(one, name)) found.add(target);
  }
  return [...found];
}
