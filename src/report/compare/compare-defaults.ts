import { matched } from './keyed';
import { Changed } from './posture-difference';
import { OverridePosture, Posture } from '../form/posture-form';

/** One value of the app that a construct sets by default, and that the report shows. */
interface Shown {
  readonly at: string;
  readonly what: string;
  readonly value: string;
}

/**
 * What differs between two versions of the library although the app did not override it. It is a conclusion, not a record: a change of the
 * app's own code that sets no prop of a secure construct looks the same, which is why the words of the report say "with the version".
 */
export function changedByUpgrade(before: Posture, after: Posture): readonly Changed[] {
  const explained = explainedPlaces(before.overrides, after.overrides);
  const key = ({ at, what }: Shown) => `${at}\n${what}`;
  return [
    ...matched(shown(before), shown(after), key)
      .filter(([old, now]) => old.value !== now.value && !explained(now.at))
      .map(([old, now]) => ({ at: now.at, what: now.what, before: old.value, after: now.value })),
    ...matched(before.overrides, after.overrides, ({ at, prop }) => `${at}\n${prop}`)
      .filter(([old, now]) => old.default !== now.default)
      .map(([old, now]) => ({ at: now.at, what: `default of ${now.prop}`, before: old.default, after: now.default })),
  ];
}

function shown({ functions, stores, entryPoints, alarms }: Posture): readonly Shown[] {
  const words = (value: unknown) => value === undefined || value === null ? 'not set' : String(value);
  const values = (at: string, all: { readonly [what: string]: unknown }): readonly Shown[] =>
    Object.entries(all).map(([what, value]) => ({ at, what, value: words(value) }));
  return [
    ...functions.flatMap(({ at, runtime, memoryMb, timeoutSeconds }) => values(at, {
      runtime, 'memory in MB': memoryMb, 'timeout in seconds': timeoutSeconds,
    })),
    ...stores.flatMap(({ at, encryption, backup, retained, deletionProtection, exposure }) => values(at, {
      encryption, 'backup': backup.join(', ') || 'none', retained, 'deletion protection': deletionProtection, exposure,
    })),
    ...entryPoints.flatMap(({ id, layers }) => values(id, { ...layers })),
    ...alarms.flatMap(({ at, metric }) => values(at, { metric })),
  ];
}

/** Places at or below a construct whose overrides differ: what changed there, the app did. */
function explainedPlaces(before: readonly OverridePosture[], after: readonly OverridePosture[]): (at: string) => boolean {
  const word = ({ at, prop, value }: OverridePosture) => [at, prop, value].join('\n');
  const [had, has] = [new Set(before.map(word)), new Set(after.map(word))];
  const moved = new Set([...before.filter((one) => !has.has(word(one))), ...after.filter((one) => !had.has(word(one)))].map(({ at }) => at));
  return (at) => {
    const parts = at.split(/[/ ]/);
    return parts.some((_, index) => moved.has(at.slice(0, parts.slice(0, index + 1).join('/').length)));
  };
}
