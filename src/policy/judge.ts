import { RULES } from './catalog';
import { SecurityProfile } from '../core/security-profile';
import { AppModel } from './model/resources/app-model';
import { Resource } from './model/resources/resource';
import { cdkHelperOf } from './model/rights/cdk-helpers';
import { ANY_TYPE, CDK_SEVERITY, CUSTOM_TYPES, isNotApplicable, isPass, Outcome, outcomesOf, Rule, RuleContext, RuleResult, Severity } from './model/rule';
import { DEFAULT_RULE_OPTIONS, RuleOptions } from './model/rule-options';

/** One violation, or one question that the template leaves open, on one resource. */
export interface Finding {
  readonly rule: Rule;
  /** What is acknowledged: the rule, and the finding in brackets. */
  readonly id: string;
  /** What stands in the brackets, as the rule said it. */
  readonly part?: string;
  /** The template leaves the answer open. */
  readonly undecided: boolean;
  /** It holds with values of parameters that the template allows, and not with those that are likely in production. */
  readonly withOtherValues?: boolean;
  /** As CDK is told. */
  readonly severity: 'error' | 'warning' | 'info';
  /** The severity of the rule where it was found: the profile and the app's owner may rank it differently. */
  readonly rank: Severity;
  readonly resource: Resource;
  /** Property paths. */
  readonly locations: readonly string[];
}

/** How often each rule found what it wants: the evidence that something was looked at. */
export interface RuleTally {
  readonly rule: string;
  readonly passed: number;
  readonly failed: number;
  readonly undecided: number;
}

/** A finding that needs no decision, because what it is about is nobody's to change. */
export interface ExcusedFinding extends Finding {
  readonly reason: string;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  /** Findings on the functions that CDK brings along for its own work. */
  readonly excused: readonly ExcusedFinding[];
  readonly tallies: readonly RuleTally[];
}

/** The profile that holds for a resource. */
export type ProfileOf = (resource: Resource) => SecurityProfile;

/** What the app's owner decided about the pack. */
export interface JudgeOptions extends RuleOptions {
  /** Rules that rank differently than the pack says, or are switched off, by id. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
}

/**
 * Applies all rules to all resources. Where parameters of the templates decide, a violation counts in full only if it is there with the values
 * that are likely in production; with other values, or on one side of a condition alone, it is a warning.
 */
export function judge(app: AppModel, profileOf: ProfileOf, rules: readonly Rule[] = RULES, options: JudgeOptions = DEFAULT_RULE_OPTIONS): Judgement {
  const judgement = judgeAll(app, profileOf, rules, options);
  const production = app.inProduction();
  const whole = production === undefined ? judgement : compared(judgement, judgeAll(production, profileOf, rules, options));
  const inBranches = app.branches().flatMap((branch) => judgeAll(branch, profileOf, rules, options).findings);
  return inBranches.length === 0 ? whole : withFindings(whole, addedBy(inBranches, whole));
}

/** What is violated on one side of a condition alone, because what protects stands on the other. What is a question anyhow stays one. */
function addedBy(inBranches: readonly Finding[], { findings, excused }: Judgement): readonly Finding[] {
  const known = new Set([...findings, ...excused].map(({ rule, part, resource }) => `${findingId(rule, part)} ${resource.key}`));
  const added = inBranches.filter((finding) => !finding.undecided && !known.has(keyOf(finding))).map(asWarning);
  return [...new Map(added.map((told) => [keyOf(told), told])).values()];
}

/**
 * | with any value | in production | is                                               |
 * |----------------|---------------|--------------------------------------------------|
 * | violated       | violated      | a violation                                      |
 * | violated       | anything else | a warning: the template offers what is unsafe    |
 * | a question     | anything      | a question                                       |
 * | anything else  | violated      | a violation                                      |
 */
function compared(anyhow: Judgement, production: Judgement): Judgement {
  const certain = new Set([...production.findings, ...production.excused].filter(({ undecided }) => !undecided).map(keyOf));
  const merged = new Map<string, Finding>();
  for (const finding of anyhow.findings) {
    const told = finding.undecided || certain.has(keyOf(finding)) ? finding : asWarning(finding);
    if (!merged.has(keyOf(told))) merged.set(keyOf(told), told);
  }
  for (const finding of production.findings) if (!finding.undecided && !merged.has(keyOf(finding))) merged.set(keyOf(finding), finding);
  return counted({ ...anyhow, findings: [...merged.values()] });
}

function withFindings(judgement: Judgement, added: readonly Finding[]): Judgement {
  return counted({ ...judgement, findings: [...judgement.findings, ...added] });
}

/** The tallies of the findings that are left when several judgements are one. */
function counted({ findings, excused, tallies }: Judgement): Judgement {
  const counts = new Map(tallies.map((tally) => [tally.rule, { ...tally, failed: 0, undecided: 0 }]));
  for (const { rule, undecided } of [...findings, ...excused]) counts.get(rule.id)![undecided ? 'undecided' : 'failed']++;
  return { findings, excused, tallies: [...counts.values()] };
}

function keyOf({ id, resource }: Finding): string {
  return `${id} ${resource.key}`;
}

function asWarning(finding: Finding): Finding {
  return { ...finding, id: findingId(finding.rule, finding.part, 'other values'), withOtherValues: true, severity: CDK_SEVERITY[openOf(finding.rank)] };
}

function judgeAll(app: AppModel, profileOf: ProfileOf, rules: readonly Rule[], options: JudgeOptions): Judgement {
  const questions = questionsByProfile(rules, options);
  const findings: Finding[] = [];
  const excused: ExcusedFinding[] = [];
  for (const resource of [...app.resources, ...app.templates]) {
    for (const finding of findingsOn(resource, app, questions.of(profileOf(resource), resource.type))) {
      const reason = excuseFor(finding, app);
      if (reason === undefined) findings.push(finding);
      else excused.push({ ...finding, reason });
    }
  }
  return { findings, excused, tallies: questions.tallies };
}

/** A rule, how it ranks where it is asked, and how often it got which answer. */
interface Question {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly tally: Writable<RuleTally>;
}

/** The questions that a type of resources is asked under a profile. */
interface Questions {
  readonly asked: readonly Question[];
  readonly context: RuleContext;
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

const NOTHING: readonly Finding[] = [];

/** An app asks a rule some hundred thousand times, and nearly every answer is that nothing is wrong: those are counted, and make nothing. */
function findingsOn(resource: Resource, app: AppModel, { asked, context }: Questions): readonly Finding[] {
  let found: Finding[] | undefined;
  for (let index = 0; index < asked.length; index++) {
    const question = asked[index];
    const result = safely(question.rule, resource, app, context);
    if (isPass(result)) {question.tally.passed++;} else if (!isNotApplicable(result)) {
      const answers = answersOf(question, resource, outcomesOf(result));
      if (answers.length > 0) found = found === undefined ? [...answers] : [...found, ...answers];
    }
  }
  return found ?? NOTHING;
}

function answersOf({ rule, severity, tally }: Question, resource: Resource, outcomes: readonly Outcome[]): readonly Finding[] {
  for (const { kind } of outcomes) if (kind === 'pass') tally.passed++;
  const findings = collect(rule, severity, resource, outcomes);
  for (const { undecided } of findings) tally[undecided ? 'undecided' : 'failed']++;
  return findings;
}

/** What each type of resources is asked, and how often which answer came. */
interface Questionnaire {
  readonly tallies: readonly RuleTally[];
  of(profile: SecurityProfile, type: string): Questions;
}

/** The rules for a type of resources under a profile: those that name the type, then those for all. */
function questionsByProfile(rules: readonly Rule[], options: JudgeOptions): Questionnaire {
  const tallies = new Map(rules.map((rule) => [rule, { rule: rule.id, passed: 0, failed: 0, undecided: 0 }]));
  const byType = new Map<string, readonly Rule[]>();
  const known = new Map<SecurityProfile, Map<string, Questions>>();
  const rulesOf = (type: string): readonly Rule[] => {
    const found = byType.get(type) ?? askedFor(type).flatMap((asked) => rules.filter(({ appliesTo }) => appliesTo.includes(asked)));
    byType.set(type, found);
    return found;
  };
  const questions = (profile: SecurityProfile, type: string): Questions => ({
    context: { profile, options },
    asked: rulesOf(type).map((rule) => ({ rule, severity: options.severities?.get(rule.id) ?? severityIn(rule, profile), tally: tallies.get(rule)! }))
      .filter((one): one is Question => one.severity !== 'off'),
  });
  return {
    tallies: [...tallies.values()],
    of: (profile, type) => {
      const ofProfile = known.get(profile) ?? new Map<string, Questions>();
      const found = ofProfile.get(type) ?? questions(profile, type);
      known.set(profile, ofProfile.set(type, found));
      return found;
    },
  };
}

function askedFor(type: string): readonly string[] {
  return type.startsWith('Custom::') ? [type, CUSTOM_TYPES, ANY_TYPE] : [type, ANY_TYPE];
}

/**
 * Helper functions of CDK are judged like all others, but the author of the app can change neither their settings nor their rights.
 *
 * | finding on                          | severity         | excused                                           |
 * |-------------------------------------|------------------|---------------------------------------------------|
 * | the function, its role and policies | medium and below | yes                                               |
 * | the role and policies               | high             | where all that they allow is what CDK gave        |
 * | the function                        | high             | no: somebody put a secret in, or opened it        |
 */
function excuseFor({ rank, resource }: Finding, app: AppModel): string | undefined {
  const helper = cdkHelperOf(resource, app);
  if (helper === undefined) return undefined;
  return rank !== Severity.HIGH || (helper.part === 'rights' && helper.knownRights) ? helper.reason : undefined;
}

/** A rule must not throw; if one does, its answer is open, and the other rules still give theirs. */
function safely(rule: Rule, resource: Resource, app: AppModel, context: RuleContext): RuleResult {
  try {
    return rule.check(resource, app, context);
  } catch {
    return { kind: 'unresolved', location: 'Properties' };
  }
}

/** Outcomes with the same id on the same resource are one finding with several locations. */
function collect(rule: Rule, ofRule: Severity, resource: Resource, outcomes: readonly Outcome[]): readonly Finding[] {
  if (outcomes.every(({ kind }) => kind === 'pass' || kind === 'not-applicable')) return [];
  const byId = new Map<string, Finding & { locations: string[] }>();
  for (const outcome of outcomes) {
    if (outcome.kind !== 'fail' && outcome.kind !== 'unresolved') continue;
    const undecided = outcome.kind === 'unresolved';
    const id = findingId(rule, outcome.finding, undecided ? 'undecided' : undefined);
    const known = byId.get(id);
    const severity = CDK_SEVERITY[undecided ? openOf(ofRule) : ofRule];
    if (known === undefined) {
      byId.set(id, { rule, id, part: outcome.finding, undecided, severity, rank: ofRule, resource, locations: [outcome.location] });
    } else if (!known.locations.includes(outcome.location)) {
      known.locations.push(outcome.location);
    }
  }
  return [...byId.values()];
}

/**
 * `Rule` or `Rule[finding]`. An open question, and what holds only with other values, have ids of their own, so that acknowledging them never
 * covers the violation that they may turn out to be. CDK refuses ids with unbalanced brackets.
 */
export function findingId(rule: Rule, finding: string | undefined, apart?: 'other values' | 'undecided'): string {
  const inside = [apart, finding === undefined ? undefined : balanced(finding)].filter((part) => part !== undefined).join(' ');
  return inside === '' ? rule.id : `${rule.id}[${inside}]`;
}

function balanced(finding: string): string {
  const open: string[] = [];
  for (const letter of finding) {
    if ('[({'.includes(letter)) open.push(letter);
    else if ('])}'.includes(letter) && open.pop() !== '[({'['])}'.indexOf(letter)]) return finding.replace(/[[\](){}]/g, '_');
  }
  return open.length === 0 ? finding : finding.replace(/[[\](){}]/g, '_');
}

/** The severity that a rule has under a profile. */
export function severityIn(rule: Rule, profile: SecurityProfile): Severity | 'off' {
  if (rule.control !== undefined && profile.controls[rule.control] === false) return 'off';
  return rule.severityIn?.[profile.name] ?? rule.severity;
}

/** An open question, or what holds with other values only, never stops a synthesis; about an `info` rule it is itself no more than that. */
function openOf(severity: Severity): Severity {
  return severity === Severity.INFO ? Severity.INFO : Severity.LOW;
}
