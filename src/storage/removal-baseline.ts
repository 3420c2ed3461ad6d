/** Types whose data is gone when CloudFormation deletes them, at once or, for a key, once its waiting period is over. */
export const DATA_TYPES = [
  'AWS::Cognito::UserPool', 'AWS::DocDB::DBCluster', 'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::EFS::FileSystem', 'AWS::KMS::Key',
  'AWS::Kinesis::Stream', 'AWS::Neptune::DBCluster', 'AWS::OpenSearchService::Domain', 'AWS::RDS::DBCluster', 'AWS::RDS::DBInstance',
];

/** Types that have something to lose, but not at once: S3 refuses to delete what holds objects, a secret can be brought back for a while. */
export const RECORD_TYPES = ['AWS::Backup::BackupVault', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret'];

/** Types of which CloudFormation takes a snapshot where the template says nothing. */
export const SNAPSHOT_BY_DEFAULT = ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'];

/** Properties with which a service refuses to delete. */
export const PROTECTIONS: { readonly [property: string]: readonly unknown[] } = {
  DeletionProtection: [true, 'ACTIVE'],
  DeletionProtectionEnabled: [true],
};
