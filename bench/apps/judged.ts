import { IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ServerlessSecurityChecks } from 'cdk-secure-serverless';
import { BuildStack } from './shape';

const PACKS: { readonly [name: string]: () => IPolicyValidationPlugin } = {
  ours: () => new ServerlessSecurityChecks(undefined, { report: false }), // AwsSolutions writes no report either
  AwsSolutions: () => new AwsSolutionsChecks(),
};

/** The same app, judged by one pack while it is synthesized. What the pack finds is dropped, since CDK would stop at it. */
export function judged(build: BuildStack, pack: string): BuildStack {
  return (stack, functions) => {
    if (stack.node.root.node.children.length === 1) Validations.of(stack.node.root).addPlugins(silent(PACKS[pack]())); // with the first stack of the app
    build(stack, functions);
  };
}

function silent(pack: IPolicyValidationPlugin): IPolicyValidationPlugin {
  return { name: pack.name, validate: (context) => ({ ...pack.validate(context), success: true, violations: [] }) };
}
