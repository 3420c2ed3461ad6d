import { IResource, Resource, Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { explainImportedRole } from './imported-role';
import { accessIsGiven } from '../core/access-listeners';
import { refuse } from '../core/configuration-error';
import { acknowledgeWildcardResource } from '../core/exceptions/acknowledgement';
import { expectNoKeyCircle } from '../core/keys/key-circle';

/** Rights in full: no action wildcard, and a resource wildcard only with a reason. */
export interface ExactAccess {
  /** Who gets the rights. */
  readonly grantee: IGrantable;
  /** Complete action names, sorted: constants of the slice's baseline. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
  /** Conditions of the statement. */
  readonly conditions?: { readonly [operator: string]: { readonly [key: string]: unknown } };
  /** Why an ARN must end in a wildcard. Needed as soon as one does. */
  readonly wildcardReason?: string;
}

/**
 * Gives rights through the grantee's own policy, and acknowledges the wildcards in it one by one.
 * @throws ConfigurationError [StackCircle.Key] when the key of the resource comes from the stack of the grantee
 */
export function allow(resource: IConstruct, access: ExactAccess): Grant {
  if (access.actions.length === 0) {
    refuse(resource, { code: 'ExactAccess.NoAction', prop: 'actions', must: 'must name at least one action', got: [], fix: 'name each action' });
  }
  const wildcardAction = access.actions.find((action) => action.includes('*'));
  if (wildcardAction !== undefined) {
    refuse(resource, { code: 'ExactAccess.Wildcard', prop: 'actions', must: 'must be complete names', got: wildcardAction, fix: 'name each action' });
  }
  const principal: unknown = access.grantee.grantPrincipal;
  if (Construct.isConstruct(principal) && Resource.isOwnedResource(principal)) expectNoKeyCircle(principal, resource);
  const grant = Grant.addToPrincipal({
    grantee: access.grantee,
    actions: [...access.actions],
    resourceArns: [...access.resources],
    conditions: access.conditions as Record<string, Record<string, unknown>> | undefined,
  });
  acknowledgeWildcards(access);
  explainImportedRole(grant, access.grantee);
  accessIsGiven(resource, access.grantee);
  return grant;
}

/**
 * Lets somebody use a key, but only through the service that keeps the data (`kms:ViaService`), and only for the data that the context
 * names, where the service gives KMS an encryption context (`{ 'kms:EncryptionContext:aws:sqs:arn': queueArn }`).
 */
export function allowKeyThroughService(
  resource: IConstruct, key: IKey, service: string, grantee: IGrantable, actions: readonly string[],
  context: { readonly [key: string]: unknown } = {},
): Grant {
  return allow(resource, {
    grantee,
    actions,
    resources: [key.keyArn],
    conditions: { StringEquals: { ...throughService(resource, service), ...context } },
  });
}

/** The condition that a key is used in the name of a service in the region of the resource. */
export function throughService(resource: IConstruct, service: string): { [key: string]: string } {
  const { region } = Resource.isResource(resource) ? (resource as IResource).env : Stack.of(resource);
  return { 'kms:ViaService': `${service}.${region}.amazonaws.com` };
}

/** Conditions for a resource policy that name the account behind the call and, where it is known, the source. */
export function sourceConditions(scope: IConstruct, sourceArn?: string): { [operator: string]: { [key: string]: string } } {
  return {
    StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
    ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
  };
}

function acknowledgeWildcards(access: ExactAccess): void {
  if (access.wildcardReason === undefined) return;
  // A policy is no principal: it holds the rights of whoever it is attached to.
  const holder = [access.grantee.grantPrincipal, access.grantee].find((one) => Construct.isConstruct(one));
  if (holder === undefined) return; // nothing of this app: nothing of it is rendered here
  for (const arn of access.resources.filter((one) => one.includes('*'))) acknowledgeWildcardResource(holder, arn, access.wildcardReason);
}
