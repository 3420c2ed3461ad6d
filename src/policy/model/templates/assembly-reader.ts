import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { CfnElement, IPolicyValidationContext, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TemplateSource } from './template-source';
import { ConstructTree } from '../../../core/construct-tree';

/** The templates that a validation is about, as they were written: nested stacks and nested stages included. */
export function readAssembly(context: IPolicyValidationContext, tree: ConstructTree): readonly TemplateSource[] {
  const written = new Map(context.stackTemplates.map((stack) => [stack.stackConstructPath, stack]));
  const pathsIn = pathsByStack(tree);
  return stacksIn(tree).flatMap((stack) => {
    const entry = written.get(outermost(stack).node.path);
    if (entry === undefined) return []; // of a stage that the validation is not about
    const templatePath = stack.nested ? resolve(join(Stage.of(stack)!.outdir, stack.templateFile)) : entry.templatePath;
    return [sourceOf(stack, parseFile(templatePath), pathsIn, templatePath)];
  });
}

/**
 * The templates of the stacks around and below a construct, rendered in memory: for unit tests that do not synthesize.
 * What only a synthesis settles (aspects, references between stacks) is missing.
 */
export function renderTemplates(scope: IConstruct): readonly TemplateSource[] {
  const enclosing = scope.node.scopes.filter((node): node is Stack => Stack.isStack(node));
  const stacks = new Set([...enclosing, ...stacksIn(ConstructTree.below(scope))]);
  const pathsIn = pathsByStack(ConstructTree.below(scope.node.root));
  return [...stacks].map((stack) => {
    const rendered: unknown = stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
    return sourceOf(stack, rendered, pathsIn);
  });
}

function stacksIn({ all }: ConstructTree): Stack[] {
  return all.map(({ construct }) => construct).filter((construct): construct is Stack => Stack.isStack(construct));
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}

function sourceOf(stack: Stack, template: unknown, pathsIn: PathsByStack, templatePath?: string): TemplateSource {
  const parent = stack.nestedStackParent;
  const standIn = stack.nestedStackResource;
  return {
    id: stack.node.path,
    template,
    templatePath,
    region: Token.isUnresolved(stack.region) ? undefined : stack.region,
    account: Token.isUnresolved(stack.account) ? undefined : stack.account,
    parent: parent === undefined || standIn === undefined ? undefined : { id: parent.node.path, logicalId: logicalIdOf(parent, standIn) },
    constructPaths: pathsIn.get(stack) ?? new Map<string, string>(),
  };
}

/** What `stack.resolve(element.logicalId)` comes to, which takes three times as long. */
function logicalIdOf(stack: Stack, element: CfnElement): string {
  const settled = (element as unknown as { _synthesizeLogicalId?(): string })._synthesizeLogicalId?.();
  return settled ?? stack.resolve(element.logicalId) as string;
}

/** The construct path of each logical id, for each stack. */
type PathsByStack = ReadonlyMap<Stack, ReadonlyMap<string, string>>;

function pathsByStack({ all }: ConstructTree): PathsByStack {
  const found = new Map<Stack, Map<string, string>>();
  for (const { construct, path } of all) {
    if (!CfnElement.isCfnElement(construct)) continue;
    const { stack } = construct;
    const paths = found.get(stack) ?? new Map<string, string>();
    found.set(stack, paths.set(logicalIdOf(stack, construct), path));
  }
  return found;
}

/** A file that cannot be read stops the validation: silence would be approval. */
function parseFile(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8')) as unknown;
}
