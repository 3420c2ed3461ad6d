/** Whose findings are listened to. Listening costs nothing: events of AWS services on the default bus are free. */
export enum FindingSource {
  /** Findings of GuardDuty in this account and region. */
  GUARD_DUTY = 'guardduty',
  /** Findings of IAM Access Analyzer. */
  ACCESS_ANALYZER = 'access-analyzer',
  /**
   * Findings of Inspector about functions and container images. CloudFormation cannot switch Inspector on: that is one call for the account and region,
   * `aws inspector2 enable --resource-types LAMBDA`.
   */
  INSPECTOR = 'inspector',
  /** Critical and high findings of Security Hub that are new, except those of services that are listened to anyway. */
  SECURITY_HUB = 'security-hub',
  /** Alarms of this stack that are signals of an attack: surges of denied, blocked and throttled calls, and several of them at once. */
  ALARMS = 'alarms',
  /**
   * Calls that switch off or narrow what watches the account: trails, detectors, analyzers. EventBridge hears of them only where a trail of the account
   * records management events.
   */
  TAMPERING = 'tampering',
}
