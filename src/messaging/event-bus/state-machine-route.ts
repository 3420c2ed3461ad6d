import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import { EventBus, EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ROUTE_DELIVERY, RULE_DESCRIPTION_MOST, START_EXECUTION_ACTIONS } from './event-bus-baseline';
import { checkEventPattern } from './event-pattern-check';
import { checkTargetPlace, placeOfRule } from './route-target-check';
import { RuleAlarms, watchRule } from './rule-alarms';
import { checkDuration, checkInteger, checkLength } from '../../core/checks';
import { expectNoKeyCircle } from '../../core/keys/key-circle';
import { allow, sourceConditions } from '../../iam/exact-access';
import { ServiceRole } from '../../iam/service-role';
import { StackDeadLetterQueue } from '../stack-dead-letter-queue';

const EVENTS = 'events.amazonaws.com';

/** How events start a state machine. */
export interface StateMachineRouteOptions {
  /**
   * The input of the execution: `RuleTargetInput.fromEventPath('$.detail')` for what the event is about.
   * @default - the whole event
   */
  readonly input?: RuleTargetInput;
  /**
   * How often EventBridge tries to start the machine, up to 185 times. A try that came through without an answer can start it twice.
   * @default 185
   */
  readonly retryAttempts?: number;
  /**
   * How long EventBridge tries, between 1 minute and 1 day. What is older goes to the dead-letter queue of the stack.
   * @default - 1 day: it fails only while Step Functions refuses to start, and events are late rather than lost
   */
  readonly maxEventAge?: Duration;
  /**
   * Says what the rule is for, in the console.
   * @default - none
   */
  readonly description?: string;
  /**
   * The most that the role of the rule may ever do.
   * @default - no boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;
  /**
   * Where the rule stands. The stack of the rule waits for those of the bus and of the machine: below the bus, the stack of the bus waits for that
   * of the machine. Give a construct beside the machine where that stack publishes to the bus, or the two stacks would wait for each other. Its id is
   * then one below that construct, and its alarms and dead-letter queue are those of its stack.
   * @default - below the bus
   */
  readonly scope?: Construct;
  /**
   * Tunes the alarms of this rule or switches them off.
   * @default - as the bus has it
   */
  readonly alarms?: RuleAlarms;
}

/**
 * A rule that starts a state machine with what matches, in a role of its own that can do nothing else. What cannot be started goes to the
 * dead-letter queue of the stack; what fails inside of an execution is a matter of the machine and its alarms.
 */
export function routeToStateMachine(
  bus: EventBus, id: string, pattern: EventPattern, machine: IStateMachine, options: StateMachineRouteOptions,
): Rule {
  checkEventPattern(bus, pattern);
  checkOptions(bus, options);
  checkTargetPlace(bus, machine, { code: 'SecureEventBus.ForeignStateMachine', prop: 'machine' });
  const scope = placeOfRule(bus, options.scope);
  expectNoKeyCircle(scope, machine);
  const rule = new Rule(scope, id, { eventBus: bus, eventPattern: pattern, description: options.description, enabled: true });
  const role = roleOf(rule, bus, options.permissionsBoundary);
  allow(rule, { grantee: role, actions: START_EXECUTION_ACTIONS, resources: [machine.stateMachineArn] });
  const deadLetters = StackDeadLetterQueue.allowDeadLetters(rule, EVENTS, rule.ruleArn);
  rule.addTarget({
    bind: () => ({
      arn: machine.stateMachineArn,
      role,
      input: options.input,
      deadLetterConfig: { arn: deadLetters.queueArn },
      retryPolicy: {
        maximumRetryAttempts: options.retryAttempts ?? ROUTE_DELIVERY.retries.default,
        maximumEventAgeInSeconds: options.maxEventAge?.toSeconds() ?? ROUTE_DELIVERY.eventAge.default,
      },
    }),
  });
  watchRule(rule, bus.eventBusName, options.alarms);
  return rule;
}

/**
 * The role stands before the rule, so that its trust cannot name it: it names the rules of this bus, in this account and region.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html
 */
function roleOf(rule: Rule, bus: EventBus, permissionsBoundary: IManagedPolicy | undefined): ServiceRole {
  const rules = Stack.of(rule).formatArn({
    service: 'events', resource: 'rule', resourceName: `${bus.eventBusName}/*`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return new ServiceRole(rule, 'Role', {
    service: EVENTS, description: `Runs ${rule.node.path}`, permissionsBoundary, trustConditions: sourceConditions(rule, rules),
  });
}

function checkOptions(bus: EventBus, { description, retryAttempts, maxEventAge }: StateMachineRouteOptions): void {
  const { retries, eventAge } = ROUTE_DELIVERY;
  checkLength(bus, description, 0, RULE_DESCRIPTION_MOST, { code: 'SecureEventBus.Description', prop: 'description', fix: 'shorten it' });
  checkInteger(bus, retryAttempts, retries.min, retries.max, {
    code: 'SecureEventBus.RetryAttempts', prop: 'retryAttempts', fix: `leave it out to use ${retries.default}`,
  });
  checkDuration(bus, maxEventAge, Duration.seconds(eventAge.min), Duration.seconds(eventAge.max), {
    code: 'SecureEventBus.MaxEventAge', prop: 'maxEventAge', fix: 'leave it out to use 1 day',
  });
}
