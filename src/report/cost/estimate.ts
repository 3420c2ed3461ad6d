import { costItemsOf } from './items';
import { AlarmFacts, neighboursOf } from './neighbours';
import { LEFT_OUT, PRICES_AS_OF, USAGE_DRIVERS } from './prices-baseline';
import { cents } from './pricing';
import { SecurityProfile } from '../../core/profile/security-profile';
import { AppModel } from '../../model/resources/app-model';
import { CostEstimate } from '../form/posture-form';

/** What the app costs per month while nothing happens, and what it would cost under the neighbouring profiles. */
export function estimateOf(app: AppModel, profile: SecurityProfile, alarms?: AlarmFacts): CostEstimate {
  const items = costItemsOf(app);
  return {
    pricesAsOf: PRICES_AS_OF,
    currency: 'USD',
    total: cents(items.reduce((sum, { monthly }) => sum + monthly, 0)),
    items,
    neighbours: neighboursOf(app, profile, items, alarms),
    leftOut: [...LEFT_OUT, ...USAGE_DRIVERS.filter(({ type }) => app.ofType(type).length > 0).map(({ driver }) => driver)],
  };
}
