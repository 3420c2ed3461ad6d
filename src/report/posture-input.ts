import { AlarmFacts } from './cost/neighbours';
import { AcceptedPosture, FindingPosture, HardeningPosture, OverridePosture, SourceLocation } from './form/posture-form';
import { PackagesOf } from './parts/functions';
import { Unchecked } from '../core/exceptions/unchecked';
import { PlacedWaiver } from '../core/exceptions/waiver';
import { SecurityProfile } from '../core/profile/security-profile';
import { NamedThirdParty } from '../core/third-party/third-party-record';
import { AppModel } from '../model/resources/app-model';
import { ExceptionAudit } from '../policy/exceptions/exception-audit';
import { Finding } from '../policy/finding';
import { Judgement, JudgeOptions } from '../policy/judge';

/** What only the construct tree tells. A plain template has none of it. */
export interface ConstructFacts {
  readonly waivers?: readonly PlacedWaiver[];
  readonly unchecked?: readonly Unchecked[];
  readonly overrides?: readonly OverridePosture[];
  /** What hardening did, or would do. */
  readonly hardening?: readonly HardeningPosture[];
  /** Whom the author named, and what for. */
  readonly thirdParties?: readonly NamedThirdParty[];
  /** Why somebody accepted a finding of our pack. */
  readonly accepted?: (finding: Finding) => AcceptedPosture | undefined;
  /** Where in the app's source a construct was made. */
  readonly sourceOf?: (constructPath: string) => SourceLocation | undefined;
  /** Which alarms belong to full coverage. */
  readonly alarms?: AlarmFacts;
  /** The folder of the cloud assembly: templates are named relative to it. */
  readonly outdir?: string;
}

/** Everything that a posture is made of. */
export interface PostureInput {
  readonly app: AppModel;
  readonly judgement: Judgement;
  /** The profile of the app as a whole. */
  readonly profile: SecurityProfile;
  /** What the app's owner told the rules. */
  readonly options: JudgeOptions;
  /** The day of the judgement, as `2026-11-26`. */
  readonly asOf: string;
  readonly facts?: ConstructFacts;
  /** What other packs found. */
  readonly otherFindings?: readonly FindingPosture[];
  /** The judged exceptions; what is wrong with them stands among the findings of `otherFindings`. */
  readonly audit?: ExceptionAudit;
  readonly packagesOf?: PackagesOf;
  readonly files?: { readonly [what: string]: string };
}
