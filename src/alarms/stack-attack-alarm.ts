import { Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnAlarm, CompositeAlarm, IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct, IConstruct } from 'constructs';
import { AlarmSetting } from './alarm-setting';
import { alarmTopicOf } from './alarm-topic';
import { isSignal, recordWatched, watchedBelow } from './watched';
import { checkInteger, checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { recordWaiver } from '../core/exceptions/waiver';
import { outermostStack, SharedPart } from '../core/stacks/shared-part';

/** How many signals at once make an attack. */
const SIGNALS_AT_ONCE = 2;

/** A composite alarm takes in at most 100 others: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const MOST_SIGNALS = 100;

/** How long the rule of a composite alarm may be, and what stands around the names in it. */
const RULE_LENGTH = 10_240;
const AROUND_RULE = 'AT_LEAST(100, ALARM, ())'.length;
const AROUND_NAME = '"", '.length;

/** As long as a name of CloudFormation's making may be: of a stack, the logical id, and what tells it from others. */
const MADE_NAME = 255;

const TUNED = Symbol.for('cdk-secure-serverless.attack-alarm');
type Holder = IConstruct & { [TUNED]?: AlarmSetting };

const part = new SharedPart<IAlarm>('AttackAlarm', makeAlarm);

/**
 * The alarm that says that a stack is under attack: at least two signals of one at the same time. Signals are surges of denied calls, of
 * requests that WAF blocks, of requests in all, of throttled calls and of executions at once, and of refused requests to buckets.
 *
 * One signal alone has its own alarm already, and more often than not an honest cause. The alarm is made as soon as the constructs of a
 * stack watch two signals in a profile with full alarms, for about 0.50 USD a month, and notifies `StackAlarmTopic`.
 */
export class StackAttackAlarm {
  /** The alarm of the stack of a construct. There is none as long as fewer than two signals are watched. */
  public static of(scope: IConstruct): IAlarm | undefined {
    return part.peek(scope);
  }

  /**
   * Changes how many signals make an attack, `AlarmSetting.threshold(3)`, or switches the alarm of a stack off with a reason. Call it
   * before the constructs are made.
   * @throws ConfigurationError [AttackAlarm.Signals] when the number does not lie between 1 and 100
   * @throws ConfigurationError [AttackAlarm.Tuning] when the setting has a period or a number of data points, which only plain alarms have
   * @throws ConfigurationError [AttackAlarm.AlreadyMade] when the alarm exists already
   * @throws ConfigurationError [AttackAlarm.Reason] when the reason is too short to be judged
   */
  public static tune(scope: IConstruct, setting: AlarmSetting): void {
    const stack = outermostStack(scope);
    check(stack, setting);
    (stack as Holder)[TUNED] = setting;
    if (setting._offReason !== undefined) recordWaiver(stack, { control: 'Alarm.attack', reason: setting._offReason });
  }

  private constructor() {}
}

/** Makes the alarm of a stack once there are enough signals for it. */
export function considerAttack(scope: IConstruct): void {
  const stack = outermostStack(scope);
  if (part.peek(stack) !== undefined) return; // it finds the signals itself, at the end: looking each time would take longer with each construct
  const tuned = (stack as Holder)[TUNED];
  if (tuned?._offReason === undefined && signalsOf(stack).length >= Math.max(SIGNALS_AT_ONCE, neededSignals(stack))) part.of(scope);
}

function check(stack: Stack, setting: AlarmSetting): void {
  if (part.peek(stack) !== undefined) {
    refuse(stack, {
      code: 'AttackAlarm.AlreadyMade', prop: 'setting', must: 'must be given before the alarm is made', fix: 'call StackAttackAlarm.tune() before the first construct of the stack',
    });
  }
  if (setting._offReason !== undefined) {
    return checkReason(stack, setting._offReason, { code: 'AttackAlarm.Reason', prop: 'setting', fix: 'say why nobody needs to know of an attack' });
  }
  checkInteger(stack, setting._threshold, 1, MOST_SIGNALS, {
    code: 'AttackAlarm.Signals', prop: 'setting', fix: `leave it out to use ${SIGNALS_AT_ONCE}`,
  });
  if (Object.values(setting._tuning).some((value) => value !== undefined)) {
    refuse(stack, {
      code: 'AttackAlarm.Tuning', prop: 'setting', must: 'must hold a number of signals and nothing else: the alarm is made of alarms, not of data points', fix: 'write AlarmSetting.threshold(3)',
    });
  }
}

function neededSignals(stack: IConstruct): number {
  return (stack as Holder)[TUNED]?._threshold ?? SIGNALS_AT_ONCE;
}

/** The alarms that are signals of an attack, in this stack and the stacks nested in it: as many as one alarm takes in. */
function signalsOf(stack: Stack): IAlarm[] {
  const taken: IAlarm[] = [];
  let length = AROUND_RULE;
  for (const { scope, watch, alarm } of watchedBelow(stack)) {
    if (!isSignal(watch) || alarm === undefined || outermostStack(scope) !== stack) continue;
    length += AROUND_NAME + lengthOfName(alarm);
    if (length > RULE_LENGTH || taken.length === MOST_SIGNALS) break;
    taken.push(alarm);
  }
  return taken;
}

function lengthOfName({ node: { defaultChild } }: IAlarm): number {
  const { alarmName } = defaultChild as CfnAlarm;
  return alarmName === undefined || Token.isUnresolved(alarmName) ? MADE_NAME : alarmName.length;
}

function makeAlarm(scope: Construct, id: string): IAlarm {
  const stack = outermostStack(scope);
  const rule = (): string => `AT_LEAST(${neededSignals(stack)}, ALARM, (${signalsOf(stack).map(({ alarmName }) => `"${alarmName}"`).join(', ')}))`;
  const alarm = new CompositeAlarm(scope, id, {
    compositeAlarmName: Token.isUnresolved(stack.stackName) ? undefined : `${stack.stackName} under attack`,
    alarmDescription: `${stack.node.path}: several signals of an attack at once. See which of the alarms below went off, and from where the requests come.`,
    alarmRule: { renderAlarmRule: () => Lazy.string({ produce: rule }) },
    actionsEnabled: true,
  });
  alarm.addAlarmAction(new SnsAction(alarmTopicOf(scope)));
  recordWatched({ scope: alarm, alarm });
  return alarm;
}
