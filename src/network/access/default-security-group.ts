import { CfnResource, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { recordGroup } from '../network-logs';

/** Ids that CDK gives the custom resource and the stack's handler of it. */
const RESOURCE_ID = 'RestrictDefaultSecurityGroupCustomResource';
const PROVIDER_ID = 'Custom::VpcRestrictDefaultSGCustomResourceProvider';

/**
 * Gives the handler that empties the default security group a log group with an end and a key, before it first runs: Lambda would make one
 * that keeps everything for ever.
 */
export function keepHandlerLogs(vpc: Vpc, encryptionKey: IKey | undefined): void {
  const provider = Stack.of(vpc).node.findChild(PROVIDER_ID) as Construct;
  const handler = provider.node.findChild('Handler') as CfnResource;
  const logGroup: IConstruct = provider.node.tryFindChild('Logs')
    ?? recordGroup(provider, 'Logs', encryptionKey, `/aws/lambda/${handler.ref}`);
  vpc.node.findChild(RESOURCE_ID).node.addDependency(logGroup);
  waitOnceForRole(provider, handler);
}

/** The rights of the handler stand inside of its role, which the handler names: CDK lets it wait for the role besides (cfn-lint W3005). */
function waitOnceForRole(provider: Construct, handler: CfnResource): void {
  const role = provider.node.tryFindChild('Role') as CfnResource | undefined;
  if (role !== undefined) handler.removeResourceDependency(role);
}
