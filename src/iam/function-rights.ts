import { CfnResource } from 'aws-cdk-lib';
import { CfnManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LOG_WRITE_ACTIONS, SAMPLING_ACTIONS, TRACE_WRITE_ACTIONS } from './iam-baseline';
import { NETWORK_REASON, networkDenial, networkStatement, SHARED_NETWORK_REASON } from './network-statements';
import { acknowledge, acknowledgeWildcardResource, NagPackId } from '../core/acknowledgement';
import { FunctionLogs } from '../core/hardening/function-log-group';

/** What the functions with one role need of it, apart from what their authors gave them. */
export interface FunctionRights {
  readonly logs: readonly FunctionLogs[];
  /** Lambda attaches them to a network. */
  readonly network: boolean;
  /** The functions' own code is denied what Lambda does in the network with the role: nobody else gave it rights of that kind. */
  readonly networkOnlyByLambda: boolean;
  readonly traces: boolean;
  /** The extension for Lambda Insights writes to a group of its own, and makes it. */
  readonly insights?: string;
}

const CREATE_GROUP = 'logs:CreateLogGroup';
const TRACES_REASON = 'Traces and their sampling rules have no resource: '
  + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.';
const STREAMS_REASON = 'The wildcard stands for the streams of one log group, which Lambda makes and names.';

/** Makes the policy with the rights, attached to the role. */
export function functionPolicy(scope: Construct, id: string, role: CfnResource, rights: FunctionRights): CfnManagedPolicy {
  const policy = new CfnManagedPolicy(scope, id, {
    description: 'What functions need to run, on their own resources',
    policyDocument: new PolicyDocument({ statements: statementsOf(rights), minimize: true }),
    roles: [role.ref],
  });
  const networkReason = rights.networkOnlyByLambda ? NETWORK_REASON : SHARED_NETWORK_REASON;
  const reasons = [...rights.traces ? [TRACES_REASON] : [], ...rights.network ? [networkReason] : []];
  if (reasons.length > 0) acknowledge(policy, NagPackId.AWS_SOLUTIONS, 'IAM5[Resource::*]', reasons.join(' '));
  const groups = rights.logs.filter(({ group }) => group === undefined).map(({ arn }) => arn);
  const written = [...groups, ...rights.insights === undefined ? [] : [rights.insights]];
  for (const arn of written) acknowledgeWildcardResource(policy, arn, STREAMS_REASON);
  return policy;
}

/** The rights, in the words of the report. */
export function inWords(all: readonly FunctionRights[]): string {
  const logs = all.flatMap((rights) => rights.logs);
  return [
    ...logs.length === 0 ? [] : [`${actionsOn(logs).join(', ')} on the log groups of the functions with the role`],
    ...all.some(({ network }) => network) ? ['the actions with which Lambda attaches them to their network'] : [],
    ...all.some(({ traces }) => traces) ? ['sending traces'] : [],
    ...all.some(({ insights }) => insights !== undefined) ? ['writing to the log group of Lambda Insights'] : [],
  ].join('; ') || 'nothing: no function with the role is in a network';
}

function actionsOn(logs: readonly FunctionLogs[]): readonly string[] {
  return [...logs.some(({ madeByLambda }) => madeByLambda) ? [CREATE_GROUP] : [], ...LOG_WRITE_ACTIONS];
}

function statementsOf(rights: FunctionRights): PolicyStatement[] {
  const groups = (byLambda: boolean) => rights.logs.filter(({ madeByLambda }) => madeByLambda === byLambda).map(({ arn }) => arn);
  const [made, declared] = [groups(true), groups(false)];
  const own = [...made, ...rights.insights === undefined ? [] : [rights.insights]];
  return [
    ...declared.length === 0 ? [] : [new PolicyStatement({ sid: 'OwnLogs', actions: LOG_WRITE_ACTIONS, resources: declared })],
    ...own.length === 0 ? [] : [new PolicyStatement({ sid: 'OwnLogGroups', actions: [CREATE_GROUP, ...LOG_WRITE_ACTIONS], resources: own })],
    ...rights.traces ? [new PolicyStatement({ sid: 'Traces', actions: [...SAMPLING_ACTIONS, ...TRACE_WRITE_ACTIONS], resources: ['*'] })] : [],
    ...rights.network ? [networkStatement()] : [],
    ...rights.network && rights.networkOnlyByLambda ? [networkDenial()] : [],
  ];
}
