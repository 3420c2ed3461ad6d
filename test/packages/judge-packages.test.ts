import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { DependencyLimits } from '../../src/core/third-party/dependency-limits';
import { packagesOfBundle } from '../../src/packages/bundle-packages';
import { judgePackages } from '../../src/packages/judge-packages';
import { licenceFits } from '../../src/packages/licences';
import { BundledPackage } from '../../src/packages/package-list';

/** A folder with some files in it. */
function folder(files: { readonly [path: string]: string | object }): string {
  const root = mkdtempSync(join(tmpdir(), 'packages-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

function one(name: string, more: Partial<BundledPackage> = {}): BundledPackage {
  return { name, version: '1.0.0', purl: `pkg:npm/${name}@1.0.0`, ...more };
}

const PACKAGES = [
  one('fine', { licence: 'MIT' }), one('native', { licence: 'Apache-2.0', installScript: 'yes' }), one('unsaid', { installScript: 'unknown' }), one('viral', { licence: 'GPL-3.0-only' }),
];

describe('Limits', () => {
  test('count every package, and name the first ones', () => {
    const many = Array.from({ length: 7 }, (_, index) => one(`p${index}`));
    expect(judgePackages(many, { mostPackages: 6 })).toEqual([{
      limit: 'mostPackages',
      must: 'must hold at most 6 packages',
      got: '7: p0@1.0.0, p1@1.0.0, p2@1.0.0, p3@1.0.0, p4@1.0.0 and 2 more',
      fix: 'do without some, which esbuild --analyze lists by size, or raise dependencyLimits.mostPackages',
    }]);
    expect(judgePackages(many, { mostPackages: 7 })).toStrictEqual([]);
    expect(judgePackages([one('p')], { mostPackages: 0 }).map(({ got }) => got)).toEqual(['1: p@1.0.0']);
  });

  test('refuse scripts by default, also where nobody tells', () => {
    expect(judgePackages(PACKAGES, {})).toEqual([{
      limit: 'installScripts',
      must: 'must hold no package with scripts that run where it is installed',
      got: 'native@1.0.0, unsaid@1.0.0 (nobody tells whether it has some)',
      fix: 'choose another package, install what nobody tells of, or name it in dependencyLimits.exceptions with a reason',
    }]);
    expect(judgePackages(PACKAGES, { installScripts: true })).toStrictEqual([]);
  });

  test('refuse licences that are not listed, and packages that say none', () => {
    expect(judgePackages(PACKAGES, { installScripts: true, licences: ['MIT', 'Apache-2.0'] })).toEqual([{
      limit: 'licences',
      must: 'must hold packages under MIT, Apache-2.0 only',
      got: 'unsaid@1.0.0 (it says none), viral@1.0.0 (GPL-3.0-only)',
      fix: 'choose another package, add its licence to dependencyLimits.licences, or name it in dependencyLimits.exceptions with a reason',
    }]);
  });

  test('except packages with a reason, which still count', () => {
    const exceptions = ['native', 'unsaid', 'viral'].map((name) => ({ name, reason: 'our lawyers and engineers looked at it' }));
    const limits: DependencyLimits = { licences: ['MIT'], exceptions };
    expect(judgePackages(PACKAGES, limits)).toStrictEqual([]);
    expect(judgePackages(PACKAGES, { ...limits, mostPackages: 3 }).map(({ limit }) => limit)).toEqual(['mostPackages']);
  });
});

test.each([
  ['MIT', true], ['mit', true], ['(MIT OR GPL-3.0-only)', true], ['GPL-3.0-only OR (ISC AND MIT)', true], ['MIT AND GPL-3.0-only', false], ['(MIT AND ISC) OR GPL-3.0-only', true],
  ['Apache-2.0 WITH LLVM-exception', false], ['GPL-2.0-only WITH Classpath-exception-2.0', false], ['UNLICENSED', false], ['SEE LICENSE IN MIT', false], ['(MIT', false], ['', false],
  ['MIT GPL-3.0-only', false], ['MIT OR', false], ['OR MIT', false],
])('The licence %s fits MIT and ISC: %s', (expression, fits) => {
  expect(licenceFits(expression, ['MIT', 'ISC'])).toBe(fits);
});

describe('Whether a package has scripts that run where it is installed', () => {
  function scriptsIn(files: { readonly [path: string]: string | object }): { readonly [name: string]: string | undefined } {
    const root = folder({ 'src/index.ts': '', ...files });
    const inputs = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`node_modules/${name}/index.js`, {}]));
    const metafile = join(root, 'meta.json');
    writeFileSync(metafile, JSON.stringify({ inputs, outputs: { 'index.js': { entryPoint: 'src/index.ts' } } }));
    const listed = packagesOfBundle({ metafile, entry: join(root, 'src/index.ts') }, undefined);
    return Object.fromEntries(listed!.packages.map(({ name, installScript }) => [name, installScript]));
  }

  test('is told by the package where it is installed, by its scripts or what is built for it', () => {
    expect(scriptsIn({
      'node_modules/a/package.json': { name: 'a', scripts: { postinstall: 'node fetch.js' } },
      'node_modules/b/package.json': { name: 'b', scripts: { test: 'jest', prepare: 'husky' } },
      'node_modules/c/package.json': { name: 'c' },
      'node_modules/c/binding.gyp': '{}',
      'node_modules/d/package.json': { name: 'd', scripts: { preinstall: '' } },
    })).toEqual({ a: 'yes', b: undefined, c: 'yes', d: undefined });
  });

  test('is told by the lock file of npm where it is not', () => {
    const packages = { 'node_modules/a': { version: '1.0.0', hasInstallScript: true }, 'node_modules/b': { version: '1.0.0' } };
    expect(scriptsIn({ 'package-lock.json': { lockfileVersion: 3, packages } })).toEqual({ a: 'yes', b: undefined, c: 'unknown', d: 'unknown' });
  });

  test('is not known where neither tells', () => {
    expect(scriptsIn({ 'yarn.lock': '"a@^1.0.0":\n  version "1.0.0"\n' })).toEqual({ a: 'unknown', b: 'unknown', c: 'unknown', d: 'unknown' });
  });
});
