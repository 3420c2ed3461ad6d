import { CfnCondition, CfnElement, CfnResource, Fn } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The logical id of the condition under which CloudFormation makes a resource. */
export function conditionOf(resource: CfnResource): string | undefined {
  const { cfnOptions: { condition }, stack } = resource;
  return overriddenIn(resource) ?? (condition === undefined ? undefined : String(stack.resolve(condition.logicalId)));
}

/** Whether a construct is a resource that CloudFormation does not always make: outputs, by which nested stacks tell of it, would fail without it. */
export function hasCondition(construct: IConstruct): boolean {
  return CfnResource.isCfnResource(construct) && conditionOf(construct) !== undefined;
}

/** Has CloudFormation make the resources below a construct only where it makes `resource`, to which they refer. */
export function shareCondition(resource: CfnResource, below: IConstruct): void {
  const chosen = overriddenIn(resource);
  const condition = chosen === undefined ? resource.cfnOptions.condition : conditionNamed(chosen, resource);
  if (condition === undefined) return;
  for (const node of below.node.findAll()) {
    if (CfnResource.isCfnResource(node) && node.stack === resource.stack && conditionOf(node) === undefined) node.cfnOptions.condition = condition;
  }
}

/** What refers to a resource, for a place that is there without it: another value where CloudFormation does not make the resource. */
export function whereMade(resource: IConstruct, value: string, otherwise: string): string {
  const condition = CfnResource.isCfnResource(resource) ? conditionOf(resource) : undefined;
  return condition === undefined ? value : Fn.conditionIf(condition, value, otherwise).toString();
}

/** An escape hatch wins over what the construct says. */
function overriddenIn(resource: CfnResource): string | undefined {
  const { Condition: chosen } = Reflect.get(resource, 'rawOverrides') as { readonly Condition?: unknown };
  return chosen === undefined ? undefined : String(resource.stack.resolve(chosen));
}

function conditionNamed(id: string, { stack }: CfnResource): CfnCondition | undefined {
  return stack.node.findAll().filter((node) => CfnElement.isCfnElement(node) && node.stack === stack && 'expression' in node)
    .find((node) => stack.resolve((node as CfnCondition).logicalId) === id) as CfnCondition | undefined;
}
