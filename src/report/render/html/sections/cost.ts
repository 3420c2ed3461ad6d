import { CostItem, Posture } from '../../../form/posture-form';
import { count, dollars } from '../../text';
import { bar, fold, place, Row, Section, table } from '../elements';
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
    body: markup`<p class="lead">An estimate of what the controls cost per month while nothing happens, by prices of ${pricesAsOf}${leftOut.length === 0 ? '' : `, without ${leftOut.join(', ')}`}.</p>
${profiles.length === 1 ? NOTHING : markup`<table class="layers"><tbody>${profiles.map((one) => markup`<tr><th scope="row">${one.profile}${one.profile === profile ? markup` <span class="quiet">this app</span>` : NOTHING}</th><td>${bar([{ tone: one.profile === profile ? 'accent' : 'calm', amount: one.total, word: one.profile }, { tone: 'none', amount: most - one.total, word: '' }])}${one.difference.length === 0 ? NOTHING : markup`<span class="small quiet">${one.difference.join(', ')}</span>`}</td><td class="number">${dollars(one.total)}</td></tr>`)}</tbody></table>`}
${items.length === 0 ? markup`<p>No control of the price table costs anything here.</p>` : byControl(items)}`,
  };
}

function byControl(items: readonly CostItem[]): Markup {
  const controls = new Map<string, CostItem[]>();
  for (const item of items) controls.set(item.control, [...controls.get(item.control) ?? [], item]);
  const sum = (all: readonly CostItem[]) => all.reduce((total, { monthly }) => total + monthly, 0);
  return markup`${[...controls].sort(([, a], [, b]) => sum(b) - sum(a)).map(([control, all], index) => fold(
    markup`<span class="row"><span>${control} <span class="quiet">${count(all.length, 'item')}</span></span><span class="number">${dollars(sum(all))}</span></span>`,
    table(`cost-${index}`, `Cost of ${control}`, [{ title: 'Where' }, { title: 'Quantity', numeric: true }, { title: 'Price', numeric: true }, { title: 'Region' }, { title: 'Per month', numeric: true }], all.map((item): Row => ({
      cells: [place(item.at), markup`${item.quantity} ${item.unit}`, markup`${item.price} USD`, markup`${item.region}`, markup`${dollars(item.monthly)}`],
    }))),
  ))}`;
}
