import { Containment, ContainmentState } from '../containment/containment';
import { undo } from '../containment/engine';
import { releaseId } from '../containment/plan';
import { ActionLog, Announcer, SettingPorts } from '../containment/ports';

export interface Undoer {
  readonly log: ActionLog;
  readonly ports: SettingPorts;
  readonly announcer: Announcer;
  readonly clock: () => number;
  readonly owner: string;
}

/** What happened to one containment. */
export interface Undone {
  readonly id: string;
  readonly outcome: 'undone' | 'incomplete' | 'busy' | 'unknown' | 'over';
  /** Steps that somebody else changed in between: their change stands. */
  readonly kept: readonly string[];
  /** Steps that could not be restored, and are tried again every few minutes. */
  readonly failed: readonly string[];
}

const LEASE_MS = 60_000;
const UNDOABLE: readonly ContainmentState[] = ['planned', 'awaiting', 'active', 'incomplete', 'undoing'];

/** Undoes one containment because a person says so: the finding behind it is no reason to contain the target again. */
export async function undoOne(id: string, by: string, undoer: Undoer): Promise<Undone> {
  const known = await undoer.log.get(id);
  if (known === undefined) return { id, outcome: 'unknown', kept: [], failed: [] };
  await undoer.log.markReleased(releaseId(known.cause, known.target), by, undoer.clock());
  return undoKnown(known, by, undoer);
}

/** Undoes everything that is open, because a person says so. */
export async function undoAll(by: string, undoer: Undoer): Promise<Undone[]> {
  const undone: Undone[] = [];
  for (const { id } of await undoer.log.open()) undone.push(await undoOne(id, by, undoer));
  return undone;
}

/** Undoes what expired, and tries again what could not be restored. A new sign of the same attack may contain it again. */
export async function undoExpired(undoer: Undoer): Promise<Undone[]> {
  const undone: Undone[] = [];
  for (const containment of await undoer.log.open(undoer.clock())) undone.push(await undoKnown(containment, 'expiry', undoer));
  return undone;
}

async function undoKnown({ id }: Containment, by: string, undoer: Undoer): Promise<Undone> {
  const { log, ports, announcer, owner, clock } = undoer;
  const claimed = await log.claim(id, UNDOABLE, { owner, until: clock() + LEASE_MS }, clock());
  if (claimed === undefined) {
    const now = await log.get(id);
    return { id, outcome: now !== undefined && UNDOABLE.includes(now.state) ? 'busy' : 'over', kept: [], failed: [] };
  }
  const undoing: Containment = { ...claimed, state: 'undoing', by, expiresAt: Math.min(claimed.expiresAt, clock()) };
  await log.save(undoing, owner);
  const undone = await undo(undoing, { log, ports, owner });
  const over = undone.state === 'undone';
  if (over) await log.release(undone.target, id);
  await log.save({ ...undone, ...over ? { closedAt: clock() } : {} }, owner, true);
  await announcer.announce({ action: over ? 'undone' : 'undo-incomplete', containment: undone });
  return {
    id,
    outcome: over ? 'undone' : 'incomplete',
    kept: undone.steps.filter(({ state }) => state === 'kept').map(({ kind }) => kind),
    failed: undone.steps.filter(({ state }) => state === 'failed').map(({ kind }) => kind),
  };
}
