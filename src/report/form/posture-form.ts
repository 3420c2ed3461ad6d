import { ActorPosture, AlarmPosture, EntryPoint, Flow, FunctionPosture, StorePosture, ThirdParty, TrustedAccountPosture } from './app-form';

/**
 * The form of `report.json`: what one look at the whole app shows, as plain data. Everything that people or tools read is made from it:
 * pages, SARIF, comments on pull requests, comparisons. `schema/posture.schema.json` is generated from this file.
 *
 * Whatever stands in the app is named by its construct path, or by `stack/logicalId` where no CDK app made the template (`at`, `from`, `to`).
 */

/** The first number changes when something is taken away or changes its meaning. */
export const POSTURE_VERSION = '2.2';

/** The whole report. */
export interface Posture {
  readonly version: string;
  readonly tool: Tool;
  /** The day of the judgement, as `2026-11-26`: exceptions end by it. */
  readonly asOf: string;
  readonly profile: string;
  /** `fail` as soon as one error is not accepted. */
  readonly verdict: 'pass' | 'fail';
  readonly counts: Counts;
  readonly stacks: readonly StackPosture[];
  /** How many resources there are of each type of CloudFormation. */
  readonly resourceTypes: { readonly [type: string]: number };
  readonly entryPoints: readonly EntryPoint[];
  readonly functions: readonly FunctionPosture[];
  /** What acts besides functions. */
  readonly actors: readonly ActorPosture[];
  readonly stores: readonly StorePosture[];
  /** Who calls, starts, reads and changes what: the arrows of the picture. */
  readonly flows: readonly Flow[];
  /** Accounts outside of the app that its owner accepts, and what each is trusted with, whether a template names it or not. */
  readonly trustedAccounts: readonly TrustedAccountPosture[];
  readonly thirdParties: readonly ThirdParty[];
  readonly alarms: readonly AlarmPosture[];
  readonly findings: readonly FindingPosture[];
  /** Each rule of the pack, with how it came out. */
  readonly controls: readonly ControlPosture[];
  readonly frameworks: readonly FrameworkCoverage[];
  /** Everything that was accepted or weakened on purpose, whoever did it. */
  readonly exceptions: readonly ExceptionPosture[];
  /** Props of secure constructs that the author set to something else than the default: not weaker, only different. */
  readonly overrides: readonly OverridePosture[];
  /** What `harden` did to constructs that were written without the library, and what it left; empty where nobody asked for it. */
  readonly hardening: readonly HardeningPosture[];
  readonly cost: CostEstimate;
  /** What constructs could not check, most often about imported resources: said, not assumed. */
  readonly unchecked: readonly UncheckedPosture[];
  /** Where the rest is: relative to the folder of the cloud assembly. */
  readonly files: { readonly [what: string]: string };
}

export interface Tool {
  readonly name: string;
  readonly version: string;
}

export interface Counts {
  readonly resources: number;
  readonly entryPoints: number;
  /** Ways in that ask nobody who calls, preflight requests apart. */
  readonly openEntryPoints: number;
  readonly functions: number;
  readonly stores: number;
  readonly thirdParties: number;
  /** Findings that nobody accepted, by what CDK is told. */
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly accepted: number;
  readonly exceptions: number;
  readonly unchecked: number;
}

export interface StackPosture {
  readonly at: string;
  /** Undefined where only the deployment knows. */
  readonly account?: string;
  readonly region?: string;
  readonly resources: number;
}

/** Where in the source of the app something was made. */
export interface SourceLocation {
  /** Relative to the working directory of the synthesis, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

/** A finding of one of the packs that judged the app. */
export interface FindingPosture {
  /** The same in each synthesis as long as pack, finding and place are: 16 hexadecimal digits. */
  readonly fingerprint: string;
  /** The pack that says so: `ServerlessSecurity`, `AwsSolutions`, … */
  readonly pack: string;
  readonly rule: string;
  /** Rule and finding, the id under which it is acknowledged behind `<pack>::`. */
  readonly id: string;
  /** `high`, `medium`, `low` or `info` for our own; undefined for other packs. */
  readonly severity?: string;
  /** What CDK is told. */
  readonly level: 'fatal' | 'error' | 'warning' | 'info';
  readonly undecided: boolean;
  readonly at: string;
  readonly resourceType?: string;
  readonly logicalId?: string;
  readonly templatePath?: string;
  /** Property paths in the template. */
  readonly locations: readonly string[];
  /** Where CDK's traces lead to. */
  readonly source?: SourceLocation;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly frameworks: readonly string[];
  readonly risks: readonly string[];
  /** Why somebody accepted it, and where; null when nobody did. */
  readonly accepted: AcceptedPosture | null;
}

export interface AcceptedPosture {
  readonly reason: string;
  readonly at: string;
  readonly how: ExceptionKind;
}

export interface ControlPosture {
  readonly rule: string;
  readonly title: string;
  readonly severity: string;
  /** `off` when the app switched the rule off. */
  readonly state: 'compliant' | 'violated' | 'excepted' | 'undecided' | 'not-applicable' | 'off';
  readonly passed: number;
  readonly failed: number;
  readonly undecided: number;
  readonly accepted: number;
  readonly risks: readonly string[];
  readonly frameworks: readonly string[];
}

/** How many controls of one framework the rules could judge, and how they came out. */
export interface FrameworkCoverage {
  /** `FSBP`, `NIST 800-53`, `PCI DSS`, `HIPAA`, `Control Tower`, `OWASP Serverless`, … */
  readonly name: string;
  readonly controls: readonly { readonly id: string; readonly state: ControlPosture['state']; readonly rules: readonly string[] }[];
}

/**
 * `accepted`: `SecurityExceptions`, with owner and end. `acknowledged`: by CDK's means, without an end. `construct`: a prop of a construct took a
 * reason. `rule`: a rule is off or weaker for the whole app. `library`: the library explains a finding on what it made. `excused`: what CDK brings along.
 */
export type ExceptionKind = 'accepted' | 'acknowledged' | 'construct' | 'rule' | 'library' | 'excused';

export interface ExceptionPosture {
  readonly kind: ExceptionKind;
  /** `ServerlessSecurity::BucketVersioning`, `AwsSolutions::AwsSolutions-S1`, or the prop's control such as `Alarm.errors`. */
  readonly control: string;
  readonly at: string;
  readonly reason: string;
  readonly owner?: string;
  readonly ticket?: string;
  /** The last day on which it holds. */
  readonly expires?: string;
  /** From `asOf`; negative when it has ended. */
  readonly daysLeft?: number;
  /** `refused`: it never held, because nobody may accept the finding, or nobody for so long. `permanent`: it has no end. */
  readonly state: 'valid' | 'expiring' | 'expired' | 'unused' | 'refused' | 'permanent';
  /** How many findings it covers. */
  readonly covers: number;
}

export interface OverridePosture {
  readonly at: string;
  readonly construct: string;
  readonly prop: string;
  readonly value: string;
  readonly default: string;
}

/** One value that hardening looked at. */
export interface HardeningPosture {
  readonly at: string;
  readonly resourceType: string;
  /** As CloudFormation names it, or what was added beside the resource. */
  readonly property: string;
  readonly before?: string;
  readonly after?: string;
  /** The rule that asks for it. */
  readonly rule: string;
  /**
   * `set`: it was missing. `replaced`: the author's unsafe value gave way, by strict hardening. `kept`: the author's own value stays. `unknown`: only the
   * deployment knows it. `proposed`: only the author can decide. `withheld`: it would have replaced what keeps data, or made
   * the stack too large.
   */
  readonly outcome: 'set' | 'replaced' | 'kept' | 'unknown' | 'proposed' | 'withheld';
  /** What the change does to a stack that runs already. `needs-attention`: somebody outside of the template may notice. */
  readonly impact: 'in-place' | 'needs-attention' | 'replacement';
  /** What to look after, or what to do. */
  readonly note?: string;
  /** It was not done: the run only shows what would be. */
  readonly dryRun: boolean;
}

/** An estimate of what the app costs per month while nothing happens, in US dollars. */
export interface CostEstimate {
  /** The month in which the price table was last compared with other sources. */
  readonly pricesAsOf: string;
  readonly currency: 'USD';
  readonly total: number;
  readonly items: readonly CostItem[];
  /** What the same app would cost idle under the other profiles: the controls that they add or leave out. */
  readonly neighbours: readonly { readonly profile: string; readonly total: number; readonly difference: readonly string[] }[];
  /** What the estimate leaves out: `requests`, `storage`, … */
  readonly leftOut: readonly string[];
}

export interface CostItem {
  /** `customer keys`, `web ACL`, `alarms`, … */
  readonly control: string;
  readonly at: string;
  readonly quantity: number;
  readonly unit: string;
  readonly price: number;
  readonly monthly: number;
  /** The region whose price it is; `us-east-1` where only the deployment knows, or where the price table has no figure for the region of the stack. */
  readonly region: string;
  /** The page of AWS that publishes the price. */
  readonly source: string;
  /** Whether the figure was found in a second source when the table was last compared. */
  readonly confirmed: boolean;
}

export interface UncheckedPosture {
  readonly at: string;
  readonly topic: string;
  readonly message: string;
}
