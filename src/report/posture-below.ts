import { Posture } from './form/posture-form';

/** The part of a posture that stands at or below a construct. What only concerns the whole app, such as the controls, stays as it is. */
export function postureBelow(posture: Posture, path: string): Posture {
  if (path === '') return posture;
  const isBelow = (at: string): boolean => at === path || at.startsWith(`${path}/`);
  const below = <T extends { readonly at: string }>(all: readonly T[]): readonly T[] => all.filter(({ at }) => isBelow(at));
  const items = below(posture.cost.items);
  return {
    ...posture,
    stacks: below(posture.stacks),
    entryPoints: below(posture.entryPoints),
    functions: below(posture.functions),
    actors: below(posture.actors),
    stores: below(posture.stores),
    flows: posture.flows.filter(({ from, to }) => isBelow(from) || isBelow(to)),
    thirdParties: posture.thirdParties.map((party) => ({ ...party, relations: below(party.relations) }))
      .filter(({ relations }) => relations.length > 0),
    alarms: below(posture.alarms),
    findings: below(posture.findings),
    exceptions: below(posture.exceptions),
    overrides: below(posture.overrides),
    cost: { ...posture.cost, items, total: Math.round(items.reduce((sum, { monthly }) => sum + monthly, 0) * 100) / 100, neighbours: [] },
    unchecked: below(posture.unchecked),
  };
}
