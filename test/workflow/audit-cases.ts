import { Duration, Stack } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { DefinitionBody, DistributedMap, Fail, IntegrationPattern, Pass, QueryLanguage, StateMachineType, TaskInput } from 'aws-cdk-lib/aws-stepfunctions';
import { EventBridgePutEvents, LambdaInvoke, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { charging, machineIn, sending, SOON } from './support';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { aFunction, AuditCase } from '../support/self-audit';

function childOf(stack: Stack): SecureStateMachine {
  return new SecureStateMachine(stack, 'Refund', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Refunded')) });
}

export const WORKFLOW_CASES: readonly AuditCase[] = [
  ['SecureStateMachine', (stack) => { machineIn(stack); }],
  ['SecureStateMachine with tasks', (stack) => {
    machineIn(stack, {
      definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Begin').next(charging(stack))),
    });
  }],
  ['SecureStateMachine with encrypted queues, buses and other machines as targets', (stack) => {
    const queue = new SecureQueue(stack, 'Queue');
    const failed = new Fail(stack, 'Failed');
    const put = new EventBridgePutEvents(stack, 'Put', {
      entries: [{ eventBus: new SecureEventBus(stack, 'Bus'), source: 'shop', detailType: 'paid', detail: TaskInput.fromObject({}) }], ...SOON,
    }).addCatch(failed);
    const refund = new StepFunctionsStartExecution(stack, 'RefundAll', {
      stateMachine: childOf(stack), integrationPattern: IntegrationPattern.RUN_JOB, ...SOON,
    }).addCatch(failed);
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(sending(stack, queue).next(put).next(refund)) });
  }],
  ['SecureStateMachine with a distributed map', (stack) => {
    const map = new DistributedMap(stack, 'Each', { maxConcurrency: 40 }).itemProcessor(charging(stack)).addCatch(new Fail(stack, 'NotAll'));
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(map) });
  }],
  ['SecureStateMachine, express and in JSONata', (stack) => {
    const task = LambdaInvoke.jsonata(stack, 'Ask', { lambdaFunction: aFunction(stack), ...SOON }).addCatch(new Fail(stack, 'Unasked'));
    const caller = aFunction(stack, 'Caller');
    caller.onSchedule(ScheduleExpression.rate(Duration.hours(1)));
    machineIn(stack, {
      definitionBody: DefinitionBody.fromChainable(task), stateMachineType: StateMachineType.EXPRESS, queryLanguage: QueryLanguage.JSONATA,
    }).allowStartSync(caller);
  }],
  ['SecureStateMachine with all verbs', (stack) => {
    const machine = machineIn(stack);
    const fn = aFunction(stack);
    machine.allowStart(fn);
    machine.allowReadExecutions(fn);
    machine.allowStop(fn);
    machine.allowRedrive(fn);
    machine.allowTaskResponse(fn);
  }],
  ['SecureStateMachine with rights for a function that it calls', (stack) => {
    const fn = aFunction(stack);
    const ask = new LambdaInvoke(stack, 'Ask', { lambdaFunction: fn, ...SOON }).addCatch(new Fail(stack, 'Unasked'));
    const machine = machineIn(stack, { definitionBody: DefinitionBody.fromChainable(ask) });
    machine.allowTaskResponse(fn);
    machine.allowReadExecutions(fn);
  }],
];
