import { add, BlindSeed, breach, env, fault, prop, safe, statements } from '../support';

const NETWORK = `
Description: The network that all stacks of the clinic share
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.20.0.0/16, EnableDnsHostnames: true, EnableDnsSupport: true } }
  SubnetA: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.1.0/24, AvailabilityZone: !Select [0, !GetAZs ''], MapPublicIpOnLaunch: false } }
  SubnetB: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.20.2.0/24, AvailabilityZone: !Select [1, !GetAZs ''], MapPublicIpOnLaunch: false } }
  Routes: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  RoutesA: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref SubnetA, RouteTableId: !Ref Routes } }
  RoutesB: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref SubnetB, RouteTableId: !Ref Routes } }
  FlowRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: vpc-flow-logs.amazonaws.com }, Action: sts:AssumeRole, Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }
      Policies: [{ PolicyName: logs, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents, logs:DescribeLogStreams], Resource: !GetAtt FlowLogs.Arn }] } }]
  FlowLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: !ImportValue clinic-base-key } }
  Flow: { Type: AWS::EC2::FlowLog, Properties: { ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL, LogGroupName: !Ref FlowLogs, DeliverLogsPermissionArn: !GetAtt FlowRole.Arn } }
  Functions:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: functions of the clinic
      VpcId: !Ref Vpc
      SecurityGroupIngress: []
      SecurityGroupEgress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.20.0.0/16, Description: endpoints }
        - { IpProtocol: tcp, FromPort: 2049, ToPort: 2049, CidrIp: 10.20.0.0/16, Description: reports }
  Endpoints:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: endpoints of the clinic
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, SourceSecurityGroupId: !GetAtt Functions.GroupId, Description: functions }]
      SecurityGroupEgress: [{ IpProtocol: icmp, FromPort: 252, ToPort: 86, CidrIp: 255.255.255.255/32, Description: nothing }]
  Mounts:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: reports of the clinic
      VpcId: !Ref Vpc
      SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 2049, ToPort: 2049, SourceSecurityGroupId: !GetAtt Functions.GroupId, Description: functions }]
      SecurityGroupEgress: [{ IpProtocol: icmp, FromPort: 252, ToPort: 86, CidrIp: 255.255.255.255/32, Description: nothing }]
  ApiEndpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      VpcEndpointType: Interface
      ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.execute-api'
      SubnetIds: [!Ref SubnetA, !Ref SubnetB]
      SecurityGroupIds: [!GetAtt Endpoints.GroupId]
      PrivateDnsEnabled: true
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: '*', Action: execute-api:Invoke, Resource: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:*', Condition: { StringEquals: { 'aws:PrincipalOrgID': o-a1b2c3d4e5 } } }] }
  TableEndpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Vpc
      VpcEndpointType: Gateway
      ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.dynamodb'
      RouteTableIds: [!Ref Routes]
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: '*', Action: 'dynamodb:*', Resource: '*', Condition: { StringEquals: { 'aws:ResourceOrgID': o-a1b2c3d4e5, 'aws:PrincipalOrgID': o-a1b2c3d4e5 } } }] }
Outputs:
  SubnetA: { Value: !Ref SubnetA, Export: { Name: clinic-subnet-a } }
  SubnetB: { Value: !Ref SubnetB, Export: { Name: clinic-subnet-b } }
  Functions: { Value: !GetAtt Functions.GroupId, Export: { Name: clinic-functions } }
  Mounts: { Value: !GetAtt Mounts.GroupId, Export: { Name: clinic-mounts } }
  ApiEndpoint: { Value: !Ref ApiEndpoint, Export: { Name: clinic-api-endpoint } }
`;

const DATA = `
Description: What the clinic keeps
Parameters:
  Department: { Type: String, Default: '444455556666' }
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - { Effect: Allow, Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:*' } } }
  Patients:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: !GetAtt Key.Arn }
      ResourcePolicy: { PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${Department}:role/statistics' }, Action: dynamodb:Query, Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': o-a1b2c3d4e5 } } }] } }
  Files: { Type: AWS::EFS::FileSystem, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { Encrypted: true, KmsKeyId: !GetAtt Key.Arn, BackupPolicy: { Status: ENABLED } } }
  FilesPoint: { Type: AWS::EFS::AccessPoint, Properties: { FileSystemId: !Ref Files, PosixUser: { Uid: '1001', Gid: '1001' }, RootDirectory: { Path: /reports, CreationInfo: { OwnerUid: '1001', OwnerGid: '1001', Permissions: '750' } } } }
  MountA: { Type: AWS::EFS::MountTarget, Properties: { FileSystemId: !Ref Files, SubnetId: !ImportValue clinic-subnet-a, SecurityGroups: [!ImportValue clinic-mounts] } }
  MountB: { Type: AWS::EFS::MountTarget, Properties: { FileSystemId: !Ref Files, SubnetId: !ImportValue clinic-subnet-b, SecurityGroups: [!ImportValue clinic-mounts] } }
  Laboratory:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { KmsKeyId: !GetAtt Key.Arn, GenerateSecretString: { PasswordLength: 40 } }
  LaboratoryRotation: { Type: AWS::SecretsManager::RotationSchedule, Properties: { SecretId: !Ref Laboratory, RotationLambdaARN: !ImportValue rotation-function, RotationRules: { ScheduleExpression: rate(30 days) } } }
  Shared:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Description: what every function of the clinic may do
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [ec2:CreateNetworkInterface, ec2:DescribeNetworkInterfaces, ec2:DeleteNetworkInterface, ec2:AssignPrivateIpAddresses, ec2:UnassignPrivateIpAddresses], Resource: '*' }] }
Outputs:
  Key: { Value: !GetAtt Key.Arn, Export: { Name: clinic-key } }
  Patients: { Value: !Ref Patients, Export: { Name: clinic-patients } }
  PatientsArn: { Value: !GetAtt Patients.Arn, Export: { Name: clinic-patients-arn } }
  Laboratory: { Value: !Ref Laboratory, Export: { Name: clinic-laboratory } }
  FilesPoint: { Value: !GetAtt FilesPoint.Arn, Export: { Name: clinic-files-point } }
  Shared: { Value: !Ref Shared, Export: { Name: clinic-shared-policy } }
  Retention: { Value: '365', Export: { Name: clinic-retention } }
  Level: { Value: INFO, Export: { Name: clinic-level } }
`;

const APP = `
Description: The private API of the clinic
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: clinic
      EndpointConfiguration: { Types: [PRIVATE], VpcEndpointIds: [!ImportValue clinic-api-endpoint] }
      Policy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: '*', Action: execute-api:Invoke, Resource: 'execute-api:/*', Condition: { StringEquals: { 'aws:SourceVpce': !ImportValue clinic-api-endpoint } } }
  Patient: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: patient } }
  Validator: { Type: AWS::ApiGateway::RequestValidator, Properties: { RestApiId: !Ref Api, ValidateRequestBody: true, ValidateRequestParameters: true } }
  GetPatient:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Api, ResourceId: !Ref Patient, HttpMethod: GET, AuthorizationType: AWS_IAM, RequestValidatorId: !Ref Validator, Integration: { Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Read.Arn}/invocations' } }
  Refused: { Type: AWS::ApiGateway::GatewayResponse, Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, ResponseTemplates: { application/json: '{"message":"refused"}' } } }
  Failed: { Type: AWS::ApiGateway::GatewayResponse, Properties: { RestApiId: !Ref Api, ResponseType: DEFAULT_5XX, ResponseTemplates: { application/json: '{"message":"failed"}' } } }
  Deployment: { Type: AWS::ApiGateway::Deployment, DependsOn: GetPatient, Properties: { RestApiId: !Ref Api } }
  AccessLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: !ImportValue clinic-retention, KmsKeyId: !ImportValue clinic-key } }
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties:
      RestApiId: !Ref Api
      DeploymentId: !Ref Deployment
      StageName: v1
      TracingEnabled: true
      AccessLogSetting: { DestinationArn: !GetAtt AccessLogs.Arn, Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","caller":"$context.identity.userArn","status":"$context.status","route":"$context.resourcePath","method":"$context.httpMethod","error":"$context.error.message"}' }
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: ERROR, MetricsEnabled: true, DataTraceEnabled: false, ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 }]
  Guard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { WebACLArn: !ImportValue regional-acl, ResourceArn: !Sub 'arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/restapis/\${Api}/stages/\${Stage}' } }
  ApiMayRead: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Read, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/v1/GET/patient' } }
  ReadLogs: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: !ImportValue clinic-retention, KmsKeyId: !ImportValue clinic-key } }
  ReadRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      ManagedPolicyArns: [!ImportValue clinic-shared-policy]
      Policies:
        - PolicyName: read
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt ReadLogs.Arn }
              - { Effect: Allow, Action: dynamodb:GetItem, Resource: !ImportValue clinic-patients-arn }
              - { Effect: Allow, Action: secretsmanager:GetSecretValue, Resource: !ImportValue clinic-laboratory }
              - { Effect: Allow, Action: [elasticfilesystem:ClientMount], Resource: '*', Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': !ImportValue clinic-files-point } } }
              - { Effect: Allow, Action: kms:Decrypt, Resource: !ImportValue clinic-key, Condition: { StringEquals: { 'kms:ViaService': [!Sub 'dynamodb.\${AWS::Region}.amazonaws.com', !Sub 'secretsmanager.\${AWS::Region}.amazonaws.com'] } } }
  Read:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt ReadRole.Arn
      Runtime: python3.13
      Handler: read.handler
      Timeout: 15
      MemorySize: 512
      ReservedConcurrentExecutions: 20
      TracingConfig: { Mode: Active }
      KmsKeyArn: !ImportValue clinic-key
      Code: { S3Bucket: clinic-artifacts, S3Key: read.zip, S3ObjectVersion: '8' }
      VpcConfig: { SubnetIds: [!ImportValue clinic-subnet-a, !ImportValue clinic-subnet-b], SecurityGroupIds: [!ImportValue clinic-functions] }
      FileSystemConfigs: [{ Arn: !ImportValue clinic-files-point, LocalMountPath: /mnt/reports }]
      Environment: { Variables: { PATIENTS: !ImportValue clinic-patients, LABORATORY_SECRET_ARN: !ImportValue clinic-laboratory, LOG_LEVEL: !ImportValue clinic-level } }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref ReadLogs }
  ReadErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Read }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
  ReadThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Read }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] } }
`;

const policy = (template: Record<string, any>): any[] => prop(template, 'Api').Policy.Statement;
const endpoint = (template: Record<string, any>, id: string): Record<string, any> => prop(template, id).PolicyDocument.Statement[0];

/** Three stacks: what one exports decides whether another is safe. */
export const CLINIC: BlindSeed = {
  name: 'A clinic in three stacks that export to each other, with a private API',
  style: 'cross-stack',
  stacks: { Network: NETWORK, Data: DATA, App: APP },
  mutants: [
    fault('G24', 'any endpoint of anybody reaches the private API, since the condition takes every one', ({ App }) => { policy(App)[0].Condition = { StringLike: { 'aws:SourceVpce': 'vpce-*' } }; }),
    fault('G24', 'the statement that refuses other networks names a stage that is not there', ({ App }) => {
      delete policy(App)[0].Condition;
      policy(App).push({ Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/v2/*', Condition: { StringNotEquals: { 'aws:SourceVpce': { 'Fn::ImportValue': 'clinic-api-endpoint' } } } });
    }),
    fault('G79', 'the endpoint of tables lets data out to tables of any account', ({ Network }) => { delete endpoint(Network, 'TableEndpoint').Condition; }),
    fault('G79', 'the endpoint of tables lets data out to every organization, by a star', ({ Network }) => { endpoint(Network, 'TableEndpoint').Condition = { StringLike: { 'aws:ResourceOrgID': ['o-*'] } }; }),
    fault('G79', 'the endpoint of the API has no policy', ({ Network }) => { delete prop(Network, 'ApiEndpoint').PolicyDocument; }),
    fault('G78', 'the department in the policy of the table is everybody, by the default of a parameter', ({ Data }) => {
      Data.Parameters.Department.Default = '*';
      Object.assign(prop(Data, 'Patients').ResourcePolicy.PolicyDocument.Statement[0], { Principal: { AWS: { Ref: 'Department' } }, Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
    }),
    fault('G90', 'the function mounts the file system as whoever the code says it is', ({ Data }) => { delete prop(Data, 'FilesPoint').PosixUser; }),
    fault('G08', 'the level that the other stack exports is for debugging', ({ Data }) => { Data.Outputs.Level.Value = 'DEBUG'; }),
    breach('logs.retention', 'the days that the other stack exports are three', ({ Data }) => { Data.Outputs.Retention.Value = '3'; }),
    fault('G34', 'the policy that the other stack exports lets every function change functions', ({ Data }) => { statements(Data, 'Shared').push({ Effect: 'Allow', Action: 'lambda:Update*', Resource: '*' }); }),
    fault('G31', 'the policy that the other stack exports lets a function behind a GET delete patients', ({ Data }) => { statements(Data, 'Shared').push({ Effect: 'Allow', Action: 'dynamodb:DeleteItem', Resource: { 'Fn::GetAtt': ['Patients', 'Arn'] } }); }),
    fault('G02', 'what the other stack exports is the secret and not where it is', ({ Data, App }) => {
      Data.Outputs.LaboratoryValue = { Value: { 'Fn::Sub': '{{resolve:secretsmanager:${Laboratory}}}' }, Export: { Name: 'clinic-laboratory-value' } };
      env(App, 'Read').LABORATORY_TOKEN = { 'Fn::ImportValue': 'clinic-laboratory-value' };
    }),
    fault('G36', 'the policy that the other stack exports reads every secret', ({ Data }) => { statements(Data, 'Shared').push({ Effect: 'Allow', Action: ['secretsmanager:GetSecretValue', 'secretsmanager:ListSecrets'], Resource: '*' }); }),
    breach('iam.managed-elevated', 'the policy that the other stack exports says what it does not allow', ({ Data }) => { statements(Data, 'Shared').push({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }); }),
    breach('iam.permissions-management', 'the function behind the API opens the table to others', ({ App }) => { statements(App, 'ReadRole').push({ Effect: 'Allow', Action: ['dynamodb:PutResourcePolicy'], Resource: { 'Fn::ImportValue': 'clinic-patients-arn' } }); }),
    breach('sg.egress-open', 'the functions reach the whole network of the world, by a gateway of another stack', ({ Network }) => {
      prop(Network, 'Functions').SecurityGroupEgress[0].CidrIp = '0.0.0.0/0';
      add(Network, 'Out', 'AWS::EC2::Route', { RouteTableId: { Ref: 'Routes' }, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { 'Fn::ImportValue': 'shared-nat' } });
    }),
    breach('sg.egress-protocol', 'the functions speak anything, on any port, by a resource of its own', ({ Network }) => { add(Network, 'More', 'AWS::EC2::SecurityGroupEgress', { GroupId: { 'Fn::GetAtt': ['Functions', 'GroupId'] }, IpProtocol: '-1', CidrIpv6: '::/0', Description: 'updates' }); }),
    breach('sg.ingress-open', 'anybody may knock at the endpoints, by two halves of the world', ({ Network }) => {
      for (const [id, CidrIp] of [['Low', '0.0.0.0/1'], ['High', '128.0.0.0/1']]) add(Network, id, 'AWS::EC2::SecurityGroupIngress', { GroupId: { 'Fn::GetAtt': ['Endpoints', 'GroupId'] }, IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, CidrIp, Description: 'all' });
    }),
    breach('vpc.flow-logs', 'nothing of what the network carries is logged', ({ Network }) => { delete Network.Resources.Flow; }),
    breach('vpc.subnet-public-ip', 'what starts in a subnet gets an address of the world, by a text', ({ Network }) => { prop(Network, 'SubnetA').MapPublicIpOnLaunch = 'true'; }),
    breach('vpc.igw-route', 'the subnets of the functions lead straight to the world', ({ Network }) => {
      add(Network, 'Gateway', 'AWS::EC2::InternetGateway', {});
      add(Network, 'GatewayOn', 'AWS::EC2::VPCGatewayAttachment', { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } });
      add(Network, 'Out', 'AWS::EC2::Route', { RouteTableId: { Ref: 'Routes' }, DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Gateway' } });
    }),
    breach('lambda.vpc-multi-az', 'both subnets of the function are the one', ({ Network }) => { Network.Outputs.SubnetB.Value = { Ref: 'SubnetA' }; }),
    breach('risk.data', 'the reports rest without a key, by a text', ({ Data }) => { const files = prop(Data, 'Files'); files.Encrypted = 'false'; delete files.KmsKeyId; }),
    breach('sm.cmk', 'the secret is under the key that every secret of the account is under', ({ Data }) => { prop(Data, 'Laboratory').KmsKeyId = 'alias/aws/secretsmanager'; }),
    breach('ddb.cmk', 'the table is under no key of the account, by a text', ({ Data }) => { prop(Data, 'Patients').SSESpecification = { SSEEnabled: 'false' }; }),
    breach('sg.high-risk-ports', 'people may sign in to what stands in the network, from anywhere, by version 6 of the protocol', ({ Network }) => { prop(Network, 'Endpoints').SecurityGroupIngress.push({ IpProtocol: 'tcp', FromPort: '20', ToPort: '25', CidrIpv6: '::/0', Description: 'operators' }); }),
    breach('dax.encryption', 'the cache before the table rests unencrypted', ({ Data }) => { add(Data, 'Cache', 'AWS::DAX::Cluster', { IAMRoleARN: { 'Fn::ImportValue': 'cache-role' }, NodeType: 'dax.r5.large', ReplicationFactor: 3, ClusterEndpointEncryptionType: 'TLS', SSESpecification: { SSEEnabled: 'false' } }); }),
  ],
  variants: [
    safe('the refusal of other networks in a statement of its own', ({ App }) => {
      delete policy(App)[0].Condition;
      policy(App).push({ Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': { 'Fn::ImportValue': 'clinic-api-endpoint' } } } });
    }),
    safe('the export carries the same by a substitution', ({ Data }) => { Data.Outputs.Retention.Value = { 'Fn::Sub': '365' }; Data.Outputs.PatientsArn.Value = { 'Fn::Sub': '${Patients.Arn}' }; }),
    safe('the exported policy refuses much', ({ Data }) => { statements(Data, 'Shared').push({ Effect: 'Deny', Action: ['iam:*', 'lambda:Update*', 'sts:AssumeRole'], Resource: '*' }, { Effect: 'Deny', NotAction: 'ec2:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }); }),
    safe('the functions reach one list of addresses of AWS', ({ Network }) => { prop(Network, 'Functions').SecurityGroupEgress.push({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: 'pl-6da54004', Description: 'tables' }); }),
    safe('the endpoint of tables for one table only, of one account', ({ Network }) => { Object.assign(endpoint(Network, 'TableEndpoint'), { Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*' } }); }),
    safe('the secret moves to another key that is imported', ({ Data }) => { prop(Data, 'Laboratory').KmsKeyId = { 'Fn::ImportValue': 'vault-key' }; }),
  ],
};
