import { AlarmRecipient } from '../../src/alarms/alarm-recipient';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { StackDashboard } from '../../src/alarms/stack-dashboard';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecureWebAcl } from '../../src/waf/secure-web-acl';
import { aFunction, AuditCase } from '../support/self-audit';

/** What the constructs of a stack share, and what looks after them. */
export const SHARED_CASES: readonly AuditCase[] = [
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
