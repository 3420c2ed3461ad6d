import { deadLetterUsesOf, redrivesOf } from '../../model/flow/queues';
import { AppModel } from '../../model/resources/app-model';
import { resourcesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { refusesPlainHttp } from '../../model/rights/transport';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { parsedJson } from '../../model/values/json-text';
import { alternatives, at, elements, isTrue, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';
import { AWS_MANAGED_MESSAGE_KEYS, DEAD_LETTER_NAME, QUEUE_RETENTION_SECONDS, RECEIVE_COUNT, TLS_GUARDED_QUEUE_ACTIONS } from '../messaging-baseline';

const QUEUE = 'AWS::SQS::Queue';

const QUEUE_POLICIES = [{ type: 'AWS::SQS::QueuePolicy', names: 'Queues' }, { type: 'AWS::SQS::QueueInlinePolicy', names: 'Queue' }];

export const QUEUE_ENCRYPTION: Rule = {
  id: 'QueueEncryption',
  severity: Severity.MEDIUM,
  appliesTo: [QUEUE],
  title: 'The messages of a queue lie unencrypted',
  why: 'SQS encrypts new queues by itself: this one was told not to, so that messages with customer data lie in the clear for up to two weeks.',
  fix: 'Leave SqsManagedSseEnabled out or set it to true, or set KmsMasterKeyId to a key of your own. SecureQueue uses the key of the stack.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['FSBP SQS.1', 'CT.SQS.PR.2', 'cdk-nag AwsSolutions-SQS2', 'OWASP Serverless S3'],
  check: (queue) => {
    const key = queue.alternatives('KmsMasterKeyId').map((value) => value !== undefined && value !== '');
    return key.every(Boolean) ? pass() : expectProperty(queue, 'SqsManagedSseEnabled', (value) => value === undefined || isTrue(value));
  },
};

export const QUEUE_KEY: Rule = {
  id: 'QueueKey',
  severity: Severity.LOW,
  control: 'customerKeys',
  appliesTo: [QUEUE],
  title: 'A queue is not encrypted with a key of your own',
  why: 'Whoever may read the queue reads its messages: only a key of your own is a second lock, and shows in the trail who decrypted. '
    + 'The key that AWS manages for SQS (alias/aws/sqs) does not even let other services send.',
  fix: 'Set KmsMasterKeyId to a customer-managed key whose policy lets the senders use it. SecureQueue uses the key of the stack.',
  risks: ['single-layer', 'data-exposure'],
  frameworks: ['CKV_AWS_27', 'cfn_nag W48', 'trivy AWS-0135'],
  check: (queue) => expectProperty(queue, 'KmsMasterKeyId', isOwnKey),
};

export const QUEUE_TLS_ONLY: Rule = {
  id: 'QueueTlsOnly',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [QUEUE],
  title: 'A queue answers requests that are not encrypted on the way',
  why: 'SQS also speaks plain HTTP: a client with a wrong endpoint sends its messages, and the signatures of its requests, in the clear.',
  fix: 'Deny sqs:* to everybody when aws:SecureTransport is false (enforceSSL: true). SecureQueue does.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['cdk-nag AwsSolutions-SQS4', 'OWASP Serverless S3'],
  check: (queue, app) => judgeTransport(refusesPlainHttp(queue, app, QUEUE_POLICIES, TLS_GUARDED_QUEUE_ACTIONS)),
};

export const QUEUE_REDRIVE_POLICY: Rule = {
  id: 'QueueRedrivePolicy',
  severity: Severity.LOW,
  appliesTo: [QUEUE],
  title: 'A queue has no dead-letter queue',
  why: 'A message that nobody can handle is tried again until it expires: it takes up consumers all that time, and is lost unseen at the end.',
  fix: 'Set RedrivePolicy with deadLetterTargetArn and maxReceiveCount (deadLetterQueue). SecureQueue makes a dead-letter queue with an alarm.',
  risks: ['runaway-use', 'unseen-attack'],
  frameworks: ['CT.SQS.PR.1', 'cdk-nag AwsSolutions-SQS3', 'CSA SAS-08'],
  check: (queue, app) => {
    if (isDeadLetterQueue(queue, app)) return notApplicable();
    return worst(redrivesOf(queue).map((redrive) => {
      if (redrive === undefined) return fail('Properties.RedrivePolicy');
      return redrive === 'undecided' ? unresolved('Properties.RedrivePolicy') : pass();
    }));
  },
};

export const QUEUE_RECEIVE_COUNT: Rule = {
  id: 'QueueReceiveCount',
  severity: Severity.LOW,
  appliesTo: [QUEUE],
  title: 'A queue gives up on messages at once, or hardly ever',
  why: 'After one or two receives a message counts as poison although only a deployment or a throttle hit it; after hundreds it was paid for hundreds of times.',
  fix: `Set maxReceiveCount of the redrive policy to ${RECEIVE_COUNT.least} to ${RECEIVE_COUNT.most}.`,
  risks: ['runaway-use', 'misconfiguration'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless S10'],
  check: (queue) => redrivesOf(queue).flatMap((redrive) => (redrive === undefined || redrive === 'undecided' ? [] : alternatives(redrive.maxReceiveCount)))
    .map((count) => {
      if (isUnresolved(count)) return unresolved('Properties.RedrivePolicy.maxReceiveCount');
      const number = numberOf(count);
      const fine = number !== undefined && number >= RECEIVE_COUNT.least && number <= RECEIVE_COUNT.most;
      return fine ? pass() : fail('Properties.RedrivePolicy.maxReceiveCount');
    }),
};

export const DEAD_LETTER_RETENTION: Rule = {
  id: 'DeadLetterRetention',
  severity: Severity.LOW,
  appliesTo: [QUEUE],
  title: 'A dead-letter queue drops messages before anybody can look at them',
  why: 'The age of a message counts from its first day in the source queue: a dead-letter queue that does not keep messages for longer drops some as they arrive.',
  fix: 'Set MessageRetentionPeriod of the dead-letter queue to more than that of its source, best 1209600 (14 days). SecureQueue does.',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  check: (queue, app) => redrivesOf(queue).flatMap((redrive) => (
    redrive === undefined || redrive === 'undecided' ? [] : resourcesAt(redrive.target, app, QUEUE)))
    .map((deadLetters) => compareRetention(queue, deadLetters)),
};

export const DEAD_LETTER_SOURCES: Rule = {
  id: 'DeadLetterSources',
  severity: Severity.LOW,
  appliesTo: [QUEUE],
  title: 'Any queue of the account may use a dead-letter queue',
  why: 'Somebody else\'s poison messages mix with yours: they hide a real failure, and whoever replays the queue feeds them to your consumers.',
  fix: 'Set RedriveAllowPolicy to { redrivePermission: "byQueue", sourceQueueArns: […] }, or "denyAll" where only services put messages into it. SecureQueue does.',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['CT.SQS.PR.1', 'CSA SAS-01'],
  check: (queue, app) => {
    if (!isDeadLetterQueue(queue, app)) return notApplicable();
    return worst(alternatives(parsedJson(queue.property('RedriveAllowPolicy'))).map((policy) => {
      const permission = isUnresolved(policy) ? policy : at(policy, 'redrivePermission');
      if (isUnresolved(permission)) return unresolved('Properties.RedriveAllowPolicy');
      const named = permission === 'byQueue' && !elements(at(policy, 'sourceQueueArns')).some((arn) => (textOf(arn) ?? '').includes('*'));
      return named || permission === 'denyAll' ? pass() : fail('Properties.RedriveAllowPolicy');
    }));
  },
};

export const DEAD_LETTER_UNUSED: Rule = {
  id: 'DeadLetterUnused',
  severity: Severity.LOW,
  appliesTo: [QUEUE],
  title: 'A dead-letter queue receives nothing, because nothing names it',
  why: 'Its author believes that failures are kept; they are lost instead, and the queue is one more thing that somebody can send to.',
  fix: 'Name it in the RedrivePolicy, DeadLetterConfig or OnFailure destination that it was made for, or remove it.',
  risks: ['unseen-attack', 'attack-surface'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-11'],
  check: (queue, app) => {
    const permission = at(parsedJson(queue.property('RedriveAllowPolicy')), 'redrivePermission');
    const meant = permission === 'allowAll' || permission === 'byQueue' || DEAD_LETTER_NAME.test(queue.logicalId)
      || DEAD_LETTER_NAME.test(textOf(queue.property('QueueName')) ?? '');
    if (!meant) return notApplicable();
    return isDeadLetterQueue(queue, app) ? pass() : fail('Properties');
  },
};

/** A queue that another one, or a service, puts failures into. */
function isDeadLetterQueue(queue: Resource, app: AppModel): boolean {
  return deadLetterUsesOf(queue, app).length > 0;
}

function isOwnKey(key: Value): boolean {
  return key !== undefined && key !== '' && !AWS_MANAGED_MESSAGE_KEYS.some((alias) => (textOf(key) ?? '').endsWith(alias));
}

function compareRetention(queue: Resource, deadLetters: Resource): Outcome {
  const [ours, theirs] = [queue, deadLetters].map((one) => one.property('MessageRetentionPeriod') ?? QUEUE_RETENTION_SECONDS);
  const location = 'Properties.RedrivePolicy.deadLetterTargetArn';
  const periods = [ours, theirs].map((period) => alternatives(period).map(numberOf));
  if (periods.flat().includes(undefined)) return unresolved(location);
  return Math.max(...periods[0] as number[]) < Math.min(...periods[1] as number[]) || Math.min(...periods[1] as number[]) >= LONGEST_RETENTION
    ? pass() : fail(location);
}

/** More than 14 days SQS keeps no message. */
const LONGEST_RETENTION = 1_209_600;

function judgeTransport(refuses: boolean | undefined): Outcome {
  return refuses === undefined ? unresolved('Properties') : refuses ? pass() : fail('Properties');
}

function worst(outcomes: readonly Outcome[]): RuleResult {
  return outcomes.find(({ kind }) => kind === 'fail') ?? outcomes.find(({ kind }) => kind === 'unresolved') ?? outcomes;
}

export const QUEUE_RULES: readonly Rule[] = [
  DEAD_LETTER_RETENTION, DEAD_LETTER_SOURCES, DEAD_LETTER_UNUSED, QUEUE_ENCRYPTION, QUEUE_KEY, QUEUE_RECEIVE_COUNT, QUEUE_REDRIVE_POLICY,
  QUEUE_TLS_ONLY,
];
