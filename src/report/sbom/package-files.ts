import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { BundledPackage } from '../form/app-form';

/** `node_modules/@scope/name` at the end of a path, and everything before it. */
const PACKAGE_FOLDER = /^(.*(?:^|[\\/])node_modules[\\/])((?:@[^\\/]+[\\/])?[^\\/@][^\\/]*)/;

/** Where packages say their licence, or their licences. */
interface Licensed {
  readonly license?: unknown;
  readonly licenses?: unknown;
}

/** The folder and the name of the npm package that a file belongs to; undefined for a file of the app itself. */
export function packageOfFile(file: string): { readonly folder: string; readonly name: string } | undefined {
  const [, before, name] = PACKAGE_FOLDER.exec(file) ?? [];
  return before === undefined ? undefined : { folder: `${before}${name}`, name: name.replace('\\', '/') };
}

/** What a package says about itself in its folder; undefined where nothing readable lies there. */
export function describedIn(folder: string): BundledPackage | undefined {
  const said = readJson(join(folder, 'package.json'));
  return typeof said?.name === 'string' ? npmPackage(said.name, textOr(said.version), licenceOf(said)) : undefined;
}

/** A package of npm, with its package URL. */
export function npmPackage(name: string, version?: string, licence?: string): BundledPackage {
  return { name, ...version === undefined ? {} : { version }, ...licence === undefined ? {} : { licence }, purl: purlOf('npm', name, version) };
}

/** https://github.com/package-url/purl-spec : the scope of npm is a namespace whose sign is escaped. */
export function purlOf(type: string, name: string, version?: string): string {
  return `pkg:${type}/${name.split('/').map(encodeURIComponent).join('/')}${version === undefined ? '' : `@${encodeURIComponent(version)}`}`;
}

/** Versions by the nearest `package-lock.json` above a folder, for packages that are not installed there. */
export function lockedIn(folder: string): (name: string) => BundledPackage | undefined {
  const lock = lockAbove(folder);
  const listed = lock === undefined ? undefined : readJson(lock)?.packages;
  const packages = Object(listed) as { readonly [path: string]: Licensed & { readonly version?: unknown } };
  return (name) => {
    const found = packages[`node_modules/${name}`];
    return found === undefined ? undefined : npmPackage(name, textOr(found.version), licenceOf(found));
  };
}

/** Packages by purl, each once, sorted. */
export function sortedPackages(packages: readonly BundledPackage[]): readonly BundledPackage[] {
  return [...new Map(packages.map((one) => [one.purl, one])).values()].sort((one, other) => (one.purl < other.purl ? -1 : 1));
}

/** A JSON object in a file; undefined for anything else. */
export function readJson(path: string): { readonly [key: string]: unknown } | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof read === 'object' && read !== null ? read as { readonly [key: string]: unknown } : undefined;
  } catch {
    return undefined; // not there, or not readable: the report says nothing of it
  }
}

function lockAbove(folder: string): string | undefined {
  const lock = join(folder, 'package-lock.json');
  if (existsSync(lock)) return lock;
  return dirname(folder) === folder ? undefined : lockAbove(dirname(folder));
}

/** Old packages name several licences, or say the name in an object. */
function licenceOf(said: Licensed): string | undefined {
  const given = [said.license, ...Array.isArray(said.licenses) ? said.licenses as unknown[] : [said.licenses]];
  const names = given.map((one) => textOr(one) ?? textOr((Object(one) as { readonly type?: unknown }).type)).filter((one) => one !== undefined);
  return names.length === 0 ? undefined : names.length === 1 ? names[0] : `(${names.join(' OR ')})`;
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
