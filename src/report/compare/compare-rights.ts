import { WidenedRight } from './posture-difference';
import { ActorPosture, Right, Verb } from '../form/app-form';

/** A right on one resource, or on what the policy names where that is nothing of the app. */
interface Grip {
  readonly resource: string;
  readonly right: Right;
}

/** Whoever has rights: a function, or what acts besides. */
type Holder = Pick<ActorPosture, 'at' | 'rights'>;

/** What functions and others may do after and could not before, one entry for each of them and each resource. */
export function widenedRights(before: readonly Holder[], after: readonly Holder[]): readonly WidenedRight[] {
  const known = new Map(before.map((fn) => [fn.at, fn]));
  return after.flatMap((fn) => {
    const old = known.get(fn.at);
    const had = gripsOf(old);
    const now = gripsOf(fn);
    return [...new Set(now.map(({ resource }) => resource))].flatMap((resource) => {
      const widened = widenedOn(resource, had, now.filter((grip) => grip.resource === resource).map(({ right }) => right));
      return widened === undefined ? [] : [{ at: fn.at, newFunction: old === undefined, ...widened }];
    });
  });
}

function gripsOf(fn: Holder | undefined): readonly Grip[] {
  return (fn?.rights ?? []).flatMap((right) => {
    const resources = right.targets.length > 0 ? right.targets : [right.resource];
    return resources.map((resource) => ({ resource, right }));
  });
}

function widenedOn(resource: string, had: readonly Grip[], now: readonly Right[]): Omit<WidenedRight, 'at' | 'newFunction'> | undefined {
  const here = had.filter((grip) => grip.resource === resource).map(({ right }) => right);
  const covering = had.filter((grip) => grip.resource === resource || grip.right.resource === '*').map(({ right }) => right);
  const granted = (rights: readonly Right[], action: string) => rights.some((right) => right.actions.some((pattern) => covers(pattern, action)));
  const actions = unique(now.flatMap((right) => right.actions).filter((action) => !granted(covering, action)));
  const free = now.filter(({ condition }) => !condition).flatMap((right) => right.actions);
  const freed = unique(free).filter((action) => granted(covering, action) && !granted(covering.filter(({ condition }) => !condition), action));
  if (actions.length === 0 && freed.length === 0) return undefined;
  const verbsBefore = new Set(here.flatMap(({ verbs }) => verbs));
  const verbs = unique(now.flatMap((right) => right.verbs)).filter((verb) => !verbsBefore.has(verb));
  return {
    resource,
    actions: actions.length > 0 ? actions : freed,
    verbs,
    newTarget: here.length === 0,
    newWildcard: now.some(({ wildcard }) => wildcard) && !here.some(({ wildcard }) => wildcard),
    newDelete: deletes(now) && !deletes(here),
    conditionGone: actions.length === 0,
  };
}

function deletes(rights: readonly Right[]): boolean {
  return rights.some(({ verbs }) => verbs.some((verb: Verb) => verb === 'delete' || verb === 'admin'));
}

/** IAM's own way to read an action: no case, `*` for any text, `?` for one character. */
function covers(pattern: string, action: string): boolean {
  if (pattern === action) return true;
  const [p, a] = [pattern.toLowerCase(), action.toLowerCase()];
  let [i, j, star, mark] = [0, 0, -1, 0];
  while (j < a.length) {
    if (i < p.length && p[i] !== '*' && (p[i] === a[j] || p[i] === '?')) {
      i += 1;
      j += 1;
    } else if (p[i] === '*') {
      [star, mark] = [i, j];
      i += 1;
    } else if (star >= 0) {
      mark += 1;
      [i, j] = [star + 1, mark];
    } else {
      return false;
    }
  }
  while (p[i] === '*') i += 1;
  return i === p.length;
}

function unique<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
