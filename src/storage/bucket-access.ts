import { Token } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { LIST_ACTIONS } from './bucket-baseline';
import { Place, refuse } from '../core/configuration-error';
import { allow } from '../iam/exact-access';
import { allowInKeyPolicy, allowOnResource, needsResourcePolicy } from '../iam/resource-access';

type Conditions = Record<string, Record<string, unknown>>;

/** Rights on the objects whose keys begin with a prefix, without a prefix on all objects, but never on more than objects. */
export function allowObjects(bucket: IBucket, grantee: IGrantable, actions: readonly string[], prefix?: string, conditions?: Conditions): Grant {
  checkPrefix(bucket, prefix);
  return allowKeys(bucket, grantee, actions, `${prefix ?? ''}*`, conditions);
}

/** Rights on the objects whose keys match a pattern. */
export function allowKeys(bucket: IBucket, grantee: IGrantable, actions: readonly string[], pattern: string, conditions?: Conditions): Grant {
  return allowOnResource(bucket, 'SecureBucket', {
    grantee,
    actions,
    resources: [bucket.arnForObjects(pattern)],
    conditions,
    wildcardReason: 'The keys of objects are chosen at run time: the right covers the objects of this bucket that the pattern names, and the actions are complete.',
  });
}

/** The right to see the keys of a bucket, where a pattern is given only of those that match it. */
export function allowKeyList(bucket: IBucket, grantee: IGrantable, pattern?: string, actions: readonly string[] = LIST_ACTIONS): Grant {
  const conditions = pattern === undefined || pattern === '*' ? undefined : { StringLike: { 's3:prefix': pattern } };
  return allowOnResource(bucket, 'SecureBucket', { grantee, actions, resources: [bucket.bucketArn], conditions });
}

/**
 * The right to use the key of a bucket, only through S3 and only for this bucket's objects, although other data has the same key.
 * S3 gives KMS the bucket's ARN as context where it uses a bucket key, and the object's ARN for objects written without one.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html#bucket-key-changes
 */
export function allowBucketKey(bucket: IBucket, grantee: IGrantable, actions: readonly string[]): Grant | undefined {
  const key = bucket.encryptionKey;
  if (key === undefined) return undefined;
  const throughS3 = { 'kms:ViaService': `s3.${bucket.env.region}.amazonaws.com` };
  const identity = allow(bucket, {
    grantee,
    actions,
    resources: [key.keyArn],
    conditions: {
      StringEquals: throughS3,
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucket.bucketArn, bucket.arnForObjects('*')] },
    },
  });
  if (!needsResourcePolicy(identity, bucket, grantee)) return identity;
  allowInKeyPolicy(bucket, key, grantee.grantPrincipal, actions, { StringEquals: throughS3 });
  return identity;
}

/** Refuses prefixes that would match other keys than their author thinks. Tokens pass. */
export function checkPrefix(place: Place, prefix: string | undefined): void {
  if (prefix === undefined || Token.isUnresolved(prefix)) return;
  if (prefix === '' || prefix.startsWith('/') || /[*?]|\$\{/.test(prefix)) {
    refuse(place, {
      code: 'SecureBucket.Prefix',
      prop: 'prefix',
      must: 'must be the start of a key, without a leading slash, a wildcard or a policy variable',
      got: prefix,
      fix: "write it like 'invoices/', or leave it out for the whole bucket",
    });
  }
}
