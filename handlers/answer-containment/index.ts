import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { answer, readAnswer } from './answer';
import { log } from '../common/log';
import { setting } from '../common/settings';
import { dynamoActionLog } from '../containment/dynamo-action-log';

const states = new SFNClient();
const actionLog = dynamoActionLog(setting('ACTION_LOG'));

/** Takes the answer of a person: `{ execution, decision, by }`. */
export async function handler(input: unknown) {
  const given = readAnswer(input);
  const outcome = await answer(given, {
    log: actionLog,
    clock: Date.now,
    send: async (taskToken, output) => { await states.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })); },
  });
  log('WARN', 'answer to a containment', { execution: given.execution, decision: given.decision, outcome });
  return { execution: given.execution, outcome };
}
