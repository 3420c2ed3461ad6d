import { Controls } from './control';

/** Buckets. */
export const BUCKET_CONTROLS: Controls = {
  's3.bpa': {
    asks: 'All four blocks are on',
    sources: {
      securityHub: ['S3.8'],
      controlTower: ['CT.S3.PR.1'],
      nag: [
        'AwsSolutions-S2', 'HIPAA.Security-S3BucketLevelPublicAccessProhibited', 'NIST.800.53.R5-S3BucketLevelPublicAccessProhibited',
        'PCI.DSS.321-S3BucketLevelPublicAccessProhibited',
      ],
      checkov: ['CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
      trivy: ['AWS-0086', 'AWS-0087', 'AWS-0091', 'AWS-0093', 'AWS-0094'],
      kics: [
        's3_bucket_allows_public_acl', 's3_bucket_with_public_policy', 's3_bucket_without_ignore_public_acl',
        's3_bucket_without_restriction_of_public_bucket',
      ],
      guard: ['S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'],
      prowler: ['s3_bucket_level_public_access_block'],
    },
    rules: ['BucketPublicAccess'],
  },
  's3.public-read': {
    asks: 'Nobody reads without an identity',
    sources: {
      securityHub: ['S3.2'],
      nag: [
        'HIPAA.Security-S3BucketPublicReadProhibited', 'NIST.800.53.R4-S3BucketPublicReadProhibited', 'NIST.800.53.R5-S3BucketPublicReadProhibited',
        'PCI.DSS.321-S3BucketPublicReadProhibited',
      ],
      guard: ['S3_BUCKET_PUBLIC_READ_PROHIBITED'],
      prowler: ['s3_bucket_public_access'],
    },
    rules: ['BucketPublicAccess'],
  },
  's3.public-write': {
    asks: 'Nobody writes without an identity',
    sources: {
      securityHub: ['S3.3'],
      nag: [
        'HIPAA.Security-S3BucketPublicWriteProhibited', 'NIST.800.53.R4-S3BucketPublicWriteProhibited',
        'NIST.800.53.R5-S3BucketPublicWriteProhibited', 'PCI.DSS.321-S3BucketPublicWriteProhibited',
      ],
      guard: ['S3_BUCKET_PUBLIC_WRITE_PROHIBITED'],
      prowler: ['s3_bucket_policy_public_write_access'],
    },
    rules: ['BucketPublicAccess'],
  },
  's3.acl-public': {
    asks: 'No list opens the bucket',
    sources: {
      checkov: ['CKV_AWS_20', 'CKV_AWS_57'],
      trivy: ['AWS-0092'],
      cfnNag: ['F14', 'W31'],
      kics: [
        's3_bucket_acl_allows_read_or_write_to_all_users', 's3_bucket_acl_allows_read_to_all_users',
        's3_bucket_acl_allows_read_to_any_authenticated_user',
      ],
      guard: ['S3_BUCKET_NO_PUBLIC_RW_ACL', 'S3_BUCKET_PUBLIC_READ_ACL'],
      prowler: ['s3_bucket_public_list_acl', 's3_bucket_public_write_acl'],
    },
    rules: ['BucketPublicAccess', 'BucketOwner'],
  },
  's3.no-acl': {
    asks: 'Lists decide about nothing',
    sources: { securityHub: ['S3.12'], controlTower: ['CT.S3.PR.5'], prowler: ['s3_bucket_acl_prohibited'] },
    rules: ['BucketOwner'],
  },
  's3.tls': {
    asks: 'Plain HTTP is denied',
    sources: {
      securityHub: ['S3.5'],
      controlTower: ['CT.S3.PR.8'],
      nag: [
        'AwsSolutions-S10', 'HIPAA.Security-S3BucketSSLRequestsOnly', 'NIST.800.53.R4-S3BucketSSLRequestsOnly',
        'NIST.800.53.R5-S3BucketSSLRequestsOnly', 'PCI.DSS.321-S3BucketSSLRequestsOnly',
      ],
      kics: ['s3_bucket_without_ssl_in_write_actions'],
      guard: ['S3_BUCKET_SSL_REQUESTS_ONLY'],
      prowler: ['s3_bucket_secure_transport_policy'],
    },
    rules: ['BucketTlsOnly'],
  },
  's3.policy-exists': {
    asks: 'The bucket has a policy',
    sources: { cfnNag: ['W51'], kics: ['s3_bucket_should_have_bucket_policy'] },
    rules: ['BucketTlsOnly'],
  },
  's3.policy-principal': {
    asks: 'The policy lets nobody in general in',
    sources: {
      cfnNag: ['F16'],
      kics: [
        's3_bucket_access_to_any_principal', 's3_bucket_allows_delete_actions_from_all_principals',
        's3_bucket_allows_get_actions_from_all_principals', 's3_bucket_allows_list_actions_from_all_principals',
        's3_bucket_allows_put_actions_from_all_principals', 's3_bucket_allows_restore_actions_from_all_principals', 's3_bucket_with_all_permissions',
      ],
      guard: ['S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL'],
    },
    rules: ['BucketPublicAccess'],
  },
  's3.policy-action': {
    asks: 'The policy spells out actions',
    sources: { cfnNag: ['F15'], guard: ['S3_BUCKET_POLICY_NO_WILDCARD_ACTION'] },
    rules: ['PolicyActionWildcard'],
  },
  's3.policy-notaction': {
    asks: 'The policy does not allow all but some actions',
    sources: { cfnNag: ['W20'], guard: ['S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION'] },
    rules: ['PolicyActionWildcard'],
  },
  's3.policy-notprincipal': {
    asks: 'The policy does not allow all but some callers',
    sources: { cfnNag: ['F9'], guard: ['S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL'] },
    rules: ['BucketPublicAccess'],
  },
  's3.policy-cross-account': {
    asks: 'Other accounts cannot change the policy',
    sources: { securityHub: ['S3.6'], prowler: ['s3_bucket_cross_account_access'] },
    rules: ['PolicyForeignAccount'],
  },
  's3.sse': {
    asks: 'Encryption is declared',
    sources: {
      checkov: ['CKV_AWS_19'],
      cfnNag: ['W41'],
      kics: ['s3_bucket_without_server_side_encryption'],
      guard: ['S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED', 'S3_DEFAULT_ENCRYPTION_KMS'],
      prowler: ['s3_bucket_default_encryption'],
    },
    rules: ['BucketCustomerKey'],
  },
  's3.kms': {
    asks: 'A key of the owner encrypts',
    sources: {
      securityHub: ['S3.17'],
      controlTower: ['CT.S3.PR.10'],
      nag: ['HIPAA.Security-S3DefaultEncryptionKMS', 'NIST.800.53.R5-S3DefaultEncryptionKMS', 'PCI.DSS.321-S3DefaultEncryptionKMS'],
      trivy: ['AWS-0132'],
      prowler: ['s3_bucket_kms_encryption'],
    },
    rules: ['BucketCustomerKey'],
  },
  's3.versioning': {
    asks: 'Old versions are kept',
    sources: {
      securityHub: ['S3.14'],
      controlTower: ['CT.S3.PR.11'],
      nag: [
        'HIPAA.Security-S3BucketVersioningEnabled', 'NIST.800.53.R4-S3BucketVersioningEnabled', 'NIST.800.53.R5-S3BucketVersioningEnabled',
        'PCI.DSS.321-S3BucketVersioningEnabled',
      ],
      checkov: ['CKV_AWS_21'],
      trivy: ['AWS-0090'],
      kics: ['s3_bucket_without_versioning'],
      guard: ['S3_BUCKET_VERSIONING_ENABLED'],
      prowler: ['s3_bucket_object_versioning'],
    },
    rules: ['BucketVersions'],
  },
  's3.lifecycle': {
    asks: 'A lifecycle rule is on',
    sources: { securityHub: ['S3.13', 'S3.10'], controlTower: ['CT.S3.PR.6', 'CT.S3.PR.3'], prowler: ['s3_bucket_lifecycle_enabled'] },
    rules: ['BucketLifecycle'],
  },
  's3.logging': {
    asks: 'Access is logged',
    sources: {
      securityHub: ['S3.9'],
      controlTower: ['CT.S3.PR.2'],
      nag: [
        'AwsSolutions-S1', 'HIPAA.Security-S3BucketLoggingEnabled', 'NIST.800.53.R4-S3BucketLoggingEnabled', 'NIST.800.53.R5-S3BucketLoggingEnabled',
        'PCI.DSS.321-S3BucketLoggingEnabled',
      ],
      checkov: ['CKV_AWS_18'],
      trivy: ['AWS-0089'],
      cfnNag: ['W35'],
      kics: ['s3_bucket_logging_disabled', 's3_bucket_cloudtrail_logging_disabled'],
      guard: ['S3_BUCKET_LOGGING_ENABLED'],
      prowler: ['s3_bucket_server_access_logging_enabled'],
    },
    rules: ['BucketAccessLog'],
  },
  's3.events': {
    asks: 'Changes are announced',
    sources: { securityHub: ['S3.11'], controlTower: ['CT.S3.PR.4'], prowler: ['s3_bucket_event_notifications_enabled'] },
    because: 'decided',
    remark: 'Events protect nothing until something listens; SecureBucket turns them on for EventBridge where they are wanted.',
  },
  's3.object-lock': {
    asks: 'Objects can be locked',
    sources: {
      securityHub: ['S3.15'],
      controlTower: ['CT.S3.PR.9'],
      nag: ['NIST.800.53.R4-S3BucketDefaultLockEnabled'],
      guard: ['S3_BUCKET_DEFAULT_LOCK_ENABLED'],
      prowler: ['s3_bucket_object_lock'],
    },
    rules: ['BucketObjectLock'],
    remark: 'Asked where the profile has `objectLock` switched on.',
  },
  's3.replication': {
    asks: 'Objects are copied to another region',
    sources: {
      securityHub: ['S3.7'],
      nag: [
        'HIPAA.Security-S3BucketReplicationEnabled', 'NIST.800.53.R4-S3BucketReplicationEnabled', 'NIST.800.53.R5-S3BucketReplicationEnabled',
        'PCI.DSS.321-S3BucketReplicationEnabled',
      ],
      guard: ['S3_BUCKET_REPLICATION_ENABLED'],
      prowler: ['s3_bucket_cross_region_replication'],
    },
    because: 'decided',
    remark: 'Disaster recovery, which costs as much as the bucket; versions and locks are asked for instead. cdk-nag asks in `regulated`.',
  },
  's3.mfa-delete': {
    asks: 'Deleting takes a second factor',
    sources: { securityHub: ['S3.20'], prowler: ['s3_bucket_no_mfa_delete'] },
    because: 'not-visible',
    remark: 'CloudFormation has no property for it, and it excludes lifecycle rules.',
  },
  's3.website': {
    asks: 'The bucket is no website of its own',
    sources: { nag: ['AwsSolutions-S5'], kics: ['s3_static_website_host_enabled'] },
    rules: ['BucketWebsite'],
  },
  's3.cors': {
    asks: 'Pages that may use the bucket are named',
    sources: { kics: ['s3_bucket_with_unsecured_cors_rule'] },
    rules: ['BucketCorsOrigin'],
  },
  's3.dns-name': {
    asks: 'The name fits the certificate of S3',
    sources: { trivy: ['AWS-0320'] },
    rules: ['BucketNameDots'],
  },
  's3.squatting': {
    asks: 'Nobody can guess the name and take it first',
    sources: { prowler: ['s3_bucket_shadow_resource_vulnerability'] },
    rules: ['BucketNamePredictable'],
  },
  's3.access-point': {
    asks: 'The access point blocks the public',
    sources: { securityHub: ['S3.19'], controlTower: ['CT.S3.PR.12'], prowler: ['s3_access_point_public_access_block'] },
    rules: ['AccessPointBlock'],
  },
  's3.mrap': {
    asks: 'The access point of several regions blocks the public',
    sources: { securityHub: ['S3.24'], prowler: ['s3_multi_region_access_point_public_access_block'] },
    rules: ['AccessPointBlock'],
  },
  's3.account-bpa': {
    asks: 'The account blocks the public',
    sources: { securityHub: ['S3.1'], prowler: ['s3_account_level_public_access_blocks'] },
    because: 'not-visible',
    remark: 'A setting of the account; BucketPublicAccess asks each bucket.',
  },
  's3.data-events': {
    asks: 'Reads and writes of objects are recorded',
    sources: {
      securityHub: ['S3.22', 'S3.23'],
      guard: ['CLOUDTRAIL_S3_DATAEVENTS_ENABLED'],
      prowler: ['cloudtrail_s3_dataevents_read_enabled', 'cloudtrail_s3_dataevents_write_enabled'],
    },
    rules: ['TrailDataEvents', 'BucketAccessLog'],
    remark: 'Either the trail of the app or the access log of the bucket.',
  },
};
