import { RULES } from './catalog';
import { ExcusedFinding, Finding, findingId, findingsOf, openOf, severityIn } from './finding';
import { SecurityProfile } from '../core/profile/security-profile';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { cdkHelperOf } from '../model/rights/cdk-helpers';
import { ANY_TYPE, CDK_SEVERITY, CUSTOM_TYPES, isNotApplicable, isPass, Outcome, outcomesOf, Rule, RuleContext, RuleResult, Severity } from '../model/rule';
import { DEFAULT_RULE_OPTIONS, RuleOptions } from '../model/rule-options';

/** How often each rule found what it wants: the evidence that something was looked at. */
export interface RuleTally {
  readonly rule: string;
  readonly passed: number;
  readonly failed: number;
  readonly undecided: number;
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
  const likely = new Set([...production.findings, ...production.excused].map(keyOf));
  const merged = new Map(anyhow.findings.map((finding) => finding.undecided || likely.has(keyOf(finding)) ? finding : asWarning(finding))
    .map((told) => [keyOf(told), told]));
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

/**
 * Each rule is asked about all resources of one kind, one after the other: its code stays at hand, as does what it looks up. The kinds of which
 * there are few come first, so that V8 knows many rules before it optimizes the asking, and does not begin anew with each of them.
 */
function judgeAll(app: AppModel, profileOf: ProfileOf, rules: readonly Rule[], options: JudgeOptions): Judgement {
  const questions = questionsByProfile(rules, options);
  const judged = [...app.resources, ...app.templates];
  const alike = new Map<Questions, number[]>();
  judged.forEach((resource, index) => {
    const asked = questions.of(profileOf(resource), resource.type);
    const known = alike.get(asked);
    if (known === undefined) alike.set(asked, [index]);
    else known.push(index);
  });
  const found: (readonly Finding[] | undefined)[] = new Array<undefined>(judged.length);
  for (const [{ asked, context }, indexes] of [...alike].sort(([, few], [, many]) => few.length - many.length)) {
    for (const question of asked) ask(question, context, app, { judged, indexes, found });
  }
  return { ...apart(found, app), tallies: questions.tallies };
}

/** In the order of the templates: what needs a decision, and what does not. */
function apart(found: readonly (readonly Finding[] | undefined)[], app: AppModel): Pick<Judgement, 'excused' | 'findings'> {
  const findings: Finding[] = [];
  const excused: ExcusedFinding[] = [];
  for (const onResource of found) {
    for (const finding of onResource ?? NOTHING) {
      const reason = excuseFor(finding, app);
      if (reason === undefined) findings.push(finding);
      else excused.push({ ...finding, reason });
    }
  }
  return { findings, excused };
}

/** A rule, how it ranks where it is asked, and how often it got which answer. */
interface Question {
  readonly rule: Rule;
  /** That of the rule, at hand: rules have their properties in different places. */
  readonly check: Rule['check'];
  readonly severity: Severity;
  readonly tally: Writable<RuleTally>;
}

/** The questions that a type of resources is asked under a profile. */
interface Questions {
  readonly asked: readonly Question[];
  readonly context: RuleContext;
}

/** Resources, those of them that a question is about, and what was found on each. */
interface Asked {
  readonly judged: readonly Resource[];
  readonly indexes: readonly number[];
  readonly found: (readonly Finding[] | undefined)[];
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

const NOTHING: readonly Finding[] = [];

/** An app asks its rules some hundred thousand times, and nearly every answer is that nothing is wrong: those are counted, and make nothing. */
function ask(question: Question, context: RuleContext, app: AppModel, { judged, indexes, found }: Asked): void {
  const { check, tally } = question;
  for (const index of indexes) {
    const result = safely(check, judged[index], app, context);
    if (isNotApplicable(result)) continue;
    if (isPass(result)) {
      tally.passed++;
      continue;
    }
    const answers = answersOf(question, judged[index], outcomesOf(result));
    if (answers.length > 0) found[index] = [...found[index] ?? NOTHING, ...answers]; // push() takes no more than some hundred thousand
  }
}

function answersOf({ rule, severity, tally }: Question, resource: Resource, outcomes: readonly Outcome[]): readonly Finding[] {
  for (const { kind } of outcomes) if (kind === 'pass') tally.passed++;
  if (outcomes.every(({ kind }) => kind !== 'fail' && kind !== 'unresolved')) return NOTHING;
  const findings = findingsOf(rule, severity, resource, outcomes);
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
    asked: rulesOf(type).map((rule) => ({ rule, severity: options.severities?.get(rule.id) ?? severityIn(rule, profile) }))
      .flatMap(({ rule, severity }): Question | [] => (severity === 'off' ? [] : { rule, check: rule.check, severity, tally: tallies.get(rule)! })),
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
function safely(check: Rule['check'], resource: Resource, app: AppModel, context: RuleContext): RuleResult {
  try {
    return check(resource, app, context);
  } catch {
    return { kind: 'unresolved', location: 'Properties' };
  }
}
