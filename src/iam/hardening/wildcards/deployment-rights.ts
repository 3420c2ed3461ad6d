import { CfnResource } from 'aws-cdk-lib';
import { PipelineBase } from 'aws-cdk-lib/pipelines';
import { whyResourceless } from './resourceless';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { propertyOf } from '../../../core/hardening/values/property-of';
import { flattenReference } from '../../../core/values/flatten-reference';
import { actionsIn, listOf } from '../documents/document-statements';

/** The condition that CDK writes where the deployment of an app takes over a role of the bootstrapped environment. */
const BOOTSTRAP_TAG = 'iam:ResourceTag/aws-cdk:bootstrap-role';

/** What `cdk deploy` asks in a pipeline that changes itself, in the two statements that CDK writes for it. */
const DEPLOYMENT_QUESTIONS: readonly string[] = ['cloudformation:DescribeStacks', 's3:ListBucket'];

const WHY_ARTIFACTS = 'The wildcard stands for the artifacts of a pipeline: CodePipeline names them anew for each execution and keeps nothing else in the bucket.';

const WHY_BOOTSTRAP_ROLES = `The condition ${BOOTSTRAP_TAG} leaves the roles of the bootstrapped environments, which \`cdk deploy\` takes over; CDK wrote the statement for it.`;

const WHY_QUESTIONS = 'CDK wrote these rights for `cdk deploy`, which asks for stacks and for the asset bucket under names that it learns while it runs. '
  + 'They show the state of stacks and the names of objects, and no content.';

/** What CDK writes for the one role in which a pipeline publishes all assets of a kind, by the resource on which it stands. */
const PUBLISHING_RIGHTS: ReadonlyArray<readonly [resource: RegExp, actions: ReadonlySet<string>]> = [
  [/:log-group:\/aws\/codebuild\/\*$/, new Set(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])],
  [/:report-group\/\*$/, new Set([
    'codebuild:BatchPutCodeCoverages', 'codebuild:BatchPutTestCases', 'codebuild:CreateReport', 'codebuild:CreateReportGroup', 'codebuild:UpdateReport',
  ])],
  [/^\*$/, new Set(['codebuild:BatchGetBuilds', 'codebuild:StartBuild', 'codebuild:StopBuild'])],
];

const WHY_PUBLISHING = 'CDK wrote these rights for the one role in which a pipeline publishes its assets, and makes the role before the build projects: logs, reports and '
  + 'the start of builds. Nobody else gave it one of them.';

/**
 * Why rights that CDK writes for pipelines stand on more than one resource.
 *
 * | resource | statements | and |
 * |---|---|---|
 * | the objects of a bucket | actions of S3 | a pipeline keeps its artifacts in it |
 * | `arn:*:iam::<account>:role/*` | `sts:AssumeRole` | under the condition of bootstrap roles |
 * | `*` | `cloudformation:DescribeStacks`, `s3:ListBucket` | the resource takes over bootstrap roles too |
 * | logs and reports of all builds, `*` | what CDK writes for the publishing of assets | it is the role of a pipeline for that |
 */
export function whyOfDeployment(
  text: string, written: unknown, statements: readonly RenderedStatement[], at: CfnResource, site: HardeningSite,
): string | undefined {
  if (isPublishing(text, statements, at, site)) return WHY_PUBLISHING;
  if (text === '*') return isDeployment(statements, at, site) ? WHY_QUESTIONS : undefined;
  if (/^arn:[^:*?]*\*?:iam::[^*?]+:role\/\*$/.test(text)) {
    const naming = statements.filter(({ Resource }) => listOf(Resource).includes(written));
    return naming.every((statement) => takesBootstrapRoles(statement, at, site)) ? WHY_BOOTSTRAP_ROLES : undefined;
  }
  return holdsArtifacts(text, written, at, site) ? WHY_ARTIFACTS : undefined;
}

function isPublishing(text: string, statements: readonly RenderedStatement[], at: CfnResource, site: HardeningSite): boolean {
  const [, allowed] = PUBLISHING_RIGHTS.find(([resource]) => resource.test(text)) ?? [];
  if (allowed === undefined || !isOfPublishingRole(at)) return false;
  const naming = statements.filter(({ Resource }) => listOf(Resource).some((one) => flattenReference(site.resolve(at, one)) === text));
  const isKnown = (action: string): boolean => allowed.has(action) || whyResourceless([action]) !== undefined;
  return naming.every((statement) => statement.NotAction === undefined && actionsIn(statement).every(isKnown));
}

/** The places where the pipelines of CDK keep the roles: `Assets/FileRole` and `Assets/DockerRole`. */
function isOfPublishingRole({ node: { scopes } }: CfnResource): boolean {
  return scopes.some(({ node: { id, scope } }) => ['DockerRole', 'FileRole'].includes(id) && scope?.node.id === 'Assets'
    && PipelineBase.isPipeline(scope.node.scope ?? null));
}

function isDeployment(statements: readonly RenderedStatement[], at: CfnResource, site: HardeningSite): boolean {
  const onAll = statements.filter(({ Resource }) => listOf(Resource).includes('*'));
  return onAll.every((statement) => actionsIn(statement).every((action) => DEPLOYMENT_QUESTIONS.includes(action)))
    && statements.some((statement) => takesBootstrapRoles(statement, at, site));
}

function takesBootstrapRoles(statement: RenderedStatement, at: CfnResource, site: HardeningSite): boolean {
  const actions = actionsIn(statement);
  const conditions = site.resolve(at, statement.Condition) as { readonly [operator: string]: { readonly [key: string]: unknown } } | undefined;
  return actions.length === 1 && actions[0] === 'sts:AssumeRole' && statement.NotAction === undefined
    && conditions?.['ForAnyValue:StringEquals']?.[BOOTSTRAP_TAG] !== undefined;
}

function holdsArtifacts(text: string, written: unknown, at: CfnResource, site: HardeningSite): boolean {
  const { buckets, names } = artifactStores(site);
  const [, name] = /:s3:::([a-z0-9.-]+)\/\*$/.exec(text) ?? [];
  if (name !== undefined) return names.has(name);
  const target = /^<(?!AWS::)[^<>*?]+\.Arn>\/\*$/.test(text) ? site.target(at, written) : undefined;
  return target !== undefined && buckets.has(target);
}

interface ArtifactStores {
  readonly buckets: ReadonlySet<CfnResource>;
  readonly names: ReadonlySet<string>;
}

/** The buckets in which the pipelines of the stage keep their artifacts, and the names of those that stand elsewhere. */
function artifactStores(site: HardeningSite): ArtifactStores {
  return site.once('artifact stores of pipelines', () => {
    const buckets = new Set<CfnResource>();
    const names = new Set<string>();
    for (const pipeline of site.resources('AWS::CodePipeline::Pipeline')) {
      const single = propertyOf(pipeline, 'ArtifactStore');
      const regional = listOf(site.resolve(pipeline, propertyOf(pipeline, 'ArtifactStores'))) as Array<{ readonly artifactStore?: unknown }>;
      for (const store of [site.resolve(pipeline, single), ...regional.map(({ artifactStore }) => artifactStore)]) {
        const location = (store as { readonly location?: unknown } | undefined)?.location;
        for (const bucket of site.targets(pipeline, location)) buckets.add(bucket);
        if (typeof location === 'string') names.add(flattenReference(location));
      }
    }
    return { buckets, names };
  });
}
