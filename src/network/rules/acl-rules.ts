import { isWorld } from '../../model/network/security-group';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { at, isTrue, isUnresolved, numberOf, textOf } from '../../model/values/values';

const ACL = 'AWS::EC2::NetworkAcl';
const ENTRY = 'AWS::EC2::NetworkAclEntry';

/** Remote shells and remote desktops: what every robot tries first. */
const ADMIN_PORTS = [22, 3389];

export const NETWORK_ACL_INGRESS: Rule = {
  id: 'NetworkAclIngress',
  severity: Severity.LOW,
  appliesTo: [ACL],
  title: 'The access list of a subnet lets the whole internet in at the ports of administrators',
  why: 'The list is the layer that holds when a security group is opened by mistake: with a line that allows everything it is none.',
  fix: 'Let in what the subnet serves, by its ports and networks, and leave the rest to the refusal that ends each list; use Session Manager for shells.',
  risks: ['attack-surface', 'single-layer'],
  frameworks: ['FSBP EC2.21', 'CKV_AWS_231', 'CKV_AWS_232'],
  findingForm: 'the port',
  check: (acl, app) => {
    const bound = app.index('access lists of subnets', () => new Set(app.ofType('AWS::EC2::SubnetNetworkAclAssociation')
      .flatMap((association) => app.targets(association.property('NetworkAclId'))).map(({ key }) => key)));
    const entries = app.index('entries by access list', () => entriesByAcl(app)).get(acl.key) ?? [];
    return bound.has(acl.key) ? ADMIN_PORTS.map((port) => judgePort(entries, port)) : notApplicable();
  },
};

/** Entries for what comes in, the first in line first: the first that speaks of a packet decides. */
function entriesByAcl(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  const table = new Map<string, Resource[]>();
  const number = (entry: Resource): number => numberOf(entry.property('RuleNumber')) ?? 0;
  for (const entry of app.ofType(ENTRY).filter((one) => !isTrue(one.property('Egress'))).sort((one, other) => number(one) - number(other))) {
    for (const { key } of app.targets(entry.property('NetworkAclId'))) table.set(key, [...table.get(key) ?? [], entry]);
  }
  return table;
}

function judgePort(entries: readonly Resource[], port: number): Outcome {
  const finding = String(port);
  for (const entry of entries.filter((one) => speaksOfPort(one, port))) {
    const networks = ['CidrBlock', 'Ipv6CidrBlock'].flatMap((name) => entry.alternatives(name));
    if (networks.some(isWorld)) return entry.property('RuleAction') === 'deny' ? pass() : fail('Properties', finding);
    if (networks.some(isUnresolved)) return unresolved('Properties', finding);
  }
  return pass();
}

/** TCP is protocol 6, and -1 is every protocol with every port. */
function speaksOfPort(entry: Resource, port: number): boolean {
  const protocol = textOf(entry.property('Protocol')) ?? '-1';
  if (protocol === '-1') return true;
  const range = entry.property('PortRange');
  const [from, to] = [numberOf(at(range, 'From')) ?? 0, numberOf(at(range, 'To')) ?? 65535];
  return /^(?:6|tcp)$/i.test(protocol) && from <= port && port <= to;
}

export const ACL_RULES: readonly Rule[] = [NETWORK_ACL_INGRESS];
