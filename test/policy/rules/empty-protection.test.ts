import { admitsAnyScript } from '../../../src/edge/script-sources';
import { findings, Resources, RuleCase } from '../support';

const OPEN = { Ref: 'SetAtDeployment' };
const SECTIONS = { Parameters: { SetAtDeployment: { Type: 'String' } } };
const att = (id: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [id, attribute] });
const one = (type: string, Properties: unknown = {}): unknown => ({ Type: `AWS::${type}`, Properties });

const site = (policy: string, more: object = {}): Resources => ({
  X: one('CloudFront::Distribution', { DistributionConfig: { DefaultCacheBehavior: { ResponseHeadersPolicyId: { Ref: 'Headers' } } } }),
  Headers: one('CloudFront::ResponseHeadersPolicy', {
    ResponseHeadersPolicyConfig: {
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: policy },
        ContentTypeOptions: {},
        FrameOptions: {},
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31536000 },
        ...more,
      },
    },
  }),
});
const remembered = (AccessControlMaxAgeSec: unknown): Resources => site("default-src 'self'", { StrictTransportSecurity: { AccessControlMaxAgeSec } });

const listing = (principal: unknown, associations?: unknown, config: object = {}): Resources => ({
  B: one('S3::Bucket'),
  P: one('S3::BucketPolicy', { Bucket: { Ref: 'B' }, PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: principal, Action: ['s3:GetObject', 's3:List*'], Resource: [att('B')] }] } }),
  X: one('CloudFront::Distribution', {
    DistributionConfig: {
      Origins: [{ Id: 'b', DomainName: att('B', 'RegionalDomainName'), S3OriginConfig: {} }], DefaultCacheBehavior: { TargetOriginId: 'b', FunctionAssociations: associations }, ...config,
    },
  }),
});
const CLOUDFRONT = { Service: 'cloudfront.amazonaws.com' };
const REWRITES = [{ EventType: 'viewer-request', FunctionARN: 'f' }];

const urlBehind = (SigningBehavior: unknown, url: object = {}, fn: object = {}): Resources => ({
  F: one('Lambda::Function', fn),
  U: one('Lambda::Url', { AuthType: 'AWS_IAM', TargetFunctionArn: att('F'), ...url }),
  C: one('CloudFront::OriginAccessControl', { OriginAccessControlConfig: { OriginAccessControlOriginType: 'lambda', SigningBehavior, SigningProtocol: 'sigv4' } }),
  X: one('CloudFront::Distribution', {
    DistributionConfig: {
      Origins: [{ Id: 'u', DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', att('U', 'FunctionUrl')] }] }, OriginAccessControlId: att('C', 'Id'), CustomOriginConfig: {} }],
      DefaultCacheBehavior: { TargetOriginId: 'u' },
    },
  }),
});

const onObjects = (pattern: object): Resources => ({ X: one('Events::Rule', { EventPattern: { source: ['aws.s3'], ...pattern } }) });
const domain = (options: unknown): Resources => ({
  X: one('OpenSearchService::Domain', { EncryptionAtRestOptions: { Enabled: true }, NodeToNodeEncryptionOptions: { Enabled: true }, DomainEndpointOptions: options }),
});
const masking = (...operations: string[]): Resources => ({
  X: one('Logs::LogGroup', { DataProtectionPolicy: { Statement: operations.map((operation) => ({ DataIdentifier: ['x'], Operation: { [operation]: {} } })) } }),
});
const tenants = (Action: unknown, Condition: unknown): Resources => ({
  R: one('IAM::Role'),
  X: one('IAM::Policy', { Roles: [{ Ref: 'R' }], PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: 'arn:aws:dynamodb:eu-west-1:1:table/t', Condition }] } }),
});
const keys = (operator: string, ...values: unknown[]) => ({ [operator]: { 'dynamodb:LeadingKeys': values } });
const OWN = '${aws:PrincipalTag/tenant}';

const boundary = (...more: [string, unknown][]): Resources => ({
  X: one('IAM::ManagedPolicy', { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: 'arn:aws:dynamodb:eu-west-1:1:table/t' }] } }),
  Maker: one('IAM::Role', {
    Policies: [{
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'iam:CreateRole', Resource: 'arn:aws:iam::1:role/app/x', Condition: { StringEquals: { 'iam:PermissionsBoundary': { Ref: 'X' } } } }] },
    }],
  }),
  ...Object.fromEntries(more),
});

const logging = (Level: string): Resources => ({
  X: one('StepFunctions::StateMachine', { LoggingConfiguration: { Level, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: 'arn:aws:logs:eu-west-1:1:log-group:x:*' } }] } }),
});
const ID = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const canonical = (CanonicalUser: unknown): Resources => ({
  X: one('S3::BucketPolicy', { Bucket: 'b', PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { CanonicalUser }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }] } }),
});

const CASES: readonly RuleCase[] = [
  ['SecurityHeaders', 'scripts of the own server', site("default-src 'none'; script-src 'self'"), []],
  ['SecurityHeaders', 'any script', site("default-src 'self'; script-src 'self' 'unsafe-inline'"), ['SecurityHeaders[default Content-Security-Policy] at X']],
  ['SecurityHeaders', 'TLS for a day', remembered(86400), ['SecurityHeaders[default Strict-Transport-Security] at X']],
  ['SecurityHeaders', 'TLS for a day, in words', remembered('86400'), ['SecurityHeaders[default Strict-Transport-Security] at X']],
  ['SecurityHeaders', 'TLS for half a year', remembered(15552000), []],

  ['DistributionRootObject', 'a function rewrites the root, and CloudFront may list', listing(CLOUDFRONT, REWRITES), ['DistributionRootObject at X']],
  ['DistributionRootObject', 'a function rewrites the root, and everybody may list', listing('*', REWRITES), ['DistributionRootObject at X']],
  ['DistributionRootObject', 'a function rewrites the root, and a role may list', listing({ AWS: 'arn:aws:iam::1:role/x' }, REWRITES), []],
  ['DistributionRootObject', 'a root object, and CloudFront may list', listing(CLOUDFRONT, REWRITES, { DefaultRootObject: 'index.html' }), []],

  ['OriginAccessControl', 'a function URL, signed', urlBehind('always'), []],
  ['OriginAccessControl', 'a function URL with a control that never signs', urlBehind('never'), ['OriginAccessControl[default] at X']],

  ['FunctionBlastRadius', 'longer than CloudFront waits', urlBehind('always', {}, { Timeout: 300, ReservedConcurrentExecutions: 5 }), ['FunctionBlastRadius[behind a distribution] at F']],
  ['FunctionBlastRadius', 'an answer that is streamed', urlBehind('always', { InvokeMode: 'RESPONSE_STREAM' }, { Timeout: 300, ReservedConcurrentExecutions: 5 }), []],
  ['FunctionBlastRadius', 'as long as CloudFront waits', urlBehind('always', {}, { Timeout: 60, ReservedConcurrentExecutions: 5 }), []],

  ['EventPatternSource', 'new objects of one bucket', onObjects({ 'detail-type': ['Object Created'], 'detail': { bucket: { name: [{ Ref: 'B' }] } } }), []],
  ['EventPatternSource', 'new objects of a bucket set at deployment', onObjects({ detail: { bucket: { name: [OPEN] } } }), []],
  ['EventPatternSource', 'new objects of buckets by a prefix', onObjects({ 'detail-type': ['Object Created'], 'detail': { bucket: { name: [{ prefix: 'shop-' }] } } }), []],
  ['EventPatternSource', 'new objects by the ARN of the bucket', onObjects({ 'detail-type': ['Object Created'], 'resources': ['arn:aws:s3:::shop'] }), []],
  ['EventPatternSource', 'new objects of any bucket', onObjects({ 'detail-type': ['Object Created'] }), ['EventPatternSource at X']],
  ['EventPatternSource', 'new objects of any bucket, in other words', onObjects({ detail: { bucket: { name: [{ wildcard: '*' }] }, object: { key: [{ prefix: 'in/' }] } } }), ['EventPatternSource at X']],
  ['EventPatternSource', 'what happens to objects of all buckets without anybody who writes', onObjects({ 'detail-type': ['Object Restore Completed'] }), []],

  ['StoreEncryption', 'a search domain over TLS', domain({ EnforceHTTPS: 'true' }), []],
  ['StoreEncryption', 'a search domain in clear', domain({ EnforceHTTPS: false }), ['StoreEncryption[EnforceHTTPS] at X']],
  ['StoreEncryption', 'a search domain that says nothing of TLS', domain(undefined), ['StoreEncryption[EnforceHTTPS] at X']],

  ['LogMasking', 'a group that no function of the outside uses, and hides', masking('Audit', 'Deidentify'), []],
  ['LogMasking', 'a group that no function of the outside uses, and only counts', masking('Audit'), ['LogMasking at X']],
  ['LogMasking', 'a group that no function of the outside uses, and says nothing', { X: one('Logs::LogGroup') }, []],

  ['TenantScanRights', 'the own key', tenants(['dynamodb:Query', 'dynamodb:GetItem'], keys('ForAllValues:StringEquals', OWN)), []],
  ['TenantScanRights', 'every key', tenants('dynamodb:Query', keys('ForAllValues:StringLike', '*')), ['TenantScanRights[dynamodb:Query] at X']],
  ['TenantScanRights', 'the own key or every key', tenants('dynamodb:Query', keys('ForAllValues:StringLike', OWN, '*')), ['TenantScanRights[dynamodb:Query] at X']],
  ['TenantScanRights', 'the own key, and others that begin so', tenants('dynamodb:Query', keys('ForAllValues:StringLike', `${OWN}#*`)), []],
  ['TenantScanRights', 'a scan, to which the own key says nothing', tenants(['dynamodb:Query', 'dynamodb:Scan'], keys('ForAllValues:StringEquals', OWN)), ['TenantScanRights[dynamodb:Scan] at X']],
  ['TenantScanRights', 'a search by vectors, to which the own key says nothing', tenants(['dynamodb:Query', 'dynamodb:SearchVectors'], keys('ForAllValues:StringEquals', OWN)),
    ['TenantScanRights[dynamodb:SearchVectors] at X']],
  ['TenantScanRights', 'a scan, if there is a key', tenants('dynamodb:*', keys('StringEqualsIfExists', OWN)), ['TenantScanRights[dynamodb:PartiQLSelect] at X']],
  ['TenantScanRights', 'a scan that needs a key, and so is refused', tenants('dynamodb:*', { ...keys('ForAllValues:StringEquals', OWN), Null: { 'dynamodb:LeadingKeys': 'false' } }), []],
  ['TenantScanRights', 'a scan whose key must be there', tenants('dynamodb:*', keys('ForAnyValue:StringEquals', OWN)), []],

  ['WorkflowLogging', 'only what ends an execution', logging('FATAL'), ['WorkflowLogging at X']],
  ['WorkflowLogging', 'what fails', logging('ERROR'), []],

  ['ForeignAccountAgreed', 'an id of S3 that tells no account', canonical(ID), [`ForeignAccountAgreed[${ID}] at X`]],
  ['ForeignAccountAgreed', 'the id by which CloudFront puts logs', canonical('c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0'), []],
  ['ForeignAccountAgreed', 'an identity of the app', { ...canonical(att('Identity', 'S3CanonicalUserId')), Identity: one('CloudFront::CloudFrontOriginAccessIdentity') }, []],

  ['IamActionWildcard', 'a boundary of roles that others make', boundary(), []],
  ['IamActionWildcard', 'a boundary that a role has as a policy too', boundary(['Both', one('IAM::Role', { ManagedPolicyArns: [{ Ref: 'X' }] })]), ['IamActionWildcard[Action::dynamodb:*] at X']],
];

describe('Protections that are there and protect from nothing', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test.each([
    ["default-src 'self'", false],
    ["default-src *; script-src 'self'", false],
    ['default-src *', true],
    ['script-src https:', true],
    ['SCRIPT-SRC HTTPS://*', true],
    ["script-src 'self' https://cdn.example.com", false],
    ["script-src 'unsafe-inline' 'nonce-r4nd0m'", false],
    ["script-src 'strict-dynamic' 'sha256-abc' 'unsafe-inline' https:", false],
    ["script-src 'self' 'unsafe-eval'", true],
    ["script-src 'self' 'wasm-unsafe-eval'", false],
    ["script-src 'self'; script-src-elem data:", true],
    ["style-src 'unsafe-inline'; default-src 'self'", false],
    ["frame-ancestors 'none'", false],
    ['', false],
  ])('a content security policy: %s', (policy, isOpen) => {
    expect(admitsAnyScript(policy)).toBe(isOpen);
  });
});
