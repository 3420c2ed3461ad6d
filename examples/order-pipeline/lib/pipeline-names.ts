/** What exists before the stack does. `cdk.json` holds placeholders; the README says how to get each. */
export interface PipelineNames {
  /** The tills: the common names of their certificates, and the names of the roles that they get. */
  readonly tills: readonly string[];
  /** The trust anchor of IAM Roles Anywhere for the authority that issues the certificates. */
  readonly trustAnchorId: string;
  /** The role in which bookkeeping's own program runs. */
  readonly bookkeepingRole: string;
  /** Who is told when an alarm goes off. */
  readonly alarmEmail: string;
}
