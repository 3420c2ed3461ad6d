import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { admitsEverybody, conditionsOf, Statement, statementsOf } from '../../model/rights/iam';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, at, isList, isUnresolved, textOf, Value } from '../../model/values/values';
import { TLS_GUARDED_ACTIONS } from '../bucket-baseline';
import { bucketPolicies, BUCKET } from '../bucket-model';

export const BUCKET_TLS_ONLY: Rule = {
  id: 'BucketTlsOnly',
  severity: Severity.MEDIUM,
  appliesTo: [BUCKET],
  title: 'A bucket answers requests that are not encrypted on the way',
  why: 'S3 also speaks plain HTTP: whoever sits between a client and the bucket reads objects, keys and presigned URLs, and can change them. '
    + 'A denial for some actions, some objects or some callers leaves the others open.',
  fix: 'Deny s3:* to everybody on the bucket and on its objects when aws:SecureTransport is false (enforceSSL: true). SecureBucket does.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP S3.5', 'CT.S3.PR.8', 'cdk-nag AwsSolutions-S10', 'OWASP Serverless S3'],
  check: judgeTls,
};

/** What one statement, or one of several policies, closes to plain HTTP. */
interface Closed {
  readonly bucket: boolean;
  readonly objects: boolean;
  /** Only the deployment knows. */
  readonly open: boolean;
}

const NOTHING: Closed = { bucket: false, objects: false, open: false };
const OPEN: Closed = { ...NOTHING, open: true };

function judgeTls(bucket: Resource, app: AppModel): Outcome {
  const { byBucket, open } = bucketPolicies(app);
  const policies = byBucket.get(bucket.key) ?? [];
  const closed = union(policies.map((policy) => closedByPolicy(policy, bucket, app)));
  if (closed.bucket && closed.objects) return pass();
  return closed.open || (policies.length === 0 && open) ? unresolved('Properties') : fail('Properties');
}

function closedByPolicy(policy: Resource, bucket: Resource, app: AppModel): Closed {
  return intersection(policy.alternatives('PolicyDocument').map((document) => {
    if (isUnresolved(document)) return OPEN;
    if (typeof document === 'string') return union(statementsOf(document, '').map((statement) => closedBy(statement, bucket, app)));
    return union(listed(at(document, 'Statement')).map((element) => (
      intersection(alternatives(element).map((option) => closedByElement(option, bucket, app))))));
  }));
}

/** The statements one by one: one that a condition decides about counts only as far as all of its forms agree. */
function listed(statements: Value): readonly Value[] {
  const lists = alternatives(statements);
  return lists.length === 1 && isList(lists[0]) ? lists[0] : [statements];
}

function closedByElement(element: Value, bucket: Resource, app: AppModel): Closed {
  if (isUnresolved(element)) return OPEN;
  return union(statementsOf({ Statement: element }, '').map((statement) => closedBy(statement, bucket, app)));
}

function closedBy(statement: Statement, bucket: Resource, app: AppModel): Closed {
  if (statement.unresolved) return OPEN;
  if (statement.allows || statement.notPrincipals !== undefined || !admitsEverybody(statement.principals)) return NOTHING;
  if (!deniesEnough(statement) || !onlyOnPlainHttp(statement)) return NOTHING;
  if (statement.resources.length === 0) return NOTHING;
  return union(statement.resources.map((resource) => placesIn(resource, bucket, app)));
}

function deniesEnough({ actions, notActions }: Statement): boolean {
  if (notActions.length > 0) return false;
  const patterns = actions.map((action) => (textOf(action) ?? '').toLowerCase());
  return TLS_GUARDED_ACTIONS.every((action) => patterns.some((pattern) => (
    pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1))))));
}

/**
 * A second condition, or a second value, would let some plain requests through. A TLS version that is too old closes plain HTTP as well only
 * with `IfExists`, because a plain request has none.
 */
function onlyOnPlainHttp(statement: Statement): boolean {
  const conditions = conditionsOf(statement);
  if (conditions.length !== 1) return false;
  const [{ operator, key, values }] = conditions;
  const texts = values.map((value) => (textOf(value) ?? '').toLowerCase());
  if (key.toLowerCase() === 'aws:securetransport') {
    return /^(bool|stringequals|stringequalsignorecase)(ifexists)?$/i.test(operator) && texts.includes('false');
  }
  return key.toLowerCase() === 's3:tlsversion' && /^numericlessthan(equals)?ifexists$/i.test(operator) && texts.length === 1;
}

/** What of a bucket a resource of a statement takes in: itself, its objects, or both by one pattern. */
function placesIn(resource: Value, bucket: Resource, app: AppModel): Closed {
  const text = (app.describe(resource) ?? '').replaceAll('<AWS::Partition>', 'aws');
  if (/^(arn:[^:]*:s3:::)?\*+$/.test(text)) return { bucket: true, objects: true, open: false };
  if (!app.targets(resource).includes(bucket)) return { ...NOTHING, open: text.includes('<?>') };
  const nameEnd = text.includes('>') ? text.lastIndexOf('>') + 1 : text.search(/[/*]|$/);
  const rest = text.slice(nameEnd);
  return { bucket: rest === '' || rest === '*', objects: rest === '/*' || rest === '*', open: false };
}

function union(all: readonly Closed[]): Closed {
  return all.reduce((sum, one) => ({
    bucket: sum.bucket || one.bucket, objects: sum.objects || one.objects, open: sum.open || one.open,
  }), NOTHING);
}

function intersection(all: readonly Closed[]): Closed {
  if (all.length === 0) return NOTHING;
  return all.reduce((sum, one) => ({
    bucket: sum.bucket && one.bucket, objects: sum.objects && one.objects, open: sum.open || one.open,
  }));
}

export const BUCKET_TLS_RULES: readonly Rule[] = [BUCKET_TLS_ONLY];
