import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { clockDay, todayOf } from '../core/calendar';
import { SecurityProfile } from '../core/security-profile';
import { Acknowledgements } from '../policy/acknowledged';
import { PACK_NAME } from '../policy/catalog';
import { auditExceptions, ExceptionAudit } from '../policy/exceptions/exception-audit';
import { isWithin, judgedFindingOf, judgedPackFinding } from '../policy/exceptions/placed';
import { exceptionsBelow, RecordedException, writeAcknowledgements } from '../policy/exceptions/recorded';
import { Finding } from '../policy/judge';
import { PackFinding } from '../policy/pack-finding';

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
export function auditSynthesis(root: IConstruct, found: SynthesisFindings, profileAt: (path: string) => SecurityProfile): ExceptionAudit {
  const { findings, others, packs, stacks } = found;
  const judged = new Set(stacks);
  const unseen = root.node.findAll().filter((node) => Stack.isStack(node) && !judged.has(node.node.path)).map(({ node }) => node.path);
  const isSeen = ({ at }: { readonly at: string }): boolean => !unseen.some((stack) => isWithin(at, stack));
  const known = Acknowledgements.below(root);
  const exceptions = exceptionsBelow(root).filter(isSeen);
  const audit = auditExceptions(exceptions, [...findings.map(judgedFindingOf), ...others.map(judgedPackFinding)], {
    today: todayOf(root),
    clock: clockDay(),
    profileOf: profileAt,
    packs: new Set([PACK_NAME, ...packs]),
    stacks,
    isJudged: (at) => !unseen.some((stack) => isWithin(stack, at)),
  }, { all: known.all.filter(isSeen), of: (...finding) => known.of(...finding) });
  for (const { exception, acknowledges } of audit.exceptions) writeAcknowledgements(exception as RecordedException, acknowledges);
  return audit;
}
