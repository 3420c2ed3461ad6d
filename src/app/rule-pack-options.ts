import { RuleSetting } from './rule-setting';
import { checkInteger } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { PlacedWaiver } from '../core/exceptions/waiver';
import { checkLimits, DependencyLimits } from '../core/third-party/dependency-limits';
import { Severity } from '../model/rule';
import { DEFAULT_RULE_OPTIONS } from '../model/rule-options';
import { JudgeOptions } from '../policy/judge';

/** What only the owner of an app knows, and the rules need. */
export interface RulePackOptions {
  /**
   * Rules that have another severity in this app, or are switched off. A rule that stands twice has the last setting.
   * @default - every rule as the pack and the profile rank it
   */
  readonly rules?: RuleSetting[];
  /**
   * Ids of other accounts that the app may trust, share data with, and take code or events from: rules about foreign accounts accept them.
   * @default - none: each foreign account is a finding
   */
  readonly trustedAccounts?: string[];
  /**
   * How many independent layers each way into the app needs at least: authentication, validation, throttle, web ACL, least privilege,
   * monitoring.
   * @default 3
   */
  readonly minimumLayers?: number;
  /**
   * How many functions may read one secret before a rule asks why.
   * @default 3
   */
  readonly mostSecretReaders?: number;
  /**
   * Names of environment variables that hook into the runtime on purpose, for example `AWS_LAMBDA_EXEC_WRAPPER` of an observability layer.
   * @default - none: each hook is a finding
   */
  readonly allowedRuntimeHooks?: string[];
  /**
   * What the code of all functions may bring along, whoever wrote them. A function of which nobody knows what is in it is warned of.
   * @default - anything
   */
  readonly dependencyLimits?: DependencyLimits;
}

const MOST_LAYERS = 6;

/** The options as the rules read them. */
export function judgeOptions(place: Place, options: RulePackOptions): JudgeOptions {
  const { trustedAccounts = [], minimumLayers, mostSecretReaders, allowedRuntimeHooks = [], dependencyLimits } = options;
  const foreign = trustedAccounts.find((account) => !/^\d{12}$/.test(account));
  if (foreign !== undefined) {
    refuse(place, {
      code: 'RulePackOptions.TrustedAccounts',
      prop: 'trustedAccounts',
      must: 'must hold ids of accounts, 12 digits each',
      got: foreign,
      fix: 'give the id as a text, with its leading zeros',
    });
  }
  checkInteger(place, minimumLayers, 0, MOST_LAYERS, {
    code: 'RulePackOptions.MinimumLayers', prop: 'minimumLayers', fix: 'leave it out to ask for 3',
  });
  checkInteger(place, mostSecretReaders, 1, 1000, {
    code: 'RulePackOptions.MostSecretReaders', prop: 'mostSecretReaders', fix: 'leave it out to ask from the fourth reader on',
  });
  if (dependencyLimits !== undefined) checkLimits(place, dependencyLimits);
  return {
    trustedAccounts,
    minimumLayers: minimumLayers ?? DEFAULT_RULE_OPTIONS.minimumLayers,
    mostSecretReaders: mostSecretReaders ?? DEFAULT_RULE_OPTIONS.mostSecretReaders,
    allowedRuntimeHooks,
    severities: new Map((options.rules ?? []).map(({ rule, rank }) => [rule, (rank as Severity | undefined) ?? 'off'])),
  };
}

/** The settings that make the pack more lenient than it is, in the words of the report. */
export function exceptionsIn(options: RulePackOptions): readonly PlacedWaiver[] {
  return (options.rules ?? []).filter(({ reason }) => reason !== undefined)
    .map(({ rule, rank, reason }) => ({ control: `Rule.${rule}: ${rank ?? 'off'}`, reason: reason!, constructPath: '' }));
}

/** Whether somebody decided anything. */
export function hasDecisions(options: RulePackOptions): boolean {
  const { rules, trustedAccounts, minimumLayers, mostSecretReaders, allowedRuntimeHooks, dependencyLimits } = options;
  return [rules, trustedAccounts, minimumLayers, mostSecretReaders, allowedRuntimeHooks, dependencyLimits].some((option) => option !== undefined);
}
