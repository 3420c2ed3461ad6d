import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { SecureWebSocketApiProps } from './secure-web-socket-api-props';
import { checkWebSocketAuth } from './websocket-auth';
import { DEFAULT_MESSAGE_ROUTE, ROUTE_SELECTION, WEBSOCKET_STAGE_NAME } from './websocket-baseline';
import { WebSocketRouteOptions } from './websocket-route-options';
import { API_DESCRIPTION_MOST } from '../api/api-baseline';
import { checkDomain } from '../api/domains/api-domain';
import { checkHandlerEnvironment } from '../api/routes/handler-environment';
import { checkHandlerTimeout } from '../api/routes/handler-timeout';
import { checkThrottle } from '../api/routes/route';
import { checkLength } from '../core/checks';
import { refuse } from '../core/configuration-error';

const THROTTLE = 'SecureWebSocketApi.Throttle';
const HANDLER = 'SecureWebSocketApi.Handler';
const HANDLER_TIMEOUT = 'SecureWebSocketApi.HandlerTimeout';
const ROUTE_KEY = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/;

/** Checks the whole of it before anything is made. */
export function checkWebSocketApi(scope: IConstruct, props: SecureWebSocketApiProps): void {
  const { auth, connectHandler, description, disconnectHandler, domain, routeSelectionExpression, stageName, throttle } = props;
  checkLength(scope, description, 0, API_DESCRIPTION_MOST, { code: 'SecureWebSocketApi.Description', prop: 'description', fix: 'shorten it' });
  checkWebSocketAuth(scope, auth);
  for (const handler of [connectHandler, disconnectHandler]) if (handler !== undefined) checkHandlerTimeout(scope, handler, HANDLER_TIMEOUT);
  checkHandlerEnvironment(scope, connectHandler, HANDLER, auth._authorizer);
  if (disconnectHandler !== undefined) checkHandlerEnvironment(scope, disconnectHandler, HANDLER);
  if (throttle !== undefined) checkThrottle(scope, throttle, 'throttle', THROTTLE);
  if (domain !== undefined) checkDomain(scope, domain, false);
  if (domain?.mutualTls !== undefined) {
    refuse(scope, {
      code: 'SecureWebSocketApi.MutualTls', prop: 'domain.mutualTls', must: 'must be left out, because API Gateway asks clients of WebSocket APIs for no certificates', fix: 'let a Lambda authorizer or IAM say who may connect',
    });
  }
  if (routeSelectionExpression !== undefined && !/^\$request\.body\.[A-Za-z0-9_.-]+$/.test(routeSelectionExpression)) {
    refuse(scope, {
      code: 'SecureWebSocketApi.RouteSelection', prop: 'routeSelectionExpression', must: 'must point into the JSON of a message', got: routeSelectionExpression, fix: `leave it out to use '${ROUTE_SELECTION}'`,
    });
  }
  if (stageName !== undefined && !/^[A-Za-z0-9_-]{1,128}$/.test(stageName)) {
    refuse(scope, {
      code: 'SecureWebSocketApi.StageName', prop: 'stageName', must: 'must be 1 to 128 letters, digits, hyphens and underscores, known at synthesis', got: stageName, fix: `leave it out to use '${WEBSOCKET_STAGE_NAME}'`,
    });
  }
}

/** The routes that begin with `$` are API Gateway's own, and have props and methods of their own. */
export function checkMessageRoute(scope: IConstruct, key: string, handler: IFunction, options: WebSocketRouteOptions): void {
  if (key !== DEFAULT_MESSAGE_ROUTE && !ROUTE_KEY.test(key)) {
    refuse(scope, {
      code: 'SecureWebSocketApi.RouteKey',
      prop: 'key',
      must: 'must be 1 to 128 letters, digits and . _ : / -, known at synthesis',
      got: key,
      fix: key.startsWith('$') ? "use 'connectHandler', 'disconnectHandler' or addDefaultRoute() for the routes of API Gateway" : 'rename the route',
    });
  }
  checkHandlerTimeout(scope, handler, HANDLER_TIMEOUT);
  checkHandlerEnvironment(scope, handler, HANDLER);
  if (options.throttle !== undefined) checkThrottle(scope, options.throttle, 'throttle', THROTTLE);
}
