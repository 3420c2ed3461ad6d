import { IGrantable } from 'aws-cdk-lib/aws-iam';
import { StateMachine, StateMachineGrants } from 'aws-cdk-lib/aws-stepfunctions';

/**
 * Puts the exact actions of the machine's own methods behind `machine.grants`. CDK's object stays, since nobody but CDK can make one; its
 * methods are replaced.
 */
export function makeGrantsExact(machine: StateMachine): void {
  const exact: Pick<StateMachineGrants, keyof StateMachineGrants> = {
    startExecution: (grantee: IGrantable) => machine.grantStartExecution(grantee),
    startSyncExecution: (grantee: IGrantable) => machine.grantStartSyncExecution(grantee),
    read: (grantee: IGrantable) => machine.grantRead(grantee),
    taskResponse: (grantee: IGrantable) => machine.grantTaskResponse(grantee),
    redriveExecution: (grantee: IGrantable) => machine.grantRedriveExecution(grantee),
    execution: (grantee: IGrantable, ...actions: string[]) => machine.grantExecution(grantee, ...actions),
    actions: (grantee: IGrantable, ...actions: string[]) => machine.grant(grantee, ...actions),
  };
  Object.assign(machine.grants, exact);
}
