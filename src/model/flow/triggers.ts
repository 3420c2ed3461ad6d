import { Trigger } from './trigger';
import { declaredTriggers } from './trigger-sources';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';

/** What makes a function run, by everything that the app says about it; empty for one that nothing in the app calls. */
export function triggersOf(fn: Resource, app: AppModel): readonly Trigger[] {
  return triggersByFunction(app).get(fn.key) ?? [];
}

/** The triggers that one resource declares: a mapping, a subscription, a rule. */
export function triggersDeclaredBy(resource: Resource, app: AppModel): readonly Trigger[] {
  return app.index('triggers by declaring resource', () => grouped(allTriggers(app), (trigger) => trigger.declaredBy.key)).get(resource.key) ?? [];
}

/** The triggers of all functions, by the key of the function. */
export function triggersByFunction(app: AppModel): ReadonlyMap<string, readonly Trigger[]> {
  return app.index('triggers by function', () => {
    const all = grouped(allTriggers(app), (trigger) => trigger.fn.key);
    return new Map([...all].map(([key, triggers]) => [key, withoutRepetition(triggers)]));
  });
}

function allTriggers(app: AppModel): readonly Trigger[] {
  return app.index('triggers', () => declaredTriggers(app));
}

/** A permission goes with nearly every trigger; alone it counts as one. */
function withoutRepetition(triggers: readonly Trigger[]): readonly Trigger[] {
  const declared = triggers.filter((trigger) => !trigger.onlyPermitted);
  const known = new Set(declared.flatMap(({ kind, source }) => [kind, `${kind} ${source?.key}`]));
  const permitted = triggers.filter(({ onlyPermitted, kind, source }) => (
    onlyPermitted && !known.has(source === undefined ? kind : `${kind} ${source.key}`)));
  return [...declared, ...permitted];
}

function grouped(triggers: readonly Trigger[], keyOf: (trigger: Trigger) => string | undefined): ReadonlyMap<string, readonly Trigger[]> {
  const table = new Map<string, Trigger[]>();
  for (const trigger of triggers) {
    const key = keyOf(trigger);
    if (key === undefined) continue;
    const list = table.get(key);
    if (list === undefined) table.set(key, [trigger]);
    else list.push(trigger);
  }
  return table;
}
