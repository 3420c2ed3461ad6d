import {
  AUDIT_LOGS, BACKUP_DAYS_LEAST, DOCUMENT_AUDIT, DOCUMENT_CLUSTER, ENGINE_LOGS, GRAPH_CLUSTER, IAM_ENGINES, RDS_CLUSTER, RDS_INSTANCE,
  REPLICA_SOURCES,
} from './cluster-baseline';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { alternatives, isTrue, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';
import { ERROR_LOG, OLD_DEFAULT_VERSION, OLD_SEARCH_DOMAIN, OLD_VERSION, SEARCH_DOMAIN, SLOW_LOGS } from '../search/search-baseline';

const DATABASES = [DOCUMENT_CLUSTER, GRAPH_CLUSTER, RDS_CLUSTER, RDS_INSTANCE];
const SEARCH_DOMAINS = [OLD_SEARCH_DOMAIN, SEARCH_DOMAIN];

export const DATABASE_DELETION_PROTECTION: Rule = {
  id: 'DatabaseDeletionProtection',
  severity: Severity.MEDIUM,
  control: 'retainData',
  appliesTo: DATABASES,
  title: 'One call deletes a database with all that it holds',
  why: 'A script that runs in the wrong account, or somebody with the right to delete databases, needs a single request, and can ask for no last snapshot. '
    + 'A DeletionPolicy does not help: it only binds CloudFormation.',
  fix: 'Set DeletionProtection (deletionProtection: true). Keep the database with removalPolicy RETAIN too: a stack cannot delete one that is protected.',
  risks: ['misconfiguration', 'single-layer'],
  frameworks: ['FSBP RDS.7', 'FSBP RDS.8', 'FSBP DocumentDB.5', 'FSBP Neptune.4', 'CT.NEPTUNE.PR.2', 'CT.RDS.PR.3', 'cdk-nag AwsSolutions-RDS10'],
  check: (database) => (isOfCluster(database) ? notApplicable() : expectProperty(database, 'DeletionProtection', isTrue)),
};

export const DATABASE_BACKUP_DAYS: Rule = {
  id: 'DatabaseBackupDays',
  severity: Severity.LOW,
  control: 'retainData',
  appliesTo: DATABASES,
  title: `A database can be brought back to less than the last ${BACKUP_DAYS_LEAST} days`,
  why: 'Without a word backups last for one day: what a faulty deployment, or somebody with the right to write, changed on a Friday cannot be undone on Monday.',
  fix: `Set BackupRetentionPeriod to ${BACKUP_DAYS_LEAST} or more (backup: { retention }, backupRetention).`,
  risks: ['misconfiguration', 'single-layer'],
  frameworks: [
    'FSBP RDS.11', 'FSBP DocumentDB.2', 'FSBP Neptune.5', 'CT.NEPTUNE.PR.5', 'cdk-nag AwsSolutions-RDS13', 'cdk-nag AwsSolutions-DOC4', 'cdk-nag AwsSolutions-N3',
    'CKV_AWS_360', 'CKV_AWS_361',
  ],
  check: (database) => {
    if (isOfCluster(database) || isReplica(database)) return notApplicable();
    return expectProperty(database, 'BackupRetentionPeriod', (days) => (numberOf(days) ?? 1) >= BACKUP_DAYS_LEAST);
  },
};

export const DATABASE_IAM_AUTHENTICATION: Rule = {
  id: 'DatabaseIamAuthentication',
  severity: Severity.LOW,
  appliesTo: [GRAPH_CLUSTER, RDS_CLUSTER, RDS_INSTANCE],
  title: 'A database lets nobody in by IAM, only by password',
  why: 'A password works for whoever has it, from anywhere, until somebody changes it. A token of IAM lasts for 15 minutes and is given by a role alone.',
  fix: 'Set EnableIAMDatabaseAuthentication, for Neptune IamAuthEnabled (iamAuthentication: true), and let functions sign in by grantConnect. Those with a '
    + 'password keep it; Neptune then takes signed requests alone.',
  risks: ['broken-authentication'],
  frameworks: [
    'FSBP RDS.10', 'FSBP RDS.12', 'FSBP Neptune.7', 'CT.NEPTUNE.PR.1', 'CT.RDS.PR.4', 'cdk-nag AwsSolutions-RDS6', 'cdk-nag AwsSolutions-N5', 'CKV_AWS_161', 'CKV_AWS_162',
  ],
  check: (database) => {
    if (database.type === GRAPH_CLUSTER) return expectProperty(database, 'IamAuthEnabled', isTrue);
    if (isOfCluster(database) || isFirstServerless(database)) return notApplicable();
    const engines = enginesOf(database).filter((engine) => engine === undefined || IAM_ENGINES[database.type]?.includes(engine));
    if (engines.length === 0) return notApplicable();
    const outcome = expectProperty(database, 'EnableIAMDatabaseAuthentication', isTrue);
    return outcome.kind === 'fail' && engines.every((engine) => engine === undefined) ? unresolved(outcome.location) : outcome;
  },
};

export const DATABASE_LOGS: Rule = {
  id: 'DatabaseLogs',
  severity: Severity.LOW,
  appliesTo: [...DATABASES, ...SEARCH_DOMAINS],
  title: 'A database keeps its logs to itself',
  why: 'Sign-ins that failed and errors that injected statements cause stand in logs that lie on the database for days only: nobody is told, and nobody can '
    + 'look it up afterwards.',
  fix: 'Name the logs in EnableCloudwatchLogsExports (cloudwatchLogsExports, for DocumentDB exportAuditLogsToCloudWatch), with a retention: error, postgresql '
    + 'and audit. DocumentDB writes the audit log only with audit_logs in its parameter group. A search domain has LogPublishingOptions (logging) for its errors and '
    + 'slow requests.',
  risks: ['unseen-attack'],
  frameworks: [
    'FSBP RDS.9', 'FSBP RDS.34', 'FSBP DocumentDB.4', 'FSBP ES.4', 'FSBP Neptune.2', 'FSBP Opensearch.4', 'CT.NEPTUNE.PR.4', 'CT.OPENSEARCH.PR.4', 'CT.RDS.PR.25',
    'cdk-nag AwsSolutions-RDS16', 'cdk-nag AwsSolutions-DOC5', 'cdk-nag AwsSolutions-OS9', 'CKV_AWS_84', 'CKV_AWS_85', 'CKV_AWS_101', 'CKV_AWS_104',
  ],
  findingForm: 'name of the log, or of the parameter that writes it',
  check: (database, app) => {
    if (SEARCH_DOMAINS.includes(database.type)) return judgePublishing(database);
    if (isOfCluster(database) || isFirstServerless(database)) return notApplicable();
    return [...judgeLogs(database), ...database.type === DOCUMENT_CLUSTER ? [judgeAudit(database, app)] : []];
  },
};

export const DATABASE_SNAPSHOT_TAGS: Rule = {
  id: 'DatabaseSnapshotTags',
  severity: Severity.INFO,
  appliesTo: [GRAPH_CLUSTER, RDS_CLUSTER, RDS_INSTANCE],
  title: 'Snapshots of a database lose its tags',
  why: 'Who owns a copy, what it holds and who may restore it is said by tags: a snapshot without them is open to whom the database is not.',
  fix: 'Set CopyTagsToSnapshot (copyTagsToSnapshot: true).',
  risks: ['misconfiguration'],
  frameworks: ['FSBP RDS.16', 'FSBP RDS.17', 'FSBP Neptune.8', 'CT.RDS.PR.9'],
  check: (database) => (isOfCluster(database) || isFirstServerless(database) ? notApplicable() : expectProperty(database, 'CopyTagsToSnapshot', isTrue)),
};

export const DATABASE_MINOR_UPGRADES: Rule = {
  id: 'DatabaseMinorUpgrades',
  severity: Severity.LOW,
  appliesTo: [RDS_CLUSTER, RDS_INSTANCE],
  title: 'A database does not get the fixes of its engine',
  why: 'Minor versions mend weaknesses that are published with them. RDS installs them in the maintenance window, unless it is told not to.',
  fix: 'Take AutoMinorVersionUpgrade: false out (autoMinorVersionUpgrade).',
  risks: ['misconfiguration'],
  frameworks: ['FSBP RDS.13', 'FSBP RDS.35', 'CT.RDS.PR.5'],
  check: (database) => expectProperty(database, 'AutoMinorVersionUpgrade', (value) => value === undefined || isTrue(value)),
};

export const DATABASE_PROXY_TLS: Rule = {
  id: 'DatabaseProxyTls',
  severity: Severity.MEDIUM,
  appliesTo: ['AWS::RDS::DBProxy'],
  title: 'A proxy in front of a database takes connections without TLS',
  why: 'Passwords, statements and what they return can be read and changed by whoever is on the way.',
  fix: 'Set RequireTLS (requireTLS: true, the default of CDK), once all clients connect with TLS.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['FSBP RDS.43', 'CT.RDS.PR.26'],
  check: (proxy) => expectProperty(proxy, 'RequireTLS', isTrue),
};

/** What an instance of a cluster says about deletion, backups, users and logs has no meaning: the cluster has them. */
function isOfCluster(database: Resource): boolean {
  return database.type === RDS_INSTANCE && database.property('DBClusterIdentifier') !== undefined;
}

/** An instance that follows its source keeps backups only where it is to become a source itself. A cluster with a source was restored from it. */
function isReplica(database: Resource): boolean {
  return database.type === RDS_INSTANCE && REPLICA_SOURCES.some((property) => database.property(property) !== undefined);
}

/** Aurora Serverless v1, which cannot be made any more, knows neither IAM nor a choice of logs. */
function isFirstServerless(database: Resource): boolean {
  return database.type === RDS_CLUSTER && database.alternatives('EngineMode').every((mode) => mode === 'serverless');
}

function judgePublishing(domain: Resource): readonly Outcome[] {
  const logs = isOldSearch(domain) ? SLOW_LOGS : [ERROR_LOG, ...SLOW_LOGS];
  return logs.map((log) => expectProperty(domain, `LogPublishingOptions.${log}.Enabled`, isTrue, log));
}

/** Whether a domain runs, or may run, a version without the log of errors. */
function isOldSearch(domain: Resource): boolean {
  const isOld = domain.type === OLD_SEARCH_DOMAIN;
  return domain.alternatives(isOld ? 'ElasticsearchVersion' : 'EngineVersion').some((version) => OLD_VERSION.test(textOf(version) ?? (isOld ? OLD_DEFAULT_VERSION : '')));
}

function judgeLogs(database: Resource): readonly Outcome[] {
  const location = 'Properties.EnableCloudwatchLogsExports';
  const exported = database.items('EnableCloudwatchLogsExports');
  const needed = neededLogs(database);
  if (needed === undefined) return exported.length > 0 ? [pass()] : [unresolved(location)];
  if (needed.length === 0) return [exported.length > 0 ? pass() : fail(location)];
  const open = exported.some(isUnresolved);
  return needed.map((log) => {
    if (exported.some((one) => textOf(one) === log)) return pass();
    return open ? unresolved(location, log) : fail(location, log);
  });
}

/** None by name for engines whose logs the baseline does not know; undefined where the engine is not known. */
function neededLogs(database: Resource): readonly string[] | undefined {
  if (database.type === DOCUMENT_CLUSTER || database.type === GRAPH_CLUSTER) return AUDIT_LOGS;
  const engines = enginesOf(database);
  if (engines.includes(undefined)) return undefined;
  return [...new Set(engines.flatMap((engine) => ENGINE_LOGS[engine ?? ''] ?? []))];
}

/** Undefined for an engine that only the deployment knows, or that is the one of a snapshot or a source. */
function enginesOf(database: Resource): readonly (string | undefined)[] {
  return database.alternatives('Engine').map((engine) => (isUnresolved(engine) ? undefined : textOf(engine)));
}

/** DocumentDB starts with a parameter group that audits nothing and cannot be changed. */
function judgeAudit(cluster: Resource, app: AppModel): Outcome {
  const { parameter, on } = DOCUMENT_AUDIT;
  const location = 'Properties.DBClusterParameterGroupName';
  const name = cluster.property('DBClusterParameterGroupName');
  const group = app.named(name, 'AWS::DocDB::DBClusterParameterGroup');
  if (group === undefined) return name === undefined || isDefault(name) ? fail(location, parameter) : unresolved(location, parameter);
  const values = alternatives(group.property(`Parameters.${parameter}`));
  if (values.some((value) => !isUnresolved(value) && !on.test(textOf(value) ?? ''))) return fail(location, parameter);
  return values.some(isUnresolved) ? unresolved(location, parameter) : pass();
}

function isDefault(name: Value): boolean {
  return textOf(name)?.startsWith('default.') === true;
}

export const CLUSTER_RULES: readonly Rule[] = [
  DATABASE_BACKUP_DAYS, DATABASE_DELETION_PROTECTION, DATABASE_IAM_AUTHENTICATION, DATABASE_LOGS, DATABASE_MINOR_UPGRADES, DATABASE_PROXY_TLS,
  DATABASE_SNAPSHOT_TAGS,
];
