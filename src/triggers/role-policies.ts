import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnPolicy, CfnRole, CfnRolePolicy, IRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { flattenReference } from '../core/values/flatten-reference';

/** A statement as it is rendered. */
export interface StatementJson {
  readonly Effect: string;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** A statement, and the resource that holds it. */
export interface HeldStatement {
  readonly statement: StatementJson;
  readonly holder: IConstruct;
}

type PolicyResource = CfnManagedPolicy | CfnPolicy | CfnRolePolicy;

type PolicyIndex = ReadonlyMap<Stack, StackPolicies>;

/** The policies of one stack by the names of their roles as the stack writes them, and what else has names there. */
interface StackPolicies {
  readonly byRole: Map<string, PolicyResource[]>;
  /** Those of roles of other stacks. */
  readonly foreign: Map<string, PolicyResource[]>;
  readonly managed: Map<string, CfnManagedPolicy>;
  readonly roles: Set<string>;
}

/** What stands in a template by its plain name is not what another stack refers to: that is an import, a parameter or an output. */
const ROLE_NAME = /^[\w+=,.@-]*$/;

const INDEX = Symbol.for('cdk-secure-serverless.policies');

/**
 * Every statement of a role of the app: inside of it, and in policies attached to it anywhere in the app. References between stacks must
 * be final: this is for validations.
 */
export function statementsOf(role: IRole): HeldStatement[] {
  const resource = role.node.defaultChild;
  if (resource === undefined || !CfnRole.isCfnRole(resource)) return [];
  const home = Stack.of(resource);
  const inline = (home.resolve(resource.policies) ?? []) as { readonly policyDocument?: unknown }[];
  const stacks = indexOf(resource);
  const holders = [...[...stacks].flatMap(([stack, policies]) => attached(stack, policies, resource)), ...named(resource, stacks)];
  return [
    ...inline.flatMap(({ policyDocument }) => statementsIn(resource, policyDocument)),
    ...[...new Set(holders)].flatMap((policy) => statementsIn(policy, Stack.of(policy).resolve(policy.policyDocument))),
  ];
}

/** Policies that name the role. A stack that does not know the role would write it like a role of its own with the same logical id. */
function attached(stack: Stack, { byRole, foreign }: StackPolicies, role: CfnRole): readonly PolicyResource[] {
  if (stack === Stack.of(role)) return byRole.get(pointerTo(role)) ?? [];
  return foreign.size === 0 ? [] : foreign.get(text(stack, role.ref)) ?? [];
}

/** Managed policies that the role names: those of its own stack by what it calls them, others only if none there is called so. */
function named(role: CfnRole, stacks: PolicyIndex): readonly PolicyResource[] {
  const home = Stack.of(role);
  const { managed } = stacks.get(home)!;
  const arns = ((home.resolve(role.managedPolicyArns) ?? []) as unknown[]).map(flattenReference);
  const elsewhere = arns.filter((arn) => !managed.has(arn));
  return [
    ...arns.flatMap((arn) => managed.get(arn) ?? []),
    ...elsewhere.length === 0 ? [] : [...stacks.values()].filter((policies) => policies.managed !== managed)
      .flatMap((policies) => [...policies.managed.values()]).filter((policy) => elsewhere.includes(text(home, policy.ref))),
  ];
}

function statementsIn(holder: IConstruct, document: unknown): HeldStatement[] {
  const statements = (document as { Statement?: unknown } | undefined)?.Statement ?? [];
  return [statements].flat().map((statement) => ({ statement: statement as StatementJson, holder }));
}

/**
 * Kept at the root, since each function of an app asks: looking through the app once for each of them would take the square of its size.
 * A role that is not in it was made later, so it is made again.
 */
function indexOf(role: CfnRole): PolicyIndex {
  const { root } = role.node;
  const holder = root as IConstruct & { [INDEX]?: PolicyIndex };
  const seen = holder[INDEX]?.get(Stack.of(role))?.roles.has(pointerTo(role)) === true;
  if (!seen) Object.defineProperty(holder, INDEX, { value: collect(root), configurable: true });
  return holder[INDEX]!;
}

function collect(root: IConstruct): PolicyIndex {
  const stacks = new Map<Stack, StackPolicies>();
  for (const node of root.node.findAll()) {
    if (!CfnResource.isCfnResource(node) || !node.cfnResourceType.startsWith('AWS::IAM::')) continue;
    if (CfnRole.isCfnRole(node)) policiesOf(stacks, node).roles.add(pointerTo(node));
    if (CfnManagedPolicy.isCfnManagedPolicy(node)) policiesOf(stacks, node).managed.set(pointerTo(node), node);
    if (CfnManagedPolicy.isCfnManagedPolicy(node) || CfnPolicy.isCfnPolicy(node)) addByRole(stacks, node, node.roles);
    if (CfnRolePolicy.isCfnRolePolicy(node)) addByRole(stacks, node, [node.roleName]);
  }
  for (const { byRole, foreign, roles } of stacks.values()) {
    for (const [name, policies] of byRole) if (!roles.has(name) && !ROLE_NAME.test(name)) foreign.set(name, policies);
  }
  return stacks;
}

function addByRole(stacks: Map<Stack, StackPolicies>, policy: PolicyResource, roles: unknown): void {
  const { byRole } = policiesOf(stacks, policy);
  for (const role of (Stack.of(policy).resolve(roles) ?? []) as unknown[]) {
    const name = flattenReference(role);
    byRole.set(name, [...byRole.get(name) ?? [], policy]);
  }
}

function policiesOf(stacks: Map<Stack, StackPolicies>, node: IConstruct): StackPolicies {
  const stack = Stack.of(node);
  const known = stacks.get(stack);
  if (known !== undefined) return known;
  const made: StackPolicies = { byRole: new Map(), foreign: new Map(), managed: new Map(), roles: new Set() };
  stacks.set(stack, made);
  return made;
}

/** How a resource's own stack writes a reference to it. */
function pointerTo(resource: CfnResource): string {
  return `<${Stack.of(resource).resolve(resource.logicalId)}>`;
}

function text(stack: Stack, value: unknown): string {
  return flattenReference(stack.resolve(value));
}
