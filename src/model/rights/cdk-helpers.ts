import { policyHoldersOf, statementsOfRole } from './iam';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { own } from '../templates/template-source';
import { matchesGlob } from '../values/glob';
import { textOf, Value } from '../values/values';

/** A function that CDK brings along to do at deployment what CloudFormation cannot. */
export interface HelperKind {
  /** What it does, as the reason says it. */
  readonly does: string;
  /** The handlers that CDK gives it. */
  readonly handlers: readonly string[];
  /** All that its role may do; `undefined` where the author of the app chooses it, so that nothing about rights is excused. */
  readonly actions?: readonly string[];
  /** What inline code of it must contain; without, its code is an asset. */
  readonly inlineCode?: string;
}

const ENTRY_POINTS = ['__entrypoint__.handler', 'index.handler'];
const BUCKET_READS = ['s3:GetBucket*', 's3:GetObject*', 's3:List*'];
const BUCKET_WRITES = [
  's3:Abort*', 's3:DeleteObject*', 's3:PutObject', 's3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:PutObjectTagging',
  's3:PutObjectVersionTagging',
];
const KEY_USES = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

/** By the type of the custom resources that it serves. What a name says is not enough: handler, code and rights must be CDK's as well. */
const KINDS: { readonly [customResourceType: string]: HelperKind } = {
  // DnsValidatedCertificate, whose custom resource has no type of its own: its handler has a name that no other has.
  'AWS::CloudFormation::CustomResource': {
    does: 'asks for a certificate and enters into DNS that the domain is the author\'s',
    handlers: ['index.certificateRequestHandler'],
    actions: [
      'acm:AddTagsToCertificate', 'acm:DeleteCertificate', 'acm:DescribeCertificate', 'acm:RequestCertificate',
      'route53:ChangeResourceRecordSets', 'route53:GetChange',
    ],
  },
  'Custom::AWS': { does: 'makes one AWS call for the author', handlers: ENTRY_POINTS },
  'Custom::AWSCDKCfnJson': { does: 'puts values of the deployment into JSON', handlers: ENTRY_POINTS, actions: [] },
  'Custom::AWSCDKOpenIdConnectProvider': {
    does: 'registers an OpenID Connect provider',
    handlers: ENTRY_POINTS,
    actions: [
      'iam:AddClientIDToOpenIDConnectProvider', 'iam:CreateOpenIDConnectProvider', 'iam:DeleteOpenIDConnectProvider',
      'iam:RemoveClientIDFromOpenIDConnectProvider', 'iam:UpdateOpenIDConnectProviderThumbprint',
    ],
  },
  'Custom::CDKBucketDeployment': {
    does: 'copies assets into a bucket',
    handlers: ENTRY_POINTS,
    actions: [...BUCKET_READS, ...BUCKET_WRITES, ...KEY_USES, 'cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
  },
  'Custom::CrossAccountZoneDelegation': {
    does: 'enters a zone into that of another account',
    handlers: ENTRY_POINTS,
    actions: ['sts:AssumeRole'],
  },
  'Custom::CrossRegionExportReader': {
    does: 'reads what a stack in another region exports',
    handlers: ENTRY_POINTS,
    actions: ['ssm:AddTagsToResource', 'ssm:GetParameters', 'ssm:RemoveTagsFromResource'],
  },
  'Custom::CrossRegionExportWriter': {
    does: 'exports values to another region',
    handlers: ENTRY_POINTS,
    actions: ['ssm:DeleteParameters', 'ssm:GetParameters', 'ssm:ListTagsForResource', 'ssm:PutParameter'],
  },
  'Custom::CrossRegionStringParameterReader': {
    does: 'reads the ARN of a function at the edge from another region',
    handlers: ENTRY_POINTS,
    actions: ['ssm:GetParameter'],
  },
  'Custom::DeleteExistingRecordSet': {
    does: 'deletes a DNS record that another one takes the place of',
    handlers: ENTRY_POINTS,
    actions: ['route53:ChangeResourceRecordSets', 'route53:GetChange', 'route53:ListResourceRecordSets'],
  },
  'Custom::ECRAutoDeleteImages': {
    does: 'empties a repository before it is deleted',
    handlers: ENTRY_POINTS,
    actions: ['ecr:BatchDeleteImage', 'ecr:DescribeRepositories', 'ecr:ListImages', 'ecr:ListTagsForResource'],
  },
  'Custom::LogRetention': {
    does: 'sets how long logs are kept',
    handlers: ENTRY_POINTS,
    actions: ['logs:DeleteLogGroup', 'logs:DeleteRetentionPolicy', 'logs:PutRetentionPolicy'],
  },
  'Custom::S3AutoDeleteObjects': { does: 'empties a bucket before it is deleted', handlers: ENTRY_POINTS, actions: [] },
  'Custom::S3BucketNotifications': {
    does: 'sets the notifications of a bucket',
    handlers: ENTRY_POINTS,
    actions: ['s3:GetBucketNotification', 's3:PutBucketNotification'],
    inlineCode: 's3.put_bucket_notification_configuration(',
  },
  'Custom::S3ObjectCopy': {
    does: 'copies the code of a web function to where Lambda reads it',
    handlers: ENTRY_POINTS,
    actions: ['s3:GetObject', 's3:GetObjectVersion', ...BUCKET_WRITES, ...KEY_USES],
  },
  'Custom::SyntheticsAutoDeleteUnderlyingResources': {
    does: 'deletes what a canary leaves behind',
    handlers: ENTRY_POINTS,
    actions: ['lambda:DeleteFunction', 'synthetics:GetCanary'],
  },
  'Custom::Trigger': { does: 'calls a function of the author\'s once', handlers: ENTRY_POINTS, actions: ['lambda:InvokeFunction'] },
  'Custom::VpcRestrictDefaultSG': {
    does: 'closes the default security group',
    handlers: ENTRY_POINTS,
    actions: [
      'ec2:AuthorizeSecurityGroupEgress', 'ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress',
    ],
  },
};

/** Types that CDK serves by the function of another type. */
const SERVED_LIKE: { readonly [customResourceType: string]: string } = { 'Custom::AWSCDKCfnJsonStringify': 'Custom::AWSCDKCfnJson' };

/** The one function of a stack that makes AWS calls: its custom resources have whatever type their author, or CDK, gave them. */
const AWS_CALLS = { id: /^AWS679f53fac002430cb0da5b7982bd2287/, type: 'Custom::AWS' };

/** The functions of the framework that runs custom resources of the author's; what they may do is to call one function of the author's. */
const FRAMEWORK: HelperKind = {
  does: 'runs custom resources of the author\'s',
  handlers: ['framework.isComplete', 'framework.onEvent', 'framework.onTimeout'],
  actions: ['lambda:GetFunction', 'lambda:InvokeFunction', 'states:StartExecution'],
};
const FRAMEWORK_DESCRIPTION = 'AWS CDK resource provider framework - ';

/** What tells a helper function from one that the author wrote. */
export interface HelperTraits {
  /** The types of the custom resources that it serves. */
  readonly serves: readonly string[];
  readonly description?: string;
  readonly handler?: string;
  readonly inlineCode?: string;
  /** Where the asset with its code lies in its bucket. */
  readonly assetKey?: string;
}

/** CDK names an asset by the hash of its content. */
const ASSET = /(^|[^0-9a-f])[0-9a-f]{64}\.zip$/;

/** What is known about a resource that belongs to a helper function. */
export interface CdkHelper {
  /** Why findings about its shape are excused. */
  readonly reason: string;
  /** All that its role may do is what CDK gave it. */
  readonly knownRights: boolean;
  /** The role and its policies, or the function or state machine itself. */
  readonly part: 'function' | 'rights';
}

/** The helper that a resource belongs to; undefined for what the author of the app wrote. */
export function cdkHelperOf(resource: Resource, app: AppModel): CdkHelper | undefined {
  return app.index('CDK helper functions', () => findHelpers(app)).get(resource.key);
}

function findHelpers(app: AppModel): ReadonlyMap<string, CdkHelper> {
  const served = customResourceTypes(app);
  const found = new Map<string, CdkHelper>();
  const framework = new Set<string>();
  for (const fn of app.ofType('AWS::Lambda::Function')) {
    const kind = kindOf(fn, served.get(fn.key) ?? []);
    if (kind === undefined) continue;
    const role = app.target(fn.property('Role'));
    const knownRights = kind.actions !== undefined && role !== undefined && mayOnly(role, kind.actions, app);
    const reason = `CDK brings this function along: it ${kind.does} when the stack is deployed, is called by CloudFormation alone, and its settings are CDK's`;
    found.set(fn.key, { reason, knownRights, part: 'function' });
    for (const holder of role === undefined ? [] : policyHoldersOf(role, app)) found.set(holder.key, { reason, knownRights, part: 'rights' });
    if (kind === FRAMEWORK) framework.add(fn.key);
  }
  for (const machine of app.ofType('AWS::StepFunctions::StateMachine')) {
    const runs = machine.alternatives('DefinitionString').flatMap((definition) => app.targets(definition));
    if (runs.length === 0 || !runs.every(({ key }) => framework.has(key))) continue;
    found.set(machine.key, { reason: WAITS, knownRights: false, part: 'function' });
    const role = app.target(machine.property('RoleArn'));
    for (const holder of role === undefined ? [] : policyHoldersOf(role, app)) found.set(holder.key, { reason: WAITS, knownRights: false, part: 'rights' });
  }
  return found;
}

/** The state machine of the framework asks again and again, for a time that the author chooses. */
const WAITS = 'CDK brings this state machine along: it waits until a custom resource of the author\'s is complete, is started by CDK\'s function alone, and its definition is CDK\'s';

/** The types of the custom resources that each function serves. */
function customResourceTypes(app: AppModel): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, string[]>();
  for (const resource of app.resources) {
    if (!/^(Custom::|AWS::CloudFormation::CustomResource$)/.test(resource.type)) continue;
    const key = app.functionBehind(resource.property('ServiceToken'))?.key;
    if (key !== undefined) types.set(key, [...types.get(key) ?? [], resource.type]);
  }
  return types;
}

function kindOf(fn: Resource, serves: readonly string[]): HelperKind | undefined {
  const [handler, inlineCode] = [fn.property('Handler'), fn.property('Code.ZipFile')].map((value) => (typeof value === 'string' ? value : undefined));
  return helperKind({ serves: serves.length > 0 && AWS_CALLS.id.test(fn.logicalId) ? [AWS_CALLS.type] : serves, handler, inlineCode, description: textOf(fn.property('Description')), assetKey: textOf(fn.property('Code.S3Key')) });
}

/** The kind of helper that a function is; undefined for what an author wrote. */
export function helperKind({ serves, description, handler, inlineCode, assetKey }: HelperTraits): HelperKind | undefined {
  const [type, ...others] = serves.map((one) => own(SERVED_LIKE, one) as string | undefined ?? one);
  const ofType = type !== undefined && others.every((other) => other === type) ? own(KINDS, type) as HelperKind | undefined : undefined;
  const kind = description?.startsWith(FRAMEWORK_DESCRIPTION) === true ? FRAMEWORK : ofType;
  if (kind === undefined || handler === undefined || !kind.handlers.includes(handler)) return undefined;
  const hasItsCode = inlineCode === undefined ? ASSET.test(assetKey ?? '') : kind.inlineCode !== undefined && inlineCode.includes(kind.inlineCode);
  return hasItsCode ? kind : undefined;
}

/** What every function needs to write its log and its traces, where no managed policy of AWS gives it. */
const RUNNING = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** CDK's patterns, or the exact actions that they stand for, which hardening writes in their place. */
function mayOnly(role: Resource, known: readonly string[], app: AppModel): boolean {
  const isKnown = (action: Value): boolean => typeof action === 'string' && [...known, ...RUNNING].some((one) => matchesGlob(one.toLowerCase(), action.toLowerCase()));
  return statementsOfRole(role, app).filter(({ allows }) => allows)
    .every(({ actions, notActions, unresolved }) => !unresolved && notActions.length === 0 && actions.every(isKnown));
}
