import { CfnResource } from 'aws-cdk-lib';
import { CfnRole, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { LOG_DELIVERY_ACTIONS, WORKFLOW_TRACE_ACTIONS } from './state-machine-baseline';
import { LOGS_REASON, TRACES_REASON } from './state-machine-role';
import { acknowledge, NagPackId } from '../core/acknowledgement';
import { hardeningPart } from '../core/hardening/hardening-part';
import { HardeningSite } from '../core/hardening/hardening-site';
import { IN_OWN_REGION } from '../iam/requested-region';

/** What a state machine of an author gets rights for. */
export type MachineRight = 'logs' | 'traces';

/** AWS takes ten policies for a role unless the account has a higher quota. */
const MOST_POLICIES = 10;

const STATEMENTS: { readonly [right in MachineRight]: { readonly sid: string; readonly actions: string[] } } = {
  logs: { sid: 'LogDelivery', actions: LOG_DELIVERY_ACTIONS },
  traces: { sid: 'Traces', actions: WORKFLOW_TRACE_ACTIONS },
};

/** The role of a machine, where it is one of the app that can take another policy. */
export function extensibleRole(machine: CfnStateMachine, site: HardeningSite): CfnRole | undefined {
  const role = site.target(machine, machine.roleArn);
  if (role?.cfnResourceType !== 'AWS::IAM::Role') return undefined;
  const policies = site.resolve(role, (role as CfnRole).managedPolicyArns);
  return (Array.isArray(policies) ? policies.length : 0) < MOST_POLICIES ? role as CfnRole : undefined;
}

/**
 * Gives the role of a machine what logs or traces need: in one managed policy for all machines with this role. The machine waits for it, since
 * Step Functions tries the rights on logs before it takes the setting.
 */
export function allowMachine(machine: CfnStateMachine, right: MachineRight, site: HardeningSite): void {
  const role = extensibleRole(machine, site)!;
  const policy = hardeningPart(site, role, 'WorkflowPolicy', (scope, id) => makePolicy(scope, id, role));
  const { Statement: given } = (policy.document.toJSON() ?? { Statement: [] }) as { readonly Statement: readonly { readonly Sid?: string }[] };
  const statement = statementFor(right, machine.stack.region === role.stack.region);
  if (!given.some(({ Sid }) => Sid === statement.sid)) policy.addStatements(statement);
  machine.addResourceDependency(policy.node.defaultChild as CfnResource);
}

/** Traces stay in the region of the policy, unless the machine is in another one. */
function statementFor(right: MachineRight, inOwnRegion: boolean): PolicyStatement {
  const { sid, actions } = STATEMENTS[right];
  if (right === 'logs') return new PolicyStatement({ sid, actions: [...actions], resources: ['*'] });
  return inOwnRegion
    ? new PolicyStatement({ sid, actions: [...actions], resources: ['*'], conditions: IN_OWN_REGION })
    : new PolicyStatement({ sid: `${sid}Elsewhere`, actions: [...actions], resources: ['*'] });
}

function makePolicy(scope: Construct, id: string, role: CfnRole): ManagedPolicy {
  const policy = new ManagedPolicy(scope, id, {
    description: 'Lets state machines deliver their logs and send traces',
    roles: [Role.fromRoleName(scope, `${id}Role`, role.ref)],
  });
  acknowledge(policy.node.defaultChild!, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', `${LOGS_REASON} ${TRACES_REASON}`);
  return policy;
}
