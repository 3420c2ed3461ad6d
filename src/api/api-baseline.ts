import { Duration } from 'aws-cdk-lib';
import { EndpointAccessMode, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';

/**
 * TLS 1.3 with post-quantum key exchange; clients of TLS 1.2 get forward secrecy or nothing. The policy that speaks TLS 1.3
 * only has no post-quantum key exchange yet and locks out clients of TLS 1.2.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies-list.html
 */
export const API_TLS_POLICY = SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09;

/** Requests must come through the API's own kind of endpoint and name it in the handshake. */
export const API_ENDPOINT_ACCESS = EndpointAccessMode.STRICT;

/**
 * The strongest policy under which a domain can ask clients for certificates.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 */
export const MUTUAL_TLS_POLICY = SecurityPolicy.TLS_1_2;

/** How many origins and headers a function URL takes, and of how many characters. */
export const URL_CORS = { most: 100, longest: { origins: 253, headers: 1024 } } as const;

/** The longest key of an object in S3, and the longest id of its versions. */
export const OBJECT_NAME_MOST = 1024;

export const STAGE_NAME = 'prod';

/**
 * Characters that the description of an HTTP or WebSocket API may have.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
 */
export const API_DESCRIPTION_MOST = 1024;

/** Requests per second that the whole stage takes. */
export const THROTTLE_RATE = 500;

/** Requests that the whole stage takes at once. */
export const THROTTLE_BURST = 250;

/**
 * What an account may do in a region over all of its APIs: a throttle at or above the quota protects nothing.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const ACCOUNT_RATE = 10_000;
export const ACCOUNT_BURST = 5_000;

/** Requests longer than this are answered with 504, whatever the function's own timeout. */
export const INTEGRATION_TIMEOUT = Duration.seconds(29);

export const AUTHORIZER_TTL_MAX = Duration.hours(1);
export const CACHE_TTL_MAX = Duration.hours(1);

/** The smallest cache, in GB. */
export const CACHE_SIZE = '0.5';

export const METHODS = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];

/** Methods whose requests carry a body that a schema can describe. */
export const BODY_METHODS = ['PATCH', 'POST', 'PUT'];

/** Methods whose responses may be kept in the stage's cache. */
export const CACHEABLE_METHODS = ['GET', 'HEAD'];

/** Path of the service's own health check. */
export const RESERVED_PATHS = ['/ping', '/sping'];

/** Headers of every answer that API Gateway gives by itself. A function sets those of its own answers. */
export const SECURITY_HEADERS: { readonly [header: string]: string } = {
  'Cache-Control': 'no-store',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
};

/** What callers read when API Gateway answers by itself: the kind of failure and a request id, never the cause. */
export const GATEWAY_MESSAGES: { readonly [type: string]: string } = {
  ACCESS_DENIED: 'Forbidden',
  BAD_REQUEST_BODY: 'Invalid request body',
  BAD_REQUEST_PARAMETERS: 'Invalid request parameters',
  DEFAULT_4XX: 'Request refused',
  DEFAULT_5XX: 'Internal error',
  MISSING_AUTHENTICATION_TOKEN: 'Forbidden',
  QUOTA_EXCEEDED: 'Too many requests',
  THROTTLED: 'Too many requests',
  UNAUTHORIZED: 'Unauthorized',
};

/**
 * One line of the access log: who, what, from where, with which result. No token, header or body, and no text that a caller
 * writes freely: quotes in a user agent or in a validation message would let callers forge fields of the line.
 */
export const ACCESS_LOG_FIELDS: { readonly [name: string]: string } = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  requestTime: '$context.requestTime',
  traceId: '$context.xrayTraceId',
  sourceIp: '$context.identity.sourceIp',
  httpMethod: '$context.httpMethod',
  resourcePath: '$context.resourcePath',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  integrationRequestId: '$context.integration.requestId',
  principalId: '$context.authorizer.principalId',
  subject: '$context.authorizer.claims.sub',
  caller: '$context.identity.caller',
  userArn: '$context.identity.userArn',
  apiKeyId: '$context.identity.apiKeyId',
  authorizerStatus: '$context.authorizer.status',
  authorizerError: '$context.authorizer.error',
  errorType: '$context.error.responseType',
  wafStatus: '$context.waf.status',
  wafResponseCode: '$context.wafResponseCode',
  tlsVersion: '$context.tlsVersion',
  cipherSuite: '$context.cipherSuite',
};

/** The right to call one route of an API under IAM. */
export const INVOKE_ACTIONS = ['execute-api:Invoke'];

/** The longest logical id of a resource. */
export const LOGICAL_ID_MOST = 255;
