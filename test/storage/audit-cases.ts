import { SecureBucket } from '../../src/storage/secure-bucket';
import { StackAccessLogBucket } from '../../src/storage/stack-access-log-bucket';
import { aFunction, AuditCase } from '../support/self-audit';

export const STORAGE_CASES: readonly AuditCase[] = [
  ['SecureBucket', (stack) => { new SecureBucket(stack, 'Receipts'); }],
  ['SecureBucket with all verbs', (stack) => {
    const bucket = new SecureBucket(stack, 'Receipts');
    const fn = aFunction(stack);
    bucket.allowRead(fn, { prefix: 'in/' });
    bucket.allowWrite(fn);
    bucket.allowAppend(fn, { prefix: 'log/' });
    bucket.allowDelete(fn, { prefix: 'tmp/' });
    bucket.allowList(fn);
  }],
  ['StackAccessLogBucket', (stack) => { StackAccessLogBucket.of(stack); }],
];
