import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { throttleWatches } from './table-alarms';
import { alarmStep } from '../../alarms/alarm-hardening';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { AlarmCoverage } from '../../core/profile/security-controls';

/** Where the profile asks for full coverage: scraping and loops show as throttles. */
const alarms = (type: string) => alarmStep<CfnTable | CfnGlobalTable>({
  type,
  rule: 'SensitiveStoreAlarm',
  when: (table, site) => site.controls(table).alarms === AlarmCoverage.FULL,
  watches: (table) => throttleWatches(table.ref),
  names: (table) => [table.tableName],
});

/** What hardening does so that somebody hears of a table that is throttled. */
export const TABLE_ALARM_HARDENING: readonly HardeningStep[] = [CfnTable, CfnGlobalTable].map((type) => alarms(type.CFN_RESOURCE_TYPE_NAME));
