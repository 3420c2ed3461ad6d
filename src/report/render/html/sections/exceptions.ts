import { ExceptionPosture, Posture } from '../../../form/posture-form';
import { chip, distinct, filters, place, Row, Section, table } from '../elements';
import { Markup, markup } from '../markup';

const TONES: { readonly [state in ExceptionPosture['state']]: 'bad' | 'warn' | 'good' | 'calm' } = {
  valid: 'good', expiring: 'warn', expired: 'bad', refused: 'bad', unused: 'warn', permanent: 'calm',
};

const KINDS: { readonly [kind in ExceptionPosture['kind']]: string } = {
  accepted: 'accepted, with an end',
  acknowledged: 'acknowledged in CDK',
  construct: 'reason given to a construct',
  rule: 'rule switched off or ranked lower',
  library: 'explained by the library',
  excused: 'brought along by CDK',
};

/** What was accepted or weakened on purpose: what ends first stands first. */
export function exceptions({ exceptions: all }: Posture): Section {
  const sorted = [...all].sort((a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || 0);
  return {
    id: 'exceptions',
    title: 'Exceptions',
    amount: all.length,
    body: all.length === 0 ? markup`<p>Nothing was accepted, and no control is switched off.</p>` : markup`${filters('exception-table', 'exceptions', all.length, [
      { key: 'kind', label: 'Kind', values: distinct(all.map(({ kind }) => kind)) },
      { key: 'state', label: 'State', values: distinct(all.map(({ state }) => state)) },
    ])}${table('exception-table', 'Exceptions', [{ title: 'Control' }, { title: 'Reason' }, { title: 'State' }, { title: 'Days left', numeric: true }, { title: 'Owner' }, { title: 'Covers', numeric: true }], sorted.map(row))}`,
  };
}

function row({ kind, control, at, reason, owner, ticket, expires, daysLeft, state, covers }: ExceptionPosture): Row {
  return {
    keys: { kind, state },
    cells: [
      markup`<code class="strong">${control}</code><br><span class="small">${place(at)}</span>`,
      markup`${reason}<br><span class="small quiet">${KINDS[kind]}</span>`,
      chip(state, TONES[state]),
      days(daysLeft, expires),
      markup`${owner ?? '–'}${ticket === undefined ? '' : markup`<br><span class="small quiet">${ticket}</span>`}`,
      markup`${covers}`,
    ],
  };
}

function days(left: number | undefined, expires: string | undefined): Markup {
  if (expires === undefined) return markup`<span class="quiet">no end</span>`;
  return markup`${left === undefined ? '' : left < 0 ? `ended ${-left} days ago` : left}<br><span class="small quiet">${expires}</span>`;
}
