import { CfnResource } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { CfnPipeline } from 'aws-cdk-lib/aws-codepipeline';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { HardeningSite } from '../core/hardening/hardening-site';
import { fieldOf } from '../core/hardening/nested-value';
import { isIntrinsic } from '../core/hardening/values/intrinsics';
import { flattenReference } from '../core/values/flatten-reference';

/** A build of which nothing is left: nobody reads what its key encrypts. */
export const NOTHING = 'nothing';

/** The key for what a build writes: the one under which all of it is read already, or where it goes if there is none. */
export type OutputKey = CfnKey | 'elsewhere' | 'pipeline' | typeof NOTHING;

/**
 * The key under which everything is read that a build writes.
 *
 * | the build writes | the key is that of |
 * |---|---|
 * | nothing (`NO_ARTIFACTS`, no logs in a bucket) | nobody |
 * | to its pipelines | their artifact stores |
 * | to buckets | the buckets |
 *
 * A key counts where it stands in the stack of the project, as no stack shall wait for another because of it, and leaves to IAM who may use it.
 */
export function outputKeyOf(project: CfnProject, site: HardeningSite): OutputKey {
  if (['Artifacts', 'SecondaryArtifacts', 'LogsConfig'].some((property) => site.overrideOf(project, property) !== undefined)) return 'elsewhere';
  const kinds = kindsOf(project, site);
  if (kinds.some((kind) => kind === undefined || isIntrinsic(kind))) return 'elsewhere';
  const isOfPipeline = kinds.includes('CODEPIPELINE');
  const keys = [
    ...isOfPipeline ? pipelineKeys(project, site) : [],
    ...kinds.includes('S3') ? bucketKeys(project, site, ['artifacts', 'secondaryArtifacts']) : [],
    ...writesLogs(project, site) ? bucketKeys(project, site, ['logsConfig']) : [],
  ];
  if (keys.length === 0) return isOfPipeline ? 'pipeline' : NOTHING;
  const [key] = keys;
  if (key !== undefined && keys.every((one) => one === key) && key.stack === project.stack && isLeftToIam(key, site)) return key;
  return isOfPipeline ? 'pipeline' : 'elsewhere';
}

/** The kinds of output; undefined for what only the deployment knows. */
function kindsOf(project: CfnProject, site: HardeningSite): unknown[] {
  const secondary = site.resolve(project, project.secondaryArtifacts) ?? [];
  if (!Array.isArray(secondary)) return [undefined];
  return [fieldOf(site, project, project.artifacts, 'type'), ...secondary.map((one) => fieldOf(site, project, one, 'type'))];
}

function writesLogs(project: CfnProject, site: HardeningSite): boolean {
  const logs = fieldOf(site, project, project.logsConfig, 's3Logs');
  return logs !== undefined && fieldOf(site, project, project.logsConfig, 's3Logs', 'status') !== 'DISABLED';
}

/** One for each place; undefined where it has no key that the app holds. */
function bucketKeys(project: CfnProject, site: HardeningSite, properties: readonly string[]): Array<CfnKey | undefined> {
  const path = (property: string) => (property === 'logsConfig' ? ['s3Logs', 'location'] : ['location']);
  const buckets = properties.flatMap((property) => site.targetsAt(project, Reflect.get(project, property), path(property)))
    .filter((one) => CfnBucket.isCfnBucket(one)) as CfnBucket[];
  if (buckets.length === 0) return [undefined];
  return buckets.map((bucket) => onlyKey(site.targetsAt(bucket, bucket.bucketEncryption, [
    'serverSideEncryptionConfiguration', 'serverSideEncryptionByDefault', 'kmsMasterKeyId',
  ])));
}

/** One for each pipeline that runs the build. */
function pipelineKeys(project: CfnProject, site: HardeningSite): Array<CfnKey | undefined> {
  const pipelines = site.once('pipelines by build project', () => pipelinesByProject(site)).get(project) ?? [];
  return pipelines.map((pipeline) => onlyKey([
    ...site.targetsAt(pipeline, pipeline.artifactStore, ['encryptionKey', 'id']),
    ...site.targetsAt(pipeline, pipeline.artifactStores, ['artifactStore', 'encryptionKey', 'id']),
  ].filter(({ stack }) => stack === project.stack)));
}

function pipelinesByProject(site: HardeningSite): ReadonlyMap<CfnResource, readonly CfnPipeline[]> {
  const found = new Map<CfnResource, CfnPipeline[]>();
  for (const pipeline of site.resources('AWS::CodePipeline::Pipeline') as CfnPipeline[]) {
    for (const project of site.targetsAt(pipeline, pipeline.stages, ['actions', 'configuration', 'ProjectName'])) {
      found.set(project, [...found.get(project) ?? [], pipeline]);
    }
  }
  return found;
}

function onlyKey([key, ...rest]: readonly CfnResource[]): CfnKey | undefined {
  return rest.length === 0 && key !== undefined && CfnKey.isCfnKey(key) ? key : undefined;
}

/** Whether the policy of a key lets the policies of roles decide, as the one does that KMS and CDK write: a right alone opens no other key. */
function isLeftToIam(key: CfnKey, site: HardeningSite): boolean {
  const policy = site.resolve(key, key.keyPolicy) as { readonly Statement?: unknown } | undefined;
  if (policy === undefined) return true;
  return [policy.Statement ?? []].flat().some((statement) => {
    const { Action, Condition, Effect, Principal } = statement as { readonly [field: string]: unknown };
    const principals = [(Principal as { readonly AWS?: unknown } | undefined)?.AWS].flat().map((one) => flattenReference(one ?? ''));
    return Effect === 'Allow' && Condition === undefined && [Action].flat().includes('kms:*') && principals.some((one) => one.endsWith(':root'));
  });
}
