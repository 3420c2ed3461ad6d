import { checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { RULES } from '../policy/catalog';
import { NEVER_WAIVABLE } from '../policy/exceptions/never-waivable';
import { nearestRules } from '../policy/nearest-rules';

/** How bad a violation of a rule is. HIGH and MEDIUM stop a synthesis. */
export enum RuleSeverity {
  /** Somebody outside gets in, or gets far more rights than meant. CDK is told an error. */
  HIGH = 'high',
  /** One layer of protection is missing. CDK is told an error. */
  MEDIUM = 'medium',
  /** A habit that makes mistakes more likely. CDK is told a warning. */
  LOW = 'low',
  /** Worth knowing; never stops anything. */
  INFO = 'info',
}

const STRICTEST_FIRST: readonly string[] = [RuleSeverity.HIGH, RuleSeverity.MEDIUM, RuleSeverity.LOW, RuleSeverity.INFO];

/**
 * What an app decides about one rule of the pack, for all of its resources: another severity, or none.
 *
 * A single resource is better served by `SecurityExceptions`, which leaves the rule on everywhere else.
 * Whatever makes the pack more lenient needs a reason; report.json lists it among the exceptions.
 */
export class RuleSetting {
  /**
   * Switches a rule off everywhere in the app.
   *
   * @param rule the id of the rule, without a finding in brackets
   * @param reason why the app does not need it: a sentence that a reviewer can judge
   * @throws ConfigurationError [RuleSetting.UnknownRule] when the pack has no such rule; the message names those that are spelled alike
   * @throws ConfigurationError [RuleSetting.Reason] when the reason says nothing
   * @throws ConfigurationError [RuleSetting.NeverWaivable] when the rule finds what can never be accepted
   */
  public static off(rule: string, reason: string): RuleSetting {
    checkRule(rule);
    checkReason(place(rule), reason, REASON);
    if (isNeverWaivable(rule)) refuseLenience(rule);
    return new RuleSetting(rule, undefined, reason);
  }

  /**
   * Gives a rule another severity everywhere in the app, whatever the profile says.
   *
   * @param rule the id of the rule, without a finding in brackets
   * @param severity how bad a violation is in this app
   * @param reason why, which is required when the severity is lower than that of the pack
   * @throws ConfigurationError [RuleSetting.UnknownRule] when the pack has no such rule; the message names those that are spelled alike
   * @throws ConfigurationError [RuleSetting.Reason] when a lower severity has no reason that says something
   * @throws ConfigurationError [RuleSetting.NeverWaivable] when the rule finds what can never be accepted, and would be no error any more
   */
  public static severity(rule: string, severity: RuleSeverity, reason?: string): RuleSetting {
    const { severity: ofPack } = checkRule(rule);
    const lower = STRICTEST_FIRST.indexOf(severity) > STRICTEST_FIRST.indexOf(ofPack);
    if (lower || reason !== undefined) checkReason(place(rule), reason ?? '', REASON);
    if (isNeverWaivable(rule) && (severity === RuleSeverity.LOW || severity === RuleSeverity.INFO)) refuseLenience(rule);
    return new RuleSetting(rule, severity, reason);
  }

  private constructor(
    /** The id of the rule. */
    public readonly rule: string,
    /** The severity; undefined when the rule is switched off. */
    public readonly rank: RuleSeverity | undefined,
    /** Why. */
    public readonly reason: string | undefined,
  ) {}
}

const REASON = { code: 'RuleSetting.Reason', prop: 'reason', fix: 'say why the app is safe without the rule, or leave the rule on' };

function place(rule: string): { readonly node: { readonly path: string } } {
  return { node: { path: `rule ${rule}` } };
}

function isNeverWaivable(id: string): boolean {
  return NEVER_WAIVABLE.some(({ rule }) => rule === id);
}

function refuseLenience(id: string): never {
  return refuse(place(id), {
    code: 'RuleSetting.NeverWaivable',
    prop: 'rule',
    must: 'must stay an error: some of what it finds can never be accepted',
    got: id,
    fix: 'mend the findings, or accept the others one by one with SecurityExceptions',
  });
}

function checkRule(id: string): { readonly severity: string } {
  const found = RULES.find((rule) => rule.id === id);
  if (found !== undefined) return found;
  const near = nearestRules(id);
  return refuse(place(id), {
    code: 'RuleSetting.UnknownRule',
    prop: 'rule',
    must: 'must be the id of a rule of this pack',
    got: id,
    fix: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'docs/rules.md lists them',
  });
}
