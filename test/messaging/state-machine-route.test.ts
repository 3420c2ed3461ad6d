import { CfnResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { EventPattern, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DefinitionBody, IStateMachine, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { HERE, keyPolicyOf, policyOf, resourceOf } from './support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { StateMachineRouteOptions } from '../../src/messaging/event-bus/state-machine-route';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { Json, line } from '../support/api';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';

const PATTERN: EventPattern = { source: ['shop.orders'], detailType: ['OrderPlaced'] };

function aMachine(stack: Stack): StateMachine {
  return new StateMachine(stack, 'Checkout', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')) });
}

/** A route, and what the template shows of it. */
function routed(options: StateMachineRouteOptions = {}, stack = testStack({ env: HERE })) {
  const bus = new SecureEventBus(stack, 'Bus', { ruleAlarms: { throttledRules: AlarmSetting.off('throttling is expected at night') } });
  const machine = aMachine(stack);
  const rule = bus.routeToStateMachine('Checkout', PATTERN, machine, options);
  const role = rule.node.findChild('Role');
  const properties = resourceOf(stack, rule).Properties;
  return { stack, bus, machine, rule, role: resourceOf(stack, role as Json), properties, target: properties.Targets[0] };
}

function rightsOf(stack: Stack, type = 'AWS::IAM::Policy'): Json[] {
  return Object.entries(templateOf(stack).findResources(type)).filter(([id]) => id.startsWith('BusCheckout'))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
}

describe('routeToStateMachine', () => {
  test.each([
    ['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS],
  ])('starts the machine with what matches, keeps what fails, and makes no circle with %s', (_, flags) => {
    const { stack, bus, machine, rule, properties } = routed({}, testStack({ env: HERE, flags }));
    expect(properties).toEqual({
      EventBusName: stack.resolve(bus.eventBusName),
      EventPattern: { 'source': ['shop.orders'], 'detail-type': ['OrderPlaced'] },
      State: 'ENABLED',
      Targets: [{
        Id: 'Target0',
        Arn: stack.resolve(machine.stateMachineArn),
        RoleArn: { 'Fn::GetAtt': [stack.getLogicalId(rule.node.findChild('Role').node.defaultChild as CfnResource), 'Arn'] },
        DeadLetterConfig: { Arn: stack.resolve(StackDeadLetterQueue.of(stack).queueArn) },
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 },
      }],
    });
    const [, , fromEvents] = policyOf(stack, StackDeadLetterQueue.of(stack) as SecureQueue);
    expect([fromEvents.Condition.ArnLike['aws:SourceArn']].flat()).toContainEqual(stack.resolve(rule.ruleArn));
    expect(keyPolicyOf(stack).map(({ Sid }) => Sid)).toContain('QueuesOfEvents');
  });

  test('acts in a role that starts this machine, and that only rules of this bus can have', () => {
    const { stack, machine, role } = routed();
    expect(rightsOf(stack)).toEqual([{ Effect: 'Allow', Action: 'states:StartExecution', Resource: stack.resolve(machine.stateMachineArn) }]);
    const [trust] = role.Properties.AssumeRolePolicyDocument.Statement;
    expect(trust).toMatchObject({ Action: 'sts:AssumeRole', Principal: { Service: 'events.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } });
    expect(line(trust.Condition.ArnLike['aws:SourceArn'])).toMatch(/^arn:<AWS::Partition>:events:eu-west-1:111122223333:rule\/<Bus[0-9A-F]{8}>\/\*$/);
    expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('gives the right in a managed policy where the profile says so', () => {
    const { stack } = routed({}, testStack({ env: HERE, profile: SecurityProfile.regulated() }));
    expect(rightsOf(stack)).toStrictEqual([]);
    expect(rightsOf(stack, 'AWS::IAM::ManagedPolicy').map(({ Action }) => Action)).toEqual(['states:StartExecution']);
  });

  test('takes an input, bounds, a description and a boundary', () => {
    const stack = testStack({ env: HERE });
    const permissionsBoundary = new ManagedPolicy(stack, 'Boundary', { statements: [new PolicyStatement({ actions: ['states:StartExecution'], resources: ['*'] })] });
    const { role, properties, target } = routed({
      input: RuleTargetInput.fromEventPath('$.detail'), retryAttempts: 5, maxEventAge: Duration.hours(1), description: 'Checks out', permissionsBoundary,
    }, stack);
    expect(target).toMatchObject({ InputPath: '$.detail', RetryPolicy: { MaximumRetryAttempts: 5, MaximumEventAgeInSeconds: 3600 } });
    expect(properties.Description).toBe('Checks out');
    expect(role.Properties.PermissionsBoundary).toEqual(stack.resolve(permissionsBoundary.managedPolicyArn));
  });

  test('takes no retries at all, and numbers that are known at deployment only', () => {
    const tries = [0, Lazy.number({ produce: () => 7 })].map((retryAttempts) => routed({ retryAttempts }).target.RetryPolicy);
    expect(tries).toMatchObject([{ MaximumRetryAttempts: 0 }, { MaximumRetryAttempts: 7 }]);
  });

  test('is watched as the bus says, or as the route says', () => {
    const watched = ({ rule: { node: { children } } }: ReturnType<typeof routed>) => (
      children.map(({ node }) => node.id).filter((id) => id.endsWith('Alarm')));
    expect(watched(routed())).toEqual(['FailedInvocationsAlarm', 'LostEventsAlarm']);
    const alarms = { lostEvents: AlarmSetting.off('nothing is lost by it') };
    expect(watched(routed({ alarms }))).toEqual(['FailedInvocationsAlarm', 'ThrottledRulesAlarm']);
  });

  test('reaches a machine of another stack without a circle', () => {
    const stack = testStack({ env: HERE });
    const bus = new SecureEventBus(stack, 'Bus');
    const machine = aMachine(new Stack(stack.node.root as Json, 'Other', { env: HERE }));
    bus.routeToStateMachine('Checkout', PATTERN, machine);
    expect(JSON.stringify(rightsOf(stack))).toContain('Fn::ImportValue');
  });

  test('reaches an imported machine, also where account and region are known at deployment only', () => {
    for (const stack of [testStack(), testStack({ env: HERE })]) {
      const arn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:checkout';
      const bus = new SecureEventBus(stack, 'Bus');
      const rule = bus.routeToStateMachine('Checkout', PATTERN, StateMachine.fromStateMachineArn(stack, 'Imported', arn));
      expect(resourceOf(stack, rule).Properties.Targets[0].Arn).toBe(arn);
    }
  });
});

describe('routeToStateMachine fails', () => {
  const refused = (pattern: EventPattern, options: StateMachineRouteOptions = {}, machineArn?: string) => () => {
    const stack = testStack({ env: HERE });
    const machine: IStateMachine = machineArn === undefined ? aMachine(stack) : StateMachine.fromStateMachineArn(stack, 'Imported', machineArn);
    return new SecureEventBus(stack, 'Bus').routeToStateMachine('Checkout', pattern, machine, options);
  };

  test.each<[string, EventPattern, StateMachineRouteOptions, string | undefined, string]>([
    ['when the pattern names no source', { detailType: ['OrderPlaced'] }, {}, undefined,
      "'pattern.source' must name the sources whose events count, or whoever may send to the bus can drive the target, got undefined; "
      + "write it like { source: ['shop.orders'], detailType: ['OrderPlaced'] } [EventPattern.Source, at 'Shop/Bus']"],
    ['for more attempts than EventBridge makes', PATTERN, { retryAttempts: 186 }, undefined,
      "'retryAttempts' must be a whole number between 0 and 185, got 186; leave it out to use 185 [SecureEventBus.RetryAttempts, at 'Shop/Bus']"],
    ['for less than a minute', PATTERN, { maxEventAge: Duration.seconds(59) }, undefined,
      "'maxEventAge' must lie between 1 minute and 1 day, got \"59 seconds\"; leave it out to use 1 day [SecureEventBus.MaxEventAge, at 'Shop/Bus']"],
    ['for a machine of another account', PATTERN, {}, 'arn:aws:states:eu-west-1:444455556666:stateMachine:checkout',
      "'machine' must be of the account and region of the bus (111122223333): EventBridge starts no other, got \"444455556666\"; "
      + "send the events to a bus there, which routes them to it [SecureEventBus.ForeignStateMachine, at 'Shop/Bus']"],
    ['for a machine of another region', PATTERN, {}, 'arn:aws:states:eu-central-1:111122223333:stateMachine:checkout',
      "'machine' must be of the account and region of the bus (eu-west-1): EventBridge starts no other, got \"eu-central-1\"; "
      + "send the events to a bus there, which routes them to it [SecureEventBus.ForeignStateMachine, at 'Shop/Bus']"],
  ])('%s', (_, pattern, options, arn, message) => {
    expect(refused(pattern, options, arn)).toThrow(message);
  });
});
