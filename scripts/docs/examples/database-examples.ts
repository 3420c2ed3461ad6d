import { aws_docdb as docdb, aws_neptune as neptune, aws_opensearchservice as opensearch, aws_rds as rds } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const MASTER = { masterUsername: 'shop', manageMasterUserPassword: true };
const PROXY = { dbProxyName: 'shop', engineFamily: 'POSTGRESQL', roleArn: 'arn:aws:iam::111122223333:role/proxy', vpcSubnetIds: ['subnet-1', 'subnet-2'] };

export const DATABASE_EXAMPLES: RuleExamples = {
  DatabaseBackupDays: {
    violates(stack) {
      new rds.CfnDBCluster(stack, 'Orders', { ...MASTER, engine: 'aurora-postgresql' });
    },
    passes(stack) {
      new rds.CfnDBCluster(stack, 'Orders', { ...MASTER, engine: 'aurora-postgresql', backupRetentionPeriod: 7 });
    },
  },
  DatabaseDeletionProtection: {
    violates(stack) {
      new rds.CfnDBCluster(stack, 'Orders', { ...MASTER, engine: 'aurora-postgresql' });
    },
    passes(stack) {
      new rds.CfnDBCluster(stack, 'Orders', { ...MASTER, engine: 'aurora-postgresql', deletionProtection: true });
    },
  },
  DatabaseIamAuthentication: {
    violates(stack) {
      new rds.CfnDBCluster(stack, 'Orders', { ...MASTER, engine: 'aurora-postgresql' });
    },
    passes(stack) {
      new rds.CfnDBCluster(stack, 'Orders', { ...MASTER, engine: 'aurora-postgresql', enableIamDatabaseAuthentication: true });
    },
  },
  DatabaseLogs: {
    violates(stack) {
      new docdb.CfnDBCluster(stack, 'Carts', MASTER);
    },
    passes(stack) {
      const group = new docdb.ClusterParameterGroup(stack, 'Audited', { family: 'docdb5.0', parameters: { audit_logs: 'enabled' } });
      new docdb.CfnDBCluster(stack, 'Carts', { ...MASTER, dbClusterParameterGroupName: group.parameterGroupName, enableCloudwatchLogsExports: ['audit'] });
    },
  },
  DatabaseMinorUpgrades: {
    violates(stack) {
      new rds.CfnDBInstance(stack, 'Bills', { ...MASTER, engine: 'postgres', dbInstanceClass: 'db.m7g.large', autoMinorVersionUpgrade: false });
    },
    passes(stack) {
      new rds.CfnDBInstance(stack, 'Bills', { ...MASTER, engine: 'postgres', dbInstanceClass: 'db.m7g.large' });
    },
  },
  DatabaseProxyTls: {
    violates(stack) {
      new rds.CfnDBProxy(stack, 'Proxy', { ...PROXY, auth: [{ iamAuth: 'REQUIRED' }] });
    },
    passes(stack) {
      new rds.CfnDBProxy(stack, 'Proxy', { ...PROXY, auth: [{ iamAuth: 'REQUIRED' }], requireTls: true });
    },
  },
  DatabaseSnapshotTags: {
    violates(stack) {
      new neptune.CfnDBCluster(stack, 'Friends');
    },
    passes(stack) {
      new neptune.CfnDBCluster(stack, 'Friends', { copyTagsToSnapshot: true });
    },
  },
  SearchTlsPolicy: {
    violates(stack) {
      new opensearch.CfnDomain(stack, 'Search', { engineVersion: 'OpenSearch_2.17' });
    },
    passes(stack) {
      const domainEndpointOptions = { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' };
      new opensearch.CfnDomain(stack, 'Search', { engineVersion: 'OpenSearch_2.17', domainEndpointOptions });
    },
  },
};
