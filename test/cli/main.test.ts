import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnFunction, CfnUrl } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { RulePack } from '../../src/app/rule-pack';
import { SecurityExceptions } from '../../src/app/security-exceptions';
import { ServerlessSecurity } from '../../src/app/serverless-security';
import { main } from '../../src/cli/main';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { Posture } from '../../src/report/form/posture-form';
import { BucketVersioning } from '../../src/storage/bucket-versioning';
import { SecureBucket } from '../../src/storage/secure-bucket';

const OPEN_URL = `
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::123456789012:role/fn
      Code: { ZipFile: '0' }
  Url:
    Type: AWS::Lambda::Url
    Properties: { AuthType: NONE, TargetFunctionArn: !GetAtt Fn.Arn }
`;
const SAFE = 'Resources:\n  Topic:\n    Type: AWS::SSM::Parameter\n    Properties: { Type: String, Value: x, Name: /shop/colour }\n';

/** A folder with some files, and the program in it. */
function inFolder(files: { readonly [name: string]: string }, terminal = false) {
  const cwd = mkdtempSync(join(tmpdir(), 'cli-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(cwd, name, '..'), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return {
    cwd,
    read: (name: string) => readFileSync(join(cwd, name), 'utf8'),
    run: (line: string) => {
      const said = { out: '', err: '' };
      const into = (stream: 'out' | 'err') => ({ isTTY: terminal, columns: 100, write: (text: string) => (said[stream] += text) });
      const code = main(line.split(' ').filter(Boolean), { out: into('out'), err: into('err'), env: {}, cwd });
      return { code, ...said };
    },
  };
}

describe('audit', () => {
  test('shows who gets in, what is wrong and the way out, and ends with 1', () => {
    const { code, out, err } = inFolder({ 'app.yaml': OPEN_URL }).run('audit app.yaml');
    expect(out).toMatch(/^FAIL {2}app\.yaml {2}profile production\n/);
    expect(out).toMatch(/^function url Url {2}none +/m);
    expect(out).toMatch(/^high {4}FunctionUrlAuth {2}Url\n {8}-> .*AWS_IAM/m);
    expect(err).toBe('');
    expect(code).toBe(1);
  });

  test('of a template without a finding ends with 0', () => {
    const { code, out } = inFolder({ 'app.yaml': SAFE }).run('audit app.yaml --fail-on warning');
    expect(out).toContain('Findings      none');
    expect(code).toBe(0);
  });

  test.each([['error', 1], ['warning', 1], ['never', 0]])('with --fail-on %s ends with %d when there is an error', (level, code) => {
    expect(inFolder({ 'app.yaml': OPEN_URL }).run(`audit app.yaml --fail-on ${level}`).code).toBe(code);
  });

  test('warnings alone do not fail, unless they shall', () => {
    const logs = '  Logs:\n    Type: AWS::Logs::LogGroup\n    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n    Properties: { RetentionInDays: 3 }\n';
    const warned = `${SAFE}${logs}`;
    const { run } = inFolder({ 'app.yaml': warned });
    const { code, out } = run('audit app.yaml');
    expect(out).toMatch(/Findings {6}0 errors and [1-9]/);
    expect(code).toBe(0);
    expect(run('audit app.yaml --fail-on warning').code).toBe(1);
  });

  test.each([
    ['json', (text: string) => (JSON.parse(text) as Posture).findings[0].rule, expect.any(String)],
    ['sarif', (text: string) => (JSON.parse(text) as { version: string }).version, '2.1.0'],
    ['junit', (text: string) => text.slice(0, 5), '<?xml'],
    ['html', (text: string) => text.slice(0, 15).toLowerCase(), '<!doctype html>'],
    ['markdown', (text: string) => text.includes('FunctionUrlAuth'), true],
  ])('writes %s, to a file when asked', (format, look, expected) => {
    const { run, read } = inFolder({ 'app.yaml': OPEN_URL });
    expect(look(run(`audit app.yaml --format ${format}`).out)).toEqual(expected);
    expect(run(`audit app.yaml --format ${format} --output out/report`)).toEqual({ code: 1, out: '', err: '' });
    expect(look(read('out/report'))).toEqual(expected);
  });

  test('with a baseline shows and counts only what is new', () => {
    const { run, cwd } = inFolder({ 'app.yaml': OPEN_URL });
    run('audit app.yaml --format json --output old.json');
    const again = run('audit app.yaml --baseline old.json');
    expect(again.out).toMatch(/^PASS {2}app\.yaml {2}profile production, \d+ known from old\.json\n/);
    expect(again.out).toContain('Findings      none');
    expect(again.code).toBe(0);
    writeFileSync(join(cwd, 'app.yaml'), `${OPEN_URL}  Bucket:\n    Type: AWS::S3::Bucket\n    Properties: { AccessControl: PublicRead }\n`);
    const wider = run('audit app.yaml --baseline old.json');
    expect(wider.out).toMatch(/^FAIL/);
    expect(wider.out).not.toContain('FunctionUrlAuth');
    expect(wider.code).toBe(1);
  });

  test('trusts the accounts that it is told', () => {
    const role = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { AWS: '444455556666' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': x } } }]
`;
    const { run } = inFolder({ 'app.yaml': role });
    const foreign = /ForeignAccount|RoleTrust|444455556666/;
    expect(run('audit app.yaml').out).toMatch(foreign);
    expect(run('audit app.yaml --trusted-account 444455556666').out).not.toMatch(foreign);
    expect(run('audit app.yaml --trusted-account 4444')).toMatchObject({
      code: 2, err: expect.stringMatching(/^cdk-secure-serverless: 'trustedAccounts' must hold ids of accounts, 12 digits each, got "4444"/),
    });
  });

  test('says on a terminal what is going on, and takes it away', () => {
    const { err, out } = inFolder({ 'app.yaml': OPEN_URL }, true).run('audit app.yaml');
    expect(err).toContain('Judging 2 resources');
    expect(err.endsWith('\r')).toBe(true);
    expect(out).toContain('\u001b[31mFAIL');
  });

  test.each([
    ['audit cdk.out', {}, /^cdk-secure-serverless: there is no 'cdk\.out' in .*; after a synthesis the assembly is in cdk\.out\n$/],
    ['audit .', { 'readme.md': 'x' }, /'path' must lead to a folder that holds CloudFormation templates; give cdk\.out after a synthesis/],
    ['audit a.yaml', { 'a.yaml': 'Resources:\n  A: [1\n' }, /'path' must lead to a CloudFormation template: .*line/],
    ['audit a.json', { 'a.json': '[]' }, /'path' must lead to a CloudFormation template/],
    ['audit a.yaml --baseline b.json', { 'a.yaml': SAFE }, /there is no 'b\.json'/],
    ['audit a.yaml --baseline b.json', { 'a.yaml': SAFE, 'b.json': '{' }, /'b\.json' is no JSON/],
    ['audit a.yaml --baseline b.json', { 'a.yaml': SAFE, 'b.json': '{"version":"1.1"}' }, /'b\.json' is no report of the form 2\.\d+, but of 1\.1; make it again with this version/],
    ['audit a.yaml --output a.yaml/x', { 'a.yaml': SAFE }, /'a\.yaml\/x' cannot be written/],
  ])('fails on %j with code 2 and a word on why', (line, files, message) => {
    const { code, out, err } = inFolder(files as Record<string, string>).run(line);
    expect(err).toMatch(message);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});

describe('audit with exceptions in a file', () => {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const exception = (finding: string, expires: string) => (
    `- finding: ${finding}\n  at: app/Fn\n  reason: its author prints nothing that anybody would miss\n  owner: platform team\n  expires: '${expires}'\n`);
  const accepting = (finding: string, expires: string) => (
    inFolder({ 'app.yaml': OPEN_URL, 'accepted.yaml': exception(finding, expires) }).run('audit app.yaml --format json --exceptions accepted.yaml'));
  const findings = ({ out }: { readonly out: string }) => (JSON.parse(out) as Posture).findings;

  test('accepts a finding until its end, and lists the exception with the days that are left', () => {
    const { out } = accepting('FunctionLogGroup', day(60));
    expect(findings({ out }).find(({ rule }) => rule === 'FunctionLogGroup')?.accepted).toMatchObject({ how: 'accepted', at: 'app/Fn' });
    expect((JSON.parse(out) as Posture).exceptions).toContainEqual(expect.objectContaining({
      kind: 'accepted', control: 'ServerlessSecurity::FunctionLogGroup', owner: 'platform team', daysLeft: 60, state: 'valid', covers: 1,
    }));
  });

  test('fails when one has ended: the finding counts again', () => {
    const all = findings(accepting('FunctionLogGroup', day(-1)));
    expect(all.find(({ rule }) => rule === 'FunctionLogGroup')?.accepted).toBeNull();
    expect(all).toContainEqual(expect.objectContaining({ rule: 'ExceptionExpired', level: 'fatal' }));
  });

  test('looks ahead: --today is the day by which exceptions are judged', () => {
    const files = { 'app.yaml': OPEN_URL, 'accepted.yaml': exception('FunctionLogGroup', '2030-06-30') };
    const state = (today: string) => {
      const { asOf, exceptions: [{ state: found }] } = JSON.parse(inFolder(files).run(`audit app.yaml --format json --exceptions accepted.yaml --today ${today}`).out) as Posture;
      return [asOf, found];
    };
    expect(state('2030-03-01')).toEqual(['2030-03-01', 'valid']);
    expect(state('2030-06-30')).toEqual(['2030-06-30', 'expiring']);
    expect(state('2030-07-01')).toEqual(['2030-07-01', 'expired']);
    expect(inFolder(files).run('report app.yaml --today tomorrow')).toMatchObject({
      code: 2, err: expect.stringContaining('\'today\' must be a day that exists, written like 2026-11-26, got "tomorrow"; leave it out to use the clock [Audit.Today, at '),
    });
  });

  test('warns of one that covers nothing', () => {
    expect(findings(accepting('FunctionRoleShared', day(60)))).toContainEqual(expect.objectContaining({ rule: 'ExceptionUnused', level: 'warning' }));
  });

  test.each([
    ['accepted.yaml', '- finding: FunctionLogGroup\n', /'exceptions' must have 'reason'/],
    ['missing.yaml', '', /'exceptionsFile' must lead to a YAML or JSON file: there is no such file/],
  ])('fails with code 2 on %s that cannot be read', (file, text, message) => {
    const { code, err } = inFolder({ 'app.yaml': OPEN_URL, 'accepted.yaml': text }).run(`audit app.yaml --exceptions ${file}`);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });
});

describe('audit of an assembly', () => {
  /** What CDK and the library really write: stages, nested stacks, acknowledgements on constructs of several kinds. */
  function synthesized() {
    const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
    const app = new App({ outdir, context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    ServerlessSecurity.of(app).enforce({ profile: SecurityProfile.sandbox(), packs: [RulePack.AWS_SOLUTIONS] });
    const stack = new Stack(new Stage(app, 'Prod'), 'Shop');
    const nested = new NestedStack(stack, 'Inner');
    const fn = new CfnFunction(nested, 'Fn', { code: { zipFile: '0' }, role: 'arn:aws:iam::123456789012:role/fn' });
    const url = new CfnUrl(nested, 'Url', { authType: 'NONE', targetFunctionArn: fn.attrArn });
    Validations.of(url).acknowledge({ id: 'ServerlessSecurity::FunctionUrlAuth', reason: 'an experiment behind a network of its own' });
    const bucket = new CfnBucket(stack, 'Bucket');
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'holds nothing' });
    const until = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    SecurityExceptions.of(fn).accept('FunctionLogGroup', { reason: 'it logs nothing that matters', owner: 'platform team', expires: until });
    new SecureBucket(stack, 'Drafts', { versioning: BucketVersioning.off('drafts can be written again') });
    app.synth();
    return { outdir, written: JSON.parse(readFileSync(join(outdir, 'security', 'report.json'), 'utf8')) as Posture };
  }
  const { outdir, written } = synthesized();
  const judged = JSON.parse(inFolder({}).run(`audit ${outdir} --format json`).out) as Posture;

  test('finds what the synthesis found, ours and that of other packs, under its profile', () => {
    const seen = ({ findings }: Posture) => findings.map(({ pack, id, at }) => `${pack}::${id} at ${at}`).sort();
    expect(seen(judged)).toEqual(seen(written));
    expect(judged.profile).toBe('sandbox');
    expect(judged.findings.map(({ fingerprint }) => fingerprint).sort()).toEqual(written.findings.map(({ fingerprint }) => fingerprint).sort());
  });

  test('keeps what was acknowledged, with its reason', () => {
    const accepted = ({ findings }: Posture, rule: string) => findings.filter((one) => one.rule === rule).map((one) => one.accepted?.reason);
    for (const posture of [judged, written]) {
      expect(accepted(posture, 'FunctionUrlAuth')).toEqual(['an experiment behind a network of its own']);
      expect(accepted(posture, 'AwsSolutions-S1')).toEqual(['holds nothing']);
      expect(accepted(posture, 'AwsSolutions-S10')).toEqual([undefined]);
    }
  });

  test('judges exceptions anew, and knows what constructs were told', () => {
    const listed = ({ exceptions }: Posture) => exceptions.map(({ kind, control, at, state, daysLeft }) => ({ kind, control, at, state, daysLeft }))
      .filter(({ kind }) => kind === 'accepted' || kind === 'construct');
    expect(listed(judged)).toEqual(listed(written));
    expect(listed(judged)).toContainEqual({ kind: 'accepted', control: 'ServerlessSecurity::FunctionLogGroup', at: 'Prod/Shop/Inner/Fn', state: 'valid', daysLeft: 40 });
    expect(listed(judged)).toContainEqual(expect.objectContaining({ kind: 'construct', control: 'Bucket.versioning' }));
  });

  test.each<[string, boolean, string[]]>([
    ['the report knows those of the app and of stages too', true, ['', 'Prod', 'Prod/Shop']],
    ['without a report there are those of stacks', false, ['Prod/Shop']],
  ])('judges exceptions of all places: %s', (_name, report, places) => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    ServerlessSecurity.of(app).enforce({ packs: [], report });
    const stage = new Stage(app, 'Prod');
    const shop = new Stack(stage, 'Shop');
    new CfnBucket(shop, 'Files');
    const options = { reason: 'the vendor knows no TLS until its new client is out', owner: 'files team', expires: `${new Date().getFullYear() + 1}-01-31` };
    SecurityExceptions.of(app).accept('BucketTlsOnly', options);
    SecurityExceptions.of(stage).accept('BucketTlsOnly', options);
    SecurityExceptions.of(shop).accept('BucketTlsOnly', options);
    const posture = JSON.parse(inFolder({}).run(`audit ${app.synth().directory} --profile sandbox --format json`).out) as Posture;
    expect(posture.exceptions.filter(({ kind }) => kind === 'accepted').map(({ at }) => at).sort()).toEqual(places);
  });

  test('asks for more when told so', () => {
    const regulated = JSON.parse(inFolder({}).run(`audit ${outdir} --profile regulated --format json`).out) as Posture;
    expect(regulated.profile).toBe('regulated');
    expect(regulated.findings.length).toBeGreaterThan(judged.findings.length);
  });
});

describe('report', () => {
  test('writes a file for each format and names them, whatever was found', () => {
    const { run, read } = inFolder({ 'app.yaml': OPEN_URL });
    expect(run('report app.yaml --format html,sarif --format text -o out')).toEqual({
      code: 0, err: '', out: ['html', 'sarif', 'txt'].map((ending) => `${join('out', `report.${ending}`)}\n`).join(''),
    });
    expect(read('out/report.txt')).toContain('FAIL  app.yaml');
  });
});

describe('explain', () => {
  const { run } = inFolder({});

  test('says what a rule wants, by its id in any case, with or without a finding', () => {
    const { code, out } = run('explain functionurlauth');
    expect(out).toMatch(/^FunctionUrlAuth {2}A function URL answers/);
    expect(out).toMatch(/^Severity {6}high.*: stops a synthesis$/m);
    expect(out).toMatch(/^Looks at {6}AWS::Lambda::Url$/m);
    expect(out).toMatch(/^Examples {6}https:.*docs\/rules\.md#functionurlauth$/m);
    expect(code).toBe(0);
    expect(run('explain ServerlessSecurity::StageThrottle[GET/x]').out).toMatch(/^StageThrottle/);
  });

  test('says what is wrong with exceptions, too', () => {
    const { out, code } = run('explain ExceptionExpired');
    expect(out).toMatch(/^ExceptionExpired {2}An exception has ended\n/);
    expect(out).toMatch(/^Level {9}fatal$/m);
    expect(out).toMatch(/^Way out {7}Mend the finding and remove the exception/m);
    expect(code).toBe(0);
  });

  test('lists all rules, the worst first', () => {
    const { out } = run('explain');
    expect(out).toMatch(/^Severity {2}Rule +Finds\nhigh /);
    expect(out).toMatch(/\ninfo [^\n]*\n$/);
  });

  test('fails on a rule that does not exist, and suggests those that are spelled alike', () => {
    expect(run('explain FunctionUrlAuht')).toEqual({
      code: 2, out: '', err: "cdk-secure-serverless: explain: there is no rule 'FunctionUrlAuht'; did you mean FunctionUrlAuth or FunctionAlarm or FunctionLimits?\n",
    });
  });
});

describe('diff', () => {
  const before = SAFE;
  const after = `${SAFE}${OPEN_URL.replace('\nResources:\n', '')}`;
  const world = inFolder({ 'before.yaml': before, 'after.yaml': after });
  world.run('audit before.yaml --format json --output before.json');
  world.run('report after.yaml --format json --output after/security');

  test('says what is new, and that it is weaker', () => {
    const { out, code } = world.run('diff before.json after');
    expect(out).toMatch(/^WEAKER {2}/);
    expect(out).toContain('The verdict was pass and is fail');
    expect(out).toMatch(/^New way in: .*Url/m);
    expect(code).toBe(0);
    expect(world.run('diff before.json after --fail-on-change').code).toBe(1);
  });

  test('the other way round nothing is weaker', () => {
    const { out, code } = world.run('diff after before.json --fail-on-change');
    expect(out).toMatch(/^NOT WEAKER {2}/);
    expect(out).toContain('Finding resolved');
    expect(code).toBe(0);
  });

  test('writes Markdown and JSON', () => {
    expect(world.run('diff before.json after --format markdown').out).toMatch(/^### What changed since 20/);
    expect(JSON.parse(world.run('diff before.json after --format json').out)).toMatchObject({ weaker: true });
  });

  test('says when nothing changed', () => {
    expect(world.run('diff after after').out).toContain('Nothing changed that the report looks at.');
  });
});

test('help and version', () => {
  const { run } = inFolder({});
  expect(run('')).toMatchObject({ code: 0, out: expect.stringContaining('audit PATH') });
  expect(run('help diff').out).toMatch(/^Usage: cdk-secure-serverless diff OLD NEW/);
  expect(run('--version').out).toMatch(/^\d+\.\d+\.\d+\n$/);
  const mistake = run('judge cdk.out');
  expect(mistake.err).toMatch(/^cdk-secure-serverless: there is no command 'judge'.*\n\ncdk-secure-serverless: judges/);
  expect(mistake.code).toBe(2);
});
