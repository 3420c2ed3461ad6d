/**
 * How a schedule calls its target, in attempts and seconds. What runs by the clock is mostly worth nothing an hour later, when the next
 * run is near: three attempts bridge a short outage, then somebody is told. The service's own default is 185 attempts over a day.
 */
export const SCHEDULE_DELIVERY = {
  retries: { default: 3, min: 0, max: 185 },
  eventAge: { default: 3600, min: 60, max: 86_400 },
} as const;

/** The flexible time window, in minutes. */
export const SCHEDULE_WINDOW = { min: 1, max: 1440 } as const;

/** Names that EventBridge Scheduler takes. */
export const SCHEDULE_NAME = { pattern: /^[0-9A-Za-z._-]{1,64}$/, longest: 64 } as const;

/** Characters that the description of a schedule may have. */
export const SCHEDULE_DESCRIPTION_MOST = 512;

/** The time zone of expressions that name none. */
export const SCHEDULE_TIME_ZONE = 'Etc/UTC';

/** The type of an event that a schedule puts on a bus. */
export const DETAIL_TYPE_LENGTH = 128;

/** What a schedule needs to read its own encrypted input. */
export const SCHEDULE_KEY_ACTIONS = ['kms:Decrypt'];

/** What a schedule needs to call its target. Queues and topics have verbs of their own. */
export const SCHEDULE_TARGET_ACTIONS = {
  eventBus: ['events:PutEvents'],
  function: ['lambda:InvokeFunction'],
  stateMachine: ['states:StartExecution'],
} as const;

/** More attempts than this spread over hours, into the time of later runs. */
export const SCHEDULE_ATTEMPTS_MOST = 50;

/** Once, at regular intervals, or by the calendar: the three kinds of schedules, of which the last has six fields. */
export const SCHEDULE_EXPRESSIONS: readonly RegExp[] = [
  /^at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)$/, /^rate\([1-9]\d* (?:minute|hour|day)s?\)$/, /^cron\(\s*\S+(?:\s+[^\s)]+){5}\s*\)$/,
];
