import { bucketChannels, bucketWrite } from './bucket-events';
import { takes } from './event-patterns';
import { Channel, FlowGraph } from './flow-graph';
import { addForwarded, deliveryChannels } from './forwarded-events';
import { logChannels } from './log-channels';
import { redrivesOf } from './queues';
import { Trigger } from './trigger';
import { triggersByFunction } from './triggers';
import { AppModel } from '../resources/app-model';
import { functionAt, resourcesAt, valuesAt } from '../resources/pointers';
import { Resource } from '../resources/resource';
import { accessOf, Access, roleOf } from '../rights/access';
import { eventValues } from '../rights/conditions';
import { parsedJson } from '../values/json-text';
import { at, elements, entries, textOf, Value } from '../values/values';

const TABLE_WRITES = [
  'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];

/** What makes a resource send an event to those who listen, by its type. Buckets are treated apart, since their events depend on keys. */
const WRITE_ACTIONS: { readonly [type: string]: readonly string[] } = {
  'AWS::DynamoDB::GlobalTable': TABLE_WRITES,
  'AWS::DynamoDB::Table': TABLE_WRITES,
  'AWS::Events::EventBus': ['events:PutEvents'],
  'AWS::Kinesis::Stream': ['kinesis:PutRecord', 'kinesis:PutRecords'],
  'AWS::KinesisFirehose::DeliveryStream': ['firehose:PutRecord', 'firehose:PutRecordBatch'],
  'AWS::Lambda::Function': ['lambda:InvokeAsync', 'lambda:InvokeFunction'],
  'AWS::SNS::Topic': ['sns:Publish'],
  'AWS::SQS::Queue': ['sqs:SendMessage'],
  'AWS::StepFunctions::StateMachine': ['states:StartExecution', 'states:StartSyncExecution'],
};

/** The actions by which somebody starts what listens to a resource of a type; none for one that nothing listens to. */
export function startingActions(type: string): readonly string[] {
  return type === 'AWS::S3::Bucket' ? ['s3:PutObject'] : WRITE_ACTIONS[type] ?? [];
}

/** Who reads what another resource puts into it, without a function between them. */
const FORWARDERS = [
  { type: 'AWS::SNS::Subscription', from: 'TopicArn', to: 'Endpoint', filter: 'FilterPolicy' },
  { type: 'AWS::Pipes::Pipe', from: 'Source', to: 'Target', filter: 'SourceParameters.FilterCriteria' },
  { type: 'AWS::Lambda::EventInvokeConfig', from: 'FunctionName', to: 'DestinationConfig.OnFailure.Destination', filter: 'FunctionName' },
  { type: 'AWS::Lambda::EventInvokeConfig', from: 'FunctionName', to: 'DestinationConfig.OnSuccess.Destination', filter: undefined },
] as const;

const BUS = 'AWS::Events::EventBus';
const QUEUE = 'AWS::SQS::Queue';
const RULE = 'AWS::Events::Rule';

/** How events run through the app: who writes what, and who is started by it. Built once, in time linear in what the app declares. */
export function flowOf(app: AppModel): FlowGraph {
  return app.index('event flow', () => {
    const graph = new FlowGraph();
    const channels = channelsOf(app);
    const bySource = new Map<string, Channel[]>();
    for (const channel of channels) {
      for (const target of channel.targets) graph.connect(channel.id, target.key, target.certain);
      addTo(bySource, channel);
    }
    for (const fn of app.ofType('AWS::Lambda::Function')) addWrites(graph, fn, bySource, app);
    addForwarded(graph, bySource, app);
    return graph;
  });
}

function addTo(bySource: Map<string, Channel[]>, channel: Channel): void {
  const list = bySource.get(channel.source.key);
  if (list === undefined) bySource.set(channel.source.key, [channel]);
  else list.push(channel);
}

/** What starts something when its source is written to. */
function channelsOf(app: AppModel): readonly Channel[] {
  const triggers = [...triggersByFunction(app).values()].flat().filter(({ onlyPermitted }) => !onlyPermitted);
  const simple = triggers.filter(({ kind, source }) => source !== undefined && ['pipe', 'queue', 'stream', 'topic'].includes(kind));
  return [
    ...simple.map((trigger): Channel => ({
      id: trigger.source!.key, source: trigger.source!, targets: [{ key: trigger.fn.key, certain: !isSelective(trigger) }],
    })),
    ...app.ofType('AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine').map((worker): Channel => ({ id: worker.key, source: worker, targets: [] })),
    ...FORWARDERS.flatMap(({ type, from, to, filter }) => app.ofType(type).flatMap((forwarder) => (
      sourcesAt(forwarder, from, app).map((source): Channel => ({
        id: source.key,
        source,
        targets: receiversAt(forwarder, to, app).map(({ key }) => (
          { key, certain: filter === undefined || forwarder.property(filter) === undefined })),
      }))))),
    ...app.ofType(RULE).flatMap((rule) => ruleChannels(rule, app)),
    ...bucketChannels(app),
    ...deliveryChannels(app),
    ...redriveChannels(app),
    ...logChannels(app),
  ];
}

/** What fails too often goes on to another queue: whoever puts it back from there makes a circle that each bad message runs in. */
function redriveChannels(app: AppModel): readonly Channel[] {
  return app.ofType(QUEUE).filter((queue) => queue.property('RedrivePolicy') !== undefined).flatMap((source) => redrivesOf(source)
    .flatMap((redrive) => (redrive === undefined || redrive === 'undecided' ? [] : resourcesAt(redrive.target, app, QUEUE)))
    .map((dead): Channel => ({ id: source.key, source, targets: [{ key: dead.key, certain: false }] })));
}

/** In a table that holds several kinds of items, the code reads one and writes another: the template cannot tell. */
function isSelective({ filter, source }: Trigger): boolean {
  return (filter !== undefined && elements(filter).length > 0) || /^AWS::DynamoDB::/.test(source?.type ?? '');
}

function sourcesAt(forwarder: Resource, path: string, app: AppModel): readonly Resource[] {
  return valuesAt(forwarder, path).flatMap((value) => functionAt(value, app) ?? resourcesAt(value, app));
}

/** Who receives what is forwarded. A function that a topic or a pipe calls is a trigger already. */
function receiversAt(forwarder: Resource, path: string, app: AppModel): readonly Resource[] {
  const withFunctions = forwarder.type === 'AWS::Lambda::EventInvokeConfig';
  return sourcesAt(forwarder, path, app).filter(({ type }) => type in WRITE_ACTIONS && (withFunctions || type !== 'AWS::Lambda::Function'));
}

/** A rule on a bus of the app listens to it; one on events of S3 listens to the buckets that it names. */
function ruleChannels(rule: Resource, app: AppModel): readonly Channel[] {
  const targets = valuesAt(rule, 'Targets.Arn').flatMap((value) => functionAt(value, app) ?? resourcesAt(value, app))
    .filter(({ type }) => type in WRITE_ACTIONS).map(({ key }) => ({ key, certain: true }));
  const pattern = parsedJson(rule.property('EventPattern'));
  const buses = resourcesAt(rule.property('EventBusName'), app, BUS);
  const buckets = elements(at(pattern, 'source')).includes('aws.s3')
    ? elements(at(at(at(pattern, 'detail'), 'bucket'), 'name')).flatMap((name) => resourcesAt(name, app, 'AWS::S3::Bucket')) : [];
  return [...buses, ...buckets].map((source) => ({ id: rule.key, source, targets, pattern }));
}

function addWrites(graph: FlowGraph, fn: Resource, bySource: ReadonlyMap<string, readonly Channel[]>, app: AppModel): void {
  const role = roleOf(fn, app);
  if (role === undefined) return;
  for (const access of accessOf(role, app)) {
    for (const source of sourcesOf(access, fn, app)) {
      for (const channel of bySource.get(source.key) ?? []) {
        const certain = writes(access, channel, app);
        if (certain !== undefined) graph.connect(fn.key, channel.id, certain);
      }
    }
  }
}

/** A right on whatever there is matters for what starts the function itself; it would connect everything with everything otherwise. */
function sourcesOf(access: Access, fn: Resource, app: AppModel): readonly Resource[] {
  if (access.resource !== undefined) return [access.resource];
  const own = app.index('sources by function', () => new Map([...triggersByFunction(app)].map(([key, triggers]) => (
    [key, [...new Set(triggers.map(({ source }) => source).filter((source) => source !== undefined))]]))));
  return (own.get(fn.key) ?? []).filter((source) => access.reaches(source));
}

/** Whether a right lets a function start what listens: surely, perhaps (`false`), or not at all. */
function writes(access: Access, channel: Channel, app: AppModel): boolean | undefined {
  if (channel.source.type === 'AWS::S3::Bucket') return bucketWrite(access, channel, app);
  if (channel.source.type === BUS) return access.covers('events:PutEvents') ? mayMatch(access, channel.pattern) : undefined;
  return (WRITE_ACTIONS[channel.source.type] ?? []).some((action) => access.covers(action)) ? true : undefined;
}

/**
 * | the pattern names sources | the right names sources   | starts the rule |
 * |---------------------------|---------------------------|-----------------|
 * | no, nor anything else     | –                         | surely          |
 * | no, but types or details  | –                         | perhaps         |
 * | yes                       | the same                  | surely          |
 * | yes                       | others                    | no              |
 * | yes                       | no                        | perhaps         |
 */
function mayMatch({ statement }: Access, pattern: Value): boolean | undefined {
  const wanted = elements(at(pattern, 'source'));
  if (wanted.length === 0) return !entries(pattern).some(([key]) => key !== 'account' && key !== 'version');
  if (wanted.every((source) => (textOf(source) ?? '').startsWith('aws.'))) return undefined; // only services of AWS send these
  const given = eventValues(statement, /^events:source$/i).map((value) => textOf(value) ?? '');
  if (given.length === 0) return false;
  return given.some((source) => wanted.some((one) => takes(one, source))) ? true : undefined;
}
