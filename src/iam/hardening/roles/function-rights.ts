import { CfnResource } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgeWildcardResource } from '../../../core/exceptions/acknowledgement';
import { FunctionLogs } from '../../../core/hardening/functions/function-log-group';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { conditionOf } from '../../../core/values/resource-condition';
import { BROKER_ACTIONS, CLUSTER_READ_ACTIONS, LOG_WRITE_ACTIONS, SAMPLING_ACTIONS, TRACE_WRITE_ACTIONS } from '../../iam-baseline';
import { NETWORK_REASON, networkDenial, networkStatement, SHARED_NETWORK_REASON } from '../../network-statements';
import { IN_OWN_REGION } from '../../requested-region';
import { AddedRight, addRight } from '../holders/added-rights';

/** What the functions with one role need of it, apart from what their authors gave them. */
export interface FunctionRights {
  readonly logs: readonly FunctionLogs[];
  /** Lambda attaches them to a network. */
  readonly network: boolean;
  /** The functions' own code is denied what Lambda does in the network with the role: nobody else gave it rights of that kind. */
  readonly networkOnlyByLambda: boolean;
  readonly traces: boolean;
  /** The clusters of Amazon MSK that Lambda reads for the functions. */
  readonly brokers?: readonly string[];
  /** The extension for Lambda Insights writes to a group of its own, and makes it. */
  readonly insights?: string;
}

/** A right, and why there are wildcards in its resources. */
interface FunctionRight extends AddedRight {
  readonly reasons?: ReadonlyMap<string, string>;
}

/** How many log groups one policy names. */
const GROUPS_MOST = 25;
const CREATE_GROUP = 'logs:CreateLogGroup';
/** Why rights to trace stand on `*`. */
export const TRACES_REASON = 'Traces and their sampling rules have no resource: '
  + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.';
const BROKERS_REASON = 'Lambda reaches the brokers of Amazon MSK through network interfaces that do not exist before, and asks for their addresses by an action that has no '
  + 'resource: https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html.';
const STREAMS_REASON = 'The wildcard stands for the streams of one log group, which Lambda makes and names.';
const REGIONS_REASON = 'The wildcards stand for the regions in which CloudFront runs the function, and for the streams of its log group there, which Lambda@Edge '
  + 'makes and names.';
const WEB_REASON = 'The wildcards stand for the regions in which the endpoints of a web function run, and for the streams of its log group there, which Lambda '
  + 'makes and names.';

/** Gives the role the rights in the policy that hardening writes for it, and gives back what the functions with the role wait for. */
export function allowFunctions(role: CfnRole, rights: FunctionRights, site: HardeningSite): readonly CfnResource[] {
  const [own, ...conditional] = byCondition(role, rights);
  return [own, ...conditional].flatMap(({ user, ...of }) => rightsIn(of).map((right) => addedTo(addRight(user, role, right, site), right)));
}

/** What can stand in the policy of the role, and the logs whose groups are only made under a condition that the role does not have. */
function byCondition(role: CfnRole, rights: FunctionRights): ReadonlyArray<FunctionRights & { readonly user: CfnResource }> {
  const conditional = new Map<string, FunctionLogs[]>();
  for (const one of rights.logs) {
    const condition = one.group?.stack === role.stack ? conditionOf(one.group) : undefined;
    if (condition !== undefined && condition !== conditionOf(role)) conditional.set(condition, [...conditional.get(condition) ?? [], one]);
  }
  const apart = [...conditional.values()];
  return [
    { ...rights, logs: rights.logs.filter((one) => !apart.flat().includes(one)), user: role },
    ...apart.map((logs) => ({ logs, network: false, networkOnlyByLambda: false, traces: false, user: logs[0].group! })),
  ];
}

/** Makes a policy with the rights, attached to the role, for those that can only be there after the functions. */
export function lateFunctionPolicy(scope: Construct, id: string, role: CfnResource, rights: FunctionRights): CfnManagedPolicy {
  const all = rightsIn(rights);
  const policy = new CfnManagedPolicy(scope, id, {
    description: 'What functions need to run, on their own resources',
    policyDocument: new PolicyDocument({ statements: all.map(({ statement }) => statement) }),
    roles: [role.ref],
  });
  for (const right of all) addedTo(policy, right);
  return policy;
}

/** Wildcards for the streams of groups are told from others by their ARN. */
function addedTo<T extends CfnResource>(policy: T, { reasons }: FunctionRight): T {
  for (const [arn, reason] of reasons ?? []) acknowledgeWildcardResource(policy, arn, reason);
  return policy;
}

/** The rights, in the words of the report. */
export function inWords(all: readonly FunctionRights[]): string {
  const logs = all.flatMap((rights) => rights.logs);
  return [
    ...logs.length === 0 ? [] : [`${actionsOn(logs).join(', ')} on the log groups of the functions with the role`],
    ...all.some(({ network }) => network) ? ['the actions with which Lambda attaches them to their network'] : [],
    ...all.some(({ traces }) => traces) ? ['sending traces'] : [],
    ...all.some(({ brokers }) => brokers !== undefined) ? ['reading the clusters of Amazon MSK that their mappings name'] : [],
    ...all.some(({ insights }) => insights !== undefined) ? ['writing to the log group of Lambda Insights'] : [],
  ].join('; ') || 'nothing: no function with the role is in a network';
}

function actionsOn(logs: readonly FunctionLogs[]): readonly string[] {
  return [...logs.some(({ madeByLambda }) => madeByLambda) ? [CREATE_GROUP] : [], ...LOG_WRITE_ACTIONS];
}

function rightsIn({ brokers, insights, logs, network, networkOnlyByLambda, traces }: FunctionRights): FunctionRight[] {
  const groups = (byLambda: boolean) => logs.filter(({ madeByLambda }) => madeByLambda === byLambda).map(({ arn }) => arn);
  const [made, declared] = [groups(true), groups(false)];
  const own = [...made, ...insights === undefined ? [] : [insights]];
  const streamsOf = logs.filter(({ group }) => group === undefined).map(({ arn }) => arn);
  const reasons = new Map(logs.map((one) => [one.arn, reasonFor(one)]));
  const reasonsFor = (arns: readonly string[]) => new Map(arns.map((arn) => [arn, reasons.get(arn) ?? STREAMS_REASON]));
  const networkReason = networkOnlyByLambda ? NETWORK_REASON : SHARED_NETWORK_REASON;
  return [
    ...portionsOf(declared).map((resources) => ({
      statement: new PolicyStatement({ sid: 'OwnLogs', actions: LOG_WRITE_ACTIONS, resources: [...resources] }),
      reasons: reasonsFor(streamsOf.filter((arn) => resources.includes(arn) && !made.includes(arn))),
    })),
    ...portionsOf(own).map((resources) => ({
      statement: new PolicyStatement({ sid: 'OwnLogGroups', actions: [CREATE_GROUP, ...LOG_WRITE_ACTIONS], resources: [...resources] }),
      reasons: reasonsFor(resources),
    })),
    ...!traces ? [] : [{
      statement: new PolicyStatement({
        sid: 'TracesAndSampling', actions: [...SAMPLING_ACTIONS, ...TRACE_WRITE_ACTIONS], resources: ['*'], conditions: IN_OWN_REGION,
      }),
      wildcardReason: TRACES_REASON,
    }],
    ...brokers === undefined ? [] : [
      { statement: new PolicyStatement({ sid: 'KafkaClusters', actions: CLUSTER_READ_ACTIONS, resources: [...brokers] }) },
      { statement: new PolicyStatement({ sid: 'KafkaBrokers', actions: BROKER_ACTIONS, resources: ['*'], conditions: IN_OWN_REGION }), wildcardReason: BROKERS_REASON },
    ],
    ...!network ? [] : [{ statement: networkStatement(), wildcardReason: networkReason }],
    ...!network || !networkOnlyByLambda ? [] : [{ statement: networkDenial(), wildcardReason: networkReason }],
  ];
}

/** So many that a policy takes them: the name that CloudFormation gives a group has the names of the stack and of the function in it. */
export function portionsOf<T>(groups: readonly T[]): ReadonlyArray<readonly T[]> {
  const count = Math.ceil(groups.length / GROUPS_MOST);
  return Array.from({ length: count }, (_, index) => groups.slice(index * GROUPS_MOST, (index + 1) * GROUPS_MOST));
}

function reasonFor({ besideGroup, inAllRegions }: FunctionLogs): string {
  return besideGroup === true ? WEB_REASON : inAllRegions === true ? REGIONS_REASON : STREAMS_REASON;
}
