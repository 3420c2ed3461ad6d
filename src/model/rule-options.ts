import { AccountTrust, AccountUse } from '../core/third-party/trusted-account';

/** What only the owner of an app knows, and rules need. */
export interface RuleOptions {
  /** Ids of other accounts that the app may trust, share data with and take code or events from. */
  readonly trustedAccounts: readonly string[];
  /** Other accounts that it may trust with some of that. */
  readonly trusts?: readonly AccountTrust[];
  /** How many independent layers each way in needs at least: authentication, validation, throttle, web ACL, least privilege, monitoring. */
  readonly minimumLayers: number;
  /** How many functions may read one secret before the rule asks why. */
  readonly mostSecretReaders: number;
  /** Names of environment variables that hook into the runtime on purpose: `AWS_LAMBDA_EXEC_WRAPPER` of an observability layer. */
  readonly allowedRuntimeHooks: readonly string[];
}

export const DEFAULT_RULE_OPTIONS: RuleOptions = {
  trustedAccounts: [],
  minimumLayers: 3,
  mostSecretReaders: 3,
  allowedRuntimeHooks: [],
};

/** The accounts that may be trusted with something. */
export function trustedWith(use: AccountUse, { trustedAccounts, trusts = [] }: Pick<RuleOptions, 'trustedAccounts' | 'trusts'>): readonly string[] {
  return [...trustedAccounts, ...trusts.filter(({ uses }) => uses.includes(use)).map(({ account }) => account)];
}
