/** The memory of a function in MiB, and what Lambda accepts. */
export const FUNCTION_MEMORY = { default: 256, min: 128, max: 10240 } as const;

/** Names and descriptions as Lambda takes them, and how many layers. */
export const FUNCTION_TEXT = { name: /^[A-Za-z0-9_-]{1,64}$/, longestDescription: 256, layers: 5 } as const;

/** How long one invocation may last, in seconds. */
export const FUNCTION_TIMEOUT = { default: 15, min: 1, max: 900 } as const;

/** The size of `/tmp` in MiB. */
export const EPHEMERAL_STORAGE = { min: 512, max: 10240 } as const;

/** Executions that may be reserved: zero would switch the function off, and no region's quota is higher than this. */
export const RESERVED_CONCURRENCY = { min: 1, max: 100_000 } as const;

/** Asynchronous invocation: Lambda's own limits, in attempts and seconds. */
export const ASYNC_INVOCATION = { retries: { min: 0, max: 2 }, eventAge: { min: 60, max: 21_600 } } as const;

/** How long failed events are kept, in days: as long as SQS can. */
export const FAILURE_QUEUE_RETENTION_DAYS = 14;

/** Beyond these the alarms go off. */
export const FUNCTION_ALARMS = {
  /** Share of the timeout. */
  durationShare: 0.8,
  /** Share of the reserved concurrency. */
  concurrencyShare: 0.8,
  /** Executions at once where nothing is reserved: a tenth of the usual quota of a region. */
  unreservedConcurrency: 100,
} as const;

/** The newest runtime that `SecureNodejsFunction` chooses. */
export const NODEJS_RUNTIME = 'nodejs24.x';

/**
 * Runtimes that AWS no longer patches: those that aws-cdk-lib marks as deprecated, and .NET 8, Node.js 20 and Ruby 3.2, which ended in 2026.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtime-support-policy
 */
export const DEPRECATED_RUNTIMES: readonly string[] = [
  'dotnet6', 'dotnet8', 'dotnetcore1.0', 'dotnetcore2.0', 'dotnetcore2.1', 'dotnetcore3.1', 'go1.x', 'java8', 'nodejs', 'nodejs10.x',
  'nodejs12.x', 'nodejs14.x', 'nodejs16.x', 'nodejs18.x', 'nodejs20.x', 'nodejs4.3', 'nodejs6.10', 'nodejs8.10', 'provided',
  'python2.7', 'python3.6', 'python3.7', 'python3.8', 'python3.9', 'ruby2.5', 'ruby2.7', 'ruby3.2',
];

/** Services that hand events over without waiting for the answer: what fails is lost unless a queue keeps it. */
export const ASYNC_INVOKERS: readonly string[] = [
  'cloudformation', 'codecommit', 'codepipeline', 'config', 'events', 'iot', 'lambda.alarms.cloudwatch', 'logs', 's3', 'ses', 'sns',
];

/** Services whose permission names the account alone, as their documentation says: nothing of theirs has an ARN when they call. */
export const ACCOUNT_SCOPED_INVOKERS: readonly string[] = ['config', 'secretsmanager', 'ses'];

/** What a function needs to read one secret. */
export const SECRET_READ_ACTIONS = ['secretsmanager:GetSecretValue'];

/** What a function needs to hand a failed event to its queue. */
export const FAILURE_SEND_ACTIONS = ['sqs:SendMessage'];

/** Names of variables that Lambda accepts, and those that it keeps for itself. */
export const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]+$/;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
export const RESERVED_VARIABLES: readonly string[] = [
  'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT',
];

/** A form of credential that can be told from its value alone. */
export interface SecretValuePattern {
  /** What it is, as an error or a finding names it. */
  readonly name: string;
  /** Matches anywhere in a value; linear in its length, since no two repetitions of a pattern can claim the same characters. */
  readonly pattern: RegExp;
}

export const SECRET_VALUE_PATTERNS: readonly SecretValuePattern[] = [
  { name: 'a reference that CloudFormation replaces by a secret', pattern: /\{\{resolve:(?:secretsmanager|ssm-secure):/ },
  { name: 'the secret of an access key or client', pattern: /<[A-Za-z0-9]{1,255}\.[A-Za-z.]{0,64}(?:ClientSecret|SecretAccessKey)>/ },
  { name: 'an AWS access key id', pattern: /(?<![A-Za-z0-9])(?:ABIA|ACCA|AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/ },
  { name: 'an Amazon Bedrock API key', pattern: /(?<![A-Za-z0-9])ABSK[A-Za-z0-9+/]{100}/ },
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  { name: 'a private key', pattern: /PuTTY-User-Key-File-[23]:|AGE-SECRET-KEY-1[A-Z0-9]{20}/ },
  { name: 'a GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/ },
  { name: 'a GitLab token', pattern: /(?<![A-Za-z0-9])gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-[A-Za-z0-9_-]{20}/ },
  { name: 'a Slack token', pattern: /(?<![A-Za-z0-9])(?:xapp|xox[abeoprs])-[A-Za-z0-9-]{10}/ },
  { name: 'a Slack webhook', pattern: /hooks\.slack\.com\/(?:services|triggers|workflows)\/[A-Za-z0-9/_-]{20}/ },
  { name: 'a Discord webhook', pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{10,25}\/[A-Za-z0-9_-]{20}/ },
  { name: 'a Stripe key', pattern: /(?<![A-Za-z0-9])(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{16}/ },
  { name: 'a Google API key', pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/ },
  { name: 'a Google OAuth secret', pattern: /(?<![A-Za-z0-9])(?:GOCSPX-[A-Za-z0-9_-]{24}|ya29\.[A-Za-z0-9_-]{20})/ },
  { name: 'a Twilio key', pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/ },
  { name: 'a SendGrid key', pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16}/ },
  { name: 'an npm token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}|:_authToken=[^\s$]{8}/ },
  { name: 'a PyPI token', pattern: /(?<![A-Za-z0-9])pypi-AgEI[A-Za-z0-9_-]{20}/ },
  { name: 'a key of a language model provider', pattern: /(?<![A-Za-z0-9])sk-(?:(?:admin|ant|or|proj|svcacct)-[A-Za-z0-9_-]{20}|[A-Za-z0-9]{32})/ },
  { name: 'an Azure storage or service key', pattern: /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40}/i },
  { name: 'an Azure shared access signature', pattern: /[?&]sig=[A-Za-z0-9%+/_-]{30}/ },
  { name: 'a Mailgun key', pattern: /(?<![A-Za-z0-9-])key-[0-9a-f]{32}(?![0-9a-f])/ },
  { name: 'a Mailchimp key', pattern: /(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?![0-9a-z])/ },
  { name: 'a Telegram bot token', pattern: /(?<![A-Za-z0-9])\d{8,10}:AA[A-Za-z0-9_-]{33}/ },
  { name: 'a DigitalOcean token', pattern: /(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}/ },
  { name: 'a Shopify token', pattern: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/ },
  { name: 'a Vault or Terraform token', pattern: /(?<![A-Za-z0-9])hv[bs]\.[A-Za-z0-9_-]{24}|\.atlasv1\.[A-Za-z0-9_-]{40}/ },
  { name: 'a Databricks token', pattern: /(?<![A-Za-z0-9])dapi[0-9a-f]{32}/ },
  { name: 'an Atlassian token', pattern: /(?<![A-Za-z0-9])AT(?:ATT|BBT|CTT)[A-Za-z0-9_-]{32}/ },
  { name: 'a Docker Hub token', pattern: /(?<![A-Za-z0-9])dckr_(?:oat|pat)_[A-Za-z0-9_-]{20}/ },
  { name: 'a Hugging Face token', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{34}/ },
  { name: 'a New Relic key', pattern: /(?<![A-Za-z0-9])NRAK-[A-Z0-9]{27}/ },
  { name: 'a Grafana token', pattern: /(?<![A-Za-z0-9])(?:glc_[A-Za-z0-9+/]{32}|glsa_[A-Za-z0-9]{32})/ },
  { name: 'a JSON web token', pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{10,8192}\.[A-Za-z0-9_-]{10}/ },
  { name: 'an authorization header', pattern: /(?<![A-Za-z0-9])(?:Basic [A-Za-z0-9+/]{16}|Bearer [A-Za-z0-9._~+/-]{20})/ },
  { name: 'a connection string with a password', pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/?#]{0,128}:[^\s@/?#]{1,256}@/i },
  { name: 'a connection string with a password', pattern: /(?:^|[;,&?\s])(?:passwd|password|pwd) ?= ?[^\s;,&]{3}/i },
  { name: 'a JSON document with a password or key', pattern: /"(?:access_?token|api_?key|client_?secret|passwd|password|private_?key|secret)" {0,4}: {0,4}"(?!arn:)[^"]{6}/i },
];

/** Variables whose name says that the value is a secret. */
export const SECRET_NAME_PATTERN = /access_?key|api_?key|auth_?key|bearer|credential|encryption_?key|pass_?phrase|passwd|password|private_?key|secret(?!ar)|signing_?key|token(?!i[sz])/i;

/** Variables whose name says that the value is the secret itself, whatever it looks like. */
export const PASSWORD_NAME_PATTERN = /(?:pass_?phrase|passwd|password)$/i;

/** Variables whose name says that the value only points to something, or measures it. */
export const REFERENCE_NAME_PATTERN = /(?:alias|arn|bucket|count|days|enabled|endpoint|expiry|field|file|header|host|hours|id|issuer|kind|length|minutes|name|param|parameter|path|prefix|queue|region|seconds|table|topic|ttl|type|uri|url|version)s?$/i;

/** A variable that opens a running function to whoever watches it. */
export interface DebugSwitch {
  /** What it does, as an error or a finding says it. */
  readonly name: string;
  /** Names of the variable. */
  readonly variable: RegExp;
  /** Values that turn it on. */
  readonly value: RegExp;
  /** It is of use while experimenting, so the sandbox profile lets it be. */
  readonly sandbox: boolean;
}

const ON = /^\s{0,4}(?:1|on|true|yes)\s{0,4}$/i;

export const DEBUG_SWITCHES: readonly DebugSwitch[] = [
  { name: 'opens a debugger', variable: /^NODE_OPTIONS$/, value: /(?:^|\s)--inspect(?:-brk|-port|-wait)?(?:[=\s]|$)/, sandbox: true },
  { name: 'opens a debugger', variable: /^(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/, value: /-agentlib:jdwp|-Xdebug|-Xrunjdwp/, sandbox: true },
  { name: 'logs everything', variable: /^(?:NODE_)?DEBUG$/i, value: /(?:^|[\s,:])\*|^\s{0,4}(?:1|on|true|yes)\s{0,4}$/i, sandbox: true },
  { name: 'logs everything', variable: /^(?:[A-Z0-9_]{0,64}_)?LOG_?LEVEL$/i, value: /^\s{0,4}(?:all|debug|silly|trace|verbose)\s{0,4}$/i, sandbox: true },
  { name: 'logs every event', variable: /^POWERTOOLS_(?:DEV|LOGGER_LOG_EVENT)$/, value: ON, sandbox: true },
  { name: 'shows errors to callers', variable: /^(?:DJANGO|FLASK)_DEBUG$/, value: ON, sandbox: true },
  { name: 'accepts any TLS certificate', variable: /^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/, value: /^\s{0,4}0\s{0,4}$/, sandbox: false },
];
