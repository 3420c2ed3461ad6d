import { groupsOfFunctions, networksOfFunctions, reachesGateway } from '../../model/network/function-networks';
import { GroupRule, groupRulesOf } from '../../model/network/security-group';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, isUnresolved } from '../../model/values/values';

const FUNCTION = 'AWS::Lambda::Function';
const GROUP = 'AWS::EC2::SecurityGroup';
const ALONE = ['AWS::EC2::SecurityGroupEgress', 'AWS::EC2::SecurityGroupIngress'];
const VPC = 'AWS::EC2::VPC';

export const SECURITY_GROUP_PORTS: Rule = {
  id: 'SecurityGroupPorts',
  severity: Severity.LOW,
  appliesTo: [GROUP, ...ALONE],
  title: 'A security group lets through more ports than a service has',
  why: 'What is started by mistake, or by an attacker, on any of these ports can be reached, and can reach out.',
  fix: 'Name the one port of each service (Port.tcp(443)).',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['cfn_nag W27', 'cfn_nag W29', 'cfn_nag W40', 'cfn_nag W42', 'KICS security_group_ingress_with_port_range', 'KICS security_group_egress_with_port_range'],
  findingForm: '`ingress` or `egress`',
  check: judgePorts,
};

export const SECURITY_GROUP_PURPOSE: Rule = {
  id: 'SecurityGroupPurpose',
  severity: Severity.INFO,
  appliesTo: [GROUP, ...ALONE],
  title: 'A rule of a security group does not say what it is for',
  why: 'Nobody dares to remove a rule that nobody can explain: openings for a test stay for years.',
  fix: 'Give each rule a Description (the last argument of addIngressRule and addEgressRule).',
  risks: ['misconfiguration'],
  frameworks: ['cdk-nag EC27', 'CKV_AWS_23', 'cfn_nag W36', 'AWS-0099', 'AWS-0124'],
  findingForm: '`ingress` or `egress`',
  check: (resource) => [...judgePurpose(resource, 'ingress'), ...judgePurpose(resource, 'egress')],
};

export const NETWORK_ENDPOINTS: Rule = {
  id: 'NetworkEndpoints',
  severity: Severity.INFO,
  appliesTo: [VPC],
  title: 'Functions of a network reach the services of AWS over the internet, or not at all',
  why: 'The way out that they need for it leads everywhere, and no policy of an endpoint says whose buckets and queues they may write to.',
  fix: 'Add endpoints for what the functions call: gateways for S3 and DynamoDB cost nothing (AWS::EC2::VPCEndpoint; gatewayEndpoints). SecureNetwork has them.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP EC2.10', 'prowler vpc_endpoint_for_ec2_enabled'],
  check: (vpc, app) => {
    if (!networksOfFunctions(app).has(vpc.key)) return notApplicable();
    const endpoints = app.ofType('AWS::EC2::VPCEndpoint').flatMap((endpoint) => endpoint.alternatives('VpcId'));
    if (endpoints.some((id) => app.targets(id).includes(vpc))) return pass();
    return endpoints.some(isUnresolved) ? unresolved('Properties') : fail('Properties');
  },
};

export const FUNCTION_SUBNET_PUBLIC: Rule = {
  id: 'FunctionSubnetPublic',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'A function runs in a subnet that leads straight to the internet',
  why: 'Over IPv6 it talks to anybody, past each gateway and firewall; over IPv4 it talks to nobody, which is then repaired by opening more.',
  fix: 'Put functions into isolated subnets, or into private ones behind a gateway that filters (SubnetIds of VpcConfig; vpcSubnets). SecureNetwork has isolated ones.',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['cdk-nag VPCNoUnrestrictedRouteToIGW', 'KICS routertable_with_default_routing', 'CSA SAS-03'],
  check: (fn, app) => {
    const location = 'Properties.VpcConfig.SubnetIds';
    const ways = fn.items('VpcConfig.SubnetIds').map((subnet) => reachesGateway(subnet, app));
    if (ways.length === 0) return notApplicable();
    if (ways.includes(true)) return fail(location);
    return ways.includes(undefined) ? unresolved(location) : pass();
  },
};

/** What leaves is judged for functions, whose groups are made for one purpose. That all of the internet is too much, another rule says. */
function judgePorts(resource: Resource, app: AppModel): RuleResult {
  const holds = resource.type === GROUP ? groupsOfFunctions(app).has(resource.key)
    : app.targets(resource.property('GroupId')).some(({ key }) => groupsOfFunctions(app).has(key));
  const egress = holds ? groupRulesOf(resource, 'egress').filter(({ world }) => world !== true) : [];
  return [
    ...groupRulesOf(resource, 'ingress').filter(({ world }) => world !== true).map((rule) => judgeRange(rule, 'ingress')),
    ...egress.map((rule) => judgeRange(rule, 'egress')),
  ];
}

function judgeRange({ protocol, fromPort, toPort, samePort, location }: GroupRule, finding: string): Outcome {
  if (/^(?:icmp|icmpv6|1|58)$/.test(protocol)) return pass();
  if (protocol === '-1') return fail(location, finding);
  if (samePort) return pass();
  if (fromPort === undefined || toPort === undefined) return unresolved(location, finding);
  return fromPort === toPort ? pass() : fail(location, finding);
}

function judgePurpose(resource: Resource, direction: 'ingress' | 'egress'): readonly Outcome[] {
  const isAlone = resource.type === ALONE[direction === 'egress' ? 0 : 1];
  if (!isAlone && resource.type !== GROUP) return [];
  const list = direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
  const given = isAlone ? [resource.property('Description')] : resource.items(list).map((rule) => (isUnresolved(rule) ? rule : at(rule, 'Description')));
  const location = isAlone ? 'Properties.Description' : `Properties.${list}`;
  return given.map((description) => expectEach(alternatives(description), location, (text) => text !== undefined && text !== '', direction));
}

export const GROUP_RULES: readonly Rule[] = [FUNCTION_SUBNET_PUBLIC, NETWORK_ENDPOINTS, SECURITY_GROUP_PORTS, SECURITY_GROUP_PURPOSE];
