/** How soon EventBridge hears that a finding of GuardDuty was seen again. */
export enum FindingFrequency {
  /** Within 15 minutes. */
  FIFTEEN_MINUTES = 'FIFTEEN_MINUTES',
  /** Within an hour. */
  ONE_HOUR = 'ONE_HOUR',
  /** Within 6 hours. */
  SIX_HOURS = 'SIX_HOURS',
}
