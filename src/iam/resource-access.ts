import { IResource, Stack, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import { Grant, IGrantable, IPrincipal, IResourceWithPolicyV2, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { allow, ExactAccess } from './exact-access';
import { fragmentOf } from './principal-fragment';
import { isBound } from './statement-binding';
import { refuse } from '../core/configuration-error';

type Conditions = Record<string, Record<string, unknown>>;

/** A construct that has, or can have, a resource policy. */
export type PolicyHolder = IConstruct & IResourceWithPolicyV2;

/**
 * Gives rights where they take effect:
 *
 * | the principal's own policy takes them | the principal's account      | rights stand in                      |
 * |---------------------------------------|------------------------------|--------------------------------------|
 * | yes                                   | the resource's, or not known | its own policy                       |
 * | yes (or CDK pretends, for a role      | another one                  | its own policy and the resource's    |
 * | imported from another account)        |                              |                                      |
 * | no (account, ARN)                     | any                          | the resource's policy                |
 * | no (service)                          | any                          | nowhere: refused, `<owner>.ServicePrincipal` |
 */
export function allowOnResource(resource: PolicyHolder, owner: string, access: ExactAccess): Grant {
  const identity = allow(resource, access);
  if (!needsResourcePolicy(identity, resource, access.grantee)) return identity;
  const principal = access.grantee.grantPrincipal;
  refuseServices(resource, owner, principal);
  return Grant.addStatementToResourcePolicy({
    grantee: access.grantee,
    actions: [...access.actions],
    resourceArns: [...access.resources],
    resource,
    statement: new PolicyStatement({
      principals: [principal],
      actions: [...access.actions],
      resources: [...access.resources],
      conditions: access.conditions as Conditions | undefined,
    }),
  });
}

/** Whether the policy of the principal alone does not open the resource. */
export function needsResourcePolicy(identity: Grant, resource: Pick<IResource, 'env'>, grantee: IGrantable): boolean {
  const account = grantee.grantPrincipal.principalAccount;
  return !identity.success
    || (account !== undefined && Token.compareStrings(account, resource.env.account) === TokenComparison.DIFFERENT);
}

/**
 * Adds a principal to the policy of a key. The resource is not named in this statement: its key must exist before it, so the template
 * would be circular.
 */
export function allowInKeyPolicy(resource: IConstruct, key: IKey, principal: IPrincipal, actions: readonly string[], conditions: Conditions): void {
  const statement = new PolicyStatement({ principals: [principal], actions: [...actions], resources: ['*'], conditions });
  refuseEverybody(resource, statement);
  const { statementAdded } = key.addToResourcePolicy(statement);
  if (!statementAdded) {
    Validations.of(resource).addWarning('cdk-secure-serverless:ResourceKeyPolicy',
      `The policy of the imported key ${key.node.path} cannot be changed here: it must allow ${actions.join(' and ')} for `
      + `${JSON.stringify(Stack.of(resource).resolve(fragmentOf(principal).principalJson))}, or requests for encrypted data are refused.`);
  }
}

/** A service acts for everybody who uses it: without a source condition, for other accounts as well. */
function refuseServices(resource: IConstruct, owner: string, principal: IPrincipal): void {
  const { principalJson } = fragmentOf(principal);
  if (principalJson.Service === undefined) return;
  refuse(resource, {
    code: `${owner}.ServicePrincipal`,
    prop: 'grantee',
    must: 'must not be a service, which would act for other accounts as well',
    got: Stack.of(resource).resolve(principalJson.Service),
    fix: "call addToResourcePolicy() with a statement for the service that has 'aws:SourceAccount' and 'aws:SourceArn' conditions",
  });
}

/** A key for everybody would open all that it encrypts to whoever gets at it otherwise. */
function refuseEverybody(resource: IConstruct, statement: PolicyStatement): void {
  const { Principal, Condition } = statement.toStatementJson() as { Principal?: unknown; Condition?: Conditions };
  const everybody = [Principal, (Principal as { AWS?: unknown } | undefined)?.AWS].flat().includes('*');
  if (!everybody || isBound(Condition)) return;
  refuse(resource, {
    code: 'ResourceAccess.Everybody', prop: 'grantee', must: 'must not be everybody, to whom its key would be open', fix: 'name the principals',
  });
}
