import { PACK_NAME } from '../../../../policy/pack-name';
import { FindingPosture, Posture } from '../../../form/posture-form';
import { acceptedFindings, FindingGroup, grouped, LEVELS, openFindings } from '../../findings';
import { count } from '../../text';
import { attributes, distinct, filters, fold, levelChip, place, Section } from '../elements';
import { Markup, markup, NOTHING } from '../markup';

/** Groups with fewer places than this stand open. */
const OPEN_BELOW = 12;

/** What the packs found, by rule, with the way out; what was accepted stands apart. */
export function findings({ findings: all }: Posture): Section {
  const open = grouped(openFindings(all));
  const accepted = grouped(acceptedFindings(all));
  const amount = open.reduce((sum, group) => sum + group.findings.length, 0);
  return {
    id: 'findings',
    title: 'Findings',
    amount,
    body: markup`${open.length === 0 ? markup`<p>Nothing is open.</p>` : markup`${filters('finding-list', 'findings', open.length, [
      { key: 'level', label: 'Level', values: LEVELS.filter((level) => open.some((group) => group.level === level)) },
      { key: 'pack', label: 'Pack', values: distinct(open.map(({ pack }) => pack)) },
    ])}<div id="finding-list">${open.map(openGroup)}</div>`}
${accepted.length === 0 ? NOTHING : markup`<h3>Accepted <span class="quiet">${accepted.reduce((sum, one) => sum + one.findings.length, 0)}</span></h3>
<div id="accepted-list">${accepted.map(acceptedGroup)}</div>`}`,
  };
}

function openGroup({ pack, rule, level, findings: found }: FindingGroup): Markup {
  const [{ title, why, fix, frameworks, risks }] = found;
  return markup`<article class="finding ${level}" data-row${attributes({ level, pack })}><div><h3>${levelChip(level)} ${title}</h3>
<p class="small quiet"><code>${rule}</code>${pack === PACK_NAME ? NOTHING : markup` of ${pack}`}${risks.map((risk) => `, ${risk}`)}${frameworks.length === 0 ? NOTHING : markup` · ${frameworks.join(', ')}`}</p>
<p>${why}</p>${fix === '' ? NOTHING : markup`<p class="fix"><b>Way out.</b> ${fix}</p>`}</div>
${fold(markup`${count(found.length, 'place')}`, markup`<ul class="where">${found.map(where)}</ul>`, found.length < OPEN_BELOW)}</article>
`;
}

function where({ id, rule, at, source, templatePath, logicalId, locations, undecided }: FindingPosture): Markup {
  const part = id === rule ? NOTHING : markup` <code>${id.startsWith(`${rule}[`) ? id.slice(rule.length) : id}</code>`;
  return markup`<li>${place(at)}${part}${undecided ? markup` <span class="chip calm">could not be decided</span>` : NOTHING}<br><span class="small quiet">${source === undefined ? NOTHING : markup`<code class="source">${source.file}:${source.line}${source.column === undefined ? '' : `:${source.column}`}</code> · `}${templatePath === undefined ? NOTHING : markup`${templatePath}${logicalId === undefined ? '' : ` ${logicalId}`}`}${locations.length === 0 ? NOTHING : markup` · ${locations.join(', ')}`}</span></li>`;
}

function acceptedGroup({ rule, pack, findings: found }: FindingGroup): Markup {
  return fold(markup`${found[0].title} <span class="quiet"><code>${rule}</code>${pack === PACK_NAME ? '' : ` of ${pack}`}, ${count(found.length, 'place')}</span>`,
    markup`<ul class="where">${found.map((finding) => markup`<li>${place(finding.at)} <code>${finding.id}</code><br><span class="small">${finding.accepted?.reason}</span></li>`)}</ul>`);
}
