import { cut, groupBy, label, labelled, Screen, wrap } from './layout';
import { NAG_WAYS_OUT } from './nag-ways-out';
import { placesOf } from './places';
import { FindingPosture, Posture } from '../../form/posture-form';
import { count } from '../text';

/** The name of our own pack: its findings carry a way out, those of cdk-nag a description. */
const OWN_PACK = 'ServerlessSecurity';

/** The width of the column that says how bad it is. */
const MARK = 8;

const RANKS = ['fatal', 'high', 'medium', 'error', 'low', 'warning', 'info'];

/** What is open: our own findings with their way out, by rule; then those of cdk-nag, with the way out where we know one. */
export function findingLines({ findings, stacks }: Posture, screen: Screen): string[] {
  const open = findings.filter(({ accepted }) => accepted === null);
  if (open.length === 0) return labelled('Findings', screen.paint.good('none'), screen);
  const nameOf = placesOf(stacks);
  const groups = [...groupBy(open, ({ pack, rule, undecided }) => `${pack}::${rule}${undecided ? '?' : ''}`).values()];
  const own = groups.filter(([first]) => first.pack === OWN_PACK).sort(bySeverity);
  const foreign = groups.filter(([first]) => first.pack !== OWN_PACK);
  return [
    `${label('Findings', screen)}${amounts(open)} of ${count(groups.length, 'rule')}`,
    ...own.flatMap((group) => ownFinding(group, nameOf, screen)),
    ...foreign.flatMap((group) => foreignFinding(group, screen)),
    ...(foreign.length === 0 ? [] : [screen.paint.faint('The rules of cdk-nag: https://github.com/cdklabs/cdk-nag/blob/main/RULES.md')]),
  ];
}

/** `2 errors and 1 warning`, and what is only worth knowing where there is some. */
function amounts(open: readonly FindingPosture[]): string {
  const errors = open.filter(stops).length;
  const infos = open.filter(({ level }) => level === 'info').length;
  const main = [count(errors, 'error'), count(open.length - errors - infos, 'warning')];
  return infos === 0 ? main.join(' and ') : `${main.join(', ')} and ${count(infos, 'note')}`;
}

function ownFinding(group: readonly FindingPosture[], nameOf: (path: string) => string, screen: Screen): string[] {
  const [first] = group;
  if (first.severity === undefined) return exceptionNotice(group, screen);
  const name = first.undecided ? `${first.rule}?` : first.rule;
  return [
    `${mark(first, screen)}${screen.paint.strong(name)}  ${cut(placesIn(group, nameOf), screen.width - MARK - name.length - 2)}`,
    ...wayOut(first.undecided ? `Could not decide: ${first.fix}` : first.fix, screen),
  ];
}

/** What is wrong with exceptions is said by each of them: the day, the owner, the reason. */
function exceptionNotice(group: readonly FindingPosture[], screen: Screen): string[] {
  const [first] = group;
  return [
    `${mark(first, screen)}${screen.paint.strong(first.rule)}`,
    ...group.flatMap(({ title }) => wrap(title, screen.width - MARK).map((line) => `${' '.repeat(MARK)}${line}`)),
    ...wayOut(first.fix, screen),
  ];
}

function wayOut(text: string, { width }: Screen): string[] {
  return wrap(text, width - MARK - 3).map((line, index) => `${' '.repeat(MARK)}${index === 0 ? '-> ' : '   '}${line}`);
}

function foreignFinding(group: readonly FindingPosture[], screen: Screen): string[] {
  const [first] = group;
  const times = group.length === 1 ? '' : ` (${group.length} times)`;
  const known = NAG_WAYS_OUT[first.rule];
  return [
    `${mark(first, screen)}${screen.paint.strong(first.rule)}  ${cut(first.title, screen.width - MARK - first.rule.length - 2 - times.length)}${times}`,
    ...known === undefined ? [] : wayOut(known, screen),
  ];
}

/** How bad it is, in our own words where we have some. */
function mark(finding: FindingPosture, { paint }: Screen): string {
  const text = rankOf(finding).padEnd(MARK);
  return stops(finding) ? paint.bad(text) : text;
}

/** A question is a warning, however bad its answer may be. */
function rankOf({ severity, level, undecided }: FindingPosture): string {
  return undecided || level === 'fatal' ? level : severity ?? level;
}

/** Where: the routes, what the brackets name and its construct, or the construct alone. */
function placesIn(group: readonly FindingPosture[], nameOf: (path: string) => string): string {
  return [...groupBy(group, ({ at }) => nameOf(at)).entries()].map(([place, there]) => {
    const named = [...new Set(there.flatMap(({ id }) => /\[(?:undecided ?)?(.*)\]$/s.exec(id)?.slice(1) ?? []))].filter((one) => one !== '');
    if (named.length === 0) return place;
    return named.every((one) => /^[A-Z]+ \//.test(one)) ? named.join(', ') : `${named.join(' and ')} in ${place}`;
  }).join(', ');
}

function stops({ level }: FindingPosture): boolean {
  return level === 'error' || level === 'fatal';
}

function bySeverity([one]: readonly FindingPosture[], [other]: readonly FindingPosture[]): number {
  return RANKS.indexOf(rankOf(one)) - RANKS.indexOf(rankOf(other));
}
