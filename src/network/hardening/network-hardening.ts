import { TagManager } from 'aws-cdk-lib';
import { CfnFlowLog, CfnSubnet, CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { GROUP_HARDENING } from './group-hardening';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { hardeningPart } from '../../core/hardening/hardening-part';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { BALANCER_HARDENING } from '../balancer/balancer-hardening';
import { LISTENER_HARDENING } from '../balancer/listener-hardening';
import { deliveryRole, flowLog, recordGroup } from '../network-logs';
import { VPC_FLOW_LOGS } from '../rules/network-rules';

/** More than the priority with which tags of constructs are set. */
const ABOVE_TAGS_OF_CONSTRUCTS = 200;

/**
 * The record of who talks to whom in a network.
 *
 * | flow logs of the network or of one of its subnets | what is done |
 * |---|---|
 * | none | one for the network, as SecureNetwork makes it |
 * | one of refused or of all connections | nothing |
 * | one of accepted connections alone | reported: it does not show who was refused |
 */
const FLOW_LOG: HardeningStep = {
  area: HardeningArea.NETWORKS,
  type: 'AWS::EC2::VPC',
  rule: VPC_FLOW_LOGS.id,
  plan: (resource, site) => {
    const vpc = resource as CfnVPC;
    const logs = site.once('flow logs by network', () => flowLogsByNetwork(site));
    const own = [...logs.get(vpc) ?? [], ...logs.get(undefined) ?? []];
    const plan = { property: 'the flow log', after: 'all connections, in a log group with the retention of the profile' };
    if (own.some((log) => site.resolve(log, log.trafficType) !== 'ACCEPT')) return [];
    if (own.length > 0) return [{ ...plan, standing: Standing.WEAKER, before: 'ACCEPT', advice: VPC_FLOW_LOGS.fix }];
    return [{
      ...plan,
      standing: Standing.MISSING,
      adds: 4,
      remark: 'CloudWatch Logs charges by the amount: https://aws.amazon.com/cloudwatch/pricing/ (vended logs).',
      apply: () => {
        hardeningPart(site, vpc, 'FlowLog', (scope, id) => {
          const part = new Construct(scope, id);
          const records = recordGroup(part, 'Records', undefined);
          const role = deliveryRole(part, records, true);
          flowLog(part, 'FlowLog', vpc.ref, records, role);
          withoutNameTag([records, role]);
          return part;
        });
      },
    }];
  },
};

/**
 * CDK tags what is below a network with the path of the network as `Name`. EC2 takes any text as a tag; IAM and CloudWatch Logs refuse parentheses
 * and ampersands, say, with which the stack would not be deployed.
 */
function withoutNameTag(parts: readonly IConstruct[]): void {
  for (const part of parts) TagManager.of(part.node.defaultChild)?.removeTag('Name', ABOVE_TAGS_OF_CONSTRUCTS);
}

/** Under `undefined` those of which only the deployment knows what they watch. */
function flowLogsByNetwork(site: HardeningSite): ReadonlyMap<unknown, readonly CfnFlowLog[]> {
  const found = new Map<unknown, CfnFlowLog[]>();
  for (const log of site.resources('AWS::EC2::FlowLog') as readonly CfnFlowLog[]) {
    const targets = site.targets(log, log.resourceId);
    const networks = targets.map((target) => (CfnSubnet.isCfnSubnet(target) ? site.target(target, target.vpcId) : target));
    for (const network of networks.length === 0 ? [undefined] : networks) found.set(network, [...found.get(network) ?? [], log]);
  }
  return found;
}

/** What hardening does to networks and their load balancers: nothing that could cut a connection. */
export const NETWORK_HARDENING: readonly HardeningStep[] = [FLOW_LOG, ...GROUP_HARDENING, ...BALANCER_HARDENING, ...LISTENER_HARDENING];
