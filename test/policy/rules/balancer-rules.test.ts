import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { BALANCER_RULES } from '../../../src/network/balancer/balancer-rules';
import { findings, judged, Resources, RuleCase, shownBy } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const OPEN = { Parameters: { SetAtDeployment: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } } };
const balancer = (Properties: object, more: Resources = {}): Resources => ({ B: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties }, ...more });
const attributes = (...list: unknown[]) => ({ LoadBalancerAttributes: list });
const logs = (Value: unknown) => ({ Key: 'access_logs.s3.enabled', Value });
const headers = (Value: unknown) => ({ Key: 'routing.http.drop_invalid_header_fields.enabled', Value });
const deletion = (Value: unknown) => ({ Key: 'deletion_protection.enabled', Value });
const listener = (Protocol: unknown, LoadBalancerArn: unknown = { Ref: 'B' }): Resources => ({ L: { Type: 'AWS::ElasticLoadBalancingV2::Listener', Properties: { LoadBalancerArn, Protocol } } });
const source = (LogType: unknown, ResourceArn: unknown = { Ref: 'B' }): Resources => ({ S: { Type: 'AWS::Logs::DeliverySource', Properties: { LogType, ResourceArn } } });
const maybe = (one: unknown, other: unknown) => ({ 'Fn::If': ['Maybe', one, other] });

const CASES: readonly RuleCase[] = [
  ['LoadBalancerLogs', 'on', balancer(attributes(deletion('false'), logs('true'))), []],
  ['LoadBalancerLogs', 'on, as no text', balancer(attributes(logs(true))), []],
  ['LoadBalancerLogs', 'off', balancer(attributes(logs('false'))), ['LoadBalancerLogs at B']],
  ['LoadBalancerLogs', 'nothing said', balancer({}), ['LoadBalancerLogs at B']],
  ['LoadBalancerLogs', 'for HTTP by its name', balancer({ Type: 'application' }), ['LoadBalancerLogs at B']],
  ['LoadBalancerLogs', 'of a type that a parameter decides', balancer({ Type: PARAMETER }), ['LoadBalancerLogs at B']],
  ['LoadBalancerLogs', 'a listener for TLS', balancer({ Type: 'network' }, listener('TLS')), ['LoadBalancerLogs at B']],
  ['LoadBalancerLogs', 'a listener for TLS, logged', balancer({ Type: 'network', ...attributes(logs('true')) }, listener('TLS')), []],
  ['LoadBalancerLogs', 'a listener that may be for TLS', balancer({ Type: 'network' }, listener(PARAMETER)), ['LoadBalancerLogs at B']],
  ['LoadBalancerLogs', 'a listener for TCP', balancer({ Type: 'network' }, listener('TCP')), []],
  ['LoadBalancerLogs', 'a listener of another one', balancer({ Type: 'network' }, listener('TLS', 'arn:other')), []],
  ['LoadBalancerLogs', 'a gateway', balancer({ Type: 'gateway' }), []],
  ['LoadBalancerLogs', 'delivered by CloudWatch Logs', balancer({}, source('ALB_ACCESS_LOGS')), []],
  ['LoadBalancerLogs', 'another log is delivered', balancer({}, source('ALB_HEALTH_CHECK_LOGS')), ['LoadBalancerLogs at B']],
  ['LoadBalancerLogs', 'that of another one is delivered', balancer({}, source('ALB_ACCESS_LOGS', 'arn:other')), ['LoadBalancerLogs at B']],
  ['LoadBalancerLogs', 'a parameter', balancer(attributes(logs(PARAMETER))), ['LoadBalancerLogs[undecided] at B']],
  ['LoadBalancerLogs', 'in one of two stages', balancer(attributes(logs(maybe('true', 'false')))), ['LoadBalancerLogs at B']],

  ['LoadBalancerHeaders', 'taken out', balancer(attributes(headers('true'))), []],
  ['LoadBalancerHeaders', 'passed on', balancer(attributes(headers('false'))), ['LoadBalancerHeaders at B']],
  ['LoadBalancerHeaders', 'nothing said', balancer({}), ['LoadBalancerHeaders at B']],
  ['LoadBalancerHeaders', 'nothing said, with a log that is delivered', balancer({}, source('ALB_ACCESS_LOGS')), ['LoadBalancerHeaders at B']],
  ['LoadBalancerHeaders', 'one that reads no HTTP', balancer({ Type: 'network' }), []],
  ['LoadBalancerHeaders', 'a parameter', balancer(attributes(headers(PARAMETER))), ['LoadBalancerHeaders[undecided] at B']],

  ['LoadBalancerDeletion', 'protected', balancer(attributes(deletion('true'))), []],
  ['LoadBalancerDeletion', 'nothing said, of any type', balancer({ Type: 'gateway' }), ['LoadBalancerDeletion at B']],
  ['LoadBalancerDeletion', 'off', balancer(attributes(deletion('false'))), ['LoadBalancerDeletion at B']],
  ['LoadBalancerDeletion', 'a parameter', balancer(attributes(deletion(PARAMETER))), ['LoadBalancerDeletion[undecided] at B']],
];

describe('The rules for load balancers', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, OPEN)).toEqual(expected);
  });

  test.each(BALANCER_RULES.map(({ id }) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test('LoadBalancerDeletion is silent where the profile lets all go', () => {
    expect(findings('LoadBalancerDeletion', balancer({}), SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('malformed values are no crash', () => {
    for (const value of [1, 'x', [], {}, [null], [[1]]]) {
      for (const { id } of BALANCER_RULES) expect(judged(id, balancer({ Type: undefined, LoadBalancerAttributes: value }))).toBe(1);
    }
  });
});
