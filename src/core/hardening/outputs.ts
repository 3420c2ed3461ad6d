import { CfnOutput, CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { HardeningSite } from './hardening-site';

/** The outputs of the stage, those of nested stages left out. */
export function outputsOf(site: HardeningSite): readonly CfnOutput[] {
  return site.once('outputs', () => outputsBelow(site.stage));
}

function outputsBelow(construct: IConstruct): CfnOutput[] {
  return construct.node.children.filter((child) => !Stage.isStage(child))
    .flatMap((child) => [...isOutput(child) ? [child] : [], ...outputsBelow(child)]);
}

function isOutput(construct: IConstruct): construct is CfnOutput {
  return 'exportName' in construct && 'value' in construct;
}

/** The resources behind the exports of other stacks that a value imports by the names that authors gave them. */
export function importedTargets(resource: CfnResource, value: unknown, site: HardeningSite): readonly CfnResource[] {
  const names = [...JSON.stringify(site.resolve(resource, value) ?? '').matchAll(/"Fn::ImportValue":"([^"]+)"/g)].map(([, name]) => name);
  if (names.length === 0) return [];
  const exporting = outputsOf(site).filter((output) => (
    names.includes(String(site.resolve(output, output.exportName))) && placeOf(output) === placeOf(resource)));
  return exporting.flatMap((output) => site.targets(output, output.value));
}

/** Names of exports are unique in an account and region. */
function placeOf({ stack: { account, region } }: CfnOutput | CfnResource): string {
  return `${account} ${region}`;
}
