import { Stack } from 'aws-cdk-lib';
import { IGrantable } from 'aws-cdk-lib/aws-iam';

/** A way to give rights, and how it is called in the table. */
export interface Verb {
  /** The call as an author writes it: `allowRead(fn, { prefix: 'in/' })`. */
  readonly call: string;
  readonly give: (caller: IGrantable) => void;
}

/** A construct with verbs: makes it, and says how each is used. */
export interface ConstructWithVerbs {
  readonly name: string;
  readonly verbs: (stack: Stack) => readonly Verb[];
}
