import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Environment, IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { SecurityProfile } from '../../src/core/profile/security-profile';

export const RECOMMENDED_FLAGS: Record<string, unknown> = JSON.parse(
  readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));

export const PROFILES: readonly [string, () => SecurityProfile][] = [
  ['sandbox', SecurityProfile.sandbox],
  ['production', SecurityProfile.production],
  ['regulated', SecurityProfile.regulated],
];

export interface TestAppOptions {
  readonly profile?: SecurityProfile;
  readonly flags?: Record<string, unknown>;
  readonly env?: Environment;
}

/** A stack called `Shop` in an app of its own. Bundling is off and findings do not throw: tests read them. */
export function testStack(options: TestAppOptions = {}): Stack {
  const app = new App({
    context: {
      'aws:cdk:bundling-stacks': [],
      '@aws-cdk/core:failSynthOnValidationErrors': false,
      ...options.flags,
    },
  });
  options.profile?.applyTo(app);
  return new Stack(app, 'Shop', { env: options.env });
}

export function templateOf(stack: Stack): Template {
  return Template.fromStack(stack);
}

export interface Finding {
  readonly rule: string;
  readonly path: string;
  /** Why it was acknowledged; undefined when it was not. */
  readonly reason?: string;
}

interface ReportedViolation {
  readonly ruleName: string;
  readonly reason?: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

/** What the two packs of the production profile say. */
export const PRODUCTION_PACKS = (): IPolicyValidationPlugin[] => [new AwsSolutionsChecks(), new ServerlessChecks()];

export const ALL_NAG_PACKS = (): IPolicyValidationPlugin[] => [
  ...PRODUCTION_PACKS(), new HIPAASecurityChecks(), new NIST80053R4Checks(), new NIST80053R5Checks(), new PCIDSS321Checks(),
];

/** Synthesizes the app of a stack under the given packs and returns what CDK's own report holds, acknowledged or not. */
export function findingsOf(stack: Stack, packs: IPolicyValidationPlugin[] = PRODUCTION_PACKS()): Finding[] {
  const app = stack.node.root as App;
  Validations.of(app).addPlugins(...packs);
  const { directory } = app.synth({ force: true }); // a template may have been read before
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as {
    pluginReports: { pluginName: string; violations?: ReportedViolation[]; suppressedViolations?: ReportedViolation[] }[];
  };
  const judged = pluginReports.filter(({ pluginName }) => packs.some(({ name }) => name === pluginName)); // warnings of CDK and ours are no findings
  return judged.flatMap((report) => [...report.violations ?? [], ...report.suppressedViolations ?? []])
    .flatMap((violation) => violation.violatingConstructs.map(({ constructPath }) => (
      { rule: violation.ruleName, path: constructPath, reason: violation.reason })));
}

/** One line for each finding that nobody acknowledged. */
export function unexplained(findings: readonly Finding[]): string[] {
  return findings.filter((finding) => finding.reason === undefined).map((finding) => `${finding.rule} at ${finding.path}`).sort();
}
