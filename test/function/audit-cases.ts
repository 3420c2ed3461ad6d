import { join } from 'path';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { aFunction, AuditCase, demanded } from '../support/self-audit';

export const FUNCTION_CASES: readonly AuditCase[] = [
  ['SecureFunction', (stack) => { aFunction(stack); }],
  ['SecureFunction, called asynchronously', (stack) => { aFunction(stack).configureAsyncInvoke({}); }],
  ['SecureNodejsFunction', (stack) => {
    new SecureNodejsFunction(stack, 'Orders', { ...demanded(stack), entry: join(__dirname, '../fixtures/fresh-app/handler.ts') });
  }],
];
