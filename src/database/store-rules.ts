import { RDS_INSTANCE } from './cluster/cluster-baseline';
import { ENCRYPTION_SWITCHES, INHERITING_PROPERTIES } from './store-baseline';
import { Resource } from '../model/resources/resource';
import { expectProperty, notApplicable, Rule, Severity } from '../model/rule';
import { isTrue, textOf } from '../model/values/values';

const VAULT = 'AWS::Backup::BackupVault';

export const STORE_ENCRYPTION: Rule = {
  id: 'StoreEncryption',
  severity: Severity.MEDIUM,
  appliesTo: Object.keys(ENCRYPTION_SWITCHES),
  title: 'A data store is not encrypted',
  why: 'Unlike tables and buckets these stores are encrypted only if the template says so, and most of them cannot be encrypted later: disks, '
    + 'snapshots and traffic can be read.',
  fix: 'Switch on encryption at rest, and TLS where it is a switch of its own: StorageEncrypted, Encrypted, SSESpecification, EncryptionAtRestOptions, '
    + 'TransitEncryptionEnabled, EnforceHTTPS.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: [
    'FSBP DynamoDB.3', 'FSBP DynamoDB.7', 'FSBP RDS.3', 'FSBP DocumentDB.1', 'FSBP Neptune.1', 'CT.DAX.PR.1', 'CT.DAX.PR.3', 'CT.NEPTUNE.PR.3',
    'cdk-nag AwsSolutions-DDB4', 'cdk-nag AwsSolutions-DOC1', 'cdk-nag AwsSolutions-N4', 'cdk-nag AwsSolutions-OS2', 'cdk-nag AwsSolutions-OS8', 'cdk-nag AwsSolutions-RDS2', 'CKV_AWS_16', 'CKV_AWS_44', 'CKV_AWS_47',
    'CKV_AWS_74', 'CKV_AWS_96',
  ],
  findingForm: 'name of the switch',
  check: (store) => {
    if (inherits(store)) return notApplicable();
    return Object.entries(ENCRYPTION_SWITCHES[store.type] ?? {}).map(([path, safe]) => (
      expectProperty(store, path, (value) => (safe === true ? isTrue(value) : textOf(value) === safe), path.split('.').pop())));
  },
};

/** The name that a cluster of databases gives itself is none of another store. */
function inherits(store: Resource): boolean {
  const properties = store.type === RDS_INSTANCE ? ['DBClusterIdentifier', ...INHERITING_PROPERTIES] : INHERITING_PROPERTIES;
  return properties.some((property) => store.property(property) !== undefined);
}

export const STORE_PUBLIC_ACCESS: Rule = {
  id: 'StorePublicAccess',
  severity: Severity.MEDIUM,
  appliesTo: ['AWS::RDS::DBInstance', 'AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Workgroup', 'AWS::DMS::ReplicationInstance'],
  title: 'A data store has an address on the Internet',
  why: 'Everybody can knock: leaked passwords, weak ones and flaws of the engine can be tried from anywhere, and a security group is all that is left.',
  fix: 'Set PubliclyAccessible to false, and put the store into private subnets that functions reach through their network.',
  risks: ['attack-surface', 'data-exposure', 'single-layer'],
  frameworks: ['FSBP RDS.2', 'FSBP Redshift.1', 'CKV_AWS_17', 'OWASP Serverless S6'],
  check: (store) => expectProperty(store, 'PubliclyAccessible', (value) => !isTrue(value)),
};

export const BACKUP_VAULT_LOCK: Rule = {
  id: 'BackupVaultLock',
  severity: Severity.LOW,
  appliesTo: [VAULT],
  title: 'Whoever takes over the account can delete the backups as well',
  why: 'Ransom works only where there is no copy: the first thing that is deleted are the backups.',
  fix: 'Give the vault a LockConfiguration with MinRetentionDays (lockConfiguration of BackupVault). The vault of SecureTable has one.',
  risks: ['single-layer', 'misconfiguration'],
  frameworks: ['OWASP Serverless S6'],
  check: (vault) => expectProperty(vault, 'LockConfiguration.MinRetentionDays', (days) => days !== undefined),
};

export const STORE_RULES: readonly Rule[] = [BACKUP_VAULT_LOCK, STORE_ENCRYPTION, STORE_PUBLIC_ACCESS];
