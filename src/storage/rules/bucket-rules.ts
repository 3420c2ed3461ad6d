import { AppModel } from '../../model/resources/app-model';
import { expectEach, expectProperty, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';
import { BUCKET, encryptionRules, logBuckets } from '../bucket-model';

export const BUCKET_CUSTOMER_KEY: Rule = {
  id: 'BucketCustomerKey',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  control: 'customerKeys',
  appliesTo: [BUCKET],
  title: 'Objects of a bucket are not encrypted with a key of your own',
  why: 'S3 encrypts with a key of its own, which decrypts for everybody who may read the object. With your key, reading takes a second right, which key '
    + 'policy and trail tell apart.',
  fix: 'Set SSEAlgorithm aws:kms with the ARN of a key as KMSMasterKeyID (encryptionKey of Bucket). SecureBucket uses the key of the stack.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP S3.17', 'CT.S3.PR.10', 'cdk-nag S3DefaultEncryptionKMS', 'CKV_AWS_145'],
  check: (bucket, app) => {
    if (logBuckets(app).withoutKey.has(bucket.key)) return notApplicable();
    const location = 'Properties.BucketEncryption';
    if (bucket.alternatives('BucketEncryption').some((encryption) => encryption === undefined)) return fail(location);
    const rules = encryptionRules(bucket);
    if (rules.length === 0) return fail(location);
    return rules.map((rule) => (isUnresolved(rule) ? unresolved(location) : judgeDefault(at(rule, 'ServerSideEncryptionByDefault'), location)));
  },
};

export const BUCKET_CLIENT_KEYS: Rule = {
  id: 'BucketClientKeys',
  severity: Severity.LOW,
  appliesTo: [BUCKET],
  title: 'A bucket lets writers encrypt objects with keys that only they have',
  why: 'Whoever steals the right to write can encrypt the objects anew with a key of his own (SSE-C) and sell it back: S3 keeps no copy of such keys.',
  fix: 'Set BlockedEncryptionTypes to SSE-C, which is what S3 does by itself for new buckets (blockedEncryptionTypes). SecureBucket does.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-03'],
  check: (bucket) => encryptionRules(bucket).map((rule) => {
    const blocked = at(rule, 'BlockedEncryptionTypes');
    if (blocked === undefined) return pass();
    return expectEach(elements(at(blocked, 'EncryptionType')), 'Properties.BucketEncryption', (type) => textOf(type)?.toUpperCase() !== 'NONE');
  }),
};

export const BUCKET_VERSIONS: Rule = {
  id: 'BucketVersions',
  severity: Severity.LOW,
  appliesTo: [BUCKET],
  title: 'A bucket keeps no old versions of its objects',
  why: 'What is overwritten or deleted, by a mistake or by somebody who wants ransom, is gone for good.',
  fix: 'Set VersioningConfiguration.Status to Enabled (versioned: true), and a lifecycle rule that ends old versions. SecureBucket does both.',
  risks: ['misconfiguration', 'single-layer'],
  frameworks: ['FSBP S3.14', 'CT.S3.PR.11', 'cdk-nag S3BucketVersioningEnabled', 'CKV_AWS_21'],
  check: (bucket) => expectProperty(bucket, 'VersioningConfiguration.Status', (status) => status === 'Enabled'),
};

export const BUCKET_OBJECT_LOCK: Rule = {
  id: 'BucketObjectLock',
  severity: Severity.LOW,
  control: 'objectLock',
  appliesTo: [BUCKET],
  title: 'The versions of a bucket can be deleted',
  why: 'Whoever takes over the account deletes old versions as well, for ransom or to hide what he did: versions alone do not bind administrators.',
  fix: 'Set ObjectLockEnabled (objectLockEnabled), and a retention for what must be kept (ObjectLockRetention). SecureBucket does where the profile has objectLock.',
  risks: ['single-layer', 'misconfiguration'],
  frameworks: ['FSBP S3.15', 'CT.S3.PR.9', 'cdk-nag S3BucketDefaultLockEnabled'],
  check: (bucket, app) => (logBuckets(app).all.has(bucket.key) ? notApplicable() : expectProperty(bucket, 'ObjectLockEnabled', isTrue)),
};

export const BUCKET_LIFECYCLE: Rule = {
  id: 'BucketLifecycle',
  severity: Severity.INFO,
  appliesTo: [BUCKET],
  title: 'Nothing in a bucket ever expires',
  why: 'Old versions, parts of unfinished uploads and data that should have been deleted pile up: they cost money, and can leak.',
  fix: 'Give the bucket a lifecycle rule that is enabled: end noncurrent versions and unfinished uploads. SecureBucket does.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['FSBP S3.13', 'FSBP S3.10', 'CT.S3.PR.3', 'CT.S3.PR.6'],
  check: (bucket) => {
    const rules = bucket.items('LifecycleConfiguration.Rules');
    if (rules.some((rule) => at(rule, 'Status') === 'Enabled')) return pass();
    const open = [bucket.property('LifecycleConfiguration'), ...rules, ...rules.map((rule) => at(rule, 'Status'))].some(isUnresolved);
    return open ? unresolved('Properties.LifecycleConfiguration') : fail('Properties.LifecycleConfiguration');
  },
};

export const BUCKET_ACCESS_LOG: Rule = {
  id: 'BucketAccessLog',
  severity: Severity.LOW,
  appliesTo: [BUCKET],
  title: 'Nobody can tell who read or changed the objects of a bucket',
  why: 'After an incident the first question is what was read. Neither the bucket nor a trail of the app keeps the answer.',
  fix: 'Set LoggingConfiguration.DestinationBucketName to another bucket, or record the data events of the bucket in a trail. SecureBucket logs.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP S3.9', 'FSBP CloudTrail.7', 'CT.S3.PR.2', 'cdk-nag AwsSolutions-S1', 'CKV_AWS_18', 'OWASP Serverless S10'],
  check: (bucket, app) => {
    const { all, ofTrails, withoutKey } = logBuckets(app);
    const holdsLogs = all.has(bucket.key) && (!ofTrails.has(bucket.key) || withoutKey.has(bucket.key));
    if (holdsLogs || hasDataEvents(app)) return notApplicable();
    return expectProperty(bucket, 'LoggingConfiguration.DestinationBucketName', (name) => name !== undefined && name !== '' && !bucket.isTargetOf(name));
  },
};

export const BUCKET_OWNER: Rule = {
  id: 'BucketOwner',
  severity: Severity.LOW,
  appliesTo: [BUCKET],
  title: 'Access control lists decide about the objects of a bucket',
  why: 'With lists on, an object can belong to whoever wrote it, and can be opened one by one, past the bucket policy and out of sight of its reviewers.',
  fix: 'Set ObjectOwnership to BucketOwnerEnforced or leave it out, leave AccessControl out, and give rights in the bucket policy. SecureBucket does.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['FSBP S3.12', 'CT.S3.PR.5', 'prowler s3_bucket_acl_prohibited'],
  check: (bucket, app) => {
    if (logBuckets(app).withAcl.has(bucket.key)) return notApplicable();
    const owners = bucket.items('OwnershipControls.Rules').map((rule): Outcome => (isUnresolved(rule) ? unresolved('Properties.OwnershipControls')
      : expectEach(alternatives(at(rule, 'ObjectOwnership')), 'Properties.OwnershipControls', (owner) => owner === 'BucketOwnerEnforced')));
    return [...owners, expectProperty(bucket, 'AccessControl', (list) => list === undefined || textOf(list)?.toLowerCase() === 'private')];
  },
};

/** S3 alone knows the difference between its own key and yours only by the name of the key. */
function judgeDefault(encryption: Value, location: string): Outcome {
  const algorithm = expectEach(alternatives(at(encryption, 'SSEAlgorithm')), location, (name) => /^aws:kms(:dsse)?$/.test(textOf(name) ?? ''));
  if (algorithm.kind !== 'pass') return algorithm;
  return expectEach(alternatives(at(encryption, 'KMSMasterKeyID')), location, (key) => key !== undefined && !/alias\/aws\//.test(textOf(key) ?? ''));
}

/** A trail that records what happens to objects answers the same question as access logs. */
function hasDataEvents(app: AppModel): boolean {
  return app.index('trails with data events of buckets', () => app.ofType('AWS::CloudTrail::Trail').some((trail) => (
    trail.items('EventSelectors').flatMap((selector) => elements(at(selector, 'DataResources'))).some((data) => at(data, 'Type') === 'AWS::S3::Object')
    || trail.items('AdvancedEventSelectors').flatMap((selector) => elements(at(selector, 'FieldSelectors')))
      .some((field) => at(field, 'Field') === 'resources.type' && elements(at(field, 'Equals')).includes('AWS::S3::Object')))));
}

export const BUCKET_RULES: readonly Rule[] = [
  BUCKET_ACCESS_LOG, BUCKET_CLIENT_KEYS, BUCKET_CUSTOMER_KEY, BUCKET_LIFECYCLE, BUCKET_OBJECT_LOCK, BUCKET_OWNER, BUCKET_VERSIONS,
];
