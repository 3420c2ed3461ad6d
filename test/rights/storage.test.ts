import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { allowed, denied, rights, through } from './support/rights';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { aFunction } from '../support/self-audit';

const OF_BUCKET = { 'kms:EncryptionContext:aws:s3:arn': '{bucket}' };
const PARTNER = 'arn:aws:iam::444455556666:role/partner';

function setting(stack: Parameters<Parameters<typeof rights>[1]>[0]) {
  const bucket = new SecureBucket(stack, 'Receipts');
  const other = new SecureBucket(stack, 'Other');
  const fn = aFunction(stack);
  return { bucket, fn, setting: { who: fn, bucket: bucket.bucketArn, other: other.bucketArn, key: bucket.encryptionKey!.keyArn } };
}

rights('SecureBucket without a verb', (stack) => setting(stack).setting, [
  denied('s3:GetObject', '{bucket}/a'),
  denied('s3:PutObject', '{bucket}/a'),
  denied('s3:ListBucket', '{bucket}'),
  denied('kms:Decrypt', '{key}', through('s3', OF_BUCKET)),
]);

rights('SecureBucket.allowRead with a prefix', (stack) => {
  const { bucket, fn, setting: made } = setting(stack);
  bucket.allowRead(fn, { prefix: 'in/' });
  return made;
}, [
  allowed('s3:GetObject', '{bucket}/in/a.pdf'),
  denied('s3:GetObject', '{bucket}/in/a.pdf', { 'aws:SecureTransport': 'false' }),
  denied('s3:GetObject', '{bucket}/in/a.pdf', { 's3:TlsVersion': '1.1' }),
  denied('s3:GetObject', '{bucket}/out/a.pdf'),
  denied('s3:GetObject', '{other}/in/a.pdf'),
  denied('s3:GetObjectVersion', '{bucket}/in/a.pdf'),
  denied('s3:PutObject', '{bucket}/in/a.pdf'),
  denied('s3:DeleteObject', '{bucket}/in/a.pdf'),
  denied('s3:ListBucket', '{bucket}'),
  denied('s3:GetBucketPolicy', '{bucket}'),
  allowed('kms:Decrypt', '{key}', through('s3', OF_BUCKET)),
  denied('kms:Decrypt', '{key}', through('s3', { 'kms:EncryptionContext:aws:s3:arn': '{other}' })),
  denied('kms:Decrypt', '{key}', through('dynamodb', OF_BUCKET)),
  denied('kms:Decrypt', '{key}'),
  denied('kms:GenerateDataKey', '{key}', through('s3', OF_BUCKET)),
  denied('kms:CreateGrant', '{key}', { 'kms:GrantIsForAWSResource': 'false' }),
]);

rights('SecureBucket.allowRead with versions', (stack) => {
  const { bucket, fn, setting: made } = setting(stack);
  bucket.allowRead(fn, { versions: true });
  return made;
}, [
  allowed('s3:GetObjectVersion', '{bucket}/a'),
  denied('s3:DeleteObjectVersion', '{bucket}/a'),
]);

rights('SecureBucket.allowWrite', (stack) => {
  const { bucket, fn, setting: made } = setting(stack);
  bucket.allowWrite(fn);
  return made;
}, [
  allowed('s3:PutObject', '{bucket}/a'),
  allowed('s3:AbortMultipartUpload', '{bucket}/a'),
  allowed('kms:GenerateDataKey', '{key}', through('s3', { 'kms:EncryptionContext:aws:s3:arn': '{bucket}/a' })),
  denied('s3:GetObject', '{bucket}/a'),
  denied('s3:DeleteObject', '{bucket}/a'),
  denied('s3:PutObjectAcl', '{bucket}/a'),
  denied('s3:PutObjectRetention', '{bucket}/a'),
  denied('s3:PutBucketPolicy', '{bucket}'),
  denied('s3:PutObject', '{other}/a'),
]);

rights('SecureBucket.allowAppend', (stack) => {
  const { bucket, fn, setting: made } = setting(stack);
  bucket.allowAppend(fn, { prefix: 'log/' });
  return made;
}, [
  allowed('s3:PutObject', '{bucket}/log/a', { 's3:if-none-match': '*', 's3:ObjectCreationOperation': 'true' }),
  allowed('s3:PutObject', '{bucket}/log/a', { 's3:ObjectCreationOperation': 'false' }),
  denied('s3:PutObject', '{bucket}/log/a', { 's3:ObjectCreationOperation': 'true' }),
  denied('s3:PutObject', '{bucket}/a', { 's3:if-none-match': '*', 's3:ObjectCreationOperation': 'true' }),
  denied('s3:DeleteObject', '{bucket}/log/a'),
]);

rights('SecureBucket.allowDelete', (stack) => {
  const { bucket, fn, setting: made } = setting(stack);
  bucket.allowDelete(fn, { prefix: 'tmp/' });
  return made;
}, [
  allowed('s3:DeleteObject', '{bucket}/tmp/a'),
  denied('s3:DeleteObject', '{bucket}/a'),
  denied('s3:DeleteObjectVersion', '{bucket}/tmp/a'),
  denied('s3:GetObject', '{bucket}/tmp/a'),
  denied('s3:DeleteBucket', '{bucket}'),
]);

rights('SecureBucket.allowList with a prefix', (stack) => {
  const { bucket, fn, setting: made } = setting(stack);
  bucket.allowList(fn, { prefix: 'in/' });
  return made;
}, [
  allowed('s3:ListBucket', '{bucket}', { 's3:prefix': 'in/2026/' }),
  denied('s3:ListBucket', '{bucket}', { 's3:prefix': 'out/' }),
  denied('s3:ListBucket', '{bucket}'),
  denied('s3:ListBucketVersions', '{bucket}', { 's3:prefix': 'in/' }),
  denied('s3:GetObject', '{bucket}/in/a'),
]);

rights('SecureBucket.allowRead for a role of another account', (stack) => {
  const { bucket, setting: made } = setting(stack);
  bucket.allowRead(new ArnPrincipal(PARTNER), { prefix: 'shared/' });
  return { ...made, who: PARTNER };
}, [
  allowed('s3:GetObject', '{bucket}/shared/a'),
  denied('s3:GetObject', '{bucket}/shared/a', { 'aws:SecureTransport': 'false' }),
  denied('s3:GetObject', '{bucket}/a'),
  denied('s3:PutObject', '{bucket}/shared/a'),
  allowed('kms:Decrypt', '{key}', through('s3', OF_BUCKET)),
  denied('kms:Decrypt', '{key}'),
  denied('kms:GenerateDataKey', '{key}', through('s3', OF_BUCKET)),
]);

rights('SecureBucket and a role of another account that got nothing', (stack) => ({ ...setting(stack).setting, who: PARTNER }), [
  denied('s3:GetObject', '{bucket}/a'),
  denied('s3:ListBucket', '{bucket}'),
  denied('kms:Decrypt', '{key}', through('s3', OF_BUCKET)),
]);
