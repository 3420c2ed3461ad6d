import { Duration, Token } from 'aws-cdk-lib';
import { IntelligentTieringConfiguration, Inventory, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { ARCHIVE_TIER_DAYS, DEEP_ARCHIVE_TIER_DAYS, LIFECYCLE_MOST_DAYS, NONCURRENT_VERSION_DAYS, RETAINED_VERSIONS_MOST } from './bucket-baseline';
import { checkDuration, checkInteger, repeated } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';

const CODE = 'SecureBucket.Lifecycle';

/** What gives a lifecycle rule something to do. */
const EFFECTS = [
  'abortIncompleteMultipartUploadAfter', 'expiration', 'expirationDate', 'expiredObjectDeleteMarker', 'noncurrentVersionExpiration',
  'noncurrentVersionsToRetain', 'noncurrentVersionTransitions', 'transitions',
] as const;

/** Refuses rules that take back what versioning promises, and those that S3 does not take. */
export function checkLifecycleRule(place: Place, rule: LifecycleRule): void {
  checkDuration(place, rule.noncurrentVersionExpiration, Duration.days(NONCURRENT_VERSION_DAYS.least), Duration.days(NONCURRENT_VERSION_DAYS.most), {
    code: 'SecureBucket.NoncurrentVersions',
    prop: 'lifecycleRules.noncurrentVersionExpiration',
    fix: 'use BucketVersioning.off(reason) if deleted objects must be gone at once',
  });
  if (EFFECTS.every((effect) => rule[effect] === undefined)) {
    refuse(place, { code: CODE, prop: 'lifecycleRules', must: 'must say what becomes of the objects', got: Object.keys(rule), fix: 'give expiration or transitions, or leave the rule out' });
  }
  checkDays(place, 'expiration', rule.expiration, 1);
  checkDays(place, 'abortIncompleteMultipartUploadAfter', rule.abortIncompleteMultipartUploadAfter, 1);
  checkInteger(place, rule.noncurrentVersionsToRetain, 1, RETAINED_VERSIONS_MOST, {
    code: CODE, prop: 'lifecycleRules.noncurrentVersionsToRetain', fix: 'leave it out to keep none beside those that are young enough',
  });
  checkExpirations(place, rule);
  for (const transition of rule.transitions ?? []) checkTransition(place, 'transitions', transition.transitionAfter, transition.transitionDate);
  for (const { transitionAfter } of rule.noncurrentVersionTransitions ?? []) checkDays(place, 'noncurrentVersionTransitions.transitionAfter', transitionAfter, 0);
}

/** Refuses inventories whose name or fields S3 does not take. */
export function checkInventory(place: Place, { inventoryId, optionalFields = [] }: Inventory): void {
  const twice = repeated(optionalFields);
  if (twice !== undefined) {
    refuse(place, { code: 'SecureBucket.Inventory', prop: 'inventories.optionalFields', must: 'must name each field once', got: twice, fix: 'leave out the second' });
  }
  if (inventoryId === undefined || (!Token.isUnresolved(inventoryId) && /^[\w.-]{1,64}$/.test(inventoryId))) return;
  refuse(place, {
    code: 'SecureBucket.Inventory',
    prop: 'inventories.inventoryId',
    must: 'must have 1 to 64 letters, digits, dots, hyphens and underscores, and be known at synth',
    got: inventoryId,
    fix: 'leave it out to let CDK make one',
  });
}

/** Refuses tiers that S3 does not move objects to in that time. */
export function checkTiering(place: Place, tiering: IntelligentTieringConfiguration): void {
  const code = 'SecureBucket.IntelligentTiering';
  const fix = 'leave it out to keep objects out of that tier';
  const [archive, deep] = [ARCHIVE_TIER_DAYS, DEEP_ARCHIVE_TIER_DAYS].map(({ least, most }) => [Duration.days(least), Duration.days(most)] as const);
  checkDuration(place, tiering.archiveAccessTierTime, ...archive, { code, prop: 'intelligentTiering.archiveAccessTierTime', fix });
  checkDuration(place, tiering.deepArchiveAccessTierTime, ...deep, { code, prop: 'intelligentTiering.deepArchiveAccessTierTime', fix });
  if (tiering.archiveAccessTierTime === undefined && tiering.deepArchiveAccessTierTime === undefined) {
    refuse(place, { code, prop: 'intelligentTiering', must: 'must name a tier', got: tiering.name, fix: 'give archiveAccessTierTime or deepArchiveAccessTierTime, or leave it out' });
  }
}

function checkDays(place: Place, prop: string, days: Duration | undefined, least: number): void {
  checkDuration(place, days, Duration.days(least), Duration.days(LIFECYCLE_MOST_DAYS), { code: CODE, prop: `lifecycleRules.${prop}`, fix: 'give a number of days that S3 accepts' });
}

function checkExpirations(place: Place, { expiration, expirationDate, expiredObjectDeleteMarker, tagFilters }: LifecycleRule): void {
  if (expiration !== undefined && expirationDate !== undefined) {
    refuse(place, { code: CODE, prop: 'lifecycleRules.expirationDate', must: 'must not come with expiration', got: 'both', fix: 'leave one of them out' });
  }
  if (expiredObjectDeleteMarker !== true || [expiration, expirationDate, tagFilters].every((one) => one === undefined)) return;
  refuse(place, {
    code: CODE,
    prop: 'lifecycleRules.expiredObjectDeleteMarker',
    must: 'must not come with expiration, expirationDate or tagFilters',
    got: expiredObjectDeleteMarker,
    fix: 'make a rule of its own for it',
  });
}

function checkTransition(place: Place, prop: string, after: Duration | undefined, date: Date | undefined): void {
  if ((after === undefined) === (date === undefined)) {
    refuse(place, {
      code: CODE,
      prop: `lifecycleRules.${prop}`,
      must: 'must say either transitionAfter or transitionDate',
      got: after === undefined ? 'none' : 'both',
      fix: 'give transitionAfter alone to count from the creation of each object',
    });
  }
  checkDays(place, `${prop}.transitionAfter`, after, 0);
}
