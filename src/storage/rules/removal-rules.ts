import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { principalsWith } from '../../model/rights/access';
import { cdkHelperOf } from '../../model/rights/cdk-helpers';
import { fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, at, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';
import { DATA_TYPES, PROTECTIONS, RECORD_TYPES, SNAPSHOT_BY_DEFAULT } from '../removal-baseline';

/** The custom resource of CDK that empties a bucket, so that its deletion goes through. */
const EMPTIES_BUCKET = 'Custom::S3AutoDeleteObjects';

/** The custom resource of CDK that copies the code of web functions, and the bucket that CDK makes for the copies. */
const COPIES_CODE = 'Custom::S3ObjectCopy';
const CODE_BUCKET = 'AWSCDKWebFunctionAssetBucket';

const WHEN = ['DeletionPolicy', 'UpdateReplacePolicy'] as const;

/** What becomes of a resource when it leaves its stack, or is replaced. */
type Fate = 'kept' | 'refused' | 'deleted' | 'deleted by default' | 'unknown';

export const DATA_REMOVAL: Rule = {
  id: 'DataRemoval',
  severity: Severity.MEDIUM,
  control: 'retainData',
  appliesTo: [...DATA_TYPES, EMPTIES_BUCKET],
  title: 'Data is deleted together with its stack',
  why: 'A deleted stack, a renamed construct or a change that replaces the resource takes all data with it, and there is no asking first.',
  fix: 'Set DeletionPolicy and UpdateReplacePolicy to Retain (removalPolicy: RemovalPolicy.RETAIN, no autoDeleteObjects), or Snapshot where there is one. '
    + 'Secure constructs keep their data in profiles with retainData.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: 'name of the policy; none for objects that are deleted',
  check: (resource, app) => {
    if (holdsCopies(resource, app)) return notApplicable();
    if (resource.type === EMPTIES_BUCKET) return fail('Properties.BucketName');
    const guarded = isProtected(resource);
    return WHEN.map((when) => told(fateOf(resource, when, guarded), when, ['deleted']));
  },
};

export const REMOVAL_POLICY: Rule = {
  id: 'RemovalPolicy',
  severity: Severity.LOW,
  control: 'retainData',
  appliesTo: [...DATA_TYPES, ...RECORD_TYPES],
  title: 'CloudFormation would delete what should outlive its stack',
  why: 'Where the template says nothing, CloudFormation deletes. Protection by the service, or objects in a bucket, stop that once; then somebody '
    + 'clears the way, and the data is gone. Logs go at once, and with them the traces of an attack.',
  fix: 'Set DeletionPolicy and UpdateReplacePolicy to Retain (removalPolicy: RemovalPolicy.RETAIN). Secure constructs do in profiles with retainData.',
  risks: ['misconfiguration', 'unseen-attack'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: 'name of the policy',
  check: (resource, app) => {
    if (holdsCopies(resource, app)) return notApplicable();
    const guarded = isProtected(resource);
    const wrong: readonly Fate[] = DATA_TYPES.includes(resource.type) ? ['deleted by default', 'refused'] : ['deleted', 'deleted by default', 'refused'];
    return WHEN.map((when) => told(fateOf(resource, when, guarded), when, wrong));
  },
};

/**
 * The bucket that CDK makes in each stack with web functions, and what empties it: copies of their code, of which the originals lie in the bucket of
 * CDK's assets. What else somebody writes there makes it a bucket like others.
 */
function holdsCopies(resource: Resource, app: AppModel): boolean {
  const bucket = resource.type === EMPTIES_BUCKET ? app.target(resource.property('BucketName')) : resource;
  if (bucket === undefined || !bucket.logicalId.startsWith(CODE_BUCKET)) return false;
  const copied = app.ofType(COPIES_CODE).filter((copy) => app.target(copy.property('DestinationBucketName')) === bucket);
  const writers = principalsWith(bucket, 's3:PutObject', app).map(({ role }) => role);
  return copied.length > 0 && writers.every((role) => cdkHelperOf(role, app) !== undefined);
}

function told(fates: readonly Fate[], when: string, wrong: readonly Fate[]): Outcome {
  if (fates.some((fate) => wrong.includes(fate))) return fail(when, when);
  return fates.includes('unknown') ? unresolved(when, when) : pass();
}

/**
 * | policy                      | the service protects it | fate               |
 * |-----------------------------|-------------------------|--------------------|
 * | Retain…, Snapshot           | any                     | kept               |
 * | Delete                      | yes                     | refused            |
 * | Delete                      | no                      | deleted            |
 * | none, a snapshot by default | any                     | kept               |
 * | none                        | yes                     | refused            |
 * | none                        | no                      | deleted by default |
 */
function fateOf(resource: Resource, when: typeof WHEN[number], guarded: boolean): readonly Fate[] {
  return alternatives(resource.attribute(when)).map((policy): Fate => {
    if (isUnresolved(policy)) return 'unknown';
    const text = textOf(policy)?.toLowerCase();
    if ((text !== undefined && text !== 'delete') || isInCluster(resource)) return 'kept';
    if (text === 'delete') return guarded ? 'refused' : 'deleted';
    if (hasSnapshot(resource)) return 'kept';
    return guarded ? 'refused' : 'deleted by default';
  });
}

const ALL_PROTECTIONS = Object.entries(PROTECTIONS);

/** A table that its service does not let go cannot be deleted by CloudFormation, whatever the template says. */
function isProtected(resource: Resource): boolean {
  return ALL_PROTECTIONS.some(([property, values]) => {
    const set = resource.type === 'AWS::DynamoDB::GlobalTable'
      ? resource.items('Replicas').flatMap((replica) => alternatives(at(replica, property))) : resource.alternatives(property);
    return set.length > 0 && set.every((value: Value) => isTrue(value) || values.includes(value));
  });
}

function hasSnapshot(resource: Resource): boolean {
  return SNAPSHOT_BY_DEFAULT.includes(resource.type);
}

/** An instance in a cluster holds no data of its own, so CDK lets it go whatever becomes of the cluster. */
function isInCluster(resource: Resource): boolean {
  return resource.property('DBClusterIdentifier') !== undefined;
}

export const REMOVAL_RULES: readonly Rule[] = [DATA_REMOVAL, REMOVAL_POLICY];
