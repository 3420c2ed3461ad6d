import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { countedId } from './trigger-id';
import { TriggeredFunction } from './triggered-function';
import { placeOf } from '../core/configuration-error';
import { checkSchedule } from '../integration/schedule/schedule-checks';
import { ScheduleTarget } from '../integration/schedule/schedule-target';
import { SecureSchedule } from '../integration/schedule/secure-schedule';
import { SecureScheduleOptions } from '../integration/schedule/secure-schedule-props';

/** How a schedule starts a function. */
export interface ScheduleTriggerOptions extends SecureScheduleOptions {
  /**
   * What the function gets as event. It is encrypted with the key of the function.
   * @default - a description of the schedule by the service
   */
  readonly input?: ScheduleTargetInput;
  /**
   * The most that the role of the schedule may ever do.
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;
}

/** Starts a function at certain times. Calls that fail go to the failure queue of the function. */
export function triggerBySchedule(target: TriggeredFunction, schedule: ScheduleExpression, options: ScheduleTriggerOptions): SecureSchedule {
  const { input, ...rest } = options;
  const id = countedId(target.fn, 'OnSchedule');
  const props = { ...rest, schedule, target: ScheduleTarget.function(target.fn, input), encryptionKey: target.key };
  checkSchedule(placeOf(target.fn, id), props); // before the failure queue is made
  return new SecureSchedule(target.fn, id, { ...props, deadLetterQueue: target.keepFailures() });
}
