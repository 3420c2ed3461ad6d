import { Controls } from './control';

/** REST APIs. */
export const REST_API_CONTROLS: Controls = {
  'apigw.access-logging': {
    asks: 'A REST stage logs each request',
    sources: {
      nag: ['AwsSolutions-APIG1', 'Serverless-APIGWAccessLogging'],
      checkov: ['CKV_AWS_76'],
      trivy: ['AWS-0001'],
      cfnNag: ['W69', 'W45'],
      kics: ['api_gateway_deployment_without_access_log_setting'],
      guard: ['API_GW_STAGE_ACCESS_LOGGING_RULE'],
    },
    rules: ['StageAccessLog'],
  },
  'apigw.structured-logs': {
    asks: 'The log can be read by machines',
    sources: { nag: ['Serverless-APIGWStructuredLogging'] },
    rules: ['AccessLogFields'],
  },
  'apigw.execution-logging': {
    asks: 'A stage logs why requests fail',
    sources: {
      securityHub: ['APIGateway.1'],
      controlTower: ['CT.APIGATEWAY.PR.1'],
      nag: [
        'AwsSolutions-APIG6', 'HIPAA.Security-APIGWExecutionLoggingEnabled', 'NIST.800.53.R4-APIGWExecutionLoggingEnabled',
        'NIST.800.53.R5-APIGWExecutionLoggingEnabled', 'PCI.DSS.321-APIGWExecutionLoggingEnabled',
      ],
      kics: ['api_gateway_access_logging_disabled'],
      guard: ['API_GW_EXECUTION_LOGGING_ENABLED'],
      prowler: ['apigateway_restapi_logging_enabled'],
    },
    rules: ['StageExecutionLog'],
  },
  'apigw.metrics': {
    asks: 'A stage counts for each method',
    sources: { kics: ['cloudwatch_metrics_disabled'] },
    rules: ['StageMetrics'],
  },
  'apigw.throttling': {
    asks: 'A stage has a throttle of its own',
    sources: { nag: ['Serverless-APIGWDefaultThrottling'] },
    rules: ['StageThrottle'],
  },
  'apigw.xray': {
    asks: 'A stage traces',
    sources: {
      securityHub: ['APIGateway.3'],
      controlTower: ['CT.APIGATEWAY.PR.2'],
      nag: ['HIPAA.Security-APIGWXrayEnabled', 'Serverless-APIGWXrayEnabled'],
      checkov: ['CKV_AWS_73'],
      trivy: ['AWS-0003'],
      kics: ['api_gateway_xray_disabled'],
      prowler: ['apigateway_restapi_tracing_enabled'],
    },
    rules: ['StageTracing'],
  },
  'apigw.waf': {
    asks: 'A REST stage stands behind a web ACL',
    sources: {
      securityHub: ['APIGateway.4'],
      nag: ['AwsSolutions-APIG3', 'NIST.800.53.R5-APIGWAssociatedWithWAF', 'PCI.DSS.321-APIGWAssociatedWithWAF'],
      kics: ['api_gateway_without_waf'],
      prowler: ['apigateway_restapi_waf_acl_attached'],
    },
    rules: ['ApiWebAcl'],
  },
  'apigw.cache-encrypted': {
    asks: 'What a stage caches is encrypted',
    sources: {
      securityHub: ['APIGateway.5'],
      controlTower: ['CT.APIGATEWAY.PR.3'],
      trivy: ['AWS-0002'],
      cfnNag: ['W87'],
      kics: ['api_gateway_cache_encrypted_disabled'],
      prowler: ['apigateway_restapi_cache_encrypted'],
    },
    rules: ['StageCacheEncryption'],
  },
  'apigw.cache-enabled': {
    asks: 'A stage caches',
    sources: {
      nag: [
        'HIPAA.Security-APIGWCacheEnabledAndEncrypted', 'NIST.800.53.R4-APIGWCacheEnabledAndEncrypted',
        'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted', 'PCI.DSS.321-APIGWCacheEnabledAndEncrypted',
      ],
      checkov: ['CKV_AWS_120'],
      trivy: ['AWS-0190'],
      kics: ['api_gateway_cache_cluster_disabled'],
      guard: ['API_GW_CACHE_ENABLED_AND_ENCRYPTED'],
    },
    because: 'decided',
    remark: 'Caching is a matter of speed and price, and a leak where answers depend on the caller (StageCacheIdentity).',
  },
  'apigw.client-cert': {
    asks: 'A stage shows a certificate to its backend',
    sources: {
      securityHub: ['APIGateway.2'],
      nag: ['HIPAA.Security-APIGWSSLEnabled', 'NIST.800.53.R5-APIGWSSLEnabled', 'PCI.DSS.321-APIGWSSLEnabled'],
      kics: ['api_gateway_without_ssl_certificate'],
      prowler: ['apigateway_restapi_client_certificate_enabled'],
    },
    rules: ['StageClientCertificate'],
  },
  'apigw.method-auth': {
    asks: 'Each method but the preflight asks who calls',
    sources: {
      nag: ['AwsSolutions-APIG4'],
      checkov: ['CKV_AWS_59'],
      trivy: ['AWS-0004'],
      cfnNag: ['W59'],
      kics: ['api_gateway_with_open_access'],
      guard: ['API_GW_METHOD_AUTHORIZATION_TYPE_RULE'],
      prowler: ['apigateway_restapi_authorizers_enabled'],
    },
    rules: ['RouteAuthorization', 'OpenCatchAll'],
  },
  'apigw.authorizer-exists': {
    asks: 'The API has an authorizer',
    sources: { kics: ['api_gateway_without_configured_authorizer'], prowler: ['apigateway_restapi_public_with_authorizer'] },
    rules: ['RouteAuthorization'],
    remark: 'Judged where it counts: at each method. IAM needs no authorizer resource.',
  },
  'apigw.cognito-authorizer': {
    asks: 'Methods use a user pool',
    sources: { nag: ['AwsSolutions-COG4'] },
    because: 'decided',
    remark: 'IAM and Lambda authorizers are as sound; RouteAuthorization asks for any of them.',
  },
  'apigw.request-validation': {
    asks: 'Requests are validated before the backend',
    sources: { nag: ['AwsSolutions-APIG2'] },
    rules: ['RouteValidation'],
  },
  'apigw.stage-variables': {
    asks: 'Stage variables hold no secret',
    sources: { prowler: ['apigateway_restapi_no_secrets_in_stage_variables'] },
    rules: ['PassThroughSecret'],
  },
  'apigw.tls-policy': {
    asks: 'A domain takes TLS 1.2 or newer',
    sources: {
      securityHub: ['APIGateway.11'],
      controlTower: ['CT.APIGATEWAY.PR.6'],
      trivy: ['AWS-0005'],
      cfnNag: ['W62'],
      kics: ['api_gateway_without_security_policy'],
      guard: ['API_GW_DOMAIN_DENY_NON_TLS_TRAFFIC'],
      prowler: ['apigateway_domain_name_pqc_tls_enabled'],
    },
    rules: ['DomainTlsPolicy'],
  },
  'apigw.endpoint-type': {
    asks: 'A domain says what kind of endpoint it is',
    sources: { guard: ['API_GW_ENDPOINT_TYPE_CHECK'] },
    because: 'decided',
    remark: 'The kind decides about latency; DomainTlsPolicy judges each kind alike.',
  },
  'apigw.usage-plan': {
    asks: 'A stage is part of a usage plan',
    sources: {
      cfnNag: ['W64', 'W68'],
      kics: ['api_gateway_stage_without_api_gateway_usage_plan_associated', 'api_gateway_deployment_without_api_gateway_usage_plan_associated'],
    },
    rules: ['UsagePlanLimits'],
    because: 'decided',
    remark: 'Keys are no authorization, so none are asked for; a plan that is there must have limits.',
  },
  'apigw.api-key': {
    asks: 'Methods ask for an API key',
    sources: { kics: ['api_gateway_method_does_not_contains_an_api_key'] },
    rules: ['ApiKeyAlone'],
    because: 'decided',
    remark: 'A key names a customer and proves nothing: the rule objects where it is the only lock.',
  },
  'apigw.private-endpoint': {
    asks: 'A REST API is private',
    sources: { kics: ['api_gateway_endpoint_config_is_not_private'], prowler: ['apigateway_restapi_public'] },
    rules: ['PrivateApiPolicy'],
    because: 'decided',
    remark: 'Whether an API is for the public is its owner\'s decision; private ones must name their endpoints.',
  },
  'apigw.compression': {
    asks: 'The size from which answers are compressed is stated',
    sources: { kics: ['api_gateway_with_invalid_compression'] },
    because: 'decided',
    remark: 'A matter of speed; the service refuses sizes that it does not know.',
  },
};
