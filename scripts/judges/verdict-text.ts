import { Held, Placed } from './lists';
import { JUDGES, Subject } from './subject';
import { PROFILES } from '../../test/support/apps';

const PROFILE_NAMES = PROFILES.map(([name]) => name);

/** What the judges say, as a table and a list of what is wrong. */
export function verdictText(subjects: readonly Subject[], held: readonly Held[]): string {
  const apps = new Set(subjects.map(({ room, name }) => `${room}: ${name}`)).size;
  const rows = held.flatMap(({ unlisted, listed, acknowledged }, place) => PROFILE_NAMES.map((profile) => {
    const of = <T extends Placed>(findings: readonly T[]): readonly T[] => findings.filter(({ subject }) => subject.profile === profile);
    const allowed = of(listed);
    const counts = [of(unlisted).length, allowed.length, rulesOf(allowed), conflictsOf(allowed), of(acknowledged).length];
    return [JUDGES[place], profile, ...counts.map(String)];
  }));
  return [
    `${apps} apps in ${PROFILE_NAMES.length} profiles`,
    '',
    ...table([['judge', 'profile', 'unlisted', 'listed', 'rules', 'conflicts', 'acknowledged'], ...rows]),
    '',
    ...PROFILE_NAMES.map((profile) => {
      const listed = held.flatMap((one) => one.listed).filter(({ subject }) => subject.profile === profile);
      return `${profile}: ${conflictsOf(listed)} conflicts in ${rulesOf(listed)} rules of all judges`;
    }),
    ...section('Not listed', held.flatMap(({ unlisted }) => grouped(unlisted))),
    ...section('Listed, and found no more', held.flatMap(({ stale }) => stale)),
    '',
  ].join('\n');
}

function rulesOf(findings: readonly Placed[]): number {
  return new Set(findings.map(({ judge, rule }) => `${judge} ${rule}`)).size;
}

function conflictsOf(findings: readonly { readonly conflict: string }[]): number {
  return new Set(findings.map(({ conflict }) => conflict)).size;
}

/** One line for each rule and type, with the profiles and up to three places. */
function grouped(findings: readonly Placed[]): readonly string[] {
  const groups = new Map<string, Placed[]>();
  for (const finding of findings) {
    const key = `${finding.judge}: ${finding.rule} at ${finding.type}`;
    groups.set(key, [...groups.get(key) ?? [], finding]);
  }
  return [...groups].map(([key, of]) => {
    const places = [...new Set(of.map(({ subject, resource }) => `${resource} of '${subject.name}'`))];
    const profiles = PROFILE_NAMES.filter((name) => of.some(({ subject }) => subject.profile === name));
    return `${key} (${profiles.join(', ')}): ${places.slice(0, 3).join('; ')}${places.length > 3 ? `; ${places.length - 3} more` : ''}`;
  });
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}: ${lines.length}`, ...lines.map((line) => `  ${line}`)];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])).join('  ').trimEnd());
}
