import { takes } from './event-patterns';
import { Channel } from './flow-graph';
import { bucketFilterRules } from './trigger-sources';
import { AppModel } from '../resources/app-model';
import { functionAt, resourcesAt } from '../resources/pointers';
import { Resource } from '../resources/resource';
import { Access } from '../rights/access';
import { alternatives, at, elements, entries, hasUnknown, isRecord, textOf, Value } from '../values/values';

const BUCKET = 'AWS::S3::Bucket';

/**
 * What makes S3 send an event: by what its name in notifications begins with, and by its names on EventBridge.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
const EVENT_ACTIONS: readonly (readonly [notification: string, onBus: readonly string[], actions: readonly string[]])[] = [
  ['objectcreated', ['Object Created'], ['s3:PutObject', 's3:ReplicateObject']],
  ['objectremoved', ['Object Deleted'], ['s3:DeleteObject', 's3:DeleteObjectVersion']],
  ['objecttagging', ['Object Tags Added', 'Object Tags Deleted'], ['s3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectTagging']],
  ['objectrestore', ['Object Restore Initiated', 'Object Restore Completed', 'Object Restore Expired'], ['s3:RestoreObject']],
  ['objectacl', ['Object ACL Updated'], ['s3:PutObjectAcl', 's3:PutObjectVersionAcl']],
];

const ALL_ACTIONS = EVENT_ACTIONS.flatMap(([, , actions]) => actions);

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
      const targets = elements(at(pattern, to)).flatMap((value) => functionAt(value, app) ?? resourcesAt(value, app));
      return { id: `${declaring.key} ${list} ${index}`, source, pattern, targets: targets.map(({ key }) => ({ key, certain: true })) };
    }));
  }));
}

/** Whether a right on a bucket makes it send the events that a notification, or a rule on the events of S3, is about. */
export function bucketWrite(access: Access, { pattern }: Channel, app: AppModel): boolean | undefined {
  if (!actionsOf(pattern).some((action) => access.covers(action))) return undefined;
  const key = access.everything ? '*' : keyPattern(access.element);
  if (key === undefined) return undefined;
  return overlapsNotification(key, pattern, app) && overlapsKeyPattern(key, at(at(at(pattern, 'detail'), 'object'), 'key'), app) ? true : undefined;
}

/** All rules of a notification hold together. */
function overlapsNotification(key: string, notification: Value, app: AppModel): boolean {
  return bucketFilterRules(notification).every(({ name, value }) => alternatives(value).some((option) => overlaps(key, name, app.describe(option))));
}

/** One of the patterns that EventBridge compares with the key is enough; none means any key. */
function overlapsKeyPattern(key: string, wanted: Value, app: AppModel): boolean {
  const patterns = elements(wanted);
  return patterns.length === 0 || patterns.some((pattern) => (isRecord(pattern)
    ? entries(pattern).every(([name, value]) => overlaps(key, name, app.describe(value)))
    : overlaps(key, 'exact', app.describe(pattern))));
}

/** A name that only the deployment knows may be any. */
function actionsOf(pattern: Value): readonly string[] {
  const [notified, onBus] = [['Event', 'Events'], ['detail-type']].map((names) => names.flatMap((name) => elements(at(pattern, name))));
  if (notified.length + onBus.length === 0) return ALL_ACTIONS;
  return EVENT_ACTIONS.filter(([begins, names]) => [...notified, ...onBus].some(hasUnknown)
    || notified.some((event) => (textOf(event) ?? '').toLowerCase().replace(/^s3:/, '').startsWith(begins))
    || onBus.some((wanted) => names.some((name) => takes(wanted, name)))).flatMap(([, , actions]) => actions);
}

/** What an ARN says about keys: what follows the name of the bucket. The ARN of a bucket alone is no right on objects. */
function keyPattern(element: string): string | undefined {
  const slash = element.replace(/<[^<>]*>/g, (pointer) => '_'.repeat(pointer.length)).indexOf('/');
  return slash < 0 ? (element.endsWith('*') ? '*' : undefined) : element.slice(slash + 1);
}

/** Whether a key that fits a pattern of a policy can be one that a filter asks for, as far as their fixed beginnings and ends tell. */
function overlaps(key: string, operator: string, wanted: string | undefined): boolean {
  if (wanted === undefined || wanted.includes('<?>')) return true;
  switch (operator) {
    case 'prefix': return overlapAtStart(key, `${wanted}*`);
    case 'suffix': return overlapAtEnd(key, `*${wanted}`);
    case 'exact':
    case 'wildcard': return overlapAtStart(key, wanted) && overlapAtEnd(key, wanted);
    default: return true;
  }
}

/** What is fixed at the beginning of two patterns must agree; a pattern without wildcards is fixed as a whole. */
function overlapAtStart(one: string, other: string): boolean {
  const [short, long] = [one, other].sort((left, right) => fixedStart(left).length - fixedStart(right).length);
  return fixedStart(long).startsWith(fixedStart(short)) && (fixedStart(short) !== short || fixedStart(long) === short);
}

function overlapAtEnd(one: string, other: string): boolean {
  const [short, long] = [one, other].sort((left, right) => fixedEnd(left).length - fixedEnd(right).length);
  return fixedEnd(long).endsWith(fixedEnd(short)) && (fixedEnd(short) !== short || fixedEnd(long) === short);
}

function fixedStart(pattern: string): string {
  return pattern.split(/[*?]/)[0];
}

function fixedEnd(pattern: string): string {
  return pattern.split(/[*?]/).at(-1)!;
}
