import { CfnResource } from 'aws-cdk-lib';
import { CfnAlarm, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { HardeningSite } from '../core/hardening/hardening-site';
import { flattenReference } from '../core/values/flatten-reference';

/** Whom the alarms on one metric are about. */
interface Subjects {
  readonly resources: Set<CfnResource>;
  /** Names as they are written. */
  readonly names: Set<string>;
  /** An alarm without dimensions is about all of the account. */
  everything: boolean;
}

/** One metric of CloudWatch, whoever it is about. */
export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
}

/** One metric of an alarm, tokens included. */
interface AlarmMetric {
  readonly key: string;
  /** The values of its dimensions, or the query that names them. */
  readonly about: readonly unknown[];
}

/** What two queries have in common: `SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"')`, `SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda")`. */
const QUERIED_NAMESPACE = /AWS\/\w+/;
const QUERIED_METRIC = /(?:SELECT\s+\w+\(\s*"?|MetricName\s*=\s*\\?["']?)(\w+)/i;

/** What the alarms of a stage look at, whoever made them: as the rules see it in the template, but before there is one. */
export class WatchedMetrics {
  /** The table of a stage, made once. What hardening adds later is not in it: nothing is asked for twice. */
  public static of(site: HardeningSite): WatchedMetrics {
    return site.once('metrics with alarms', () => new WatchedMetrics(site));
  }

  private readonly byMetric = new Map<string, Subjects>();

  private constructor(private readonly site: HardeningSite) {
    for (const alarm of site.resources('AWS::CloudWatch::Alarm') as CfnAlarm[]) {
      for (const { key, about } of metricsOf(alarm, site)) this.note(alarm, key, about);
    }
  }

  /** Whether no alarm looks at anything, so that nobody need ask. */
  public get isEmpty(): boolean {
    return this.byMetric.size === 0;
  }

  /**
   * Whether an alarm looks at a metric of a resource.
   * @param names the names of the resource, tokens included, by which an alarm may mean it besides pointing at it
   */
  public holds(resource: CfnResource, namespace: string, metricName: string, names: readonly unknown[] = []): boolean {
    const subjects = this.byMetric.get(keyOf(namespace, metricName));
    if (subjects === undefined) return false;
    return subjects.everything || subjects.resources.has(resource)
      || names.some((name) => this.site.resolve(resource, name) !== undefined && subjects.names.has(flattenReference(resource.stack.resolve(name))));
  }

  private note(alarm: CfnAlarm, key: string, about: readonly unknown[]): void {
    const subjects = this.byMetric.get(key) ?? { resources: new Set(), names: new Set(), everything: false };
    this.byMetric.set(key, subjects);
    if (about.length === 0) subjects.everything = true;
    for (const value of about) {
      subjects.names.add(flattenReference(alarm.stack.resolve(value)));
      for (const target of this.site.targets(alarm, value)) subjects.resources.add(target);
    }
  }
}

/** The metric of an alarm, those that its expression counts, and those that a query finds. */
function metricsOf(alarm: CfnAlarm, site: HardeningSite): readonly AlarmMetric[] {
  const queries = listOf<CfnAlarm.MetricDataQueryProperty>(alarm, alarm.metrics, site);
  const own = alarm.metricName === undefined ? [] : [toMetric(alarm, alarm.namespace, alarm.metricName, alarm.dimensions, site)];
  return [...own, ...queries.flatMap(({ metricStat, expression }) => {
    const metric = (metricStat as CfnAlarm.MetricStatProperty | undefined)?.metric as CfnAlarm.MetricProperty | undefined;
    if (metric !== undefined) return [toMetric(alarm, metric.namespace, metric.metricName, metric.dimensions, site)];
    return expression === undefined ? [] : queriedBy(alarm, expression);
  })];
}

function toMetric(alarm: CfnAlarm, namespace: unknown, name: unknown, dimensions: unknown, site: HardeningSite): AlarmMetric {
  const values = listOf<CfnAlarm.DimensionProperty>(alarm, dimensions, site).map(({ value }) => value);
  return { key: keyOf(String(namespace), String(name)), about: values };
}

/** A query that names nobody is about all of the account. */
function queriedBy(alarm: CfnAlarm, expression: string): readonly AlarmMetric[] {
  const text = flattenReference(alarm.stack.resolve(expression));
  const names = quotedIn(text);
  const about = names.length === 0 && !text.includes('<') ? [] : [expression, ...names];
  return queriedIn(text).map(({ namespace, metricName }) => ({ key: keyOf(namespace, metricName), about }));
}

function queriedIn(expression: string): readonly MetricName[] {
  const [namespace] = QUERIED_NAMESPACE.exec(expression) ?? [];
  const [, metricName] = QUERIED_METRIC.exec(expression) ?? [];
  return namespace === undefined || metricName === undefined ? [] : [{ namespace, metricName }];
}

/** The metrics that a metric of the CDK is made of. */
export function namesOf(metric: IMetric): readonly MetricName[] {
  const { metricStat, mathExpression } = metric.toMetricConfig();
  if (metricStat !== undefined) return [metricStat];
  if (mathExpression === undefined) return [];
  return [...queriedIn(mathExpression.expression), ...Object.values(mathExpression.usingMetrics).flatMap(namesOf)];
}

function quotedIn(query: string): readonly string[] {
  return [...query.matchAll(/=\s*'([^']*)'/g)].map(([, name]) => name);
}

/** A list as the resource has it; one that is a token as a whole loses its pointers to other stacks, and nothing else. */
function listOf<T>(alarm: CfnAlarm, value: unknown, site: HardeningSite): readonly T[] {
  const list = Array.isArray(value) ? value : site.resolve(alarm, value);
  return Array.isArray(list) ? list as T[] : [];
}

function keyOf(namespace: string, metric: string): string {
  return `${namespace}|${metric}`;
}
