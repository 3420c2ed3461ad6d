import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { SUBJECTS } from './subjects/all';
import { addSample, describeSample, isLegal, samplesOf } from './support/sample';

// All other suites switch CDK's own CloudFormation rules off, since their engine takes about 3 s to start.
delete process.env.CDK_VALIDATION;

const numRuns = Number(process.env.PROPERTY_RUNS ?? 2);

/** What an author writes into a description may look like what `Fn::Sub` puts in, and is text all the same. */
const AUTHORS_TEXT = 'E1029';

/** CDK writes the sizes in lifecycle rules as numbers; CloudFormation has strings, and takes both. */
const SIZES = /ObjectSize\w+: \d+ is not of type 'string' - automatically coerced/;

const seed = Number(process.env.PROPERTY_SEED ?? 20_261_126);

interface Violation {
  readonly ruleName: string;
  readonly severity?: string;
  readonly description: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

interface Report {
  readonly pluginName: string;
  readonly violations?: Violation[];
}

test("CDK's own CloudFormation rules find no error in what samples of all constructs come to, each a stack of one app", () => {
  const printed = [jest.spyOn(console, 'error'), jest.spyOn(console, 'warn')].map((one) => one.mockImplementation(() => {}));
  const outdir = mkdtempSync(join(tmpdir(), 'samples-'));
  const app = new App({ outdir, context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const made = new Map<string, string>();
  const samples = SUBJECTS.flatMap((subject) => fc.sample(samplesOf(subject), { numRuns, seed }));
  // Two constructs to which an author gave one name are refused by AWS alone.
  samples.filter((sample) => !sample.twin || isLegal(sample)).forEach((sample, index) => {
    const id = `Shop${index}`;
    const stack = new Stack(app, id, { env: { account: '111122223333', region: 'eu-west-1' } });
    try {
      addSample(stack, sample);
      const late = stack.node.findAll().flatMap(({ node }) => node.validate());
      if (late.length > 0) throw new Error(late.join('\n')); // else the synth of all samples would
      made.set(id, describeSample(sample));
    } catch {
      app.node.tryRemoveChild(id); // refused, which the other suite judges
    }
  });
  const { directory } = app.synth();
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: Report[] };
  rmSync(outdir, { recursive: true, force: true });
  const findings = pluginReports.filter(({ pluginName }) => /cloudformation/i.test(pluginName)).flatMap(({ violations = [] }) => violations)
    .filter(({ ruleName, description }) => ruleName !== AUTHORS_TEXT && !SIZES.test(description))
    .flatMap(({ ruleName, description, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => (
      `${ruleName} at ${constructPath}: ${description} ${made.get(constructPath.split('/')[0])}`)));
  expect(findings).toStrictEqual([]);
  expect(made.size).toBeGreaterThan(10);
  expect(printed).toHaveLength(2);
}, 3_600_000);
