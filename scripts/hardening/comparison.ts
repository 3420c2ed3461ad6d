import { Cause, causeOf, CHOSEN, isAbout, NEW } from './causes';
import { gone, Loss, lossesOf, Schemas } from './replaced';
import { Finding, Harden, synthesize, Synthesis } from './synthesis';
import { open, PACKS, TARGET_PACKS } from './tally';
import { Sample } from '../../test/hardening/samples/sample';

export type ExplainedFinding = Finding & { readonly cause: Cause };

/** A sample as its author wrote it and hardened. */
export interface Comparison {
  readonly name: string;
  readonly before: Synthesis;
  readonly after: Synthesis;
  /** Packs that find more than before. */
  readonly worse: readonly string[];
  /** Findings that were not there before, by rule and resource. */
  readonly added: readonly Finding[];
  readonly losses: readonly Loss[];
  readonly possibleLosses: readonly Loss[];
  readonly gone: readonly string[];
  /** What CDK's own rules for CloudFormation say only of the hardened templates. */
  readonly newWarnings: readonly string[];
  /** What the packs of the target found before, and what they still find; something new is nobody's decision but ours. */
  readonly found: readonly ExplainedFinding[];
  readonly remaining: readonly ExplainedFinding[];
  /** How the templates of a second run differ, or those of an app that was hardened twice. */
  readonly unstable: readonly string[];
}

/** Throws what the synthesis throws. */
export function compare(sample: Sample, harden: Harden, schemas: Schemas, flags: Record<string, unknown>): Comparison {
  const before = synthesize(sample, { flags });
  const after = synthesize(sample, { flags, harden });
  const again = synthesize(sample, { flags, harden, judged: false });
  const twice = synthesize(sample, { flags, judged: false, harden: (app) => { harden(app); harden(app); } });
  const isChosen = (finding: Finding): boolean => after.kept.some(({ at, rule }) => isAbout(rule, finding) && `${finding.path}/`.startsWith(`${at}/`));
  const { certain, possible } = lossesOf(before, after, schemas);
  const known = new Set(open(before.findings).map(keyOf));
  const unstable = [...differences(after, again, 'a second run'), ...differences(after, twice, 'hardening twice')];
  if (unstable.length > 0 && differences(before, synthesize(sample, { flags, judged: false }), '').length > 0) unstable.push('the plain app itself is not stable');
  const isOurs = (finding: ExplainedFinding): boolean => finding.cause.kind !== 'hardening' && !known.has(keyOf(finding));
  return {
    name: sample.name,
    before,
    after,
    worse: PACKS.filter(({ name }) => countOf(after, [name]) > countOf(before, [name])).map(({ name }) => name),
    added: open(after.findings).filter((finding) => !known.has(keyOf(finding))),
    losses: certain,
    possibleLosses: possible,
    gone: gone(before, after),
    newWarnings: after.warnings.filter((warning) => !before.warnings.includes(warning)),
    found: explained(before, isChosen),
    remaining: explained(after, isChosen).map((finding) => (isOurs(finding) ? { ...finding, cause: NEW } : finding)),
    unstable,
  };
}

function explained(synthesis: Synthesis, isChosen: (finding: Finding) => boolean): ExplainedFinding[] {
  return open(synthesis.findings).filter(({ pack }) => TARGET_PACKS.includes(pack))
    .map((finding) => ({ ...finding, cause: isChosen(finding) ? CHOSEN : causeOf(finding, synthesis) }));
}

/** The findings of these packs that nobody acknowledged. */
export function countOf({ findings }: Synthesis, packs: readonly string[]): number {
  return open(findings).filter(({ pack }) => packs.includes(pack)).length;
}

function keyOf({ rule, path }: Finding): string {
  return `${rule} ${path}`;
}

function differences(one: Synthesis, other: Synthesis, what: string): string[] {
  const stacks = new Set([...one.templates.keys(), ...other.templates.keys()]);
  return [...stacks].filter((stack) => one.templates.get(stack) !== other.templates.get(stack)).map((stack) => `${what} gives another template of ${stack}`);
}
