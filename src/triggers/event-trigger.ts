import { Duration } from 'aws-cdk-lib';
import { EventPattern, IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { keepUndelivered } from './failure-delivery';
import { LOOP_ACTIONS, RULE_DELIVERY } from './trigger-baseline';
import { countedId, triggerId } from './trigger-id';
import { TriggerLoop } from './trigger-loop';
import { TriggeredFunction, TriggerSource } from './triggered-function';
import { checkDuration, checkInteger, checkLength } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { expectNoKeyCircle } from '../core/keys/key-circle';
import { foreignEnvironment } from '../core/stacks/foreign-environment';
import { RULE_DESCRIPTION_MOST } from '../messaging/event-bus/event-bus-baseline';
import { nameRule } from '../messaging/event-bus/event-names';
import { checkEventPattern } from '../messaging/event-bus/event-pattern-check';

const EVENTS = 'events.amazonaws.com';

/** How events reach a function. */
export interface EventTriggerOptions {
  /**
   * How often EventBridge tries to hand an event to Lambda, up to 185 times. How often the function itself is tried is up to its
   * `asyncInvocation`.
   * @default 185
   */
  readonly retryAttempts?: number;
  /**
   * How long EventBridge tries, between 1 minute and 24 hours. What is older goes to the failure queue of the function.
   * @default - 6 hours, as long as Lambda keeps an event
   */
  readonly maxEventAge?: Duration;
  /**
   * Says what the rule is for, in the console.
   * @default - none
   */
  readonly description?: string;
  /**
   * Says that the function may put events on the bus that start it.
   * @default - such a loop stops the synthesis
   */
  readonly loop?: TriggerLoop;
}

/** Starts a function with the events of a bus that match a pattern. Those that EventBridge cannot hand over go to its failure queue. */
export function triggerByEvent(target: TriggeredFunction, bus: IEventBus, pattern: EventPattern, options: EventTriggerOptions): Rule {
  const { fn } = target;
  checkBus(target, bus);
  expectNoKeyCircle(fn, bus);
  checkEventPattern(fn, pattern);
  checkEventDelivery(target, options);
  return ruleFor(target, countedId(fn, triggerId(bus)), pattern, options, bus);
}

/** What would start the function again. */
export function busSource(bus: IEventBus, { source, detailType }: EventPattern): TriggerSource {
  return { name: `onEvent(${bus.node.path})`, resource: bus, arn: bus.eventBusArn, actions: LOOP_ACTIONS.bus, events: { source, detailType } };
}

/** Makes the rule. Its target gets the right to call the function from the function, which names the rule. */
export function ruleFor(target: TriggeredFunction, id: string, eventPattern: EventPattern, options: EventTriggerOptions, eventBus?: IEventBus): Rule {
  const { fn } = target;
  const rule = new Rule(fn, id, { eventBus, eventPattern, description: options.description, enabled: true });
  fn.addPermission(`${id}Permission`, { principal: new ServicePrincipal(EVENTS), sourceArn: rule.ruleArn });
  const { queue } = keepUndelivered(target, { service: EVENTS, sourceArn: rule.ruleArn, arnByName: () => nameRule(rule, eventBus) });
  rule.addTarget({
    bind: () => ({
      arn: fn.functionArn,
      deadLetterConfig: { arn: queue.queueArn },
      retryPolicy: {
        maximumRetryAttempts: options.retryAttempts ?? RULE_DELIVERY.retries.default,
        maximumEventAgeInSeconds: options.maxEventAge?.toSeconds() ?? RULE_DELIVERY.eventAge.default,
      },
    }),
  });
  return rule;
}

/** Judges how events are handed over. */
export function checkEventDelivery({ fn }: TriggeredFunction, { description, retryAttempts, maxEventAge }: EventTriggerOptions): void {
  const { retries, eventAge } = RULE_DELIVERY;
  checkLength(fn, description, 0, RULE_DESCRIPTION_MOST, { code: 'EventTrigger.Description', prop: 'description', fix: 'shorten it' });
  checkInteger(fn, retryAttempts, retries.min, retries.max, {
    code: 'EventTrigger.RetryAttempts', prop: 'retryAttempts', fix: `leave it out to use ${retries.default}`,
  });
  checkDuration(fn, maxEventAge, Duration.seconds(eventAge.min), Duration.seconds(eventAge.max), {
    code: 'EventTrigger.MaxEventAge', prop: 'maxEventAge', fix: 'leave it out to use 6 hours',
  });
}

/** A rule stands beside its bus: rules on the bus of another account or region cannot be made from here. */
function checkBus({ fn }: TriggeredFunction, bus: IEventBus): void {
  const elsewhere = foreignEnvironment(fn, bus);
  if (elsewhere === undefined) return;
  refuse(fn, {
    code: 'EventTrigger.ForeignBus',
    prop: 'bus',
    must: `must be of the account and region of the function (${elsewhere.here})`,
    got: elsewhere.there,
    fix: 'let a rule there send its events to a bus here, and name that one',
  });
}
