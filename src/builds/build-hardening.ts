import { CfnResource } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { BUILD_KEY_ACTIONS, BUILD_PROJECT, MANAGED_OUTPUT_KEY } from './build-baseline';
import { BUILD_LOG_HARDENING } from './build-log-hardening';
import { NOTHING, outputKeyOf } from './build-output';
import { BUILD_CUSTOMER_KEY } from './build-rules';
import { BUILD_VARIABLE_HARDENING } from './build-variable-hardening';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { fieldOf, withFields } from '../core/hardening/nested-value';
import { HardeningPlan, HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { proposalStep } from '../core/hardening/steps/proposal-step';
import { valueStep } from '../core/hardening/steps/value-step';
import { dataKeyFor } from '../core/keys/stack-data-key';
import { addRight, ownRole } from '../iam/hardening/holders/added-rights';

const PROJECT = { area: HardeningArea.BUILDS, type: BUILD_PROJECT, rule: BUILD_CUSTOMER_KEY.id } as const;

/**
 * CodeBuild encrypts what a build writes with the key of its project, in a pipeline too: who reads it needs that key.
 *
 * | EncryptionKey | what the build writes | its role is | the key |
 * |---|---|---|---|
 * | none, or what CDK writes where its author named none | nothing | of the app | of the stack is set |
 * | | goes to a pipeline, or buckets, with one key | of the app | that key is set |
 * | | goes elsewhere | any | is proposed |
 * | | any | made elsewhere | is proposed |
 * | the managed key, by its author | any | any | stays, and is reported |
 * | known only at deployment, and no key of the app | any | any | stays, and is reported |
 * | another one | any | any | is right |
 *
 * @see https://github.com/aws/aws-cdk/issues/4182
 */
const KEY: HardeningStep = {
  ...PROJECT,
  plan: (resource, site) => {
    const project = resource as CfnProject;
    if (!site.controls(project).customerKeys) return [];
    const overridden = site.overrideOf(project, 'EncryptionKey');
    const before = overridden ?? site.resolve(project, project.encryptionKey);
    if (before === undefined || overridden === undefined && isOfCdk(project, before, site)) return [planKey(project, site)];
    const plan = { property: 'EncryptionKey', before, after: 'a key of your own' };
    if (typeof before === 'string') return before.endsWith(MANAGED_OUTPUT_KEY) ? [{ ...plan, standing: Standing.WEAKER, advice: BY_READERS }] : [];
    return isParameter(before, site.target(project, before)) ? [{ ...plan, standing: Standing.UNKNOWN }] : [];
  },
};

/** Nothing but a parameter may hold the managed key: what an author imports is a key of somebody's. */
function isParameter(before: unknown, target: CfnResource | undefined): boolean {
  return target === undefined && typeof before === 'object' && before !== null && 'Ref' in before;
}

/** A project of CDK has the managed key only where nobody named another. */
function isOfCdk(project: CfnProject, before: unknown, site: HardeningSite): boolean {
  const owner = site.ownerOf(project) as { readonly bindToCodePipeline?: unknown };
  return before === MANAGED_OUTPUT_KEY && typeof owner.bindToCodePipeline === 'function';
}

function planKey(project: CfnProject, site: HardeningSite): HardeningPlan {
  const role = ownRole(project, project.serviceRole, site);
  const output = outputKeyOf(project, site);
  const plan = { property: 'EncryptionKey', after: 'a key of your own' };
  if (typeof output === 'string' && output !== NOTHING) return { ...plan, standing: Standing.AUTHORS, advice: output === 'pipeline' ? BY_PIPELINE : BY_READERS };
  if (role === undefined) return { ...plan, standing: Standing.AUTHORS, advice: BY_ROLE };
  const isStacks = output === NOTHING;
  return {
    ...plan,
    after: isStacks ? 'the data key of the stack' : 'the key of what takes the output',
    standing: Standing.MISSING,
    attention: isStacks ? undefined : READERS,
    remark: isStacks ? OVERRIDES : undefined,
    adds: isStacks ? 2 : 1,
    apply: () => setKey(project, role, isStacks ? undefined : output as CfnKey, site),
  };
}

/** Nobody waits for the rights: the policy may come to name what waits for the project, and builds begin later. */
function setKey(project: CfnProject, role: CfnRole, key: CfnKey | undefined, site: HardeningSite): void {
  const arn = key === undefined ? dataKeyFor(project)!.keyArn : key.attrArn;
  project.encryptionKey = arn;
  addRight(project, role, { statement: new PolicyStatement({ actions: [...BUILD_KEY_ACTIONS], resources: [arn] }) }, site);
}

const READERS = 'Whoever reads the output needs kms:Decrypt on the key, as for all else in the bucket. What is there keeps its encryption.';

const OVERRIDES = 'A build that is started with an output of its own (artifactsOverride) encrypts it with the key too: whoever reads that needs kms:Decrypt.';

const BY_PIPELINE = 'Set crossAccountKeys: true and enableKeyRotation: true on the pipeline, or give it an artifactBucket with an encryptionKey (about 1 USD a month): CDK then '
  + 'gives the key to its projects and actions. A key of the project alone would lock the next actions out, since CodeBuild encrypts with the key of the project.';

const BY_READERS = 'Set encryptionKey, for the output in a bucket to the key of the bucket, and let the role of the project and everybody who reads the output use the key first.';

const BY_ROLE = `The role of the project is made elsewhere: allow it ${BUILD_KEY_ACTIONS.join(', ')} on a key there, and set encryptionKey to the key.`;

const LOGS = valueStep<CfnProject>({
  ...PROJECT,
  property: 'LogsConfig.S3Logs.EncryptionDisabled',
  when: (project, site) => site.controls(project).customerKeys && disabledLogs(project, site) !== undefined,
  read: disabledLogs,
  secure: () => false,
  write: encryptLogs,
  unsafe: (disabled: boolean) => disabled,
  attention: 'Whoever reads the logs in the bucket needs the use of the key that encrypts them.',
});

function encryptLogs(project: CfnProject): void {
  const changed = ({ s3Logs }: { readonly s3Logs?: unknown }) => ({ s3Logs: withFields(s3Logs, () => ({ encryptionDisabled: false })) });
  project.logsConfig = withFields(project.logsConfig, changed);
}

function disabledLogs(project: CfnProject, site: HardeningSite): unknown {
  return fieldOf(site, project, project.logsConfig, 's3Logs', 'encryptionDisabled');
}

/** A website that is built into its bucket is read without a key: only the author knows. */
const ARTIFACTS = proposalStep<CfnProject>({
  ...PROJECT,
  property: 'Artifacts.EncryptionDisabled',
  when: (project, site) => site.controls(project).customerKeys && fieldOf(site, project, project.artifacts, 'encryptionDisabled') === true,
  chosen: () => true,
  read: () => true,
  after: 'false',
  advice: 'Take encryption: false of the artifacts out, unless the output is a website that everybody reads: S3 still encrypts it, with a key for everybody who may read the bucket.',
});

/** What hardening does to build projects: nothing that would lock out who reads what they write. */
export const BUILD_HARDENING: readonly HardeningStep[] = [KEY, LOGS, ARTIFACTS, BUILD_LOG_HARDENING, BUILD_VARIABLE_HARDENING];
