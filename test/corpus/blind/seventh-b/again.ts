import { JOBS } from './jobs';
import { PARTNERS } from './partners';
import { ACCOUNT, admit, att, document, iff, join, NONE, ref, sub } from './parts';
import { $ } from './styles';
import { TICKETS } from './tickets';
import { Template } from '../../seed';
import { add, breach, BlindSeed, fault, prop, remove, safe, trust } from '../support';

const again = (seed: BlindSeed, mutants: BlindSeed['mutants'], variants: BlindSeed['variants']): BlindSeed => ({ ...seed, name: `${seed.name}, once more`, mutants, variants });

const custom = (t: Template, Properties: Template, Type = 'Custom::Filling'): void => add(t, 'Filling', Type, { ServiceToken: att($('Seed')), ...Properties });
const call = (t: Template, Create: unknown): void => custom(t, { InstallLatestAwsSdk: 'false', Create }, 'Custom::AWS');
const assume = (t: Template, Principal: unknown, Condition?: Template): void => {
  trust(t, 'ReaderOfLabels')[0] = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition === undefined ? {} : { Condition }) };
};
const sources = (t: Template, Condition: unknown): void => { prop(t, 'BusPolicy').Statement.Condition = Condition; };
const ROOT = sub('arn:${AWS::Partition}:iam::${Carrier}:root');

/** Harder forms of what was missed at first, written once the rules were mended for it. */
export const BLIND_SEVEN_B_AGAIN: readonly BlindSeed[] = [
  again(PARTNERS, [
    breach('iam.external-id', 'a role of the other account is let in without the number', ({ Hub }) => assume(Hub, { AWS: sub('arn:aws:iam::${Carrier}:role/shipper') })),
    breach('iam.external-id', 'the ARN of the other account is joined', ({ Hub }) => assume(Hub, { AWS: join('arn:', 'aws', ':iam::', ref('Carrier'), ':', 'root') })),
    breach('iam.external-id', 'the other account stands by itself', ({ Hub }) => assume(Hub, { AWS: ref('Carrier') })),
    breach('iam.external-id', 'a list of accounts is let in', ({ Hub }) => { Hub.Parameters.PartnerAccounts = { Type: 'CommaDelimitedList' }; assume(Hub, { AWS: ref('PartnerAccounts') }); }),
    breach('iam.external-id', 'the first of a list of accounts is let in', ({ Hub }) => {
      Hub.Parameters.Partners = { Type: 'CommaDelimitedList' };
      assume(Hub, { AWS: sub('arn:aws:iam::${First}:root', { First: { 'Fn::Select': [0, ref('Partners')] } }) });
    }),
    breach('iam.external-id', 'the number may be any', ({ Hub }) => assume(Hub, { AWS: ROOT }, { StringLike: { 'sts:ExternalId': '*' } })),
    breach('iam.external-id', 'the number is looked at if there is one', ({ Hub }) => assume(Hub, { AWS: ROOT }, { StringEqualsIfExists: { 'sts:ExternalId': ref('ExternalId') } })),
    breach('iam.external-id', 'the number is asked of test alone', ({ Hub }) => {
      Hub.Parameters.Stage = { Type: 'String', Default: 'prod', AllowedValues: ['prod', 'test'] };
      Hub.Conditions = { IsTest: { 'Fn::Equals': [ref('Stage'), 'test'] } };
      trust(Hub, 'ReaderOfLabels')[0].Condition = iff('IsTest', trust(Hub, 'ReaderOfLabels')[0].Condition, NONE);
    }),
    breach('iam.external-id', 'the other account of each stage stands in a mapping', ({ Hub }) => {
      Hub.Mappings = { Partner: { eu: { account: '312243546576' } } };
      assume(Hub, { AWS: join('arn:aws:iam::', { 'Fn::FindInMap': ['Partner', 'eu', 'account'] }, ':root') });
    }),
    fault('G48', 'all sources but one', ({ Hub }) => sources(Hub, { StringNotEquals: { 'events:source': 'hub.orders' } })),
    fault('G48', 'each of the sources may be any', ({ Hub }) => sources(Hub, { 'ForAllValues:StringLike': { 'events:source': ['*'] } })),
    fault('G48', 'a source must be there', ({ Hub }) => sources(Hub, { Null: { 'events:source': 'false' } })),
    fault('G48', 'the source is asked of test alone', ({ Hub }) => {
      Hub.Parameters.Stage = { Type: 'String', Default: 'prod', AllowedValues: ['prod', 'test'] };
      Hub.Conditions = { IsTest: { 'Fn::Equals': [ref('Stage'), 'test'] } };
      sources(Hub, { StringEquals: { 'aws:PrincipalOrgID': ref('Organization'), 'events:source': iff('IsTest', 'carrier.pickups', NONE) } });
    }),
    fault('G48', 'the policy in the bus names no source', ({ Hub }) => { prop(Hub, 'Bus').Policy = document(admit({ AWS: [ROOT] }, ['events:PutEvents'], '*')); }),
    fault('G48', 'the old form of the policy', ({ Hub }) => { Hub.Resources.BusPolicy.Properties = { EventBusName: ref('Bus'), StatementId: 'x', Action: 'events:PutEvents', Principal: ref('Carrier') }; }),
    fault('G48', 'one of two values is a star', ({ Hub }) => sources(Hub, { StringLike: { 'events:source': ['carrier.pickups', '*'] } })),
    fault('G48', 'a second statement has no source', ({ Hub }) => { add(Hub, 'Also', 'AWS::Events::EventBusPolicy', { EventBusName: ref('Bus'), StatementId: 'also', Statement: admit({ AWS: join('arn:aws:iam::', ref('Carrier'), ':user/old') }, 'events:Put*', att('Bus')) }); }),
    fault('G48', 'a kind of event may be any', ({ Hub }) => sources(Hub, { StringLike: { 'events:detail-type': '**' } })),
  ], [
    safe('the number in both branches', ({ Hub }) => {
      Hub.Conditions = { IsEu: { 'Fn::Equals': [ref('AWS::Region'), 'eu-west-1'] } };
      assume(Hub, { AWS: ROOT }, { StringEquals: { 'sts:ExternalId': iff('IsEu', ref('ExternalId'), sub('x-${ExternalId}')) } });
    }),
    safe('the own account by a parameter of its name', ({ Hub }) => { Hub.Parameters.AccountId = { Type: 'String' }; assume(Hub, { AWS: sub('arn:aws:iam::${AccountId}:role/release') }); }),
    safe('the own account as the default of a parameter', ({ Hub }) => assume(Hub, { AWS: join('arn:aws:iam::', ACCOUNT, ':role/release') })),
    safe('each of the events has a source', ({ Hub }) => sources(Hub, { 'ForAllValues:StringEquals': { 'events:source': ['carrier.pickups'] }, 'StringEquals': { 'aws:PrincipalOrgID': ref('Organization') } })),
    safe('sources that begin with a word, if there is one', ({ Hub }) => sources(Hub, { StringLikeIfExists: { 'events:source': 'carrier.*' }, StringEquals: { 'aws:PrincipalOrgID': ref('Organization') } })),
  ]),
  again(JOBS, [
    breach('risk.secrets', 'a password is a property of a custom resource', ({ Jobs }) => custom(Jobs, { DbPassword: 'Quince-Jam-2031' })),
    breach('risk.secrets', 'one of the users of a custom resource has a password', ({ Jobs }) => custom(Jobs, { Users: [{ Name: 'reader' }, { Name: 'root', Password: join('Quince', '-', 'Jam') }] }, 'AWS::CloudFormation::CustomResource')),
    breach('risk.secrets', 'a secret is resolved into a custom resource', ({ Jobs }) => custom(Jobs, { Value: sub('{{resolve:secretsmanager:${AWS::StackName}/mail:SecretString:key}}') })),
    breach('risk.secrets', 'a hidden parameter of the store is resolved into a custom resource', ({ Jobs }) => custom(Jobs, { Settings: { Mail: [join('{{resolve:ssm-', 'secure:/jobs/mail:3}}')] } })),
    breach('risk.secrets', 'a call of the toolkit sets a password, by a template text', ({ Jobs }) => call(Jobs, sub('{"service":"RDS","action":"modifyDBInstance","parameters":{"DBInstanceIdentifier":"${AWS::StackName}","MasterUserPassword":"Quince-Jam-2031"}}'))),
    breach('risk.secrets', 'a call of the toolkit writes the value of a secret', ({ Jobs }) => call(Jobs, join('{"service":"SecretsManager","action":"putSecretValue","parameters":{"SecretId":"', ref($('MailSecret')), '","SecretString":"{\\"password\\":\\"Quince-Jam-2031\\"}"}}'))),
    breach('risk.secrets', 'a header of a custom resource signs it in', ({ Jobs }) => custom(Jobs, { Headers: { Authorization: 'Bearer k3vQ9xT7mB2wL8rPaZ' } })),
    breach('risk.secrets', 'a key in a list of names and values', ({ Jobs }) => custom(Jobs, { Environment: [{ Name: 'MAIL_API_KEY', Value: 'k3vQ9xT7mB2wL8rPaZ' }] })),
    breach('risk.secrets', 'an address with a password', ({ Jobs }) => custom(Jobs, { Target: join('postgres://', 'filler:Quince-Jam', '@db.jobs.example.org/adverts') })),
    breach('risk.secrets', 'a password of a mapping', ({ Jobs }) => { Jobs.Mappings = { Words: { prod: { word: 'Quince-Jam-2031' } } }; custom(Jobs, { AdminPassword: { 'Fn::FindInMap': ['Words', 'prod', 'word'] } }); }),
    breach('risk.secrets', 'a password in one branch', ({ Jobs }) => { Jobs.Conditions = { InEu: { 'Fn::Equals': [ref('AWS::Region'), 'eu-west-1'] } }; custom(Jobs, { Login: { Password: iff('InEu', 'Quince-Jam-2031', NONE) } }); }),
  ], [
    safe('a custom resource is told of a secret and of rules for passwords', ({ Jobs }) => custom(Jobs, { SecretArn: ref($('MailSecret')), PasswordLength: 32, PasswordPolicy: { RequireSymbols: 'true', MinimumLength: '14' }, SecretName: 'jobs/mail', TokenTtl: '300' })),
    safe('a call of the toolkit reads a secret by its ARN', ({ Jobs }) => call(Jobs, join('{"service":"SecretsManager","action":"describeSecret","parameters":{"SecretId":"', ref($('MailSecret')), '"}}'))),
    safe('a custom resource with the hash of its code', ({ Jobs }) => custom(Jobs, { SourceObjectKeys: ['2819175352ad1ce0dae768e83fc328fb70fb5f10b4a8ff0ccbcb791f02b0716d.zip'], ConfigHash: '9f86d081884c7d659a2feaa0c55ad015' })),
  ]),
  again(TICKETS, [
    breach('lambda.tracing', 'the sale is not traced', ({ Tickets }) => { delete prop(Tickets, 'Buy').TracingConfig; }),
    breach('lambda.tracing', 'what was at the edge is called by the sale alone, and not traced', ({ Tickets }) => { delete prop(Tickets, 'Front').DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations; remove(Tickets, 'LangVersion'); }),
  ], [
    safe('a second path runs the function at the edge', ({ Tickets }) => { prop(Tickets, 'Front').DistributionConfig.CacheBehaviors[0].LambdaFunctionAssociations = [{ EventType: 'origin-request', LambdaFunctionARN: ref('LangVersion') }]; }),
  ]),
];
