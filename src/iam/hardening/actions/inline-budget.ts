import { CfnResource } from 'aws-cdk-lib';
import { CfnGroupPolicy, CfnPolicy, CfnRolePolicy, CfnUserPolicy } from 'aws-cdk-lib/aws-iam';
import { ExactActions } from './exact-actions';
import { sizeOf } from './policy-size';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { INLINE_POLICIES_LENGTH, MANAGED_POLICY_LENGTH } from '../../iam-baseline';
import { isExact, statementsIn } from '../documents/document-statements';
import { documentsOf, HOLDER_TYPES, IdentityDocument, INLINE_POLICY_TYPES, MANAGED_POLICY_TYPE } from '../documents/identity-documents';

const INLINE_LIMITS: { readonly [holder: string]: number } = INLINE_POLICIES_LENGTH;

/** The smallest limit of a principal that is not of this app: nobody knows what else it has. */
const FOREIGN_LIMIT = INLINE_LIMITS['AWS::IAM::User'];

/** How long a document may become, besides what its principals have already. */
export function roomFor(document: IdentityDocument, site: HardeningSite): number {
  const { resource } = document;
  if (resource.cfnResourceType === MANAGED_POLICY_TYPE) return MANAGED_POLICY_LENGTH;
  const holders = HOLDER_TYPES.includes(resource.cfnResourceType) ? [resource] : holdersOf(resource, site);
  return holders.length === 0 ? FOREIGN_LIMIT : Math.min(...holders.map((holder) => {
    const others = [holder, ...policiesOf(holder, site)].filter(({ cfnResourceType }) => cfnResourceType !== MANAGED_POLICY_TYPE).flatMap(documentsOf)
      .filter((one) => one.resource !== resource || one.property !== document.property);
    return INLINE_LIMITS[holder.cfnResourceType] - others.reduce((sum, one) => sum + sizeNow(one, site), 0);
  }));
}

function sizeNow({ resource, read }: IdentityDocument, site: HardeningSite): number {
  const document = read();
  const statements = (site.resolve(resource, statementsIn(document, resource, site)) ?? []) as readonly RenderedStatement[];
  const exact = ExactActions.of(site);
  return sizeOf({ Version: '2012-10-17', Statement: isExact(document) ? statements.map((one) => exact.in(one, () => undefined)) : statements });
}

/** The policies of the app that are attached to a principal by what they say of themselves. */
export function policiesOf(holder: CfnResource, site: HardeningSite): readonly CfnResource[] {
  return attachments(site).policies.get(holder) ?? [];
}

/** The principals of the app that a policy says it is for. */
export function holdersOf(policy: CfnResource, site: HardeningSite): readonly CfnResource[] {
  return attachments(site).holders.get(policy) ?? namedBy(policy, site);
}

interface Attachments {
  readonly policies: ReadonlyMap<CfnResource, readonly CfnResource[]>;
  readonly holders: ReadonlyMap<CfnResource, readonly CfnResource[]>;
}

function attachments(site: HardeningSite): Attachments {
  return site.once('policies and their principals', () => {
    const policies = new Map<CfnResource, CfnResource[]>();
    const all = [...INLINE_POLICY_TYPES, MANAGED_POLICY_TYPE].flatMap((type) => site.resources(type));
    const holders = new Map(all.map((policy) => [policy, namedBy(policy, site)] as const));
    for (const [policy, named] of holders) for (const holder of named) policies.set(holder, [...policies.get(holder) ?? [], policy]);
    return { policies, holders };
  });
}

function namedBy(policy: CfnResource, site: HardeningSite): readonly CfnResource[] {
  const { groups, roles, users } = policy as CfnPolicy;
  const names: readonly unknown[] = [
    groups, roles, users, (policy as CfnGroupPolicy).groupName, (policy as CfnRolePolicy).roleName, (policy as CfnUserPolicy).userName,
  ];
  return names.flatMap((name) => site.targets(policy, name)).filter(({ cfnResourceType }) => HOLDER_TYPES.includes(cfnResourceType));
}
