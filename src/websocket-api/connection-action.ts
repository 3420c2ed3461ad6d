/** What somebody may do with open connections. */
export enum ConnectionAction {
  /** Send a message to a client. */
  SEND = 'POST',
  /** Read since when a client is connected, and from which address. */
  INSPECT = 'GET',
  /** Close a connection: the way to end one whose caller has lost the right to it. */
  CLOSE = 'DELETE',
}

/** How far rights on open connections go. */
export interface ManageConnectionsOptions {
  /**
   * What may be done with connections.
   * @default [ConnectionAction.SEND]
   */
  readonly actions?: ConnectionAction[];
}
