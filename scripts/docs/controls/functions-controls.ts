import { Controls } from './control';

/** Functions, what may call them and what they may do. */
export const FUNCTION_CONTROLS: Controls = {
  'lambda.tracing': {
    asks: 'Requests are traced',
    sources: { securityHub: ['Lambda.7'], nag: ['Serverless-LambdaTracing'], trivy: ['AWS-0066'], kics: ['lambda_functions_without_x-ray_tracing'] },
    rules: ['FunctionTracing'],
  },
  'lambda.runtime': {
    asks: 'The runtime is one that AWS still patches',
    sources: {
      securityHub: ['Lambda.2'],
      nag: ['AwsSolutions-L1', 'Serverless-LambdaLatestVersion'],
      checkov: ['CKV_AWS_363'],
      prowler: ['awslambda_function_using_supported_runtimes'],
    },
    rules: ['RuntimeDeprecated'],
  },
  'lambda.timeout': {
    asks: 'The timeout is chosen, not left to the default',
    sources: { nag: ['Serverless-LambdaDefaultTimeout'] },
    rules: ['FunctionLimits'],
  },
  'lambda.memory': {
    asks: 'The memory is chosen, not left to the default',
    sources: { nag: ['Serverless-LambdaDefaultMemorySize'] },
    rules: ['FunctionLimits'],
  },
  'lambda.log-group': {
    asks: 'The log group is declared, in JSON and at a stated level',
    sources: { nag: ['LambdaLogging', 'LambdaLogLevel'] },
    rules: ['FunctionLogGroup', 'FunctionLogLevel'],
  },
  'lambda.env-cmk': {
    asks: 'Variables are encrypted with a key of the owner',
    sources: { checkov: ['CKV_AWS_173'], prowler: ['awslambda_function_env_vars_not_encrypted_with_cmk'] },
    rules: ['FunctionEnvironmentKey'],
  },
  'lambda.env-secrets': {
    asks: 'No variable holds a secret',
    sources: { checkov: ['CKV_AWS_45'], kics: ['hardcoded_aws_access_key_in_lambda'], prowler: ['awslambda_function_no_secrets_in_variables'] },
    rules: ['EnvironmentSecret', 'TemplateToken'],
  },
  'lambda.code-secrets': {
    asks: 'No secret in the code that is deployed',
    sources: { prowler: ['awslambda_function_no_secrets_in_code', 'awslambda_layer_no_secrets_in_content'] },
    rules: ['TemplateToken', 'FunctionCodeInline'],
    remark: 'Code that stands in the template is read; what lies in an archive or an image is not in a template.',
  },
  'lambda.role-unique': {
    asks: 'Each function has a role of its own',
    sources: { kics: ['lambda_functions_without_unique_iam_roles'] },
    rules: ['FunctionRoleShared'],
  },
  'lambda.role-admin': {
    asks: 'The role of a function is no administrator',
    sources: { kics: ['lambda_functions_with_full_privileges'] },
    rules: ['ManagedPolicyAccess', 'IamActionWildcard', 'IamResourceWildcard', 'IamPrivilegeEscalation'],
  },
  'lambda.role-star': {
    asks: 'Rights of functions are spelled out',
    sources: { nag: ['Serverless-LambdaStarPermissions'] },
    rules: ['IamActionWildcard', 'IamResourceWildcard'],
  },
  'lambda.role-logs': {
    asks: 'The function may write its log',
    sources: { cfnNag: ['W58'] },
    rules: ['FunctionLogRights'],
    remark: 'CreateLogGroup is not asked for: the group is declared.',
  },
  'lambda.public-policy': {
    asks: 'Nobody in general may call a function',
    sources: {
      securityHub: ['Lambda.1'],
      controlTower: ['CT.LAMBDA.PR.2'],
      nag: [
        'HIPAA.Security-LambdaFunctionPublicAccessProhibited', 'NIST.800.53.R4-LambdaFunctionPublicAccessProhibited',
        'NIST.800.53.R5-LambdaFunctionPublicAccessProhibited', 'PCI.DSS.321-LambdaFunctionPublicAccessProhibited',
      ],
      guard: ['LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED'],
      prowler: ['awslambda_function_not_publicly_accessible'],
    },
    rules: ['InvokePermissionSource', 'UrlPermissionScope'],
  },
  'lambda.permission-wildcard-principal': {
    asks: 'No permission for everybody, of a function or a layer',
    sources: { cfnNag: ['F13'], kics: ['lambda_permission_principal_is_wildcard'], guard: ['LAMBDA_NO_WILDCARD_PRINCIPALS'] },
    rules: ['InvokePermissionSource', 'LayerOpenEveryone'],
  },
  'lambda.permission-source': {
    asks: 'A service may call for one source only',
    sources: { checkov: ['CKV_AWS_364'], trivy: ['AWS-0067'] },
    rules: ['InvokePermissionSource', 'PermissionSourceBreadth'],
  },
  'lambda.permission-action': {
    asks: 'A permission allows to call, and nothing else',
    sources: { cfnNag: ['W24'], kics: ['lambda_permission_misconfigured'], guard: ['LAMBDA_PERMISSION_INVOKE_FUNCTION_ACTION'] },
    rules: ['PermissionActionScope', 'PolicyActionWildcard'],
  },
  'lambda.permission-api-wildcard': {
    asks: 'A permission of an API names stage, method and path',
    sources: { kics: ['public_lambda_via_api_gateway'] },
    rules: ['PermissionSourceBreadth'],
  },
  'lambda.permission-token': {
    asks: 'The token of a permission does not stand in the template',
    sources: { cfnNag: ['F45'] },
    rules: ['PassThroughSecret'],
  },
  'lambda.async-destination': {
    asks: 'Asynchronous calls that fail go somewhere',
    sources: { nag: ['Serverless-LambdaAsyncFailureDestination'] },
    rules: ['AsyncFailurePath'],
  },
  'lambda.dlq': {
    asks: 'Events that fail are kept',
    sources: {
      nag: ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ', 'Serverless-LambdaDLQ'],
      checkov: ['CKV_AWS_116'],
      kics: ['lambda_function_without_dead_letter_queue'],
      guard: ['LAMBDA_DLQ_CHECK'],
      prowler: ['awslambda_function_no_dead_letter_queue'],
    },
    rules: ['AsyncFailurePath'],
    remark: 'Asked of functions that are called asynchronously; for all others a queue would stay empty.',
  },
  'lambda.esm-destination': {
    asks: 'A mapping keeps what fails',
    sources: { nag: ['Serverless-LambdaEventSourceMappingDestination'] },
    rules: ['StreamFailurePath', 'StreamRetryLimit'],
    remark: 'Asked of streams; for a queue, QueueRedrivePolicy asks for the dead-letter queue.',
  },
  'lambda.sqs-visibility': {
    asks: 'Messages stay hidden for as long as the function may work',
    sources: { nag: ['LambdaEventSourceSQSVisibilityTimeout'] },
    rules: ['QueueVisibilityTimeout'],
  },
  'lambda.concurrency': {
    asks: 'Executions at once are bounded',
    sources: {
      nag: ['HIPAA.Security-LambdaConcurrency', 'NIST.800.53.R5-LambdaConcurrency'],
      checkov: ['CKV_AWS_115'],
      cfnNag: ['W92'],
      guard: ['LAMBDA_CONCURRENCY_CHECK'],
    },
    rules: ['FunctionConcurrencyLimit', 'FunctionUrlConcurrency', 'FunctionBlastRadius'],
    remark: 'Asked of every function in the profile `regulated`, else of those that a URL opens or that run long.',
  },
  'lambda.vpc': {
    asks: 'The function runs in a network of the owner',
    sources: {
      securityHub: ['Lambda.3'],
      controlTower: ['CT.LAMBDA.PR.3'],
      nag: ['HIPAA.Security-LambdaInsideVPC', 'NIST.800.53.R4-LambdaInsideVPC', 'NIST.800.53.R5-LambdaInsideVPC', 'PCI.DSS.321-LambdaInsideVPC'],
      checkov: ['CKV_AWS_117'],
      cfnNag: ['W89'],
      guard: ['LAMBDA_INSIDE_VPC'],
      prowler: ['awslambda_function_inside_vpc'],
    },
    rules: ['FunctionNetwork'],
    remark: 'Asked where the profile is `regulated`.',
  },
  'lambda.vpc-multi-az': {
    asks: 'Functions of a network span two zones',
    sources: { securityHub: ['Lambda.5'], prowler: ['awslambda_function_vpc_multi_az'] },
    rules: ['FunctionNetworkZones'],
  },
  'lambda.tags': {
    asks: 'The function carries tags',
    sources: { securityHub: ['Lambda.6'], kics: ['lambda_function_without_tags'] },
    rules: ['OwnerTags'],
  },
  'lambda.layers-own-account': {
    asks: 'Layers come from the own account',
    sources: { prowler: ['awslambda_function_using_cross_account_layers'] },
    rules: ['ForeignCodeSource'],
  },
  'lambda.layer-permission': {
    asks: 'A layer is shared with named accounts only',
    sources: { controlTower: ['CT.LAMBDA.PR.4'] },
    rules: ['LayerOpenEveryone'],
  },
  'lambda.data-events': {
    asks: 'Calls of functions are recorded by a trail',
    sources: { prowler: ['awslambda_function_invoke_api_operations_cloudtrail_logging_enabled'] },
    rules: ['TrailDataEvents'],
    remark: 'Asked of trails that stand in the app; whether the account has another one is not in a template.',
  },
  'lambda.url-auth': {
    asks: 'A function URL asks who calls',
    sources: {
      controlTower: ['CT.LAMBDA.PR.5'], nag: ['LambdaFunctionUrlAuth'], checkov: ['CKV_AWS_258'], prowler: ['awslambda_function_url_public'],
    },
    rules: ['FunctionUrlAuth'],
  },
  'lambda.url-cors': {
    asks: 'A function URL names the pages that may call it',
    sources: { controlTower: ['CT.LAMBDA.PR.6'], checkov: ['CKV2_AWS_75'], prowler: ['awslambda_function_url_cors_policy'] },
    rules: ['CorsOriginScope', 'CorsCredentialsWildcard'],
  },
};
