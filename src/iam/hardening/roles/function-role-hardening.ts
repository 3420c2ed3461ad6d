import { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { FunctionNeeds, LateLogs, needsOf } from './function-needs';
import { allowFunctions, inWords, lateFunctionPolicy, portionsOf } from './function-rights';
import { allowsOnlyTraces, lambdaRightsOf, managedPolicyArnsOf, nameOfAwsPolicy, withoutPolicies } from './lambda-managed-policies';
import { HardeningArea } from '../../../core/hardening/hardening-area';
import { hardeningPart } from '../../../core/hardening/hardening-part';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../../core/hardening/steps/hardening-step';
import { conditionOf } from '../../../core/values/resource-condition';
import { functionsOf, usersBesides } from '../holders/role-users';

const PROPERTY = 'ManagedPolicyArns';

/**
 * Policies of AWS for functions, as exact statements on what the functions with the role have.
 *
 * The policy names the role, not the role the policy: the key of a log group may name the role, and the template would go round in a circle.
 */
export const FUNCTION_ROLE_HARDENING: HardeningStep = {
  area: HardeningArea.RIGHTS,
  type: 'AWS::IAM::Role',
  rule: 'ManagedPolicyBreadth',
  plan: (resource, site) => planRole(resource as CfnRole, site),
};

function planRole(role: CfnRole, site: HardeningSite): readonly HardeningPlan[] {
  if (site.overrideOf(role, PROPERTY) !== undefined) return [];
  const replaced = managedPolicyArnsOf(role, site).filter((arn) => lambdaRightsOf(arn, role, site) !== undefined);
  const functions = replaced.length === 0 ? [] : functionsOf(role, site);
  if (functions.length === 0) return [];
  const needsFor = (arns: typeof replaced) => needsOf(role, functions, arns.flatMap((arn) => lambdaRightsOf(arn, role, site) ?? []), site);
  const planFor = (arns: typeof replaced, { early, late }: FunctionNeeds) => (
    { property: PROPERTY, before: arns.map(nameOfAwsPolicy), after: inWords([early, late]) });
  const needs = needsFor(replaced);
  const hindrance = hindranceOf(role, functions, needs, site);
  if (hindrance === undefined) {
    const apply = () => replace(role, needs, site);
    return [{ ...planFor(replaced, needs), standing: Standing.MISSING, attention: attentionFor(needs), adds: 1, apply }];
  }
  const left = replaced.filter((arn) => !allowsOnlyTraces(arn)); // traces are no matter of who has the role
  const advice = `Write these statements in the place of the policies: ${hindrance}.`;
  return left.length === 0 ? [] : [{ ...planFor(left, needsFor(left)), standing: Standing.AUTHORS, advice }];
}

function hindranceOf(role: CfnRole, functions: readonly CfnResource[], { unknown }: FunctionNeeds, site: HardeningSite): string | undefined {
  if (functions.some(({ stack }) => stack !== role.stack)) return 'a function in another stack uses the role';
  if (unknown !== undefined) return `only the deployment knows into which log group ${site.ownerOf(unknown).node.path} writes`;
  return usersBesides(role, site);
}

function attentionFor({ early, late }: FunctionNeeds): string {
  const logs = [...early.logs, ...late.logs];
  return [
    ...logs.length === 0 ? [] : ['Code that writes to other log groups by itself needs a statement for them. '
      + 'Lines that are logged while the deployment passes from the old rights to the new ones may be lost.'],
    ...early.networkOnlyByLambda ? ['Calls to EC2 that the code of the functions itself makes with these rights are denied.'] : [],
    ...early.brokers !== undefined ? ['Code that describes other clusters of Kafka by itself needs a statement for them.'] : [],
    ...early.idleNetwork ? ['No function with the role is in a network, so that the rights for one are gone.'] : [],
  ].join(' ');
}

function replace(role: CfnRole, { early, late, waiting, afterwards }: FunctionNeeds, site: HardeningSite): void {
  withoutPolicies(role, site, (arn) => lambdaRightsOf(arn, role, site) !== undefined);
  const policies = new Set(allowFunctions(role, early, site));
  for (const policy of policies) {
    const condition = conditionOf(policy);
    const there = waiting.filter((fn) => condition === undefined || [conditionOf(fn), conditionOf(role)].includes(condition));
    for (const fn of there) fn.addResourceDependency(policy);
  }
  for (const ones of byCondition(afterwards).flatMap(portionsOf)) {
    const logs = ones.flatMap((one) => one.logs);
    if (logs.length > 0) hardeningPart(site, ones[0].fn, 'LogRights', (scope, id) => lateFunctionPolicy(scope, id, role, { ...late, logs }));
  }
}

/** What a policy names must be there where the policy is. */
function byCondition(afterwards: readonly LateLogs[]): ReadonlyArray<readonly LateLogs[]> {
  const found = new Map<string | undefined, LateLogs[]>();
  for (const one of afterwards) found.set(conditionOf(one.fn), [...found.get(conditionOf(one.fn)) ?? [], one]);
  return [...found.values()];
}
