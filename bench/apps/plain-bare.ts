import { CfnResource, Stack } from 'aws-cdk-lib';
import { build as plain } from './plain';

/** Resources of a stack as its template has them. */
export interface BareResources {
  readonly [logicalId: string]: { readonly Type: string; readonly Properties?: { readonly [name: string]: unknown } };
}

/**
 * The same app, and what hardening would add to it as bare resources: without a decision, without an L2, without a token. It is what the resources
 * cost CDK by themselves, whoever adds them.
 */
export function bare(added: ReadonlyMap<string, BareResources>): (stack: Stack, functions: number) => void {
  return (stack, functions) => {
    plain(stack, functions);
    make(stack, added);
  };
}

/** The same resources as another app has, and nothing else: what they cost CDK at least. */
export function bareAlone(resources: ReadonlyMap<string, BareResources>): (stack: Stack) => void {
  return (stack) => make(stack, resources);
}

function make(stack: Stack, resources: ReadonlyMap<string, BareResources>): void {
  for (const [id, { Type: type, Properties: properties }] of Object.entries(resources.get(stack.stackName) ?? {})) {
    if (stack.node.tryFindChild(id) === undefined) new CfnResource(stack, id, { type, properties });
  }
}
