import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { aFunction, AuditCase } from '../support/self-audit';

export const API_CASES: readonly AuditCase[] = [
  ['SecureApi', (stack) => {
    const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
    const fn = aFunction(stack);
    api.addRoute('GET', '/orders/{id}', fn);
    api.addRoute('POST', '/orders', fn, { body: { type: 'object', properties: { item: { type: 'string', maxLength: 64 } } } });
    api.addRoute('GET', '/health', fn, { auth: ApiAuth.open('load balancer probe, returns no data') });
  }],
];
