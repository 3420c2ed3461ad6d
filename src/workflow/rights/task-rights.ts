import {
  AddToPrincipalPolicyResult, IGrantable, IPrincipal, IRole, ManagedPolicy, Policy, PolicyDocument, PolicyStatement, PrincipalPolicyFragment,
} from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { StateMachineRole } from './state-machine-role';
import { SecurityProfile } from '../../core/profile/security-profile';

/**
 * Rights on a machine for a function that the machine calls: to answer its task, for example. The machine waits for the function, and CDK
 * makes the function wait for the policy of its role; with the machine in that policy nothing could be deployed. So the rights stand in a
 * policy of their own, made after both.
 */
export class TaskRights extends Construct implements IPrincipal {
  /** Who takes rights on the machine: the grantee, or these rights where its own policy would close a circle. */
  public static for(machine: StateMachine, grantee: IGrantable): IGrantable {
    const { grantPrincipal } = grantee;
    if (!calls(machine, grantPrincipal)) return grantee;
    const role = grantPrincipal as IRole;
    const id = `TaskRights${role.node.addr.slice(-8)}`;
    return machine.node.tryFindChild(id) as TaskRights | undefined ?? new TaskRights(machine, id, role);
  }

  public readonly grantPrincipal: IPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly policyFragment: PrincipalPolicyFragment;
  public readonly principalAccount?: string;
  private readonly policy: Policy | ManagedPolicy;

  private constructor(scope: Construct, id: string, role: IRole) {
    super(scope, id);
    this.assumeRoleAction = role.assumeRoleAction;
    this.policyFragment = role.policyFragment;
    this.principalAccount = role.principalAccount;
    const props = { roles: [role], document: new PolicyDocument({ minimize: true }) };
    const { managedPolicies } = SecurityProfile.of(this).controls;
    this.policy = managedPolicies ? new ManagedPolicy(this, 'Policy', props) : new Policy(this, 'Policy', props);
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }

  public addToPolicy(statement: PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }
}

/** Aliases and versions lead to their function, which waits for its role all the same. */
function calls(machine: StateMachine, principal: IPrincipal): boolean {
  return (machine.role as StateMachineRole).invoked.some(({ node: { scope } }) => {
    const callee = scope as Partial<IFunction> & { readonly lambda?: IFunction };
    return (callee.lambda ?? callee).grantPrincipal === principal;
  });
}
