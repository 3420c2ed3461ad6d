import {
  AddToPrincipalPolicyResult, Effect, IManagedPolicy, ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_WRITE_ACTIONS, NETWORK_INTERFACE_ACTIONS, TRACE_WRITE_ACTIONS } from './iam-baseline';
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
  /** Whether Lambda must attach the function to a network in the name of the role. The interfaces do not exist before, so this right stands on `*` too. */
  readonly network?: boolean;
  /** The most that the role may ever do, whatever is added to it. */
  readonly permissionsBoundary?: IManagedPolicy;
}

/**
 * The role of one function: it may write its own logs and traces, and what is added statement by statement; no AWS managed policy.
 *
 * | profile's managedPolicies | logs, traces, network    | everything added later       |
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
      inlinePolicies: managed ? undefined : { Baseline: new PolicyDocument({ statements: baseline }) },
    });
    if (managed) {
      this.managed = new ManagedPolicy(this, 'Policy', { roles: [this], statements: baseline });
    }
    this.explainWildcards(props);
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    if (this.managed === undefined) return super.addToPrincipalPolicy(statement);
    this.managed.addStatements(statement);
    return { statementAdded: true, policyDependable: this.managed };
  }

  /** On the resource that holds these statements, so that a `*` that somebody adds to the role later still is a finding. */
  private explainWildcards(props: ExecutionRoleProps): void {
    const reasons = [...props.tracing ? [TRACES_REASON] : [], ...props.network === true ? [NETWORK_REASON] : []];
    if (reasons.length === 0) return;
    acknowledge((this.managed ?? this).node.defaultChild!, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', reasons.join(' '));
    if (this.managed === undefined) acknowledge(this.node.defaultChild!, NagPackId.SERVERLESS, 'LambdaStarPermissions', reasons.join(' '));
  }
}

const TRACES_REASON = 'xray:PutTraceSegments and xray:PutTelemetryRecords have no resource-level rights: '
  + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.';

const NETWORK_REASON = 'Lambda attaches functions to a network with ec2 actions on network interfaces that do not exist before; '
  + 'the code of the function itself is denied them: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html.';

/**
 * Lambda uses the network's rights in the name of the role; calls that come from the function's own code carry the ARN of the function
 * and are denied.
 */
function baselineStatements(props: ExecutionRoleProps): PolicyStatement[] {
  const statements = [new PolicyStatement({ sid: 'OwnLogs', actions: LOG_WRITE_ACTIONS, resources: [props.logGroup.logGroupArn] })];
  if (props.tracing) statements.push(new PolicyStatement({ sid: 'Traces', actions: TRACE_WRITE_ACTIONS, resources: ['*'] }));
  if (props.network === true) {
    const ofNetwork = { actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] };
    statements.push(new PolicyStatement({ sid: 'NetworkInterfaces', ...ofNetwork }), new PolicyStatement({
      sid: 'NetworkInterfacesOnlyByLambda', effect: Effect.DENY, ...ofNetwork, conditions: { Null: { 'lambda:SourceFunctionArn': 'false' } },
    }));
  }
  return statements;
}
