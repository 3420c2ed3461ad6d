import type { Context } from 'aws-lambda';
import { undoAll, Undoer, undoExpired, undoOne } from './undo-containment';
import { setting } from '../common/settings';
import { awsAnnouncer } from '../containment/announcer';
import { Containment } from '../containment/containment';
import { dynamoActionLog } from '../containment/dynamo-action-log';
import { awsClients, awsPorts } from '../containment/steps/aws-ports';

/** `{ id, by }` for one, `{ all: true, by }` for everything that is open, `{ sweep: true }` from the schedule, `{ list: true }` to see what is open. */
export interface Input {
  readonly id?: unknown;
  readonly all?: unknown;
  readonly sweep?: unknown;
  readonly list?: unknown;
  readonly by?: unknown;
}

const actionLog = dynamoActionLog(setting('ACTION_LOG'));
const ports = awsPorts(awsClients());
const announcer = awsAnnouncer(setting('BUS'), setting('CONTAINMENT_NAME'));

export async function handler({ id, all, sweep, list, by }: Input, { awsRequestId }: Pick<Context, 'awsRequestId'>) {
  const undoer: Undoer = { log: actionLog, ports, announcer, clock: Date.now, owner: awsRequestId };
  const who = typeof by === 'string' && by.length > 0 ? by.slice(0, 128) : 'unnamed';
  if (list === true) return { open: (await actionLog.open()).map(summary) };
  if (sweep === true) return { undone: await undoExpired(undoer) };
  if (all === true) return { undone: await undoAll(who, undoer) };
  if (typeof id === 'string' && /^[0-9a-f]{32}$/.test(id)) return { undone: [await undoOne(id, who, undoer)] };
  throw new Error('say { "id": "…" } for one containment, { "all": true } for all that are open, or { "list": true } to see them; and "by" with your name');
}

function summary({ id, target, state, expiresAt }: Containment) {
  return { id, target, state, expiresAt: new Date(expiresAt).toISOString() };
}
