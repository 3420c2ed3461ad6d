import { existsSync, readFileSync } from 'fs';
import { join } from 'path';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** The README comes first: it names files of the reader's own app too. */
const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'examples/orders-api/README.md'];

test('the first sample of the README is the app that the packed library is tried with', () => {
  expect(read('README.md')).toContain(`\`\`\`ts nofixture\n${read('test/fixtures/fresh-app/app.ts')}\`\`\``);
});

test('the findings in the README are those of the scoreboard', () => {
  const scoreboard = read('docs/scoreboard.md').split('\n').filter((line) => line.startsWith('| REST API with one route |')).map((line) => line.split('|').slice(2, 6).map((cell) => cell.trim()));
  const readme = [...read('README.md').matchAll(/^\| (aws-cdk-lib|Solutions Constructs|this library, \w+) \| (.*) \| (\d+) \| (\d+) \|$/gm)].map(([, ...cells]) => cells);
  expect(readme.length).toBe(4);
  expect(readme.filter((row) => !scoreboard.some((one) => one.join() === row.join()))).toStrictEqual([]);
});

test('what the README says of faults is what the judges noticed', () => {
  const noticed = [...read('docs/detection.md').matchAll(/^\| \*\*noticed\*\* \| (\d+) of \1 \(100 %\) \| \d+ of \1 \((\d+) %\) \| \d+ of \1 \((\d+) %\) \| \d+ of \1 \((\d+) %\) \|$/gm)];
  expect(noticed.length).toBe(1);
  const [, faults, nag, checkov, controlTower] = noticed[0];
  expect(read('README.md')).toContain(`[${faults} faults](https://github.com/cdk-secure-serverless/cdk-secure-serverless/blob/main/docs/detection.md) seeded into safe templates, `
    + `the rules notice all; cdk-nag's six packs notice ${nag} %, Control Tower ${controlTower} %, checkov ${checkov} %.`);
});

test('the README is read on npm and Construct Hub: each of its links is absolute and leads to a file that exists', () => {
  const links = [...read('README.md').matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
  expect(links.filter((target) => !target.startsWith('https://'))).toStrictEqual([]);
  const ours = links.flatMap((target) => /^https:\/\/github\.com\/cdk-secure-serverless\/cdk-secure-serverless\/(?:blob|tree)\/main\/(.*)$/.exec(target)?.slice(1) ?? []);
  expect(ours.length).toBeGreaterThan(4);
  expect(ours.filter((path) => !existsSync(join(ROOT, path)))).toStrictEqual([]);
});

test('the documents name only scripts and tasks that exist', () => {
  const { tasks } = JSON.parse(read('.projen/tasks.json')) as { tasks: Record<string, unknown> };
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const text = PAGES.map(read).join('\n');
  const named = (pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name]) => name))];
  expect(named(/npm run ([\w:-]+)/g).filter((name) => !(name in scripts))).toStrictEqual([]);
  expect(named(/npx projen ([\w:-]+)/g).filter((name) => !(name in tasks))).toStrictEqual([]);
});

test('the documents name only files and folders that exist', () => {
  const missing = PAGES.slice(1).flatMap((page) => [...read(page).matchAll(/`((?:src|test|docs|examples|bench|scripts|projenrc|lib|bin)\/[\w./-]*)`/g)]
    .map(([, path]) => path)
    .filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, 'examples/orders-api', path)))
    .map((path) => `${page}: ${path}`));
  expect(missing).toStrictEqual([]);
});
