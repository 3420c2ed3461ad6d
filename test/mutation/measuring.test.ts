import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { doubts, mutated } from '../../scripts/mutation/cross-check';
import { mutationPage } from '../../scripts/mutation/page';
import { merged } from '../../scripts/mutation/record';
import { LEFT_OUT, MUTATION_ROOMS, roomOfFiles } from '../../scripts/mutation/rooms';
import { interval, numbersFrom, stratified } from '../../scripts/mutation/sample';
import { killedShare, together } from '../../scripts/mutation/score';

const ROOT = join(__dirname, '..', '..');
const FILES = [...Array.from({ length: 60 }, () => 'large'), ...Array.from({ length: 30 }, () => 'middle'), ...Array.from({ length: 10 }, () => 'small')];
const NUMBERED = FILES.map((file, id) => ({ file, id }));
const SURVIVOR = { file: 'src/iam/x.ts', line: 3, mutator: 'LogicalOperator', original: 'a || b', replacement: 'a && b' };

describe('A sample', () => {
  test('takes of each file as much as its size asks for', () => {
    const count = (name: string) => stratified(NUMBERED, ({ file }) => file, 20, 7).filter(({ file }) => file === name).length;
    expect([count('large'), count('middle'), count('small')]).toEqual([12, 6, 2]);
  });

  test('is the same for the same seed, another for another, and takes nothing twice', () => {
    const ids = (seed: number) => stratified(NUMBERED, ({ file }) => file, 20, seed).map(({ id }) => id);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(1)).not.toEqual(ids(2));
    expect(new Set(ids(1)).size).toBe(20);
  });

  test('of more than there are is all there are', () => {
    expect(stratified(NUMBERED, ({ file }) => file, 200, 1)).toEqual(NUMBERED);
  });

  test('is drawn with numbers between 0 and 1', () => {
    const next = numbersFrom(0);
    const drawn = Array.from({ length: 1000 }, next);
    expect(drawn.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(drawn.reduce((sum, number) => sum + number) / 1000).toBeCloseTo(0.5, 1);
  });
});

describe('A score', () => {
  test('of a sample lies in the interval of Wilson', () => {
    const [low, high] = interval(80, 100, 10_000);
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(['0.711', '0.867']);
  });

  test('of everything has no doubt', () => {
    expect(interval(80, 100, 100)).toEqual([0.8, 0.8]);
  });

  test('of nothing says nothing', () => {
    expect(interval(0, 0, 100)).toEqual([0, 1]);
  });

  test('counts what ran out of time as noticed, and what no test reaches as not', () => {
    const score = together([
      { tried: 3, killed: 2, timeouts: 0, survivors: [{ ...SURVIVOR, uncovered: true }] },
      { tried: 1, killed: 0, timeouts: 1, survivors: [] },
    ]);
    expect(score).toEqual({ tried: 4, killed: 2, timeouts: 1, survivors: [{ ...SURVIVOR, uncovered: true }] });
    expect(killedShare(score)).toBe(0.75);
  });
});

describe('The page', () => {
  const page = mutationPage([{ name: 'iam', files: 2, all: 400, tried: 100, killed: 79, timeouts: 1, survivors: [SURVIVOR], seed: 5 }]);

  test('says how to measure the same again', () => {
    expect(page).toContain('| `iam` | 2 | 400 | 100 | 79 | 1 | 20 | 80.0 % (71.1 to 86.7) | `npm run test:mutation -- iam --sample 100 --seed 5` |');
  });

  test('lists what survived, and does not break its table', () => {
    expect(page).toContain('| src/iam/x.ts:3 | LogicalOperator | ``a \\|\\| b`` | ``a && b`` |  |');
  });
});

describe('A cross-check with jest itself', () => {
  const result = (status: string, more: object) => ({ status, fileName: 'src/a.ts', id: '1', ...more }) as never;
  const killed = result('Killed', { killedBy: ['test/a/b.test.ts A thing.ts is safe'], coveredBy: ['test/a/c.test.ts x'] });
  const survived = result('Survived', { coveredBy: ['test/a/c.test.ts x', 'test/a/b.test.ts y', 'test/a/c.test.ts z'] });

  test('asks the file that killed a mutant, and all that reach one that lives', () => {
    expect(doubts([killed, survived, result('NoCoverage', {}), result('Killed', { killedBy: ['(load)'] })], 2, 1)).toEqual([
      { mutant: killed, killed: true, tests: ['test/a/b.test.ts'] }, { mutant: survived, killed: false, tests: ['test/a/b.test.ts', 'test/a/c.test.ts'] },
    ]);
  });

  test('takes half of each kind, and fills up with those that were killed', () => {
    const many = (one: never) => Array.from({ length: 9 }, () => one);
    const count = (...results: never[]) => doubts(results, 5, 1).map((doubt) => doubt.killed).join(' ');
    expect([count(...many(killed), ...many(survived)), count(...many(killed), survived), count(...many(survived))]).toEqual(['true true true false false', 'true true true true false', 'false false']);
  });

  test('changes the place of the mutant alone', () => {
    const at = (start: [number, number], end: [number, number], replacement: string) => mutated('a\nbcd\ne', result('Killed', {
      location: { start: { line: start[0], column: start[1] }, end: { line: end[0], column: end[1] } }, replacement,
    }));
    expect([at([2, 2], [2, 3], 'x'), at([1, 1], [1, 2], ''), at([1, 2], [3, 1], '-')]).toEqual(['a\nbxd\ne', '\nbcd\ne', 'a-e']);
  });

  test('stands in the page with what came out', () => {
    const page = mutationPage([{ name: 'iam', files: 2, all: 400, tried: 100, killed: 99, timeouts: 1, survivors: [], seed: 5, crossCheck: { tried: 15, same: 15 } }]);
    expect(page).toContain('`npm run test:mutation -- iam --sample 100 --seed 5 --cross-check 15`; jest itself agreed with 15 of 15 verdicts |');
  });
});

describe('The record', () => {
  test('of a room takes the place of what was known of it and of its parts, and of nothing else', () => {
    const record = (name: string, tried: number) => ({ name, files: 1, all: 9, tried, killed: tried, timeouts: 0, survivors: [] });
    expect(merged([record('guards', 1), record('iam: rules', 2), record('iam', 3), record('iamb', 4)], [record('iam', 5)]).map(({ name, tried }) => [name, tried]))
      .toEqual([['guards', 1], ['iam', 5], ['iamb', 4]]);
  });
});

/** Named like guards, and none: a step of hardening, and a part of the room of policy. */
const NO_GUARDS = ['src/api/hardening/request-validation.ts', 'src/model/entries/route-validation.ts'];

describe('The rooms', () => {
  test.each(MUTATION_ROOMS.flatMap(({ name, parts }) => parts.map((part) => [name, part.sources[0], part] as const)))('%s: %s has sources and tests that exist', (_, first, part) => {
    expect(first).toBeDefined();
    expect(part.tests.length).toBeGreaterThan(0);
    expect([...part.sources, ...part.tests].filter((file) => !existsSync(join(ROOT, file)))).toStrictEqual([]);
  });

  test('what is left out exists', () => {
    expect(LEFT_OUT.filter((name) => !existsSync(join(ROOT, name.split(' ')[0])))).toStrictEqual([]);
  });

  test('their tests ask jest for nothing but mocks of functions, which is all that the runner has', () => {
    const tests = new Set(MUTATION_ROOMS.flatMap(({ parts }) => parts.flatMap((part) => part.tests)));
    expect([...tests].filter((file) => /\bjest\.(?!fn\b|spyOn\b|restoreAllMocks\b|Mock)/.test(readFileSync(join(ROOT, file), 'utf8')))).toStrictEqual([]);
  });

  test('each file that only checks is a guard, in whichever slice it lies', () => {
    const guards = MUTATION_ROOMS.find(({ name }) => name === 'guards')!.parts.flatMap(({ sources }) => sources);
    const checking = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => /-(checks?|guard|validation)\.ts$/.test(file)).map((file) => `src/${file}`);
    expect(checking.filter((file) => !guards.includes(file)).sort()).toEqual(NO_GUARDS);
  });

  test('a file brings the tests of its room', () => {
    expect(roomOfFiles(['src/core/checks.ts']).parts.map(({ sources, tests }) => [sources, tests.includes('test/core/core.test.ts')])).toEqual([[['src/core/checks.ts'], true]]);
  });

  test('fails for a file of no room', () => {
    expect(() => roomOfFiles(['src/index.ts'])).toThrow('no room has src/index.ts: see scripts/mutation/rooms.ts');
  });
});
