import { Annotations } from 'aws-cdk-lib';
import { AddToPrincipalPolicyResult, IManagedPolicy, ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { INLINE_POLICIES_LENGTH, MANAGED_POLICY_LENGTH, ROLE_POLICIES } from './iam-baseline';
import { RightsDocument } from './rights-document';
import { waitForRights } from './role-dependency';
import { refuse } from '../core/configuration-error';
import { SecurityProfile } from '../core/profile/security-profile';

/** Whose role it is, and what it may do from the start. */
export interface ServiceRoleProps {
  /** The service that acts in the role, for example `lambda.amazonaws.com`. */
  readonly service: string;
  /** Says whose role it is, in the IAM console. */
  readonly description: string;
  /** What the role may do from the start. */
  readonly baseline?: readonly PolicyStatement[];
  /**
   * Conditions on who may assume the role. Services that send them take `sourceConditions`, so that another account's use of the service
   * cannot assume it.
   */
  readonly trustConditions?: { readonly [operator: string]: { readonly [key: string]: unknown } };
  /**
   * Whether its rights stand in a customer-managed policy.
   * @default as the profile says
   */
  readonly managedPolicy?: boolean;
  /** The most that the role may ever do, whatever is added to it. */
  readonly permissionsBoundary?: IManagedPolicy;
}

/**
 * What IAM refuses in the description of a role. The paths of constructs, which stand in descriptions, may have it.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
const NOT_IN_DESCRIPTIONS = /[^\t\n\r -~\u00a1-\u00ff]/gu;
const DESCRIPTION_LENGTH = 1000;

/** A policy of the role. */
interface RolePolicy {
  readonly construct: Policy | ManagedPolicy;
  readonly document: RightsDocument;
  /** How long the document may become. */
  readonly limit: number;
}

/**
 * The role in which a service acts for one resource: what is added statement by statement, and no AWS managed policy.
 *
 * | profile's managedPolicies | baseline             | everything added later | what has no room there |
 * |---------------------------|----------------------|------------------------|------------------------|
 * | no                        | inside of the role   | one inline policy      | managed policies       |
 * | yes                       | a managed policy     | the same policy        | managed policies       |
 *
 * Statements are merged explicitly: whether CDK would do it by itself depends on a feature flag.
 */
export class ServiceRole extends Role {
  private readonly rights: RolePolicy[] = [];
  private readonly baseline: RightsDocument;
  private readonly usesManaged: boolean;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    const usesManaged = props.managedPolicy ?? SecurityProfile.of(scope).controls.managedPolicies;
    const baseline = new RightsDocument(props.baseline);
    super(scope, id, {
      assumedBy: new ServicePrincipal(props.service, { conditions: props.trustConditions }),
      description: props.description.replace(NOT_IN_DESCRIPTIONS, '_').slice(0, DESCRIPTION_LENGTH),
      permissionsBoundary: props.permissionsBoundary,
      inlinePolicies: usesManaged || baseline.isEmpty ? undefined : { Baseline: baseline },
    });
    this.usesManaged = usesManaged;
    this.baseline = baseline;
    if (usesManaged && !baseline.isEmpty) this.rights.push(this.managedPolicy('Policy', baseline));
    waitForRights(this);
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    const { construct } = this.policyWithRoom(statement);
    construct.addStatements(statement);
    return { statementAdded: true, policyDependable: construct };
  }

  /** The resource that holds the baseline: acknowledgements about it stand there, so that what somebody adds to the role later still is a finding. */
  protected get baselineHolder(): IConstruct {
    return (this.usesManaged ? this.rights[0]?.construct ?? this : this).node.defaultChild!;
  }

  private policyWithRoom(statement: PolicyStatement): RolePolicy {
    const known = this.rights.find(({ document, limit }) => document.hasRoom(statement, limit));
    if (known !== undefined) return known;
    const policy = this.rights.length > 0 ? this.overflow(this.rights.length) : this.usesManaged ? this.managedPolicy('Policy') : this.inlinePolicy();
    this.rights.push(policy);
    return policy;
  }

  private overflow(count: number): RolePolicy {
    const managed = this.usesManaged ? count + 1 : count;
    if (managed > ROLE_POLICIES.most) {
      refuse(this, {
        code: 'ServiceRole.Rights',
        prop: 'rights',
        must: `must fit into ${ROLE_POLICIES.most} managed policies of ${MANAGED_POLICY_LENGTH} characters, the most that IAM attaches to a role`,
        fix: 'split what acts in the role, or give the rights on a prefix or a path instead of on each resource',
      });
    }
    if (managed === ROLE_POLICIES.usual + 1) {
      Annotations.of(this).addWarningV2('cdk-secure-serverless:RolePolicies',
        `The rights of this role take more than ${ROLE_POLICIES.usual} managed policies, the quota of IAM for a role. Ask AWS for more, or split what acts in the role.`);
    }
    return this.managedPolicy(`OverflowPolicy${count}`);
  }

  private managedPolicy(id: string, document = new RightsDocument()): RolePolicy {
    return { construct: new ManagedPolicy(this, id, { roles: [this], document }), document, limit: MANAGED_POLICY_LENGTH };
  }

  private inlinePolicy(): RolePolicy {
    const document = new RightsDocument();
    const construct = new Policy(this, 'DefaultPolicy', { document });
    this.attachInlinePolicy(construct);
    return { construct, document, limit: INLINE_POLICIES_LENGTH['AWS::IAM::Role'] - (this.baseline.isEmpty ? 0 : this.baseline.length) };
  }
}
