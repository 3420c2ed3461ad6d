import { isForUrl, undoesNoAuthentication } from './url-callers';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { serviceName } from '../../model/rights/grantees';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { parseArn } from '../../model/values/arn';
import { isUnresolved, textOf } from '../../model/values/values';

const PERMISSION = 'AWS::Lambda::Permission';

/** What may be permitted to others: to call the function, directly or over its URL. */
const CALLS = new Set(['lambda:invokefunction', 'lambda:invokefunctionurl', 'lambda:invokeasync']);

/** What follows the id of an API where any stage, method and path may call. */
const ANY_ROUTE = /^[^/]+(\/\*+){1,3}$/;

/** Services whose ARNs have neither region nor account, or only an account. */
const GLOBAL_SERVICES = new Set(['cloudfront', 'iam', 'route53', 's3', 'wafv2']);

export const PERMISSION_SOURCE_BREADTH: Rule = {
  id: 'PermissionSourceBreadth',
  severity: Severity.LOW,
  appliesTo: [PERMISSION],
  title: 'A permission to invoke a function holds for more than one source',
  why: 'The pattern takes in every bucket, rule, distribution or API that matches: those of other teams, and for an open account those of everybody. '
    + 'For an API without a stage, method and path, a route that somebody adds without an authorizer reaches the function as well.',
  fix: 'Set SourceArn to the ARN of the one resource that calls. For an API, name the API, and the stage, or the method and path.',
  risks: ['attack-surface', 'over-privilege'],
  frameworks: ['KICS lambda_permission_misconfigured', 'KICS public_lambda_via_api_gateway', 'FSBP Lambda.1', 'CSA SAS-02'],
  findingForm: 'what the pattern leaves open: service, region, account, resource or route',
  check: (permission, app) => permission.alternatives('SourceArn').filter((value) => value !== undefined).map((value): Outcome => {
    if (isUnresolved(value)) return unresolved('Properties.SourceArn');
    const open = openPart(app.describe(value) ?? '');
    return open === undefined ? pass() : fail('Properties.SourceArn', open);
  }),
};

export const PERMISSION_ACTION_SCOPE: Rule = {
  id: 'PermissionActionScope',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [PERMISSION],
  title: 'A permission of a function allows more than to call it',
  why: 'Whoever has it reads the code and the environment, changes them, or permits others to call the function.',
  fix: 'Set Action to lambda:InvokeFunction, or to lambda:InvokeFunctionUrl for a URL.',
  risks: ['over-privilege', 'attack-surface'],
  frameworks: ['cfn_nag W24', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the action as written',
  check: (permission) => permission.alternatives('Action').map((value): Outcome => {
    if (isUnresolved(value)) return unresolved('Properties.Action');
    const text = textOf(value) ?? '';
    return CALLS.has(text.toLowerCase()) || text === '' ? pass() : fail('Properties.Action', text);
  }),
};

export const URL_PERMISSION_SCOPE: Rule = {
  id: 'UrlPermissionScope',
  severity: Severity.HIGH,
  appliesTo: [PERMISSION],
  title: 'The URL of a function with IAM authentication is open to callers that nobody named',
  why: 'The permission undoes the authentication: everybody with an account of AWS, or with a distribution of CloudFront, calls the function over its URL.',
  fix: 'Name the account or role that calls; for CloudFront, set SourceArn to the ARN of the distribution, or at least to those of your account. InvokedViaFunctionUrl says only how the call came.',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['FSBP Lambda.1', 'CT.LAMBDA.PR.2', 'cfn_nag F13', 'CKV_AWS_364', 'CSA SAS-02'],
  findingForm: 'everybody, or cloudfront',
  check: (permission, app) => (isForUrl(permission) && !undoesNoAuthentication(permission, app) ? judgeUrl(permission, app) : notApplicable()),
};

function judgeUrl(permission: Resource, app: AppModel): RuleResult {
  return permission.alternatives('Principal').map((principal): Outcome => {
    if (isUnresolved(principal)) return unresolved('Properties.Principal');
    const text = app.describe(principal) ?? '';
    const sources = permission.alternatives('SourceArn');
    if (text === '*') return isBound(permission) ? pass() : fail('Properties.Principal', 'everybody');
    if (serviceName(text) !== 'cloudfront') return pass();
    if (sources.some(isUnresolved)) return unresolved('Properties.SourceArn', 'cloudfront');
    const named = sources.every((source) => source !== undefined && [undefined, 'resource', 'route'].includes(openPart(app.describe(source) ?? '*')));
    return named ? pass() : fail('Properties.SourceArn', 'cloudfront');
  });
}

function isBound(permission: Resource): boolean {
  return ['PrincipalOrgID', 'SourceAccount', 'SourceArn'].some((name) => permission.alternatives(name)
    .every((value) => value !== undefined && !/^\**$/.test(textOf(value) ?? '_')));
}

/**
 * What an ARN of a source leaves open.
 *
 * | source                                               | leaves open |
 * |------------------------------------------------------|-------------|
 * | `*`, `arn:aws:*:…`                                   | service     |
 * | `arn:aws:sns:*:111122223333:orders`                  | region      |
 * | `arn:aws:sns:eu-west-1:*:orders`, `…:eu-west-1::orders` | account  |
 * | `arn:aws:s3:::*`, `…:rule/*`, `…:execute-api:…:*`    | resource    |
 * | an API, then a wildcard for each of up to three parts | route      |
 * | an API, and its stage, method or path                | nothing     |
 */
function openPart(text: string): string | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return /^[*?]/.test(text) ? 'service' : undefined;
  if (/[*?]/.test(arn.service)) return 'service';
  const isGlobal = GLOBAL_SERVICES.has(arn.service);
  if (/[*?]/.test(arn.account) || (arn.account === '' && !['s3', 'route53'].includes(arn.service))) return 'account';
  if (/[*?]/.test(arn.region) || (arn.region === '' && !isGlobal)) return 'region';
  const resource = arn.resource.replace(/<[^<>]*>/g, '_');
  const name = arn.service === 'execute-api' || arn.service === 's3' ? resource.split('/')[0] : resource;
  if (/[*?]/.test(name) && !isInsideOfOne(arn.service, name)) return 'resource';
  return arn.service === 'execute-api' && ANY_ROUTE.test(resource) ? 'route' : undefined;
}

/** Versions, log streams and rules of one resource: the wildcard stands behind its whole name. */
function isInsideOfOne(service: string, name: string): boolean {
  if (service === 'logs') return /^log-group:[^*?]+:\*$/.test(name);
  return service === 'cognito-idp' || service === 'iot' ? /^\w+\/[^*?/]+\/\*$/.test(name) : false;
}

export const PERMISSION_RULES: readonly Rule[] = [PERMISSION_ACTION_SCOPE, PERMISSION_SOURCE_BREADTH, URL_PERMISSION_SCOPE];
