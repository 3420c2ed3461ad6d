import { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { mappedFunction } from '../../../core/hardening/functions/mapped-function';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { waitsFor } from '../../../core/hardening/waits-for';
import { flattenReference } from '../../../core/values/flatten-reference';
import { conditionOf } from '../../../core/values/resource-condition';
import { functionsOf } from '../role-users';

/** What mappings read, as types of CloudFormation and ARNs name it. */
const SERVICES_READ: readonly string[] = ['amazonmq', 'docdb', 'dynamodb', 'kafka', 'kinesis', 'mq', 'msk', 'rds', 'sqs'];
const SERVICE_OF_ARN = /^arn:(?:[^:<]*|<AWS::Partition>):([^:<]+):/;

/**
 * The ARNs of the queues that Lambda reads with a role, by the mappings of its functions. None where a policy could not name them all: a mapping
 * stands in another stack, or only the deployment knows what it reads; or where the policy must not name one: CloudFormation does not always make it,
 * or makes it after a function, which waits for the policy.
 */
export function queuesReadWith(role: CfnRole, site: HardeningSite): readonly string[] {
  const known = site.once('queues by role', () => new Map<CfnRole, readonly string[]>());
  const found = known.get(role) ?? lookUp(role, site);
  known.set(role, found);
  return found;
}

function lookUp(role: CfnRole, site: HardeningSite): readonly string[] {
  const functions = functionsOf(role, site);
  const mappings = (site.resources('AWS::Lambda::EventSourceMapping') as readonly CfnEventSourceMapping[])
    .filter(({ eventSourceArn }) => eventSourceArn !== undefined).filter((mapping) => functions.some((fn) => fn === mappedFunction(mapping, site)));
  const read = mappings.map((mapping) => ({ mapping, service: serviceOf(mapping, site), queues: queuesOf(mapping, site) }));
  const isNameable = read.every(({ mapping, queues, service }) => mapping.stack === role.stack && service !== undefined
    && queues.every((queue) => [undefined, conditionOf(role)].includes(conditionOf(queue)) && !comesAfter(queue, functions, site)));
  return isNameable ? [...new Set(read.filter(({ service }) => service === 'sqs').map(({ mapping }) => mapping.eventSourceArn!))] : [];
}

/** Undefined where something else, such as a parameter, tells at deployment what is read. */
function serviceOf(mapping: CfnEventSourceMapping, site: HardeningSite): string | undefined {
  const [target] = site.targets(mapping, mapping.eventSourceArn);
  const service = target === undefined ? SERVICE_OF_ARN.exec(flattenReference(site.resolve(mapping, mapping.eventSourceArn)))?.[1]
    : target.cfnResourceType.split('::')[1].toLowerCase();
  return service !== undefined && SERVICES_READ.includes(service) ? service : undefined;
}

function queuesOf(mapping: CfnEventSourceMapping, site: HardeningSite): readonly CfnQueue[] {
  return site.targets(mapping, mapping.eventSourceArn).filter(CfnQueue.isCfnQueue);
}

function comesAfter(resource: CfnResource, functions: readonly CfnResource[], site: HardeningSite, seen = new Set<CfnResource>()): boolean {
  if (functions.some((fn) => resource === fn || waitsFor(resource, fn))) return true;
  if (seen.has(resource)) return false;
  seen.add(resource);
  return site.targets(resource, namedIn(resource)).some((other) => comesAfter(other, functions, site, seen));
}

function namedIn(resource: CfnResource): unknown {
  if (CfnKey.isCfnKey(resource)) return resource.keyPolicy;
  return CfnQueue.isCfnQueue(resource) ? [resource.kmsMasterKeyId, resource.redrivePolicy, resource.redriveAllowPolicy] : undefined;
}
