import { API_CACHE_PRICES, HOURS_PER_MONTH, IDLE_PRICES } from './prices-baseline';
import { cents } from './pricing';
import { AlarmCoverage, SecurityControls, SecurityProfile } from '../../core/security-profile';
import { AppModel } from '../../policy/model/resources/app-model';
import { CostEstimate, CostItem } from '../form/posture-form';

/** What is watched, as the constructs say it. A plain template does not tell which alarms a thriftier profile would leave out. */
export interface AlarmFacts {
  /** Construct paths of the alarms that only full coverage has. */
  readonly beyondErrors: ReadonlySet<string>;
  /** How many metrics full coverage would watch besides. */
  readonly missing: number;
}

/** What a control adds (or, below zero, leaves out), in dollars a month, and in words where it cannot be counted. */
interface Change {
  readonly what: string;
  readonly dollars: number;
  readonly words?: string;
}

/** The web ACL that a secure construct makes has as many rules; src/waf says which. */
const OWN_ACL_RULES = 5;

const PROFILES: readonly (() => SecurityProfile)[] = [SecurityProfile.sandbox, SecurityProfile.production, SecurityProfile.regulated];

/** What the same app would cost idle under the other profiles: the controls that they add or leave out. */
export function neighboursOf(
  app: AppModel, profile: SecurityProfile, items: readonly CostItem[], alarms?: AlarmFacts,
): CostEstimate['neighbours'] {
  const total = items.reduce((sum, { monthly }) => sum + monthly, 0);
  return PROFILES.map((make) => make()).filter(({ name }) => name !== profile.name).map(({ name, controls }) => {
    const changes = changesTo(profile.controls, controls, app, items, alarms);
    const difference = changes.map(({ what, dollars, words }) => (
      words === undefined ? `${what}: ${Math.abs(cents(dollars)).toFixed(2)} ${dollars < 0 ? 'less' : 'more'}` : `${what}: ${words}`));
    return { profile: name, total: cents(Math.max(0, changes.reduce((sum, { dollars }) => sum + dollars, total))), difference };
  });
}

function changesTo(
  now: SecurityControls, then: SecurityControls, app: AppModel, items: readonly CostItem[], alarms: AlarmFacts | undefined,
): readonly Change[] {
  const spent = (control: string) => items.filter((item) => item.control === control).reduce((sum, { monthly }) => sum + monthly, 0);
  const changed = (control: keyof SecurityControls) => Number(then[control] === true) - Number(now[control] === true);
  const stacks = new Set(app.resources.map(({ stackId }) => stackId)).size;
  const functions = app.ofType('AWS::Lambda::Function').length;
  const stages = app.ofType('AWS::ApiGateway::Stage').length;
  const behindAcl = new Set(app.ofType('AWS::ApiGateway::Stage', 'AWS::CloudFront::Distribution', 'AWS::Cognito::UserPool').map(({ stackId }) => stackId)).size;
  return [
    twoWays('customer keys', changed('customerKeys'), IDLE_PRICES.key.price * stacks, spent('customer keys')),
    twoWays('web ACL', changed('webAcl'), behindAcl * (IDLE_PRICES.webAcl.price + OWN_ACL_RULES * IDLE_PRICES.webAclRule.price), spent('web ACL')),
    ...now.alarms === then.alarms ? [] : alarmChanges(then.alarms, items, alarms),
    twoWays('API cache', changed('apiCache'), stages * API_CACHE_PRICES['0.5'] * HOURS_PER_MONTH, spent('API cache')),
    twoWays('alarms of failure queues', changed('failureQueues'), functions * IDLE_PRICES.alarmMetric.price, 0),
    ...changed('networkRequired') > 0 && functions > 0 ? [{
      what: 'network',
      dollars: 0,
      words: `not counted: each interface endpoint costs ${cents(IDLE_PRICES.interfaceEndpoint.price * HOURS_PER_MONTH).toFixed(2)} and more for each zone`,
    }] : [],
  ].filter(({ dollars, words }) => cents(dollars) !== 0 || words !== undefined);
}

/** A control that comes costs what it costs a new app; one that goes saves what is spent for it. */
function twoWays(what: string, change: number, added: number, spent: number): Change {
  return { what, dollars: change > 0 ? Math.max(0, added - spent) : change < 0 ? -spent : 0 };
}

function alarmChanges(coverage: AlarmCoverage, items: readonly CostItem[], alarms: AlarmFacts | undefined): readonly Change[] {
  if (alarms === undefined) return [{ what: 'alarms', dollars: 0, words: 'not counted: a template does not tell which of them the profile has' }];
  if (coverage === AlarmCoverage.FULL) return [{ what: 'alarms', dollars: alarms.missing * IDLE_PRICES.alarmMetric.price }];
  const saved = items.filter(({ control, at }) => control === 'alarms' && alarms.beyondErrors.has(at)).reduce((sum, { monthly }) => sum + monthly, 0);
  return [{ what: 'alarms', dollars: -saved }];
}
