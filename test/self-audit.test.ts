import { API_CASES } from './api/audit-cases';
import { FUNCTION_CASES } from './function/audit-cases';
import { STORAGE_CASES } from './storage/audit-cases';
import { aFunction, AuditCase, selfAudit } from './support/self-audit';
import { THIRD_PARTY_CASES } from './third-party/audit-cases';
import { AlarmRecipient } from '../src/alarms/alarm-recipient';
import { StackAlarmTopic } from '../src/alarms/stack-alarm-topic';
import { StackDashboard } from '../src/alarms/stack-dashboard';
import { StackDataKey } from '../src/core/stack-data-key';
import { SecureWebAcl } from '../src/waf/secure-web-acl';

const SHARED_CASES: readonly AuditCase[] = [
  ['SecureWebAcl', (stack) => { new SecureWebAcl(stack, 'Acl'); }],
  ['StackAlarmTopic', (stack) => { StackAlarmTopic.of(stack); }],
  ['StackAlarmTopic with all recipients', (stack) => {
    StackAlarmTopic.notify(stack, AlarmRecipient.email('oncall@example.com'), AlarmRecipient.lambdaFunction(aFunction(stack)),
      AlarmRecipient.slack({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' }),
      AlarmRecipient.incident('arn:aws:ssm-incidents::111122223333:response-plan/oncall'));
  }],
  ['StackDashboard', (stack) => { aFunction(stack); StackDashboard.of(stack); }],
  ['StackDataKey', (stack) => { StackDataKey.of(stack); }],
];

selfAudit([...FUNCTION_CASES, ...STORAGE_CASES, ...API_CASES, ...THIRD_PARTY_CASES, ...SHARED_CASES], [
  'APIG2',
  'APIG3',
  'BucketAccessLog',
  'BucketCustomerKey',
  'BucketObjectLock',
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
  'SQS3',
  'SQSRedrivePolicy',
]);
