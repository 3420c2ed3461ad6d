import { Duration } from 'aws-cdk-lib';

export const WEBSOCKET_STAGE_NAME = 'prod';

/** The only route on which API Gateway can ask who is there. */
export const CONNECT_ROUTE = '$connect';
export const DISCONNECT_ROUTE = '$disconnect';
export const DEFAULT_MESSAGE_ROUTE = '$default';

/** Why APIG4 is wrong about all other routes. */
export const ASKED_ON_CONNECT = 'API Gateway asks who calls when a connection is opened, on $connect, and takes no authorizer on any other route: '
  + 'a message needs a connection that $connect let in.';

/** Where a message says which route it is for. */
export const ROUTE_SELECTION = '$request.body.action';

/**
 * An integration that takes longer is answered for with an error.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export const WEBSOCKET_INTEGRATION_TIMEOUT = Duration.seconds(29);

/** New connections per second that an account takes over all WebSocket APIs of a region. */
export const ACCOUNT_CONNECTION_RATE = 500;

/** The rights to open a connection, and to speak to open ones. */
export const CONNECT_ACTIONS = ['execute-api:Invoke'];
export const MANAGE_CONNECTIONS_ACTIONS = ['execute-api:ManageConnections'];

/**
 * One line of the access log for each connection, message and end. No token, message or header; neither the query string nor the address
 * as the caller wrote it, where tokens of browsers often are.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
 */
export const WEBSOCKET_ACCESS_LOG_FIELDS: { readonly [name: string]: string } = {
  requestId: '$context.requestId',
  extendedRequestId: '$context.extendedRequestId',
  requestTime: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  connectionId: '$context.connectionId',
  connectedAt: '$context.connectedAt',
  messageId: '$context.messageId',
  status: '$context.status',
  integrationStatus: '$context.integration.status',
  integrationLatency: '$context.integrationLatency',
  principalId: '$context.authorizer.principalId',
  caller: '$context.identity.caller',
  userArn: '$context.identity.userArn',
  authorizerStatus: '$context.authorizer.status',
  authorizerError: '$context.authorizer.error',
  errorType: '$context.error.responseType',
};
