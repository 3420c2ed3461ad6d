import { CfnResource } from 'aws-cdk-lib';
import { CfnDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { CfnRole, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAlias, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { managedPolicyArnsOf, nameOfAwsPolicy } from './lambda-managed-policies';
import { acknowledge, acknowledgeRule, isAcknowledgedFor, NagPackId } from '../../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../../core/hardening/hardening-area';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../../core/hardening/steps/hardening-step';
import { flattenReference } from '../../../core/values/flatten-reference';
import { conditionOf } from '../../../core/values/resource-condition';
import { addRight } from '../holders/added-rights';
import { CODE_DEPLOY, usersBesides } from '../holders/role-users';

const PROPERTY = 'ManagedPolicyArns';
const POLICY = 'service-role/AWSCodeDeployRoleForLambdaLimited';

const REASON = 'What CodeDeploy calls to move the traffic of a function is its own matter, and changes with it: the policy of AWS follows. The one action of it that changes '
  + 'something, lambda:UpdateAlias, is denied on all functions but those whose aliases are deployed in this role.';

/**
 * The policy of AWS for deployments of functions, which may turn the traffic of every function of the account: it stays, and a denial leaves it the
 * aliases that are deployed in the role.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html
 */
export const CODE_DEPLOY_ROLE_HARDENING: HardeningStep = {
  area: HardeningArea.RIGHTS,
  type: 'AWS::IAM::Role',
  rule: 'ManagedPolicyBreadth',
  plan: (resource, site) => planRole(resource as CfnRole, site),
};

function planRole(role: CfnRole, site: HardeningSite): readonly HardeningPlan[] {
  const groups = groupsByRole(site).get(role) ?? [];
  if (groups.length === 0 || site.overrideOf(role, PROPERTY) !== undefined) return [];
  const arn = managedPolicyArnsOf(role, site).find(isDeploymentPolicy);
  if (arn === undefined || isAcknowledgedFor(role, REASON)) return [];
  const functions = deployedBy(groups, site);
  const plan = { property: PROPERTY, before: [POLICY], after: 'lambda:UpdateAlias denied on all functions but those that are deployed in the role' };
  const hindrance = usersBesides(role, site, CODE_DEPLOY) ?? whyUnknown(role, functions);
  if (hindrance !== undefined) return [{ ...plan, standing: Standing.AUTHORS, advice: `Write this statement beside the policy: ${hindrance}.` }];
  const known = functions as readonly CfnFunction[];
  return [{
    ...plan,
    standing: Standing.MISSING,
    attention: 'Deployments of other aliases, which somebody starts in this role by hand or from elsewhere, are denied.',
    adds: 1,
    apply: () => {
      addRight(role, role, { statement: denialFor(known) }, site);
      acknowledgeRule(role, 'ManagedPolicyBreadth[AWSCodeDeployRoleForLambdaLimited]', REASON);
      acknowledge(role, NagPackId.AWS_SOLUTIONS, `IAM4[Policy::${flattenReference(arn)}]`, REASON);
    },
  }];
}

/** Whether a policy of a role is looked after here. */
export function isForDeployments(role: CfnRole, arn: unknown, site: HardeningSite): boolean {
  return isDeploymentPolicy(arn) && groupsByRole(site).has(role);
}

function isDeploymentPolicy(arn: unknown): boolean {
  return nameOfAwsPolicy(arn) === POLICY;
}

function denialFor(functions: readonly CfnFunction[]): PolicyStatement {
  return new PolicyStatement({
    sid: 'OwnAliases',
    effect: Effect.DENY,
    actions: ['lambda:UpdateAlias'],
    notResources: functions.flatMap(({ attrArn }) => [attrArn, `${attrArn}:*`]),
  });
}

/** Why it cannot be said which functions the role is for. */
function whyUnknown(role: CfnRole, functions: ReadonlyArray<CfnResource | undefined>): string | undefined {
  if (functions.length === 0 || functions.includes(undefined)) return 'not all functions whose aliases are deployed in the role are known';
  if (functions.some((fn) => fn?.stack !== role.stack)) return 'a function that is deployed in the role is in another stack';
  return functions.some((fn) => ![undefined, conditionOf(role)].includes(conditionOf(fn!))) ? 'a function that is deployed in the role is made under a condition' : undefined;
}

/** The functions whose traffic the groups turn; undefined for a group without an alias, and for an alias whose function is not in the app. */
function deployedBy(groups: readonly CfnDeploymentGroup[], site: HardeningSite): ReadonlyArray<CfnResource | undefined> {
  const aliases = site.once('aliases by deployment group', () => aliasesByGroup(site));
  return [...new Set(groups.flatMap((group) => (aliases.get(group) ?? [undefined]).map((alias) => functionOf(alias, site))))];
}

function functionOf(alias: CfnAlias | undefined, site: HardeningSite): CfnResource | undefined {
  const fn = alias === undefined ? undefined : site.target(alias, alias.functionName);
  return fn !== undefined && CfnFunction.isCfnFunction(fn) ? fn : undefined;
}

function aliasesByGroup(site: HardeningSite): ReadonlyMap<CfnResource, readonly CfnAlias[]> {
  const found = new Map<CfnResource, CfnAlias[]>();
  for (const alias of site.resources('AWS::Lambda::Alias') as CfnAlias[]) {
    const group = site.target(alias, alias.cfnOptions.updatePolicy?.codeDeployLambdaAliasUpdate?.deploymentGroupName);
    if (group !== undefined) found.set(group, [...found.get(group) ?? [], alias]);
  }
  return found;
}

function groupsByRole(site: HardeningSite): ReadonlyMap<CfnResource, readonly CfnDeploymentGroup[]> {
  return site.once('deployment groups by role', () => {
    const found = new Map<CfnResource, CfnDeploymentGroup[]>();
    for (const group of site.resources('AWS::CodeDeploy::DeploymentGroup') as CfnDeploymentGroup[]) {
      const role = site.target(group, group.serviceRoleArn);
      if (role !== undefined) found.set(role, [...found.get(role) ?? [], group]);
    }
    return found;
  });
}
