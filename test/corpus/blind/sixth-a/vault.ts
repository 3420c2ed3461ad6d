import { find, FOREIGN, leave, pick, role, root, split, work } from './parts';
import { ACCOUNT, alarm, allow, att, bucket, document, join, Json, key, logs, NONE, ref, sub, table, trusts, via, when } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, safe, statements, trust } from '../support';

const CMK = att('VaultKey');
const BELL = ref('Bell');
const PART = 'arn:${AWS::Partition}';
const SETTINGS = { Runtime: 'python3.13', Handler: 'main.handle', MemorySize: 512, TracingConfig: { Mode: 'Active' }, KmsKeyArn: CMK, ReservedConcurrentExecutions: 5, VpcConfig: { SubnetIds: [ref('SubnetA'), ref('SubnetB')], SecurityGroupIds: [ref('WorkerGroup')] }, Tags: [{ Key: 'stage', Value: 'prod' }] };
const NETWORK = allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'], '*');

/** A function with a role that is bound, whose rights are three policies of the account. */
const bound = (name: string, can: Json[], more: Json = {}): Json => ({
  [`${name}Logs`]: logs(CMK, { LogGroupName: sub(`/aws/lambda/\${AWS::StackName}-${name.toLowerCase()}`) }),
  [`${name}Role`]: { Type: 'AWS::IAM::Role', Properties: { Path: '/vault/', PermissionsBoundary: ref('Boundary'), AssumeRolePolicyDocument: trusts('lambda.amazonaws.com', false), ManagedPolicyArns: [ref('NetworkRights')], Policies: [{ PolicyName: 'own', PolicyDocument: document(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], sub(`${PART}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/\${AWS::StackName}-${name.toLowerCase()}:*`)), ...can) }] } },
  [name]: { Type: 'AWS::Lambda::Function', Properties: { ...SETTINGS, FunctionName: sub(`\${AWS::StackName}-${name.toLowerCase()}`), Role: att(`${name}Role`), Code: { S3Bucket: ref('Artifacts'), S3Key: `${name}/9f8e.zip`, S3ObjectVersion: 'a1B2c3' }, Timeout: 25, LoggingConfig: { LogFormat: 'JSON', LogGroup: ref(`${name}Logs`) }, CodeSigningConfigArn: ref('Signed'), ...more } },
  [`${name}Errors`]: alarm('AWS/Lambda', 'Errors', { FunctionName: ref(name) }, BELL),
  [`${name}Throttles`]: alarm('AWS/Lambda', 'Throttles', { FunctionName: ref(name) }, BELL),
});
const endpoint = (service: string, more: Json): Json => ({ Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: ref('Vpc'), ServiceName: sub(`com.amazonaws.\${AWS::Region}.${service}`), ...more } });
const subnet = (CidrBlock: string, zone: number): Json => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), CidrBlock, AvailabilityZone: pick(zone, { 'Fn::GetAZs': '' }), MapPublicIpOnLaunch: false } });

const TEMPLATE: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Bell: { Type: 'String', Default: 'arn:aws:sns:eu-central-1:111122223333:bell' }, Artifacts: { Type: 'String', Default: 'vault-artifacts-111122223333' }, Stage: { Type: 'String', Default: 'prod' }, Actions: { Type: 'CommaDelimitedList', Default: 's3:GetObject,s3:GetObjectVersion' }, Auditors: { Type: 'String', Default: '111122223333' } },
  Mappings: { Edge: { prod: { Open: '10.20.0.0/16', Signed: 'Enforce', Tls: '1', Scope: 'vault' } } },
  Conditions: { Prod: { 'Fn::Equals': [ref('Stage'), 'prod'] }, Drill: { 'Fn::Equals': [ref('Stage'), 'drill'] } },
  Resources: {
    VaultKey: key(),
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.20.0.0/16', EnableDnsSupport: true, EnableDnsHostnames: true } },
    SubnetA: subnet('10.20.1.0/24', 0),
    SubnetB: subnet('10.20.2.0/24', 1),
    FlowLogs: logs(CMK),
    FlowRole: role('vpc-flow-logs.amazonaws.com', allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'], att('FlowLogs'))),
    Flow: { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: ref('Vpc'), ResourceType: 'VPC', TrafficType: 'ALL', LogGroupName: ref('FlowLogs'), DeliverLogsPermissionArn: att('FlowRole') } },
    WorkerGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc'), GroupDescription: 'functions of the vault', SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: find('Edge', 'prod', 'Open'), Description: 'to the endpoints' }] } },
    ToS3: endpoint('s3', { VpcEndpointType: 'Gateway', PolicyDocument: document({ Effect: 'Allow', Principal: '*', Action: ['s3:GetObject', 's3:PutObject', 's3:GetObjectVersion'], Resource: [join(att('Papers'), '/*'), join(att('Seals'), '/*')], Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } } }) }),
    ToSecrets: endpoint('secretsmanager', { VpcEndpointType: 'Interface', PrivateDnsEnabled: true, SubnetIds: [ref('SubnetA'), ref('SubnetB')], SecurityGroupIds: [ref('WorkerGroup')], PolicyDocument: document({ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } } }) }),
    ...bucket('Access', undefined, undefined),
    ...bucket('Papers', CMK, ref('Access')),
    ...bucket('Seals', CMK, ref('Access')),
    PapersPoint: { Type: 'AWS::S3::AccessPoint', Properties: { Bucket: ref('Papers'), Name: 'papers-inside', VpcConfiguration: { VpcId: ref('Vpc') }, PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } } },
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Path: '/vault/', Description: 'no more than this', PolicyDocument: document(allow(['s3:*', 'logs:*', 'kms:Decrypt', 'kms:GenerateDataKey', 'sqs:*', 'xray:*', 'ec2:*NetworkInterface*', 'secretsmanager:GetSecretValue', 'dynamodb:*'], '*', { StringEquals: { 'aws:RequestedRegion': ref('AWS::Region') } }), { Effect: 'Deny', Action: ['iam:*', 'organizations:*', 'kms:CreateGrant'], Resource: '*' }) } },
    NetworkRights: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Path: '/vault/', PolicyDocument: document(NETWORK, allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'), allow('kms:Decrypt', CMK, via('lambda', 's3', 'sqs'))) } },
    Signer: { Type: 'AWS::Signer::SigningProfile', Properties: { PlatformId: 'AWSLambda-SHA384-ECDSA' } },
    Signed: { Type: 'AWS::Lambda::CodeSigningConfig', Properties: { AllowedPublishers: { SigningProfileVersionArns: [att('Signer', 'ProfileVersionArn')] }, CodeSigningPolicies: { UntrustedArtifactOnDeployment: find('Edge', 'prod', 'Signed') } } },
    ...work('Arrived', CMK, BELL, {}, [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Arrived'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::vault-papers' } } }]),
    ...bound('Stamp', [allow(ref('Actions'), join(att('Papers'), '/in/*')), allow('s3:PutObject', join(att('Seals'), '/*')), allow('kms:GenerateDataKey', CMK, via('s3')), allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Arrived'))], { Environment: { Variables: { PAPERS: ref('PapersPoint'), SEALS: ref('Seals'), PYTHONHTTPSVERIFY: find('Edge', ref('Stage'), 'Tls') } } }),
    StampLive: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', FunctionName: ref('Stamp'), FunctionVersion: att('StampVersion', 'Version') } },
    StampVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Stamp') } },
    StampArrived: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: ref('StampLive'), EventSourceArn: att('Arrived'), FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 } } },
    Ledger: table(CMK),
    ...bound('Count', [allow('dynamodb:UpdateItem', att('Ledger')), ...leave(att('ArrivedDead'), CMK)], { Environment: { Variables: { LEDGER: ref('Ledger') } }, DeadLetterConfig: { TargetArn: att('ArrivedDead') } }),
    CountNightly: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'cron(0 2 * * ? *)', State: 'ENABLED', Targets: [{ Id: 'count', Arn: ref('CountLive'), DeadLetterConfig: { Arn: att('ArrivedDead') }, RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3600 } }] } },
    CountVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Count') } },
    CountLive: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', FunctionName: ref('Count'), FunctionVersion: att('CountVersion', 'Version') } },
    CountMay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: ref('CountLive'), Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: att('CountNightly') } },
    Auditor: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: sub(`${PART}:iam::\${Auditors}:role/auditor`) }, Action: 'sts:AssumeRole', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }), Policies: [{ PolicyName: 'look', PolicyDocument: document(allow(['s3:GetObject'], join(att('Seals'), '/*'))) }] } },
  },
};
TEMPLATE.Resources.Papers.Properties.BucketName = 'vault-papers';
TEMPLATE.Resources.Papers.Properties.NotificationConfiguration = { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: att('Arrived') }] };
TEMPLATE.Resources.VaultKey.Properties.KeyPolicy.Statement.push({ Sid: 's3', Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } });
TEMPLATE.Resources.ArrivedDeadPolicy.Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('ArrivedDead'), Condition: { ArnEquals: { 'aws:SourceArn': att('CountNightly') } } });

const more = (t: Json, name: string, ...can: Json[]): void => { add(t, 'Extra', 'AWS::IAM::ManagedPolicy', { PolicyDocument: document(...can), Roles: [ref(`${name}Role`)] }); };
const keyed = (t: Json): Json[] => prop(t, 'VaultKey').KeyPolicy.Statement;
const over = (t: Json, id: string): Json => prop(t, id).PolicyDocument.Statement[0];

/** What an author writes who does all by hand: a network, boundaries, policies of the account. */
export const VAULT: BlindSeed = {
  name: 'Vault by hand: a network, boundaries, managed policies, aliases',
  style: 'yaml',
  stacks: { Vault: TEMPLATE },
  mutants: [
    fault('G09', 'certificates are not looked at, by the mapping', ({ Vault }) => { Vault.Mappings.Edge.prod.Tls = 0; }),
    fault('G10', 'a program stands before each call', ({ Vault }) => { env(Vault, 'Stamp').AWS_LAMBDA_EXEC_WRAPPER = join('/opt/', 'wrap.sh'); }),
    fault('G27', 'any rule of the account may count, through the alias', ({ Vault }) => { prop(Vault, 'CountMay').SourceArn = sub(`${PART}:events:\${AWS::Region}:\${AWS::AccountId}:rule/\${Name}`, { Name: '*' }); }),
    fault('G27', 'any bucket may have papers counted', ({ Vault }) => { add(Vault, 'Bucketed', 'AWS::Lambda::Permission', { FunctionName: ref('CountLive'), Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: join('arn:', ref('AWS::Partition'), ':s3:::', '*') }); }),
    fault('G28', 'any bucket may tell the queue', ({ Vault }) => { statements(Vault, 'ArrivedPolicy')[1].Condition = NONE; }),
    fault('G33', 'counting reads a word that it does not use', ({ Vault }) => { more(Vault, 'Count', allow('secretsmanager:GetSecretValue', sub(`${PART}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:mint-AbCdEf`))); }),
    fault('G34', 'counting changes what stamping is', ({ Vault }) => { more(Vault, 'Count', allow('lambda:Update*', att('Stamp'))); }),
    fault('G35', 'the role of counting is for machines of EC2 too', ({ Vault }) => { trust(Vault, 'CountRole').push({ Effect: 'Allow', Principal: { Service: join('ec2.', ref('AWS::URLSuffix')) }, Action: 'sts:AssumeRole' }); }),
    fault('G37', 'stamping does all with the key, by a policy of Amazon', ({ Vault }) => { prop(Vault, 'StampRole').ManagedPolicyArns.push('arn:aws:iam::aws:policy/AWSKeyManagementServicePowerUser'); statements(Vault, 'StampRole').push(allow('kms:*', CMK)); }),
    fault('G73', 'what stamping says goes to a group that is not there', ({ Vault }) => { prop(Vault, 'Stamp').FunctionName = NONE; delete prop(Vault, 'Stamp').LoggingConfig; }),
    fault('G74', 'strangers are sent what stamping says', ({ Vault }) => { add(Vault, 'Shipped', 'AWS::Logs::SubscriptionFilter', { LogGroupName: ref('StampLogs'), FilterPattern: '', DestinationArn: join('arn:aws:logs:eu-central-1:', FOREIGN, ':destination:siem') }); }),
    fault('G77', 'the ledger may be removed: only a drill keeps it', ({ Vault }) => { prop(Vault, 'Ledger').DeletionProtectionEnabled = when('Drill', true, NONE); }),
    fault('G79', 'over the endpoint all may go anywhere', ({ Vault }) => { Object.assign(over(Vault, 'ToS3'), { Action: '*', Resource: '*', Condition: NONE }); }),
    fault('G79', 'the endpoint has no policy, in production', ({ Vault }) => { prop(Vault, 'ToSecrets').PolicyDocument = when('Prod', NONE, document()); }),
    fault('G79', 'the organization is only asked for where there is one', ({ Vault }) => { over(Vault, 'ToSecrets').Condition = { StringEqualsIfExists: { 'aws:PrincipalTag/team': 'vault' } }; over(Vault, 'ToSecrets').Action = 'secretsmanager:*'; }),
    fault('G87', 'what nobody signed runs, with a warning', ({ Vault }) => { Vault.Mappings.Edge.prod.Signed = 'Warn'; }),
    fault('G88', 'what counts is written in the template', ({ Vault }) => { prop(Vault, 'Count').Code = when('Prod', { ZipFile: 'def handle(e, c):\n  return None\n' }, prop(Vault, 'Count').Code); }),
    fault('G89', 'what runs counting is never mended', ({ Vault }) => { prop(Vault, 'Count').RuntimeManagementConfig = { UpdateRuntimeOn: pick(1, split(',', 'Auto,Manual')), RuntimeVersionArn: 'arn:aws:lambda:eu-central-1::runtime:07a48df201798d627f2b950f03bb227aab4a655a1d019c3296406f95937e2525' }; }),
    fault('G78', 'strangers read papers, over the access point', ({ Vault }) => { prop(Vault, 'PapersPoint').Policy = document({ Effect: 'Allow', Principal: { AWS: root(FOREIGN) }, Action: 's3:GetObject', Resource: sub(`${PART}:s3:\${AWS::Region}:\${AWS::AccountId}:accesspoint/papers-inside/object/*`) }); }),
    fault('G40', 'what counting does not do is lost', ({ Vault }) => { prop(Vault, 'Count').DeadLetterConfig = NONE; }),
    breach('iam.assume-any', 'stamping may be anybody', ({ Vault }) => { more(Vault, 'Stamp', allow('sts:AssumeRole', 'arn:aws:iam::*:role/*')); }),
    breach('iam.notaction', 'stamping may do all but two things', ({ Vault }) => { more(Vault, 'Stamp', { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' }); }),
    breach('iam.wildcard-action', 'stamping does all with papers, by a list in a parameter', ({ Vault }) => { Vault.Parameters.Actions.Default = 's3:GetObject,s3:*'; }),
    breach('iam.priv-esc', 'counting makes versions of policies', ({ Vault }) => { more(Vault, 'Count', allow('iam:CreatePolicyVersion', sub(`${PART}:iam::\${AWS::AccountId}:policy/vault/*`))); }),
    breach('iam.credentials-exposure', 'counting makes keys of people', ({ Vault }) => { more(Vault, 'Count', allow(['iam:CreateAccessKey', 'iam:UpdateLoginProfile'], sub(`${PART}:iam::\${AWS::AccountId}:user/*`))); }),
    breach('iam.external-id', 'auditors of strangers come in without a word between them, by a parameter', ({ Vault }) => { Vault.Parameters.Auditors.Default = FOREIGN; delete trust(Vault, 'Auditor')[0].Condition; }),
    breach('iam.trust-notprincipal', 'all but one may audit', ({ Vault }) => { const one = trust(Vault, 'Auditor')[0]; one.NotPrincipal = one.Principal; delete one.Principal; }),
    breach('iam.managed-elevated', 'auditing is done with all rights on identities, by a list', ({ Vault }) => { prop(Vault, 'Auditor').ManagedPolicyArns = split(',', sub('arn:${AWS::Partition}:iam::aws:policy/SecurityAudit,arn:${AWS::Partition}:iam::aws:policy/IAMFullAccess')); }),
    breach('iam.user-policies', 'a person has rights of its own, and a key', ({ Vault }) => { add(Vault, 'Clerk', 'AWS::IAM::User', { Policies: [{ PolicyName: 'own', PolicyDocument: document(allow('s3:GetObject', join(att('Papers'), '/*'))) }] }); add(Vault, 'ClerkKey', 'AWS::IAM::AccessKey', { UserName: ref('Clerk') }); }),
    breach('kms.full-permissions', 'counting may do all with the key, by the key\'s policy', ({ Vault }) => { keyed(Vault).push({ Effect: 'Allow', Principal: { AWS: att('CountRole') }, Action: 'kms:*', Resource: '*' }); }),
    breach('kms.public', 'strangers use the key', ({ Vault }) => { keyed(Vault).push({ Effect: 'Allow', Principal: { AWS: [sub(`${PART}:iam::\${AWS::AccountId}:root`), FOREIGN] }, Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: '*' }); }),
    breach('kms.deletion', 'the key is gone within a week', ({ Vault }) => { prop(Vault, 'VaultKey').PendingWindowInDays = 7; Vault.Resources.VaultKey.DeletionPolicy = 'Delete'; }),
    breach('s3.acl-public', 'papers may be read by all who have an account', ({ Vault }) => { Object.assign(prop(Vault, 'Papers'), { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] }, AccessControl: when('Prod', 'AuthenticatedRead', 'Private') }); }),
    breach('s3.tls', 'papers are asked for in the clear: the denial has a hole', ({ Vault }) => { statements(Vault, 'PapersPolicy')[0].Condition = { Bool: { 'aws:SecureTransport': 'false' }, StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } }; }),
    breach('s3.versioning', 'papers that are written over are gone', ({ Vault }) => { prop(Vault, 'Papers').VersioningConfiguration.Status = when('Prod', 'Suspended', 'Enabled'); }),
    breach('s3.kms', 'papers lie under a key of Amazon, in production', ({ Vault }) => { prop(Vault, 'Papers').BucketEncryption = when('Prod', { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] }, prop(Vault, 'Papers').BucketEncryption); }),
    breach('s3.policy-notprincipal', 'all but the auditor are let at the seals', ({ Vault }) => { statements(Vault, 'SealsPolicy').push({ Effect: 'Allow', NotPrincipal: { AWS: att('Auditor') }, Action: 's3:GetObject', Resource: join(att('Seals'), '/*') }); }),
    breach('lambda.permission-wildcard-principal', 'anybody may count, through the alias', ({ Vault }) => { add(Vault, 'All', 'AWS::Lambda::Permission', { FunctionName: ref('CountLive'), Action: 'lambda:InvokeFunction', Principal: '*' }); }),
    breach('lambda.layer-permission', 'a layer is for everybody', ({ Vault }) => { add(Vault, 'Wax', 'AWS::Lambda::LayerVersion', { Content: { S3Bucket: ref('Artifacts'), S3Key: 'wax.zip' } }); add(Vault, 'WaxMay', 'AWS::Lambda::LayerVersionPermission', { LayerVersionArn: ref('Wax'), Action: 'lambda:GetLayerVersion', Principal: '*' }); }),
    breach('lambda.permission-action', 'a rule may change what counting is', ({ Vault }) => { prop(Vault, 'CountMay').Action = 'lambda:*'; }),
    breach('sg.egress-open', 'functions go anywhere, by the mapping', ({ Vault }) => { Vault.Mappings.Edge.prod.Open = '0.0.0.0/0'; }),
  ],
  variants: [
    safe('the boundary allows much and grants nothing', ({ Vault }) => { statements(Vault, 'Boundary')[0].Action = ['s3:*', 'logs:*', 'kms:*', 'sqs:*', 'xray:*', 'ec2:*', 'dynamodb:*']; }),
    safe('a denial with all stars', ({ Vault }) => { more(Vault, 'Count', { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }); }),
    safe('the layer is for the organization', ({ Vault }) => { add(Vault, 'Wax', 'AWS::Lambda::LayerVersion', { Content: { S3Bucket: ref('Artifacts'), S3Key: 'wax.zip' } }); add(Vault, 'WaxMay', 'AWS::Lambda::LayerVersionPermission', { LayerVersionArn: ref('Wax'), Action: 'lambda:GetLayerVersion', Principal: '*', OrganizationId: 'o-a1b2c3d4e5' }); }),
    safe('rights are asked for by a tag of the paper', ({ Vault }) => { more(Vault, 'Stamp', allow('s3:GetObjectTagging', join(att('Papers'), '/*'), { StringEquals: { 's3:ExistingObjectTag/owner': '${aws:PrincipalTag/owner}' } })); }),
    safe('auditors of this account come by another name', ({ Vault }) => { trust(Vault, 'Auditor')[0].Principal.AWS = [sub(`${PART}:iam::\${AWS::AccountId}:role/auditor`), sub(`${PART}:iam::\${AWS::AccountId}:role/chief`)]; }),
    safe('over the endpoint to a bucket of Amazon, to read', ({ Vault }) => { prop(Vault, 'ToS3').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: sub(`${PART}:s3:::prod-\${AWS::Region}-starport-layer-bucket/*`) }); }),
    safe('a drill keeps nothing, and there is none', ({ Vault }) => { prop(Vault, 'Ledger').DeletionProtectionEnabled = when('Drill', false, true); }),
    safe('the queue is told by the bucket, by name alone', ({ Vault }) => { statements(Vault, 'ArrivedPolicy')[1].Condition = { ArnEquals: { 'aws:SourceArn': join('arn:aws:s3:::', 'vault-papers') }, StringEquals: { 'aws:SourceAccount': [ACCOUNT] } }; }),
    safe('papers are denied to all without the key, star and all', ({ Vault }) => { statements(Vault, 'PapersPolicy').push({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: join(att('Papers'), '/*'), Condition: { StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption-aws-kms-key-id': CMK } } }); }),
  ],
};
