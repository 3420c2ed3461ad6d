import { App, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { writeHardeningOf } from './hardening-files';
import { PackRecorder } from './pack-recorder';
import { RulePack } from './rule-pack';
import { hasDecisions, RulePackOptions } from './rule-pack-options';
import { ServerlessSecurityChecks } from './serverless-security-checks';
import { refuse } from '../core/configuration-error';
import { SecurityProfile } from '../core/profile/security-profile';
import { hardenBelow } from '../hardening/harden-below';
import { HardenOptions } from '../hardening/harden-options';
import { ReportRendering } from '../report/report-rendering';

/** What `enforce` switches on. */
export interface EnforceOptions extends RulePackOptions {
  /**
   * The profile of the scope and of everything below it: how strong the cost-bearing controls are.
   * Give it before the first secure construct is made.
   * @default - the profile that holds already; `production` when nobody chose
   */
  readonly profile?: SecurityProfile;
  /**
   * The cdk-nag packs that judge the app beside our own rules. An empty list leaves our rules alone.
   * @default - those of the profile: AwsSolutions and Serverless, and all six for `regulated`
   */
  readonly packs?: RulePack[];
  /**
   * Whether each synthesis writes `security/report.json` into the cloud assembly. The first call in an app decides.
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

const REGISTERED = Symbol.for('cdk-secure-serverless.registered-packs');

/** The packs of cdk-nag that an app registered, by name; our own pack, which is there from the first call on, hears them. */
type Root = App & { [REGISTERED]?: Map<string, PackRecorder> };

/**
 * Turns the rules on: from here on every synthesis judges the whole app, stops at a violation and says how to mend it.
 *
 * `ServerlessSecurity.of(app).enforce({ profile: SecurityProfile.production() })`, right after the app is made.
 */
export class ServerlessSecurity {
  /** The security of an app, or of a stage or stack in it. */
  public static of(scope: IConstruct): ServerlessSecurity {
    return new ServerlessSecurity(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Applies the profile to the scope, and registers our rules and the cdk-nag packs with the app. Rules always judge the whole app;
   * calling this again, here or for another scope, adds the packs that are missing and registers nothing twice.
   * Costs no resource; synthesis takes longer by about as much as for one cdk-nag pack each.
   *
   * @throws ConfigurationError [SecurityProfile.TooLate] when a construct below was already made with another profile
   * @throws ConfigurationError [SecurityProfile.Reason] when the profile weakens a control for a reason that says nothing
   * @throws ConfigurationError [ServerlessSecurity.NoApp] when the scope belongs to no app
   * @throws ConfigurationError [ServerlessSecurity.RulesTooLate] when an earlier call registered the rules without these settings
   * @throws ConfigurationError [RulePackOptions.*] when an option of the rules is out of its limits
   */
  public enforce(options: EnforceOptions = {}): ServerlessSecurity {
    const root = this.rootOfApp();
    options.profile?.applyTo(this.scope);
    const packs = options.packs ?? RulePack._of(SecurityProfile.of(this.scope));
    if (root[REGISTERED] !== undefined && hasDecisions(options)) this.refuseLateRules();
    const registered = root[REGISTERED] ?? this.registerOurs(root, options);
    for (const pack of packs.filter(({ name }) => !registered.has(name))) {
      const recorder = new PackRecorder(pack._create());
      registered.set(pack.name, recorder);
      Validations.of(root).addPlugins(recorder);
    }
    return this;
  }

  /**
   * Brings constructs that were written without this library to the baseline of the profile, whoever made them, without a change to their code:
   * `ServerlessSecurity.of(app).harden().enforce()`, right after the app is made. What an author left out gets the secure value; what an author
   * set stays, and the report shows it. Nothing that keeps data is replaced.
   *
   * The work is done at synthesis, after all aspects of the author, in stages that are made later too. A stage that holds nothing but resources of
   * CloudFormation needs a call of its own: `ServerlessSecurity.of(stage).harden()`. Which resources are added, and what they cost, depends on the
   * profile. `security/hardening.md` and `hardening.json` in the cloud assembly list each change, with the rule that asks for it and what it does to
   * a stack that runs already; so does the report of `enforce`.
   *
   * @throws ConfigurationError [Hardening.AppSynthesized] when the app is synthesized already and was not hardened before: call it above `app.synth()`
   * @throws ConfigurationError [Hardening.NothingLeft] when `only` and `except` leave no area, [Hardening.Path] when a path is empty
   * @throws ConfigurationError [Hardening.StageSynthesized] when a stage below is synthesized already, as those of CDK Pipelines are after `addStage()`
   * @throws ConfigurationError [SecurityProfile.TooLate] when a construct below was already made with another profile
   * @throws ConfigurationError [SecurityProfile.Reason] when the profile weakens a control for a reason that says nothing
   * @throws ConfigurationError [ServerlessSecurity.NoApp] when the scope belongs to no app
   */
  public harden(options: HardenOptions = {}): ServerlessSecurity {
    const root = this.rootOfApp();
    options.profile?.applyTo(this.scope);
    hardenBelow(this.scope, options);
    writeHardeningOf(root);
    return this;
  }

  private registerOurs(root: Root, options: EnforceOptions): Map<string, PackRecorder> {
    const others = new Map<string, PackRecorder>();
    const checks = new ServerlessSecurityChecks(root, options);
    checks._hear(others);
    Validations.of(root).addPlugins(checks);
    root[REGISTERED] = others;
    return others;
  }

  private refuseLateRules(): never {
    return refuse(this.scope, {
      code: 'ServerlessSecurity.RulesTooLate',
      prop: 'rules',
      must: 'must be set by the first call of enforce() in an app: one pack of rules judges all of it',
      fix: 'move rules, trustedAccounts and the other options of the rules to the first call',
    });
  }

  private rootOfApp(): Root {
    const { root } = this.scope.node;
    if (App.isApp(root)) return root;
    return refuse(this.scope, {
      code: 'ServerlessSecurity.NoApp',
      prop: 'scope',
      must: 'must belong to an App, because CDK validates nothing else',
      fix: 'make new App() the root, and call ServerlessSecurity.of(app).enforce()',
    });
  }
}
