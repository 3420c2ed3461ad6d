import { CfnResource, IResolvable, Token } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';

/** A document with the rights of a principal, where it stands in a resource. */
export interface IdentityDocument {
  readonly resource: CfnResource;
  /** The property as CloudFormation names it. */
  readonly property: string;
  /** The document as the resource has it, tokens included. */
  readonly read: () => unknown;
  readonly write: (document: IResolvable) => void;
}

/** Resources that are one document, and those that hold several. */
type Policy = CfnResource & Pick<CfnPolicy, 'policyDocument'>;
type Holder = CfnResource & Pick<CfnRole, 'policies'>;

/** Types of principals: their documents are elements of a list. */
export const HOLDER_TYPES: readonly string[] = ['AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::User'];

/** Types of policies that belong to one or several principals, and count as theirs. */
export const INLINE_POLICY_TYPES: readonly string[] = [
  'AWS::IAM::GroupPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy',
];

export const MANAGED_POLICY_TYPE = 'AWS::IAM::ManagedPolicy';

/** The documents that a resource with rights holds. A list that is known only at deployment has none that could be read. */
export function documentsOf(resource: CfnResource): readonly IdentityDocument[] {
  if (!HOLDER_TYPES.includes(resource.cfnResourceType)) return (resource as Policy).policyDocument === undefined ? [] : [single(resource as Policy)];
  const { policies } = resource as Holder;
  if (policies === undefined || Token.isUnresolved(policies)) return [];
  return (policies as readonly unknown[]).flatMap((policy, index) => (Token.isUnresolved(policy) ? [] : [element(resource as Holder, index)]));
}

function single(policy: Policy): IdentityDocument {
  return {
    resource: policy,
    property: 'PolicyDocument',
    read: (): unknown => policy.policyDocument,
    write: (document) => { policy.policyDocument = document; },
  };
}

function element(holder: Holder, index: number): IdentityDocument {
  const list = () => holder.policies as CfnRole.PolicyProperty[];
  return {
    resource: holder,
    property: `Policies.${index}.PolicyDocument`,
    read: (): unknown => list()[index].policyDocument,
    write: (policyDocument) => { holder.policies = list().map((policy, at) => (at === index ? { ...policy, policyDocument } : policy)); },
  };
}
