import { CfnResource } from 'aws-cdk-lib';
import { CfnDBCluster, CfnDBInstance } from 'aws-cdk-lib/aws-rds';

/** An instance of a cluster has no say in deletion, backups, users and logs: the cluster has. */
export function isOfCluster(database: CfnResource): boolean {
  return CfnDBInstance.isCfnDBInstance(database) && database.dbClusterIdentifier !== undefined;
}

/** Aurora Serverless v1, which AWS took out of service, knows neither IAM nor a choice of logs. */
export function isFirstServerless(database: CfnResource): boolean {
  return CfnDBCluster.isCfnDBCluster(database) && database.engineMode === 'serverless';
}

/** What makes a database follow another one: a source, or a global cluster. */
const SOURCES: readonly string[] = ['globalClusterIdentifier', 'replicationSourceIdentifier', 'sourceDbClusterIdentifier', 'sourceDbInstanceIdentifier'];

const SNAPSHOTS: readonly string[] = ['dbSnapshotIdentifier', 'snapshotIdentifier'];

/** Whether a database follows another one, and with it in what it knows. */
export function followsAnother(database: CfnResource): boolean {
  return SOURCES.some((property) => Reflect.get(database, property) !== undefined);
}

/** Whether a database is made of another one or of a snapshot, from which it has its encryption. */
export function isCopy(database: CfnResource): boolean {
  return followsAnother(database) || SNAPSHOTS.some((property) => Reflect.get(database, property) !== undefined);
}

/** An instance that follows a source keeps backups only where it is to become a source itself. */
export function isReplica(database: CfnResource): boolean {
  if (!CfnDBInstance.isCfnDBInstance(database)) return false;
  return database.sourceDbInstanceIdentifier !== undefined || database.sourceDbClusterIdentifier !== undefined;
}
