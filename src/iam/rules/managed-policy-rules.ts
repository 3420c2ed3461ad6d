import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { awsManagedPolicy, ManagedPolicyReach } from '../../model/rights/aws-managed-policies';
import { fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';

const HOLDERS = ['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User'];
const FAR_TOO_MUCH: ReadonlySet<ManagedPolicyReach> = new Set([ManagedPolicyReach.ADMIN, ManagedPolicyReach.FULL]);

export const MANAGED_POLICY_ACCESS: Rule = {
  id: 'ManagedPolicyAccess',
  severity: Severity.HIGH,
  appliesTo: HOLDERS,
  title: 'A policy of AWS gives full access to a service, or to everything',
  why: 'Policies such as AdministratorAccess and AmazonDynamoDBFullAccess allow every action on all resources of the account, those of other applications among them, '
    + 'and AWS adds to them what a service learns.',
  fix: 'Write a policy that names the actions and resources; the verbs of the secure constructs (allowRead, allowWrite, …) and the grants of CDK do.',
  risks: ['over-privilege'],
  frameworks: ['cdk-nag IAM4', 'cfn_nag W43', 'cfn_nag W44', 'FSBP IAM.1', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'name of the policy',
  check: (holder, app) => judgeManaged(holder, app, (reach) => FAR_TOO_MUCH.has(reach)),
};

export const MANAGED_POLICY_BREADTH: Rule = {
  id: 'ManagedPolicyBreadth',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off' },
  appliesTo: HOLDERS,
  title: 'A policy of AWS gives rights on all resources of a kind',
  why: 'Policies that AWS manages name no resource: a right to read, or to invoke, holds for all applications of the account.',
  fix: 'Write a policy that names the resources. What Lambda needs to run, such as AWSLambdaBasicExecutionRole, is not meant; SecureFunction names its log group instead.',
  risks: ['over-privilege'],
  frameworks: ['cdk-nag IAM4', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'name of the policy',
  check: (holder, app) => judgeManaged(holder, app, (reach) => reach === ManagedPolicyReach.READ || reach === ManagedPolicyReach.OTHER),
};

function judgeManaged(holder: Resource, app: AppModel, isMeant: (reach: ManagedPolicyReach) => boolean): RuleResult {
  return holder.items('ManagedPolicyArns').map((arn): Outcome => {
    const location = 'Properties.ManagedPolicyArns';
    const text = app.describe(arn);
    if (text === undefined || text === '<?>') return unresolved(location);
    const policy = awsManagedPolicy(text);
    return policy !== undefined && isMeant(policy.reach) ? fail(location, policy.name) : pass();
  });
}

export const MANAGED_POLICY_RULES: readonly Rule[] = [MANAGED_POLICY_ACCESS, MANAGED_POLICY_BREADTH];
