import { ALL_VERBS, FIRST_WORDS, SERVICE_VERBS } from './verb-table';
import { AppModel } from '../../model/resources/app-model';
import { matchesGlob } from '../../model/values/glob';
import { Verb } from '../form/app-form';

/** What some actions amount to, in the order of harm. */
export function verbsOf(actions: readonly string[], app: AppModel): readonly Verb[] {
  const known = app.index('verbs of actions', () => new Map<string, readonly Verb[]>());
  const found = new Set(actions.flatMap((action) => {
    const verbs = known.get(action) ?? verbsOfAction(action);
    known.set(action, verbs);
    return verbs;
  }));
  return ALL_VERBS.filter((verb) => found.has(verb));
}

/** `everything but x` leaves nearly everything. */
function verbsOfAction(action: string): readonly Verb[] {
  const [service, name = ''] = action.toLowerCase().split(':');
  if (/^\*+$/.test(action) || action.startsWith('everything')) return ALL_VERBS.filter((verb) => verb !== 'other');
  const table = Object.entries(SERVICE_VERBS[service] ?? {}) as [Verb, readonly string[]][];
  const found = table.filter(([, patterns]) => patterns.some((pattern) => meets(name, pattern.toLowerCase()))).map(([verb]) => verb);
  if (found.length > 0) return found;
  const word = FIRST_WORDS.find(([beginning]) => name.startsWith(beginning.toLowerCase()));
  return [/^[*?]/.test(name) ? 'admin' : word?.[1] ?? 'other'];
}

/** Whether two patterns have an action in common, as far as one takes in the other. */
function meets(one: string, other: string): boolean {
  return matchesGlob(one, other.replace(/\*$/, '')) || matchesGlob(other, one) || matchesGlob(one, other);
}
