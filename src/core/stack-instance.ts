import { Aws, Fn } from 'aws-cdk-lib';

/**
 * Tells two lives of one stack apart: the first eight digits of the id that CloudFormation gives a stack when it makes it. At the end of
 * the name of something that is kept when its stack goes, it keeps the first life's out of the way of the second.
 */
export function stackInstance(): string {
  const uuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return Fn.select(0, Fn.split('-', uuid));
}
