/** A package in the bundle of a function. */
export interface BundledPackage {
  readonly name: string;
  readonly version?: string;
  /** SPDX expression, as the package says it. */
  readonly licence?: string;
  /** Package URL: `pkg:npm/zod@4.1.0`. */
  readonly purl: string;
  /** `yes`: a script of it runs where it is installed. `unknown`: neither the package nor its lock file tells. Left out where it has none. */
  readonly installScript?: 'yes' | 'unknown';
}

/** What a bundle holds, and whether that is all of it. */
export interface PackageList {
  readonly packages: readonly BundledPackage[];
  readonly complete: boolean;
}
