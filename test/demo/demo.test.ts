import { spawnSync } from 'child_process';
import { join } from 'path';
import { failure } from '../../scripts/demo/synth';

const ROOT = join(__dirname, '..', '..');

test('a synth without a report ends with what was thrown', () => {
  const log = "    throw new ConfigurationError(code);\n          ^\n\nConfigurationError: 'entry' must be a file [SecureFunction.Entry]\n    at f (a.ts:1:1)\n\nNode.js v24.0.0";
  expect(failure({ exitCode: 1, log, seconds: 1 })).toBe(
    "The app was not synthesized (cdk synth ended with 1).\nConfigurationError: 'entry' must be a file [SecureFunction.Entry]");
});

test('a synth that died without a word says where to look', () => {
  expect(failure({ exitCode: null, log: 'Killed', seconds: 1 })).toBe('The app was not synthesized (cdk synth ended with a signal).\n'
    + 'The reason is above. After a fresh checkout or a pull, `npm ci` brings the dependencies up to date.');
});

test.each<[string[]]>([[['orders2']], [['orders', 'insecure']]])('fails with the usage and code 2 for the arguments %j', (args) => {
  const { status, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), 'scripts/demo.ts', ...args], { cwd: ROOT, encoding: 'utf8' });
  const [fault, usage] = stderr.split('\n');
  expect(fault).toBe(`There is no demo '${args.join(' ')}'.`);
  expect(usage).toMatch(/^Usage: npm run demo \[-- orders \| insecure( \| [a-z-]+)*\]$/);
  expect(status).toBe(2);
});
