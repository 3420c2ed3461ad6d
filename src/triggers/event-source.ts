import { ArnFormat, Duration, IResource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { CfnEventSourceMapping, EventSourceMapping, EventSourceMappingOptions, FilterCriteria } from 'aws-cdk-lib/aws-lambda';
import { BATCHING_WINDOW, FILTER_KEY_ACTIONS, TRIGGER_FILTERS } from './trigger-baseline';
import { TriggeredFunction } from './triggered-function';
import { checkDuration } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { allowServiceToUseKey } from '../core/keys/key-service';
import { eachOnce } from '../core/values/each-once';
import { checkPatternValues } from '../messaging/event-bus/event-pattern-check';

/** A pattern that records must match, in the language of Lambda's event filters. */
export type FilterPattern = { readonly [key: string]: unknown };

/** How a source is read by event source mapping, whatever it is. */
export interface BatchSettings {
  readonly filters?: readonly FilterPattern[];
  readonly maxBatchingWindow?: Duration;
}

/** Judges what queues and streams have in common. `owner` begins the codes: `QueueTrigger`. */
export function checkBatches(place: Place, owner: string, { filters, maxBatchingWindow }: BatchSettings): void {
  checkDuration(place, maxBatchingWindow, Duration.seconds(0), Duration.seconds(BATCHING_WINDOW.max), {
    code: `${owner}.BatchingWindow`, prop: 'maxBatchingWindow', fix: 'leave it out to start the function as soon as there is something',
  });
  for (const [index, filter] of (filters ?? []).entries()) checkPatternValues(place, `${owner}.Filters`, `filters[${index}]`, filter);
  if (filters === undefined || (filters.length >= TRIGGER_FILTERS.min && filters.length <= TRIGGER_FILTERS.max)) return;
  refuse(place, {
    code: `${owner}.Filters`,
    prop: 'filters',
    must: `must hold ${TRIGGER_FILTERS.min} to ${TRIGGER_FILTERS.max} patterns, of which a record has to match one`,
    got: filters.length,
    fix: 'leave it out to receive everything',
  });
}

/** Makes the mapping: a function that says which records failed gets only these again; filters are encrypted with the function's key. */
export function mapEventSource(
  target: TriggeredFunction, id: string, settings: BatchSettings, options: EventSourceMappingOptions,
): EventSourceMapping {
  const { filters, maxBatchingWindow } = settings;
  const mapping = target.fn.addEventSourceMapping(id, {
    ...options,
    enabled: true,
    maxBatchingWindow,
    reportBatchItemFailures: true,
    filters: filters && eachOnce(filters).map((pattern) => FilterCriteria.filter({ ...pattern })),
  });
  if (filters !== undefined) encryptFilters(target, mapping);
  return mapping;
}

/**
 * A source can be connected once to each function: a second mapping would share its messages, or double its records. It must be in the
 * region of the function, where Lambda polls and SNS keeps what it could not deliver.
 */
export function checkSource({ fn }: TriggeredFunction, id: string, call: string, source: IResource): void {
  if (fn.node.tryFindChild(id) !== undefined) {
    refuse(fn, {
      code: 'SecureFunction.TriggerTwice', prop: call, must: 'must be called once for each source', got: source.node.path, fix: 'put all settings into one call',
    });
  }
  const { region } = Stack.of(fn);
  if (Token.compareStrings(source.env.region, region) !== TokenComparison.DIFFERENT) return;
  refuse(fn, {
    code: 'SecureFunction.TriggerRegion',
    prop: call,
    must: `must name a source in the region of the function (${region})`,
    got: source.env.region,
    fix: 'let the messages be forwarded to a queue or bus of this region, and name that one',
  });
}

/**
 * Set on the resource: the prop of the L2 would let Lambda use the key for the mappings of everybody.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filter-criteria-encryption
 */
function encryptFilters({ fn, key }: TriggeredFunction, mapping: EventSourceMapping): void {
  if (key === undefined) return;
  const stack = Stack.of(fn);
  (mapping.node.defaultChild as CfnEventSourceMapping).kmsKeyArn = key.keyArn;
  allowServiceToUseKey(fn, key, {
    sid: 'LambdaFilters',
    service: `lambda.${stack.region}.amazonaws.com`,
    actions: FILTER_KEY_ACTIONS,
    conditions: {
      ArnLike: {
        'aws:SourceArn': stack.formatArn({
          service: 'lambda', resource: 'event-source-mapping', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      },
    },
  });
}
