import { apiBehind, DISTRIBUTION, originsIn } from '../../model/entries/edge-behaviors';
import { runsAtEdge } from '../../model/flow/edge-functions';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { settingPath, WORKERS } from '../../model/resources/web-functions';
import { expectProperty, fail, notApplicable, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, entries, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';
import { API_TIMEOUT, DEPRECATED_RUNTIMES, EDGE_TIMEOUT, EXCESSIVE_STORAGE, LONGEST_TIMEOUT } from '../function-baseline';

const FUNCTION = 'AWS::Lambda::Function';

export const FUNCTION_TRACING: Rule = {
  id: 'FunctionTracing',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'A function does not trace its requests',
  why: 'After an incident nobody can tell which requests took which way, and what they called.',
  fix: 'Set TracingConfig.Mode to Active (tracing: Tracing.ACTIVE). SecureFunction does.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP Lambda.7', 'cdk-nag LambdaTracing', 'OWASP Serverless S10', 'CSA SAS-05'],
  check: (fn, app) => (runsAtEdge(fn, app) ? notApplicable() : expectProperty(fn, 'TracingConfig.Mode', (mode) => mode === 'Active')),
};

export const RUNTIME_DEPRECATED: Rule = {
  id: 'RuntimeDeprecated',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: WORKERS,
  title: 'A function runs on a runtime that AWS no longer patches',
  why: 'Holes that become known in the language and its libraries stay open, and soon the function can be changed no more.',
  fix: 'Move to a runtime that is supported, such as nodejs24.x; Runtime.NODEJS_LATEST follows by itself.',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['FSBP Lambda.2', 'cdk-nag L1', 'CKV_AWS_363', 'OWASP Serverless S9', 'CSA SAS-06'],
  check: (fn) => expectProperty(fn, settingPath(fn.type, 'runtime'), (runtime) => !DEPRECATED_RUNTIMES.includes(textOf(runtime) ?? '')),
};

export const RUNTIME_UPDATES_FROZEN: Rule = {
  id: 'RuntimeUpdatesFrozen',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'A function stays on one version of its runtime',
  why: 'Patches of the runtime do not reach it any more, until somebody remembers the pin.',
  fix: 'Leave RuntimeManagementConfig out, or set UpdateRuntimeOn to Auto or FunctionUpdate (runtimeManagementMode).',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['OWASP Serverless S9', 'CSA SAS-06'],
  check: (fn) => expectProperty(fn, 'RuntimeManagementConfig.UpdateRuntimeOn', (on) => (textOf(on) ?? '').toLowerCase() !== 'manual'),
};

export const FUNCTION_LIMITS: Rule = {
  id: 'FunctionLimits',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'A function leaves its timeout or memory to the default',
  why: 'Nobody decided how long and how expensively one request may run: too little fails under load, too much is paid for by whoever is attacked.',
  fix: 'Set Timeout and MemorySize to what the handler needs (timeout, memorySize). SecureFunction sets 15 seconds and 256 MB.',
  risks: ['runaway-use'],
  frameworks: ['cdk-nag LambdaDefaultTimeout', 'cdk-nag LambdaDefaultMemorySize', 'CSA SAS-08'],
  findingForm: 'name of the property',
  check: (fn) => ['Timeout', 'MemorySize'].map((property) => expectProperty(fn, property, (value) => numberOf(value) !== undefined, property)),
};

export const FUNCTION_BLAST_RADIUS: Rule = {
  id: 'FunctionBlastRadius',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'A function may run far longer, or write far more, than its callers can use',
  why: 'Each request of an attacker then costs minutes, and each instance keeps more data of earlier requests. '
    + 'API Gateway waits 29 seconds, CloudFront 180 at most: what runs longer behind them is paid for and answers nobody.',
  fix: 'Set Timeout below what the caller waits, bound the executions at once (ReservedConcurrentExecutions, or ScalingConfig of the mapping), '
    + 'and keep EphemeralStorage small.',
  risks: ['runaway-use', 'data-exposure'],
  frameworks: ['OWASP Serverless: Denial of Wallet', 'CSA SAS-08', 'CSA SAS-12'],
  findingForm: '`behind an API`, `behind a distribution`, `unbounded` for a long timeout without a bound of concurrency, or `EphemeralStorage`',
  check: judgeBlastRadius,
};

export const FUNCTION_ENVIRONMENT_KEY: Rule = {
  id: 'FunctionEnvironmentKey',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: WORKERS,
  title: 'Environment variables are encrypted with a key that everybody in the account may use',
  why: 'Whoever may read the configuration of the function reads the variables in clear; a key of yours takes a second right, and records each use.',
  fix: 'Set KmsKeyArn to a key of yours (environmentEncryption). SecureFunction does as soon as there is a variable.',
  risks: ['data-exposure'],
  frameworks: ['CKV_AWS_173', 'CSA SAS-07'],
  control: 'customerKeys',
  check: (fn) => {
    const variables = fn.property(settingPath(fn.type, 'variables'));
    if (!alternatives(variables).some(isUnresolved) && entries(variables).length === 0) return [];
    return expectProperty(fn, 'KmsKeyArn', isOwnKey);
  },
};

export const FUNCTION_CONCURRENCY_LIMIT: Rule = {
  id: 'FunctionConcurrencyLimit',
  severity: Severity.MEDIUM,
  appliesTo: [FUNCTION],
  title: 'A function may use up all executions of the account',
  why: 'A flood of events for one function starves all others of the region, and nothing but the quota of the account bounds the bill.',
  fix: 'Set ReservedConcurrentExecutions (reservedConcurrentExecutions) to what the function needs at most.',
  risks: ['runaway-use'],
  frameworks: ['cdk-nag LambdaConcurrency', 'CKV_AWS_115', 'OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  control: 'concurrencyRequired',
  check: (fn) => expectProperty(fn, 'ReservedConcurrentExecutions', (limit) => numberOf(limit) !== undefined),
};

export const FUNCTION_LOG_LEVEL: Rule = {
  id: 'FunctionLogLevel',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: 'off' },
  appliesTo: [FUNCTION],
  title: 'A function logs at the level of a debugger',
  why: 'Debug output copies requests, tokens and stack traces to logs that more people read than the data itself.',
  fix: 'Set ApplicationLogLevel to INFO or above (applicationLogLevelV2), or leave it out.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03', 'CSA SAS-10'],
  check: (fn) => expectProperty(fn, 'LoggingConfig.ApplicationLogLevel', (level) => !/^(?:debug|trace)$/i.test(textOf(level) ?? '')),
};

/** A key of the account itself; the alias of the key that AWS keeps is none. */
export function isOwnKey(key: Value): boolean {
  const text = textOf(key);
  return text !== undefined && text !== '' && !/alias\/aws\//.test(text);
}

function judgeBlastRadius(fn: Resource, app: AppModel): RuleResult {
  const timeouts = fn.alternatives('Timeout');
  const longest = Math.max(0, ...timeouts.map((timeout) => numberOf(timeout) ?? 0));
  const behindApi = app.index('functions behind APIs', () => functionsBehindApis(app)).has(fn.key);
  const unbounded = longest >= LONGEST_TIMEOUT && !isBounded(fn, app);
  return [
    behindApi && longest > API_TIMEOUT ? fail('Properties.Timeout', 'behind an API')
      : behindApi && timeouts.some(isUnresolved) ? unresolved('Properties.Timeout', 'behind an API') : pass(),
    longest > EDGE_TIMEOUT && functionsBehindEdges(app).has(fn.key) ? fail('Properties.Timeout', 'behind a distribution') : pass(),
    unbounded ? fail('Properties.Timeout', 'unbounded') : pass(),
    expectProperty(fn, 'EphemeralStorage.Size', (size) => size === undefined || (numberOf(size) ?? 0) <= EXCESSIVE_STORAGE, 'EphemeralStorage'),
  ];
}

/** Functions that API Gateway may call, or that answer at a path of one. */
function functionsBehindApis(app: AppModel): ReadonlySet<string> {
  const called = app.ofType('AWS::Lambda::Permission')
    .filter((permission) => permission.alternatives('Principal').some((principal) => textOf(principal)?.startsWith('apigateway.amazonaws.com')))
    .map((permission) => app.functionBehind(permission.property('FunctionName')));
  const integrated = [
    ...app.ofType('AWS::ApiGateway::Method').map((method) => method.property('Integration.Uri')),
    ...app.ofType('AWS::ApiGatewayV2::Integration').map((integration) => integration.property('IntegrationUri')),
  ].map((uri) => app.functionBehind(uri));
  return new Set([...called, ...integrated].filter((fn) => fn !== undefined).map(({ key }) => key));
}

/** Functions whose URL a distribution asks. An answer that is streamed begins early and may take its time. */
function functionsBehindEdges(app: AppModel): ReadonlySet<string> {
  return app.index('functions behind distributions', () => new Set(app.ofType(DISTRIBUTION).flatMap(originsIn).map((origin) => apiBehind(origin, app))
    .filter((front) => front?.type === 'AWS::Lambda::Url' && front.property('InvokeMode') !== 'RESPONSE_STREAM').map((url) => app.functionBehind(url!.property('TargetFunctionArn'))?.key ?? '')));
}

/** Bounded by itself, or by every mapping that feeds it. */
function isBounded(fn: Resource, app: AppModel): boolean {
  if (fn.alternatives('ReservedConcurrentExecutions').every((limit) => limit !== undefined)) return true;
  const bounded = app.index('functions bounded by their mappings', () => new Set(app.ofType('AWS::Lambda::EventSourceMapping')
    .filter((mapping) => mapping.property('ScalingConfig.MaximumConcurrency') !== undefined)
    .map((mapping) => app.functionBehind(mapping.property('FunctionName'))?.key)));
  return bounded.has(fn.key);
}

export const FUNCTION_SETTINGS_RULES: readonly Rule[] = [
  FUNCTION_BLAST_RADIUS, FUNCTION_CONCURRENCY_LIMIT, FUNCTION_ENVIRONMENT_KEY, FUNCTION_LIMITS, FUNCTION_LOG_LEVEL, FUNCTION_TRACING,
  RUNTIME_DEPRECATED, RUNTIME_UPDATES_FROZEN,
];
