import { App, CfnResource, Lazy, NestedStack, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { BackupPlan } from 'aws-cdk-lib/aws-backup';
import { AttributeType, Capacity, StreamViewType, TableClass } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { KEYS } from './audit-cases';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { StackBackup } from '../../src/database/stack-backup';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureTableProps } from '../../src/database/table/secure-table-props';
import { TableBackup } from '../../src/database/table/table-backup';
import { TableBilling } from '../../src/database/table/table-billing';
import { TableRecovery } from '../../src/database/table/table-recovery';
import { TableRemoval } from '../../src/database/table/table-removal';
import { only } from '../support/api';
import { PROFILES, RECOMMENDED_FLAGS, templateOf, TestAppOptions, testStack } from '../support/apps';

const REASON = 'holds nothing but copies of public data';
const ENV = { account: '111122223333', region: 'eu-west-1' };
const STRING = AttributeType.STRING;
const STACK_KEY = { 'Fn::GetAtt': ['SharedSecurityDataKeyD4D7B14E', 'Arn'] };
const GUARD = {
  Sid: 'NobodyOfOtherAccounts',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'dynamodb:*',
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
};

interface Rendered { readonly DeletionPolicy: string; readonly UpdateReplacePolicy: string; readonly Properties: any }

function resourceOf(stack: Stack, table: SecureTable): Rendered {
  return templateOf(stack).toJSON().Resources[stack.getLogicalId(table.node.defaultChild as CfnResource)];
}

/** The properties of a table alone in a stack, and those of its replica in the stack's region. */
function made(props: Partial<SecureTableProps> = {}, options: TestAppOptions = {}): { table: any; replica: any; stack: Stack } {
  const stack = testStack(options);
  const table = resourceOf(stack, new SecureTable(stack, 'Orders', { ...KEYS, ...props })).Properties;
  return { table, replica: table.Replicas.at(-1), stack };
}

describe('a SecureTable by default', () => {
  const stack = testStack();
  const { Properties: properties, DeletionPolicy, UpdateReplacePolicy } = resourceOf(stack, new SecureTable(stack, 'Orders', KEYS));
  const [replica] = properties.Replicas;

  test('has the keys of its owner and a name of CloudFormation', () => {
    expect(properties.KeySchema).toEqual([{ AttributeName: 'tenant', KeyType: 'HASH' }, { AttributeName: 'order', KeyType: 'RANGE' }]);
    expect(properties.TableName).toBeUndefined();
  });

  test('is encrypted with the key of the stack, although the region is not known', () => {
    expect(properties.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
    expect(replica).toMatchObject({ Region: { Ref: 'AWS::Region' }, SSESpecification: { KMSMasterKeyId: STACK_KEY } });
  });

  test('is the same in a stack whose region is known', () => {
    const { table } = made({}, { env: ENV });
    const known = { ...table.Replicas[0], Region: replica.Region };
    expect(JSON.parse(JSON.stringify({ ...table, Replicas: [known] }).replace('"111122223333"', '{"Ref":"AWS::AccountId"}'))).toEqual(properties);
  });

  test('can be restored to any second of the last 35 days', () => {
    expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 });
  });

  test('is paid by request, and throttled beyond 4,000 reads and 1,000 writes in a second', () => {
    expect(properties).toMatchObject({ BillingMode: 'PAY_PER_REQUEST', WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 1000 } });
    expect(replica.ReadOnDemandThroughputSettings).toEqual({ MaxReadRequestUnits: 4000 });
  });

  test('keeps out everybody of another account who is no AWS service', () => {
    expect(replica.ResourcePolicy.PolicyDocument.Statement).toEqual([GUARD]);
  });

  test('is kept with its key, and protected against deletion', () => {
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(replica.DeletionProtectionEnabled).toBe(true);
    templateOf(stack).allResources('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
  });

  test('has no stream, indexes, expiry, insights, replicas or backup', () => {
    expect(Object.keys(properties).sort()).toEqual([
      'AttributeDefinitions', 'BillingMode', 'KeySchema', 'Replicas', 'SSESpecification', 'WriteOnDemandThroughputSettings',
    ]);
    expect(Object.keys(replica).sort()).toEqual([
      'DeletionProtectionEnabled', 'PointInTimeRecoverySpecification', 'ReadOnDemandThroughputSettings', 'Region', 'ResourcePolicy', 'SSESpecification', 'TableClass',
    ]);
    expect(properties.Replicas).toHaveLength(1);
    templateOf(stack).resourceCountIs('AWS::Backup::BackupPlan', 0);
  });

  test('has these logical ids for ever', () => {
    const stateful = ['AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key'].flatMap((type) => Object.keys(templateOf(stack).findResources(type)));
    expect(stateful).toEqual(['OrdersA9B65338', 'SharedSecurityDataKeyD4D7B14E']);
  });

  test('needs no custom resource', () => {
    expect(Object.values(templateOf(stack).toJSON().Resources).map((one: any) => one.Type).filter((type) => /Custom|Lambda/.test(type))).toStrictEqual([]);
  });
});

describe('the profile decides', () => {
  test('in the sandbox a key of DynamoDB encrypts and the data goes with the stack', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const table = new SecureTable(stack, 'Orders', KEYS);
    const { Properties, DeletionPolicy } = resourceOf(stack, table);
    expect(DeletionPolicy).toBe('Delete');
    expect(Properties.SSESpecification).toEqual({ SSEEnabled: false });
    expect(Properties.Replicas[0]).toMatchObject({
      DeletionProtectionEnabled: false, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(Properties.Replicas[0].SSESpecification).toBeUndefined();
    expect(table.encryptionKey).toBeUndefined();
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
  });

  test('in the regulated one the table is copied into the vault', () => {
    const { stack } = made({}, { profile: SecurityProfile.regulated() });
    templateOf(stack).resourceCountIs('AWS::Backup::BackupSelection', 1);
    expect(Object.keys(templateOf(stack).findResources('AWS::Backup::BackupVault'))).toEqual(['SharedSecurityBackupVaultEBC9BBF4']);
  });
});

describe('the props', () => {
  test('tableName, tableClass, timeToLiveAttribute and warmThroughput reach the table', () => {
    const { table, replica } = made({
      tableName: 'orders', tableClass: TableClass.STANDARD_INFREQUENT_ACCESS, timeToLiveAttribute: 'expires', warmThroughput: { readUnitsPerSecond: 13000 },
    });
    expect(table).toMatchObject({
      TableName: 'orders', TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true }, WarmThroughput: { ReadUnitsPerSecond: 13000 },
    });
    expect(replica.TableClass).toBe('STANDARD_INFREQUENT_ACCESS');
  });

  test('a table can do without a sort key', () => {
    expect(made({ sortKey: undefined }).table.KeySchema).toHaveLength(1);
  });

  test('billing takes other limits, one by one', () => {
    const { table, replica } = made({ billing: TableBilling.onDemand({ maxWriteRequestUnits: 50, maxReadRequestUnits: undefined }) });
    expect(table.WriteOnDemandThroughputSettings).toEqual({ MaxWriteRequestUnits: 50 });
    expect(replica.ReadOnDemandThroughputSettings).toEqual({ MaxReadRequestUnits: 4000 });
  });

  test('billing has no limits only with a reason', () => {
    const { table, replica, stack } = made({ billing: TableBilling.onDemandUnlimited(REASON) });
    expect([table.WriteOnDemandThroughputSettings, replica.ReadOnDemandThroughputSettings]).toEqual([undefined, undefined]);
    expect(waiversBelow(stack)).toEqual([{ control: 'Table.billing', reason: REASON, constructPath: 'Shop/Orders' }]);
  });

  test('billing takes a provisioned capacity', () => {
    const { table, replica } = made({
      billing: TableBilling.provisioned({ read: Capacity.fixed(5), write: Capacity.autoscaled({ maxCapacity: 20 }) }),
      globalSecondaryIndexes: [{ indexName: 'by-state', partitionKey: { name: 'state', type: STRING } }],
    });
    expect(table.BillingMode).toBe('PROVISIONED');
    expect(table.WriteProvisionedThroughputSettings.WriteCapacityAutoScalingSettings.MaxCapacity).toBe(20);
    expect(replica.ReadProvisionedThroughputSettings).toEqual({ ReadCapacityUnits: 5 });
  });

  test('global indexes have the limits of the table unless they have their own', () => {
    const stack = testStack();
    const table = new SecureTable(stack, 'Orders', {
      ...KEYS,
      globalSecondaryIndexes: [
        { indexName: 'by-state', partitionKey: { name: 'state', type: STRING } },
        { indexName: 'by-date', partitionKey: { name: 'date', type: STRING }, maxReadRequestUnits: 7, maxWriteRequestUnits: 8 },
      ],
    });
    table.addGlobalSecondaryIndex({ indexName: 'later', partitionKey: { name: 'other', type: STRING } });
    const { Properties } = resourceOf(stack, table);
    expect(Properties.GlobalSecondaryIndexes.map((index: any) => [index.IndexName, index.WriteOnDemandThroughputSettings.MaxWriteRequestUnits]))
      .toEqual([['by-state', 1000], ['by-date', 8], ['later', 1000]]);
    expect(Properties.Replicas[0].GlobalSecondaryIndexes.map((index: any) => index.ReadOnDemandThroughputSettings.MaxReadRequestUnits))
      .toEqual([4000, 7, 4000]);
  });

  test('local indexes can be given and added', () => {
    const stack = testStack();
    const table = new SecureTable(stack, 'Orders', { ...KEYS, localSecondaryIndexes: [{ indexName: 'by-date', sortKey: { name: 'date', type: STRING } }] });
    table.addLocalSecondaryIndex({ indexName: 'by-total', sortKey: { name: 'total', type: AttributeType.NUMBER } });
    expect(resourceOf(stack, table).Properties.LocalSecondaryIndexes.map((index: any) => index.IndexName)).toEqual(['by-date', 'by-total']);
  });

  test('stream shows changes', () => {
    expect(made({ stream: StreamViewType.NEW_IMAGE }).table.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
  });

  test('contributorInsights keeps throttled keys only', () => {
    expect(made({ contributorInsights: true }).replica.ContributorInsightsSpecification).toEqual({ Enabled: true, Mode: 'THROTTLED_KEYS' });
    expect(made({ contributorInsights: false }).replica.ContributorInsightsSpecification).toBeUndefined();
  });

  test('recovery sets the days, and is off only with a reason', () => {
    expect(made({ recovery: TableRecovery.days(7) }).replica.PointInTimeRecoverySpecification)
      .toEqual({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 });
    const { replica, stack } = made({ recovery: TableRecovery.off(REASON) });
    expect(replica.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: false });
    expect(waiversBelow(stack)).toEqual([{ control: 'Table.recovery', reason: REASON, constructPath: 'Shop/Orders' }]);
  });

  test('removal keeps data in the sandbox and lets it go in production', () => {
    const sandbox = testStack({ profile: SecurityProfile.sandbox() });
    const kept = resourceOf(sandbox, new SecureTable(sandbox, 'Orders', { ...KEYS, removal: TableRemoval.retain() }));
    expect([kept.DeletionPolicy, kept.Properties.Replicas[0].DeletionProtectionEnabled]).toEqual(['Retain', true]);
    const stack = testStack();
    const gone = resourceOf(stack, new SecureTable(stack, 'Orders', { ...KEYS, removal: TableRemoval.destroy(REASON) }));
    expect([gone.DeletionPolicy, gone.Properties.Replicas[0].DeletionProtectionEnabled]).toEqual(['Delete', false]);
    expect(waiversBelow(stack)).toEqual([{ control: 'Table.removal', reason: REASON, constructPath: 'Shop/Orders' }]);
  });

  test('removal is no waiver where the profile lets data go', () => {
    expect(waiversBelow(made({ removal: TableRemoval.destroy(REASON) }, { profile: SecurityProfile.sandbox() }).stack)).toStrictEqual([]);
  });

  test.each([['without a region', undefined], ['with a region', ENV]])('encryptionKey replaces the key of the stack, %s', (_, env) => {
    const stack = testStack({ profile: SecurityProfile.sandbox(), env });
    const encryptionKey = new Key(stack, 'Own', { removalPolicy: RemovalPolicy.RETAIN });
    const table = new SecureTable(stack, 'Orders', { ...KEYS, encryptionKey });
    expect(resourceOf(stack, table).Properties.Replicas[0].SSESpecification).toEqual({ KMSMasterKeyId: stack.resolve(encryptionKey.keyArn) });
    expect(table.encryptionKey).toBe(encryptionKey);
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('tags reach the table in a stack without a region', () => {
    const stack = testStack();
    const table = new SecureTable(stack, 'Orders', KEYS);
    Tags.of(table).add('team', 'shop');
    expect(resourceOf(stack, table).Properties.Replicas[0]).toMatchObject({ Tags: [{ Key: 'team', Value: 'shop' }], SSESpecification: { KMSMasterKeyId: STACK_KEY } });
  });

  test('numbers that only deployment knows pass', () => {
    const { table } = made({ billing: TableBilling.onDemand({ maxWriteRequestUnits: Lazy.number({ produce: () => 77 }) }), tableName: Lazy.string({ produce: () => 'named' }) });
    expect(table).toMatchObject({ TableName: 'named', WriteOnDemandThroughputSettings: { MaxWriteRequestUnits: 77 } });
  });
});

describe('replicas', () => {
  const replicaKey = (stack: Stack, region = 'eu-central-1') => Key.fromKeyArn(stack, `Key-${region}`, `arn:aws:kms:${region}:111122223333:key/mrk-1`);

  test('have the protection of the table, with keys of their own regions', () => {
    const stack = testStack({ env: ENV });
    const table = new SecureTable(stack, 'Orders', {
      ...KEYS, contributorInsights: true, replicas: [{ region: 'eu-central-1', encryptionKey: replicaKey(stack) }, { region: 'eu-north-1', encryptionKey: replicaKey(stack, 'eu-north-1'), closedPolicy: true }],
    });
    const { Replicas: replicas, StreamSpecification: stream } = resourceOf(stack, table).Properties;
    expect(replicas.map((one: any) => one.Region)).toEqual(['eu-central-1', 'eu-north-1', 'eu-west-1']);
    for (const replica of replicas) {
      expect(replica).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 4000 },
        ContributorInsightsSpecification: { Enabled: true, Mode: 'THROTTLED_KEYS' },
      });
    }
    expect(replicas.map((one: any) => one.SSESpecification.KMSMasterKeyId)).toEqual([
      'arn:aws:kms:eu-central-1:111122223333:key/mrk-1', 'arn:aws:kms:eu-north-1:111122223333:key/mrk-1', STACK_KEY,
    ]);
    expect(stream).toEqual({ StreamViewType: 'NEW_AND_OLD_IMAGES' });
  });

  test.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('have a policy only if asked for, with %s', (_, flags) => {
    const stack = testStack({ env: ENV, profile: SecurityProfile.sandbox(), flags });
    const table = new SecureTable(stack, 'Orders', { ...KEYS, replicas: [{ region: 'eu-central-1' }, { region: 'eu-north-1', closedPolicy: true }] });
    const guard = { ...GUARD, Condition: { ...GUARD.Condition, StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } } };
    expect(resourceOf(stack, table).Properties.Replicas.map((one: any) => one.ResourcePolicy?.PolicyDocument.Statement))
      .toEqual([undefined, [guard], [guard]]);
  });

  test('tell when they are behind', () => {
    const stack = testStack({ env: ENV });
    const table = new SecureTable(stack, 'Orders', {
      ...KEYS, replicas: ['eu-central-1', 'eu-north-1'].map((region) => ({ region, encryptionKey: replicaKey(stack, region) })),
    });
    expect(table.alarms).toHaveLength(5);
    const alarms = Object.values(templateOf(stack).findResources('AWS::CloudWatch::Alarm', { Properties: { MetricName: 'ReplicationLatency' } }));
    expect(alarms.map(({ Properties: p }) => [p.AlarmName, p.Dimensions[0].Value, p.Threshold, p.Period, p.EvaluationPeriods, p.Statistic])).toEqual([
      ['Shop/Orders/Replica-eu-central-1 replicationLatency', 'eu-central-1', 60000, 300, 3, 'Average'],
      ['Shop/Orders/Replica-eu-north-1 replicationLatency', 'eu-north-1', 60000, 300, 3, 'Average'],
    ]);
  });
});

describe('alarms', () => {
  test('tell of throttled requests of the table and of each index, and of failures of any operation', () => {
    const stack = testStack();
    const table = new SecureTable(stack, 'Orders', { ...KEYS, globalSecondaryIndexes: [{ indexName: 'by-state', partitionKey: { name: 'state', type: STRING } }] });
    table.addGlobalSecondaryIndex({ indexName: 'later', partitionKey: { name: 'other', type: STRING } });
    expect(table.alarms).toHaveLength(7);
    const name = stack.resolve(table.tableName);
    const alarms = Object.values(templateOf(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties: p }) => (
      [p.AlarmName, p.MetricName, p.Dimensions?.[0].Value, p.Threshold, p.EvaluationPeriods]));
    expect(alarms).toEqual([
      ['Shop/Orders readThrottles', 'ReadThrottleEvents', name, 10, 1],
      ['Shop/Orders writeThrottles', 'WriteThrottleEvents', name, 10, 1],
      ['Shop/Orders systemErrors', undefined, undefined, 0, 3],
      ['Shop/Orders/Index-by-state readThrottles', 'ReadThrottleEvents', 'by-state', 10, 1],
      ['Shop/Orders/Index-by-state writeThrottles', 'WriteThrottleEvents', 'by-state', 10, 1],
      ['Shop/Orders/Index-later readThrottles', 'ReadThrottleEvents', 'later', 10, 1],
      ['Shop/Orders/Index-later writeThrottles', 'WriteThrottleEvents', 'later', 10, 1],
    ]);
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Metrics: [{
        Expression: { 'Fn::Join': ['', ['SELECT SUM(SystemErrors) FROM SCHEMA("AWS/DynamoDB", Operation, TableName) WHERE TableName = \'', name, "'"]] },
        Id: 'expr_1',
        Label: 'SystemErrors',
        Period: 300,
        ReturnData: true,
      }],
    });
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/DynamoDB',
      Statistic: 'Sum',
      Dimensions: [{ Name: 'GlobalSecondaryIndexName', Value: 'by-state' }, { Name: 'TableName', Value: name }],
    });
    templateOf(stack).allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [stack.resolve(StackAlarmTopic.of(stack).topicArn)], TreatMissingData: 'notBreaching',
    });
  });

  test('remain in the sandbox, where only latency is not told', () => {
    const stack = testStack({ env: ENV, profile: SecurityProfile.sandbox() });
    expect(new SecureTable(stack, 'Orders', { ...KEYS, replicas: [{ region: 'eu-central-1' }] }).alarms).toHaveLength(3);
  });

  test('are tuned one by one and switched off with a reason', () => {
    const stack = testStack({ env: ENV, profile: SecurityProfile.sandbox() });
    const table = new SecureTable(stack, 'Orders', {
      ...KEYS,
      replicas: [{ region: 'eu-central-1' }],
      alarms: {
        readThrottles: AlarmSetting.threshold(99),
        writeThrottles: AlarmSetting.off(REASON),
        systemErrors: AlarmSetting.threshold(4),
        replicationLatency: AlarmSetting.threshold(5000),
      },
    });
    expect(table.alarms).toHaveLength(3);
    for (const Threshold of [99, 4, 5000]) templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold });
    expect(waiversBelow(stack)).toEqual([{ control: 'Alarm.writeThrottles', reason: REASON, constructPath: 'Shop/Orders' }]);
  });
});

describe('backups', () => {
  test('go daily into one locked vault of the stack, which outlives it', () => {
    const stack = testStack();
    const [orders, parcels] = ['Orders', 'Parcels'].map((id) => new SecureTable(stack, id, { ...KEYS, backup: TableBackup.daily() }));
    const template = templateOf(stack);
    template.hasResource('AWS::Backup::BackupVault', {
      DeletionPolicy: 'Retain',
      Properties: {
        EncryptionKeyArn: STACK_KEY,
        LockConfiguration: { MinRetentionDays: 35 },
        AccessPolicy: { Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'], Resource: '*' }] },
      },
    });
    const { BackupVaultName } = only(template, 'AWS::Backup::BackupVault');
    expect(BackupVaultName['Fn::Join'][1][0]).toMatch(/^Shop-SharedSecurity-Backup-[0-9A-F]{8}-$/);
    expect(JSON.stringify(BackupVaultName)).toContain('AWS::StackId'); // the vault of a stack that is gone does not stand in the way of the next
    template.hasResourceProperties('AWS::Backup::BackupPlan', {
      BackupPlan: { BackupPlanRule: [Match.objectLike({ RuleName: 'Daily', ScheduleExpression: 'cron(0 5 * * ? *)', Lifecycle: { DeleteAfterDays: 35 } })] },
    });
    expect(Object.values(template.findResources('AWS::Backup::BackupSelection')).map(({ Properties: p }) => p.BackupSelection.Resources))
      .toEqual([[stack.resolve(orders.tableArn)], [stack.resolve(parcels.tableArn)]]);
  });

  test('are made in a role that reads these tables, writes this vault, and uses their keys through DynamoDB', () => {
    const stack = testStack();
    const encryptionKey = new Key(stack, 'Own');
    const table = new SecureTable(stack, 'Orders', { ...KEYS, backup: TableBackup.daily(), encryptionKey });
    const [policy] = Object.values(templateOf(stack).findResources('AWS::IAM::Policy'));
    const statements = policy.Properties.PolicyDocument.Statement;
    const keys = [stack.resolve(encryptionKey.keyArn), STACK_KEY];
    const through = { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['dynamodb.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } };
    expect(statements).toEqual(expect.arrayContaining([
      { Effect: 'Allow', Action: ['backup:CopyIntoBackupVault', 'backup:DescribeBackupVault'], Resource: { 'Fn::GetAtt': ['SharedSecurityBackupVaultEBC9BBF4', 'BackupVaultArn'] } },
      { Effect: 'Allow', Action: ['dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource', 'dynamodb:StartAwsBackupJob'], Resource: stack.resolve(table.tableArn) },
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: keys, Condition: through },
      { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: keys },
      { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: keys, Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
    ]));
    expect(statements).toHaveLength(6); // and tags
    templateOf(stack).hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent(), Description: 'AWS Backup copies tables of Shop' });
  });

  test('can go by a plan of the owner', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    const plan = BackupPlan.fromBackupPlanId(stack, 'Plan', 'plan-1');
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('backup.amazonaws.com') });
    StackBackup.use(stack, plan, role);
    new SecureTable(stack, 'Orders', KEYS);
    expect(StackBackup.of(stack)).toBe(plan);
    templateOf(stack).hasResourceProperties('AWS::Backup::BackupSelection', { BackupPlanId: 'plan-1', BackupSelection: { IamRoleArn: stack.resolve(role.roleArn) } });
    templateOf(stack).resourceCountIs('AWS::Backup::BackupVault', 0);
  });

  test('are left out in the regulated profile with a reason, and for a table that goes', () => {
    const off = made({ backup: TableBackup.off(REASON) }, { profile: SecurityProfile.regulated() }).stack;
    expect(waiversBelow(off)).toEqual([{ control: 'Table.backup', reason: REASON, constructPath: 'Shop/Orders' }]);
    const gone = made({ removal: TableRemoval.destroy(REASON) }, { profile: SecurityProfile.regulated() }).stack;
    for (const stack of [off, gone]) templateOf(stack).resourceCountIs('AWS::Backup::BackupSelection', 0);
    expect(waiversBelow(made({ backup: TableBackup.off(REASON) }).stack)).toStrictEqual([]);
  });
});

describe('at the end', () => {
  const errorsOf = (stack: Stack): string[] => stack.node.findAll().flatMap((node) => node.node.validate());

  test('fails when the key goes and the table stays', () => {
    const stack = testStack();
    new SecureTable(stack, 'Orders', { ...KEYS, encryptionKey: new Key(stack, 'Own', { removalPolicy: RemovalPolicy.DESTROY }) });
    expect(errorsOf(stack)).toEqual([
      'The table is kept, but its key Shop/Own is deleted with its stack: keep the key, or pass removal: TableRemoval.destroy(reason) [SecureTable.Key]',
    ]);
  });

  test('fails when the policy was replaced', () => {
    const stack = testStack();
    new SecureTable(stack, 'Orders', KEYS).resourcePolicy = new PolicyDocument();
    expect(errorsOf(stack)).toEqual([
      'The policy of the table was replaced, and with it the guard that keeps other accounts out: add statements with addToResourcePolicy() [SecureTable.ResourcePolicy]',
    ]);
  });

  test('nothing fails otherwise', () => {
    const stack = testStack();
    new SecureTable(stack, 'Orders', KEYS);
    expect(errorsOf(stack)).toStrictEqual([]);
  });
});

test('a table in a nested stack shares the parts of the outer one', () => {
  const stack = testStack({ profile: SecurityProfile.regulated() });
  const nested = new NestedStack(stack, 'Data');
  new SecureTable(nested, 'Orders', KEYS);
  Template.fromStack(nested).resourceCountIs('AWS::KMS::Key', 0);
  Template.fromStack(nested).resourceCountIs('AWS::Backup::BackupVault', 0);
  templateOf(stack).resourceCountIs('AWS::Backup::BackupVault', 1);
});

test('a table and its users in two stacks do not wait for each other', () => {
  const app = new App();
  const [data, code] = ['Data', 'Code'].map((id) => new Stack(app, id));
  const table = new SecureTable(data, 'Orders', { ...KEYS, stream: StreamViewType.NEW_IMAGE });
  const role = new Role(code, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  table.allowRead(role);
  table.allowReadStream(role);
  app.synth();
  expect([data.dependencies, code.dependencies]).toEqual([[], [data]]);
});

test('no legal combination of props weakens a control without a reason', () => {
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  fc.assert(fc.property(fc.record({
    profile: fc.constantFrom(...PROFILES.map(([, profile]) => profile)),
    env: fc.constantFrom(undefined, ENV),
    billing: optional(fc.record({ maxReadRequestUnits: optional(fc.integer({ min: 1, max: 40000 })) })
      .map((limits) => TableBilling.onDemand(limits))),
    recovery: optional(fc.integer({ min: 1, max: 35 }).map((days) => TableRecovery.days(days))),
    backup: optional(fc.constant(TableBackup.daily())),
    removal: optional(fc.constant(TableRemoval.retain())),
    stream: optional(fc.constantFrom(StreamViewType.NEW_IMAGE, StreamViewType.KEYS_ONLY)),
    contributorInsights: optional(fc.boolean()),
  }), ({ profile, env, ...props }) => {
    const stack = testStack({ profile: profile(), env });
    const { Properties: table, DeletionPolicy } = resourceOf(stack, new SecureTable(stack, 'Orders', { ...KEYS, ...props }));
    const [replica] = table.Replicas;
    const { controls } = SecurityProfile.of(stack);
    expect(replica.ResourcePolicy.PolicyDocument.Statement[0].Sid).toBe('NobodyOfOtherAccounts');
    expect(replica.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled).toBe(true);
    expect(replica.ReadOnDemandThroughputSettings.MaxReadRequestUnits).toBeLessThanOrEqual(40000);
    expect(table.WriteOnDemandThroughputSettings.MaxWriteRequestUnits).toBeLessThanOrEqual(40000);
    if (controls.customerKeys) expect(replica.SSESpecification.KMSMasterKeyId).toEqual(STACK_KEY);
    if (controls.retainData) expect([DeletionPolicy, replica.DeletionProtectionEnabled]).toEqual(['Retain', true]);
  }), { numRuns: 25 });
});
