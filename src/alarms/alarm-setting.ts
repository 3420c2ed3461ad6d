import { Duration } from 'aws-cdk-lib';

/** How an alarm differs from its default. */
export interface AlarmTuning {
  /**
   * How long one data point lasts. 10 or 30 seconds, or whole minutes.
   * @default - the alarm's own period, mostly 5 minutes
   */
  readonly period?: Duration;
  /**
   * How many data points in a row are looked at.
   * @default - the alarm's own number
   */
  readonly evaluationPeriods?: number;
  /**
   * How many of these data points must be beyond the threshold.
   * @default - all of them
   */
  readonly datapointsToAlarm?: number;
}

/** What to do with one of the alarms that a construct makes by default: tune it, or switch it off with a reason. */
export class AlarmSetting {
  /**
   * The alarm with another threshold, in the unit that the alarm's own documentation names.
   * @throws ConfigurationError [AlarmSetting.Threshold], [AlarmSetting.Period], [AlarmSetting.EvaluationPeriods] or
   * [AlarmSetting.DatapointsToAlarm] when the alarm could never go off, once it is made
   */
  public static threshold(value: number, tuning: AlarmTuning = {}): AlarmSetting {
    return new AlarmSetting(value, tuning, undefined);
  }

  /**
   * No alarm. Whatever it watches then goes unseen; the reason stands in the report.
   * @throws ConfigurationError [AlarmSetting.Reason] when the reason is too short to be judged, once the alarm would be made
   */
  public static off(reason: string): AlarmSetting {
    return new AlarmSetting(undefined, {}, reason);
  }

  private constructor(
    /** @internal */ public readonly _threshold: number | undefined,
    /** @internal */ public readonly _tuning: AlarmTuning,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
