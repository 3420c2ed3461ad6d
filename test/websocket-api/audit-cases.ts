import { ConnectionAction } from '../../src/websocket-api/connection-action';
import { SecureWebSocketApi } from '../../src/websocket-api/secure-web-socket-api';
import { WebSocketAuth } from '../../src/websocket-api/websocket-auth';
import { aFunction, AuditCase } from '../support/self-audit';

export const WEBSOCKET_API_CASES: readonly AuditCase[] = [
  ['SecureWebSocketApi', (stack) => {
    const api = new SecureWebSocketApi(stack, 'Chat', { auth: WebSocketAuth.iam(), connectHandler: aFunction(stack, 'Connect') });
    api.allowConnect(aFunction(stack, 'Caller'));
  }],
  ['SecureWebSocketApi with all routes and its verbs', (stack) => {
    const fn = aFunction(stack);
    const api = new SecureWebSocketApi(stack, 'Chat', {
      auth: WebSocketAuth.lambda(aFunction(stack, 'Authorizer')), connectHandler: fn, disconnectHandler: fn,
    });
    api.addRoute('sendMessage', fn, { throttle: { rate: 10, burst: 5 } });
    api.addRoute('ask', fn, { returnResponse: true });
    api.addDefaultRoute(fn);
    api.allowManageConnections(fn, { actions: [ConnectionAction.SEND, ConnectionAction.CLOSE] });
  }],
  ['SecureWebSocketApi for everybody', (stack) => {
    new SecureWebSocketApi(stack, 'Chat', { auth: WebSocketAuth.open('public ticker, takes no messages'), connectHandler: aFunction(stack) });
  }],
];
