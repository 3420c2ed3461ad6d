/** What hardening may touch, or stands so near that it must know what it must not touch. By service, since one line a type would fill the page. */
const BY_SERVICE: { readonly [service: string]: readonly string[] } = {
  ApiGateway: [
    'Account', 'ApiKey', 'Authorizer', 'BasePathMapping', 'ClientCertificate', 'Deployment', 'DomainName', 'GatewayResponse', 'Method', 'Model', 'RequestValidator',
    'Resource', 'RestApi', 'Stage', 'UsagePlan', 'UsagePlanKey', 'VpcLink',
  ],
  ApiGatewayV2: ['Api', 'ApiMapping', 'Authorizer', 'Deployment', 'DomainName', 'Integration', 'Route', 'Stage', 'VpcLink'],
  AppSync: ['GraphQLApi', 'ApiKey', 'DataSource'],
  Backup: ['BackupPlan', 'BackupSelection', 'BackupVault'],
  CertificateManager: ['Certificate'],
  CloudFront: ['CachePolicy', 'Distribution', 'Function', 'OriginAccessControl', 'ResponseHeadersPolicy'],
  CloudTrail: ['Trail'],
  CloudWatch: ['Alarm', 'CompositeAlarm', 'Dashboard'],
  CodeBuild: ['Project'],
  CodeDeploy: ['Application', 'DeploymentConfig', 'DeploymentGroup'],
  Cognito: ['IdentityPool', 'IdentityPoolRoleAttachment', 'UserPool', 'UserPoolClient', 'UserPoolDomain', 'UserPoolGroup', 'UserPoolResourceServer'],
  DocDB: ['DBCluster'],
  DynamoDB: ['GlobalTable', 'Table'],
  EC2: ['FlowLog', 'SecurityGroup', 'SecurityGroupIngress', 'Subnet', 'VPC', 'VPCEndpoint'],
  ECR: ['Repository'],
  ECS: ['Cluster', 'Service', 'TaskDefinition'],
  EFS: ['AccessPoint', 'FileSystem'],
  ElasticLoadBalancingV2: ['Listener', 'ListenerRule', 'LoadBalancer', 'TargetGroup'],
  Events: ['ApiDestination', 'Archive', 'Connection', 'EventBus', 'EventBusPolicy', 'Rule'],
  IAM: ['Group', 'GroupPolicy', 'ManagedPolicy', 'Policy', 'Role', 'RolePolicy', 'User', 'UserPolicy'],
  KMS: ['Alias', 'Key'],
  Kinesis: ['Stream', 'StreamConsumer'],
  KinesisFirehose: ['DeliveryStream'],
  Lambda: [
    'Alias', 'CodeSigningConfig', 'EventInvokeConfig', 'EventSourceMapping', 'Function', 'LayerVersion', 'LayerVersionPermission', 'Permission', 'Url', 'Version',
  ],
  Logs: ['LogGroup', 'MetricFilter', 'ResourcePolicy', 'SubscriptionFilter'],
  Neptune: ['DBCluster'],
  Pipes: ['Pipe'],
  RDS: ['DBCluster', 'DBInstance', 'DBProxy'],
  S3: ['AccessPoint', 'Bucket', 'BucketPolicy'],
  SNS: ['Subscription', 'Topic', 'TopicPolicy'],
  SQS: ['Queue', 'QueuePolicy'],
  SSM: ['Parameter'],
  Scheduler: ['Schedule', 'ScheduleGroup'],
  SecretsManager: ['ResourcePolicy', 'RotationSchedule', 'Secret', 'SecretTargetAttachment'],
  StepFunctions: ['Activity', 'StateMachine'],
  WAFv2: ['LoggingConfiguration', 'WebACL', 'WebACLAssociation'],
};

export const HARDENED_TYPES: readonly string[] = Object.entries(BY_SERVICE)
  .flatMap(([service, names]) => names.map((name) => `AWS::${service}::${name}`))
  .sort();
