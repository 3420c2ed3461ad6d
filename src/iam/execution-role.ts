import {
  AddToPrincipalPolicyResult, IManagedPolicy, ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_WRITE_ACTIONS, TRACE_WRITE_ACTIONS } from './iam-baseline';
import { acknowledge, NagPackId } from '../core/acknowledgement';
import { SecurityProfile } from '../core/security-profile';

/** What a role for one function needs to know about it. */
export interface ExecutionRoleProps {
  /** Says whose role it is, in the IAM console. */
  readonly description: string;
  /** The only log group that the role may write to. The right to create groups is withheld, or a deleted group would come back unencrypted. */
  readonly logGroup: ILogGroup;
  /** Whether the role may send traces. X-Ray knows no resources, so this right stands on `*`, apart from all others. */
  readonly tracing: boolean;
  /** The most that the role may ever do, whatever is added to it. */
  readonly permissionsBoundary?: IManagedPolicy;
}

/**
 * The role of one function: it may write its own logs and traces, and what is added statement by statement; no AWS managed policy.
 *
 * | profile's managedPolicies | logs and traces          | everything added later       |
 * |---------------------------|--------------------------|------------------------------|
 * | no                        | inside of the role       | CDK's inline default policy  |
 * | yes                       | the one managed policy   | the one managed policy       |
 */
export class ExecutionRole extends Role {
  private readonly managed?: ManagedPolicy;

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    const managed = SecurityProfile.of(scope).controls.managedPolicies;
    const baseline = baselineStatements(props);
    super(scope, id, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
      permissionsBoundary: props.permissionsBoundary,
      inlinePolicies: managed ? undefined : { LogsAndTraces: new PolicyDocument({ statements: baseline }) },
    });
    if (managed) {
      this.managed = new ManagedPolicy(this, 'Policy', { roles: [this], statements: baseline });
    }
    if (props.tracing) this.explainTraces();
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    if (this.managed === undefined) return super.addToPrincipalPolicy(statement);
    this.managed.addStatements(statement);
    return { statementAdded: true, policyDependable: this.managed };
  }

  private explainTraces(): void {
    const reason = 'xray:PutTraceSegments and xray:PutTelemetryRecords have no resource-level rights: '
      + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html';
    acknowledge((this.managed ?? this).node.defaultChild!, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', reason);
    if (this.managed === undefined) acknowledge(this.node.defaultChild!, NagPackId.SERVERLESS, 'LambdaStarPermissions', reason);
  }
}

function baselineStatements(props: ExecutionRoleProps): PolicyStatement[] {
  const logs = new PolicyStatement({ sid: 'OwnLogs', actions: LOG_WRITE_ACTIONS, resources: [props.logGroup.logGroupArn] });
  const traces = new PolicyStatement({ sid: 'Traces', actions: TRACE_WRITE_ACTIONS, resources: ['*'] });
  return props.tracing ? [logs, traces] : [logs];
}
