import { Duration } from 'aws-cdk-lib';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { HttpApiFront } from '../../src/http-api/http-api-front';
import { SecureHttpApi } from '../../src/http-api/secure-http-api';
import { aFunction, AuditCase } from '../support/self-audit';

const DIRECT = HttpApiFront.none('only the services of this company call it');

export const HTTP_API_CASES: readonly AuditCase[] = [
  ['SecureHttpApi', (stack) => {
    new SecureHttpApi(stack, 'Api', { auth: HttpApiAuth.iam(), front: DIRECT }).addRoute('GET', '/orders', aFunction(stack));
  }],
  ['SecureHttpApi with all kinds of auth and its verb', (stack) => {
    const fn = aFunction(stack);
    const api = new SecureHttpApi(stack, 'Api', {
      auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: ['shop'] }),
      front: DIRECT,
      cors: { origins: ['https://shop.example.com'] },
    });
    api.addRoute('GET', '/orders/{id}', fn, { scopes: ['orders/read'], throttle: { rate: 10, burst: 5 } });
    api.addRoute('POST', '/orders', fn, { auth: HttpApiAuth.lambda(aFunction(stack, 'Authorizer'), { ttl: Duration.minutes(1) }) });
    api.addRoute('PUT', '/orders/{id}', fn, { auth: HttpApiAuth.iam() });
    api.addRoute('GET', '/health', fn, { auth: HttpApiAuth.open('load balancer probe, returns no data') });
    api.allowInvoke(aFunction(stack, 'Caller'), 'PUT', '/orders/{id}');
  }],
];
