/** Rules that no merged control and no pattern asks for. */
export const OWN_IDEAS: readonly string[] = [
  'AlarmMissingData', 'AlarmNeverRings', 'BackupVaultLock', 'BrokerClientAccess', 'BrokerPublicAccess', 'BucketClientKeys', 'BucketReplicaAccount', 'DeadLetterUnused',
  'DeliveryBackup', 'DeliveryEncryption', 'EntryPointLayers', 'FederatedSubjectBreadth', 'FederatedTrustSubject', 'ForeignAccountAgreed',
  'IamActionPattern', 'IdentityClassicFlow', 'IdentityTokenCheck', 'OpenStorePath', 'PipeKey', 'RuleWithoutTarget', 'SensitiveStoreAlarm', 'StoreKeyBypassed',
  'StorePublicAccess', 'StreamEncryption', 'StreamRetention', 'WebAclAlone',
];
