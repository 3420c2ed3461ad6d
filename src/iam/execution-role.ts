import { IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOG_WRITE_ACTIONS, TRACE_WRITE_ACTIONS } from './iam-baseline';
import { NETWORK_REASON, networkDenial, networkStatement } from './network-statements';
import { IN_OWN_REGION } from './requested-region';
import { ServiceRole } from './service-role';
import { acknowledge, NagPackId } from '../core/exceptions/acknowledgement';

/** What a role for one function needs to know about it. */
export interface ExecutionRoleProps {
  /** Says whose role it is, in the IAM console. */
  readonly description: string;
  /** The only log group that the role may write to. The right to create groups is withheld, or a deleted group would come back unencrypted. */
  readonly logGroup: ILogGroup;
  /** Whether the role may send traces. X-Ray knows no resources, so this right stands on `*` in the region of the stack, apart from all others. */
  readonly tracing: boolean;
  /** Whether Lambda must attach the function to a network in the name of the role. The interfaces do not exist before, so this right stands on `*` too. */
  readonly network?: boolean;
  /** The most that the role may ever do, whatever is added to it. */
  readonly permissionsBoundary?: IManagedPolicy;
}

/** The role of one function: it may write its own logs and traces, and what is added statement by statement; no AWS managed policy. */
export class ExecutionRole extends ServiceRole {
  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id, {
      service: 'lambda.amazonaws.com',
      description: props.description,
      permissionsBoundary: props.permissionsBoundary,
      baseline: baselineStatements(props),
    });
    this.explainWildcards(props);
  }

  private explainWildcards(props: ExecutionRoleProps): void {
    const reasons = [...props.tracing ? [TRACES_REASON] : [], ...props.network === true ? [NETWORK_REASON] : []];
    if (reasons.length === 0) return;
    acknowledge(this.baselineHolder, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', reasons.join(' '));
    if (this.baselineHolder === this.node.defaultChild) acknowledge(this.baselineHolder, NagPackId.SERVERLESS, 'LambdaStarPermissions', reasons.join(' '));
  }
}

export const TRACES_REASON = 'xray:PutTraceSegments and xray:PutTelemetryRecords have no resource-level rights: '
  + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.';

function baselineStatements(props: ExecutionRoleProps): PolicyStatement[] {
  const statements = [new PolicyStatement({ sid: 'OwnLogs', actions: LOG_WRITE_ACTIONS, resources: [props.logGroup.logGroupArn] })];
  if (props.tracing) {
    statements.push(new PolicyStatement({ sid: 'Traces', actions: TRACE_WRITE_ACTIONS, resources: ['*'], conditions: IN_OWN_REGION }));
  }
  if (props.network === true) statements.push(networkStatement(), networkDenial());
  return statements;
}
