/** How the code of a Node.js function is bundled. There is no way to run commands or to put values into the code, where a secret would be readable. */
export interface NodejsBundling {
  /**
   * Shortens the code, which starts faster; stack traces are then hard to read without a source map.
   * @default true
   */
  readonly minify?: boolean;
  /**
   * Adds a source map beside the code. It holds the source, so whoever may download the function reads it; Node.js uses it only with
   * `NODE_OPTIONS=--enable-source-maps`.
   * @default false
   */
  readonly sourceMap?: boolean;
  /**
   * Writes an ES module instead of CommonJS: needed for top-level `await`.
   * @default false
   */
  readonly esm?: boolean;
  /**
   * Modules that are not bundled because the runtime or a layer has them. Their version is then not in your hands.
   * @default - the AWS SDK v3, which the runtime has: ['@aws-sdk/*', '@smithy/*']
   */
  readonly externalModules?: string[];
  /**
   * Modules that are installed beside the code instead of bundled, for those with native parts.
   * @default - none
   */
  readonly nodeModules?: string[];
  /**
   * The TypeScript configuration that esbuild reads.
   * @default - found by esbuild beside the entry
   */
  readonly tsconfig?: string;
  /**
   * Keeps the names of functions and classes through minification.
   * @default false
   */
  readonly keepNames?: boolean;
}
