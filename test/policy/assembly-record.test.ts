import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { Validations } from 'aws-cdk-lib';
import { WAIVER_METADATA } from '../../src/core/exceptions/waiver';
import { THIRD_PARTY_METADATA } from '../../src/core/third-party/third-party-record';
import { NO_RECORD, readAssemblyRecord } from '../../src/policy/assembly-record';
import { signedReason } from '../../src/policy/exceptions/exception-record';
import { EXCEPTION_METADATA } from '../../src/policy/exceptions/recorded';

const folders: string[] = [];
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true })));

/** An assembly with some files: objects are written as JSON. */
function assembly(files: { readonly [name: string]: unknown }): string {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-record-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const record = (files: { readonly [name: string]: unknown }) => readAssemblyRecord(assembly(files));
const note = (type: string, data: unknown) => ({ type, data });

/** A manifest with one stack, and what was noted on its constructs. */
const manifest = (metadata: { readonly [path: string]: unknown }, more = {}) => ({ artifacts: { Shop: { type: 'aws:cloudformation:stack', metadata, ...more } } });
const reported = (report: object) => record({ 'security/report.json': report });
const validated = (pluginReports: unknown) => record({ 'validation-report.json': { pluginReports } });

const ACKNOWLEDGED = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
const SIGNED = { finding: 'BucketVersioning', reason: 'The bucket holds copies only', owner: 'Shop team', expires: '2027-01-31' };

test.each<[string, { readonly [name: string]: unknown }]>([
  ['a folder without any file', {}],
  ['files that are no JSON', { 'manifest.json': '{', 'security/report.json': 'report', 'validation-report.json': '' }],
  ['files of another form', { 'manifest.json': [], 'security/report.json': 7, 'validation-report.json': { pluginReports: 'none' } }],
  ['artifacts of another form', { 'manifest.json': { artifacts: { A: null, B: 'x', C: { metadata: [] }, D: { metadata: { '/D': 'x' } }, E: { properties: { directoryName: 5 } } } } }],
])('%s holds no record', (_, files) => {
  const { acknowledgements, ...rest } = record(files);
  const { acknowledgements: none, ...empty } = NO_RECORD;
  expect([acknowledgements.all, none.all]).toEqual([[], []]);
  expect(rest).toEqual({ ...empty, profile: undefined });
});

describe('What was noted on constructs', () => {
  test('are waivers, third parties and what nobody could check, each where it stands', () => {
    const { waivers, thirdParties, unchecked } = record({
      'manifest.json': manifest({
        '/Shop/Orders': [
          note(WAIVER_METADATA, { control: 'Alarm.errors', reason: 'Errors are counted elsewhere' }),
          note('aws:cdk:warning', 'The key of the table is not known. [ack: cdk-secure-serverless:importedKey]'),
          note('aws:cdk:warning', 'A warning of somebody else'),
        ],
        '/Shop/Partner': [note(THIRD_PARTY_METADATA, { kind: 'domain', name: 'api.example.com', reason: 'Payments run there' }), note('aws:cdk:logicalId', 'Partner1')],
      }),
    });
    expect(waivers).toEqual([{ control: 'Alarm.errors', reason: 'Errors are counted elsewhere', constructPath: 'Shop/Orders' }]);
    expect(thirdParties).toEqual([{ kind: 'domain', name: 'api.example.com', reason: 'Payments run there' }]);
    expect(unchecked).toEqual([{ constructPath: 'Shop/Orders', topic: 'importedKey', message: 'The key of the table is not known.' }]);
  });

  test('is read from a file beside the manifest, and from nested assemblies', () => {
    const waiver = (control: string) => [note(WAIVER_METADATA, { control, reason: 'Nobody needs it here' })];
    const { waivers } = record({
      'manifest.json': {
        artifacts: {
          Shop: { type: 'aws:cloudformation:stack', properties: { additionalMetadataFile: 'Shop.metadata.json' } },
          Stage: { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } },
        },
      },
      'Shop.metadata.json': { '/Shop/A': waiver('A') },
      'assembly-Stage/manifest.json': manifest({ '/Stage/Shop/B': waiver('B') }),
    });
    expect(waivers.map(({ control, constructPath }) => `${control} at ${constructPath}`)).toEqual(['A at Shop/A', 'B at Stage/Shop/B']);
  });

  test('ends where assemblies nest without end', () => {
    const circle = { artifacts: { Stage: { properties: { directoryName: '.' }, metadata: { '/A': [note(WAIVER_METADATA, { control: 'A', reason: 'r' })] } } } };
    expect(record({ 'manifest.json': circle }).waivers).toHaveLength(17); // the assembly itself, and sixteen below it
  });
});

describe('Acknowledgements', () => {
  const acknowledgements = (...data: unknown[]) => record({ 'manifest.json': manifest({ '/Shop/Orders': data.map((one) => note(ACKNOWLEDGED, one)) }) }).acknowledgements;

  test('count as explained, whoever wrote them', () => {
    expect(acknowledgements({ 'ServerlessSecurity::BucketVersioning': 'Holds copies only' }).of('BucketVersioning', 'Shop/Orders/Resource'))
      .toEqual({ id: 'ServerlessSecurity::BucketVersioning', reason: 'Holds copies only', at: 'Shop/Orders', writtenBy: 'library' });
  });

  test('of another form are none', () => {
    expect(acknowledgements(null, 'all', 7).all).toStrictEqual([]);
  });

  test('are no acknowledgements if they were noted under another name', () => {
    expect(record({ 'manifest.json': manifest({ '/Shop': [note('aws:cdk:info', { 'ServerlessSecurity::BucketVersioning': 'x' })] }) }).acknowledgements.all).toStrictEqual([]);
  });

  test('that an exception wrote at the same place are left to the exception, and others stay', () => {
    const { acknowledgements: found, exceptions } = record({
      'manifest.json': manifest({
        '/Shop/Orders': [
          note(EXCEPTION_METADATA, SIGNED),
          note(ACKNOWLEDGED, { 'ServerlessSecurity::BucketVersioning': signedReason(SIGNED), 'ServerlessSecurity::BucketLogging': 'Nobody reads it' }),
        ],
        '/Shop/Other': [note(ACKNOWLEDGED, { 'ServerlessSecurity::BucketVersioning': signedReason(SIGNED) })],
      }),
    });
    expect(exceptions).toEqual([{ ...SIGNED, at: 'Shop/Orders' }]);
    expect(found.all.map(({ id, at }) => `${id} at ${at}`)).toEqual(['ServerlessSecurity::BucketLogging at Shop/Orders', 'ServerlessSecurity::BucketVersioning at Shop/Other']);
  });
});

describe('Exceptions', () => {
  const noted = (data: unknown) => record({ 'manifest.json': manifest({ '/Shop/Orders': [note(EXCEPTION_METADATA, data)] }) }).exceptions;

  test('keep their ticket', () => {
    expect(noted({ ...SIGNED, ticket: 'SEC-1' })).toEqual([{ ...SIGNED, at: 'Shop/Orders', ticket: 'SEC-1' }]);
    expect(noted(SIGNED)).toEqual([{ ...SIGNED, at: 'Shop/Orders' }]);
  });

  test.each(['finding', 'reason', 'owner', 'expires'])('without %s are none', (key) => {
    expect(noted({ ...SIGNED, [key]: undefined })).toStrictEqual([]);
    expect(noted({ ...SIGNED, [key]: {} })).toStrictEqual([]);
  });

  test('of the app and its stages stand in the report, under the name of a control', () => {
    const { finding: control, ...rest } = SIGNED;
    expect(reported({ exceptions: [{ ...rest, kind: 'accepted', control, at: 'Prod' }, { ...rest, kind: 'waived', control, at: 'Prod/A' }, 'x'] }).exceptions)
      .toEqual([{ ...SIGNED, at: 'Prod' }]);
  });

  test('of the report count once where the manifest has them', () => {
    const { finding: control, ...rest } = SIGNED;
    const { exceptions } = record({
      'manifest.json': manifest({ '/Shop/Orders': [note(EXCEPTION_METADATA, SIGNED)] }),
      'security/report.json': { exceptions: [{ ...rest, kind: 'accepted', control, at: 'Shop/Orders' }, { ...rest, kind: 'accepted', control, at: 'Shop' }] },
    });
    expect(exceptions.map(({ at }) => at)).toEqual(['Shop/Orders', 'Shop']);
  });
});

describe('The report of the synthesis', () => {
  const TRUST = { account: '111122223333', name: 'billing', reason: 'Bills are written there', uses: ['data', 'roles'] };

  test('says under which profile it judged', () => {
    expect([reported({ profile: 'regulated' }), reported({ profile: '' }), reported({})].map(({ profile }) => profile)).toEqual(['regulated', undefined, undefined]);
  });

  test('says whom the app trusts', () => {
    expect(reported({ trustedAccounts: [TRUST] }).trusts).toEqual([TRUST]);
  });

  test.each<[string, object, readonly object[]]>([
    ['an account of another form', { account: '11112222333' }, []],
    ['more than an account', { account: '1111222233334' }, []],
    ['an empty reason', { reason: 'x' }, []],
    ['no use', { uses: [] }, []],
    ['an unknown use beside a known one', { uses: ['data', 'all'] }, [{ ...TRUST, uses: ['data'] }]],
    ['uses that are no list', { uses: 'data' }, []],
  ])('trusts with %s only what says what for', (_, change, expected) => {
    expect(reported({ trustedAccounts: [{ ...TRUST, ...change }] }).trusts).toEqual(expected);
  });
});

describe('What other packs found', () => {
  const violation = (more = {}) => ({
    ruleName: 'AwsSolutions-S1',
    description: 'The bucket has no access logs.',
    suggestedFix: 'Turn them on.',
    severity: 'Warning',
    violatingConstructs: [{ constructPath: 'Shop/Orders', cloudFormationResource: { propertyPaths: ['LoggingConfiguration'] } }],
    ...more,
  });
  const FOUND = {
    pack: 'AwsSolutions',
    id: 'AwsSolutions-S1',
    description: 'The bucket has no access logs.',
    fix: 'Turn them on.',
    level: 'warning',
    undecided: false,
    constructPath: 'Shop/Orders',
    locations: ['LoggingConfiguration'],
  };
  const plugin = (pluginName: unknown, ...violations: unknown[]) => ({ pluginName, violations });

  test('is listed with place, level and remedy, acknowledged or not', () => {
    const { otherFindings, otherPacks } = validated([{ ...plugin('AwsSolutions', violation()), suppressedViolations: [violation({ ruleName: 'AwsSolutions-S2' })] }]);
    expect(otherFindings).toEqual([FOUND, { ...FOUND, id: 'AwsSolutions-S2' }]);
    expect(otherPacks).toEqual(['AwsSolutions']);
  });

  test('is neither what our pack found nor what CDK says about validity', () => {
    const { otherFindings, otherPacks } = validated([plugin('ServerlessSecurity', violation()), plugin('CloudFormation-Validate', violation()), plugin('', violation()), plugin(undefined, violation()), 'x']);
    expect([otherFindings, otherPacks]).toEqual([[], []]);
  });

  test.each<[string, object, object]>([
    ['no severity', { severity: undefined }, { level: 'error' }],
    ['an unknown severity', { severity: 'grave' }, { level: 'error' }],
    ['the severity fatal', { severity: 'FATAL' }, { level: 'fatal' }],
    ['the severity info', { severity: 'info' }, { level: 'info' }],
    ['no remedy', { suggestedFix: undefined }, { fix: undefined }],
    ['a rule that could not look', { description: 'Rule threw an error during validation: x' }, { description: 'Rule threw an error during validation: x', undecided: true }],
    ['no construct', { violatingConstructs: [{}] }, { constructPath: undefined, locations: [] }],
  ])('is told with %s', (_, change, expected) => {
    expect(validated([plugin('AwsSolutions', violation(change))]).otherFindings).toEqual([{ ...FOUND, ...expected }]);
  });

  test('is told for each construct that violates a rule', () => {
    const places = ['Shop/A', 'Shop/B'].map((constructPath) => ({ constructPath }));
    expect(validated([plugin('AwsSolutions', violation({ violatingConstructs: places }))]).otherFindings.map(({ constructPath }) => constructPath)).toEqual(['Shop/A', 'Shop/B']);
  });
});
