import { CfnResource, Token } from 'aws-cdk-lib';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { mappedFunction } from '../../core/hardening/functions/mapped-function';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf } from '../../core/hardening/nested-value';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { VISIBILITY } from '../../messaging/queue/queue-baseline';
import { hiddenFor } from '../hidden-time';
import { DEFAULT_TIMEOUTS, DURABLE_WAIT } from '../trigger-baseline';

/** A queue that says nothing is given the time that its functions need; what its author chose stays. */
const VISIBILITY_TIMEOUT = valueStep<CfnQueue>({
  area: HardeningArea.MESSAGING,
  type: 'AWS::SQS::Queue',
  rule: 'QueueVisibilityTimeout',
  property: 'VisibilityTimeout',
  read: (queue) => queue.visibilityTimeout,
  secure: (queue, site) => neededBy(queue, site),
  write: (queue, seconds) => { queue.visibilityTimeout = seconds; },
  safe: (seconds: number, queue, site) => Number(seconds) >= neededBy(queue, site)!,
  attention: 'A message that fails is tried again only after this time, and not after the 30 seconds of before.',
});

/** In seconds, where functions of the app read the queue and 30 seconds are not enough. */
function neededBy(queue: CfnQueue, site: HardeningSite): number | undefined {
  const needed = site.once('seconds that queues hide messages for functions', () => secondsByQueue(site)).get(queue);
  return needed === undefined || needed <= DEFAULT_TIMEOUTS.visibility ? undefined : Math.min(needed, VISIBILITY.mostHours * 3600);
}

function secondsByQueue(site: HardeningSite): ReadonlyMap<CfnResource, number> {
  const seconds = new Map<CfnResource, number>();
  for (const resource of site.resources('AWS::Lambda::EventSourceMapping')) {
    const mapping = resource as CfnEventSourceMapping;
    const queue = site.target(mapping, mapping.eventSourceArn);
    const fn = mappedFunction(mapping, site);
    const timeout = fn?.timeout ?? DEFAULT_TIMEOUTS.function;
    if (queue === undefined || fn === undefined || Token.isUnresolved(timeout)) continue;
    seconds.set(queue, Math.max(seconds.get(queue) ?? 0, hiddenFor(timeout, executionOf(fn, site)) + windowOf(mapping)));
  }
  return seconds;
}

/** The seconds that an execution of a durable function may take while a mapping waits. What only the deployment knows may be the longest. */
function executionOf(fn: CfnFunction, site: HardeningSite): number | undefined {
  const seconds = fieldOf(site, fn, fn.durableConfig, 'executionTimeout');
  const longest = fn.capacityProviderConfig === undefined ? DURABLE_WAIT.usual : DURABLE_WAIT.onInstances;
  if (seconds === undefined) return undefined;
  return typeof seconds === 'number' ? Math.min(seconds, longest) : longest;
}

function windowOf({ maximumBatchingWindowInSeconds: window = 0 }: CfnEventSourceMapping): number {
  return Token.isUnresolved(window) ? 0 : window;
}

/** What hardening does to queues that functions read. */
export const QUEUE_VISIBILITY_HARDENING: readonly HardeningStep[] = [VISIBILITY_TIMEOUT];
