import { CfnElement, Token, Validations } from 'aws-cdk-lib';
import { EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketTriggerEvent } from './bucket-trigger-event';
import { checkEventDelivery, EventTriggerOptions, ruleFor } from './event-trigger';
import { BUCKET_LOOP_ACTIONS } from './trigger-baseline';
import { countedId, triggerId } from './trigger-id';
import { TriggeredFunction, TriggerSource } from './triggered-function';
import { refuse } from '../core/configuration-error';
import { expectNoKeyCircle } from '../core/keys/key-circle';
import { foreignEnvironment } from '../core/stacks/foreign-environment';

/** Which objects of a bucket start a function, and how. */
export interface BucketTriggerOptions extends EventTriggerOptions {
  /**
   * The start of the keys: `uploads/`. A function that writes to the same bucket needs a prefix that it does not write to.
   * @default - all keys
   */
  readonly prefix?: string;
  /**
   * The end of the keys: `.pdf`.
   * @default - all keys
   */
  readonly suffix?: string;
  /**
   * What must have happened to an object.
   * @default [BucketTriggerEvent.CREATED]
   */
  readonly events?: BucketTriggerEvent[];
}

/**
 * Starts a function with what happens to the objects of a bucket, through EventBridge: S3's own notifications would need a function of CDK
 * with an AWS managed policy to set them up.
 */
export function triggerByBucket(target: TriggeredFunction, bucket: IBucket, options: BucketTriggerOptions): Rule {
  const { fn } = target;
  checkBucket(target, bucket, options);
  expectNoKeyCircle(fn, bucket);
  checkEventDelivery(target, options);
  expectEvents(target, bucket);
  return ruleFor(target, countedId(fn, triggerId(bucket)), patternOf(bucket, options), options);
}

/** What would start the function again: what is written below another prefix would not. */
export function bucketSource(bucket: IBucket, options: BucketTriggerOptions): TriggerSource {
  return {
    name: `onBucket(${bucket.node.path})`,
    resource: bucket,
    arn: bucket.arnForObjects(`${options.prefix ?? ''}*${options.suffix ?? ''}`),
    actions: eventsOf(options).flatMap((event) => BUCKET_LOOP_ACTIONS[event]),
  };
}

function eventsOf({ events = [BucketTriggerEvent.CREATED] }: BucketTriggerOptions): readonly BucketTriggerEvent[] {
  return events;
}

function patternOf(bucket: IBucket, options: BucketTriggerOptions): EventPattern {
  const key = keyFilter(options);
  return {
    source: ['aws.s3'],
    detailType: [...eventsOf(options)],
    detail: { bucket: { name: [bucket.bucketName] }, ...(key === undefined ? {} : { object: { key: [key] } }) },
  };
}

/** The entries of a list are alternatives: only a wildcard can ask for a start and an end at once. */
function keyFilter({ prefix, suffix }: BucketTriggerOptions): { readonly [kind: string]: string } | undefined {
  if (prefix === undefined && suffix === undefined) return undefined;
  if (suffix === undefined) return { prefix: prefix! };
  if (prefix === undefined) return { suffix };
  return { wildcard: `${literal(prefix)}*${literal(suffix)}` };
}

function literal(text: string): string {
  return text.replace(/[\\*]/g, '\\$&');
}

function checkBucket({ fn }: TriggeredFunction, bucket: IBucket, options: BucketTriggerOptions): void {
  if (options.events?.length === 0) {
    refuse(fn, { code: 'BucketTrigger.Events', prop: 'events', must: 'must name at least one event', got: options.events, fix: 'leave it out for new objects' });
  }
  for (const prop of ['prefix', 'suffix'] as const) {
    const value = options[prop];
    if (value === undefined || Token.isUnresolved(value) || (value !== '' && !value.startsWith('/'))) continue;
    refuse(fn, {
      code: 'BucketTrigger.Key', prop, must: 'must be part of a key, which begins with no slash', got: value, fix: 'leave it out for all objects',
    });
  }
  const elsewhere = foreignEnvironment(fn, bucket);
  if (elsewhere === undefined) return;
  refuse(fn, {
    code: 'BucketTrigger.ForeignBucket',
    prop: 'bucket',
    must: `must be of the account and region of the function (${elsewhere.here}), whose default bus gets its events`,
    got: elsewhere.there,
    fix: 'let a rule there send the events to a bus here, and use onEvent() with that one',
  });
}

/** Only the end shows whether somebody switched the events on. */
function expectEvents({ fn }: TriggeredFunction, bucket: IBucket): void {
  const resource = bucket.node.defaultChild;
  if (resource === undefined || !CfnBucket.isCfnBucket(resource)) {
    Validations.of(fn).addWarning('cdk-secure-serverless:BucketTriggerUnseen',
      `The bucket ${bucket.node.path} is not made here: see that it sends its events to EventBridge, or they never start the function.`);
    return;
  }
  fn.node.addValidation({
    validate: () => (sendsEvents(bucket) ? [] : [
      "'bucket' must send its events to EventBridge, or they never start the function, got a bucket that does not; use SecureBucket, or set "
      + `{ eventBridgeEnabled: true } [BucketTrigger.EventBridge, at '${bucket.node.path}']`,
    ]),
  });
}

/** As a property of the bucket, or of the resource with which CDK sets its notifications. */
function sendsEvents(bucket: IBucket): boolean {
  return bucket.node.findAll().filter((node): node is CfnElement => CfnElement.isCfnElement(node))
    .some((element) => JSON.stringify(element.stack.resolve((element as CfnElement & { _toCloudFormation(): unknown })._toCloudFormation()) ?? {})
      .includes('"EventBridgeConfiguration"'));
}
