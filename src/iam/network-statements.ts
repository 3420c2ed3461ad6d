import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { NETWORK_INTERFACE_ACTIONS } from './iam-baseline';
import { IN_OWN_REGION } from './requested-region';

const PAGE = 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html.';
const WHAT = 'Lambda attaches functions to a network with ec2 actions on network interfaces that do not exist before';

/** Why the rights stand on `*`, where the function's own code is denied them. */
export const NETWORK_REASON = `${WHAT}; the code of the function itself is denied them: ${PAGE}`;

/** Why they stand on `*` where it is not. */
export const SHARED_NETWORK_REASON = `${WHAT}: ${PAGE}`;

/** Lambda uses these rights in the name of the role, in the region of the function. */
export function networkStatement(): PolicyStatement {
  return new PolicyStatement({ sid: 'NetworkInterfaces', actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'], conditions: IN_OWN_REGION });
}

/** Calls that come from the function's own code carry the ARN of the function: they are denied. */
export function networkDenial(): PolicyStatement {
  return new PolicyStatement({
    sid: 'NetworkInterfacesOnlyByLambda',
    effect: Effect.DENY,
    actions: NETWORK_INTERFACE_ACTIONS,
    resources: ['*'],
    conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
  });
}
