/** How one kind of store is encrypted and kept. Paths are those below `Properties`. */
export interface StoreKind {
  /** Where it names its key. */
  readonly key?: string;
  /** What it is without a key of its own: encrypted by a key of AWS, or by none. */
  readonly withoutKey: 'aws' | 'none';
  /** A switch that must be on to encrypt at all. */
  readonly encryptionSwitch?: string;
  /** A switch that is on unless it says otherwise. */
  readonly encryptionOff?: string;
  readonly deletionProtection?: string;
}

/** Everything that keeps data, by resource type. */
export const STORE_KINDS: { readonly [type: string]: StoreKind } = {
  'AWS::Cognito::UserPool': { withoutKey: 'aws', key: 'KeyConfiguration.KmsKeyArn', deletionProtection: 'DeletionProtection' },
  'AWS::DynamoDB::GlobalTable': {
    key: 'Replicas.0.SSESpecification.KMSMasterKeyId', withoutKey: 'aws', deletionProtection: 'Replicas.0.DeletionProtectionEnabled',
  },
  'AWS::DynamoDB::Table': { key: 'SSESpecification.KMSMasterKeyId', withoutKey: 'aws', deletionProtection: 'DeletionProtectionEnabled' },
  'AWS::EFS::FileSystem': { key: 'KmsKeyId', withoutKey: 'aws', encryptionSwitch: 'Encrypted' },
  'AWS::Events::Archive': { key: 'KmsKeyIdentifier', withoutKey: 'aws' },
  'AWS::Events::EventBus': { key: 'KmsKeyIdentifier', withoutKey: 'aws' },
  'AWS::Kinesis::Stream': { key: 'StreamEncryption.KeyId', withoutKey: 'none' },
  'AWS::KinesisFirehose::DeliveryStream': { key: 'DeliveryStreamEncryptionConfigurationInput.KeyARN', withoutKey: 'none' },
  'AWS::Logs::LogGroup': { key: 'KmsKeyId', withoutKey: 'aws', deletionProtection: 'DeletionProtectionEnabled' },
  'AWS::OpenSearchService::Domain': { key: 'EncryptionAtRestOptions.KmsKeyId', withoutKey: 'aws', encryptionSwitch: 'EncryptionAtRestOptions.Enabled' },
  'AWS::RDS::DBCluster': { key: 'KmsKeyId', withoutKey: 'aws', encryptionSwitch: 'StorageEncrypted', deletionProtection: 'DeletionProtection' },
  'AWS::RDS::DBInstance': { key: 'KmsKeyId', withoutKey: 'aws', encryptionSwitch: 'StorageEncrypted', deletionProtection: 'DeletionProtection' },
  'AWS::S3::Bucket': {
    key: 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID', withoutKey: 'aws',
  },
  'AWS::SNS::Topic': { key: 'KmsMasterKeyId', withoutKey: 'none' },
  'AWS::SQS::Queue': { key: 'KmsMasterKeyId', withoutKey: 'aws', encryptionOff: 'SqsManagedSseEnabled' },
  'AWS::SSM::Parameter': { withoutKey: 'none' },
  'AWS::SecretsManager::Secret': { key: 'KmsKeyId', withoutKey: 'aws' },
  'AWS::StepFunctions::StateMachine': { key: 'EncryptionConfiguration.KmsKeyId', withoutKey: 'aws' },
};

/** The types that count as stores. */
export const STORE_TYPES: readonly string[] = Object.keys(STORE_KINDS);
