import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The resources of a stage in tree order, nested stacks included and nested stages left out: those are synthesized on their own. */
export function resourcesOfStage(stage: Stage): CfnResource[] {
  const found: CfnResource[] = [];
  const visit = (node: IConstruct): void => {
    if (CfnResource.isCfnResource(node)) found.push(node);
    for (const child of node.node.children) if (!Stage.isStage(child)) visit(child);
  };
  visit(stage);
  return found;
}
