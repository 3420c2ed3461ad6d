import { mappingKind } from '../../model/flow/trigger-sources';
import { AppModel } from '../../model/resources/app-model';
import { functionAt, resourcesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, isUnresolved, numberOf, Value } from '../../model/values/values';
import { hiddenFor } from '../hidden-time';
import { DEFAULT_TIMEOUTS, DURABLE_WAIT, QUEUE_TRIGGER } from '../trigger-baseline';

const MAPPING = 'AWS::Lambda::EventSourceMapping';

export const STREAM_RETRY_LIMIT: Rule = {
  id: 'StreamRetryLimit',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [MAPPING],
  title: 'A record that cannot be handled stops a stream',
  why: 'Lambda tries a batch until its records expire, for days, and holds up all that come after them: one bad record, sent on purpose, is enough.',
  fix: 'Set MaximumRetryAttempts or MaximumRecordAgeInSeconds, BisectBatchOnFunctionError, and DestinationConfig.OnFailure. Stream triggers of secure functions do.',
  risks: ['runaway-use', 'misconfiguration'],
  frameworks: ['cdk-nag Serverless-LambdaEventSourceMappingDestination', 'CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  check: (mapping, app) => {
    if (!isOrderedStream(mapping, app)) return notApplicable();
    return isEndless(mapping) && !splitsBatches(mapping) && !tellsFailures(mapping) ? fail('Properties.MaximumRetryAttempts') : pass();
  },
};

export const STREAM_FAILURE_PATH: Rule = {
  id: 'StreamFailurePath',
  severity: Severity.LOW,
  appliesTo: [MAPPING],
  title: 'Records of a stream are lost when they fail, or never reach the place for failures',
  why: 'When the retries end the records are gone, and nobody knows which; without an end to the retries they never get to the queue that was made for them.',
  fix: 'Set DestinationConfig.OnFailure.Destination, and an end to the retries. Stream triggers of secure functions do.',
  risks: ['unseen-attack'],
  frameworks: ['cdk-nag Serverless-LambdaEventSourceMappingDestination', 'CSA SAS-05'],
  check: (mapping, app) => {
    if (mappingKind(mapping, app) !== 'stream') return notApplicable();
    if (!tellsFailures(mapping)) return fail('Properties.DestinationConfig.OnFailure.Destination');
    return isOrderedStream(mapping, app) && isEndless(mapping) ? fail('Properties.MaximumRetryAttempts') : pass();
  },
};

export const BATCH_PARTIAL_RESPONSE: Rule = {
  id: 'BatchPartialResponse',
  severity: Severity.LOW,
  appliesTo: [MAPPING],
  title: 'One bad message brings its whole batch back',
  why: 'Messages that were handled are handled again, with all that they cause, and count towards the dead-letter queue with the bad one.',
  fix: 'Set FunctionResponseTypes to ["ReportBatchItemFailures"] (reportBatchItemFailures: true) and return the failed items. Triggers of secure functions do.',
  risks: ['runaway-use', 'misconfiguration'],
  frameworks: ['CSA SAS-10', 'OWASP Serverless S10'],
  check: (mapping, app) => {
    if (!reportsItems(mapping, app) || mapping.alternatives('BatchSize').every((size) => numberOf(size) === 1)) return notApplicable();
    const types = mapping.property('FunctionResponseTypes');
    if (isUnresolved(types)) return unresolved('Properties.FunctionResponseTypes');
    return alternatives(types).every((one) => [one].flat().includes('ReportBatchItemFailures')) ? pass() : fail('Properties.FunctionResponseTypes');
  },
};

export const QUEUE_CONCURRENCY_LIMIT: Rule = {
  id: 'QueueConcurrencyLimit',
  severity: Severity.LOW,
  appliesTo: [MAPPING],
  title: 'A full queue may take all executions of the account',
  why: 'Lambda reads a queue with up to a thousand executions at once: whoever fills the queue starves all other functions and whatever they call.',
  fix: 'Set ScalingConfig.MaximumConcurrency of the mapping (maxConcurrency), or ReservedConcurrentExecutions of the function. Queue triggers of secure functions do.',
  risks: ['runaway-use'],
  frameworks: ['CKV_AWS_115', 'CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  check: (mapping, app) => {
    if (mappingKind(mapping, app) !== 'queue') return notApplicable();
    const bounds = [mapping.property('ScalingConfig.MaximumConcurrency'), mapping.property('ProvisionedPollerConfig.MaximumPollers')];
    const reserved = functionAt(mapping.property('FunctionName'), app)?.property('ReservedConcurrentExecutions');
    if ([...bounds, reserved].some((bound) => alternatives(bound).every((option) => option !== undefined))) return pass();
    return fail('Properties.ScalingConfig.MaximumConcurrency');
  },
};

export const QUEUE_VISIBILITY_TIMEOUT: Rule = {
  id: 'QueueVisibilityTimeout',
  severity: Severity.LOW,
  appliesTo: [MAPPING],
  title: 'Messages reappear while a function still works on them',
  why: 'A message whose time is over goes to a second execution: everything happens twice, and messages without a fault end up in the dead-letter queue.',
  fix: `Set VisibilityTimeout of the queue to ${QUEUE_TRIGGER.visibilityFactor} timeouts of the function, plus MaximumBatchingWindowInSeconds. Queue triggers of secure functions ask for it.`,
  risks: ['runaway-use', 'misconfiguration'],
  frameworks: ['cdk-nag LambdaEventSourceSQSVisibilityTimeout', 'CSA SAS-08'],
  check: judgeVisibility,
};

/** Sources whose records come in order, so that one can hold up the others, and for which Lambda takes a limit. */
function isOrderedStream(mapping: Resource, app: AppModel): boolean {
  if (mappingKind(mapping, app) !== 'stream') return false;
  return !isOfService(mapping, app, /^AWS::(AmazonMQ|DocDB)/, /^arn:[^:]*:(mq|rds):/) && mapping.property('DocumentDBEventSourceConfig') === undefined
    && mapping.property('Queues') === undefined;
}

/** Queues, data streams and the streams of tables take the answer item by item. */
function reportsItems(mapping: Resource, app: AppModel): boolean {
  if (mappingKind(mapping, app) === 'queue') return true;
  return isOrderedStream(mapping, app) && mapping.property('SelfManagedEventSource') === undefined && mapping.property('Topics') === undefined
    && !isOfService(mapping, app, /^AWS::MSK/, /^arn:[^:]*:kafka:/);
}

function isOfService(mapping: Resource, app: AppModel, types: RegExp, arn: RegExp): boolean {
  const source = mapping.property('EventSourceArn');
  return resourcesAt(source, app).some(({ type }) => types.test(type)) || arn.test(app.describe(source) ?? '');
}

/** Neither the attempts nor the age of the records end. What only the deployment knows is taken for an end that somebody set. */
function isEndless(mapping: Resource): boolean {
  return ['MaximumRetryAttempts', 'MaximumRecordAgeInSeconds'].every((limit) => (
    mapping.alternatives(limit).some((value) => value === undefined || (numberOf(value) ?? 0) < 0)));
}

function splitsBatches(mapping: Resource): boolean {
  return mapping.alternatives('BisectBatchOnFunctionError').every((value) => value !== undefined && value !== false && value !== 'false');
}

function tellsFailures(mapping: Resource): boolean {
  return mapping.alternatives('DestinationConfig.OnFailure.Destination').every((value) => value !== undefined && value !== '');
}

/** The whole time for which a batch may be worked on, the window in which it is gathered with it. */
function judgeVisibility(mapping: Resource, app: AppModel): RuleResult {
  const fn = functionAt(mapping.property('FunctionName'), app);
  if (fn === undefined) return notApplicable();
  return resourcesAt(mapping.property('EventSourceArn'), app, 'AWS::SQS::Queue').map((queue): Outcome => {
    const visibility = numbers(queue.property('VisibilityTimeout') ?? DEFAULT_TIMEOUTS.visibility);
    const timeout = numbers(fn.property('Timeout') ?? DEFAULT_TIMEOUTS.function);
    const location = 'Properties.EventSourceArn';
    const execution = executionOf(fn);
    if (visibility === undefined || timeout === undefined || execution === undefined) return unresolved(location);
    return Math.min(...visibility) >= hiddenFor(Math.max(...timeout), execution) ? pass() : fail(location);
  });
}

/** How long an execution of a durable function may take while a mapping waits; none of others. */
function executionOf(fn: Resource): number | undefined {
  const seconds = numbers(fn.property('DurableConfig.ExecutionTimeout') ?? 0);
  return seconds && Math.min(Math.max(...seconds), fn.property('CapacityProviderConfig') === undefined ? DURABLE_WAIT.usual : DURABLE_WAIT.onInstances);
}

function numbers(value: Value): readonly number[] | undefined {
  const known = alternatives(value).map(numberOf);
  return known.includes(undefined) ? undefined : known as number[];
}

export const MAPPING_RULES: readonly Rule[] = [
  BATCH_PARTIAL_RESPONSE, QUEUE_CONCURRENCY_LIMIT, QUEUE_VISIBILITY_TIMEOUT, STREAM_FAILURE_PATH, STREAM_RETRY_LIMIT,
];
