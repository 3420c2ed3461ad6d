import { ArnFormat, Stack } from 'aws-cdk-lib';
import { IRole, ManagedPolicy, Policy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { acknowledgeWildcardResource } from '../../core/exceptions/acknowledgement';
import { SecurityProfile } from '../../core/profile/security-profile';
import { KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { CHILD_EXECUTION_ACTIONS, REDRIVE_ACTIONS, START_ACTIONS } from '../state-machine-baseline';

/** What a machine does with itself. */
export interface OwnRights {
  /** The key that encrypts its executions. */
  readonly key?: IKey;
  /** Whether a distributed map starts executions of the machine itself. */
  readonly distributedMap: boolean;
}

/**
 * Lets the machine's role use the machine: its own data under the key, and the executions that a distributed map starts. The policy
 * names the machine, which needs its role to exist: hence it is a policy of its own, made after both.
 *
 * There is no `kms:ViaService`: Step Functions uses the key with the role's own credentials, and with that condition executions fail.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html#scope-down-kms-permission-policies-with-conditions
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
export function allowOwnUse(machine: StateMachine, role: IRole, { key, distributedMap }: OwnRights): void {
  const statements = [
    ...key === undefined ? [] : [ownData(machine, key, distributedMap)],
    ...distributedMap ? childExecutions(machine) : [],
  ];
  if (statements.length === 0) return;
  const document = new PolicyDocument({ statements, minimize: true });
  if (SecurityProfile.of(machine).controls.managedPolicies) new ManagedPolicy(machine, 'OwnRights', { roles: [role], document });
  else new Policy(machine, 'OwnRights', { roles: [role], document });
  if (distributedMap) explainChildren(machine);
}

/** The ARN of one execution of the machine, or of a pattern of their names. */
export function executionArn(machine: StateMachine, name: string): string {
  return Stack.of(machine).formatArn({
    service: 'states', resource: 'execution', resourceName: `${machine.stateMachineName}${name}`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** The executions that a distributed map starts belong to the machine's ARN with the label of the map behind it. */
function ownData(machine: StateMachine, key: IKey, distributedMap: boolean): PolicyStatement {
  const context = 'kms:EncryptionContext:aws:states:stateMachineArn';
  return new PolicyStatement({
    sid: 'OwnData',
    actions: KEY_WRITE_ACTIONS,
    resources: [key.keyArn],
    conditions: distributedMap
      ? { StringLike: { [context]: [machine.stateMachineArn, `${machine.stateMachineArn}/*`] } }
      : { StringEquals: { [context]: machine.stateMachineArn } },
  });
}

function childExecutions(machine: StateMachine): PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'StartChildren', actions: START_ACTIONS, resources: [machine.stateMachineArn] }),
    new PolicyStatement({ sid: 'FollowChildren', actions: CHILD_EXECUTION_ACTIONS, resources: [executionArn(machine, ':*')] }),
    new PolicyStatement({ sid: 'RedriveChildren', actions: REDRIVE_ACTIONS, resources: [executionArn(machine, '/*:*')] }),
  ];
}

function explainChildren(machine: StateMachine): void {
  for (const name of [':*', '/*:*']) {
    acknowledgeWildcardResource(machine, executionArn(machine, name),
      'A distributed map names the executions that it starts at run time: the right covers those of this state machine only.');
  }
}
