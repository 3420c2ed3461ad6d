import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { accessOf, roleOf } from '../../model/rights/access';
import { awsManagedPolicy, ManagedPolicyReach } from '../../model/rights/aws-managed-policies';
import { foreignManagedPolicies, statementsOfRole } from '../../model/rights/iam';
import { fail, notApplicable, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { isUnresolved } from '../../model/values/values';

/** What Lambda does with the role of a function after each call. */
const WRITES_LOG = 'logs:PutLogEvents';

/** The policies of AWS for functions, by name: each allows the writing of logs, whatever else it is for. */
const FOR_LAMBDA = /^AWSLambda\w*Execut\w+$|^CloudWatchLambdaInsightsExecutionRolePolicy$/;

export const FUNCTION_LOG_RIGHTS: Rule = {
  id: 'FunctionLogRights',
  severity: Severity.LOW,
  appliesTo: ['AWS::Lambda::Function'],
  title: 'A function may not write its log',
  why: 'It runs as if nothing were missing, and leaves no line behind: neither a fault nor an attack can be told from silence.',
  fix: 'Allow logs:CreateLogStream and logs:PutLogEvents on the log group of the function. SecureFunction does.',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: ['cfn_nag W58', 'OWASP Serverless S10', 'CSA SAS-05'],
  check: judgeLogRights,
};

/** What a policy of another team allows is not known, nor what each policy of AWS does; those that Lambda comes with allow it. */
function judgeLogRights(fn: Resource, app: AppModel): RuleResult {
  const role = roleOf(fn, app);
  if (role === undefined) return notApplicable();
  const foreign = foreignManagedPolicies(role, app).map(awsManagedPolicy);
  if (foreign.some((policy) => FOR_LAMBDA.test(policy?.name ?? '')) || accessOf(role, app).some((access) => access.covers(WRITES_LOG))) return pass();
  const open = statementsOfRole(role, app).some((statement) => statement.unresolved || statement.actions.some(isUnresolved))
    || role.items('ManagedPolicyArns').some(isUnresolved)
    || foreign.some((policy) => policy === undefined || policy.reach === ManagedPolicyReach.OTHER);
  return open ? unresolved('Properties.Role') : fail('Properties.Role');
}

export const LOG_RIGHTS_RULES: readonly Rule[] = [FUNCTION_LOG_RIGHTS];
