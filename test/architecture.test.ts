import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative } from 'path';
import { MODEL_ROOMS, ROOMS } from '../projenrc/import-zones';

const SRC = join(__dirname, '..', 'src');
const LONGEST_FILE = 300;

const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((name) => name.endsWith('.ts')).sort();
const text = new Map(files.map((name) => [name, readFileSync(join(SRC, name), 'utf8')]));

/** What a file of src imports from src. */
function imports(file: string): string[] {
  return [...text.get(file)!.matchAll(/(?:from|import)\s+'(\.[^']*)'/g)]
    .map(([, path]) => `${relative(SRC, join(SRC, dirname(file), path))}.ts`);
}

const room = (file: string) => file.split('/')[0];
const code = (file: string) => text.get(file)!.replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g, '');
const lines = (file: string) => text.get(file)!.split('\n').length;

test('every import leads to a file', () => {
  expect(files.flatMap((file) => imports(file).filter((target) => !text.has(target)).map((target) => `${file} -> ${target}`))).toStrictEqual([]);
});

test('imports make no circle', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) {circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));} else if (!done.has(file)) {
      for (const target of imports(file)) visit(target, [...path, file]);
      done.add(file);
    }
  };
  files.forEach((file) => visit(file, []));
  expect(circles).toStrictEqual([]);
});

test('each room imports only the rooms that the table allows', () => {
  const allowed = (file: string, target: string) => [room(file), ...ROOMS[room(file)] ?? []].some((prefix) => target.startsWith(`${prefix}/`));
  expect(files.filter((file) => file !== 'index.ts')
    .flatMap((file) => imports(file).filter((target) => !allowed(file, target)).map((target) => `${file} -> ${target}`))).toStrictEqual([]);
});

test('every room stands in the table', () => {
  expect([...new Set(files.filter((file) => file.includes('/')).map(room))].filter((name) => !(name in ROOMS))).toStrictEqual([]);
});

test('rooms import one way: each names only rooms that stand before it in the table, and none that it does not use', () => {
  const rooms = Object.keys(ROOMS);
  expect(rooms.flatMap((name, at) => ROOMS[name].filter((other) => !rooms.slice(0, at).includes(other)).map((other) => `${name} -> ${other}`))).toStrictEqual([]);
  const used = new Set(files.flatMap((file) => imports(file).map((target) => `${room(file)} -> ${room(target)}`)));
  expect(rooms.flatMap((name) => ROOMS[name].map((other) => `${name} -> ${other}`)).filter((arrow) => !used.has(arrow))).toStrictEqual([]);
});

test('each room of the model imports only the rooms that the table allows', () => {
  const model = files.filter((file) => file.startsWith('model/'));
  const place = (file: string) => dirname(relative('model', file));
  const wrong = (file: string, target: string) => !['.', ...Object.keys(MODEL_ROOMS)].includes(place(file))
    || place(file) !== '.' && ![place(file), ...MODEL_ROOMS[place(file)]].includes(place(target));
  expect(model.flatMap((file) => imports(file).filter((target) => wrong(file, target)).map((target) => `${file} -> ${target}`))).toStrictEqual([]);
});

test('rules judge templates and know no construct: nothing that they reach makes one', () => {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    reached.add(file);
    imports(file).forEach(visit);
  };
  const rules = files.filter((file) => file.endsWith('-rules.ts'));
  expect(rules.length).toBeGreaterThan(3);
  rules.forEach(visit);
  expect([...reached].filter((file) => /import \{[^}]*\bConstruct\b[^}]*\} from 'constructs'/.test(text.get(file)!))).toStrictEqual([]);
});

test('baselines are data: they import nothing of ours but other baselines, and hold no functions', () => {
  const baselines = files.filter((file) => file.endsWith('-baseline.ts'));
  expect(baselines.length).toBeGreaterThan(3);
  expect(baselines.flatMap((file) => imports(file).filter((target) => !target.endsWith('-baseline.ts')).map((target) => `${file} -> ${target}`))).toStrictEqual([]);
  expect(baselines.filter((file) => /^(export )?(async )?function |class /m.test(text.get(file)!))).toStrictEqual([]);
});

test.each([['an app', /app\.index\('([^']+)'/g], ['a stage', /site\.once\('([^']+)'/g]])('no two files keep different tables of %s under one name', (_, kept) => {
  const places = new Map<string, Set<string>>();
  for (const file of files) {
    for (const [, name] of code(file).matchAll(kept)) places.set(name, (places.get(name) ?? new Set()).add(file));
  }
  expect(places.size).toBeGreaterThan(10);
  expect([...places].filter(([, where]) => where.size > 1).map(([name, where]) => `${name}: ${[...where].join(', ')}`)).toStrictEqual([]);
});

test('files stay short enough to read', () => {
  expect(files.filter((file) => lines(file) > LONGEST_FILE).map((file) => `${file}: ${lines(file)}`)).toStrictEqual([]);
});

test.each([
  ['addPropertyOverride, which no checker sees', /addPropertyOverride|addOverride\(/],
  ['console output', /\bconsole\.\w+\(/],
  ['instanceof on constructs, which fails across copies of a package', /instanceof (Cfn|Stack|Stage|App|Construct)\b/],
  ['a literal partition', /['"`]arn:aws:/],
])('no code has %s', (_, pattern) => {
  expect(files.filter((file) => pattern.test(code(file)))).toStrictEqual([]);
});

test.each([
  ['work left for later', /\b(TODO|FIXME|XXX)\b/],
  ['a switched-off check', /eslint-disable|@ts-ignore|@ts-expect-error/],
])('no file has %s', (_, pattern) => {
  expect(files.filter((file) => pattern.test(text.get(file)!))).toStrictEqual([]);
});
