import { ControlPosture, FrameworkCoverage, Posture } from '../../../form/posture-form';
import { bar, chip, distinct, filters, fold, Row, Section, table } from '../elements';
import { Markup, markup } from '../markup';

type State = ControlPosture['state'];

const STATES: readonly (readonly [state: State, word: string, tone: 'bad' | 'warn' | 'good' | 'calm'])[] = [
  ['violated', 'violated', 'bad'], ['undecided', 'undecided', 'warn'], ['excepted', 'excepted', 'warn'], ['compliant', 'compliant', 'good'],
  ['off', 'off', 'calm'], ['not-applicable', 'not applicable', 'calm'],
];
const TONES = new Map(STATES.map(([state, , tone]) => [state, tone]));

/** Controls of catalogues, and the rules of the pack, by how they came out. */
export function frameworks({ frameworks: all, controls }: Posture): Section {
  return {
    id: 'frameworks',
    title: 'Frameworks',
    amount: all.length,
    body: markup`<p class="lead">How the controls that the rules can judge came out. A rule that holds shows a part of a control, not the whole of it: no catalogue is covered by templates alone.</p>
<div class="coverage">${all.map(framework)}</div>
${controls.length === 0 ? '' : fold(markup`Every rule <span class="quiet">${controls.length}</span>`, markup`${filters('rule-table', 'rules', controls.length, [
  { key: 'state', label: 'State', values: distinct(controls.map(({ state }) => state)) },
  { key: 'severity', label: 'Severity', values: distinct(controls.map(({ severity }) => severity)) },
])}${table('rule-table', 'Rules', [{ title: 'Rule' }, { title: 'Severity' }, { title: 'State' }, { title: 'Passed', numeric: true }, { title: 'Failed', numeric: true }, { title: 'Accepted', numeric: true }], controls.map(rule))}`)}`,
  };
}

function framework({ name, controls }: FrameworkCoverage): Markup {
  const amounts = STATES.map(([state, word, tone]) => ({ word, tone: state === 'not-applicable' ? 'none' : tone, amount: controls.filter((control) => control.state === state).length }));
  const shown = [...controls].sort((a, b) => order(a.state) - order(b.state));
  return fold(
    markup`<span class="row"><b>${name}</b><span class="quiet small">${amounts.filter(({ amount }) => amount > 0).map(({ amount, word }, index) => `${index > 0 ? ', ' : ''}${amount} ${word}`)}</span></span>${bar(amounts)}`,
    markup`<ul class="controls">${shown.map(({ id, state, rules }) => markup`<li>${chip(state, TONES.get(state) ?? 'calm')} <b>${id}</b> <span class="small quiet">${rules.join(', ')}</span></li>`)}</ul>`,
  );
}

function order(state: State): number {
  return STATES.findIndex(([known]) => known === state);
}

function rule({ rule: id, title, severity, state, passed, failed, accepted }: ControlPosture): Row {
  return {
    keys: { state, severity },
    cells: [markup`<code class="strong">${id}</code><br><span class="small">${title}</span>`, markup`${severity}`, chip(state, TONES.get(state) ?? 'calm'), ...[passed, failed, accepted].map((amount) => markup`${amount}`)],
  };
}
