import { Duration, Token } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { alarmStep } from '../../alarms/alarm-hardening';
import { Watch } from '../../alarms/watch';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { isCdkHelper } from '../../iam/cdk-helper';
import { isEdgeFunction } from '../../iam/hardening/holders/edge-functions';
import { DEFAULT_TIMEOUTS } from '../../triggers/trigger-baseline';
import { functionWatches } from '../function-alarms';

/** The alarms of functions. Those that CloudFront copies are measured in the region in which a caller is, and CDK's helpers run at deployment alone. */
const ALARMS = alarmStep<CfnFunction>({
  type: 'AWS::Lambda::Function',
  rule: 'FunctionAlarm',
  when: (fn, site) => !isCdkHelper(fn, site) && !isEdgeFunction(fn, site),
  watches: watchesOf,
  names: (fn) => [fn.functionName],
});

/** Where only the deployment knows the timeout, nothing can be said about a duration that comes near to it. */
function watchesOf(fn: CfnFunction): Watch[] {
  const { timeout = DEFAULT_TIMEOUTS.function, reservedConcurrentExecutions } = fn;
  const isKnown = !Token.isUnresolved(timeout);
  const metric = {
    metric: (metricName: string, options: object) => (
      new Metric({ namespace: 'AWS/Lambda', metricName, dimensionsMap: { FunctionName: fn.ref }, ...options })),
  };
  return functionWatches(metric, { timeout: Duration.seconds(isKnown ? timeout : 1), reservedConcurrentExecutions })
    .filter(({ name }) => isKnown || name !== 'duration');
}

/** What hardening does so that somebody hears of a function's failures. */
export const FUNCTION_ALARM_HARDENING: readonly HardeningStep[] = [ALARMS];
