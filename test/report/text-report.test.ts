import { aFinding, aPosture, aRoute } from './support';
import { ExceptionPosture, FindingPosture, Posture } from '../../src/report/form/posture-form';
import { COLOURED, paintFor, PLAIN } from '../../src/report/render/text/paint';
import { textReport } from '../../src/report/render/text/text-report';

const CLEAN: Partial<Posture> = {
  resourceTypes: { 'AWS::Lambda::Function': 3, 'AWS::ApiGateway::RestApi': 1, 'AWS::DynamoDB::Table': 1, 'AWS::DynamoDB::GlobalTable': 1, 'AWS::IAM::Role': 3 },
  entryPoints: [
    aRoute('POST /orders'),
    aRoute('GET /health', { authorization: 'none', webAcl: false }),
    aRoute('OPTIONS /orders', { authorization: 'none' }, { preflight: true }),
    aRoute('', { authorization: 'iam', webAcl: null, validation: null }, { kind: 'public-bucket', at: 'Orders/Receipts/Resource', path: undefined, method: undefined }),
  ],
  findings: [
    aFinding({ pack: 'AwsSolutions', rule: 'AwsSolutions-IAM5', id: 'AwsSolutions-IAM5[Resource::*]', severity: undefined, level: 'error', accepted: { reason: 'X-Ray', at: 'Orders', how: 'library' } }),
    aFinding({ pack: 'AwsSolutions', rule: 'AwsSolutions-IAM5', id: 'AwsSolutions-IAM5[Resource::a/*]', severity: undefined, level: 'error', accepted: { reason: 'objects', at: 'Orders', how: 'library' } }),
  ],
  exceptions: [
    { kind: 'construct', control: 'RouteAuthorization', at: 'Orders/Api', reason: 'the uptime monitor calls it', state: 'permanent', covers: 1 },
    { kind: 'accepted', control: 'ServerlessSecurity::BucketVersioning', at: '', reason: 'imports can be repeated', owner: 'data', expires: '2026-12-26', daysLeft: 30, state: 'valid', covers: 2 },
    { kind: 'library', control: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]', at: 'Orders', reason: 'X-Ray', state: 'permanent', covers: 1 },
  ],
};

const SECRET = aFinding({
  rule: 'EnvironmentSecret',
  id: 'EnvironmentSecret[PARTNER_KEY]',
  severity: 'high',
  level: 'error',
  title: 'A secret stands in the environment',
  fix: 'Keep the value in Secrets Manager and give the function its ARN.',
});
const LOGS = aFinding();
const NAG = aFinding({ pack: 'AwsSolutions', rule: 'AwsSolutions-S1', severity: undefined, level: 'error', at: 'Orders/Receipts/Resource', title: 'The bucket has no access logs.' });

const show = (changes: Partial<Posture>, width = 110) => textReport(aPosture({ ...CLEAN, ...changes }), {
  title: 'Orders API', remark: 'synthesized in 6.0 s', width, paint: PLAIN, files: [['cdk.out/report.json', 'who can reach what'], ['cdk.out/findings.json', 'every finding']],
});

test('a clean app is shown on one screen: what there is, who gets in, what was acknowledged, where to read on', () => {
  expect(show({})).toBe([
    'PASS  Orders API  profile production, synthesized in 6.0 s',
    '',
    'Constructs    3 functions, 1 REST API, 2 tables, 9 resources in all',
    '',
    'Entry points            Authorization  Validation  Throttle  Web ACL  Access log  Least privilege',
    'POST /orders            user pool      yes         yes       yes      yes         yes',
    'GET /health             none           yes         yes       no       yes         yes',
    'public bucket Receipts  iam            -           yes       -        yes         yes',
    '',
    'Findings      none',
    '',
    'Acknowledged  2 findings, each with a reason: AwsSolutions-IAM5 (2)',
    'Exceptions    RouteAuthorization at Api: the uptime monitor calls it',
    '              ServerlessSecurity::BucketVersioning at the app: imports can be repeated (data, until',
    '              2026-12-26, 30 days left)',
    '',
    'Files         cdk.out/report.json  who can reach what',
    '              cdk.out/findings.json  every finding',
    '',
  ].join('\n'));
});

test('an app that is refused is shown with each finding, errors first, and its way out', () => {
  const shown = show({ verdict: 'fail', findings: [LOGS, NAG, SECRET, { ...NAG, at: 'Orders/Other/Resource' }] });
  expect(shown).toMatch(/^FAIL {2}Orders API/);
  expect(shown).toContain([
    'Findings      3 errors and 1 warning of 3 rules',
    'high    EnvironmentSecret  PARTNER_KEY in Place',
    '        -> Keep the value in Secrets Manager and give the function its ARN.',
    'low     FunctionLogGroup  Place',
    '        -> Pass a log group.',
    'error   AwsSolutions-S1  The bucket has no access logs. (2 times)',
    '        -> Log accesses to another bucket (serverAccessLogsBucket); SecureBucket does.',
    'The rules of cdk-nag: https://github.com/cdklabs/cdk-nag/blob/main/RULES.md',
  ].join('\n'));
});

test('what is wrong with an exception is said in full, each with its owner and reason', () => {
  const notice = (about: string): FindingPosture => aFinding({
    rule: 'ExceptionExpired',
    id: `ExceptionExpired[${about}]`,
    severity: undefined,
    level: 'fatal',
    at: 'Orders/Receipts',
    fix: 'Remove the exception.',
    title: `The exception for '${about}' at Orders/Receipts ended on 2026-11-01: 1 finding counts again. Owner: data. Reason: imports can be repeated`,
  });
  expect(show({ verdict: 'fail', findings: [notice('BucketVersions'), notice('BucketTlsOnly'), aFinding({ level: 'info', severity: 'info' })] })).toContain([
    'Findings      2 errors, 0 warnings and 1 note of 2 rules',
    'fatal   ExceptionExpired',
    "        The exception for 'BucketVersions' at Orders/Receipts ended on 2026-11-01: 1 finding counts again.",
    '        Owner: data. Reason: imports can be repeated',
    "        The exception for 'BucketTlsOnly' at Orders/Receipts ended on 2026-11-01: 1 finding counts again.",
    '        Owner: data. Reason: imports can be repeated',
    '        -> Remove the exception.',
    'info    FunctionLogGroup  Place',
  ].join('\n'));
});

test.each<[ExceptionPosture['state'], number, string]>([
  ['valid', 30, 'until 2026-12-26, 30 days left'],
  ['expiring', 1, 'until 2026-12-26, 1 day left'],
  ['expired', -3, 'ended 2026-12-26'],
  ['refused', 30, 'refused, it asks for 2026-12-26'],
  ['unused', 30, 'until 2026-12-26, 30 days left, but covers nothing'],
])('an exception that is %s with %d days left is shown as such', (state, daysLeft, words) => {
  const exception: ExceptionPosture = { kind: 'accepted', control: 'X::Y', at: '', reason: 'short', owner: 'data', expires: '2026-12-26', daysLeft, state, covers: 0 };
  expect(show({ exceptions: [exception] }, 200)).toContain(`Exceptions    X::Y at the app: short (data, ${words})\n`);
});

test('a question stands apart from violations of its rule, as a warning', () => {
  const shown = show({ findings: [SECRET, { ...SECRET, id: 'EnvironmentSecret[undecided OTHER_KEY]', undecided: true, level: 'warning' }] });
  expect(shown).toContain('high    EnvironmentSecret  PARTNER_KEY in Place\n');
  expect(shown).toContain('warning EnvironmentSecret?  OTHER_KEY in Place\n        -> Could not decide: Keep the value');
});

test('several places of one rule stand in one line, which is cut before the edge', () => {
  const findings = Array.from({ length: 20 }, (_, index) => ({ ...LOGS, at: `Orders/Function${index}` }));
  const shown = show({ findings, entryPoints: [] }, 80);
  expect(shown).toContain('FunctionLogGroup  Function0, Function1, ');
  expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test.each([
  [['RouteAuthorization[GET /a]', 'RouteAuthorization[POST /b/{id}]'], 'GET /a, POST /b/{id}'],
  [['RouteAuthorization[A]', 'RouteAuthorization[B]'], 'A and B in Place'],
  [['RouteAuthorization'], 'Place'],
])('findings %j are placed at %s', (ids, place) => {
  const shown = show({ findings: ids.map((id) => ({ ...SECRET, rule: 'RouteAuthorization', id })) });
  expect(/^high +\w+ {2}(.*)$/m.exec(shown)?.[1]).toBe(place);
});

test('places keep their stack as soon as there are several', () => {
  expect(show({ stacks: [{ at: 'Orders', resources: 1 }, { at: 'Other', resources: 1 }], findings: [LOGS] })).toContain('FunctionLogGroup  Orders/Place\n');
});

test('long texts are wrapped below their beginning', () => {
  expect(show({ findings: [{ ...SECRET, fix: 'Keep the value in Secrets Manager and give the function its ARN. '.repeat(3).trim() }] }, 80)).toMatch(/\n {8}-> Keep .*\n {11}\S/);
});

test('an app without entry points, acknowledgements and exceptions says so', () => {
  const shown = show({ entryPoints: [], findings: [], exceptions: [] });
  expect(shown).toContain('Entry points  none');
  expect(shown).toContain('Acknowledged  no finding\nExceptions    none');
});

test('the idle cost stands beside that of the neighbouring profiles', () => {
  const item = { control: 'customer keys', at: 'Orders/Key', quantity: 1, unit: 'key', price: 1, monthly: 1, region: 'eu-west-1', source: 'https://aws.amazon.com/kms/pricing/', confirmed: true };
  const shown = show({ cost: { ...aPosture().cost, total: 12.3, items: [item], neighbours: [{ profile: 'sandbox', total: 0.5, difference: [] }, { profile: 'regulated', total: 60, difference: [] }] } });
  expect(shown).toContain('Idle cost     about 12.30 USD a month (sandbox 0.50, regulated 60.00), list prices compared in 2026-11-01');
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

test('nothing in a name moves the terminal or starts a line of its own', () => {
  const hostile = 'Orders/\u001b[2J\u202eevil\n\nPASS';
  const shown = show({
    verdict: 'fail',
    stacks: [],
    findings: [{ ...SECRET, at: hostile, fix: hostile }, { ...NAG, title: hostile }],
    entryPoints: [aRoute(`GET /${hostile}`)],
    exceptions: [{ kind: 'construct', control: hostile, at: hostile, reason: hostile, state: 'permanent', covers: 1 }],
  });
  expect(shown).not.toMatch(/[\u001b\u202e]/);
  expect(shown.match(/^PASS/gm)).toBeNull();
});

test('colour changes no character of the text', () => {
  const posture = aPosture({ ...CLEAN, findings: [SECRET, NAG] });
  const coloured = textReport(posture, { title: 'Orders API', width: 100, paint: COLOURED });
  expect(coloured).toContain('\u001b[');
  const escape = String.fromCharCode(27);
  expect(coloured.split(escape).map((part, n) => (n === 0 ? part : part.replace(/^\[\d+m/, ''))).join(''))
    .toBe(textReport(posture, { title: 'Orders API', width: 100, paint: PLAIN }));
});
