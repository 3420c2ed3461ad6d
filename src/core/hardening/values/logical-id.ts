import { CfnResource } from 'aws-cdk-lib';

/** The logical id of a resource. One that is set already need not be resolved. */
export function logicalIdOf(resource: CfnResource): string {
  const chosen: unknown = Reflect.get(resource, '_logicalIdOverride');
  return typeof chosen === 'string' ? chosen : String(resource.stack.resolve(resource.logicalId));
}
