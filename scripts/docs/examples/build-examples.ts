import { aws_codebuild as codebuild, aws_kms as kms } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const BUILD_EXAMPLES: RuleExamples = {
  BuildCustomerKey: {
    violates(stack) {
      new codebuild.Project(stack, 'Tests', { buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }) });
    },
    passes(stack) {
      const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true });
      new codebuild.Project(stack, 'Tests', { buildSpec: codebuild.BuildSpec.fromObject({ version: '0.2' }), encryptionKey });
    },
  },
};
