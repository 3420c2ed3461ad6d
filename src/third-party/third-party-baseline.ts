/** What EventBridge does for a rule: one request to one destination. */
export const CALL_ACTIONS = ['events:InvokeApiDestination'];

/** What gives a connection its credential anew. */
export const UPDATE_CONNECTION_ACTIONS = ['events:UpdateConnection'];

/**
 * What the caller of `UpdateConnection` needs on the secret in which EventBridge keeps the credential of a connection: which of them one call
 * asks for is not documented, so these are those of the AWS managed policy, without making and deleting secrets.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEventBridgeFullAccess.html
 */
export const CONNECTION_SECRET_ACTIONS = ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'];

/**
 * The tag without which EventBridge may not use a customer-managed key for the credential of a connection.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-connections.html
 */
export const CONNECTION_KEY_TAG = { key: 'EventBridgeApiDestinations', value: 'true' } as const;

/** Requests to a third party in a second, of one route: EventBridge itself takes 300 without a limit. */
export const RATE_LIMIT = { default: 10, min: 1, max: 300 } as const;

/** How long a function waits for one answer, in seconds. */
export const CALL_TIMEOUT = { default: 3, min: 1, max: 60 } as const;

/** How often a function tries again. */
export const CALL_RETRIES = { default: 1, min: 0, max: 5 } as const;

/** Failures in a row after which a function stops calling, and for how many seconds. */
export const BREAKER = { failures: { default: 5, min: 1, max: 100 }, open: { default: 30, min: 1, max: 3600 } } as const;

/** Beyond these counts, in three periods of 5 minutes on end, the third party is slow or refuses requests. */
export const THIRD_PARTY_ALARMS = { retries: 20, periods: 3 } as const;

/** A host with at least two labels; addresses have no name that could be allowed. */
export const PUBLIC_HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** Hosts that lead back into a network, or nowhere. */
export const INNER_HOST = /(^|\.)(localhost|local|internal|home\.arpa|invalid|test|onion)$/;

/** A name of a header, as HTTP has it. */
export const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;

/** What EventBridge takes as the name in a credential, and as the rights that a token is asked for. */
export const CREDENTIAL_NAME = /^(?!\s*$)[^\p{Cc}:]{1,512}$/u;
export const CREDENTIAL_SCOPE = /^[ -~]{1,512}$/;

/** Characters of an address that EventBridge calls. */
export const URL_MOST = 2048;
