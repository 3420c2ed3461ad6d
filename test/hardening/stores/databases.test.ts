import { CfnResource, RemovalPolicy, SecretValue, Stack, Token } from 'aws-cdk-lib';
import { CfnDBCluster as CfnDocumentCluster, ClusterParameterGroup, DatabaseCluster as DocumentCluster, DatabaseClusterProps } from 'aws-cdk-lib/aws-docdb';
import { InstanceClass, InstanceSize, InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnDBCluster as CfnGraphCluster, CfnDBClusterProps as CfnGraphClusterProps } from 'aws-cdk-lib/aws-neptune';
import {
  AuroraPostgresEngineVersion, CfnDBCluster, CfnDBClusterProps, CfnDBInstance, CfnDBInstanceProps, CfnDBProxy, ClusterInstance, DatabaseCluster,
  DatabaseClusterEngine, DatabaseInstance, DatabaseInstanceEngine, PostgresEngineVersion,
} from 'aws-cdk-lib/aws-rds';
import { HardeningChange } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { HardenOptions } from '../../../src/hardening/harden-options';
import { compared, FLAG_SETS } from '../support/compared';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, outcomesAt, propertiesOf } from '../support/hardened';

const PASSWORD = { masterUsername: 'shop', manageMasterUserPassword: true };
const cluster = (stack: Stack, props: Partial<CfnDBClusterProps> = {}) => new CfnDBCluster(stack, 'Db', { engine: 'aurora-postgresql', ...PASSWORD, ...props });
const instance = (stack: Stack, props: Partial<CfnDBInstanceProps> = {}) => (
  new CfnDBInstance(stack, 'Db', { engine: 'postgres', dbInstanceClass: 'db.m7g.large', allocatedStorage: '20', ...PASSWORD, ...props }));
const member = (stack: Stack, of: CfnDBCluster, id: string, dbInstanceClass: string) => (
  new CfnDBInstance(stack, id, { engine: of.engine, dbClusterIdentifier: of.ref, dbInstanceClass }));
const documents = (stack: Stack, props: object = {}) => new CfnDocumentCluster(stack, 'Db', { ...PASSWORD, ...props });
const graph = (stack: Stack, props: CfnGraphClusterProps = {}) => new CfnGraphCluster(stack, 'Db', props);
const kept = <T extends CfnDBCluster | CfnDBInstance | CfnDocumentCluster | CfnGraphCluster>(database: T): T => {
  database.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return database;
};

/** What is rendered, and the lines of the report about one property. */
function hardened(property: string, make: (stack: Stack) => CfnResource, options: HardenOptions = {}): {
  readonly rendered: unknown;
  readonly lines: readonly HardeningChange[];
} {
  const stack = hardenedStack(options);
  const made = make(stack);
  return { rendered: propertiesOf(made)[property], lines: changesAt(stack, made.node.path).filter((change) => change.property === property) };
}

const overridden = <T extends CfnResource>(resource: T, property: string): T => {
  resource.addPropertyOverride(property, true);
  return resource;
};

const outcomes = (lines: readonly HardeningChange[]): string[] => lines.map(({ outcome, impact }) => `${outcome} ${impact}`);

describe.each<[string, (stack: Stack, value: unknown) => CfnDBCluster | CfnDBInstance | CfnDocumentCluster | CfnGraphCluster]>([
  ['a cluster of Aurora', (stack, value) => kept(cluster(stack, { deletionProtection: value as boolean }))],
  ['an instance', (stack, value) => kept(instance(stack, { deletionProtection: value as boolean }))],
  ['a cluster of documents', (stack, value) => kept(documents(stack, { deletionProtection: value }))],
  ['a cluster of graphs', (stack, value) => kept(graph(stack, { deletionProtection: value as boolean }))],
])('%s that stays behind', (_, make) => {
  fourCases('its deletion protection', { property: 'DeletionProtection', make, secure: true, safe: true, unsafe: false, replaced: false });
});

describe.each<[string, (stack: Stack, value: unknown) => CfnDBCluster | CfnDocumentCluster]>([
  ['a cluster of Aurora', (stack, value) => cluster(stack, { backupRetentionPeriod: value as number })],
  ['a cluster of documents', (stack, value) => documents(stack, { backupRetentionPeriod: value })],
])('%s', (_, make) => {
  fourCases('the days of its backups', { property: 'BackupRetentionPeriod', make, secure: 7, safe: 30, unsafe: 1, replaced: false });
});

describe.each<[string, readonly string[], readonly string[], (stack: Stack, value: unknown) => CfnDBCluster | CfnDBInstance | CfnDocumentCluster]>([
  ['Aurora PostgreSQL', ['postgresql'], ['instance'], (stack, value) => cluster(stack, { enableCloudwatchLogsExports: value as string[] })],
  ['Aurora MySQL', ['audit', 'error'], ['error'], (stack, value) => cluster(stack, { engine: 'aurora-mysql', enableCloudwatchLogsExports: value as string[] })],
  ['a cluster of MySQL in several zones', ['error'], ['slowquery'], (stack, value) => cluster(stack, { engine: 'mysql', enableCloudwatchLogsExports: value as string[] })],
  ['PostgreSQL', ['postgresql', 'upgrade'], ['upgrade'], (stack, value) => instance(stack, { enableCloudwatchLogsExports: value as string[] })],
  ['MariaDB', ['error'], ['general'], (stack, value) => instance(stack, { engine: 'mariadb', enableCloudwatchLogsExports: value as string[] })],
  ['DocumentDB', ['audit'], ['profiler'], (stack, value) => documents(stack, { enableCloudwatchLogsExports: value })],
])('%s', (_, logs, others, make) => {
  fourCases('its logs', { property: 'EnableCloudwatchLogsExports', make, secure: logs, safe: logs, unsafe: others, replaced: false });
});

describe.each<[string, (stack: Stack, value: unknown) => CfnDBCluster | CfnDBInstance | CfnGraphCluster]>([
  ['a cluster of Aurora', (stack, value) => cluster(stack, { copyTagsToSnapshot: value as boolean })],
  ['an instance', (stack, value) => instance(stack, { copyTagsToSnapshot: value as boolean })],
  ['a cluster of graphs', (stack, value) => graph(stack, { copyTagsToSnapshot: value as boolean })],
])('%s', (_, make) => {
  fourCases('the tags of its snapshots', { property: 'CopyTagsToSnapshot', make, secure: true, safe: true, unsafe: false, replaced: false });
});

describe.each<[string, (stack: Stack, value: unknown) => CfnDBCluster | CfnDBInstance]>([
  ['a cluster of Aurora whose instances are large enough', (stack, value) => {
    const made = cluster(stack, { enableIamDatabaseAuthentication: value as boolean });
    member(stack, made, 'Writer', 'db.r7g.large');
    member(stack, made, 'Reader', 'db.serverless');
    return made;
  }],
  ['an instance that is large enough', (stack, value) => instance(stack, { enableIamDatabaseAuthentication: value as boolean })],
])('%s', (_, make) => {
  fourCases('its users of IAM', { property: 'EnableIAMDatabaseAuthentication', make, secure: true, safe: true, unsafe: false, replaced: false });
});

fourCases('the public address of an instance', {
  property: 'PubliclyAccessible',
  make: (stack, value) => instance(stack, { publiclyAccessible: value as boolean }),
  secure: undefined,
  safe: false,
  unsafe: true,
  replaced: true,
});

describe('deletion protection', () => {
  test.each<[string, RemovalPolicy | undefined, RegExp]>([
    ['nobody said what becomes of it', undefined, /^The stack deletes the database, and leaves a snapshot at most/],
    ['it leaves a snapshot', RemovalPolicy.SNAPSHOT, /^The stack deletes the database, and leaves a snapshot at most/],
    ['it goes with its stack', RemovalPolicy.DESTROY, /^The stack deletes the database, and leaves a snapshot at most/],
    ['it is kept once it is made', RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, /once it is made/],
  ])('is proposed where %s: a stack could not be deleted, or undone', (_, policy, note) => {
    const { rendered, lines } = hardened('DeletionProtection', (stack) => {
      const made = cluster(stack);
      if (policy !== undefined) made.applyRemovalPolicy(policy);
      return made;
    });
    expect([rendered, outcomes(lines)]).toEqual([undefined, ['proposed in-place']]);
    expect(lines[0].note).toMatch(note);
  });

  test.each([['true'], ['false']])('set to %s by an override is not proposed', (value) => {
    const { lines } = hardened('DeletionProtection', (stack) => {
      const made = cluster(stack);
      made.addPropertyOverride('DeletionProtection', value === 'true');
      return made;
    });
    expect(outcomes(lines)).toEqual(value === 'true' ? [] : ['kept needs-attention']);
  });

  test('is told of once where nothing is changed yet', () => {
    const { rendered, lines } = hardened('DeletionProtection', (stack) => kept(cluster(stack)), { dryRun: true });
    expect([rendered, outcomes(lines)]).toEqual([undefined, ['set needs-attention']]);
  });

  test('is nothing for an instance of a cluster', () => {
    const { rendered, lines } = hardened('DeletionProtection', (stack) => kept(member(stack, cluster(stack), 'Writer', 'db.r7g.large')));
    expect([rendered, lines]).toEqual([undefined, []]);
  });
});

test('an instance of a cluster has nothing to hear about backups, logs, users, tags and disks: the cluster has', () => {
  const stack = hardenedStack();
  member(stack, cluster(stack), 'Writer', 'db.r7g.large');
  expect(outcomesAt(stack, 'Shop/Writer')).toEqual({});
});

describe('where the profile lets data go', () => {
  test.each(['DeletionProtection', 'BackupRetentionPeriod'])('%s stays as it is', (property) => {
    for (const make of [cluster, instance, documents, graph]) {
      const { rendered, lines } = hardened(property, (stack) => kept(make(stack)), { profile: SecurityProfile.sandbox() });
      expect([rendered, lines]).toEqual([undefined, []]);
    }
  });
});

describe('backups', () => {
  test.each<[string, (stack: Stack) => CfnDBInstance | CfnGraphCluster, string[]]>([
    ['one day of an instance', (stack) => instance(stack), ['proposed replacement']],
    ['few days of an instance', (stack) => instance(stack, { backupRetentionPeriod: 3 }), ['kept replacement']],
    ['none of an instance', (stack) => instance(stack, { backupRetentionPeriod: 0 }), ['kept replacement']],
    ['enough days of an instance', (stack) => instance(stack, { backupRetentionPeriod: 7 }), []],
    ['days of an instance that only the deployment knows', (stack) => instance(stack, { backupRetentionPeriod: Token.asNumber({ Ref: 'AWS::NoValue' }) }), []],
    ['a copy that follows an instance', (stack) => instance(stack, { sourceDbInstanceIdentifier: 'orders' }), []],
    ['a copy that follows a cluster', (stack) => instance(stack, { sourceDbClusterIdentifier: 'orders' }), []],
    ['one day of a cluster of graphs', (stack) => graph(stack), ['proposed in-place']],
  ])('%s: nothing changes, since it may stand still', (_, make, expected) => {
    const { lines } = hardened('BackupRetentionPeriod', make, { strict: true });
    expect(outcomes(lines)).toEqual(expected);
  });

  test('of a cluster are said to cost', () => {
    expect(hardened('BackupRetentionPeriod', (stack) => cluster(stack)).lines[0].note).toMatch(/^The first day is free\./);
  });
});

describe('logs', () => {
  test.each<[string, (stack: Stack) => CfnDBCluster | CfnDocumentCluster, RegExp]>([
    ['PostgreSQL', (stack) => cluster(stack), /^Statements that failed stand in the log with the values in them\..*keep them for ever/],
    ['MySQL', (stack) => cluster(stack, { engine: 'aurora-mysql' }), /^The audit log stays empty until the parameter group switches it on/],
    ['DocumentDB', (stack) => documents(stack), /^The audit log stays empty until the parameter group switches it on/],
  ])('of %s: the report says what is in them and where they go', (_, make, note) => {
    expect(hardened('EnableCloudwatchLogsExports', make).lines[0].note).toMatch(note);
  });

  test.each<[string, (stack: Stack) => CfnDBInstance | CfnGraphCluster, string[]]>([
    ['Oracle', (stack) => instance(stack, { engine: 'oracle-se2' }), ['proposed in-place']],
    ['Oracle, which exports some', (stack) => instance(stack, { engine: 'oracle-se2', enableCloudwatchLogsExports: ['alert'] }), []],
    ['Neptune', (stack) => graph(stack), ['proposed in-place']],
    ['an instance of a cluster', (stack) => member(stack, cluster(stack), 'Writer', 'db.r7g.large'), []],
    ['an engine that only the deployment knows', (stack) => instance(stack, { engine: Token.asString({ Ref: 'AWS::NoValue' }) }), []],
  ])('of %s are left to the author', (_, make, expected) => {
    expect(outcomes(hardened('EnableCloudwatchLogsExports', make).lines)).toEqual(expected);
  });

  test.each<[string, string | undefined, Record<string, string> | undefined, string[]]>([
    ['the group that the service makes', undefined, undefined, ['proposed in-place']],
    ['the same by its name', 'default.docdb5.0', undefined, ['proposed in-place']],
    ['a group of the app that says nothing', undefined, { tls: 'enabled' }, ['proposed in-place']],
    ['a group of the app that switches it off', undefined, { audit_logs: 'disabled' }, ['proposed in-place']],
    ['a group of the app that audits', undefined, { audit_logs: 'enabled' }, []],
    ['a group of the app that audits more', undefined, { audit_logs: 'ddl, dml_write' }, []],
    ['a group of the app that a parameter decides', undefined, { audit_logs: Token.asString({ Ref: 'AWS::NoValue' }) }, []],
    ['a group that is not in the app', 'shop', undefined, []],
  ])('of DocumentDB with %s', (_, name, parameters, expected) => {
    const { lines } = hardened('DBClusterParameterGroupName', (stack) => {
      const group = parameters === undefined ? undefined : new ClusterParameterGroup(stack, 'Group', { family: 'docdb5.0', parameters });
      return documents(stack, { dbClusterParameterGroupName: group?.parameterGroupName ?? name });
    });
    expect(outcomes(lines)).toEqual(expected);
  });
});

test('logs of which only the deployment knows some are left', () => {
  const { lines } = hardened('EnableCloudwatchLogsExports', (stack) => cluster(stack, { enableCloudwatchLogsExports: [Token.asString({ Ref: 'AWS::StackName' })] }));
  expect(outcomes(lines)).toEqual(['unknown needs-attention']);
});

describe('users of IAM', () => {
  test('that the author of a small instance refused are reported', () => {
    const { rendered, lines } = hardened('EnableIAMDatabaseAuthentication', (stack) => (
      instance(stack, { dbInstanceClass: 'db.t4g.micro', enableIamDatabaseAuthentication: false })));
    expect([rendered, outcomes(lines)]).toEqual([false, ['kept needs-attention']]);
  });

  test.each<[string, (stack: Stack) => CfnDBCluster | CfnDBInstance, string[]]>([
    ['a cluster with a small instance', (stack) => {
      const made = cluster(stack);
      member(stack, made, 'Writer', 'db.r7g.large');
      member(stack, made, 'Reader', 'db.t3.small');
      return made;
    }, ['proposed in-place']],
    ['a cluster without an instance in the app', (stack) => cluster(stack), ['proposed in-place']],
    ['a cluster whose instance has a size that only the deployment knows', (stack) => {
      const made = cluster(stack);
      member(stack, made, 'Writer', Token.asString({ Ref: 'AWS::NoValue' }));
      return made;
    }, ['proposed in-place']],
    ['a cluster of a global one', (stack) => {
      const made = cluster(stack, { globalClusterIdentifier: 'shop' });
      member(stack, made, 'Writer', 'db.r7g.large');
      return made;
    }, ['proposed in-place']],
    ['a small instance', (stack) => instance(stack, { dbInstanceClass: 'db.t4g.micro' }), ['proposed in-place']],
    ['a copy that follows an instance', (stack) => instance(stack, { sourceDbInstanceIdentifier: 'orders' }), ['proposed in-place']],
    ['MariaDB', (stack) => instance(stack, { engine: 'mariadb' }), ['proposed in-place']],
    ['Oracle', (stack) => instance(stack, { engine: 'oracle-se2' }), []],
    ['a cluster of MySQL in several zones', (stack) => cluster(stack, { engine: 'mysql' }), []],
    ['an instance of a cluster', (stack) => member(stack, cluster(stack), 'Writer', 'db.r7g.large'), []],
  ])('are left to the author of %s', (_, make, expected) => {
    const { rendered, lines } = hardened('EnableIAMDatabaseAuthentication', make);
    expect([rendered, outcomes(lines)]).toEqual([undefined, expected]);
  });

  test('of graphs are proposed: unsigned requests would be refused from then on', () => {
    const { rendered, lines } = hardened('IamAuthEnabled', (stack) => graph(stack), { strict: true });
    expect([rendered, outcomes(lines)]).toEqual([undefined, ['proposed in-place']]);
    expect(hardened('IamAuthEnabled', (stack) => graph(stack, { iamAuthEnabled: false })).lines).toStrictEqual([]);
    expect(hardened('IamAuthEnabled', (stack) => overridden(graph(stack), 'IamAuthEnabled')).lines).toStrictEqual([]);
  });
});

describe('encryption of the disks', () => {
  const makes = [cluster, instance, documents, graph] as const;

  test('is withheld: the database would be made anew', () => {
    for (const make of makes) {
      const { rendered, lines } = hardened('StorageEncrypted', (stack) => make(stack), { strict: true });
      expect([rendered, outcomes(lines)]).toEqual([undefined, ['withheld replacement']]);
    }
  });

  test('is set where the author names the path: nothing is in it yet', () => {
    for (const make of makes) {
      const { rendered, lines } = hardened('StorageEncrypted', (stack) => make(stack), { replacePaths: ['Shop/Db'] });
      expect([rendered, outcomes(lines)]).toEqual([true, ['set replacement']]);
    }
  });

  test.each<[string, (stack: Stack) => CfnDBCluster | CfnDBInstance, unknown, string[]]>([
    ['that is there', (stack) => cluster(stack, { storageEncrypted: true }), true, []],
    ['that was switched off', (stack) => cluster(stack, { storageEncrypted: false }), false, ['kept replacement']],
    ['of a database from a snapshot', (stack) => cluster(stack, { snapshotIdentifier: 'orders' }), undefined, []],
    ['of an instance of a cluster', (stack) => member(stack, cluster(stack), 'Writer', 'db.r7g.large'), undefined, []],
  ])('%s stays', (_, make, expected, lines) => {
    const seen = hardened('StorageEncrypted', make, { replacePaths: ['Shop'] });
    expect([seen.rendered, outcomes(seen.lines)]).toEqual([expected, lines]);
  });
});

describe('fixes of the engine', () => {
  test.each<[string, boolean | undefined, string[]]>([
    ['installed by default', undefined, []], ['installed', true, []], ['refused by the author', false, ['kept replacement']],
  ])('%s: the author decides, strict or not', (_, value, expected) => {
    for (const strict of [false, true]) {
      const { rendered, lines } = hardened('AutoMinorVersionUpgrade', (stack) => instance(stack, { autoMinorVersionUpgrade: value }), { strict });
      expect([rendered, outcomes(lines)]).toEqual([value, expected]);
    }
  });
});

describe('TLS of a proxy', () => {
  const proxy = (requireTls?: unknown) => (stack: Stack) => new CfnDBProxy(stack, 'Proxy', {
    dbProxyName: 'shop', engineFamily: 'POSTGRESQL', roleArn: 'arn:aws:iam::111122223333:role/proxy', vpcSubnetIds: ['subnet-1', 'subnet-2'], requireTls: requireTls as boolean,
  });

  test.each<[string, unknown, boolean, unknown, string[]]>([
    ['that nobody asked for is proposed: clients may not know it', undefined, true, undefined, ['proposed in-place']],
    ['that is there stays', true, true, true, []],
    ['that was switched off is reported', false, false, false, ['kept needs-attention']],
    ['that was switched off is switched on, strictly', false, true, true, ['replaced needs-attention']],
    ['that only the deployment knows stays', Token.asAny({ Ref: 'Value' }), true, { Ref: 'Value' }, ['unknown needs-attention']],
  ])('%s', (_, value, strict, expected, lines) => {
    const seen = hardened('RequireTLS', proxy(value), { strict });
    expect([seen.rendered, outcomes(seen.lines)]).toEqual([expected, lines]);
  });
});

test('TLS of a proxy that an escape hatch asks for is there', () => {
  const { rendered, lines } = hardened('RequireTLS', (stack) => overridden(new CfnDBProxy(stack, 'Proxy', {
    dbProxyName: 'shop', engineFamily: 'POSTGRESQL', roleArn: 'arn:aws:iam::111122223333:role/proxy', vpcSubnetIds: ['subnet-1', 'subnet-2'],
  }), 'RequireTLS'));
  expect([rendered, lines]).toEqual([true, []]);
});

test('Aurora Serverless v1 keeps its backups, users, logs and tags as they are', () => {
  const stack = hardenedStack();
  cluster(stack, { engine: 'aurora-mysql', engineMode: 'serverless' });
  expect(outcomesAt(stack, 'Shop/Db')).toEqual({ DeletionProtection: 'proposed', StorageEncrypted: 'withheld' });
});

/** As authors write them: a cluster, an instance and documents by the constructs of CDK. */
function shop(stack: Stack): void {
  const vpc = new Vpc(stack, 'Net', { flowLogs: { All: {} } });
  new DatabaseCluster(stack, 'Orders', {
    vpc, engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_4 }), writer: ClusterInstance.serverlessV2('Writer'), storageEncrypted: true,
  });
  new DatabaseInstance(stack, 'Bills', { vpc, engine: DatabaseInstanceEngine.postgres({ version: PostgresEngineVersion.VER_16 }), storageEncrypted: true });
  new DocumentCluster(stack, 'Carts', documentProps(stack, vpc));
}

function documentProps(stack: Stack, vpc: Vpc): DatabaseClusterProps {
  return {
    vpc,
    instanceType: InstanceType.of(InstanceClass.R6G, InstanceSize.LARGE),
    masterUser: { username: 'shop' },
    parameterGroup: new ClusterParameterGroup(stack, 'Audited', { family: 'docdb5.0', parameters: { audit_logs: 'enabled' } }),
  };
}

describe('an app of constructs of CDK', () => {
  test.each(FLAG_SETS)('has less findings in all packs, with %s', (_, flags) => {
    const { before, after, worse } = compared(shop, { flags });
    const changed = [...before].filter(([rule, count]) => /RDS|DOC|DocumentDB|Database/.test(rule) && after.get(rule) !== count).map(([rule, count]) => (
      `${rule}: ${count} -> ${after.get(rule) ?? 0}`));
    expect(worse).toStrictEqual([]);
    expect(changed.sort()).toEqual([
      'AwsSolutions-DOC3: 1 -> 0', // acknowledged: cdk-nag does not see the secret
      'AwsSolutions-DOC4: 1 -> 0',
      'AwsSolutions-DOC5: 3 -> 0', // acknowledged: they are events of a log that is there
      'AwsSolutions-RDS6: 1 -> 0',
      'DatabaseBackupDays: 3 -> 1',
      'DatabaseDeletionProtection: 3 -> 2',
      'DatabaseIamAuthentication: 2 -> 1',
      'DatabaseLogs: 4 -> 0',
      'HIPAA.Security-RDSLoggingEnabled: 3 -> 0',
      'NIST.800.53.R4-RDSLoggingEnabled: 3 -> 0',
      'NIST.800.53.R5-RDSLoggingEnabled: 3 -> 0',
      'PCI.DSS.321-RDSLoggingEnabled: 3 -> 0',
    ]);
  });

  test.each([
    ['a password in the template is not said to be in Secrets Manager', SecretValue.unsafePlainText('correct-horse-battery').unsafeUnwrap()],
    ['a reference that cdk-nag can read is left to it', '{{resolve:secretsmanager:shop:SecretString:password}}'],
  ])('and %s', (_, value) => {
    const stack = hardenedStack();
    documents(stack, { manageMasterUserPassword: undefined, masterUsername: value, masterUserPassword: value });
    expect(Object.keys(outcomesAt(stack, 'Shop/Db')).filter((property) => property.startsWith('the finding'))).toStrictEqual([]);
  });

  test('and a cluster whose parameters are not in the app is not said to record who signs in', () => {
    const stack = hardenedStack();
    documents(stack, { dbClusterParameterGroupName: 'shop' });
    expect(Object.keys(outcomesAt(stack, 'Shop/Db')).filter((property) => property.startsWith('the finding'))).toStrictEqual([]);
  });
});
