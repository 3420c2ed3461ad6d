import { Finding } from '../common/finding';
import { Containment, ContainmentState, Step, Target } from '../containment/containment';
import { contain } from '../containment/engine';
import { containmentId, plan, releaseId } from '../containment/plan';
import { ActionLog, Announcer, Facts, SettingPorts } from '../containment/ports';
import { prepare } from '../containment/prepare';
import { Settings } from '../containment/settings';

export interface Responder {
  readonly settings: Settings;
  readonly log: ActionLog;
  readonly facts: Facts;
  readonly ports: SettingPorts;
  readonly announcer: Announcer;
  readonly clock: () => number;
  /** Who works, different for each invocation. */
  readonly owner: string;
}

/** As long as the function can run at most: after that nobody works on the record any more. */
export const LEASE_MS = 60_000;

/** The state machine closes what nobody answered; only what it could not close expires. */
const SPARE_MINUTES = 30;

const RESUMABLE: readonly ContainmentState[] = ['planned', 'incomplete'];

/**
 * Answers a finding. It returns the containments that wait for a person, and throws when something is left to be tried again.
 *
 * | the containment                           | then |
 * |-------------------------------------------|------|
 * | is in the log, and begun but not complete | goes on |
 * | is in the log otherwise                   | nothing: the event came twice |
 * | is new, its target without the tag        | refused: nothing |
 * | was released by a person, for this finding | nothing |
 * | is new, in a dry run                      | what would be done is written down and told |
 * | is new, its target contained already      | joined: nothing |
 * | is new, and over the bound of the hour    | limited: nothing, and an alarm |
 * | is new, with approval                     | waits for a person |
 * | is new                                    | contained |
 */
export async function respond(finding: Finding, responder: Responder): Promise<string[]> {
  const { targets, refused } = plan(finding, responder.settings);
  for (const { kind, id, refusal } of refused) {
    await responder.announcer.announce({ action: 'refused', reason: refusal, target: { kind, id }, findingId: finding.id });
  }
  const awaiting: string[] = [];
  await each(targets, async (target) => {
    const outcome = await respondTo(finding, target, responder);
    if (outcome?.state === 'awaiting') awaiting.push(outcome.id);
    return outcome;
  });
  return awaiting;
}

/** Contains what a person approved. */
export async function contained(ids: readonly string[], by: string, responder: Responder): Promise<void> {
  await each(ids, async (id) => {
    const claimed = await claim(id, ['awaiting', 'incomplete'], responder);
    if (claimed === undefined) return undefined;
    return carryOut({ ...claimed, by, expiresAt: expiry(claimed.target, responder) }, responder); // it lasts from now on, not from the question on
  });
}

/** Closes what a person did not approve. */
export async function dismissed(ids: readonly string[], by: string, responder: Responder): Promise<void> {
  for (const id of ids) {
    const claimed = await claim(id, ['awaiting'], responder);
    if (claimed === undefined) continue;
    await responder.log.release(claimed.target, id);
    await close({ ...claimed, by }, 'not-approved', responder);
    await responder.announcer.announce({ action: 'not-approved', containment: { ...claimed, by } });
  }
}

/** Does them all, whatever happens to one, and throws afterwards if anything is left: then Lambda or the state machine tries again. */
async function each<T>(all: readonly T[], act: (one: T) => Promise<Containment | undefined>): Promise<void> {
  const left: string[] = [];
  for (const one of all) {
    try {
      const outcome = await act(one);
      if (outcome?.state === 'incomplete') left.push(outcome.id);
    } catch (error) {
      left.push(error instanceof Error ? `${error.name}: ${error.message}` : 'unknown');
    }
  }
  if (left.length > 0) throw new Error(`containment is incomplete and has to be tried again: ${left.join(', ')}`);
}

async function respondTo(finding: Finding, target: Target, responder: Responder): Promise<Containment | undefined> {
  const { log, facts, settings } = responder;
  const id = containmentId(finding, target);
  const known = await log.get(id);
  if (known !== undefined) return known.state === 'awaiting' ? known : resume(known, responder);
  if (!await facts.isProtected(target)) {
    await responder.announcer.announce({ action: 'refused', reason: 'unprotected', target, findingId: finding.id });
    return undefined;
  }
  if (await log.isReleased(releaseId(finding, target))) return undefined;
  const begun = begin(id, finding, target, responder);
  if (settings.mode === 'dry-run') return rehearse(begun, responder);
  if (!await log.create(begun, lease(responder))) return resume(begun, responder);
  return advance(begun, responder);
}

/** Somebody may be at work on it: then the event has to come back, in case they do not finish. */
async function resume(known: Containment, responder: Responder): Promise<Containment | undefined> {
  const claimed = await claim(known.id, RESUMABLE, responder);
  if (claimed !== undefined) return claimed.steps.length === 0 ? advance(claimed, responder) : carryOut(claimed, responder);
  const now = await responder.log.get(known.id);
  return now !== undefined && RESUMABLE.includes(now.state) ? { ...now, state: 'incomplete' } : undefined;
}

/** From the first line in the log to the steps. The target is reserved before it is read, or what another containment set would be taken for what was there. */
async function advance(begun: Containment, responder: Responder): Promise<Containment | undefined> {
  const { log, announcer, settings, clock } = responder;
  const holder = await log.hold(begun.target, begun.id);
  if (holder !== begun.id) {
    await close(begun, 'joined', responder);
    await announcer.announce({ action: 'joined', containment: begun, reason: holder });
    return undefined;
  }
  const { limit } = settings.playbooks[begun.target.kind]!;
  if (begun.counted !== true && !await log.count(begun.target.kind, hourOf(clock()), limit, clock())) {
    await log.release(begun.target, begun.id);
    await close(begun, 'limited', responder);
    await announcer.announce({ action: 'limited', containment: begun, reason: `more than ${limit} in an hour` });
    return undefined;
  }
  const counted = { ...begun, counted: true };
  await log.save(counted, responder.owner);
  const ready = { ...counted, steps: await stepsOrRelease(counted, responder) };
  await log.save(ready, responder.owner);
  return settings.mode === 'approval' ? waitForApproval(ready, responder) : carryOut(ready, responder);
}

async function waitForApproval(ready: Containment, responder: Responder): Promise<Containment> {
  const patience = (responder.settings.approvalMinutes + SPARE_MINUTES) * 60_000;
  const waiting: Containment = { ...ready, state: 'awaiting', expiresAt: responder.clock() + patience };
  await responder.log.save(waiting, responder.owner, true);
  await responder.announcer.announce({ action: 'awaiting-approval', containment: waiting });
  return waiting;
}

async function carryOut(ready: Containment, responder: Responder): Promise<Containment> {
  const { log, ports, announcer, owner } = responder;
  const done = await contain(ready, { log, ports, owner });
  await log.save(done, owner, true);
  await announcer.announce({ action: done.state === 'active' ? 'contained' : 'incomplete', containment: done });
  return done;
}

async function rehearse(begun: Containment, responder: Responder): Promise<undefined> {
  const rehearsed: Containment = { ...begun, state: 'dry-run', steps: await stepsOf(begun, responder), closedAt: responder.clock() };
  if (await responder.log.create(rehearsed, lease(responder))) await responder.announcer.announce({ action: 'would-contain', containment: rehearsed });
  return undefined;
}

function begin(id: string, { id: findingId, lastSeen, provider, type, severity }: Finding, target: Target, responder: Responder): Containment {
  return {
    id,
    state: 'planned',
    target,
    cause: { id: findingId, lastSeen, provider, type, severity },
    steps: [],
    createdAt: responder.clock(),
    expiresAt: expiry(target, responder),
  };
}

function expiry({ kind }: Target, { settings, clock }: Responder): number {
  return clock() + settings.playbooks[kind]!.minutes * 60_000;
}

/** Who cannot even look at the target gives the record up, so that the next try need not wait for it. */
async function stepsOrRelease(containment: Containment, responder: Responder): Promise<Step[]> {
  try {
    return await stepsOf(containment, responder);
  } catch (error) {
    await responder.log.save(containment, responder.owner, true);
    throw error;
  }
}

async function stepsOf({ id, target }: Containment, { settings, facts, ports, clock }: Responder): Promise<Step[]> {
  const plans = await prepare({ id, target, now: clock(), settings, facts, ports });
  return plans.map((step) => ({ ...step, state: 'planned' }));
}

async function close(containment: Containment, state: ContainmentState, { log, owner, clock }: Responder): Promise<void> {
  await log.save({ ...containment, state, closedAt: clock() }, owner, true);
}

function claim(id: string, states: readonly ContainmentState[], responder: Responder): Promise<Containment | undefined> {
  return responder.log.claim(id, states, lease(responder), responder.clock());
}

function lease({ owner, clock }: Responder): { owner: string; until: number } {
  return { owner, until: clock() + LEASE_MS };
}

function hourOf(time: number): string {
  return new Date(time).toISOString().slice(0, 13);
}
