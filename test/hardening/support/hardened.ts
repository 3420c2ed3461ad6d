import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { changesOf, HardeningChange } from '../../../src/core/hardening/hardening-change';
import { HardenOptions } from '../../../src/hardening/harden-options';

/** A stack that is hardened when it is synthesized. */
export function hardenedStack(options: HardenOptions = {}, flags: Record<string, unknown> = {}): Stack {
  const app = new App({ context: flags });
  ServerlessSecurity.of(app).harden(options);
  return new Stack(app, 'Shop');
}

/** The properties of a resource of CloudFormation as they are rendered. */
export function propertiesOf(resource: CfnResource | undefined): Record<string, any> {
  const stack = Stack.of(resource!);
  return Template.fromStack(stack).toJSON().Resources[stack.getLogicalId(resource!)].Properties ?? {};
}

/** What became of the properties of a construct and what is below it, by the name of the property. */
export function outcomesAt(stack: Stack, path: string): Record<string, string> {
  return Object.fromEntries(changesAt(stack, path).map(({ property, outcome }) => [property, outcome]));
}

export function changesAt(stack: Stack, path: string): readonly HardeningChange[] {
  Template.fromStack(stack);
  return changesOf(stack.node.root)!.filter(({ at }) => at === path || at.startsWith(`${path}/`));
}
