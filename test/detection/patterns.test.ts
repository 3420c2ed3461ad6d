import { Stack } from 'aws-cdk-lib';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { MALWARE_PATTERNS, PATTERNS } from '../../src/detection/findings/finding-events';
import { FindingSource } from '../../src/detection/findings/finding-source';
import {
  alarm, CLOUD_TRAIL, EXTERNAL_ACCESS, GUARD_DUTY_LAMBDA, HUB_FINDING, INSPECTOR_LAMBDA, MALWARE_PLAN, MALWARE_SCAN, securityHub, UNUSED_ACCESS,
} from '../handlers/normalise-finding/events';
import { Json } from '../support/api';

/** As much of the patterns of EventBridge as the rules use: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
function matches(pattern: Json, value: Json): boolean {
  if (Array.isArray(pattern)) return [value].flat().some((one) => pattern.some((option) => matchesOne(option, one)));
  if (Array.isArray(value)) return value.some((one) => matches(pattern, one));
  return value !== undefined && Object.entries(pattern).every(([name, inner]) => matches(inner, value[name]));
}

function matchesOne(option: Json, value: Json): boolean {
  if (typeof option !== 'object') return option === value;
  return 'anything-but' in option && value !== undefined && ![option['anything-but']].flat().includes(value);
}

/** A pattern as the template has it. */
function rendered(pattern: EventPattern): Json {
  const { source, detailType, detail } = new Stack().resolve(pattern);
  return { source, 'detail-type': detailType, ...detail !== undefined && { detail } };
}

describe('the events that the services document are those that the rules let through', () => {
  test.each<[FindingSource, Json]>([
    [FindingSource.GUARD_DUTY, GUARD_DUTY_LAMBDA],
    [FindingSource.INSPECTOR, INSPECTOR_LAMBDA],
    [FindingSource.ACCESS_ANALYZER, EXTERNAL_ACCESS],
    [FindingSource.ACCESS_ANALYZER, UNUSED_ACCESS],
    [FindingSource.SECURITY_HUB, securityHub(HUB_FINDING)],
    [FindingSource.TAMPERING, CLOUD_TRAIL],
  ])('%s', (source, event) => {
    const heard = Object.entries(PATTERNS).filter(([, pattern]) => matches(rendered(pattern), event)).map(([name]) => name);
    expect(heard).toEqual([source]);
  });

  test('scans for malware', () => {
    expect([MALWARE_SCAN, MALWARE_PLAN].map((event) => MALWARE_PATTERNS.findIndex((pattern) => matches(rendered(pattern), event)))).toEqual([0, 1]);
  });

  test.each<[string, FindingSource, Json]>([
    ['a server', FindingSource.INSPECTOR, { ...INSPECTOR_LAMBDA, detail: { ...INSPECTOR_LAMBDA.detail, resources: [{ id: 'i-1', type: 'AWS_EC2_INSTANCE' }] } }],
    ['what GuardDuty told itself', FindingSource.SECURITY_HUB, securityHub({ ...HUB_FINDING, ProductName: 'GuardDuty' })],
    ['what somebody looks at already', FindingSource.SECURITY_HUB, securityHub({ ...HUB_FINDING, Workflow: { Status: 'NOTIFIED' } })],
    ['a call that only reads', FindingSource.TAMPERING, { ...CLOUD_TRAIL, detail: { ...CLOUD_TRAIL.detail, eventName: 'DescribeTrails' } }],
    ['an alarm', FindingSource.GUARD_DUTY, alarm('Shop/x', 'ALARM')],
  ])('%s is no finding of %s', (_, source, event) => {
    expect(matches(rendered(PATTERNS[source as keyof typeof PATTERNS]), event)).toBe(false);
  });
});
