import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { remembered } from '../../scripts/judges/remembered';

let root: string;
let asked: string[][];

/** Finds fault with each template, under a path as the tools print it. */
const judge = async (folder: string) => {
  const files = readdirSync(folder).sort();
  asked.push(files);
  return files.map((file) => ({ file: `/${file}`, rule: 'R1', resource: 'Orders' }));
};
const put = (...names: string[]) => names.forEach((name) => writeFileSync(join(root, 'templates', `${name}.template.json`), '{}'));
const look = (version = 'judge 1') => remembered(judge, version, join(root, 'templates'), root);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'judges-'));
  mkdirSync(join(root, 'templates'));
  asked = [];
});

afterEach(() => rmSync(root, { recursive: true }));

test('a judge looks at all templates at once, and later only at those that it has not seen', async () => {
  put('a', 'b');
  expect(await look()).toEqual(['a', 'b'].map((name) => ({ file: `${name}.template.json`, rule: 'R1', resource: 'Orders' })));
  put('c');
  expect((await look()).map(({ file }) => file)).toEqual(['a.template.json', 'b.template.json', 'c.template.json']);
  await look();
  expect(asked).toEqual([['a.template.json', 'b.template.json'], ['c.template.json']]);
});

test('another version of a judge looks at everything again', async () => {
  put('a');
  await look();
  await look('judge 2');
  expect(asked).toEqual([['a.template.json'], ['a.template.json']]);
});

test('what is no longer there is not found any more', async () => {
  put('a', 'b');
  await look();
  rmSync(join(root, 'templates/a.template.json'));
  expect((await look()).map(({ file }) => file)).toEqual(['b.template.json']);
});
