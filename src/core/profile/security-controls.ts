import { RetentionDays } from 'aws-cdk-lib/aws-logs';

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
  /**
   * API stages present a client certificate to HTTP backends, which tell the API from other callers by it. It costs nothing.
   *
   * API Gateway generates certificates valid for 365 days: give the stage a new one before. Functions do not look at it. An account may have 60 in
   * a region, a quota that AWS raises on request. Security Hub asks for one (APIGateway.2).
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
   */
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
   * API stages present a client certificate to HTTP backends: valid for 365 days, 60 to an account and region, free. Functions do not look at it.
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

/** The controls of `SecurityProfile.sandbox()`. */
export const SANDBOX: SecurityControls = {
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
  clientCertificates: false, // one thing more to make and delete, at which nobody looks
  backupPlans: false,
  exceptionDays: 365, // nobody depends on it, but a year later nobody remembers it either
};

/** The controls of `SecurityProfile.production()`. */
export const PRODUCTION: SecurityControls = {
  ...SANDBOX,
  customerKeys: true,
  webAcl: true,
  alarms: AlarmCoverage.FULL,
  logRetention: RetentionDays.ONE_YEAR,
  logMasking: true,
  retainData: true,
  clientCertificates: true, // Security Hub APIGateway.2; free, and nothing for the author to do where functions answer
  exceptionDays: 180, // two quarters: one to plan the work, one to do it
};

/** The controls of `SecurityProfile.regulated()`. */
export const REGULATED: SecurityControls = {
  ...PRODUCTION,
  managedPolicies: true,
  networkRequired: true,
  codeSigningRequired: true,
  countriesRequired: true,
  failureQueues: true,
  concurrencyRequired: true,
  objectLock: true,
  apiCache: true,
  backupPlans: true,
  exceptionDays: 90, // a quarter: reviews of accepted risks are due as often
};
