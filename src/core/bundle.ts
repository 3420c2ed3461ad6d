import { IConstruct } from 'constructs';

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

/** The noted bundles at and below a construct, by the path of the function. */
export function bundlesBelow(root: IConstruct): ReadonlyMap<string, Bundle> {
  return new Map(root.node.findAll().flatMap((node) => {
    const bundle = (node as Holder)[BUNDLE];
    return bundle === undefined ? [] : [[node.node.path, bundle] as const];
  }));
}
