/**
 * What GuardDuty can watch besides functions and buckets. Those that are not named keep the setting that GuardDuty gives a new detector.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/APIReference/API_DetectorFeatureConfiguration.html
 */
export enum GuardDutyFeature {
  /** Malware on the volumes of EC2 instances that behave suspiciously: paid for by the gigabytes that are scanned. */
  EBS_MALWARE = 'EBS_MALWARE_PROTECTION',
  /** Audit logs of EKS clusters: paid for by the event. */
  EKS_AUDIT_LOGS = 'EKS_AUDIT_LOGS',
  /** Sign-ins at Aurora and RDS databases: paid for by the vCPU. */
  RDS_LOGINS = 'RDS_LOGIN_EVENTS',
  /** What happens inside of instances and containers, by an agent: paid for by the vCPU. It sees nothing of functions. */
  RUNTIME_MONITORING = 'RUNTIME_MONITORING',
}
