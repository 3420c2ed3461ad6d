import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, judged, Resources, RuleCase, shownBy } from '../support';

const OPEN = { Ref: 'SetAtDeployment' };
const SECTIONS = { Parameters: { SetAtDeployment: { Type: 'String' } } };
const one = (type: string, Properties: unknown = {}, more: object = {}): Resources => ({ X: { Type: `AWS::${type}`, Properties, ...more } });
const bucket = (BucketName: unknown): Resources => one('S3::Bucket', { BucketName });
const named = (text: string): Resources => bucket({ 'Fn::Sub': text });
const trail = (more: object): Resources => one('CloudTrail::Trail', more);
const plain = (Type: string, more = {}) => ({ DataResources: [{ Type, Values: ['arn'] }], ...more });
const advanced = (type: string, ...fields: unknown[]) => ({ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }, { Field: 'resources.type', Equals: [type] }, ...fields] });
const [FUNCTION, OBJECT] = ['AWS::Lambda::Function', 'AWS::S3::Object'];
const detector = (more: object): Resources => one('GuardDuty::Detector', { Enable: true, ...more });
const analyzer = (...Filter: unknown[]): Resources => one('AccessAnalyzer::Analyzer', { Type: 'ACCOUNT', ArchiveRules: [{ RuleName: 'quiet', Filter }] });
const filter = (Criterion: object): Resources => one('GuardDuty::Filter', { Action: 'ARCHIVE', FindingCriteria: { Criterion } });
const table = (more: object = {}, others: Resources = {}): Resources => ({ X: { Type: 'AWS::DynamoDB::Table', Properties: more }, ...others });
const scaled = (...units: string[]): Resources => Object.fromEntries(units.map((unit) => [unit, {
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget', Properties: { ResourceId: { 'Fn::Sub': 'table/${X}' }, ScalableDimension: `dynamodb:table:${unit}` },
}]));
const selection = (BackupSelection: unknown): Resources => ({ S: { Type: 'AWS::Backup::BackupSelection', Properties: { BackupSelection } } });
const key = (...Statement: unknown[]): Resources => one('KMS::Key', { KeyPolicy: { Statement } });
const grants = (more: object = {}) => ({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/x' }, Action: ['kms:CreateGrant'], Resource: '*', ...more });
const front = (more: object = {}, behavior: object = {}, others: Resources = {}): Resources => ({
  ...one('CloudFront::Distribution', { DistributionConfig: { DefaultCacheBehavior: { TargetOriginId: 'a', ...behavior }, Origins: [{ Id: 'a', DomainName: 'origin.example.com', ...more }] } }), ...others,
});
const TRUST = { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const acting = (more: object): Resources => ({
  X: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...more } },
});
const allowing = (Action: unknown, Effect = 'Allow') => ({ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect, Action, Resource: '*' }] } });
const ofAws = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` });
const inSubnet = (more: Resources = {}, group: object = {}): Resources => ({
  X: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet' }], SecurityGroupIds: [{ 'Fn::GetAtt': ['G', 'GroupId'] }] } } },
  G: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'functions', ...group } },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
  ...more,
});
const route = (GatewayId: unknown): Resources => ({
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  Routes: { Type: 'AWS::EC2::RouteTable', Properties: {} },
  Out: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: { Ref: 'Routes' }, DestinationCidrBlock: '0.0.0.0/0', GatewayId } },
  Joined: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Routes' } } },
});
const endpoint = (VpcId: unknown): Resources => ({ E: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId } } });
const ports = (FromPort: unknown, ToPort: unknown, more: object = {}) => ({ IpProtocol: 'tcp', FromPort, ToPort, CidrIp: '10.0.0.0/16', Description: 'orders', ...more });
const group = (more: object): Resources => one('EC2::SecurityGroup', { GroupDescription: 'database', ...more });
const signIn = (credential: unknown): Resources => one('SNS::Topic', {}, { Metadata: { 'AWS::CloudFormation::Authentication': { files: credential } } });
const TAGS = [{ Key: 'team', Value: 'shop' }];
const tagged = (Tags: unknown, others: unknown = TAGS): Resources => ({
  X: { Type: 'AWS::SQS::Queue', Properties: { Tags } },
  T: { Type: 'AWS::SNS::Topic', Properties: { Tags: others } },
  B: { Type: 'AWS::S3::Bucket', Properties: { Tags: others } },
  Q: { Type: 'AWS::SQS::QueuePolicy', Properties: {} },
});

const CASES: readonly RuleCase[] = [
  ['BucketNameDots', 'no name', bucket(undefined), []],
  ['BucketNameDots', 'hyphens', named('shop-files-${AWS::Region}'), []],
  ['BucketNameDots', 'a domain', bucket('files.example.com'), ['BucketNameDots at X']],
  ['BucketNameDots', 'a dot beside a pointer', named('files.${AWS::Region}'), ['BucketNameDots at X']],
  ['BucketNameDots', 'set at deployment', bucket(OPEN), ['BucketNameDots[undecided] at X']],
  ['BucketNamePredictable', 'no name', bucket(undefined), []],
  ['BucketNamePredictable', 'a name without the account', bucket('shop-files'), []],
  ['BucketNamePredictable', 'a part that only the stack knows', named('${AWS::StackName}-${AWS::AccountId}-${AWS::Region}'), []],
  ['BucketNamePredictable', 'account and region', named('files-${AWS::AccountId}-${AWS::Region}'), ['BucketNamePredictable at X']],
  ['BucketNamePredictable', 'account and region, written out', bucket('files-111122223333-eu-west-1'), ['BucketNamePredictable at X']],
  ['BucketNamePredictable', 'set at deployment', bucket(OPEN), ['BucketNamePredictable[undecided] at X']],

  ['TrailSettings', 'no way to CloudWatch', trail({ IsLogging: true, IsMultiRegionTrail: true, EnableLogFileValidation: true, KMSKeyId: 'k' }), ['TrailSettings[CloudWatchLogsLogGroupArn] at X']],
  ['TrailDataEvents', 'both kinds, in the plain form', trail({ EventSelectors: [plain(FUNCTION), plain(OBJECT, { ReadWriteType: 'All' })] }), []],
  ['TrailDataEvents', 'both kinds, in the advanced form', trail({ AdvancedEventSelectors: [advanced(FUNCTION), advanced(OBJECT)] }), []],
  ['TrailDataEvents', 'nothing', trail({}), [`TrailDataEvents[${FUNCTION}] at X`, `TrailDataEvents[${OBJECT}] at X`]],
  ['TrailDataEvents', 'writes only', trail({ EventSelectors: [plain(FUNCTION), plain(OBJECT, { ReadWriteType: 'WriteOnly' })] }), [`TrailDataEvents[${OBJECT}] at X`]],
  ['TrailDataEvents', 'reads only', trail({ AdvancedEventSelectors: [advanced(FUNCTION, { Field: 'readOnly', Equals: ['true'] }), advanced(OBJECT)] }), [`TrailDataEvents[${FUNCTION}] at X`]],
  ['TrailDataEvents', 'set at deployment', trail({ EventSelectors: [plain(FUNCTION), OPEN] }), [`TrailDataEvents[undecided ${OBJECT}] at X`]],
  ['TrailLakeKey', 'a key', one('CloudTrail::EventDataStore', { KmsKeyId: 'alias/lake' }), []],
  ['TrailLakeKey', 'none', one('CloudTrail::EventDataStore'), ['TrailLakeKey at X']],
  ['TrailLakeKey', 'set at deployment', one('CloudTrail::EventDataStore', { KmsKeyId: OPEN }), ['TrailLakeKey[undecided] at X']],
  ['FindingArchiveWide', 'a resource', analyzer({ Property: 'resource', Eq: ['arn:aws:s3:::site'] }, { Property: 'isPublic', Eq: ['true'] }), []],
  ['FindingArchiveWide', 'a principal', analyzer({ Property: 'principal.AWS', Contains: ['111122223333'] }), []],
  ['FindingArchiveWide', 'no rule', one('AccessAnalyzer::Analyzer', { Type: 'ACCOUNT' }), []],
  ['FindingArchiveWide', 'all that is public', analyzer({ Property: 'isPublic', Eq: ['true'] }), ['FindingArchiveWide[quiet] at X']],
  ['FindingArchiveWide', 'all but one resource', analyzer({ Property: 'resource', Neq: ['arn:aws:s3:::site'] }), ['FindingArchiveWide[quiet] at X']],
  ['FindingArchiveWide', 'any resource', analyzer({ Property: 'resource', Exists: true }), ['FindingArchiveWide[quiet] at X']],
  ['FindingArchiveWide', 'set at deployment', analyzer({ Property: OPEN, Eq: ['x'] }), ['FindingArchiveWide[undecided quiet] at X']],
  ['FindingArchiveWide', 'a filter by type', filter({ type: { Eq: ['Recon:EC2/PortProbeUnprotectedPort'] } }), []],
  ['FindingArchiveWide', 'a filter by severity alone', filter({ severity: { Lt: 7 } }), ['FindingArchiveWide at X']],
  ['FindingArchiveWide', 'a filter for nothing', filter({}), ['FindingArchiveWide at X']],
  ['FindingArchiveWide', 'a filter that only shows', one('GuardDuty::Filter', { Action: 'NOOP', FindingCriteria: { Criterion: {} } }), []],
  ['FindingArchiveWide', 'a filter set at deployment', one('GuardDuty::Filter', { Action: OPEN }), ['FindingArchiveWide[undecided] at X']],

  ['DetectorSettings', 'on, and nothing said about features', detector({}), []],
  ['DetectorSettings', 'both features on', detector({ Features: [{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }, { Name: 'LAMBDA_NETWORK_LOGS', Status: 'ENABLED' }] }), []],
  ['DetectorSettings', 'another feature off', detector({ Features: [{ Name: 'EKS_AUDIT_LOGS', Status: 'DISABLED' }] }), []],
  ['DetectorSettings', 'off', detector({ Enable: false }), ['DetectorSettings[Enable] at X']],
  ['DetectorSettings', 'buckets off', detector({ Features: [{ Name: 'S3_DATA_EVENTS', Status: 'DISABLED' }] }), ['DetectorSettings[S3_DATA_EVENTS] at X']],
  ['DetectorSettings', 'buckets off, in the older form', detector({ DataSources: { S3Logs: { Enable: false } } }), ['DetectorSettings[S3_DATA_EVENTS] at X']],
  ['DetectorSettings', 'set at deployment', detector({ Features: [{ Name: 'LAMBDA_NETWORK_LOGS', Status: OPEN }] }), ['DetectorSettings[undecided LAMBDA_NETWORK_LOGS] at X']],

  ['TableCapacity', 'by request', table({ BillingMode: 'PAY_PER_REQUEST' }), []],
  ['TableCapacity', 'scaled', table({}, scaled('ReadCapacityUnits', 'WriteCapacityUnits')), []],
  ['TableCapacity', 'nothing said: by units', table({}), ['TableCapacity[ReadCapacityUnits] at X', 'TableCapacity[WriteCapacityUnits] at X']],
  ['TableCapacity', 'reads are scaled', table({ BillingMode: 'PROVISIONED' }, scaled('ReadCapacityUnits')), ['TableCapacity[WriteCapacityUnits] at X']],
  ['TableCapacity', 'set at deployment', table({ BillingMode: OPEN }, scaled('ReadCapacityUnits')), ['TableCapacity[undecided WriteCapacityUnits] at X']],

  ['KeyLength', 'long', one('KMS::Key', { KeySpec: 'RSA_4096', KeyUsage: 'ENCRYPT_DECRYPT' }), []],
  ['KeyLength', 'short, and signs', one('KMS::Key', { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }), []],
  ['KeyLength', 'short', one('KMS::Key', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }), ['KeyLength at X']],
  ['KeyLength', 'set at deployment', one('KMS::Key', { KeySpec: OPEN, KeyUsage: 'ENCRYPT_DECRYPT' }), ['KeyLength[undecided] at X']],
  ['KeyGrantScope', 'the statement of the account', key(grants({ Action: 'kms:*' })), []],
  ['KeyGrantScope', 'for services of AWS', key(grants({ Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } })), []],
  ['KeyGrantScope', 'denied to all others', key(grants(), grants({ Effect: 'Deny', Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } } })), []],
  ['KeyGrantScope', 'through one service', key(grants({ Condition: { StringEquals: { 'kms:ViaService': 'rds.eu-west-1.amazonaws.com' } } })), []],
  ['KeyGrantScope', 'for all but services of AWS', key(grants({ Condition: { Bool: { 'kms:GrantIsForAWSResource': 'false' } } })), ['KeyGrantScope at X']],
  ['KeyGrantScope', 'for services of AWS, and for calls that say nothing', key(grants({ Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'true' } } })), ['KeyGrantScope at X']],
  ['KeyGrantScope', 'denied to those alone who say that they are none', key(grants(), grants({ Effect: 'Deny', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'false' } } })), ['KeyGrantScope at X']],
  ['KeyGrantScope', 'denied to services of AWS', key(grants(), grants({ Effect: 'Deny', Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'true' } } })), ['KeyGrantScope at X']],
  ['KeyGrantScope', 'denied except through one service', key(grants(), grants({ Effect: 'Deny', Condition: { StringNotEquals: { 'kms:ViaService': 'rds.eu-west-1.amazonaws.com' } } })), []],
  ['KeyGrantScope', 'for whoever the role chooses', key(grants()), ['KeyGrantScope at X']],
  ['KeyGrantScope', 'by a wildcard', key(grants({ Action: ['kms:Create*'] })), ['KeyGrantScope at X']],
  ['KeyGrantScope', 'set at deployment', key(grants({ Action: OPEN })), ['KeyGrantScope[undecided] at X']],

  ['DistributionSigners', 'key groups', front({}, { TrustedKeyGroups: ['g'] }), []],
  ['DistributionSigners', 'nobody', front({}, { TrustedSigners: [] }), []],
  ['DistributionSigners', 'the account itself', front({}, { TrustedSigners: ['self'] }), ['DistributionSigners[default] at X']],
  ['DistributionSigners', 'set at deployment', front({}, { TrustedSigners: OPEN }), ['DistributionSigners[undecided default] at X']],
  ['OriginBucketElsewhere', 'a bucket of the app', front({ DomainName: { 'Fn::GetAtt': ['B', 'RegionalDomainName'] }, S3OriginConfig: {} }, {}, { B: { Type: 'AWS::S3::Bucket' } }), []],
  ['OriginBucketElsewhere', 'a bucket of the app, by name', front({ DomainName: 'files.s3.amazonaws.com', S3OriginConfig: {} }, {}, { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } } }), []],
  ['OriginBucketElsewhere', 'no bucket at all', front(), []],
  ['OriginBucketElsewhere', 'a bucket of somebody', front({ DomainName: 'files.s3.amazonaws.com', S3OriginConfig: {} }), ['OriginBucketElsewhere[files.s3.amazonaws.com] at X']],
  ['OriginBucketElsewhere', 'set at deployment', front({ DomainName: OPEN }), ['OriginBucketElsewhere[undecided] at X']],
  ['WebAclClassic', 'blocks', one('WAFRegional::WebACL', { DefaultAction: { Type: 'BLOCK' } }), []],
  ['WebAclClassic', 'lets through', one('WAF::WebACL', { DefaultAction: { Type: 'ALLOW' } }), ['WebAclClassic at X']],
  ['WebAclClassic', 'set at deployment', one('WAF::WebACL', { DefaultAction: { Type: OPEN } }), ['WebAclClassic[undecided] at X']],

  ['FunctionLogRights', 'a statement', acting({ Policies: [allowing(['logs:CreateLogStream', 'logs:PutLogEvents'])] }), []],
  ['FunctionLogRights', 'the policy of AWS for functions', acting({ ManagedPolicyArns: [ofAws('service-role/AWSLambdaBasicExecutionRole')] }), []],
  ['FunctionLogRights', 'the policy of AWS for queues', acting({ ManagedPolicyArns: [ofAws('service-role/AWSLambdaSQSQueueExecutionRole')] }), []],
  ['FunctionLogRights', 'everything of AWS', acting({ ManagedPolicyArns: [ofAws('AdministratorAccess')] }), []],
  ['FunctionLogRights', 'nothing', acting({}), ['FunctionLogRights at X']],
  ['FunctionLogRights', 'something else', acting({ Policies: [allowing('s3:GetObject')], ManagedPolicyArns: [ofAws('AWSXRayDaemonWriteAccess')] }), ['FunctionLogRights at X']],
  ['FunctionLogRights', 'a denial', acting({ Policies: [allowing('logs:PutLogEvents'), allowing('logs:*', 'Deny')] }), ['FunctionLogRights at X']],
  ['FunctionLogRights', 'a policy of another team', acting({ ManagedPolicyArns: ['arn:aws:iam::111122223333:policy/base'] }), ['FunctionLogRights[undecided] at X']],
  ['FunctionLogRights', 'a policy of AWS that it does not know', acting({ ManagedPolicyArns: [ofAws('SomethingNew')] }), ['FunctionLogRights[undecided] at X']],
  ['FunctionLogRights', 'a role of another app', one('Lambda::Function', { Role: 'arn:aws:iam::111122223333:role/x' }), []],

  ['FunctionSubnetPublic', 'no route', inSubnet(), []],
  ['FunctionSubnetPublic', 'a subnet of another app', one('Lambda::Function', { VpcConfig: { SubnetIds: ['subnet-1', OPEN] } }), []],
  ['FunctionSubnetPublic', 'a gateway to another network', inSubnet({ ...route({ Ref: 'Private' }), Private: { Type: 'AWS::EC2::VPNGateway' } }), []],
  ['FunctionSubnetPublic', 'an internet gateway', inSubnet(route({ Ref: 'Gateway' })), ['FunctionSubnetPublic at X']],
  ['FunctionSubnetPublic', 'a gateway that is known at deployment', inSubnet(route(OPEN)), ['FunctionSubnetPublic[undecided] at X']],
  ['FunctionSubnetPublic', 'an internet gateway in one case', inSubnet({
    ...route({ Ref: 'Gateway' }),
    Others: { Type: 'AWS::EC2::RouteTable', Properties: {} },
    Joined: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { 'Fn::If': ['C', { Ref: 'Others' }, { Ref: 'Routes' }] } } },
  }), ['FunctionSubnetPublic at X']],
  ['NetworkEndpoints', 'an endpoint', inSubnet(endpoint({ Ref: 'Vpc' })), []],
  ['NetworkEndpoints', 'a network without functions', one('EC2::VPC'), []],
  ['NetworkEndpoints', 'none', inSubnet(), ['NetworkEndpoints at Vpc']],
  ['NetworkEndpoints', 'one of another network', inSubnet(endpoint('vpc-1')), ['NetworkEndpoints at Vpc']],
  ['NetworkEndpoints', 'one of a network that is known at deployment', inSubnet(endpoint(OPEN)), ['NetworkEndpoints[undecided] at Vpc']],
  ['SecurityGroupPorts', 'one port', group({ SecurityGroupIngress: [ports(443, '443')] }), []],
  ['SecurityGroupPorts', 'pings', group({ SecurityGroupIngress: [ports(8, -1, { IpProtocol: 'icmp' })] }), []],
  ['SecurityGroupPorts', 'what leaves something else than a function', group({ SecurityGroupEgress: [ports(0, 65535)] }), []],
  ['SecurityGroupPorts', 'everything, which another rule tells', inSubnet({}, { SecurityGroupEgress: [ports(0, 65535, { CidrIp: '0.0.0.0/0' })] }), []],
  ['SecurityGroupPorts', 'a range', group({ SecurityGroupIngress: [ports(1024, 65535)] }), ['SecurityGroupPorts[ingress] at X']],
  ['SecurityGroupPorts', 'all protocols', group({ SecurityGroupIngress: [ports(undefined, undefined, { IpProtocol: -1 })] }), ['SecurityGroupPorts[ingress] at X']],
  ['SecurityGroupPorts', 'a range that leaves a function', inSubnet({}, { SecurityGroupEgress: [ports(0, 65535)] }), ['SecurityGroupPorts[egress] at G']],
  ['SecurityGroupPorts', 'the same, standing alone', inSubnet({ E: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: ports(0, 65535, { GroupId: { 'Fn::GetAtt': ['G', 'GroupId'] } }) } }), ['SecurityGroupPorts[egress] at E']],
  ['SecurityGroupPorts', 'set at deployment', group({ SecurityGroupIngress: [ports(443, OPEN)] }), ['SecurityGroupPorts[undecided ingress] at X']],
  ['SecurityGroupPurpose', 'described', group({ SecurityGroupIngress: [ports(443, 443)] }), []],
  ['SecurityGroupPurpose', 'not described', group({ SecurityGroupIngress: [ports(443, 443, { Description: undefined })], SecurityGroupEgress: [ports(443, 443, { Description: '' })] }),
    ['SecurityGroupPurpose[egress] at X', 'SecurityGroupPurpose[ingress] at X']],
  ['SecurityGroupPurpose', 'standing alone', one('EC2::SecurityGroupIngress', ports(443, 443, { Description: undefined })), ['SecurityGroupPurpose[ingress] at X']],
  ['SecurityGroupPurpose', 'set at deployment', group({ SecurityGroupIngress: [ports(443, 443, { Description: OPEN })] }), ['SecurityGroupPurpose[undecided ingress] at X']],

  ['MetadataCredentials', 'a role', signIn({ type: 'S3', roleName: { Ref: 'Role' } }), []],
  ['MetadataCredentials', 'from a store', signIn({ type: 'basic', password: '{{resolve:secretsmanager:files:SecretString:password}}' }), []],
  ['MetadataCredentials', 'a password', signIn({ type: 'basic', username: 'deploy', password: 'correct-horse' }), ['MetadataCredentials[files password] at X']],
  ['MetadataCredentials', 'keys', signIn({ type: 'S3', accessKeyId: 'AKIA', secretKey: 'abc' }), ['MetadataCredentials[files accessKeyId] at X', 'MetadataCredentials[files secretKey] at X']],
  ['MetadataCredentials', 'set at deployment', signIn({ type: 'basic', password: OPEN }), ['MetadataCredentials[undecided files password] at X']],
  ['OwnerTags', 'like the others', tagged(TAGS), []],
  ['OwnerTags', 'nobody has any: the stack may have them', tagged(undefined, []), []],
  ['OwnerTags', 'unlike the others', tagged(undefined), ['OwnerTags at X']],
  ['OwnerTags', 'an empty list', tagged([]), ['OwnerTags at X']],
  ['OwnerTags', 'others that carry the mark of a containment alone', tagged(undefined, [{ Key: 'cdk-secure-serverless:containment', Value: 'Shop-Containment' }]), []],
  ['OwnerTags', 'others that carry what CDK writes for itself alone', tagged(undefined, [{ Key: 'aws-cdk:cr-owned:0a1b2c3d', Value: 'true' }]), []],
  ['OwnerTags', 'the tag of a classification alone', tagged([{ Key: 'data-classification', Value: 'personal' }]), ['OwnerTags at X']],
  ['OwnerTags', 'set at deployment', tagged(OPEN), ['OwnerTags[undecided] at X']],

  ['UserPoolThreats', 'challenges of one\'s own, unprotected', one('Cognito::UserPool', { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' }, LambdaConfig: { DefineAuthChallenge: 'arn' } }), ['UserPoolThreats at X']],
  ['UserPoolThreats', 'challenges of one\'s own, watched only', one('Cognito::UserPool', { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' } } }), ['UserPoolThreats at X']],
  ['UserPoolThreats', 'challenges of one\'s own, protected', one('Cognito::UserPool', {
    UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } }, LambdaConfig: { DefineAuthChallenge: 'arn' },
  }), []],
  ['PassThroughSecret', 'a token of a permission', one('Lambda::Permission', { Action: 'lambda:InvokeFunction', Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'correct-horse-battery' }), ['PassThroughSecret[EventSourceToken] at X']],
  ['BucketAccessLog', 'the records of a trail', { ...one('S3::Bucket'), T: { Type: 'AWS::CloudTrail::Trail', Properties: { S3BucketName: { Ref: 'X' } } } }, ['BucketAccessLog at X']],
];

/** Rules that only a stricter profile asks for. */
const REGULATED: readonly RuleCase[] = [
  ['BucketObjectLock', 'locked', one('S3::Bucket', { ObjectLockEnabled: true }), []],
  ['BucketObjectLock', 'a bucket for logs', { ...one('S3::Bucket'), Other: { Type: 'AWS::S3::Bucket', Properties: { ObjectLockEnabled: true, LoggingConfiguration: { DestinationBucketName: { Ref: 'X' } } } } }, []],
  ['BucketObjectLock', 'nothing said', one('S3::Bucket'), ['BucketObjectLock at X']],
  ['BucketObjectLock', 'set at deployment', one('S3::Bucket', { ObjectLockEnabled: OPEN }), ['BucketObjectLock[undecided] at X']],
  ['TableBackupPlan', 'named', table({}, selection({ Resources: [{ 'Fn::GetAtt': ['X', 'Arn'] }] })), []],
  ['TableBackupPlan', 'all tables', table({}, selection({ Resources: ['arn:aws:dynamodb:*:*:table/*'] })), []],
  ['TableBackupPlan', 'by its tag', table({ Tags: TAGS }, selection({ ListOfTags: [{ ConditionKey: 'team', ConditionType: 'STRINGEQUALS', ConditionValue: 'shop' }] })), []],
  ['TableBackupPlan', 'by a tag that it lacks', table({}, selection({ ListOfTags: [{ ConditionKey: 'team', ConditionType: 'STRINGEQUALS', ConditionValue: 'shop' }] })), ['TableBackupPlan at X']],
  ['TableBackupPlan', 'none', table(), ['TableBackupPlan at X']],
  ['TableBackupPlan', 'set at deployment', table({}, selection({ Resources: [OPEN] })), ['TableBackupPlan[undecided] at X']],
];

describe('The rules that answer published controls', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test.each(REGULATED)('%s, where the profile asks for it: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, SecurityProfile.regulated(), SECTIONS)).toEqual(expected);
    expect(findings(rule, resources, SecurityProfile.production(), SECTIONS)).toStrictEqual([]);
  });

  const NEW = [...new Set([...CASES, ...REGULATED].map(([rule]) => rule))]
    .filter((rule) => !['BucketAccessLog', 'PassThroughSecret', 'TrailSettings', 'UserPoolThreats'].includes(rule));
  test.each(NEW)('%s has a compliant, a violating, an open and a case that does not concern it', (rule) => {
    expect(shownBy([...CASES, ...REGULATED], rule)).toEqual({ compliant: true, violated: true, open: true });
    expect(judged(rule, { Other: { Type: 'AWS::Events::ApiDestination', Properties: {} } })).toBe(0);
  });
});
