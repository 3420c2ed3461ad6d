import { CfnResource, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Json } from '../support/api';
import { templateOf } from '../support/apps';

export const HERE = { account: '111122223333', region: 'eu-west-1' };

export const REASON = 'the sender repeats what gets lost';

/** A resource as the template shows it. */
export function resourceOf(stack: Stack, construct: { node: { defaultChild?: unknown } }): Json {
  return templateOf(stack).toJSON().Resources[stack.getLogicalId(construct.node.defaultChild as CfnResource)];
}

/** The statements of the policy of a queue or topic. */
export function policyOf(stack: Stack, construct: { node: { findChild(id: string): unknown } }): Json[] {
  return resourceOf(stack, construct.node.findChild('Policy') as Json).Properties.PolicyDocument.Statement;
}

export function keyPolicyOf(stack: Stack): Json[] {
  const [key] = Object.values(templateOf(stack).findResources('AWS::KMS::Key')) as Json[];
  return key.Properties.KeyPolicy.Statement;
}

export function aRole(stack: Stack): Role {
  return new Role(stack, 'Worker', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

/** The statements of the only policy that is attached to a role. */
export function rightsIn(stack: Stack): Json[] {
  const found = Object.entries(templateOf(stack).findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('Worker')) as [string, Json][];
  expect(found).toHaveLength(1);
  return found[0][1].Properties.PolicyDocument.Statement;
}
