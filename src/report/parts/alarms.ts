import { subjectsOf } from './alarm-subjects';
import { ALARM, COMPOSITE_ALARM, metricsOf, pointersWithin } from '../../model/alarms';
import { AppModel } from '../../model/resources/app-model';
import { resourcesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { isTrue, isUnresolved, textOf } from '../../model/values/values';
import { AlarmPosture } from '../form/app-form';

const TOPIC = 'AWS::SNS::Topic';

/** What an action of an alarm tells: a resource of the app, somebody outside of it, or whom only the deployment knows. */
type Hearer = Resource | 'elsewhere' | 'unknown';

/** Every alarm: what it watches, and whether somebody hears of it. */
export function alarmsOf(app: AppModel): readonly AlarmPosture[] {
  const own = app.ofType(ALARM, COMPOSITE_ALARM).map((alarm) => described(alarm, app));
  const heard = new Set(own.filter(({ composite, reachesSomebody }) => composite && reachesSomebody === true).flatMap(({ watches }) => watches));
  // an alarm that is part of another one is heard through it
  return own.map((alarm) => (heard.has(alarm.at) ? { ...alarm, reachesSomebody: true } : alarm));
}

function described(alarm: Resource, app: AppModel): AlarmPosture {
  const composite = alarm.type === COMPOSITE_ALARM;
  const metrics = composite ? [] : metricsOf(alarm, app);
  const names = [...new Set(metrics.map(({ namespace, name }) => [namespace, name].map((value) => app.describe(value) ?? '<?>').join(' ')))];
  const watched = composite
    ? pointersWithin(alarm.property('AlarmRule')).flatMap((pointer) => app.target(pointer) ?? [])
    : metrics.flatMap((metric) => subjectsOf(metric, app));
  const targets = alarm.items('AlarmActions').map((value) => ({ value, resources: resourcesAt(value, app) }));
  const hearers = targets.flatMap(({ value, resources }): readonly Hearer[] => (resources.length > 0 ? resources : [isUnresolved(value) ? 'unknown' : 'elsewhere']));
  return {
    at: alarm.name,
    ...names.length === 0 ? {} : { metric: names.join(', ') },
    watches: [...new Set(watched.map(({ name }) => name))].sort(),
    actions: [...new Set(targets.flatMap(({ value, resources }) => (resources.length > 0 ? resources.map(({ name }) => name) : [app.describe(value) ?? '<?>'])))],
    reachesSomebody: isHeard(alarm, hearers, app),
    composite,
  };
}

function isHeard(alarm: Resource, hearers: readonly Hearer[], app: AppModel): boolean | null {
  const enabled = alarm.property('ActionsEnabled');
  if (enabled !== undefined && !isTrue(enabled)) return isUnresolved(enabled) ? null : false;
  if (hearers.some((one) => one !== 'unknown' && (one === 'elsewhere' || one.type !== TOPIC || hasSubscriber(one, app)))) return true;
  return hearers.includes('unknown') ? null : false;
}

function hasSubscriber(topic: Resource, app: AppModel): boolean {
  const subscribed = app.index('topics with subscribers', () => new Set(app.ofType('AWS::SNS::Subscription')
    .filter((subscription) => textOf(subscription.property('Endpoint')) !== '')
    .flatMap((subscription) => resourcesAt(subscription.property('TopicArn'), app, TOPIC)).map(({ key }) => key)));
  return subscribed.has(topic.key) || topic.items('Subscription').length > 0;
}
