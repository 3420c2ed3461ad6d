/** Whether a pipe works. */
export enum PipeState {
  /** Events go through. */
  RUNNING = 'RUNNING',
  /** Events wait in the source, for as long as that keeps them. */
  STOPPED = 'STOPPED',
}
