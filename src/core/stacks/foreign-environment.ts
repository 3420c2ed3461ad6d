import { IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Two accounts or regions that are known to differ. */
export interface ForeignEnvironment {
  readonly here: string;
  readonly there: string;
}

/** Where a resource belongs to another account or region than a construct. What is only known at deployment is taken to be the same. */
export function foreignEnvironment(construct: IConstruct, resource: IResource): ForeignEnvironment | undefined {
  const { account, region } = Stack.of(construct);
  return [{ here: account, there: resource.env.account }, { here: region, there: resource.env.region }]
    .find(({ here, there }) => Token.compareStrings(here, there) === TokenComparison.DIFFERENT);
}

/** Whether a resource is known to belong to another account. */
export function isForeign(construct: IConstruct, resource: IResource): boolean {
  return Token.compareStrings(Stack.of(construct).account, resource.env.account) === TokenComparison.DIFFERENT;
}
