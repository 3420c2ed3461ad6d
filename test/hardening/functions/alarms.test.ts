import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { experimental } from 'aws-cdk-lib/aws-cloudfront';
import { Alarm, CfnAlarm, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { HardenOptions } from '../../../src/hardening/harden-options';

const FUNCTION = { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_LATEST };

function shop(options: HardenOptions = {}): Stack {
  const app = new App();
  ServerlessSecurity.of(app).harden({ only: [HardeningArea.ALARMS], ...options });
  return new Stack(app, 'Shop', { env: { account: '111122223333', region: 'us-east-1' } });
}

/** The metrics with alarms, with the ids of the alarms. */
function alarms(stack: Stack): Record<string, unknown> {
  const found = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
  return Object.fromEntries(Object.entries(found).map(([id, { Properties: { MetricName } }]) => [id, MetricName]));
}

const metrics = (stack: Stack) => Object.values(alarms(stack)).sort();

test('a function gets the alarms that a secure one has, and they tell the topic of the stack', () => {
  const stack = shop();
  new LambdaFunction(stack, 'Place', { ...FUNCTION, timeout: Duration.seconds(10), reservedConcurrentExecutions: 5 });
  const template = Template.fromStack(stack);
  const found = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties)
    .map(({ MetricName, Threshold, Namespace, Dimensions, AlarmActions }) => ({ MetricName, Threshold, Namespace, Dimensions, AlarmActions }));
  const about = {
    Namespace: 'AWS/Lambda',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Place7A6A35E8' } }],
    AlarmActions: [{ Ref: 'SharedSecurityAlarmTopicF10CE99D' }],
  };
  expect(found).toEqual([
    { ...about, MetricName: 'Errors', Threshold: 0 },
    { ...about, MetricName: 'Throttles', Threshold: 0 },
    { ...about, MetricName: 'Duration', Threshold: 8000 },
    { ...about, MetricName: 'ConcurrentExecutions', Threshold: 4 },
  ]);
});

test('a function of the first level gets the same, and its duration is held against the timeout that Lambda chooses', () => {
  const stack = shop();
  new CfnFunction(stack, 'Place', { code: { zipFile: '0' }, role: 'arn:aws:iam::111122223333:role/fn' });
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Duration', Threshold: 2400 });
  expect(metrics(stack)).toEqual(['ConcurrentExecutions', 'Duration', 'Errors', 'Throttles']);
});

test('the sandbox profile has the one alarm on errors', () => {
  const stack = shop({ profile: SecurityProfile.sandbox() });
  new LambdaFunction(stack, 'Place', FUNCTION);
  expect(metrics(stack)).toEqual(['Errors']);
});

describe('what somebody watches already gets no second alarm', () => {
  const WITHOUT_ERRORS = ['ConcurrentExecutions', 'Duration', 'Throttles'];

  /** The metrics with alarms that hardening made. */
  function added(make: (stack: Stack, fn: LambdaFunction) => void): unknown[] {
    const stack = shop();
    make(stack, new LambdaFunction(stack, 'Place', { ...FUNCTION, functionName: 'place' }));
    return Object.entries(alarms(stack)).filter(([id]) => id.includes('Hardened')).map(([, metric]) => metric).sort();
  }

  test('an alarm of CDK', () => {
    expect(added((stack, fn) => { new Alarm(stack, 'Own', { metric: fn.metricErrors(), threshold: 5, evaluationPeriods: 1 }); })).toEqual(WITHOUT_ERRORS);
  });

  test('an alarm on an expression', () => {
    const expression = (fn: LambdaFunction) => new MathExpression({
      expression: 'errors / calls', usingMetrics: { errors: fn.metricErrors(), calls: fn.metricInvocations() },
    });
    expect(added((stack, fn) => { new Alarm(stack, 'Own', { metric: expression(fn), threshold: 0.1, evaluationPeriods: 1 }); })).toEqual(WITHOUT_ERRORS);
  });

  const own = (stack: Stack, props: object) => new CfnAlarm(stack, 'Own', {
    comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, threshold: 1, ...props,
  });
  const named = (value: string) => ({ namespace: 'AWS/Lambda', metricName: 'Errors', dimensions: [{ name: 'FunctionName', value }] });

  test('an alarm that writes the name of the function', () => {
    expect(added((stack) => { own(stack, named('place')); })).toEqual(WITHOUT_ERRORS);
  });

  test('an alarm on all functions of the account', () => {
    expect(added((stack) => { own(stack, { namespace: 'AWS/Lambda', metricName: 'Errors' }); })).toEqual(WITHOUT_ERRORS);
  });

  test('a query', () => {
    const query = (where: string) => ({ metrics: [{ id: 'q', expression: `SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)${where}`, period: 300 }] });
    expect(added((stack) => { own(stack, query('')); })).toEqual(WITHOUT_ERRORS);
    expect(added((stack, fn) => { own(stack, query(` WHERE FunctionName = '${fn.functionName}'`)); })).toEqual(WITHOUT_ERRORS);
    expect(added((stack) => { own(stack, query(' WHERE FunctionName = \'other\'')); })).toContain('Errors');
  });

  test('but an alarm on another function, or on another metric of this one, counts for nothing', () => {
    expect(added((stack) => { own(stack, named('other')); })).toContain('Errors');
    expect(added((stack) => { own(stack, { ...named('place'), metricName: 'Invocations' }); })).toContain('Errors');
  });
});

test('an alarm in another stack counts', () => {
  const stack = shop();
  const fn = new LambdaFunction(stack, 'Place', FUNCTION);
  const other = new Stack(stack.node.root, 'Watch', { env: { account: '111122223333', region: 'us-east-1' } });
  new Alarm(other, 'Own', { metric: fn.metricErrors(), threshold: 5, evaluationPeriods: 1 });
  expect(metrics(stack)).not.toContain('Errors');
});

test('helpers of CDK and functions that CloudFront copies have none', () => {
  const stack = shop();
  const call = { service: 'sqs', action: 'listQueues', physicalResourceId: PhysicalResourceId.of('1') };
  new AwsCustomResource(stack, 'Call', { onCreate: call, policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }), resourceType: 'Custom::Queues' });
  new experimental.EdgeFunction(stack, 'Edge', FUNCTION);
  expect(metrics(stack)).toStrictEqual([]);
});

test('a second synthesis makes nothing more', () => {
  const stack = shop();
  new LambdaFunction(stack, 'Place', FUNCTION);
  const first = Template.fromStack(stack).toJSON();
  const changes = [...changesOf(stack.node.root)!];
  expect(Template.fromStack(stack).toJSON()).toEqual(first);
  expect(changesOf(stack.node.root)).toEqual(changes);
});
