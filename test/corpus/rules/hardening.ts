import { addResource, properties, removeResources, resourceOf, Seed } from '../seed';

const HARDENED: Seed = {
  name: 'A shop in a network of its own, with its trail, its keys and its backups, by hand',
  style: 'yaml',
  profile: 'regulated',
  stacks: {
    Shop: `
Parameters:
  Key: { Type: String }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Recorded: { Type: AWS::EC2::FlowLog, Properties: { ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL, LogDestination: !ImportValue flow-logs } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a } }
  Second: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: eu-west-1b } }
  Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Joined: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Subnet, RouteTableId: !Ref Routes } }
  Tables:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub com.amazonaws.\${AWS::Region}.dynamodb
      RouteTableIds: [!Ref Routes]
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: { AWS: !GetAtt Role.Arn }, Action: 'dynamodb:GetItem', Resource: !GetAtt Orders.Arn }]
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: functions of the shop
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16, Description: endpoints }]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      Policies:
        - PolicyName: Orders
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt Logs.Arn }
              - { Effect: Allow, Action: 'dynamodb:GetItem', Resource: !GetAtt Orders.Arn }
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !Ref Key }
  Place:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 10
      MemorySize: 256
      ReservedConcurrentExecutions: 10
      CodeSigningConfigArn: !ImportValue signing
      Code: { S3Bucket: !ImportValue code, S3Key: place.zip }
      LoggingConfig: { LogGroup: !Ref Logs }
      TracingConfig: { Mode: Active }
      VpcConfig: { SubnetIds: [!Ref Subnet, !Ref Second], SecurityGroupIds: [!GetAtt Group.GroupId] }
      Tags: [{ Key: team, Value: shop }]
  Orders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      BillingMode: PAY_PER_REQUEST
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !Ref Key }
      Tags: [{ Key: team, Value: shop }]
  Selected:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !ImportValue plan
      BackupSelection: { SelectionName: tables, IamRoleArn: !ImportValue backup-role, Resources: [!GetAtt Orders.Arn] }
  Records:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      ObjectLockEnabled: true
      VersioningConfiguration: { Status: Enabled }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !Ref Key } }] }
      Tags: [{ Key: team, Value: shop }]
  TlsOnly:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Records
      PolicyDocument:
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: 's3:*'
            Resource: [!GetAtt Records.Arn, !Sub '\${Records.Arn}/*']
            Condition: { Bool: { 'aws:SecureTransport': 'false' } }
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      IsMultiRegionTrail: true
      EnableLogFileValidation: true
      KMSKeyId: !Ref Key
      CloudWatchLogsLogGroupArn: !ImportValue trail-logs
      S3BucketName: !ImportValue trail-bucket
      AdvancedEventSelectors:
        - FieldSelectors: [{ Field: eventCategory, Equals: [Data] }, { Field: resources.type, Equals: ['AWS::Lambda::Function'] }]
        - FieldSelectors: [{ Field: eventCategory, Equals: [Data] }, { Field: resources.type, Equals: ['AWS::S3::Object'] }]
  Lake: { Type: AWS::CloudTrail::EventDataStore, Properties: { KmsKeyId: !Ref Key } }
  Detector: { Type: AWS::GuardDuty::Detector, Properties: { Enable: true, Features: [{ Name: LAMBDA_NETWORK_LOGS, Status: ENABLED }] } }
  Letters:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      KeySpec: RSA_4096
      KeyUsage: ENCRYPT_DECRYPT
      KeyPolicy:
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - { Effect: Allow, Principal: { AWS: !GetAtt Role.Arn }, Action: 'kms:Decrypt', Resource: '*' }
      Tags: [{ Key: team, Value: shop }]
  Front:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        WebACLId: !ImportValue front-acl
        Logging: { Bucket: !ImportValue log-bucket }
        ViewerCertificate: { AcmCertificateArn: !ImportValue certificate, MinimumProtocolVersion: TLSv1.2_2021, SslSupportMethod: sni-only }
        Restrictions: { GeoRestriction: { RestrictionType: whitelist, Locations: [DE] } }
        Origins: [{ Id: files, DomainName: !GetAtt Records.RegionalDomainName, OriginAccessControlId: !ImportValue control, S3OriginConfig: {} }]
        DefaultCacheBehavior: { TargetOriginId: files, ViewerProtocolPolicy: https-only, TrustedKeyGroups: [!ImportValue readers] }
      Tags: [{ Key: team, Value: shop }]
`,
  },
  mutants: [
    { name: 'a bucket with dots in its name', rule: 'BucketNameDots', change: ({ Shop }) => { properties(Shop, 'Records').BucketName = 'records.example.com'; } },
    { name: 'a bucket with a name that is easy to guess', rule: 'BucketNamePredictable', change: ({ Shop }) => { properties(Shop, 'Records').BucketName = { 'Fn::Sub': 'records-${AWS::AccountId}-${AWS::Region}' }; } },
    { name: 'versions that can be deleted', rule: 'BucketObjectLock', change: ({ Shop }) => { delete properties(Shop, 'Records').ObjectLockEnabled; } },
    { name: 'GuardDuty does not look at functions', rule: 'DetectorSettings', change: ({ Shop }) => { properties(Shop, 'Detector').Features[0].Status = 'DISABLED'; } },
    {
      name: 'keys of the root user',
      rule: 'DistributionSigners',
      change: ({ Shop }) => {
        const behavior = properties(Shop, 'Front').DistributionConfig.DefaultCacheBehavior;
        behavior.TrustedSigners = ['self'];
        delete behavior.TrustedKeyGroups;
      },
    },
    { name: 'a role without the right to log', rule: 'FunctionLogRights', change: ({ Shop }) => { properties(Shop, 'Role').Policies[0].PolicyDocument.Statement.shift(); } },
    {
      name: 'a way to the internet from the subnet',
      rule: 'FunctionSubnetPublic',
      change: ({ Shop }) => {
        addResource(Shop, 'Gateway', 'AWS::EC2::InternetGateway', {});
        addResource(Shop, 'Out', 'AWS::EC2::Route', { RouteTableId: { Ref: 'Routes' }, DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Gateway' } });
      },
    },
    { name: 'grants for whoever the function chooses', rule: 'KeyGrantScope', change: ({ Shop }) => { properties(Shop, 'Letters').KeyPolicy.Statement[1].Action = ['kms:Decrypt', 'kms:CreateGrant']; } },
    { name: 'a short key', rule: 'KeyLength', change: ({ Shop }) => { properties(Shop, 'Letters').KeySpec = 'RSA_2048'; } },
    {
      name: 'a password for a download',
      rule: 'MetadataCredentials',
      change: ({ Shop }) => {
        resourceOf(Shop, 'Place').Metadata = { 'AWS::CloudFormation::Authentication': { files: { type: 'basic', username: 'deploy', password: 'correct-horse' } } };
      },
    },
    { name: 'no endpoint left', rule: 'NetworkEndpoints', change: ({ Shop }) => removeResources(Shop, 'Tables') },
    { name: 'a bucket of somebody else', rule: 'OriginBucketElsewhere', change: ({ Shop }) => { properties(Shop, 'Front').DistributionConfig.Origins[0].DomainName = 'old-shop.s3.eu-west-1.amazonaws.com'; } },
    { name: 'a function without an owner', rule: 'OwnerTags', change: ({ Shop }) => { delete properties(Shop, 'Place').Tags; } },
    { name: 'all ports of the network', rule: 'SecurityGroupPorts', change: ({ Shop }) => { properties(Shop, 'Group').SecurityGroupEgress[0].FromPort = 0; } },
    { name: 'an opening that nobody explains', rule: 'SecurityGroupPurpose', change: ({ Shop }) => { delete properties(Shop, 'Group').SecurityGroupEgress[0].Description; } },
    { name: 'a table that no plan has', rule: 'TableBackupPlan', change: ({ Shop }) => removeResources(Shop, 'Selected') },
    { name: 'a table paid by units', rule: 'TableCapacity', change: ({ Shop }) => { properties(Shop, 'Orders').BillingMode = 'PROVISIONED'; } },
    {
      name: 'a trail without the reads of objects',
      rule: 'TrailDataEvents',
      change: ({ Shop }) => {
        properties(Shop, 'Trail').AdvancedEventSelectors[1].FieldSelectors.push({ Field: 'readOnly', Equals: ['false'] });
      },
    },
    { name: 'a lake without a key', rule: 'TrailLakeKey', change: ({ Shop }) => { delete properties(Shop, 'Lake').KmsKeyId; } },
    {
      name: 'findings about what is open that nobody looks at',
      rule: 'FindingArchiveWide',
      change: ({ Shop }) => addResource(Shop, 'Outside', 'AWS::AccessAnalyzer::Analyzer', {
        Type: 'ACCOUNT', ArchiveRules: [{ RuleName: 'quiet', Filter: [{ Property: 'isPublic', Eq: ['true'] }] }],
      }),
    },
    { name: 'a web ACL of the first generation', rule: 'WebAclClassic', change: ({ Shop }) => addResource(Shop, 'Old', 'AWS::WAFRegional::WebACL', { DefaultAction: { Type: 'ALLOW' } }) },
  ],
  variants: [
    {
      name: 'capacity that follows the load',
      change: ({ Shop }) => {
        properties(Shop, 'Orders').BillingMode = 'PROVISIONED';
        for (const kind of ['Read', 'Write']) {
          addResource(Shop, kind, 'AWS::ApplicationAutoScaling::ScalableTarget', {
            ResourceId: { 'Fn::Sub': 'table/${Orders}' }, ScalableDimension: `dynamodb:table:${kind}CapacityUnits`, ServiceNamespace: 'dynamodb',
          });
        }
      },
    },
    {
      name: 'the policy of AWS for functions in the place of the statement',
      change: ({ Shop }) => {
        properties(Shop, 'Role').Policies[0].PolicyDocument.Statement.shift();
        properties(Shop, 'Role').ManagedPolicyArns = [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }];
      },
    },
    {
      name: 'grants for services of AWS',
      change: ({ Shop }) => {
        const [, statement] = properties(Shop, 'Letters').KeyPolicy.Statement;
        statement.Action = ['kms:Decrypt', 'kms:CreateGrant'];
        statement.Condition = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
      },
    },
    { name: 'a name that only the stack knows', change: ({ Shop }) => { properties(Shop, 'Records').BucketName = { 'Fn::Sub': '${AWS::StackName}-${AWS::AccountId}-${AWS::Region}' }; } },
    {
      name: 'credentials by a role',
      change: ({ Shop }) => {
        resourceOf(Shop, 'Place').Metadata = { 'AWS::CloudFormation::Authentication': { files: { type: 'S3', roleName: { Ref: 'Role' } } } };
      },
    },
  ],
};

export const HARDENING_SEEDS: readonly Seed[] = [HARDENED];
