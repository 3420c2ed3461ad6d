import { Stack } from 'aws-cdk-lib';
import { ApiAuth, SecureApi, SecureBucket, SecureFunction } from 'cdk-secure-serverless';
import { HANDLER } from './shape';

export function build(stack: Stack, functions: number): void {
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
  const data = new SecureBucket(stack, 'Data');
  for (let i = 0; i < functions; i++) {
    const fn = new SecureFunction(stack, `Function${i}`, HANDLER);
    data.allowRead(fn, { prefix: 'public/' });
    api.addRoute('GET', `/items${i}`, fn);
  }
}
