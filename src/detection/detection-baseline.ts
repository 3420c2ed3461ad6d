/** What each profile switches on where nobody chose. Each part says at its prop what it costs. */
export const DETECTION_BY_PROFILE = {
  // listening is free: findings of what the account has already
  sandbox: {
    detector: false,
    features: [],
    trail: false,
    analyzer: false,
    logAnomalies: false,
    sources: ['guardduty', 'access-analyzer', 'inspector', 'tampering'],
    notifyFrom: 'high',
  },
  production: {
    detector: true,
    features: ['LAMBDA_NETWORK_LOGS', 'S3_DATA_EVENTS'],
    trail: true,
    analyzer: true,
    logAnomalies: false,
    sources: ['guardduty', 'access-analyzer', 'inspector', 'tampering', 'alarms'],
    notifyFrom: 'high',
  },
  // features for what the account may hold besides functions cost nothing until it does
  regulated: {
    detector: true,
    features: ['EBS_MALWARE_PROTECTION', 'EKS_AUDIT_LOGS', 'LAMBDA_NETWORK_LOGS', 'RDS_LOGIN_EVENTS', 'S3_DATA_EVENTS'],
    trail: true,
    analyzer: true,
    logAnomalies: true,
    sources: ['guardduty', 'access-analyzer', 'inspector', 'tampering', 'alarms', 'security-hub'],
    notifyFrom: 'medium',
  },
} as const;

/** What of GuardDuty watches what serverless apps are made of: a detector of this library has no way to be without. */
export const SERVERLESS_FEATURES = ['LAMBDA_NETWORK_LOGS', 'S3_DATA_EVENTS'] as const;

/**
 * How many values the conditions of all selectors of a trail may hold together.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
export const TRAIL_VALUES_MOST = 500;

/** The longest name of a trail. */
export const TRAIL_NAME_MOST = 128;

/**
 * What CloudTrail does with the key of a trail. The right to decrypt is what a bucket with a bucket key takes.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export const TRAIL_ENCRYPT_ACTIONS = ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'];
export const TRAIL_KEY_ACTIONS = ['kms:Decrypt', 'kms:DescribeKey'];

/** What CloudTrail does with the log streams of a trail. */
export const TRAIL_LOG_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * What CloudWatch Logs does with the key of an anomaly detector.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/LogsAnomalyDetection-KMS.html
 */
export const ANOMALY_KEY_ACTIONS = [
  'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext',
];
export const ANOMALY_REENCRYPT_ACTIONS = [...ANOMALY_KEY_ACTIONS, 'kms:ReEncryptFrom', 'kms:ReEncryptTo'].sort();

/** The longest name of a log anomaly detector that is sure to be taken. */
export const ANOMALY_DETECTOR_NAME_MOST = 128;

/**
 * What GuardDuty does to scan a bucket, in a role of its own.
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-iam-policy-prerequisite.html
 */
export const MALWARE_ACTIONS = {
  manageRule: ['events:DeleteRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'],
  watchRule: ['events:DescribeRule', 'events:ListTargetsByRule'],
  notifications: ['s3:GetBucketNotification', 's3:PutBucketNotification'],
  owner: ['s3:ListBucket'],
  scan: ['s3:GetObject', 's3:GetObjectVersion'],
  tag: ['s3:GetObjectTagging', 's3:GetObjectVersionTagging', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'],
  validate: ['s3:PutObject'],
} as const;
export const MALWARE_SERVICE = 'malware-protection-plan.guardduty.amazonaws.com';
export const MALWARE_RULE = 'DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*';
export const MALWARE_VALIDATION_OBJECT = 'malware-protection-resource-validation-object';

/** How many prefixes one plan takes. */
export const MALWARE_PREFIXES_MOST = 5;

/** How long access may be unused before it is a finding, in days: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_UnusedAccessConfiguration.html */
export const UNUSED_DAYS = { least: 1, most: 365, standard: 90 } as const;

/** The right to import findings into Security Hub. */
export const IMPORT_ACTIONS = ['securityhub:BatchImportFindings'];

/**
 * How long the function may run, in seconds, and how much longer a finding stays with the invocation that took it. Lambda tries again after one minute.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export const FINDING_TIMEOUT = { standard: 30, grace: 15 } as const;

/** The namespace of the metrics that the function counts in. */
export const FINDING_NAMESPACE = 'CdkSecureServerless/Detection';

/** Products that send their findings to EventBridge themselves: Security Hub would tell of them a second time. */
export const PRODUCTS_HEARD_DIRECTLY = ['GuardDuty', 'IAM Access Analyzer', 'Inspector'];

/** Calls that take away what watches the account, by the service that CloudTrail names. */
export const TAMPERING_CALLS = {
  'access-analyzer': ['CreateArchiveRule', 'DeleteAnalyzer', 'UpdateArchiveRule'],
  'cloudtrail': ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'],
  'guardduty': [
    'CreateFilter', 'DeleteDetector', 'DeleteMalwareProtectionPlan', 'DeletePublishingDestination', 'DisassociateFromAdministratorAccount',
    'DisassociateFromMasterAccount', 'StopMonitoringMembers', 'UpdateDetector', 'UpdateFilter',
  ],
  'inspector2': ['Disable'],
  'securityhub': ['DisableSecurityHub', 'DisassociateFromAdministratorAccount'],
} as const;
