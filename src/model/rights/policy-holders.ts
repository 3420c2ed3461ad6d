import { AppModel } from '../resources/app-model';
import { resourcesAt } from '../resources/pointers';
import { Resource } from '../resources/resource';

/** How a type of resource is guarded: the resources that hold its policies, and the property by which they name it. */
export interface PolicyHolder {
  readonly type: string;
  readonly names: string;
}

export const TOPIC_POLICIES: readonly PolicyHolder[] = [
  { type: 'AWS::SNS::TopicPolicy', names: 'Topics' }, { type: 'AWS::SNS::TopicInlinePolicy', names: 'TopicArn' },
];

/** The policies that name a resource, by a pointer, its name or its ARN. */
export function policiesOf(resource: Resource, holders: readonly PolicyHolder[], app: AppModel): readonly Resource[] {
  return app.index(`policies: ${holders.map(({ type }) => type).join(', ')}`, () => policiesByResource(app, holders)).get(resource.key) ?? [];
}

function policiesByResource(app: AppModel, holders: readonly PolicyHolder[]): ReadonlyMap<string, readonly Resource[]> {
  const table = new Map<string, Resource[]>();
  for (const { type, names } of holders) {
    for (const policy of app.ofType(type)) {
      for (const { key } of policy.items(names).flatMap((value) => resourcesAt(value, app))) table.set(key, [...table.get(key) ?? [], policy]);
    }
  }
  return table;
}
