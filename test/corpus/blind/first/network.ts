import { add, BlindSeed, breach, fault, prop, remove, safe } from '../support';

/** A function in a network with a file system, by hand. */
const TEMPLATE = `
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }] }
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsSupport: true, EnableDnsHostnames: true } }
  FlowLogsRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: vpc-flow-logs.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { aws:SourceAccount: !Ref AWS::AccountId } } }] }
      Policies: [{ PolicyName: logs, PolicyDocument: { Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt FlowLogs.Arn }] } }]
  FlowLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  FlowLog: { Type: AWS::EC2::FlowLog, Properties: { ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL, LogGroupName: !Ref FlowLogs, DeliverLogsPermissionArn: !GetAtt FlowLogsRole.Arn } }
  SubnetA: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""], MapPublicIpOnLaunch: false } }
  SubnetB: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [1, !GetAZs ""], MapPublicIpOnLaunch: false } }
  Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      GroupDescription: The function
      SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16, Description: endpoints }]
  Table:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      ServiceName: !Sub "com.amazonaws.\${AWS::Region}.dynamodb"
      VpcEndpointType: Gateway
      RouteTableIds: [!Ref Routes]
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: "*", Action: "*", Resource: "*", Condition: { StringEquals: { aws:ResourceOrgID: o-abcdef1234, aws:PrincipalOrgID: o-abcdef1234 } } }]
  Files:
    Type: AWS::EFS::FileSystem
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { Encrypted: true, KmsKeyId: !GetAtt Key.Arn, BackupPolicy: { Status: ENABLED } }
  Point:
    Type: AWS::EFS::AccessPoint
    Properties: { FileSystemId: !Ref Files, PosixUser: { Uid: "1001", Gid: "1001" }, RootDirectory: { Path: /app, CreationInfo: { OwnerUid: "1001", OwnerGid: "1001", Permissions: "750" } } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: work
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt Logs.Arn }
              - { Effect: Allow, Action: [elasticfilesystem:ClientMount, elasticfilesystem:ClientWrite], Resource: !GetAtt Files.Arn, Condition: { StringEquals: { elasticfilesystem:AccessPointArn: !GetAtt Point.Arn } } }
              - { Effect: Allow, Action: [ec2:CreateNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets, ec2:DeleteNetworkInterface], Resource: "*" }
  Logs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  Index:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Runtime: python3.13
      Handler: index.handler
      Timeout: 300
      MemorySize: 512
      ReservedConcurrentExecutions: 2
      TracingConfig: { Mode: Active }
      Code: { S3Bucket: shop-artifacts, S3Key: index.zip, S3ObjectVersion: "7" }
      CodeSigningConfigArn: !ImportValue code-signing
      LoggingConfig: { LogGroup: !Ref Logs, LogFormat: JSON }
      VpcConfig: { SubnetIds: [!Ref SubnetA, !Ref SubnetB], SecurityGroupIds: [!Ref Group] }
      FileSystemConfigs: [{ Arn: !GetAtt Point.Arn, LocalMountPath: /mnt/app }]
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Index }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Throttles:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Index }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
`;

/** A function in a network. */
export const NETWORK: BlindSeed = {
  name: 'A function in a network with a file system, by hand',
  style: 'yaml',
  stacks: { Net: TEMPLATE },
  mutants: [
    fault('G79', 'an endpoint without a policy', ({ Net }) => { delete prop(Net, 'Table').PolicyDocument; }),
    fault('G79', 'an endpoint for every table of the world', ({ Net }) => { delete prop(Net, 'Table').PolicyDocument.Statement[0].Condition; }),
    fault('G79', 'an interface without a policy', ({ Net }) => {
      add(Net, 'Secrets', 'AWS::EC2::VPCEndpoint', {
        VpcId: { Ref: 'Vpc' },
        ServiceName: { 'Fn::Join': ['.', ['com.amazonaws', { Ref: 'AWS::Region' }, 'secretsmanager']] },
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: true,
        SubnetIds: [{ Ref: 'SubnetA' }],
        SecurityGroupIds: [{ Ref: 'Group' }],
      });
    }),
    fault('G90', 'whoever mounts is root', ({ Net }) => { delete prop(Net, 'Point').PosixUser; }),
    fault('G90', 'more room than anybody needs', ({ Net }) => { prop(Net, 'Index').EphemeralStorage = { Size: '10240' }; }),
    fault('G90', 'a quarter of an hour without a bound', ({ Net }) => {
      prop(Net, 'Index').Timeout = 900;
      delete prop(Net, 'Index').ReservedConcurrentExecutions;
    }),
    fault('G10', 'modules from the file system', ({ Net }) => { prop(Net, 'Index').Environment = { Variables: { PYTHONPATH: { 'Fn::Join': [':', ['/var/task', '/mnt/app/lib']] } } }; }),
    fault('G29', 'the flow logs of anybody', ({ Net }) => {
      prop(Net, 'FlowLogsRole').AssumeRolePolicyDocument.Statement = {
        Effect: 'Allow', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole',
      };
    }),
    breach('1.14 network', 'no flow log', ({ Net }) => { remove(Net, 'FlowLog'); }),
    breach('1.14 network', 'the whole world may come', ({ Net }) => {
      prop(Net, 'Group').SecurityGroupIngress = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0', Description: 'help' }];
    }),
    breach('1.14 network', 'the whole world may come, by a resource of its own', ({ Net }) => {
      add(Net, 'In', 'AWS::EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, IpProtocol: '-1', CidrIpv6: '::/0' });
    }),
    breach('1.14 network', 'the function may go anywhere', ({ Net }) => { prop(Net, 'Group').SecurityGroupEgress = [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]; }),
    breach('1.14 network', 'a public address', ({ Net }) => { prop(Net, 'SubnetA').MapPublicIpOnLaunch = 'true'; }),
    breach('1.1 two zones', 'one zone', ({ Net }) => { prop(Net, 'Index').VpcConfig.SubnetIds = [{ Ref: 'SubnetA' }]; }),
  ],
  variants: [
    safe('an endpoint for one table', ({ Net }) => {
      prop(Net, 'Table').PolicyDocument = {
        Statement: [{
          Effect: 'Allow', Principal: '*', Action: 'dynamodb:GetItem', Resource: { 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders' },
        }],
      };
    }),
    safe('an endpoint with a deny for foreign accounts', ({ Net }) => {
      prop(Net, 'Table').PolicyDocument = {
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
          { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } } },
        ],
      };
    }),
    safe('an endpoint for what is in the account', ({ Net }) => {
      prop(Net, 'Table').PolicyDocument.Statement[0].Condition = { StringEquals: { 'aws:ResourceAccount': [{ Ref: 'AWS::AccountId' }] } };
    }),
    safe('as many seconds as it needs, with a bound', ({ Net }) => { prop(Net, 'Index').Timeout = '900'; }),
    safe('a bit more room', ({ Net }) => { prop(Net, 'Index').EphemeralStorage = { Size: 1024 }; }),
    safe('a way in from the group itself', ({ Net }) => {
      add(Net, 'In', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: { Ref: 'Group' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: { Ref: 'Group' }, Description: 'endpoints',
      });
    }),
    safe('a way out by a list of prefixes', ({ Net }) => {
      prop(Net, 'Group').SecurityGroupEgress = [{ IpProtocol: 'tcp', FromPort: '443', ToPort: '443', DestinationPrefixListId: 'pl-0123', Description: 'DynamoDB' }];
    }),
    safe('an access point of another stack', ({ Net }) => { prop(Net, 'Index').FileSystemConfigs[0].Arn = { 'Fn::ImportValue': 'point' }; }),
  ],
};
