import { EntryPoint, entryPointsOf } from './entry-points';
import { Unchecked } from '../core/unchecked';
import { PlacedWaiver } from '../core/waiver';
import { Acknowledged } from '../policy/acknowledged';
import { Finding, Judgement } from '../policy/judge';
import { AppModel } from '../policy/model/resources/app-model';
import { Resource } from '../policy/model/resources/resource';
import { foreignManagedPolicies, statementsOfRole } from '../policy/model/rights/iam';
import { isRecord, Value } from '../policy/model/values/values';

/** Version of the report's form: the first number changes when something is taken away or changes its meaning. */
export const POSTURE_VERSION = '1.1';

/** What a function may do to one resource. */
export interface Right {
  readonly resource: string;
  readonly actions: readonly string[];
  readonly condition: boolean;
}

/** A function, its role and what that role may do. */
export interface FunctionPosture {
  readonly at: string;
  readonly runtime?: string;
  readonly role?: string;
  readonly rights: readonly Right[];
  /** Managed policies that do not belong to the app: their rights are not listed above. */
  readonly foreignPolicies: readonly string[];
}

/** Something that keeps data. */
export interface StorePosture {
  readonly at: string;
  readonly type: string;
  /** The customer-managed key; null when AWS owns or manages the key. */
  readonly key: string | null;
  readonly public: boolean;
}

/** A finding of our pack, as it stands in the report. */
export interface FindingPosture {
  readonly rule: string;
  readonly id: string;
  readonly severity: string;
  readonly level: 'error' | 'warning' | 'info';
  readonly undecided: boolean;
  readonly path: string;
  readonly locations: readonly string[];
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** Why somebody accepted it, and where; null when nobody did. */
  readonly acknowledged: Acknowledged | null;
}

/** What one look at the whole app shows. Plain data: it becomes report.json as it is. */
export interface Posture {
  readonly version: string;
  readonly profile: string;
  /** `fail` as soon as one error is not acknowledged. */
  readonly verdict: 'pass' | 'fail';
  readonly counts: { readonly [what: string]: number };
  readonly entryPoints: readonly EntryPoint[];
  readonly functions: readonly FunctionPosture[];
  readonly stores: readonly StorePosture[];
  readonly findings: readonly FindingPosture[];
  readonly rules: Judgement['tallies'];
  /** Controls that were weakened on purpose, with the reason. */
  readonly waivers: readonly PlacedWaiver[];
  /** What constructs could not check, most often about imported resources: said, not assumed. */
  readonly unchecked: readonly Unchecked[];
  /** Where the rest is: relative to the folder of the cloud assembly. */
  readonly files: { readonly [what: string]: string };
}

/** Everything that a posture is made of. */
export interface PostureInput {
  readonly app: AppModel;
  readonly judgement: Judgement;
  readonly profile: string;
  readonly waivers: readonly PlacedWaiver[];
  readonly unchecked: readonly Unchecked[];
  readonly acknowledged: (finding: Finding) => Acknowledged | undefined;
  readonly files: { readonly [what: string]: string };
}

/** Where each type of store keeps its customer-managed key. */
const STORE_KEYS: { readonly [type: string]: string } = {
  'AWS::DynamoDB::GlobalTable': 'Replicas.0.SSESpecification.KMSMasterKeyId',
  'AWS::DynamoDB::Table': 'SSESpecification.KMSMasterKeyId',
  'AWS::Events::Archive': 'KmsKeyIdentifier',
  'AWS::Events::EventBus': 'KmsKeyIdentifier',
  'AWS::Logs::LogGroup': 'KmsKeyId',
  'AWS::S3::Bucket': 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID',
  'AWS::SNS::Topic': 'KmsMasterKeyId',
  'AWS::SQS::Queue': 'KmsMasterKeyId',
  'AWS::SecretsManager::Secret': 'KmsKeyId',
  'AWS::StepFunctions::StateMachine': 'EncryptionConfiguration.KmsKeyId',
};

export function postureOf(input: PostureInput): Posture {
  const { app, judgement } = input;
  const findings = [
    ...judgement.findings.map((finding) => describeFinding(finding, input.acknowledged(finding))),
    ...judgement.excused.map((finding) => describeFinding(finding, { reason: finding.reason, at: finding.resource.name })),
  ];
  const open = findings.filter((finding) => finding.acknowledged === null);
  const entryPoints = entryPointsOf(app);
  const functions = app.ofType('AWS::Lambda::Function').map((fn) => functionPosture(fn, app));
  const errors = open.filter(({ level }) => level === 'error').length;
  return {
    version: POSTURE_VERSION,
    profile: input.profile,
    verdict: errors > 0 ? 'fail' : 'pass',
    counts: {
      resources: app.resources.length,
      entryPoints: entryPoints.length,
      functions: functions.length,
      errors,
      warnings: open.length - errors,
      acknowledged: findings.length - open.length,
      waivers: input.waivers.length,
      unchecked: input.unchecked.length,
    },
    entryPoints,
    functions,
    stores: app.ofType(...Object.keys(STORE_KEYS)).map((store) => storePosture(store, app, entryPoints)),
    findings,
    rules: judgement.tallies,
    waivers: input.waivers,
    unchecked: input.unchecked,
    files: input.files,
  };
}

function describeFinding(finding: Finding, acknowledged: Acknowledged | undefined): FindingPosture {
  const { rule, id, severity, rank, undecided, resource, locations } = finding;
  return {
    rule: rule.id,
    id,
    severity: rank,
    level: severity,
    undecided,
    path: resource.name,
    locations,
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    acknowledged: acknowledged ?? null,
  };
}

function functionPosture(fn: Resource, app: AppModel): FunctionPosture {
  const role = app.target(fn.property('Role'));
  return {
    at: fn.name,
    runtime: app.describe(fn.property('Runtime')),
    role: role?.name ?? app.describe(fn.property('Role')),
    rights: role === undefined ? [] : rightsOf(role, app),
    foreignPolicies: role === undefined ? [] : foreignManagedPolicies(role, app),
  };
}

function rightsOf(role: Resource, app: AppModel): readonly Right[] {
  const words = (values: readonly Value[]) => values.map((value) => app.describe(value) ?? '<?>');
  return statementsOfRole(role, app).filter((statement) => statement.allows && !statement.unresolved).flatMap((statement) => {
    const actions = statement.notActions.length > 0 ? words(statement.notActions).map((action) => `everything but ${action}`) : words(statement.actions);
    const resources = statement.notResources.length > 0 ? words(statement.notResources).map((one) => `everything but ${one}`) : words(statement.resources);
    return resources.map((resource): Right => ({ resource, actions, condition: isRecord(statement.conditions) }));
  });
}

function storePosture(store: Resource, app: AppModel, entryPoints: readonly EntryPoint[]): StorePosture {
  const key = store.property(STORE_KEYS[store.type]);
  return {
    at: store.name,
    type: store.type,
    key: key === undefined || key === 'alias/aws/sqs' || key === 'alias/aws/sns' ? null : app.target(key)?.name ?? app.describe(key) ?? null,
    public: entryPoints.some((entry) => entry.kind === 'public-bucket' && entry.at === store.name),
  };
}
