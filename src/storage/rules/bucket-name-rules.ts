import { expectEach, fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { isUnresolved, textOf } from '../../model/values/values';
import { BUCKET } from '../bucket-model';

export const BUCKET_NAME_DOTS: Rule = {
  id: 'BucketNameDots',
  severity: Severity.LOW,
  appliesTo: [BUCKET],
  title: 'The name of a bucket has dots',
  why: 'The certificate of S3 does not cover such a name: clients fail, or are told not to check certificates, and then talk to whoever answers.',
  fix: 'Leave BucketName out, or use hyphens in it. A website needs no bucket of its own name when CloudFront stands in front.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['AWS-0320', 'OWASP Serverless S3'],
  check: (bucket) => expectEach(bucket.alternatives('BucketName'), 'Properties.BucketName', (name) => !(textOf(name) ?? '').replace(/<[^>]*>/g, '').includes('.')),
};

export const BUCKET_NAME_PREDICTABLE: Rule = {
  id: 'BucketNamePredictable',
  severity: Severity.INFO,
  appliesTo: [BUCKET],
  title: 'Whoever knows the account knows the name of a bucket',
  why: 'In a region where it does not exist yet, somebody else can make it first, and wait until the app, or a tool around it, writes there.',
  fix: 'Leave BucketName out: CloudFormation adds letters that nobody can guess. Where a name is needed, let callers name the expected owner.',
  risks: ['misconfiguration', 'attack-surface'],
  frameworks: ['prowler s3_bucket_shadow_resource_vulnerability', 'OWASP Serverless S6'],
  check: (bucket, app) => bucket.alternatives('BucketName').map((name): Outcome => {
    if (isUnresolved(name)) return unresolved('Properties.BucketName');
    const text = app.describe(name) ?? '';
    const pointers: readonly string[] = text.match(/<[^>]*>/g) ?? [];
    const known = pointers.every((pointer) => /^<AWS::(?:AccountId|Partition|Region)>$/.test(pointer));
    const ofAccount = pointers.includes('<AWS::AccountId>') || /(?:^|-)\d{12}(?:-|$)/.test(text);
    const ofRegion = pointers.includes('<AWS::Region>') || /(?:^|-)[a-z]{2}(?:-[a-z]+)+-\d(?:-|$)/.test(text);
    return known && ofAccount && ofRegion ? fail('Properties.BucketName') : pass();
  }),
};

export const BUCKET_NAME_RULES: readonly Rule[] = [BUCKET_NAME_DOTS, BUCKET_NAME_PREDICTABLE];
