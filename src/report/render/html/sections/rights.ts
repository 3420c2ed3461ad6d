import { ActorPosture, FunctionPosture, Right, Verb } from '../../../form/app-form';
import { Posture } from '../../../form/posture-form';
import { count } from '../../text';
import { chip, distinct, filters, fold, place, Section } from '../elements';
import { Markup, markup, NOTHING } from '../markup';

const ORDER: readonly Verb[] = ['list', 'read', 'write', 'send', 'invoke', 'delete', 'admin', 'other'];

/** Rights on logs and keys stand in the list of exact actions: as columns they would hide the others. */
const WITHOUT_COLUMN = new Set(['AWS::Logs::LogGroup']);
const BEYOND = 'beyond the app';

/** Whoever has rights. */
interface Holder extends Pick<FunctionPosture, 'at' | 'rights' | 'foreignPolicies'> {
  readonly roles: readonly string[];
  readonly notes: readonly string[];
}

/** Functions, state machines and the like by what they may do to what, and the exact actions below. */
export function rights(posture: Posture): Section {
  const functions = [...posture.functions].sort((a, b) => Number(a.helper) - Number(b.helper));
  const holders = [...functions.map(functionHolder), ...posture.actors.map(actorHolder)];
  return {
    id: 'rights',
    title: 'Rights',
    amount: holders.length,
    body: holders.length === 0 ? markup`<p>Nothing in the app acts with a role.</p>` : markup`${matrix(holders, posture)}
<h3>Exact rights of each</h3>${filters('right-list', 'rights', holders.length)}<div id="right-list">${holders.map(exact)}</div>`,
  };
}

function functionHolder({ at, rights: all, foreignPolicies, role, helper, sharedRole }: FunctionPosture): Holder {
  const notes = [...helper ? ['belongs to CDK'] : [], ...sharedRole ? ['shares its role'] : []];
  return { at, rights: all, foreignPolicies, roles: role === undefined ? [] : [role], notes };
}

/** `AWS::StepFunctions::StateMachine` acts as a state machine. */
function actorHolder({ at, type, roles, rights: all, foreignPolicies }: ActorPosture): Holder {
  const words = type.slice(type.lastIndexOf(':') + 1).replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replace(/\bapi\b/g, 'API');
  return { at, rights: all, foreignPolicies, roles, notes: [words] };
}

function matrix(holders: readonly Holder[], posture: Posture): Markup {
  const columns = columnsOf(holders, posture);
  if (columns.length === 0) return NOTHING;
  const beyond = holders.some(({ rights: all }) => all.some(isBeyond));
  return markup`<p class="lead">Who may do what to each store. <b>*</b> stands for a wildcard, <b>?</b> for a right that a condition binds. Writing a function’s own log is left out, and what has no resource to name, such as traces.</p>
${filters('matrix', 'rows', holders.length)}<div class="scroll tall" role="region" aria-label="Rights on stores" tabindex="0"><table id="matrix" class="matrix"><thead><tr><th scope="col">Who</th>${columns.map((at) => markup`<th scope="col"><span class="turned" title="${at}">${at.slice(at.lastIndexOf('/') + 1)}</span></th>`)}${beyond ? markup`<th scope="col"><span class="turned">${BEYOND}</span></th>` : NOTHING}</tr></thead>
<tbody>${holders.map((fn) => markup`<tr data-row><th scope="row">${place(fn.at)}</th>${columns.map((at) => cell(fn.rights.filter(({ targets }) => targets.includes(at)), at))}${beyond ? cell(fn.rights.filter(isBeyond), BEYOND) : NOTHING}</tr>
`)}</tbody></table></div>`;
}

/** Stores first, then what else of the app somebody has a right on. */
function columnsOf(holders: readonly Holder[], { stores }: Posture): readonly string[] {
  const types = new Map(stores.map(({ at, type }) => [at, type]));
  const targets = new Set(holders.flatMap((holder) => holder.rights.flatMap((right) => right.targets)));
  const drawn = stores.filter(({ at, type }) => targets.has(at) && !WITHOUT_COLUMN.has(type)).map(({ at }) => at);
  return [...drawn, ...[...targets].filter((at) => !types.has(at)).sort()];
}

function isBeyond({ targets, unscoped }: Right): boolean {
  return targets.length === 0 && !unscoped;
}

function cell(found: readonly Right[], at: string): Markup {
  if (found.length === 0) return markup`<td></td>`;
  const verbs = ORDER.filter((verb) => found.some((right) => right.verbs.includes(verb)));
  const marks = `${found.some(({ wildcard }) => wildcard) ? '*' : ''}${found.every(({ condition }) => condition) ? '?' : ''}`;
  const worst = verbs.includes('admin') || verbs.includes('delete') ? 'harm' : verbs.includes('write') || verbs.includes('send') ? 'change' : 'look';
  return markup`<td class="${worst}" title="${`${at}: ${distinct(found.flatMap(({ actions }) => actions)).join(', ')}`}">${verbs.join(' ')}${marks}</td>`;
}

function exact({ at, roles, rights: all, foreignPolicies, notes }: Holder): Markup {
  const said = [...notes, ...all.some(({ wildcard }) => wildcard) ? ['has a wildcard'] : []];
  return markup`<div data-row>${fold(markup`${place(at)} <span class="quiet">${count(all.length, 'right')}${said.map((note) => `, ${note}`)}</span>`, markup`${roles.map((role) => markup`<p class="small">Role ${place(role)}</p>`)}<ul class="rights">${all.map((right) => markup`<li><code class="strong">${right.resource}</code>${chips(right)}<br><code>${right.actions.join(', ')}</code></li>`)}${foreignPolicies.map((policy) => markup`<li>and all that <code class="strong">${policy}</code> allows</li>`)}</ul>`)}</div>`;
}

function chips({ wildcard, unscoped, condition }: Right): Markup {
  return markup`${[...wildcard ? [chip('wildcard', 'warn')] : [], ...unscoped ? [chip('no resource to name', 'calm')] : [], ...condition ? [chip('condition', 'calm')] : []].map((one) => markup` ${one}`)}`;
}
