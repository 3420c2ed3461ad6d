import { Duration } from 'aws-cdk-lib';
import { STAGE_FLOOR } from './containment-baseline';
import { FindingSeverity } from '../detection/findings/finding-severity';

/** When a playbook runs, for how long and how often. */
export interface PlaybookOptions {
  /**
   * How bad a finding must be. Below HIGH expect false alarms.
   * @default - as the playbook says
   */
  readonly from?: FindingSeverity;
  /**
   * How long a containment lasts until it is undone by itself, between 5 minutes and 7 days, to the next sweep of 5 minutes.
   * @default Duration.hours(1)
   */
  readonly duration?: Duration;
  /**
   * How many containments of each kind of target may begin in an hour of the clock, between 1 and 100: forged findings cannot take down more
   * than that. What is beyond is not done, and an alarm says so.
   * @default 5
   */
  readonly hourlyLimit?: number;
}

/** What else can be chosen for APIs. */
export interface ApiPlaybookOptions extends PlaybookOptions {
  /**
   * Requests that a contained stage lets through in each second, for all callers together. Methods with a lower throttle keep it.
   * @default 10
   */
  readonly rateFloor?: number;
  /**
   * Requests that a contained stage lets through at once.
   * @default 10
   */
  readonly burstFloor?: number;
}

/** What is done when a finding names a resource of a kind. */
export class ContainmentPlaybook {
  /**
   * Stops a function: event source mappings off, reserved concurrency 0, and a policy on its role that denies everything, for what still
   * runs. Callers get errors; what waits in queues and streams stays there. By default from critical findings on.
   */
  public static function(options: PlaybookOptions = {}): ContainmentPlaybook {
    return new ContainmentPlaybook('function', ['function'], FindingSeverity.CRITICAL, options);
  }

  /**
   * Revokes the sessions of a role that began before now, in the form of IAM's own console, and deactivates the access key of a user. Who may
   * assume the role can do so anew: it is the stolen session that ends. By default from high findings on.
   */
  public static credential(options: PlaybookOptions = {}): ContainmentPlaybook {
    return new ContainmentPlaybook('credential', ['role', 'access-key'], FindingSeverity.HIGH, options);
  }

  /**
   * Refuses the attacker's address in the web ACL (IPv6: its /64), and lowers the throttle of the stage. By default from high findings on.
   */
  public static api(options: ApiPlaybookOptions = {}): ContainmentPlaybook {
    return new ContainmentPlaybook('api', ['address', 'stage'], FindingSeverity.HIGH, options, {
      rate: options.rateFloor ?? STAGE_FLOOR.rate, burst: options.burstFloor ?? STAGE_FLOOR.burst,
    });
  }

  /**
   * Closes a bucket to the public and freezes it: nobody but the administrators writes, deletes or changes the settings by which objects
   * would be lost; reading goes on. Suspended versioning is switched on. By default from critical findings on.
   */
  public static bucket(options: PlaybookOptions = {}): ContainmentPlaybook {
    return new ContainmentPlaybook('bucket', ['bucket'], FindingSeverity.CRITICAL, options);
  }

  private constructor(
    /** @internal */ public readonly _name: string,
    /** The kinds of targets, as the handlers call them. @internal */ public readonly _kinds: readonly string[],
    /** @internal */ public readonly _threshold: FindingSeverity,
    /** @internal */ public readonly _options: PlaybookOptions,
    /** @internal */ public readonly _floor: { readonly rate: number; readonly burst: number } | undefined = undefined,
  ) {}
}
