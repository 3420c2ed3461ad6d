import { actorsOf } from './actors';
import { entryPointsOf, sharedEntriesOf } from './entry-points';
import { starterOf } from './functions';
import { usersOf } from './store-access';
import { STORE_TYPES } from './store-baseline';
import { Trigger } from '../../model/flow/trigger';
import { triggersByFunction } from '../../model/flow/triggers';
import { AppModel } from '../../model/resources/app-model';
import { functionAt, resourcesAt, valuesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { accessOf } from '../../model/rights/access';
import { EntryPoint, Flow } from '../form/app-form';

const FUNCTION = 'AWS::Lambda::Function';
const BUS = 'AWS::Events::EventBus';
const MACHINE = 'AWS::StepFunctions::StateMachine';

/** Stores that somebody writes to so that somebody else hears of it. */
const CHANNELS = new Set([BUS, 'AWS::KinesisFirehose::DeliveryStream', 'AWS::Kinesis::Stream', 'AWS::SNS::Topic', 'AWS::SQS::Queue']);

/** What they start is declared, beside the right to do so. */
const DECLARING = new Set(['AWS::Events::Rule', 'AWS::EventsV2::Subscriber', 'AWS::Pipes::Pipe', 'AWS::Scheduler::Schedule']);

/**
 * Ways in that act by themselves: what reads the files of a site is the site, what calls a tool is the gateway, an agent, a container or a file server does
 * what it is told, an identity pool gives its users rights of their own, mail and messages of things go where their rules say, and a load balancer hands on.
 */
const ACTING_ENTRIES: ReadonlySet<string> = new Set(['agent', 'agent-gateway', 'container-service', 'device-topic', 'distribution', 'file-server', 'identity-pool', 'load-balancer', 'mail', 'website']);

/** Every function writes a log: arrows for it would hide the others. */
const DRAWN = STORE_TYPES.filter((type) => type !== 'AWS::Logs::LogGroup');

/** Who hands on what it gets, without a function between: lists on the way count with each element. */
const FORWARDERS: readonly { readonly type: string; readonly from: string; readonly to: string }[] = [
  { type: 'AWS::SNS::Subscription', from: 'TopicArn', to: 'Endpoint' },
  { type: 'AWS::Lambda::EventInvokeConfig', from: 'FunctionName', to: 'DestinationConfig.OnFailure.Destination' },
  { type: 'AWS::Lambda::EventInvokeConfig', from: 'FunctionName', to: 'DestinationConfig.OnSuccess.Destination' },
  { type: 'AWS::SQS::Queue', from: '', to: 'RedrivePolicy.deadLetterTargetArn' },
  { type: 'AWS::Events::Archive', from: 'SourceArn', to: '' },
  { type: 'AWS::S3::Bucket', from: '', to: 'NotificationConfiguration.QueueConfigurations.Queue' },
  { type: 'AWS::S3::Bucket', from: '', to: 'NotificationConfiguration.TopicConfigurations.Topic' },
  { type: 'AWS::SES::ReceiptRule', from: '', to: 'Rule.Actions.S3Action.BucketName' },
  { type: 'AWS::SES::ReceiptRule', from: '', to: 'Rule.Actions.S3Action.TopicArn' },
  { type: 'AWS::SES::ReceiptRule', from: '', to: 'Rule.Actions.SNSAction.TopicArn' },
  { type: 'Custom::S3BucketNotifications', from: 'BucketName', to: 'NotificationConfiguration.QueueConfigurations.QueueArn' },
  { type: 'Custom::S3BucketNotifications', from: 'BucketName', to: 'NotificationConfiguration.TopicConfigurations.TopicArn' },
];

/** The arrows of the picture, each once. */
export function flowsOf(app: AppModel): readonly Flow[] {
  const seen = new Set<string>();
  const acting = new Map(entryPointsOf(app).filter(({ kind }) => ACTING_ENTRIES.has(kind)).map(({ at, id }) => [at, id]));
  return [
    ...entryPointsOf(app).flatMap(answered),
    ...balanced(app),
    ...started(app),
    ...handedOn(app),
    ...ruled(app),
    ...piped(app),
    ...called(app),
    ...used(app),
  ].map(({ from, to, kind }): Flow => ({ from: acting.get(from) ?? from, to, kind })).filter(({ from, to, kind }) => from !== to && !seen.has(`${from}\n${to}\n${kind}`) && seen.add(`${from}\n${to}\n${kind}`));
}

/** Who signs in calls the pool itself: behind the door is the store of users. */
function answered({ id, handler, kind, at }: EntryPoint): readonly Flow[] {
  const behind = handler ?? (kind === 'sign-in' ? at : undefined);
  return behind === undefined ? [] : [{ from: id, to: behind, kind: 'calls' }];
}

/** A load balancer may stand before several functions and services. */
function balanced(app: AppModel): readonly Flow[] {
  return sharedEntriesOf(app).map(({ id, behind }): Flow => ({ from: id, to: behind, kind: 'calls' }));
}

/** What starts functions, callers from outside apart: those come through entry points. */
function started(app: AppModel): readonly Flow[] {
  const handlers = new Set([...entryPointsOf(app).map(({ handler }) => handler), ...balanced(app).map(({ to }) => to)]);
  return [...triggersByFunction(app).values()].flat().filter(({ kind, fn }) => kind !== 'url' && (kind !== 'api' || !handlers.has(fn.name)))
    .map((trigger) => ({ from: starterOf(trigger), to: trigger.fn.name, kind: waits(trigger) ? 'calls' : 'starts' }));
}

/** Whether somebody waits for the answer. */
function waits({ kind, asynchronous }: Trigger): boolean {
  return ['api', 'pipe', 'state-machine'].includes(kind) && !asynchronous;
}

function handedOn(app: AppModel): readonly Flow[] {
  return FORWARDERS.flatMap(({ type, from, to }) => app.ofType(type).flatMap((forwarder) => {
    const receivers = endsAt(forwarder, to, app);
    return endsAt(forwarder, from, app).flatMap((source) => (
      receivers.map((receiver): Flow => ({ from: source.name, to: receiver.name, kind: arrowTo(receiver) }))));
  }));
}

function endsAt(forwarder: Resource, path: string, app: AppModel): readonly Resource[] {
  if (path === '') return [forwarder];
  return valuesAt(forwarder, path).flatMap((value) => functionAt(value, app) ?? resourcesAt(value, app));
}

/** A rule is drawn where it listens to the account's own bus; else its bus stands for it. */
function ruled(app: AppModel): readonly Flow[] {
  return app.ofType('AWS::Events::Rule').flatMap((rule) => {
    const buses = resourcesAt(rule.property('EventBusName'), app, BUS);
    const targets = valuesAt(rule, 'Targets.Arn').flatMap((value) => functionAt(value, app) ?? resourcesAt(value, app)).filter(({ type }) => type !== FUNCTION);
    return (buses.length === 0 ? [rule] : buses).flatMap((from) => targets.map((to): Flow => ({ from: from.name, to: to.name, kind: arrowTo(to) })));
  });
}

function piped(app: AppModel): readonly Flow[] {
  return app.ofType('AWS::Pipes::Pipe').flatMap((pipe) => [
    ...endsAt(pipe, 'Source', app).map((source): Flow => ({ from: source.name, to: pipe.name, kind: 'starts' })),
    ...endsAt(pipe, 'Enrichment', app).map((one): Flow => ({ from: pipe.name, to: one.name, kind: 'calls' })),
    ...endsAt(pipe, 'Target', app).map((target): Flow => ({ from: pipe.name, to: target.name, kind: arrowTo(target) })),
  ]);
}

/** Functions that somebody may call by a right of his role. */
function called(app: AppModel): readonly Flow[] {
  return actorsOf(app).filter(({ actor }) => !DECLARING.has(actor.type)).flatMap(({ actor, role }) => accessOf(role, app)
    .filter(({ resource, covers }) => resource?.type === FUNCTION && covers('lambda:InvokeFunction'))
    .map(({ resource }): Flow => ({ from: actor.name, to: resource!.name, kind: 'calls' })));
}

function used(app: AppModel): readonly Flow[] {
  return app.ofType(...DRAWN).flatMap((store) => {
    const { read, write, delete: deleted } = usersOf(store, app);
    const declared = (user: Resource): boolean => user.type === 'AWS::Events::Rule' && store.type === MACHINE;
    const arrows = (users: ReadonlySet<Resource>, kind: Flow['kind']) => [...users].filter((user) => !declared(user)).map(({ name }): Flow => ({ from: name, to: store.name, kind }));
    // whoever takes a message from a queue deletes it: that is no arrow of its own
    const deletes = CHANNELS.has(store.type) ? [] : arrows(deleted, 'deletes');
    return [...arrows(read, 'reads'), ...arrows(write, CHANNELS.has(store.type) || store.type === MACHINE ? arrowTo(store) : 'writes'), ...deletes];
  });
}

function arrowTo({ type }: Resource): Flow['kind'] {
  if (type === FUNCTION || type === MACHINE) return 'starts';
  return 'sends';
}
