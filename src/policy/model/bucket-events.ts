import { Access } from './access';
import { AppModel } from './app-model';
import { Channel } from './flow-graph';
import { resourcesAt } from './pointers';
import { Resource } from './resource';
import { bucketFilterRules } from './trigger-sources';
import { alternatives, at, elements, entries, isRecord, textOf, Value } from './values';

const BUCKET = 'AWS::S3::Bucket';

/** What makes S3 send an event, by the beginning of the name of the event, in the spelling of notifications and in that of EventBridge. */
const EVENT_ACTIONS: readonly (readonly [event: RegExp, actions: readonly string[]])[] = [
  [/^(s3:)?(ObjectCreated|Object Created)/i, ['s3:PutObject', 's3:ReplicateObject']],
  [/^(s3:)?(ObjectRemoved|Object Deleted)/i, ['s3:DeleteObject', 's3:DeleteObjectVersion']],
  [/^(s3:)?(ObjectTagging|Object Tags)/i, ['s3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectTagging']],
  [/^(s3:)?(ObjectRestore|Object Restore)/i, ['s3:RestoreObject']],
  [/^(s3:)?(ObjectAcl|Object ACL)/i, ['s3:PutObjectAcl', 's3:PutObjectVersionAcl']],
];

const ALL_ACTIONS = EVENT_ACTIONS.flatMap(([, actions]) => actions);

/** Where notifications of a bucket stand, and by which property they name who is told. */
const NOTIFICATIONS = [
  { type: BUCKET, bucket: undefined, list: 'LambdaConfigurations', to: 'Function' },
  { type: BUCKET, bucket: undefined, list: 'QueueConfigurations', to: 'Queue' },
  { type: BUCKET, bucket: undefined, list: 'TopicConfigurations', to: 'Topic' },
  { type: 'Custom::S3BucketNotifications', bucket: 'BucketName', list: 'LambdaFunctionConfigurations', to: 'LambdaFunctionArn' },
  { type: 'Custom::S3BucketNotifications', bucket: 'BucketName', list: 'QueueConfigurations', to: 'QueueArn' },
  { type: 'Custom::S3BucketNotifications', bucket: 'BucketName', list: 'TopicConfigurations', to: 'TopicArn' },
] as const;

/** One channel for each notification of each bucket. */
export function bucketChannels(app: AppModel): readonly Channel[] {
  return NOTIFICATIONS.flatMap(({ type, bucket, list, to }) => app.ofType(type).flatMap((declaring) => {
    const sources: readonly Resource[] = bucket === undefined ? [declaring] : resourcesAt(declaring.property(bucket), app, BUCKET);
    return sources.flatMap((source) => declaring.items(`NotificationConfiguration.${list}`).map((pattern, index): Channel => {
      const targets = elements(at(pattern, to)).flatMap((value) => app.functionBehind(value) ?? resourcesAt(value, app));
      return { id: `${declaring.key} ${list} ${index}`, source, pattern, targets: targets.map(({ key }) => ({ key, certain: true })) };
    }));
  }));
}

/** Whether a right on a bucket makes it send the events that a notification, or a rule on the events of S3, is about. */
export function bucketWrite(access: Access, { pattern }: Channel, app: AppModel): boolean | undefined {
  if (!actionsOf(pattern).some((action) => access.covers(action))) return undefined;
  const key = access.everything ? '*' : keyPattern(access.element);
  if (key === undefined) return undefined;
  const filters = [...bucketFilterRules(pattern), ...keyFilters(pattern)];
  return filters.every(({ name, value }) => alternatives(value).some((option) => overlaps(key, name, app.describe(option)))) ? true : undefined;
}

function actionsOf(pattern: Value): readonly string[] {
  const events = [...elements(at(pattern, 'Event')), ...elements(at(pattern, 'Events')), ...elements(at(pattern, 'detail-type'))].map((event) => textOf(event) ?? '');
  const known = EVENT_ACTIONS.filter(([name]) => events.some((event) => name.test(event))).flatMap(([, actions]) => actions);
  return events.length === 0 ? ALL_ACTIONS : known;
}

/** What an ARN says about keys: what follows the name of the bucket. The ARN of a bucket alone is no right on objects. */
function keyPattern(element: string): string | undefined {
  const slash = element.replace(/<[^<>]*>/g, (pointer) => '_'.repeat(pointer.length)).indexOf('/');
  return slash < 0 ? (element.endsWith('*') ? '*' : undefined) : element.slice(slash + 1);
}

/** What a pattern of EventBridge asks of the key. */
function keyFilters(pattern: Value): readonly { readonly name: string; readonly value: Value }[] {
  const wanted = elements(at(at(at(pattern, 'detail'), 'object'), 'key'));
  if (wanted.length !== 1) return [];
  return isRecord(wanted[0]) ? entries(wanted[0]).map(([name, value]) => ({ name, value })) : [];
}

/** Whether a key that fits a pattern can begin, or end, as a filter asks. */
function overlaps(key: string, name: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const wild = /[*?]/.test(key);
  if (name === 'prefix') {
    const head = key.split(/[*?]/)[0];
    return head.startsWith(wanted) || (wild && wanted.startsWith(head));
  }
  if (name !== 'suffix') return true;
  const tail = key.split(/[*?]/).at(-1)!;
  return tail.endsWith(wanted) || (wild && wanted.endsWith(tail));
}
