import { Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { ServiceRole } from '../../src/iam/service-role';
import { QueueDeadLetter } from '../../src/messaging/queue-dead-letter';
import { QueueSender } from '../../src/messaging/queue-sender';
import { SecureQueue } from '../../src/messaging/secure-queue';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { AuditCase } from '../support/self-audit';

/** Somebody with a role of the house, so that the findings are those of the messaging constructs. */
function aWorker(stack: Stack): ServiceRole {
  return new ServiceRole(stack, 'Worker', { service: 'lambda.amazonaws.com', description: 'Works' });
}

const QUEUE_CASES: readonly AuditCase[] = [
  ['SecureQueue', (stack) => { new SecureQueue(stack, 'Jobs'); }],
  ['SecureQueue in FIFO order', (stack) => { new SecureQueue(stack, 'Jobs', { fifo: { highThroughput: true } }); }],
  ['SecureQueue with all verbs', (stack) => {
    const queue = new SecureQueue(stack, 'Jobs');
    const worker = aWorker(stack);
    queue.allowSend(worker);
    queue.allowReceive(worker);
    queue.allowPurge(worker);
    queue.allowRedrive(worker);
    queue.allowSendFrom(QueueSender.service('ses.amazonaws.com', 'arn:aws:ses:eu-west-1:111122223333:identity/shop.example.com'));
  }],
  ['SecureQueue with a last stop of the stack', (stack) => {
    const deadLetter = QueueDeadLetter.to(new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() }));
    new SecureQueue(stack, 'Jobs', { deadLetter });
  }],
  ['StackDeadLetterQueue', (stack) => {
    const queue = StackDeadLetterQueue.allowDeadLetters(stack, 'events.amazonaws.com', 'arn:aws:events:eu-west-1:111122223333:rule/nightly');
    new Rule(stack, 'Nightly', { eventPattern: { source: ['shop'] } }).addTarget({
      bind: () => ({ arn: queue.queueArn, deadLetterConfig: { arn: queue.queueArn } }),
    });
  }],
];

export const MESSAGING_CASES: readonly AuditCase[] = [...QUEUE_CASES];
