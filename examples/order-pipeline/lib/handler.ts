import { join } from 'path';
import { SecureFunctionOptions, SecureNodejsFunction } from 'cdk-secure-serverless';
import { Construct } from 'constructs';

/** A function of this app: a file of `src`, bundled. */
export class Handler extends SecureNodejsFunction {
  constructor(scope: Construct, id: string, file: string, options: SecureFunctionOptions) {
    super(scope, id, { ...options, entry: join(__dirname, '..', 'src', file) });
  }
}
