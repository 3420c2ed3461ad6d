import { Stack } from 'aws-cdk-lib';
import { ServerlessSecurity } from 'cdk-secure-serverless';
import { build as plain } from './plain';

/** The same app with the one line. */
export function build(stack: Stack, functions: number): void {
  if (stack.node.root.node.children.length === 1) ServerlessSecurity.of(stack.node.root).harden(); // with the first stack of the app
  plain(stack, functions);
}
