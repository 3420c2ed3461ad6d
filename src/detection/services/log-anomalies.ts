import { LogAnomalyFrequency } from './log-anomaly-frequency';
import { AlarmSetting } from '../../alarms/alarm-setting';

/** How the logs of functions are watched. */
export interface LogAnomalyOptions {
  /**
   * How often CloudWatch looks.
   * @default LogAnomalyFrequency.FIFTEEN_MINUTES
   */
  readonly frequency?: LogAnomalyFrequency;
  /**
   * The number of anomalies of high priority, in 15 minutes: one alarm for each function, 0.10 USD a month.
   * @default - more than 0; made where the profile has full alarms
   */
  readonly alarm?: AlarmSetting;
}

/**
 * Whether CloudWatch learns what the logs of functions look like, and tells of lines that do not.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/LogsAnomalyDetection.html
 */
export class LogAnomalies {
  /**
   * A detector for the log group of each function of the stack, encrypted with the key of the stack: one resource for each function. Anomalies are
   * kept in view for 30 days.
   */
  public static ofFunctions(options: LogAnomalyOptions = {}): LogAnomalies {
    return new LogAnomalies(options, undefined);
  }

  /**
   * None. The reason stands in the report where the profile wants them.
   * @throws ConfigurationError [ThreatDetection.Reason] when the reason is too short to be judged, once the detection is made
   */
  public static off(reason: string): LogAnomalies {
    return new LogAnomalies(undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _options: LogAnomalyOptions | undefined,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
