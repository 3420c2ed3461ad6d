import { IConstruct } from 'constructs';
import { checkInteger, checkReason } from '../checks';
import { ConfigurationError, refuse } from '../configuration-error';
import { AlarmCoverage, PRODUCTION, REGULATED, SANDBOX, SecurityControlChanges, SecurityControls } from './security-controls';
import { recordWaiver } from '../exceptions/waiver';

const MOST_EXCEPTION_DAYS = 3650;

/** Where a construct keeps the profile that was chosen at it. */
export const CHOSEN = Symbol.for('cdk-secure-serverless.profile');
const LOOKED_UP = Symbol.for('cdk-secure-serverless.profile-used');

/** A construct that keeps what was chosen, and what was looked up. */
export type ProfileHolder = IConstruct & { [CHOSEN]?: SecurityProfile; [LOOKED_UP]?: SecurityProfile };

/**
 * One place to weigh strength against cost: the controls that cost money while nothing happens move together.
 *
 * What costs nothing (authorization, least privilege, TLS, encryption at rest, closed resource policies) is the same in all three.
 * Constructs find their profile through the construct tree; without a choice it is `production`.
 */
export class SecurityProfile {
  /** For experiments: no web ACL, AWS-owned keys, alarms on errors only, and data that goes with its stack. Nearly free while idle. */
  public static sandbox(): SecurityProfile {
    return new SecurityProfile('sandbox', SANDBOX);
  }

  /**
   * For what customers use: customer-managed keys, web ACL, full alarms, data that is kept, client certificates of REST APIs.
   *
   * Each certificate counts for the quota of 60 in an account and region, which AWS raises on request. API Gateway generates certificates valid for
   * 365 days: an HTTP backend that asks for one needs a new one before, functions do not look at it.
   */
  public static production(): SecurityProfile {
    return new SecurityProfile('production', PRODUCTION);
  }

  /**
   * For what auditors look at: `production`, and managed policies, networks, code signing, bounds of concurrency, object lock and
   * encrypted caches.
   */
  public static regulated(): SecurityProfile {
    return new SecurityProfile('regulated', REGULATED);
  }

  /** The profile that holds for a construct: the nearest choice on the way to the root, or `production`. */
  public static of(scope: IConstruct): SecurityProfile {
    const dependOnIt: ProfileHolder[] = [];
    let chosen: SecurityProfile | undefined;
    for (let node: IConstruct | undefined = scope; node !== undefined && chosen === undefined; node = node.node.scope) {
      dependOnIt.push(node);
      chosen = (node as ProfileHolder)[CHOSEN];
    }
    const profile = chosen ?? SecurityProfile.usual;
    for (const node of dependOnIt) node[LOOKED_UP] ??= profile;
    return profile;
  }

  /** What holds where nobody chose. */
  private static readonly usual = SecurityProfile.production();

  private constructor(
    /** `sandbox`, `production` or `regulated`. */
    public readonly name: string,
    /** The controls as they stand after all changes. */
    public readonly controls: SecurityControls,
    private readonly weakened: readonly string[] = [],
    private readonly reason?: string,
  ) {}

  /**
   * A copy with some controls changed. Stronger is always accepted; a weaker one needs `reason`, which the report shows.
   * @throws ConfigurationError [SecurityProfile.Reason] when a control gets weaker and no reason is given
   * @throws ConfigurationError [SecurityProfile.ExceptionDays] when exceptionDays is no whole number between 1 and 3650
   */
  public with(changes: SecurityControlChanges): SecurityProfile {
    const { reason, ...rest } = changes;
    checkInteger({ node: { path: this.name } }, rest.exceptionDays, 1, MOST_EXCEPTION_DAYS, {
      code: 'SecurityProfile.ExceptionDays', prop: 'exceptionDays', fix: `leave it out to allow ${this.controls.exceptionDays}`,
    });
    const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<SecurityControls>;
    const weakened = (Object.keys(given) as (keyof SecurityControls)[]).filter((key) => isWeaker(key, given[key]!, this.controls[key]));
    if (weakened.length > 0 && reason === undefined) {
      throw new ConfigurationError('SecurityProfile.Reason', this.name,
        `'reason' must be given when a control gets weaker (${weakened.join(', ')}); say why this app may do without `
        + `[SecurityProfile.Reason, at '${this.name}']`);
    }
    return new SecurityProfile(this.name, { ...this.controls, ...given }, [...this.weakened, ...weakened], reason ?? this.reason);
  }

  /**
   * Makes this the profile of `scope` and all below it.
   * @throws ConfigurationError [SecurityProfile.TooLate] when a construct below was already made with another profile
   */
  public applyTo(scope: IConstruct): void {
    const used = (scope as ProfileHolder)[LOOKED_UP];
    if (used !== undefined && JSON.stringify(used.controls) !== JSON.stringify(this.controls)) {
      refuse(scope, {
        code: 'SecurityProfile.TooLate',
        prop: 'profile',
        must: `must be chosen before the first secure construct is made, which already used '${used.name}'`,
        fix: 'call ServerlessSecurity.of(app).enforce({ profile }) right after the app or stage is made',
      });
    }
    if (this.weakened.length > 0) {
      checkReason(scope, this.reason ?? '', { code: 'SecurityProfile.Reason', prop: 'reason', fix: 'say why this app may do without' });
      for (const control of this.weakened) recordWaiver(scope, { control: `SecurityProfile.${control}`, reason: this.reason! });
    }
    (scope as ProfileHolder)[CHOSEN] = this;
  }
}

function isWeaker(control: keyof SecurityControls, now: unknown, before: unknown): boolean {
  if (typeof now === 'boolean') return !now && before === true;
  if (control === 'exceptionDays') return (now as number) > (before as number);
  if (typeof now === 'number') return now < (before as number);
  return now === AlarmCoverage.ERRORS && before === AlarmCoverage.FULL;
}
