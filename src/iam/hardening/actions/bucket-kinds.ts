import { Stack } from 'aws-cdk-lib';
import { KindsOf } from './exact-actions';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { flattenReference } from '../../../core/values/flatten-reference';

const BUCKET = ['bucket'];
const OBJECT = ['object'];

/**
 * Tells buckets and their objects from other resources of S3, as a statement names them.
 *
 * | the statement names | it is |
 * |---|---|
 * | the ARN of a bucket of the stack, `arn:…:s3:::name` | the bucket |
 * | the same, a slash and more | its objects |
 * | the same and more, `arn:…:s3:::na*` | both |
 * | anything else, `*` | not known |
 */
export function bucketKinds(stack: Stack, site: HardeningSite): KindsOf {
  const buckets = site.once('buckets by stack', () => bucketsByStack(site)).get(stack);
  return (resource) => {
    const text = flattenReference(resource);
    const pointer = /^<(\w+)\.Arn>(.*)/.exec(text);
    if (pointer !== null) return buckets?.has(pointer[1]) === true ? kindsBelow(pointer[2]) : undefined;
    const named = /^arn:(?:[a-z-]+|<AWS::Partition>):s3:::((?:<[^>]*>|[^/<*?])+)(.*)$/.exec(text);
    return named === null ? undefined : kindsBelow(named[2]);
  };
}

function kindsBelow(rest: string): readonly string[] {
  if (rest === '') return BUCKET;
  return rest.startsWith('/') ? OBJECT : [...BUCKET, ...OBJECT];
}

function bucketsByStack(site: HardeningSite): ReadonlyMap<Stack, ReadonlySet<string>> {
  const found = new Map<Stack, Set<string>>();
  for (const { stack, logicalId } of site.resources('AWS::S3::Bucket')) {
    const known = found.get(stack) ?? new Set<string>();
    found.set(stack, known.add(String(stack.resolve(logicalId))));
  }
  return found;
}
