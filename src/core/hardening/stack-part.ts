import { CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HardeningSite } from './hardening-site';
import { untraced } from './untraced';
import { markOwn } from '../own-part';
import { logicalIdOf } from './values/logical-id';
import { shareCondition } from '../values/resource-condition';

/**
 * A part that hardening adds for a resource, once, where nobody waits for it who did not ask to: below the stack as `Hardened<name>/<logical id>`.
 * A part below the construct of the resource joins in its dependencies. Where an author has a function wait for its role, a policy or a log group of
 * either would go in a circle. It is there under the condition of the resource.
 */
export function stackPart<T extends Construct>(
  site: HardeningSite, resource: CfnResource, name: string, make: (scope: Construct, id: string) => T,
): T {
  const { stack } = resource;
  const containerId = `Hardened${name}`;
  const container = stack.node.tryFindChild(containerId) as Construct | undefined ?? markOwn(untraced(stack, containerId));
  const id = logicalIdOf(resource);
  const known = container.node.tryFindChild(id) as T | undefined;
  if (known !== undefined) return known;
  const part = make(container, id);
  shareCondition(resource, part);
  site.room.grow(part);
  return part;
}
