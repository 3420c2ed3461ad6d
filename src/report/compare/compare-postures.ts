import { lostAlarms, weakenedEntryPoints, weakenedStores } from './compare-app';
import { changedByUpgrade } from './compare-defaults';
import { widenedRights } from './compare-rights';
import { added, matched } from './keyed';
import { Changed, ComparedPosture, CostDifference, PostureDifference, RuleChange } from './posture-difference';
import { ExceptionPosture, FindingPosture, HardeningPosture, OverridePosture, Posture } from '../form/posture-form';

const idOf = ({ id }: { readonly id: string }) => id;
const placeOf = ({ at }: { readonly at: string }) => at;
const isOpen = ({ accepted }: FindingPosture) => accepted === null;
const isInForce = ({ state }: ExceptionPosture) => state !== 'expired';
const exceptionKey = ({ kind, control, at }: ExceptionPosture) => [kind, control, at].join('\n');
const overrideKey = ({ at, prop }: OverridePosture) => [at, prop].join('\n');
const hardeningKey = ({ at, property, outcome, after }: HardeningPosture) => [at, property, outcome, after].join('\n');
const fingerprintOf = ({ fingerprint }: FindingPosture) => fingerprint;

/** What moved from one posture to the next. Pure: neither posture is changed, and the order of their lists plays no part in what is said. */
export function comparePostures(before: Posture, after: Posture): PostureDifference {
  const moved = {
    entryPoints: {
      added: added(before.entryPoints, after.entryPoints, idOf),
      removed: added(after.entryPoints, before.entryPoints, idOf),
      weakened: weakenedEntryPoints(before, after),
    },
    functions: {
      added: added(before.functions, after.functions, placeOf).map(placeOf),
      removed: added(after.functions, before.functions, placeOf).map(placeOf),
    },
    widenedRights: widenedRights([...before.functions, ...before.actors ?? []], [...after.functions, ...after.actors ?? []]),
    thirdParties: { added: added(before.thirdParties, after.thirdParties, idOf), removed: added(after.thirdParties, before.thirdParties, idOf) },
    stores: {
      added: added(before.stores, after.stores, placeOf),
      removed: added(after.stores, before.stores, placeOf),
      weakened: weakenedStores(before.stores, after.stores),
    },
    lostAlarms: lostAlarms(before, after),
    findings: {
      added: added(before.findings.filter(isOpen), after.findings.filter(isOpen), fingerprintOf),
      resolved: added(after.findings, before.findings.filter(isOpen), fingerprintOf),
    },
    exceptions: {
      added: added(before.exceptions.filter(isInForce), after.exceptions.filter(isInForce), exceptionKey),
      ended: added(after.exceptions.filter(isInForce), before.exceptions.filter(isInForce), exceptionKey),
    },
  };
  return {
    before: side(before),
    after: side(after),
    ...moved,
    overrides: {
      added: added(before.overrides, after.overrides, overrideKey),
      removed: added(after.overrides, before.overrides, overrideKey),
      changed: changedOverrides(before.overrides, after.overrides),
    },
    hardening: {
      added: added(before.hardening, after.hardening, hardeningKey),
      removed: added(after.hardening, before.hardening, hardeningKey),
    },
    defaults: before.tool.name === after.tool.name && before.tool.version === after.tool.version ? [] : changedByUpgrade(before, after),
    rules: ruleChanges(before, after),
    cost: costDifference(before.cost, after.cost),
    weaker: [
      moved.entryPoints.added, moved.entryPoints.weakened, moved.widenedRights, moved.thirdParties.added, moved.stores.weakened,
      moved.lostAlarms, moved.findings.added, moved.exceptions.added,
    ].some(({ length }) => length > 0),
  };
}

function side({ version, tool, asOf, profile, verdict, counts }: Posture): ComparedPosture {
  return { version, tool, asOf, profile, verdict, counts };
}

function changedOverrides(before: readonly OverridePosture[], after: readonly OverridePosture[]): readonly Changed[] {
  return matched(before, after, overrideKey)
    .filter(([old, now]) => old.value !== now.value)
    .map(([old, now]) => ({ at: now.at, what: now.prop, before: old.value, after: now.value }));
}

function ruleChanges(before: Posture, after: Posture): readonly RuleChange[] {
  const key = ({ rule }: { readonly rule: string }) => rule;
  const change = (how: RuleChange['change']) => ({ rule, severity }: { readonly rule: string; readonly severity: string }): RuleChange => ({ rule, severity, change: how });
  return [
    ...added(before.controls, after.controls, key).map(change('added')),
    ...added(after.controls, before.controls, key).map(change('removed')),
    ...matched(before.controls, after.controls, key).flatMap(([old, now]): readonly RuleChange[] => {
      if (old.state !== 'off' && now.state === 'off') return [change('switched off')(now)];
      if (old.state === 'off' && now.state !== 'off') return [change('switched on')(now)];
      return old.severity === now.severity ? [] : [{ ...change('severity')(now), severityBefore: old.severity }];
    }),
  ];
}

function costDifference(before: Posture['cost'], after: Posture['cost']): CostDifference {
  const sums = (cost: Posture['cost']) => {
    const sum = new Map<string, number>();
    for (const { control, monthly } of cost.items) sum.set(control, (sum.get(control) ?? 0) + monthly);
    return sum;
  };
  const [old, now] = [sums(before), sums(after)];
  return {
    before: before.total,
    after: after.total,
    difference: cents(after.total - before.total),
    samePrices: before.pricesAsOf === after.pricesAsOf,
    controls: [...new Set([...old.keys(), ...now.keys()])].sort()
      .map((control) => ({ control, before: cents(old.get(control) ?? 0), after: cents(now.get(control) ?? 0) }))
      .filter((control) => control.before !== control.after),
  };
}

/** Sums of prices carry the rounding of floating point; nobody pays fractions of a cent. */
function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
