import { ArnFormat, Lazy, Stack } from 'aws-cdk-lib';
import { AddToPrincipalPolicyResult, IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import { keyStatements, targetsOf } from './encrypted-targets';
import { KEYLESS_SERVICES, LOG_DELIVERY_ACTIONS, LOG_HANDOVER_KEY_ACTIONS, WORKFLOW_TRACE_ACTIONS } from '../state-machine-baseline';
import { exactStatement, namesKeyOnly } from './task-statement';
import { acknowledge, acknowledgeWildcardResource, NagPackId } from '../../core/exceptions/acknowledgement';
import { sourceConditions } from '../../iam/exact-access';
import { IN_OWN_REGION } from '../../iam/requested-region';
import { ServiceRole } from '../../iam/service-role';

/** What a role for one state machine needs to know about it. */
export interface StateMachineRoleProps {
  /** Says whose role it is, in the IAM console. */
  readonly description: string;
  /** Whether the role may send traces. */
  readonly tracing: boolean;
  /** The key of the machine: the role hands logs over encrypted with it. */
  readonly key?: IKey;
  /** The most that the role may ever do. */
  readonly permissionsBoundary?: IManagedPolicy;
}

/**
 * The role of one state machine: it may set up the delivery of its logs, send traces, and do what its tasks ask for, in exact terms.
 * Only Step Functions of this account and region can assume it. The machine is not named there, since it needs the role to exist.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy
 */
export class StateMachineRole extends ServiceRole {
  /** The functions of this app that the machine calls. */
  public readonly invoked: IConstruct[] = [];
  private readonly services = new Set<string>();
  private readonly throughServices: string[];
  private started: readonly string[] = [];

  constructor(scope: Construct, id: string, props: StateMachineRoleProps) {
    const stack = Stack.of(scope);
    super(scope, id, {
      service: 'states.amazonaws.com',
      description: props.description,
      permissionsBoundary: props.permissionsBoundary,
      trustConditions: sourceConditions(scope, stack.formatArn({
        service: 'states', resource: 'stateMachine', resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      })),
      baseline: baselineStatements(stack, props),
    });
    // One list for all statements, so that equal ones can be merged.
    this.throughServices = Lazy.list({ produce: () => this.callers.map((service) => `${service}.${stack.region}.amazonaws.com`) });
    this.explainWildcards(props.tracing);
  }

  /**
   * Adds what a task or a grant asks for.
   * @throws ConfigurationError [SecureStateMachine.ActionWildcard] when an action is not a complete name
   * @throws ConfigurationError [SecureStateMachine.NotResource] when it names what it does not cover
   */
  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    const exact = exactStatement(this, statement);
    for (const action of exact.statement.actions) this.services.add(action.split(':')[0]);
    if (exact.statement.actions.includes('lambda:InvokeFunction')) this.invoked.push(...targetsOf(exact.statement.resources));
    for (const { resource, reason } of exact.wildcards) acknowledgeWildcardResource(this, resource, reason);
    return super.addToPrincipalPolicy(exact.statement);
  }

  /**
   * Adds what a task asks for. Tasks whose resource is encrypted ask for its key as well, without a condition: the role may use it only
   * through services that it calls, in the same region. Other tasks need keys, and do not ask for them.
   */
  public addTaskStatement(statement: PolicyStatement): void {
    const conditions = { ...statement.conditions, StringEquals: { ...statement.conditions.StringEquals, 'kms:ViaService': this.throughServices } };
    this.addToPrincipalPolicy(namesKeyOnly(statement) ? statement.copy({ conditions }) : statement);
    if (statement.actions.includes('states:StartExecution')) this.started = statement.resources;
    for (const onKey of keyStatements(this, statement, this.started)) this.addToPrincipalPolicy(onKey);
  }

  /** Step Functions itself stands for a role that calls nobody yet: a condition without a value is no condition. */
  private get callers(): string[] {
    const callers = [...this.services].filter((service) => !KEYLESS_SERVICES.includes(service)).sort();
    return callers.length > 0 ? callers : ['states'];
  }

  private explainWildcards(tracing: boolean): void {
    acknowledge(this.baselineHolder, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', [LOGS_REASON, ...tracing ? [TRACES_REASON] : []].join(' '));
  }
}

export const LOGS_REASON = 'The actions with which a state machine sets up the delivery of its logs have no resource-level rights: '
  + 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy.';

export const TRACES_REASON = 'Traces have no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.';

/**
 * Step Functions checks the rights on logs when it makes the machine, so they stand here. With a key of its own a machine hands logs
 * over encrypted, under a context that names CloudWatch Logs of the account.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
function baselineStatements(stack: Stack, { tracing, key }: StateMachineRoleProps): PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'LogDelivery', actions: LOG_DELIVERY_ACTIONS, resources: ['*'] }),
    ...tracing ? [new PolicyStatement({ sid: 'Traces', actions: WORKFLOW_TRACE_ACTIONS, resources: ['*'], conditions: IN_OWN_REGION })] : [],
    ...key === undefined ? [] : [new PolicyStatement({
      sid: 'EncryptedLogs',
      actions: LOG_HANDOVER_KEY_ACTIONS,
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:EncryptionContext:SourceArn': logSource(stack) } },
    })],
  ];
}

/** What log delivery puts into the encryption context. */
export function logSource(stack: Stack): string {
  return stack.formatArn({ service: 'logs', resource: '*' });
}
