import { IResource } from 'aws-cdk-lib';
import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, EventPattern, IEventBus } from 'aws-cdk-lib/aws-events';
import { IStream } from 'aws-cdk-lib/aws-kinesis';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ITopic, Subscription } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { bucketSource, BucketTriggerOptions, triggerByBucket } from './bucket-trigger';
import { busSource, EventTriggerOptions, triggerByEvent } from './event-trigger';
import { loopingRight } from './loop-detection';
import { queueSource, QueueTriggerOptions, triggerByQueue } from './queue-trigger';
import { statementsOf } from './role-policies';
import { ScheduleTriggerOptions, triggerBySchedule } from './schedule-trigger';
import { streamSource, tableSource, triggerByStream, triggerByTable } from './stream-trigger';
import { StreamTriggerOptions } from './stream-trigger-options';
import { topicSource, TopicTriggerOptions, triggerByTopic } from './topic-trigger';
import { TriggerLoop } from './trigger-loop';
import { TriggeredFunction, TriggerSource } from './triggered-function';
import { accessIsGiven } from '../core/access-listeners';
import { checkReason } from '../core/checks';
import { acknowledgeRule } from '../core/exceptions/acknowledgement';
import { recordWaiver } from '../core/exceptions/waiver';
import { SecureSchedule } from '../integration/schedule/secure-schedule';

/** What the pack says to a loop that somebody accepted. */
const LOOP_RULE_IDS = ['EventFlowCircle', 'TriggerLoop'];

/** What starts a function, and whether the function starts itself by it. */
export class FunctionTriggers {
  private readonly watched: TriggerSource[] = [];

  constructor(private readonly target: TriggeredFunction) {}

  public onQueue(queue: IQueue, options: QueueTriggerOptions = {}): EventSourceMapping {
    return this.watching(options.loop, queueSource(queue), () => triggerByQueue(this.target, queue, options));
  }

  public onTopic(topic: ITopic, options: TopicTriggerOptions = {}): Subscription {
    return this.watching(options.loop, topicSource(topic), () => triggerByTopic(this.target, topic, options), topic);
  }

  public onTable(table: ITable, options: StreamTriggerOptions = {}): EventSourceMapping {
    return this.watching(options.loop, tableSource(table), () => triggerByTable(this.target, table, options));
  }

  public onStream(stream: IStream, options: StreamTriggerOptions = {}): EventSourceMapping {
    return this.watching(options.loop, streamSource(stream), () => triggerByStream(this.target, stream, options));
  }

  public onBucket(bucket: IBucket, options: BucketTriggerOptions = {}): Rule {
    return this.watching(options.loop, bucketSource(bucket, options), () => triggerByBucket(this.target, bucket, options), bucket);
  }

  public onEvent(bus: IEventBus, pattern: EventPattern, options: EventTriggerOptions = {}): Rule {
    return this.watching(options.loop, busSource(bus, pattern), () => triggerByEvent(this.target, bus, pattern, options), bus);
  }

  public onSchedule(schedule: ScheduleExpression, options: ScheduleTriggerOptions = {}): SecureSchedule {
    return triggerBySchedule(this.target, schedule, options);
  }

  /** Loops that the finished app shows, as validation errors: rights can be given until the end. */
  public loops(): string[] {
    if (this.watched.length === 0) return [];
    const rights = statementsOf(this.target.role);
    return this.watched.flatMap((source) => {
      const right = loopingRight(rights, source);
      return right === undefined ? [] : [
        `'${source.name}' must not read what the function writes, or it starts itself over and over, got a role that allows ${right.action} on `
        + `${right.resource}; take the right away, write elsewhere, or pass { loop: TriggerLoop.accepted(reason) } `
        + `[SecureFunction.TriggerLoop, at '${this.target.fn.node.path}']`,
      ];
    });
  }

  /** Makes a trigger, and only then notes what would be a loop, or that its author accepted one: a trigger that is refused leaves nothing behind. */
  private watching<T>(accepted: TriggerLoop | undefined, source: TriggerSource, make: () => T, shown?: IResource): T {
    const { fn } = this.target;
    if (accepted !== undefined) checkReason(fn, accepted._reason, { code: 'TriggerLoop.Reason', prop: 'loop', fix: 'say what ends the loop' });
    const made = make();
    if (shown !== undefined) accessIsGiven(shown, fn); // events show what is in them, without a right to read
    if (accepted === undefined) {
      this.watched.push(source);
      return made;
    }
    recordWaiver(fn, { control: 'SecureFunction.triggerLoop', reason: accepted._reason });
    for (const rule of LOOP_RULE_IDS) acknowledgeRule(fn, rule, accepted._reason);
    return made;
  }
}
