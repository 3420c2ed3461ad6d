import { AppModel } from '../resources/app-model';
import { resourcesAt, valuesAt } from '../resources/pointers';
import { Resource } from '../resources/resource';
import { parsedJson } from '../values/json-text';
import { alternatives, at, isRecord, isUnresolved, Value } from '../values/values';

/** Where a queue puts the messages that nobody could handle. */
export interface Redrive {
  /** The dead-letter queue as the template names it. */
  readonly target: Value;
  /** How often a message is received before; a number, or the text of one. */
  readonly maxReceiveCount: Value;
}

/** Who puts what failed into a dead-letter queue. */
export interface DeadLetterUse {
  readonly declaredBy: Resource;
  /** `queue`: messages of another queue. `service`: what a function, rule, subscription, schedule, pipe or mapping could not deliver. */
  readonly kind: 'queue' | 'service';
}

/** Where other resources than queues name the queue for what they could not deliver; lists on the way count with each element. */
const DEAD_LETTER_PATHS: { readonly [type: string]: readonly string[] } = {
  'AWS::Events::EventBus': ['DeadLetterConfig.Arn'],
  'AWS::Events::Rule': ['Targets.DeadLetterConfig.Arn'],
  'AWS::EventsV2::EventSource': ['OnFailureConfiguration.Arn'],
  'AWS::EventsV2::Subscriber': ['OnFailureConfiguration.Arn'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::EventSourceMapping': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::Function': ['DeadLetterConfig.TargetArn'],
  'AWS::Pipes::Pipe': [
    'SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn', 'SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn',
  ],
  'AWS::SNS::Subscription': ['RedrivePolicy.deadLetterTargetArn'],
  'AWS::Scheduler::Schedule': ['Target.DeadLetterConfig.Arn'],
};

/**
 * The redrive policies that a queue may have at deployment, written as an object or as JSON text; undefined in the list where it may have
 * none, and `undecided` where only the deployment knows.
 */
export function redrivesOf(queue: Resource): readonly (Redrive | 'undecided' | undefined)[] {
  return alternatives(parsedJson(queue.property('RedrivePolicy'))).map((policy) => {
    if (isUnresolved(policy)) return 'undecided';
    const target = at(policy, 'deadLetterTargetArn');
    return isRecord(policy) && target !== undefined && target !== '' ? { target, maxReceiveCount: at(policy, 'maxReceiveCount') } : undefined;
  });
}

/** Who uses a queue as a dead-letter queue; empty for a queue that nobody uses as one. */
export function deadLetterUsesOf(queue: Resource, app: AppModel): readonly DeadLetterUse[] {
  return app.index('dead-letter uses', () => deadLetterUses(app)).get(queue.key) ?? [];
}

function deadLetterUses(app: AppModel): ReadonlyMap<string, readonly DeadLetterUse[]> {
  const table = new Map<string, DeadLetterUse[]>();
  const add = (target: Value, use: DeadLetterUse): void => {
    for (const queue of resourcesAt(target, app, 'AWS::SQS::Queue')) {
      const uses = table.get(queue.key);
      if (uses === undefined) table.set(queue.key, [use]);
      else uses.push(use);
    }
  };
  for (const declaredBy of app.ofType('AWS::SQS::Queue')) {
    for (const redrive of redrivesOf(declaredBy)) {
      if (redrive !== undefined && redrive !== 'undecided') add(redrive.target, { declaredBy, kind: 'queue' });
    }
  }
  for (const [type, paths] of Object.entries(DEAD_LETTER_PATHS)) {
    for (const declaredBy of app.ofType(type)) {
      for (const value of paths.flatMap((path) => valuesAt(declaredBy, path))) add(value, { declaredBy, kind: 'service' });
    }
  }
  return table;
}
