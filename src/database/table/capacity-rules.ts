import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { at, elements, isUnresolved, textOf } from '../../model/values/values';

const TABLE = 'AWS::DynamoDB::Table';
const GLOBAL_TABLE = 'AWS::DynamoDB::GlobalTable';
const UNITS = ['ReadCapacityUnits', 'WriteCapacityUnits'];

export const TABLE_CAPACITY: Rule = {
  id: 'TableCapacity',
  severity: Severity.LOW,
  appliesTo: [TABLE],
  title: 'The capacity of a table does not follow the load',
  why: 'Whoever uses up the few units of the table locks out all others: no request of any of them is read or written.',
  fix: 'Set BillingMode to PAY_PER_REQUEST (billingMode), or scale reads and writes (autoScaleReadCapacity, autoScaleWriteCapacity). SecureTable is paid by request.',
  risks: ['runaway-use', 'misconfiguration'],
  frameworks: ['FSBP DynamoDB.1', 'cdk-nag DynamoDBAutoScalingEnabled', 'cfn_nag W73', 'CSA SAS-08'],
  findingForm: '`ReadCapacityUnits` or `WriteCapacityUnits`',
  check: judgeCapacity,
};

export const TABLE_BACKUP_PLAN: Rule = {
  id: 'TableBackupPlan',
  severity: Severity.LOW,
  control: 'backupPlans',
  appliesTo: [TABLE, GLOBAL_TABLE],
  title: 'No backup plan has a table',
  why: 'Recovery to any moment ends after 35 days, and with the table itself: who deletes the table in an account that he took over deletes both.',
  fix: 'Select the table in a plan whose vault is locked (BackupPlan.addSelection). StackBackup does for all tables of its stack.',
  risks: ['misconfiguration', 'single-layer'],
  frameworks: ['FSBP DynamoDB.4', 'cdk-nag DynamoDBInBackupPlan'],
  check: judgeBackup,
};

/** A table is paid by units unless it says otherwise. Targets of application scaling name it in their resource id. */
function judgeCapacity(table: Resource, app: AppModel): RuleResult {
  const modes = table.alternatives('BillingMode');
  const open = modes.some(isUnresolved);
  if (!open && modes.every((mode) => mode === 'PAY_PER_REQUEST')) return pass();
  const scaled = app.index('scaled dimensions of tables', () => new Set(app.ofType('AWS::ApplicationAutoScaling::ScalableTarget')
    .flatMap((target) => app.targets(target.property('ResourceId'))
      .map(({ key }) => `${key} ${(textOf(target.property('ScalableDimension')) ?? '').split(':').pop()}`))));
  return UNITS.map((unit): Outcome => {
    if (scaled.has(`${table.key} ${unit}`)) return pass();
    return open ? unresolved('Properties.BillingMode', unit) : fail('Properties.BillingMode', unit);
  });
}

/** Plans name resources, or select those with a tag. */
function judgeBackup(table: Resource, app: AppModel): RuleResult {
  const selections = app.ofType('AWS::Backup::BackupSelection');
  const resources = selections.flatMap((selection) => selection.items('BackupSelection.Resources'));
  if (resources.some((resource) => app.targets(resource).includes(table) || /^(?:\*|arn:[^:]*:dynamodb:.*table\/\*)$/.test(textOf(resource) ?? ''))) return pass();
  const wanted = selections.flatMap((selection) => selection.items('BackupSelection.ListOfTags'));
  if (wanted.some((tag) => carries(table, textOf(at(tag, 'ConditionKey')), textOf(at(tag, 'ConditionValue'))))) return pass();
  const open = [...resources, ...wanted].some(isUnresolved) || selections.some((selection) => selection.property('BackupSelection.Conditions') !== undefined);
  return open ? unresolved('Properties') : fail('Properties');
}

function carries(table: Resource, key: string | undefined, value: string | undefined): boolean {
  const replicas = table.type === GLOBAL_TABLE ? table.items('Replicas').flatMap((replica) => elements(at(replica, 'Tags'))) : table.items('Tags');
  return replicas.some((tag) => textOf(at(tag, 'Key')) === key && textOf(at(tag, 'Value')) === value);
}

export const CAPACITY_RULES: readonly Rule[] = [TABLE_BACKUP_PLAN, TABLE_CAPACITY];
