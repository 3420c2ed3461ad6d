import { AppModel } from '../resources/app-model';
import { parseObject } from '../resources/leaves';
import { resourceMeant } from '../resources/names';
import { Resource } from '../resources/resource';
import { alternatives, at, elements, entries, isUnresolved, Text, textOf, Value } from '../values/values';

/** Resource types that hold policies of a principal, and where in them the documents are. */
export const IDENTITY_POLICY_TYPES = [
  'AWS::IAM::Group', 'AWS::IAM::GroupPolicy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::RolePolicy',
  'AWS::IAM::User', 'AWS::IAM::UserPolicy',
];

/** One statement of a policy, with everything that was a single value made a list. */
export interface Statement {
  readonly allows: boolean;
  readonly sid?: string;
  readonly actions: readonly Value[];
  readonly notActions: readonly Value[];
  readonly resources: readonly Value[];
  readonly notResources: readonly Value[];
  readonly principals: Value;
  readonly notPrincipals: Value;
  readonly conditions: Value;
  /** The path of the statement in its resource. */
  readonly location: string;
  /** The whole statement is known only at deployment. */
  readonly unresolved: boolean;
}

/** The statements of a principal's own policies that a resource holds: inline ones of a role, or those of a policy resource. */
export function identityStatements(resource: Resource, app: AppModel): readonly Statement[] {
  const cache = app.index('identity statements', () => new Map<string, readonly Statement[]>());
  const known = cache.get(resource.key);
  if (known !== undefined) return known;
  const found = documentsOf(resource).flatMap(([document, location]) => statementsOf(document, location));
  cache.set(resource.key, found);
  return found;
}

/** The statements of a policy document, or of the JSON text of one, in which pointers stay readable as `<logical id.Attribute>`. */
export function statementsOf(document: Value, location: string): readonly Statement[] {
  return alternatives(document).filter((option) => option !== undefined).flatMap((option) => {
    const parsed = typeof option === 'string' || option instanceof Text ? parseObject(textOf(option) ?? '') : option;
    if (isUnresolved(parsed)) return [openStatement(location)];
    return elements(at(parsed, 'Statement')).map((statement, index) => toStatement(statement, `${location}.Statement.${index}`));
  });
}

/** The policies that a role has: inline, attached as policy resources, and managed policies of the same app. */
export function statementsOfRole(role: Resource, app: AppModel): readonly Statement[] {
  return policyHoldersOf(role, app).flatMap((resource) => identityStatements(resource, app));
}

/** The resources that hold the rights of a role: itself, and the policies that are attached to it. */
export function policyHoldersOf(role: Resource, app: AppModel): readonly Resource[] {
  const attached = app.index('policies by role', () => policiesByRole(app));
  return [role, ...attached.get(role.key) ?? []];
}

/** ARNs of managed policies of a role that do not belong to the app: AWS managed ones, and those of other teams. */
export function foreignManagedPolicies(role: Resource, app: AppModel): readonly string[] {
  return role.items('ManagedPolicyArns').filter((arn) => app.target(arn) === undefined).map((arn) => app.describe(arn) ?? '<?>');
}

/** A managed policy that only bounds what roles may do, and gives no right. */
export function isOnlyBoundary(policy: Resource, app: AppModel): boolean {
  if (policy.type !== 'AWS::IAM::ManagedPolicy' || ['Roles', 'Users', 'Groups'].some((list) => policy.items(list).length > 0)) return false;
  const principals = app.ofType('AWS::IAM::Role', 'AWS::IAM::User');
  const boundaries = app.index('permissions boundaries', () => keysOf([
    ...principals.map((one) => one.property('PermissionsBoundary')),
    ...IDENTITY_POLICY_TYPES.flatMap((type) => app.ofType(type)).flatMap((one) => identityStatements(one, app)).flatMap(conditionsOf)
      .filter(({ key }) => /^iam:permissionsboundary$/i.test(key)).flatMap(({ values }) => values), // asked of roles that others make
  ], app));
  const attached = app.index('attached managed policies', () => keysOf(principals.flatMap((one) => one.items('ManagedPolicyArns')), app));
  return boundaries.has(policy.key) && !attached.has(policy.key);
}

/** Whether a principal element lets everybody in. */
export function admitsEverybody(principal: Value): boolean {
  return [...elements(principal), ...elements(at(principal, 'AWS'))].includes('*');
}

function documentsOf(resource: Resource): readonly [Value, string][] {
  const inline = resource.items('Policies').map((policy, index): [Value, string] => (
    [isUnresolved(policy) ? policy : at(policy, 'PolicyDocument'), `Properties.Policies.${index}.PolicyDocument`]));
  return [...inline, [resource.property('PolicyDocument'), 'Properties.PolicyDocument']];
}

function policiesByRole(app: AppModel): Map<string, Resource[]> {
  const table = new Map<string, Resource[]>();
  const add = (role: Resource | undefined, policy: Resource) => {
    if (role === undefined) return;
    const list = table.get(role.key);
    if (list === undefined) table.set(role.key, [policy]);
    else if (!list.includes(policy)) list.push(policy);
  };
  for (const policy of app.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')) {
    for (const role of [...policy.items('Roles'), ...policy.alternatives('RoleName')]) {
      add(resourceMeant(role, app, policy.stackId, 'AWS::IAM::Role'), policy);
    }
  }
  for (const role of app.ofType('AWS::IAM::Role')) {
    for (const arn of role.items('ManagedPolicyArns')) {
      const policy = resourceMeant(arn, app, role.stackId, 'AWS::IAM::ManagedPolicy');
      if (policy !== undefined) add(role, policy);
    }
  }
  return table;
}

function keysOf(values: readonly Value[], app: AppModel): Set<string> {
  return new Set(values.flatMap((value) => app.targets(value)).map((resource) => resource.key));
}

function toStatement(statement: Value, location: string): Statement {
  if (isUnresolved(statement)) return openStatement(location);
  const list = (key: string) => elements(at(statement, key));
  const effects = elements(at(statement, 'Effect'));
  return {
    allows: !effects.every((effect) => effect === 'Deny'),
    sid: textOf(at(statement, 'Sid')),
    actions: list('Action'),
    notActions: list('NotAction'),
    resources: list('Resource'),
    notResources: list('NotResource'),
    principals: at(statement, 'Principal'),
    notPrincipals: at(statement, 'NotPrincipal'),
    conditions: at(statement, 'Condition'),
    location,
    unresolved: false,
  };
}

function openStatement(location: string): Statement {
  return {
    allows: true,
    actions: [],
    notActions: [],
    resources: [],
    notResources: [],
    principals: undefined,
    notPrincipals: undefined,
    conditions: undefined,
    location,
    unresolved: true,
  };
}

/** Conditions of a statement, one by one: operator, key and the values that it accepts. */
export function conditionsOf(statement: Statement): readonly { operator: string; key: string; values: readonly Value[] }[] {
  if (statement.conditions === undefined) return [];
  return entries(statement.conditions).flatMap(([operator, keys]) => (
    entries(keys).map(([key, values]) => ({ operator, key, values: elements(values) }))));
}
