import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { SecureTableProps } from './secure-table-props';
import { SecurityProfile } from '../core/security-profile';
import { recordWaiver } from '../core/waiver';

/** Notes which controls of a table were weakened, and why. What the profile does not ask for, or decides itself, is no waiver. */
export function recordWaivers(table: TableV2, props: SecureTableProps): void {
  const { controls } = SecurityProfile.of(table);
  const waivers = {
    'Table.billing': props.billing?._unlimitedReason,
    'Table.recovery': props.recovery?._offReason,
    'Table.backup': controls.backupPlans ? props.backup?._offReason : undefined,
    'Table.removal': controls.retainData ? props.removal?._destroyReason : undefined,
  };
  for (const [control, reason] of Object.entries(waivers)) {
    if (reason !== undefined) recordWaiver(table, { control, reason });
  }
}
