import { AlarmBase, IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { DURATION_SHARE } from './state-machine-baseline';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch, watch } from '../alarms/watch';

/**
 * The alarms of a state machine.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export interface StateMachineAlarms {
  /**
   * The number of executions that failed: work was not done, and nobody waits for the answer of a standard machine.
   * @default - more than 0 in 5 minutes
   */
  readonly executionsFailed?: AlarmSetting;
  /**
   * The number of executions that ran into the timeout of the machine.
   * @default - more than 0 in 5 minutes
   */
  readonly executionsTimedOut?: AlarmSetting;
  /**
   * The number of executions that somebody stopped. Executions of an express machine cannot be stopped: it has no such alarm.
   * @default - more than 0 in 5 minutes
   */
  readonly executionsAborted?: AlarmSetting;
  /**
   * The number of state changes that Step Functions delayed: somebody starts more than the account's quota takes.
   * @default - more than 0 in 5 minutes
   */
  readonly executionThrottled?: AlarmSetting;
  /**
   * The time that executions take at p99, in milliseconds: near the timeout, the next ones fail.
   * @default - more than 80 % of the timeout in two of three periods of 5 minutes; none where the timeout is known only at deployment
   */
  readonly executionTime?: AlarmSetting;
  /**
   * Log lines within 5 minutes that hold values which a `DataClassification` names. They are masked.
   * @default - more than 0, as soon as the machine has rights on classified data
   */
  readonly sensitiveLogs?: AlarmSetting;
}

/** What the thresholds of a machine depend on. */
export interface StateMachineLimits {
  readonly type: StateMachineType;
  /** Seconds, where they are known before deployment. */
  readonly timeout?: unknown;
}

/** Makes the alarms of a state machine. */
export function watchStateMachine(machine: StateMachine, limits: StateMachineLimits, settings: StateMachineAlarms = {}): AlarmBase[] {
  return watch(machine, stateMachineWatches(machine.stateMachineArn, limits), { ...settings });
}

/** What is watched at a state machine, by its ARN. */
export function stateMachineWatches(arn: string, limits: StateMachineLimits): Watch[] {
  return [...counts(arn, limits), ...duration(arn, limits)];
}

function counts(arn: string, { type }: StateMachineLimits): Watch[] {
  const sum = (metricName: string) => metric(arn, metricName, 'Sum');
  return [
    {
      name: 'executionsFailed',
      description: 'executions fail; look into the log group of the machine for the state and the error',
      metric: sum('ExecutionsFailed'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'executionsTimedOut',
      description: 'executions take longer than the machine allows; look at the traces for the state that they wait in',
      metric: sum('ExecutionsTimedOut'),
      threshold: 0,
      essential: true,
    },
    ...type === StateMachineType.EXPRESS ? [] : [{
      name: 'executionsAborted',
      description: 'somebody stops executions; look into CloudTrail for StopExecution',
      metric: sum('ExecutionsAborted'),
      threshold: 0,
    }],
    {
      name: 'executionThrottled',
      description: 'Step Functions delays executions; look at who starts them and at the quotas of the account',
      metric: sum('ExecutionThrottled'),
      threshold: 0,
    },
  ];
}

function duration(arn: string, { timeout }: StateMachineLimits): Watch[] {
  if (typeof timeout !== 'number') return [];
  return [{
    name: 'executionTime',
    description: 'executions take more than 80 % of the time they have; look at the traces for the state that they wait in',
    metric: metric(arn, 'ExecutionTime', 'p99'),
    threshold: Math.floor(timeout * 1000 * DURATION_SHARE),
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
  }];
}

function metric(arn: string, metricName: string, statistic: string): (options: MetricOptions) => IMetric {
  return (options) => new Metric({
    namespace: 'AWS/States', metricName, statistic, dimensionsMap: { StateMachineArn: arn }, ...options,
  });
}
