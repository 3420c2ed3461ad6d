import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findings, judged, Resources, RuleCase, shownBy } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const OPEN = { Parameters: { SetAtDeployment: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } } };
const table = (Properties: unknown, more = {}): Resources => ({ T: { Type: 'AWS::DynamoDB::Table', Properties, ...more } });
const globalTable = (Properties: unknown, more = {}): Resources => ({ T: { Type: 'AWS::DynamoDB::GlobalTable', Properties, ...more } });
const replicas = (...Replicas: unknown[]): Resources => globalTable({ Replicas });
const recovery = (PointInTimeRecoveryEnabled: unknown) => ({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled } });
const KEY = { K: { Type: 'AWS::KMS::Key' } };
const key = (Properties: unknown): Resources => ({ K: { Type: 'AWS::KMS::Key', Properties } });
const resource = (Type: string, Properties: unknown = {}, more = {}): Resources => ({ R: { Type, Properties, ...more } });
const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const deleted = { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' };
const VAULT = 'AWS::Backup::BackupVault';
const role = (statement: unknown, more = {}): Resources => (
  { Reader: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: statement } }], ...more } } });
const READ = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['T', 'Arn'] } };
const DECRYPT = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
const withKey = (KeyPolicy: unknown = undefined): Resources => ({
  ...table({ SSESpecification: { SSEEnabled: true, KMSMasterKeyId: { 'Fn::GetAtt': ['K', 'Arn'] } } }), ...key({ KeyPolicy }),
});

const CASES: readonly RuleCase[] = [
  ['TableRecovery', 'restorable', table(recovery('true')), []],
  ['TableRecovery', 'nothing said', table({}), ['TableRecovery at T']],
  ['TableRecovery', 'off', table(recovery(false)), ['TableRecovery at T']],
  ['TableRecovery', 'perhaps', table(recovery({ 'Fn::If': ['Maybe', true, false] })), ['TableRecovery at T']],
  ['TableRecovery', 'a parameter', table(recovery(PARAMETER)), ['TableRecovery[undecided] at T']],
  ['TableRecovery', 'in each replica', replicas({ Region: 'eu-west-1', ...recovery(true) }, { Region: 'eu-central-1', ...recovery(true) }), []],
  ['TableRecovery', 'not in the second replica', replicas({ Region: 'eu-west-1', ...recovery(true) }, { Region: 'eu-central-1' }), ['TableRecovery[eu-central-1] at T']],
  ['TableRecovery', 'no replicas', globalTable({}), ['TableRecovery at T']],
  ['TableRecovery', 'replicas known at deployment', globalTable({ Replicas: PARAMETER }), ['TableRecovery[undecided] at T']],

  ['TableDeletionProtection', 'protected', table({ DeletionProtectionEnabled: true }), []],
  ['TableDeletionProtection', 'not protected', table({}, kept), ['TableDeletionProtection at T']],
  ['TableDeletionProtection', 'a replica without', replicas({ Region: { Ref: 'AWS::Region' } }), ['TableDeletionProtection[<AWS::Region>] at T']],
  ['TableDeletionProtection', 'a parameter', table({ DeletionProtectionEnabled: PARAMETER }), ['TableDeletionProtection[undecided] at T']],

  ['TableCustomerKey', 'a key of the app', { ...table({ SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { Ref: 'K' } } }), ...KEY }, []],
  ['TableCustomerKey', 'nothing said', table({}), ['TableCustomerKey at T']],
  ['TableCustomerKey', 'a key that AWS manages', table({ SSESpecification: { SSEEnabled: true } }), ['TableCustomerKey at T']],
  ['TableCustomerKey', 'the same by its alias', table({ SSESpecification: { SSEEnabled: true, KMSMasterKeyId: 'alias/aws/dynamodb' } }), ['TableCustomerKey at T']],
  ['TableCustomerKey', 'a key that is switched off', table({ SSESpecification: { SSEEnabled: false, KMSMasterKeyId: 'k' } }), ['TableCustomerKey at T']],
  ['TableCustomerKey', 'a replica without a key', globalTable({ SSESpecification: { SSEEnabled: true, SSEType: 'KMS' }, Replicas: [{ Region: 'a', SSESpecification: { KMSMasterKeyId: 'k' } }, { Region: 'b' }] }), ['TableCustomerKey[b] at T']],
  ['TableCustomerKey', 'a parameter', table({ SSESpecification: { SSEEnabled: true, KMSMasterKeyId: PARAMETER } }), ['TableCustomerKey[undecided] at T']],

  ['DataRemoval', 'kept', table({}, kept), []],
  ['DataRemoval', 'kept once it works', table({}, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' }), []],
  ['DataRemoval', 'a snapshot', resource('AWS::RDS::DBCluster', {}, { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' }), []],
  ['DataRemoval', 'deleted', table({}, deleted), ['DataRemoval[DeletionPolicy] at T', 'DataRemoval[UpdateReplacePolicy] at T']],
  ['DataRemoval', 'deleted when it is replaced', globalTable({}, { ...kept, UpdateReplacePolicy: 'Delete' }), ['DataRemoval[UpdateReplacePolicy] at T']],
  ['DataRemoval', 'deleted, but the service refuses', table({ DeletionProtectionEnabled: true }, deleted), []],
  ['DataRemoval', 'a pool, a key', { ...resource('AWS::Cognito::UserPool', {}, deleted), K: { Type: 'AWS::KMS::Key', ...deleted } },
    ['DataRemoval[DeletionPolicy] at K', 'DataRemoval[DeletionPolicy] at R', 'DataRemoval[UpdateReplacePolicy] at K', 'DataRemoval[UpdateReplacePolicy] at R']],
  ['DataRemoval', 'a bucket that is emptied', resource('Custom::S3AutoDeleteObjects', { BucketName: 'b' }), ['DataRemoval at R']],
  ['DataRemoval', 'deleted under a condition', table({}, { ...kept, DeletionPolicy: { 'Fn::If': ['Maybe', 'Retain', 'Delete'] } }), ['DataRemoval[DeletionPolicy] at T']],
  ['DataRemoval', 'a parameter', table({}, { ...kept, DeletionPolicy: PARAMETER }), ['DataRemoval[undecided DeletionPolicy] at T']],

  ['RemovalPolicy', 'kept', table({}, kept), []],
  ['RemovalPolicy', 'nothing said', table({}), ['RemovalPolicy[DeletionPolicy] at T', 'RemovalPolicy[UpdateReplacePolicy] at T']],
  ['RemovalPolicy', 'nothing said, but the service refuses', table({ DeletionProtectionEnabled: true }), ['RemovalPolicy[DeletionPolicy] at T', 'RemovalPolicy[UpdateReplacePolicy] at T']],
  ['RemovalPolicy', 'all replicas refuse', replicas({ DeletionProtectionEnabled: true }, { DeletionProtectionEnabled: true }), ['RemovalPolicy[DeletionPolicy] at T', 'RemovalPolicy[UpdateReplacePolicy] at T']],
  ['RemovalPolicy', 'deleted, but the service refuses', table({ DeletionProtectionEnabled: true }, deleted), ['RemovalPolicy[DeletionPolicy] at T', 'RemovalPolicy[UpdateReplacePolicy] at T']],
  ['RemovalPolicy', 'a pool that is protected', resource('AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' }), ['RemovalPolicy[DeletionPolicy] at R', 'RemovalPolicy[UpdateReplacePolicy] at R']],
  ['RemovalPolicy', 'a snapshot by default', resource('AWS::RDS::DBInstance'), []],
  ['RemovalPolicy', 'logs', resource('AWS::Logs::LogGroup', {}, deleted), ['RemovalPolicy[DeletionPolicy] at R', 'RemovalPolicy[UpdateReplacePolicy] at R']],
  ['RemovalPolicy', 'a bucket that is replaced', resource('AWS::S3::Bucket', {}, { DeletionPolicy: 'Retain' }), ['RemovalPolicy[UpdateReplacePolicy] at R']],
  ['RemovalPolicy', 'a parameter', resource('AWS::S3::Bucket', {}, { ...kept, DeletionPolicy: PARAMETER }), ['RemovalPolicy[undecided DeletionPolicy] at R']],

  ['StoreEncryption', 'encrypted', resource('AWS::DAX::Cluster', { SSESpecification: { SSEEnabled: true }, ClusterEndpointEncryptionType: 'TLS' }), []],
  ['StoreEncryption', 'neither at rest nor on the way', resource('AWS::DAX::Cluster', {}), ['StoreEncryption[ClusterEndpointEncryptionType] at R', 'StoreEncryption[SSEEnabled] at R']],
  ['StoreEncryption', 'a file system', resource('AWS::EFS::FileSystem', { Encrypted: 'false' }), ['StoreEncryption[Encrypted] at R']],
  ['StoreEncryption', 'a cluster with a name of its own', resource('AWS::RDS::DBCluster', { DBClusterIdentifier: 'orders' }), ['StoreEncryption[StorageEncrypted] at R']],
  ['StoreEncryption', 'a cluster from a snapshot', resource('AWS::RDS::DBCluster', { SnapshotIdentifier: 'orders' }), []],
  ['StoreEncryption', 'an instance of a cluster', resource('AWS::RDS::DBInstance', { DBClusterIdentifier: 'c' }), []],
  ['StoreEncryption', 'a parameter', resource('AWS::RDS::DBInstance', { StorageEncrypted: PARAMETER }), ['StoreEncryption[undecided StorageEncrypted] at R']],

  ['StorePublicAccess', 'private', resource('AWS::RDS::DBInstance', { PubliclyAccessible: false }), []],
  ['StorePublicAccess', 'public', resource('AWS::RDS::DBInstance', { PubliclyAccessible: 'true' }), ['StorePublicAccess at R']],
  ['StorePublicAccess', 'a parameter', resource('AWS::RDS::DBInstance', { PubliclyAccessible: PARAMETER }), ['StorePublicAccess[undecided] at R']],

  ['BackupVaultLock', 'locked', resource(VAULT, { LockConfiguration: { MinRetentionDays: 35 } }), []],
  ['BackupVaultLock', 'not locked', resource(VAULT), ['BackupVaultLock at R']],
  ['BackupVaultLock', 'a parameter', resource(VAULT, { LockConfiguration: { MinRetentionDays: PARAMETER } }), ['BackupVaultLock[undecided] at R']],

  ['KeyRotation', 'rotated', key({ EnableKeyRotation: true }), []],
  ['KeyRotation', 'not rotated', key({}), ['KeyRotation at K']],
  ['KeyRotation', 'a key for signatures', key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }), []],
  ['KeyRotation', 'material of one\'s own', key({ Origin: 'EXTERNAL' }), []],
  ['KeyRotation', 'a symmetric key, as told', key({ KeySpec: 'SYMMETRIC_DEFAULT', EnableKeyRotation: 'false' }), ['KeyRotation at K']],
  ['KeyRotation', 'a parameter', key({ EnableKeyRotation: PARAMETER }), ['KeyRotation[undecided] at K']],
  ['KeyRotation', 'a kind that is known at deployment', key({ KeySpec: PARAMETER }), ['KeyRotation[undecided] at K']],

  ['KeyEnabled', 'nothing said', key({}), []],
  ['KeyEnabled', 'off', key({ Enabled: 'False' }), ['KeyEnabled at K']],
  ['KeyEnabled', 'a parameter', key({ Enabled: PARAMETER }), ['KeyEnabled[undecided] at K']],

  ['KeyWaitingPeriod', 'nothing said', key({}), []],
  ['KeyWaitingPeriod', 'two weeks', key({ PendingWindowInDays: '14' }), []],
  ['KeyWaitingPeriod', 'one week', key({ PendingWindowInDays: 7 }), ['KeyWaitingPeriod at K']],
  ['KeyWaitingPeriod', 'a parameter', key({ PendingWindowInDays: PARAMETER }), ['KeyWaitingPeriod[undecided] at K']],

  ['KeyRegions', 'one region', key({}), []],
  ['KeyRegions', 'several regions', key({ MultiRegion: true }), ['KeyRegions at K']],
  ['KeyRegions', 'a parameter', key({ MultiRegion: PARAMETER }), ['KeyRegions[undecided] at K']],

  ['StoreKeyBypassed', 'a reader with this key', { ...withKey(), ...role([READ, { ...DECRYPT, Resource: { 'Fn::GetAtt': ['K', 'Arn'] } }]) }, []],
  ['StoreKeyBypassed', 'a reader with every key', { ...withKey(), ...role([READ, DECRYPT]) }, ['StoreKeyBypassed[Shop/Reader] at T']],
  ['StoreKeyBypassed', 'a reader with everything of every key', { ...withKey(), ...role([READ, { ...DECRYPT, Action: 'KMS:*', Resource: 'arn:aws:kms:eu-west-1:111122223333:key/*' }]) },
    ['StoreKeyBypassed[Shop/Reader] at T']],
  ['StoreKeyBypassed', 'a reader that administers the account', { ...withKey(), ...role([READ], { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) }, ['StoreKeyBypassed[Shop/Reader] at T']],
  ['StoreKeyBypassed', 'every key, through one service', { ...withKey(), ...role([READ, { ...DECRYPT, Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' } } }]) }, []],
  ['StoreKeyBypassed', 'every key, by somebody who reads something else', { ...withKey(), ...role([DECRYPT]) }, []],
  ['StoreKeyBypassed', 'a key for everybody', withKey({ Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' } }), ['StoreKeyBypassed[KeyPolicy] at T']],
  ['StoreKeyBypassed', 'a key of the account', withKey({ Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' } }), []],
  ['StoreKeyBypassed', 'a bucket, through an alias', {
    B: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: { Ref: 'A' } } }] } } },
    A: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { Ref: 'K' } } },
    ...KEY,
    ...role([{ Effect: 'Allow', Action: 's3:GetObject', Resource: { 'Fn::Sub': '${B.Arn}/*' } }, DECRYPT]),
  }, ['StoreKeyBypassed[Shop/Reader] at B']],
];

/** Whoever may decrypt is joined to whoever reads: what is not known is no reader. */
const NEVER_OPEN = ['StoreKeyBypassed'];

describe('The rules for data', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, OPEN)).toEqual(expected);
  });

  test.each([...new Set(CASES.map(([rule]) => rule))].map((id) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: !NEVER_OPEN.includes(id) });
  });

  test.each(['DataRemoval', 'RemovalPolicy', 'TableDeletionProtection'])('%s is silent where the profile lets data go', (rule) => {
    expect(findings(rule, table({}, deleted), SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('malformed values are no crash', () => {
    for (const value of [1, 'x', [], {}, [null], [[1]]]) {
      expect(judged('TableRecovery', globalTable({ Replicas: value }))).toBe(1);
      expect(judged('DataRemoval', table(value, { DeletionPolicy: value }))).toBe(2);
      expect(judged('StoreEncryption', resource('AWS::DAX::Cluster', { SSESpecification: value }))).toBe(2);
    }
  });
});
