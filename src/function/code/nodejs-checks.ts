import { existsSync } from 'fs';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { placeOf, refuse } from '../../core/configuration-error';
import { NODEJS_RUNTIME } from '../function-baseline';

/** CDK checks the entry too, but only after the role and the log group were made. */
export function checkEntry(scope: Construct, id: string, entry: string): void {
  if (/\.[cm]?[jt]sx?$/.test(entry) && existsSync(entry)) return;
  refuse(placeOf(scope, id), {
    code: 'SecureFunction.Entry',
    prop: 'entry',
    must: 'must be a TypeScript or JavaScript file that exists',
    got: entry,
    fix: 'give its path, relative to the working directory or made absolute with path.join(__dirname, …)',
  });
}

/** The runtime that was given, or the newest. */
export function nodejsRuntime(scope: Construct, id: string, given: Runtime | undefined): Runtime {
  const runtime = given ?? new Runtime(NODEJS_RUNTIME, RuntimeFamily.NODEJS, { supportsInlineCode: true });
  if (runtime.family === RuntimeFamily.NODEJS) return runtime;
  return refuse(placeOf(scope, id), {
    code: 'SecureFunction.Runtime',
    prop: 'runtime',
    must: 'must be a Node.js runtime',
    got: runtime.name,
    fix: `leave it out to use ${NODEJS_RUNTIME}, or use SecureFunction for another language`,
  });
}
