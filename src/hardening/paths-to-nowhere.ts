import { Annotations, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { HardeningScope } from './hardening-scope';

/** The paths that are told of already, by the call that has them. */
const TOLD = new WeakMap<HardeningScope, Set<string>>();

/**
 * Warns of paths in the options at which nothing stands, once the stage is complete: one that is misspelt would except nothing, without a word.
 * A stage tells of the paths below it, and the app of all others.
 */
export function warnOfPathsToNowhere(stage: Stage, scope: HardeningScope): void {
  const stack = stage.node.findAll().find((node): node is Stack => Stack.isStack(node) && Stage.of(node) === stage);
  if (stack === undefined) return; // CDK shows warnings on stacks only
  const told = TOLD.get(scope) ?? new Set();
  TOLD.set(scope, told);
  for (const [prop, path] of scope.paths) {
    const mark = `${prop} ${path}`;
    if (told.has(mark) || !isOf(stage, path) || leadsSomewhere(stage.node.root, path)) continue;
    told.add(mark);
    Annotations.of(stack).addWarningV2('cdk-secure-serverless:HardeningPath',
      `'${prop}' of the hardening names '${path}', and no construct stands there, so that it changes nothing: correct the path, or leave it out.`);
  }
}

function isOf(stage: Stage, path: string): boolean {
  return stage.parentStage === undefined || path.startsWith(`${stage.node.path}/`);
}

function leadsSomewhere(root: IConstruct, path: string): boolean {
  let at: IConstruct | undefined = root;
  for (const id of path.split('/')) at = at?.node.tryFindChild(id);
  return at !== undefined;
}
