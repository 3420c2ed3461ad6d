import { Posture } from '../../../form/posture-form';
import { HARDENING_GROUPS, hardeningSummary } from '../../hardening';
import { chip, distinct, filters, place, Row, Section, table } from '../elements';
import { markup, NOTHING } from '../markup';

const TONES = { 'in-place': 'good', 'needs-attention': 'warn', 'replacement': 'bad' } as const;

/** What hardening did to constructs that were written without the library. */
export function hardening({ hardening: all }: Posture): Section {
  const sorted = HARDENING_GROUPS.flatMap(({ holds }) => all.filter(holds));
  return {
    id: 'hardening',
    title: 'Hardening',
    amount: all.length,
    body: all.length === 0 ? markup`<p>Nobody asked for hardening, or there was nothing to do.</p>` : markup`<p>${hardeningSummary(all)}.${
      all.some(({ dryRun }) => dryRun) ? markup` This was a dry run: nothing was changed.` : NOTHING
    }</p>${filters('hardening-table', 'changes', all.length, [
      { key: 'outcome', label: 'Outcome', values: distinct(sorted.map(({ outcome }) => outcome)) },
      { key: 'impact', label: 'Impact', values: distinct(sorted.map(({ impact }) => impact)) },
    ])}${table('hardening-table', 'What hardening did', ['Where', 'Property', 'Before', 'After', 'Rule', 'Outcome', 'Impact'].map((title) => ({ title })),
      sorted.map((one): Row => ({
        keys: { outcome: one.outcome, impact: one.impact },
        cells: [
          place(one.at),
          markup`<code>${one.property}</code>`,
          one.before === undefined ? markup`<span class="quiet">nothing</span>` : markup`<code>${one.before}</code>`,
          one.after === undefined ? NOTHING : markup`<code>${one.after}</code>`,
          markup`<code>${one.rule}</code>`,
          markup`${one.outcome}${one.note === undefined ? NOTHING : markup`<br><span class="quiet">${one.note}</span>`}`,
          chip(one.impact, TONES[one.impact]),
        ],
      })))}`,
  };
}
