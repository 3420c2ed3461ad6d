/** What whoever accepts a finding must say. */
export interface ExceptionOptions {
  /** Why the finding may stay: a sentence that a reviewer can judge. CDK's report and ours show it. */
  readonly reason: string;
  /** Who answers for it: a person, team or role that can be asked. */
  readonly owner: string;
  /**
   * The last day on which it holds, in UTC, as `2027-01-31`. From the next day on the synthesis fails until the finding is mended, or somebody decides anew.
   * The profile says how far away it may be: 365 days in `sandbox`, 180 in `production`, 90 in `regulated`, counted from the day of the synthesis.
   */
  readonly expires: string;
  /**
   * Where the work to mend it is planned, or the decision is kept: `SEC-123`, an address.
   * @default - none
   */
  readonly ticket?: string;
}

/** An exception that stands beside the app, in a file or in the code of a test: for templates that no construct can speak for. */
export interface ExceptionRecord extends ExceptionOptions {
  /** The rule (`BucketVersioning`), the finding of a rule (`RouteAuthorization[GET /health]`), or either behind the name of its pack and `::`. */
  readonly finding: string;
  /**
   * Where it holds: a construct path, a stack, `stack/logicalId`, or a logical id alone in templates that no CDK app made; and all that is below.
   * @default - everywhere
   */
  readonly at?: string;
}

/** The reason as reports of CDK show it, who answers for it and how long it holds included. */
export function signedReason({ reason, owner, expires, ticket }: ExceptionOptions): string {
  return `${reason} [owner: ${owner}; until ${expires}${ticket === undefined ? '' : `; ticket: ${ticket}`}]`;
}
