import { AccountUse } from '../../core/third-party/trusted-account';
import { expectEach, expectProperty, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { trustedWith } from '../../model/rule-options';
import { alternatives, at, elements, isTrue, isUnresolved, textOf } from '../../model/values/values';
import { BUCKET } from '../bucket-model';

const ACCESS_POINTS = ['AWS::S3::AccessPoint', 'AWS::S3::MultiRegionAccessPoint'];
const PUBLIC_ACCESS_BLOCKS = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'];

/** An origin that stands for many: `*`, `https://*`. A star below a domain is a domain of somebody: `https://*.example.com`. */
const ANY_ORIGIN = /^(https?:\/\/)?\*(\.[a-z]*)?$/i;

export const BUCKET_WEBSITE: Rule = {
  id: 'BucketWebsite',
  severity: Severity.LOW,
  appliesTo: [BUCKET],
  title: 'A bucket is a website of its own',
  why: 'Website endpoints of S3 speak no TLS, take no web ACL, and need a bucket that everybody can read.',
  fix: 'Leave WebsiteConfiguration out, and put CloudFront with an origin access control in front. SecureWebsite does.',
  risks: ['no-front-line', 'data-exposure'],
  frameworks: ['cdk-nag AwsSolutions-S5', 'KICS s3_static_website_host_enabled'],
  check: (bucket) => bucket.alternatives('WebsiteConfiguration').map((website): Outcome => {
    if (isUnresolved(website)) return unresolved('Properties.WebsiteConfiguration');
    // an endpoint that only sends callers on to another host shows nothing of the bucket
    return website === undefined || at(website, 'RedirectAllRequestsTo') !== undefined ? pass() : fail('Properties.WebsiteConfiguration');
  }),
};

export const BUCKET_CORS_ORIGIN: Rule = {
  id: 'BucketCorsOrigin',
  severity: Severity.LOW,
  appliesTo: [BUCKET],
  title: 'Pages of every site may use a bucket from the browser of a visitor',
  why: 'A page of anybody can use a presigned URL that it got hold of, and read what comes back.',
  fix: 'Name the origins of your own pages in AllowedOrigins. SecureBucket refuses others.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['KICS s3_bucket_with_unsecured_cors_rule', 'OWASP Serverless S6'],
  check: (bucket) => bucket.items('CorsConfiguration.CorsRules').map((rule): Outcome => (isUnresolved(rule) ? unresolved('Properties.CorsConfiguration')
    : expectEach(elements(at(rule, 'AllowedOrigins')), 'Properties.CorsConfiguration', (origin) => !ANY_ORIGIN.test(textOf(origin) ?? '')))),
};

export const BUCKET_REPLICA_ACCOUNT: Rule = {
  id: 'BucketReplicaAccount',
  severity: Severity.LOW,
  appliesTo: [BUCKET],
  title: 'A bucket copies its objects to another account',
  why: 'A replication rule is a quiet way out for all data, now and later: nobody notices one that was not meant.',
  fix: 'Replicate inside of the account, or name the account in TrustedAccounts.',
  risks: ['data-exposure', 'third-party'],
  frameworks: ['OWASP Serverless S3'],
  findingForm: 'id of the account',
  check: (bucket, app, { options }) => bucket.items('ReplicationConfiguration.Rules').flatMap((rule) => (
    alternatives(at(at(rule, 'Destination'), 'Account')).map((account): Outcome => {
      const id = app.describe(account);
      if (isUnresolved(rule) || isUnresolved(account)) return unresolved('Properties.ReplicationConfiguration');
      if (id === undefined || id === '<AWS::AccountId>' || trustedWith(AccountUse.DATA, options).includes(id)) return pass();
      return fail('Properties.ReplicationConfiguration', id);
    }))),
};

export const ACCESS_POINT_BLOCK: Rule = {
  id: 'AccessPointBlock',
  severity: Severity.LOW,
  appliesTo: ACCESS_POINTS,
  title: 'The public-access block of an access point is switched off',
  why: 'The policy of the access point can open the bucket to the world, and the block cannot be switched on later: the access point has to be made anew.',
  fix: 'Leave PublicAccessBlockConfiguration out, which switches everything on, or set all four to true.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP S3.19', 'FSBP S3.24', 'CT.S3.PR.12'],
  check: (point) => {
    if (point.type === ACCESS_POINTS[0] && point.property('VpcConfiguration') !== undefined) return notApplicable(); // no way in from outside
    if (point.property('PublicAccessBlockConfiguration') === undefined) return pass();
    return PUBLIC_ACCESS_BLOCKS.map((block) => expectProperty(point, `PublicAccessBlockConfiguration.${block}`, isTrue));
  },
};

export const BUCKET_SHARING_RULES: readonly Rule[] = [ACCESS_POINT_BLOCK, BUCKET_CORS_ORIGIN, BUCKET_REPLICA_ACCOUNT, BUCKET_WEBSITE];
