import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { checkInteger, checkReason } from './checks';
import { ConfigurationError, refuse } from './configuration-error';
import { recordWaiver } from './waiver';

/** How much of a construct is watched by alarms. */
export enum AlarmCoverage {
  /** Only what tells that requests fail. */
  ERRORS = 'errors',
  /** Everything that the construct knows to watch: about five alarms for each function and API. */
  FULL = 'full',
}

/** The cost-bearing controls that a profile decides for all constructs below it. */
export interface SecurityControls {
  /** Data is encrypted with a customer-managed KMS key: one key per stack, about 1 USD a month. */
  readonly customerKeys: boolean;
  /** APIs stand behind a regional web ACL: one per stack, about 10 USD a month. */
  readonly webAcl: boolean;
  /** What is watched: about 0.10 USD a month for each alarm. */
  readonly alarms: AlarmCoverage;
  /** How long logs are kept. */
  readonly logRetention: RetentionDays;
  /** Log groups mask credentials and personal data: 0.12 USD for each GB scanned. */
  readonly logMasking: boolean;
  /** Data outlives its stack, and deletion is protected. */
  readonly retainData: boolean;
  /** Rights stand in one customer-managed policy per role instead of inline policies. */
  readonly managedPolicies: boolean;
  /** Functions must join a network. */
  readonly networkRequired: boolean;
  /** Functions must have a code signing configuration. */
  readonly codeSigningRequired: boolean;
  /** Distributions must say which countries they serve, be it all of them. */
  readonly countriesRequired: boolean;
  /** Functions have a failure queue even where nothing is known to call them asynchronously: 0.10 USD a month each, for its alarm. */
  readonly failureQueues: boolean;
  /** Functions must say how many executions at once they may have. */
  readonly concurrencyRequired: boolean;
  /** Buckets lock their objects against deletion and overwriting for one year. */
  readonly objectLock: boolean;
  /** API stages have an encrypted cache: from about 15 USD a month for each API. */
  readonly apiCache: boolean;
  /** API stages present a client certificate to HTTP backends. */
  readonly clientCertificates: boolean;
  /** Tables are copied into a locked vault each day, besides their point-in-time recovery: 0.10 USD a month for each GB. */
  readonly backupPlans: boolean;
  /** How many days an exception may last, from the day of a synthesis: whoever accepts a finding for longer is refused. */
  readonly exceptionDays: number;
}

/** Changes to a profile. Whatever is left out stays as it is. */
export interface SecurityControlChanges {
  /**
   * Why a control may be weaker than in the profile. Required as soon as one is; the report shows it.
   * @default - none: only stronger controls are accepted
   */
  readonly reason?: string;
  /**
   * Data is encrypted with a customer-managed KMS key: one key per stack, about 1 USD a month.
   * @default - as in the profile
   */
  readonly customerKeys?: boolean;
  /**
   * APIs stand behind a regional web ACL: one per stack, about 10 USD a month.
   * @default - as in the profile
   */
  readonly webAcl?: boolean;
  /**
   * What is watched: about 0.10 USD a month for each alarm.
   * @default - as in the profile
   */
  readonly alarms?: AlarmCoverage;
  /**
   * How long logs are kept.
   * @default - as in the profile
   */
  readonly logRetention?: RetentionDays;
  /**
   * Log groups mask credentials and personal data: 0.12 USD for each GB scanned.
   * @default - as in the profile
   */
  readonly logMasking?: boolean;
  /**
   * Data outlives its stack, and deletion is protected.
   * @default - as in the profile
   */
  readonly retainData?: boolean;
  /**
   * Rights stand in one customer-managed policy per role instead of inline policies.
   * @default - as in the profile
   */
  readonly managedPolicies?: boolean;
  /**
   * Functions must join a network.
   * @default - as in the profile
   */
  readonly networkRequired?: boolean;
  /**
   * Functions must have a code signing configuration.
   * @default - as in the profile
   */
  readonly codeSigningRequired?: boolean;
  /**
   * Distributions must say which countries they serve, be it all of them.
   * @default - as in the profile
   */
  readonly countriesRequired?: boolean;
  /**
   * Functions have a failure queue even where nothing is known to call them asynchronously: 0.10 USD a month each, for its alarm.
   * @default - as in the profile
   */
  readonly failureQueues?: boolean;
  /**
   * Functions must say how many executions at once they may have. Lambda keeps 100 of an account's executions unreserved.
   * @default - as in the profile
   */
  readonly concurrencyRequired?: boolean;
  /**
   * Buckets lock their objects against deletion and overwriting for one year.
   * @default - as in the profile
   */
  readonly objectLock?: boolean;
  /**
   * API stages have an encrypted cache: from about 15 USD a month for each API.
   * @default - as in the profile
   */
  readonly apiCache?: boolean;
  /**
   * API stages present a client certificate to HTTP backends.
   * @default - as in the profile
   */
  readonly clientCertificates?: boolean;
  /**
   * Tables are copied into a locked vault each day, besides their point-in-time recovery: 0.10 USD a month for each GB.
   * @default - as in the profile
   */
  readonly backupPlans?: boolean;
  /**
   * How many days an exception may last, from the day of a synthesis, between 1 and 3650. More days are weaker, and need a reason.
   * @default - as in the profile
   */
  readonly exceptionDays?: number;
}

const SANDBOX: SecurityControls = {
  customerKeys: false,
  webAcl: false,
  alarms: AlarmCoverage.ERRORS,
  logRetention: RetentionDays.ONE_MONTH,
  logMasking: false,
  retainData: false,
  managedPolicies: false,
  networkRequired: false,
  codeSigningRequired: false,
  countriesRequired: false,
  failureQueues: false,
  concurrencyRequired: false,
  objectLock: false,
  apiCache: false,
  clientCertificates: false,
  backupPlans: false,
  exceptionDays: 365, // nobody depends on it, but a year later nobody remembers it either
};

const PRODUCTION: SecurityControls = {
  ...SANDBOX,
  customerKeys: true,
  webAcl: true,
  alarms: AlarmCoverage.FULL,
  logRetention: RetentionDays.ONE_YEAR,
  logMasking: true,
  retainData: true,
  exceptionDays: 180, // two quarters: one to plan the work, one to do it
};

const REGULATED: SecurityControls = {
  ...PRODUCTION,
  managedPolicies: true,
  networkRequired: true,
  codeSigningRequired: true,
  countriesRequired: true,
  failureQueues: true,
  concurrencyRequired: true,
  objectLock: true,
  apiCache: true,
  clientCertificates: true,
  backupPlans: true,
  exceptionDays: 90, // a quarter: reviews of accepted risks are due as often
};

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

  /** For what customers use: customer-managed keys, web ACL, full alarms, data that is kept. */
  public static production(): SecurityProfile {
    return new SecurityProfile('production', PRODUCTION);
  }

  /**
   * For what auditors look at: `production`, and managed policies, networks, code signing, bounds of concurrency, object lock, encrypted
   * caches and client certificates.
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
