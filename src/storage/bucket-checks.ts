import { Duration, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CorsRule } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { checkPrefix } from './bucket-access';
import { BucketAccessLogs } from './bucket-access-logs';
import { BUCKET_BINDING_KEYS, NONCURRENT_VERSION_DAYS, OBJECT_LOCK_MOST_DAYS } from './bucket-baseline';
import { checkInventory, checkLifecycleRule, checkTiering } from './bucket-lifecycle-checks';
import { BucketReplicationRule, priorityOf } from './bucket-replication';
import { BucketSettings } from './bucket-settings';
import { SecureBucketProps } from './secure-bucket-props';
import { checkClassification } from '../classification/classify';
import { checkDuration, checkReason, repeated } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { CUSTOMARY_GRANTS, SOURCELESS_SERVICES } from '../iam/account-baseline';
import { SOURCE_KEYS } from '../iam/iam-baseline';
import { isBound } from '../iam/statement-binding';
import { checkStatementParts } from '../iam/statement-parts';

/** Judges all props before anything is made. `place` is the bucket to be, `stack` its stack. */
export function checkBucket(place: Place, stack: Stack, props: SecureBucketProps, settings: BucketSettings): void {
  checkClassification(place, props.dataClassification);
  checkReasons(place, props);
  checkVersions(place, props, settings);
  checkLogDestination(place, stack, props.accessLogs);
  for (const rule of props.cors ?? []) checkCorsRule(place, rule);
  for (const rule of props.lifecycleRules ?? []) checkLifecycleRule(place, rule);
  for (const inventory of props.inventories ?? []) checkInventory(place, inventory);
  for (const tiering of props.intelligentTiering ?? []) checkTiering(place, tiering);
  checkReplication(place, props, settings);
  if (props.alarms !== undefined && Object.values(props.alarms).some((setting) => setting !== undefined) && props.requestMetrics !== true) {
    refuse(place, {
      code: 'SecureBucket.RequestMetrics',
      prop: 'alarms',
      must: 'must come with request metrics, from which the alarms are made',
      fix: 'set requestMetrics to true, or leave alarms out',
    });
  }
}

/** Refuses origins that let in pages which nobody named. */
export function checkCorsRule(place: Place, rule: CorsRule): void {
  for (const origin of rule.allowedOrigins) {
    if (Token.isUnresolved(origin) || /^https:\/\/[^/*?#\s]+$|^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(origin)) continue;
    refuse(place, {
      code: 'SecureBucket.CorsOrigin',
      prop: 'cors.allowedOrigins',
      must: 'must be exact https origins without a path, or http://localhost',
      got: origin,
      fix: "name each one, like 'https://shop.example.com'",
    });
  }
}

/** The rule with each method, header and origin once: CloudFormation takes no lists that say the same twice. */
export function eachOnce(rule: CorsRule): CorsRule {
  const lists = ['allowedHeaders', 'allowedMethods', 'allowedOrigins', 'exposedHeaders'] as const;
  return { ...rule, ...Object.fromEntries(lists.flatMap((list) => (rule[list] === undefined ? [] : [[list, [...new Set<string>(rule[list])]]]))) };
}

/**
 * Refuses statements that let in somebody whom nobody named:
 *
 * | effect | principal               | condition           | verdict |
 * |--------|-------------------------|---------------------|---------|
 * | Deny   | any                     | any                 | fine    |
 * | Allow  | accounts, roles, …      | any                 | fine    |
 * | Allow  | everybody, or all but … | binds it            | fine    |
 * | Allow  | everybody, or all but … | none that binds it  | refused, `PublicStatement` |
 * | Allow  | a service               | on its source       | fine    |
 * | Allow  | a service               | none on its source  | refused, `ServicePrincipal`, but for logs that CDK lets in so: those of load balancers and trails |
 */
export function checkBucketStatement(place: IConstruct, statement: PolicyStatement): void {
  checkStatementParts(place, 'SecureBucket', statement);
  const { Effect, Action, Principal, NotPrincipal, Condition } = statement.toStatementJson();
  if (Effect !== 'Allow') return;
  const named = (Principal ?? {}) as { readonly AWS?: unknown; readonly Service?: unknown };
  const everybody = NotPrincipal !== undefined || [Principal, named.AWS].flat().includes('*');
  if (everybody && !isBound(Condition, BUCKET_BINDING_KEYS)) {
    refuse(place, {
      code: 'SecureBucket.PublicStatement',
      prop: 'statement',
      must: "must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID' or 'aws:SourceVpce'",
      fix: 'name the principals; to serve files to the public put CloudFront with an origin access control in front',
    });
  }
  if (isBound(Condition, SOURCE_KEYS)) return;
  const services: string[] = [Stack.of(place).resolve(named.Service ?? [])].flat().map(String);
  const unbound = services.filter((service) => !isLogDelivery(service.replace(/\.amazonaws\.com(\.cn)?$/, ''), [Action].flat()));
  if (unbound.length === 0) return;
  refuse(place, {
    code: 'SecureBucket.ServicePrincipal',
    prop: 'statement',
    must: "must say for whom the service acts, with an 'aws:SourceArn' or 'aws:SourceAccount' condition: it acts for other accounts as well",
    got: unbound,
    fix: 'add the condition',
  });
}

/** Whether CDK itself, whose statement nobody can change, lets a service write its logs so; the rules tell of those that could have a source. */
function isLogDelivery(service: string, actions: readonly unknown[]): boolean {
  if (SOURCELESS_SERVICES.includes(service)) return true;
  const { services = [], actions: customary } = CUSTOMARY_GRANTS.bucket;
  return services.includes(service) && actions.every((action) => customary.test(String(action).toLowerCase()));
}

function checkReasons(place: Place, props: SecureBucketProps): void {
  const reasons = {
    versioning: props.versioning?._offReason,
    objectLock: props.objectLock?._offReason,
    accessLogs: props.accessLogs?._offReason,
    removal: props.removal?._destroyReason,
  };
  for (const [prop, reason] of Object.entries(reasons)) {
    if (reason !== undefined) checkReason(place, reason, { code: 'SecureBucket.Reason', prop, fix: 'say why this bucket may do without' });
  }
}

function checkVersions(place: Place, props: SecureBucketProps, { lock, versioned }: BucketSettings): void {
  checkDuration(place, props.versioning?._retention, Duration.days(NONCURRENT_VERSION_DAYS.least), Duration.days(NONCURRENT_VERSION_DAYS.most), {
    code: 'SecureBucket.NoncurrentVersions', prop: 'versioning', fix: 'leave it out to keep them for 90 days',
  });
  checkDuration(place, props.objectLock?._retention, Duration.days(1), Duration.days(OBJECT_LOCK_MOST_DAYS), {
    code: 'SecureBucket.ObjectLock', prop: 'objectLock', fix: 'choose a retention that S3 accepts',
  });
  if (lock !== undefined && !versioned) {
    refuse(place, {
      code: 'SecureBucket.ObjectLock',
      prop: 'versioning',
      must: 'must not be off for a bucket with object lock, which locks versions',
      fix: 'leave versioning out, or switch the lock off with BucketObjectLock.off(reason)',
    });
  }
}

function checkLogDestination(place: Place, stack: Stack, logs: BucketAccessLogs | undefined): void {
  const destination = logs?._destination;
  if (destination === undefined) return;
  const fault = destination.encryptionKey !== undefined ? 'is encrypted with a KMS key'
    : isElsewhere(stack.account, destination.env.account) || isElsewhere(stack.region, destination.env.region) ? 'lies in another account or region'
      : undefined;
  if (fault === undefined) return;
  refuse(place, {
    code: 'SecureBucket.AccessLogs',
    prop: 'accessLogs',
    must: `must not name a bucket that ${fault}, because S3 does not deliver there`,
    got: destination.node.path,
    fix: 'leave it out to use the access-log bucket of the stack',
  });
}

/** S3 takes no two rules of one priority: it could not tell which of them wins. */
function checkPriorities(place: Place, rules: readonly BucketReplicationRule[]): void {
  const priorities = rules.map((rule, index) => priorityOf(rules, rule, index));
  const twice = repeated(priorities);
  if (twice === undefined) return;
  refuse(place, {
    code: 'SecureBucket.ReplicationPriority',
    prop: 'replication.priority',
    must: 'must differ between the rules, of which those without one get the numbers from that of all rules down to 1',
    got: priorities,
    fix: 'give each rule a priority of its own, or none to let rules earlier in the list win',
  });
}

function checkReplication(place: Place, { replication = [] }: SecureBucketProps, { versioned, encryptedWithKey }: BucketSettings): void {
  for (const { prefix } of replication) checkPrefix(place, prefix);
  checkPriorities(place, replication);
  if (replication.length > 0 && !versioned) {
    refuse(place, {
      code: 'SecureBucket.Replication',
      prop: 'versioning',
      must: 'must not be off for a bucket that is replicated',
      fix: 'leave versioning or replication out',
    });
  }
  if (encryptedWithKey && replication.some((rule) => rule.destinationKey === undefined)) {
    refuse(place, {
      code: 'SecureBucket.Replication',
      prop: 'replication.destinationKey',
      must: 'must be given, because S3 skips objects with a KMS key where the copies have none',
      fix: 'name the key of the destination, in its region',
    });
  }
}

function isElsewhere(here: string, there: string): boolean {
  return Token.compareStrings(here, there) === TokenComparison.DIFFERENT;
}
