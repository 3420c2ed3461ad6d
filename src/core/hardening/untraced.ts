import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';

/**
 * A place for resources that are made at synthesis. No line of the author's made them, so CDK need not note for each where it was made: to take and
 * read a stack trace is half of what a small resource costs.
 */
export function untraced(scope: Construct, id: string): Construct {
  const place = new Construct(scope, id);
  place.node.setContext(DISABLE_CREATION_STACK_TRACES, true);
  return place;
}
