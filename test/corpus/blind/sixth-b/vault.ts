import { ACCOUNT, alarm, allow, att, deadLetters, document, h, Json, join, key, kept, logs, NONE, ref, sub, trusts, use, via, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const CMK = att('Key961B73FD');
const BELL = use('platform-alarm-topic');
const VPC = use('network-vpc');
const SUBNETS = { 'Fn::Split': [',', use('network-private-subnets')] };
const at = (name: string, part = ''): string => h(`${name}${part}`);
const fn = (name: string, can: Json[], environment: Json, more: Json = {}): Json => worker(name, { id: (part) => at(name, part), cmk: CMK, alarms: BELL, policy: 'managed', env: environment, can: [...can, allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'], '*')], more: { VpcConfig: { SubnetIds: SUBNETS, SecurityGroupIds: [att('InsideFn', 'GroupId')] }, ...more } });
const endpoint = (service: string, Action: string[], Resource: unknown): Json => ({ Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: VPC, VpcEndpointType: 'Interface', ServiceName: sub(`com.amazonaws.\${AWS::Region}.${service}`), PrivateDnsEnabled: true, SubnetIds: SUBNETS, SecurityGroupIds: [ref('InsideDoor')], PolicyDocument: document({ Effect: 'Allow', Principal: '*', Action, Resource, Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT, 'aws:ResourceAccount': ACCOUNT } } }) } });

const NETWORK: Json = {
  Parameters: { Second: { Type: 'String', Default: 'false' } },
  Conditions: { IsSecond: { 'Fn::Equals': [ref('Second'), 'true'] } },
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.40.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    PrivateA: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [att('Vpc', 'CidrBlock'), 4, 8] }] }, MapPublicIpOnLaunch: false } },
    PrivateB: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), AvailabilityZone: { 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, CidrBlock: { 'Fn::Select': [1, { 'Fn::Cidr': [att('Vpc', 'CidrBlock'), 4, 8] }] }, MapPublicIpOnLaunch: false } },
    Routes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Vpc') } },
    RoutesA: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { RouteTableId: ref('Routes'), SubnetId: ref('PrivateA') } },
    RoutesB: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { RouteTableId: ref('Routes'), SubnetId: ref('PrivateB') } },
    FlowKey: key(),
    FlowLines: logs(att('FlowKey')),
    FlowRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('vpc-flow-logs.amazonaws.com'), Policies: [{ PolicyName: 'flow', PolicyDocument: document(allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], att('FlowLines'))) }] } },
    Flow: { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: ref('Vpc'), ResourceType: 'VPC', TrafficType: 'ALL', DeliverLogsPermissionArn: att('FlowRole'), LogDestinationType: 'cloud-watch-logs', LogGroupName: ref('FlowLines'), MaxAggregationInterval: 60 } },
    Files: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: ref('Vpc'), VpcEndpointType: 'Gateway', ServiceName: sub('com.amazonaws.${AWS::Region}.s3'), RouteTableIds: [ref('Routes')], PolicyDocument: document({ Effect: 'Allow', Principal: '*', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*', Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-v4ult000000', 'aws:PrincipalOrgID': 'o-v4ult000000' } } }) } },
  },
  Outputs: { Vpc: { Value: ref('Vpc'), Export: { Name: 'network-vpc' } }, Subnets: { Value: join(ref('PrivateA'), ',', ref('PrivateB')), Export: { Name: 'network-private-subnets' } }, Range: { Value: '10.40.0.0/16', Export: { Name: 'network-range' } }, Bell: { Value: sub('arn:aws:sns:${AWS::Region}:${AWS::AccountId}:platform'), Export: { Name: 'platform-alarm-topic' } } },
};

const VAULT: Json = {
  Parameters: { Digest: { Type: 'String', Default: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }, DbHost: { Type: 'String', Default: 'db.kitchen.internal' }, Standby: { Type: 'String', Default: 'false' } },
  Conditions: { IsStandby: { 'Fn::Equals': [ref('Standby'), 'true'] } },
  Resources: {
    Key961B73FD: key(),
    InsideFn: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'functions that turn secrets', VpcId: VPC, SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: use('network-range'), Description: 'endpoints of services' }, { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, CidrIp: '10.40.0.0/23', Description: 'the database' }] } },
    InsideDoor: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'endpoints of services', VpcId: VPC, SecurityGroupEgress: [{ IpProtocol: 'icmp', FromPort: 252, ToPort: 86, CidrIp: '255.255.255.255/32', Description: 'nothing goes out' }] } },
    DoorFromFn: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: att('InsideDoor', 'GroupId'), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, SourceSecurityGroupId: att('InsideFn', 'GroupId'), Description: 'functions' } },
    SecretsDoor: endpoint('secretsmanager', ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:UpdateSecretVersionStage'], ref('Db')),
    KeysDoor: endpoint('kms', ['kms:Decrypt', 'kms:GenerateDataKey'], CMK),
    Db: { Type: 'AWS::SecretsManager::Secret', ...kept, Properties: { KmsKeyId: CMK, GenerateSecretString: { SecretStringTemplate: { 'Fn::Sub': '{"username":"turner","host":"${DbHost}","engine":"postgres"}' }, GenerateStringKey: 'password', PasswordLength: 40, ExcludeCharacters: '"@/\\' }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    DbGuard: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: ref('Db'), BlockPublicPolicy: true, ResourcePolicy: document({ Effect: 'Deny', Principal: '*', Action: ['secretsmanager:DeleteSecret', 'secretsmanager:PutResourcePolicy'], Resource: '*', Condition: { ArnNotLike: { 'aws:PrincipalArn': sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/break-glass') } } }) } },
    DbTurns: { Type: 'AWS::SecretsManager::RotationSchedule', DependsOn: ['TurnCall'], Properties: { SecretId: ref('Db'), RotationLambdaARN: att(at('Turn')), RotationRules: { ScheduleExpression: 'cron(0 4 ? * SUN *)', Duration: '2h' } } },
    TurnCall: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref(at('Turn')), Principal: 'secretsmanager.amazonaws.com', SourceArn: ref('Db'), SourceAccount: ACCOUNT } },
    ...fn('Turn', [allow(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:UpdateSecretVersionStage'], ref('Db')), allow('secretsmanager:GetRandomPassword', '*'), allow('kms:GenerateDataKey', CMK, via('secretsmanager')), allow('sqs:SendMessage', att('Lost'))], { DB_SECRET_ARN: ref('Db') }, { Runtime: NONE, Handler: NONE, PackageType: 'Image', Code: { ImageUri: sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/turn@${Digest}') }, Timeout: 60, ReservedConcurrentExecutions: 1, DeadLetterConfig: { TargetArn: att('Lost') } }),
    ...deadLetters('Lost', CMK, BELL),
    Images: { Type: 'AWS::ECR::Repository', ...kept, Properties: { RepositoryName: 'turn', ImageTagMutability: 'IMMUTABLE', ImageScanningConfiguration: { ScanOnPush: true }, EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: CMK }, RepositoryPolicyText: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], Condition: { ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*') } } }), Tags: [{ Key: 'stage', Value: 'prod' }] } },
    Edge: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        ManagedPolicyName: 'function-edge',
        PolicyDocument: document(
          { Sid: 'services', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:Put*', 'secretsmanager:GetSecretValue', 'kms:Decrypt', 'dynamodb:*Item', 'dynamodb:Query', 'sqs:*Message'], Resource: '*' },
          { Sid: 'never', Effect: 'Deny', Action: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
        ),
      },
    },
    Deployer: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'deployer',
        MaxSessionDuration: 3600,
        AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Federated: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com') }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }, StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:kitchen/vault:ref:refs/heads/main' } } }),
        Policies: [{
          PolicyName: 'deploy',
          PolicyDocument: document(
            allow(['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet', 'cloudformation:DescribeStacks', 'cloudformation:DescribeChangeSet'], sub('arn:${AWS::Partition}:cloudformation:${AWS::Region}:${AWS::AccountId}:stack/vault/*')),
            allow(['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'], sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/vault/*'), { StringEquals: { 'iam:PermissionsBoundary': ref('Edge') } }),
            allow('iam:PassRole', sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/vault/*'), { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }),
            allow('ecr:GetAuthorizationToken', '*'),
          ),
        }],
      },
    },
    Turned: { Type: 'AWS::Logs::MetricFilter', Properties: { LogGroupName: ref(at('Turn', 'Logs')), FilterPattern: '{ $.level = "ERROR" }', MetricTransformations: [{ MetricName: 'TurnErrors', MetricNamespace: 'Vault', MetricValue: '1' }] } },
    TurnedBad: alarm('Vault', 'TurnErrors', {}, BELL),
  },
};

const THEM = '555044404333';
const rights = (template: Json, name: string): Json[] => statements(template, at(name, 'Policy'));

/** A network of its own, a secret that turns, and the role that deploys. */
export const VAULT_SEED: BlindSeed = {
  name: 'A secret that turns in a network, imported from another stack, and the role that deploys it',
  style: 'cross-stack',
  stacks: { Network: NETWORK, Vault: VAULT },
  mutants: [
    fault('G02', 'the turner knows how to reach the base, with a password', ({ Vault }) => { Vault.Parameters.DbUrl = { Type: 'String', Default: 'postgres://turner:t00rn@db.kitchen.internal/main' }; env(Vault, at('Turn')).DB_CONNECTION_STRING = ref('DbUrl'); }),
    fault('G04', 'the first password is in the pattern', ({ Vault }) => { prop(Vault, 'Db').GenerateSecretString.SecretStringTemplate = join('{"username":"turner",', '"password":"', 'f1rst-0ne"', '}'); prop(Vault, 'Db').GenerateSecretString.GenerateStringKey = 'salt'; }),
    fault('G04', 'the secret is a text', ({ Vault }) => { prop(Vault, 'Db').GenerateSecretString = NONE; prop(Vault, 'Db').SecretString = when('IsStandby', '{}', sub('{"username":"turner","password":"f1rst-0ne","host":"${DbHost}"}')); }),
    fault('G88', 'the image is what a tag names, by the default of a parameter', ({ Vault }) => { Vault.Parameters.Digest.Default = 'latest'; prop(Vault, at('Turn')).Code.ImageUri = { 'Fn::Join': [':', [sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/turn'), ref('Digest')]] }; }),
    fault('G88', 'a tag of an image may be another image tomorrow', ({ Vault }) => { prop(Vault, 'Images').ImageTagMutability = when('IsStandby', 'IMMUTABLE', 'MUTABLE'); }),
    fault('G28', 'functions of any account fetch the image', ({ Vault }) => { prop(Vault, 'Images').RepositoryPolicyText.Statement[0].Condition = { StringLike: { 'aws:SourceArn': sub('arn:aws:lambda:${AWS::Region}:*:function:*') } }; }),
    fault('G78', 'everybody fetches the image', ({ Vault }) => { prop(Vault, 'Images').RepositoryPolicyText.Statement[0].Principal = { AWS: '*' }; prop(Vault, 'Images').RepositoryPolicyText.Statement[0].Condition = NONE; }),
    fault('G78', 'a stranger pushes an image', ({ Vault }) => { prop(Vault, 'Images').RepositoryPolicyText.Statement.push({ Effect: 'Allow', Principal: { AWS: THEM }, Action: ['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart', 'ecr:CompleteLayerUpload'] }); }),
    fault('G34', 'the turner mends its own role', ({ Vault }) => { rights(Vault, 'Turn').push(allow('IAM:putrolepolicy', att(at('Turn', 'Role')))); }),
    fault('G34', 'the turner may what is no identity', ({ Vault }) => { rights(Vault, 'Turn').push({ Effect: 'Allow', NotAction: ['sts:*', 'organizations:*'], Resource: sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:*') }); }),
    fault('G36', 'the turner decrypts by itself', ({ Vault }) => { const one = rights(Vault, 'Turn').find(({ Action }) => Action === 'kms:Decrypt') as Json; one.Condition = { StringLike: { 'kms:ViaService': '*' } }; }),
    fault('G37', 'the turner does all with the key that is not to delete', ({ Vault }) => { rights(Vault, 'Turn').push({ Effect: 'Allow', NotAction: ['kms:ScheduleKeyDeletion'], Resource: CMK }); }),
    breach('iam.wildcard-resource', 'the turner reads all secrets that begin with nothing', ({ Vault }) => { rights(Vault, 'Turn').push(allow('secretsmanager:GetSecretValue', { 'Fn::Sub': ['arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${Prefix}*', { Prefix: '' }] })); }),
    breach('iam.notresource', 'the turner reads all secrets but one', ({ Vault }) => { rights(Vault, 'Turn').push({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', NotResource: sub('arn:aws:secretsmanager:*:*:secret:root-*') }); }),
    breach('iam.priv-esc', 'the deployer makes roles without an edge', ({ Vault }) => { statements(Vault, 'Deployer')[1].Condition = { StringEqualsIfExists: { 'iam:PermissionsBoundary': ref('Edge') } }; statements(Vault, 'Deployer')[1].Resource = '*'; }),
    breach('iam.passrole', 'the deployer hands on any role to any service', ({ Vault }) => { statements(Vault, 'Deployer')[2] = allow('iam:PassRole', sub('arn:aws:iam::${AWS::AccountId}:role/*')); }),
    breach('iam.trust-public', 'any branch of anybody deploys', ({ Vault }) => { trust(Vault, 'Deployer')[0].Condition.StringLike = { 'token.actions.githubusercontent.com:sub': 'repo:*' }; }),
    breach('iam.trust-public', 'whoever has a token of the forge deploys', ({ Vault }) => { trust(Vault, 'Deployer')[0].Condition = { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }; }),
    breach('iam.aws-managed', 'the deployer is an administrator, by a join', ({ Vault }) => { prop(Vault, 'Deployer').ManagedPolicyArns = [{ 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':iam::aws:policy/', 'Administrator', 'Access']] }]; }),
    breach('iam.external-id', 'a stranger takes the role of the deployer', ({ Vault }) => { trust(Vault, 'Deployer').push({ Effect: 'Allow', Principal: { AWS: sub(`arn:aws:iam::${THEM}:root`) }, Action: 'sts:AssumeRole' }); }),
    breach('sm.rotation', 'the secret does not turn, in earnest', ({ Vault }) => { Vault.Resources.DbTurns.Condition = 'IsStandby'; }),
    breach('sm.cmk', 'the secret is under the key of the service', ({ Vault }) => { prop(Vault, 'Db').KmsKeyId = when('IsStandby', CMK, 'alias/aws/secretsmanager'); }),
    breach('sg.ingress-open', 'everybody knocks at the endpoints, by a rule beside', ({ Vault }) => { add(Vault, 'DoorFromAll', 'AWS::EC2::SecurityGroupIngress', { GroupId: ref('InsideDoor'), IpProtocol: '-1', CidrIp: { 'Fn::Join': ['/', ['0.0.0.0', '0']] }, Description: 'all' }); }),
    breach('sg.ingress-open', 'everybody of the newer kind knocks', ({ Vault }) => { prop(Vault, 'InsideDoor').SecurityGroupIngress = [{ IpProtocol: 'tcp', FromPort: '443', ToPort: '443', CidrIpv6: '::/0', Description: 'six' }]; }),
    breach('sg.ingress-open', 'everybody knocks, by what the network exports', ({ Network, Vault }) => { Network.Outputs.Range.Value = '0.0.0.0/0'; prop(Vault, 'DoorFromFn').CidrIp = use('network-range'); delete prop(Vault, 'DoorFromFn').SourceSecurityGroupId; }),
    breach('sg.egress-open', 'the turner reaches all there is', ({ Vault }) => { add(Vault, 'FnToAll', 'AWS::EC2::SecurityGroupEgress', { GroupId: att('InsideFn', 'GroupId'), IpProtocol: -1, CidrIp: '0.0.0.0/0', Description: 'all' }); }),
    breach('sg.egress-explicit', 'the turner has no word on where it goes', ({ Vault }) => { prop(Vault, 'InsideFn').SecurityGroupEgress = when('IsStandby', [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.40.0.0/16', Description: 'endpoints' }], NONE); }),
    breach('sg.port-range', 'many doors for the functions', ({ Vault }) => { Object.assign(prop(Vault, 'DoorFromFn'), { FromPort: '0', ToPort: '65535' }); }),
    fault('G79', 'a door to secrets of all accounts', ({ Vault }) => { prop(Vault, 'SecretsDoor').PolicyDocument = when('IsStandby', prop(Vault, 'SecretsDoor').PolicyDocument, NONE); }),
    fault('G79', 'files of anybody are reached: the organization is asked if there is one', ({ Network }) => { prop(Network, 'Files').PolicyDocument.Statement[0].Condition = { StringEqualsIfExists: { 'aws:ResourceOrgID': 'o-v4ult000000' } }; prop(Network, 'Files').PolicyDocument.Statement[0].Action = '*'; }),
    breach('vpc.flow-logs', 'what goes through the network is not told', ({ Network }) => { Network.Resources.Flow.Condition = 'IsSecond'; }),
    breach('vpc.flow-logs', 'only what is let through is told', ({ Network }) => { prop(Network, 'Flow').TrafficType = when('IsSecond', 'ALL', 'ACCEPT'); }),
    breach('vpc.subnet-public-ip', 'a place is seen from outside', ({ Network }) => { prop(Network, 'PrivateB').MapPublicIpOnLaunch = when('IsSecond', false, 'true'); }),
    breach('vpc.igw-route', 'the network leads to all', ({ Network }) => { add(Network, 'Gate', 'AWS::EC2::InternetGateway', {}); add(Network, 'GateAt', 'AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Gate') }); add(Network, 'Out', 'AWS::EC2::Route', { RouteTableId: ref('Routes'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gate') }, { DependsOn: 'GateAt' }); }),
    breach('vpc.nacl', 'everybody is let in by the list of the network', ({ Network }) => { add(Network, 'List', 'AWS::EC2::NetworkAcl', { VpcId: ref('Vpc') }); add(Network, 'ListA', 'AWS::EC2::SubnetNetworkAclAssociation', { SubnetId: ref('PrivateA'), NetworkAclId: ref('List') }); add(Network, 'ListAll', 'AWS::EC2::NetworkAclEntry', { NetworkAclId: ref('List'), RuleNumber: 100, Protocol: -1, RuleAction: 'allow', Egress: 'false', CidrBlock: '0.0.0.0/0' }); }),
    breach('lambda.vpc-multi-az', 'the turner is in one place', ({ Vault }) => { prop(Vault, at('Turn')).VpcConfig.SubnetIds = [{ 'Fn::Select': [0, SUBNETS] }]; }),
    breach('lambda.permission-source', 'any secret of any account calls the turner', ({ Vault }) => { Object.assign(prop(Vault, 'TurnCall'), { SourceArn: 'arn:aws:secretsmanager:*:*:secret:*', SourceAccount: NONE }); }),
    breach('kms.public', 'anybody decrypts, by a list of two', ({ Vault }) => { prop(Vault, 'Key961B73FD').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: [ACCOUNT, '*'] }, Action: 'kms:Decrypt', Resource: '*', Condition: { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-v4ult000000' } } }); }),
    breach('kms.rotation', 'the key does not turn', ({ Vault }) => { prop(Vault, 'Key961B73FD').EnableKeyRotation = when('IsStandby', true, 'false'); }),
    fault('G72', 'what the turner tells is not hidden', ({ Vault }) => { prop(Vault, at('Turn', 'Logs')).DataProtectionPolicy = when('IsStandby', prop(Vault, at('Turn', 'Logs')).DataProtectionPolicy, NONE); }),
    breach('logs.kms', 'flows are under the key of the service', ({ Network }) => { prop(Network, 'FlowLines').KmsKeyId = NONE; }),
    fault('G76', 'the secret goes with the stack', ({ Vault }) => { Vault.Resources.Db.DeletionPolicy = 'Delete'; }),
  ],
  variants: [
    safe('the door is for all networks of the functions', ({ Vault }) => { prop(Vault, 'DoorFromFn').SourceSecurityGroupId = ref('InsideFn'); prop(Vault, 'DoorFromFn').FromPort = '443'; prop(Vault, 'DoorFromFn').ToPort = '443'; }),
    safe('the edge allows what an edge allows', ({ Vault }) => { statements(Vault, 'Edge')[0].Action.push('sns:Publish', 'events:PutEvents'); }),
    safe('the deployer is refused what has no edge', ({ Vault }) => { statements(Vault, 'Deployer').push({ Effect: 'Deny', Action: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy'], Resource: '*', Condition: { StringNotEquals: { 'iam:PermissionsBoundary': ref('Edge') } } }); }),
    safe('the deployer of two branches of one project', ({ Vault }) => { trust(Vault, 'Deployer')[0].Condition = { 'ForAnyValue:StringEquals': { 'token.actions.githubusercontent.com:sub': ['repo:kitchen/vault:ref:refs/heads/main', 'repo:kitchen/vault:environment:production'] }, 'StringEquals': { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }; }),
    safe('the image by its digest in another spelling', ({ Vault }) => { prop(Vault, at('Turn')).Code.ImageUri = { 'Fn::Join': ['@', [sub('${Images.RepositoryUri}'), ref('Digest')]] }; }),
    safe('the second account reads files of the organization', ({ Network }) => { prop(Network, 'Files').PolicyDocument.Statement.push({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:ResourceOrgID': 'o-v4ult000000' } } }); }),
    safe('flows are told of each place alone', ({ Network }) => { prop(Network, 'Flow').TrafficType = 'ALL'; prop(Network, 'Flow').MaxAggregationInterval = '60'; prop(Network, 'PrivateA').MapPublicIpOnLaunch = 'false'; }),
    safe('the endpoint of keys is gone', ({ Vault }) => { remove(Vault, 'KeysDoor'); }),
  ],
};
