import { readFileSync } from 'fs';
import { join, resolve } from 'path';
import { CfnElement, IPolicyValidationContext, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TemplateSource } from './template-source';

/** A construct of the app, and its path. */
export interface PathedConstruct {
  readonly construct: IConstruct;
  readonly path: string;
}

/** The templates that a validation of an app of these constructs is about, as they were written: nested stacks and nested stages included. */
export function readAssembly(context: IPolicyValidationContext, constructs: readonly PathedConstruct[]): readonly TemplateSource[] {
  const written = new Map(context.stackTemplates.map((stack) => [stack.stackConstructPath, stack]));
  const pathsIn = pathsByStack(constructs);
  return constructs.map(({ construct }) => construct).filter(isStack).flatMap((stack) => {
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
  const stacks = new Set([...scope.node.scopes, ...scope.node.findAll()].filter(isStack));
  const pathsIn = pathsByStack(scope.node.root.node.findAll().map((construct) => ({ construct, path: construct.node.path })));
  return [...stacks].map((stack) => {
    const rendered: unknown = stack.resolve((stack as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
    return sourceOf(stack, rendered, pathsIn);
  });
}

function isStack(construct: IConstruct): construct is Stack {
  return Stack.isStack(construct);
}

function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}

function sourceOf(stack: Stack, template: unknown, pathsIn: PathsByStack, templatePath?: string): TemplateSource {
  const parent = stack.nestedStackParent;
  const standIn = stack.nestedStackResource;
  return {
    id: stack.node.path,
    stackName: Token.isUnresolved(stack.stackName) ? undefined : stack.stackName,
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

function pathsByStack(constructs: readonly PathedConstruct[]): PathsByStack {
  const found = new Map<Stack, Map<string, string>>();
  for (const { construct, path } of constructs) {
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
