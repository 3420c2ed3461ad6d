import { Duration } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IScheduleGroup, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { ScheduleTarget } from './schedule-target';

/** When a schedule runs, and how hard it tries. */
export interface SecureScheduleOptions {
  /**
   * The name of the schedule: up to 64 letters, digits, dots, hyphens and underscores.
   * @default - made from the path of the schedule
   */
  readonly scheduleName?: string;
  /**
   * Says what the schedule is for, in the console.
   * @default - none
   */
  readonly description?: string;
  /**
   * The time within which the call may happen, between 1 minute and 1 day from the time of the schedule. It spreads calls that would all
   * come at the full hour.
   * @default - at the time of the schedule, to the minute
   */
  readonly flexibleWindow?: Duration;
  /**
   * No call before this time.
   * @default - from now on
   */
  readonly start?: Date;
  /**
   * No call after this time.
   * @default - for ever
   */
  readonly end?: Date;
  /**
   * How often a call that failed is tried again, up to 185 times. The target may then see it twice.
   * @default 3
   */
  readonly retryAttempts?: number;
  /**
   * How long a call that failed is tried again, between 1 minute and 1 day. Then it goes to the dead-letter queue.
   * @default Duration.hours(1)
   */
  readonly maxEventAge?: Duration;
  /**
   * Whether calls are made at all.
   * @default true
   */
  readonly enabled?: boolean;
}

/** What a schedule calls, and when. */
export interface SecureScheduleProps extends SecureScheduleOptions {
  /** When: `ScheduleExpression.cron()`, `.rate()` or `.at()`. Without a time zone it is UTC. */
  readonly schedule: ScheduleExpression;
  /** What is called. */
  readonly target: ScheduleTarget;
  /**
   * The group. The role of the schedule trusts the service in its name only, so that a group of many teams is a weak one.
   * @default - the group of the stack, see `StackScheduleGroup`
   */
  readonly scheduleGroup?: IScheduleGroup;
  /**
   * Where calls go that failed to the end. It must be a standard queue of the same region, and be encrypted.
   * @default - the dead-letter queue of the stack, see `StackDeadLetterQueue`
   */
  readonly deadLetterQueue?: IQueue;
  /**
   * The key for the input of the target.
   * @default - the data key of the stack, or an AWS-owned key where the profile settles for it
   */
  readonly encryptionKey?: IKey;
  /**
   * The most that the role may ever do.
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;
}
