import {
  BucketVersioningStatus, DeleteBucketPolicyCommand, DeletePublicAccessBlockCommand, GetBucketPolicyCommand, GetBucketVersioningCommand,
  GetPublicAccessBlockCommand, PublicAccessBlockConfiguration, PutBucketPolicyCommand, PutBucketVersioningCommand, PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { unless } from './errors';
import { canonical } from '../containment';
import { SettingPort } from '../ports';

const GONE = ['NoSuchBucket', 'NotFound'];

interface Document {
  readonly Version: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** `{ block }`: the four switches of a bucket, or null where none was ever set. */
export function publicAccessPort(s3: S3Client): SettingPort {
  return {
    read: ({ bucket: Bucket }) => unless(GONE, undefined, async () => {
      const answer = await unless(['NoSuchPublicAccessBlockConfiguration'], undefined, () => s3.send(new GetPublicAccessBlockCommand({ Bucket })));
      return { block: answer?.PublicAccessBlockConfiguration ?? null };
    }),
    write: async ({ bucket: Bucket }, { block }) => {
      await (block === null
        ? s3.send(new DeletePublicAccessBlockCommand({ Bucket }))
        : s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block as PublicAccessBlockConfiguration })));
    },
  };
}

/** `{ statement }` of one id in the policy of a bucket, or null: the other statements are never touched. */
export function bucketDenialPort(s3: S3Client): SettingPort {
  return {
    read: ({ bucket, sid }) => unless(GONE, undefined, async () => {
      const statement = (await policyOf(s3, bucket))?.Statement.find(({ Sid }) => Sid === sid);
      return { statement: statement === undefined ? null : canonical(statement) };
    }),
    write: async ({ bucket: Bucket, sid }, { statement }) => {
      const { Version, Statement: all } = await policyOf(s3, Bucket) ?? { Version: '2012-10-17', Statement: [] };
      const others = all.filter(({ Sid }) => Sid !== sid);
      const statements = statement === null ? others : [...others, JSON.parse(statement as string) as object];
      await (statements.length === 0
        ? s3.send(new DeleteBucketPolicyCommand({ Bucket }))
        : s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version, Statement: statements }) })));
    },
  };
}

/** `{ status }` of versioning: null where it was never on. */
export function versioningPort(s3: S3Client): SettingPort {
  return {
    read: ({ bucket: Bucket }) => unless(GONE, undefined, async () => {
      const { Status: status } = await s3.send(new GetBucketVersioningCommand({ Bucket }));
      return { status: status ?? null };
    }),
    write: async ({ bucket: Bucket }, { status }) => {
      await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: status as BucketVersioningStatus } }));
    },
  };
}

/** The policy of a bucket as text: undefined where there is none. */
export async function policyText(s3: S3Client, bucket: string): Promise<string | undefined> {
  return unless(['NoSuchBucketPolicy'], undefined, async () => (await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }))).Policy);
}

async function policyOf(s3: S3Client, bucket: string): Promise<Document | undefined> {
  const text = await policyText(s3, bucket);
  if (text === undefined) return undefined;
  const document = JSON.parse(text) as { Version: string; Statement: Document['Statement'][number] | Document['Statement'] };
  return { ...document, Statement: [document.Statement].flat() as Document['Statement'] };
}
