import { reasonFor } from './accepted';
import { interval } from './sample';
import { killedShare, RoomRecord, Survivor } from './score';

const INTRODUCTION = `# Mutation tests

<!-- Written by "npm run test:mutation -- <room> --write" from what it measured; do not edit. -->

A mutant is the library with one small change: a condition that is always true, an \`&&\` that became \`||\`, a list without its elements. Tests that are
worth their name notice. [Stryker](https://stryker-mutator.io) makes the mutants, and \`scripts/mutation\` runs the tests that reach each of them.

* **Score**: the share of the tried mutants that a test killed or that ran into the limit of time. What no test reaches counts as survived.
  Where a sample was tried, the interval holds the score of the whole room in 95 of 100 samples.
* **Left out**: titles, reasons, remedies and forms of findings of rules, since a test could only repeat them. Tests that measure
  time or try random templates do not run here, which can only lower a score.
* **Runner**: all tests run in one process, with jest's own engine and matchers, since a start of jest for each mutant would take days.
  \`--cross-check N\` puts N of the tried mutants into a copy of the project, half of them killed and half survived, runs jest itself there, and fails
  where a verdict differs.
* **Rooms**: \`policy\` and \`iam\` are the folders of that name; \`guards\` are the files that refuse bad input and close ways around a control
  (\`scripts/mutation/rooms.ts\` lists them).
`;

/** The page of what was measured: no date, and the seed with which it comes out again. */
export function mutationPage(rooms: readonly RoomRecord[]): string {
  return [
    INTRODUCTION,
    '| Room | Files | Mutants | Tried | Killed | Out of time | Survived | Score | Measured by |',
    '|---|--:|--:|--:|--:|--:|--:|--:|---|',
    ...rooms.map(row),
    '',
    ...rooms.flatMap(survivorsOf),
  ].join('\n');
}

function row(room: RoomRecord): string {
  const { name, files, all, tried, killed, timeouts, seed, note, crossCheck } = room;
  const command = room.command
    ?? [name, ...seed === undefined ? [] : [`--sample ${tried} --seed ${seed}`], ...crossCheck === undefined ? [] : [`--cross-check ${crossCheck.tried}`]].join(' ');
  const measured = [
    `\`npm run test:mutation -- ${command}\``, ...note === undefined ? [] : [note],
    ...crossCheck === undefined ? [] : [`jest itself agreed with ${crossCheck.same} of ${crossCheck.tried} verdicts`],
  ].join('; ');
  return `| ${[`\`${name}\``, files, all, tried, killed, timeouts, tried - killed - timeouts, scoreText(room), measured].join(' | ')} |`;
}

/** The score, and where a sample leaves room, between what it lies. */
export function scoreText(room: RoomRecord): string {
  const percent = (share: number): string => (share * 100).toFixed(1);
  const [low, high] = interval(room.killed + room.timeouts, room.tried, room.all);
  return `${percent(killedShare(room))} %${low === high ? '' : ` (${percent(low)} to ${percent(high)})`}`;
}

function survivorsOf({ name, survivors, note }: RoomRecord): string[] {
  if (survivors.length === 0) return [];
  const lines = [...survivors].sort((a, b) => a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line).map(survivorRow);
  return [`## Survivors in \`${name}\``, '', ...note === undefined ? [] : [`Measured: ${note}.`, ''], '| Where | What | Instead of | Stands | Why it may |', '|---|---|---|---|---|', ...lines, ''];
}

function survivorRow(survivor: Survivor): string {
  const { file, line, mutator, original, replacement, uncovered } = survivor;
  const reason = reasonFor(survivor) ?? (uncovered ? 'not reached' : '');
  return `| ${file}:${line} | ${mutator} | ${code(original)} | ${code(replacement)} | ${reason} |`;
}

function code(text: string): string {
  return text === '' ? '' : `\`\`${text.includes('`') ? ` ${text} ` : text}\`\``.replace(/\|/g, '\\|');
}
