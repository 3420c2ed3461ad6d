import { IConstruct } from 'constructs';
import { ConstructTree } from './construct-tree';

/** What is known about the bundle of a function. */
export interface Bundle {
  /** The file in which esbuild says what went into the bundle. It lies beside what is deployed, never in it. */
  readonly metafile: string;
  /** The source file with the handler. */
  readonly entry: string;
}

const BUNDLE = Symbol.for('cdk-secure-serverless.bundle');

type Holder = IConstruct & { [BUNDLE]?: Bundle };

/** Notes on a function where the contents of its bundle are listed. */
export function recordBundle(fn: IConstruct, bundle: Bundle): void {
  (fn as Holder)[BUNDLE] = bundle;
}

/** The noted bundles of an app, by the path of the function. */
export function bundlesIn({ all }: ConstructTree): ReadonlyMap<string, Bundle> {
  const found = new Map<string, Bundle>();
  for (const { construct, path } of all) {
    const bundle = (construct as Holder)[BUNDLE];
    if (bundle !== undefined) found.set(path, bundle);
  }
  return found;
}
