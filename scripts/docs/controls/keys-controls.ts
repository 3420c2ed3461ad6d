import { Controls } from './control';

/** Keys, secrets and parameters. */
export const KEY_CONTROLS: Controls = {
  'kms.rotation': {
    asks: 'The key is renewed each year',
    sources: {
      securityHub: ['KMS.4'],
      controlTower: ['CT.KMS.PR.1'],
      nag: [
        'AwsSolutions-KMS5', 'NIST.800.53.R4-KMSBackingKeyRotationEnabled', 'NIST.800.53.R5-KMSBackingKeyRotationEnabled',
        'PCI.DSS.321-KMSBackingKeyRotationEnabled',
      ],
      checkov: ['CKV_AWS_7'],
      cfnNag: ['F19'],
      kics: ['kms_enable_key_rotation_disabled', 'cmk_rotation_disabled'],
      guard: ['CMK_BACKING_KEY_ROTATION_ENABLED'],
      prowler: ['kms_cmk_rotation_enabled'],
    },
    rules: ['KeyRotation'],
  },
  'kms.public': {
    asks: 'Nobody in general may use the key',
    sources: {
      securityHub: ['KMS.5'],
      checkov: ['CKV_AWS_33'],
      cfnNag: ['F76'],
      kics: ['kms_allows_wildcard_principal'],
      guard: ['KMS_NO_WILDCARD_PRINCIPAL'],
      prowler: ['kms_key_not_publicly_accessible'],
    },
    rules: ['PolicyOpenEveryone'],
  },
  'kms.deletion': {
    asks: 'The key is neither off nor soon gone',
    sources: { securityHub: ['KMS.3'], kics: ['cmk_is_unusable'], prowler: ['kms_cmk_not_deleted_unintentionally'] },
    rules: ['KeyEnabled', 'KeyWaitingPeriod', 'DataRemoval'],
  },
  'kms.full-permissions': {
    asks: 'No statement allows kms:*',
    sources: { kics: ['kms_key_with_full_permissions'] },
    rules: ['KeyControlRights'],
    because: 'decided',
    remark: 'The statement for the account is what keeps a key from becoming nobody\'s; the rule objects where a function has the same right.',
  },
  'kms.grants': {
    asks: 'Grants are for services of AWS only',
    sources: { controlTower: ['CT.KMS.PR.3'] },
    rules: ['KeyGrantScope'],
  },
  'kms.multi-region': {
    asks: 'The key stays in its region',
    sources: { prowler: ['kms_cmk_not_multi_region'] },
    rules: ['KeyRegions'],
  },
  'kms.rsa': {
    asks: 'RSA keys are longer than 2048 bits',
    sources: { controlTower: ['CT.KMS.PR.2'] },
    rules: ['KeyLength'],
  },
  'kms.used': {
    asks: 'The key is used',
    sources: { prowler: ['kms_cmk_are_used'] },
    rules: ['KeyEnabled'],
    because: 'not-visible',
    remark: 'Use shows in the account. A key that is switched off is found.',
  },
  'sm.cmk': {
    asks: 'A key of the owner encrypts',
    sources: {
      nag: ['HIPAA.Security-SecretsManagerUsingKMSKey', 'NIST.800.53.R5-SecretsManagerUsingKMSKey', 'PCI.DSS.321-SecretsManagerUsingKMSKey'],
      checkov: ['CKV_AWS_149'],
      trivy: ['AWS-0098'],
      cfnNag: ['W77'],
      kics: ['secrets_manager_should_specify_kms_key_id'],
      guard: ['SECRETSMANAGER_USING_CMK'],
    },
    rules: ['SecretOwnKey'],
  },
  'sm.rotation': {
    asks: 'The value changes by itself',
    sources: {
      securityHub: ['SecretsManager.1', 'SecretsManager.4'],
      nag: ['AwsSolutions-SMG4', 'HIPAA.Security-SecretsManagerRotationEnabled', 'NIST.800.53.R5-SecretsManagerRotationEnabled'],
      guard: ['SECRETSMANAGER_ROTATION_ENABLED_CHECK'],
      prowler: ['secretsmanager_automatic_rotation_enabled', 'secretsmanager_secret_rotated_periodically'],
    },
    rules: ['SecretRotation'],
  },
  'sm.resource-policy': {
    asks: 'The policy lets nobody in general in',
    sources: { prowler: ['secretsmanager_has_restrictive_resource_policy', 'secretsmanager_not_publicly_accessible'] },
    rules: ['PolicyOpenEveryone', 'SecretPolicyBlock'],
  },
  'sm.tags': {
    asks: 'The secret carries tags',
    sources: { securityHub: ['SecretsManager.5'] },
    rules: ['OwnerTags'],
  },
  'sm.unused': {
    asks: 'Secrets that nobody reads are removed',
    sources: { securityHub: ['SecretsManager.3'], prowler: ['secretsmanager_secret_unused'] },
    because: 'not-visible',
    remark: 'When a secret was last read shows in the account.',
  },
  'sm.rotation-success': {
    asks: 'Rotation works',
    sources: { securityHub: ['SecretsManager.2'] },
    because: 'not-visible',
    remark: 'Shows in the account.',
  },
  'ssm.parameter-secrets': {
    asks: 'Plain parameters hold no secret',
    sources: { checkov: ['CKV_AWS_384'] },
    rules: ['ParameterPlainSecret'],
  },
};
