import { AppModel } from '../../model/resources/app-model';
import { valuesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { at, elements, isTrue, numberOf, Value } from '../../model/values/values';

/** DynamoDB keeps as many days unless a template says otherwise. */
const RECOVERY_DAYS = 35;

/** What brings lost data of a store back. */
export function backupOf(store: Resource, app: AppModel): readonly string[] {
  return [...ownBackupOf(store), ...plansFor(store, app)];
}

function ownBackupOf(store: Resource): readonly string[] {
  switch (store.type) {
    case 'AWS::DynamoDB::Table': return recovery(store.property('PointInTimeRecoverySpecification'));
    case 'AWS::DynamoDB::GlobalTable': return replicaBackup(store);
    case 'AWS::S3::Bucket': return bucketBackup(store);
    case 'AWS::Events::EventBus': return [];
    case 'AWS::Events::Archive': return [daysOf('archive', store.property('RetentionDays'), 'archive without an end')];
    case 'AWS::EFS::FileSystem': return store.property('BackupPolicy.Status') === 'ENABLED' ? ['automatic backups'] : [];
    case 'AWS::RDS::DBCluster':
    case 'AWS::RDS::DBInstance': return store.property('BackupRetentionPeriod') === 0 ? [] : [daysOf('automatic backups', store.property('BackupRetentionPeriod'), 'automatic backups 1 day')];
    default: return [];
  }
}

function recovery(specification: Value): readonly string[] {
  if (!isTrue(at(specification, 'PointInTimeRecoveryEnabled'))) return [];
  return [`point-in-time recovery ${numberOf(at(specification, 'RecoveryPeriodInDays')) ?? RECOVERY_DAYS} days`];
}

function replicaBackup(table: Resource): readonly string[] {
  const replicas = table.items('Replicas');
  const each = replicas.map((replica) => recovery(at(replica, 'PointInTimeRecoverySpecification')));
  return [...each.every((one) => one.length > 0) ? each[0] ?? [] : [], ...replicas.length > 1 ? [`${replicas.length} replicas`] : []];
}

function bucketBackup(bucket: Resource): readonly string[] {
  return [
    ...bucket.property('VersioningConfiguration.Status') === 'Enabled' ? ['versions'] : [],
    ...isTrue(bucket.property('ObjectLockEnabled')) ? ['object lock'] : [],
    ...elements(bucket.property('ReplicationConfiguration.Rules')).length > 0 ? ['replication'] : [],
  ];
}

function daysOf(what: string, days: Value, otherwise: string): string {
  const number = numberOf(days);
  return number === undefined || number === 0 ? otherwise : `${what} ${number} ${number === 1 ? 'day' : 'days'}`;
}

function plansFor(store: Resource, app: AppModel): readonly string[] {
  const selected = app.index('stores in backup plans', () => new Set(app.ofType('AWS::Backup::BackupSelection')
    .flatMap((selection) => valuesAt(selection, 'BackupSelection.Resources')).flatMap((value) => app.targets(value)).map(({ key }) => key)));
  return selected.has(store.key) ? ['backup plan'] : [];
}
