import { Resource } from '../../model/resources/resource';
import { admitsEverybody, conditionsOf, Statement, statementsOf } from '../../model/rights/iam';
import { expectProperty, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { isTrue, isUnresolved, textOf, Value } from '../../model/values/values';
import { OPEN_LISTS, PUBLIC_ACCESS_BLOCKS } from '../bucket-baseline';

const BUCKET = 'AWS::S3::Bucket';

/** Condition keys that keep a statement for everybody from being one for the public, in small letters as IAM compares them. */
const NARROWING_KEYS = new Set([
  'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceip',
  'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:userid', 's3:dataaccesspointaccount',
]);

/** The shortest prefix of an address range that still belongs to somebody: the largest that were ever given out. */
const WIDEST_RANGE = 8;

/** Operators that a request without the key does not satisfy. `…IfExists` and `ForAllValues:` let such a request through. */
const NARROWING_OPERATOR = /^(foranyvalue:)?(string(equals|like|equalsignorecase)|arn(equals|like)|ipaddress)$/i;

export const BUCKET_PUBLIC_ACCESS: Rule = {
  id: 'BucketPublicAccess',
  severity: Severity.HIGH,
  appliesTo: [BUCKET, 'AWS::S3::BucketPolicy'],
  title: 'A bucket is open to the world, or one mistake away from it',
  why: 'Copied customer data of whole companies was found in buckets like this. The public-access block holds even when a policy or an ACL is wrong.',
  fix: 'Switch on all four public-access blocks (blockPublicAccess: BlockPublicAccess.BLOCK_ALL), and name the principals of the bucket policy '
    + 'or narrow them by organisation, account or VPC endpoint. SecureBucket cannot be opened.',
  risks: ['data-exposure', 'attack-surface'],
  frameworks: ['FSBP S3.2', 'FSBP S3.3', 'FSBP S3.8', 'FSBP CloudTrail.6', 'CT.S3.PR.1', 'cdk-nag AwsSolutions-S2', 'OWASP Serverless S6'],
  findingForm: 'Principal::* for a bucket policy; none for a missing block',
  check: (resource) => (resource.type === BUCKET ? judgeBlocks(resource) : judgePolicy(resource)),
};

function judgeBlocks(bucket: Resource): RuleResult {
  const blocks = PUBLIC_ACCESS_BLOCKS.map((block) => expectProperty(bucket, `PublicAccessBlockConfiguration.${block}`, isTrue));
  const acl = expectProperty(bucket, 'AccessControl', (value) => value === undefined || !OPEN_LISTS.test(textOf(value) ?? ''));
  return [...blocks, acl];
}

function judgePolicy(policy: Resource): RuleResult {
  return statementsOf(policy.property('PolicyDocument'), 'Properties.PolicyDocument').filter((statement) => statement.allows).map(judgeStatement);
}

function judgeStatement(statement: Statement): Outcome {
  if (statement.unresolved || isUnresolved(statement.principals)) return unresolved(statement.location);
  if (!admitsEverybody(statement.principals) && statement.notPrincipals === undefined) return pass();
  if (isUnresolved(statement.conditions)) return unresolved(statement.location, 'Principal::*');
  const narrowing = conditionsOf(statement).filter(({ operator, key }) => NARROWING_OPERATOR.test(operator) && NARROWING_KEYS.has(key.toLowerCase()));
  if (narrowing.some(({ key, values }) => values.length > 0 && values.every((value) => isNarrow(key.toLowerCase(), value)))) return pass();
  return narrowing.some(({ values }) => values.some(isUnresolved)) ? unresolved(statement.location, 'Principal::*') : fail(statement.location, 'Principal::*');
}

function isNarrow(key: string, value: Value): boolean {
  const text = textOf(value);
  return text !== undefined && !isUnresolved(value) && !/^[*?]*$/.test(text) && !/^arn:\*/.test(text) && !isOfAnyAccount(text) && !isWideRange(text)
    && !isPartOfId(key, text);
}

/** `o-*`, `vpce-*`: every organization, and every network of anybody, begins like this. What follows a whole id may be anything. */
function isPartOfId(key: string, text: string): boolean {
  if (/arn$|sourceip$/.test(key) || !/[*?]/.test(text)) return false;
  return !/orgpaths$|userid$/.test(key) || !/^[^*?/:]{6,}[/:]/.test(text);
}

/** Anybody can give a role of his own account the name that somebody else's condition waits for. */
function isOfAnyAccount(text: string): boolean {
  return /^arn:[^:]*:(iam|sts)::[^:]*[*?]/.test(text);
}

/** Half of the Internet, or a large part of it, is no place: `0.0.0.0/1` and `128.0.0.0/1` are everybody. */
function isWideRange(text: string): boolean {
  const bits = Number(/^[\da-f.:]+\/(\d{1,3})$/i.exec(text)?.[1] ?? WIDEST_RANGE);
  return bits < WIDEST_RANGE;
}

export const STORAGE_RULES: readonly Rule[] = [BUCKET_PUBLIC_ACCESS];
