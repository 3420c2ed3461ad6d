import { Controls } from './control';

/** CloudFront and WAF. */
export const EDGE_CONTROLS: Controls = {
  'cf.viewer-https': {
    asks: 'Viewers are moved to HTTPS',
    sources: {
      securityHub: ['CloudFront.3'],
      controlTower: ['CT.CLOUDFRONT.PR.3'],
      checkov: ['CKV_AWS_34'],
      trivy: ['AWS-0012'],
      kics: ['cloudfront_viewer_protocol_policy_allows_http', 'connection_between_cloudfront_origin_not_encrypted'],
      guard: ['CLOUDFRONT_VIEWER_POLICY_HTTPS'],
      prowler: ['cloudfront_distributions_https_enabled'],
    },
    rules: ['ViewerPlainText'],
  },
  'cf.custom-cert': {
    asks: 'The certificate is the owner\'s',
    sources: {
      securityHub: ['CloudFront.7'],
      controlTower: ['CT.CLOUDFRONT.PR.6'],
      kics: ['vulnerable_default_ssl_certificate'],
      guard: ['CLOUDFRONT_CUSTOM_SSL_CERTIFICATE'],
      prowler: ['cloudfront_distributions_custom_ssl_certificate'],
    },
    rules: ['ViewerCertificate'],
  },
  'cf.tls-min': {
    asks: 'Viewers use TLS 1.2 or newer',
    sources: {
      securityHub: ['CloudFront.15'],
      controlTower: ['CT.CLOUDFRONT.PR.9'],
      nag: ['AwsSolutions-CFR4'],
      checkov: ['CKV_AWS_174'],
      trivy: ['AWS-0013'],
      cfnNag: ['W70'],
      kics: ['cloudfront_without_minimum_protocol_tls_1.2', 'secure_ciphers_disabled'],
      guard: ['CLOUDFRONT_MINIMUM_PROTOCOL_VERSION_RULE'],
      prowler: ['cloudfront_distributions_pqc_tls_enabled'],
    },
    rules: ['ViewerTlsVersion'],
  },
  'cf.sni': {
    asks: 'No address is kept for clients without SNI',
    sources: {
      securityHub: ['CloudFront.8'],
      controlTower: ['CT.CLOUDFRONT.PR.7'],
      guard: ['CLOUDFRONT_SNI_ENABLED'],
      prowler: ['cloudfront_distributions_https_sni_enabled'],
    },
    rules: ['ViewerTlsVersion'],
  },
  'cf.oac': {
    asks: 'Buckets are asked with an identity',
    sources: {
      securityHub: ['CloudFront.13'],
      controlTower: ['CT.CLOUDFRONT.PR.10'],
      nag: ['AwsSolutions-CFR7'],
      prowler: ['cloudfront_distributions_s3_origin_access_control'],
    },
    rules: ['OriginAccessControl'],
  },
  'cf.oai': {
    asks: 'Buckets are asked with the old kind of identity',
    sources: { nag: ['AwsSolutions-CFR6'], guard: ['CLOUDFRONT_ORIGIN_ACCESS_IDENTITY_ENABLED'] },
    rules: ['OriginAccessControl'],
    because: 'decided',
    remark: 'Origin access control has taken its place, and is what the rule asks for.',
  },
  'cf.lambda-url-oac': {
    asks: 'A function URL is asked with an identity',
    sources: { securityHub: ['CloudFront.16'] },
    rules: ['OriginBypass', 'FunctionUrlAuth'],
  },
  'cf.origin-https': {
    asks: 'Origins are asked over HTTPS',
    sources: {
      securityHub: ['CloudFront.9'],
      controlTower: ['CT.CLOUDFRONT.PR.8'],
      nag: ['AwsSolutions-CFR5'],
      checkov: ['CKV2_AWS_72'],
      prowler: ['cloudfront_distributions_origin_traffic_encrypted'],
    },
    rules: ['OriginPlainText'],
  },
  'cf.origin-ssl': {
    asks: 'Origins are asked with TLS 1.2',
    sources: {
      securityHub: ['CloudFront.10'], controlTower: ['CT.CLOUDFRONT.PR.11'], prowler: ['cloudfront_distributions_using_deprecated_ssl_protocols'],
    },
    rules: ['OriginTlsVersion'],
  },
  'cf.waf': {
    asks: 'A web ACL stands in front',
    sources: {
      securityHub: ['CloudFront.6'],
      nag: ['AwsSolutions-CFR2'],
      checkov: ['CKV_AWS_68'],
      trivy: ['AWS-0011'],
      kics: ['cloudfront_without_waf'],
      prowler: ['cloudfront_distributions_using_waf'],
    },
    rules: ['DistributionWebAcl'],
  },
  'cf.logging': {
    asks: 'Requests are logged',
    sources: {
      securityHub: ['CloudFront.5'],
      controlTower: ['CT.CLOUDFRONT.PR.5'],
      nag: ['AwsSolutions-CFR3'],
      checkov: ['CKV_AWS_86'],
      trivy: ['AWS-0010'],
      cfnNag: ['W10'],
      kics: ['cloudfront_logging_disabled'],
      guard: ['CLOUDFRONT_ACCESSLOGS_ENABLED'],
      prowler: ['cloudfront_distributions_logging_enabled'],
    },
    rules: ['DistributionAccessLog'],
  },
  'cf.root-object': {
    asks: 'The root has an object',
    sources: {
      securityHub: ['CloudFront.1'],
      controlTower: ['CT.CLOUDFRONT.PR.1'],
      guard: ['CLOUDFRONT_DEFAULT_ROOT_OBJECT_CONFIGURED'],
      prowler: ['cloudfront_distributions_default_root_object'],
    },
    rules: ['DistributionRootObject'],
  },
  'cf.geo': {
    asks: 'Countries are chosen',
    sources: { nag: ['AwsSolutions-CFR1'], kics: ['geo_restriction_disabled'], prowler: ['cloudfront_distributions_geo_restrictions_enabled'] },
    rules: ['DistributionCountries'],
    remark: 'Asked where the profile is `regulated`.',
  },
  'cf.failover': {
    asks: 'A second origin takes over',
    sources: {
      securityHub: ['CloudFront.4'],
      controlTower: ['CT.CLOUDFRONT.PR.4'],
      guard: ['CLOUDFRONT_ORIGIN_FAILOVER_ENABLED'],
      prowler: ['cloudfront_distributions_multiple_origin_failover_configured'],
    },
    because: 'decided',
    remark: 'Availability, and nothing that a second origin protects.',
  },
  'cf.field-encryption': {
    asks: 'Fields of forms are encrypted at the edge',
    sources: { prowler: ['cloudfront_distributions_field_level_encryption_enabled'] },
    because: 'decided',
    remark: 'Fits few forms, and needs code at the origin.',
  },
  'cf.key-groups': {
    asks: 'Signed URLs are checked with keys of key groups',
    sources: { securityHub: ['CloudFront.17'] },
    rules: ['DistributionSigners'],
  },
  'cf.s3-exists': {
    asks: 'The bucket behind a distribution exists',
    sources: { securityHub: ['CloudFront.12'], prowler: ['cloudfront_distributions_s3_origin_non_existent_bucket'] },
    rules: ['OriginBucketElsewhere'],
    remark: 'A name that is written out and belongs to no bucket of the app is pointed out; whether somebody owns it is not in a template.',
  },
  'cf.tags': {
    asks: 'The distribution carries tags',
    sources: { securityHub: ['CloudFront.14'] },
    rules: ['OwnerTags'],
  },
  'cf.enabled': {
    asks: 'The distribution is on and has origins',
    sources: { kics: ['cdn_configuration_is_missing'] },
    because: 'decided',
    remark: 'The service refuses one without origins, and one that is off answers nobody.',
  },
  'waf.nonempty': {
    asks: 'The web ACL has rules',
    sources: { securityHub: ['WAF.10'], controlTower: ['CT.WAFV2.PR.1'], prowler: ['wafv2_webacl_with_rules'] },
    rules: ['WebAclCount'],
  },
  'waf.log4j': {
    asks: 'Inputs that are known to be bad are blocked',
    sources: { checkov: ['CKV_AWS_192'] },
    rules: ['WebAclCore', 'WebAclCount', 'WebAclPartial'],
  },
  'waf.logging': {
    asks: 'The web ACL logs',
    sources: {
      securityHub: ['WAF.11'],
      nag: [
        'HIPAA.Security-WAFv2LoggingEnabled', 'NIST.800.53.R4-WAFv2LoggingEnabled', 'NIST.800.53.R5-WAFv2LoggingEnabled',
        'PCI.DSS.321-WAFv2LoggingEnabled',
      ],
      prowler: ['wafv2_webacl_logging_enabled'],
    },
    rules: ['WebAclLog'],
  },
  'waf.metrics': {
    asks: 'Rules are counted',
    sources: { securityHub: ['WAF.12'], prowler: ['wafv2_webacl_rule_logging_enabled'] },
    rules: ['WebAclMetrics'],
  },
  'waf.rulegroup-nonempty': {
    asks: 'A rule group has rules',
    sources: { controlTower: ['CT.WAFV2.PR.2'] },
    rules: ['WebAclCount'],
  },
  'waf.classic-default': {
    asks: 'The old kind of web ACL blocks by default',
    sources: { cfnNag: ['F665'], kics: ['webacl_allow_defaultaction'], guard: ['WAF_WEB_ACL_DEFAULT_ACTION_RULE'] },
    rules: ['WebAclClassic'],
  },
};
