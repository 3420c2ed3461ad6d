import { Breaches, get, made, only, ref, Resources, withFunction } from './kit';

const group = (more: Record<string, any> = {}): Resources => withFunction({ VpcConfig: { SubnetIds: [ref('Subnet'), ref('Second')], SecurityGroupIds: [get('Group', 'GroupId')] } }, {
  Vpc: made('EC2::VPC', { CidrBlock: '10.0.0.0/16' }),
  Subnet: made('EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.1.0/24', AvailabilityZone: 'eu-west-1a' }),
  Second: made('EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: '10.0.2.0/24', AvailabilityZone: 'eu-west-1b' }),
  Group: made('EC2::SecurityGroup', { GroupDescription: 'functions', VpcId: ref('Vpc'), SecurityGroupEgress: [{ CidrIp: '10.0.0.0/16', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }], ...more }),
});
/** The same group, in a subnet from which there is a way to the internet. */
const outside = (more: Record<string, any>) => ({
  ...egress(more),
  Gateway: made('EC2::InternetGateway'),
  Routes: made('EC2::RouteTable', { VpcId: ref('Vpc') }),
  Route: made('EC2::Route', { RouteTableId: ref('Routes'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') }),
  Joined: made('EC2::SubnetRouteTableAssociation', { SubnetId: ref('Subnet'), RouteTableId: ref('Routes') }),
});
const ingress = (more: Record<string, any>) => group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16', ...more }] });
const egress = (more: Record<string, any>) => group({ SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.0.0.0/16', ...more }] });
const trail = (more: Record<string, any> = {}): Resources => only('CloudTrail::Trail', { IsLogging: true, S3BucketName: 'trails', ...more });
const alarm = (more: Record<string, any>): Resources => only('CloudWatch::Alarm', {
  Namespace: 'AWS/Lambda', MetricName: 'Errors', ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, Period: 60, Threshold: 1, Statistic: 'Sum', ...more,
});
const PASSWORD = 'correct-horse-7';

/** The networks of functions, and what watches over everything. */
export const NETWORK_BREACHES: Breaches = {
  'sg.ingress-open': [ingress({ CidrIp: '0.0.0.0/0' }), ingress({ CidrIp: '0.0.0.0/0', FromPort: 5432, ToPort: 5432 })],
  'sg.high-risk-ports': [ingress({ CidrIp: '0.0.0.0/0', FromPort: 22, ToPort: 22 })],
  'sg.egress-open': [outside({ CidrIp: '0.0.0.0/0' })],
  'sg.egress-explicit': [group({ SecurityGroupEgress: undefined })],
  'sg.egress-protocol': [egress({ IpProtocol: '-1', CidrIp: '0.0.0.0/0', FromPort: undefined, ToPort: undefined })],
  'sg.port-range': [egress({ FromPort: 0, ToPort: 65535 }), ingress({ FromPort: 1024, ToPort: 65535 })],
  'sg.description': [ingress({})],
  'vpc.flow-logs': [group()],
  'vpc.subnet-public-ip': [only('EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24', MapPublicIpOnLaunch: true })],
  'vpc.default-sg': [
    withFunction({ VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: [get('Vpc', 'DefaultSecurityGroup')] } }, { Vpc: made('EC2::VPC', { CidrBlock: '10.0.0.0/16' }) }),
  ],
  'vpc.endpoints': [group()],
  'vpc.igw-route': [outside({})],
  'vpc.nacl': [{ ...group(), Acl: made('EC2::NetworkAcl', { VpcId: ref('Vpc') }), Entry: made('EC2::NetworkAclEntry', { NetworkAclId: ref('Acl'), RuleNumber: 1, Protocol: -1, RuleAction: 'allow', CidrBlock: '0.0.0.0/0' }) }],
  'cw.alarm-action': [alarm({})],
  'cw.alarm-enabled': [alarm({ AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:ops'], ActionsEnabled: false })],
  'logs.kms': [only('Logs::LogGroup', { RetentionInDays: 365 })],
  'logs.retention': [only('Logs::LogGroup')],
  'logs.public': [only('Logs::ResourcePolicy', { PolicyName: 'open', PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutLogEvents","Resource":"*"}]}' })],
  'trail.enabled': [trail({ IsLogging: false })],
  'trail.kms': [trail()],
  'trail.multi-region': [trail({ IsMultiRegionTrail: false })],
  'trail.validation': [trail()],
  'trail.cloudwatch': [trail({ IsMultiRegionTrail: true, EnableLogFileValidation: true, KMSKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1' })],
  'trail.bucket': [{ ...trail({ S3BucketName: ref('Bucket') }), Bucket: made('S3::Bucket') }],
  'trail.lake': [only('CloudTrail::EventDataStore', { Name: 'lake' })],
  'gd.enabled': [only('GuardDuty::Detector', { Enable: false })],
  'gd.lambda': [only('GuardDuty::Detector', { Enable: true, Features: [{ Name: 'LAMBDA_NETWORK_LOGS', Status: 'DISABLED' }] })],
  'gd.s3': [only('GuardDuty::Detector', { Enable: true, Features: [{ Name: 'S3_DATA_EVENTS', Status: 'DISABLED' }] })],
  'cfn.credentials': [
    { It: made('Lambda::Function', {}, { Metadata: { 'AWS::CloudFormation::Authentication': { repo: { type: 'basic', username: 'deploy', password: PASSWORD, uris: ['https://example.org'] } } } }) },
  ],
  'cfn.outputs-secrets': [{ resources: {}, sections: { Outputs: { DbPassword: { Value: PASSWORD } } } }],
  'cfn.termination-protection': [only('DynamoDB::Table', { KeySchema: [] }, { DeletionPolicy: 'Delete' })],
  'cfn.explicit-name': [only('DynamoDB::Table', { TableName: 'orders' })],
};
