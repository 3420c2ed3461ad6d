import { ActionLog } from '../containment/ports';

export interface Answerer {
  readonly log: ActionLog;
  /** Hands the answer to the state machine. */
  readonly send: (token: string, output: { readonly approved: boolean; readonly by: string }) => Promise<void>;
  readonly clock: () => number;
}

export interface Answer {
  readonly execution: string;
  readonly decision: 'approve' | 'deny';
  readonly by: string;
}

export type Outcome = 'accepted' | 'unknown' | 'answered' | 'late';

/** @throws Error that says how an answer is written */
export function readAnswer(input: unknown): Answer {
  const { execution, decision, by } = (typeof input === 'object' && input !== null ? input : {}) as { readonly [field: string]: unknown };
  const valid = typeof execution === 'string' && /^[A-Za-z0-9_-]{1,80}$/.test(execution)
    && (decision === 'approve' || decision === 'deny')
    && typeof by === 'string' && by.trim() !== '' && by.length <= 128;
  if (!valid) throw new Error('say { "execution": "…", "decision": "approve" or "deny", "by": "your name" }');
  return { execution, decision, by };
}

/** Gives the answer of a person to the containment that waits for it. The first answer counts. */
export async function answer({ execution, decision, by }: Answer, { log, send, clock }: Answerer): Promise<Outcome> {
  const question = await log.question(execution);
  if (question === undefined) return 'unknown';
  if (question.answer !== undefined) return 'answered';
  if (question.until < clock()) return 'late';
  await send(question.token, { approved: decision === 'approve', by });
  await log.answer(execution, decision, by);
  return 'accepted';
}
