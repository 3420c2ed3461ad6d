import { FunctionPosture, Right, Verb } from '../../../form/app-form';
import { Posture } from '../../../form/posture-form';
import { count } from '../../text';
import { distinct, filters, fold, place, Section } from '../elements';
import { Markup, markup, NOTHING } from '../markup';

const ORDER: readonly Verb[] = ['list', 'read', 'write', 'send', 'invoke', 'delete', 'admin', 'other'];

/** Rights on logs and keys stand in the list of exact actions: as columns they would hide the others. */
const WITHOUT_COLUMN = new Set(['AWS::Logs::LogGroup']);
const BEYOND = 'beyond the app';

/** Functions by what they may do to what, and the exact actions below. */
export function rights(posture: Posture): Section {
  const functions = [...posture.functions].sort((a, b) => Number(a.helper) - Number(b.helper));
  return {
    id: 'rights',
    title: 'Rights',
    amount: functions.length,
    body: functions.length === 0 ? markup`<p>The app has no functions.</p>` : markup`${matrix(functions, posture)}
<h3>Exact rights of each function</h3>${filters('right-list', 'functions', functions.length)}<div id="right-list">${functions.map(exact)}</div>`,
  };
}

function matrix(functions: readonly FunctionPosture[], posture: Posture): Markup {
  const columns = columnsOf(functions, posture);
  if (columns.length === 0) return NOTHING;
  const beyond = functions.some((fn) => fn.rights.some(isBeyond));
  return markup`<p class="lead">What each function may do to each store. <b>*</b> stands for a wildcard, <b>?</b> for a right that a condition binds. Writing a function’s own log is left out.</p>
${filters('matrix', 'functions and stores', functions.length)}<div class="scroll tall" role="region" aria-label="Rights of functions on stores" tabindex="0"><table id="matrix" class="matrix"><thead><tr><th scope="col">Function</th>${columns.map((at) => markup`<th scope="col"><span class="turned" title="${at}">${at.slice(at.lastIndexOf('/') + 1)}</span></th>`)}${beyond ? markup`<th scope="col"><span class="turned">${BEYOND}</span></th>` : NOTHING}</tr></thead>
<tbody>${functions.map((fn) => markup`<tr data-row><th scope="row">${place(fn.at)}</th>${columns.map((at) => cell(fn.rights.filter(({ targets }) => targets.includes(at)), at))}${beyond ? cell(fn.rights.filter(isBeyond), BEYOND) : NOTHING}</tr>
`)}</tbody></table></div>`;
}

/** Stores first, then what else of the app somebody has a right on. */
function columnsOf(functions: readonly FunctionPosture[], { stores }: Posture): readonly string[] {
  const types = new Map(stores.map(({ at, type }) => [at, type]));
  const targets = new Set(functions.flatMap((fn) => fn.rights.flatMap((right) => right.targets)));
  const drawn = stores.filter(({ at, type }) => targets.has(at) && !WITHOUT_COLUMN.has(type)).map(({ at }) => at);
  return [...drawn, ...[...targets].filter((at) => !types.has(at)).sort()];
}

function isBeyond({ targets }: Right): boolean {
  return targets.length === 0;
}

function cell(found: readonly Right[], at: string): Markup {
  if (found.length === 0) return markup`<td></td>`;
  const verbs = ORDER.filter((verb) => found.some((right) => right.verbs.includes(verb)));
  const marks = `${found.some(({ wildcard }) => wildcard) ? '*' : ''}${found.every(({ condition }) => condition) ? '?' : ''}`;
  const worst = verbs.includes('admin') || verbs.includes('delete') ? 'harm' : verbs.includes('write') || verbs.includes('send') ? 'change' : 'look';
  return markup`<td class="${worst}" title="${`${at}: ${distinct(found.flatMap(({ actions }) => actions)).join(', ')}`}">${verbs.join(' ')}${marks}</td>`;
}

function exact({ at, role, sharedRole, rights: all, foreignPolicies, helper }: FunctionPosture): Markup {
  const notes = [...helper ? ['belongs to CDK'] : [], ...sharedRole ? ['shares its role'] : [], ...all.some(({ wildcard }) => wildcard) ? ['has a wildcard'] : []];
  return markup`<div data-row>${fold(markup`${place(at)} <span class="quiet">${count(all.length, 'right')}${notes.map((note) => `, ${note}`)}</span>`, markup`${role === undefined ? NOTHING : markup`<p class="small">Role ${place(role)}</p>`}<ul class="rights">${all.map((right) => markup`<li><code class="strong">${right.resource}</code>${right.wildcard ? markup` <span class="chip warn">wildcard</span>` : NOTHING}${right.condition ? markup` <span class="chip calm">condition</span>` : NOTHING}<br><code>${right.actions.join(', ')}</code></li>`)}${foreignPolicies.map((policy) => markup`<li>and all that <code class="strong">${policy}</code> allows</li>`)}</ul>`)}</div>`;
}
