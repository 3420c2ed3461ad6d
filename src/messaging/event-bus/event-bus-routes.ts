import { Token } from 'aws-cdk-lib';
import { EventBus, EventPattern, IRuleTarget, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { MESSAGE_GROUP } from './event-bus-baseline';
import { nameRule } from './event-names';
import { checkEventPattern } from './event-pattern-check';
import { checkTargetPlace, placeOfRule } from './route-target-check';
import { RuleAlarms, watchRule } from './rule-alarms';
import { refuse } from '../../core/configuration-error';
import { expectNoKeyCircle } from '../../core/keys/key-circle';
import { allowSource, asTarget } from '../service-sources';
import { StackDeadLetterQueue } from '../stack-dead-letter-queue';

/** How events reach a queue. */
export interface QueueRouteOptions {
  /**
   * What the message holds.
   * @default - the whole event
   */
  readonly input?: RuleTargetInput;
  /**
   * The message group, which a FIFO queue needs. The queue must deduplicate by content.
   * @default - none: for a standard queue
   */
  readonly messageGroupId?: string;
  /**
   * Where the rule stands. The stack of the rule waits for those of the bus and of the queue: below the bus, the stack of the bus waits for that
   * of the queue. Give a construct beside the queue where that stack publishes to the bus, or the two stacks would wait for each other. Its id is
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

/** A rule that sends what matches to a queue, and what cannot be delivered to the dead-letter queue of the stack. */
export function routeToQueue(bus: EventBus, id: string, pattern: EventPattern, queue: IQueue, options: QueueRouteOptions): Rule {
  checkEventPattern(bus, pattern);
  checkTargetPlace(bus, queue, { code: 'SecureEventBus.ForeignQueue', prop: 'queue' });
  const scope = placeOfRule(bus, options.scope);
  expectNoKeyCircle(scope, queue);
  if (queue.fifo !== (options.messageGroupId !== undefined)) {
    refuse(bus, {
      code: 'SecureEventBus.MessageGroup',
      prop: 'messageGroupId',
      must: queue.fifo ? 'must be given for a FIFO queue' : 'must not be given for a standard queue',
      got: queue.node.path,
      fix: queue.fifo ? 'name the group whose order counts' : 'leave it out',
    });
  }
  checkGroupName(bus, options.messageGroupId);
  const rule = new Rule(scope, id, { eventBus: bus, eventPattern: pattern });
  const source = { service: 'events.amazonaws.com', sourceArn: rule.ruleArn, arnByName: () => nameRule(rule, bus) };
  allowSource(rule, asTarget(queue), 'SecureEventBus', source);
  const deadLetters = StackDeadLetterQueue.allowDeadLetters(rule, source.service, source.sourceArn);
  rule.addTarget(queueTarget(queue, deadLetters, options));
  watchRule(rule, bus.eventBusName, options.alarms);
  return rule;
}

/** What SQS takes as the name of a group, as far as EventBridge hands it over. */
function checkGroupName(bus: EventBus, group: string | undefined): void {
  if (group === undefined || Token.isUnresolved(group) || MESSAGE_GROUP.test(group)) return;
  refuse(bus, { code: 'SecureEventBus.MessageGroup', prop: 'messageGroupId', must: 'must have 1 to 100 letters, digits and signs', got: group, fix: "write it like 'orders'" });
}

/** The target without the statements that CDK's own one adds, which name no source for an encrypted queue. */
function queueTarget(queue: IQueue, deadLetters: IQueue, { input, messageGroupId }: QueueRouteOptions): IRuleTarget {
  return {
    bind: () => ({
      arn: queue.queueArn,
      input,
      deadLetterConfig: { arn: deadLetters.queueArn },
      sqsParameters: messageGroupId === undefined ? undefined : { messageGroupId },
      targetResource: queue,
    }),
  };
}
