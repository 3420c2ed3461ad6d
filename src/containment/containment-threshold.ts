/** How bad a finding must be. */
export enum ContainmentThreshold {
  /** Only critical findings: attacks that were seen in several steps. */
  CRITICAL = 'critical',
  /** High and critical ones. */
  HIGH = 'high',
  /** Medium and above: expect false alarms. */
  MEDIUM = 'medium',
}
