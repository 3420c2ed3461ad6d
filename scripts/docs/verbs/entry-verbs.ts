import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ConstructWithVerbs } from './verb';
import { ApiAuth } from '../../../src/api/access/api-auth';
import { SecureApi } from '../../../src/api/secure-api';
import { EdgeDistribution } from '../../../src/edge/edge-distribution';
import { EdgeDomain } from '../../../src/edge/edge-domain';
import { EdgeKind } from '../../../src/edge/edge-kind';
import { SecureNodejsFunction } from '../../../src/function/secure-nodejs-function';
import { FunctionUrlAuth } from '../../../src/http-api/function-url-auth';
import { HttpApiAuth } from '../../../src/http-api/http-api-auth';
import { HttpApiFront } from '../../../src/http-api/http-api-front';
import { SecureFunctionUrl } from '../../../src/http-api/secure-function-url';
import { SecureHttpApi } from '../../../src/http-api/secure-http-api';
import { SecureWebsite } from '../../../src/website/secure-website';
import { SecureWebSocketApi } from '../../../src/websocket-api/secure-web-socket-api';
import { WebSocketAuth } from '../../../src/websocket-api/websocket-auth';
import { aFunction } from '../../../test/support/self-audit';

/** Functions, and what stands before them. */
export const ENTRY_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'SecureFunction',
    verbs: (stack) => {
      const fn = aFunction(stack, 'Function');
      return [{ call: 'allowInvoke(caller)', give: (caller) => fn.allowInvoke(caller) }];
    },
  },
  {
    name: 'SecureNodejsFunction',
    verbs: (stack) => {
      const fn = new SecureNodejsFunction(stack, 'Function', { entry: join(__dirname, '../../../test/fixtures/fresh-app/handler.ts') });
      return [{ call: 'allowInvoke(caller)', give: (caller) => fn.allowInvoke(caller) }];
    },
  },
  {
    name: 'SecureApi',
    verbs: (stack) => {
      const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
      api.addRoute('GET', '/orders/{id}', aFunction(stack, 'Function'));
      return [{ call: "allowInvoke(caller, 'GET', '/orders/{id}')", give: (caller) => api.allowInvoke(caller, 'GET', '/orders/{id}') }];
    },
  },
  {
    name: 'SecureHttpApi',
    verbs: (stack) => {
      const api = new SecureHttpApi(stack, 'Api', { auth: HttpApiAuth.iam(), front: HttpApiFront.none('only services of this account call it') });
      api.addRoute('GET', '/orders/{id}', aFunction(stack, 'Function'));
      return [{ call: "allowInvoke(caller, 'GET', '/orders/{id}')", give: (caller) => api.allowInvoke(caller, 'GET', '/orders/{id}') }];
    },
  },
  {
    name: 'SecureFunctionUrl',
    verbs: (stack) => {
      const handler = aFunction(stack, 'Function', { reservedConcurrentExecutions: 5 });
      const url = new SecureFunctionUrl(stack, 'Url', { handler, auth: FunctionUrlAuth.iam() });
      return [{ call: 'allowInvoke(caller)', give: (caller) => url.allowInvoke(caller) }];
    },
  },
  {
    name: 'SecureWebSocketApi',
    verbs: (stack) => {
      const api = new SecureWebSocketApi(stack, 'Api', { auth: WebSocketAuth.iam(), connectHandler: aFunction(stack, 'Function') });
      return [
        { call: 'allowConnect(caller)', give: (caller) => api.allowConnect(caller) },
        { call: 'allowManageConnections(fn)', give: (fn) => api.allowManageConnections(fn) },
      ];
    },
  },
  {
    name: 'EdgeDistribution',
    verbs: (stack) => {
      const edge = new EdgeDistribution(stack, 'Edge', { kind: EdgeKind.api(), origin: new HttpOrigin('api.example.com'), domain: domainIn(stack) });
      return [{ call: 'allowInvalidate(pipeline)', give: (pipeline) => edge.allowInvalidate(pipeline) }];
    },
  },
  {
    name: 'SecureWebsite',
    verbs: (stack) => {
      const website = new SecureWebsite(stack, 'Website', { domain: domainIn(stack) });
      return [
        { call: 'allowDeploy(pipeline)', give: (pipeline) => website.allowDeploy(pipeline) },
        { call: 'allowInvalidate(pipeline)', give: (pipeline) => website.allowInvalidate(pipeline) },
      ];
    },
  },
];

function domainIn(stack: Stack): EdgeDomain {
  const arn = stack.formatArn({ service: 'acm', region: 'us-east-1', resource: 'certificate', resourceName: 'website' });
  return EdgeDomain.custom({ domainNames: ['www.example.com'], certificate: Certificate.fromCertificateArn(stack, 'Certificate', arn) });
}
