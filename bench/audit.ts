/**
 * Time and memory of `cdk-secure-serverless audit DIR`, from the start of the process to its end, on assemblies of growing size.
 *
 *     npx projen compile && npx tsx --tsconfig examples/tsconfig.json bench/audit.ts [rounds]
 *
 * Exits with 1 when the largest takes longer, or more memory, than the limits, or when the time for a resource grows with the size of the
 * assembly by more than its limit. What else the machine does only ever adds time, so that the lowest counts: of the time on the clock and the
 * CPU time, whichever is lower.
 */
import { spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { RESOURCES_IN_STACK, writeAssembly } from './apps/assembly';
import { growth, median } from './figures';

const COMMAND = join(__dirname, '../bin/cdk-secure-serverless');
const SIZES = [2500, 5000, 10_000, 20_000];

/** For the largest size. */
export const AUDIT_LIMITS = { seconds: 5, peakMb: 400, growth: 2 };

/** What the process says of itself at its end, on a channel of its own. */
const TELL = "process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();"
  + " require('fs').writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1e3, peakMb: maxRSS / 1024 })); });";

export interface AuditRow {
  readonly resources: number;
  readonly stacks: number;
  readonly medianMs: number;
  readonly lowestMs: number;
  readonly lowestCpuMs: number;
  readonly peakMb: number;
}

interface AuditMeasurement {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

export async function auditRows(rounds: number, sizes: readonly number[] = SIZES): Promise<readonly AuditRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const told = join(folder, 'tell.js');
  writeFileSync(told, TELL);
  const stacksOf = (size: number): number => Math.ceil(size / RESOURCES_IN_STACK);
  for (const size of sizes) writeAssembly(join(folder, String(size)), stacksOf(size));
  const measured = new Map(sizes.map((size): [number, AuditMeasurement[]] => [size, []]));
  for (let round = 0; round < rounds; round++) for (const [size, of] of measured) of.push(await audited(told, join(folder, String(size))));
  rmSync(folder, { recursive: true });
  return [...measured].map(([size, of]) => ({
    resources: stacksOf(size) * RESOURCES_IN_STACK,
    stacks: stacksOf(size),
    medianMs: median(of.map(({ wallMs }) => wallMs)),
    lowestMs: Math.min(...of.map(({ wallMs }) => wallMs)),
    lowestCpuMs: Math.min(...of.map(({ cpuMs }) => cpuMs)),
    peakMb: Math.max(...of.map(({ peakMb }) => peakMb)),
  }));
}

function audited(told: string, assembly: string): Promise<AuditMeasurement> {
  const start = process.hrtime.bigint();
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, ['--require', told, COMMAND, 'audit', assembly, '--fail-on', 'never'], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    let answer = '';
    child.stdio[3]!.on('data', (piece: Buffer) => { answer += piece.toString(); });
    child.once('close', (code) => {
      const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
      if (code === 0) done({ wallMs, ...JSON.parse(answer) as Omit<AuditMeasurement, 'wallMs'> });
      else failed(new Error(`the audit of ${assembly} ended with ${code}`));
    });
  });
}

async function main(rounds: number): Promise<void> {
  const rows = await auditRows(rounds);
  const line = (...cells: readonly (string | number)[]): string => cells.map((cell) => String(cell).padStart(14)).join('');
  console.log(`${rounds} rounds, each audit in a process of its own\n`);
  console.log(line('resources', 'stacks', 'median ms', 'lowest ms', 'lowest CPU ms', 'peak MB'));
  for (const { resources, stacks, medianMs, lowestMs, lowestCpuMs, peakMb } of rows) {
    console.log(line(resources, stacks, ...[medianMs, lowestMs, lowestCpuMs, peakMb].map((figure) => figure.toFixed(0))));
  }
  const [smallest, largest] = [rows[0], rows[rows.length - 1]];
  const seconds = Math.min(largest.lowestMs, largest.lowestCpuMs) / 1e3;
  const times = growth({ count: smallest.resources, cost: smallest.lowestCpuMs }, { count: largest.resources, cost: largest.lowestCpuMs });
  console.log(`\n${largest.resources} resources: ${seconds.toFixed(1)} s (at most ${AUDIT_LIMITS.seconds}), ${largest.peakMb.toFixed(0)} MB `
    + `(at most ${AUDIT_LIMITS.peakMb}); one of them costs ${times.toFixed(2)} times what one of ${smallest.resources} does (at most ${AUDIT_LIMITS.growth})`);
  process.exitCode = seconds > AUDIT_LIMITS.seconds || largest.peakMb > AUDIT_LIMITS.peakMb || times > AUDIT_LIMITS.growth ? 1 : 0;
}

if (require.main === module) void main(Number(process.argv[2] ?? '3'));
