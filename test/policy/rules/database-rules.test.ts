import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { CLUSTER_RULES } from '../../../src/database/cluster/cluster-rules';
import { SEARCH_RULES } from '../../../src/database/search/search-rules';
import { findings, judged, Resources, RuleCase, shownBy } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const OPEN = { Parameters: { SetAtDeployment: { Type: 'String' } }, Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } } };
const of = (Type: string) => (Properties: object = {}): Resources => ({ D: { Type, Properties } });
const cluster = of('AWS::RDS::DBCluster');
const instance = of('AWS::RDS::DBInstance');
const documents = of('AWS::DocDB::DBCluster');
const graph = of('AWS::Neptune::DBCluster');
const proxy = of('AWS::RDS::DBProxy');
const logs = (Engine: unknown, ...names: unknown[]) => ({ Engine, EnableCloudwatchLogsExports: names });
const audited = (Parameters: unknown): Resources => ({
  ...documents({ EnableCloudwatchLogsExports: ['audit'], DBClusterParameterGroupName: { Ref: 'G' } }),
  G: { Type: 'AWS::DocDB::DBClusterParameterGroup', Properties: { Family: 'docdb5.0', Description: 'shop', Parameters } },
});

const domain = of('AWS::OpenSearchService::Domain');
const oldDomain = of('AWS::Elasticsearch::Domain');
const publishing = (Enabled: unknown, ...names: string[]) => ({ LogPublishingOptions: Object.fromEntries(names.map((name) => [name, { Enabled }])) });
const SLOW = ['INDEX_SLOW_LOGS', 'SEARCH_SLOW_LOGS'];
const slowOf = ['DatabaseLogs[INDEX_SLOW_LOGS] at D', 'DatabaseLogs[SEARCH_SLOW_LOGS] at D'];
const tls = (TLSSecurityPolicy: unknown) => ({ DomainEndpointOptions: { TLSSecurityPolicy } });

const CASES: readonly RuleCase[] = [
  ['SearchTlsPolicy', 'TLS 1.2', domain(tls('Policy-Min-TLS-1-2-2019-07')), []],
  ['SearchTlsPolicy', 'TLS 1.2 with forward secrecy', oldDomain(tls('Policy-Min-TLS-1-2-PFS-2023-10')), []],
  ['SearchTlsPolicy', 'TLS 1.0', domain(tls('Policy-Min-TLS-1-0-2019-07')), ['SearchTlsPolicy at D']],
  ['SearchTlsPolicy', 'nothing said', oldDomain(), ['SearchTlsPolicy at D']],
  ['SearchTlsPolicy', 'a parameter', domain(tls(PARAMETER)), ['SearchTlsPolicy[undecided] at D']],

  ['DatabaseLogs', 'all of a search domain', domain(publishing(true, 'ES_APPLICATION_LOGS', ...SLOW)), []],
  ['DatabaseLogs', 'none of a search domain', domain(), ['DatabaseLogs[ES_APPLICATION_LOGS] at D', ...slowOf]],
  ['DatabaseLogs', 'those of a search domain switched off', oldDomain({ ElasticsearchVersion: '7.10', ...publishing('false', ...SLOW) }),
    ['DatabaseLogs[ES_APPLICATION_LOGS] at D', ...slowOf]],
  ['DatabaseLogs', 'slow ones of a version without a log of errors', domain({ EngineVersion: 'Elasticsearch_2.3', ...publishing(true, ...SLOW) }), []],
  ['DatabaseLogs', 'none of such a version', oldDomain(), slowOf],
  ['DatabaseLogs', 'a parameter of a search domain', domain(publishing(PARAMETER, 'ES_APPLICATION_LOGS', ...SLOW)),
    ['DatabaseLogs[undecided ES_APPLICATION_LOGS] at D', 'DatabaseLogs[undecided INDEX_SLOW_LOGS] at D', 'DatabaseLogs[undecided SEARCH_SLOW_LOGS] at D']],

  ['DatabaseDeletionProtection', 'protected', cluster({ DeletionProtection: true }), []],
  ['DatabaseDeletionProtection', 'nothing said', cluster(), ['DatabaseDeletionProtection at D']],
  ['DatabaseDeletionProtection', 'an instance', instance({ DeletionProtection: 'false' }), ['DatabaseDeletionProtection at D']],
  ['DatabaseDeletionProtection', 'an instance of a cluster', instance({ DBClusterIdentifier: 'orders' }), []],
  ['DatabaseDeletionProtection', 'documents', documents(), ['DatabaseDeletionProtection at D']],
  ['DatabaseDeletionProtection', 'graphs', graph(), ['DatabaseDeletionProtection at D']],
  ['DatabaseDeletionProtection', 'a parameter', cluster({ DeletionProtection: PARAMETER }), ['DatabaseDeletionProtection[undecided] at D']],

  ['DatabaseBackupDays', 'a week', cluster({ BackupRetentionPeriod: '7' }), []],
  ['DatabaseBackupDays', 'six days', cluster({ BackupRetentionPeriod: 6 }), ['DatabaseBackupDays at D']],
  ['DatabaseBackupDays', 'none', instance({ BackupRetentionPeriod: 0 }), ['DatabaseBackupDays at D']],
  ['DatabaseBackupDays', 'nothing said', graph(), ['DatabaseBackupDays at D']],
  ['DatabaseBackupDays', 'an instance of a cluster', instance({ DBClusterIdentifier: 'orders' }), []],
  ['DatabaseBackupDays', 'a copy that follows', instance({ SourceDBInstanceIdentifier: 'orders' }), []],
  ['DatabaseBackupDays', 'a copy that follows a cluster', instance({ SourceDBClusterIdentifier: 'orders' }), []],
  ['DatabaseBackupDays', 'a cluster that was restored from another one', cluster({ SourceDBClusterIdentifier: 'orders' }), ['DatabaseBackupDays at D']],
  ['DatabaseBackupDays', 'a parameter', documents({ BackupRetentionPeriod: PARAMETER }), ['DatabaseBackupDays[undecided] at D']],

  ['DatabaseIamAuthentication', 'on', cluster({ Engine: 'aurora-mysql', EnableIAMDatabaseAuthentication: true }), []],
  ['DatabaseIamAuthentication', 'nothing said', cluster({ Engine: 'aurora-postgresql' }), ['DatabaseIamAuthentication at D']],
  ['DatabaseIamAuthentication', 'off', instance({ Engine: 'postgres', EnableIAMDatabaseAuthentication: false }), ['DatabaseIamAuthentication at D']],
  ['DatabaseIamAuthentication', 'an engine that lacks it', instance({ Engine: 'oracle-se2' }), []],
  ['DatabaseIamAuthentication', 'a cluster that lacks it', cluster({ Engine: 'mysql' }), []],
  ['DatabaseIamAuthentication', 'Aurora Serverless v1', cluster({ Engine: 'aurora-mysql', EngineMode: 'serverless' }), []],
  ['DatabaseIamAuthentication', 'perhaps Aurora Serverless v1', cluster({ Engine: 'aurora-mysql', EngineMode: { 'Fn::If': ['Maybe', 'serverless', 'provisioned'] } }),
    ['DatabaseIamAuthentication at D']],
  ['DatabaseIamAuthentication', 'an instance of a cluster', instance({ Engine: 'aurora-mysql', DBClusterIdentifier: 'orders' }), []],
  ['DatabaseIamAuthentication', 'the engine of some snapshot', instance({ DBSnapshotIdentifier: 'orders' }), ['DatabaseIamAuthentication[undecided] at D']],
  ['DatabaseIamAuthentication', 'on, with the engine of some snapshot', instance({ DBSnapshotIdentifier: 'orders', EnableIAMDatabaseAuthentication: true }), []],
  ['DatabaseIamAuthentication', 'an engine that is a parameter', instance({ Engine: PARAMETER }), ['DatabaseIamAuthentication[undecided] at D']],
  ['DatabaseIamAuthentication', 'an engine that may be another one', instance({ Engine: { 'Fn::If': ['Maybe', PARAMETER, 'postgres'] } }), ['DatabaseIamAuthentication at D']],
  ['DatabaseIamAuthentication', 'one of two engines', instance({ Engine: { 'Fn::If': ['Maybe', 'oracle-se2', 'postgres'] } }), ['DatabaseIamAuthentication at D']],
  ['DatabaseIamAuthentication', 'graphs', graph({ IamAuthEnabled: true }), []],
  ['DatabaseIamAuthentication', 'graphs for everybody', graph(), ['DatabaseIamAuthentication at D']],
  ['DatabaseIamAuthentication', 'a parameter', cluster({ Engine: 'aurora-mysql', EnableIAMDatabaseAuthentication: PARAMETER }), ['DatabaseIamAuthentication[undecided] at D']],

  ['DatabaseLogs', 'all that is needed', cluster(logs('aurora-mysql', 'slowquery', 'error', 'audit')), []],
  ['DatabaseLogs', 'one missing', cluster(logs('aurora-mysql', 'error')), ['DatabaseLogs[audit] at D']],
  ['DatabaseLogs', 'none', instance({ Engine: 'postgres' }), ['DatabaseLogs[postgresql] at D', 'DatabaseLogs[upgrade] at D']],
  ['DatabaseLogs', 'one of two engines', instance({ Engine: { 'Fn::If': ['Maybe', 'mysql', 'postgres'] }, EnableCloudwatchLogsExports: ['error'] }),
    ['DatabaseLogs[postgresql] at D', 'DatabaseLogs[upgrade] at D']],
  ['DatabaseLogs', 'some of another engine', instance(logs('oracle-se2', 'alert')), []],
  ['DatabaseLogs', 'none of another engine', instance({ Engine: 'oracle-se2' }), ['DatabaseLogs at D']],
  ['DatabaseLogs', 'some of an unknown engine', instance(logs(PARAMETER, 'error')), []],
  ['DatabaseLogs', 'none of an unknown engine', instance({ Engine: PARAMETER }), ['DatabaseLogs[undecided] at D']],
  ['DatabaseLogs', 'an instance of a cluster', instance({ Engine: 'aurora-mysql', DBClusterIdentifier: 'orders' }), []],
  ['DatabaseLogs', 'Aurora Serverless v1', cluster({ Engine: 'aurora-mysql', EngineMode: 'serverless' }), []],
  ['DatabaseLogs', 'a parameter', cluster(logs('aurora-postgresql', PARAMETER)), ['DatabaseLogs[undecided postgresql] at D']],
  ['DatabaseLogs', 'graphs', graph({ EnableCloudwatchLogsExports: ['audit'] }), []],
  ['DatabaseLogs', 'graphs without', graph(), ['DatabaseLogs[audit] at D']],
  ['DatabaseLogs', 'documents', audited({ audit_logs: 'enabled' }), []],
  ['DatabaseLogs', 'documents whose parameters say all', audited({ audit_logs: 'all' }), []],
  ['DatabaseLogs', 'documents whose group says nothing', audited({ tls: 'enabled' }), ['DatabaseLogs[audit_logs] at D']],
  ['DatabaseLogs', 'documents that record what is written and nobody who signs in', audited({ audit_logs: 'dml_write' }), ['DatabaseLogs[audit_logs] at D']],
  ['DatabaseLogs', 'documents that may record nothing', audited({ audit_logs: { 'Fn::If': ['Maybe', 'enabled', 'disabled'] } }), ['DatabaseLogs[audit_logs] at D']],
  ['DatabaseLogs', 'documents whose parameters are open', audited({ audit_logs: PARAMETER }), ['DatabaseLogs[undecided audit_logs] at D']],
  ['DatabaseLogs', 'documents with a group of theirs', documents({ EnableCloudwatchLogsExports: ['audit'], DBClusterParameterGroupName: 'shop' }), ['DatabaseLogs[undecided audit_logs] at D']],
  ['DatabaseLogs', 'documents with the group of the service', documents({ EnableCloudwatchLogsExports: ['audit'], DBClusterParameterGroupName: 'default.docdb5.0' }),
    ['DatabaseLogs[audit_logs] at D']],
  ['DatabaseLogs', 'documents without anything', documents(), ['DatabaseLogs[audit] at D', 'DatabaseLogs[audit_logs] at D']],

  ['DatabaseSnapshotTags', 'copied', cluster({ CopyTagsToSnapshot: true }), []],
  ['DatabaseSnapshotTags', 'nothing said', graph(), ['DatabaseSnapshotTags at D']],
  ['DatabaseSnapshotTags', 'an instance of a cluster', instance({ DBClusterIdentifier: 'orders' }), []],
  ['DatabaseSnapshotTags', 'a parameter', instance({ CopyTagsToSnapshot: PARAMETER }), ['DatabaseSnapshotTags[undecided] at D']],

  ['DatabaseMinorUpgrades', 'nothing said', instance(), []],
  ['DatabaseMinorUpgrades', 'on', cluster({ AutoMinorVersionUpgrade: 'true' }), []],
  ['DatabaseMinorUpgrades', 'off', instance({ DBClusterIdentifier: 'orders', AutoMinorVersionUpgrade: false }), ['DatabaseMinorUpgrades at D']],
  ['DatabaseMinorUpgrades', 'a parameter', instance({ AutoMinorVersionUpgrade: PARAMETER }), ['DatabaseMinorUpgrades[undecided] at D']],

  ['DatabaseProxyTls', 'asked for', proxy({ RequireTLS: true }), []],
  ['DatabaseProxyTls', 'nothing said', proxy(), ['DatabaseProxyTls at D']],
  ['DatabaseProxyTls', 'a parameter', proxy({ RequireTLS: PARAMETER }), ['DatabaseProxyTls[undecided] at D']],
];

describe('The rules for databases', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, OPEN)).toEqual(expected);
  });

  test.each([...CLUSTER_RULES, ...SEARCH_RULES].map(({ id }) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test.each(['DatabaseDeletionProtection', 'DatabaseBackupDays'])('%s is silent where the profile lets data go', (rule) => {
    expect(findings(rule, cluster(), SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('malformed values are no crash', () => {
    for (const value of [1, 'x', [], {}, [null], [[1]]]) {
      expect(judged('DatabaseLogs', documents({ EnableCloudwatchLogsExports: value, DBClusterParameterGroupName: value }))).toBe(2);
      expect(judged('DatabaseLogs', instance({ Engine: value }))).toBe(1);
      expect(judged('DatabaseLogs', domain({ LogPublishingOptions: value, EngineVersion: value }))).toBe(3);
      expect(judged('SearchTlsPolicy', domain({ DomainEndpointOptions: value }))).toBe(1);
      expect(judged('DatabaseBackupDays', instance({ BackupRetentionPeriod: value }))).toBe(1);
    }
  });
});
