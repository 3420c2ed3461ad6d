import { findings, Resources, RuleCase } from '../support';
import { attribute, LATER, resource, SECTIONS } from '../template-parts';

const may = (Action: string, Resource: unknown = attribute('Orders')) => ({ Effect: 'Allow', Action, Resource });
const role = (...statements: unknown[]) => resource('AWS::IAM::Role', {
  AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] } }] },
  Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }],
});
const at = (EventType: string, version = 'Version') => ({ EventType, LambdaFunctionARN: { Ref: version } });
const ASKS = { FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: attribute('Gate', 'FunctionARN') }] };

const site = (behavior: unknown, more: Resources = {}, config = {}): Resources => ({
  Orders: resource('AWS::DynamoDB::Table', { TableName: 'orders' }),
  Role: role(may('dynamodb:PutItem')),
  Edge: resource('AWS::Lambda::Function', { Role: attribute('Role') }),
  Version: resource('AWS::Lambda::Version', { FunctionName: { Ref: 'Edge' } }),
  Site: resource('AWS::CloudFront::Distribution', {
    DistributionConfig: { Origins: [{ Id: 'o', DomainName: 'files.example.com' }], DefaultCacheBehavior: behavior, ...config },
  }),
  ...more,
});
const reader: Resources = {
  ReadsRole: role(may('dynamodb:GetItem')),
  Reads: resource('AWS::Lambda::Function', { Role: attribute('ReadsRole') }),
  ReadsVersion: resource('AWS::Lambda::Version', { FunctionName: { Ref: 'Reads' } }),
};
const runs = (...LambdaFunctionAssociations: unknown[]) => ({ TargetOriginId: 'o', LambdaFunctionAssociations });

const CASES: readonly RuleCase[] = [
  ['OpenStorePath', 'a function that writes, before anybody is asked', site(runs(at('viewer-request'))), ['OpenStorePath[default] at Site']],
  ['OpenStorePath', 'a function that writes, on the way to the origin', site(runs(at('origin-request'))), ['OpenStorePath[default] at Site']],
  ['OpenStorePath', 'a function that writes, on the way back', site(runs(at('viewer-response'))), ['OpenStorePath[default] at Site']],
  ['OpenStorePath', 'a function that writes, on some paths', site({ TargetOriginId: 'o' }, {}, { CacheBehaviors: [{ PathPattern: '/count/*', ...runs(at('origin-request')) }] }),
    ['OpenStorePath[/count/*] at Site']],
  ['OpenStorePath', 'a function that only reads', site(runs(at('viewer-request')), { Role: role(may('dynamodb:GetItem')) }), []],
  ['OpenStorePath', 'a function of another app', site(runs({ EventType: 'viewer-request', LambdaFunctionARN: 'arn:aws:lambda:us-east-1:111122223333:function:edge:1' })), []],
  ['OpenStorePath', 'no function at all', site({ TargetOriginId: 'o' }), []],
  ['OpenStorePath', 'a behavior that the deployment decides', site(LATER), []],
  ['OpenStorePath', 'those who have a signed address', site({ ...runs(at('origin-request')), TrustedKeyGroups: ['keys'] }), []],
  ['OpenStorePath', 'those who have an address that accounts signed', site({ ...runs(at('origin-request')), TrustedSigners: ['self'] }), []],
  ['OpenStorePath', 'no groups of keys', site({ ...runs(at('origin-request')), TrustedKeyGroups: [] }), ['OpenStorePath[default] at Site']],
  ['OpenStorePath', 'groups of keys that the deployment names', site({ ...runs(at('origin-request')), TrustedKeyGroups: LATER }), ['OpenStorePath[undecided default] at Site']],
  ['OpenStorePath', 'those whom another function lets through', site(runs(at('viewer-request', 'ReadsVersion'), at('origin-request')), reader), ['OpenStorePath[undecided default] at Site']],
  ['OpenStorePath', 'those whom a function of CloudFront lets through', site({ ...runs(at('origin-request')), ...ASKS }), ['OpenStorePath[undecided default] at Site']],
];

test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
  expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
});
