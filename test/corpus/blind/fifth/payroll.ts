import { ACCOUNT, alarm, allow, att, bucket, deadLetters, document, Json, key, kept, logs, ref, REST_FORMAT, sub, table, trusts, via, worker } from './kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements } from '../support';

const CMK = ref('KeyArn');
const BELL = ref('BellArn');
const inner = { Vpc: ref('VpcId') };

const ROOT: Json = {
  Parameters: { Bell: { Type: 'String', Default: 'arn:aws:sns:eu-west-1:444455556666:alarms' }, Stage: { Type: 'String', Default: 'prod', AllowedValues: ['prod'] } },
  Resources: {
    Key: key('sns.amazonaws.com'),
    NetworkStack: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://payroll-templates.s3.amazonaws.com/network.json', Parameters: { KeyArn: att('Key'), Range: '10.20.0.0/16' } } },
    WorkStack: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://payroll-templates.s3.amazonaws.com/work.json', Parameters: { KeyArn: att('Key'), BellArn: ref('Bell'), VpcId: att('NetworkStack', 'Outputs.VpcId'), GroupId: att('NetworkStack', 'Outputs.GroupId'), SubnetA: att('NetworkStack', 'Outputs.SubnetA'), SubnetB: att('NetworkStack', 'Outputs.SubnetB'), GatewayEndpoint: att('NetworkStack', 'Outputs.Execute'), AuthType: 'AWS_IAM', Level: 'INFO', Verify: '1' } } },
  },
};

const endpointPolicy = (Action: unknown, Resource: unknown): Json => document({ Effect: 'Allow', Principal: '*', Action, Resource, Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT, 'aws:ResourceAccount': ACCOUNT } } });
const endpoint = (service: string, PolicyDocument: Json): Json => ({ Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: ref('Vpc'), VpcEndpointType: 'Interface', PrivateDnsEnabled: true, ServiceName: sub(`com.amazonaws.\${AWS::Region}.${service}`), SubnetIds: [ref('A'), ref('B')], SecurityGroupIds: [ref('EndpointGroup')], PolicyDocument } });
const NETWORK: Json = {
  Parameters: { KeyArn: { Type: 'String' }, Range: { Type: 'String', Default: '10.0.0.0/16' } },
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: ref('Range'), EnableDnsHostnames: true, EnableDnsSupport: true } },
    A: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [ref('Range'), 4, 8] }] }, MapPublicIpOnLaunch: false } },
    B: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), AvailabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, CidrBlock: { 'Fn::Select': [1, { 'Fn::Cidr': [ref('Range'), 4, 8] }] }, MapPublicIpOnLaunch: false } },
    Routes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
    RoutesA: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref('A'), RouteTableId: ref('Routes') } },
    RoutesB: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref('B'), RouteTableId: ref('Routes') } },
    FlowGroup: logs(ref('KeyArn')),
    FlowRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('vpc-flow-logs.amazonaws.com'), Policies: [{ PolicyName: 'flow', PolicyDocument: document(allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], att('FlowGroup'))) }] } },
    Flow: { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: ref('Vpc'), ResourceType: 'VPC', TrafficType: 'ALL', LogGroupName: ref('FlowGroup'), DeliverLogsPermissionArn: att('FlowRole') } },
    WorkGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'functions of the payroll', VpcId: ref('Vpc'), SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: ref('Range'), Description: 'endpoints' }, { IpProtocol: 'tcp', FromPort: 2049, ToPort: 2049, CidrIp: ref('Range'), Description: 'files' }] } },
    EndpointGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'endpoints of the payroll', VpcId: ref('Vpc'), SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: ref('WorkGroup'), Description: 'functions' }], SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '127.0.0.1/32', Description: 'nothing' }] } },
    Execute: endpoint('execute-api', endpointPolicy('execute-api:Invoke', '*')),
    Secrets: endpoint('secretsmanager', endpointPolicy('secretsmanager:GetSecretValue', sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:*'))),
    Dynamo: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: ref('Vpc'), VpcEndpointType: 'Gateway', ServiceName: sub('com.amazonaws.${AWS::Region}.dynamodb'), RouteTableIds: [ref('Routes')], PolicyDocument: endpointPolicy(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], sub('arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*')) } },
    Closed: { Type: 'Custom::VpcRestrictDefaultSG', Properties: { ServiceToken: sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:restrict'), DefaultSecurityGroupId: att('Vpc', 'DefaultSecurityGroup'), Account: ACCOUNT } },
  },
  Outputs: { VpcId: { Value: ref('Vpc') }, GroupId: { Value: ref('WorkGroup') }, SubnetA: { Value: ref('A') }, SubnetB: { Value: ref('B') }, Execute: { Value: ref('Execute') } },
};

const VpcConfig = { SecurityGroupIds: [ref('GroupId')], SubnetIds: [ref('SubnetA'), ref('SubnetB')] };
const eni = allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface', 'ec2:DescribeSubnets', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'], '*');
const uri = (id: string): Json => sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`);
const method = (HttpMethod: string, to: string, more: Json = {}): Json => ({ Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: ref('Api'), ResourceId: ref('Slips'), HttpMethod, AuthorizationType: ref('AuthType'), RequestValidatorId: ref('Check'), Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri(to) }, ...more } });
const may = (id: string, tail: string): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref(id), Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/\${Stage}/${tail}`) } });
const fn = { cmk: CMK, alarms: BELL, policy: 'inline' as const };

const WORK: Json = {
  Parameters: { ...Object.fromEntries(['KeyArn', 'BellArn', 'VpcId', 'GroupId', 'SubnetA', 'SubnetB', 'GatewayEndpoint'].map((name) => [name, { Type: 'String' }])), AuthType: { Type: 'String', Default: 'AWS_IAM' }, Level: { Type: 'String', Default: 'INFO' }, Verify: { Type: 'String', Default: '1' } },
  Resources: {
    Slip: table(CMK),
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: 'payroll',
        EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: [ref('GatewayEndpoint')] },
        Policy: document({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }, { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': ref('GatewayEndpoint') } } }),
      },
    },
    Slips: { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref('Api'), ParentId: att('Api', 'RootResourceId'), PathPart: 'slips' } },
    Check: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { RestApiId: ref('Api'), ValidateRequestBody: true, ValidateRequestParameters: true } },
    SlipModel: { Type: 'AWS::ApiGateway::Model', Properties: { RestApiId: ref('Api'), ContentType: 'application/json', Schema: { type: 'object', additionalProperties: false, properties: { month: { type: 'string', maxLength: 7 }, cents: { type: 'integer' } } } } },
    GetSlip: method('GET', 'Read'),
    PutSlip: method('PUT', 'Write', { RequestModels: { 'application/json': ref('SlipModel') } }),
    ReadMay: may('Read', 'GET/slips'),
    WriteMay: may('Write', 'PUT/slips'),
    No4: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: ref('Api'), ResponseType: 'DEFAULT_4XX', ResponseTemplates: { 'application/json': '{"message":"no"}' } } },
    No5: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: ref('Api'), ResponseType: 'DEFAULT_5XX', ResponseTemplates: { 'application/json': '{"message":"no"}' } } },
    Calls: logs(CMK),
    Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('Api') }, DependsOn: ['GetSlip', 'PutSlip'] },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: ref('Api'), DeploymentId: ref('Deployment'), StageName: 'pay', TracingEnabled: true, AccessLogSetting: { DestinationArn: att('Calls'), Format: REST_FORMAT.replace('$context.authorizer.principalId', '$context.identity.userArn') }, MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 }] } },
    Errors5: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'payroll', Stage: 'pay' }, BELL),
    BankWord: { Type: 'AWS::SecretsManager::Secret', ...kept, Properties: { KmsKeyId: CMK, GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true } } },
    BankWordTurn: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: ref('BankWord'), RotationLambdaARN: att('Turn'), RotationRules: { AutomaticallyAfterDays: 30 } } },
    ...worker('Turn', { ...fn, can: [eni, allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], sub('arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:BankWord-*')), allow('kms:GenerateDataKey', CMK, via('secretsmanager')), allow('secretsmanager:GetRandomPassword', '*')], more: { VpcConfig } }),
    TurnMay: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref('Turn'), Principal: 'secretsmanager.amazonaws.com', SourceAccount: ACCOUNT } },
    ...worker('Read', { ...fn, env: { TABLE: ref('Slip'), LOG_LEVEL: ref('Level'), NODE_TLS_REJECT_UNAUTHORIZED: ref('Verify') }, can: [eni, allow('dynamodb:GetItem', att('Slip'))], more: { VpcConfig } }),
    ...worker('Write', { ...fn, env: { TABLE: ref('Slip'), BANK_ARN: ref('BankWord') }, can: [eni, allow('dynamodb:PutItem', att('Slip')), allow('secretsmanager:GetSecretValue', ref('BankWord'))], more: { VpcConfig } }),
    Files: { Type: 'AWS::EFS::FileSystem', ...kept, Properties: { Encrypted: true, KmsKeyId: CMK, BackupPolicy: { Status: 'ENABLED' } } },
    FilesPoint: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: ref('Files'), PosixUser: { Uid: '1001', Gid: '1001' }, RootDirectory: { Path: '/slips', CreationInfo: { OwnerUid: '1001', OwnerGid: '1001', Permissions: '750' } } } },
    ...worker('Print', { ...fn, env: { OUT: '/mnt/slips' }, can: [eni, allow(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], att('Files'), { StringEquals: { 'elasticfilesystem:AccessPointArn': att('FilesPoint') } }), allow('sqs:SendMessage', att('Lost')), allow('kms:GenerateDataKey', CMK, via('sqs'))], more: { VpcConfig, FileSystemConfigs: [{ Arn: att('FilesPoint'), LocalMountPath: '/mnt/slips' }], DeadLetterConfig: { TargetArn: att('Lost') }, Timeout: 120, ReservedConcurrentExecutions: 2 } }),
    Monthly: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 4 1 * ? *)', Targets: [{ Id: 'print', Arn: att('Print'), DeadLetterConfig: { Arn: att('Lost') } }] } },
    MonthlyMay: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref('Print'), Principal: 'events.amazonaws.com', SourceArn: att('Monthly') } },
    ...deadLetters('Lost', CMK, BELL, [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Lost'), Condition: { ArnEquals: { 'aws:SourceArn': att('Monthly') } } }]),
    ...bucket('Trail', undefined, undefined, {}, [{ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: sub('${Trail.Arn}/*'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }]),
    ...bucket('Records', CMK, ref('Trail'), { ObjectLockEnabled: true, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } } }),
    RecordsPoint: { Type: 'AWS::S3::AccessPoint', Properties: { Bucket: ref('Records'), VpcConfiguration: { VpcId: inner.Vpc }, PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } } },
  },
};

type Stacks = Record<string, Json>;
const passed = ({ Root }: Stacks): Json => prop(Root, 'WorkStack').Parameters;
const policy = ({ Work }: Stacks): any[] => prop(Work, 'Api').Policy.Statement;
const THEM = '778899001122';

/** A stack of stacks: the network, and what works in it; values go down as parameters. */
export const PAYROLL: BlindSeed = {
  name: 'Payroll in nested stacks: a private API in a network, and a secret that turns',
  style: 'nested',
  stacks: { Root: ROOT, Network: NETWORK, Work: WORK },
  nested: { Network: { id: 'Root', logicalId: 'NetworkStack' }, Work: { id: 'Root', logicalId: 'WorkStack' } },
  mutants: [
    breach('apigw.method-auth', 'slips are for everybody: the stack above says NONE', (stacks) => { passed(stacks).AuthType = 'NONE'; }),
    fault('G08', 'slips are in the log: the stack above says DEBUG', (stacks) => { passed(stacks).Level = 'DEBUG'; }),
    fault('G09', 'whoever answers is believed: the stack above says so', (stacks) => { passed(stacks).Verify = '0'; }),
    breach('iam.wildcard-resource', 'reading takes place in every table, by a parameter of the stack above', (stacks) => { passed(stacks).Scope = '*'; stacks.Work.Parameters.Scope = { Type: 'String' }; statements(stacks.Work, 'ReadRole')[4].Resource = ref('Scope'); }),
    breach('kms.public', 'anybody uses the key of all stacks', ({ Root }) => { prop(Root, 'Key').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: ['*'] }, Action: ['kms:Decrypt'], Resource: '*' }); }),
    fault('G24', 'every network may call slips: the deny is gone', (stacks) => { policy(stacks).pop(); }),
    fault('G24', 'every network may call slips: the deny asks whether there is an endpoint at all', (stacks) => { policy(stacks)[1].Condition = { Null: { 'aws:SourceVpce': 'true' } }; }),
    fault('G24', 'every network but one that is not there may call slips', (stacks) => { policy(stacks)[1].Condition = { StringEquals: { 'aws:SourceVpce': 'vpce-00000000000000000' } }; }),
    fault('G79', 'anything of anybody goes out by the endpoint of the table', ({ Network }) => { delete prop(Network, 'Dynamo').PolicyDocument; }),
    fault('G79', 'secrets of anybody go out, since the condition is only one on TLS', ({ Network }) => { prop(Network, 'Secrets').PolicyDocument = document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }); }),
    fault('G90', 'a slip may take five minutes behind an API that waits for half of one', ({ Work }) => { prop(Work, 'Write').Timeout = 300; }),
    fault('G90', 'printing takes a quarter of an hour, as often as one likes', ({ Work }) => { prop(Work, 'Print').Timeout = 900; delete prop(Work, 'Print').ReservedConcurrentExecutions; }),
    fault('G90', 'printing has ten gigabytes that outlive a call', ({ Work }) => { prop(Work, 'Print').EphemeralStorage = { Size: 10240 }; }),
    fault('G90', 'files are mounted by whoever the function says to be', ({ Work }) => { delete prop(Work, 'FilesPoint').PosixUser; }),
    breach('sg.egress-open', 'functions talk to the world on one port', ({ Network }) => { prop(Network, 'WorkGroup').SecurityGroupEgress[0].CidrIp = '0.0.0.0/0'; }),
    breach('sg.egress-open', 'functions talk to the world of the new protocol, by a rule beside the group', ({ Network }) => { add(Network, 'Out', 'AWS::EC2::SecurityGroupEgress', { GroupId: att('WorkGroup', 'GroupId'), IpProtocol: '-1', CidrIpv6: '::/0', Description: 'out' }); }),
    breach('sg.ingress-open', 'the world talks to endpoints, by the range that the stack above gives', ({ Root, Network }) => { prop(Root, 'NetworkStack').Parameters.From = '0.0.0.0/0'; Network.Parameters.From = { Type: 'String', Default: '10.0.0.0/8' }; prop(Network, 'EndpointGroup').SecurityGroupIngress[0] = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: ref('From'), Description: 'callers' }; }),
    breach('sg.high-risk-ports', 'the world gets to the shell, by a rule beside the group', ({ Network }) => { add(Network, 'In', 'AWS::EC2::SecurityGroupIngress', { GroupId: ref('WorkGroup'), IpProtocol: 'tcp', FromPort: 20, ToPort: 25, CidrIp: { 'Fn::Join': ['/', ['0.0.0.0', '0']] }, Description: 'in' }); }),
    breach('sg.egress-protocol', 'every protocol is let out', ({ Network }) => { prop(Network, 'WorkGroup').SecurityGroupEgress = [{ IpProtocol: -1, CidrIp: '0.0.0.0/0', Description: 'all' }]; }),
    breach('vpc.flow-logs', 'nobody sees what goes on in the network', ({ Network }) => { remove(Network, 'Flow'); }),
    breach('vpc.subnet-public-ip', 'what starts in a subnet has an address of the world', ({ Network }) => { prop(Network, 'B').MapPublicIpOnLaunch = 'true'; }),
    breach('vpc.igw-route', 'the subnets of functions have a way out of the network', ({ Network }) => { add(Network, 'Gateway', 'AWS::EC2::InternetGateway', {}); add(Network, 'GatewayAt', 'AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') }); add(Network, 'Out', 'AWS::EC2::Route', { RouteTableId: ref('Routes'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') }); }),
    breach('lambda.vpc-multi-az', 'writing is in one zone', ({ Work }) => { prop(Work, 'Write').VpcConfig.SubnetIds.pop(); }),
    fault('G01', 'the word of the bank is in a variable, put together', ({ Work }) => { env(Work, 'Write').BANK = { 'Fn::Join': ['', ['{{resolve:', 'secretsmanager:', ref('BankWord'), ':SecretString}}']] }; }),
    fault('G01', 'a hidden parameter is resolved into a variable, by the stack above', (stacks) => { passed(stacks).Mail = '{{resolve:ssm-secure:/payroll/mail:1}}'; stacks.Work.Parameters.Mail = { Type: 'String', NoEcho: true }; env(stacks.Work, 'Read').MAIL = ref('Mail'); }),
    fault('G02', 'a password comes from the stack above', (stacks) => { passed(stacks).Db = 'p4yr0ll-2020'; stacks.Work.Parameters.Db = { Type: 'String' }; env(stacks.Work, 'Write').DB_PASSWORD = ref('Db'); }),
    fault('G03', 'an address of a database holds its password', (stacks) => { passed(stacks).Store = 'postgres://payroll:s4l4ry@db.payroll.internal:5432/slips'; stacks.Work.Parameters.Store = { Type: 'String' }; env(stacks.Work, 'Read').STORE = ref('Store'); }),
    fault('G04', 'the word of the bank is what the stack above says', (stacks) => { passed(stacks).Word = 'correct-horse-battery'; stacks.Work.Parameters.Word = { Type: 'String', NoEcho: true }; const word = prop(stacks.Work, 'BankWord'); delete word.GenerateSecretString; word.SecretString = ref('Word'); }),
    fault('G36', 'reading and printing know the word of the bank too, and so does what takes it down', ({ Work }) => { for (const name of ['Read', 'Print']) { statements(Work, `${name}Role`).push(allow('secretsmanager:GetSecretValue', ref('BankWord'))); env(Work, name).BANK_ARN = ref('BankWord'); } Object.assign(Work.Resources, worker('Down', { ...fn, env: { BANK_ARN: ref('BankWord') }, can: [allow('secretsmanager:GetSecretValue', ref('BankWord'))], more: { VpcConfig } })); }),
    breach('iam.credentials-exposure', 'writing reads every secret there is', ({ Work }) => { Object.assign(statements(Work, 'WriteRole')[5], { Action: 'secretsmanager:Get*', Resource: '*' }); }),
    breach('sm.cmk', 'the word of the bank is under a key of AWS', ({ Work }) => { prop(Work, 'BankWord').KmsKeyId = 'alias/aws/secretsmanager'; }),
    breach('sm.rotation', 'the word of the bank never turns', ({ Work }) => { remove(Work, 'BankWordTurn'); }),
    breach('lambda.permission-source', 'any secret of any account is turned by this function', ({ Work }) => { delete prop(Work, 'TurnMay').SourceAccount; }),
    fault('G31', 'reading slips changes them, by a right that hangs on the role from outside', ({ Work }) => { add(Work, 'ReadAlso', 'AWS::IAM::ManagedPolicy', { Roles: [ref('ReadRole')], PolicyDocument: document(allow(['dynamodb:UpdateItem', 'dynamodb:DeleteItem'], att('Slip'))) }); }),
    fault('G78', 'a foreign account reads records by the access point', ({ Work }) => { prop(Work, 'RecordsPoint').Policy = document({ Effect: 'Allow', Principal: { AWS: THEM }, Action: 's3:GetObject', Resource: sub('arn:aws:s3:${AWS::Region}:${AWS::AccountId}:accesspoint/records/object/*') }); }),
    breach('s3.access-point', 'the access point may be opened to all', ({ Work }) => { prop(Work, 'RecordsPoint').PublicAccessBlockConfiguration = { BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false }; }),
    breach('s3.sse', 'records are under a key of S3, in an app that has its own', ({ Work }) => { prop(Work, 'Records').BucketEncryption.ServerSideEncryptionConfiguration = [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }]; }),
    fault('G76', 'slips and the word go with the stack', ({ Work }) => { Work.Resources.BankWord.DeletionPolicy = 'Delete'; Work.Resources.Slip.DeletionPolicy = 'Delete'; }),
    fault('G40', 'a month that is not printed is forgotten', ({ Work }) => { delete prop(Work, 'Print').DeadLetterConfig; }),
    breach('iam.priv-esc', 'turning the word may make itself more', ({ Work }) => { statements(Work, 'TurnRole').push(allow(['iam:AttachRolePolicy', 'iam:PutRolePolicy'], sub('arn:aws:iam::${AWS::AccountId}:role/*'))); }),
    fault('G34', 'writing may exchange its own code', ({ Work }) => { statements(Work, 'WriteRole').push(allow(['lambda:GetFunction', 'lambda:UpdateFunctionCode'], sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:*-Write-*'))); }),
    breach('iam.managed-admin', 'printing may do all, by a policy of AWS', ({ Work }) => { prop(Work, 'PrintRole').ManagedPolicyArns = [sub('arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess')]; }),
  ],
  variants: [
    safe('the policy of the API allows one endpoint, and denies nothing', (stacks) => { policy(stacks).pop(); policy(stacks)[0].Condition = { 'ForAnyValue:StringEquals': { 'aws:sourceVpce': [ref('GatewayEndpoint')] } }; }),
    safe('the policy of the API names the network', (stacks) => { policy(stacks)[1].Condition = { StringNotEquals: { 'aws:SourceVpc': inner.Vpc } }; }),
    safe('the endpoint of secrets is for the organization alone', ({ Network }) => { prop(Network, 'Secrets').PolicyDocument = document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-p4yr0ll000', 'aws:ResourceOrgID': 'o-p4yr0ll000' } } }); }),
    safe('the endpoint of the table denies what is of others', ({ Network }) => { prop(Network, 'Dynamo').PolicyDocument = document({ Effect: 'Allow', Principal: '*', Action: 'dynamodb:*', Resource: '*' }, { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:ResourceAccount': ACCOUNT } } }); }),
    safe('functions talk to a prefix list', ({ Network }) => { prop(Network, 'WorkGroup').SecurityGroupEgress.push({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: 'pl-6fa54006', Description: 'tables' }); }),
    safe('the stack above says a quiet level', (stacks) => { passed(stacks).Level = 'ERROR'; }),
    safe('a password comes from the stack above as the name of a secret', (stacks) => { passed(stacks).DbPasswordArn = sub('arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:db-AbCdEf'); stacks.Work.Parameters.DbPasswordArn = { Type: 'String' }; env(stacks.Work, 'Write').DB_PASSWORD_ARN = ref('DbPasswordArn'); }),
    safe('files by a root that is another', ({ Work }) => { prop(Work, 'FilesPoint').RootDirectory.Path = '/slips/2026'; }),
    safe('slips answer within the time of the API', ({ Work }) => { prop(Work, 'Write').Timeout = 29; }),
    safe('the access point is for one role of the account', ({ Work }) => { prop(Work, 'RecordsPoint').Policy = document({ Effect: 'Allow', Principal: { AWS: att('PrintRole') }, Action: 's3:GetObject', Resource: sub('arn:aws:s3:${AWS::Region}:${AWS::AccountId}:accesspoint/records/object/*') }); }),
  ],
};
