import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { entryPointsOf } from '../../../src/policy/entry-points/entry-points';
import { flowsOf } from '../../../src/report/parts/flows';
import { findings, modelOf, modelOfStacks, Resources, RuleCase } from '../support';
import { attribute, LATER, resource, role, SECTIONS } from '../template-parts';

const WRITES = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: attribute('Orders') };
const ORDERS: Resources = { Orders: resource('AWS::DynamoDB::Table') };

const runner = (given: Record<string, unknown> = {}, more: Resources = {}): Resources => ({
  Pages: resource('AWS::AppRunner::Service', { InstanceConfiguration: { InstanceRoleArn: attribute('Role') }, ...given }),
  Role: role('tasks.apprunner.amazonaws.com', WRITES),
  ...ORDERS,
  ...more,
});
const access = (IsPubliclyAccessible: unknown) => ({ NetworkConfiguration: { IngressConfiguration: { IsPubliclyAccessible } } });
const variables = (...RuntimeEnvironmentVariables: unknown[]) => runner({
  SourceConfiguration: {
    ImageRepository: {
      ImageConfiguration: {
        RuntimeEnvironmentVariables, RuntimeEnvironmentSecrets: [{ Name: 'DB_PASSWORD', Value: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf' }],
      },
    },
  },
});

const express = (Subnets?: unknown, more: Resources = {}): Resources => ({
  Shop: resource('AWS::ECS::ExpressGatewayService', { TaskRoleArn: attribute('Role'), ...Subnets === undefined ? {} : { NetworkConfiguration: { Subnets } } }),
  Role: role('ecs-tasks.amazonaws.com', WRITES),
  ...ORDERS,
  ...more,
});
const network: Resources = {
  Open: resource('AWS::EC2::Subnet'),
  OpenTable: resource('AWS::EC2::RouteTable'),
  OpenRoute: resource('AWS::EC2::Route', { RouteTableId: { Ref: 'OpenTable' }, DestinationCidrBlock: '0.0.0.0/0', GatewayId: { Ref: 'Gateway' } }),
  OpenWay: resource('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: { Ref: 'OpenTable' }, SubnetId: { Ref: 'Open' } }),
  Inner: resource('AWS::EC2::Subnet'),
  InnerTable: resource('AWS::EC2::RouteTable'),
  InnerRoute: resource('AWS::EC2::Route', { RouteTableId: { Ref: 'InnerTable' }, DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: { Ref: 'Nat' } }),
  InnerWay: resource('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: { Ref: 'InnerTable' }, SubnetId: { Ref: 'Inner' } }),
};
const guard = (ResourceArn: unknown): Resources => ({
  Acl: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn, WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1' }),
});
const RUNNER_GUARD = guard(attribute('Pages', 'ServiceArn'));
const EXPRESS_GUARD = guard(attribute('Shop', 'ECSManagedResourceArns.IngressPath.LoadBalancerArn'));
const WIDE: Resources = { Role: role('tasks.apprunner.amazonaws.com', { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }) };

const CASES: readonly RuleCase[] = [
  ['ContainerWebAcl', 'App Runner, and a web ACL', runner({}, RUNNER_GUARD), []],
  ['ContainerWebAcl', 'App Runner for a network alone', runner(access(false)), []],
  ['ContainerWebAcl', 'App Runner of which nothing is said', runner(), ['ContainerWebAcl at Pages']],
  ['ContainerWebAcl', 'App Runner for everybody', runner(access('true')), ['ContainerWebAcl at Pages']],
  ['ContainerWebAcl', 'App Runner for everybody in one case', runner(access({ 'Fn::If': ['Prod', false, true] })), ['ContainerWebAcl at Pages']],
  ['ContainerWebAcl', 'App Runner for whom, the deployment says', runner(access(LATER)), ['ContainerWebAcl[undecided] at Pages']],
  ['ContainerWebAcl', 'App Runner for a network, or for whom the deployment says', runner(access({ 'Fn::If': ['Prod', false, LATER] })), ['ContainerWebAcl[undecided] at Pages']],
  ['ContainerWebAcl', 'a web ACL of which the deployment says where it stands', runner({}, guard(LATER)), ['ContainerWebAcl[undecided] at Pages']],
  ['ContainerWebAcl', 'ECS Express, and a web ACL', express(undefined, EXPRESS_GUARD), []],
  ['ContainerWebAcl', 'ECS Express, and a web ACL that another service of the same load balancer names', express(undefined, {
    Other: resource('AWS::ECS::ExpressGatewayService'), ...guard(attribute('Other', 'ECSManagedResourceArns.IngressPath.LoadBalancerArn')),
  }), []],
  ['ContainerWebAcl', 'ECS Express in the default network', express(), ['ContainerWebAcl at Shop']],
  ['ContainerWebAcl', 'ECS Express in a public subnet', express([{ Ref: 'Inner' }, { Ref: 'Open' }], network), ['ContainerWebAcl at Shop']],
  ['ContainerWebAcl', 'ECS Express in a subnet that goes out to IPv6 addresses alone', express([{ Ref: 'Six' }], {
    Six: resource('AWS::EC2::Subnet'),
    SixTable: resource('AWS::EC2::RouteTable'),
    SixRoute: resource('AWS::EC2::Route', { RouteTableId: { Ref: 'SixTable' }, DestinationIpv6CidrBlock: '::/0', GatewayId: { Ref: 'Gateway' } }),
    SixWay: resource('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: { Ref: 'SixTable' }, SubnetId: { Ref: 'Six' } }),
  }), ['ContainerWebAcl at Shop']],
  ['ContainerWebAcl', 'ECS Express in a subnet that is public in one case', express([{ Ref: 'Some' }], {
    ...network,
    Some: resource('AWS::EC2::Subnet'),
    SomeWay: resource('AWS::EC2::SubnetRouteTableAssociation', { RouteTableId: { 'Fn::If': ['Prod', { Ref: 'InnerTable' }, { Ref: 'OpenTable' }] }, SubnetId: { Ref: 'Some' } }),
  }), ['ContainerWebAcl at Shop']],
  ['ContainerWebAcl', 'ECS Express in what is no subnet', express([{ Ref: 'OpenTable' }], network), ['ContainerWebAcl[undecided] at Shop']],
  ['ContainerWebAcl', 'ECS Express in private subnets', express([{ Ref: 'Inner' }], network), []],
  ['ContainerWebAcl', 'ECS Express in subnets of another app', express(['subnet-1', 'subnet-2']), ['ContainerWebAcl[undecided] at Shop']],

  ['OpenStorePath', 'code that nobody sees decides who may write', runner(), ['OpenStorePath[undecided] at Pages']],
  ['OpenStorePath', 'the network decides who calls', runner(access(false)), []],
  ['OpenStorePath', 'a service that only reads', runner({}, { Role: role('tasks.apprunner.amazonaws.com') }), []],
  ['EntryPointLayers', 'a web ACL and exact rights', runner({}, RUNNER_GUARD), []],
  ['EntryPointLayers', 'neither', runner({}, WIDE), ['EntryPointLayers at Pages']],
  ['WebAclAlone', 'a web ACL, behind which the code asks who calls', runner({}, RUNNER_GUARD), []],

  ['PassThroughSecret', 'settings, and the ARN of a secret', variables({ Name: 'TABLE', Value: { Ref: 'Orders' } }), []],
  ['PassThroughSecret', 'a password of App Runner', variables({ Name: 'DB_PASSWORD', Value: 'correct-horse-battery' }), ['PassThroughSecret[DB_PASSWORD] at Pages']],
  ['PassThroughSecret', 'a password of ECS Express', {
    Shop: resource('AWS::ECS::ExpressGatewayService', { PrimaryContainer: { Environment: [{ Name: 'DB_PASSWORD', Value: 'correct-horse-battery' }] } }),
  }, ['PassThroughSecret[DB_PASSWORD] at Shop']],
];

describe('Services of containers', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, SecurityProfile.production(), SECTIONS)).toEqual(expected);
  });

  test('share no load balancer with those of another stack', () => {
    const acl = guard(attribute('Shop', 'ECSManagedResourceArns.IngressPath.LoadBalancerArn'));
    const app = modelOfStacks({ id: 'A', template: { Resources: express() } }, { id: 'B', template: { Resources: express(undefined, acl) } });
    expect(entryPointsOf(app).map(({ declaredBy, layers }) => [declaredBy.stackId, layers.webAcl])).toEqual([['A', false], ['B', true]]);
  });

  test('are ways in, with the role that the container acts with', () => {
    for (const [resources, at] of [[runner({}, RUNNER_GUARD), 'Pages'], [express(undefined, EXPRESS_GUARD), 'Shop']] as const) {
      const [entry] = entryPointsOf(modelOf(resources));
      expect(entry).toMatchObject({
        kind: 'container-service',
        declaredBy: { logicalId: at },
        layers: { authorization: 'none', validation: null, throttle: null, webAcl: true, logging: true, leastPrivilege: true },
      });
      expect(entry.roles.map(({ logicalId }) => logicalId)).toEqual(['Role']);
      expect(flowsOf(modelOf(resources))).toContainEqual({ from: `Shop/${at} container-service`, to: 'Shop/Orders', kind: 'writes' });
    }
    const [without] = entryPointsOf(modelOf(runner({ InstanceConfiguration: undefined }), SECTIONS));
    expect(without.layers).toMatchObject({ webAcl: false, leastPrivilege: true });
    const elsewhere = { InstanceConfiguration: { InstanceRoleArn: 'arn:aws:iam::111122223333:role/pages' } };
    expect(entryPointsOf(modelOf(runner(elsewhere), SECTIONS))[0].layers.leastPrivilege).toBeUndefined();
  });

  test('are no ways in where only a network reaches them', () => {
    expect(entryPointsOf(modelOf(runner(access(false))))).toStrictEqual([]);
    expect(entryPointsOf(modelOf(express([{ Ref: 'Inner' }], network)))).toStrictEqual([]);
  });
});
