import { findings, Resources, RuleCase } from '../support';

const OPEN = { Ref: 'SetAtDeployment' };
const SECTIONS = { Parameters: { SetAtDeployment: { Type: 'String' }, Phrase: { Type: 'String' }, DbUser: { Type: 'String' }, Hidden: { Type: 'String', NoEcho: true } } };
const one = (type: string, Properties: unknown = {}, more: Resources = {}): Resources => ({ X: { Type: `AWS::${type}`, Properties }, ...more });

const reads = (Condition: unknown): Resources => one('S3::BucketPolicy', {
  Bucket: 'b', PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', Condition }] },
});
const PUBLIC = ['BucketPublicAccess[Principal::*] at X'];

const seen = { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'm' };
const block = { Name: 'bad', Priority: 1, Action: { Block: {} }, Statement: { GeoMatchStatement: { CountryCodes: ['KP'] } }, VisibilityConfig: seen };
const friends = (Statement: unknown) => ({ Name: 'friends', Priority: 0, Action: { Allow: {} }, Statement, VisibilityConfig: seen });
const list = (...Addresses: unknown[]): Resources => ({ List: { Type: 'AWS::WAFv2::IPSet', Properties: { Scope: 'REGIONAL', IPAddressVersion: 'IPV4', Addresses } } });
const REFERENCE = { IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': ['List', 'Arn'] } } };
const acl = (statement: unknown, more: Resources): Resources => one('WAFv2::WebACL', { DefaultAction: { Allow: {} }, Rules: [friends(statement), block] }, more);
const PAST = ['WebAclPartial[friends/Allow] at X'];

const logged = (LoggingFilter?: unknown): Resources => one('WAFv2::WebACL', {}, {
  Log: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: { 'Fn::GetAtt': ['X', 'Arn'] }, LogDestinationConfigs: ['arn:aws:s3:::aws-waf-logs-x'], LoggingFilter } },
});
const filter = (DefaultBehavior: string, Behavior: string, Action: string) => (
  { DefaultBehavior, Filters: [{ Behavior, Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action } }] }] });

const flow = (TrafficType: unknown): Resources => one('EC2::VPC', {}, { Log: { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: { Ref: 'X' }, ResourceType: 'VPC', TrafficType } } });
const zone = (index: number) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] });
const inZones = (...zones: unknown[]): Resources => one('Lambda::Function', { VpcConfig: { SubnetIds: zones.map((_, index) => ({ Ref: `S${index}` })) } },
  Object.fromEntries(zones.map((AvailabilityZone, index) => [`S${index}`, { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone } }])));

const risks = (CompromisedCredentialsRiskConfiguration: unknown, AccountTakeoverRiskConfiguration?: unknown): Resources => (
  one('Cognito::UserPoolRiskConfigurationAttachment', { ClientId: 'ALL', CompromisedCredentialsRiskConfiguration, AccountTakeoverRiskConfiguration }));
const act = (EventAction: unknown) => ({ Actions: { EventAction } });

const age = (security: unknown, custom?: unknown): Resources => one('CloudFront::Distribution', {
  DistributionConfig: { DefaultCacheBehavior: { ResponseHeadersPolicyId: { Ref: 'Headers' } } },
}, {
  Headers: {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy: 'frame-ancestors none' }, ContentTypeOptions: {}, StrictTransportSecurity: security },
        CustomHeadersConfig: { Items: custom === undefined ? [] : [{ Header: 'Strict-Transport-Security', Value: custom }] },
      },
    },
  },
});
const FORGETS = ['SecurityHeaders[default Strict-Transport-Security] at X'];

const env = (Variables: unknown): Resources => one('Lambda::Function', { Environment: { Variables } });
const secret = (SecretString: unknown): Resources => one('SecretsManager::Secret', { SecretString });
const endpoint = (more: object): Resources => one('EC2::VPCEndpoint', {
  ServiceName: 'com.amazonaws.eu-west-1.secretsmanager', PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*', ...more }] },
});
const account = (id: unknown) => ({ Condition: { StringEquals: { 'aws:PrincipalAccount': id } } });

const CASES: readonly RuleCase[] = [
  ['BucketPublicAccess', 'any organization', reads({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), PUBLIC],
  ['BucketPublicAccess', 'one organization', reads({ StringLike: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }), []],
  ['BucketPublicAccess', 'any endpoint of anybody', reads({ StringLike: { 'aws:SourceVpce': 'vpce-*' } }), PUBLIC],
  ['BucketPublicAccess', 'any path of any organization', reads({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-*/*' } }), PUBLIC],
  ['BucketPublicAccess', 'all paths of one organization', reads({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/*' } }), []],
  ['BucketPublicAccess', 'an organization that is set at deployment', reads({ StringEquals: { 'aws:PrincipalOrgID': OPEN } }), ['BucketPublicAccess[undecided Principal::*] at X']],

  ['WebAclPartial', 'two halves of the internet are let through', acl(REFERENCE, list('0.0.0.0/1', '128.0.0.0/1')), PAST],
  ['WebAclPartial', 'an office is let through', acl(REFERENCE, list('203.0.113.0/24')), []],
  ['WebAclPartial', 'half of the internet, and a label', acl({ AndStatement: { Statements: [REFERENCE, { LabelMatchStatement: { Scope: 'LABEL', Key: 'x' } }] } }, list('0.0.0.0/1')), []],
  ['WebAclPartial', 'addresses set at deployment', acl(REFERENCE, list(OPEN)), []],

  ['WebAclLog', 'only what was counted', logged(filter('DROP', 'KEEP', 'COUNT')), ['WebAclLog[filter] at X']],
  ['WebAclLog', 'all but what was blocked', logged(filter('KEEP', 'DROP', 'BLOCK')), ['WebAclLog[filter] at X']],
  ['WebAclLog', 'only what was blocked', logged(filter('DROP', 'KEEP', 'BLOCK')), []],
  ['WebAclLog', 'all but what was allowed', logged(filter('KEEP', 'DROP', 'ALLOW')), []],
  ['WebAclLog', 'all', logged(), []],

  ['VpcFlowLogs', 'what was accepted alone', flow('ACCEPT'), ['VpcFlowLogs at X']],
  ['VpcFlowLogs', 'what was refused alone', flow('REJECT'), []],
  ['VpcFlowLogs', 'set at deployment', flow(OPEN), []],
  ['FunctionNetworkZones', 'two subnets in the first zone', inZones(zone(0), zone(0)), ['FunctionNetworkZones at X']],
  ['FunctionNetworkZones', 'two subnets in one zone by name', inZones('eu-west-1a', 'eu-west-1a'), ['FunctionNetworkZones at X']],
  ['FunctionNetworkZones', 'two subnets in two zones', inZones(zone(0), zone(1)), []],
  ['FunctionNetworkZones', 'a zone that AWS chooses', inZones(undefined, undefined), []],

  ['UserPoolThreats', 'leaked passwords are let in', risks(act('NO_ACTION')), ['UserPoolThreats at X']],
  ['UserPoolThreats', 'sign-ins of high risk are let in', risks(act('BLOCK'), { Actions: { HighAction: { EventAction: 'NO_ACTION', Notify: true } } }), ['UserPoolThreats at X']],
  ['UserPoolThreats', 'both are stopped', risks(act('BLOCK'), { Actions: { HighAction: { EventAction: 'BLOCK' }, LowAction: { EventAction: 'NO_ACTION' } } }), []],
  ['UserPoolThreats', 'an action set at deployment', risks(act(OPEN)), ['UserPoolThreats[undecided] at X']],

  ['SecurityHeaders', 'TLS is forgotten at once', age({ AccessControlMaxAgeSec: 0 }), FORGETS],
  ['SecurityHeaders', 'TLS is forgotten at once, by a header of one\'s own', age(undefined, 'max-age=0; includeSubDomains'), FORGETS],
  ['SecurityHeaders', 'TLS is remembered for a year', age({ AccessControlMaxAgeSec: 31536000 }), []],
  ['SecurityHeaders', 'TLS is remembered for a year, by a header of one\'s own', age(undefined, 'max-age=31536000'), []],

  ['EnvironmentSecret', 'credentials', env({ VETS_CREDENTIALS: 'vet:paws&claws' }), ['EnvironmentSecret[VETS_CREDENTIALS] at X']],
  ['EnvironmentSecret', 'a mode of browsers, a file, a switch', env({ FETCH_CREDENTIALS: 'same-origin', GOOGLE_APPLICATION_CREDENTIALS: 'service-account.json', ALLOW_CREDENTIALS: 'true' }), []],

  ['EndpointPolicyOpen', 'another account', endpoint(account('210987654321')), ['EndpointPolicyOpen at X']],
  ['EndpointPolicyOpen', 'a role of another account', endpoint({ Principal: { AWS: 'arn:aws:iam::210987654321:role/x' } }), ['EndpointPolicyOpen at X']],
  ['EndpointPolicyOpen', 'the own account', endpoint(account({ Ref: 'AWS::AccountId' })), []],
  ['EndpointPolicyOpen', 'an account set at deployment', endpoint(account(OPEN)), []],
];

describe('Forms of faults that rules know', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test('SecretParameter: what becomes a secret must not be shown, whatever its name; what stands beside it may', () => {
    const of = (text: string): string[] => findings('SecretParameter', secret({ 'Fn::Sub': text }), undefined, SECTIONS);
    expect(of('{"word":"${Phrase}"}')).toEqual(['SecretParameter[Phrase] at Template']);
    expect(of('{"user":"${DbUser}","word":"${Hidden}"}')).toStrictEqual([]);
  });
});
