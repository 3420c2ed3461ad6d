import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { buildSync } from 'esbuild';

const ROOT = join(__dirname, '..', '..');
const SOURCES = join(ROOT, 'handlers');

/** Where constructs find the code of their functions: beside src and lib, so that both reach it by the same path. */
export const BUNDLES = join(ROOT, 'assets');

/** A larger one starts slowly, and nobody reads it before trusting it. */
const LARGEST_BUNDLE = 50 * 1024;

/** The functions that the library ships: each folder of handlers/ with an entry. */
export function handlers(): string[] {
  return readdirSync(SOURCES).filter((name) => existsSync(join(SOURCES, name, 'index.ts'))).sort();
}

/**
 * Makes one file of each handler, so that users need no bundler at synth.
 * The AWS SDK is left out: the Node runtimes of Lambda bring it. Licence texts of bundled libraries stay at the end of the file.
 * @returns bytes by handler
 */
export function bundleHandlers(): Map<string, number> {
  return new Map(handlers().map((name) => {
    const { outputFiles: [bundle], metafile: { inputs } } = buildSync({
      entryPoints: [join(SOURCES, name, 'index.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      external: ['@aws-sdk/*', '@smithy/*'],
      supported: { 'dynamic-import': false }, // becomes require, which finds the SDK of the runtime by NODE_PATH: Node reads that for no module
      minify: true,
      keepNames: false,
      legalComments: 'eof',
      charset: 'utf8',
      write: false,
      metafile: true,
    });
    if (bundle.contents.length > LARGEST_BUNDLE) throw new Error(`the bundle of handlers/${name} has ${bundle.contents.length} bytes, over ${LARGEST_BUNDLE}`);
    writeIfChanged(join(BUNDLES, name, 'index.js'), bundle.text);
    writeIfChanged(join(BUNDLES, name, 'index.meta.json'), listOf(Object.keys(inputs)));
    return [name, bundle.contents.length];
  }));
}

/** What went into a bundle, as esbuild lists it: bills of material of apps read it, and limits on packages are checked by it. */
function listOf(files: readonly string[]): string {
  return JSON.stringify({ inputs: Object.fromEntries([...files].sort().map((file) => [file, {}])) });
}

/** Tests run side by side: a file that is right already is left alone, so that none reads half of it. */
function writeIfChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
