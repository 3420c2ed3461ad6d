import { behaviorsOf, DISTRIBUTION, isBucketOrigin, originsIn } from '../../model/entries/edge-behaviors';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, isUnresolved, textOf } from '../../model/values/values';

export const DISTRIBUTION_SIGNERS: Rule = {
  id: 'DistributionSigners',
  severity: Severity.LOW,
  appliesTo: [DISTRIBUTION],
  title: 'Keys of the root user open what a distribution keeps private',
  why: 'Signed URLs of trusted signers are made with keys that only the root user of an account can make and withdraw: they are kept for years.',
  fix: 'Name TrustedKeyGroups in the behavior (trustedKeyGroups) in the place of TrustedSigners.',
  risks: ['broken-authentication', 'misconfiguration'],
  frameworks: ['FSBP CloudFront.17', 'OWASP Serverless S2'],
  findingForm: 'path pattern of the behavior, `default` for the one of all other paths',
  check: (distribution) => behaviorsOf(distribution).map(({ value, name, location }): Outcome => {
    if (isUnresolved(value)) return unresolved(`${location}.TrustedSigners`, name);
    return expectEach(alternatives(at(value, 'TrustedSigners')), `${location}.TrustedSigners`, (signers) => elements(signers).length === 0, name);
  }),
};

export const ORIGIN_BUCKET_ELSEWHERE: Rule = {
  id: 'OriginBucketElsewhere',
  severity: Severity.INFO,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution serves from a bucket that is not part of the app',
  why: 'When that bucket is deleted, the name is free: whoever takes it decides what the distribution serves, under your domain.',
  fix: 'Make the bucket in the app and point to it (S3BucketOrigin.withOriginAccessControl), or make sure that who owns it keeps it.',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['FSBP CloudFront.12', 'prowler cloudfront_distributions_s3_origin_non_existent_bucket'],
  findingForm: 'domain name of the origin',
  check: (distribution, app) => originsIn(distribution).map((origin): Outcome => {
    const domainName = at(origin.value, 'DomainName');
    if (isUnresolved(domainName)) return unresolved(origin.location);
    if (!isBucketOrigin(origin, app)) return notApplicable();
    const written = alternatives(domainName).filter((name): name is string => typeof name === 'string')
      .filter((name) => app.named(name.replace(/\.s3[.-].*$/, ''), 'AWS::S3::Bucket') === undefined);
    return written.length === 0 ? pass() : fail(origin.location, textOf(written[0]));
  }),
};

/** What changes something, in HTTP. */
const WRITING_METHODS = new Set(['DELETE', 'PATCH', 'POST', 'PUT']);

export const ORIGIN_BUCKET_METHODS: Rule = {
  id: 'OriginBucketMethods',
  severity: Severity.LOW,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution passes requests that write on to a bucket',
  why: 'CloudFront signs them with the rights of the distribution: one action too many in the policy of the bucket, and visitors replace or delete what all others get.',
  fix: 'Set AllowedMethods of the behavior to GET and HEAD, with OPTIONS for CORS (allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS). Uploads go through presigned addresses.',
  risks: ['attack-surface', 'data-exposure'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: 'path pattern of the behavior, `default` for the one of all other paths',
  check: (distribution, app) => {
    const buckets = new Set(originsIn(distribution).filter((origin) => isBucketOrigin(origin, app)).map(({ value }) => textOf(at(value, 'Id'))));
    return behaviorsOf(distribution).map(({ value, name, location }): Outcome => {
      if (isUnresolved(value)) return unresolved(`${location}.AllowedMethods`, name);
      if (!buckets.has(textOf(at(value, 'TargetOriginId')))) return notApplicable();
      return expectEach(elements(at(value, 'AllowedMethods')), `${location}.AllowedMethods`, (method) => !WRITING_METHODS.has(textOf(method) ?? ''), name);
    });
  },
};

export const EDGE_ACCESS_RULES: readonly Rule[] = [DISTRIBUTION_SIGNERS, ORIGIN_BUCKET_ELSEWHERE, ORIGIN_BUCKET_METHODS];
