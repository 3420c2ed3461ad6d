import { Channel } from './flow-graph';
import { AppModel } from '../resources/app-model';
import { functionAt, resourcesAt } from '../resources/pointers';
import { Resource } from '../resources/resource';
import { textOf } from '../values/values';

const GROUP = 'AWS::Logs::LogGroup';

/** What a function logs goes to who subscribed to its log group: all of it, or what a pattern lets through. */
export function logChannels(app: AppModel): readonly Channel[] {
  const subscriptions = app.ofType('AWS::Logs::SubscriptionFilter');
  if (subscriptions.length === 0) return [];
  const writers = writersByGroup(app);
  return subscriptions.flatMap((subscription) => {
    const name = subscription.property('LogGroupName');
    const groups = resourcesAt(name, app, GROUP).map(({ key }) => key);
    const functions = [...groups.flatMap((key) => writers.get(key) ?? []), ...groups.length === 0 ? app.targets(name).filter(isFunction) : []];
    const destination = subscription.property('DestinationArn');
    const receiver = functionAt(destination, app);
    const targets = receiver === undefined ? resourcesAt(destination, app) : [receiver];
    const certain = (textOf(subscription.property('FilterPattern')) ?? '').trim() === '';
    return [...new Set(functions)].map((source): Channel => ({ id: source.key, source, targets: targets.map(({ key }) => ({ key, certain })) }));
  });
}

/** A function writes to the group that it names, or to the one that is called after it. */
function writersByGroup(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  const table = new Map<string, Resource[]>();
  const put = (key: string, fn: Resource): void => { table.set(key, [...table.get(key) ?? [], fn]); };
  for (const fn of app.ofType('AWS::Lambda::Function')) for (const { key } of resourcesAt(fn.property('LoggingConfig.LogGroup'), app, GROUP)) put(key, fn);
  for (const group of app.ofType(GROUP)) for (const fn of app.targets(group.property('LogGroupName')).filter(isFunction)) put(group.key, fn);
  return table;
}

function isFunction({ type }: Resource): boolean {
  return type === 'AWS::Lambda::Function';
}
