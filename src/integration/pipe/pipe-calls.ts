import { Duration } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import { IStateMachine, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { EXPRESS_RUN_SECONDS, PIPE_INVOKE_ACTIONS, PIPE_START_SYNC_ACTIONS } from './pipe-baseline';
import { CalledPart } from './pipe-part';
import { Place, refuse } from '../../core/configuration-error';
import { allow } from '../../iam/exact-access';

/** A function whose answer the pipe waits for. */
export function functionCall(fn: IFunction): CalledPart {
  const { timeout } = fn as Partial<LambdaFunction>;
  return {
    resource: fn,
    arn: fn.functionArn,
    runTime: timeout,
    runTimeUnknown: timeout === undefined,
    check: () => {},
    allow: ({ pipe, role }) => void allow(pipe, { grantee: role, actions: PIPE_INVOKE_ACTIONS, resources: [fn.functionArn] }),
  };
}

/** An express machine whose output the pipe waits for. A machine of this library knows best what that takes: its key has to be read too. */
export function expressCall(machine: IStateMachine): CalledPart {
  const { allowStartSync } = machine as { allowStartSync?: (grantee: IGrantable) => Grant };
  return {
    resource: machine,
    arn: machine.stateMachineArn,
    runTime: Duration.seconds(EXPRESS_RUN_SECONDS),
    check: (place) => refuseStandard(place, machine),
    allow: ({ pipe, role }) => void (allowStartSync?.call(machine, role)
      ?? allow(pipe, { grantee: role, actions: PIPE_START_SYNC_ACTIONS, resources: [machine.stateMachineArn] })),
  };
}

function refuseStandard(place: Place, machine: IStateMachine): void {
  const { stateMachineType } = machine as Partial<StateMachine>;
  if (stateMachineType !== StateMachineType.STANDARD) return;
  refuse(place, {
    code: 'SecurePipe.Express',
    prop: 'stateMachine',
    must: 'must be an express machine, since a pipe cannot wait for a standard one',
    got: machine.node.path,
    fix: 'make it an express one, or use PipeTarget.stateMachine(), which starts it and goes on',
  });
}
