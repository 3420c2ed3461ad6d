import { mayTake } from './event-patterns';
import { Channel, FlowGraph } from './flow-graph';
import { definitionsOf, PlacedState, taskResource } from './state-machines';
import { triggersDeclaredBy } from './triggers';
import { AppModel } from '../resources/app-model';
import { resourcesAt } from '../resources/pointers';
import { Resource } from '../resources/resource';
import { at, elements, hasUnknown, textOf, Value } from '../values/values';

const BUS = 'AWS::Events::EventBus';
const DELIVERY = 'AWS::KinesisFirehose::DeliveryStream';
const MACHINE = 'AWS::StepFunctions::StateMachine';

/** What a task sends to, by the integration in its resource, and by which argument it names it. Events are treated apart. */
const SENDING_TASKS: readonly (readonly [integration: RegExp, argument: string])[] = [
  [/:dynamodb:(put|update|delete)Item/i, 'TableName'],
  [/:sns:publish/i, 'TopicArn'],
  [/:sqs:sendMessage/i, 'QueueUrl'],
  [/:states:start(Sync)?Execution/i, 'StateMachineArn'],
];

/** Firehose reads a stream, or takes records itself, and hands them to the function that transforms them. */
export function deliveryChannels(app: AppModel): readonly Channel[] {
  return app.ofType(DELIVERY).flatMap((delivery) => [
    { id: delivery.key, source: delivery, targets: triggersDeclaredBy(delivery, app).map(({ fn }) => ({ key: fn.key, certain: true })) },
    ...resourcesAt(delivery.property('KinesisStreamSourceConfiguration.KinesisStreamARN'), app)
      .map((source): Channel => ({ id: source.key, source, targets: [{ key: delivery.key, certain: true }] })),
  ]);
}

/** What reaches others without a function between them: tasks of state machines, and pipes into buses. Each may depend on what is sent. */
export function addForwarded(graph: FlowGraph, bySource: ReadonlyMap<string, readonly Channel[]>, app: AppModel): void {
  for (const machine of app.ofType(MACHINE)) {
    for (const { fn } of triggersDeclaredBy(machine, app)) graph.connect(machine.key, fn.key, false);
    for (const task of definitionsOf(machine, app).flatMap(({ states }) => states)) addTask(graph, machine, task, bySource, app);
  }
  for (const pipe of app.ofType('AWS::Pipes::Pipe')) {
    const sent = pipe.property('TargetParameters.EventBridgeEventBusParameters');
    for (const bus of resourcesAt(pipe.property('Target'), app, BUS)) {
      for (const source of resourcesAt(pipe.property('Source'), app)) addEvent(graph, source.key, bus, sent, bySource);
    }
  }
}

function addTask(graph: FlowGraph, machine: Resource, task: PlacedState, bySource: ReadonlyMap<string, readonly Channel[]>, app: AppModel): void {
  const resource = taskResource(task);
  const given = [at(task.state, 'Parameters'), at(task.state, 'Arguments')].filter((one) => one !== undefined);
  if (/:events:putEvents/i.test(resource)) {
    for (const event of given.flatMap((one) => elements(at(one, 'Entries')))) {
      for (const bus of resourcesAt(at(event, 'EventBusName'), app, BUS)) addEvent(graph, machine.key, bus, event, bySource);
    }
  }
  for (const [integration, argument] of SENDING_TASKS) {
    if (!integration.test(resource)) continue;
    for (const target of given.flatMap((one) => resourcesAt(at(one, argument), app))) {
      for (const channel of bySource.get(target.key) ?? []) graph.connect(machine.key, channel.id, false);
    }
  }
}

/** Leads to the rules of a bus whose pattern may take the event. */
function addEvent(graph: FlowGraph, from: string, bus: Resource, event: Value, bySource: ReadonlyMap<string, readonly Channel[]>): void {
  const sent = { source: knownText(at(event, 'Source')), detailType: knownText(at(event, 'DetailType')) };
  for (const channel of bySource.get(bus.key) ?? []) {
    if (channel.id !== bus.key && mayTake(channel.pattern, sent)) graph.connect(from, channel.id, false);
  }
}

/** A text that begins with `$` or `{%` is one that the run makes. */
function knownText(value: Value): string | undefined {
  const text = hasUnknown(value) ? undefined : textOf(value);
  return text === undefined || /^(\$|\{%)/.test(text) ? undefined : text;
}
