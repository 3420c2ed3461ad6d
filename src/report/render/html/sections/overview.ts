import { Posture } from '../../../form/posture-form';
import { grouped, openFindings } from '../../findings';
import { entryName, gatesOf, missingGates } from '../../gates';
import { count, firstOf } from '../../text';
import { bar, levelChip, place, Section } from '../elements';
import { Markup, markup, NOTHING } from '../markup';

const MOST_GROUPS = 6;
const MOST_PLACES = 4;

/** The verdict, the numbers, and what to look at first. */
export function overview(posture: Posture): Section {
  return {
    id: 'overview',
    title: 'Overview',
    body: markup`${tiles(posture)}<div class="columns">${first(posture)}${layers(posture)}</div>`,
  };
}

/** One sentence that a person can repeat. */
export function verdictWords({ verdict, counts, profile }: Posture): string {
  const accepted = counts.accepted === 0 ? '' : `, ${counts.accepted} accepted with a reason`;
  if (verdict === 'fail') return `${count(counts.errors, 'error')} and ${count(counts.warnings, 'warning')} are open under the profile ${profile}${accepted}.`;
  if (counts.warnings > 0) return `No error is open under the profile ${profile}; ${count(counts.warnings, 'warning')} left${accepted}.`;
  return `Nothing is open under the profile ${profile}${accepted}.`;
}

function tiles({ counts, cost }: Posture): Markup {
  const tile = (label: string, value: string | number, href: string, tone = '', note = '') => markup`<li><a href="#${href}" class="tile ${tone}"><span class="value">${value}</span><span class="label">${label}</span>${note === '' ? NOTHING : markup`<span class="note">${note}</span>`}</a></li>`;
  return markup`<ul class="tiles">${[
    tile(counts.errors === 1 ? 'error' : 'errors', counts.errors, 'findings', counts.errors > 0 ? 'bad' : 'good'),
    tile(counts.warnings === 1 ? 'warning' : 'warnings', counts.warnings, 'findings', counts.warnings > 0 ? 'warn' : 'good'),
    tile('accepted', counts.accepted, 'findings'),
    tile('exceptions', counts.exceptions, 'exceptions'),
    tile(counts.entryPoints === 1 ? 'entry point' : 'entry points', counts.entryPoints, 'entries', counts.openEntryPoints > 0 ? 'warn' : '', counts.openEntryPoints === 0 ? 'none open to all' : `${counts.openEntryPoints} open to all`),
    tile(counts.functions === 1 ? 'function' : 'functions', counts.functions, 'rights'),
    tile(counts.stores === 1 ? 'data store' : 'data stores', counts.stores, 'stores'),
    tile(counts.thirdParties === 1 ? 'third party' : 'third parties', counts.thirdParties, 'parties'),
    tile('USD a month, idle', cost.total.toFixed(2), 'cost', '', 'an estimate'),
  ]}</ul>`;
}

function first(posture: Posture): Markup {
  const { first: groups, more } = firstOf(grouped(openFindings(posture.findings)), MOST_GROUPS);
  const weak = posture.entryPoints.filter((entry) => missingGates(entry).length > 0);
  const deleters = posture.functions.filter(({ mayDelete, helper }) => mayDelete.length > 0 && !helper);
  const silent = posture.alarms.filter(({ reachesSomebody }) => reachesSomebody === false);
  const ending = posture.exceptions.filter(({ state }) => state === 'expiring' || state === 'expired');
  const others = [
    ...weak.length === 0 ? [] : [markup`<li><a href="#entries">${count(weak.length, 'entry point misses', 'entry points miss')} a layer</a>: ${weak.slice(0, MOST_PLACES).map((entry, index) => markup`${index > 0 ? ', ' : ''}<code>${entryName(entry)}</code>`)}${weak.length > MOST_PLACES ? ' …' : ''}</li>`],
    ...deleters.length === 0 ? [] : [markup`<li><a href="#rights">${count(deleters.length, 'function')} may delete data</a>: ${deleters.slice(0, MOST_PLACES).map(({ at }, index) => markup`${index > 0 ? ', ' : ''}<code>${at.slice(at.lastIndexOf('/') + 1)}</code>`)}${deleters.length > MOST_PLACES ? ' …' : ''}</li>`],
    ...silent.length === 0 ? [] : [markup`<li><a href="#alarms">${count(silent.length, 'alarm rings', 'alarms ring')} where nobody hears it</a></li>`],
    ...ending.length === 0 ? [] : [markup`<li><a href="#exceptions">${count(ending.length, 'exception ends', 'exceptions end')} soon or ended</a></li>`],
  ];
  return markup`<div><h3>Look at this first</h3>${groups.length + others.length === 0 ? markup`<p>Nothing calls for attention.</p>` : markup`<ul class="first">${groups.map(({ level, findings }) => markup`<li>${levelChip(level)} ${findings[0].title}${findings.length > 1 ? ` (${findings.length} places)` : markup`, at ${place(findings[0].at)}`}</li>`)}${more === 0 ? NOTHING : markup`<li><a href="#findings">and ${count(more, 'more rule')} with findings</a></li>`}${others}</ul>`}</div>`;
}

/** How many of the entry points that can have a layer have it. */
function layers({ entryPoints }: Posture): Markup {
  if (entryPoints.length === 0) return NOTHING;
  const gates = entryPoints.map(gatesOf);
  const rows = gates[0].map(({ name }, index) => {
    const possible = gates.filter((all) => all[index].state !== 'impossible');
    const there = possible.filter((all) => all[index].state === 'there').length;
    return { name, there, possible: possible.length };
  });
  return markup`<div><h3>Layers before the entry points</h3><table class="layers"><tbody>${rows.map(({ name, there, possible }) => markup`<tr><th scope="row">${name}</th><td>${possible === 0 ? NOTHING : bar([{ tone: 'good', amount: there, word: 'there' }, { tone: 'bad', amount: possible - there, word: 'missing' }])}</td><td class="number">${possible === 0 ? 'not possible' : `${there} of ${possible}`}</td></tr>`)}</tbody></table></div>`;
}
