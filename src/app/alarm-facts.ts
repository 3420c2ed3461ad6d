import { IConstruct } from 'constructs';
import { watchedBelow } from '../alarms/watched';
import { AlarmFacts } from '../report/cost/neighbours';

/** A learned band is paid as three metrics. */
const METRICS_OF_A_BAND = 3;

/** Which alarms a thriftier profile would leave out, and what full coverage would watch besides: constructs note both. */
export function alarmFactsOf(root: IConstruct): AlarmFacts {
  const watched = watchedBelow(root);
  return {
    beyondErrors: new Set(watched.flatMap(({ watch, alarm }) => (alarm === undefined || watch?.essential === true ? [] : [alarm.node.path]))),
    missing: watched.filter(({ alarm }) => alarm === undefined)
      .reduce((sum, { watch }) => sum + (watch?.anomaly === true ? METRICS_OF_A_BAND : 1), 0),
  };
}
