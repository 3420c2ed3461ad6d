import { Duration, Stack } from 'aws-cdk-lib';
import { AlarmMuteRule, CfnAlarm, CfnCompositeAlarm, ScheduleExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct, IConstruct } from 'constructs';
import { forEachWatched, Watched } from './watched';
import { checkDuration, checkLength, checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { acknowledgeInPacks, acknowledgeRule, AUDIT_PACKS } from '../core/exceptions/acknowledgement';
import { recordWaiver } from '../core/exceptions/waiver';

/** When alarms are quiet, and why. */
export interface AlarmQuietTime {
  /** When it begins: a cron expression, or one date. */
  readonly schedule: ScheduleExpression;
  /** How long it lasts each time, between 1 minute and 15 days. */
  readonly duration: Duration;
  /** Why nobody needs to hear of alarms then, in a sentence that a reviewer can judge. The report shows it. */
  readonly reason: string;
}

/** The reason is the description of the rule: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html */
const MUTING_REASON_MOST = 1024;

/** A mute rule takes in at most 100 alarms. */
const ALARMS_PER_RULE = 100;

/**
 * Keeps alarms from calling somebody: where nobody is on call, or while it is known that they will go off. The alarms are made, and show
 * their state on dashboards, all the same.
 */
export class AlarmMuting {
  /**
   * Takes the actions from all alarms at and below a construct, those that are made later included: for stages that serve nobody.
   *
   * ```ts
   * AlarmMuting.silence(sandbox, 'a test stage: nobody is on call for it');
   * ```
   * @throws ConfigurationError [AlarmMuting.Reason] when the reason is too short to be judged
   */
  public static silence(scope: IConstruct, reason: string): void {
    checkReason(scope, reason, { code: 'AlarmMuting.Reason', prop: 'reason', fix: 'say why nobody needs to hear of alarms' });
    recordWaiver(scope, { control: 'Alarms.actions', reason });
    forEachWatched(scope, ({ alarm }) => {
      if (alarm === undefined) return;
      const resource = alarm.node.defaultChild as CfnAlarm | CfnCompositeAlarm;
      resource.actionsEnabled = false;
      acknowledgeInPacks(resource, AUDIT_PACKS, 'CloudWatchAlarmAction', reason);
      acknowledgeRule(resource, 'AlarmAction[Disabled]', reason);
    });
  }

  /**
   * Mutes all alarms at and below a construct during a time that comes again, such as a maintenance window, or comes once. An alarm that
   * is still on when the time ends calls then. Mute rules cost nothing.
   * @throws ConfigurationError [AlarmMuting.Reason] when the reason is too short to be judged
   * @throws ConfigurationError [AlarmMuting.Duration] when the duration is out of bounds
   * @throws ConfigurationError [AlarmMuting.Stack] when the construct is not in a stack, where the rule could stand
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
   */
  public static during(scope: Construct, id: string, quiet: AlarmQuietTime): void {
    checkReason(scope, quiet.reason, { code: 'AlarmMuting.Reason', prop: 'reason', fix: 'say why nobody needs to hear of alarms then' });
    checkLength(scope, quiet.reason, 0, MUTING_REASON_MOST, { code: 'AlarmMuting.Reason', prop: 'reason', fix: 'shorten it' });
    checkDuration(scope, quiet.duration, Duration.minutes(1), Duration.days(15), {
      code: 'AlarmMuting.Duration', prop: 'duration', fix: 'use a schedule that comes again for what lasts longer',
    });
    if (!scope.node.scopes.some((node) => Stack.isStack(node))) {
      refuse(scope, { code: 'AlarmMuting.Stack', prop: 'scope', must: 'must be a stack or a construct in one', fix: 'call it for each stack' });
    }
    recordWaiver(scope, { control: 'Alarms.quietTime', reason: quiet.reason });
    forEachWatched(scope, intoRules(scope, id, quiet));
  }

  private constructor() {}
}

/** As many rules as are needed, each made when its first alarm comes. */
function intoRules(scope: Construct, id: string, quiet: AlarmQuietTime): (watched: Watched) => void {
  let count = 0;
  let rule: AlarmMuteRule | undefined;
  return ({ alarm }) => {
    if (alarm === undefined) return;
    if (count % ALARMS_PER_RULE === 0) {
      const number = count / ALARMS_PER_RULE;
      rule = new AlarmMuteRule(scope, number === 0 ? id : `${id}${number + 1}`, {
        description: quiet.reason, schedule: quiet.schedule, duration: quiet.duration,
      });
    }
    rule!.addAlarm(alarm);
    count += 1;
  };
}
