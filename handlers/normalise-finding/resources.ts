import { FindingResource, ResourceKind } from '../common/finding';

/** The kinds of resources by service and the beginning of what follows in the ARN. */
const KINDS: readonly (readonly [RegExp, ResourceKind])[] = [
  [/^arn:[^:]+:lambda:[^:]*:\d*:function:/, 'function'],
  [/^arn:[^:]+:iam::\d*:role\//, 'role'],
  [/^arn:[^:]+:s3:::/, 'bucket'],
  [/^arn:[^:]+:dynamodb:[^:]*:\d*:table\//, 'table'],
  [/^arn:[^:]+:secretsmanager:[^:]*:\d*:secret:/, 'secret'],
  [/^arn:[^:]+:kms:[^:]*:\d*:key\//, 'key'],
  [/^arn:[^:]+:(apigateway|execute-api):/, 'api'],
];

/** A resource by its ARN. What cannot be acted on by kind is `other`. Undefined for what is no ARN. */
export function byArn(arn: unknown): FindingResource | undefined {
  if (typeof arn !== 'string' || !arn.startsWith('arn:')) return undefined;
  const kind = KINDS.find(([pattern]) => pattern.test(arn))?.[1] ?? 'other';
  return { kind, id: whole(arn, kind) };
}

/** Versions and aliases belong to a function, objects to a bucket, indexes and streams to a table: whoever acts, acts on the whole. */
function whole(arn: string, kind: ResourceKind): string {
  if (kind === 'function') return arn.split(':').slice(0, 7).join(':');
  if (kind === 'bucket') return arn.split('/')[0];
  if (kind === 'table') return arn.split('/').slice(0, 2).join('/');
  return arn;
}

/** An access key by its id. */
export function credential(id: unknown): FindingResource | undefined {
  return typeof id === 'string' && /^[A-Z0-9]{16,128}$/.test(id) ? { kind: 'credential', id } : undefined;
}

/** Where the console of a partition is reached. */
export function consoleLink(region: unknown, path: string): string {
  const name = typeof region === 'string' && /^[a-z0-9-]{1,32}$/.test(region) ? region : '';
  const domain = name.startsWith('cn-') ? 'console.amazonaws.cn' : name.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
  return `https://${domain}${path.replace('REGION', name)}`;
}
