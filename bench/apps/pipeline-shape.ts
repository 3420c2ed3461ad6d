import { PipelineNames } from '../../examples/order-pipeline/lib/pipeline-names';

/** CDK's own table takes a key of the customer only where the region is known. */
export const ENV = { account: '111122223333', region: 'eu-west-1' };

export const NAMES: PipelineNames = {
  tills: ['till-7', 'till-8'],
  trustAnchorId: '00000000-0000-0000-0000-000000000001',
  bookkeepingRole: 'bookkeeping',
  alarmEmail: 'oncall@example.com',
};
