import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Dependable, IConstruct } from 'constructs';

/**
 * Says what it means to wait for a role: to wait for its rights. Lambda, Step Functions and others try them when they take the role, and
 * CDK lets what takes a role wait for all that the role consists of, beside the reference that says the same of the role itself (cfn-lint W3005).
 *
 * | the rights stand in                       | whoever waits for the role waits for              |
 * |-------------------------------------------|---------------------------------------------------|
 * | policies below the role                   | these policies, which refer to the role           |
 * | the role only                             | nothing: nobody can name it but by a reference    |
 * | nothing, or a role that is made elsewhere | the role, and what is below it                    |
 *
 * Policies come later than those who wait for them, so the answer is looked up when the app is synthesized.
 */
export function waitForRights(role: IConstruct): void {
  Dependable.implement(role, {
    get dependencyRoots() {
      const { children, defaultChild: resource } = role.node;
      const policies = children.filter((child) => child !== resource);
      return resource !== undefined && (policies.length > 0 || hasRights(resource)) ? policies : [role];
    },
  });
}

function hasRights(resource: IConstruct): boolean {
  return CfnRole.isCfnRole(resource) && resource.policies !== undefined;
}
