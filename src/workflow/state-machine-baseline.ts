/** How long a whole execution may take, in seconds, by default and at most: an hour and a year; express machines five minutes. */
export const STANDARD_TIMEOUT = { standard: 3600, most: 31_536_000 };
export const EXPRESS_TIMEOUT = { standard: 300, most: 300 };

/** For how long Step Functions uses one data key before it asks KMS for another, in seconds: more seldom costs less, and lets a revoked right work longer. */
export const DATA_KEY_REUSE_SECONDS = 300;

/** Log groups with this beginning share one statement in the account's log policy, which may hold 5,120 characters in all. */
export const LOG_GROUP_PREFIX = '/aws/vendedlogs/states/';

/** Beyond this share of the timeout the alarm on the duration goes off. */
export const DURATION_SHARE = 0.8;

/** The most attempts of a retrier: with the standard backoff the twentieth comes a week after the first. */
export const RETRY_MOST_ATTEMPTS = 100;

/**
 * What a state machine needs to set up the delivery of its logs. AWS lets nobody limit these actions to a resource.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
 */
export const LOG_DELIVERY_ACTIONS = [
  'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery',
  'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
];

/**
 * What a state machine needs to send traces.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
 */
export const WORKFLOW_TRACE_ACTIONS = ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** What the log delivery service needs of the machine's key, and the machine's role to hand logs over encrypted. */
export const LOG_DELIVERY_KEY_ACTIONS = ['kms:Decrypt'];
export const LOG_HANDOVER_KEY_ACTIONS = ['kms:GenerateDataKey'];

/** What starts executions and does not wait for their end. */
export const START_ACTIONS = ['states:StartExecution'];

/** What runs an express machine and waits for its output. */
export const START_SYNC_ACTIONS = ['states:StartSyncExecution'];

/** What lists the executions of a machine, and what reads one of them. */
export const LIST_EXECUTIONS_ACTIONS = ['states:ListExecutions'];
export const READ_EXECUTION_ACTIONS = ['states:DescribeExecution', 'states:GetExecutionHistory'];

/** What ends an execution. */
export const STOP_ACTIONS = ['states:StopExecution'];

/** What runs the failed states of an execution again. */
export const REDRIVE_ACTIONS = ['states:RedriveExecution'];

/** What answers a task that waits for its token. */
export const TASK_RESPONSE_ACTIONS = ['states:SendTaskFailure', 'states:SendTaskHeartbeat', 'states:SendTaskSuccess'];

/** What a machine with a distributed map does to the executions that are its children. */
export const CHILD_EXECUTION_ACTIONS = ['states:DescribeExecution', 'states:StopExecution'];

/** Action wildcards that tasks of CDK ask for, and what the services need in their place. */
export const KEY_ACTIONS_MEANT: { readonly [pattern: string]: readonly string[] } = {
  'kms:Decrypt*': ['kms:Decrypt'],
  'kms:GenerateDataKey*': ['kms:GenerateDataKey'],
  'kms:ReEncrypt*': ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
};

/** Prefixes of actions whose services do not use a key in the name of the machine. */
export const KEYLESS_SERVICES = ['iam', 'kms', 'logs', 'sts', 'xray'];

/** Values that must not stand in a definition, which everybody with the right to describe the machine can read. */
export const SECRET_PATTERNS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a secret that is resolved at deployment', pattern: /\{\{resolve:(secretsmanager|ssm-secure):/ },
  { what: 'an AWS access key', pattern: /\b(AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
];
