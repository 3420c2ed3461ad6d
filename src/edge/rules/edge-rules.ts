import { EDGE_CACHE_RULES } from './edge-cache-rules';
import { EDGE_FRONT_RULES } from './edge-front-rules';
import { EDGE_HEADER_RULES } from './edge-header-rules';
import { EDGE_ORIGIN_RULES } from './edge-origin-rules';
import { behaviorsOf, DISTRIBUTION, EdgeOrigin, isBucketOrigin, originOf } from '../../model/entries/edge-behaviors';
import { isRegional } from '../../model/entries/web-acl';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { speaksOf } from '../../model/rights/actions';
import { admitsEverybody, statementsOf } from '../../model/rights/iam';
import { expectEach, expectProperty, notApplicable, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, hasUnknown, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';

const ROOT = 'DistributionConfig';

/** Protocols of viewers that are known to be broken. CloudFront's own names, with and without the year of the policy. */
export const OLD_TLS = /^(SSLv3|TLSv1|TLSv1_2016|TLSv1\.1_2016|TLSv1\.1)$/;

export const VIEWER_PLAIN_TEXT: Rule = {
  id: 'ViewerPlainText',
  severity: Severity.MEDIUM,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution answers without encryption',
  why: 'Whoever sits on the way reads tokens and data, and puts code of his own into pages.',
  fix: 'Set ViewerProtocolPolicy to redirect-to-https for pages and https-only for APIs, in each behavior; EdgeDistribution and SecureWebsite do.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['FSBP CloudFront.3', 'CT.CLOUDFRONT.PR.3', 'CKV_AWS_34', 'OWASP Serverless S3'],
  findingForm: 'path pattern of the behavior, `default` for the one of all other paths',
  check: (distribution) => behaviorsOf(distribution).map(({ value, name, location }) => expectEach(
    isUnresolved(value) ? [value] : alternatives(at(value, 'ViewerProtocolPolicy')), `${location}.ViewerProtocolPolicy`,
    (policy) => policy === 'redirect-to-https' || policy === 'https-only', name)),
};

export const VIEWER_TLS_VERSION: Rule = {
  id: 'ViewerTlsVersion',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [DISTRIBUTION],
  title: 'A distribution speaks versions of TLS that are broken',
  why: 'Whoever sits on the way can make both ends fall back to the old version, and read along.',
  fix: 'Set MinimumProtocolVersion to TLSv1.2_2021 or newer, with SslSupportMethod sni-only; EdgeDomain.custom(…) does.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: [
    'FSBP CloudFront.15', 'FSBP CloudFront.8', 'CT.CLOUDFRONT.PR.9', 'CT.CLOUDFRONT.PR.7', 'cdk-nag CFR4', 'CKV_AWS_174', 'OWASP Serverless S3',
  ],
  check: judgeViewerTls,
};

export const VIEWER_CERTIFICATE: Rule = {
  id: 'ViewerCertificate',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: [DISTRIBUTION],
  title: 'A distribution has no certificate of its own',
  why: 'Under the name that CloudFront makes up, the oldest version of TLS cannot be chosen: CloudFront allows TLS 1.0 there.',
  fix: 'Give it a name and a certificate of yours (Aliases and ViewerCertificate.AcmCertificateArn); EdgeDomain.custom(…) does.',
  risks: ['misconfiguration'],
  frameworks: ['FSBP CloudFront.7', 'CT.CLOUDFRONT.PR.6', 'cdk-nag CFR4'],
  check: (distribution) => expectEach([certificateOf(distribution)].flatMap(alternatives), `Properties.${ROOT}.ViewerCertificate`,
    (certificate) => certificate !== undefined && certificate !== ''),
};

export const DISTRIBUTION_WEB_ACL: Rule = {
  id: 'DistributionWebAcl',
  severity: Severity.MEDIUM,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution has no web ACL in front of it',
  why: 'Known attack patterns, hostile addresses and floods from a few of them reach the origins.',
  fix: 'Name a web ACL with the scope CLOUDFRONT as WebACLId. EdgeDistribution does, except under profiles without web ACL.',
  risks: ['no-front-line'],
  frameworks: ['FSBP CloudFront.6', 'cdk-nag CFR2', 'CKV_AWS_68', 'OWASP Serverless S1'],
  control: 'webAcl',
  check: (distribution, app) => expectProperty(distribution, `${ROOT}.WebACLId`,
    (acl) => acl !== undefined && acl !== null && acl !== '' && !isRegional(acl, app)),
};

export const DISTRIBUTION_ACCESS_LOG: Rule = {
  id: 'DistributionAccessLog',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [DISTRIBUTION],
  title: 'A distribution keeps no record of who asked for what',
  why: 'After an attack nobody can tell which requests came from where, and what was taken.',
  fix: 'Set Logging.Bucket, or deliver ACCESS_LOGS with AWS::Logs::DeliverySource and AWS::Logs::Delivery; EdgeDistribution logs to a bucket.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP CloudFront.5', 'CT.CLOUDFRONT.PR.5', 'cdk-nag CFR3', 'CKV_AWS_86', 'OWASP Serverless S10', 'CSA SAS-05'],
  check: judgeAccessLog,
};

export const DISTRIBUTION_ROOT_OBJECT: Rule = {
  id: 'DistributionRootObject',
  severity: Severity.LOW,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution asks its bucket for the root itself',
  why: 'Where somebody may list the bucket, the root answers with the names of all files.',
  fix: 'Set DefaultRootObject to index.html; SecureWebsite does.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['FSBP CloudFront.1', 'CT.CLOUDFRONT.PR.1', 'CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED'],
  check: judgeRootObject,
};

export const DISTRIBUTION_COUNTRIES: Rule = {
  id: 'DistributionCountries',
  severity: Severity.LOW,
  appliesTo: [DISTRIBUTION],
  title: 'A distribution serves all countries without having said so',
  why: 'Addresses in countries without customers can only be those of attackers or proxies.',
  fix: 'Set Restrictions.GeoRestriction with a list of countries, or say with GeoRule.everywhere(reason) of EdgeDistribution why all are served.',
  risks: ['attack-surface'],
  frameworks: ['cdk-nag CFR1', 'KICS geo_restriction_disabled'],
  control: 'countriesRequired',
  check: (distribution) => expectProperty(distribution, `${ROOT}.Restrictions.GeoRestriction.RestrictionType`, (type) => type === 'whitelist' || type === 'blacklist'),
};

function certificateOf(distribution: Resource): Value {
  const certificate = distribution.property(`${ROOT}.ViewerCertificate`);
  const own = ['AcmCertificateArn', 'IamCertificateId'].map((name) => at(certificate, name)).find((value) => value !== undefined);
  return isUnresolved(certificate) ? certificate : own;
}

/** CloudFront's own certificate leaves no choice. Without SNI each client gets an address, and old ones are the only reason. */
function judgeViewerTls(distribution: Resource): RuleResult {
  const location = `Properties.${ROOT}.ViewerCertificate`;
  return distribution.alternatives(`${ROOT}.ViewerCertificate`).map((certificate) => {
    if (isUnresolved(certificate)) return unresolved(location);
    if (certificate === undefined || isTrue(at(certificate, 'CloudFrontDefaultCertificate'))) return notApplicable();
    const version = expectEach(alternatives(at(certificate, 'MinimumProtocolVersion')), `${location}.MinimumProtocolVersion`,
      (value) => value !== undefined && !OLD_TLS.test(textOf(value) ?? ''));
    if (version.kind === 'fail') return version;
    const method = expectEach(alternatives(at(certificate, 'SslSupportMethod')), `${location}.SslSupportMethod`, (value) => value !== 'vip');
    return method.kind === 'pass' ? version : method;
  });
}

function judgeAccessLog(distribution: Resource, app: AppModel): RuleResult {
  const bucket = expectProperty(distribution, `${ROOT}.Logging.Bucket`, (value) => value !== undefined && value !== '');
  if (bucket.kind !== 'fail') return bucket;
  const { delivered, isOpen } = app.index('distributions with delivered logs', () => {
    const sources = app.ofType('AWS::Logs::DeliverySource').filter((source) => source.property('LogType') === 'ACCESS_LOGS').map((source) => source.property('ResourceArn'));
    return {
      delivered: new Set(sources.flatMap((arn) => app.targets(arn)).map(({ key }) => key)),
      isOpen: sources.some((arn) => hasUnknown(arn) && app.targets(arn).length === 0),
    };
  });
  const realTime = behaviorsOf(distribution).length > 0 && behaviorsOf(distribution).every(({ value }) => at(value, 'RealtimeLogConfigArn') !== undefined);
  if (delivered.has(distribution.key) || realTime) return pass();
  return isOpen ? unresolved(bucket.location) : bucket;
}

/** A function at the edge may rewrite the root, which is one layer: not enough where CloudFront may list the bucket. An API has no root. */
function judgeRootObject(distribution: Resource, app: AppModel): RuleResult {
  const fallback = behaviorsOf(distribution).find(({ name }) => name === 'default');
  const origin = fallback && originOf(fallback, distribution);
  if (fallback === undefined || origin === undefined || !isBucketOrigin(origin, app)) return notApplicable();
  const rewriters = [...elements(at(fallback.value, 'FunctionAssociations')), ...elements(at(fallback.value, 'LambdaFunctionAssociations'))];
  const rewrites = rewriters.some((one) => /request/.test(textOf(at(one, 'EventType')) ?? ''));
  if (rewrites && !listsForCloudFront(origin, app)) return pass();
  return expectProperty(distribution, `${ROOT}.DefaultRootObject`, (value) => value !== undefined && value !== '');
}

/** Whether the policy of the bucket behind an origin lets CloudFront, or everybody, list its files. */
function listsForCloudFront(origin: EdgeOrigin, app: AppModel): boolean {
  const listed = app.index('buckets that CloudFront may list', () => new Set(app.ofType('AWS::S3::BucketPolicy')
    .filter((policy) => statementsOf(policy.property('PolicyDocument'), '').some((statement) => (
      statement.allows && speaksOf(statement, 's3:ListBucket') && (admitsEverybody(statement.principals) || servesCloudFront(statement.principals)))))
    .flatMap((policy) => app.targets(policy.property('Bucket'))).map(({ key }) => key)));
  return app.targets(at(origin.value, 'DomainName')).some(({ key }) => listed.has(key));
}

function servesCloudFront(principals: Value): boolean {
  return elements(at(principals, 'Service')).some((service) => textOf(service) === 'cloudfront.amazonaws.com');
}

export const EDGE_RULES: readonly Rule[] = [
  ...EDGE_CACHE_RULES,
  ...EDGE_FRONT_RULES,
  ...EDGE_HEADER_RULES,
  ...EDGE_ORIGIN_RULES,
  DISTRIBUTION_ACCESS_LOG,
  DISTRIBUTION_COUNTRIES,
  DISTRIBUTION_ROOT_OBJECT,
  DISTRIBUTION_WEB_ACL,
  VIEWER_CERTIFICATE,
  VIEWER_PLAIN_TEXT,
  VIEWER_TLS_VERSION,
];
