/** What sends events to a bus, alone or in a batch. */
export const PUT_EVENTS_ACTIONS = ['events:PutEvents'];

/** What EventBridge does with the key of a bus: it encrypts events, patterns and targets, and decrypts them to deliver. */
export const BUS_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * What EventBridge does with the key of an archive besides.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html
 */
export const ARCHIVE_KEY_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/** How long an archive keeps events, in days: at least and at most. */
export const ARCHIVE_DAYS = { least: 1, most: 3653 };

/** What EventBridge takes as the name and the description of an archive. */
export const ARCHIVE_TEXT = { name: /^[\w.-]{1,48}$/, descriptionMost: 512 };

/** Characters that the description of a bus may have. */
export const BUS_DESCRIPTION_MOST = 512;

/** Characters that the description of a rule may have. */
export const RULE_DESCRIPTION_MOST = 512;

/** What a rule and a pipe take as the name of a message group. */
export const MESSAGE_GROUP = /^[\x21-\x7E]{1,100}$/;

/** What a pipe and a schedule take as the source of an event; `aws.` is kept for AWS. */
export const EVENT_SOURCE_MOST = 256;

/** The longest name of a rule. */
export const RULE_NAME_MOST = 64;

/** The longest names of what delivers logs. */
export const DELIVERY_NAME_MOST = 60;

/** The start of the names of log groups into which CloudWatch delivers by itself. */
export const VENDED_LOGS_PREFIX = '/aws/vendedlogs/events/event-bus/';

/** The start of the names of sources that belong to AWS services: nobody else can send such events. */
export const RESERVED_SOURCE_PREFIX = 'aws.';

/** What starts executions of a state machine. */
export const START_EXECUTION_ACTIONS = ['states:StartExecution'];

/** How often, and for how many seconds, EventBridge tries to deliver an event: its own defaults, which are the most it does. */
export const ROUTE_DELIVERY = {
  retries: { default: 185, min: 0, max: 185 },
  eventAge: { default: 86_400, min: 60, max: 86_400 },
} as const;
