import { ALARM } from '../../model/alarms';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { isUnresolved, numberOf, textOf, Value } from '../../model/values/values';
import { NEVER_REACHED, SHARES, SLOWEST_ALARM_SECONDS } from '../alarm-baseline';

export const ALARM_NEVER_RINGS: Rule = {
  id: 'AlarmNeverRings',
  severity: Severity.LOW,
  appliesTo: [ALARM],
  title: 'An alarm on failures cannot ring, or rings a day too late',
  why: 'The alarm exists, is shown as OK, and stays so while everything fails: its threshold is out of reach, it compares the wrong way round, or it looks back over days.',
  fix: 'Compare with GreaterThanThreshold or GreaterThanOrEqualToThreshold, with a threshold that a bad hour reaches, on the sum or the maximum of periods of minutes.',
  risks: ['unseen-attack'],
  frameworks: ['CSA SAS-05', 'OWASP Serverless S10'],
  findingForm: 'what keeps it silent: Comparison, Threshold, Statistic, Datapoints or Period',
  check: judgeReach,
};

/** An alarm that adds or takes away capacity tells nobody anything. */
const SCALING = ['AWS::ApplicationAutoScaling::ScalingPolicy', 'AWS::AutoScaling::ScalingPolicy'];

/**
 * Judged are alarms on counts of failures, apart from those that only scale something.
 *
 * | setting                                        | keeps the alarm silent because                       |
 * |------------------------------------------------|------------------------------------------------------|
 * | LessThan…                                      | a count of failures is low when all is well          |
 * | a threshold as large as what an account can do | nothing counts so far                                |
 * | an average of ones and zeros, and more than 1  | a share is never above 1                             |
 * | Minimum                                        | one good call in the period hides all bad ones       |
 * | more datapoints than periods                   | there are never as many                              |
 * | a day or more in all periods together          | the attack is over                                   |
 */
function judgeReach(alarm: Resource, app: AppModel): RuleResult {
  const metric = `${textOf(alarm.property('Namespace')) ?? ''} ${textOf(alarm.property('MetricName')) ?? ''}`;
  const most = NEVER_REACHED[metric];
  if (most === undefined || onlyScales(alarm, app)) return notApplicable();
  const any = (path: string, isWrong: (value: Value) => boolean): boolean => alarm.alternatives(path).some(isWrong);
  const least = (path: string): number => Math.min(...alarm.alternatives(path).map((value) => numberOf(value) ?? 1));
  const isShare = SHARES.test(metric) && any('Statistic', (statistic) => statistic === 'Average');
  const found: readonly (readonly [boolean, string])[] = [
    [any('ComparisonOperator', (operator) => /^LessThan/.test(textOf(operator) ?? '') && !/UpperThreshold/.test(textOf(operator) ?? '')), 'Comparison'],
    [any('Threshold', (threshold) => (numberOf(threshold) ?? 0) >= most || (isShare && (numberOf(threshold) ?? 0) > 1)), 'Threshold'],
    [any('Statistic', (statistic) => statistic === 'Minimum'), 'Statistic'],
    [least('DatapointsToAlarm') > least('EvaluationPeriods'), 'Datapoints'],
    [least('Period') * least('EvaluationPeriods') >= SLOWEST_ALARM_SECONDS, 'Period'],
  ];
  const silent = found.filter(([isSilent]) => isSilent).map(([, reason]): Outcome => fail('Properties', reason));
  if (silent.length > 0) return silent;
  return ['ComparisonOperator', 'Threshold'].some((path) => any(path, isUnresolved)) ? unresolved('Properties', 'Threshold') : pass();
}

function onlyScales(alarm: Resource, app: AppModel): boolean {
  const actions = alarm.items('AlarmActions');
  return actions.length > 0 && actions.every((action) => app.targets(action).some(({ type }) => SCALING.includes(type)));
}

export const ALARM_REACH_RULES: readonly Rule[] = [ALARM_NEVER_RINGS];
