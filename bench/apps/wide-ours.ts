import { Stack } from 'aws-cdk-lib';
import { ApiAuth, SecureApi, SecureBucket, SecureFunction } from 'cdk-secure-serverless';
import { HANDLER } from './shape';

export function build(stack: Stack, paths: readonly (readonly string[])[]): void {
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
  const data = new SecureBucket(stack, 'Data');
  paths.forEach((of, i) => {
    const fn = new SecureFunction(stack, `Function${i}`, HANDLER);
    data.allowRead(fn, { prefix: 'public/' });
    for (const path of of) api.addRoute('GET', `/${path}`, fn);
  });
}
