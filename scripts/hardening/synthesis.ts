import { readFileSync } from 'fs';
import { join } from 'path';
import { App, CfnResource, IPolicyValidationPlugin, Stack, Stage, Validations } from 'aws-cdk-lib';
import { helpersOf } from './helpers';
import { changesOf, HardeningChange, HardeningOutcome } from '../../src/core/hardening/hardening-change';
import { Sample } from '../../test/hardening/samples/sample';
import { ALL_NAG_PACKS } from '../../test/support/apps';

/** One thing that a pack does not like about one resource. What stands in brackets after a rule of cdk-nag is part of its name here. */
export interface Finding {
  readonly pack: string;
  readonly rule: string;
  readonly path: string;
  /** Why it was acknowledged; undefined when it was not. */
  readonly reason?: string;
  /** What the pack says of it. */
  readonly description?: string;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
  readonly DeletionPolicy?: string;
}

/** What came out of one synthesis of a sample. */
export interface Synthesis {
  readonly findings: readonly Finding[];
  /** What CDK's own rules for CloudFormation say, a line each. */
  readonly warnings: readonly string[];
  /** By the path of the stack or nested stack, as written. */
  readonly templates: ReadonlyMap<string, string>;
  /** By stack and logical id. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** By stack and logical id: where in the tree a resource stands. */
  readonly paths: ReadonlyMap<string, string>;
  /** The paths of what CDK makes for its own work. */
  readonly helpers: ReadonlySet<string>;
  /** What hardening kept since the author wrote it. */
  readonly kept: readonly Kept[];
  /** What hardening looked at and left: proposed, withheld, or known only at deployment. */
  readonly left: readonly Left[];
  readonly milliseconds: number;
}

/** A place, and the rule of ours that would have something else there. */
export interface Kept {
  readonly at: string;
  readonly rule: string;
}

/** The same, with the way out. */
export type Left = Pick<HardeningChange, 'at' | 'note' | 'outcome' | 'rule'>;

/** Takes the place of hardening: called right after the app was made, before anything is in it. */
export type Harden = (app: App) => void;

export interface SynthesisOptions {
  readonly harden?: Harden;
  readonly flags?: Record<string, unknown>;
  /** @default true */
  readonly judged?: boolean;
}

interface ReportedViolation {
  readonly ruleName: string;
  readonly description?: string;
  readonly reason?: string;
  readonly violatingConstructs: { readonly constructPath?: string; readonly cloudFormationResource?: { readonly logicalId?: string } }[];
}

interface PluginReport {
  readonly pluginName: string;
  readonly violations?: ReportedViolation[];
  readonly suppressedViolations?: ReportedViolation[];
}

const BUILT_IN = /^cloudformation[- ]validate$/i;

/** Synthesizes a sample under the packs, as an app file would: flags, then hardening, then what the author wrote. */
export function synthesize(sample: Sample, options: SynthesisOptions = {}): Synthesis {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:failSynthOnValidationErrors': false, ...options.flags } });
  const start = performance.now();
  options.harden?.(app);
  sample.build(app);
  const packs: IPolicyValidationPlugin[] = options.judged === false ? [] : ALL_NAG_PACKS();
  if (packs.length > 0) Validations.of(app).addPlugins(...packs);
  const { directory } = app.synth();
  const milliseconds = performance.now() - start;
  const { templates, resources } = templatesOf(app);
  return {
    templates,
    resources,
    paths: pathsOf(app),
    helpers: helpersOf(app),
    kept: keptIn(app),
    left: leftIn(app),
    milliseconds,
    ...judgement(directory, packs),
  };
}

/** cdk-nag that the author registered reports under the same name as ours: the same finding counts once. */
function judgement(directory: string, packs: readonly IPolicyValidationPlugin[]): Pick<Synthesis, 'findings' | 'warnings'> {
  if (packs.length === 0) return { findings: [], warnings: [] };
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: PluginReport[] };
  const findings = new Map<string, Finding>();
  const ofPacks = pluginReports.filter(({ pluginName }) => packs.some(({ name }) => name === pluginName));
  for (const { pluginName, violations = [], suppressedViolations = [] } of ofPacks) {
    for (const { description, ruleName, reason, violatingConstructs } of [...violations, ...suppressedViolations]) {
      for (const { constructPath = '' } of violatingConstructs) {
        findings.set(`${ruleName} ${constructPath}`, { pack: pluginName, rule: ruleName, path: constructPath, reason, description });
      }
    }
  }
  const warnings = pluginReports.filter(({ pluginName }) => BUILT_IN.test(pluginName)).flatMap(({ violations = [] }) => violations)
    .flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath, cloudFormationResource }) => (
      `${ruleName} at ${constructPath ?? cloudFormationResource?.logicalId ?? '?'}`)));
  return { findings: [...findings.values()], warnings };
}

function keptIn(app: App): readonly Kept[] {
  return (changesOf(app) ?? []).filter(({ outcome }) => outcome === HardeningOutcome.KEPT).map(({ at, rule }) => ({ at, rule }));
}

const LEFT = [HardeningOutcome.PROPOSED, HardeningOutcome.UNKNOWN, HardeningOutcome.WITHHELD];

function leftIn(app: App): readonly Left[] {
  return (changesOf(app) ?? []).filter(({ outcome }) => LEFT.includes(outcome));
}

/** Nested stacks and the stacks of nested stages included. */
function templatesOf(app: App): Pick<Synthesis, 'templates' | 'resources'> {
  const templates = new Map<string, string>();
  const resources = new Map<string, TemplateResource>();
  for (const stack of app.node.findAll().filter(Stack.isStack)) {
    const text = readFileSync(join(Stage.of(stack)!.outdir, stack.templateFile), 'utf8');
    templates.set(stack.node.path, text);
    const { Resources = {} } = JSON.parse(text) as { Resources?: Record<string, TemplateResource> };
    for (const [id, resource] of Object.entries(Resources)) resources.set(`${stack.node.path}/${id}`, resource);
  }
  return { templates, resources };
}

function pathsOf(app: App): ReadonlyMap<string, string> {
  return new Map(app.node.findAll().filter(CfnResource.isCfnResource)
    .map((node) => [`${node.stack.node.path}/${node.stack.resolve(node.logicalId)}`, node.node.path]));
}
