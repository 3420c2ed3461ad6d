/** Where stores name the key that encrypts them, by type. */
export const STORE_KEYS: { readonly [type: string]: readonly string[] } = {
  'AWS::DynamoDB::GlobalTable': ['Replicas.SSESpecification.KMSMasterKeyId'],
  'AWS::DynamoDB::Table': ['SSESpecification.KMSMasterKeyId'],
  'AWS::Kinesis::Stream': ['StreamEncryption.KeyId'],
  'AWS::S3::Bucket': ['BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID'],
  'AWS::SNS::Topic': ['KmsMasterKeyId'],
  'AWS::SQS::Queue': ['KmsMasterKeyId'],
  'AWS::SecretsManager::Secret': ['KmsKeyId'],
};

/** Policies of AWS with which every key decrypts. */
export const EVERYTHING_POLICIES = ['AdministratorAccess', 'PowerUserAccess'];
