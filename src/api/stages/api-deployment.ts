import { CfnElement, Stack } from 'aws-cdk-lib';
import { Deployment, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { LOGICAL_ID_MOST } from '../api-baseline';

const ID = 'Deployment';

/** What CDK adds to the logical id of a deployment, so that each change of the API makes a new one. */
const HASH_LENGTH = 32;

/**
 * Makes the deployment of an API. CDK adds a hash to its logical id, without a look at its length: where the two together are more than
 * CloudFormation takes, the deployment stands in the stack itself, under an id that the address of the API makes unique.
 */
export function makeDeployment(scope: Construct, api: SpecRestApi): Deployment {
  const stack = Stack.of(scope);
  const beside = stack.getLogicalId(api.node.defaultChild as CfnElement); // as long as that of the deployment, but for the last id
  const isLong = beside.length - api.node.id.length + ID.length + HASH_LENGTH > LOGICAL_ID_MOST;
  return isLong ? new Deployment(stack, `Api${ID}${scope.node.addr}`, { api }) : new Deployment(scope, ID, { api });
}
