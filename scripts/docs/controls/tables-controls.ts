import { Controls } from './control';

/** Tables, and the cache in front of them. */
export const TABLE_CONTROLS: Controls = {
  'ddb.billing-mode': {
    asks: 'The billing mode is chosen',
    sources: { cfnNag: ['W73'], kics: ['dynamodb_with_table_billing_mode_not_recommended'], guard: ['DYNAMODB_BILLING_MODE_RULE'] },
    rules: ['TableCapacity'],
  },
  'ddb.autoscaling': {
    asks: 'Capacity follows the load',
    sources: {
      securityHub: ['DynamoDB.1'],
      nag: ['HIPAA.Security-DynamoDBAutoScalingEnabled', 'NIST.800.53.R4-DynamoDBAutoScalingEnabled', 'NIST.800.53.R5-DynamoDBAutoScalingEnabled'],
      prowler: ['dynamodb_table_autoscaling_enabled'],
    },
    rules: ['TableCapacity'],
  },
  'ddb.cmk': {
    asks: 'A key of the owner encrypts',
    sources: {
      controlTower: ['CT.DYNAMODB.PR.2'],
      checkov: ['CKV_AWS_119'],
      trivy: ['AWS-0025'],
      cfnNag: ['W74'],
      kics: ['dynamodb_table_not_encrypted', 'dynamodb_with_aws_owned_cmk'],
      guard: ['DYNAMODB_TABLE_ENCRYPTED_KMS', 'DYNAMODB_TABLE_MUST_BE_ENCRYPTED'],
      prowler: ['dynamodb_tables_kms_cmk_encryption_enabled'],
    },
    rules: ['TableCustomerKey'],
  },
  'ddb.pitr': {
    asks: 'The table can be brought back to any moment',
    sources: {
      securityHub: ['DynamoDB.2'],
      controlTower: ['CT.DYNAMODB.PR.1'],
      nag: ['AwsSolutions-DDB3', 'HIPAA.Security-DynamoDBPITREnabled', 'NIST.800.53.R4-DynamoDBPITREnabled', 'NIST.800.53.R5-DynamoDBPITREnabled'],
      checkov: ['CKV_AWS_28', 'CKV_AWS_165'],
      trivy: ['AWS-0024'],
      cfnNag: ['W78'],
      kics: ['dynamodb_table_point_in_time_recovery_disabled'],
      guard: ['DYNAMODB_PITR_ENABLED'],
      prowler: ['dynamodb_tables_pitr_enabled'],
    },
    rules: ['TableRecovery'],
  },
  'ddb.deletion-protection': {
    asks: 'One call does not delete it',
    sources: { securityHub: ['DynamoDB.6'], prowler: ['dynamodb_table_deletion_protection_enabled'] },
    rules: ['TableDeletionProtection'],
  },
  'ddb.backup-plan': {
    asks: 'A backup plan has the table',
    sources: {
      securityHub: ['DynamoDB.4'],
      nag: ['HIPAA.Security-DynamoDBInBackupPlan', 'NIST.800.53.R4-DynamoDBInBackupPlan', 'NIST.800.53.R5-DynamoDBInBackupPlan'],
      prowler: ['dynamodb_table_protected_by_backup_plan'],
    },
    rules: ['TableBackupPlan'],
    remark: 'Asked where the profile has `backupPlans` switched on.',
  },
  'ddb.cross-account': {
    asks: 'The policy stays in the account',
    sources: { prowler: ['dynamodb_table_cross_account_access'] },
    rules: ['PolicyForeignAccount'],
  },
  'ddb.tags': {
    asks: 'The table carries tags',
    sources: { securityHub: ['DynamoDB.5'] },
    rules: ['OwnerTags'],
  },
  'dax.encryption': {
    asks: 'The cache is encrypted where it lies',
    sources: {
      securityHub: ['DynamoDB.3'],
      controlTower: ['CT.DAX.PR.1'],
      nag: ['AwsSolutions-DDB4'],
      checkov: ['CKV_AWS_47'],
      trivy: ['AWS-0023'],
      cfnNag: ['W83'],
      guard: ['DAX_ENCRYPTION_ENABLED'],
      prowler: ['dynamodb_accelerator_cluster_encryption_enabled'],
    },
    rules: ['StoreEncryption'],
  },
  'dax.tls': {
    asks: 'The cache speaks TLS',
    sources: { securityHub: ['DynamoDB.7'], controlTower: ['CT.DAX.PR.3'], prowler: ['dynamodb_accelerator_cluster_in_transit_encryption_enabled'] },
    rules: ['StoreEncryption'],
  },
  'dax.multi-az': {
    asks: 'The cache has nodes in several zones',
    sources: { controlTower: ['CT.DAX.PR.2'], prowler: ['dynamodb_accelerator_cluster_multi_az'] },
    because: 'decided',
    remark: 'Availability: the table answers when the cache does not.',
  },
};
