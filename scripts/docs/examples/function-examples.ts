import { aws_lambda as lambda } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const FUNCTION_EXAMPLES: RuleExamples = {
  FunctionUrlAuth: {
    violates(stack) {
      new lambda.CfnUrl(stack, 'Url', { targetFunctionArn: 'print', authType: 'NONE' });
    },
    passes(stack) {
      new lambda.CfnUrl(stack, 'Url', { targetFunctionArn: 'print', authType: 'AWS_IAM' });
    },
  },
};
