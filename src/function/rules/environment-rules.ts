import { findSecret, namesSecret, wordsOf } from '../../core/secrets/secret-findings';
import { AGENT_ROLES } from '../../model/resources/agents';
import { AppModel } from '../../model/resources/app-model';
import { expressionsUnder, parametersIn, parametersOfStack } from '../../model/resources/parameter-use';
import { Resource } from '../../model/resources/resource';
import { settingPath, WORKERS } from '../../model/resources/web-functions';
import { fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { own } from '../../model/templates/template-source';
import { alternatives, entries, hasUnknown, isUnresolved, Reference, textOf, Value } from '../../model/values/values';
import { findDebugSwitch, isRuntimeHook } from '../guards/environment-findings';

/** Types with variables for their code, and where they stand. */
const VARIABLES: { readonly [type: string]: string } = {
  ...Object.fromEntries(WORKERS.map((type) => [type, settingPath(type, 'variables')])),
  ...Object.fromEntries(Object.keys(AGENT_ROLES).map((type) => [type, 'EnvironmentVariables'])),
};

/** Values that switch something on: they tell names apart whose value the template does not hold. */
const ANY_SWITCH = ['', '0', '1', '*', 'debug', '--inspect', '--tls-min-v1.0', '--require x', '-Xdebug', '-javaagent:x', '/opt/x', '/tmp'];

/** Lambda takes no more than this for all variables together. */
const LONGEST_ENVIRONMENT = 4096;

/** Attributes of resources that are a secret. */
const SECRET_ATTRIBUTE = /(?:ClientSecret|SecretAccessKey)$/;

/** Attributes of resources that say where something is. */
const POINTING_ATTRIBUTE = /(?:address|alias|arn|domain|endpoint|host|id|name|path|port|uri|url|version)s?$/i;

export const ENVIRONMENT_SECRET: Rule = {
  id: 'EnvironmentSecret',
  severity: Severity.HIGH,
  appliesTo: Object.keys(VARIABLES),
  title: 'An environment variable holds a secret',
  why: 'Everybody who may read the configuration of the function reads the value, and it stays in the template, its history and the logs of the pipeline. '
    + 'A parameter with NoEcho and a dynamic reference hide it from the template, and not from the configuration.',
  fix: 'Keep the value in Secrets Manager and give the function its ARN and the right to read it (secrets: { NAME: secret } of SecureFunction); rotate the value that stood here.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['CKV_AWS_45', 'OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'name of the variable',
  check: judgeSecrets,
};

export const ENVIRONMENT_DEBUG_SWITCH: Rule = {
  id: 'EnvironmentDebugSwitch',
  severity: Severity.MEDIUM,
  appliesTo: Object.keys(VARIABLES),
  title: 'An environment variable switches debugging on',
  why: 'Debug output copies requests, tokens and stack traces to the logs; an open inspector lets whoever reaches it run code.',
  fix: 'Leave the variable out, or set it to a value for production, such as LOG_LEVEL=info.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03', 'CSA SAS-10'],
  findingForm: 'name of the variable',
  check: (fn, _app, { profile }) => judgeVariables(fn, (name, text) => findDebugSwitch(name, text)?.sandbox === true && profile.name !== 'sandbox'),
};

export const ENVIRONMENT_TLS_CHECK: Rule = {
  id: 'EnvironmentTlsCheck',
  severity: Severity.MEDIUM,
  appliesTo: Object.keys(VARIABLES),
  title: 'An environment variable weakens TLS',
  why: 'The function then talks to whoever answers, and hands over its tokens and the data of its users: encryption without a checked certificate keeps nobody out.',
  fix: 'Remove the variable; give the runtime the certificate of a private authority instead (NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE with a file).',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-03'],
  findingForm: 'name of the variable',
  check: (fn) => judgeVariables(fn, (name, text) => findDebugSwitch(name, text)?.sandbox === false),
};

export const ENVIRONMENT_RUNTIME_HOOK: Rule = {
  id: 'EnvironmentRuntimeHook',
  severity: Severity.LOW,
  appliesTo: Object.keys(VARIABLES),
  title: 'An environment variable makes the runtime load code before the handler',
  why: 'What is loaded sees every event, credential and secret of the function, and stands outside of its reviewed code. One changed variable is enough to add it.',
  fix: 'Remove the variable. Where a layer for observability needs it, name it in allowedRuntimeHooks of the rule options.',
  risks: ['third-party', 'misconfiguration'],
  frameworks: ['OWASP Serverless S9', 'CSA SAS-06'],
  findingForm: 'name of the variable',
  check: (fn, _app, { options }) => judgeVariables(fn, (name, text) => isRuntimeHook(name, text) && !options.allowedRuntimeHooks.includes(name)),
};

/** Judges each variable by what its value may be; one that is known at deployment only matters under a name that some value can make wrong. */
function judgeVariables(fn: Resource, isWrong: (name: string, text: string) => boolean): RuleResult {
  return eachVariable(fn, (name, value, location) => {
    const options = alternatives(value);
    if (options.some((option) => !isUnresolved(option) && isWrong(name, textIn(option)))) return fail(location, name);
    return options.some(isUnresolved) && ANY_SWITCH.some((text) => isWrong(name, text)) ? unresolved(location, name) : pass();
  });
}

function eachVariable(fn: Resource, judge: (name: string, value: Value, location: string) => Outcome): RuleResult {
  const variables = fn.property(VARIABLES[fn.type]);
  const location = `Properties.${VARIABLES[fn.type]}`;
  const outcomes = entries(variables).map(([name, value]) => judge(name, value, `${location}.${name}`));
  return alternatives(variables).some(isUnresolved) ? [...outcomes, unresolved(location)] : outcomes;
}

/** What is not known may be anything, and is no reason to think of a part of a text as harmless. */
function textIn(value: Value): string {
  return (textOf(value) ?? '').replaceAll('<?>', '<unknown>').slice(0, LONGEST_ENVIRONMENT);
}

/**
 * | value                                                   | under the name of a secret | under another name |
 * |---------------------------------------------------------|----------------------------|--------------------|
 * | a text                                                  | see `findSecret`           | see `findSecret`   |
 * | an attribute of a resource that does not point to it    | secret                     | fine               |
 * | a parameter with NoEcho                                 | secret                     | secret             |
 * | another parameter, unless its name says that it points  | secret                     | fine               |
 * | the same and a text, which together are no path         | secret                     | fine               |
 * | anything else that is known at deployment               | open                       | fine               |
 */
function judgeSecrets(fn: Resource, app: AppModel): RuleResult {
  return eachVariable(fn, (name, value, location) => {
    const options = alternatives(value);
    const secretName = namesSecret(name);
    if (options.some((option) => holdsSecret(name, option))) return fail(location, name);
    if (secretName && options.some(isPlainAttribute)) return fail(location, name);
    const isOpen = secretName && options.some(isUnresolved);
    const isPieced = secretName && options.some((option) => isPiecedSecret(name, option));
    if (comesFromSecretParameter(fn, name, (isOpen || isPieced) && !options.some(pointsSomewhere), app)) return fail(location, name);
    return isOpen ? unresolved(location, name) : pass();
  });
}

/** What a pointer leads to is judged by its attribute: it has no text that somebody wrote. */
function holdsSecret(name: string, value: Value): boolean {
  if (isUnresolved(value) || (value instanceof Reference && !SECRET_ATTRIBUTE.test(value.attribute ?? ''))) return false;
  return findSecret(name, textIn(value)) !== undefined;
}

function isPlainAttribute(value: Value): boolean {
  return value instanceof Reference && value.attribute !== undefined && !POINTING_ATTRIBUTE.test(value.attribute);
}

/** A parameter whose default is an ARN or a path holds one at every deployment. */
function pointsSomewhere(value: Value): boolean {
  return !isUnresolved(value) && /^(?:arn:|\/)/.test(textOf(value) ?? '');
}

/** A text around a value that is known at deployment, judged as if a word stood there. */
function isPiecedSecret(name: string, value: Value): boolean {
  return !isUnresolved(value) && hasUnknown(value) && findSecret(name, (textOf(value) ?? '').replaceAll('<?>', 'unknown').slice(0, LONGEST_ENVIRONMENT)) !== undefined;
}

function comesFromSecretParameter(fn: Resource, variable: string, anyParameter: boolean, app: AppModel): boolean {
  if (!anyParameter && ![...parametersOfStack(fn.stackId, app).values()].some(({ noEcho }) => noEcho)) return false;
  const environment = own(own(fn.declaration, 'Properties'), VARIABLES[fn.type].split('.')[0]);
  const parameters = expressionsUnder(variable, environment).flatMap((expression) => parametersIn(expression, fn.stackId, app));
  return parameters.some(({ name, noEcho }) => noEcho || (anyParameter && !isPointerName(name)));
}

/** `DbPasswordParameter` is the password; `DbSecretArn` is not the secret. */
function isPointerName(name: string): boolean {
  return /(?:arn|id|name|path|uri|url)$/.test(wordsOf(name));
}

export const ENVIRONMENT_RULES: readonly Rule[] = [ENVIRONMENT_DEBUG_SWITCH, ENVIRONMENT_RUNTIME_HOOK, ENVIRONMENT_SECRET, ENVIRONMENT_TLS_CHECK];
