import { Resource } from './resource';
import { textOf } from './values';

/** How aws-cdk-lib describes the functions behind its custom resources. */
const DESCRIPTION = /\(@aws-cdk\/|^AWS CDK resource provider framework/;

/** The handler of its own custom resources: a wrapper, in an asset that comes with the library. */
const ENTRYPOINT = '__entrypoint__.handler';

/**
 * Whether a function belongs to a custom resource of aws-cdk-lib. CloudFormation alone calls it, while it deploys; its code and settings
 * come with the library, and no author of an app can set them.
 */
export function isCdkHandler(fn: Resource): boolean {
  return fn.property('Handler') === ENTRYPOINT || DESCRIPTION.test(textOf(fn.property('Description')) ?? '');
}
