import { Token, TokenComparison } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { executionArn } from './own-rights';
import { TaskRights } from './task-rights';
import { refuse } from '../../core/configuration-error';
import { allow, allowKeyThroughService } from '../../iam/exact-access';
import { KEY_READ_ACTIONS } from '../../iam/iam-baseline';
import { fragmentOf } from '../../iam/principal-fragment';

const EXECUTIONS_REASON = 'Executions get their names when they start: the right covers those of this state machine, and the actions are complete.';

/** Rights on the machine itself. */
export function allowOnMachine(machine: StateMachine, grantee: IGrantable, actions: readonly string[]): Grant {
  return inPolicyOf(machine, grantee, (to) => allow(machine, { grantee: to, actions, resources: [machine.stateMachineArn] }));
}

/** Rights on the executions of the machine, whatever their names. */
export function allowOnExecutions(machine: StateMachine, grantee: IGrantable, actions: readonly string[]): Grant {
  return inPolicyOf(machine, grantee, (to) => allow(machine, {
    grantee: to, actions, resources: [executionArn(machine, ':*')], wildcardReason: EXECUTIONS_REASON,
  }));
}

/** The right to read encrypted data of the machine through Step Functions: callers need it for what comes back, not for what they send. */
export function allowReadKey(machine: StateMachine, key: IKey | undefined, grantee: IGrantable): Grant | undefined {
  if (key === undefined) return undefined;
  return allowKeyThroughService(machine, key, 'states', TaskRights.for(machine, grantee), KEY_READ_ACTIONS, {
    'kms:EncryptionContext:aws:states:stateMachineArn': machine.stateMachineArn,
  });
}

/** Refuses what the type of the machine does not offer. */
export function refuseUnless(machine: StateMachine, type: StateMachineType, prop: string, fix: string): void {
  if (machine.stateMachineType === type) return;
  refuse(machine, { code: 'SecureStateMachine.Type', prop, must: `must be called on a machine of type ${type}`, got: machine.stateMachineType, fix });
}

/**
 * A state machine has no policy of its own in which somebody could be let in:
 *
 * | the principal                                | rights                                  |
 * |----------------------------------------------|-----------------------------------------|
 * | of this account, its own policy takes them   | stand there                             |
 * | a function that the machine calls            | stand in a policy of the machine        |
 * | of another account                           | refused, `SecureStateMachine.OtherAccount` |
 * | a service, an account, an ARN                | refused, `SecureStateMachine.NoPolicy`  |
 */
function inPolicyOf(machine: StateMachine, grantee: IGrantable, give: (to: IGrantable) => Grant): Grant {
  const account = grantee.grantPrincipal.principalAccount;
  if (account !== undefined && Token.compareStrings(account, machine.env.account) === TokenComparison.DIFFERENT) {
    refuse(machine, {
      code: 'SecureStateMachine.OtherAccount',
      prop: 'grantee',
      must: "must be of the machine's account, because a state machine has no policy that could let others in",
      got: account,
      fix: 'give the right to a role of this account which they may assume',
    });
  }
  const grant = give(TaskRights.for(machine, grantee));
  if (grant.success) return grant;
  return refuse(machine, {
    code: 'SecureStateMachine.NoPolicy',
    prop: 'grantee',
    must: 'must have a policy of its own, because a state machine has none that could name it',
    got: JSON.stringify(machine.stack.resolve(fragmentOf(grantee.grantPrincipal).principalJson)),
    fix: 'give the right to a role, which a service such as EventBridge then assumes',
  });
}
