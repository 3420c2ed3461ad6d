import { App, Stack } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';

/** Functions in one stack: CloudFormation takes no more than 500 resources. */
const FUNCTIONS_PER_STACK = 20;

/** What each variant builds in a stack: one API with a route to each function, a web ACL, and a bucket that the functions read. */
export type BuildStack = (stack: Stack, functions: number) => void;

export const HANDLER = {
  code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
  handler: 'index.handler',
  runtime: Runtime.NODEJS_22_X,
};

/** Builds the same number of functions in the same number of stacks, whatever builds a stack. */
export function buildApp(build: BuildStack, functions: number): App {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  for (let first = 0; first < functions; first += FUNCTIONS_PER_STACK) {
    build(new Stack(app, `Shop${first / FUNCTIONS_PER_STACK}`), Math.min(FUNCTIONS_PER_STACK, functions - first));
  }
  return app;
}
