import { CfnResource } from 'aws-cdk-lib';

/** Whether a resource is made after another one, or after something that the other one belongs to. */
export function waitsFor(resource: CfnResource, other: CfnResource): boolean {
  return resource.obtainDependencies().includes(other) || waitsForOwner(resource, other);
}

/** Whether a resource is made after something that the other one belongs to, and so after all that is added to it. */
export function waitsForOwner(resource: CfnResource, other: CfnResource): boolean {
  return resource.node.scopes.some(({ node }) => node.dependencies.some((before) => `${other.node.path}/`.startsWith(`${before.node.path}/`)));
}
