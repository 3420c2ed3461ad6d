import { createHash } from 'crypto';
import { join, relative, resolve } from 'path';
import { Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NodejsBundling } from './nodejs-bundling';
import { Bundle } from '../../core/bundle';

/** Below the folder of the cloud assembly. What lies in the folder of an asset would be deployed. */
const LISTINGS = ['security', 'bundles'];

/**
 * Where esbuild shall list what goes into a bundle, for the bill of materials; undefined where the code is bundled in Docker, which cannot write there,
 * and where it is not bundled at all: CDK then makes the asset's hash from the command, which must not name a folder of one run.
 * Functions with the same bundle share the file, as they share the bundle.
 */
export function bundleListing(scope: Construct, entry: string, bundling: NodejsBundling | undefined): Bundle | undefined {
  const outdir = Stage.of(scope)?.outdir;
  if (outdir === undefined || !Stack.of(scope).bundlingRequired || !isEsbuildInstalled()) return undefined;
  const source = resolve(entry);
  const name = createHash('sha256').update(JSON.stringify([relative(process.cwd(), source), bundling])).digest('hex').slice(0, 16);
  return { metafile: join(outdir, ...LISTINGS, `${name}.json`), entry: source };
}

/** As CDK decides whether it bundles here. */
function isEsbuildInstalled(): boolean {
  try {
    require.resolve('esbuild/package.json');
    return true;
  } catch {
    return false;
  }
}
