import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, CfnAlarm, ComparisonOperator, IMetric, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { PlainAlarm, PlainAlarmProps, traceOf } from '../../src/alarms/plain-alarm';
import { plainMetric } from '../../src/alarms/plain-metric';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';

const ERRORS = { namespace: 'AWS/Lambda', metricName: 'Errors', dimensionsMap: { FunctionName: 'orders' } };
const ENV = { account: '111122223333', region: 'eu-west-1' };

function propsOf(metric: IMetric, others: Partial<PlainAlarmProps> = {}): PlainAlarmProps {
  return {
    alarmName: 'orders fail',
    alarmDescription: 'look at the log',
    metric,
    threshold: 5,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    ...others,
  };
}

function plain(stack: Stack, props: PlainAlarmProps): PlainAlarm {
  return new PlainAlarm(stack, 'Errors', props, plainMetric(stack, props.metric)!, traceOf(stack));
}

function cdks(stack: Stack, props: PlainAlarmProps): Alarm {
  return new Alarm(stack, 'Errors', props);
}

const CASES: readonly [string, PlainAlarmProps][] = [
  ['a sum', propsOf(new Metric({ ...ERRORS, statistic: 'Sum' }))],
  ['a percentile', propsOf(new Metric({ ...ERRORS, statistic: 'p99.9', period: Duration.minutes(1) }))],
  ['an average in a unit, without a name', propsOf(new Metric({ ...ERRORS, statistic: Stats.AVERAGE, unit: 'Count' as never }), { alarmName: undefined })],
  ['a metric without dimensions, compared the other way', propsOf(new Metric({ namespace: 'Shop', metricName: 'Orders', statistic: 'Minimum' }), {
    comparisonOperator: ComparisonOperator.LESS_THAN_OR_EQUAL_TO_THRESHOLD, datapointsToAlarm: undefined, evaluationPeriods: 1,
  })],
  ['half a minute', propsOf(new Metric({ ...ERRORS, statistic: 'Maximum', period: Duration.seconds(10) }))],
  ['one minute', propsOf(new Metric({ ...ERRORS, statistic: 'SampleCount', period: Duration.seconds(30) }), { evaluationPeriods: 2 })],
];

describe.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('a plain alarm, under %s', (_flags, flags) => {
  test.each(CASES)('is what the class of CDK makes of %s', (_name, props) => {
    const [ours, theirs] = [plain, cdks].map((make) => {
      const stack = testStack({ flags, env: ENV });
      const topics = ['Called', 'Unsure', 'Calm'].map((id) => new SnsAction(new Topic(stack, id)));
      const alarm = make(stack, props);
      alarm.addAlarmAction(topics[0]);
      alarm.addInsufficientDataAction(topics[1]);
      alarm.addOkAction(topics[0], topics[2]);
      const { alarmArn, alarmName } = alarm;
      const names = stack.resolve([alarmArn, alarmName, alarm.renderAlarmRule()]) as unknown;
      return { template: templateOf(stack).toJSON() as unknown, annotation: alarm.toAnnotation(), names };
    });
    expect(ours).toEqual(theirs);
  });
});

test('an alarm keeps what it calls, whenever that is added', () => {
  const stack = testStack();
  const alarm = plain(stack, CASES[0][1]);
  alarm.addAlarmAction({ bind: () => ({ alarmActionArn: 'arn:first' }) });
  alarm.addAlarmAction({ bind: () => ({ alarmActionArn: 'arn:second' }) });
  const resource = alarm.node.defaultChild as CfnAlarm;
  expect([resource.alarmActions, resource.okActions, resource.insufficientDataActions]).toEqual([['arn:first', 'arn:second'], undefined, undefined]);
});

test.each<[string, IMetric]>([
  ['a formula', new MathExpression({ expression: 'a * 2', usingMetrics: { a: new Metric(ERRORS) } })],
  ['a label', new Metric({ ...ERRORS, label: 'Failures' })],
  ['another account', new Metric({ ...ERRORS, account: '444455556666' })],
  ['another region', new Metric({ ...ERRORS, region: 'us-east-1' })],
  ['a statistic that CDK translates', new Metric({ ...ERRORS, statistic: 'tm99' })],
  ['a statistic that CDK warns of', new Metric({ ...ERRORS, statistic: 'unheard of' })],
])('a metric with %s is left to the class of CDK', (_name, metric) => {
  expect(plainMetric(testStack({ env: ENV }), metric)).toBeUndefined();
});

test('a metric of its own account and region is plain', () => {
  expect(plainMetric(testStack({ env: ENV }), new Metric({ ...ERRORS, statistic: 'Sum', ...ENV }))).toEqual({
    namespace: 'AWS/Lambda', metricName: 'Errors', dimensions: [{ name: 'FunctionName', value: 'orders' }], period: 300, statistic: 'Sum', unit: undefined,
  });
});

describe('where an alarm was made', () => {
  test('is where its author made what it watches', () => {
    const topic = new Topic(testStack(), 'News');
    const alarm = new PlainAlarm(topic, 'Errors', CASES[0][1], plainMetric(topic, CASES[0][1].metric)!, traceOf(topic));
    const [of, watched] = [alarm, topic].map(({ node }) => (node.defaultChild as CfnAlarm).creationStack);
    expect(of).toEqual(watched);
    expect(of.join('\n')).toMatch(/plain-alarm\.test/);
  });

  test('is its own place where it watches no resource', () => {
    const { node } = plain(testStack(), CASES[0][1]);
    expect((node.defaultChild as CfnAlarm).creationStack.join('\n')).toMatch(/plain-alarm\.test/);
  });

  test('is known once', () => {
    const topic = new Topic(testStack(), 'News');
    const alarm = new PlainAlarm(topic, 'Errors', CASES[0][1], plainMetric(topic, CASES[0][1].metric)!, traceOf(topic));
    expect(alarm.node.defaultChild!.node.metadata.filter(({ type }) => type === 'aws:cdk:creationStack')).toHaveLength(1);
  });
});
