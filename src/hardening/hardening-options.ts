import { HardeningArea } from '../core/hardening/hardening-area';

/** What hardening changes, and what it leaves alone. */
export interface HardeningOptions {
  /**
   * The areas that are hardened; an empty list is refused.
   * @default - all
   */
  readonly only?: HardeningArea[];
  /**
   * Areas that are left alone, even if `only` names them.
   * @default - none
   */
  readonly except?: HardeningArea[];
  /**
   * Constructs that are left alone with everything below them, by their path: `Shop/Legacy`. A path at which nothing stands is warned of at synth
   * (`cdk-secure-serverless:HardeningPath`).
   * @default - none
   */
  readonly exceptPaths?: string[];
  /**
   * Replaces what an author set and what is plainly unsafe: plain HTTP, public access, tracing switched off, example callbacks. What is merely weaker
   * than the baseline stays, and the report shows it.
   * @default false
   */
  readonly strict?: boolean;
  /**
   * Resources that keep data and may nevertheless be replaced to become secure, by the path of their construct: what they hold stays behind in the
   * old resource, or is deleted with it.
   * @default - none
   */
  readonly replacePaths?: string[];
  /**
   * Changes nothing: the report shows what would be done.
   * @default false
   */
  readonly dryRun?: boolean;
}
