import { Stack } from 'aws-cdk-lib';

/**
 * What violates a rule and what passes it, as code that a reader of docs/rules.md may have written.
 * The page shows the bodies of the two methods; test/docs runs them and asks the rule.
 */
export interface RuleExample {
  violates(stack: Stack): void;
  passes(stack: Stack): void;
}

export type RuleExamples = { readonly [rule: string]: RuleExample };
