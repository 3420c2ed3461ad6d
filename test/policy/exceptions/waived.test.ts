import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { AlarmMuting } from '../../../src/alarms/alarm-muting';
import { AlarmSetting } from '../../../src/alarms/alarm-setting';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { SecureTable } from '../../../src/database/table/secure-table';
import { TableRecovery } from '../../../src/database/table/table-recovery';
import { TableRemoval } from '../../../src/database/table/table-removal';
import { SecureFunction } from '../../../src/function/secure-function';
import { SecureUserPool } from '../../../src/identity/secure-user-pool';
import { UserPoolRemoval } from '../../../src/identity/user-pool-removal';
import { LogMasking } from '../../../src/logging/log-masking';
import { ChangeNotices } from '../../../src/secrets/change-notices';
import { KeyRegions } from '../../../src/secrets/key/key-regions';
import { KeyRemoval } from '../../../src/secrets/key/key-removal';
import { SecureKey } from '../../../src/secrets/key/secure-key';
import { SecretRemoval } from '../../../src/secrets/secret/secret-removal';
import { SecretRotation } from '../../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../../src/secrets/secret/secure-secret';
import { BucketAccessLogs } from '../../../src/storage/bucket-access-logs';
import { BucketRemoval } from '../../../src/storage/bucket-removal';
import { BucketVersioning } from '../../../src/storage/bucket-versioning';
import { SecureBucket } from '../../../src/storage/secure-bucket';
import { findingsOf, testStack, unexplained } from '../../support/apps';
import { AuditCase } from '../../support/self-audit';

const WHY = 'a copy for one afternoon, made anew from the source each day';
const partitionKey = { name: 'id', type: AttributeType.STRING };

const CASES: readonly (readonly [...AuditCase, rules: readonly string[]])[] = [
  ['a bucket', (stack) => {
    new SecureBucket(stack, 'It', { removal: BucketRemoval.destroy(WHY), versioning: BucketVersioning.off(WHY), accessLogs: BucketAccessLogs.off(WHY) });
  }, ['BucketAccessLog', 'BucketVersions', 'RemovalPolicy[DeletionPolicy]', 'RemovalPolicy[UpdateReplacePolicy]']],
  ['a table', (stack) => { new SecureTable(stack, 'It', { partitionKey, removal: TableRemoval.destroy(WHY), recovery: TableRecovery.off(WHY) }); },
    ['DataRemoval[DeletionPolicy]', 'DataRemoval[UpdateReplacePolicy]', 'TableDeletionProtection[<AWS::Region>]', 'TableRecovery[<AWS::Region>]']],
  ['a key', (stack) => { new SecureKey(stack, 'It', { removal: KeyRemoval.destroy(WHY), regions: KeyRegions.multiple(WHY) }); },
    ['DataRemoval[DeletionPolicy]', 'DataRemoval[UpdateReplacePolicy]', 'KeyRegions']],
  ['a secret', (stack) => {
    new SecureSecret(stack, 'It', { removal: SecretRemoval.destroy(WHY), rotation: SecretRotation.off(WHY), changeNotices: ChangeNotices.off(WHY) });
  }, ['RemovalPolicy[DeletionPolicy]', 'RemovalPolicy[UpdateReplacePolicy]', 'SensitiveStoreAlarm']],
  ['a user pool', (stack) => { new SecureUserPool(stack, 'It', { removal: UserPoolRemoval.destroy(WHY) }); },
    ['DataRemoval[DeletionPolicy]', 'DataRemoval[UpdateReplacePolicy]']],
  ['a function', (stack) => {
    const fn = new SecureFunction(stack, 'It', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => 1;'),
      logMasking: LogMasking.off(WHY),
      alarms: { errors: AlarmSetting.off(WHY), throttles: AlarmSetting.off(WHY) },
    });
    fn.addFunctionUrl();
  }, ['FunctionAlarm[Errors]', 'FunctionAlarm[Throttles]', 'LogMasking']],
  ['alarms', (stack) => {
    AlarmMuting.silence(stack, WHY);
    new SecureTable(stack, 'It', { partitionKey });
  }, ['AlarmAction[Disabled]']],
];

test.each(CASES)('what the author of %s waives with a reason, the rules of the library do not ask for again', (_name, make, rules) => {
  const stack = testStack();
  make(stack);
  const findings = findingsOf(stack, [new ServerlessSecurityChecks()]);
  const ours = findings.filter(({ rule }) => rules.includes(rule));
  expect(unexplained(ours)).toStrictEqual([]);
  expect([...new Set(ours.filter(({ reason }) => reason === WHY).map(({ rule }) => rule))].sort()).toEqual([...rules].sort());
});
