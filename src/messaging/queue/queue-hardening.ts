import { Token } from 'aws-cdk-lib';
import { CfnQueue, CfnQueueInlinePolicy, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import {
  ALL_QUEUE_ACTIONS, DEAD_LETTER_QUEUE_REASON, DEAD_LETTER_RETENTION_DAYS, QUEUE_STATEMENTS_MOST, RECEIVE_COUNT, REDRIVE_SOURCES_MOST,
} from './queue-baseline';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { PolicyKind } from '../../core/hardening/resource-policy';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { transportStep } from '../../core/hardening/steps/transport-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { DeadLetterUses, deadLetterUsesOf, isNamedForDeadLetters } from '../dead-letter-uses';
import { TLS_GUARDED_QUEUE_ACTIONS } from '../messaging-baseline';
import { redriveQueueOf } from '../stack-redrive-queue';

const QUEUE = { area: HardeningArea.MESSAGING, type: 'AWS::SQS::Queue' } as const;

const QUEUE_POLICY: PolicyKind = {
  policyType: 'AWS::SQS::QueuePolicy',
  subjectsOf: (policy) => (policy as CfnQueuePolicy).queues,
  nameOf: (queue) => (queue as CfnQueue).queueName,
  documentOf: (policy) => (policy as CfnQueuePolicy).policyDocument,
  write: (policy, document) => { (policy as CfnQueuePolicy).policyDocument = document; },
  make: (scope, id, queue, policyDocument) => new CfnQueuePolicy(scope, id, { queues: [queue.ref], policyDocument }),
  rival: { type: 'AWS::SQS::QueueInlinePolicy', subjectOf: (policy) => (policy as CfnQueueInlinePolicy).queue },
};

/** SQS encrypts new queues by itself: only who says no gets none. */
const ENCRYPTION = valueStep<CfnQueue>({
  ...QUEUE,
  rule: 'QueueEncryption',
  property: 'SqsManagedSseEnabled',
  when: (queue) => queue.kmsMasterKeyId === undefined && queue.sqsManagedSseEnabled !== undefined,
  read: (queue) => queue.sqsManagedSseEnabled,
  secure: () => true,
  write: (queue, secure) => { queue.sqsManagedSseEnabled = secure; },
  unsafe: (enabled: boolean) => !enabled,
});

const DEAD_LETTER_RETENTION = valueStep<CfnQueue>({
  ...QUEUE,
  rule: 'DeadLetterRetention',
  property: 'MessageRetentionPeriod',
  when: (queue, site) => (deadLetterUsesOf(queue, site)?.queues.length ?? 0) > 0,
  read: (queue) => queue.messageRetentionPeriod,
  secure: () => DEAD_LETTER_RETENTION_DAYS * 24 * 3600,
  write: (queue, seconds) => { queue.messageRetentionPeriod = seconds; },
});

const TLS = transportStep({
  ...QUEUE,
  ...QUEUE_POLICY,
  rule: 'QueueTlsOnly',
  actions: ALL_QUEUE_ACTIONS,
  guarded: TLS_GUARDED_QUEUE_ACTIONS,
  arnsOf: (queue) => [(queue as CfnQueue).attrArn],
  mostStatements: QUEUE_STATEMENTS_MOST,
});

/** For failed messages of others, as its name or what it allows says: a redrive policy of its own would be a second last stop. */
function isMeantForDeadLetters(queue: CfnQueue, site: HardeningSite): boolean {
  const allowed = site.resolve(queue, queue.redriveAllowPolicy) as { readonly redrivePermission?: unknown } | undefined;
  return isNamedForDeadLetters(queue, site) || ['allowAll', 'byQueue'].includes(String(allowed?.redrivePermission));
}

const isFifo = ({ fifoQueue, queueName }: CfnQueue) => fifoQueue === true || typeof queueName === 'string' && queueName.endsWith('.fifo');

/** The queue of the stack for failed messages is made when the first queue needs it. */
const REDRIVE: HardeningStep = {
  ...QUEUE,
  rule: 'QueueRedrivePolicy',
  plan: (resource, site) => {
    const queue = resource as CfnQueue;
    const property = 'RedrivePolicy';
    if (site.overrideOf(queue, property) !== undefined || site.resolve(queue, queue.redrivePolicy) !== undefined) return [];
    if (deadLetterUsesOf(queue, site) !== undefined) return [];
    const maxReceiveCount = RECEIVE_COUNT.standard;
    const after = `the queue of the stack for failed messages, after ${maxReceiveCount} receives`;
    if (isMeantForDeadLetters(queue, site)) return [{ standing: Standing.AUTHORS, property, after, advice: UNUSED_ADVICE }];
    if (Token.isUnresolved(queue.fifoQueue)) return [{ standing: Standing.UNKNOWN, property, after }];
    return [{
      standing: Standing.MISSING,
      property,
      after,
      attention: `A message that is received ${maxReceiveCount} times and not deleted goes to another queue: see that consumers delete what they `
        + `have done, and that no redrive policy was set by hand.${isFifo(queue) ? ' The messages behind it in its group go on without it.' : ''}`,
      adds: 1,
      apply: () => {
        queue.redrivePolicy = { deadLetterTargetArn: redriveQueueOf(queue, isFifo(queue)).queueArn, maxReceiveCount };
      },
    }];
  },
};

const UNUSED_ADVICE = 'The queue is meant for dead letters, by its name or by what it allows, but no resource of the app names it as the place for '
  + 'what failed: name it where failures should end, or, where code sends messages to it, give it a redrive policy of its own.';

/** Queues of another stack would find a closed door, and have to be named. */
const SOURCES = valueStep<CfnQueue>({
  ...QUEUE,
  rule: 'DeadLetterSources',
  property: 'RedriveAllowPolicy',
  when: (queue, site) => deadLetterUsesOf(queue, site) !== undefined,
  read: (queue) => queue.redriveAllowPolicy,
  secure: (queue, site) => allowedSources(deadLetterUsesOf(queue, site)!),
  write: (queue, policy) => { queue.redriveAllowPolicy = policy; },
  safe: ({ redrivePermission }: { redrivePermission?: unknown }) => redrivePermission === 'byQueue' || redrivePermission === 'denyAll',
  attention: 'Queues outside of this app that put their failed messages here are refused from now on: name them in the redrive allow policy.',
});

const UNNAMED_SOURCES = proposalStep<CfnQueue>({
  ...QUEUE,
  rule: 'DeadLetterSources',
  property: 'RedriveAllowPolicy',
  when: (queue, site) => {
    const uses = deadLetterUsesOf(queue, site);
    return uses !== undefined && queue.redriveAllowPolicy === undefined && site.overrideOf(queue, 'RedriveAllowPolicy') === undefined
      && allowedSources(uses) === undefined;
  },
  after: 'the ARNs of the queues whose failed messages end here',
  advice: 'Give the source queues names (queueName), which replaces them, and name their ARNs in the redrive allow policy: '
    + 'a name that CloudFormation makes would close a circle.',
});

/** Only services, which the policy of the queue judges, or queues whose ARNs are known before they are made; SQS takes ten. */
function allowedSources({ queues }: DeadLetterUses): object | undefined {
  if (queues.length === 0) return { redrivePermission: 'denyAll' };
  if (queues.length > REDRIVE_SOURCES_MOST) return undefined;
  const arns = queues.map(({ queueName, stack }) => (
    queueName === undefined || Token.isUnresolved(queueName) ? undefined : stack.formatArn({ service: 'sqs', resource: queueName })));
  return arns.includes(undefined) ? undefined : { redrivePermission: 'byQueue', sourceQueueArns: arns };
}

const LAST_STOP = findingStep<CfnQueue>({
  ...QUEUE,
  rule: 'QueueRedrivePolicy',
  packs: [NagPackId.SERVERLESS],
  finding: 'SQSRedrivePolicy',
  when: (queue, site) => queue.redrivePolicy === undefined && deadLetterUsesOf(queue, site) !== undefined,
  reason: DEAD_LETTER_QUEUE_REASON,
});

/** AwsSolutions looks for queues and functions that name the queue, and not for the services that do. */
const LAST_STOP_OF_SERVICES = findingStep<CfnQueue>({
  ...QUEUE,
  rule: 'QueueRedrivePolicy',
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'SQS3',
  when: (queue, site) => {
    const uses = deadLetterUsesOf(queue, site);
    return queue.redrivePolicy === undefined && uses !== undefined && uses.queues.length === 0 && !uses.functions;
  },
  reason: DEAD_LETTER_QUEUE_REASON,
});

const KEY = proposalStep<CfnQueue>({
  ...QUEUE,
  rule: 'QueueKey',
  property: 'KmsMasterKeyId',
  when: (queue, site) => site.controls(queue).customerKeys && queue.kmsMasterKeyId === undefined,
  after: 'a key of your own',
  advice: 'Set encryptionMasterKey, and give everybody who sends or receives the use of the key first, services in its policy: whoever lacks it loses messages.',
});

/** What hardening does to queues. */
export const QUEUE_HARDENING: readonly HardeningStep[] = [
  ENCRYPTION, KEY, REDRIVE, LAST_STOP, LAST_STOP_OF_SERVICES, DEAD_LETTER_RETENTION, SOURCES, UNNAMED_SOURCES, TLS,
];
