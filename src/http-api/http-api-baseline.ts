import { Duration } from 'aws-cdk-lib';

/** The stage without a name: the path at the API's address begins with the route, not with a stage. */
export const HTTP_STAGE_NAME = '$default';

/** The route that takes what no other route takes. */
export const DEFAULT_ROUTE = '$default';

/** The context of a request as an event of the function; the older format loses cookies and the route's key. */
export const PAYLOAD_FORMAT = '2.0';

/**
 * What AWS takes for an authorizer.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const AUTHORIZER_AUDIENCES_MAX = 50;
export const HTTP_AUTHORIZER_TTL_MAX = Duration.hours(1);

/** Part of the key of each kept answer, or the answer for one route would be used for all others. */
export const ROUTE_KEY_SOURCE = '$context.routeKey';

/** CloudFront waits longer for an answer than API Gateway does, and no longer than it may without a higher quota. */
export const ORIGIN_READ_TIMEOUT = Duration.seconds(60);

/** The only region from which CloudFront takes certificates. */
export const CERTIFICATE_REGION = 'us-east-1';

/**
 * What Lambda asks for before a function runs through its URL: since October 2025 both, the second with the condition that it is through the URL.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export const URL_INVOKE_ACTION = 'lambda:InvokeFunctionUrl';
export const INVOKE_VIA_URL_ACTION = 'lambda:InvokeFunction';

/** In which callers of CloudFront send the hash of the body, since Lambda takes no unsigned bodies. */
export const BODY_HASH_HEADER = 'x-amz-content-sha256';

/**
 * What signed requests carry besides Authorization: pages could not send them otherwise.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const SIGNING_HEADERS = ['X-Amz-Content-Sha256', 'X-Amz-Date', 'X-Amz-Security-Token'];

/**
 * One line of the access log: who, what, from where, with which result. No token, header or body, no path or query string as the caller
 * wrote it. Behind CloudFront `sourceIp` is an address of CloudFront; the caller's own stands in the distribution's log.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export const HTTP_ACCESS_LOG_FIELDS: { readonly [name: string]: string } = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  requestTime: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  httpMethod: '$context.httpMethod',
  routeKey: '$context.routeKey',
  protocol: '$context.protocol',
  status: '$context.status',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integration.latency',
  integrationRequestId: '$context.integration.requestId',
  integrationError: '$context.integration.error',
  principalId: '$context.authorizer.principalId',
  subject: '$context.authorizer.claims.sub',
  caller: '$context.identity.caller',
  userArn: '$context.identity.userArn',
  clientCertificate: '$context.identity.clientCert.serialNumber',
  authorizerError: '$context.authorizer.error',
  errorType: '$context.error.responseType',
};
