import { AppModel } from './resources/app-model';
import { Resource } from './resources/resource';
import { alternatives, at, elements, entries, isList, isTrue, isUnresolved, Reference, referencesIn, textOf, Value } from './values/values';

export const ALARM = 'AWS::CloudWatch::Alarm';
export const COMPOSITE_ALARM = 'AWS::CloudWatch::CompositeAlarm';

/** Whom the alarms on one metric are about. */
interface Subjects {
  /** Keys of resources, and texts of dimensions. */
  readonly named: Set<string>;
  /** An alarm without dimensions is about all of the account. */
  everything: boolean;
  /** An alarm whose dimension only the deployment knows. */
  unknown: boolean;
}

/** A metric that an alarm looks at. */
export interface Metric {
  readonly namespace: Value;
  readonly name: Value;
  readonly dimensions: readonly Value[];
}

/** What two queries have in common: `SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"')`, `SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda")`. */
const QUERY = /\b(SEARCH|SELECT)\b/i;
const QUERIED_NAMESPACE = /AWS\/\w+/;
const QUERIED_METRIC = /(?:SELECT\s+\w+\(\s*"?|MetricName\s*=\s*\\?["']?)(\w+)/i;
const QUERIED_NAMES = /=\s*'([^']*)'/g;

/** Whether an alarm of the app looks at one of some metrics of a resource; undefined when only the deployment knows whom an alarm is about. */
export function isWatched(
  resource: Resource, namespace: string, metrics: readonly string[], names: readonly Value[], app: AppModel,
): boolean | undefined {
  const table = watchedMetrics(app);
  const subjects = metrics.map((metric) => table.get(keyOf(namespace, metric))).filter((found) => found !== undefined);
  return decide(subjects, resource, names, app);
}

/** Whether an alarm looks at any metric of a service about a resource. */
export function isWatchedAtAll(resource: Resource, namespace: string, names: readonly Value[], app: AppModel): boolean | undefined {
  return decide([...watchedMetrics(app)].filter(([key]) => key.startsWith(`${namespace}|`)).map(([, subjects]) => subjects), resource, names, app);
}

/** The pointers in a value of any depth, and in texts inside of it. */
export function pointersWithin(value: Value, depth = 0): readonly Reference[] {
  if (depth > 20) return [];
  const listed = alternatives(value).flatMap((option) => (isList(option) ? option : []));
  const inside = [...listed, ...entries(value).map(([, entry]) => entry)];
  return [...referencesIn(value), ...inside.flatMap((one) => pointersWithin(one, depth + 1))];
}

function decide(subjects: readonly Subjects[], resource: Resource, names: readonly Value[], app: AppModel): boolean | undefined {
  if (subjects.length === 0) return false;
  const ids = [resource.key, ...names.flatMap((name) => textIn(name, app))];
  if (subjects.some(({ named, everything }) => everything || ids.some((id) => named.has(id)))) return true;
  return subjects.some(({ unknown }) => unknown) ? undefined : false;
}

function watchedMetrics(app: AppModel): ReadonlyMap<string, Subjects> {
  return app.index('metrics with alarms', () => {
    const table = new Map<string, Subjects>();
    for (const { namespace, name, dimensions } of app.ofType(ALARM).flatMap((alarm) => metricsOf(alarm, app))) {
      const key = keyOf(textOf(namespace) ?? '', textOf(name) ?? '');
      const subjects = table.get(key) ?? { named: new Set(), everything: false, unknown: false };
      table.set(key, subjects);
      if (dimensions.length === 0) subjects.everything = true;
      for (const value of dimensions) {
        if (isUnresolved(value)) subjects.unknown = true;
        for (const id of [...app.targets(value).map((target) => target.key), ...textIn(value, app)]) subjects.named.add(id);
      }
    }
    return table;
  });
}

/** The metrics of an alarm: its own, those that its expression counts, and those that a query finds. */
export function metricsOf(alarm: Resource, app: AppModel): readonly Metric[] {
  const queries = countedQueries(alarm.items('Metrics'), app);
  const metrics = [
    ...alarm.property('MetricName') === undefined ? [] : [toMetric(alarm.property('Namespace'), alarm.property('MetricName'), alarm.items('Dimensions'))],
    ...queries.map((query) => at(at(query, 'MetricStat'), 'Metric')).filter((metric) => metric !== undefined)
      .map((metric) => toMetric(at(metric, 'Namespace'), at(metric, 'MetricName'), elements(at(metric, 'Dimensions')))),
  ];
  return [...metrics, ...queries.flatMap((query) => queriedBy(at(query, 'Expression'), app))];
}

/**
 * The queries that what an alarm looks at is made of: the one whose data it returns, and those that this one names, step by step. A metric
 * that no expression names is only drawn. `METRICS()` means all of them, `METRICS("errors")` those whose ids hold the text.
 */
function countedQueries(queries: readonly Value[], app: AppModel): readonly Value[] {
  const isReturned = (query: Value): boolean => alternatives(at(query, 'ReturnData')).some((value) => value === undefined || isUnresolved(value) || isTrue(value));
  const returned = queries.filter((query) => isUnresolved(query) || isReturned(query));
  const counted = new Set(returned.length === 0 ? queries : returned);
  for (const query of counted) {
    const expression = app.describe(at(query, 'Expression')) ?? '';
    const wanted = [...expression.matchAll(/METRICS\(\s*(?:["']([^"']*)["'])?\s*\)/g)].map(([, part]) => part ?? '');
    const words = new Set(expression.match(/[a-z][A-Za-z0-9_]*/g) ?? []);
    for (const other of queries) {
      const id = textOf(at(other, 'Id')) ?? '';
      if (words.has(id) || wanted.some((part) => id.includes(part))) counted.add(other);
    }
  }
  return [...counted];
}

/** Which dimensions say whom a metric is about, by namespace; in other namespaces all do. */
const NAMING_DIMENSIONS: { readonly [namespace: string]: RegExp } = {
  'AWS/DynamoDB': /^(TableName|GlobalSecondaryIndexName)$/,
  'AWS/Lambda': /^(FunctionName|Resource|EventSourceMappingUUID)$/,
  'AWS/SQS': /^QueueName$/,
  'AWS/States': /^(StateMachineArn|ActivityArn)$/,
};

/** A dimension that does not exist finds no data: the alarm is about nobody. */
function toMetric(namespace: Value, name: Value, dimensions: readonly Value[]): Metric {
  const naming = NAMING_DIMENSIONS[textOf(namespace) ?? ''];
  const isNaming = (dimension: Value): boolean => isUnresolved(dimension) || naming === undefined || naming.test(textOf(at(dimension, 'Name')) ?? '');
  const named = dimensions.filter(isNaming).flatMap((dimension) => alternatives(isUnresolved(dimension) ? dimension : at(dimension, 'Value')));
  return { namespace, name, dimensions: dimensions.length > 0 && named.length === 0 ? ['<nobody>'] : named };
}

/** A query that names nobody is about all of the account. */
function queriedBy(expression: Value, app: AppModel): readonly Metric[] {
  const text = app.describe(expression) ?? '';
  const [namespace] = QUERIED_NAMESPACE.exec(text) ?? [];
  const [, name] = QUERIED_METRIC.exec(text) ?? [];
  if (!QUERY.test(text) || namespace === undefined || name === undefined) return [];
  const named = [...text.matchAll(QUERIED_NAMES)].map(([, found]) => found);
  return [{ namespace, name, dimensions: [...referencesIn(expression), ...named] }];
}

function textIn(value: Value, app: AppModel): readonly string[] {
  const text = app.describe(value);
  return text === undefined || text === '' || text.includes('<?>') ? [] : [text];
}

function keyOf(namespace: string, metric: string): string {
  return `${namespace}|${metric}`;
}
