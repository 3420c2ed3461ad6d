import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Whether a construct stands in a stack, or in one that is nested in it. */
export function holds(stack: Stack, construct: IConstruct): boolean {
  return stacksAround(construct).includes(stack);
}

/** The innermost stack that holds both. Undefined where each stands in a stack of its own. */
export function stackOfBoth(one: IConstruct, other: IConstruct): Stack | undefined {
  return stacksAround(one).find((stack) => holds(stack, other));
}

/** From the stack of a construct to the outermost one. */
function stacksAround(construct: IConstruct): Stack[] {
  const stacks: Stack[] = [];
  for (let stack: Stack | undefined = Stack.of(construct); stack !== undefined; stack = stack.nestedStackParent) stacks.push(stack);
  return stacks;
}
