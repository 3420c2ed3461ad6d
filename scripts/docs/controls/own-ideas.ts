/** Rules that no merged control and no pattern asks for. */
export const OWN_IDEAS: readonly string[] = [
  'AgentTokenAudience', 'AlarmMissingData', 'AlarmNeverRings', 'BackupVaultLock', 'BalancerAuth', 'BalancerPlainText', 'BalancerTlsPolicy', 'BalancerWebAcl',
  'BrokerClientAccess', 'BrokerPublicAccess', 'BucketClientKeys',
  'BucketReplicaAccount', 'BuildCustomerKey', 'ContainerInsights', 'ContainerLogs', 'ContainerWebAcl', 'DatabaseBackupDays',
  'DatabaseDeletionProtection', 'DatabaseIamAuthentication', 'DatabaseLogs', 'DatabaseMinorUpgrades', 'DatabaseProxyTls',
  'DatabaseSnapshotTags', 'DeadLetterUnused', 'DeliveryBackup', 'DeliveryEncryption', 'DeliveryLogging', 'EntryPointLayers',
  'FederatedSubjectBreadth', 'FederatedTrustSubject', 'FileServerCiphers', 'FileServerLog', 'FileServerPasswords', 'FileServerPlaintext', 'FindingArchiveWide',
  'ForeignAccountAgreed', 'IamActionPattern',
  'IdentityClassicFlow', 'IdentityTokenCheck', 'ImageRepositoryChecks', 'LatticeAccessLog', 'LatticeServiceAuth', 'LoadBalancerDeletion', 'LoadBalancerHeaders',
  'LoadBalancerLogs', 'MemberRoleIsolation', 'NetworkAclIngress', 'OpenStorePath', 'OriginBucketMethods', 'PipeKey',
  'RuleWithoutTarget', 'SearchTlsPolicy', 'SensitiveStoreAlarm', 'StoreKeyBypassed', 'StorePublicAccess', 'StreamCustomerKey',
  'StreamEncryption', 'StreamRetention', 'ThingAuthorizerSigning', 'ThingPolicyBreadth', 'WebAclAlone', 'WebFunctionAuth', 'WebFunctionLimits',
];
