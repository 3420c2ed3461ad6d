import { App, CfnResource, IPolicyValidationContext, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { alarmFactsOf } from './alarm-facts';
import { PackRecorder } from './pack-recorder';
import { exceptionsIn, judgeOptions, RulePackOptions } from './rule-pack-options';
import { bundlesBelow } from '../core/bundle';
import { SecurityProfile } from '../core/security-profile';
import { uncheckedBelow } from '../core/unchecked';
import { PlacedWaiver, waiversBelow } from '../core/waiver';
import { Acknowledgements } from '../policy/acknowledged';
import { PACK_NAME, RULES } from '../policy/catalog';
import { judge, Judgement, JudgeOptions, ProfileOf } from '../policy/judge';
import { AppModel } from '../policy/model/resources/app-model';
import { Resource } from '../policy/model/resources/resource';
import { readAssembly, renderTemplates } from '../policy/model/templates/assembly-reader';
import { PackFinding } from '../policy/pack-finding';
import { toPluginReport } from '../policy/plugin-report';
import { AcceptedPosture } from '../report/form/posture-form';
import { describePackFindings } from '../report/parts/pack-findings';
import { postureOf } from '../report/posture';
import { packagesIn } from '../report/sbom/packages-of';
import { SourceLocations } from '../report/source-locations';
import { filesOf, REPORT_FORMATS, writeReports } from '../report/write-reports';

/** Options of the rule pack. */
export interface ServerlessSecurityChecksProps extends RulePackOptions {
  /**
   * Whether each synthesis writes `security/report.json` into the cloud assembly: entry points with their layers, rights of functions,
   * data stores, findings and exceptions. It costs a few milliseconds and no resource.
   * @default true
   */
  readonly report?: boolean;
}

/**
 * The rules of this library as a cdk-nag pack: it reads the final templates of the whole app, nested stacks and stages included,
 * follows references between stacks, and judges what it finds, whoever wrote it.
 *
 * `ServerlessSecurity.of(app).enforce()` registers it; alone: `Validations.of(app).addPlugins(new ServerlessSecurityChecks())`.
 * A violation stops the synthesis. Where a template leaves the answer open, it says so with a warning.
 * Acknowledge a finding at its construct with `Validations.of(x).acknowledge({ id: 'ServerlessSecurity::Rule[finding]', reason })`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class ServerlessSecurityChecks extends NagPack {
  /** The prefix under which findings are acknowledged: `ServerlessSecurity`. */
  public readonly name: string = PACK_NAME;

  /** The ids of the rules, without the findings in brackets. */
  public readonly ruleIds?: string[] = RULES.map(({ id }) => id);

  private readonly report: boolean;
  private readonly options: JudgeOptions;
  private readonly exceptions: readonly PlacedWaiver[];
  private others: ReadonlyMap<string, PackRecorder> = new Map();

  /** `scope` is there for symmetry with other packs; the pack judges the app that it is registered with. */
  constructor(scope?: IConstruct, props: ServerlessSecurityChecksProps = {}) {
    super(scope);
    this.packName = PACK_NAME;
    this.report = props.report ?? true;
    this.options = judgeOptions({ node: { path: scope?.node.path ?? '' } }, props);
    this.exceptions = exceptionsIn(props);
  }

  /** Judges the templates of a synthesis. CDK calls this. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const app = new AppModel(readAssembly(context));
    const judgement = judge(app, profilesIn(context.appConstruct), undefined, this.options);
    if (this.report && App.isApp(context.appConstruct)) {
      this.writeReport(context.appConstruct, app, judgement, [...this.others.values()].flatMap((other) => other.hear(context)));
    }
    return toPluginReport(judgement.findings);
  }

  /**
   * Judges what stands below a construct without a synthesis, for unit tests. Aspects are not applied, and a reference to
   * another stack counts as unknown; acknowledgements are left to the caller.
   */
  public validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const { findings } = judge(new AppModel(renderTemplates(scope)), profilesIn(scope.node.root), undefined, this.options);
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

  private writeReport(root: App, app: AppModel, judgement: Judgement, others: readonly PackFinding[]): void {
    const acknowledgements = Acknowledgements.below(root);
    const sources = new SourceLocations(root);
    const waivers = [...waiversBelow(root), ...this.exceptions];
    const reasons = new Set(waivers.map(({ reason }) => reason));
    const acceptedIn = (pack: string, id: string, constructPath: string | undefined): AcceptedPosture | undefined => {
      const found = acknowledgements.of(id, constructPath, pack);
      return found && { ...found, how: reasons.has(found.reason) ? 'construct' : 'acknowledged' };
    };
    writeReports(root.outdir, postureOf({
      app,
      judgement,
      profile: SecurityProfile.of(root),
      options: this.options,
      asOf: new Date().toISOString().slice(0, 10),
      facts: {
        waivers,
        unchecked: uncheckedBelow(root),
        alarms: alarmFactsOf(root),
        outdir: root.outdir,
        sourceOf: (path) => sources.of(path),
        accepted: ({ id, resource }) => acceptedIn(PACK_NAME, id, resource.constructPath),
      },
      otherFindings: describePackFindings(others, {
        accepted: ({ pack, id, constructPath }) => acceptedIn(pack, id, constructPath),
        sourceOf: (path) => sources.of(path),
        resourceOf: resourcesByPath(app),
      }),
      packagesOf: packagesIn({ assembly: root.outdir, bundles: bundlesBelow(root) }, app),
      files: { ...filesOf(REPORT_FORMATS), validation: 'validation-report.json' },
    }));
  }

  /** The rules read templates, so nothing is left to do for a single construct: `validate` and `validateScope` do the work. */
  protected checkResource(_node: CfnResource): void {}
}

/** The profile of the construct that made a resource. */
function profilesIn(root: IConstruct): ProfileOf {
  const nodes = new Map(root.node.findAll().map((node) => [node.node.path, node]));
  return ({ constructPath = '' }) => SecurityProfile.of(nodes.get(constructPath) ?? root);
}

function resourcesByPath(app: AppModel): (constructPath: string) => Resource | undefined {
  const byPath = new Map(app.resources.map((resource) => [resource.constructPath, resource]));
  return (constructPath) => byPath.get(constructPath);
}
