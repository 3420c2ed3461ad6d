import { SecurityProfile } from '../../core/security-profile';
import { AppModel } from '../../policy/model/resources/app-model';
import { CostEstimate } from '../form/posture-form';

/** What the app costs per month while nothing happens. */
export function estimateOf(_app: AppModel, _profile: SecurityProfile): CostEstimate {
  return { pricesAsOf: '2026-11-01', currency: 'USD', total: 0, items: [], neighbours: [], leftOut: ['requests', 'storage', 'data transfer'] };
}
