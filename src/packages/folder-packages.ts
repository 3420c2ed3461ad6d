import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { packagesMarked } from './bundle-packages';
import { installedIn, namesIn } from './installed-packages';
import { purlOf, sortedPackages } from './package-files';
import { BundledPackage, PackageList } from './package-list';

/** `requests==2.32.3` in requirements.txt. A range says no version. */
const REQUIREMENT = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(?:==\s*([\w.+!-]+))?/;

/** `jackson-core-2.17.1.jar` */
const JAR = /^(.+?)-(\d[\w.-]*)\.jar$/;

/** The packages in the folder of an asset; undefined where it does not tell. */
export function packagesInFolder(folder: string, runtime: string, workingDirectory: string): PackageList | undefined {
  if (runtime.startsWith('nodejs')) return nodePackages(folder, workingDirectory);
  if (runtime.startsWith('python')) return pythonPackages(folder);
  return runtime.startsWith('java') ? javaPackages(folder) : undefined;
}

function nodePackages(folder: string, workingDirectory: string): PackageList | undefined {
  const marked = packagesMarked(folder, workingDirectory);
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) return marked;
  return { packages: sortedPackages([...marked?.packages ?? [], ...installedIn(modules)]), complete: marked?.complete ?? true };
}

/** Requirements name what somebody asked for, and not what that brings along. */
function pythonPackages(folder: string): PackageList | undefined {
  const installed = namesIn(folder).filter((name) => name.endsWith('.dist-info')).flatMap((name) => distribution(join(folder, name)));
  if (installed.length > 0) return { packages: sortedPackages(installed), complete: true };
  const requirements = join(folder, 'requirements.txt');
  if (!existsSync(requirements)) return undefined;
  const asked = readFileSync(requirements, 'utf8').split('\n').map((line) => REQUIREMENT.exec(line.trim())).filter((found) => found !== null);
  return { packages: sortedPackages(asked.map(([, name, version]) => pythonPackage(name, version))), complete: false };
}

function distribution(folder: string): readonly BundledPackage[] {
  const file = join(folder, 'METADATA');
  if (!existsSync(file)) return [];
  const [head] = readFileSync(file, 'utf8').split(/\r?\n\r?\n/);
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(\\S.*)$`, 'm').exec(head)?.[1].trim();
  const name = field('Name');
  return name === undefined ? [] : [pythonPackage(name, field('Version'), field('License-Expression') ?? field('License'))];
}

/** Names of Python packages are compared in small letters, with dashes. */
function pythonPackage(name: string, version?: string, licence?: string): BundledPackage {
  const purl = purlOf('pypi', name.toLowerCase().replace(/[-_.]+/g, '-'), version);
  return { name, ...version === undefined ? {} : { version }, ...licence === undefined ? {} : { licence }, purl };
}

/** The group of a jar stands inside of it, so that its package URL is a generic one. */
function javaPackages(folder: string): PackageList | undefined {
  const jars = namesIn(join(folder, 'lib')).map((name) => JAR.exec(name)).filter((found) => found !== null);
  if (jars.length === 0) return undefined;
  return { packages: sortedPackages(jars.map(([, name, version]) => ({ name, version, purl: purlOf('generic', name, version) }))), complete: false };
}
