import { CfnResource } from 'aws-cdk-lib';

/** A property by its name in CloudFormation: CDK writes some of its helpers as resources without a class. */
export function propertyOf(resource: CfnResource, name: string): unknown {
  const typed: unknown = Reflect.get(resource, `${name[0].toLowerCase()}${name.slice(1)}`);
  return typed ?? (Reflect.get(resource, '_cfnProperties') as { readonly [property: string]: unknown } | undefined)?.[name];
}
