import { AppModel } from './resources/app-model';
import { Resource } from './resources/resource';
import { RuleOptions } from './rule-options';
import { isUnresolved, Value } from './values/values';
import { SecurityControls } from '../core/profile/security-controls';
import { SecurityProfile } from '../core/profile/security-profile';

/** How bad a violation is. CDK is told `error` for high and medium, `warning` for low and `info` for info: its own words do not know these. */
export enum Severity {
  /** Somebody outside gets in, or gets far more rights than meant. */
  HIGH = 'high',
  /** One layer of protection is missing. */
  MEDIUM = 'medium',
  /** A habit that makes mistakes more likely. */
  LOW = 'low',
  /** Worth knowing; never stops anything. */
  INFO = 'info',
}

/** What CDK is told for each severity. */
export const CDK_SEVERITY: { readonly [severity in Severity]: 'error' | 'warning' | 'info' } = {
  [Severity.HIGH]: 'error',
  [Severity.MEDIUM]: 'error',
  [Severity.LOW]: 'warning',
  [Severity.INFO]: 'info',
};

/** What a rule knows besides the templates: the strength that the app chose, and what the app's owner told the pack. */
export interface RuleContext {
  /** The profile that holds for the resource. */
  readonly profile: SecurityProfile;
  readonly options: RuleOptions;
}

/** The risks that the rules answer. */
export type Risk =
  | 'attack-surface' | 'misconfiguration' | 'broken-authentication' | 'over-privilege' | 'no-front-line' | 'single-layer'
  | 'unseen-attack' | 'third-party' | 'data-exposure' | 'runaway-use';

/** Stands in `appliesTo` for every type, templates included. */
export const ANY_TYPE = '*';

/** Stands in `appliesTo` for the custom resources of every name: `Custom::Seed`. */
export const CUSTOM_TYPES = 'Custom::*';

/** What a rule found on a resource, at one place or for one finding. */
export type Outcome =
  | { readonly kind: 'pass' }
  | { readonly kind: 'not-applicable' }
  | { readonly kind: 'fail'; readonly location: string; readonly finding?: string }
  | { readonly kind: 'unresolved'; readonly location: string; readonly finding?: string };

const PASS: Outcome = { kind: 'pass' };
const NOT_APPLICABLE: Outcome = { kind: 'not-applicable' };

/** What a check says about one resource: one outcome, or one for each part of it that stands for itself. */
export type RuleResult = Outcome | readonly Outcome[];

/** One thing that can be wrong in anybody's template: the text, and the test. */
export interface Rule {
  /** Three words for what is wrong or right. Stable: acknowledgements name it. */
  readonly id: string;
  readonly severity: Severity;
  /** Profiles, by name, in which the severity differs; `off` where the rule does not hold. */
  readonly severityIn?: { readonly [profile: string]: Severity | 'off' };
  /** The resource types that are checked; `Template` for what a template holds besides resources, `*` for everything. */
  readonly appliesTo: readonly string[];
  /** What is wrong, as a sentence. */
  readonly title: string;
  /** What an attacker or an accident makes of it. */
  readonly why: string;
  /** The way out, for plain CDK or CloudFormation and for the constructs of this library. */
  readonly fix: string;
  readonly risks: readonly Risk[];
  /** Controls of other catalogues that ask for the same. */
  readonly frameworks: readonly string[];
  /** The form of the finding in brackets; none where a resource can only fail as a whole. */
  readonly findingForm?: string;
  /** The rule holds only where the profile has this control switched on. */
  readonly control?: keyof SecurityControls;
  /** Judges one resource. Pure, quick, and total: it never throws, and says `unresolved` where the template leaves the answer open. */
  readonly check: (resource: Resource, app: AppModel, context: RuleContext) => RuleResult;
}

export function pass(): Outcome {
  return PASS;
}

export function notApplicable(): Outcome {
  return NOT_APPLICABLE;
}

/** A violation; `finding` tells apart what can be acknowledged apart. */
export function fail(location: string, finding?: string): Outcome {
  return { kind: 'fail', location, finding };
}

/** The template does not tell. It is reported as a warning, under an id of its own. */
export function unresolved(location: string, finding?: string): Outcome {
  return { kind: 'unresolved', location, finding };
}

/** Judges a property: the worst of the values that it may have at deployment counts. */
export function expectProperty(resource: Resource, path: string, isSafe: (value: Value) => boolean, finding?: string): Outcome {
  return expectEach(resource.alternatives(path), `Properties.${path}`, isSafe, finding);
}

/** Judges values: one unsafe value fails, then one unknown value leaves the answer open. */
export function expectEach(values: readonly Value[], location: string, isSafe: (value: Value) => boolean, finding?: string): Outcome {
  if (values.some((value) => !isUnresolved(value) && !isSafe(value))) return fail(location, finding);
  return values.some(isUnresolved) ? unresolved(location, finding) : pass();
}

/** Whether a rule had one thing to judge, and it is as it should be. */
export function isPass(result: RuleResult): boolean {
  return result === PASS;
}

/** Whether a rule had nothing to judge. */
export function isNotApplicable(result: RuleResult): boolean {
  return result === NOT_APPLICABLE;
}

/** The outcomes of a result, or "not applicable" where a rule had nothing to judge. */
export function outcomesOf(result: RuleResult): readonly Outcome[] {
  if (!Array.isArray(result)) return [result as Outcome];
  return result.length === 0 ? [notApplicable()] : result as readonly Outcome[];
}
