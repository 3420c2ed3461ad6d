import { App, CfnResource, IPolicyValidationContext, PolicyValidationPluginReport, Stage } from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { alarmFactsOf } from './alarm-facts';
import { dependencyNotices } from './dependency-notices';
import { hardeningOf } from './hardening-files';
import { PackRecorder } from './pack-recorder';
import { exceptionsIn, judgeOptions, RulePackOptions } from './rule-pack-options';
import { auditSynthesis } from './synthesis-audit';
import { bundlesIn } from '../core/bundle';
import { ConstructTree } from '../core/construct-tree';
import { overridesBelow } from '../core/exceptions/overrides';
import { uncheckedIn } from '../core/exceptions/unchecked';
import { PlacedWaiver, waiversBelow } from '../core/exceptions/waiver';
import { SecurityProfile } from '../core/profile/security-profile';
import { DependencyLimits } from '../core/third-party/dependency-limits';
import { thirdPartiesIn } from '../core/third-party/third-party-record';
import { trustsOf } from '../core/third-party/trusted-account';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { readAssembly, renderTemplates } from '../model/templates/assembly-reader';
import { RULES } from '../policy/catalog';
import { ExceptionAudit, findingOf } from '../policy/exceptions/exception-audit';
import { judgedFindingOf, judgedPackFinding } from '../policy/exceptions/placed';
import { unusedTrusts } from '../policy/exceptions/unused-trusts';
import { judge, Judgement, JudgeOptions, ProfileOf } from '../policy/judge';
import { PackFinding } from '../policy/pack-finding';
import { PACK_NAME } from '../policy/pack-name';
import { toPluginReport, toViolations } from '../policy/plugin-report';
import { SourceLocation } from '../report/form/posture-form';
import { acceptedIn, noticesOf } from '../report/parts/exceptions';
import { PackagesOf } from '../report/parts/functions';
import { describePackFindings } from '../report/parts/pack-findings';
import { postureOf } from '../report/posture';
import { ReportRendering } from '../report/report-rendering';
import { packagesIn } from '../report/sbom/packages-of';
import { SourceLocations } from '../report/source-locations';
import { filesOf, formatsOf, ReportFormat, USUAL_RENDERINGS, writeReports, removeReports } from '../report/write-reports';

/** Options of the rule pack. */
export interface ServerlessSecurityChecksProps extends RulePackOptions {
  /**
   * Whether each synthesis writes `security/report.json` into the cloud assembly: entry points with their layers, rights of functions,
   * data stores, findings and exceptions. It costs a few milliseconds and no resource.
   * @default true
   */
  readonly report?: boolean;
  /**
   * What each synthesis makes of the report for people and tools, beside `report.json`. Each takes some milliseconds; an empty list leaves
   * the data alone.
   * @default - a page, SARIF and Markdown: `report.html`, `report.sarif` and `report.md`
   */
  readonly reportRenderings?: ReportRendering[];
}

/**
 * The rules of this library as a cdk-nag pack: it reads the final templates of the whole app, nested stacks and stages included,
 * follows references between stacks, and judges what it finds, whoever wrote it.
 *
 * `ServerlessSecurity.of(app).enforce()` registers it; alone: `Validations.of(app).addPlugins(new ServerlessSecurityChecks(app))`.
 * A violation stops the synthesis. Where a template leaves the answer open, it says so with a warning.
 * Accept a finding for a while with `SecurityExceptions.of(x).accept('Rule[finding]', { reason, owner, expires })`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class ServerlessSecurityChecks extends NagPack {
  /** The prefix under which findings are acknowledged: `ServerlessSecurity`. */
  public readonly name: string = PACK_NAME;

  /** The ids of the rules, without the findings in brackets. */
  public readonly ruleIds?: string[] = RULES.map(({ id }) => id);

  private readonly report: boolean;
  private readonly formats: readonly ReportFormat[];
  private readonly options: JudgeOptions;
  private readonly limits?: DependencyLimits;
  private readonly exceptions: readonly PlacedWaiver[];
  private others: ReadonlyMap<string, PackRecorder> = new Map();

  /** `scope` is the app or something in it. Without it, a second synthesis into the same folder cannot replace the report. */
  constructor(scope?: IConstruct, props: ServerlessSecurityChecksProps = {}) {
    super(scope);
    this.packName = PACK_NAME;
    this.report = props.report ?? true;
    this.formats = formatsOf(props.reportRenderings ?? USUAL_RENDERINGS);
    this.options = judgeOptions({ node: { path: scope?.node.path ?? '' } }, props);
    this.limits = props.dependencyLimits;
    this.exceptions = exceptionsIn(props);
    if (scope !== undefined) this.makeRoom(scope.node.root);
  }

  /** Judges the templates of a synthesis, then the exceptions of the app. CDK calls this. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const root = context.appConstruct;
    const tree = ConstructTree.below(root);
    const app = new AppModel(readAssembly(context, tree.all));
    const options = this.optionsOf(root);
    const judgement = judge(app, profilesIn(tree), undefined, options);
    const others = [...this.others.values()].flatMap((other) => other.hear(context));
    const { findings } = judgement;
    const packs = [...this.others.keys()];
    const judged = auditSynthesis(tree, { findings, others, packs, stacks: app.stacks.map(({ id }) => id) });
    const packagesOf = packagesIn({ assembly: Stage.isStage(root) ? root.outdir : '', bundles: bundlesIn(tree) }, app);
    const outside = [...unusedTrusts(trustsOf(root), thirdPartiesIn(tree), app), ...dependencyNotices(app, this.limits, packagesOf)];
    const audit = { ...judged, notices: [...judged.notices, ...outside] };
    if (this.report && App.isApp(root)) this.writeReport(root, { tree, app, judgement, options, others, audit, packagesOf });
    const { success, violations } = toPluginReport(findings, (finding) => audit.isBarred(judgedFindingOf(finding)));
    const notices = toViolations(audit.notices, (notice) => audit.isBarred(findingOf(notice)));
    return { success: success && notices.every(({ severity }) => severity !== 'fatal' && severity !== 'error'), violations: [...notices, ...violations] };
  }

  /**
   * Judges what stands below a construct without a synthesis, for unit tests. Aspects are not applied, and a reference to
   * another stack counts as unknown; acknowledgements are left to the caller.
   */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const profiles = profilesIn(ConstructTree.below(scope.node.root));
    const { findings } = judge(new AppModel(renderTemplates(scope)), profiles, undefined, this.optionsOf(scope));
    const below = scope.node.path === '' ? '' : `${scope.node.path}/`;
    return toPluginReport(findings.filter(({ resource }) => `${resource.constructPath ?? ''}/`.startsWith(below)));
  }

  /**
   * The packs that this one hears: they may become more as long as the app is built.
   * @internal
   */
  public _hear(others: ReadonlyMap<string, PackRecorder>): void {
    this.others = others;
  }

  /** The accounts that the app trusts are known only when it is written. */
  private optionsOf(scope: IConstruct): JudgeOptions {
    return { ...this.options, trusts: trustsOf(scope) };
  }

  /** Before the templates are written, so that the plugins of this synthesis change nothing that was there. */
  private makeRoom(root: IConstruct): void {
    if (!App.isApp(root)) return;
    root.node.addValidation({
      validate: () => {
        removeReports(root.outdir);
        return [];
      },
    });
  }

  private writeReport(root: App, { tree, app, judgement, options, others, audit, packagesOf }: Judged): void {
    const sources = new SourceLocations(root);
    const sourceOf = (path: string): SourceLocation | undefined => sources.of(path);
    const waivers = [...waiversBelow(root), ...this.exceptions];
    const accepted = acceptedIn(audit, waivers);
    const described = describePackFindings(others, {
      accepted: (finding) => accepted(judgedPackFinding(finding)),
      sourceOf,
      resourceOf: resourcesByPath(app),
    });
    writeReports(root.outdir, postureOf({
      app,
      judgement,
      profile: SecurityProfile.of(root),
      options,
      asOf: audit.today,
      facts: {
        waivers,
        unchecked: uncheckedIn(tree),
        overrides: overridesBelow(root).map(({ constructPath, ...override }) => ({ at: constructPath, ...override })),
        hardening: hardeningOf(root),
        thirdParties: thirdPartiesIn(tree),
        alarms: alarmFactsOf(root),
        outdir: root.outdir,
        sourceOf,
        accepted: (finding) => accepted(judgedFindingOf(finding)),
      },
      packagesOf,
      otherFindings: [...described, ...noticesOf(audit, accepted, sourceOf)],
      audit,
      files: { ...filesOf(this.formats), validation: 'validation-report.json' },
    }), this.formats);
  }

  /** The rules read templates, so nothing is left to do for a single construct: `validate` and `validateScope` do the work. */
  protected checkResource(_node: CfnResource): void {}
}

/** What a synthesis was judged to be. */
interface Judged {
  readonly tree: ConstructTree;
  readonly app: AppModel;
  readonly judgement: Judgement;
  readonly options: JudgeOptions;
  readonly others: readonly PackFinding[];
  readonly audit: ExceptionAudit;
  readonly packagesOf: PackagesOf;
}

/** The profile of the construct that made a resource. */
function profilesIn(tree: ConstructTree): ProfileOf {
  return ({ constructPath }) => tree.profileAt(constructPath);
}

function resourcesByPath(app: AppModel): (constructPath: string) => Resource | undefined {
  const byPath = new Map(app.resources.map((resource) => [resource.constructPath, resource]));
  return (constructPath) => byPath.get(constructPath);
}
