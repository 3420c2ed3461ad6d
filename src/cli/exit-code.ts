/** What the program tells the shell. */
export enum ExitCode {
  /** Judged, and nothing is at or above the level of `--fail-on`. */
  CLEAN = 0,
  /** Judged, and something is. */
  FINDINGS = 1,
  /** Not judged: the command, a file or a template cannot be read. */
  NOT_JUDGED = 2,
}
