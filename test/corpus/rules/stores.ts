import { addResource, properties, removeResources, resourceOf, Seed, Template } from '../seed';

const statement = (template: Template, policy: string, index = 0): Record<string, any> => (
  (properties(template, policy).PolicyDocument as { Statement: Record<string, any>[] }).Statement[index]);
const MAYBE = { Maybe: { 'Fn::Equals': [{ Ref: 'Kind' }, 'test'] } };

const BUCKETS: Seed = {
  name: 'A bucket with a key, and the bucket of its access logs, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Parameters:
  Kind: { Type: String }
Conditions:
  Test: !Equals [!Ref Kind, test]
Mappings:
  Switch: { On: { value: true }, Off: { value: false } }
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }]
  Logs:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } }] }
      VersioningConfiguration: { Status: Enabled }
      LifecycleConfiguration: { Rules: [{ Id: Expire, Status: Enabled, ExpirationInDays: 365 }] }
  LogsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Logs
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: 's3:*'
            Resource: [!GetAtt Logs.Arn, !Sub '\${Logs.Arn}/*']
            Condition: { Bool: { 'aws:SecureTransport': 'false' } }
          - Effect: Allow
            Principal: { Service: logging.s3.amazonaws.com }
            Action: 's3:PutObject'
            Resource: !Sub '\${Logs.Arn}/receipts/*'
            Condition:
              StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId }
              ArnEquals: { 'aws:SourceArn': !GetAtt Receipts.Arn }
  Receipts:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn } }] }
      VersioningConfiguration: { Status: Enabled }
      LifecycleConfiguration: { Rules: [{ Id: Clean, Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 90 } }] }
      LoggingConfiguration: { DestinationBucketName: !Ref Logs, LogFilePrefix: receipts/ }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      CorsConfiguration: { CorsRules: [{ AllowedMethods: [GET], AllowedOrigins: ['https://shop.example.com'] }] }
  ReceiptsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Receipts
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: { AWS: '*' }
            Action: 's3:*'
            Resource: [!GetAtt Receipts.Arn, !Join ['', [!GetAtt Receipts.Arn, '/*']]]
            Condition: { Bool: { 'aws:SecureTransport': 'false' } }
  Door:
    Type: AWS::S3::AccessPoint
    Properties: { Bucket: !Ref Receipts, PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } }
`,
  },
  mutants: [
    { name: 'no policy', rule: 'BucketTlsOnly', change: ({ Shop }) => { removeResources(Shop, 'ReceiptsPolicy'); } },
    { name: 'only reading needs TLS', rule: 'BucketTlsOnly', change: ({ Shop }) => { statement(Shop, 'ReceiptsPolicy').Action = ['s3:GetObject']; } },
    { name: 'only the bucket needs TLS, not its objects', rule: 'BucketTlsOnly', change: ({ Shop }) => { statement(Shop, 'ReceiptsPolicy').Resource.pop(); } },
    { name: 'TLS is what is denied', rule: 'BucketTlsOnly', change: ({ Shop }) => { statement(Shop, 'ReceiptsPolicy').Condition.Bool['aws:SecureTransport'] = 'true'; } },
    { name: 'one caller only needs TLS', rule: 'BucketTlsOnly', change: ({ Shop }) => { statement(Shop, 'ReceiptsPolicy').Principal = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }; } },
    {
      name: 'the denial is left out in some deployments',
      rule: 'BucketTlsOnly',
      change: ({ Shop }) => {
        const { PolicyDocument } = properties(Shop, 'ReceiptsPolicy');
        PolicyDocument.Statement = [{ 'Fn::If': ['Test', { Ref: 'AWS::NoValue' }, PolicyDocument.Statement[0]] }];
      },
    },
    { name: 'a public-access block comes from a map', rule: 'BucketPublicAccess', change: ({ Shop }) => { properties(Shop, 'Receipts').PublicAccessBlockConfiguration.BlockPublicPolicy = { 'Fn::FindInMap': ['Switch', 'Off', 'value'] }; } },
    { name: 'a list for whoever has an account', rule: 'BucketPublicAccess', change: ({ Shop }) => { properties(Shop, 'Receipts').AccessControl = 'AuthenticatedRead'; } },
    {
      name: 'half of the Internet, twice',
      rule: 'BucketPublicAccess',
      change: ({ Shop }) => {
        properties(Shop, 'ReceiptsPolicy').PolicyDocument.Statement.push({
          Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Receipts.Arn}/*' }, Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } },
        });
      },
    },
    { name: 'the key of S3', rule: 'BucketCustomerKey', change: ({ Shop }) => { properties(Shop, 'Receipts').BucketEncryption.ServerSideEncryptionConfiguration = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }]; } },
    { name: 'a key that AWS manages', rule: 'BucketCustomerKey', change: ({ Shop }) => { delete properties(Shop, 'Receipts').BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID; } },
    { name: 'keys of the writers', rule: 'BucketClientKeys', change: ({ Shop }) => { properties(Shop, 'Receipts').BucketEncryption.ServerSideEncryptionConfiguration[0].BlockedEncryptionTypes = { EncryptionType: ['NONE'] }; } },
    { name: 'no versions', rule: 'BucketVersions', change: ({ Shop }) => { properties(Shop, 'Receipts').VersioningConfiguration.Status = 'Suspended'; } },
    { name: 'versions in some deployments', rule: 'BucketVersions', change: ({ Shop }) => { properties(Shop, 'Receipts').VersioningConfiguration = { 'Fn::If': ['Test', { Ref: 'AWS::NoValue' }, { Status: 'Enabled' }] }; } },
    { name: 'nothing expires', rule: 'BucketLifecycle', change: ({ Shop }) => { properties(Shop, 'Receipts').LifecycleConfiguration.Rules[0].Status = 'Disabled'; } },
    { name: 'no access log', rule: 'BucketAccessLog', change: ({ Shop }) => { delete properties(Shop, 'Receipts').LoggingConfiguration; } },
    { name: 'a log of itself', rule: 'BucketAccessLog', change: ({ Shop }) => { properties(Shop, 'Receipts').LoggingConfiguration.DestinationBucketName = { Ref: 'Receipts' }; } },
    { name: 'objects belong to their writers', rule: 'BucketOwner', change: ({ Shop }) => { properties(Shop, 'Receipts').OwnershipControls.Rules[0].ObjectOwnership = 'ObjectWriter'; } },
    { name: 'a website', rule: 'BucketWebsite', change: ({ Shop }) => { properties(Shop, 'Receipts').WebsiteConfiguration = { IndexDocument: 'index.html' }; } },
    { name: 'pages of every site', rule: 'BucketCorsOrigin', change: ({ Shop }) => { properties(Shop, 'Receipts').CorsConfiguration.CorsRules[0].AllowedOrigins = ['https://shop.example.com', { 'Fn::Sub': '*' }]; } },
    {
      name: 'copies go to somebody',
      rule: 'BucketReplicaAccount',
      change: ({ Shop }) => {
        properties(Shop, 'Receipts').ReplicationConfiguration = { Role: { 'Fn::ImportValue': 'replication' }, Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere', Account: '444455556666' } }] };
      },
    },
    { name: 'an open access point', rule: 'AccessPointBlock', change: ({ Shop }) => { properties(Shop, 'Door').PublicAccessBlockConfiguration.RestrictPublicBuckets = 'false'; } },
    { name: 'the bucket goes with its stack', rule: 'RemovalPolicy', change: ({ Shop }) => { resourceOf(Shop, 'Receipts').DeletionPolicy = 'Delete'; } },
    { name: 'the bucket goes when it is replaced', rule: 'RemovalPolicy', change: ({ Shop }) => { delete resourceOf(Shop, 'Receipts').UpdateReplacePolicy; } },
    {
      name: 'the bucket is emptied',
      rule: 'DataRemoval',
      change: ({ Shop }) => { addResource(Shop, 'Empty', 'Custom::S3AutoDeleteObjects', { ServiceToken: { 'Fn::ImportValue': 'emptier' }, BucketName: { Ref: 'Receipts' } }); },
    },
  ],
  variants: [
    {
      name: 'a denial in two halves',
      change: ({ Shop }) => {
        const { PolicyDocument } = properties(Shop, 'ReceiptsPolicy');
        const [bucket, objects] = PolicyDocument.Statement[0].Resource;
        PolicyDocument.Statement = [{ ...PolicyDocument.Statement[0], Resource: bucket }, { ...PolicyDocument.Statement[0], Resource: objects }];
      },
    },
    { name: 'a denial as a boolean, with another case', change: ({ Shop }) => { statement(Shop, 'ReceiptsPolicy').Condition = { Bool: { 'AWS:securetransport': [false] } }; } },
    { name: 'switches as texts', change: ({ Shop }) => { properties(Shop, 'Receipts').PublicAccessBlockConfiguration.BlockPublicAcls = 'True'; } },
    { name: 'a switch from a map', change: ({ Shop }) => { properties(Shop, 'Receipts').PublicAccessBlockConfiguration.BlockPublicPolicy = { 'Fn::FindInMap': ['Switch', 'On', 'value'] }; } },
    { name: 'a list that opens nothing', change: ({ Shop }) => { properties(Shop, 'Receipts').AccessControl = 'Private'; } },
    { name: 'pages below a domain', change: ({ Shop }) => { properties(Shop, 'Receipts').CorsConfiguration.CorsRules[0].AllowedOrigins = ['https://*.example.com']; } },
    { name: 'an access point with the default', change: ({ Shop }) => { delete properties(Shop, 'Door').PublicAccessBlockConfiguration; } },
    { name: 'ownership by default', change: ({ Shop }) => { delete properties(Shop, 'Receipts').OwnershipControls; } },
    { name: 'kept, once it works', change: ({ Shop }) => { resourceOf(Shop, 'Receipts').DeletionPolicy = 'RetainExceptOnCreate'; } },
    { name: 'a key of another app', undecided: ['BucketCustomerKey'], change: ({ Shop }) => { properties(Shop, 'Receipts').BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID = { 'Fn::ImportValue': 'key' }; } },
  ],
};

const TABLES: Seed = {
  name: 'Tables with a key, as CDK writes them, and what reads one',
  style: 'cdk',
  stacks: {
    Keys: {
      Resources: {
        DataKey5C9A7C57: {
          Type: 'AWS::KMS::Key',
          Properties: {
            EnableKeyRotation: true,
            KeyPolicy: { Statement: [{ Action: 'kms:*', Effect: 'Allow', Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } }, Resource: '*' }] },
          },
          UpdateReplacePolicy: 'Retain',
          DeletionPolicy: 'Retain',
        },
      },
      Outputs: { Key: { Value: { 'Fn::GetAtt': ['DataKey5C9A7C57', 'Arn'] }, Export: { Name: 'Keys:DataKey' } } },
    },
    Shop: {
      Parameters: { Kind: { Type: 'String' } },
      Resources: {
        Orders0B2E5A48: {
          Type: 'AWS::DynamoDB::Table',
          Properties: {
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            BillingMode: 'PAY_PER_REQUEST',
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
            SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::ImportValue': 'Keys:DataKey' } },
            DeletionProtectionEnabled: true,
          },
          UpdateReplacePolicy: 'Retain',
          DeletionPolicy: 'Retain',
        },
        Carts7D1B3C21: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            BillingMode: 'PAY_PER_REQUEST',
            SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
            StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
            Replicas: ['eu-west-1', 'eu-central-1'].map((Region) => ({
              Region,
              PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
              DeletionProtectionEnabled: true,
              SSESpecification: { KMSMasterKeyId: { 'Fn::Sub': `arn:\${AWS::Partition}:kms:${Region}:\${AWS::AccountId}:key/mrk-1` } },
            })),
          },
          UpdateReplacePolicy: 'Retain',
          DeletionPolicy: 'Retain',
        },
        ReaderRole1A2B3C4D: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
          },
        },
        ReaderRoleDefaultPolicy5E6F7A8B: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'Reader',
            Roles: [{ Ref: 'ReaderRole1A2B3C4D' }],
            PolicyDocument: {
              Statement: [
                { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: { 'Fn::GetAtt': ['Orders0B2E5A48', 'Arn'] } },
                {
                  Effect: 'Allow',
                  Action: 'kms:Decrypt',
                  Resource: { 'Fn::ImportValue': 'Keys:DataKey' },
                  Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'dynamodb.${AWS::Region}.amazonaws.com' } } },
                },
              ],
            },
          },
        },
      },
    },
  },
  mutants: [
    {
      name: 'nothing said about the end of a table that is protected',
      rule: 'RemovalPolicy',
      change: ({ Shop }) => { delete resourceOf(Shop, 'Orders0B2E5A48').DeletionPolicy; },
    },
    { name: 'no recovery', rule: 'TableRecovery', change: ({ Shop }) => { delete properties(Shop, 'Orders0B2E5A48').PointInTimeRecoverySpecification; } },
    { name: 'no recovery in a replica', rule: 'TableRecovery', change: ({ Shop }) => { properties(Shop, 'Carts7D1B3C21').Replicas[1].PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled = 'false'; } },
    { name: 'no protection', rule: 'TableDeletionProtection', change: ({ Shop }) => { properties(Shop, 'Orders0B2E5A48').DeletionProtectionEnabled = false; } },
    { name: 'no protection of a replica', rule: 'TableDeletionProtection', change: ({ Shop }) => { delete properties(Shop, 'Carts7D1B3C21').Replicas[0].DeletionProtectionEnabled; } },
    {
      name: 'no protection in some deployments',
      rule: 'TableDeletionProtection',
      change: ({ Shop }) => { Shop.Conditions = MAYBE; properties(Shop, 'Orders0B2E5A48').DeletionProtectionEnabled = { 'Fn::If': ['Maybe', false, true] }; },
    },
    { name: 'a key that AWS manages', rule: 'TableCustomerKey', change: ({ Shop }) => { delete properties(Shop, 'Orders0B2E5A48').SSESpecification.KMSMasterKeyId; } },
    { name: 'a replica without a key', rule: 'TableCustomerKey', change: ({ Shop }) => { delete properties(Shop, 'Carts7D1B3C21').Replicas[1].SSESpecification; } },
    { name: 'a key by the alias of AWS', rule: 'TableCustomerKey', change: ({ Shop }) => { properties(Shop, 'Orders0B2E5A48').SSESpecification.KMSMasterKeyId = { 'Fn::Sub': 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/dynamodb' }; } },
    {
      name: 'the table goes with its stack',
      rule: 'DataRemoval',
      change: ({ Shop }) => { resourceOf(Shop, 'Orders0B2E5A48').DeletionPolicy = 'Delete'; properties(Shop, 'Orders0B2E5A48').DeletionProtectionEnabled = false; },
    },
    { name: 'the key goes when it is replaced', rule: 'DataRemoval', change: ({ Keys }) => { resourceOf(Keys, 'DataKey5C9A7C57').UpdateReplacePolicy = 'Delete'; } },
    { name: 'nothing is said about the end of the key', rule: 'RemovalPolicy', change: ({ Keys }) => { delete resourceOf(Keys, 'DataKey5C9A7C57').DeletionPolicy; } },
    { name: 'no rotation', rule: 'KeyRotation', change: ({ Keys }) => { properties(Keys, 'DataKey5C9A7C57').EnableKeyRotation = 'false'; } },
    { name: 'no word about rotation', rule: 'KeyRotation', change: ({ Keys }) => { delete properties(Keys, 'DataKey5C9A7C57').EnableKeyRotation; } },
    { name: 'a key that is off', rule: 'KeyEnabled', change: ({ Keys }) => { properties(Keys, 'DataKey5C9A7C57').Enabled = false; } },
    { name: 'a short wait', rule: 'KeyWaitingPeriod', change: ({ Keys }) => { properties(Keys, 'DataKey5C9A7C57').PendingWindowInDays = '7'; } },
    { name: 'a key for many regions', rule: 'KeyRegions', change: ({ Keys }) => { properties(Keys, 'DataKey5C9A7C57').MultiRegion = true; } },
    {
      name: 'the reader decrypts with every key',
      rule: 'StoreKeyBypassed',
      change: ({ Shop }) => {
        properties(Shop, 'ReaderRoleDefaultPolicy5E6F7A8B').PolicyDocument.Statement[1] = { Effect: 'Allow', Action: ['kms:decrypt', 'kms:DescribeKey'], Resource: '*' };
      },
    },
    { name: 'the reader may do everything', rule: 'StoreKeyBypassed', change: ({ Shop }) => { properties(Shop, 'ReaderRole1A2B3C4D').ManagedPolicyArns = [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/PowerUserAccess' }]; } },
    {
      name: 'everybody decrypts',
      rule: 'StoreKeyBypassed',
      change: ({ Keys }) => { properties(Keys, 'DataKey5C9A7C57').KeyPolicy.Statement.push({ Action: 'kms:*', Effect: 'Allow', Principal: { AWS: ['*'] }, Resource: '*' }); },
    },
  ],
  variants: [
    { name: 'switches as texts', change: ({ Shop }) => { Object.assign(properties(Shop, 'Orders0B2E5A48'), { DeletionProtectionEnabled: 'true', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'true' } }); } },
    { name: 'a waiting period of a month', change: ({ Keys }) => { properties(Keys, 'DataKey5C9A7C57').PendingWindowInDays = 30; } },
    {
      name: 'a key for signatures, which nobody can rotate',
      change: ({ Keys }) => {
        addResource(Keys, 'Signing', 'AWS::KMS::Key', { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      },
    },
    { name: 'protection as a parameter', undecided: ['TableDeletionProtection'], change: ({ Shop }) => { properties(Shop, 'Orders0B2E5A48').DeletionProtectionEnabled = { Ref: 'Kind' }; } },
  ],
};

const OTHERS: Seed = {
  name: 'A cache, a database, a file system and a vault, converted from Terraform',
  style: 'terraform',
  stacks: {
    Shop: {
      Resources: {
        tfCache: { Type: 'AWS::DAX::Cluster', Properties: { NodeType: 'dax.t3.small', ReplicationFactor: 3, IAMRoleARN: { 'Fn::ImportValue': 'dax' }, SSESpecification: { SSEEnabled: true }, ClusterEndpointEncryptionType: 'TLS' } },
        tfDatabase: {
          Type: 'AWS::RDS::DBCluster',
          DeletionPolicy: 'Snapshot',
          UpdateReplacePolicy: 'Snapshot',
          Properties: {
            Engine: 'aurora-postgresql',
            StorageEncrypted: true,
            ManageMasterUserPassword: true,
            MasterUsername: 'shop',
            BackupRetentionPeriod: 14,
            CopyTagsToSnapshot: true,
            DeletionProtection: true,
            EnableCloudwatchLogsExports: ['postgresql'],
            EnableIAMDatabaseAuthentication: true,
          },
        },
        tfProxy: { Type: 'AWS::RDS::DBProxy', Properties: { DBProxyName: 'shop', EngineFamily: 'POSTGRESQL', RequireTLS: true, RoleArn: { 'Fn::ImportValue': 'proxy' }, VpcSubnetIds: { 'Fn::Split': [',', { 'Fn::ImportValue': 'subnets' }] } } },
        tfSearch: {
          Type: 'AWS::OpenSearchService::Domain',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            EngineVersion: 'OpenSearch_2.17',
            DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
            EncryptionAtRestOptions: { Enabled: true },
            NodeToNodeEncryptionOptions: { Enabled: true },
            LogPublishingOptions: Object.fromEntries(['ES_APPLICATION_LOGS', 'INDEX_SLOW_LOGS', 'SEARCH_SLOW_LOGS']
              .map((log) => [log, { Enabled: true, CloudWatchLogsLogGroupArn: { 'Fn::ImportValue': 'logs' } }])),
          },
        },
        tfBuild: {
          Type: 'AWS::CodeBuild::Project',
          Properties: {
            Name: 'shop',
            Artifacts: { Type: 'NO_ARTIFACTS' },
            EncryptionKey: { 'Fn::ImportValue': 'key' },
            ServiceRole: { 'Fn::ImportValue': 'builds' },
            Source: { Type: 'NO_SOURCE', BuildSpec: '{}' },
            Environment: { ComputeType: 'BUILD_GENERAL1_SMALL', Image: 'aws/codebuild/standard:7.0', Type: 'LINUX_CONTAINER' },
          },
        },
        tfInstance: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { Engine: 'aurora-postgresql', DBInstanceClass: 'db.serverless', DBClusterIdentifier: { Ref: 'tfDatabase' }, PubliclyAccessible: false } },
        tfFiles: { Type: 'AWS::EFS::FileSystem', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { Encrypted: true } },
        tfVault: { Type: 'AWS::Backup::BackupVault', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { BackupVaultName: 'shop', LockConfiguration: { MinRetentionDays: 35 } } },
      },
    },
  },
  mutants: [
    { name: 'a cache in the clear', rule: 'StoreEncryption', change: ({ Shop }) => { delete properties(Shop, 'tfCache').SSESpecification; } },
    { name: 'a cache without TLS', rule: 'StoreEncryption', change: ({ Shop }) => { properties(Shop, 'tfCache').ClusterEndpointEncryptionType = 'NONE'; } },
    { name: 'a database in the clear', rule: 'StoreEncryption', change: ({ Shop }) => { properties(Shop, 'tfDatabase').StorageEncrypted = 'false'; } },
    { name: 'a database on the Internet', rule: 'StorePublicAccess', change: ({ Shop }) => { properties(Shop, 'tfInstance').PubliclyAccessible = 'true'; } },
    { name: 'a database that is brought back to yesterday at most', rule: 'DatabaseBackupDays', change: ({ Shop }) => { delete properties(Shop, 'tfDatabase').BackupRetentionPeriod; } },
    { name: 'a database that one call deletes', rule: 'DatabaseDeletionProtection', change: ({ Shop }) => { properties(Shop, 'tfDatabase').DeletionProtection = 'false'; } },
    { name: 'a database for passwords alone', rule: 'DatabaseIamAuthentication', change: ({ Shop }) => { delete properties(Shop, 'tfDatabase').EnableIAMDatabaseAuthentication; } },
    { name: 'a database that keeps its logs to itself', rule: 'DatabaseLogs', change: ({ Shop }) => { properties(Shop, 'tfDatabase').EnableCloudwatchLogsExports = ['instance']; } },
    { name: 'a database without the fixes of its engine', rule: 'DatabaseMinorUpgrades', change: ({ Shop }) => { properties(Shop, 'tfInstance').AutoMinorVersionUpgrade = 'false'; } },
    { name: 'a database whose snapshots lose its tags', rule: 'DatabaseSnapshotTags', change: ({ Shop }) => { delete properties(Shop, 'tfDatabase').CopyTagsToSnapshot; } },
    { name: 'a proxy that takes connections without TLS', rule: 'DatabaseProxyTls', change: ({ Shop }) => { delete properties(Shop, 'tfProxy').RequireTLS; } },
    { name: 'a build with the key that AWS manages', rule: 'BuildCustomerKey', change: ({ Shop }) => { properties(Shop, 'tfBuild').EncryptionKey = 'alias/aws/s3'; } },
    { name: 'a search domain that takes old versions of TLS', rule: 'SearchTlsPolicy', change: ({ Shop }) => { delete properties(Shop, 'tfSearch').DomainEndpointOptions.TLSSecurityPolicy; } },
    { name: 'a search domain that keeps its errors to itself', rule: 'DatabaseLogs', change: ({ Shop }) => { properties(Shop, 'tfSearch').LogPublishingOptions.ES_APPLICATION_LOGS.Enabled = false; } },
    { name: 'a file system that goes with its stack', rule: 'DataRemoval', change: ({ Shop }) => { resourceOf(Shop, 'tfFiles').DeletionPolicy = 'Delete'; } },
    { name: 'a vault that can be emptied', rule: 'BackupVaultLock', change: ({ Shop }) => { delete properties(Shop, 'tfVault').LockConfiguration; } },
  ],
  variants: [
    {
      name: 'a replica takes over the encryption of its source',
      change: ({ Shop }) => {
        const watched = { CopyTagsToSnapshot: true, DeletionProtection: true, EnableCloudwatchLogsExports: ['error'], EnableIAMDatabaseAuthentication: true };
        addResource(Shop, 'tfReplica', 'AWS::RDS::DBInstance', { SourceDBInstanceIdentifier: 'shop', PubliclyAccessible: false, ...watched }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      },
    },
    { name: 'a database of which a snapshot is taken by default', change: ({ Shop }) => { delete resourceOf(Shop, 'tfDatabase').DeletionPolicy; } },
  ],
};

/** Buckets, tables and other stores, and the keys that encrypt them. */
export const STORE_SEEDS: readonly Seed[] = [BUCKETS, TABLES, OTHERS];
