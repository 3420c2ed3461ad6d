import { clockDay } from '../core/exceptions/calendar';
import { SecurityProfile } from '../core/profile/security-profile';
import { AppModel } from '../model/resources/app-model';
import { AcknowledgementSource, auditExceptions, ExceptionAudit } from '../policy/exceptions/exception-audit';
import { ExceptionRecord } from '../policy/exceptions/exception-record';
import { placeRecords, readExceptionsFile } from '../policy/exceptions/exceptions-file';
import { judgedFindingOf, judgedPackFinding, PlacedException } from '../policy/exceptions/placed';
import { Finding } from '../policy/finding';
import { PackFinding } from '../policy/pack-finding';
import { PACK_NAME } from '../policy/pack-name';

/** What was found in templates, and what is known of whoever accepted it. */
export interface TemplateFindings {
  readonly app: AppModel;
  readonly findings: readonly Finding[];
  readonly profile: SecurityProfile;
  /** The day by which exceptions are judged; today when nobody says. */
  readonly today?: string;
  /** Findings of other packs, and the names of those packs: for a cloud assembly that tells. */
  readonly others?: readonly PackFinding[];
  readonly packs?: readonly string[];
  /** Acknowledgements that a cloud assembly tells of. */
  readonly acknowledgements?: AcknowledgementSource;
}

/** Judges exceptions that stand beside templates. */
export function auditTemplateExceptions(exceptions: readonly PlacedException[], found: TemplateFindings): ExceptionAudit {
  const { app, findings, profile, others = [], packs = [], acknowledgements } = found;
  const clock = clockDay();
  return auditExceptions(exceptions, [...findings.map(judgedFindingOf), ...others.map(judgedPackFinding)], {
    today: found.today ?? clock,
    clock,
    profileOf: () => profile,
    packs: new Set([PACK_NAME, ...packs]),
    stacks: app.stacks.map(({ id }) => id),
    isJudged: () => true,
  }, acknowledgements);
}

/**
 * The exceptions of a file, and those that are given beside it.
 *
 * @throws ConfigurationError [ExceptionsFile.*] when the file cannot be read or does not hold exceptions
 * @throws ConfigurationError [SecurityExceptions.*] when an exception says too little
 */
export function exceptionsFrom(file: string | undefined, records: readonly ExceptionRecord[] = []): readonly PlacedException[] {
  return [...file === undefined ? [] : placeRecords(readExceptionsFile(file), file), ...placeRecords(records, 'exceptions')];
}
