/**
 * Lets cfn-lint look at the samples of the property tests: those of every construct that test/properties looks at, in the places and profiles
 * where they stand, each as a template. What the constructs refuse is no template.
 *
 *     npx tsx --tsconfig examples/tsconfig.json scripts/judges/samples.ts [--tools <folder>] [--out <folder>]
 *
 * Exits with 1 when cfn-lint finds an error that test/judges/cfn-lint.json does not list. `PROPERTY_RUNS` and `PROPERTY_SEED` choose the samples
 * as they do for the tests; texts beside the templates say how each is written.
 */
import { createHash } from 'crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import * as fc from 'fast-check';
import { judgeByCfnLint } from './cfn-lint';
import { listOf } from './lists';
import { remembered } from './remembered';
import { FileFinding } from './subject';
import { pinned } from './tools';
import { SUBJECTS } from '../../test/properties/subjects/all';
import { build, describeSample, Sample, samplesOf } from '../../test/properties/support/sample';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 6);
const seed = Number(process.env.PROPERTY_SEED ?? 20_261_126);

/** What cfn-lint may find in samples, besides what is listed for all: the rule, what the sample looks like, and why. */
const KNOWN: readonly (readonly [rule: string, sample: RegExp, reason: string])[] = [
  ['E1029', /\$\{/, 'text that an author wrote looks like what Fn::Sub fills in, and is text all the same'],
  ['E3024', /new SecureNetwork\(stack, "O{200}/, 'CDK names a network after its path, which is longer than a tag where the id is'],
  ['E3001', /\(stack, "O{200}/, 'CDK gives a deployment an id that is longer than CloudFormation takes where the id of the API is'],
  ['E3019', /, twice:/, 'the sample gives two constructs one physical name, which is for its author to see'],
  ['E3037', /new ThreatDetection[^]*auditTrail: AuditTrail/, 'a function of the stack that the author names besides is recorded twice: not mended yet'],
  ['E3004', /new NestedStack[^]*new SecureTopic[^]*\.addSubscription\(/, 'the queue for undelivered messages stands in the parent stack, which a subscription in a nested one names: not mended yet'],
];

function option(name: string): string | undefined {
  const place = process.argv.indexOf(`--${name}`);
  return place < 0 ? undefined : process.argv[place + 1];
}

/** Writes the templates of one sample, the same ones once; says whether it was made. */
function write(sample: Sample, folder: string): boolean {
  const outdir = mkdtempSync(join(tmpdir(), 'sample-'));
  try {
    const { directory } = build(sample, false, outdir).synth();
    for (const file of (readdirSync(directory, { recursive: true }) as string[]).filter((name) => name.endsWith('.template.json'))) {
      const text = readFileSync(join(directory, file), 'utf8');
      const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
      writeFileSync(join(folder, `${name}.template.json`), text);
      writeFileSync(join(folder, `${name}.txt`), describeSample(sample));
    }
    return true;
  } catch {
    return false; // refused, which the tests look at
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function isUnlisted({ file, rule, resource }: FileFinding, folder: string): boolean {
  const sample = describedIn(folder, file);
  const { Resources: all } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { Resources: { [id: string]: { Type: string } } };
  return rule.startsWith('E') && !KNOWN.some(([known, like]) => known === rule && like.test(sample)) && !listOf('cfn-lint').some(({ rules, types, resources }) => (
    rules.includes(rule) && types.includes(all[resource]?.Type ?? '') && (resources === undefined || new RegExp(resources).test(resource))));
}

function describedIn(folder: string, file: string): string {
  return readFileSync(join(folder, file.replace('.template.json', '.txt')), 'utf8');
}

async function main(): Promise<void> {
  process.env.CDK_VALIDATION = 'false'; // cfn-lint is the judge
  process.env.JSII_DEPRECATED = 'quiet';
  console.error = console.warn = () => {}; // what CDK says of each sample
  const tools = resolve(option('tools') ?? mkdtempSync(join(tmpdir(), 'judges-')));
  const folder = join(resolve(option('out') ?? join(tools, 'out')), 'samples');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const samples = SUBJECTS.flatMap((subject) => fc.sample(samplesOf(subject), { numRuns, seed }));
  const made = samples.filter((sample) => write(sample, folder)).length;
  const findings = (await remembered(judgeByCfnLint, `cfn-lint ${pinned()['cfn-lint']}`, folder, tools)).filter((one) => isUnlisted(one, folder));
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json')).length;
  process.stdout.write(`cfn-lint: ${samples.length} samples, ${made} made, ${templates} different templates, ${findings.length} errors\n`);
  for (const { file, rule, resource } of findings) {
    process.stdout.write(`  ${rule} at ${resource} in ${join(folder, file)}:${describedIn(folder, file)}\n`);
  }
  process.exitCode = findings.length === 0 && made > 0 ? 0 : 1;
}

void main();
