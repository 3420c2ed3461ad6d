/** What one synth left behind, reduced to what the verdict shows. */
export interface Evidence {
  /** No error is left that nobody acknowledged, whichever pack found it. */
  readonly passed: boolean;
  readonly profile: string;
  /** What the app consists of: `3 functions`. */
  readonly inventory: readonly string[];
  readonly entryPoints: readonly EntryPoint[];
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly Finding[];
  readonly exceptions: readonly Exception[];
  /** Files that hold more, with a word on each. */
  readonly files: readonly (readonly [path: string, content: string])[];
}

export interface EntryPoint {
  readonly name: string;
  /** In the order in which a request meets them. */
  readonly layers: readonly Layer[];
}

export interface Layer {
  readonly name: string;
  /** Null where this kind of entry point cannot have the layer. */
  readonly present: boolean | null;
  readonly detail?: string;
}

export interface Finding {
  /** Which pack says so. */
  readonly pack: string;
  /** The id under which it is acknowledged, without the pack. */
  readonly rule: string;
  /** As CDK judges: only errors fail a synth. */
  readonly severity: string;
  /** How bad our own pack thinks it is: `high`, `medium` or `low`. */
  readonly rank?: string;
  readonly place: string;
  readonly message: string;
  readonly wayOut?: string;
  /** Why it was acknowledged. */
  readonly reason?: string;
}

/** A control that was weakened on purpose. */
export interface Exception {
  readonly control: string;
  readonly place: string;
  readonly reason: string;
}
