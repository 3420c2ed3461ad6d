/** What a policy lets others use. */
export enum PolicyKind {
  API = 'api',
  BACKUP = 'backup vault',
  BUCKET = 'bucket',
  BUS = 'event bus',
  ENDPOINT = 'endpoint',
  FILE_SYSTEM = 'file system',
  FUNCTION = 'function',
  KEY = 'key',
  LAMBDA_RESOURCE = 'Lambda resource',
  LAYER = 'layer',
  LOGS = 'log group',
  LOG_DESTINATION = 'log destination',
  OTHER = 'resource',
  QUEUE = 'queue',
  REPOSITORY = 'repository',
  ROLE = 'role',
  SECRET = 'secret',
  STREAM = 'stream',
  TABLE = 'table',
  TOPIC = 'topic',
}

/** Where a resource type holds a policy; no `on` where it is about the resource itself. */
export interface PolicyPlace {
  readonly kind: PolicyKind;
  /** Path of the document below `Properties`; `[]` stands for each element of a list. */
  readonly document: string;
  readonly on?: string;
}

const TABLE_PLACES: readonly PolicyPlace[] = [
  { kind: PolicyKind.TABLE, document: 'ResourcePolicy.PolicyDocument' },
  { kind: PolicyKind.STREAM, document: 'StreamSpecification.ResourcePolicy.PolicyDocument' },
];

/** Where CloudFormation has policies of resources. Data, and the one place for it. */
export const POLICY_PLACES: { readonly [type: string]: readonly PolicyPlace[] } = {
  'AWS::APS::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'PolicyDocument', on: 'WorkspaceArn' }],
  'AWS::ApiGateway::DomainNameV2': [{ kind: PolicyKind.API, document: 'Policy' }],
  'AWS::ApiGateway::RestApi': [{ kind: PolicyKind.API, document: 'Policy' }, { kind: PolicyKind.API, document: 'Body.x-amazon-apigateway-policy' }],
  'AWS::Backup::BackupVault': [{ kind: PolicyKind.BACKUP, document: 'AccessPolicy' }],
  'AWS::Backup::LogicallyAirGappedBackupVault': [{ kind: PolicyKind.BACKUP, document: 'AccessPolicy' }],
  'AWS::Bedrock::KnowledgeBasePolicy': [{ kind: PolicyKind.OTHER, document: 'PolicyDocument', on: 'KnowledgeBaseId' }],
  'AWS::Bedrock::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'PolicyDocument', on: 'ResourceArn' }],
  'AWS::BedrockAgentCore::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'Policy', on: 'ResourceArn' }],
  'AWS::CloudTrail::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'ResourcePolicy', on: 'ResourceArn' }],
  'AWS::CodeArtifact::Domain': [{ kind: PolicyKind.REPOSITORY, document: 'PermissionsPolicyDocument' }],
  'AWS::CodeArtifact::Repository': [{ kind: PolicyKind.REPOSITORY, document: 'PermissionsPolicyDocument' }],
  'AWS::DynamoDB::GlobalTable': [
    { kind: PolicyKind.TABLE, document: 'Replicas.[].ResourcePolicy.PolicyDocument' },
    { kind: PolicyKind.STREAM, document: 'Replicas.[].ReplicaStreamSpecification.ResourcePolicy.PolicyDocument' },
  ],
  'AWS::DynamoDB::Table': TABLE_PLACES,
  'AWS::EC2::VPCEndpoint': [{ kind: PolicyKind.ENDPOINT, document: 'PolicyDocument' }],
  'AWS::ECR::RegistryPolicy': [{ kind: PolicyKind.REPOSITORY, document: 'PolicyText' }],
  'AWS::ECR::Repository': [{ kind: PolicyKind.REPOSITORY, document: 'RepositoryPolicyText' }],
  'AWS::EFS::FileSystem': [{ kind: PolicyKind.FILE_SYSTEM, document: 'FileSystemPolicy' }],
  'AWS::Elasticsearch::Domain': [{ kind: PolicyKind.OTHER, document: 'AccessPolicies' }],
  'AWS::EventSchemas::RegistryPolicy': [{ kind: PolicyKind.OTHER, document: 'Policy', on: 'RegistryName' }],
  'AWS::Events::EventBus': [{ kind: PolicyKind.BUS, document: 'Policy' }],
  'AWS::IAM::Role': [{ kind: PolicyKind.ROLE, document: 'AssumeRolePolicyDocument' }],
  'AWS::KMS::Key': [{ kind: PolicyKind.KEY, document: 'KeyPolicy' }],
  'AWS::KMS::ReplicaKey': [{ kind: PolicyKind.KEY, document: 'KeyPolicy' }],
  'AWS::EventsV2::ResourcePolicy': [{ kind: PolicyKind.BUS, document: 'PolicyDocument', on: 'EventBusArn' }],
  'AWS::Kinesis::ResourcePolicy': [{ kind: PolicyKind.STREAM, document: 'ResourcePolicy', on: 'ResourceArn' }],
  'AWS::Lambda::ResourcePolicy': [{ kind: PolicyKind.LAMBDA_RESOURCE, document: 'PolicyDocument', on: 'ResourceArn' }],
  'AWS::Lex::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'Policy', on: 'ResourceArn' }],
  'AWS::Logs::DeliveryDestination': [
    { kind: PolicyKind.LOG_DESTINATION, document: 'DeliveryDestinationPolicy.DeliveryDestinationPolicy' },
    { kind: PolicyKind.LOG_DESTINATION, document: 'DestinationPolicy.DeliveryDestinationPolicy' },
  ],
  'AWS::Logs::Destination': [{ kind: PolicyKind.LOG_DESTINATION, document: 'DestinationPolicy' }],
  'AWS::Logs::LogGroup': [{ kind: PolicyKind.LOGS, document: 'ResourcePolicyDocument' }],
  'AWS::Logs::ResourcePolicy': [{ kind: PolicyKind.LOGS, document: 'PolicyDocument' }],
  'AWS::MSK::ClusterPolicy': [{ kind: PolicyKind.STREAM, document: 'Policy', on: 'ClusterArn' }],
  'AWS::OSIS::Pipeline': [{ kind: PolicyKind.OTHER, document: 'ResourcePolicy.Policy' }],
  'AWS::Oam::Sink': [{ kind: PolicyKind.LOG_DESTINATION, document: 'Policy' }],
  'AWS::OpenSearchService::Domain': [{ kind: PolicyKind.OTHER, document: 'AccessPolicies' }],
  'AWS::S3::AccessPoint': [{ kind: PolicyKind.BUCKET, document: 'Policy', on: 'Bucket' }],
  'AWS::S3::BucketPolicy': [{ kind: PolicyKind.BUCKET, document: 'PolicyDocument', on: 'Bucket' }],
  'AWS::S3::MultiRegionAccessPointPolicy': [{ kind: PolicyKind.BUCKET, document: 'Policy' }],
  'AWS::S3Express::BucketPolicy': [{ kind: PolicyKind.BUCKET, document: 'PolicyDocument', on: 'Bucket' }],
  'AWS::S3Files::FileSystemPolicy': [{ kind: PolicyKind.FILE_SYSTEM, document: 'Policy', on: 'FileSystemId' }],
  'AWS::S3ObjectLambda::AccessPointPolicy': [{ kind: PolicyKind.BUCKET, document: 'PolicyDocument' }],
  'AWS::S3Outposts::BucketPolicy': [{ kind: PolicyKind.BUCKET, document: 'PolicyDocument', on: 'Bucket' }],
  'AWS::S3Tables::TableBucketPolicy': [{ kind: PolicyKind.BUCKET, document: 'ResourcePolicy', on: 'TableBucketARN' }],
  'AWS::S3Tables::TablePolicy': [{ kind: PolicyKind.TABLE, document: 'ResourcePolicy', on: 'TableARN' }],
  'AWS::S3Vectors::VectorBucketPolicy': [{ kind: PolicyKind.BUCKET, document: 'Policy', on: 'VectorBucketArn' }],
  'AWS::SMSVOICE::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'PolicyDocument', on: 'ResourceArn' }],
  'AWS::SNS::TopicInlinePolicy': [{ kind: PolicyKind.TOPIC, document: 'PolicyDocument', on: 'TopicArn' }],
  'AWS::SNS::TopicPolicy': [{ kind: PolicyKind.TOPIC, document: 'PolicyDocument', on: 'Topics' }],
  'AWS::SQS::QueueInlinePolicy': [{ kind: PolicyKind.QUEUE, document: 'PolicyDocument', on: 'Queue' }],
  'AWS::SQS::QueuePolicy': [{ kind: PolicyKind.QUEUE, document: 'PolicyDocument', on: 'Queues' }],
  'AWS::SSM::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'Policy', on: 'ResourceArn' }],
  'AWS::SecretsManager::ResourcePolicy': [{ kind: PolicyKind.SECRET, document: 'ResourcePolicy', on: 'SecretId' }],
  'AWS::VpcLattice::AuthPolicy': [{ kind: PolicyKind.OTHER, document: 'Policy', on: 'ResourceIdentifier' }],
  'AWS::VpcLattice::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'Policy', on: 'ResourceArn' }],
  'AWS::XRay::ResourcePolicy': [{ kind: PolicyKind.OTHER, document: 'PolicyDocument' }],
};
