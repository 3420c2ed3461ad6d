import { judgeOptions } from './rule-pack-options';
import { auditTemplateExceptions, exceptionsFrom } from './template-exceptions';
import { sourcesInFile, sourcesInFolder } from './template-sources';
import { checkDay } from '../core/exceptions/calendar';
import { SecurityProfile } from '../core/profile/security-profile';
import { AppModel } from '../model/resources/app-model';
import { NO_RECORD, readAssemblyRecord } from '../policy/assembly-record';
import { judgedFindingOf, judgedPackFinding } from '../policy/exceptions/placed';
import { judge } from '../policy/judge';
import { Posture } from '../report/form/posture-form';
import { acceptedIn, noticesOf } from '../report/parts/exceptions';
import { describePackFindings } from '../report/parts/pack-findings';
import { postureOf } from '../report/posture';
import { packagesIn } from '../report/sbom/packages-of';

/** How what a path leads to is judged. */
export interface PathAuditOptions {
  /** That of the synthesis when nobody says, else production. */
  readonly profile?: keyof typeof PROFILES;
  readonly trustedAccounts?: readonly string[];
  /** Accepted findings, in YAML or JSON. */
  readonly exceptionsFile?: string;
  /** The day by which exceptions are judged; that of the clock when nobody says. */
  readonly today?: string;
  /** Told before the rules look. */
  readonly onRead?: (resources: number) => void;
}

const TODAY = { code: 'Audit.Today', prop: 'today', fix: 'leave it out to use the clock' };

const PROFILES = {
  sandbox: () => SecurityProfile.sandbox(),
  production: () => SecurityProfile.production(),
  regulated: () => SecurityProfile.regulated(),
};

/** The report of a file, a folder of templates, or a cloud assembly: what its synthesis acknowledged stays acknowledged. */
export function auditPath(path: string, isFolder: boolean, options: PathAuditOptions = {}): Posture {
  const app = new AppModel(isFolder ? sourcesInFolder(path) : sourcesInFile(path));
  const record = isFolder ? readAssemblyRecord(path) : NO_RECORD;
  const profile = PROFILES[options.profile ?? profileNamed(record.profile)]();
  const rules = { ...judgeOptions({ node: { path } }, { trustedAccounts: [...options.trustedAccounts ?? []] }), trusts: record.trusts };
  const today = options.today === undefined ? undefined : checkDay({ node: { path } }, options.today, TODAY);
  const exceptions = exceptionsFrom(options.exceptionsFile, record.exceptions);
  options.onRead?.(app.resources.length);
  const judgement = judge(app, () => profile, undefined, rules);
  const { acknowledgements, waivers, unchecked, otherFindings: others, otherPacks: packs } = record;
  const audit = auditTemplateExceptions(exceptions, { app, findings: judgement.findings, profile, today, others, packs, acknowledgements });
  const accepted = acceptedIn(audit, waivers);
  return postureOf({
    app,
    judgement,
    profile,
    options: rules,
    asOf: audit.today,
    facts: {
      waivers,
      unchecked,
      thirdParties: record.thirdParties,
      outdir: isFolder ? path : undefined,
      accepted: (finding) => accepted(judgedFindingOf(finding)),
    },
    otherFindings: [...describePackFindings(others, { accepted: (finding) => accepted(judgedPackFinding(finding)) }), ...noticesOf(audit, accepted)],
    audit,
    packagesOf: isFolder ? packagesIn({ assembly: path }, app) : undefined,
  });
}

function profileNamed(name: string | undefined): keyof typeof PROFILES {
  return name === 'sandbox' || name === 'regulated' ? name : 'production';
}
