import { Aws, Stack } from 'aws-cdk-lib';
import { isBound } from '../../src/iam/statement-binding';

const ACCOUNT = '111122223333';

test.each<[string, Record<string, Record<string, unknown>>]>([
  ['an account', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }],
  ['an account of which only deployment shows the number', { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } }],
  ['a reference', { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
  ['an ARN with an account, whatever wildcards follow', { ArnLike: { 'aws:SourceArn': `arn:*:sns:*:${ACCOUNT}:*` } }],
  ['an ARN that CDK puts together', { ArnLike: { 'aws:SourceArn': new Stack().formatArn({ service: 'logs', resource: 'log-group:*' }) } }],
  ['an ARN that only deployment shows, with what follows', { ArnLike: { 'aws:SourceArn': `${Aws.STACK_ID}:*` } }],
  ['a bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::receipts' } }],
  ['what lies in a bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::receipts/*' } }],
  ['an organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } }],
  ['units of an organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abcdefghij/*' } }],
  ['a key in small letters', { StringEquals: { 'aws:principalaccount': ACCOUNT } }],
  ['one of several conditions', { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }],
  ['several values', { StringEquals: { 'aws:SourceAccount': [ACCOUNT, '444455556666'] } }],
])('%s binds a statement', (_, conditions) => {
  expect(isBound(conditions)).toBe(true);
});

test.each<[string, Record<string, Record<string, unknown>> | undefined]>([
  ['no condition', undefined],
  ['a key that names nobody', { Bool: { 'aws:SecureTransport': 'true' } }],
  ['an operator that passes without the key', { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } }],
  ['an operator that excludes', { StringNotEquals: { 'aws:SourceAccount': ACCOUNT } }],
  ['any account', { StringLike: { 'aws:SourceAccount': '*' } }],
  ['a part of an account', { StringLike: { 'aws:SourceAccount': '1*' } }],
  ['an empty value', { StringLike: { 'aws:SourceAccount': '' } }],
  ['one value of several that fits all', { StringLike: { 'aws:SourceAccount': [ACCOUNT, '*'] } }],
  ['an ARN of any account', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } }],
  ['an ARN of any account behind a partition that deployment shows', { ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:sns:*:*:*` } }],
  ['an ARN without an account, with a wildcard', { ArnLike: { 'aws:SourceArn': 'arn:aws:apigateway:eu-west-1::/restapis/*' } }],
  ['the beginning of the name of a bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::receipts*' } }],
  ['any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*/receipts' } }],
  ['any organization', { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': '*/r-ab12/*' } }],
])('%s binds a statement to nobody', (_, conditions) => {
  expect(isBound(conditions)).toBe(false);
});

test('a key that ends in a colon stands for all that begin so', () => {
  const conditions = { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:*:${ACCOUNT}:log-group:*` } };
  expect(isBound(conditions, ['kms:EncryptionContext:aws:'])).toBe(true);
  expect(isBound(conditions, ['kms:EncryptionContext:'])).toBe(true);
  expect(isBound(conditions, ['kms:EncryptionContext:aws'])).toBe(false);
});
