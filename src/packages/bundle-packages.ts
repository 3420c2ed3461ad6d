import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { installedIn } from './installed-packages';
import { lockedIn, versionInPath } from './lock-files';
import { describedIn, npmPackage, packageOfFile, readJson, sortedPackages } from './package-files';
import { BundledPackage, PackageList } from './package-list';
import { Bundle } from '../core/bundle';

/** How esbuild marks where a piece of an unminified bundle comes from: `// node_modules/zod/index.js`. */
const PIECE = /^[ \t]*\/\/ ((?:\.{1,2}\/)*[\w@][^\s"'`<>]*\.[cm]?[jt]sx?)$/gm;

/** The packages in a bundle of ours, and those that were installed beside it; undefined where nothing was bundled. */
export function packagesOfBundle(bundle: Bundle, folder: string | undefined): PackageList | undefined {
  const listed = packagesListed(bundle);
  if (listed === undefined) return undefined;
  const modules = folder === undefined ? undefined : join(folder, 'node_modules');
  return { packages: modules === undefined || !existsSync(modules) ? listed : sortedPackages([...listed, ...installedIn(modules)]), complete: true };
}

/** The packages in a bundle of ours, by what esbuild lists; undefined where it listed nothing, because nothing was bundled. */
function packagesListed({ metafile, entry }: Bundle): readonly BundledPackage[] | undefined {
  const listed = readJson(metafile);
  if (listed === undefined) return undefined;
  const entryPoint = Object.values(Object(listed.outputs) as { readonly [file: string]: { readonly entryPoint?: string } })
    .map((output) => output.entryPoint).find((one) => one !== undefined);
  return packagesOfFiles(Object.keys(Object(listed.inputs) as object), baseOf(entry, entryPoint));
}

/** The packages in a bundle that lies in a folder: by a list of esbuild in it, or by its marks. Undefined where it tells nothing, as when it is minified. */
export function packagesMarked(folder: string, workingDirectory: string): PackageList | undefined {
  const listed = readJson(join(folder, 'index.meta.json'));
  if (listed !== undefined) return { packages: packagesOfFiles(Object.keys(Object(listed.inputs) as object), workingDirectory), complete: true };
  const bundle = ['index.js', 'index.mjs'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (bundle === undefined) return undefined;
  const pieces = [...readFileSync(bundle, 'utf8').matchAll(PIECE)].map(([, piece]) => piece);
  return pieces.length === 0 ? undefined : { packages: packagesOfFiles(pieces, workingDirectory), complete: false };
}

/** Files are named relative to the folder in which esbuild ran. */
function packagesOfFiles(files: readonly string[], base: string): readonly BundledPackage[] {
  const folders = new Map(files.map(packageOfFile).filter((found) => found !== undefined).map((found) => [found.folder, found.name]));
  const locked = lockedIn(base);
  return sortedPackages([...folders].map(([folder, name]) => installedAt(folder, base) ?? notInstalled(folder, name, locked)));
}

/** The path may say a version that the lock file has beside others. */
function notInstalled(folder: string, name: string, locked: ReturnType<typeof lockedIn>): BundledPackage {
  const found = locked(name) ?? npmPackage(name, undefined, { installScript: 'unknown' });
  return found.version === undefined ? npmPackage(name, versionInPath(folder, name), { installScript: 'unknown' }) : found;
}

/** Whoever marks the pieces may have run in a folder above. */
function installedAt(folder: string, base: string): BundledPackage | undefined {
  return describedIn(join(base, folder)) ?? (dirname(base) === base || folder.startsWith('.') ? undefined : installedAt(folder, dirname(base)));
}

/** The folder in which esbuild ran: what comes before the entry point, as it names it, in the path of the entry. */
function baseOf(entry: string, entryPoint: string | undefined): string {
  const named = (entryPoint ?? '').replace(/^(\.\.\/)+/, '');
  const normal = entry.replace(/\\/g, '/');
  return named !== '' && normal.endsWith(`/${named}`) ? normal.slice(0, -named.length - 1) : dirname(entry);
}
