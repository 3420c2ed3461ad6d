import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { licenceOf, npmPackage, readJson, textOr } from './package-files';
import { BundledPackage } from './package-list';

type Lock = (name: string) => BundledPackage | undefined;

/** `zod@^4.0.1`, `zod@npm:^4.0.1`, `@scope/a@1.0.0(react@19.0.0)`, `/zod/4.0.1`: the name, and what comes behind it. */
const DESCRIPTOR = /^\/?((?:@[^/@]+\/)?[^/@]+)[@/](.*)$/;

/** What each package manager writes into the folder of the app, and how it is read. */
const READERS: { readonly [file: string]: (path: string) => Lock } = {
  'package-lock.json': npmLock,
  'yarn.lock': (path) => byName(yarnVersions(readFileSync(path, 'utf8'))),
  'pnpm-lock.yaml': (path) => byName(pnpmVersions(readFileSync(path, 'utf8'))),
};

/** Versions by the nearest lock file of npm, Yarn or pnpm above a folder, for packages that are not installed there. */
export function lockedIn(folder: string): Lock {
  for (const [file, read] of Object.entries(READERS)) {
    if (existsSync(join(folder, file))) return read(join(folder, file));
  }
  return dirname(folder) === folder ? () => undefined : lockedIn(dirname(folder));
}

/** The version that pnpm and Yarn write into the path of a package: `.pnpm/zod@4.0.1/…`, `zod-npm-4.0.1-3f5bd2ae9b-10c0.zip/…`. */
export function versionInPath(folder: string, name: string): string | undefined {
  const flat = name.replace('/', '+');
  const [, pnpm] = /[\\/]\.pnpm[\\/]([^\\/]+)[\\/]/.exec(folder) ?? [];
  if (pnpm?.startsWith(`${flat}@`) === true) return pnpm.slice(flat.length + 1).split(/[_(]/)[0];
  return /-npm-(\d+\.\d+\.\d+(?:-[\w.]+?)?)-[0-9a-f]{10}[^\\/]*\.zip[\\/]/.exec(folder)?.[1];
}

/** What npm writes of a package since version 2 of its lock file. */
interface LockedPackage {
  readonly version?: unknown;
  readonly license?: unknown;
  readonly hasInstallScript?: unknown;
}

function npmLock(path: string): Lock {
  const packages = Object(readJson(path)?.packages) as { readonly [folder: string]: LockedPackage };
  return (name) => {
    const found = packages[`node_modules/${name}`];
    return found === undefined ? undefined : npmPackage(name, textOr(found.version), {
      licence: licenceOf(found), installScript: found.hasInstallScript === true ? 'yes' : undefined,
    });
  };
}

/** Both forms: an entry begins at the margin with what was asked for, and has its version on a line below. */
function yarnVersions(text: string): readonly (readonly [name: string, version: string])[] {
  return text.split(/\r?\n(?=[^\s#])/).flatMap((entry) => {
    const [head, ...lines] = entry.split(/\r?\n/);
    const version = lines.map((line) => /^\s+version:? "?([^"\s]+)"?\s*$/.exec(line)?.[1]).find((found) => found !== undefined);
    const [, name] = DESCRIPTOR.exec(head.replace(/^"|"?:\s*$/g, '').split(/"?, "?/)[0]) ?? [];
    return name === undefined || version === undefined || version === '0.0.0-use.local' ? [] : [[name, version] as const];
  });
}

/** The keys below `packages` are names with versions; what stands in brackets or behind a line are peers. */
function pnpmVersions(text: string): readonly (readonly [name: string, version: string])[] {
  const [, packages = ''] = /^packages:\r?\n((?:(?:[ \t].*)?\r?\n)*)/m.exec(`${text}\n`) ?? [];
  return [...packages.matchAll(/^ {2}['"]?([^\s'"].*?)['"]?:/gm)].flatMap(([, key]) => {
    const [, name, version] = DESCRIPTOR.exec(key) ?? [];
    return name === undefined ? [] : [[name, version.split(/[_(]/)[0]] as const];
  });
}

/** A package that is locked in several versions has none here: nobody tells which of them was bundled. */
function byName(locked: readonly (readonly [name: string, version: string])[]): Lock {
  const versions = new Map<string, Set<string>>();
  for (const [name, version] of locked) versions.set(name, (versions.get(name) ?? new Set()).add(version));
  return (name) => {
    const found = [...versions.get(name) ?? []];
    return found.length === 0 ? undefined : npmPackage(name, found.length === 1 ? found[0] : undefined, { installScript: 'unknown' });
  };
}
