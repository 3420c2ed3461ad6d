import { Command, FailOn } from './command-line';
import { ExitCode } from './exit-code';
import { judgePath } from './judge-path';
import { readPosture } from './read-posture';
import { rendered } from './rendered';
import { Progress, screenOf, World } from './terminal';
import { writeText } from './write-text';
import { FindingPosture, Posture } from '../report/form/posture-form';

type AuditCommand = Command & { readonly name: 'audit' };

const LEVELS: { readonly [level in FailOn]: readonly FindingPosture['level'][] } = {
  error: ['fatal', 'error'],
  warning: ['fatal', 'error', 'warning'],
  never: [],
};

/** Judges, shows what is open, and tells by the exit code whether that is too much. */
export function audit(command: AuditCommand, world: World): ExitCode {
  const progress = new Progress(world.err);
  const before = command.baseline === undefined ? undefined : readPosture(command.baseline, world);
  const judged = judgePath(command, world, progress);
  const { posture, known } = before === undefined ? { posture: judged, known: 0 } : withoutKnown(judged, before);
  const remark = known === 0 ? undefined : `${known} known from ${command.baseline}`;
  const screen = command.output === undefined ? screenOf(world.out, world.env) : screenOf({ write: () => true }, world.env);
  const text = rendered(command.format, posture, { ...screen, title: command.path, remark }, before);
  progress.done();
  if (command.output === undefined) world.out.write(text);
  else writeText(command.output, text, world);
  const counted = LEVELS[command.failOn];
  return posture.findings.some(({ accepted, level }) => accepted === null && counted.includes(level)) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

/** What a baseline holds already is neither shown nor counted: only what is new asks for work. */
function withoutKnown(posture: Posture, before: Posture): { readonly posture: Posture; readonly known: number } {
  const old = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  const findings = posture.findings.filter(({ fingerprint }) => !old.has(fingerprint));
  const open = findings.filter(({ accepted }) => accepted === null);
  const of = (...levels: readonly string[]) => open.filter(({ level }) => levels.includes(level)).length;
  const errors = of('fatal', 'error');
  return {
    known: posture.findings.length - findings.length,
    posture: {
      ...posture,
      verdict: errors > 0 ? 'fail' : 'pass',
      counts: { ...posture.counts, errors, warnings: of('warning'), infos: of('info'), accepted: findings.length - open.length },
      findings,
    },
  };
}
