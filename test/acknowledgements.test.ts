import { testStack } from './support/apps';
import { audit, kindOf } from './support/self-audit';
import { CASES } from '../scripts/docs/cases';
import { SecurityProfile } from '../src/core/profile/security-profile';

/** Reasons that the authors of the cases give for what they chose: exceptions of an app, not of the library. */
const AUTHORS = [
  'anybody may become a customer',
  'customers bring no authenticator app',
  'load balancer probe, returns no data',
  'only the services of this company call it',
  'public ticker, takes no messages',
  'the partner issues a key once a year, by mail',
  'the partner issues a token once a year, by mail',
  'the shop has customers in all countries',
];

/** What the library says where an author named another account. */
const NAMED_ACCOUNT = /^the code of the app lets account \d{12} publish/;

/** What the library says where an author gave a resource to a containment. */
const PROTECTED = /^(Containment denies|Undoing a containment restores) .* given to protect\(\)/;

/** One control, whatever the packs call it. */
const SAME_CONTROL: { readonly [rule: string]: string } = {
  BucketAccessLog: 'S3BucketLoggingEnabled',
  BucketCustomerKey: 'S3DefaultEncryptionKMS',
  BucketObjectLock: 'S3BucketDefaultLockEnabled',
  IamResourceWildcard: 'IAM5', // ours and that of cdk-nag
  S1: 'S3BucketLoggingEnabled',
  SQS3: 'SQSRedrivePolicy',
};

function controlOf(rule: string): string {
  const name = kindOf(rule).replace(/\[.*/s, '');
  return SAME_CONTROL[name] ?? name;
}

/** What the constructs of some rooms explain, control by control, and what they leave open, in the regulated profile. */
function explainedBy(isOfRoom: (room: string) => boolean): { readonly explained: readonly string[]; readonly open: readonly string[] } {
  const explained = new Set<string>();
  const open: string[] = [];
  for (const [name, make] of Object.entries(CASES).filter(([room]) => isOfRoom(room)).flatMap(([, cases]) => cases)) {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    make(stack);
    for (const { rule, reason } of audit(stack)) {
      if (reason === undefined) open.push(`${rule} of ${name}`);
      else if (!AUTHORS.includes(reason) && !NAMED_ACCOUNT.test(reason) && !PROTECTED.test(reason)) explained.add(controlOf(rule));
    }
  }
  return { explained: [...explained].sort(), open };
}

/** Rooms whose constructs watch, act and keep secrets for an app: they have stores of their own. */
const GUARDS = ['containment', 'data-protection', 'detection', 'third-party'];

test('in the regulated profile the constructs of an app together explain at most ten controls of all six packs and ours, and leave nothing open', () => {
  const { explained, open } = explainedBy((room) => !GUARDS.includes(room));
  expect(open).toStrictEqual([]);
  expect(explained).toEqual([
    'APIG2', // a validator in an OpenAPI body, where the rule does not look
    'APIG4', // routes of a WebSocket API other than $connect take no authorizer
    'CloudWatchLogGroupEncrypted', // Cognito delivers into groups without a KMS key only
    'IAM5', // rights without resources, or on what gets its name at run time
    'LambdaEventSourceMappingDestination', // queues take no failure destination
    'S3BucketDefaultLockEnabled', // of buckets that receive logs
    'S3BucketLoggingEnabled', // of buckets that receive logs
    'S3BucketReplicationEnabled', // where a second copy may lie is for its owner to decide
    'S3DefaultEncryptionKMS', // of buckets that receive logs
    'SQSRedrivePolicy', // of queues that are the last stop
  ]);
});

test('those that guard an app explain two more, and leave nothing open', () => {
  const { explained, open } = explainedBy((room) => GUARDS.includes(room));
  expect(open).toStrictEqual([]);
  expect(explained).toEqual([
    'APIG2', // as above, of the API that is contained
    'IAM5', // rights without resources
    'S3BucketDefaultLockEnabled', // of buckets that receive logs
    'S3BucketReplicationEnabled', // where a second copy may lie is for its owner to decide
    'S3DefaultEncryptionKMS', // of buckets that receive logs
    'SQSRedrivePolicy', // of queues that are the last stop
    'TableBackupPlan', // of tables whose keys, counts and fingerprints must not outlive what they are for
    'TrailDataEvents', // of a trail in a stack without buckets
  ]);
});
