import { Evidence, Finding } from '../../scripts/demo/evidence';
import { COLOURED, paintFor, PLAIN } from '../../scripts/demo/paint';
import { failure } from '../../scripts/demo/synth';
import { verdict } from '../../scripts/demo/verdict';

const CLEAN: Evidence = {
  passed: true,
  profile: 'production',
  inventory: ['3 functions', '1 REST API'],
  entryPoints: [
    { name: 'POST /orders', layers: [{ name: 'Authorization', present: true, detail: 'user pool' }, { name: 'Web ACL', present: true }] },
    { name: 'GET /health', layers: [{ name: 'Authorization', present: false, detail: 'open' }, { name: 'Web ACL', present: false }] },
    { name: 'bucket Receipts', layers: [{ name: 'Authorization', present: true, detail: 'IAM' }, { name: 'Web ACL', present: null }] },
  ],
  findings: [],
  acknowledged: [
    { pack: 'AwsSolutions', rule: 'AwsSolutions-IAM5[Resource::*]', severity: 'error', place: 'Orders/Role', message: 'wildcard', reason: 'X-Ray' },
    { pack: 'AwsSolutions', rule: 'AwsSolutions-IAM5[Resource::a/*]', severity: 'error', place: 'Orders/Role', message: 'wildcard', reason: 'objects' },
  ],
  exceptions: [{ control: 'RouteAuthorization', place: 'Orders/Api', reason: 'the uptime monitor calls it' }],
  files: [['cdk.out/report.json', 'who can reach what'], ['cdk.out/findings.json', 'every finding']],
};

const SECRET: Finding = {
  pack: 'ServerlessSecurity',
  rule: 'EnvironmentSecret[PARTNER_KEY]',
  severity: 'error',
  rank: 'high',
  place: 'Shop/PlaceOrder',
  message: 'A secret stands in the environment',
  wayOut: 'Keep the value in Secrets Manager and give the function its ARN.',
};
const LOGS: Finding = { ...SECRET, rule: 'FunctionLogGroup', severity: 'warning', rank: 'low', wayOut: 'Pass a log group.' };
const NAG: Finding = { pack: 'AwsSolutions', rule: 'AwsSolutions-S1', severity: 'error', place: 'Shop/Receipts', message: 'The bucket has no access logs.' };

const show = (evidence: Evidence, width = 100) => verdict(evidence, { title: 'Orders API', seconds: 6.04, width, paint: PLAIN });

test('a clean app is shown on one screen: what there is, who gets in, what was acknowledged, where to read on', () => {
  expect(show(CLEAN)).toBe([
    'PASS  Orders API  profile production, synthesized in 6.0 s',
    '',
    'Constructs    3 functions, 1 REST API',
    '',
    'Entry points     Authorization  Web ACL',
    'POST /orders     user pool      yes',
    'GET /health      open           no',
    'bucket Receipts  IAM            -',
    '',
    'Findings      none',
    '',
    'Acknowledged  2 findings, each with a reason: AwsSolutions-IAM5 (2)',
    'Exceptions    RouteAuthorization at Orders/Api: the uptime monitor calls it',
    '',
    'Files         cdk.out/report.json  who can reach what',
    '              cdk.out/findings.json  every finding',
    '',
  ].join('\n'));
});

test('an app that is refused is shown with each finding, errors first, and its way out', () => {
  const shown = show({ ...CLEAN, passed: false, findings: [LOGS, NAG, SECRET, { ...NAG, place: 'Shop/Other' }] });
  expect(shown).toMatch(/^FAIL {2}Orders API/);
  expect(shown).toContain([
    'Findings      3 errors and 1 warning of 3 rules',
    'high    EnvironmentSecret  PARTNER_KEY in Shop/PlaceOrder',
    '        -> Keep the value in Secrets Manager and give the function its ARN.',
    'low     FunctionLogGroup  Shop/PlaceOrder',
    '        -> Pass a log group.',
    'error   AwsSolutions-S1  The bucket has no access logs. (2 times)',
  ].join('\n'));
});

test('several places of one rule stand in one line, which is cut before the edge', () => {
  const findings = Array.from({ length: 20 }, (_, index) => ({ ...LOGS, place: `Shop/Function${index}` }));
  const shown = show({ ...CLEAN, findings }, 80);
  expect(shown).toContain('FunctionLogGroup  Shop/Function0, Shop/Function1, ');
  expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('a finding is placed by its routes, by what its brackets name, or by its construct', () => {
  const place = (rules: readonly string[]) => {
    const findings = rules.map((rule): Finding => ({ ...SECRET, rule }));
    return /^high +\w+ {2}(.*)$/m.exec(show({ ...CLEAN, findings }))?.[1];
  };
  expect(place(['RouteAuthorization[GET /a]', 'RouteAuthorization[POST /b/{id}]'])).toBe('GET /a, POST /b/{id}');
  expect(place(['EnvironmentSecret[A]', 'EnvironmentSecret[B]'])).toBe('A and B in Shop/PlaceOrder');
  expect(place(['FunctionRoleShared'])).toBe('Shop/PlaceOrder');
});

test('long texts are wrapped below their beginning', () => {
  const shown = show({ ...CLEAN, findings: [{ ...SECRET, wayOut: 'Keep the value in Secrets Manager and give the function its ARN. '.repeat(3).trim() }] }, 80);
  expect(shown).toMatch(/\n {8}-> Keep .*\n {11}\S/);
});

test('an app without entry points, acknowledgements and exceptions says so', () => {
  const shown = show({ ...CLEAN, entryPoints: [], acknowledged: [], exceptions: [] });
  expect(shown).toContain('Entry points  none');
  expect(shown).toContain('Acknowledged  no finding\nExceptions    none');
});

test.each<[string, { isTTY?: boolean }, NodeJS.ProcessEnv, unknown]>([
  ['a terminal', { isTTY: true }, {}, COLOURED],
  ['a file', {}, {}, PLAIN],
  ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, PLAIN],
  ['a terminal with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, COLOURED],
  ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, PLAIN],
])('colour on %s', (_, stream, env, paint) => {
  expect(paintFor(stream, env)).toBe(paint);
});

test('colour changes no character of the text', () => {
  const coloured = verdict({ ...CLEAN, findings: [SECRET, NAG] }, { title: 'Orders API', seconds: 6.04, width: 100, paint: COLOURED });
  expect(coloured).toContain('\u001b[');
  const escape = String.fromCharCode(27);
  expect(coloured.split(escape).map((part, n) => (n === 0 ? part : part.replace(/^\[\d+m/, ''))).join('')).toBe(show({ ...CLEAN, findings: [SECRET, NAG] }));
});

test('a synth without a report ends with what was thrown', () => {
  const log = "    throw new ConfigurationError(code);\n          ^\n\nConfigurationError: 'entry' must be a file [SecureFunction.Entry]\n    at f (a.ts:1:1)\n\nNode.js v24.0.0";
  expect(failure({ exitCode: 1, log, seconds: 1 })).toBe(
    "The app was not synthesized (cdk synth ended with 1).\nConfigurationError: 'entry' must be a file [SecureFunction.Entry]");
});

test('a synth that died without a word says where to look', () => {
  expect(failure({ exitCode: null, log: 'Killed', seconds: 1 })).toBe('The app was not synthesized (cdk synth ended with a signal).\n'
    + 'The reason is above. After a fresh checkout or a pull, `npm ci` brings the dependencies up to date.');
});
