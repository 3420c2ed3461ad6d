import { CfnResource, Stack } from 'aws-cdk-lib';

const SETTLED = Symbol.for('cdk-secure-serverless.settled-ids');

type Holder = Stack & { [SETTLED]?: CfnResource[] };

/**
 * Has the logical ids of resources made once. CDK makes that of a resource anew, with a digest of its path, each time that something refers to it,
 * which is a tenth of what a synthesis takes.
 *
 * Who changes an id afterwards is heard all the same: one that is set wins, and `renameLogicalId` has the ids of its stack made anew.
 */
export function settleIds(resources: readonly CfnResource[]): void {
  for (const resource of resources) {
    if (!isFree(resource)) continue;
    const stack: Holder = resource.stack;
    resource.overrideLogicalId(stack.getLogicalId(resource));
    (stack[SETTLED] ??= heardOf(stack)).push(resource);
  }
}

/** Nobody set the id, and it may still be set: another stack may have been told. */
function isFree(resource: CfnResource): boolean {
  return Reflect.has(resource, '_logicalIdOverride') && Reflect.get(resource, '_logicalIdOverride') === undefined && !isLocked(resource);
}

function isLocked(resource: CfnResource): boolean {
  return Reflect.get(resource, '_logicalIdLocked') === true;
}

function heardOf(stack: Stack): CfnResource[] {
  const settled: CfnResource[] = [];
  const rename = stack.renameLogicalId.bind(stack);
  stack.renameLogicalId = (oldId, newId) => {
    for (const resource of settled.splice(0)) if (!isLocked(resource)) resource.overrideLogicalId(undefined as never);
    rename(oldId, newId);
  };
  return settled;
}
