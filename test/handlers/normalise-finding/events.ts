/** Events in the shapes that the documentation of each service shows. */
type Json = { readonly [key: string]: unknown };

const envelope = (source: string, type: string, detail: Json, rest: Json = {}) => ({
  'version': '0',
  'id': 'c8c4daa7-a20c-2f03-0070-b7393dd542ad',
  'detail-type': type,
  source,
  'account': '111122223333',
  'time': '2026-11-26T06:31:02Z',
  'region': 'eu-central-1',
  'resources': [],
  detail,
  ...rest,
});

const remoteIpDetails = {
  ipAddressV4: '198.51.100.7',
  organization: { asn: '64500', asnOrg: 'EXAMPLE', isp: 'EXAMPLE', org: 'EXAMPLE' },
  country: { countryName: 'Example Country' },
  city: { cityName: 'Example City' },
  geoLocation: { lat: 0, lon: 0 },
};

const guardDutyDetail = (fields: Json): Json => ({
  schemaVersion: '2.0',
  accountId: '111122223333',
  region: 'eu-central-1',
  partition: 'aws',
  id: '16afba5c5c43e07c9e3e5e2e544e95df',
  arn: 'arn:aws:guardduty:eu-central-1:111122223333:detector/a12abc34d567e8fa901bc2d34e56789f0/finding/16afba5c5c43e07c9e3e5e2e544e95df',
  createdAt: '2026-11-26T06:10:00.000Z',
  updatedAt: '2026-11-26T06:30:30.000Z',
  title: 'A function communicates with the Tor network.',
  description: 'The Lambda function pay sends traffic to a Tor guard node.',
  ...fields,
});

export const GUARD_DUTY_LAMBDA = envelope('aws.guardduty', 'GuardDuty Finding', guardDutyDetail({
  type: 'UnauthorizedAccess:Lambda/TorClient',
  severity: 8,
  resource: {
    resourceType: 'Lambda',
    lambdaDetails: {
      functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:pay:7',
      functionName: 'pay',
      functionVersion: '7',
      role: 'arn:aws:iam::111122223333:role/service/pay-role',
    },
  },
  service: {
    serviceName: 'guardduty',
    detectorId: 'a12abc34d567e8fa901bc2d34e56789f0',
    action: { actionType: 'NETWORK_CONNECTION', networkConnectionAction: { connectionDirection: 'OUTBOUND', protocol: 'TCP', blocked: false, remoteIpDetails } },
    resourceRole: 'ACTOR',
    eventFirstSeen: '2026-11-26T06:05:00.000Z',
    eventLastSeen: '2026-11-26T06:25:00.000Z',
    archived: false,
    count: 3,
  },
}));

export const GUARD_DUTY_KEY = envelope('aws.guardduty', 'GuardDuty Finding', guardDutyDetail({
  type: 'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
  severity: 9.1,
  resource: {
    resourceType: 'AccessKey',
    accessKeyDetails: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', principalId: 'AROAEXAMPLE:pay', userType: 'AssumedRole', userName: 'pay-role' },
    s3BucketDetails: [{ arn: 'arn:aws:s3:::receipts', name: 'receipts', type: 'Destination' }],
  },
  service: {
    action: { actionType: 'AWS_API_CALL', awsApiCallAction: { api: 'GetObject', serviceName: 's3.amazonaws.com', callerType: 'Remote IP', remoteIpDetails } },
    eventFirstSeen: '2026-11-26T06:05:00.000Z',
    eventLastSeen: '2026-11-26T06:25:00.000Z',
    count: 1,
  },
}));

export const GUARD_DUTY_SEQUENCE = envelope('aws.guardduty', 'GuardDuty Finding', guardDutyDetail({
  type: 'AttackSequence:S3/CompromisedData',
  severity: 9,
  resource: { resourceType: 'AttackSequence' },
  service: {
    detection: {
      sequence: {
        uid: 'sequence',
        resources: [
          { uid: 'arn:aws:s3:::receipts', name: 'receipts', resourceType: 'S3_BUCKET' },
          { uid: 'ASIAIOSFODNN7EXAMPLE', resourceType: 'ACCESS_KEY' },
        ],
        endpoints: [{ id: 'e', ip: '203.0.113.9', location: { country: 'Example Country', city: 'x', lat: 0, lon: 0 }, autonomousSystem: { name: 'EXAMPLE', number: 64500 } }],
      },
    },
    eventFirstSeen: '2026-11-26T06:05:00.000Z',
    eventLastSeen: '2026-11-26T06:25:00.000Z',
    count: 1,
  },
}));

export const MALWARE_SCAN = envelope('aws.guardduty', 'GuardDuty Malware Protection Object Scan Result', {
  schemaVersion: '1.0',
  scanStatus: 'COMPLETED',
  resourceType: 'S3_OBJECT',
  s3ObjectDetails: { bucketName: 'uploads', objectKey: 'jane.doe/invoice.pdf', eTag: 'ASIAI44QH8DHBEXAMPLE', versionId: 'd41d8cd98f00b204e9800998eEXAMPLE', s3Throttled: false },
  scanResultDetails: { scanResultStatus: 'THREATS_FOUND', threats: [{ name: 'EICAR-Test-File (not a virus)' }] },
});

export const MALWARE_PLAN = envelope('aws.guardduty', 'GuardDuty Malware Protection Resource Status Error', {
  schemaVersion: '1.0',
  s3BucketDetails: { bucketName: 'uploads' },
  resourceStatus: 'Error',
  statusReasons: [{ code: 'INSUFFICIENT_TEST_OBJECT_PERMISSIONS' }],
});

export const INSPECTOR_LAMBDA = envelope('aws.inspector2', 'Inspector2 Finding', {
  awsAccountId: '111122223333',
  description: 'In example versions before 1.2.3 an attacker can run code.',
  exploitAvailable: 'YES',
  findingArn: 'arn:aws:inspector2:eu-central-1:111122223333:finding/FINDING_ID',
  firstObservedAt: 'Thu Nov 26 05:01:02 UTC 2026',
  fixAvailable: 'YES',
  inspectorScore: 7.8,
  lastObservedAt: 'Thu Nov 26 06:01:02 UTC 2026',
  resources: [{ id: 'arn:aws:lambda:eu-central-1:111122223333:function:pay:$LATEST', type: 'AWS_LAMBDA_FUNCTION', partition: 'aws', region: 'eu-central-1' }],
  severity: 'HIGH',
  status: 'ACTIVE',
  title: 'CVE-2026-0001 - example',
  type: 'PACKAGE_VULNERABILITY',
  updatedAt: 'Thu Nov 26 06:01:02 UTC 2026',
}, { resources: ['arn:aws:lambda:eu-central-1:111122223333:function:pay:$LATEST'] });

const analyzer = { resources: ['arn:aws:access-analyzer:eu-central-1:111122223333:analyzer/MyAnalyzer'] };

export const EXTERNAL_ACCESS = envelope('aws.access-analyzer', 'Access Analyzer Finding', {
  accountId: '111122223333',
  action: ['s3:GetObject'],
  analyzedAt: '2026-11-26T01:22:22Z',
  condition: {},
  createdAt: '2026-11-25T04:58:50Z',
  id: '22222222-dcba-4444-dcba-333333333333',
  isDeleted: false,
  isPublic: false,
  principal: { AWS: '999988887777' },
  region: 'eu-central-1',
  resource: 'arn:aws:s3:::receipts',
  resourceType: 'AWS::S3::Bucket',
  status: 'ACTIVE',
  updatedAt: '2026-11-26T01:14:07Z',
  version: '1.0',
}, analyzer);

export const UNUSED_ACCESS = envelope('aws.access-analyzer', 'Unused Access Finding for IAM entities', {
  findingId: 'b8ae0460-5d29-4922-b92a-ba956c986277',
  resource: 'arn:aws:iam::111122223333:role/forgotten',
  resourceType: 'AWS::IAM::Role',
  accountId: '111122223333',
  createdAt: '2026-11-26T05:29:18.758Z',
  updatedAt: '2026-11-26T05:29:18.758Z',
  analyzedAt: '2026-11-26T05:29:18.758Z',
  previousStatus: '',
  status: 'ACTIVE',
  version: '62160bda-8e94-46d6-ac97-9670930d8ffb',
  isDeleted: false,
  findingType: 'UnusedIAMRole',
}, analyzer);

export const HUB_FINDING = {
  SchemaVersion: '2018-10-08',
  Id: 'arn:aws:securityhub:eu-central-1:111122223333:subscription/aws-foundational-security-best-practices/v/1.0.0/S3.8/finding/1',
  ProductArn: 'arn:aws:securityhub:eu-central-1::product/aws/securityhub',
  ProductName: 'Security Hub',
  GeneratorId: 'aws-foundational-security-best-practices/v/1.0.0/S3.8',
  AwsAccountId: '111122223333',
  Region: 'eu-central-1',
  Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
  FirstObservedAt: '2026-11-25T04:00:00.000Z',
  LastObservedAt: '2026-11-26T04:00:00.000Z',
  CreatedAt: '2026-11-25T04:00:00.000Z',
  UpdatedAt: '2026-11-26T04:00:05.000Z',
  Severity: { Label: 'HIGH', Normalized: 70, Original: 'HIGH' },
  Title: 'S3 Block Public Access should be on for the bucket',
  Description: 'This control checks the settings of the bucket.',
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::receipts', Partition: 'aws', Region: 'eu-central-1' }],
  Compliance: { Status: 'FAILED' },
  WorkflowState: 'NEW',
  Workflow: { Status: 'NEW' },
  RecordState: 'ACTIVE',
};

export const securityHub = (...findings: readonly unknown[]) => envelope('aws.securityhub', 'Security Hub Findings - Imported', { findings });

export const alarm = (alarmName: string, value: string) => envelope('aws.cloudwatch', 'CloudWatch Alarm State Change', {
  alarmName,
  configuration: { description: 'Requests are blocked: see from where.', metrics: [] },
  previousState: { reason: 'x', timestamp: '2026-11-26T05:34:40.985+0000', value: 'OK' },
  state: { reason: 'Threshold Crossed: 1 datapoint [99.5] was greater than the threshold (70.0).', timestamp: '2026-11-26T06:04:40.985+0000', value },
}, { resources: [`arn:aws:cloudwatch:eu-central-1:111122223333:alarm:${alarmName}`] });

export const CLOUD_TRAIL = envelope('aws.cloudtrail', 'AWS API Call via CloudTrail', {
  eventVersion: '1.09',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:session',
    arn: 'arn:aws:sts::111122223333:assumed-role/ops/session',
    accountId: '111122223333',
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    sessionContext: { sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/ops', userName: 'ops' } },
  },
  eventTime: '2026-11-26T06:29:00Z',
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
  awsRegion: 'eu-central-1',
  sourceIPAddress: '198.51.100.7',
  requestParameters: { name: 'trail' },
  eventID: '9bc2f3d4-0000-4000-8000-000000000000',
  recipientAccountId: '111122223333',
});

export { envelope };
