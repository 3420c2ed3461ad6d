import {
  AddToPrincipalPolicyResult, IManagedPolicy, ManagedPolicy, Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { waitForRights } from './role-dependency';
import { SecurityProfile } from '../core/security-profile';

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
 * The role in which a service acts for one resource: what is added statement by statement, and no AWS managed policy.
 *
 * | profile's managedPolicies | baseline                 | everything added later       |
 * |---------------------------|--------------------------|------------------------------|
 * | no                        | inside of the role       | one inline policy            |
 * | yes                       | the one managed policy   | the one managed policy       |
 *
 * Statements are merged explicitly: whether CDK would do it by itself depends on a feature flag.
 */
export class ServiceRole extends Role {
  private managed?: ManagedPolicy;
  private inline?: Policy;
  private readonly usesManaged: boolean;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    const usesManaged = props.managedPolicy ?? SecurityProfile.of(scope).controls.managedPolicies;
    const statements = [...props.baseline ?? []];
    super(scope, id, {
      assumedBy: new ServicePrincipal(props.service, { conditions: props.trustConditions }),
      description: props.description,
      permissionsBoundary: props.permissionsBoundary,
      inlinePolicies: usesManaged || statements.length === 0 ? undefined : { Baseline: new PolicyDocument({ statements, minimize: true }) },
    });
    this.usesManaged = usesManaged;
    if (usesManaged && statements.length > 0) this.managed = this.managedPolicy(statements);
    waitForRights(this);
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    const policy = this.policy();
    policy.addStatements(statement);
    return { statementAdded: true, policyDependable: policy };
  }

  /** The resource that holds the baseline: acknowledgements about it stand there, so that what somebody adds to the role later still is a finding. */
  protected get baselineHolder(): IConstruct {
    return (this.managed ?? this).node.defaultChild!;
  }

  private policy(): Policy | ManagedPolicy {
    if (this.usesManaged) return this.managed ??= this.managedPolicy([]);
    return this.inline ??= this.inlinePolicy();
  }

  private managedPolicy(statements: PolicyStatement[]): ManagedPolicy {
    return new ManagedPolicy(this, 'Policy', { roles: [this], document: new PolicyDocument({ statements, minimize: true }) });
  }

  private inlinePolicy(): Policy {
    const policy = new Policy(this, 'DefaultPolicy', { document: new PolicyDocument({ minimize: true }) });
    this.attachInlinePolicy(policy);
    return policy;
  }
}
