import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { aFunction, AuditCase } from '../support/self-audit';
import { aTopic } from '../triggers/audit-cases';

const schedule = ScheduleExpression.rate(Duration.days(1));

export const SCHEDULE_CASES: readonly AuditCase[] = [
  ['SecureSchedule of a function', (stack) => {
    new SecureSchedule(stack, 'Nightly', { schedule, target: ScheduleTarget.function(aFunction(stack)) });
  }],
  ['SecureSchedule of a queue', (stack) => {
    new SecureSchedule(stack, 'Nightly', { schedule, target: ScheduleTarget.queue(new SecureQueue(stack, 'Jobs')) });
  }],
  ['SecureSchedules of everything else', (stack) => {
    const machine = StateMachine.fromStateMachineArn(stack, 'Machine', stack.formatArn({ service: 'states', resource: 'stateMachine:billing' }));
    const bus = EventBus.fromEventBusName(stack, 'Default', 'default');
    new SecureSchedule(stack, 'Machine1', { schedule, target: ScheduleTarget.stateMachine(machine) });
    new SecureSchedule(stack, 'Event', { schedule, target: ScheduleTarget.eventBus(bus, 'shop.billing', 'MonthEnded') });
    new SecureSchedule(stack, 'Notice', { schedule, target: ScheduleTarget.topic(aTopic(stack)) });
  }],
];
