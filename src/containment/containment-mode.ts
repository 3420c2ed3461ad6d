import { Duration } from 'aws-cdk-lib';

/** How people have their say before something is contained. */
export interface ApprovalOptions {
  /**
   * How long somebody has to answer, between 5 minutes and 1 day. What nobody approved by then is not done; an attack goes on meanwhile.
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;
}

/** Whether a containment acts, asks first, or only says what it would do. */
export class ContainmentMode {
  /** Says what would be done, in the log and as an event, and changes nothing: its role has no right to. */
  public static dryRun(): ContainmentMode {
    return new ContainmentMode('dry-run');
  }

  /** Acts at once. Everything is undone after its time, and can be undone by one call before. */
  public static automatic(): ContainmentMode {
    return new ContainmentMode('automatic');
  }

  /**
   * Asks whoever reads the alarm topic first, and acts when somebody approves. A state machine waits for the answer.
   * @throws ConfigurationError [Containment.ApprovalTimeout] when nobody could answer in time, once the containment is made
   */
  public static approval(options: ApprovalOptions = {}): ContainmentMode {
    return new ContainmentMode('approval', options.timeout);
  }

  private constructor(
    /** @internal */ public readonly _name: 'dry-run' | 'automatic' | 'approval',
    /** @internal */ public readonly _timeout?: Duration,
  ) {}
}
