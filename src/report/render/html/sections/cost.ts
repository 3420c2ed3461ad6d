import { CostItem, Posture } from '../../../form/posture-form';
import { count, dollars } from '../../text';
import { bar, distinct, fold, place, Row, Section, table } from '../elements';
import { Markup, markup, NOTHING } from '../markup';

/** What safety costs while nothing happens, and what the neighbouring profiles would. */
export function cost({ cost: estimate, profile }: Posture): Section {
  const { total, items, neighbours, leftOut, pricesAsOf } = estimate;
  const profiles = [{ profile, total, difference: [] as readonly string[] }, ...neighbours.filter((one) => one.profile !== profile)]
    .sort((a, b) => a.total - b.total);
  const most = Math.max(0.01, ...profiles.map((one) => one.total));
  return {
    id: 'cost',
    title: 'Cost',
    body: markup`<p class="lead">An estimate of what the controls cost per month while nothing happens, by list prices that were last compared in ${pricesAsOf}${leftOut.length === 0 ? '' : `, without ${leftOut.join(', ')}`}.</p>
${doubts(items)}
${profiles.length === 1 ? NOTHING : markup`<table class="layers"><tbody>${profiles.map((one) => markup`<tr><th scope="row">${one.profile}${one.profile === profile ? markup` <span class="quiet">this app</span>` : NOTHING}</th><td>${bar([{ tone: one.profile === profile ? 'accent' : 'calm', amount: one.total, word: one.profile }, { tone: 'none', amount: most - one.total, word: '' }])}${one.difference.length === 0 ? NOTHING : markup`<span class="small quiet">${one.difference.join(', ')}</span>`}</td><td class="number">${dollars(one.total)}</td></tr>`)}</tbody></table>`}
${items.length === 0 ? markup`<p>No control of the price table costs anything here.</p>` : byControl(items)}`,
  };
}

/** What the figures cannot promise: prices of another region, and prices that stand in one place only. */
function doubts(items: readonly CostItem[]): Markup {
  const open = distinct(items.filter(({ confirmed }) => !confirmed).map(({ unit, region }) => `${unit} in ${region}`));
  return open.length === 0 ? NOTHING : markup`<p class="small">Not confirmed by a second source: the price of ${open.join(', ')}. Ask the price page before you rely on it.</p>`;
}

function byControl(items: readonly CostItem[]): Markup {
  const controls = new Map<string, CostItem[]>();
  for (const item of items) controls.set(item.control, [...controls.get(item.control) ?? [], item]);
  const sum = (all: readonly CostItem[]) => all.reduce((total, { monthly }) => total + monthly, 0);
  return markup`${[...controls].sort(([, a], [, b]) => sum(b) - sum(a)).map(([control, all], index) => fold(
    markup`<span class="row"><span>${control} <span class="quiet">${count(all.length, 'item')}</span></span><span class="number">${dollars(sum(all))}</span></span>`,
    markup`<p class="small quiet">Published at ${distinct(all.map(({ source }) => source)).join(', ')}</p>${table(`cost-${index}`, `Cost of ${control}`, [{ title: 'Where' }, { title: 'Quantity', numeric: true }, { title: 'Price', numeric: true }, { title: 'Price of' }, { title: 'Per month', numeric: true }], all.map((item): Row => ({
      cells: [place(item.at), markup`${item.quantity} ${item.unit}`, markup`${item.price} USD${item.confirmed ? '' : ' (not confirmed)'}`, markup`${item.region}`, markup`${dollars(item.monthly)}`],
    })))}`,
  ))}`;
}
