import { ActionLog } from '../containment/ports';

export interface Asker {
  readonly log: ActionLog;
  readonly notify: (subject: string, message: string) => Promise<void>;
  readonly clock: () => number;
  readonly approvalMinutes: number;
  /** The function that takes the answer. */
  readonly answerFunction: string;
}

/** Asks whoever reads the alarms. The token of the state machine stays in the log: who has it could answer for anybody. */
export async function ask(execution: string, token: string, ids: readonly string[], asker: Asker): Promise<void> {
  const { log, notify, clock, approvalMinutes } = asker;
  const until = clock() + approvalMinutes * 60_000;
  await log.ask({ execution, token, containments: ids, until });
  const containments = (await Promise.all(ids.map((id) => log.get(id)))).flatMap((one) => one ?? []);
  await notify('Containment waits for your approval', [
    `A finding asks for containment, which nobody approved yet. Without an answer until ${new Date(until).toISOString()} nothing is done.`,
    '',
    ...containments.map(({ target, cause, steps }) => (
      `${target.kind} ${target.id}: ${steps.map(({ kind }) => kind).join(', ')}; ${cause.severity}, ${cause.type} of ${cause.provider}`)),
    '',
    'Approve:',
    command(asker.answerFunction, execution, 'approve'),
    '',
    'Deny:',
    command(asker.answerFunction, execution, 'deny'),
  ].join('\n'));
}

function command(name: string, execution: string, decision: string): string {
  const payload = JSON.stringify({ execution, decision, by: 'YOUR NAME' });
  return `aws lambda invoke --function-name ${name} --cli-binary-format raw-in-base64-out --payload '${payload}' /dev/stdout`;
}
