import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { CfnElement, IPolicyValidationContext, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TemplateSource } from './template-source';

/** The templates that a validation is about, as they were written: nested stacks and nested stages included. */
export function readAssembly(context: IPolicyValidationContext): readonly TemplateSource[] {
  const written = new Map(context.stackTemplates.map((stack) => [stack.stackConstructPath, stack]));
  return stacksBelow(context.appConstruct).flatMap((stack) => {
    const entry = written.get(outermost(stack).node.path);
    if (entry === undefined) return []; // of a stage that the validation is not about
    const templatePath = stack.nested ? resolve(join(Stage.of(stack)!.outdir, stack.templateFile)) : entry.templatePath;
    return [sourceOf(stack, parseFile(templatePath), templatePath)];
  });
}

/**
 * The templates of the stacks around and below a construct, rendered in memory: for unit tests that do not synthesize.
 * What only a synthesis settles (aspects, references between stacks) is missing.
 */
export function renderTemplates(scope: IConstruct): readonly TemplateSource[] {
  const enclosing = scope.node.scopes.filter((node): node is Stack => Stack.isStack(node));
  const stacks = new Set([...enclosing, ...stacksBelow(scope)]);
  return [...stacks].map((stack) => {
    const rendered: unknown = stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
    return sourceOf(stack, rendered);
  });
}

function stacksBelow(root: IConstruct): Stack[] {
  return root.node.findAll().filter((node): node is Stack => Stack.isStack(node));
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}

function sourceOf(stack: Stack, template: unknown, templatePath?: string): TemplateSource {
  const parent = stack.nestedStackParent;
  const standIn = stack.nestedStackResource;
  return {
    id: stack.node.path,
    template,
    templatePath,
    region: Token.isUnresolved(stack.region) ? undefined : stack.region,
    account: Token.isUnresolved(stack.account) ? undefined : stack.account,
    parent: parent === undefined || standIn === undefined ? undefined : { id: parent.node.path, logicalId: logicalIdOf(parent, standIn) },
    constructPaths: new Map(elementsOf(stack).map((element) => [logicalIdOf(stack, element), element.node.path])),
  };
}

/** What `stack.resolve(element.logicalId)` comes to, which takes three times as long. */
function logicalIdOf(stack: Stack, element: CfnElement): string {
  const settled = (element as unknown as { _synthesizeLogicalId?(): string })._synthesizeLogicalId?.();
  return settled ?? stack.resolve(element.logicalId) as string;
}

/** The elements of one stack's template. Stacks and stages below it have templates of their own. */
function elementsOf(stack: Stack): CfnElement[] {
  const found: CfnElement[] = [];
  const pending: IConstruct[] = [...stack.node.children];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (Stack.isStack(node) || Stage.isStage(node)) continue;
    if (CfnElement.isCfnElement(node)) found.push(node);
    pending.push(...node.node.children);
  }
  return found;
}

/** A file that cannot be read stops the validation: silence would be approval. */
function parseFile(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8')) as unknown;
}
