/** What publishes a message, alone or in a batch. */
export const PUBLISH_ACTIONS = ['sns:Publish'];

/** What makes a subscription. */
export const SUBSCRIBE_ACTIONS = ['sns:Subscribe'];

/** The protocols by which somebody who may subscribe can take messages: those that stay inside AWS and need no plain HTTP or e-mail. */
export const SUBSCRIBE_PROTOCOLS = ['firehose', 'lambda', 'sqs'];

/**
 * Everything that can be done with a topic, for statements that deny: SNS takes no wildcard and no action that is not on a topic.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 */
export const ALL_TOPIC_ACTIONS = [
  'sns:AddPermission', 'sns:DeleteTopic', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:Publish', 'sns:RemovePermission',
  'sns:SetTopicAttributes', 'sns:Subscribe',
];

/** The signature with SHA-256, by which HTTPS subscribers can tell that a message comes from SNS. */
export const SIGNATURE_VERSION = '2';

/** Managed data identifiers of what lets somebody in: never to be sent to subscribers. */
export const CREDENTIAL_IDENTIFIERS = ['AwsSecretKey', 'OpenSshPrivateKey', 'PgpPrivateKey', 'PkcsPrivateKey', 'PuttyPrivateKey'];

/** What SNS does to write traces. */
export const TRACE_ACTIONS = ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTraceSegments'];

/** What SNS does to log deliveries into a log group that exists already; it asks for the group first, and is content when there is one. */
export const DELIVERY_LOG_ACTIONS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/** The longest display name that SNS takes, in characters. */
export const DISPLAY_NAME_LONGEST = 100;

/** What a filter of a subscription may say: fields at its top, and values of all fields, multiplied. */
export const FILTER_POLICY = { keys: 5, combinations: 150 } as const;
