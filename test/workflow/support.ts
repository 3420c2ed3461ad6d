import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Fail, IChainable, Pass, TaskInput, TaskStateBase, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { SecureStateMachineProps } from '../../src/workflow/secure-state-machine-props';
import { aFunction } from '../support/self-audit';

/** Values in a template have no type worth writing down here. */
export type Json = any;

export const SOON = { taskTimeout: Timeout.duration(Duration.seconds(20)) };

/** A machine called `Checkout` with one state that cannot fail, unless told otherwise. */
export function machineIn(stack: Stack, props: Partial<SecureStateMachineProps> = {}): SecureStateMachine {
  return new SecureStateMachine(stack, 'Checkout', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')), ...props });
}

/** A machine whose definition is this JSON. */
export function machineOf(stack: Stack, definition: object, props: Partial<SecureStateMachineProps> = {}): SecureStateMachine {
  return machineIn(stack, { definitionBody: DefinitionBody.fromString(JSON.stringify({ TimeoutSeconds: 60, ...definition })), ...props });
}

/** A task that calls a function, with a way on when it fails. */
export function charging(stack: Stack): IChainable {
  return new LambdaInvoke(stack, 'Charge', { lambdaFunction: aFunction(stack, 'ChargeCard'), ...SOON }).addCatch(new Fail(stack, 'NotCharged'));
}

export function sending(stack: Stack, queue: IQueue): TaskStateBase {
  return new SqsSendMessage(stack, 'Send', { queue, messageBody: TaskInput.fromObject({}), ...SOON }).addCatch(new Fail(stack, 'NotSent'));
}

export function only(template: Template, type: string): Json {
  const found = Object.values(template.findResources(type)) as Json[];
  expect(found).toHaveLength(1);
  return found[0].Properties;
}
