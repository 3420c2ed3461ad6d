import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { BundledPackage } from './package-list';

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
  return typeof said?.name === 'string' ? npmPackage(said.name, textOr(said.version), { licence: licenceOf(said), installScript: runsOnInstall(said, folder) ? 'yes' : undefined }) : undefined;
}

/** A package of npm, with its package URL. */
export function npmPackage(name: string, version: string | undefined, { licence, installScript }: Pick<BundledPackage, 'licence' | 'installScript'>): BundledPackage {
  return {
    name,
    ...version === undefined ? {} : { version },
    ...licence === undefined ? {} : { licence },
    purl: purlOf('npm', name, version),
    ...installScript === undefined ? {} : { installScript },
  };
}

/**
 * npm runs these scripts of a package where it is installed, and builds one with a `binding.gyp` that names none.
 * @see https://docs.npmjs.com/cli/using-npm/scripts
 */
function runsOnInstall({ scripts }: { readonly scripts?: unknown }, folder: string): boolean {
  const named = Object(scripts) as { readonly [name: string]: unknown };
  return ['preinstall', 'install', 'postinstall'].some((name) => textOr(named[name]) !== undefined) || existsSync(join(folder, 'binding.gyp'));
}

/** https://github.com/package-url/purl-spec : the scope of npm is a namespace whose sign is escaped. */
export function purlOf(type: string, name: string, version?: string): string {
  return `pkg:${type}/${name.split('/').map(encodeURIComponent).join('/')}${version === undefined ? '' : `@${encodeURIComponent(version)}`}`;
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

/** Old packages name several licences, or say the name in an object. */
export function licenceOf(said: Licensed): string | undefined {
  const given = [said.license, ...Array.isArray(said.licenses) ? said.licenses as unknown[] : [said.licenses]];
  const names = given.map((one) => textOr(one) ?? textOr((Object(one) as { readonly type?: unknown }).type)).filter((one) => one !== undefined);
  return names.length === 0 ? undefined : names.length === 1 ? names[0] : `(${names.join(' OR ')})`;
}

/** A text that says something. */
export function textOr(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
