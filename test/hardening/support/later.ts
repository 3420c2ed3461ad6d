import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Does something after hardening, and after all aspects: when the first construct of a stack is validated. */
export function later(stack: Stack, act: () => void): void {
  let done = false;
  new Construct(stack, 'Later').node.addValidation({
    validate: () => {
      if (!done) act();
      done = true;
      return [];
    },
  });
}
