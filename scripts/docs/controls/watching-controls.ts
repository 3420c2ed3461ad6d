import { Controls } from './control';

/** Logs, alarms, trails, GuardDuty, and the template itself. */
export const WATCHING_CONTROLS: Controls = {
  'logs.kms': {
    asks: 'A key of the owner encrypts',
    sources: {
      controlTower: ['CT.CLOUDWATCH.PR.3'],
      nag: [
        'HIPAA.Security-CloudWatchLogGroupEncrypted', 'NIST.800.53.R4-CloudWatchLogGroupEncrypted', 'NIST.800.53.R5-CloudWatchLogGroupEncrypted',
        'PCI.DSS.321-CloudWatchLogGroupEncrypted',
      ],
      checkov: ['CKV_AWS_158'],
      trivy: ['AWS-0017'],
      cfnNag: ['W84'],
      guard: ['CLOUDWATCH_LOG_GROUP_ENCRYPTED'],
      prowler: ['cloudwatch_log_group_kms_encryption_enabled'],
    },
    rules: ['LogCustomerKey'],
  },
  'logs.retention': {
    asks: 'Logs are kept for a year, and not for ever',
    sources: {
      securityHub: ['CloudWatch.16'],
      controlTower: ['CT.CLOUDWATCH.PR.2'],
      nag: [
        'HIPAA.Security-CloudWatchLogGroupRetentionPeriod', 'NIST.800.53.R4-CloudWatchLogGroupRetentionPeriod',
        'NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod', 'PCI.DSS.321-CloudWatchLogGroupRetentionPeriod',
        'Serverless-CloudWatchLogGroupRetentionPeriod',
      ],
      checkov: ['CKV_AWS_66'],
      cfnNag: ['W86'],
      guard: ['CW_LOGGROUP_RETENTION_PERIOD_CHECK'],
      prowler: ['cloudwatch_log_group_retention_policy_specific_days_enabled'],
    },
    rules: ['LogRetention'],
  },
  'logs.public': {
    asks: 'Nobody in general has the logs',
    sources: { prowler: ['cloudwatch_log_group_not_publicly_accessible'] },
    rules: ['PolicyOpenEveryone'],
  },
  'logs.secrets': {
    asks: 'No secret in what was logged',
    sources: { prowler: ['cloudwatch_log_group_no_secrets_in_logs'] },
    because: 'not-visible',
    remark: 'What code logs shows in the account; LogMasking asks for masks, FunctionLogLevel and EnvironmentDebugSwitch for less to log.',
  },
  'cw.alarm-action': {
    asks: 'An alarm tells somebody',
    sources: {
      securityHub: ['CloudWatch.15'],
      controlTower: ['CT.CLOUDWATCH.PR.1'],
      nag: ['HIPAA.Security-CloudWatchAlarmAction', 'NIST.800.53.R4-CloudWatchAlarmAction', 'NIST.800.53.R5-CloudWatchAlarmAction'],
      guard: ['CLOUDWATCH_ALARM_ACTION_CHECK'],
      prowler: ['cloudwatch_alarm_actions_alarm_state_configured'],
    },
    rules: ['AlarmAction'],
  },
  'cw.alarm-enabled': {
    asks: 'The actions of an alarm are on',
    sources: { securityHub: ['CloudWatch.17'], controlTower: ['CT.CLOUDWATCH.PR.4'], prowler: ['cloudwatch_alarm_actions_enabled'] },
    rules: ['AlarmAction'],
  },
  'cw.cis-alarms': {
    asks: 'Alarms on what administrators do',
    sources: { securityHub: ['CloudWatch.1-14'] },
    because: 'not-visible',
    remark: 'A baseline of the account, made once and outside of any app.',
  },
  'trail.enabled': {
    asks: 'The trail records',
    sources: { securityHub: ['CloudTrail.3'], kics: ['cloudtrail_logging_disabled'], guard: ['CLOUD_TRAIL_ENABLED'] },
    rules: ['TrailSettings'],
  },
  'trail.kms': {
    asks: 'A key of the owner encrypts',
    sources: {
      securityHub: ['CloudTrail.2'],
      controlTower: ['CT.CLOUDTRAIL.PR.1'],
      nag: [
        'HIPAA.Security-CloudTrailEncryptionEnabled', 'NIST.800.53.R4-CloudTrailEncryptionEnabled', 'NIST.800.53.R5-CloudTrailEncryptionEnabled',
        'PCI.DSS.321-CloudTrailEncryptionEnabled',
      ],
      checkov: ['CKV_AWS_35'],
      trivy: ['AWS-0015'],
      kics: ['cloudtrail_log_files_not_encrypted_with_kms'],
      guard: ['CLOUD_TRAIL_ENCRYPTION_ENABLED'],
      prowler: ['cloudtrail_kms_encryption_enabled'],
    },
    rules: ['TrailSettings'],
  },
  'trail.multi-region': {
    asks: 'The trail covers all regions',
    sources: {
      securityHub: ['CloudTrail.1'],
      checkov: ['CKV_AWS_67'],
      trivy: ['AWS-0014'],
      kics: ['cloudtrail_multi_region_disabled'],
      guard: ['MULTI_REGION_CLOUD_TRAIL_ENABLED'],
      prowler: ['cloudtrail_multi_region_enabled'],
    },
    rules: ['TrailSettings'],
  },
  'trail.validation': {
    asks: 'Nobody can change the records unnoticed',
    sources: {
      securityHub: ['CloudTrail.4'],
      controlTower: ['CT.CLOUDTRAIL.PR.2'],
      nag: [
        'HIPAA.Security-CloudTrailLogFileValidationEnabled', 'NIST.800.53.R4-CloudTrailLogFileValidationEnabled',
        'NIST.800.53.R5-CloudTrailLogFileValidationEnabled', 'PCI.DSS.321-CloudTrailLogFileValidationEnabled',
      ],
      checkov: ['CKV_AWS_36'],
      trivy: ['AWS-0016'],
      kics: ['cloudtrail_log_file_validation_disabled'],
      guard: ['CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED'],
      prowler: ['cloudtrail_log_file_validation_enabled'],
    },
    rules: ['TrailSettings'],
  },
  'trail.cloudwatch': {
    asks: 'The records reach CloudWatch',
    sources: {
      securityHub: ['CloudTrail.5'],
      controlTower: ['CT.CLOUDTRAIL.PR.3'],
      nag: [
        'HIPAA.Security-CloudTrailCloudWatchLogsEnabled', 'NIST.800.53.R4-CloudTrailCloudWatchLogsEnabled',
        'NIST.800.53.R5-CloudTrailCloudWatchLogsEnabled', 'PCI.DSS.321-CloudTrailCloudWatchLogsEnabled',
      ],
      trivy: ['AWS-0162'],
      kics: ['cloudtrail_not_integrated_with_cloudwatch', 'cloudtrail_sns_topic_name_undefined'],
      guard: ['CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED'],
      prowler: ['cloudtrail_cloudwatch_logging_enabled'],
    },
    rules: ['TrailSettings'],
  },
  'trail.bucket': {
    asks: 'The bucket of the records is closed and logged',
    sources: {
      securityHub: ['CloudTrail.6', 'CloudTrail.7'],
      trivy: ['AWS-0161', 'AWS-0163'],
      prowler: ['cloudtrail_logs_s3_bucket_is_not_publicly_accessible', 'cloudtrail_logs_s3_bucket_access_logging_enabled'],
    },
    rules: ['BucketPublicAccess', 'BucketAccessLog'],
    remark: 'Where the bucket stands in the app.',
  },
  'trail.lake': {
    asks: 'A key of the owner encrypts the lake',
    sources: { securityHub: ['CloudTrail.10'], controlTower: ['CT.CLOUDTRAIL.PR.4'] },
    rules: ['TrailLakeKey'],
  },
  'gd.enabled': {
    asks: 'GuardDuty is on',
    sources: { securityHub: ['GuardDuty.1'], kics: ['guardduty_detector_disabled'], prowler: ['guardduty_is_enabled'] },
    rules: ['DetectorSettings'],
    remark: 'Asked of detectors that stand in the app.',
  },
  'gd.lambda': {
    asks: 'GuardDuty watches functions',
    sources: { securityHub: ['GuardDuty.6'], prowler: ['guardduty_lambda_protection_enabled'] },
    rules: ['DetectorSettings'],
    remark: 'Asked of detectors that stand in the app.',
  },
  'gd.s3': {
    asks: 'GuardDuty watches buckets',
    sources: { securityHub: ['GuardDuty.10'], controlTower: ['CT.GUARDDUTY.PR.1'], prowler: ['guardduty_s3_protection_enabled'] },
    rules: ['DetectorSettings'],
    remark: 'Asked of detectors that stand in the app.',
  },
  'cfn.credentials': {
    asks: 'No credentials in metadata',
    sources: { cfnNag: ['W1'], kics: ['cloudformation_specifying_credentials_not_safe'], guard: ['CFN_AUTHENTICATION_RULE'] },
    rules: ['MetadataCredentials'],
  },
  'cfn.outputs-secrets': {
    asks: 'No secret in outputs',
    sources: { prowler: ['cloudformation_stack_outputs_find_secrets'] },
    rules: ['OutputSecret'],
  },
  'cfn.explicit-name': {
    asks: 'No names written out',
    sources: { cfnNag: ['W28'], guard: ['CFN_NO_EXPLICIT_RESOURCE_NAMES'] },
    because: 'decided',
    remark: 'Names are a matter of replacement. Those of buckets that can be guessed are judged (BucketNamePredictable).',
  },
  'cfn.termination-protection': {
    asks: 'The stack cannot be deleted by accident',
    sources: { prowler: ['cloudformation_stacks_termination_protection_enabled'] },
    rules: ['DataRemoval', 'RemovalPolicy'],
    because: 'not-visible',
    remark: 'A setting of the deployment. Whether data would survive the stack is judged.',
  },
};
