import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { alternatives, at, isUnresolved, numberOf, textOf, Value } from '../values/values';

/** One rule of a security group, wherever it is declared. */
export interface GroupRule {
  /** The resource that declares it: a group, or a rule that stands alone. */
  readonly declaredBy: Resource;
  readonly location: string;
  /** In small letters; `-1` for all protocols. */
  readonly protocol: string;
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
  /** The addresses it names: all of the internet, some, or what only the deployment knows. */
  readonly world: boolean | undefined;
}

const STANDING_ALONE: { readonly [type: string]: 'ingress' | 'egress' } = {
  'AWS::EC2::SecurityGroupEgress': 'egress', 'AWS::EC2::SecurityGroupIngress': 'ingress',
};

/** The rules that a resource declares: those inside of a group, or the one that stands alone. */
export function groupRulesOf(resource: Resource, direction: 'ingress' | 'egress'): readonly GroupRule[] {
  if (STANDING_ALONE[resource.type] === direction) {
    return [ruleOf(resource, (name) => resource.property(name), 'Properties')];
  }
  if (resource.type !== 'AWS::EC2::SecurityGroup') return [];
  const list = direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
  return resource.items(list).map((rule) => ruleOf(resource, (name) => (isUnresolved(rule) ? rule : at(rule, name)), `Properties.${list}`));
}

/** Rules that stand alone, by the group that they belong to. */
export function egressRulesOf(group: Resource, app: AppModel): readonly GroupRule[] {
  const alone = app.index('egress rules by group', () => {
    const table = new Map<string, GroupRule[]>();
    for (const rule of app.ofType('AWS::EC2::SecurityGroupEgress')) {
      for (const { key } of app.targets(rule.property('GroupId'))) table.set(key, [...table.get(key) ?? [], ...groupRulesOf(rule, 'egress')]);
    }
    return table;
  });
  return [...groupRulesOf(group, 'egress'), ...alone.get(group.key) ?? []];
}

/** Half of the internet is as open as all of it. */
export function isWorld(address: Value): boolean {
  return /^(?:[0-9.]+|[0-9a-f:]*)\/[01]$/i.test(textOf(address)?.trim() ?? '');
}

function ruleOf(declaredBy: Resource, property: (name: string) => Value, location: string): GroupRule {
  const addresses = ['CidrIp', 'CidrIpv6'].map(property).flatMap(alternatives);
  return {
    declaredBy,
    location,
    protocol: (textOf(property('IpProtocol')) ?? '-1').toLowerCase(),
    fromPort: numberOf(property('FromPort')),
    toPort: numberOf(property('ToPort')),
    world: addresses.some(isWorld) ? true : addresses.some(isUnresolved) ? undefined : false,
  };
}
