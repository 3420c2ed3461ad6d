import { Token } from 'aws-cdk-lib';
import { CfnDBCluster as CfnDocumentCluster, CfnDBClusterParameterGroup } from 'aws-cdk-lib/aws-docdb';
import { CfnDBCluster as CfnGraphCluster } from 'aws-cdk-lib/aws-neptune';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { AUDIT_LOGS, DOCUMENT_AUDIT, DOCUMENT_AUDIT_EVENTS, DOCUMENT_CLUSTER, ENGINE_LOGS, GRAPH_CLUSTER, RDS_CLUSTER, RDS_INSTANCE } from './cluster-baseline';
import { isFirstServerless, isOfCluster } from './cluster-kinds';
import { DATABASE_LOGS } from './cluster-rules';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';

const AREA = { area: HardeningArea.DATABASES, rule: DATABASE_LOGS.id } as const;

/** Nothing but what the engine writes anyway, and its audit log: the logs of all statements and of slow ones are for the author to open. */
const logs = (type: string) => valueStep<Exporting>({
  ...AREA,
  type,
  property: 'EnableCloudwatchLogsExports',
  when: (database) => !isOfCluster(database) && !isFirstServerless(database),
  read: ({ enableCloudwatchLogsExports }) => enableCloudwatchLogsExports,
  secure: (database) => logsOf(database),
  safe: (exported: readonly unknown[], database) => holdsAll(exported, logsOf(database) ?? []),
  write: (database, names) => { database.enableCloudwatchLogsExports = names; },
  attention: (database) => LOG_NOTES[logsOf(database)?.[0] ?? ''],
});

type Exporting = CfnDBCluster | CfnDocumentCluster | CfnDBInstance;

function logsOf(database: Exporting): string[] | undefined {
  const known = database.cfnResourceType === DOCUMENT_CLUSTER ? AUDIT_LOGS : ENGINE_LOGS[String((database as CfnDBCluster).engine)];
  return known === undefined ? undefined : [...known];
}

function holdsAll(exported: readonly unknown[], needed: readonly string[]): boolean | undefined {
  if (needed.every((log) => exported.includes(log))) return true;
  return exported.some(isIntrinsic) ? undefined : false;
}

const GROUPS = 'They go to log groups that the service makes, below /aws/rds or /aws/docdb, and that keep them for ever: set their retention '
  + '(cloudwatchLogsRetention). CloudWatch Logs charges by the amount.';

/** By the first log of an engine. */
const LOG_NOTES: { readonly [log: string]: string } = {
  audit: `The audit log stays empty until the parameter group switches it on, and holds statements where it says so. ${GROUPS}`,
  error: GROUPS,
  postgresql: `Statements that failed stand in the log with the values in them. ${GROUPS}`,
};

const LOGS_BY_HAND = proposalStep<CfnDBInstance>({
  ...AREA,
  type: RDS_INSTANCE,
  property: 'EnableCloudwatchLogsExports',
  when: (instance, site) => !isOfCluster(instance) && typeof instance.engine === 'string' && !Token.isUnresolved(instance.engine)
    && logsOf(instance) === undefined && site.resolve(instance, instance.enableCloudwatchLogsExports) === undefined,
  after: 'the logs of errors and of sign-ins',
  advice: 'Name the logs of the engine in cloudwatchLogsExports, with cloudwatchLogsRetention: which there are depends on the engine and its edition.',
});

const GRAPH_LOGS = proposalStep<CfnGraphCluster>({
  ...AREA,
  type: GRAPH_CLUSTER,
  property: 'EnableCloudwatchLogsExports',
  when: (cluster, site) => site.resolve(cluster, cluster.enableCloudwatchLogsExports) === undefined,
  after: 'audit',
  advice: 'Set neptune_enable_audit_log in the parameter group of the cluster and export the log audit, which holds the queries. Regions in China take no logs.',
});

const DOCUMENT_LOG = proposalStep<CfnDocumentCluster>({
  ...AREA,
  type: DOCUMENT_CLUSTER,
  property: 'DBClusterParameterGroupName',
  when: (cluster, site) => audits(cluster, site) === false,
  after: `a group with ${DOCUMENT_AUDIT.parameter} enabled`,
  advice: `Give the cluster a ClusterParameterGroup with ${DOCUMENT_AUDIT.parameter}: "enabled", and restart its instances: until then nobody sees who signed in.`,
});

/** Undefined for a parameter group of which the app does not hold the parameters. */
function audits(cluster: CfnDocumentCluster, site: HardeningSite): boolean | undefined {
  const { parameter, on } = DOCUMENT_AUDIT;
  const name = cluster.dbClusterParameterGroupName;
  if (name === undefined || !Token.isUnresolved(name) && name.startsWith('default.')) return false;
  const group = site.target(cluster, name);
  if (!CfnDBClusterParameterGroup.isCfnDBClusterParameterGroup(group)) return undefined;
  const value = (site.resolve(group, group.parameters) as { readonly [name: string]: unknown } | undefined)?.[parameter];
  return isIntrinsic(value) ? undefined : on.test(String(value));
}

const DOCUMENT_FINDINGS = DOCUMENT_AUDIT_EVENTS.map((event) => findingStep<CfnDocumentCluster>({
  ...AREA,
  type: DOCUMENT_CLUSTER,
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: `DOC5[LogExport::${event}]`,
  when: (cluster, site) => audits(cluster, site) === true && exportsAudit(site.resolve(cluster, cluster.enableCloudwatchLogsExports)),
  reason: `DocumentDB has no log ${event}: it is an event of the audit log, which the cluster writes and exports.`,
}));

function exportsAudit(exported: unknown): boolean {
  return Array.isArray(exported) && holdsAll(exported, AUDIT_LOGS) === true;
}

/** What hardening does about the logs of databases. */
export const CLUSTER_LOG_HARDENING: readonly HardeningStep[] = [
  ...[RDS_CLUSTER, RDS_INSTANCE, DOCUMENT_CLUSTER].map(logs), LOGS_BY_HAND, GRAPH_LOGS, DOCUMENT_LOG, ...DOCUMENT_FINDINGS,
];
