import { findDebugSwitch } from './environment-findings';
import { ACCOUNT_SCOPED_INVOKERS } from './function-baseline';
import { findSecret } from '../core/secret-findings';
import { AppModel } from '../policy/model/app-model';
import { Resource } from '../policy/model/resource';
import { expectEach, expectProperty, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../policy/model/rule';
import { alternatives, entries, isUnresolved, referencesIn, textOf, Value } from '../policy/model/values';

const FUNCTION = 'AWS::Lambda::Function';
const PERMISSION = 'AWS::Lambda::Permission';

/** A value that would be a secret under the name of one: it tells names apart whose value the template does not hold. */
const ANY_SECRET = 'Zk3vQ9xT7mB2wL8rN5cY1dH6';

/** Values that switch something on, for the same purpose with debug switches. */
const ANY_SWITCH = ['0', '1', '*', 'debug', '--inspect', '-Xdebug'];

/** Lambda takes no more than this for all variables together. */
const LONGEST_ENVIRONMENT = 4096;

/** Alexa skills have no ARN: they send a token of their own. */
const SENDS_TOKEN = 'alexa-appkit.amazon.com';

export const FUNCTION_URL_AUTH: Rule = {
  id: 'FunctionUrlAuth',
  severity: Severity.HIGH,
  appliesTo: ['AWS::Lambda::Url'],
  title: 'A function URL answers callers that did not authenticate',
  why: 'Whoever learns the URL can run the function, read its output and use up its concurrency.',
  fix: 'Set AuthType to AWS_IAM (authType: FunctionUrlAuthType.AWS_IAM), or put the function behind a route of SecureApi.',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['CT.LAMBDA.PR.5', 'OWASP Serverless S2', 'CSA SAS-02'],
  check: (url) => expectProperty(url, 'AuthType', (type) => type === 'AWS_IAM'),
};

export const ENVIRONMENT_SECRET: Rule = {
  id: 'EnvironmentSecret',
  severity: Severity.HIGH,
  appliesTo: [FUNCTION],
  title: 'An environment variable holds a secret',
  why: 'Everybody who may read the configuration of the function reads the value, and it stays in the template, its history and the logs of the pipeline.',
  fix: 'Keep the value in Secrets Manager and give the function its ARN and the right to read it (secrets: { NAME: secret } of SecureFunction); rotate the value that stood here.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'name of the variable',
  check: (fn) => judgeVariables(fn, (name, text) => findSecret(name, text) !== undefined,
    (name) => findSecret(name, ANY_SECRET) !== undefined),
};

export const ENVIRONMENT_DEBUG_SWITCH: Rule = {
  id: 'EnvironmentDebugSwitch',
  severity: Severity.MEDIUM,
  appliesTo: [FUNCTION],
  title: 'An environment variable switches debugging on',
  why: 'Debug output copies requests, tokens and stack traces to the logs; an open inspector lets whoever reaches it run code.',
  fix: 'Leave the variable out, or set it to a value for production, such as LOG_LEVEL=info.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03', 'CSA SAS-10'],
  findingForm: 'name of the variable',
  check: (fn, _app, { profile }) => {
    const turnsOn = (name: string, text: string) => {
      const found = findDebugSwitch(name, text);
      return found !== undefined && !(found.sandbox && profile.name === 'sandbox');
    };
    return judgeVariables(fn, turnsOn, (name) => ANY_SWITCH.some((value) => turnsOn(name, value)));
  },
};

export const FUNCTION_LOG_GROUP: Rule = {
  id: 'FunctionLogGroup',
  severity: Severity.MEDIUM,
  appliesTo: [FUNCTION],
  title: 'A function writes to a log group that nobody declared',
  why: 'Lambda makes the group on the first call: it never expires, has no key of yours and masks nothing, and the role needs the right to create groups.',
  fix: 'Make a LogGroup with a retention and pass it as logGroup; SecureFunction does.',
  risks: ['misconfiguration', 'unseen-attack', 'data-exposure'],
  frameworks: ['cdk-nag LambdaLogging', 'OWASP Serverless S10', 'CSA SAS-05'],
  check: (fn, app) => {
    const outcome = expectProperty(fn, 'LoggingConfig.LogGroup', (group) => group !== undefined && group !== '');
    return outcome.kind === 'fail' && hasDeclaredGroup(fn, app) ? pass() : outcome;
  },
};

export const FUNCTION_ROLE_SHARED: Rule = {
  id: 'FunctionRoleShared',
  severity: Severity.MEDIUM,
  appliesTo: [FUNCTION],
  title: 'Several functions act with the same role',
  why: 'Each of them can do what any of them needs: whoever takes over the weakest function has the rights of all.',
  fix: 'Leave the role out, so that each function gets one of its own, and grant to each what it needs.',
  risks: ['over-privilege'],
  frameworks: ['KICS lambda_functions_without_unique_iam_roles', 'OWASP Serverless S5', 'CSA SAS-04'],
  check: (fn, app) => {
    if (isUnresolved(fn.property('Role'))) return unresolved('Properties.Role');
    const sharing = app.index('functions by role', () => functionsByRole(app));
    return rolesOf(fn, app).some((role) => sharing.get(role)!.size > 1) ? fail('Properties.Role') : pass();
  },
};

export const INVOKE_PERMISSION_SOURCE: Rule = {
  id: 'InvokePermissionSource',
  severity: Severity.HIGH,
  appliesTo: [PERMISSION],
  title: 'A permission to invoke a function does not say for whom the service may call',
  why: 'The service calls for everybody who asks it to: without a source, somebody\'s own API, bucket or rule in another account can run the function. '
    + 'The ARN of a bucket holds no account, so that whoever takes over a deleted bucket\'s name could.',
  fix: 'Set SourceArn to the ARN of the caller, and SourceAccount where that ARN holds no account (S3); never allow the principal "*". Secure constructs set both.',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['FSBP Lambda.1', 'CT.LAMBDA.PR.2', 'OWASP Serverless S2', 'CSA SAS-02'],
  check: judgePermission,
};

function judgeVariables(fn: Resource, isWrong: (name: string, text: string) => boolean, matters: (name: string) => boolean): RuleResult {
  const location = 'Properties.Environment.Variables';
  const variables = fn.property('Environment.Variables');
  if (isUnresolved(variables)) return unresolved(location);
  return entries(variables).map(([name, value]): Outcome => {
    const texts = alternatives(value).map((option) => ({ option, text: (textOf(option) ?? '').slice(0, LONGEST_ENVIRONMENT) }));
    if (texts.some(({ option, text }) => !isUnresolved(option) && isWrong(name, text))) return fail(`${location}.${name}`, name);
    return texts.some(({ option }) => isUnresolved(option)) && matters(name) ? unresolved(`${location}.${name}`, name) : pass();
  });
}

/** A group under the name that Lambda would choose is the function's, whoever declared it. */
function hasDeclaredGroup(fn: Resource, app: AppModel): boolean {
  const groups = app.index('log groups of functions', () => new Set(
    app.ofType('AWS::Logs::LogGroup', 'Custom::LogRetention').flatMap((group) => group.alternatives('LogGroupName')).flatMap((name) => {
      const pointers = app.targets(name).filter((target) => target.type === FUNCTION).map((target) => target.key);
      return [...pointers, ...typeof name === 'string' ? [name] : []];
    })));
  const name = fn.property('FunctionName');
  return groups.has(fn.key) || (typeof name === 'string' && groups.has(`/aws/lambda/${name}`));
}

function functionsByRole(app: AppModel): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>();
  for (const fn of app.ofType(FUNCTION)) {
    for (const role of rolesOf(fn, app)) table.set(role, (table.get(role) ?? new Set()).add(fn.key));
  }
  return table;
}

/** A role of the app by its key, a foreign one by its ARN. */
function rolesOf(fn: Resource, app: AppModel): readonly string[] {
  return fn.alternatives('Role').filter((role) => role !== undefined && !isUnresolved(role))
    .map((role) => app.target(role)?.key ?? app.describe(role) ?? '');
}

/**
 * | principal                         | must name                                                        |
 * |-----------------------------------|------------------------------------------------------------------|
 * | `*`                               | the organization                                                 |
 * | Alexa                             | the token of the skill                                           |
 * | a service that sends no source    | the account                                                      |
 * | any other service                 | the source, and the account where the source's ARN has none      |
 * | an account, a role                | nothing: it is named                                             |
 */
function judgePermission(permission: Resource): RuleResult {
  return permission.alternatives('Principal').map((principal): Outcome => {
    if (isUnresolved(principal)) return unresolved('Properties.Principal');
    const text = textOf(principal) ?? '';
    const given = (name: string) => permission.alternatives(name).every((value) => value !== undefined && value !== '*' && value !== '');
    if (text === '*') return given('PrincipalOrgID') ? pass() : fail('Properties.Principal');
    if (!/\.amazon(aws)?\.com(\.cn)?$/.test(text)) return pass();
    if (text === SENDS_TOKEN) return given('EventSourceToken') ? pass() : fail('Properties.EventSourceToken');
    if (ACCOUNT_SCOPED_INVOKERS.includes(text.split('.')[0])) return given('SourceAccount') || given('SourceArn') ? pass() : fail('Properties.SourceAccount');
    const source = expectEach(permission.alternatives('SourceArn'), 'Properties.SourceArn', isExactSource);
    if (source.kind === 'fail' || given('SourceAccount')) return source.kind === 'unresolved' ? pass() : source;
    return expectEach(permission.alternatives('SourceArn'), 'Properties.SourceAccount', (arn) => holdsAccount(arn, text));
  });
}

/** Neither everything, nor everything of a service. */
function isExactSource(arn: Value): boolean {
  const text = (textOf(arn) ?? '').replace(/<[^<>]*>/g, '_');
  return text !== '' && !text.startsWith('*') && !/^arn:[^:]*:\*/.test(text) && !/^arn(:[^:]*){4}:\*$/.test(text);
}

/** ARNs of buckets have no account; all other sources have one, unless a wildcard stands there. */
function holdsAccount(arn: Value, service: string): boolean {
  if (service.startsWith('s3.')) return false;
  const account = (textOf(arn) ?? '').replace(/<[^<>]*>/g, (pointer) => pointer.replaceAll(':', '_')).split(':')[4];
  return account === undefined ? referencesIn(arn).length > 0 : account !== '' && !/[*?]/.test(account);
}

export const FUNCTION_RULES: readonly Rule[] = [
  ENVIRONMENT_DEBUG_SWITCH, ENVIRONMENT_SECRET, FUNCTION_LOG_GROUP, FUNCTION_ROLE_SHARED, FUNCTION_URL_AUTH, INVOKE_PERMISSION_SOURCE,
];
