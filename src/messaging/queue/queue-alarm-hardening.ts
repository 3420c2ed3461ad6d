import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { deadLetterWatch } from './queue-alarms';
import { alarmStep } from '../../alarms/alarm-hardening';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { deadLetterUsesOf } from '../dead-letter-uses';

/** Failed messages, wherever they come from: in other queues a message waits for somebody who looks. */
const DEAD_LETTERS = alarmStep<CfnQueue>({
  type: 'AWS::SQS::Queue',
  rule: 'DeadLetterAlarm',
  when: (queue, site) => deadLetterUsesOf(queue, site) !== undefined,
  watches: (queue) => [deadLetterWatch(queue.attrQueueName)],
  names: (queue) => [queue.queueName],
});

/** What hardening does so that somebody hears of messages that failed. */
export const QUEUE_ALARM_HARDENING: readonly HardeningStep[] = [DEAD_LETTERS];
