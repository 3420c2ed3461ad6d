import { PlainValue } from '../values/plain-value';

/** Written as CloudFormation reads it, and taken as a whole: with CDK's own functions it would be five tokens in each of the names that end so. */
const STACK_INSTANCE = new PlainValue(() => ({
  'Fn::Select': [0, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }],
})).toString();

/**
 * Tells two lives of one stack apart: the first eight digits of the id that CloudFormation gives a stack when it makes it. At the end of
 * the name of something that is kept when its stack goes, it keeps the first life's out of the way of the second.
 */
export function stackInstance(): string {
  return STACK_INSTANCE;
}
