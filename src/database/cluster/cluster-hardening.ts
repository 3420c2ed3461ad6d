import { CfnDeletionPolicy, CfnResource } from 'aws-cdk-lib';
import { CfnDBCluster as CfnDocumentCluster } from 'aws-cdk-lib/aws-docdb';
import { CfnDBCluster as CfnGraphCluster } from 'aws-cdk-lib/aws-neptune';
import { CfnDBCluster, CfnDBInstance, CfnDBProxy } from 'aws-cdk-lib/aws-rds';
import { BACKUP_DAYS_LEAST, DOCUMENT_CLUSTER, GRAPH_CLUSTER, RDS_CLUSTER, RDS_INSTANCE } from './cluster-baseline';
import { isCopy, isFirstServerless, isOfCluster, isReplica } from './cluster-kinds';
import { CLUSTER_LOG_HARDENING } from './cluster-log-hardening';
import { DATABASE_BACKUP_DAYS, DATABASE_DELETION_PROTECTION, DATABASE_MINOR_UPGRADES, DATABASE_PROXY_TLS, DATABASE_SNAPSHOT_TAGS } from './cluster-rules';
import { CLUSTER_USER_HARDENING } from './cluster-user-hardening';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { STORE_ENCRYPTION, STORE_PUBLIC_ACCESS } from '../store-rules';

const AREA = { area: HardeningArea.DATABASES } as const;
const INSTANCE = { ...AREA, type: RDS_INSTANCE } as const;
const PROXY = { ...AREA, type: 'AWS::RDS::DBProxy' } as const;

type Cluster = CfnDBCluster | CfnDocumentCluster | CfnGraphCluster;
type Database = Cluster | CfnDBInstance;

/**
 * A database that its stack may delete is left to it, with a snapshot or without: with the protection, the deletion of the stack would fail, and so
 * would the way back after a failed creation.
 *
 * | DeletionPolicy | DeletionProtection |
 * |---|---|
 * | Retain | is set |
 * | RetainExceptOnCreate | is proposed, for when the database is made |
 * | Snapshot, which is the default, and Delete | is proposed, with Retain |
 */
const deletion = (type: string): HardeningStep[] => [
  valueStep<Database>({
    ...AREA,
    type,
    rule: DATABASE_DELETION_PROTECTION.id,
    property: 'DeletionProtection',
    when: (database, site) => !isOfCluster(database) && (policyOf(database) === CfnDeletionPolicy.RETAIN || saysWhether(database, site)),
    read: ({ deletionProtection }) => deletionProtection,
    secure: (database, site) => (site.controls(database).retainData ? true : undefined),
    write: (database, secure) => { database.deletionProtection = secure; },
    attention: 'Nobody can delete the database before this is switched off: scripts that do so fail.',
  }),
  proposalStep<Database>({
    ...AREA,
    type,
    rule: DATABASE_DELETION_PROTECTION.id,
    property: 'DeletionProtection',
    when: (database, site) => isOpenToDeletion(database, site) && policyOf(database) !== CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE,
    after: 'true',
    advice: 'The stack deletes the database, and leaves a snapshot at most: set removalPolicy to RETAIN and deletionProtection to true, if the database is to '
      + 'outlive the stack.',
  }),
  proposalStep<Database>({
    ...AREA,
    type,
    rule: DATABASE_DELETION_PROTECTION.id,
    property: 'DeletionProtection',
    when: (database, site) => isOpenToDeletion(database, site) && policyOf(database) === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE,
    after: 'true',
    advice: 'The database outlives the stack, but anybody with the right can delete it: set deletionProtection to true once it is made. Before, a creation that '
      + 'fails could not be undone.',
  }),
];

function policyOf({ cfnOptions }: CfnResource): CfnDeletionPolicy | undefined {
  return cfnOptions.deletionPolicy;
}

function isOpenToDeletion(database: Database, site: HardeningSite): boolean {
  return site.controls(database).retainData && !isOfCluster(database) && policyOf(database) !== CfnDeletionPolicy.RETAIN
    && !saysWhether(database, site);
}

function saysWhether(database: Database, site: HardeningSite): boolean {
  return database.deletionProtection !== undefined || site.overrideOf(database, 'DeletionProtection') !== undefined;
}

const clusterBackups = (type: string) => valueStep<Cluster>({
  ...AREA,
  type,
  rule: DATABASE_BACKUP_DAYS.id,
  property: 'BackupRetentionPeriod',
  when: (cluster) => !isFirstServerless(cluster),
  read: ({ backupRetentionPeriod }) => backupRetentionPeriod,
  secure: (cluster, site) => (site.controls(cluster).retainData ? BACKUP_DAYS_LEAST : undefined),
  safe: (days: number) => days >= BACKUP_DAYS_LEAST,
  write: (cluster, days) => { cluster.backupRetentionPeriod = days; },
  attention: 'The first day is free. Of the others what exceeds the size of the database is billed, by the amount that changes.',
});

/** Instances, and clusters of Neptune, may stand still while it changes: CloudFormation says so of any change. */
const backupsByHand = (type: string) => proposalStep<CfnDBInstance | CfnGraphCluster>({
  ...AREA,
  type,
  rule: DATABASE_BACKUP_DAYS.id,
  property: 'BackupRetentionPeriod',
  when: (database, site) => {
    if (!site.controls(database).retainData || isOfCluster(database) || isReplica(database)) return false;
    const days = backupDaysOf(database, site);
    return days === undefined || typeof days === 'number' && days < BACKUP_DAYS_LEAST;
  },
  chosen: (database, site) => backupDaysOf(database, site) !== undefined,
  read: backupDaysOf,
  after: `${BACKUP_DAYS_LEAST}`,
  advice: `Set backupRetention to ${BACKUP_DAYS_LEAST} days or more. Where backups were switched off, the database restarts.`,
});

function backupDaysOf(database: CfnDBInstance | CfnGraphCluster, site: HardeningSite): unknown {
  return site.overrideOf(database, 'BackupRetentionPeriod') ?? site.resolve(database, database.backupRetentionPeriod);
}

const tags = (type: string) => valueStep<CfnDBCluster | CfnDBInstance | CfnGraphCluster>({
  ...AREA,
  type,
  rule: DATABASE_SNAPSHOT_TAGS.id,
  property: 'CopyTagsToSnapshot',
  when: (database) => !isOfCluster(database) && !isFirstServerless(database),
  read: ({ copyTagsToSnapshot }) => copyTagsToSnapshot,
  secure: () => true,
  write: (database, secure) => { database.copyTagsToSnapshot = secure; },
});

const upgrades = (type: string) => proposalStep<CfnDBCluster | CfnDBInstance>({
  ...AREA,
  type,
  rule: DATABASE_MINOR_UPGRADES.id,
  property: 'AutoMinorVersionUpgrade',
  when: (database, site) => (site.overrideOf(database, 'AutoMinorVersionUpgrade') ?? site.resolve(database, database.autoMinorVersionUpgrade)) === false,
  chosen: () => true,
  read: () => false,
  after: 'true',
  advice: 'Take autoMinorVersionUpgrade: false out: RDS then installs fixes in the maintenance window, with an interruption.',
});

/** A database that is encrypted is another one: it is made anew, and empty. A copy of a snapshot can be encrypted. */
const encryption = (type: string) => valueStep<Database>({
  ...AREA,
  type,
  rule: STORE_ENCRYPTION.id,
  property: 'StorageEncrypted',
  when: (database) => !isOfCluster(database) && !isCopy(database),
  read: ({ storageEncrypted }) => storageEncrypted,
  secure: () => true,
  write: (database, secure) => { database.storageEncrypted = secure; },
  unsafe: (encrypted: boolean) => !encrypted,
});

/** What is not said is decided by the subnets. */
const PUBLIC_ACCESS = valueStep<CfnDBInstance>({
  ...INSTANCE,
  rule: STORE_PUBLIC_ACCESS.id,
  property: 'PubliclyAccessible',
  when: ({ publiclyAccessible }) => publiclyAccessible !== undefined,
  read: ({ publiclyAccessible }) => publiclyAccessible,
  secure: () => false,
  write: (instance, secure) => { instance.publiclyAccessible = secure; },
  unsafe: (isPublic: boolean) => isPublic,
  attention: 'Clients outside of the network no longer reach the database.',
});

const PROXY_TLS = [
  valueStep<CfnDBProxy>({
    ...PROXY,
    rule: DATABASE_PROXY_TLS.id,
    property: 'RequireTLS',
    when: ({ requireTls }) => requireTls !== undefined,
    read: ({ requireTls }) => requireTls,
    secure: () => true,
    write: (proxy, secure) => { proxy.requireTls = secure; },
    unsafe: (required: boolean) => !required,
    attention: 'Clients without TLS no longer reach the database.',
  }),
  proposalStep<CfnDBProxy>({
    ...PROXY,
    rule: DATABASE_PROXY_TLS.id,
    property: 'RequireTLS',
    when: (proxy, site) => proxy.requireTls === undefined && site.overrideOf(proxy, 'RequireTLS') === undefined,
    after: 'true',
    advice: 'Set RequireTLS to true, once all clients connect with TLS: those without are refused.',
  }),
];

/** What hardening does to databases on servers: nothing that replaces or restarts one, or locks anybody out. */
export const CLUSTER_HARDENING: readonly HardeningStep[] = [
  ...[RDS_CLUSTER, RDS_INSTANCE, DOCUMENT_CLUSTER, GRAPH_CLUSTER].flatMap((type) => [...deletion(type), encryption(type)]),
  ...[RDS_CLUSTER, DOCUMENT_CLUSTER].map(clusterBackups),
  ...[RDS_INSTANCE, GRAPH_CLUSTER].map(backupsByHand),
  ...CLUSTER_LOG_HARDENING,
  ...[RDS_CLUSTER, RDS_INSTANCE, GRAPH_CLUSTER].map(tags),
  ...[RDS_CLUSTER, RDS_INSTANCE].map(upgrades),
  ...CLUSTER_USER_HARDENING, PUBLIC_ACCESS, ...PROXY_TLS,
];
