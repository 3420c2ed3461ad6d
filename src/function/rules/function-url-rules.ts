import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { isUnresolved } from '../../model/values/values';

const FUNCTION = 'AWS::Lambda::Function';

export const FUNCTION_URL_CONCURRENCY: Rule = {
  id: 'FunctionUrlConcurrency',
  severity: Severity.LOW,
  appliesTo: ['AWS::Lambda::Url'],
  title: 'Nothing bounds what callers of a function URL run, or which version of the code they reach',
  why: 'A URL has no throttle and no web ACL: one flood uses up the executions of the whole account and region, and the budget. '
    + 'A URL beside the alias reaches code the moment that it is uploaded, whatever the alias holds back.',
  fix: 'Set ReservedConcurrentExecutions of the function, and Qualifier of the URL to the alias or version where there is one. SecureFunctionUrl asks for a limit.',
  risks: ['runaway-use', 'no-front-line'],
  frameworks: ['CKV_AWS_115', 'cdk-nag LambdaConcurrency', 'OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  findingForm: 'Concurrency or Qualifier',
  check: judgeUrl,
};

/**
 * | function      | reserved | version or alias | qualifier | result                 |
 * |---------------|----------|------------------|-----------|------------------------|
 * | of this app   | yes      | no               | any       | pass                   |
 * | of this app   | no       | any              | any       | fail: Concurrency      |
 * | of this app   | any      | yes              | none      | fail: Qualifier        |
 * | of elsewhere  | –        | –                | any       | unresolved             |
 */
function judgeUrl(url: Resource, app: AppModel): RuleResult {
  const target = url.property('TargetFunctionArn');
  if (target === undefined) return notApplicable();
  const fn = app.functionBehind(target) ?? app.named(target, FUNCTION);
  if (fn === undefined) return unresolved('Properties.TargetFunctionArn', 'Concurrency');
  const reserved = fn.alternatives('ReservedConcurrentExecutions');
  const bounded = expectEach(reserved, 'Properties.TargetFunctionArn', (limit) => limit !== undefined && limit !== null && limit !== '', 'Concurrency');
  return [bounded, judgeQualifier(url, fn, app)];
}

function judgeQualifier(url: Resource, fn: Resource, app: AppModel): Outcome {
  const versioned = app.index('functions with versions', () => new Set(app.ofType('AWS::Lambda::Alias', 'AWS::Lambda::Version')
    .map((one) => app.functionBehind(one.property('FunctionName'))?.key)));
  const throughAlias = app.targets(url.property('TargetFunctionArn')).some(({ type }) => type !== FUNCTION);
  if (!versioned.has(fn.key) || throughAlias) return pass();
  const qualifiers = url.alternatives('Qualifier');
  if (qualifiers.some((qualifier) => qualifier === undefined || qualifier === '$LATEST')) return fail('Properties.Qualifier', 'Qualifier');
  return qualifiers.some(isUnresolved) ? unresolved('Properties.Qualifier', 'Qualifier') : pass();
}

export const FUNCTION_URL_RULES: readonly Rule[] = [FUNCTION_URL_CONCURRENCY];
