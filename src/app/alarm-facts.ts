import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Watched, watchedBelow } from '../alarms/watched';
import { outermostStack } from '../core/stacks/shared-part';
import { AlarmFacts } from '../report/cost/neighbours';

/** A learned band is paid as three metrics. */
const METRICS_OF_A_BAND = 3;

/** Which alarms a thriftier profile would leave out, and what full coverage would watch besides: constructs note both. */
export function alarmFactsOf(root: IConstruct): AlarmFacts {
  const watched = watchedBelow(root);
  return {
    beyondErrors: new Set(watched.flatMap(({ watch, alarm }) => (alarm === undefined || watch?.essential === true ? [] : [alarm.node.path]))),
    attackAlarms: attackAlarmsToCome(watched),
    missing: watched.filter(({ alarm }) => alarm === undefined)
      .reduce((sum, { watch }) => sum + (watch?.anomaly === true ? METRICS_OF_A_BAND : 1), 0),
  };
}

/** Stacks that watch several signals of an attack have an alarm for them together, as soon as the signals have alarms. */
function attackAlarmsToCome(watched: readonly Watched[]): number {
  const signals = new Map<Stack, readonly Watched[]>();
  for (const one of watched.filter(({ watch }) => watch?.attack === true)) {
    const stack = outermostStack(one.scope);
    signals.set(stack, [...signals.get(stack) ?? [], one]);
  }
  return [...signals.values()].filter((all) => all.length > 1 && all.some(({ alarm }) => alarm === undefined)).length;
}
