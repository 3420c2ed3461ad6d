import { CONTAINER_RULES } from '../../../src/container/container-rules';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, judged, Resources, RuleCase, shownBy } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const OPEN = { Parameters: { SetAtDeployment: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } } };
const cluster = (ClusterSettings?: unknown): Resources => ({ C: { Type: 'AWS::ECS::Cluster', Properties: { ClusterSettings } } });
const task = (...ContainerDefinitions: unknown[]): Resources => ({ T: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions } } });
const logged = (LogDriver: unknown) => ({ Name: 'web', LogConfiguration: { LogDriver } });
const service: Resources = { S: { Type: 'AWS::AppRunner::Service', Properties: {} } };
const insights = (Value: unknown) => ({ Name: 'containerInsights', Value });
const maybe = (one: unknown, other: unknown) => ({ 'Fn::If': ['Maybe', one, other] });

const CASES: readonly RuleCase[] = [
  ['ContainerInsights', 'enabled', cluster([insights('enabled')]), []],
  ['ContainerInsights', 'enhanced, beside another setting', cluster([{ Name: 'another', Value: 'disabled' }, insights('enhanced')]), []],
  ['ContainerInsights', 'a setting without a list', cluster(insights('enabled')), []],
  ['ContainerInsights', 'disabled', cluster([insights('disabled')]), ['ContainerInsights at C']],
  ['ContainerInsights', 'nothing said', cluster(), ['ContainerInsights at C']],
  ['ContainerInsights', 'another setting', cluster([{ Name: 'another', Value: 'enabled' }]), ['ContainerInsights at C']],
  ['ContainerInsights', 'enabled in one of two lists', cluster(maybe([insights('enabled')], [])), ['ContainerInsights at C']],
  ['ContainerInsights', 'enabled in both', cluster(maybe([insights('enabled')], [insights('enhanced')])), []],
  ['ContainerInsights', 'one of two values', cluster([insights(maybe('enabled', 'disabled'))]), ['ContainerInsights at C']],
  ['ContainerInsights', 'a parameter', cluster([insights(PARAMETER)]), ['ContainerInsights[undecided] at C']],
  ['ContainerInsights', 'a setting whose name is a parameter', cluster([{ Name: PARAMETER, Value: 'enabled' }]), ['ContainerInsights[undecided] at C']],
  ['ContainerInsights', 'settings of another stack', cluster({ 'Fn::ImportValue': 'settings' }), ['ContainerInsights[undecided] at C']],

  ['ContainerLogs', 'a log', task(logged('awslogs')), []],
  ['ContainerLogs', 'none', task({ Name: 'web' }), ['ContainerLogs[web] at T']],
  ['ContainerLogs', 'none of one', task(logged('awsfirelens'), { Name: 'proxy', LogConfiguration: {} }), ['ContainerLogs[proxy] at T']],
  ['ContainerLogs', 'none of one without a name', task({ Image: 'web' }), ['ContainerLogs at T']],
  ['ContainerLogs', 'in one of two stages', task({ Name: 'web', LogConfiguration: maybe({ LogDriver: 'awslogs' }, { Ref: 'AWS::NoValue' }) }), ['ContainerLogs[web] at T']],
  ['ContainerLogs', 'a driver that a parameter decides', task(logged(PARAMETER)), ['ContainerLogs[undecided web] at T']],
  ['ContainerLogs', 'containers of another stack', { T: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: { 'Fn::ImportValue': 'containers' } } } }, ['ContainerLogs[undecided] at T']],
  ['ContainerLogs', 'no container', task(), []],

  ['ContainerWebAcl', 'a web ACL', { ...service, A: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::GetAtt': ['S', 'ServiceArn'] } } } }, []],
  ['ContainerWebAcl', 'none', service, ['ContainerWebAcl at S']],
  ['ContainerWebAcl', 'one that a parameter places', { ...service, A: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: PARAMETER } } }, ['ContainerWebAcl[undecided] at S']],
];

describe('The rules for containers', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, OPEN)).toEqual(expected);
  });

  test.each(CONTAINER_RULES.map(({ id }) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test('ContainerInsights is silent where nothing may cost while idle', () => {
    expect(findings('ContainerInsights', cluster(), SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('malformed values are no crash', () => {
    for (const value of [1, 'x', [], {}, [null], [[1]]]) {
      expect(judged('ContainerInsights', cluster(value))).toBe(1);
      expect(judged('ContainerLogs', task(value))).toBeLessThan(2);
    }
  });
});
