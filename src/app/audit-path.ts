import { judgeOptions } from './rule-pack-options';
import { sourcesInFile, sourcesInFolder } from './template-sources';
import { SecurityProfile } from '../core/security-profile';
import { NO_RECORD, readAssemblyRecord } from '../policy/assembly-record';
import { judge } from '../policy/judge';
import { AppModel } from '../policy/model/resources/app-model';
import { AcceptedPosture, Posture } from '../report/form/posture-form';
import { describePackFindings } from '../report/parts/pack-findings';
import { postureOf } from '../report/posture';
import { packagesIn } from '../report/sbom/packages-of';

/** How what a path leads to is judged. */
export interface PathAuditOptions {
  /** That of the synthesis when nobody says, else production. */
  readonly profile?: keyof typeof PROFILES;
  readonly trustedAccounts?: readonly string[];
  /** Told before the rules look. */
  readonly onRead?: (resources: number) => void;
}

const PROFILES = {
  sandbox: () => SecurityProfile.sandbox(),
  production: () => SecurityProfile.production(),
  regulated: () => SecurityProfile.regulated(),
};

/** The report of a file, a folder of templates, or a cloud assembly: what its synthesis acknowledged stays acknowledged. */
export function auditPath(path: string, isFolder: boolean, options: PathAuditOptions = {}): Posture {
  const app = new AppModel(isFolder ? sourcesInFolder(path) : sourcesInFile(path));
  const { acknowledgements, otherFindings, ...record } = isFolder ? readAssemblyRecord(path) : NO_RECORD;
  const profile = PROFILES[options.profile ?? profileNamed(record.profile)]();
  const rules = judgeOptions({ node: { path } }, { trustedAccounts: [...options.trustedAccounts ?? []] });
  const accepted = (id: string, constructPath: string | undefined, pack?: string): AcceptedPosture | undefined => {
    const found = acknowledgements.of(id, constructPath, pack);
    return found && { reason: found.reason, at: found.at, how: 'acknowledged' };
  };
  options.onRead?.(app.resources.length);
  return postureOf({
    app,
    judgement: judge(app, () => profile, undefined, rules),
    profile,
    options: rules,
    asOf: new Date().toISOString().slice(0, 10),
    facts: {
      outdir: isFolder ? path : undefined,
      accepted: ({ id, resource }) => accepted(id, resource.constructPath),
    },
    packagesOf: isFolder ? packagesIn({ assembly: path }, app) : undefined,
    otherFindings: describePackFindings(otherFindings, { accepted: ({ pack, id, constructPath }) => accepted(id, constructPath, pack) }),
  });
}

function profileNamed(name: string | undefined): keyof typeof PROFILES {
  return name === 'sandbox' || name === 'regulated' ? name : 'production';
}
