import { Duration, Token } from 'aws-cdk-lib';
import { QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { SCHEDULE_DELIVERY, SCHEDULE_DESCRIPTION_MOST, SCHEDULE_EXPRESSIONS, SCHEDULE_NAME, SCHEDULE_WINDOW } from './schedule-baseline';
import { SecureScheduleProps } from './secure-schedule-props';
import { checkDuration, checkInteger, checkKnown, checkLength } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';

/** Judges all props before anything is made. */
export function checkSchedule(place: Place, props: SecureScheduleProps): void {
  const { retries, eventAge } = SCHEDULE_DELIVERY;
  checkExpression(place, props.schedule.expressionString);
  checkName(place, props.scheduleName);
  checkLength(place, props.description, 0, SCHEDULE_DESCRIPTION_MOST, { code: 'SecureSchedule.Description', prop: 'description', fix: 'shorten it' });
  const attempts = { code: 'SecureSchedule.RetryAttempts', prop: 'retryAttempts', fix: `leave it out to use ${retries.default}` };
  checkKnown(place, props.retryAttempts, attempts);
  checkInteger(place, props.retryAttempts, retries.min, retries.max, attempts);
  const age = { code: 'SecureSchedule.MaxEventAge', prop: 'maxEventAge', fix: 'leave it out to use 1 hour' };
  checkKnown(place, props.maxEventAge, age);
  checkDuration(place, props.maxEventAge, Duration.seconds(eventAge.min), Duration.seconds(eventAge.max), age);
  checkDuration(place, props.flexibleWindow, Duration.minutes(SCHEDULE_WINDOW.min), Duration.minutes(SCHEDULE_WINDOW.max), {
    code: 'SecureSchedule.FlexibleWindow', prop: 'flexibleWindow', fix: 'leave it out to be called to the minute',
  });
  checkPeriod(place, props);
  checkDeadLetterQueue(place, props);
  props.target._check(place);
}

/** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
function checkExpression(place: Place, expression: string): void {
  if (Token.isUnresolved(expression) || SCHEDULE_EXPRESSIONS.some((kind) => kind.test(expression))) return;
  refuse(place, {
    code: 'SecureSchedule.Expression',
    prop: 'schedule',
    must: 'must be at(yyyy-mm-ddThh:mm:ss), rate() of whole minutes, hours or days, or cron() with six fields: '
      + 'minutes, hours, day of month, month, day of week, year',
    got: expression,
    fix: 'make it with ScheduleExpression.cron(), .rate() or .at()',
  });
}

function checkName(place: Place, name: string | undefined): void {
  if (name === undefined || Token.isUnresolved(name) || SCHEDULE_NAME.pattern.test(name)) return;
  refuse(place, {
    code: 'SecureSchedule.Name',
    prop: 'scheduleName',
    must: `must have 1 to ${SCHEDULE_NAME.longest} letters, digits, dots, hyphens and underscores`,
    got: name,
    fix: 'leave it out to have a name made',
  });
}

function checkPeriod(place: Place, { start, end }: SecureScheduleProps): void {
  for (const [prop, date] of Object.entries({ start, end })) {
    if (date === undefined || !Number.isNaN(date.getTime())) continue;
    refuse(place, { code: 'SecureSchedule.Period', prop, must: 'must be a date', got: String(date), fix: 'write it like new Date(\'2027-01-31T00:00:00Z\')' });
  }
  if (start === undefined || end === undefined || start < end) return;
  refuse(place, {
    code: 'SecureSchedule.Period', prop: 'end', must: `must come after start (${start.toISOString()})`, got: end.toISOString(), fix: 'leave it out to run for ever',
  });
}

function checkDeadLetterQueue(place: Place, { deadLetterQueue: queue }: SecureScheduleProps): void {
  if (queue === undefined || (queue.fifo !== true && queue.encryptionType !== QueueEncryption.UNENCRYPTED)) return;
  refuse(place, {
    code: 'SecureSchedule.DeadLetterQueue',
    prop: 'deadLetterQueue',
    must: queue.fifo ? 'must be a standard queue, since EventBridge Scheduler sends to no other' : 'must be encrypted',
    got: queue.node.path,
    fix: 'leave it out to use the dead-letter queue of the stack',
  });
}
