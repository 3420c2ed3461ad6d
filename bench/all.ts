/**
 * All that is promised of speed, measured by one command: synth, the rules, import, audits of large assemblies.
 *
 *     npm run bench -- [rounds]
 *
 * Ratios stand first, as they say more than the times of one machine. Exits with 1 when a promise is not kept.
 */
import { AUDIT_LIMITS, auditRows } from './audit';
import { growth } from './figures';
import { Comparison, measureAll } from './harness';
import { IMPORT_LIMIT, importRows } from './import';
import { packRows } from './pack';

/** Besides ours and by hand: the same resources as bare L1s, which is what CDK takes at least, and ours with one pack of rules and another. */
const FUNCTIONS: Comparison = {
  unit: 'functions',
  sizes: [1, 50, 250, 1000],
  judgedFrom: 50, // with one function a synth is mostly CDK's own start, too short and too noisy to judge
  variants: ['ours', 'by hand', 'Solutions Constructs', 'bare L1s', 'ours, our pack', 'ours, AwsSolutions'],
};

/** How many times as long our rules may take as AwsSolutions of cdk-nag. */
const PACK_LIMIT = 1;

const ROUTES: Comparison = { unit: 'routes', sizes: [60], judgedFrom: 60, variants: ['wide, ours', 'wide by hand', 'wide, Solutions'] };

async function main(rounds: number): Promise<void> {
  console.log(`Medians of ${rounds} interleaved rounds, each measurement in a process of its own; x: ours divided by theirs, within a round\n`);
  const faults = [
    ...await measureAll(FUNCTIONS, rounds), ...await measureAll(ROUTES, rounds), ...await packs(rounds), ...imports(rounds), ...await audits(rounds),
  ];
  console.log(faults.length === 0 ? '\nOK' : `\n${faults.join('\n')}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function packs(rounds: number): Promise<string[]> {
  const rows = await packRows(rounds, 'workers');
  console.log(line('rules over functions', 'x CPU', 'x wall', 'CPU ms', 'wall ms', 'added MB'));
  const times = rows.map(({ functions, packs: { ours, AwsSolutions } }) => {
    const [cpu, wall] = [ours.lowestCpuMs / AwsSolutions.lowestCpuMs, ours.lowestMs / AwsSolutions.lowestMs];
    console.log(line(String(functions), cpu.toFixed(2), wall.toFixed(2), ...[ours.lowestCpuMs, ours.lowestMs, ours.addedMb].map(whole)));
    return { functions, ratio: Math.min(cpu, wall) };
  });
  return times.filter(({ functions, ratio }) => functions === 1000 && ratio > PACK_LIMIT)
    .map(({ functions, ratio }) => `the rules over ${functions} functions take ${ratio.toFixed(2)} times as long as AwsSolutions, not ${PACK_LIMIT}`);
}

function imports(rounds: number): string[] {
  const rows = importRows(rounds * 3); // short, so that a few more cost nothing
  console.log(line('import', 'over CDK ms', 'CPU ms', 'wall ms'));
  for (const { variant, overCdkMs, lowestCpuMs, lowestMs } of rows) console.log(line(variant, ...[overCdkMs, lowestCpuMs, lowestMs].map(whole)));
  return rows.filter(({ variant, overCdkMs }) => variant === 'constructs and rules' && overCdkMs > IMPORT_LIMIT)
    .map(({ overCdkMs }) => `the import takes ${whole(overCdkMs)} ms over aws-cdk-lib, not ${IMPORT_LIMIT}`);
}

async function audits(rounds: number): Promise<string[]> {
  const rows = await auditRows(rounds);
  console.log(line('audit of resources', 'CPU ms', 'wall ms', 'peak MB'));
  for (const { resources, ...row } of rows) console.log(line(String(resources), ...[row.lowestCpuMs, row.lowestMs, row.peakMb].map(whole)));
  const [smallest, largest] = [rows[0], rows[rows.length - 1]];
  const times = growth({ count: smallest.resources, cost: smallest.lowestCpuMs }, { count: largest.resources, cost: largest.lowestCpuMs });
  console.log(`audit: a resource of the largest costs ${times.toFixed(2)} times what one of the smallest does`);
  const seconds = Math.min(largest.lowestMs, largest.lowestCpuMs) / 1e3;
  return [
    ...seconds > AUDIT_LIMITS.seconds ? [`the audit of ${largest.resources} resources takes ${seconds.toFixed(1)} s, not ${AUDIT_LIMITS.seconds}`] : [],
    ...largest.peakMb > AUDIT_LIMITS.peakMb ? [`the audit of ${largest.resources} resources takes ${whole(largest.peakMb)} MB, not ${AUDIT_LIMITS.peakMb}`] : [],
    ...times > AUDIT_LIMITS.growth ? [`audits do not grow linearly: ${times.toFixed(2)}`] : [],
  ];
}

function line(name: string, ...figures: readonly string[]): string {
  return name.padEnd(32) + figures.map((figure) => figure.padStart(12)).join('');
}

function whole(figure: number): string {
  return figure.toFixed(0);
}

void main(Number(process.argv[2] ?? 3));
