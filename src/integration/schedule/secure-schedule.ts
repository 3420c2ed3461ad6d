import { Names, Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule, IScheduleGroup, Schedule, ScheduleTargetConfig, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { SCHEDULE_DELIVERY, SCHEDULE_KEY_ACTIONS, SCHEDULE_NAME, SCHEDULE_TIME_ZONE } from './schedule-baseline';
import { checkSchedule } from './schedule-checks';
import { SecureScheduleProps } from './secure-schedule-props';
import { StackScheduleGroup } from './stack-schedule-group';
import { placeOf } from '../../core/configuration-error';
import { dataKeyFor } from '../../core/keys/stack-data-key';
import { markOwn } from '../../core/own-part';
import { allow } from '../../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { ServiceRole } from '../../iam/service-role';
import { allowOnQueue } from '../../messaging/queue/queue-access';
import { SEND_ACTIONS } from '../../messaging/queue/queue-baseline';
import { StackDeadLetterQueue } from '../../messaging/stack-dead-letter-queue';

/**
 * A schedule of EventBridge Scheduler with a role of its own, which may do nothing but call the one target and keep what failed.
 *
 * The role trusts the service only in the name of the schedule's group and account; the input is encrypted with a customer-managed key;
 * calls that fail are tried again a few times and then kept in a queue with an alarm. Idle it costs nothing but its share of the stack's
 * data key (about 1 USD a month for the stack) and the alarm of the dead-letter queue (0.10 USD).
 *
 * ```ts
 * import { TimeZone } from 'aws-cdk-lib';
 * import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
 *
 * new SecureSchedule(this, 'Nightly', {
 *   schedule: ScheduleExpression.cron({ hour: '3', minute: '0', timeZone: TimeZone.EUROPE_BERLIN }),
 *   target: ScheduleTarget.function(placeOrder),
 * });
 * ```
 */
export class SecureSchedule extends Schedule {
  /**
   * @throws ConfigurationError [SecureSchedule.Expression], [.Name], [.Description], [.RetryAttempts], [.MaxEventAge], [.FlexibleWindow] or [.Period] for what
   * EventBridge Scheduler would reject
   * @throws ConfigurationError [SecureSchedule.DeadLetterQueue] when failed calls would be kept unencrypted, or not at all
   * @throws ConfigurationError [ScheduleTarget.MessageGroup] or [ScheduleTarget.EventSource] when the target would refuse the call
   */
  constructor(scope: Construct, id: string, props: SecureScheduleProps) {
    checkSchedule(placeOf(scope, id), props);
    const key = dataKeyFor(scope, props.encryptionKey, placeOf(scope, id));
    const scheduleGroup = props.scheduleGroup ?? StackScheduleGroup.of(scope);
    super(scope, id, {
      schedule: props.schedule,
      target: { bind: (schedule) => bindTarget(schedule as Schedule, props, scheduleGroup, key) },
      scheduleName: props.scheduleName,
      description: props.description,
      scheduleGroup,
      enabled: props.enabled ?? true,
      timeWindow: TimeWindow.off(),
      start: props.start,
      end: props.end,
    });
    markOwn(this);
    this.finish(props, scheduleGroup, key);
  }

  /**
   * The key is set on the resource: the prop of the L2 would let the role decrypt whatever the key encrypts. So is the window, which the L2 wants
   * to know at synthesis.
   */
  private finish(props: SecureScheduleProps, group: IScheduleGroup, key: IKey | undefined): void {
    const resource = this.node.defaultChild as CfnSchedule;
    resource.name = nameOf(this, props);
    resource.kmsKeyArn = key?.keyArn;
    if (props.flexibleWindow !== undefined) resource.flexibleTimeWindow = { mode: 'FLEXIBLE', maximumWindowInMinutes: props.flexibleWindow.toMinutes() };
    resource.scheduleExpressionTimezone = props.schedule.timeZone?.timezoneName ?? SCHEDULE_TIME_ZONE;
    resource.node.addDependency(group, this.node.findChild(ROLE_ID)); // it must not run before it may
  }
}

const ROLE_ID = 'Role';

/** Makes the role, with the rights to call the target, to keep what failed and to read the schedule's own input. */
function bindTarget(schedule: Schedule, props: SecureScheduleProps, group: IScheduleGroup, key: IKey | undefined): ScheduleTargetConfig {
  const { account } = Stack.of(schedule);
  const role = new ServiceRole(schedule, ROLE_ID, {
    service: 'scheduler.amazonaws.com',
    description: `Calls the target of ${schedule.node.path}`,
    permissionsBoundary: props.permissionsBoundary,
    trustConditions: { StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': group.scheduleGroupArn } },
  });
  const target = props.target._bind(schedule, role);
  const queue = props.deadLetterQueue ?? StackDeadLetterQueue.of(schedule);
  allowOnQueue(queue, role, SEND_ACTIONS, KEY_WRITE_ACTIONS);
  if (key !== undefined) allowInput(schedule, props, group, role, key);
  return {
    ...target,
    role,
    input: props.target._input,
    deadLetterConfig: { arn: queue.queueArn },
    retryPolicy: {
      maximumRetryAttempts: props.retryAttempts ?? SCHEDULE_DELIVERY.retries.default,
      maximumEventAgeInSeconds: props.maxEventAge?.toSeconds() ?? SCHEDULE_DELIVERY.eventAge.default,
    },
  };
}

/**
 * EventBridge Scheduler decrypts the input in the name of the role, without a service in between: what binds the right is the schedule that
 * it gives KMS as context.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
 */
function allowInput(schedule: Schedule, props: SecureScheduleProps, group: IScheduleGroup, role: ServiceRole, key: IKey): void {
  const arn = Stack.of(schedule).formatArn({
    service: 'scheduler', resource: 'schedule', resourceName: `${group.scheduleGroupName}/${nameOf(schedule, props)}`,
  });
  allow(schedule, {
    grantee: role,
    actions: SCHEDULE_KEY_ACTIONS,
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:EncryptionContext:aws:scheduler:schedule:arn': arn } },
  });
}

/** Known before the schedule is made, so that its role can name it and exist first. */
function nameOf(schedule: Construct, { scheduleName }: SecureScheduleProps): string {
  return scheduleName ?? Names.uniqueResourceName(schedule, { maxLength: SCHEDULE_NAME.longest, separator: '-' });
}
