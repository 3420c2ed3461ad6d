import { AlarmPosture } from '../../../form/app-form';
import { Posture } from '../../../form/posture-form';
import { count } from '../../text';
import { chip, distinct, filters, fold, place, places, Row, Section, table } from '../elements';
import { Markup, markup } from '../markup';

const OPEN_BELOW = 12;

/** What is watched, and whether somebody hears of it. */
export function alarms({ alarms: all }: Posture): Section {
  const order = (alarm: AlarmPosture) => alarm.reachesSomebody === false ? 0 : alarm.reachesSomebody === null ? 1 : 2;
  const sorted = [...all].sort((a, b) => order(a) - order(b));
  const silent = all.filter(({ reachesSomebody }) => reachesSomebody === false).length;
  const list = markup`${filters('alarm-table', 'alarms', all.length, [
    { key: 'metric', label: 'Metric', values: distinct(all.map(({ metric }) => metric ?? 'several')) },
    { key: 'heard', label: 'Heard', values: distinct(all.map(heard)) },
  ])}${table('alarm-table', 'Alarms', [{ title: 'Alarm' }, { title: 'Metric' }, { title: 'Watches' }, { title: 'Heard' }, { title: 'Tells' }], sorted.map(row))}`;
  return {
    id: 'alarms',
    title: 'Alarms',
    amount: all.length,
    body: all.length === 0 ? markup`<p>Nothing is watched.</p>` : markup`<p>${silent === 0 ? 'Each alarm reaches somebody, as far as the templates tell.' : `${count(silent, 'alarm rings', 'alarms ring')} where nobody hears it.`}</p>${all.length < OPEN_BELOW ? list : fold(markup`${count(all.length, 'alarm')}`, list, silent > 0)}`,
  };
}

function heard({ reachesSomebody }: AlarmPosture): string {
  if (reachesSomebody === null) return 'not known';
  return reachesSomebody ? 'by somebody' : 'by nobody';
}

function row(alarm: AlarmPosture): Row {
  const { at, metric, watches, actions, composite } = alarm;
  return {
    keys: { metric: metric ?? 'several', heard: heard(alarm) },
    cells: [place(at), markup`${metric ?? (composite ? 'other alarms' : '–')}`, places(watches), heardChip(alarm), places(actions, 'nobody')],
  };
}

function heardChip(alarm: AlarmPosture): Markup {
  return chip(heard(alarm), alarm.reachesSomebody === null ? 'calm' : alarm.reachesSomebody ? 'good' : 'bad');
}
