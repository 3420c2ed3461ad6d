import { CfnResource } from 'aws-cdk-lib';
import { CfnRole, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { LOG_DELIVERY_ACTIONS, LOG_DELIVERY_KEY_ACTIONS, LOG_HANDOVER_KEY_ACTIONS, WORKFLOW_TRACE_ACTIONS } from '../state-machine-baseline';
import { logSource, LOGS_REASON, TRACES_REASON } from './state-machine-role';
import { acknowledge, NagPackId } from '../../core/exceptions/acknowledgement';
import { hardeningPart } from '../../core/hardening/hardening-part';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf } from '../../core/hardening/nested-value';
import { allowServiceToUseKey } from '../../core/keys/key-service';
import { ROLE_POLICIES } from '../../iam/iam-baseline';
import { IN_OWN_REGION } from '../../iam/requested-region';

/** What a state machine of an author gets rights for. */
export type MachineRight = 'logs' | 'traces';

const STATEMENTS: { readonly [right in MachineRight]: { readonly sid: string; readonly actions: string[] } } = {
  logs: { sid: 'LogDelivery', actions: LOG_DELIVERY_ACTIONS },
  traces: { sid: 'Traces', actions: WORKFLOW_TRACE_ACTIONS },
};

/** The role of a machine, where it is one of the app that can take another policy. */
export function extensibleRole(machine: CfnStateMachine, site: HardeningSite): CfnRole | undefined {
  const role = site.target(machine, machine.roleArn);
  if (role?.cfnResourceType !== 'AWS::IAM::Role') return undefined;
  const policies = site.resolve(role, (role as CfnRole).managedPolicyArns);
  return (Array.isArray(policies) ? policies.length : 0) < ROLE_POLICIES.usual ? role as CfnRole : undefined;
}

/**
 * Gives the role of a machine what logs or traces need: in one managed policy for all machines with this role. The machine waits for it, since
 * Step Functions tries the rights on logs before it takes the setting.
 */
export function allowMachine(machine: CfnStateMachine, right: MachineRight, site: HardeningSite): void {
  const role = extensibleRole(machine, site)!;
  const policy = policyOf(machine, site);
  const { Statement: given } = (policy.document.toJSON() ?? { Statement: [] }) as { readonly Statement: readonly { readonly Sid?: string }[] };
  const statement = statementFor(right, machine.stack.region === role.stack.region);
  if (!given.some(({ Sid }) => Sid === statement.sid)) policy.addStatements(statement);
  machine.addResourceDependency(policy.node.defaultChild as CfnResource);
}

/** What is known of the key with which a machine encrypts its data. */
interface MachineKey {
  /** The key, where the app can let others use it. */
  readonly key?: IKey;
  /** The machine has a key that the app cannot open. */
  readonly closed: boolean;
}

/** A key of another stack would tie the stacks to each other; that of an L1 has a policy that nobody stands for. */
export function keyOfMachine(machine: CfnStateMachine, site: HardeningSite): MachineKey {
  const named = site.overrideOf(machine, 'EncryptionConfiguration') ?? fieldOf(site, machine, machine.encryptionConfiguration, 'kmsKeyId');
  if (named === undefined) return { closed: false };
  const key = site.target(machine, machine.encryptionConfiguration);
  const owner = key?.cfnResourceType === 'AWS::KMS::Key' && key.stack === machine.stack ? site.ownerOf(key) as Partial<IKey> : undefined;
  const isOpen = owner?.addToResourcePolicy !== undefined && extensibleRole(machine, site)?.stack === machine.stack;
  return isOpen ? { key: owner as IKey, closed: false } : { closed: true };
}

/**
 * A machine with a key of its own hands logs over encrypted: its role makes the key for them, and log delivery opens them.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
export function allowEncryptedLogs(machine: CfnStateMachine, site: HardeningSite): void {
  const { key } = keyOfMachine(machine, site);
  if (key === undefined) return;
  const source = logSource(machine.stack);
  policyOf(machine, site).addStatements(new PolicyStatement({
    actions: LOG_HANDOVER_KEY_ACTIONS, resources: [key.keyArn], conditions: { StringEquals: { 'kms:EncryptionContext:SourceArn': source } },
  }));
  allowServiceToUseKey(machine, key, {
    sid: 'StateMachineLogDelivery',
    service: 'delivery.logs.amazonaws.com',
    actions: LOG_DELIVERY_KEY_ACTIONS,
    conditions: { StringLike: { 'kms:EncryptionContext:SourceArn': source } },
  });
}

/** Traces stay in the region of the policy, unless the machine is in another one. */
function statementFor(right: MachineRight, inOwnRegion: boolean): PolicyStatement {
  const { sid, actions } = STATEMENTS[right];
  if (right === 'logs') return new PolicyStatement({ sid, actions: [...actions], resources: ['*'] });
  return inOwnRegion
    ? new PolicyStatement({ sid, actions: [...actions], resources: ['*'], conditions: IN_OWN_REGION })
    : new PolicyStatement({ sid: `${sid}Elsewhere`, actions: [...actions], resources: ['*'] });
}

function policyOf(machine: CfnStateMachine, site: HardeningSite): ManagedPolicy {
  const role = extensibleRole(machine, site)!;
  return hardeningPart(site, role, 'WorkflowPolicy', (scope, id) => makePolicy(scope, id, role));
}

function makePolicy(scope: Construct, id: string, role: CfnRole): ManagedPolicy {
  const policy = new ManagedPolicy(scope, id, {
    description: 'Lets state machines deliver their logs and send traces',
    roles: [Role.fromRoleName(scope, `${id}Role`, role.ref)],
  });
  acknowledge(policy.node.defaultChild!, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', `${LOGS_REASON} ${TRACES_REASON}`);
  return policy;
}
