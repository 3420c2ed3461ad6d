import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { checkSetting, TunedAlarm } from '../../src/alarms/alarm-checks';
import { AlarmSetting, AlarmTuning } from '../../src/alarms/alarm-setting';
import { ConfigurationError } from '../../src/core/configuration-error';

const ERRORS: TunedAlarm = { name: 'errors', threshold: 3, period: Duration.minutes(5), evaluationPeriods: 2, anomaly: false };
const SPIKES: TunedAlarm = { ...ERRORS, name: 'spikes', anomaly: true };
const later = Lazy.number({ produce: () => 5 });

function refusalOf(alarm: TunedAlarm, threshold: number, tuning: AlarmTuning = {}): string | undefined {
  try {
    checkSetting(new Stack(undefined, 'Shop'), alarm, AlarmSetting.threshold(threshold, tuning));
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
}

const period = (rest: string, code = 'Period') => `'alarms.errors.period' must ${rest}; leave it out to use 5 minutes [AlarmSetting.${code}, at 'Shop']`;
const count = (prop: string, most: number, got: number, fix: string, code: string) => (
  `'alarms.errors.${prop}' must be a whole number between 1 and ${most}, got ${got}; ${fix} [AlarmSetting.${code}, at 'Shop']`);
const periods = (most: number, got: number) => count('evaluationPeriods', most, got, 'leave it out to use the default, or choose a shorter period', 'EvaluationPeriods');
const points = (most: number, got: number) => count('datapointsToAlarm', most, got, 'leave it out to want all of the data points', 'DatapointsToAlarm');

test.each<[string, TunedAlarm, number, AlarmTuning]>([
  ['a threshold of zero', ERRORS, 0, {}],
  ['the smallest threshold of an anomaly', SPIKES, 0.1, {}],
  ['a threshold that only deployment knows', ERRORS, later, {}],
  ['the shortest period', ERRORS, 1, { period: Duration.seconds(10) }],
  ['30 seconds', ERRORS, 1, { period: Duration.seconds(30) }],
  ['a day', ERRORS, 1, { period: Duration.days(1), evaluationPeriods: 1 }],
  ['as many periods as a day has', ERRORS, 1, { period: Duration.minutes(1), evaluationPeriods: 1440 }],
  ['as many periods as a day has, by default', ERRORS, 1, { evaluationPeriods: 288 }],
  ['as many data points as periods, by default', ERRORS, 1, { datapointsToAlarm: 2 }],
  ['one data point', ERRORS, 1, { evaluationPeriods: 3, datapointsToAlarm: 1 }],
  ['as many data points as a day has, of a number of periods that only deployment knows', ERRORS, 1, { evaluationPeriods: later, datapointsToAlarm: 288 }],
])('a tuning is taken: %s', (_, alarm, threshold, tuning) => {
  expect(refusalOf(alarm, threshold, tuning)).toBeUndefined();
});

test.each<[string, TunedAlarm, number, AlarmTuning, string]>([
  ['a threshold below zero', ERRORS, -0.1, {}, "'alarms.errors' must have a finite threshold of zero or more, got -0.1; leave it out to use 3 [AlarmSetting.Threshold, at 'Shop']"],
  ['no number', ERRORS, NaN, {}, "'alarms.errors' must have a finite threshold of zero or more, got \"NaN\"; leave it out to use 3 [AlarmSetting.Threshold, at 'Shop']"],
  ['an anomaly of no deviation', SPIKES, 0, {}, "'alarms.spikes' must have a threshold above zero standard deviations, got 0; leave it out to use 3 [AlarmSetting.Threshold, at 'Shop']"],
  ['an anomaly that only deployment knows', SPIKES, later, {},
    "'alarms.spikes' must be known when the app is synthesized, got \"a value that is only known at deployment\"; leave it out to use 3 [AlarmSetting.Threshold, at 'Shop']"],
  ['an endless anomaly', SPIKES, Infinity, {}, "'alarms.spikes' must have a threshold above zero standard deviations, got \"Infinity\"; leave it out to use 3 [AlarmSetting.Threshold, at 'Shop']"],
  ['a period below the shortest', ERRORS, 1, { period: Duration.seconds(9) }, period('lie between 10 seconds and 1 day, got "9 seconds"')],
  ['a period above the longest', ERRORS, 1, { period: Duration.minutes(1441) }, period('lie between 10 seconds and 1 day, got "1 day 1 minute"')],
  ['20 seconds, which the metrics of CDK do not take', ERRORS, 1, { period: Duration.seconds(20) }, period('be 10 or 30 seconds, or whole minutes, got "20 seconds"')],
  ['a period that only deployment knows', ERRORS, 1, { period: Duration.seconds(later) },
    period('be 10 or 30 seconds, or whole minutes, got "Duration.seconds(…)"')],
  ['no period', ERRORS, 1, { evaluationPeriods: 0 }, periods(288, 0)],
  ['more periods than a day has', ERRORS, 1, { evaluationPeriods: 289 }, periods(288, 289)],
  ['more periods than a day has, of another length', ERRORS, 1, { period: Duration.hours(7), evaluationPeriods: 4 }, periods(3, 4)],
  ['no data point', ERRORS, 1, { datapointsToAlarm: 0 }, points(2, 0)],
  ['more data points than periods, by default', ERRORS, 1, { datapointsToAlarm: 3 }, points(2, 3)],
  ['more data points than a day has, of a number of periods that only deployment knows', ERRORS, 1, { evaluationPeriods: later, datapointsToAlarm: 289 }, points(288, 289)],
])('a tuning fails: %s', (_, alarm, threshold, tuning, message) => {
  expect(refusalOf(alarm, threshold, tuning)).toBe(message);
});
