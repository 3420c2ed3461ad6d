import { CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HardeningSite } from './hardening-site';
import { markOwn } from '../own-part';
import { shareCondition } from '../values/resource-condition';

/** Beside the resource in the tree, so that what hardening adds is found where it belongs, and under a name that no author takes. */
const PREFIX = 'Hardened';

/**
 * A part that hardening adds to a resource, once: below the construct that stands for it, as `Hardened<name>`. It counts as this library's own, so
 * that it is not hardened again, and is there under the condition of the resource.
 */
export function hardeningPart<T extends Construct>(
  site: HardeningSite, resource: CfnResource, name: string, make: (scope: Construct, id: string) => T,
): T {
  const owner = site.ownerOf(resource) as Construct;
  const scope = Stack.of(owner) === resource.stack ? owner : resource;
  const id = `${PREFIX}${name}`;
  const known = scope.node.tryFindChild(id) as T | undefined;
  if (known !== undefined) return known;
  const part = markOwn(make(scope, id));
  shareCondition(resource, part);
  site.room.grow(part);
  return part;
}
