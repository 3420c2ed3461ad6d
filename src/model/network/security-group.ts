import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { referencesWithin } from '../values/json-text';
import { alternatives, at, isUnresolved, numberOf, Reference, textOf, Value } from '../values/values';

/** One rule of a security group, wherever it is declared. */
export interface GroupRule {
  /** The resource that declares it: a group, or a rule that stands alone. */
  readonly declaredBy: Resource;
  readonly location: string;
  /** In small letters; `-1` for all protocols. */
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  /** Both ends are the port of one and the same resource, such as the endpoint of a database. */
  readonly samePort: boolean;
  /** The addresses it names: all of the internet, some, or what only the deployment knows. */
  readonly world: boolean | undefined;
  /** It names a list of addresses that is kept elsewhere: those of CloudFront, for instance. */
  readonly prefixList: boolean;
}

const STANDING_ALONE: { readonly [type: string]: 'ingress' | 'egress' } = {
  'AWS::EC2::SecurityGroupEgress': 'egress', 'AWS::EC2::SecurityGroupIngress': 'ingress',
};

const BALANCERS = ['AWS::ElasticLoadBalancing::LoadBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer'];

/** The rules that a resource declares: those inside of a group, or the one that stands alone. */
export function groupRulesOf(resource: Resource, direction: 'ingress' | 'egress'): readonly GroupRule[] {
  if (STANDING_ALONE[resource.type] === direction) {
    return [ruleOf(resource, (name) => resource.property(name), 'Properties')];
  }
  const list = direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
  return resource.items(list).map((rule) => ruleOf(resource, (name) => (isUnresolved(rule) ? rule : at(rule, name)), `Properties.${list}`));
}

/** What a group lets out, rules that stand alone included. */
export function egressRulesOf(group: Resource, app: AppModel): readonly GroupRule[] {
  return rulesOf(group, 'egress', app);
}

/** What a group lets in, rules that stand alone included. */
export function ingressRulesOf(group: Resource, app: AppModel): readonly GroupRule[] {
  return rulesOf(group, 'ingress', app);
}

/** Rules that stand alone, by the group that they belong to, go with those inside of it. */
function rulesOf(group: Resource, direction: 'ingress' | 'egress', app: AppModel): readonly GroupRule[] {
  const alone = app.index(`${direction} rules by group`, () => {
    const table = new Map<string, GroupRule[]>();
    for (const rule of app.ofType(direction === 'egress' ? 'AWS::EC2::SecurityGroupEgress' : 'AWS::EC2::SecurityGroupIngress')) {
      for (const { key } of app.targets(rule.property('GroupId'))) table.set(key, [...table.get(key) ?? [], ...groupRulesOf(rule, direction)]);
    }
    return table;
  });
  return [...groupRulesOf(group, direction), ...alone.get(group.key) ?? []];
}

/** Half of the internet is as open as all of it, whatever address the network is written with. */
export function isWorld(address: Value): boolean {
  return /\/[01]$/.test(textOf(address)?.trim() ?? '');
}

function ruleOf(declaredBy: Resource, property: (name: string) => Value, location: string): GroupRule {
  const addresses = ['CidrIp', 'CidrIpv6'].map(property).flatMap(alternatives);
  return {
    declaredBy,
    location,
    protocol: (textOf(property('IpProtocol')) ?? '-1').toLowerCase(),
    fromPort: numberOf(property('FromPort')),
    toPort: numberOf(property('ToPort')),
    samePort: isSame(property('FromPort'), property('ToPort')),
    world: addresses.some(isWorld) ? true : addresses.some(isUnresolved) ? undefined : false,
    prefixList: property('SourcePrefixListId') !== undefined,
  };
}

function isSame(one: Value, other: Value): boolean {
  return one instanceof Reference && other instanceof Reference
    && one.stackId === other.stackId && one.logicalId === other.logicalId && one.attribute === other.attribute;
}

/** The keys of the groups that public load balancers have, and nothing else: what they let in is what the load balancer is there for. */
export function groupsOfFronts(app: AppModel): ReadonlySet<string> {
  return app.index('security groups of public load balancers alone', () => {
    const fronts = new Set(app.ofType(...BALANCERS).filter(isPublic));
    const groups = new Set([...fronts].flatMap((front) => front.items('SecurityGroups')).flatMap((id) => app.targets(id)).map(({ key }) => key));
    for (const other of groups.size === 0 ? [] : app.resources) {
      if (fronts.has(other) || other.type === 'AWS::EC2::SecurityGroup' || other.type in STANDING_ALONE) continue;
      for (const reference of other.propertyNames.flatMap((name) => referencesWithin(other.property(name)))) groups.delete(app.target(reference)?.key ?? '');
    }
    return groups;
  });
}

/** Left out, the scheme of a load balancer is the internet. */
function isPublic(balancer: Resource): boolean {
  return balancer.alternatives('Scheme').every((scheme) => scheme === undefined || textOf(scheme) === 'internet-facing');
}
