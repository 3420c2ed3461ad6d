import { HOURS_PER_MONTH, IDLE_PRICES, SMALLEST_CACHE } from './prices-baseline';
import { cachePrice, cents } from './pricing';
import { AlarmCoverage, SecurityControls } from '../../core/profile/security-controls';
import { SecurityProfile } from '../../core/profile/security-profile';
import { triggersOf } from '../../model/flow/triggers';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { cdkHelperOf } from '../../model/rights/cdk-helpers';
import { CostEstimate, CostItem } from '../form/posture-form';

/** What is watched, as the constructs say it. A plain template does not tell which alarms a thriftier profile would leave out. */
export interface AlarmFacts {
  /** Construct paths of the alarms that only full coverage has. */
  readonly beyondErrors: ReadonlySet<string>;
  /** How many metrics full coverage would watch besides. */
  readonly missing: number;
  /** How many stacks full coverage would give an attack alarm. */
  readonly attackAlarms: number;
}

/** What a control adds (or, below zero, leaves out), in dollars a month, and in words where it cannot be counted. */
interface Change {
  readonly what: string;
  readonly dollars: number;
  readonly words?: string;
}

/** The web ACL that a stack shares: a rate limit, three managed groups and a limit for bodies; a group more where APIs take bodies. src/waf says which. */
const ACL_RULES = 5;
const ACL_RULES_WITH_BODIES = 6;

const API_STAGE = 'AWS::ApiGateway::Stage';
const BEHIND_ACLS: readonly string[] = [API_STAGE, 'AWS::CloudFront::Distribution', 'AWS::Cognito::UserPool'];

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
  const stages = app.ofType(API_STAGE).length;
  const waiting = app.ofType('AWS::Lambda::Function').filter((fn) => isCalledInTurn(fn, app));
  const withQueue = waiting.filter(hasFailureQueue).length;
  const full = then.alarms === AlarmCoverage.FULL;
  return [
    twoWays('customer keys', changed('customerKeys'), IDLE_PRICES.key.price * stacks, spent('customer keys')),
    twoWays('web ACL', changed('webAcl'), aclsToCome(app, full), spent('web ACL')),
    ...now.alarms === then.alarms ? [] : alarmChanges(then.alarms, items, alarms),
    twoWays('API cache', changed('apiCache'), stages * cachePrice(SMALLEST_CACHE).price * HOURS_PER_MONTH, spent('API cache')),
    // each function has a queue of its own, with an alarm that all profiles keep
    { what: 'alarms of failure queues', dollars: IDLE_PRICES.alarmMetric.price * [-withQueue, 0, waiting.length - withQueue][changed('failureQueues') + 1] },
    ...changed('networkRequired') > 0 && app.ofType('AWS::Lambda::Function').length > 0 ? [{
      what: 'network',
      dollars: 0,
      words: `not counted: each interface endpoint costs ${cents(IDLE_PRICES.interfaceEndpoint.price * HOURS_PER_MONTH).toFixed(2)} and more for each zone`,
    }] : [],
  ].filter(({ dollars, words }) => cents(dollars) !== 0 || words !== undefined);
}

/** What the web ACLs of the stacks with something to protect would cost, each with its alarm where all is watched. */
function aclsToCome(app: AppModel, full: boolean): number {
  const withStages = new Set(app.ofType(API_STAGE).map(({ stackId }) => stackId));
  const rules = [...new Set(app.ofType(...BEHIND_ACLS).map(({ stackId }) => stackId))]
    .map((stack) => (withStages.has(stack) ? ACL_RULES_WITH_BODIES : ACL_RULES));
  const alarm = full ? IDLE_PRICES.alarmMetric.price : 0;
  return rules.reduce((sum, amount) => sum + IDLE_PRICES.webAcl.price + amount * IDLE_PRICES.webAclRule.price + alarm, 0);
}

/** Somebody waits for its answer, as far as the app tells: whoever calls it learns of failures, and no queue has to keep them. */
function isCalledInTurn(fn: Resource, app: AppModel): boolean {
  return cdkHelperOf(fn, app) === undefined && !triggersOf(fn, app).some(({ asynchronous }) => asynchronous);
}

function hasFailureQueue(fn: Resource): boolean {
  return fn.property('DeadLetterConfig.TargetArn') !== undefined;
}

/** A control that comes costs what it costs a new app; one that goes saves what is spent for it. */
function twoWays(what: string, change: number, added: number, spent: number): Change {
  return { what, dollars: change > 0 ? Math.max(0, added - spent) : change < 0 ? -spent : 0 };
}

function alarmChanges(coverage: AlarmCoverage, items: readonly CostItem[], alarms: AlarmFacts | undefined): readonly Change[] {
  if (alarms === undefined) return [{ what: 'alarms', dollars: 0, words: 'not counted: a template does not tell which of them the profile has' }];
  if (coverage === AlarmCoverage.FULL) {
    return [{ what: 'alarms', dollars: alarms.missing * IDLE_PRICES.alarmMetric.price + alarms.attackAlarms * IDLE_PRICES.compositeAlarm.price }];
  }
  const saved = items.filter(({ control, at }) => control === 'alarms' && alarms.beyondErrors.has(at)).reduce((sum, { monthly }) => sum + monthly, 0);
  return [{ what: 'alarms', dollars: -saved }];
}
