import { Aws, CfnCondition, CfnRule, Fn, ICfnRuleConditionExpression, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { EDGE_REGION } from './web-acl-baseline';
import { refuse, Refusal } from '../core/configuration-error';
import { outermostStack, SharedPart } from '../core/stacks/shared-part';

/** Whether a construct lies in the region where CloudFront keeps its web ACLs and metrics; undefined when only the deployment knows. */
export function isInEdgeRegion(scope: IConstruct): boolean | undefined {
  const { region } = outermostStack(scope);
  return Token.isUnresolved(region) ? undefined : region === EDGE_REGION;
}

/** The same, asked at the deployment. */
export function isDeployedToEdgeRegion(): ICfnRuleConditionExpression {
  return Fn.conditionEquals(Aws.REGION, EDGE_REGION);
}

const ONLY_THERE = Symbol.for('cdk-secure-serverless.only-in-edge-region');

type Place = IConstruct & { [ONLY_THERE]?: true };

const condition = new SharedPart<CfnCondition>('InEdgeRegion', (scope, id) => new CfnCondition(scope, id, { expression: isDeployedToEdgeRegion() }));

/** The condition of the outermost stack that it is deployed to us-east-1. */
export function edgeRegionCondition(scope: IConstruct): CfnCondition {
  return condition.of(scope);
}

/** A place for what is made under that condition, so that the stack can be deployed to other regions too. */
export function onlyInEdgeRegion(scope: Construct, id: string): Construct {
  const place: Place = new Construct(scope, id);
  place[ONLY_THERE] = true;
  return place as Construct;
}

/** Whether a construct stands in such a place: nothing that is there in other regions may name it. */
export function isOnlyInEdgeRegion({ node: { scopes } }: IConstruct): boolean {
  return scopes.some((scope: Place) => scope[ONLY_THERE] === true);
}

/**
 * Sees to it that what can only be made in us-east-1 is made there.
 *
 * | region of the stack | what happens |
 * |---------------------|--------------|
 * | us-east-1           | nothing |
 * | another one         | refused at synth |
 * | not known           | a rule of the template stops the deployment to another region before anything is made, but for what is made there only |
 */
export function requireEdgeRegion(scope: Construct, refusal: Refusal): void {
  const inside = isInEdgeRegion(scope);
  if (inside === false) refuse(scope, refusal);
  if (inside === true || isOnlyInEdgeRegion(scope)) return;
  new CfnRule(scope, 'Region', {
    assertions: [{
      assert: isDeployedToEdgeRegion(),
      assertDescription: `The stack ${Stack.of(scope).node.path} holds a web ACL for CloudFront, which can only be made in ${EDGE_REGION}: deploy it there, `
        + 'or pass a web ACL made there with EdgeWebAcl.fromArn(arn).',
    }],
  });
}
