import { CfnResource } from 'aws-cdk-lib';
import { CfnStream, CfnStreamConsumer } from 'aws-cdk-lib/aws-kinesis';
import { CfnEventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { mappedFunction } from '../../core/hardening/functions/mapped-function';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { flattenReference } from '../../core/values/flatten-reference';
import { ownRole } from '../../iam/hardening/holders/added-rights';
import { queueForFailures } from '../../messaging/failed-events';
import { BROKER_DESTINATION_REASON, QUEUE_DESTINATION_REASON, STREAM_TRIGGER } from '../trigger-baseline';

const MAPPING = { area: HardeningArea.FUNCTIONS, type: 'AWS::Lambda::EventSourceMapping' } as const;

/** Kafka takes limits and destinations too; `broker` stands for Amazon MQ and Amazon DocumentDB, which take neither. */
type Source = 'broker' | 'kafka' | 'queue' | 'stream' | 'other';

const STREAM_TYPES = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::Kinesis::Stream', 'AWS::Kinesis::StreamConsumer'];
const STREAM_ARN = /^arn:[^:]*:(dynamodb|kinesis):/;
const BROKER_TYPE = /^AWS::(AmazonMQ|DocDB)::/;
const BROKER_ARN = /^arn:[^:]*:(mq|rds):/;

/** How long Kinesis keeps records unless its stream says otherwise, and DynamoDB always, in hours. */
const RECORD_HOURS = 24;

/** Where the positions of records go that failed to the end: the records themselves stay in the stream as long as it keeps them. */
const FAILURE_PATH: HardeningStep = {
  ...MAPPING,
  rule: 'StreamFailurePath',
  plan: (resource, site) => {
    const mapping = resource as CfnEventSourceMapping;
    if (sourceOf(mapping, site) !== 'stream' || site.overrideOf(mapping, 'DestinationConfig') !== undefined) return [];
    return fieldOf(site, mapping, mapping.destinationConfig, 'onFailure') === undefined ? [planDestination(mapping, site)] : [];
  },
};

/**
 * Records that always fail are given up when the stream drops them, which is when Lambda gives up today: without a limit it never tells anybody
 * which they were. An end by attempts comes sooner, and decides what an outage costs: that stays with the author.
 */
const RECORD_AGE: HardeningStep = {
  ...MAPPING,
  rule: 'StreamRetryLimit',
  plan: (resource, site) => {
    const mapping = resource as CfnEventSourceMapping;
    if (sourceOf(mapping, site) !== 'stream' || hasEnd(mapping, site)) return [];
    const property = 'MaximumRecordAgeInSeconds';
    const before = site.overrideOf(mapping, property) ?? site.resolve(mapping, mapping.maximumRecordAgeInSeconds);
    const after = recordSeconds(mapping, site);
    if (after === undefined) return [{ standing: Standing.AUTHORS, property, after: 'the time after which a record is worth nothing', advice: LONG_STREAM }];
    if (before !== undefined) return [{ standing: Standing.WEAKER, property, before, after }];
    return [{ standing: Standing.MISSING, property, after, apply: () => { mapping.maximumRecordAgeInSeconds = after; } }];
  },
};

const LONG_STREAM = 'The stream keeps records longer than the seven days that a mapping can wait: say after which time, or how many attempts, a record counts as failed.';

/** Lambda writes from the network of the brokers, which must reach the place: no template tells whether it does. */
const KAFKA_FAILURE_PATH = proposalStep<CfnEventSourceMapping>({
  ...MAPPING,
  rule: 'StreamFailurePath',
  property: 'DestinationConfig.OnFailure.Destination',
  when: (mapping, site) => sourceOf(mapping, site) === 'kafka' && site.overrideOf(mapping, 'DestinationConfig') === undefined
    && fieldOf(site, mapping, mapping.destinationConfig, 'onFailure') === undefined,
  after: 'a bucket, a queue or a topic',
  advice: 'Put an endpoint for its service into the network of the brokers, give the role of the function the right to write to it, then set onFailure: '
    + 'https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html.',
});

/** Topics keep records for as long as the cluster says, and an end by attempts decides what an outage costs. */
const KAFKA_END = proposalStep<CfnEventSourceMapping>({
  ...MAPPING,
  rule: 'StreamRetryLimit',
  property: 'MaximumRetryAttempts',
  when: (mapping, site) => sourceOf(mapping, site) === 'kafka' && !hasEnd(mapping, site),
  after: 'how often a batch is tried',
  advice: 'Set retryAttempts or maxRecordAge, and bisectBatchOnError, together with onFailure: a batch that always fails holds up its partition until its records expire.',
});

/** It would change the answer that Lambda expects of running code. */
const PARTIAL_RESPONSE = proposalStep<CfnEventSourceMapping>({
  ...MAPPING,
  rule: 'BatchPartialResponse',
  property: 'FunctionResponseTypes',
  when: (mapping, site) => ['queue', 'stream'].includes(sourceOf(mapping, site)) && mapping.batchSize !== 1 && site.resolve(mapping, mapping.functionResponseTypes) === undefined,
  after: '["ReportBatchItemFailures"]',
  advice: 'Have the handler return { batchItemFailures } with what failed, then set reportBatchItemFailures: true. Without that answer, all would count as handled.',
});

/** How many executions a queue is worth, only its author knows. */
const CONCURRENCY = proposalStep<CfnEventSourceMapping>({
  ...MAPPING,
  rule: 'QueueConcurrencyLimit',
  property: 'ScalingConfig.MaximumConcurrency',
  when: (mapping, site) => sourceOf(mapping, site) === 'queue' && mapping.scalingConfig === undefined && mapping.provisionedPollerConfig === undefined
    && mappedFunction(mapping, site)?.reservedConcurrentExecutions === undefined,
  after: 'a number from 2 to 1000',
  advice: 'Set maxConcurrency to the executions that this queue may have at once, so that a full queue leaves some for everything else.',
});

const NO_DESTINATION = ([['queue', QUEUE_DESTINATION_REASON], ['broker', BROKER_DESTINATION_REASON]] as const).map(([source, reason]) => (
  findingStep<CfnEventSourceMapping>({
    ...MAPPING,
    rule: 'StreamFailurePath',
    packs: [NagPackId.SERVERLESS],
    finding: 'LambdaEventSourceMappingDestination',
    when: (mapping, site) => sourceOf(mapping, site) === source,
    reason,
  })));

/** What hardening does to the mappings that read queues and streams for functions. */
export const MAPPING_HARDENING: readonly HardeningStep[] = [
  FAILURE_PATH, RECORD_AGE, KAFKA_FAILURE_PATH, KAFKA_END, PARTIAL_RESPONSE, CONCURRENCY, ...NO_DESTINATION,
];

function planDestination(mapping: CfnEventSourceMapping, site: HardeningSite): HardeningPlan {
  const fn = mappedFunction(mapping, site);
  const role = fn === undefined ? undefined : ownRole(fn, fn.role, site);
  const plan = { property: 'DestinationConfig.OnFailure.Destination', after: 'the dead-letter queue of the stack' };
  if (role === undefined) {
    return { ...plan, standing: Standing.AUTHORS, advice: 'Give the role of the function sqs:SendMessage on a queue, then name the queue as onFailure. The role cannot be changed here.' };
  }
  return {
    ...plan,
    standing: Standing.MISSING,
    adds: 1,
    apply: () => {
      const { queueArn } = queueForFailures(mapping, role, site);
      mapping.destinationConfig = withFields(mapping.destinationConfig ?? {}, () => ({ onFailure: { destination: queueArn } }));
    },
  };
}

/** What the mapping reads. Topics are of Kafka alone, and what is not in the cloud of AWS too. */
function sourceOf(mapping: CfnEventSourceMapping, site: HardeningSite): Source {
  const known = site.once('sources of mappings', () => new Map<CfnResource, Source>());
  const found = known.get(mapping) ?? lookUp(mapping, site);
  known.set(mapping, found);
  return found;
}

function lookUp(mapping: CfnEventSourceMapping, site: HardeningSite): Source {
  if (mapping.selfManagedEventSource !== undefined || mapping.topics !== undefined) return 'kafka';
  const arn = mapping.eventSourceArn;
  if (arn === undefined) return 'other';
  const types = site.targets(mapping, arn).map(({ cfnResourceType }) => cfnResourceType);
  const text = flattenReference(site.resolve(mapping, arn));
  if (types.includes('AWS::SQS::Queue') || /^arn:[^:]*:sqs:/.test(text)) return 'queue';
  if (types.some((type) => STREAM_TYPES.includes(type)) || STREAM_ARN.test(text)) return 'stream';
  if (types.some((type) => BROKER_TYPE.test(type)) || BROKER_ARN.test(text) || mapping.queues !== undefined || mapping.documentDbEventSourceConfig !== undefined) return 'broker';
  return types.some((type) => type.startsWith('AWS::MSK::')) || /^arn:[^:]*:kafka:/.test(text) ? 'kafka' : 'other';
}

/** Whether the attempts or the age of the records end. What only the deployment knows is taken for an end that somebody set. */
function hasEnd(mapping: CfnEventSourceMapping, site: HardeningSite): boolean {
  const ends = [
    site.overrideOf(mapping, 'MaximumRetryAttempts') ?? site.resolve(mapping, mapping.maximumRetryAttempts),
    site.overrideOf(mapping, 'MaximumRecordAgeInSeconds') ?? site.resolve(mapping, mapping.maximumRecordAgeInSeconds),
  ];
  return ends.some((end) => end !== undefined && Number(end) !== -1);
}

/** As long as the stream keeps records; where nobody knows, as long as a mapping can wait. Undefined where the stream keeps them longer. */
function recordSeconds(mapping: CfnEventSourceMapping, site: HardeningSite): number | undefined {
  const { max } = STREAM_TRIGGER.recordAge;
  const seconds = (recordHours(mapping, site) ?? max / 3600) * 3600;
  return seconds > max ? undefined : seconds;
}

function recordHours(mapping: CfnEventSourceMapping, site: HardeningSite): number | undefined {
  const source = site.target(mapping, mapping.eventSourceArn);
  const stream = source?.cfnResourceType === 'AWS::Kinesis::StreamConsumer' ? site.target(source, (source as CfnStreamConsumer).streamArn) : source;
  const type = stream?.cfnResourceType ?? '';
  if (type.startsWith('AWS::DynamoDB::') || /^arn:[^:]*:dynamodb:/.test(flattenReference(site.resolve(mapping, mapping.eventSourceArn)))) return RECORD_HOURS;
  if (type !== 'AWS::Kinesis::Stream') return undefined;
  const hours = site.resolve(mapping, (stream as CfnStream).retentionPeriodHours ?? RECORD_HOURS);
  return typeof hours === 'number' ? hours : undefined;
}
