import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { flattenReference } from '../core/values/flatten-reference';

/** The account that an ARN names in plain digits. Undefined where it names none, or one that is only known at deployment. */
export function accountInArn(scope: IConstruct, arn: string): string | undefined {
  const withoutReferences = flattenReference(Stack.of(scope).resolve(arn)).replace(/<[^>]*>/g, 'reference');
  const account = withoutReferences.split(':')[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
