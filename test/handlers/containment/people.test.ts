import { finding, FUNCTION, Scene } from './support';
import { answer, readAnswer } from '../../../handlers/answer-containment/answer';
import { ask } from '../../../handlers/contain/ask';
import { respond } from '../../../handlers/contain/respond';

const TOKEN = 'AQCEAAAAKgAAAAMAAAAAAAAAAb-token';
const HOUR = 3_600_000;

async function asked() {
  const scene = new Scene();
  const ids = await respond(finding(), scene.responder({ mode: 'approval' }));
  const notes: { subject: string; message: string }[] = [];
  await ask('exec-1', TOKEN, ids, {
    log: scene.log,
    clock: () => scene.now,
    approvalMinutes: 60,
    answerFunction: 'Shop-Answer',
    notify: async (subject, message) => { notes.push({ subject, message }); },
  });
  const sent: [string, object][] = [];
  const answerer = { log: scene.log, clock: () => scene.now, send: async (token: string, output: object) => { sent.push([token, output]); } };
  return { scene, notes, sent, answerer };
}

test('the note says what would be contained and why, and how to answer, and holds no token', async () => {
  const { notes: [{ subject, message }] } = await asked();
  expect(subject).toBe('Containment waits for your approval');
  expect(message).toBe([
    'A finding asks for containment, which nobody approved yet. Without an answer until 2026-11-26T09:06:00.000Z nothing is done.',
    '',
    `function ${FUNCTION}: mapping, mapping, concurrency, role-policy; critical, CryptoCurrency:Lambda/BitcoinTool.B of guardduty`,
    '',
    'Approve:',
    'aws lambda invoke --function-name Shop-Answer --cli-binary-format raw-in-base64-out '
      + '--payload \'{"execution":"exec-1","decision":"approve","by":"YOUR NAME"}\' /dev/stdout',
    '',
    'Deny:',
    'aws lambda invoke --function-name Shop-Answer --cli-binary-format raw-in-base64-out '
      + '--payload \'{"execution":"exec-1","decision":"deny","by":"YOUR NAME"}\' /dev/stdout',
  ].join('\n'));
});

test.each([['approve', true], ['deny', false]] as const)('%s reaches the state machine with the name of who answered', async (decision, approved) => {
  const { sent, answerer } = await asked();
  expect(await answer({ execution: 'exec-1', decision, by: 'anna' }, answerer)).toBe('accepted');
  expect(sent).toEqual([[TOKEN, { approved, by: 'anna' }]]);
});

test('the first answer counts, and its token is forgotten', async () => {
  const { scene, sent, answerer } = await asked();
  await answer({ execution: 'exec-1', decision: 'deny', by: 'anna' }, answerer);
  expect(await answer({ execution: 'exec-1', decision: 'approve', by: 'eve' }, answerer)).toBe('answered');
  expect(sent).toHaveLength(1);
  expect(JSON.stringify([...scene.log.questions.values()])).not.toContain(TOKEN);
});

test('an answer that comes too late, or to no question, changes nothing', async () => {
  const { scene, sent, answerer } = await asked();
  expect(await answer({ execution: 'exec-2', decision: 'approve', by: 'anna' }, answerer)).toBe('unknown');
  scene.now += HOUR + 1;
  expect(await answer({ execution: 'exec-1', decision: 'approve', by: 'anna' }, answerer)).toBe('late');
  expect(sent).toStrictEqual([]);
});

test('an answer that the state machine did not take can be given again', async () => {
  const { sent, answerer } = await asked();
  const broken = { ...answerer, send: async () => Promise.reject(new Error('TaskTimedOut')) };
  await expect(answer({ execution: 'exec-1', decision: 'approve', by: 'anna' }, broken)).rejects.toThrow('TaskTimedOut');
  expect(await answer({ execution: 'exec-1', decision: 'approve', by: 'anna' }, answerer)).toBe('accepted');
  expect(sent).toHaveLength(1);
});

test('an answer is read as it was written', () => {
  expect(readAnswer({ execution: 'exec-1', decision: 'deny', by: 'anna', more: 1 })).toEqual({ execution: 'exec-1', decision: 'deny', by: 'anna' });
});

test.each([
  undefined, null, 'approve', [], {},
  { execution: 'exec-1', decision: 'approve' },
  { execution: 'exec-1', decision: 'approve', by: ' ' },
  { execution: 'exec-1', decision: 'approve', by: 'a'.repeat(129) },
  { execution: 'exec-1', decision: 'APPROVE', by: 'anna' },
  { execution: 'exec-1', decision: true, by: 'anna' },
  { execution: 'question#exec 1', decision: 'approve', by: 'anna' },
  { execution: ['exec-1'], decision: 'approve', by: 'anna' },
])('fails on the answer %j', (input) => {
  expect(() => readAnswer(input)).toThrow('say { "execution": "…", "decision": "approve" or "deny", "by": "your name" }');
});
