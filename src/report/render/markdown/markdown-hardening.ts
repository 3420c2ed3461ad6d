import { folded, markdownCode, markdownTable as table, markdownText } from './escape-markdown';
import { HardeningPosture } from '../../form/posture-form';
import { HARDENING_GROUPS, hardeningSummary } from '../hardening';
import { clip } from '../text';

const LONGEST = 160;

/** What hardening did, as a page of its own: first what needs somebody's attention, then the rest by what came of it. */
export function markdownHardening(changes: readonly HardeningPosture[], unknownServices: Readonly<Record<string, number>> = {}): string {
  const dry = changes.some(({ dryRun }) => dryRun) ? '\n\nThis was a dry run: nothing was changed.' : '';
  const title = `# Hardening: ${hardeningSummary(changes)}${dry}`;
  const tables = hardeningTables(changes).flatMap(([heading, rows]) => [`## ${heading}`, rows]);
  return `${[title, ...tables, ...notLookedAt(unknownServices)].join('\n\n')}\n`;
}

function notLookedAt(services: Readonly<Record<string, number>>): readonly string[] {
  const names = Object.entries(services).map(([name, count]) => `${name} (${count})`);
  return names.length === 0 ? [] : ['## Not looked at', `Hardening does not know these services, of which the app has so many resources: ${names.join(', ')}. cdk-nag may.`];
}

/** The same as one part of a comment, folded. */
export function foldedHardening(changes: readonly HardeningPosture[]): readonly string[] {
  if (changes.length === 0) return [];
  return [folded(`Hardening: ${hardeningSummary(changes)}`, hardeningTables(changes).map(([heading, rows]) => `**${heading}**\n\n${rows}`).join('\n\n'))];
}

function hardeningTables(changes: readonly HardeningPosture[]): readonly (readonly [heading: string, rows: string])[] {
  const cells = { code: madeOnce(markdownCode), text: madeOnce(markdownText) };
  return HARDENING_GROUPS.flatMap(({ heading, holds }) => {
    const group = changes.filter(holds);
    const rows = group.map((change) => row(change, cells));
    return group.length === 0 ? [] : [[`${heading} (${group.length})`, table(['Where', 'Property', 'Before', 'After', 'Rule', 'What to know'], rows)] as const];
  });
}

/** What most rows of a large app say is said by others too. */
interface Cells {
  readonly code: (text: string) => string;
  readonly text: (text: string) => string;
}

function madeOnce(make: (from: string) => string): (from: string) => string {
  const made = new Map<string, string>();
  return (from) => {
    const known = made.get(from) ?? make(from);
    made.set(from, known);
    return known;
  };
}

function row({ at, property, before, after, rule, impact, note }: HardeningPosture, { code, text }: Cells): readonly string[] {
  return [
    code(clip(at, LONGEST)), code(property), before === undefined ? 'nothing' : code(clip(before, LONGEST)), code(clip(after ?? '', LONGEST)), code(rule),
    note === undefined ? text(impact) : `${text(impact)}: ${text(note)}`,
  ];
}
