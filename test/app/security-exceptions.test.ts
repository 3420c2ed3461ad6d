import { readFileSync } from 'fs';
import { join } from 'path';
import { App, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as PlainFunction, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RulePack } from '../../src/app/rule-pack';
import { RuleSetting } from '../../src/app/rule-setting';
import { SecurityExceptions } from '../../src/app/security-exceptions';
import { EnforceOptions, ServerlessSecurity } from '../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../src/app/serverless-security-checks';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { ExceptionOptions } from '../../src/policy/exceptions/exception-record';
import { Posture } from '../../src/report/form/posture-form';
import { BucketObjectLock } from '../../src/storage/bucket-object-lock';
import { BucketRemoval } from '../../src/storage/bucket-removal';
import { SecureBucket } from '../../src/storage/secure-bucket';

const TODAY = '2030-03-01'; // later than the clock of whoever runs this
const REASON = 'the vendor pulls the files until its new client is out';
const NO_LOCK = BucketObjectLock.off('whoever may delete an export made it');
const SIGNATURE = `Owner: files team. Reason: ${REASON}`;
const until = (expires = '2030-05-01', more: Partial<ExceptionOptions> = {}): ExceptionOptions => ({ reason: REASON, owner: 'files team', expires, ...more });

interface Reported {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: Violation[];
  readonly suppressedViolations?: (Violation & { readonly reason: string; readonly acknowledgedAt?: string })[];
}

interface Violation {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

function appAt(today = TODAY, options: EnforceOptions = { packs: [] }): App {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false, 'cdk-secure-serverless:today': today } });
  ServerlessSecurity.of(app).enforce(options);
  return app;
}

/** A bucket with one error, BucketTlsOnly, and two findings of AwsSolutions, S1 and S10. */
function files(scope: Construct, id = 'Files'): Bucket {
  return new Bucket(scope, id, { blockPublicAccess: BlockPublicAccess.BLOCK_ALL });
}

/** What CDK writes down after a synthesis. */
function reported(app: App): { [pack: string]: Reported } {
  const { directory } = app.synth({ force: true });
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: Reported[] };
  return Object.fromEntries(pluginReports.map((report) => [report.pluginName, report]));
}

const ours = (app: App): Reported => reported(app).ServerlessSecurity;
const posture = (app: App): Posture => JSON.parse(readFileSync(join(app.synth({ force: true }).directory, 'security', 'report.json'), 'utf8')) as Posture;

/** What our pack says about exceptions: level, id, place and message. */
const notices = (report: Reported) => report.violations.filter(({ ruleName }) => ruleName.startsWith('Exception'))
  .flatMap(({ severity, ruleName, description, violatingConstructs }) => (
    violatingConstructs.map(({ constructPath }) => [severity, ruleName, constructPath, description])));

/** What is suppressed, where, by which reason. */
const suppressed = (report: Reported) => (report.suppressedViolations ?? [])
  .flatMap(({ ruleName, reason, acknowledgedAt, violatingConstructs }) => (
    violatingConstructs.map(({ constructPath }) => [ruleName, constructPath, acknowledgedAt, reason])));

/** Where a finding is open. */
const open = (report: Reported, rule: string) => report.violations.filter(({ ruleName }) => ruleName === rule)
  .flatMap(({ severity, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${severity} at ${constructPath}`));

describe('SecurityExceptions', () => {
  test('accept a finding, and CDK keeps reason, owner, end and ticket', () => {
    const app = appAt();
    SecurityExceptions.of(files(new Stack(app, 'Shop'))).accept('BucketTlsOnly', until('2030-05-01', { ticket: 'FILES-7' }));
    const report = ours(app);
    expect(suppressed(report)).toEqual([['BucketTlsOnly', 'Shop/Files/Resource', 'Shop/Files', `${REASON} [owner: files team; until 2030-05-01; ticket: FILES-7]`]]);
    expect(notices(report)).toStrictEqual([]);
    expect(report.conclusion).toBe('success');
    expect(posture(app)).toMatchObject({
      asOf: TODAY,
      verdict: 'pass',
      exceptions: [{
        kind: 'accepted',
        control: 'ServerlessSecurity::BucketTlsOnly',
        at: 'Shop/Files',
        reason: REASON,
        owner: 'files team',
        ticket: 'FILES-7',
        expires: '2030-05-01',
        daysLeft: 61,
        state: 'valid',
        covers: 1,
      }],
    });
    expect(posture(app).findings.find(({ id }) => id === 'BucketTlsOnly')!.accepted).toEqual({ reason: REASON, at: 'Shop/Files', how: 'accepted' });
  });

  test('returns itself, so that several are accepted in a row', () => {
    const exceptions = SecurityExceptions.of(new Stack());
    expect(exceptions.accept('BucketTlsOnly', until())).toBe(exceptions);
  });

  test.each<[string, string, string | undefined, string[]]>([
    ['31 days before', '2030-03-31', undefined, []],
    ['30 days before', '2030-04-01', 'warning', ["The exception for 'BucketTlsOnly' at Shop/Files ends on 2030-05-01, in 30 days."]],
    ['the day before', '2030-04-30', 'warning', ["The exception for 'BucketTlsOnly' at Shop/Files ends on 2030-05-01, in 1 day."]],
    ['on the last day', '2030-05-01', 'warning', ["The exception for 'BucketTlsOnly' at Shop/Files ends on 2030-05-01, today."]],
    ['the day after', '2030-05-02', 'fatal', ["The exception for 'BucketTlsOnly' at Shop/Files ended on 2030-05-01: 1 finding counts again."]],
  ])('hold through their last day: %s', (_name, today, level, [says]) => {
    const app = appAt(today);
    SecurityExceptions.of(files(new Stack(app, 'Shop'))).accept('BucketTlsOnly', until());
    const report = ours(app);
    const rule = level === 'fatal' ? 'ExceptionExpired' : 'ExceptionExpiring';
    expect(notices(report)).toEqual(level === undefined ? [] : [[level, `${rule}[BucketTlsOnly]`, 'Shop/Files', `${says} ${SIGNATURE}`]]);
    expect(open(report, 'BucketTlsOnly')).toEqual(level === 'fatal' ? ['error at Shop/Files/Resource'] : []);
    expect(report.conclusion).toBe(level === 'fatal' ? 'failure' : 'success');
  });

  test.each<[string, SecurityProfile, string, string]>([
    ['sandbox', SecurityProfile.sandbox(), '2031-03-01', '2031-03-02'],
    ['production', SecurityProfile.production(), '2030-08-28', '2030-08-29'],
    ['regulated', SecurityProfile.regulated(), '2030-05-30', '2030-05-31'],
  ])('last as long as the profile of their place allows, though it is chosen later: %s', (_name, profile, longest, tooLong) => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false, 'cdk-secure-serverless:today': TODAY } });
    const stack = new Stack(app, 'Shop');
    SecurityExceptions.of(stack).accept('BucketTlsOnly', until(longest));
    SecurityExceptions.of(stack).accept('QueueTlsOnly', until(tooLong));
    files(stack);
    new Queue(stack, 'Orders');
    ServerlessSecurity.of(app).enforce({ profile, packs: [] });
    const report = ours(app);
    expect(suppressed(report).map(([rule]) => rule)).toEqual(['BucketTlsOnly']);
    expect(notices(report).map(([level, id, at]) => [level, id, at])).toEqual([['fatal', 'ExceptionLifetime[QueueTlsOnly]', 'Shop']]);
    expect(open(report, 'QueueTlsOnly')).toEqual([expect.stringMatching(/ at Shop\/Orders\/Resource$/)]);
    expect(posture(app).exceptions.map(({ control, state, covers }) => [control, state, covers]))
      .toEqual([['ServerlessSecurity::BucketTlsOnly', 'valid', 1], ['ServerlessSecurity::QueueTlsOnly', 'refused', 0]]);
  });

  test('cover all findings of a rule below them, in nested stacks and stages too, and none beside them', () => {
    const app = appAt();
    const prod = new Stage(app, 'Prod');
    const shop = new Stack(prod, 'Shop');
    files(shop);
    files(new NestedStack(shop, 'Nested'));
    files(new Stack(app, 'Other'));
    SecurityExceptions.of(prod).accept('BucketTlsOnly', until());
    const report = ours(app);
    expect(suppressed(report).map(([, path, at]) => [path, at])).toEqual([['Prod/Shop/Files/Resource', 'Prod'], ['Prod/Shop/Nested/Files/Resource', 'Prod']]);
    expect(open(report, 'BucketTlsOnly')).toEqual(['error at Other/Files/Resource']);
    expect(posture(app).exceptions).toMatchObject([{ at: 'Prod', covers: 2 }]);
  });

  test('of an app cover everything', () => {
    const app = appAt();
    files(new Stack(app, 'Shop'));
    SecurityExceptions.of(app).accept('BucketTlsOnly', until());
    expect(suppressed(ours(app)).map(([, path, at]) => [path, at ?? ''])).toEqual([['Shop/Files/Resource', '']]);
  });

  test('that cover nothing are warned of, with what is there instead', () => {
    const app = appAt();
    const stack = new Stack(app, 'Shop');
    new ManagedPolicy(stack, 'Policy', { statements: [new PolicyStatement({ actions: ['s3:*'], resources: ['arn:aws:s3:::files/*'] })] });
    SecurityExceptions.of(stack).accept('IamActionWildcard[Action::s3:Put*]', until());
    expect(notices(ours(app))).toEqual([['warning', 'ExceptionUnused[IamActionWildcard[Action::s3:Put*]]', 'Shop',
      `The exception for 'IamActionWildcard[Action::s3:Put*]' at Shop covers nothing. There is 'IamActionWildcard[Action::s3:*]'. ${SIGNATURE}`]]);
    expect(posture(app).exceptions).toMatchObject([{ state: 'unused', covers: 0 }]);
  });

  test('hold for findings of cdk-nag, those in brackets too, and are known to be used or not', () => {
    const app = appAt(TODAY, { packs: [RulePack.AWS_SOLUTIONS] });
    const stack = new Stack(app, 'Shop');
    const bucket = files(stack);
    const policy = new ManagedPolicy(stack, 'Policy', { statements: [new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['*'] })] });
    SecurityExceptions.of(bucket).accept('AwsSolutions::AwsSolutions-S1', until()).accept('AwsSolutions::AwsSolutions-S2', until());
    SecurityExceptions.of(policy).accept('AwsSolutions::AwsSolutions-IAM5[Resource::*]', until());
    const { AwsSolutions, ServerlessSecurity: own } = reported(app);
    expect(suppressed(AwsSolutions).map(([id, path]) => [id, path])).toEqual([['AwsSolutions-S1', 'Shop/Files/Resource'], ['AwsSolutions-IAM5[Resource::*]', 'Shop/Policy/Resource']]);
    expect(open(AwsSolutions, 'AwsSolutions-S10')).toEqual(['error at Shop/Files/Resource']);
    expect(notices(own)).toEqual([['warning', 'ExceptionUnused[AwsSolutions::AwsSolutions-S2]', 'Shop/Files',
      `The exception for 'AwsSolutions::AwsSolutions-S2' at Shop/Files covers nothing: the finding was mended, or never was there. ${SIGNATURE}`]]);
    expect(posture(app).exceptions.map(({ control, state, covers }) => [control, state, covers])).toEqual([
      ['AwsSolutions::AwsSolutions-S1', 'valid', 1], ['AwsSolutions::AwsSolutions-S2', 'unused', 0], ['AwsSolutions::AwsSolutions-IAM5[Resource::*]', 'valid', 1],
    ]);
  });

  test('for cdk-nag end as others do', () => {
    const app = appAt('2030-05-02', { packs: [RulePack.AWS_SOLUTIONS] });
    SecurityExceptions.of(files(new Stack(app, 'Shop'))).accept('AwsSolutions::AwsSolutions-S1', until());
    const { AwsSolutions, ServerlessSecurity: own } = reported(app);
    expect(open(AwsSolutions, 'AwsSolutions-S1')).toEqual(['error at Shop/Files/Resource']);
    expect(notices(own)).toEqual([['fatal', 'ExceptionExpired[AwsSolutions::AwsSolutions-S1]', 'Shop/Files',
      `The exception for 'AwsSolutions::AwsSolutions-S1' at Shop/Files ended on 2030-05-01: 1 finding counts again. ${SIGNATURE}`]]);
  });

  test('hold for packs that users register themselves, and are never called unused', () => {
    const app = appAt();
    Validations.of(app).addPlugins(RulePack.AWS_SOLUTIONS._create());
    SecurityExceptions.of(files(new Stack(app, 'Shop'))).accept('AwsSolutions::AwsSolutions-S1', until()).accept('AwsSolutions::AwsSolutions-S2', until());
    const { AwsSolutions, ServerlessSecurity: own } = reported(app);
    expect(suppressed(AwsSolutions).map(([id]) => id)).toEqual(['AwsSolutions-S1']);
    expect(notices(own)).toStrictEqual([]);
  });

  test('make no difference to a second synthesis', () => {
    const app = appAt(TODAY, { packs: [RulePack.AWS_SOLUTIONS], profile: SecurityProfile.regulated() });
    SecurityExceptions.of(files(new Stack(app, 'Shop'))).accept('BucketTlsOnly', until()).accept('AwsSolutions::AwsSolutions-S1', until());
    // newer versions of CDK note the file of a template once for each synthesis
    const ofCdk = (_: string, value: unknown) => (Array.isArray(value) ? value.filter((entry) => entry?.type !== 'aws:cdk:templateFile') : value);
    const assembly = () => {
      const { directory } = app.synth({ force: true });
      return ['manifest.json', 'validation-report.json', 'Shop.metadata.json']
        .map((file) => JSON.stringify(JSON.parse(readFileSync(join(directory, file), 'utf8'), ofCdk)));
    };
    const first = assembly();
    expect(assembly()).toEqual(first);
    expect(first.join('')).not.toContain('ExceptionUnmanaged');
  });

  test('of a stage are judged by the pack of the stage, and those beside it are not', () => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false, 'cdk-secure-serverless:today': TODAY } });
    const prod = new Stage(app, 'Prod');
    Validations.of(prod).addPlugins(new ServerlessSecurityChecks());
    files(new Stack(prod, 'Shop'));
    const other = new Stack(app, 'Other');
    files(other);
    SecurityExceptions.of(prod).accept('BucketTlsOnly', until()).accept('QueueTlsOnly', until());
    SecurityExceptions.of(other).accept('BucketTlsOnly', until('2030-02-01'));
    SecurityExceptions.of(app).accept('QueueTlsOnly', until());
    const report = ours(app);
    expect(suppressed(report).map(([, path]) => path)).toEqual(['Prod/Shop/Files/Resource']);
    expect(notices(report).map(([, id, at]) => [id, at])).toEqual([['ExceptionUnused[QueueTlsOnly]', 'Prod']]);
  });

  test('are judged by the clock when the context says nothing', () => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    ServerlessSecurity.of(app).enforce({ packs: [] });
    const bucket = files(new Stack(app, 'Shop'));
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    SecurityExceptions.of(bucket).accept('BucketTlsOnly', until(yesterday));
    expect(notices(ours(app)).map(([, id]) => id)).toEqual(['ExceptionExpired[BucketTlsOnly]']);
  });

  test('are warned of when they are judged by a day in the past', () => {
    const app = appAt('2020-01-01');
    files(new Stack(app, 'Shop'));
    expect(notices(ours(app)).map(([level, id, path]) => [level, id, path])).toEqual([['warning', 'ExceptionClock[2020-01-01]', '']]);
  });

  test.each<[string, (stack: Stack) => unknown, string]>([
    ['a rule that is misspelled', (stack) => SecurityExceptions.of(stack).accept('BucketTlsOnyl', until()),
      "'finding' must begin with the id of a rule of this pack, or name another pack, got \"BucketTlsOnyl\"; did you mean BucketTlsOnly or BucketVersions or QueueTlsOnly? "
      + "[SecurityExceptions.UnknownRule, at 'Shop']"],
    ['a reason that says nothing', (stack) => SecurityExceptions.of(stack).accept('BucketTlsOnly', until('2030-05-01', { reason: 'accepted' })),
      "'reason' must be a sentence of at least 12 characters that a reviewer can judge, got \"accepted\"; say why the finding may stay until then "
      + "[SecurityExceptions.Reason, at 'Shop']"],
    ['a day of judgement that is none', (stack) => {
      stack.node.setContext('cdk-secure-serverless:today', '1.3.2030');
      SecurityExceptions.of(stack).accept('BucketTlsOnly', until());
    }, "'cdk-secure-serverless:today' must be a day that exists, written like 2026-11-26, got \"1.3.2030\"; leave it out to use the clock [SecurityExceptions.Today, at 'Shop']"],
  ])('fails for %s', (_name, attempt, message) => {
    expect(() => attempt(new Stack(new App(), 'Shop'))).toThrow(message);
  });
});

describe('What can never be accepted', () => {
  const BECAUSE = 'nobody may accept this, since a bucket that is open to the public is how whole customer bases were lost; serve public files through SecureWebsite';

  test('stays an error under an exception', () => {
    const app = appAt();
    const bucket = new Bucket(new Stack(app, 'Shop'), 'Files', { enforceSSL: true });
    SecurityExceptions.of(bucket).accept('BucketPublicAccess', until());
    const report = ours(app);
    expect(notices(report)).toEqual([['fatal', 'ExceptionNotAllowed[BucketPublicAccess]', 'Shop/Files',
      `The exception for 'BucketPublicAccess' at Shop/Files does not hold: ${BECAUSE}. ${SIGNATURE}`]]);
    expect(open(report, 'BucketPublicAccess')).toEqual(['error at Shop/Files/Resource']);
  });

  test('becomes fatal when it is acknowledged by the means of CDK, where CDK would suppress it', () => {
    const app = appAt();
    const stack = new Stack(app, 'Shop');
    const bucket = new Bucket(stack, 'Files', { enforceSSL: true });
    new Bucket(stack, 'Others', { enforceSSL: true });
    Validations.of(bucket).acknowledge({ id: 'ServerlessSecurity::BucketPublicAccess', reason: 'a public web site without secrets' });
    const report = ours(app);
    expect(notices(report)).toEqual([['fatal', 'ExceptionNotAllowed[ServerlessSecurity::BucketPublicAccess]', 'Shop/Files',
      `The acknowledgement of 'ServerlessSecurity::BucketPublicAccess' at Shop/Files does not hold: ${BECAUSE}.`]]);
    expect(open(report, 'BucketPublicAccess')).toEqual(['fatal at Shop/Files/Resource', 'error at Shop/Others/Resource']);
    expect(report.suppressedViolations).toBeUndefined();
    expect(posture(app)).toMatchObject({ verdict: 'fail', counts: { accepted: 0 } });
  });

  test('is an open door with a reason that says nothing', () => {
    const app = appAt();
    const stack = new Stack(app, 'Shop');
    const [vague, reasoned] = ['Vague', 'Reasoned'].map((id) => {
      const fn = new PlainFunction(stack, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('1') });
      fn.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
      return fn;
    });
    Validations.of(vague).acknowledge({ id: 'ServerlessSecurity::FunctionUrlAuth', reason: 'todo' });
    Validations.of(reasoned).acknowledge({ id: 'ServerlessSecurity::FunctionUrlAuth', reason: 'the handler checks the signature of the webhook' });
    const report = ours(app);
    expect(open(report, 'FunctionUrlAuth')).toEqual(['fatal at Shop/Vague/FunctionUrl/Resource']);
    expect(suppressed(report)).toEqual([['FunctionUrlAuth', 'Shop/Reasoned/FunctionUrl/Resource', 'Shop/Reasoned', 'the handler checks the signature of the webhook']]);
    expect(notices(report).map(([, id, at]) => [id, at])).toEqual([['ExceptionNotAllowed[ServerlessSecurity::FunctionUrlAuth]', 'Shop/Vague']]);
  });

  test('is an open door for a whole stack, but one at its own construct is accepted', () => {
    const app = appAt();
    const stack = new Stack(app, 'Shop');
    const fn = new PlainFunction(stack, 'Hook', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('1') });
    fn.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    SecurityExceptions.of(fn).accept('FunctionUrlAuth', until());
    SecurityExceptions.of(stack).accept('FunctionUrlAuth', until());
    const report = ours(app);
    expect(suppressed(report).map(([, , at]) => at)).toEqual(['Shop/Hook']);
    expect(notices(report)).toEqual([['fatal', 'ExceptionNotAllowed[FunctionUrlAuth]', 'Shop',
      "The exception for 'FunctionUrlAuth' at Shop does not hold: each open way in is accepted by itself, so that none is open by an old decision; "
      + `accept it at its own construct, not for a whole stack. ${SIGNATURE}`]]);
  });

  test.each<[string, string]>([['off', 'BucketPublicAccess'], ['a warning', 'ManagedPolicyAccess']])('is no rule that an app may switch %s', (how, rule) => {
    const reason = 'the network in front keeps everybody out';
    const attempt = () => (how === 'off' ? RuleSetting.off(rule, reason) : RuleSetting.severity(rule, 'low' as never, reason));
    expect(attempt).toThrow(`'rule' must stay an error: some of what it finds can never be accepted, got "${rule}"; `
      + `mend the findings, or accept the others one by one with SecurityExceptions [RuleSetting.NeverWaivable, at 'rule ${rule}']`);
  });
});

describe('Acknowledgements by other means', () => {
  const acknowledged = (profile: SecurityProfile): App => {
    const app = appAt(TODAY, { profile, packs: [RulePack.AWS_SOLUTIONS] });
    const bucket = files(new Stack(app, 'Shop'));
    Validations.of(bucket).acknowledge(
      { id: 'ServerlessSecurity::BucketTlsOnly', reason: 'old clients know no TLS' },
      { id: 'AwsSolutions::AwsSolutions-S10', reason: 'old clients know no TLS' },
      { id: 'AwsSolutions-S1', reason: 'the files are public timetables' },
      { id: 'ServerlessSecurity::QueueTlsOnly', reason: 'nothing of the kind is there' },
      { id: '@aws-cdk/aws-s3:something', reason: 'a warning of CDK, not a finding' },
    );
    return app;
  };

  test('are listed, with what they cover', () => {
    const app = acknowledged(SecurityProfile.production());
    expect(notices(ours(app))).toStrictEqual([]);
    expect(posture(app).exceptions).toEqual([
      { kind: 'acknowledged', control: 'ServerlessSecurity::BucketTlsOnly', at: 'Shop/Files', reason: 'old clients know no TLS', state: 'permanent', covers: 1 },
      { kind: 'acknowledged', control: 'AwsSolutions::AwsSolutions-S10', at: 'Shop/Files', reason: 'old clients know no TLS', state: 'permanent', covers: 1 },
      { kind: 'acknowledged', control: 'AwsSolutions-S1', at: 'Shop/Files', reason: 'the files are public timetables', state: 'permanent', covers: 0 },
      { kind: 'acknowledged', control: 'ServerlessSecurity::QueueTlsOnly', at: 'Shop/Files', reason: 'nothing of the kind is there', state: 'unused', covers: 0 },
    ]);
  });

  test('are errors in the regulated profile', () => {
    const report = ours(acknowledged(SecurityProfile.regulated()));
    expect(notices(report)).toEqual([
      ['error', 'ExceptionUnmanaged[ServerlessSecurity::BucketTlsOnly]', 'Shop/Files', "'ServerlessSecurity::BucketTlsOnly' is acknowledged at Shop/Files without an owner and an end. Reason: old clients know no TLS"],
      ['error', 'ExceptionUnmanaged[AwsSolutions::AwsSolutions-S10]', 'Shop/Files', "'AwsSolutions::AwsSolutions-S10' is acknowledged at Shop/Files without an owner and an end. Reason: old clients know no TLS"],
      ['error', 'ExceptionUnmanaged[AwsSolutions-S1]', 'Shop/Files', "'AwsSolutions-S1' is acknowledged at Shop/Files without an owner and an end. Reason: the files are public timetables"],
      ['error', 'ExceptionUnmanaged[ServerlessSecurity::QueueTlsOnly]', 'Shop/Files', "'ServerlessSecurity::QueueTlsOnly' is acknowledged at Shop/Files without an owner and an end. Reason: nothing of the kind is there"],
    ]);
    expect(report.conclusion).toBe('failure');
  });

  test('may be accepted for a while, but not acknowledged once more', () => {
    const app = acknowledged(SecurityProfile.regulated());
    const stack = app.node.findChild('Shop');
    Validations.of(stack).acknowledge({ id: 'ServerlessSecurity::ExceptionUnmanaged[AwsSolutions-S1]', reason: 'we know what we are doing' });
    SecurityExceptions.of(stack).accept('ExceptionUnmanaged[ServerlessSecurity::BucketTlsOnly]', until());
    const report = ours(app);
    expect(suppressed(report).map(([id]) => id)).toEqual(['BucketTlsOnly', 'ExceptionUnmanaged[ServerlessSecurity::BucketTlsOnly]'].reverse());
    expect(open(report, 'ExceptionUnmanaged[AwsSolutions-S1]')).toEqual(['fatal at Shop/Files']);
    expect(notices(report).filter(([, id]) => String(id).startsWith('ExceptionNotAllowed'))).toEqual([
      ['fatal', 'ExceptionNotAllowed[ServerlessSecurity::ExceptionUnmanaged[AwsSolutions-S1]]', 'Shop',
        "The acknowledgement of 'ServerlessSecurity::ExceptionUnmanaged[AwsSolutions-S1]' at Shop does not hold: "
        + 'whoever has no owner and no end yet needs both, not a second acknowledgement; use SecurityExceptions.'],
    ]);
  });

  test('are not those that our constructs write, nor what their authors say in props', () => {
    const app = appAt(TODAY, { profile: SecurityProfile.regulated() });
    new SecureBucket(new Stack(app, 'Shop'), 'Files', { removal: BucketRemoval.destroy('the nightly export can be made again'), objectLock: NO_LOCK });
    expect(notices(ours(app))).toStrictEqual([]);
    const kinds = posture(app).exceptions.map(({ kind, control, covers }) => `${kind} ${control} ${covers}`);
    expect(kinds.filter((one) => !one.startsWith('library '))).toEqual(['construct Bucket.objectLock 2', 'construct Bucket.removal 2']);
    expect(kinds).toContain('library NIST.800.53.R5::NIST.800.53.R5-S3BucketReplicationEnabled 1');
  });
});

test('Rules that are off, and profiles that are weaker, stand in the same list', () => {
  const app = appAt(TODAY, {
    packs: [],
    profile: SecurityProfile.production().with({ webAcl: false, reason: 'an internal tool behind a VPN' }),
    rules: [RuleSetting.off('BucketTlsOnly', 'old clients of the vendor know no TLS')],
  });
  files(new Stack(app, 'Shop'));
  expect(posture(app).exceptions).toEqual([
    { kind: 'construct', control: 'SecurityProfile.webAcl', at: '', reason: 'an internal tool behind a VPN', state: 'permanent', covers: 0 },
    { kind: 'rule', control: 'Rule.BucketTlsOnly: off', at: '', reason: 'old clients of the vendor know no TLS', state: 'permanent', covers: 0 },
  ]);
});
