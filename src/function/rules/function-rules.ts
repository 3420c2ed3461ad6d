import { CUSTOMARY_GRANTS } from '../../iam/account-baseline';
import { runsAtEdge } from '../../model/flow/edge-functions';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { settingPath, WEB_FUNCTION_REVISION, webFunctionOf, WORKERS } from '../../model/resources/web-functions';
import { serviceName } from '../../model/rights/grantees';
import { expectEach, expectProperty, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { isUnresolved, referencesIn, textOf, Value } from '../../model/values/values';
import { ACCOUNT_SCOPED_INVOKERS } from '../function-baseline';
import { isToldOfTheUrl } from './url-callers';

const FUNCTION = 'AWS::Lambda::Function';
const PERMISSION = 'AWS::Lambda::Permission';

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

export const FUNCTION_LOG_GROUP: Rule = {
  id: 'FunctionLogGroup',
  severity: Severity.MEDIUM,
  appliesTo: WORKERS,
  title: 'A function writes to a log group that nobody declared',
  why: 'Lambda makes the group on the first call: it never expires, has no key of yours and masks nothing, and the role needs the right to create groups.',
  fix: 'Make a LogGroup with a retention and pass it as logGroup; SecureFunction does.',
  risks: ['misconfiguration', 'unseen-attack', 'data-exposure'],
  frameworks: ['cdk-nag LambdaLogging', 'OWASP Serverless S10', 'CSA SAS-05'],
  check: judgeLogGroup,
};

export const FUNCTION_ROLE_SHARED: Rule = {
  id: 'FunctionRoleShared',
  severity: Severity.MEDIUM,
  appliesTo: WORKERS,
  title: 'Several functions act with the same role',
  why: 'Each of them can do what any of them needs: whoever takes over the weakest function has the rights of all.',
  fix: 'Leave the role out, so that each function gets one of its own, and grant to each what it needs.',
  risks: ['over-privilege'],
  frameworks: ['KICS lambda_functions_without_unique_iam_roles', 'OWASP Serverless S5', 'CSA SAS-04'],
  check: (fn, app) => {
    const path = settingPath(fn.type, 'role');
    if (isUnresolved(fn.property(path))) return unresolved(`Properties.${path}`);
    const sharing = app.index('functions by role', () => functionsByRole(app));
    return rolesOf(fn, app).some((role) => sharing.get(role)!.size > 1) ? fail(`Properties.${path}`) : pass();
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
  frameworks: ['FSBP Lambda.1', 'CT.LAMBDA.PR.2', 'OWASP Serverless S2', 'CSA SAS-02', 'CSA SAS-09'],
  check: judgePermission,
};

/**
 * | the function's group          | the app declares it | answer                                            |
 * |-------------------------------|---------------------|---------------------------------------------------|
 * | a pointer to a resource       | it does             | fine                                              |
 * | a name                        | yes                 | fine                                              |
 * | a name                        | no                  | open: another app may declare it                  |
 * | none: `/aws/lambda/<name>`    | yes                 | fine                                              |
 * | none                          | no                  | Lambda makes it                                   |
 *
 * At the edge Lambda makes one in each region, whatever the app declares.
 */
function judgeLogGroup(fn: Resource, app: AppModel): RuleResult {
  if (runsAtEdge(fn, app)) return notApplicable();
  const path = settingPath(fn.type, 'logGroup');
  const location = `Properties.${path}`;
  const declared = app.index('log groups by name', () => declaredGroups(app));
  return fn.alternatives(path).map((group): Outcome => {
    if (group === undefined || group === '') return hasDeclaredGroup(fn, app, declared) ? pass() : fail(location);
    if (isUnresolved(group)) return unresolved(location);
    if (app.target(group) !== undefined) return pass();
    return declared.names.has(app.describe(group) ?? '') ? pass() : unresolved(location);
  });
}

interface DeclaredGroups {
  readonly names: ReadonlySet<string>;
  /** Functions whose own group the name of a declared one is made of. */
  readonly functions: ReadonlySet<string>;
}

/** Names with their pointers written out, so that two texts with the same pieces are the same name. */
function declaredGroups(app: AppModel): DeclaredGroups {
  const names = app.ofType('AWS::Logs::LogGroup', 'Custom::LogRetention').flatMap((group) => group.alternatives('LogGroupName'));
  const own = names.filter((name) => textOf(name)?.startsWith('/aws/lambda/'));
  return {
    names: new Set(names.map((name) => app.describe(name)).filter((text) => text !== undefined)),
    functions: new Set(own.flatMap((name) => app.targets(name)).filter(({ type }) => type === FUNCTION).map(({ key }) => key)),
  };
}

/** A group under the name that Lambda would choose is the function's, whoever declared it. */
function hasDeclaredGroup(fn: Resource, app: AppModel, { names, functions }: DeclaredGroups): boolean {
  const isRevision = fn.type === WEB_FUNCTION_REVISION;
  const chosen = ((isRevision ? webFunctionOf(fn, app) : fn)?.alternatives('FunctionName') ?? []).map((name) => app.describe(name));
  const prefix = isRevision ? '/aws/lambda/web/' : '/aws/lambda/';
  return functions.has(fn.key) || (chosen.length > 0 && chosen.every((name) => name !== undefined && name !== '' && names.has(`${prefix}${name}`)));
}

function functionsByRole(app: AppModel): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>();
  for (const fn of app.ofType(...WORKERS)) {
    const worker = fn.type === WEB_FUNCTION_REVISION ? webFunctionOf(fn, app) ?? fn : fn; // revisions follow each other with one role
    for (const role of rolesOf(fn, app)) table.set(role, (table.get(role) ?? new Set()).add(worker.key));
  }
  return table;
}

/** A role of the app by its key, a foreign one by its ARN. */
function rolesOf(fn: Resource, app: AppModel): readonly string[] {
  return fn.alternatives(settingPath(fn.type, 'role')).filter((role) => role !== undefined && !isUnresolved(role))
    .map((role) => app.target(role)?.key ?? app.describe(role) ?? '');
}

/**
 * | principal                         | must name                                                        |
 * |-----------------------------------|------------------------------------------------------------------|
 * | `*`                               | the organization, unless another rule tells of the URL it is for |
 * | Alexa                             | the token of the skill                                           |
 * | a service that sends no source    | the account                                                      |
 * | any other service                 | the source, and the account where the source's ARN has none      |
 * | an account, a role                | nothing: it is named                                             |
 */
function judgePermission(permission: Resource, app: AppModel): RuleResult {
  return permission.alternatives('Principal').map((principal): Outcome => {
    if (isUnresolved(principal)) return unresolved('Properties.Principal');
    const text = textOf(principal) ?? '';
    const given = (name: string) => permission.alternatives(name).every((value) => value !== undefined && value !== '*' && value !== '');
    if (text === '*') return given('PrincipalOrgID') || isToldOfTheUrl(permission, app) ? pass() : fail('Properties.Principal');
    if (!/\.amazon(aws)?\.com(\.cn)?$/.test(text)) return pass();
    if (text === SENDS_TOKEN) return given('EventSourceToken') ? pass() : fail('Properties.EventSourceToken');
    if (ACCOUNT_SCOPED_INVOKERS.includes(text.split('.')[0])) return given('SourceAccount') || given('SourceArn') ? pass() : fail('Properties.SourceAccount');
    if (isCustomarySource(permission, text)) return notApplicable(); // ServiceGrantCustomary judges it
    const source = expectEach(permission.alternatives('SourceArn'), 'Properties.SourceArn', isExactSource);
    if (source.kind === 'fail' || given('SourceAccount')) return source.kind === 'unresolved' ? pass() : source;
    return expectEach(permission.alternatives('SourceArn'), 'Properties.SourceAccount', (arn) => holdsAccount(arn, text));
  });
}

/** CDK lets the rotation of secrets and target groups of load balancers call without a source. One that is given must be exact. */
function isCustomarySource(permission: Resource, principal: string): boolean {
  return CUSTOMARY_GRANTS.function.services!.includes(serviceName(principal)) && permission.property('SourceArn') === undefined;
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
  FUNCTION_LOG_GROUP, FUNCTION_ROLE_SHARED, FUNCTION_URL_AUTH, INVOKE_PERMISSION_SOURCE,
];
