import { reachesInternet } from '../../model/network/network-routes';
import { egressRulesOf, GroupRule, groupRulesOf, groupsOfFronts } from '../../model/network/security-group';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { own } from '../../model/templates/template-source';
import { isTrue, isUnresolved, Reference, textOf, Value } from '../../model/values/values';
import { WEB_PORTS } from '../network-baseline';

const FUNCTION = 'AWS::Lambda::Function';
const GROUP = 'AWS::EC2::SecurityGroup';
const SUBNET = 'AWS::EC2::Subnet';
const VPC = 'AWS::EC2::VPC';
const INGRESS = [GROUP, 'AWS::EC2::SecurityGroupIngress'];

export const SECURITY_GROUP_INGRESS: Rule = {
  id: 'SecurityGroupIngress',
  severity: Severity.HIGH,
  appliesTo: INGRESS,
  title: 'A security group lets the whole internet in at a port that is not for the web',
  why: 'Robots find an open port within minutes and try every known hole and password behind it: databases, remote shells, consoles.',
  fix: 'Name the security group or the addresses of the callers as source; use Session Manager in the place of SSH. A function needs no rule for what comes in.',
  risks: ['attack-surface'],
  frameworks: ['FSBP EC2.18', 'FSBP EC2.19', 'CT.EC2.PR.3', 'CT.EC2.PR.4', 'cdk-nag EC23', 'CKV_AWS_24', 'OWASP Serverless S6'],
  check: (resource) => judgeIngress(resource, (rule) => !isForWeb(rule)),
};

export const SECURITY_GROUP_WEB: Rule = {
  id: 'SecurityGroupWeb',
  severity: Severity.LOW,
  appliesTo: INGRESS,
  title: 'A security group lets the whole internet in at a port of the web',
  why: 'That is right in front of a public load balancer alone: functions, endpoints and private services are called from inside.',
  fix: 'Name the security group of the callers as source, or the prefix list of CloudFront; give a public load balancer a group that nothing else has.',
  risks: ['attack-surface'],
  frameworks: ['FSBP EC2.18', 'CT.EC2.PR.3', 'cdk-nag EC23', 'cfn_nag W2', 'CKV_AWS_260'],
  check: (resource, app) => {
    const groups = resource.type === GROUP ? [resource] : app.targets(resource.property('GroupId'));
    const isFront = groups.length > 0 && groups.every(({ key }) => groupsOfFronts(app).has(key));
    return isFront ? pass() : judgeIngress(resource, isForWeb);
  },
};

export const SECURITY_GROUP_DEFAULT: Rule = {
  id: 'SecurityGroupDefault',
  severity: Severity.LOW,
  appliesTo: [FUNCTION, 'AWS::EC2::SecurityGroupEgress', 'AWS::EC2::SecurityGroupIngress'],
  title: 'The default security group of a network is used or opened',
  why: 'Everything that nobody gave a group of its own is in it: what one member needs, all others can reach and be reached by.',
  fix: 'Give the function a security group of its own (SecurityGroupIds of VpcConfig), and leave the default group without rules (restrictDefaultSecurityGroup; SecureNetwork closes it).',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['FSBP EC2.2', 'cdk-nag VPCDefaultSecurityGroupClosed', 'CSA SAS-03'],
  check: (resource) => {
    const groups = resource.type === FUNCTION ? resource.items('VpcConfig.SecurityGroupIds') : resource.alternatives('GroupId');
    const location = resource.type === FUNCTION ? 'Properties.VpcConfig.SecurityGroupIds' : 'Properties.GroupId';
    const given = groups.filter((group) => group !== undefined);
    if (given.length === 0) return notApplicable();
    return given.some((group) => group instanceof Reference && group.attribute === 'DefaultSecurityGroup') ? fail(location) : pass();
  },
};

export const SUBNET_PUBLIC_ADDRESS: Rule = {
  id: 'SubnetPublicAddress',
  severity: Severity.LOW,
  appliesTo: [SUBNET],
  title: 'A subnet gives a public address to whatever starts in it',
  why: 'A machine or container that lands there by mistake can be reached from the internet, with its security group as the only layer.',
  fix: 'Set MapPublicIpOnLaunch to false (mapPublicIpOnLaunch: false); load balancers and NAT gateways get addresses without it.',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['FSBP EC2.15', 'cdk-nag VPCSubnetAutoAssignPublicIpDisabled', 'trivy AWS-0164'],
  check: (subnet) => expectProperty(subnet, 'MapPublicIpOnLaunch', (value) => !isTrue(value)),
};

export const VPC_FLOW_LOGS: Rule = {
  id: 'VpcFlowLogs',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off', regulated: Severity.MEDIUM },
  appliesTo: [VPC],
  title: 'Nobody writes down who talks to whom in a network, or who was refused',
  why: 'Neither the way in of an attacker nor the way out of the data can be found afterwards.',
  fix: 'Add a flow log for the network (flowLogs, addFlowLog) with TrafficType ALL or REJECT. SecureNetwork does.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP EC2.6', 'cdk-nag VPC7', 'OWASP Serverless S10', 'CSA SAS-05'],
  check: judgeFlowLogs,
};

export const FUNCTION_EGRESS_OPEN: Rule = {
  id: 'FunctionEgressOpen',
  severity: Severity.LOW,
  appliesTo: [GROUP],
  title: 'Functions of a network may talk to the whole internet',
  why: 'Code that was taken over sends data wherever it likes, and fetches its tools. A group without rules for egress allows everything.',
  fix: 'Allow the security groups and prefix lists that the function calls in SecurityGroupEgress (allowAllOutbound: false); SecureNetwork gives each function such a group.',
  risks: ['data-exposure', 'attack-surface'],
  frameworks: ['cfn_nag W5', 'cfn_nag F1000', 'trivy AWS-0104', 'KICS security_group_egress_cidr_open_to_world'],
  check: (group, app) => {
    const subnets = app.index('subnets of functions by security group', () => subnetsByGroup(app)).get(group.key);
    return subnets === undefined ? notApplicable() : judgeEgress(group, subnets, app);
  },
};

export const FUNCTION_NETWORK: Rule = {
  id: 'FunctionNetwork',
  severity: Severity.MEDIUM,
  appliesTo: [FUNCTION],
  title: 'A function runs outside of every network of yours',
  why: 'No security group, no endpoint policy and no flow log stand between code that was taken over and the internet.',
  fix: 'Give the function subnets and a security group (vpc, or network of SecureFunction).',
  risks: ['single-layer', 'data-exposure'],
  frameworks: ['FSBP Lambda.3', 'CT.LAMBDA.PR.3', 'cdk-nag LambdaInsideVPC', 'CKV_AWS_117'],
  control: 'networkRequired',
  check: (fn) => expectProperty(fn, 'VpcConfig.SubnetIds', (subnets) => subnets !== undefined),
};

export const FUNCTION_NETWORK_ZONES: Rule = {
  id: 'FunctionNetworkZones',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'A function of a network runs in one zone only',
  why: 'When the zone fails, so does the function.',
  fix: 'Name subnets of two zones or more in VpcConfig.SubnetIds (vpcSubnets).',
  risks: ['misconfiguration'],
  frameworks: ['FSBP Lambda.5', 'prowler awslambda_function_vpc_multi_az'],
  check: (fn, app) => {
    const subnets = fn.items('VpcConfig.SubnetIds');
    if (subnets.length === 0) return notApplicable();
    if (subnets.some(isUnresolved) || (subnets.length === 1 && !(subnets[0] instanceof Reference) && typeof subnets[0] !== 'string')) return pass();
    if (new Set(subnets.map((subnet) => textOf(subnet))).size < 2) return fail('Properties.VpcConfig.SubnetIds');
    return inOneZone(subnets.map((subnet) => app.target(subnet))) ? fail('Properties.VpcConfig.SubnetIds') : pass();
  },
};

/** Two subnets may be in one zone: the same name, or the same place in the list of zones. */
function inOneZone(subnets: readonly (Resource | undefined)[]): boolean {
  const zones = subnets.map((subnet) => own(own(subnet?.declaration, 'Properties'), 'AvailabilityZone') ?? subnet?.property('AvailabilityZoneId'));
  return zones.every((zone) => zone !== undefined) && new Set(zones.map((zone) => JSON.stringify(zone))).size === 1;
}

function judgeIngress(resource: Resource, isMeant: (rule: GroupRule) => boolean): RuleResult {
  return groupRulesOf(resource, 'ingress').filter(isMeant).map((rule): Outcome => (
    rule.world === undefined ? unresolved(rule.location) : rule.world ? fail(rule.location) : pass()));
}

/** HTTP, HTTPS, and pings. */
function isForWeb(rule: GroupRule): boolean {
  if (/^(?:icmp|icmpv6|1|58)$/.test(rule.protocol)) return true;
  return isOnePort(rule) && WEB_PORTS.includes(rule.fromPort!);
}

function subnetsByGroup(app: AppModel): ReadonlyMap<string, readonly Value[]> {
  const table = new Map<string, Value[]>();
  for (const fn of app.ofType(FUNCTION)) {
    const subnets = fn.items('VpcConfig.SubnetIds');
    for (const { key } of fn.items('VpcConfig.SecurityGroupIds').flatMap((id) => app.targets(id))) {
      table.set(key, [...table.get(key) ?? [], ...subnets]);
    }
  }
  return table;
}

/**
 * | rules of the group                | a way to the internet         | answer  |
 * |-----------------------------------|-------------------------------|---------|
 * | none: everything is allowed       | any                           | wrong   |
 * | everywhere, at more than one port | any                           | wrong   |
 * | everywhere, at one port           | from a subnet of the function | wrong   |
 * | everywhere, at one port           | none: gateway endpoints only  | fine    |
 * | everywhere, at one port           | not known                     | open    |
 * | named peers                       | any                           | fine    |
 */
function judgeEgress(group: Resource, subnets: readonly Value[], app: AppModel): RuleResult {
  const location = 'Properties.SecurityGroupEgress';
  if (group.property('SecurityGroupEgress') === undefined) return fail(location);
  const rules = egressRulesOf(group, app);
  const worldwide = rules.filter(({ world }) => world === true);
  if (worldwide.some((rule) => !isOnePort(rule))) return fail(location);
  const ways = worldwide.length === 0 ? [] : subnets.map((subnet) => reachesInternet(subnet, app));
  if (ways.includes(true)) return fail(location);
  return ways.includes(undefined) || rules.some(({ world }) => world === undefined) ? unresolved(location) : pass();
}

function isOnePort({ protocol, fromPort, toPort }: GroupRule): boolean {
  return /^(?:tcp|6|udp|17)$/.test(protocol) && fromPort !== undefined && fromPort === (toPort ?? fromPort);
}

function judgeFlowLogs(vpc: Resource, app: AppModel): RuleResult {
  const logged = app.index('networks with flow logs', () => {
    const found = new Set<string>();
    for (const log of app.ofType('AWS::EC2::FlowLog')) {
      if (log.alternatives('TrafficType').includes('ACCEPT')) continue; // what was refused is what tells of an attack
      for (const id of log.alternatives('ResourceId')) {
        if (isUnresolved(id)) found.add('?');
        for (const target of app.targets(id)) {
          found.add(target.key);
          if (target.type === SUBNET) for (const { key } of app.targets(target.property('VpcId'))) found.add(key);
        }
      }
    }
    return found;
  });
  if (logged.has(vpc.key)) return pass();
  return logged.has('?') ? unresolved('Properties') : fail('Properties');
}

export const NETWORK_RULES: readonly Rule[] = [
  FUNCTION_EGRESS_OPEN, FUNCTION_NETWORK, FUNCTION_NETWORK_ZONES, SECURITY_GROUP_DEFAULT, SECURITY_GROUP_INGRESS, SECURITY_GROUP_WEB,
  SUBNET_PUBLIC_ADDRESS, VPC_FLOW_LOGS,
];
