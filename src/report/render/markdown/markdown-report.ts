import { folded, markdownCode as code, markdownTable as table, markdownText as text } from './escape-markdown';
import { differenceSections } from './markdown-difference';
import { foldedHardening } from './markdown-hardening';
import { comparePostures } from '../../compare/compare-postures';
import { EntryPoint } from '../../form/app-form';
import { FindingPosture, Posture } from '../../form/posture-form';
import { acceptedFindings, FindingGroup, grouped, openFindings } from '../findings';
import { entryName, gatesOf, missingGates } from '../gates';
import { clip, count, dollars, firstOf } from '../text';

/** GitHub takes 65,536 characters in a comment; whoever posts it may add some of its own. */
const MOST_CHARACTERS = 60_000;
const MOST_RULES = 20;
const MOST_ENTRY_POINTS = 12;
const MOST_PLACES = 3;
const MOST_FOLDED = 60;
const LONGEST_NAME = 90;
const LONGEST_TEXT = 400;

/**
 * The posture as a comment on a pull request: the verdict, what is open, which ways in miss a layer, and what changed since `before`.
 * Whatever is long is folded, and left out where the comment would not fit.
 */
export function markdownReport(posture: Posture, before?: Posture): string {
  const open = openFindings(posture.findings);
  const sections = [
    heading(posture),
    countsTable(posture),
    ...before === undefined ? [] : differenceSections(comparePostures(before, posture)),
    ...findingsSection(grouped(open)),
    ...entryPointsSection(posture.entryPoints),
    ...foldedSections(posture, open),
  ];
  return `${fitted(sections).join('\n\n')}\n`;
}

function heading({ verdict, counts, profile, asOf, tool }: Posture): string {
  const why = verdict === 'pass'
    ? counts.warnings === 0 ? 'nothing is open' : `no errors, ${count(counts.warnings, 'warning')}`
    : `${count(counts.errors, 'error')}, ${count(counts.warnings, 'warning')}`;
  return `## Security posture: ${verdict}, ${why}\n\nProfile ${code(profile)}, ${text(asOf)}, ${text(tool.name)} ${text(tool.version)}`;
}

function countsTable({ counts, cost }: Posture): string {
  const open = counts.openEntryPoints === 0 ? '' : ` (${counts.openEntryPoints} open to everybody)`;
  return table(
    ['Errors', 'Warnings', 'Accepted', 'Entry points', 'Functions', 'Stores', 'Third parties', 'Exceptions', 'Idle cost per month'],
    [[
      counts.errors, counts.warnings, counts.accepted, `${counts.entryPoints}${open}`, counts.functions, counts.stores, counts.thirdParties, counts.exceptions,
      `about ${dollars(cost.total)}`,
    ].map(String)],
  );
}

function findingsSection(groups: readonly FindingGroup[]): readonly string[] {
  if (groups.length === 0) return [];
  const { first, more } = firstOf(groups, MOST_RULES);
  const rows = first.map(({ level, rule, findings }) => [level, code(rule), text(clip(findings[0].title, LONGEST_TEXT)), places(findings)]);
  return ['### Open findings', table(['Level', 'Rule', 'What is wrong', 'Where'], rows), ...more === 0 ? [] : [`and ${count(more, 'more rule')} with findings, below.`]];
}

function places(findings: readonly FindingPosture[]): string {
  const { first, more } = firstOf(findings, MOST_PLACES);
  return [...first.map((finding) => `${code(clip(finding.at, LONGEST_NAME))}${source(finding)}`), ...more === 0 ? [] : [`and ${more} more`]].join('<br>');
}

function source({ source: where }: FindingPosture): string {
  return where === undefined ? '' : ` in ${code(`${clip(where.file, LONGEST_NAME)}:${where.line}`)}`;
}

function entryPointsSection(entryPoints: readonly EntryPoint[]): readonly string[] {
  const weak = entryPoints.filter((entry) => missingGates(entry).length > 0).sort((a, b) => missingGates(b).length - missingGates(a).length);
  if (weak.length === 0) return [];
  const { first, more } = firstOf(weak, MOST_ENTRY_POINTS);
  return [
    '### Entry points that miss a layer',
    table(['Entry point', 'Callers prove who they are by', 'Layers', 'Missing'], first.map((entry) => [
      code(clip(entryName(entry), LONGEST_NAME)),
      text(entry.layers.authorization),
      `${entry.layerCount} of ${entry.possibleLayers}`,
      missingGates(entry).map(({ name, state }) => state === 'unknown' ? `${name} (only the deployment tells)` : name).join(', '),
    ])),
    ...more === 0 ? [] : [`and ${more} more; ${count(entryPoints.length - weak.length, 'entry point has', 'entry points have')} every layer.`],
  ];
}

function foldedSections(posture: Posture, open: readonly FindingPosture[]): readonly string[] {
  const part = (summary: string, lines: readonly string[]): readonly string[] => {
    if (lines.length === 0) return [];
    const { first, more } = firstOf(lines, MOST_FOLDED);
    return [folded(summary, [...first, ...more === 0 ? [] : [`* and ${more} more`]].join('\n'))];
  };
  return [
    ...part(`Ways out of ${count(open.length, 'open finding')}`, grouped(open).map(({ rule, findings: [{ why, fix }] }) =>
      `* ${code(rule)}: ${text(clip(why, LONGEST_TEXT))} **Way out:** ${text(clip(fix, LONGEST_TEXT))}`)),
    ...part(count(posture.exceptions.length, 'exception'), posture.exceptions.map(({ control, at, reason, state, expires, owner }) =>
      `* ${code(control)} at ${code(clip(at, LONGEST_NAME))} (${state}${expires === undefined ? '' : ` until ${text(expires)}`}${owner === undefined ? '' : `, ${text(owner)}`}): ${text(clip(reason, LONGEST_TEXT))}`)),
    ...part(`${count(acceptedFindings(posture.findings).length, 'accepted finding')}`, grouped(acceptedFindings(posture.findings)).map(({ rule, findings }) => `* ${code(rule)}: ${places(findings)}`)),
    ...part(`Every entry point with its layers (${posture.entryPoints.length})`, posture.entryPoints.map((entry) =>
      `* ${code(clip(entryName(entry), LONGEST_NAME))}: ${gatesOf(entry).filter(({ state }) => state === 'there').map(({ name, detail }) => text(detail === undefined ? name : `${name} by ${detail}`)).join(', ') || 'no layer'}`)),
    ...part(`Third parties (${posture.thirdParties.length})`, posture.thirdParties.map(({ kind, name, trusted, reason, relations }) =>
      `* ${text(kind)} ${code(clip(name, LONGEST_NAME))}${trusted ? ', trusted' : ''}${reason === undefined ? '' : ` (${text(clip(reason, LONGEST_TEXT))})`}: ${relations.slice(0, MOST_PLACES).map(({ how, at }) => `${text(clip(how, LONGEST_TEXT))} (${code(clip(at, LONGEST_NAME))})`).join(', ')}`)),
    ...part(`What the controls cost while nothing happens: about ${dollars(posture.cost.total)} per month`, costLines(posture)),
    ...foldedHardening(posture.hardening),
    ...part(`Not checked (${posture.unchecked.length})`, posture.unchecked.map(({ at, message }) => `* ${code(clip(at, LONGEST_NAME))}: ${text(clip(message, LONGEST_TEXT))}`)),
  ];
}

function costLines({ cost, profile }: Posture): readonly string[] {
  const sums = new Map<string, number>();
  for (const { control, monthly } of cost.items) sums.set(control, (sums.get(control) ?? 0) + monthly);
  return [
    ...[...sums].sort(([, a], [, b]) => b - a).map(([control, sum]) => `* ${text(control)}: ${dollars(sum)}`),
    ...cost.neighbours.filter((neighbour) => neighbour.profile !== profile).map((neighbour) => `* under the profile ${code(neighbour.profile)}: about ${dollars(neighbour.total)}`),
    ...sums.size === 0 ? [] : [`* an estimate by list prices, last compared in ${text(cost.pricesAsOf)}${unconfirmed(cost)}, without ${cost.leftOut.map(text).join(', ') || 'nothing'}`],
  ];
}

function unconfirmed({ items }: Posture['cost']): string {
  const open = new Set(items.filter(({ confirmed }) => !confirmed).map(({ unit, region }) => `${unit} in ${region}`));
  return open.size === 0 ? '' : ` (not confirmed: ${[...open].map(text).join(', ')})`;
}

/** As many sections as fit, from the first on; the rest is named, never cut in the middle of a tag. */
function fitted(sections: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let length = 0;
  for (const section of sections) {
    if (length + section.length + 2 > MOST_CHARACTERS) {
      return [...kept, `_${count(sections.length - kept.length, 'part')} of the report would not fit into a comment; the whole stands in the other renderings._`];
    }
    kept.push(section);
    length += section.length + 2;
  }
  return kept;
}
