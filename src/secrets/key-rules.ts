import { LEAST_WAITING_DAYS } from './key-baseline';
import { Resource } from '../policy/model/resources/resource';
import { expectEach, expectProperty, notApplicable, Rule, Severity, unresolved } from '../policy/model/rule';
import { isTrue, numberOf } from '../policy/model/values/values';

const KEY = 'AWS::KMS::Key';

export const KEY_ROTATION: Rule = {
  id: 'KeyRotation',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [KEY],
  title: 'A key keeps the same key material for ever',
  why: 'All data of all years depends on one piece of key material: the longer it is used, the more is lost with it.',
  fix: 'Set EnableKeyRotation to true (enableKeyRotation): KMS keeps the older material, and nothing has to be encrypted anew. SecureKey does.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['FSBP KMS.4', 'CT.KMS.PR.1', 'cdk-nag AwsSolutions-KMS5', 'CKV_AWS_7'],
  check: (key) => {
    const rotates = canRotate(key);
    if (rotates === false) return notApplicable();
    const outcome = expectProperty(key, 'EnableKeyRotation', isTrue);
    return outcome.kind === 'fail' && rotates === undefined ? unresolved('Properties.KeySpec') : outcome;
  },
};

export const KEY_ENABLED: Rule = {
  id: 'KeyEnabled',
  severity: Severity.LOW,
  appliesTo: [KEY, 'AWS::KMS::ReplicaKey'],
  title: 'A key that encrypts data is switched off',
  why: 'Nothing that it encrypts can be read or written, backups and logs included: whoever needs them in an incident finds noise.',
  fix: 'Leave Enabled out, or set it to true (enabled).',
  risks: ['misconfiguration', 'unseen-attack'],
  frameworks: ['FSBP KMS.3', 'KICS cmk_is_unusable'],
  check: (key) => expectProperty(key, 'Enabled', (value) => value === undefined || isTrue(value)),
};

export const KEY_WAITING_PERIOD: Rule = {
  id: 'KeyWaitingPeriod',
  severity: Severity.LOW,
  appliesTo: [KEY, 'AWS::KMS::ReplicaKey'],
  title: 'A key that somebody deletes is gone before a holiday is over',
  why: 'The waiting period is the only time in which a deletion, by a mistake or for ransom, can be called off. All that the key encrypted is lost after it.',
  fix: 'Leave PendingWindowInDays out, which makes it 30 days (pendingWindow), and alarm on ScheduleKeyDeletion. SecureKey does both.',
  risks: ['misconfiguration', 'single-layer'],
  frameworks: ['FSBP KMS.3', 'prowler kms_cmk_not_deleted_unintentionally'],
  check: (key) => expectProperty(key, 'PendingWindowInDays', (days) => days === undefined || (numberOf(days) ?? 0) >= LEAST_WAITING_DAYS),
};

export const KEY_REGIONS: Rule = {
  id: 'KeyRegions',
  severity: Severity.INFO,
  appliesTo: [KEY],
  title: 'The material of a key leaves its region',
  why: 'A multi-region key decrypts wherever it has a replica: an attacker, and a data residency rule, see the weakest of these regions.',
  fix: 'Leave MultiRegion out (multiRegion), unless the same ciphertext has to be read in several regions.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['prowler kms_cmk_not_multi_region'],
  check: (key) => expectProperty(key, 'MultiRegion', (value) => !isTrue(value)),
};

/** KMS rotates symmetric keys for encryption whose material it made itself; undefined when only the deployment knows which kind it is. */
function canRotate(key: Resource): boolean | undefined {
  const kinds = [
    expectEach(key.alternatives('KeySpec'), '', (spec) => spec === undefined || spec === 'SYMMETRIC_DEFAULT'),
    expectEach(key.alternatives('KeyUsage'), '', (usage) => usage === undefined || usage === 'ENCRYPT_DECRYPT'),
    expectEach(key.alternatives('Origin'), '', (origin) => origin === undefined || origin === 'AWS_KMS'),
  ].map(({ kind }) => kind);
  if (kinds.includes('fail')) return false;
  return kinds.includes('unresolved') ? undefined : true;
}

export const KEY_RULES: readonly Rule[] = [KEY_ENABLED, KEY_REGIONS, KEY_ROTATION, KEY_WAITING_PERIOD];
