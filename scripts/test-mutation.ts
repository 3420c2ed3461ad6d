/**
 * Changes the sources in small ways and sees whether a test notices.
 *
 *     npm run test:mutation -- [room|file …] [--sample N] [--seed S] [--cross-check N] [--write] [--note TEXT]
 *
 * Rooms are policy, iam and guards; all of them without a name. With --sample: so many mutants of each room or list of files, spread over the
 * files. With --cross-check: jest itself runs for so many of them, and must come to the same verdicts. With --write: docs/mutation.md takes over
 * what was measured of whole rooms; with --note: and says so beside it. Exits with 1 if a score is below 80 %, or a verdict differs.
 */
import { join, relative, resolve } from 'path';
import type { MutantResult } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import { reasonFor } from './mutation/accepted';
import { crossCheck, doubts } from './mutation/cross-check';
import { keyOf, mutantsOf, reportedKeyOf } from './mutation/mutants';
import { scoreText } from './mutation/page';
import { keep } from './mutation/record';
import { MUTATION_ROOMS, MutationRoom, roomOfFiles } from './mutation/rooms';
import { stratified } from './mutation/sample';
import { killedShare, RoomRecord, scoreOf, Score, together } from './mutation/score';
import { tryMutants } from './mutation/stryker';

const ROOT = join(__dirname, '..');
const WANTED = 0.8;

const words = process.argv.slice(2);
const after = (name: string): string | undefined => words.includes(name) ? words[words.indexOf(name) + 1] : undefined;
const option = (name: string): number | undefined => after(name) === undefined ? undefined : Number(after(name));
const names = words.filter((word, index) => !word.startsWith('--') && !['--cross-check', '--note', '--sample', '--seed'].includes(words[index - 1]));
const sample = option('--sample');
const seed = option('--seed') ?? 1;
const checked = option('--cross-check');
const note = after('--note');

function roomsNamed(): readonly MutationRoom[] {
  if (names.length === 0) return MUTATION_ROOMS;
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => relative(ROOT, resolve(name)));
  return [...MUTATION_ROOMS.filter(({ name }) => names.includes(name)), ...files.length === 0 ? [] : [roomOfFiles(files)]];
}

async function measure({ name, parts }: MutationRoom): Promise<RoomRecord> {
  const mutants = (await Promise.all(parts.map(({ sources }) => mutantsOf(ROOT, sources)))).map((ofPart) => ofPart.filter(({ status }) => status !== 'Ignored'));
  const every = mutants.flat();
  const chosen = new Set(stratified(every, ({ fileName }) => fileName, sample ?? every.length, seed));
  const scores: Score[] = [];
  const tried: MutantResult[] = [];
  for (const [index, { sources, tests }] of parts.entries()) {
    const keys = mutants[index].filter((mutant) => chosen.has(mutant)).map((mutant) => keyOf(ROOT, mutant));
    if (keys.length === 0) continue;
    const results = await tryMutants(ROOT, { sources, tests, chosen: keys });
    scores.push(scoreOf(ROOT, results, keys));
    tried.push(...results.filter((result) => keys.includes(reportedKeyOf(ROOT, result))));
    console.log(`${name} ${index + 1}/${parts.length}: ${keys.length} mutants, ${scores.at(-1)!.survivors.length} survived`);
  }
  return {
    name,
    files: parts.flatMap(({ sources }) => sources).length,
    ...together(scores),
    all: every.length,
    ...chosen.size < every.length ? { seed } : {},
    ...note === undefined ? {} : { note },
    ...checked === undefined ? {} : { crossCheck: crossCheck(ROOT, doubts(tried, checked, seed), (line) => { console.log(line); }) },
  };
}

async function main(): Promise<void> {
  const measured: RoomRecord[] = [];
  for (const room of roomsNamed()) {
    const record = await measure(room);
    measured.push(record);
    for (const survivor of record.survivors) {
      const { file, line, mutator, original, replacement, uncovered } = survivor;
      console.log(`${file}:${line} ${mutator}${uncovered ? ' (not reached)' : ''}: ${original} → ${replacement}${reasonFor(survivor) === undefined ? '' : ' (accepted)'}`);
    }
    console.log(`${record.name}: ${record.tried} of ${record.all} mutants, ${record.killed} killed, ${record.timeouts} out of time, `
      + `${record.survivors.length} survived: ${scoreText(record)}`);
  }
  if (words.includes('--write')) keep(ROOT, measured.filter(({ name }) => MUTATION_ROOMS.some((room) => room.name === name)));
  if (measured.some((record) => killedShare(record) < WANTED || record.crossCheck?.same !== record.crossCheck?.tried)) process.exitCode = 1;
}

void main();
