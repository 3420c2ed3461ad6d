import { Finding, Synthesis } from './synthesis';
import { ruleOf } from './tally';
import { HardeningOutcome } from '../../src/core/hardening/hardening-change';
import { Rule, Severity } from '../../src/model/rule';
import { RULES } from '../../src/policy/catalog';

/** Why a finding is still there after hardening. */
export interface Cause {
  readonly title: string;
  /** What the reader can do about it. */
  readonly fix: string;
  /**
   * `apart`: only the author can decide, as the target says: a missing authorizer, an old runtime, a resource wildcard in the author's own grants,
   * an unsafe value that the author set explicitly.
   * `arguable`: hardening could not have known either, but the target does not set it apart. `hardening`: a gap.
   */
  readonly kind: 'apart' | 'arguable' | 'hardening';
}

/** What CDK itself grants over `*`: mostly actions that know no resources. Never an action that authors are seen to grant so. */
const OVER_ALL_BY_CDK = new RegExp(`^(${[
  'xray:.*', 'logs:(CreateLogDelivery|GetLogDelivery|UpdateLogDelivery|DeleteLogDelivery|ListLogDeliveries|PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups)',
  'ec2:(Create|Describe|Delete)NetworkInterfaces?', 'ec2:Describe.*', 'ec2:(Una|A)ssignPrivateIpAddresses', 'dynamodb:ListStreams', 'kinesis:ListStreams', 'sqs:ListQueues', 'cloudwatch:PutMetricData',
  'secretsmanager:GetRandomPassword', 'elasticfilesystem:Client(Mount|Write|RootAccess)',
].join('|')})$`);

/** Action wildcards that the grant methods of CDK write. */
const GRANTED_BY_CDK = /^AwsSolutions-IAM5\[Action::(s3:(GetObject|GetBucket|List|DeleteObject|Abort)\*|kms:(ReEncrypt|GenerateDataKey)\*|dynamodb:\*)\]$/;

/** Policies that CDK attaches without being asked to. */
const ATTACHED_BY_CDK = new RegExp(`service-role/(${[
  'AWSLambdaBasic(Durable)?Execution\\w+', 'AWSLambdaMSKExecutionRole', 'AWSLambdaVPCAccessExecutionRole', 'AmazonAPIGatewayPushToCloudWatchLogs', 'AWSCodeDeployRoleForLambda\\w*',
  'AWSConfigRulesExecutionRole',
].join('|')})\\]$|LambdaInsights|/AWSLambdaManagedEC2ResourceOperator\\]$`);

const APART = {
  authorizer: {
    title: 'a route without authorizer',
    fix: 'say who may call it: authorizer, IAM, or acknowledge that the route is meant for everybody',
    kind: 'apart',
  },
  runtime: { title: 'an old runtime', fix: 'raise the runtime after a test of the code', kind: 'apart' },
  resources: { title: 'a resource wildcard in a grant of the author', fix: 'name the resources, or a prefix, in the grant', kind: 'apart' },
} as const satisfies Record<string, Cause>;

const ARGUABLE = {
  cdkRuntime: { title: 'the runtime of a handler that CDK brings', fix: 'update aws-cdk-lib', kind: 'arguable' },
  managedPolicy: { title: 'an AWS managed policy that the author attached', fix: 'write the actions that the code uses', kind: 'arguable' },
  actions: { title: 'an action wildcard that the author wrote', fix: 'write the actions that the code uses', kind: 'arguable' },
} as const satisfies Record<string, Cause>;

/** What the hardening report says was kept, since the author wrote it. */
export const CHOSEN: Cause = { title: 'a value that the author set explicitly', fix: 'take it out; strict: true replaces what is plainly unsafe', kind: 'apart' };

const SEVERITIES = [Severity.HIGH, Severity.MEDIUM, Severity.LOW];

/** Whether a rule of ours and a finding of cdk-nag are about the same matter, as the rule itself says. */
export function isAbout(rule: string, finding: Finding): boolean {
  return rulesAbout(finding).some(({ id }) => id === rule);
}

/** The most severe first. */
function rulesAbout(finding: Finding): readonly Rule[] {
  return RULES.filter(({ frameworks }) => frameworks.some((framework) => framework.startsWith('cdk-nag ') && nameOf(framework) === nameOf(ruleOf(finding))))
    .sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity));
}

/** `S10` of `AwsSolutions-S10` and of `cdk-nag S10`. */
function nameOf(rule: string): string {
  return /\w+$/.exec(rule)?.[0] ?? rule;
}

/** Nothing that hardening brings is the author's to decide. */
export const NEW: Cause = { title: 'brought by hardening', fix: 'do not bring it', kind: 'hardening' };

const GAPS = {
  cdkRights: { title: 'rights of a helper of CDK', fix: 'make them exact, or acknowledge them', kind: 'hardening' },
  cdkActions: { title: 'an action wildcard that a grant of CDK wrote', fix: 'expand it into the exact actions', kind: 'hardening' },
  overAll: { title: 'a statement over * that CDK wrote', fix: 'narrow it; acknowledge exactly that one where its actions know no resources', kind: 'hardening' },
  cdkManagedPolicy: { title: 'an AWS managed policy that CDK attached', fix: 'exact statements in its place', kind: 'hardening' },
} as const satisfies Record<string, Cause>;

/** No helper of CDK writes these unless its author asks for it. */
const ALL_RIGHTS = /\[(Action|Resource)::\*\]$/;

/** The policy of an AwsCustomResource: authors say which resources the call may reach. */
const RIGHTS_OF_CALLS = /\/CustomResourcePolicy\/Resource$/;

const OTHER_PORT = 'choose another port, and tell it to whoever connects';

/**
 * Countries, a certificate of one's own, how a secret rotates, a database's port and copies, which variables everybody may see, the image of a build, where a search domain stands and
 * on what: none can be read from the app. With the fix, where no rule of ours has one.
 */
const FACTS: { readonly [rule: string]: string | undefined } = {
  'AwsSolutions-CFR1': undefined,
  'AwsSolutions-CFR4': undefined,
  'AwsSolutions-DOC2': OTHER_PORT,
  'AwsSolutions-CB5': 'take an image of CodeBuild (LinuxBuildImage), or acknowledge why the build needs one of its own',
  'AwsSolutions-SMG4': undefined,
  'AwsSolutions-RDS2': undefined,
  'AwsSolutions-RDS3': 'set multiAz: true where a second instance, in another zone, is worth its price',
  'AwsSolutions-RDS10': undefined,
  'AwsSolutions-RDS11': OTHER_PORT,
  'AwsSolutions-RDS14': 'make the cluster anew, from a snapshot, with backtrackWindow, where it is to be turned back in place: one that stands takes none',
  'AwsSolutions-EC23': undefined,
  'AwsSolutions-ECS2': undefined,
  'AwsSolutions-OS1': 'make a domain in a network (vpc), copy the data there by a snapshot, and turn the clients: a domain cannot be moved',
  'AwsSolutions-OS3': 'name the addresses of those who ask in the access policy, or put the domain into a network',
  'AwsSolutions-OS4': 'set capacity: { masterNodes: 3 } where the domain must not stand still, when little is asked: it takes new nodes',
  'AwsSolutions-OS5': 'name the roles that may ask in the access policy, and sign requests',
  'AwsSolutions-OS7': 'set zoneAwareness: { enabled: true } with two nodes or more, when little is asked: it takes new nodes',
};

/** What hardening says of a value that it looked at and left. */
const LEFT: Partial<Record<HardeningOutcome, string>> = {
  [HardeningOutcome.PROPOSED]: 'only proposed',
  [HardeningOutcome.UNKNOWN]: 'only the deployment knows what is there',
  [HardeningOutcome.WITHHELD]: 'withheld',
};

/**
 * A cause with what the reader can do.
 *
 * | what the report of hardening says of the place | a rule of ours is about it | title | fix |
 * |---|---|---|---|
 * | that it is left, and what to do | | of the cause, and why it is left | what the report says |
 * | that it is left | yes | of the cause, and why it is left | that of the rule |
 * | nothing | yes | of the cause | that of the rule |
 * | | no | of the cause | that of the cause, or what cdk-nag asks for |
 */
function withFix({ fix, kind, title }: Pick<Cause, 'kind' | 'title'> & { readonly fix?: string }, finding: Finding, { left }: Synthesis): Cause {
  const about = left.filter(({ at, rule }) => isAbout(rule, finding) && `${finding.path}/`.startsWith(`${ownerOf(at)}/`));
  const said = about.find(({ note }) => note !== undefined) ?? about.at(0);
  const why = said === undefined ? undefined : LEFT[said.outcome];
  const asked = rulesAbout(finding).at(0)?.fix ?? fix ?? `no step of hardening is about it; cdk-nag: ${finding.description ?? finding.rule}`;
  return { kind, title: why === undefined ? title : `${title}: ${why}`, fix: said?.note ?? (why === undefined ? fix : undefined) ?? asked };
}

/** What stands beside a resource, as the policy of a bucket does, is told at the resource. */
function ownerOf(path: string): string {
  return path.replace(/\/(Resource|CFDistribution)$/, '');
}

/**
 * | Rule | where | cause |
 * |---|---|---|
 * | APIG4, COG4 | | authorizer |
 * | L1, LambdaLatestVersion | a handler of CDK / else | cdkRuntime / runtime |
 * | IAM4 | attached by CDK or a helper of it / else | cdkManagedPolicy / managedPolicy |
 * | IAM5 of an action | written by CDK / else | cdkActions, cdkRights / actions |
 * | IAM5 of a resource | a helper of CDK / written by CDK over `*` / else | cdkRights / overAll / resources |
 * | IAM5 of everything in a helper of CDK | all rights, for which the author asked (`adminPermissions`) | actions, resources |
 * | LambdaStarPermissions | an action of all of a service / else | actions / as IAM5 of a resource |
 * | others | needs facts / else | facts / the rule itself |
 *
 * A gap, and a fact, come with the fix of the place.
 */
export function causeOf(finding: Finding, synthesis: Synthesis): Cause {
  const cause = kindOf(finding, synthesis);
  return cause.kind === 'hardening' || Object.hasOwn(FACTS, ruleOf(finding)) ? withFix(cause, finding, synthesis) : { ...cause, fix: cause.fix! };
}

function kindOf(finding: Finding, synthesis: Synthesis): Omit<Cause, 'fix'> & Partial<Cause> {
  const rule = ruleOf(finding);
  const isOfCdk = synthesis.helpers.has(finding.path) && !RIGHTS_OF_CALLS.test(finding.path);
  switch (rule) {
    case 'AwsSolutions-APIG4':
    case 'AwsSolutions-COG4': return APART.authorizer;
    case 'AwsSolutions-L1':
    case 'Serverless-LambdaLatestVersion': return isOfCdk ? ARGUABLE.cdkRuntime : APART.runtime;
    case 'AwsSolutions-IAM4': return isOfCdk || ATTACHED_BY_CDK.test(finding.rule) ? GAPS.cdkManagedPolicy : ARGUABLE.managedPolicy;
    case 'AwsSolutions-IAM5':
      if (isOfCdk && ALL_RIGHTS.test(finding.rule) && statementsAt(finding, synthesis).some(({ Action }) => Action === '*')) {
        return finding.rule.includes('[Action::') ? ARGUABLE.actions : APART.resources;
      }
      if (isOfCdk) return GAPS.cdkRights;
      if (finding.rule.includes('[Action::')) return GRANTED_BY_CDK.test(finding.rule) ? GAPS.cdkActions : ARGUABLE.actions;
      return finding.rule.endsWith('[Resource::*]') && !grantsMore(finding, synthesis) ? GAPS.overAll : APART.resources;
    case 'Serverless-LambdaStarPermissions':
      if (isOfCdk) return GAPS.cdkRights;
      if (statementsAt(finding, synthesis).some(({ Action }) => [Action].flat().some((action) => /^\*$|:\*$/.test(String(action))))) return ARGUABLE.actions;
      return grantsMore(finding, synthesis) ? APART.resources : GAPS.overAll;
    default:
      return Object.hasOwn(FACTS, rule) ? { title: `a fact that only the author has (${rule})`, fix: FACTS[rule], kind: 'arguable' } : { title: rule, kind: 'hardening' };
  }
}

/** Whether a statement over `*` of this policy holds an action that could have been narrowed. */
function grantsMore(finding: Finding, synthesis: Synthesis): boolean {
  return statementsAt(finding, synthesis).filter(({ Resource }) => [Resource].flat().includes('*'))
    .some(({ Action }) => [Action].flat().some((action) => typeof action !== 'string' || !OVER_ALL_BY_CDK.test(action)));
}

function statementsAt({ path }: Finding, { resources, paths }: Synthesis): readonly Statement[] {
  const [id] = [...paths].find(([, where]) => where === path) ?? [];
  return statementsIn(resources.get(id ?? '')?.Properties);
}

interface Statement {
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

/** All statements that stand anywhere in a resource: inline policies of roles, policies. */
function statementsIn(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Statement, ...others } = value as { Statement?: Statement[] };
  return [...Array.isArray(Statement) ? Statement : [], ...Object.values(others).flatMap(statementsIn)];
}
