/** One judgement in a process of its own: pack.ts translates and forks it, with the name of a pack, the shape of an app and its size. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CfnResource, IPolicyValidationContext, IPolicyValidationPlugin } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ServerlessSecurityChecks } from 'cdk-secure-serverless';
import { PACK_SHAPES } from './apps/pack-shapes';

const PACKS: { readonly [name: string]: () => IPolicyValidationPlugin } = {
  ours: () => new ServerlessSecurityChecks(undefined, { report: false }),
  AwsSolutions: () => new AwsSolutionsChecks(),
};

export interface PackMeasurement {
  readonly resources: number;
  readonly findings: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  /** What the judgement adds to the peak of the process. */
  readonly addedMb: number;
  readonly peakMb: number;
}

const peakMb = (): number => process.resourceUsage().maxRSS / 1024;

/** Includes reading the templates and building the answer for CDK; the report is off, since AwsSolutions writes none. */
function measure(name: string, shape: string, size: number): PackMeasurement {
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), 'bench-'));
  const app = PACK_SHAPES[shape](size);
  const assembly = app.synth();
  const stackTemplates = assembly.stacks.map((stack) => ({
    stackConstructPath: stack.hierarchicalId, templatePath: stack.templateFullPath, accountId: undefined, region: undefined,
  }));
  const templatePaths = stackTemplates.map(({ templatePath }) => templatePath);
  const context: IPolicyValidationContext = { appConstruct: app, stackTemplates, templatePaths };
  const pack = PACKS[name]();
  const peakBefore = peakMb();
  const cpuBefore = process.cpuUsage();
  const before = process.hrtime.bigint();
  const { violations } = pack.validate(context);
  const wallMs = Number(process.hrtime.bigint() - before) / 1e6;
  const { user, system } = process.cpuUsage(cpuBefore);
  rmSync(process.env.CDK_OUTDIR, { recursive: true });
  return {
    wallMs,
    cpuMs: (user + system) / 1e3,
    addedMb: peakMb() - peakBefore,
    peakMb: peakMb(),
    findings: violations.reduce((sum, { violatingResources = [], violatingConstructs = [] }: Violation) => (
      sum + violatingResources.length + violatingConstructs.length), 0),
    resources: app.node.findAll().filter((node) => CfnResource.isCfnResource(node)).length,
  };
}

interface Violation {
  readonly violatingResources?: readonly unknown[];
  readonly violatingConstructs?: readonly unknown[];
}

const [pack, shape, size] = process.argv.slice(2);
process.send!(measure(pack, shape, Number(size)));
