/** The databases that run on servers, as against tables: relational ones, documents, graphs. */
export const RDS_CLUSTER = 'AWS::RDS::DBCluster';
export const RDS_INSTANCE = 'AWS::RDS::DBInstance';
export const DOCUMENT_CLUSTER = 'AWS::DocDB::DBCluster';
export const GRAPH_CLUSTER = 'AWS::Neptune::DBCluster';

/** How many days back a database can be restored to any second, at least: what Security Hub asks for (DocumentDB.2, Neptune.5, RDS.11). */
export const BACKUP_DAYS_LEAST = 7;

/** What an instance follows. */
export const REPLICA_SOURCES = ['SourceDBClusterIdentifier', 'SourceDBInstanceIdentifier'];

/**
 * The logs that tell of errors and of who signed in, by engine: those that the engine writes by itself, and the audit log where the service itself can write
 * one. The logs of all statements and of slow ones hold the data of customers, and are none of them.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html
 */
export const ENGINE_LOGS: { readonly [engine: string]: readonly string[] } = {
  'aurora-mysql': ['audit', 'error'],
  'aurora-postgresql': ['postgresql'],
  'mariadb': ['error'],
  'mysql': ['error'],
  'postgres': ['postgresql', 'upgrade'],
};

/** DocumentDB and Neptune have one engine each, which their templates do not name. */
export const AUDIT_LOGS: readonly string[] = ['audit'];

/** The parameter with which DocumentDB writes its audit log, and its values that let it write who signed in. */
export const DOCUMENT_AUDIT = { parameter: 'audit_logs', on: /\b(?:all|ddl|enabled)\b/ };

/** What cdk-nag takes for logs of DocumentDB: events of its audit log. */
export const DOCUMENT_AUDIT_EVENTS = ['authenticate', 'createIndex', 'dropCollection'];

/**
 * Where users can sign in with credentials of IAM: on clusters, and on instances that are none of a cluster.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.RDS_Fea_Regions_DB-eng.Feature.IamDatabaseAuthentication.html
 */
export const IAM_ENGINES: { readonly [type: string]: readonly string[] } = {
  [RDS_CLUSTER]: ['aurora-mysql', 'aurora-postgresql'],
  [RDS_INSTANCE]: ['mariadb', 'mysql', 'postgres'],
};

/** Of these the engine that has it in some versions and regions only. */
export const IAM_IN_SOME_VERSIONS = 'mariadb';

/**
 * Instances with up to 2 GiB of memory. Signing in with IAM takes 300 to 1,000 MiB, and Aurora MySQL does not offer it on two of them.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.html
 */
export const SMALL_INSTANCE = /\.(?:micro|small)$/;
