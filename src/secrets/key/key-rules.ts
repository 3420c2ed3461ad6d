import { LEAST_WAITING_DAYS } from './key-baseline';
import { Resource } from '../../model/resources/resource';
import { hasServiceWildcard, speaksOf } from '../../model/rights/actions';
import { conditionsOf, Statement, statementsOf } from '../../model/rights/iam';
import { expectEach, expectProperty, fail, notApplicable, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { isTrue, isUnresolved, numberOf, textOf } from '../../model/values/values';

const KEY = 'AWS::KMS::Key';
const CREATE_GRANT = 'kms:CreateGrant';

/** Says that a service of AWS makes the grant, for a resource of the caller. */
const FOR_SERVICES = /^kms:grantisforawsresource$/i;
const VIA_SERVICE = /^kms:viaservice$/i;

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

export const KEY_LENGTH: Rule = {
  id: 'KeyLength',
  severity: Severity.LOW,
  appliesTo: [KEY],
  title: 'An RSA key that encrypts is short',
  why: 'What is encrypted with 2048 bits today can be kept until it can be broken: authorities ask for 3072 bits for what is secret beyond 2030.',
  fix: 'Set KeySpec to RSA_3072 or RSA_4096 (keySpec), or use a symmetric key where nobody outside of AWS encrypts.',
  risks: ['data-exposure'],
  frameworks: ['CT.KMS.PR.2', 'OWASP Serverless S3'],
  check: (key) => {
    const encrypts = expectProperty(key, 'KeyUsage', (usage) => usage !== undefined && usage !== 'ENCRYPT_DECRYPT');
    return encrypts.kind === 'pass' ? notApplicable() : expectProperty(key, 'KeySpec', (spec) => spec !== 'RSA_2048');
  },
};

export const KEY_GRANT_SCOPE: Rule = {
  id: 'KeyGrantScope',
  severity: Severity.LOW,
  appliesTo: [KEY, 'AWS::KMS::ReplicaKey'],
  title: 'The policy of a key lets somebody pass its use on to anybody',
  why: 'A grant stands in no policy: whoever may make one gives the use of the key to a principal of any account, and it stays after he has lost his own rights.',
  fix: 'Allow kms:CreateGrant with the condition Bool kms:GrantIsForAWSResource true, or deny it with BoolIfExists kms:GrantIsForAWSResource false.',
  risks: ['over-privilege', 'data-exposure'],
  frameworks: ['CT.KMS.PR.3', 'OWASP Serverless S5', 'CSA SAS-04'],
  check: judgeGrants,
};

/** The statement that gives the account its key allows everything, and hands the decision to the policies of principals. */
function judgeGrants(key: Resource): RuleResult {
  const statements = statementsOf(key.property('KeyPolicy'), 'Properties.KeyPolicy');
  if (statements.some((statement) => !statement.allows && speaksOf(statement, CREATE_GRANT) && deniesOthers(statement))) return pass();
  return statements.filter(({ allows }) => allows).map((statement) => {
    if (statement.unresolved || statement.actions.some(isUnresolved)) return unresolved(statement.location);
    if (hasServiceWildcard(statement) || !speaksOf(statement, CREATE_GRANT) || letsServicesAlone(statement)) return pass();
    return fail(statement.location);
  });
}

/** With `BoolIfExists` a call that no service makes, and that has no such key, would be let in. */
function letsServicesAlone(statement: Statement): boolean {
  return conditionsOf(statement).some(({ operator, key, values }) => (
    VIA_SERVICE.test(key) ? !/not|ifexists$/i.test(operator) : FOR_SERVICES.test(key) && /^bool$/i.test(operator) && values.every((value) => isTrue(value) || isUnresolved(value))));
}

/** With `Bool` a call without the key would not be denied. */
function deniesOthers(statement: Statement): boolean {
  return conditionsOf(statement).some(({ operator, key, values }) => (
    VIA_SERVICE.test(key) ? /^stringnot/i.test(operator) : FOR_SERVICES.test(key) && /^boolifexists$/i.test(operator) && values.some((value) => textOf(value) === 'false' || value === false)));
}

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

export const KEY_RULES: readonly Rule[] = [KEY_ENABLED, KEY_GRANT_SCOPE, KEY_LENGTH, KEY_REGIONS, KEY_ROTATION, KEY_WAITING_PERIOD];
