import { Stack } from 'aws-cdk-lib';
import { ServerlessSecurity } from 'cdk-secure-serverless';
import { build as plain } from './plain';

/** The same app, looked at and left as it is: what hardening costs without what it adds. */
export function build(stack: Stack, functions: number): void {
  if (stack.node.root.node.children.length === 1) ServerlessSecurity.of(stack.node.root).harden({ dryRun: true }); // with the first stack of the app
  plain(stack, functions);
}
