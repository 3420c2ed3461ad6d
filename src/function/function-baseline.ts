/** The memory of a function in MiB, and what Lambda accepts. */
export const FUNCTION_MEMORY = { default: 256, min: 128, max: 10240 } as const;

/** The least memory of a function on Lambda Managed Instances, in MiB: what one virtual processor of an instance comes with. */
export const MEMORY_ON_INSTANCES_LEAST = 2048;

/** Signing profiles that one configuration of Lambda takes. */
export const MOST_SIGNING_PROFILES = 20;

/** Names and descriptions as Lambda takes them, and how many layers. */
export const FUNCTION_TEXT = { name: /^[A-Za-z0-9_-]{1,64}$/, longestDescription: 256, layers: 5 } as const;

/** What Lambda takes as a handler. */
export const HANDLER = /^\S{1,128}$/;

/**
 * What EC2 takes as the description of a rule of a security group.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
 */
export const EGRESS_DESCRIPTION = /^[A-Za-z0-9 ._:/()#,@[\]+=&;{}!$*-]{0,255}$/;

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

/**
 * How long all names and values of a function's variables may be together.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const ENVIRONMENT_BYTES = 4096;

/** Names of variables that Lambda accepts, and those that it keeps for itself. */
export const VARIABLE_NAME = /^[A-Za-z][A-Za-z0-9_]+$/;

/** What Lambda takes as the name of an alias: a number alone is a version, and an asterisk in an ARN all of them. */
export const ALIAS_NAME = /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
export const RESERVED_VARIABLES: readonly string[] = [
  'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT',
];

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

/** Names of modules, or any other value than those that mean no. */
const SOMETHING = /^\s{0,4}(?!(?:0|false|no|none|off)?\s{0,4}$)\S/i;

export const DEBUG_SWITCHES: readonly DebugSwitch[] = [
  { name: 'opens a debugger', variable: /^NODE_OPTIONS$/, value: /(?:^|\s)--inspect(?:-brk|-port|-wait)?(?:[=\s]|$)/, sandbox: true },
  { name: 'opens a debugger', variable: /^(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/, value: /-agentlib:jdwp|-Xdebug|-Xrunjdwp/, sandbox: true },
  { name: 'logs everything', variable: /^(?:NODE_)?DEBUG$/i, value: SOMETHING, sandbox: true },
  { name: 'logs everything', variable: /^(?:[A-Z0-9_]{0,64}_)?LOG_?LEVEL$/i, value: /^\s{0,4}(?:all|debug|silly|trace|verbose)\s{0,4}$/i, sandbox: true },
  { name: 'logs every event', variable: /^POWERTOOLS_(?:DEV|LOGGER_LOG_EVENT)$/, value: ON, sandbox: true },
  { name: 'shows errors to callers', variable: /^(?:DJANGO|FLASK)_DEBUG$/, value: ON, sandbox: true },
];

/** The same for TLS: nobody needs them, not even while experimenting. */
export const TLS_SWITCHES: readonly DebugSwitch[] = [
  { name: 'accepts any TLS certificate', variable: /^(?:NODE_TLS_REJECT_UNAUTHORIZED|PYTHONHTTPSVERIFY)$/, value: /^\s{0,4}(?:0|false|no|off)\s{0,4}$/i, sandbox: false },
  { name: 'accepts any TLS certificate', variable: /^(?:CURL_INSECURE|GIT_SSL_NO_VERIFY|HTTPX_NO_VERIFY|SSL_NO_VERIFY)$/, value: ON, sandbox: false },
  { name: 'accepts any TLS certificate', variable: /^GIT_SSL_VERIFY$/, value: /^\s{0,4}(?:0|false|no|off)\s{0,4}$/i, sandbox: false },
  { name: 'accepts any TLS certificate', variable: /^(?:CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE|SSL_CERT_FILE)$/, value: /^\s{0,4}(?:\/dev\/null)?\s{0,4}$/, sandbox: false },
  { name: 'speaks broken versions of TLS', variable: /^NODE_OPTIONS$/, value: /(?:^|\s)--tls-(?:min|max)-v1\.[01](?:\s|$)/, sandbox: false },
  { name: 'asks a database without TLS', variable: /^PGSSLMODE$/, value: /^\s{0,4}(?:allow|disable)\s{0,4}$/i, sandbox: false },
  { name: 'asks a database without TLS', variable: /./, value: /[?&;](?:ssl-?mode=(?:allow|disabled?)|(?:encrypt|ssl|tls|use_?ssl)=(?:0|false|no))(?:[&;#\s]|$)/i, sandbox: false },
  {
    name: 'accepts any TLS certificate',
    variable: /./,
    value: /[?&;](?:sslaccept=accept_invalid_certs|tls(?:AllowInvalidCertificates|AllowInvalidHostnames|Insecure)=true|trust_?server_?certificate=(?:true|yes))(?:[&;#\s]|$)/i,
    sandbox: false,
  },
];

/** A variable that makes the runtime load code before the handler. */
export interface RuntimeHook {
  readonly variable: RegExp;
  readonly value: RegExp;
}

/** Folders that something else than the deployment package fills. */
const WRITABLE = /(?:^|:)\/(?:mnt|tmp)(?:\/|:|$)/;

export const RUNTIME_HOOKS: readonly RuntimeHook[] = [
  { variable: /^(?:AWS_LAMBDA_EXEC_WRAPPER|BASH_ENV|LD_AUDIT|LD_PRELOAD|PYTHONINSPECT|PYTHONSTARTUP|RUBYOPT|PERL5OPT)$/, value: /\S/ },
  { variable: /^NODE_OPTIONS$/, value: /(?:^|\s)(?:-r\s|--require[=\s]|--import[=\s]|--(?:experimental-)?loader[=\s]|--inspect|--eval[=\s])/ },
  { variable: /^(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS)$/, value: /-(?:javaagent|agentlib|agentpath):/ },
  { variable: /^(?:CORECLR_PROFILER(?:_PATH)?|DOTNET_STARTUP_HOOKS)$/, value: /\S/ },
  { variable: /^(?:GEM_PATH|LD_LIBRARY_PATH|NODE_PATH|PATH|PERL5LIB|PYTHONPATH|RUBYLIB)$/, value: WRITABLE },
];

/** As long as API Gateway waits for an answer, in seconds, unless its quota was raised. */
export const API_TIMEOUT = 29;

/**
 * As long as CloudFront waits for the first byte of an answer at most, in seconds; 30 unless somebody asks for more.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
 */
export const EDGE_TIMEOUT = 180;

/** As long as Lambda lets a function run, in seconds: who asks for it has not decided. */
export const LONGEST_TIMEOUT = 900;

/** More than this in `/tmp`, in MiB, is for media and models, and not for events. */
export const EXCESSIVE_STORAGE = 4096;
