import { App, Stack, Stage } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { HardeningSite } from '../../../src/core/hardening/hardening-site';
import { HardeningPlan } from '../../../src/core/hardening/steps/hardening-step';
import { resourcesOfStage } from '../../../src/hardening/resources-of-stage';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** A stack called `Shop` in an app of its own, in a known place. */
export const shop = (): Stack => new Stack(new App(), 'Shop', { env: { account: ACCOUNT, region: REGION } });

/** What hardening sees of the app of a stack, as it is now. */
export function siteOf(stack: Stack): HardeningSite {
  const stage = Stage.of(stack)!;
  return new HardeningSite(stage, resourcesOfStage(stage));
}

export const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
export const deny = (Action: unknown, Resource: unknown = '*') => ({ Effect: 'Deny', Action, Resource });
export const document = (...Statement: unknown[]) => ({ Version: '2012-10-17', Statement });
export const trusting = (...services: string[]) => document({ Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' });

export const roleIn = (stack: Stack, id = 'Role', props: object = {}): CfnRole => (
  new CfnRole(stack, id, { assumeRolePolicyDocument: trusting('lambda.amazonaws.com'), ...props }));

/** An inline policy of a role with some statements. */
export const policyOf = (role: CfnRole, ...statements: unknown[]): CfnPolicy => (
  new CfnPolicy(role.stack, `${role.node.id}Policy${role.stack.node.children.length}`, { policyName: 'a', roles: [role.ref], policyDocument: document(...statements) }));

export const managedPolicyOf = (role: CfnRole, ...statements: unknown[]): CfnManagedPolicy => (
  new CfnManagedPolicy(role.stack, `${role.node.id}Managed${role.stack.node.children.length}`, { roles: [role.ref], policyDocument: document(...statements) }));

/** What a plan says, without what it would do. */
export const said = ({ apply, ...rest }: HardeningPlan) => ({ ...rest, applies: apply !== undefined });
