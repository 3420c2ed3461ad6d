import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Key } from 'aws-cdk-lib/aws-kms';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { watch } from '../../src/alarms/watch';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { AlarmCoverage } from '../../src/core/profile/security-controls';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { RECOMMENDED_FLAGS, templateOf, testStack, findingsOf, unexplained } from '../support/apps';

describe('SecurityProfile', () => {
  test('is production when nobody chose', () => {
    expect(SecurityProfile.of(new Stack()).name).toBe('production');
  });

  test('is found through the construct tree, the nearest choice first', () => {
    const app = new App();
    SecurityProfile.regulated().applyTo(app);
    const sandbox = new Stack(app, 'Sandbox');
    SecurityProfile.sandbox().applyTo(sandbox);
    expect(SecurityProfile.of(sandbox).name).toBe('sandbox');
    expect(SecurityProfile.of(new Stack(app, 'Other')).name).toBe('regulated');
  });

  test('fails when it is chosen after a construct used another one', () => {
    const stack = testStack();
    SecurityProfile.of(stack);
    expect(() => SecurityProfile.sandbox().applyTo(stack.node.root)).toThrow(
      "'profile' must be chosen before the first secure construct is made, which already used 'production'; "
      + "call ServerlessSecurity.of(app).enforce({ profile }) right after the app or stage is made [SecurityProfile.TooLate, at '(app)']");
  });

  test('lets a stack choose for itself although the app chooses later', () => {
    const app = new App();
    const stack = new Stack(app, 'Early');
    SecurityProfile.sandbox().applyTo(stack);
    SecurityProfile.of(stack);
    SecurityProfile.regulated().applyTo(app);
    expect(SecurityProfile.of(new Stack(app, 'Late')).name).toBe('regulated');
  });

  test('takes stronger controls without a reason', () => {
    expect(SecurityProfile.sandbox().with({ webAcl: true, alarms: AlarmCoverage.FULL }).controls.webAcl).toBe(true);
  });

  test('fails when a control gets weaker without a reason', () => {
    expect(() => SecurityProfile.production().with({ webAcl: false, customerKeys: false })).toThrow(
      "'reason' must be given when a control gets weaker (webAcl, customerKeys); say why this app may do without [SecurityProfile.Reason, at 'production']");
  });

  test('fails when the reason says nothing', () => {
    const weaker = SecurityProfile.production().with({ webAcl: false, reason: 'todo' });
    expect(() => weaker.applyTo(new App())).toThrow(
      "'reason' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why this app may do without [SecurityProfile.Reason, at '(app)']");
  });

  test('records what got weaker', () => {
    const app = new App();
    SecurityProfile.production().with({ webAcl: false, reason: 'only reachable from the office network' }).applyTo(app);
    expect(waiversBelow(app)).toEqual([
      { control: 'SecurityProfile.webAcl', reason: 'only reachable from the office network', constructPath: '' },
    ]);
  });
});

describe('StackDataKey', () => {
  test('is one for all, rotated, kept, and open only to the account', () => {
    const stack = testStack();
    expect(StackDataKey.of(stack)).toBe(StackDataKey.of(new NestedStack(stack, 'Nested')));
    templateOf(stack).hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Retain',
      Properties: {
        EnableKeyRotation: true,
        RotationPeriodInDays: 365,
        KeyPolicy: {
          Statement: [
            Match.objectLike({ Effect: 'Allow', Action: 'kms:*' }),
            Match.objectLike({
              Effect: 'Deny',
              Action: 'kms:CreateGrant',
              Principal: { AWS: '*' },
              Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
            }),
          ],
        },
      },
    });
    expect(unexplained(findingsOf(stack))).toStrictEqual([]);
  });

  test('is replaced by the key of the nearest scope', () => {
    const stack = testStack();
    const own = new Key(stack, 'Own');
    StackDataKey.use(stack.node.root, own);
    expect(StackDataKey.of(stack)).toBe(own);
  });

  test('fails when it is replaced too late', () => {
    const stack = testStack();
    StackDataKey.of(stack);
    expect(() => StackDataKey.use(stack.node.root, Key.fromKeyArn(stack, 'Late', 'arn:aws:kms:eu-west-1:111122223333:key/1'))).toThrow(
      "'DataKey' must be replaced before a construct uses it; call use() right after the app or stack is made [DataKey.AlreadyInUse, at '(app)']");
  });

  test('warns when the policy of an imported key cannot learn a service', () => {
    const stack = testStack();
    StackDataKey.use(stack, Key.fromKeyArn(stack, 'Given', 'arn:aws:kms:eu-west-1:111122223333:key/1'));
    StackAlarmTopic.of(stack);
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('must let cloudwatch.amazonaws.com use the key'));
  });
});

describe('alarms', () => {
  const errors = {
    name: 'errors', description: 'requests fail', threshold: 0, essential: true, metric: (options: object) => new Metric({ namespace: 'N', metricName: 'M', ...options }),
  };
  const spikes = { ...errors, name: 'spikes', essential: false };

  test('reach an encrypted topic that CloudWatch may use', () => {
    const stack = testStack();
    watch(stack, [errors], {});
    const template = templateOf(stack);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/ errors', TreatMissingData: 'notBreaching', AlarmActions: Match.anyValue() });
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }) }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'] })]) },
    });
  });

  test('share a topic and a key whose logical ids never change', () => {
    const stack = testStack();
    watch(stack, [errors], {});
    expect(Object.keys(templateOf(stack).findResources('AWS::SNS::Topic'))).toEqual(['SharedSecurityAlarmTopicF10CE99D']);
    expect(Object.keys(templateOf(stack).findResources('AWS::KMS::Key'))).toEqual(['SharedSecurityDataKeyD4D7B14E']);
  });

  test('fall silent only with a reason, which is recorded', () => {
    const stack = testStack();
    expect(watch(stack, [errors], { errors: AlarmSetting.off('retried by the caller, who alarms') })).toStrictEqual([]);
    expect(waiversBelow(stack)).toEqual([{ control: 'Alarm.errors', reason: 'retried by the caller, who alarms', constructPath: 'Shop' }]);
    expect(() => watch(stack, [spikes], { spikes: AlarmSetting.off('no') })).toThrow(
      "'alarms.spikes' must be a sentence of at least 12 characters that a reviewer can judge, got \"no\"; say why nobody needs to know [AlarmSetting.Reason, at 'Shop']");
  });

  test('fail on a threshold below zero', () => {
    expect(() => watch(testStack(), [errors], { errors: AlarmSetting.threshold(-1) })).toThrow(
      "'alarms.errors' must have a finite threshold of zero or more, got -1; leave it out to use 0 [AlarmSetting.Threshold, at 'Shop']");
  });

  test.each([
    [AlarmSetting.threshold(Infinity), "'alarms.errors' must have a finite threshold of zero or more, got \"Infinity\"; leave it out to use 0 [AlarmSetting.Threshold, at 'Shop']"],
    [AlarmSetting.threshold(NaN), "'alarms.errors' must have a finite threshold of zero or more, got \"NaN\"; leave it out to use 0 [AlarmSetting.Threshold, at 'Shop']"],
    [AlarmSetting.threshold(1, { evaluationPeriods: 2, datapointsToAlarm: 3 }),
      "'alarms.errors.datapointsToAlarm' must be a whole number between 1 and 2, got 3; leave it out to want all of the data points [AlarmSetting.DatapointsToAlarm, at 'Shop']"],
    [AlarmSetting.threshold(1, { evaluationPeriods: 289 }),
      "'alarms.errors.evaluationPeriods' must be a whole number between 1 and 288, got 289; leave it out to use the default, or choose a shorter period [AlarmSetting.EvaluationPeriods, at 'Shop']"],
    [AlarmSetting.threshold(1, { period: Duration.days(2) }),
      "'alarms.errors.period' must lie between 10 seconds and 1 day, got \"2 days\"; leave it out to use 5 minutes [AlarmSetting.Period, at 'Shop']"],
  ])('fail on a tuning under which they could never go off', (setting, message) => {
    expect(() => watch(testStack(), [errors], { errors: setting })).toThrow(message);
  });

  test('take a tuning under which they can', () => {
    const stack = testStack();
    watch(stack, [errors], { errors: AlarmSetting.threshold(7, { period: Duration.minutes(1), evaluationPeriods: 5, datapointsToAlarm: 3 }) });
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 7, Period: 60, EvaluationPeriods: 5, DatapointsToAlarm: 3 });
  });

  test('shrink to the essential ones in the sandbox', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    expect(watch(stack, [errors, spikes], {}).map((alarm) => alarm.node.id)).toEqual(['ErrorsAlarm']);
  });

  test('tell at synth when nobody listens', () => {
    const stack = testStack();
    watch(stack, [errors], {});
    const message = Match.stringLikeRegexp('The alarms of this stack reach nobody');
    Annotations.fromStack(stack).hasWarning('/Shop/SharedSecurity/AlarmTopic', message);

    const heard = testStack({ flags: RECOMMENDED_FLAGS });
    watch(heard, [errors], {});
    StackAlarmTopic.of(heard).addSubscription(new EmailSubscription('oncall@example.com'));
    Annotations.fromStack(heard).hasNoWarning('*', message);
  });
});
