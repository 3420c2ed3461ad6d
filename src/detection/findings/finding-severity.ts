/** How bad a finding is. */
export enum FindingSeverity {
  /** An attack is going on, or went through: GuardDuty says so from level 9. */
  CRITICAL = 'critical',
  /** A resource is compromised, or everybody can reach it. */
  HIGH = 'high',
  /** Something departs from what is usual, or is weaker than it should be. */
  MEDIUM = 'medium',
  /** Something was tried, or could be tidier. */
  LOW = 'low',
  /** Nothing to do: for example a finding that was resolved. */
  INFO = 'info',
}
