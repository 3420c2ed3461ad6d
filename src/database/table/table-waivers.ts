import { Stack, Token } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { SecureTableProps } from './secure-table-props';
import { DATA_REMOVAL_FINDINGS, recordWaiver } from '../../core/exceptions/waiver';
import { SecurityProfile } from '../../core/profile/security-profile';

/** Notes which controls of a table were weakened, and why. What the profile does not ask for, or decides itself, is no waiver. */
export function recordWaivers(table: TableV2, props: SecureTableProps): void {
  const { controls } = SecurityProfile.of(table);
  const waivers = {
    'Table.billing': props.billing?._unlimitedReason,
    'Table.recovery': props.recovery?._offReason,
    'Table.backup': controls.backupPlans ? props.backup?._offReason : undefined,
    'Table.removal': controls.retainData ? props.removal?._destroyReason : undefined,
  };
  const inEachRegion = (rule: string) => regionsOf(table, props).map((region) => `${rule}[${region}]`);
  const findings: { readonly [control: string]: readonly string[] } = {
    'Table.backup': ['TableBackupPlan'],
    'Table.recovery': inEachRegion('TableRecovery'),
    'Table.removal': [...DATA_REMOVAL_FINDINGS, ...inEachRegion('TableDeletionProtection')],
  };
  for (const [control, reason] of Object.entries(waivers)) {
    if (reason !== undefined) recordWaiver(table, { control, reason }, findings[control]);
  }
}

/** The regions of the replicas, the table itself among them, as rules name them. */
function regionsOf(table: TableV2, { replicas = [] }: SecureTableProps): readonly string[] {
  const { region } = Stack.of(table);
  return [Token.isUnresolved(region) ? '<AWS::Region>' : region, ...replicas.map((replica) => replica.region)];
}
