/**
 * Lets judges from outside look at every construct and every example, in all profiles: the six packs of cdk-nag, the proactive controls of
 * Control Tower, checkov and cfn-lint.
 *
 *     npx tsx --tsconfig examples/tsconfig.json scripts/judges/run.ts [--tools <folder>] [--out <folder>] [--only <room>] [--page]
 *
 * What they may find stands in test/judges, a file for each. Exits with 1 when a finding is not listed there, or when something listed is
 * found no more, or when docs/scoreboard.md says something else: --page writes it. The judges are fetched into the folder of tools; templates
 * and findings are left in the other one. With --only, neither the page nor what is found no more is looked at.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { constructs } from './cases';
import { comparison } from './comparison/jobs';
import { examples } from './examples';
import { judge } from './judge';
import { hold, listOf } from './lists';
import { scoreboard } from './scoreboard';
import { JUDGES } from './subject';
import { verdictText } from './verdict-text';

const PAGE = join(__dirname, '../../docs/scoreboard.md');

function option(name: string): string | undefined {
  const place = process.argv.indexOf(`--${name}`);
  return place < 0 ? undefined : process.argv[place + 1];
}

async function main(): Promise<void> {
  process.env.CDK_VALIDATION = 'false'; // cfn-lint is one of the judges
  process.env.JSII_DEPRECATED = 'quiet';
  const tools = resolve(option('tools') ?? mkdtempSync(join(tmpdir(), 'judges-')));
  const out = resolve(option('out') ?? join(tools, 'out'));
  rmSync(join(out, 'templates'), { recursive: true, force: true });
  mkdirSync(tools, { recursive: true });
  const only = option('only');
  const subjects = [...await constructs(), ...examples(), ...comparison()].filter(({ room }) => [undefined, room].includes(only));
  const judgements = await judge(subjects, out, tools);
  writeFileSync(join(out, 'findings.json'), JSON.stringify(judgements, undefined, 1));
  const ours = judgements.filter(({ subject }) => subject.side === 'ours');
  const held = JUDGES.map((name) => hold(name, listOf(name), ours)).map((one) => only === undefined ? one : { ...one, stale: [] });
  const current = only !== undefined || pageIsCurrent(scoreboard(judgements));
  process.stdout.write(verdictText(ours.map(({ subject }) => subject), held));
  if (!current) process.stdout.write('docs/scoreboard.md says something else: write it with scripts/ci/judges.sh FOLDER --page\n');
  process.exitCode = current && held.every(({ unlisted, stale }) => unlisted.length + stale.length === 0) ? 0 : 1;
}

/** Writes the page if it is asked for; says whether it is what it should be. */
function pageIsCurrent(text: string): boolean {
  if (process.argv.includes('--page')) writeFileSync(PAGE, text);
  return existsSync(PAGE) && readFileSync(PAGE, 'utf8') === text;
}

void main();
