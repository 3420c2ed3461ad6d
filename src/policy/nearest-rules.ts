import { RULES } from './catalog';

/** How many rules a message may suggest, and how different their names may be. */
const MOST_SUGGESTIONS = 3;
const FARTHEST = 0.5;

/** The ids of the rules that are spelled most alike, for messages about an id that does not exist. */
export function nearestRules(id: string): readonly string[] {
  return RULES.map((rule) => ({ id: rule.id, distance: distance(rule.id.toLowerCase(), id.slice(0, 80).toLowerCase()) }))
    .filter((one) => one.distance <= Math.max(one.id.length, 1) * FARTHEST)
    .sort((one, other) => one.distance - other.distance).slice(0, MOST_SUGGESTIONS).map((one) => one.id);
}

/** How many letters must be changed, added or left out to make one word of another. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[other.length];
}
