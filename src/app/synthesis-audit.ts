import { Stack } from 'aws-cdk-lib';
import { ConstructTree } from '../core/construct-tree';
import { clockDay, todayOf } from '../core/exceptions/calendar';
import { Acknowledgements } from '../policy/acknowledged';
import { auditExceptions, ExceptionAudit } from '../policy/exceptions/exception-audit';
import { isWithin, judgedFindingOf, judgedPackFinding } from '../policy/exceptions/placed';
import { recordedExceptions, RecordedException, writeAcknowledgements } from '../policy/exceptions/recorded';
import { Finding } from '../policy/finding';
import { PackFinding } from '../policy/pack-finding';
import { PACK_NAME } from '../policy/pack-name';

/** What one synthesis found, and who looked. */
export interface SynthesisFindings {
  readonly findings: readonly Finding[];
  readonly others: readonly PackFinding[];
  /** The other packs that were heard, by name. */
  readonly packs: readonly string[];
  /** The stacks that were judged, by construct path. */
  readonly stacks: readonly string[];
}

/** Judges the exceptions of an app, and writes what they accept where CDK looks for it after the packs. */
export function auditSynthesis(tree: ConstructTree, found: SynthesisFindings): ExceptionAudit {
  const { findings, others, packs, stacks } = found;
  const judged = new Set(stacks);
  const unseen = tree.all.filter(({ construct, path }) => Stack.isStack(construct) && !judged.has(path)).map(({ path }) => path);
  const isSeen = ({ at }: { readonly at: string }): boolean => !unseen.some((stack) => isWithin(at, stack));
  const known = Acknowledgements.in(tree);
  const exceptions = recordedExceptions(tree).filter(isSeen);
  const audit = auditExceptions(exceptions, [...findings.map(judgedFindingOf), ...others.map(judgedPackFinding)], {
    today: todayOf(tree.all[0].construct),
    clock: clockDay(),
    profileOf: (path) => tree.profileAt(path),
    packs: new Set([PACK_NAME, ...packs]),
    stacks,
    isJudged: (at) => !unseen.some((stack) => isWithin(stack, at)),
  }, { all: known.all.filter(isSeen), of: (...finding) => known.of(...finding) });
  for (const { exception, acknowledges } of audit.exceptions) writeAcknowledgements(exception as RecordedException, acknowledges);
  return audit;
}
