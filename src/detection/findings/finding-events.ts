import { Stack, Token } from 'aws-cdk-lib';
import { EventPattern, Match } from 'aws-cdk-lib/aws-events';
import { IConstruct } from 'constructs';
import { PRODUCTS_HEARD_DIRECTLY, TAMPERING_CALLS } from '../detection-baseline';
import { FindingSource } from './finding-source';
import { watchedBelow } from '../../alarms/watched';
import { outermostStack } from '../../core/stacks/shared-part';

/** Which events of the default bus tell of findings, by who sends them. Alarms are known at the end only: `alarmPatterns`. */
export const PATTERNS: { readonly [source in Exclude<FindingSource, FindingSource.ALARMS>]: EventPattern } = {
  [FindingSource.GUARD_DUTY]: { source: ['aws.guardduty'], detailType: ['GuardDuty Finding'] },
  [FindingSource.ACCESS_ANALYZER]: {
    source: ['aws.access-analyzer'],
    detailType: ['Access Analyzer Finding', 'Internal Access Finding', 'Unused Access Finding for IAM entities'],
  },
  [FindingSource.INSPECTOR]: {
    source: ['aws.inspector2'],
    detailType: ['Inspector2 Finding'],
    detail: { resources: { type: ['AWS_ECR_CONTAINER_IMAGE', 'AWS_LAMBDA_FUNCTION'] } },
  },
  [FindingSource.SECURITY_HUB]: {
    source: ['aws.securityhub'],
    detailType: ['Security Hub Findings - Imported'],
    detail: {
      findings: {
        ProductName: Match.anythingBut(...PRODUCTS_HEARD_DIRECTLY),
        RecordState: ['ACTIVE'],
        Severity: { Label: ['CRITICAL', 'HIGH'] },
        Workflow: { Status: ['NEW'] },
      },
    },
  },
  [FindingSource.TAMPERING]: {
    source: Object.keys(TAMPERING_CALLS).map((service) => `aws.${service}`),
    detailType: ['AWS API Call via CloudTrail'],
    detail: { eventName: [...new Set(Object.values(TAMPERING_CALLS).flat())].sort() },
  },
};

/** What GuardDuty tells of scans for malware: what it found, and buckets that it can no longer scan. */
export const MALWARE_PATTERNS: readonly EventPattern[] = [
  {
    source: ['aws.guardduty'],
    detailType: ['GuardDuty Malware Protection Object Scan Result'],
    detail: { scanResultDetails: { scanResultStatus: ['ACCESS_DENIED', 'FAILED', 'THREATS_FOUND'] } },
  },
  {
    source: ['aws.guardduty'],
    detailType: ['GuardDuty Malware Protection Resource Status Error', 'GuardDuty Malware Protection Resource Status Warning'],
  },
];

/**
 * The alarms of a stack that are signals of an attack, by the end of their names, and the one for several signals at once. Alarms begin with the name of
 * the stack; where that is known at deployment only they have no names to be told apart by.
 */
export function alarmPatternOf(scope: IConstruct): EventPattern | undefined {
  const stack = outermostStack(scope);
  const { stackName } = Stack.of(stack);
  if (Token.isUnresolved(stackName)) return undefined;
  const signals = watchedBelow(stack).filter(({ watch, alarm }) => watch?.attack === true && alarm !== undefined).map(({ watch }) => watch!.name);
  if (signals.length === 0) return undefined;
  const names = [...new Set(signals)].sort().map((name) => ({ wildcard: `${stackName}/* ${name}` }));
  return {
    source: ['aws.cloudwatch'],
    detailType: ['CloudWatch Alarm State Change'],
    detail: { alarmName: [`${stackName} under attack`, ...names], state: { value: ['ALARM', 'OK'] } },
  };
}
