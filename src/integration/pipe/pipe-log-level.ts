/** What a pipe logs. It never logs the events themselves. */
export enum PipeLogLevel {
  /** Steps that failed. */
  ERROR = 'ERROR',
  /** Besides, when enrichment and target began and ended. */
  INFO = 'INFO',
  /** Each step. */
  TRACE = 'TRACE',
}
