import { Containment, same, State, Step } from './containment';
import { ActionLog, SettingPorts } from './ports';

export interface Engine {
  readonly log: ActionLog;
  readonly ports: SettingPorts;
  /** Who works: a claim on the record in this name is what lets it be saved. */
  readonly owner: string;
}

/**
 * Takes the steps that are left, each written down before and after. A step that fails does not keep the others from being taken: half a
 * containment is better than none, and the log says which half.
 */
export async function contain(containment: Containment, engine: Engine): Promise<Containment> {
  let current = containment;
  for (const [index, step] of containment.steps.entries()) {
    if (step.state === 'done' || step.state === 'already') continue;
    if (same(step.before, step.after)) {
      current = withStep(current, index, { ...step, state: 'already' });
      continue;
    }
    current = withStep(current, index, { ...step, state: 'doing' });
    await engine.log.save(current, engine.owner);
    current = withStep(current, index, await attempt({ ...step, error: undefined }, 'done', () => (
      engine.ports[step.kind].write(step.target, changes(step)))));
  }
  const complete = current.steps.every(({ state }) => state === 'done' || state === 'already');
  return { ...current, state: complete ? 'active' : 'incomplete' };
}

/**
 * Restores what the steps changed, last first. What somebody changed in between is theirs and stays.
 *
 * | a field is now           | then                       |
 * |--------------------------|----------------------------|
 * | as the containment set it | the state before is written |
 * | as it was before          | nothing                    |
 * | anything else             | nothing, and it is reported |
 */
export async function undo(containment: Containment, engine: Engine): Promise<Containment> {
  let current = containment;
  for (const [index, step] of [...containment.steps.entries()].reverse()) {
    if (isSettled(step)) continue;
    current = withStep(current, index, await restored(step, engine));
    await engine.log.save(current, engine.owner);
  }
  return { ...current, state: current.steps.every(isSettled) ? 'undone' : 'undoing' };
}

/** Whether undoing has nothing left to do here. */
export function isSettled({ state }: Step): boolean {
  return state === 'already' || state === 'restored' || state === 'kept' || state === 'gone';
}

async function restored(step: Step, { ports }: Engine): Promise<Step> {
  const port = ports[step.kind];
  let kept = false;
  let gone = false;
  const outcome = await attempt({ ...step, error: undefined }, 'restored', async () => {
    const now = await port.read(step.target);
    if (now === undefined) {
      gone = true;
      return;
    }
    const fields = Object.keys(changes(step));
    kept = fields.some((field) => !same(now[field], step.after[field]) && !same(now[field], step.before[field]));
    const ours = fields.filter((field) => same(now[field], step.after[field]));
    if (ours.length > 0) await port.write(step.target, Object.fromEntries(ours.map((field) => [field, step.before[field]])));
  });
  if (outcome.state === 'failed') return outcome;
  return { ...outcome, state: gone ? 'gone' : kept ? 'kept' : 'restored' };
}

/** The fields that a step changes: those that were so already are somebody else's. */
function changes({ before, after }: Step): State {
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => !same(before[field], value)));
}

/** Only the name of an error is kept: messages of AWS hold names of principals and resources. */
async function attempt(step: Step, success: Step['state'], act: () => Promise<void>): Promise<Step> {
  try {
    await act();
    return { ...step, state: success };
  } catch (error) {
    return { ...step, state: 'failed', error: error instanceof Error ? error.name : 'Unknown' };
  }
}

function withStep(containment: Containment, index: number, step: Step): Containment {
  return { ...containment, steps: containment.steps.map((one, position) => (position === index ? step : one)) };
}
