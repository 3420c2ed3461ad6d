import { Aws, CfnRule, Fn, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { EDGE_REGION } from './web-acl-baseline';
import { refuse, Refusal } from '../core/configuration-error';
import { outermostStack } from '../core/shared-part';

/** Whether a construct lies in the region where CloudFront keeps its web ACLs and metrics; undefined when only the deployment knows. */
export function isInEdgeRegion(scope: IConstruct): boolean | undefined {
  const { region } = outermostStack(scope);
  return Token.isUnresolved(region) ? undefined : region === EDGE_REGION;
}

/**
 * Sees to it that what can only be made in us-east-1 is made there.
 *
 * | region of the stack | what happens |
 * |---------------------|--------------|
 * | us-east-1           | nothing |
 * | another one         | refused at synth |
 * | not known           | a rule of the template stops the deployment to another region before anything is made |
 */
export function requireEdgeRegion(scope: Construct, refusal: Refusal): void {
  const inside = isInEdgeRegion(scope);
  if (inside === false) refuse(scope, refusal);
  if (inside === true) return;
  new CfnRule(scope, 'Region', {
    assertions: [{
      assert: Fn.conditionEquals(Aws.REGION, EDGE_REGION),
      assertDescription: `The stack ${Stack.of(scope).node.path} holds a web ACL for CloudFront, which can only be made in ${EDGE_REGION}: deploy it there, `
        + 'or pass a web ACL made there with EdgeWebAcl.fromArn(arn).',
    }],
  });
}
