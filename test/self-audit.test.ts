import { API_CASES } from './api/audit-cases';
import { FUNCTION_CASES } from './function/audit-cases';
import { STORAGE_CASES } from './storage/audit-cases';
import { AuditCase, selfAudit } from './support/self-audit';
import { StackAlarmTopic } from '../src/alarms/stack-alarm-topic';
import { StackDataKey } from '../src/core/stack-data-key';
import { SecureWebAcl } from '../src/waf/secure-web-acl';

const SHARED_CASES: readonly AuditCase[] = [
  ['SecureWebAcl', (stack) => { new SecureWebAcl(stack, 'Acl'); }],
  ['StackAlarmTopic', (stack) => { StackAlarmTopic.of(stack); }],
  ['StackDataKey', (stack) => { StackDataKey.of(stack); }],
];

selfAudit([...FUNCTION_CASES, ...STORAGE_CASES, ...API_CASES, ...SHARED_CASES], [
  'APIG2',
  'APIG3',
  'IAM5[Resource::*]',
  'IAM5[Resource::<…>…*]',
  'LambdaDLQ',
  'LambdaStarPermissions',
  'RouteAuthorization[GET /health]',
  'S1',
  'S3BucketDefaultLockEnabled',
  'S3BucketLoggingEnabled',
  'S3BucketReplicationEnabled',
  'S3DefaultEncryptionKMS',
  'SQSRedrivePolicy',
]);
