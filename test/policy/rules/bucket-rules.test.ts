import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { DEFAULT_RULE_OPTIONS } from '../../../src/model/rule-options';
import { judge } from '../../../src/policy/judge';
import { findings, judged, Resources, RuleCase, shownBy, modelOf } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const OPEN = { Parameters: { SetAtDeployment: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } } };
const bucket = (Properties: unknown = {}, more: Resources = {}): Resources => ({ B: { Type: 'AWS::S3::Bucket', Properties }, ...more });
const ARN = { 'Fn::GetAtt': ['B', 'Arn'] };
const OBJECTS = { 'Fn::Sub': '${B.Arn}/*' };
const PLAIN_HTTP = { Bool: { 'aws:SecureTransport': 'false' } };
const denial = (more = {}) => ({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [ARN, OBJECTS], Condition: PLAIN_HTTP, ...more });
const withPolicy = (Statement: unknown, more = {}): Resources => bucket({}, {
  P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'B' }, PolicyDocument: { Statement }, ...more } },
});
const encrypted = (byDefault: unknown, more = {}): Resources => (
  bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault, ...more }] } }));
const logged = (destination: unknown): Resources => bucket({ LoggingConfiguration: { DestinationBucketName: destination } });
const replicated = (Account: unknown): Resources => bucket({ ReplicationConfiguration: { Rules: [{ Destination: { Bucket: 'copies', Account } }] } });
const point = (PublicAccessBlockConfiguration: unknown, more = {}): Resources => (
  { A: { Type: 'AWS::S3::AccessPoint', Properties: { Bucket: 'b', PublicAccessBlockConfiguration, ...more } } });
const ALL_BLOCKED = { BlockPublicAcls: true, BlockPublicPolicy: 'true', IgnorePublicAcls: true, RestrictPublicBuckets: true };

const CASES: readonly RuleCase[] = [
  ['BucketTlsOnly', 'a denial of everything over plain HTTP', withPolicy([denial()]), []],
  ['BucketTlsOnly', 'the same for {AWS: *}, as a boolean, without a list', withPolicy(denial({ Principal: { AWS: ['*'] }, Condition: { Bool: { 'AWS:SecureTransport': false } } })), []],
  ['BucketTlsOnly', 'two denials that together close bucket and objects', withPolicy([denial({ Resource: ARN }), denial({ Resource: OBJECTS })]), []],
  ['BucketTlsOnly', 'one pattern for bucket and objects', withPolicy([denial({ Resource: { 'Fn::Join': ['', [ARN, '*']] } })]), []],
  ['BucketTlsOnly', 'an ARN made from the name', withPolicy([denial({ Resource: [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${B}' }, { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${B}/*' }] })]), []],
  ['BucketTlsOnly', 'a list of actions that leaves none out', withPolicy([denial({ Action: ['s3:Get*', 's3:Put*', 's3:Delete*', 's3:List*'] })]), []],
  ['BucketTlsOnly', 'TLS of a version, plain HTTP included', withPolicy([denial({ Condition: { NumericLessThanIfExists: { 's3:TlsVersion': '1.2' } } })]), []],
  ['BucketTlsOnly', 'no policy', bucket(), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'reading only', withPolicy([denial({ Action: 's3:GetObject' })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'the bucket only', withPolicy([denial({ Resource: ARN })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'the objects only', withPolicy([denial({ Resource: [OBJECTS] })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'some objects', withPolicy([denial({ Resource: [ARN, { 'Fn::Sub': '${B.Arn}/private/*' }] })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'another bucket', withPolicy([denial({ Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'TLS is denied, not its absence', withPolicy([denial({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'an allowance in the place of a denial', withPolicy([denial({ Effect: 'Allow' })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'one role only', withPolicy([denial({ Principal: { AWS: 'arn:aws:iam::111122223333:role/x' } })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'a second condition', withPolicy([denial({ Condition: { ...PLAIN_HTTP, StringEquals: { 'aws:PrincipalAccount': '1' } } })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'a version that plain HTTP does not have', withPolicy([denial({ Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } })]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'a denial that a condition may leave out', withPolicy([{ 'Fn::If': ['Maybe', denial(), { Ref: 'AWS::NoValue' }] }]), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'a policy of which one form lacks the denial', withPolicy([], { PolicyDocument: { 'Fn::If': ['Maybe', { Statement: [denial()] }, { Statement: [] }] } }), ['BucketTlsOnly at B']],
  ['BucketTlsOnly', 'a denial that a condition words', withPolicy([{ 'Fn::If': ['Maybe', denial(), denial({ Principal: { AWS: '*' } })] }]), []],
  ['BucketTlsOnly', 'a policy for a bucket that is named at deployment', bucket({}, { P: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: PARAMETER, PolicyDocument: {} } } }),
    ['BucketTlsOnly[undecided] at B']],
  ['BucketTlsOnly', 'a policy that is known at deployment', withPolicy([], { PolicyDocument: PARAMETER }), ['BucketTlsOnly[undecided] at B']],
  ['BucketTlsOnly', 'a statement that is known at deployment', withPolicy([PARAMETER]), ['BucketTlsOnly[undecided] at B']],
  ['BucketTlsOnly', 'a policy that is not always made', { ...withPolicy([denial()]), P: { ...withPolicy([denial()]).P as object, Condition: 'Maybe' } }, ['BucketTlsOnly[other values] at B']],

  ['BucketPublicAccess', 'a list for whoever has an account', bucket({ PublicAccessBlockConfiguration: ALL_BLOCKED, AccessControl: 'AuthenticatedRead' }), ['BucketPublicAccess at B']],
  ['BucketPublicAccess', 'half of the Internet', withPolicy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: OBJECTS, Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } } }),
    ['BucketPublicAccess at B', 'BucketPublicAccess[Principal::*] at P']],
  ['BucketPublicAccess', 'a role of any account', withPolicy({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: OBJECTS, Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } } }),
    ['BucketPublicAccess at B', 'BucketPublicAccess[Principal::*] at P']],

  ['BucketCustomerKey', 'a key of one\'s own', encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::ImportValue': 'key' } }), ['BucketCustomerKey[undecided] at B']],
  ['BucketCustomerKey', 'a key of the app', { ...encrypted({ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: { Ref: 'K' } }), K: { Type: 'AWS::KMS::Key' } }, []],
  ['BucketCustomerKey', 'nothing said', bucket(), ['BucketCustomerKey at B']],
  ['BucketCustomerKey', 'the key of S3', encrypted({ SSEAlgorithm: 'AES256' }), ['BucketCustomerKey at B']],
  ['BucketCustomerKey', 'KMS without a key', encrypted({ SSEAlgorithm: 'aws:kms' }), ['BucketCustomerKey at B']],
  ['BucketCustomerKey', 'a key that AWS manages', encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/aws/s3' }), ['BucketCustomerKey at B']],
  ['BucketCustomerKey', 'encryption that a condition may leave out', bucket({ BucketEncryption: { 'Fn::If': ['Maybe', {}, { Ref: 'AWS::NoValue' }] } }), ['BucketCustomerKey at B']],
  ['BucketCustomerKey', 'a bucket for access logs', { ...encrypted({ SSEAlgorithm: 'AES256' }), Other: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Logging: { Bucket: { 'Fn::GetAtt': ['B', 'RegionalDomainName'] } } } } } }, []],

  ['BucketClientKeys', 'nothing said: S3 blocks them', encrypted({ SSEAlgorithm: 'AES256' }), []],
  ['BucketClientKeys', 'blocked', encrypted({}, { BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }), []],
  ['BucketClientKeys', 'let in', encrypted({}, { BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }), ['BucketClientKeys at B']],
  ['BucketClientKeys', 'a parameter', encrypted({}, { BlockedEncryptionTypes: { EncryptionType: [PARAMETER] } }), ['BucketClientKeys[undecided] at B']],

  ['BucketVersions', 'kept', bucket({ VersioningConfiguration: { Status: 'Enabled' } }), []],
  ['BucketVersions', 'suspended', bucket({ VersioningConfiguration: { Status: 'Suspended' } }), ['BucketVersions at B']],
  ['BucketVersions', 'nothing said', bucket(), ['BucketVersions at B']],
  ['BucketVersions', 'a parameter', bucket({ VersioningConfiguration: { Status: PARAMETER } }), ['BucketVersions[undecided] at B']],

  ['BucketLifecycle', 'old versions end', bucket({ LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] } }), []],
  ['BucketLifecycle', 'a rule that is off', bucket({ LifecycleConfiguration: { Rules: [{ Status: 'Disabled' }] } }), ['BucketLifecycle at B']],
  ['BucketLifecycle', 'no rule', bucket(), ['BucketLifecycle at B']],
  ['BucketLifecycle', 'a parameter', bucket({ LifecycleConfiguration: { Rules: [{ Status: PARAMETER }] } }), ['BucketLifecycle[undecided] at B']],

  ['BucketAccessLog', 'logged elsewhere', logged('logs'), []],
  ['BucketAccessLog', 'not logged', bucket(), ['BucketAccessLog at B']],
  ['BucketAccessLog', 'logged into itself', logged({ Ref: 'B' }), ['BucketAccessLog at B']],
  ['BucketAccessLog', 'a prefix without a bucket', bucket({ LoggingConfiguration: { LogFilePrefix: 'x' } }), ['BucketAccessLog at B']],
  ['BucketAccessLog', 'a parameter', logged(PARAMETER), ['BucketAccessLog[undecided] at B']],
  ['BucketAccessLog', 'a bucket for logs', withPolicy({ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: OBJECTS }), []],
  ['BucketAccessLog', 'data events of a trail', bucket({}, { T: { Type: 'AWS::CloudTrail::Trail', Properties: { EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }] } } }), []],
  ['BucketAccessLog', 'data events, the newer form', bucket({}, { T: { Type: 'AWS::CloudTrail::Trail', Properties: { AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'resources.type', Equals: ['AWS::S3::Object'] }] }] } } }), []],

  ['BucketOwner', 'nothing said', bucket(), []],
  ['BucketOwner', 'enforced', bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }), []],
  ['BucketOwner', 'the writer owns', bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }), ['BucketOwner at B']],
  ['BucketOwner', 'a list', bucket({ AccessControl: 'LogDeliveryWrite' }), ['BucketOwner at B']],
  ['BucketOwner', 'a parameter', bucket({ OwnershipControls: { Rules: [{ ObjectOwnership: PARAMETER }] } }), ['BucketOwner[undecided] at B']],

  ['BucketWebsite', 'no website', bucket(), []],
  ['BucketWebsite', 'callers are sent on', bucket({ WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'example.com' } } }), []],
  ['BucketWebsite', 'a website', bucket({ WebsiteConfiguration: { IndexDocument: 'index.html' } }), ['BucketWebsite at B']],
  ['BucketWebsite', 'perhaps a website', bucket({ WebsiteConfiguration: { 'Fn::If': ['Maybe', { IndexDocument: 'index.html' }, { Ref: 'AWS::NoValue' }] } }), ['BucketWebsite at B']],
  ['BucketWebsite', 'a parameter', bucket({ WebsiteConfiguration: PARAMETER }), ['BucketWebsite[undecided] at B']],

  ['BucketCorsOrigin', 'pages of one\'s own', bucket({ CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['https://example.com', 'https://*.example.com'] }] } }), []],
  ['BucketCorsOrigin', 'every page', bucket({ CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['https://example.com', '*'] }] } }), ['BucketCorsOrigin at B']],
  ['BucketCorsOrigin', 'every page with TLS', bucket({ CorsConfiguration: { CorsRules: { AllowedOrigins: 'https://*' } } }), ['BucketCorsOrigin at B']],
  ['BucketCorsOrigin', 'a parameter', bucket({ CorsConfiguration: { CorsRules: [{ AllowedOrigins: [PARAMETER] }] } }), ['BucketCorsOrigin[undecided] at B']],

  ['BucketReplicaAccount', 'the same account', replicated({ Ref: 'AWS::AccountId' }), []],
  ['BucketReplicaAccount', 'no account', replicated(undefined), []],
  ['BucketReplicaAccount', 'another account', replicated('444455556666'), ['BucketReplicaAccount[444455556666] at B']],
  ['BucketReplicaAccount', 'a parameter', replicated(PARAMETER), ['BucketReplicaAccount[undecided] at B']],

  ['AccessPointBlock', 'the default', point(undefined), []],
  ['AccessPointBlock', 'all blocked', point(ALL_BLOCKED), []],
  ['AccessPointBlock', 'one open', point({ ...ALL_BLOCKED, RestrictPublicBuckets: 'false' }), ['AccessPointBlock at A']],
  ['AccessPointBlock', 'inside of a network', point({ BlockPublicPolicy: false }, { VpcConfiguration: { VpcId: 'vpc-1' } }), []],
  ['AccessPointBlock', 'a parameter', point({ ...ALL_BLOCKED, RestrictPublicBuckets: PARAMETER }), ['AccessPointBlock[undecided] at A']],
];

describe('The rules for buckets', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, OPEN)).toEqual(expected);
  });

  test.each([...new Set(CASES.map(([rule]) => rule))].filter((id) => id !== 'BucketPublicAccess').map((id) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test('BucketReplicaAccount knows the accounts that its owner trusts', () => {
    const { findings: found } = judge(modelOf(replicated('444455556666')), () => SecurityProfile.production(), undefined, { ...DEFAULT_RULE_OPTIONS, trustedAccounts: ['444455556666'] });
    expect(found.filter(({ rule }) => rule.id === 'BucketReplicaAccount')).toStrictEqual([]);
  });

  test('BucketCustomerKey is silent where the profile does without keys, and stops the synth in the regulated one', () => {
    expect(findings('BucketCustomerKey', bucket(), SecurityProfile.sandbox())).toStrictEqual([]);
    const { findings: found } = judge(modelOf(bucket()), () => SecurityProfile.regulated());
    expect(found.find(({ rule }) => rule.id === 'BucketCustomerKey')?.severity).toBe('error');
  });

  test('malformed values are no crash', () => {
    for (const value of [1, 'x', [], {}, null, [null], [[1]]]) {
      expect(judged('BucketTlsOnly', withPolicy(value))).toBe(1);
      expect(judged('BucketCustomerKey', bucket({ BucketEncryption: value }))).toBe(1);
    }
  });
});
