/** The switches of encryption, by type and property, and the value that switches it on. */
export const ENCRYPTION_SWITCHES: { readonly [type: string]: { readonly [path: string]: true | string } } = {
  'AWS::DAX::Cluster': { 'ClusterEndpointEncryptionType': 'TLS', 'SSESpecification.SSEEnabled': true },
  'AWS::DocDB::DBCluster': { StorageEncrypted: true },
  'AWS::EFS::FileSystem': { Encrypted: true },
  'AWS::ElastiCache::ReplicationGroup': { AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true },
  'AWS::Elasticsearch::Domain': {
    'DomainEndpointOptions.EnforceHTTPS': true, 'EncryptionAtRestOptions.Enabled': true, 'NodeToNodeEncryptionOptions.Enabled': true,
  },
  'AWS::Neptune::DBCluster': { StorageEncrypted: true },
  'AWS::OpenSearchService::Domain': {
    'DomainEndpointOptions.EnforceHTTPS': true, 'EncryptionAtRestOptions.Enabled': true, 'NodeToNodeEncryptionOptions.Enabled': true,
  },
  'AWS::RDS::DBCluster': { StorageEncrypted: true },
  'AWS::RDS::DBInstance': { StorageEncrypted: true },
  'AWS::Redshift::Cluster': { Encrypted: true },
};

/** Properties with which a store takes over the encryption of another one. An instance has that of its cluster, by `DBClusterIdentifier`. */
export const INHERITING_PROPERTIES = [
  'DBSnapshotIdentifier', 'GlobalClusterIdentifier', 'ReplicationSourceIdentifier', 'SnapshotIdentifier', 'SourceDBClusterIdentifier',
  'SourceDBInstanceIdentifier',
];
