import { Metric } from '../../model/alarms';
import { WEB_ACL } from '../../model/entries/web-acl-rules';
import { AppModel } from '../../model/resources/app-model';
import { resourcesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';

/** Where resources name the log group that they write to. */
const LOGGING: { readonly [type: string]: string } = {
  'AWS::ApiGateway::Stage': 'AccessLogSetting.DestinationArn',
  'AWS::ApiGatewayV2::Stage': 'AccessLogSettings.DestinationArn',
  'AWS::EC2::FlowLog': 'LogGroupName',
  'AWS::Lambda::Function': 'LoggingConfig.LogGroup',
};

/** The resources that a metric is about: by its dimensions, by the name under which a web ACL counts, or by the log whose lines it counts. */
export function subjectsOf({ namespace, name, dimensions }: Metric, app: AppModel): readonly Resource[] {
  const counted = filtersByMetric(app).get(metricKey(app.describe(namespace), app.describe(name))) ?? [];
  return [
    ...dimensions.flatMap((value) => [...app.targets(value), ...aclsByMetric(app).get(app.describe(value) ?? '') ?? []]),
    ...counted.flatMap((filter) => resourcesAt(filter.property('LogGroupName'), app)).flatMap((log) => writersOf(log, app)),
  ];
}

function aclsByMetric(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  return app.index('web ACLs by metric', () => table(app.ofType(WEB_ACL).map((acl) => [app.describe(acl.property('VisibilityConfig.MetricName')), acl])));
}

function filtersByMetric(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  return app.index('log filters by metric', () => table(app.ofType('AWS::Logs::MetricFilter').flatMap((filter) => filter.items('MetricTransformations')
    .map((_, index) => ['MetricNamespace', 'MetricName'].map((part) => app.describe(filter.property(`MetricTransformations.${index}.${part}`))))
    .map(([namespace, name]) => [metricKey(namespace, name), filter] as const))));
}

/** What writes the log; the log itself where nothing of the app does. */
function writersOf(log: Resource, app: AppModel): readonly Resource[] {
  const writers = app.index('writers of logs', () => table(Object.entries(LOGGING).flatMap(([type, path]) => app.ofType(type).flatMap((writer) => (
    resourcesAt(writer.property(path), app).map(({ key }) => [key, writer] as const))))));
  return writers.get(log.key) ?? [log];
}

function metricKey(namespace: string | undefined, name: string | undefined): string {
  return `${namespace ?? ''} ${name ?? ''}`;
}

function table(entries: readonly (readonly [key: string | undefined, resource: Resource])[]): ReadonlyMap<string, readonly Resource[]> {
  const found = new Map<string, Resource[]>();
  for (const [key, resource] of entries) {
    if (key !== undefined) found.set(key, [...found.get(key) ?? [], resource]);
  }
  return found;
}
