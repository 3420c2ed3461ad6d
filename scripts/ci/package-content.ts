/**
 * What users download: says what is in the packed library, and fails on anything that does not belong there.
 *
 *     npx tsx scripts/ci/package-content.ts
 *
 * Needs a compiled checkout. Figures of the README are held against what is packed.
 */
import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { handlers } from '../handlers/bundle';

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

/** All that a package of this project consists of. */
const BELONGS = [
  /^(package\.json|README\.md|CHANGELOG\.md|SECURITY\.md|LICENSE|\.jsii|\.jsii\.tabl\.json)$/,
  /^bin\/cdk-secure-serverless$/,
  /^lib\/.*\.(js|d\.ts)$/,
  /^assets\/[a-z-]+\/index\.(js|meta\.json)$/,
  /^schema\/[a-z-]+\.schema\.json$/,
  /^rosetta\/default\.ts-fixture$/, // Construct Hub translates the examples with it
];

/** How far the README may be from what is packed before somebody looks: a tenth. */
const TOLERANCE = 0.1;

const packed = packedLibrary();
const complaints = [...strangers(), ...sourceMaps(), ...handlersOnce(), ...peersAlone(), ...readme()];
for (const [part, bytes] of sizes()) console.log(`${part.padEnd(12)} ${kilobytes(bytes).padStart(9)} KB`);
console.log(`${packed.files.length} files, ${megabytes(packed.size)} MB packed, ${megabytes(packed.unpackedSize)} MB unpacked`);
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

function packedLibrary(): Packed {
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8', maxBuffer: 64e6, stdio: ['ignore', 'pipe', 'ignore'] });
  return (JSON.parse(said) as Packed[])[0];
}

function strangers(): string[] {
  return packed.files.filter(({ path }) => !BELONGS.some((form) => form.test(path))).map(({ path }) => `${path} does not belong in the package`);
}

function sourceMaps(): string[] {
  return packed.files.filter(({ path }) => path.endsWith('.js') && /^\/\/# sourceMappingURL=/m.test(readFileSync(path, 'utf8'))).map(({ path }) => `${path} names a source map`);
}

/** The code of each function once, bundled. */
function handlersOnce(): string[] {
  const bundled = packed.files.map(({ path }) => /^assets\/([a-z-]+)\/index\.js$/.exec(path)?.[1]).filter((name) => name !== undefined);
  return bundled.sort().join() === handlers().join() ? [] : [`functions in the package: ${bundled.join(', ')}; in handlers/: ${handlers().join(', ')}`];
}

function peersAlone(): string[] {
  const { dependencies, optionalDependencies, bundledDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, object | undefined>;
  const brought = [dependencies, optionalDependencies, bundledDependencies].flatMap((some) => Object.keys(some ?? {}));
  return brought.length === 0 ? [] : [`the package brings ${brought.join(', ')}; it may have peers alone`];
}

function readme(): string[] {
  const [, zipped, whole] = /\((\d+(?:\.\d)?) MB packed, (\d+(?:\.\d)?) MB unpacked\)/.exec(readFileSync('README.md', 'utf8')) ?? [];
  const far = (said: string, bytes: number): boolean => !(Math.abs(Number(said) * 1e6 - bytes) <= bytes * TOLERANCE);
  return far(zipped, packed.size) || far(whole, packed.unpackedSize) ? [`README.md says "${zipped} MB packed, ${whole} MB unpacked"`] : [];
}

function sizes(): [string, number][] {
  const parts = new Map<string, number>();
  for (const { path, size } of packed.files) {
    const part = path.includes('/') ? `${path.split('/')[0]}${path.startsWith('lib/') ? ` *${/(\.d)?\.[a-z]+$/.exec(path)?.[0]}` : ''}` : path;
    parts.set(part, (parts.get(part) ?? 0) + size);
  }
  return [...parts].sort(([, one], [, other]) => other - one);
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(0);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
