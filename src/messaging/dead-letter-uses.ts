import { CfnResource } from 'aws-cdk-lib';
import { CfnEventBus, CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnEventInvokeConfig, CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { CfnSubscription } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { DEAD_LETTER_NAME } from './messaging-baseline';
import { HardeningSite } from '../core/hardening/hardening-site';
import { partsAt } from '../core/hardening/values/parts-of-value';
import { flattenReference } from '../core/values/flatten-reference';

/** Who puts what failed into a queue. */
export interface DeadLetterUses {
  /** Other queues. */
  readonly queues: readonly CfnQueue[];
  /** Whether functions name it as their own dead-letter queue. */
  readonly functions: boolean;
  /** Whether anything but a queue does. */
  readonly services: boolean;
}

interface Place {
  readonly type: string;
  readonly value: (resource: CfnResource) => unknown;
  readonly path: readonly string[];
}

/** Where resources name the queue for what they could not deliver. */
const PLACES: readonly Place[] = [
  { type: 'AWS::SQS::Queue', value: (queue) => (queue as CfnQueue).redrivePolicy, path: ['deadLetterTargetArn'] },
  { type: 'AWS::Lambda::Function', value: (fn) => (fn as CfnFunction).deadLetterConfig, path: ['targetArn'] },
  {
    type: 'AWS::Lambda::EventInvokeConfig',
    value: (config) => (config as CfnEventInvokeConfig).destinationConfig,
    path: ['onFailure', 'destination'],
  },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    value: (mapping) => (mapping as CfnEventSourceMapping).destinationConfig,
    path: ['onFailure', 'destination'],
  },
  { type: 'AWS::Events::Rule', value: (rule) => (rule as CfnRule).targets, path: ['deadLetterConfig', 'arn'] },
  { type: 'AWS::Events::EventBus', value: (bus) => (bus as CfnEventBus).deadLetterConfig, path: ['arn'] },
  { type: 'AWS::SNS::Subscription', value: (subscription) => (subscription as CfnSubscription).redrivePolicy, path: ['deadLetterTargetArn'] },
  { type: 'AWS::Scheduler::Schedule', value: (schedule) => (schedule as CfnSchedule).target, path: ['deadLetterConfig', 'arn'] },
  ...['dynamoDbStreamParameters', 'kinesisStreamParameters'].map((parameters) => ({
    type: 'AWS::Pipes::Pipe', value: (pipe: CfnResource) => (pipe as CfnPipe).sourceParameters, path: [parameters, 'deadLetterConfig', 'arn'],
  })),
];

/** For failed messages of others, as its name says. */
export function isNamedForDeadLetters(queue: CfnQueue, site: HardeningSite): boolean {
  return DEAD_LETTER_NAME.test(site.ownerOf(queue).node.id) || typeof queue.queueName === 'string' && DEAD_LETTER_NAME.test(queue.queueName);
}

/** Who puts failures into a queue; undefined for a queue that nobody uses so. */
export function deadLetterUsesOf(queue: CfnResource, site: HardeningSite): DeadLetterUses | undefined {
  return site.once('dead-letter uses', () => usesIn(site)).get(queue);
}

/** The queues of the app that are named by an ARN with the name that their author gave them. */
function queuesByArn(user: CfnResource, value: unknown, path: readonly string[], site: HardeningSite): readonly CfnQueue[] {
  const named = site.once('queues by ARN', () => new Map(site.resources('AWS::SQS::Queue').flatMap((queue) => arnsOf(queue as CfnQueue, site))));
  if (named.size === 0 || value === undefined) return [];
  return partsAt(site.resolve(user, value), path).map((arn) => named.get(keyOf(user, arn))).filter((queue) => queue !== undefined);
}

function arnsOf(queue: CfnQueue, site: HardeningSite): [string, CfnQueue][] {
  if (site.resolve(queue, queue.queueName) === undefined) return [];
  return [[keyOf(queue, queue.stack.resolve(queue.stack.formatArn({ service: 'sqs', resource: queue.queueName! }))), queue]];
}

/** Account, region and name; what only the deployment knows means the same in one stack alone. */
function keyOf({ stack }: CfnResource, arn: unknown): string {
  const [, , service, ...place] = flattenReference(arn).replace(/<AWS::(\w+)>/g, '<$1>').split(':');
  const text = place.join(':');
  return JSON.stringify([service, text.includes('<') ? stack.node.path : '', text]);
}

function usesIn(site: HardeningSite): ReadonlyMap<CfnResource, DeadLetterUses> {
  const uses = new Map<CfnResource, DeadLetterUses>();
  for (const { type, value, path } of PLACES) {
    for (const user of site.resources(type)) {
      for (const queue of [...site.targetsAt(user, value(user), path), ...queuesByArn(user, value(user), path, site)]) {
        const { queues, functions, services } = uses.get(queue) ?? { queues: [], functions: false, services: false };
        const isQueue = type === 'AWS::SQS::Queue';
        uses.set(queue, {
          queues: isQueue ? [...queues, user as CfnQueue] : queues,
          functions: functions || type === 'AWS::Lambda::Function',
          services: services || !isQueue,
        });
      }
    }
  }
  for (const queue of site.resources('AWS::StepFunctions::StateMachine').flatMap((machine) => failuresOf(machine as CfnStateMachine, site))) {
    uses.set(queue, { queues: [], functions: false, ...uses.get(queue), services: true });
  }
  return uses;
}

/** A workflow sends what failed by a task, which looks like any other: only the name of the queue tells. */
function failuresOf(machine: CfnStateMachine, site: HardeningSite): readonly CfnQueue[] {
  const definition = [machine.definition, machine.definitionString];
  if (!/\bsqs:sendMessage\b/i.test(JSON.stringify(definition.map((part) => site.resolve(machine, part))))) return [];
  const named = [...definition, machine.definitionSubstitutions].flatMap((part) => site.targets(machine, part));
  return (named.filter(({ cfnResourceType }) => cfnResourceType === 'AWS::SQS::Queue') as CfnQueue[]).filter((queue) => isNamedForDeadLetters(queue, site));
}
