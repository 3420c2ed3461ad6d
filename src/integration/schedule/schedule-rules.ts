import { SCHEDULE_ATTEMPTS_MOST } from './schedule-baseline';
import { expectProperty, fail, pass, Rule, Severity, unresolved } from '../../model/rule';
import { isUnresolved, numberOf, Value } from '../../model/values/values';

const SCHEDULE = 'AWS::Scheduler::Schedule';

export const SCHEDULE_DEAD_LETTER: Rule = {
  id: 'ScheduleDeadLetter',
  severity: Severity.LOW,
  appliesTo: [SCHEDULE],
  title: 'A schedule loses runs that fail',
  why: 'When the target is gone, throttled or refuses, the run is dropped after the retries: the cleanup, the report, the key rotation just does not happen.',
  fix: 'Set Target.DeadLetterConfig.Arn to a queue. SecureSchedule does.',
  risks: ['unseen-attack'],
  frameworks: ['CSA SAS-05', 'OWASP Serverless S10'],
  check: (schedule) => expectProperty(schedule, 'Target.DeadLetterConfig.Arn', isGiven),
};

export const SCHEDULE_RETRY_LIMIT: Rule = {
  id: 'ScheduleRetryLimit',
  severity: Severity.LOW,
  appliesTo: [SCHEDULE],
  title: 'A schedule tries a run that fails again for a whole day',
  why: 'The service\'s own default is 185 attempts in 24 hours: by then the next runs are long due, and the late ones come on top of them.',
  fix: `Set Target.RetryPolicy.MaximumRetryAttempts to at most ${SCHEDULE_ATTEMPTS_MOST}, or MaximumEventAgeInSeconds to less than the time between two runs. SecureSchedule tries three times.`,
  risks: ['runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  check: (schedule) => {
    const outcomes = [
      expectProperty(schedule, 'Target.RetryPolicy.MaximumRetryAttempts', (attempts) => (numberOf(attempts) ?? Infinity) <= SCHEDULE_ATTEMPTS_MOST),
      expectProperty(schedule, 'Target.RetryPolicy.MaximumEventAgeInSeconds', (age) => (numberOf(age) ?? Infinity) < LONGEST_AGE),
    ];
    if (outcomes.some(({ kind }) => kind === 'pass')) return pass();
    return outcomes.find(({ kind }) => kind === 'unresolved') ?? outcomes[0];
  },
};

export const SCHEDULE_KEY: Rule = {
  id: 'ScheduleKey',
  severity: Severity.LOW,
  control: 'customerKeys',
  appliesTo: [SCHEDULE],
  title: 'The input of a schedule is not encrypted with a key of your own',
  why: 'The input lies under a key that AWS owns for as long as the schedule lives: nobody can withdraw it, or see who used it.',
  fix: 'Set KmsKeyArn to a customer-managed key. SecureSchedule uses the key of the stack.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-07'],
  check: (schedule) => expectProperty(schedule, 'KmsKeyArn', isGiven),
};

export const SCHEDULE_GROUP: Rule = {
  id: 'ScheduleGroup',
  severity: Severity.LOW,
  appliesTo: [SCHEDULE],
  title: 'A schedule lies in the default group, with those of all other applications',
  why: 'Rights and quotas are given by group: whoever may change one schedule of the default group can change this one.',
  fix: 'Make an AWS::Scheduler::ScheduleGroup for the application, and set GroupName. SecureSchedule does.',
  risks: ['over-privilege', 'misconfiguration'],
  frameworks: ['OWASP Serverless S5', 'CSA SAS-04'],
  check: (schedule) => {
    const group = schedule.property('GroupName');
    if (isUnresolved(group)) return unresolved('Properties.GroupName');
    return schedule.alternatives('GroupName').every((name) => isGiven(name) && name !== 'default') ? pass() : fail('Properties.GroupName');
  },
};

/** A day, in seconds: the longest that Scheduler tries, and what it does without being told. */
const LONGEST_AGE = 86_400;

function isGiven(value: Value): boolean {
  return value !== undefined && value !== '';
}

export const SCHEDULE_RULES: readonly Rule[] = [SCHEDULE_DEAD_LETTER, SCHEDULE_GROUP, SCHEDULE_KEY, SCHEDULE_RETRY_LIMIT];
