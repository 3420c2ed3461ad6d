import { CfnResource } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnPolicy, CfnRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge, NagPackId } from '../../../core/exceptions/acknowledgement';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { stackPart } from '../../../core/hardening/stack-part';
import { isOwn } from '../../../core/own-part';
import { conditionOf, shareCondition } from '../../../core/values/resource-condition';
import { ROLE_POLICIES } from '../../iam-baseline';

/**
 * How much one policy says, in resources: a managed policy may have 6,144 characters, and an ARN with tokens in it takes a hundred to two hundred,
 * five actions a hundred.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const RESOURCES_MOST = 30;
const ACTIONS_LIKE_A_RESOURCE = 5;

/** A right that something which hardening adds needs, or that it writes in the place of a wider one. */
export interface AddedRight {
  /** Complete actions and resources: wildcards only with a reason. */
  readonly statement: PolicyStatement;
  /** Why the statement stands on `*`. */
  readonly wildcardReason?: string;
}

/** A policy with rights that hardening added, as its one author knows it. */
interface RightsPolicy {
  readonly policy: CfnManagedPolicy | CfnPolicy;
  readonly document: PolicyDocument;
  /** The statements that stand in it, as they were written. */
  readonly statements: Set<string>;
  /** How many of them ask for an id. */
  readonly sids: Map<string, number>;
  readonly reasons: Set<string>;
  /** How much it says, in resources. */
  length: number;
  /** The condition under which it is there. */
  readonly condition: string | undefined;
}

const RIGHTS = Symbol.for('cdk-secure-serverless.added-rights');

/** The resource beside which the policies stand. */
type Holder = CfnResource & { [RIGHTS]?: RightsPolicy[] };

/**
 * Gives the role of a resource a right, in one policy for all that hardening writes for the role: beside the role, or beside the resource where the role
 * lives in another stack, so that no stack waits for the other. Nobody waits for the policy but the resource, since Lambda tries at the deployment of
 * a function what its role may do.
 *
 * | managed policies of the role | the right stands in |
 * |------------------------------|---------------------|
 * | fewer than ten               | a managed policy    |
 * | ten, or nobody knows         | an inline policy    |
 *
 * What is only made under a condition gets its rights in a policy of that condition: they may name what is not there otherwise.
 */
export function allowRole(user: CfnResource, role: CfnRole, right: AddedRight, site: HardeningSite): void {
  const rights = addRight(user, role, right, site);
  user.node.addDependency(rights);
}

/** The same for a resource that must not wait for the policy, because the policy names what is made of the resource. */
export function addRight(user: CfnResource, role: CfnRole, { statement, wildcardReason }: AddedRight, site: HardeningSite): CfnResource {
  const holder: Holder = user.stack === role.stack ? role : user;
  const rights = policyWith(statement, holder, role, conditionOf(user) === undefined ? role : user, site);
  if (wildcardReason !== undefined && !rights.reasons.has(wildcardReason)) {
    rights.reasons.add(wildcardReason);
    acknowledge(rights.policy, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', [...rights.reasons].join(' '));
  }
  return rights.policy;
}

/** The role of a resource, where this app can change it. */
export function ownRole(user: CfnResource, role: unknown, site: HardeningSite): CfnRole | undefined {
  const target = site.target(user, role);
  return target !== undefined && CfnRole.isCfnRole(target) ? target : undefined;
}

/** Functions with one role need much that is the same: what stands in a policy of theirs is not written again. */
function policyWith(statement: PolicyStatement, holder: Holder, role: CfnRole, conditional: CfnResource, site: HardeningSite): RightsPolicy {
  const written = JSON.stringify(statement.toStatementJson());
  const known = holder[RIGHTS]?.find(({ condition, statements }) => condition === conditionOf(conditional) && statements.has(written));
  if (known !== undefined) return known;
  const length = statement.resources.length + statement.notResources.length + Math.ceil(statement.actions.length / ACTIONS_LIKE_A_RESOURCE);
  const rights = policyWithRoom(holder, role, length, conditional, site);
  rights.document.addStatements(statement.copy({ sid: sidIn(rights, statement.sid) }));
  rights.statements.add(written);
  rights.length += length;
  return rights;
}

/** IAM takes no policy in which two statements have one id. */
function sidIn({ sids }: RightsPolicy, sid: string | undefined): string | undefined {
  if (sid === undefined) return undefined;
  const used = (sids.get(sid) ?? 0) + 1;
  sids.set(sid, used);
  return used === 1 ? sid : `${sid}${used}`;
}

function policyWithRoom(holder: Holder, role: CfnRole, length: number, conditional: CfnResource, site: HardeningSite): RightsPolicy {
  const policies = holder[RIGHTS] ??= [];
  const condition = conditionOf(conditional);
  const last = policies.filter((one) => one.condition === condition).pop();
  if (last !== undefined && last.length + length <= RESOURCES_MOST) return last;
  const name = policies.length === 0 ? 'Rights' : `Rights${policies.length + 1}`;
  const document = new PolicyDocument({ minimize: true });
  const isFull = managedPoliciesOf(role, site) + policies.length >= ROLE_POLICIES.usual;
  const policy = stackPart(site, holder, name, (scope, id) => {
    const made = isFull ? inline(scope, id, role, document) : managed(scope, id, role, document);
    shareCondition(conditional, made);
    return made;
  });
  if (isFull) site.learn(policy); // what is inline counts against the room of the role
  const [statements, sids, reasons] = [new Set<string>(), new Map<string, number>(), new Set<string>()];
  const rights = { policy, document, statements, sids, reasons, length: 0, condition };
  policies.push(rights);
  return rights;
}

function managed(scope: Construct, id: string, role: CfnRole, policyDocument: PolicyDocument): CfnManagedPolicy | CfnPolicy {
  return new CfnManagedPolicy(scope, id, { roles: [role.ref], description: 'Exact rights, written by the hardening of this stack', policyDocument });
}

function inline(scope: Construct, id: string, role: CfnRole, policyDocument: PolicyDocument): CfnManagedPolicy | CfnPolicy {
  return new CfnPolicy(scope, id, { roles: [role.ref], policyName: `Hardening${id}`, policyDocument });
}

/** How many managed policies a role has from elsewhere. A list that only the deployment knows counts as full. */
function managedPoliciesOf(role: CfnRole, site: HardeningSite): number {
  const attached = site.once('managed policies of the app by role', () => {
    const table = new Map<CfnResource, number>();
    for (const policy of site.resources('AWS::IAM::ManagedPolicy').filter((one) => !isOwn(one))) {
      for (const one of site.targets(policy, (policy as CfnManagedPolicy).roles)) table.set(one, (table.get(one) ?? 0) + 1);
    }
    return table;
  });
  const named: unknown = site.resolve(role, role.managedPolicyArns) ?? [];
  return Array.isArray(named) ? named.length + (attached.get(role) ?? 0) : ROLE_POLICIES.usual;
}
