import { existsSync, readdirSync, statSync } from 'fs';
import { dirname, join } from 'path';
import { Bundle } from '../../core/bundle';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { packagesOfBundle } from '../../packages/bundle-packages';
import { packagesInFolder } from '../../packages/folder-packages';
import { readJson } from '../../packages/package-files';
import { PackageList } from '../../packages/package-list';
import { PackagesOf } from '../parts/functions';

/** Where the code of functions lies, and what is known about it. */
export interface CodeFacts {
  /** The folder of the cloud assembly. */
  readonly assembly: string;
  /** The bundles that functions of ours noted, by construct path. */
  readonly bundles?: ReadonlyMap<string, Bundle>;
  /** Where the app was synthesized: marks in bundles are relative to it, or to a folder above. */
  readonly workingDirectory?: string;
}

/** Tells which packages are in the bundle of a function: by its asset in the cloud assembly, and by what bundling noted. */
export function packagesIn({ assembly, bundles = new Map(), workingDirectory = process.cwd() }: CodeFacts, app: AppModel): PackagesOf {
  const assets = assetsIn(assembly);
  const known = new Map<string, PackageList | undefined>();
  return (fn) => {
    if (fn.property('Code.ZipFile') !== undefined) return { packages: [], complete: true }; // code in the template has only what the runtime has
    const folder = assets.get(app.describe(fn.property('Code.S3Key')) ?? '');
    const bundle = bundles.get(fn.name);
    const key = `${folder ?? ''}\n${bundle?.metafile ?? ''}`;
    if (!known.has(key)) known.set(key, bundle === undefined ? inAsset(fn, folder, workingDirectory, app) : packagesOfBundle(bundle, folder));
    return known.get(key);
  };
}


function inAsset(fn: Resource, folder: string | undefined, workingDirectory: string, app: AppModel): PackageList | undefined {
  if (folder === undefined || statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  return packagesInFolder(folder, app.describe(fn.property('Runtime')) ?? '', workingDirectory);
}

/** The folders of the assets by the key under which they are deployed: all manifests of an assembly, and of those inside of it. */
function assetsIn(assembly: string): ReadonlyMap<string, string> {
  if (!existsSync(assembly)) return new Map();
  const manifests = readdirSync(assembly, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory() && entry.name.startsWith('assembly-')) return [...assetsIn(join(assembly, entry.name))];
    return entry.name.endsWith('.assets.json') ? assetsOf(join(assembly, entry.name)) : [];
  });
  return new Map(manifests);
}

interface FileAsset {
  readonly source?: { readonly path?: string };
  readonly destinations?: { readonly [id: string]: { readonly objectKey?: string } };
}

function assetsOf(manifest: string): readonly [string, string][] {
  const files = Object(readJson(manifest)?.files) as { readonly [hash: string]: FileAsset };
  return Object.values(files).flatMap(({ source, destinations = {} }) => Object.values(destinations).flatMap(({ objectKey }): [string, string][] => (
    objectKey === undefined || source?.path === undefined ? [] : [[objectKey, join(dirname(manifest), source.path)]])));
}
