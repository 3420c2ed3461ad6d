import { Posture } from '../../../form/posture-form';
import { entryName, Gate, gatesOf } from '../../gates';
import { distinct, filters, place, Row, Section, table } from '../elements';
import { Markup, markup } from '../markup';

const WORDS: { readonly [state in Gate['state']]: string } = { there: 'yes', missing: 'missing', impossible: '–', unknown: 'open' };

/** Every way in with its layers. */
export function entries({ entryPoints }: Posture): Section {
  const rows = entryPoints.map((entry): Row => {
    const gates = gatesOf(entry);
    return {
      keys: { kind: entry.kind, layers: gates.some(({ state }) => state === 'missing') ? 'some missing' : 'all there' },
      cells: [
        markup`<code class="strong">${entryName(entry)}</code>${entry.preflight === true ? markup` <span class="quiet">preflight</span>` : ''}<br><span class="small">${place(entry.api ?? entry.at)}</span>`,
        ...gates.map(cell),
        markup`${entry.layerCount} of ${entry.possibleLayers}`,
        entry.handler === undefined ? markup`<span class="quiet">–</span>` : place(entry.handler),
      ],
    };
  });
  const names = entryPoints.length === 0 ? [] : gatesOf(entryPoints[0]).map(({ name }) => ({ title: name }));
  return {
    id: 'entries',
    title: 'Entry points',
    amount: entryPoints.length,
    body: rows.length === 0 ? markup`<p>Nothing in the app answers callers from outside.</p>` : markup`${filters('entry-table', 'entry points', rows.length, [
      { key: 'kind', label: 'Kind', values: distinct(entryPoints.map(({ kind }) => kind)) },
      { key: 'layers', label: 'Layers', values: distinct(rows.map(({ keys }) => keys!.layers)) },
    ])}${table('entry-table', 'Entry points with their layers', [{ title: 'Entry point' }, ...names, { title: 'Layers', numeric: true }, { title: 'Answered by' }], rows)}`,
  };
}

function cell({ state, detail }: Gate): Markup {
  return markup`<span class="state ${state}"><span class="post"></span>${state === 'there' ? detail ?? WORDS.there : WORDS[state]}</span>`;
}
