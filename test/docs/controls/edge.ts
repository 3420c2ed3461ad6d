import { Breaches, made, only, Resources, withFunction, get } from './kit';

const S3_ORIGIN = { Id: 'files', DomainName: 'files.s3.eu-west-1.amazonaws.com', S3OriginConfig: {} };
const custom = (config: Record<string, any>) => ({ Id: 'api', DomainName: 'backend.example.org', CustomOriginConfig: config });
const behavior = (more: Record<string, any> = {}) => ({ TargetOriginId: 'files', ViewerProtocolPolicy: 'redirect-to-https', ...more });
const distribution = (more: Record<string, any> = {}): Resources => only('CloudFront::Distribution', {
  DistributionConfig: { Enabled: true, Origins: [S3_ORIGIN], DefaultCacheBehavior: behavior(), ...more },
});
const certificate = (more: Record<string, any>) => distribution({
  ViewerCertificate: { AcmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1', MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only', ...more },
});
const VISIBLE = { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'shop' };
const acl = (more: Record<string, any> = {}): Resources => only('WAFv2::WebACL', { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, VisibilityConfig: VISIBLE, Rules: [], ...more });
const knownBad = (more: Record<string, any>) => ({
  Name: 'bad-inputs',
  Priority: 1,
  VisibilityConfig: VISIBLE,
  OverrideAction: { None: {} },
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesKnownBadInputsRuleSet' } },
  ...more,
});

/** CloudFront and WAF. */
export const EDGE_BREACHES: Breaches = {
  'cf.viewer-https': [distribution({ DefaultCacheBehavior: behavior({ ViewerProtocolPolicy: 'allow-all' }) })],
  'cf.custom-cert': [distribution({ ViewerCertificate: { CloudFrontDefaultCertificate: true } })],
  'cf.tls-min': [certificate({ MinimumProtocolVersion: 'TLSv1' })],
  'cf.sni': [certificate({ SslSupportMethod: 'vip' })],
  'cf.oac': [distribution()],
  'cf.oai': [distribution()],
  'cf.lambda-url-oac': [withFunction({}, {
    Url: made('Lambda::Url', { TargetFunctionArn: get('It'), AuthType: 'NONE' }),
    Front: made('CloudFront::Distribution', {
      DistributionConfig: {
        Enabled: true,
        DefaultCacheBehavior: behavior({ TargetOriginId: 'fn' }),
        Origins: [{ Id: 'fn', DomainName: { 'Fn::Select': [2, { 'Fn::Split': ['/', get('Url', 'FunctionUrl')] }] }, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }],
      },
    }),
  })],
  'cf.origin-https': [distribution({ Origins: [S3_ORIGIN, custom({ OriginProtocolPolicy: 'http-only' })] })],
  'cf.origin-ssl': [distribution({ Origins: [S3_ORIGIN, custom({ OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['SSLv3'] })] })],
  'cf.waf': [distribution()],
  'cf.logging': [distribution()],
  'cf.root-object': [distribution()],
  'cf.geo': [distribution()],
  'cf.key-groups': [distribution({ DefaultCacheBehavior: behavior({ TrustedSigners: ['self'] }) })],
  'cf.s3-exists': [distribution()],
  'cf.tags': [{ ...distribution(), T: made('SNS::Topic', { Tags: [{ Key: 'a', Value: 'b' }] }), Q: made('SQS::Queue', { Tags: [{ Key: 'a', Value: 'b' }] }) }],
  'waf.nonempty': [acl()],
  'waf.log4j': [acl(), acl({ Rules: [knownBad({ OverrideAction: { Count: {} } })] }), acl({
    Rules: [
      knownBad({ OverrideAction: { Count: {} } }), { Name: 'rate', Priority: 2, VisibilityConfig: VISIBLE, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } } },
    ],
  })],
  'waf.logging': [acl()],
  'waf.metrics': [
    acl({ Rules: [knownBad({ VisibilityConfig: { ...VISIBLE, CloudWatchMetricsEnabled: false } })] }),
    only('WAFv2::RuleGroup', { Scope: 'REGIONAL', Capacity: 5, VisibilityConfig: { ...VISIBLE, CloudWatchMetricsEnabled: false }, Rules: [] }),
  ],
  'waf.rulegroup-nonempty': [only('WAFv2::RuleGroup', { Scope: 'REGIONAL', Capacity: 5, VisibilityConfig: VISIBLE, Rules: [] })],
  'waf.classic-default': [
    only('WAFRegional::WebACL', { Name: 'old', MetricName: 'old', DefaultAction: { Type: 'ALLOW' } }), only('WAF::WebACL', { Name: 'old', MetricName: 'old', DefaultAction: { Type: 'ALLOW' } }),
  ],
};

