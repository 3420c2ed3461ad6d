import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Annotations, App, CfnParameter, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ArnPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnUrl, Code, Function as PlainFunction, FunctionUrlAuthType, Runtime } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { RulePack } from '../../src/app/rule-pack';
import { RuleSetting, RuleSeverity } from '../../src/app/rule-setting';
import { ServerlessSecurity } from '../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../src/app/serverless-security-checks';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { RULES } from '../../src/policy/catalog';
import { Posture } from '../../src/report/form/posture-form';
import { ReportRendering } from '../../src/report/report-rendering';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { RECOMMENDED_FLAGS } from '../support/apps';

const LENIENT = { '@aws-cdk/core:failSynthOnValidationErrors': false };

interface Reported {
  readonly pluginName: string;
  readonly conclusion: string;
  readonly violations: { readonly ruleName: string; readonly violatingConstructs: { readonly constructPath: string }[] }[];
  readonly suppressedViolations?: { readonly ruleName: string; readonly reason: string; readonly acknowledgedAt: string }[];
}

function appWith(context: Record<string, unknown> = LENIENT): App {
  return new App({ context: { 'aws:cdk:bundling-stacks': [], ...context } });
}

function plainFunction(scope: Construct, id: string): PlainFunction {
  return new PlainFunction(scope, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => 1;') });
}

/** An API with one route that anybody may call, in front of a function. */
function openApi(scope: Construct, id: string): RestApi {
  const api = new RestApi(scope, id);
  api.root.addResource('health').addMethod('GET', new LambdaIntegration(plainFunction(scope, `${id}Handler`)));
  return api;
}

function reportsOf(app: App): Reported[] {
  const { directory } = app.synth({ force: true });
  return (JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: Reported[] }).pluginReports;
}

/** The findings of our pack that are not acknowledged: `id at path`. */
function open(app: App): string[] {
  const ours = reportsOf(app).find(({ pluginName }) => pluginName === 'ServerlessSecurity')!;
  return ours.violations.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`)).sort();
}

function postureOf(app: App): Posture {
  return JSON.parse(readFileSync(join(app.synth({ force: true }).directory, 'security', 'report.json'), 'utf8')) as Posture;
}

describe('ServerlessSecurity', () => {
  test.each<[string, SecurityProfile, string[]]>([
    ['sandbox', SecurityProfile.sandbox(), ['ServerlessSecurity', 'AwsSolutions', 'Serverless']],
    ['production', SecurityProfile.production(), ['ServerlessSecurity', 'AwsSolutions', 'Serverless']],
    ['regulated', SecurityProfile.regulated(), ['ServerlessSecurity', 'AwsSolutions', 'Serverless', 'HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321']],
  ])('registers our pack and the packs of the profile: %s', (_name, profile, packs) => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ profile });
    openApi(new Stack(app, 'Shop'), 'Api'); // each pack finds something in it
    expect(SecurityProfile.of(app).name).toBe(profile.name);
    expect(reportsOf(app).map(({ pluginName }) => pluginName)).toEqual(packs);
  });

  test('takes the profile that holds already', () => {
    const app = appWith();
    SecurityProfile.regulated().applyTo(app);
    ServerlessSecurity.of(app).enforce();
    openApi(new Stack(app, 'Shop'), 'Api');
    expect(reportsOf(app)).toHaveLength(7);
  });

  test('registers each pack once, however often and wherever it is called', () => {
    const app = appWith();
    const stack = new Stack(app, 'Shop');
    openApi(stack, 'Api');
    const security = ServerlessSecurity.of(app).enforce({ packs: [] });
    expect(security.enforce({ packs: [RulePack.SERVERLESS] })).toBe(security);
    ServerlessSecurity.of(stack).enforce({ packs: [RulePack.SERVERLESS, RulePack.PCI_DSS_321] });
    expect(reportsOf(app).map(({ pluginName }) => pluginName)).toEqual(['ServerlessSecurity', 'Serverless', 'PCI.DSS.321']);
  });

  test('applies the profile of a stack to the stack alone', () => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ profile: SecurityProfile.production(), packs: [] });
    const sandbox = new Stack(app, 'Sandbox');
    ServerlessSecurity.of(sandbox).enforce({ profile: SecurityProfile.sandbox(), packs: [] });
    openApi(sandbox, 'Api');
    openApi(new Stack(app, 'Prod'), 'Api');
    expect(open(app).filter((finding) => finding.startsWith('ApiWebAcl'))).toEqual(['ApiWebAcl at Prod/Api/DeploymentStage.prod/Resource']);
  });

  test.each<[string, Construct]>([
    ['a construct alone', new Construct(undefined as unknown as Construct, 'Lonely')],
    ['a stage alone, which CDK never validates', new Stage(undefined as unknown as Construct, 'Lonely')],
  ])('fails where there is no app: %s', (_name, scope) => {
    expect(() => ServerlessSecurity.of(scope).enforce()).toThrow(
      "'scope' must belong to an App, because CDK validates nothing else; make new App() the root, and call ServerlessSecurity.of(app).enforce() "
      + "[ServerlessSecurity.NoApp, at 'Lonely']");
  });

  test('switches a rule off for the whole app, and the report says so', () => {
    const app = appWith();
    const reason = 'the gateway in front authenticates every caller';
    ServerlessSecurity.of(app).enforce({ packs: [], rules: [RuleSetting.off('FunctionUrlAuth', reason)] });
    plainFunction(new Stack(app, 'Shop'), 'Open').addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    expect(open(app).filter((finding) => finding.startsWith('FunctionUrlAuth'))).toStrictEqual([]);
    expect(postureOf(app).exceptions).toContainEqual({ kind: 'rule', control: 'Rule.FunctionUrlAuth: off', at: '', reason, state: 'permanent', covers: 0 });
    expect(postureOf(app).controls.find(({ rule }) => rule === 'FunctionUrlAuth')).toMatchObject({ state: 'off', severity: 'high', passed: 0, failed: 0 });
  });

  test('ranks a rule as the app decides', () => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ packs: [], rules: [RuleSetting.severity('FunctionLogGroup', RuleSeverity.INFO, 'logs are shipped by an extension')] });
    plainFunction(new Stack(app, 'Shop'), 'F');
    expect(postureOf(app).findings.filter(({ rule }) => rule === 'FunctionLogGroup').map(({ severity, level }) => [severity, level])).toEqual([['info', 'info']]);
  });

  test('fails when a later call sets rules that the pack could no longer follow', () => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce();
    expect(() => ServerlessSecurity.of(app).enforce({ trustedAccounts: ['111122223333'] })).toThrow('[ServerlessSecurity.RulesTooLate, at \'(app)\']');
  });

  test('fails when the profile comes after a construct used another one', () => {
    const app = appWith();
    SecurityProfile.of(new Stack(app, 'Shop'));
    expect(() => ServerlessSecurity.of(app).enforce({ profile: SecurityProfile.sandbox() })).toThrow(
      "'profile' must be chosen before the first secure construct is made, which already used 'production'; "
      + "call ServerlessSecurity.of(app).enforce({ profile }) right after the app or stage is made [SecurityProfile.TooLate, at '(app)']");
  });

  test('fails the synthesis of an unsafe app, with the finding and its way out in the message', () => {
    const mode = process.env.CDK_APP_MODE;
    process.env.CDK_APP_MODE = 'inmemory';
    try {
      const app = appWith({});
      ServerlessSecurity.of(app).enforce({ packs: [] });
      plainFunction(new Stack(app, 'Shop'), 'Open').addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
      const attempt = () => app.synth();
      expect(attempt).toThrow('A function URL answers callers that did not authenticate.');
      expect(attempt).toThrow('Set AuthType to AWS_IAM (authType: FunctionUrlAuthType.AWS_IAM), or put the function behind a route of SecureApi.');
      expect(attempt).toThrow('ServerlessSecurity::FunctionUrlAuth');
    } finally {
      if (mode === undefined) delete process.env.CDK_APP_MODE;
      else process.env.CDK_APP_MODE = mode;
    }
  });
});

describe('ServerlessSecurityChecks', () => {
  test('names its rules', () => {
    const pack = new ServerlessSecurityChecks();
    expect(pack.name).toBe('ServerlessSecurity');
    expect(pack.readPackName).toBe('ServerlessSecurity');
    expect(pack.ruleIds).toEqual(RULES.map(({ id }) => id));
  });

  test.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('sees nested stacks and stages, with %s', (_name, flags) => {
    const app = appWith({ ...LENIENT, ...flags });
    Validations.of(app).addPlugins(new ServerlessSecurityChecks());
    plainFunction(new NestedStack(new Stack(app, 'Shop'), 'Nested'), 'F').addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    plainFunction(new Stack(new Stage(app, 'Prod'), 'Shop'), 'F').addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
    expect(open(app).filter((finding) => finding.startsWith('FunctionUrlAuth'))).toEqual([
      'FunctionUrlAuth at Prod/Shop/F/FunctionUrl/Resource', 'FunctionUrlAuth at Shop/Nested/F/FunctionUrl/Resource',
    ]);
  });

  test('judges only the stage that it is registered with', () => {
    const app = appWith();
    const prod = new Stage(app, 'Prod');
    Validations.of(prod).addPlugins(new ServerlessSecurityChecks());
    for (const scope of [app, prod]) new Bucket(new Stack(scope, 'Shop'), 'B');
    expect(open(app)).toContain('BucketPublicAccess at Prod/Shop/B/Resource');
    expect(open(app).filter((finding) => !finding.endsWith(' at Prod/Shop/B/Resource'))).toStrictEqual([]);
  });

  test('follows references between stacks, into nested stacks and out of them', () => {
    const app = appWith();
    Validations.of(app).addPlugins(new ServerlessSecurityChecks());
    const one = new Stack(app, 'One');
    const shared = plainFunction(one, 'First');
    for (const [scope, id] of [[new Stack(app, 'Two'), 'Second'], [new NestedStack(one, 'Nested'), 'Third']] as const) {
      new PlainFunction(scope, id, { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('1'), role: shared.role });
    }
    expect(open(app).filter((finding) => finding.startsWith('FunctionRoleShared'))).toEqual([
      'FunctionRoleShared at One/First/Resource', 'FunctionRoleShared at One/Nested/Third/Resource', 'FunctionRoleShared at Two/Second/Resource',
    ]);
  });

  test('passes what is acknowledged exactly, and keeps it in the report of CDK', () => {
    const app = appWith();
    Validations.of(app).addPlugins(new ServerlessSecurityChecks());
    const api = openApi(new Stack(app, 'Shop'), 'Api');
    Validations.of(api).acknowledge({ id: 'ServerlessSecurity::RouteAuthorization[GET /health]', reason: 'the load balancer probes it, and it returns no data' });
    const ours = reportsOf(app).find(({ pluginName }) => pluginName === 'ServerlessSecurity')!;
    expect(ours.violations.map(({ ruleName }) => ruleName)).not.toContain('RouteAuthorization[GET /health]');
    expect(ours.suppressedViolations).toMatchObject([
      { ruleName: 'RouteAuthorization[GET /health]', reason: 'the load balancer probes it, and it returns no data', acknowledgedAt: 'Shop/Api' },
    ]);
    expect(ours.conclusion).toBe('failure'); // the other findings stand
  });

  test('an acknowledged rule does not cover its findings in brackets', () => {
    const app = appWith();
    Validations.of(app).addPlugins(new ServerlessSecurityChecks());
    const api = openApi(new Stack(app, 'Shop'), 'Api');
    Validations.of(api).acknowledge({ id: 'ServerlessSecurity::RouteAuthorization', reason: 'the load balancer probes it, and it returns no data' });
    expect(open(app)).toContain('RouteAuthorization[GET /health] at Shop/Api/Default/health/GET/Resource');
  });

  test('succeeds with warnings alone: what the template does not tell', () => {
    const stack = new Stack();
    const report = new ServerlessSecurityChecks().validateScope(stack);
    expect(report).toEqual({ success: true, violations: [] });
    new CfnUrl(stack, 'Url', { authType: new CfnParameter(stack, 'Auth').valueAsString, targetFunctionArn: 'x' });
    const lenient = ['EntryPointLayers', 'FrontWebAcl'].filter((id) => RULES.some((rule) => rule.id === id))
      .map((id) => RuleSetting.off(id, 'this test is about the URL alone'));
    const { success, violations } = new ServerlessSecurityChecks(undefined, { rules: lenient }).validateScope(stack);
    expect(success).toBe(true);
    expect(violations.find(({ ruleName }) => ruleName === 'FunctionUrlAuth[undecided]'))
      .toMatchObject({ severity: 'warning', description: expect.stringMatching(/^Could not decide: /) });
  });

  test('fails for an option out of its limits, and says where it was given', () => {
    const given = (scope?: Stack) => () => new ServerlessSecurityChecks(scope, { minimumLayers: 9 });
    expect(given(new Stack(new App(), 'Shop'))).toThrow("'minimumLayers' must be a whole number between 0 and 6, got 9; leave it out to ask for 3 [RulePackOptions.MinimumLayers, at 'Shop']");
    expect(given()).toThrow("[RulePackOptions.MinimumLayers, at '(app)']");
  });

  test('tells CDK severities that it knows, and puts ours into the metadata', () => {
    const stack = new Stack();
    new Bucket(stack, 'B');
    const { violations } = new ServerlessSecurityChecks().validateScope(stack);
    expect(violations.find(({ ruleName }) => ruleName === 'BucketPublicAccess')).toMatchObject({
      severity: 'error',
      ruleMetadata: { severity: 'high', risks: 'data-exposure, attack-surface', documentation: 'docs/rules.md#bucketpublicaccess' },
      violatingResources: [{ constructPath: 'Default/B/Resource' }],
    });
  });

  test('judges a construct alone, without a synthesis, and nothing beside it', () => {
    const stack = new Stack();
    new Bucket(stack, 'B');
    const bucket2 = new Bucket(stack, 'B2');
    const { success, violations } = new ServerlessSecurityChecks().validateScope(bucket2);
    expect(success).toBe(false);
    const paths = violations.flatMap(({ violatingResources }) => violatingResources.map(({ constructPath }) => constructPath));
    expect([...new Set(paths)]).toEqual(['Default/B2/Resource']);
  });
});

describe('The report', () => {
  test('holds what the packs of cdk-nag found, those of a later call too, and what of it is acknowledged', () => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ packs: [RulePack.AWS_SOLUTIONS] });
    const bucket = new Bucket(new Stack(app, 'Shop'), 'B');
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'the bucket holds public timetables' });
    ServerlessSecurity.of(app).enforce({ packs: [RulePack.PCI_DSS_321] });
    const { findings } = postureOf(app);
    const others = findings.filter(({ pack }) => pack !== 'ServerlessSecurity').map(({ id, at, resourceType, accepted }) => [id, at, resourceType, accepted?.reason]);
    expect(others).toContainEqual(['AwsSolutions-S1', 'Shop/B', 'AWS::S3::Bucket', 'the bucket holds public timetables']);
    expect(others).toContainEqual(['AwsSolutions-S10', 'Shop/B', 'AWS::S3::Bucket', undefined]);
    expect(others.map(([id]) => id)).toContain('PCI.DSS.321-S3BucketLoggingEnabled');
  });

  test('is written into the assembly at each synthesis, and agrees with what CDK reports', () => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ profile: SecurityProfile.production().with({ webAcl: false, reason: 'an internal tool behind a VPN' }), packs: [] });
    const api = openApi(new Stack(app, 'Shop'), 'Api');
    Validations.of(api).acknowledge({ id: 'ServerlessSecurity::RouteAuthorization[GET /health]', reason: 'the load balancer probes it, and it returns no data' });
    const posture = postureOf(app);
    expect(posture).toMatchObject({ version: '2.2', profile: 'production', verdict: 'fail', files: { report: 'security/report.json', validation: 'validation-report.json' } });
    expect(posture.findings.filter(({ accepted }) => accepted === null).map(({ id }) => id).sort()).toEqual(open(app).map((finding) => finding.replace(/ at .*/, '')));
    expect(posture.findings.find(({ id }) => id === 'RouteAuthorization[GET /health]')).toMatchObject({ at: 'Shop/Api/Default/health/GET', accepted: { reason: 'the load balancer probes it, and it returns no data', at: 'Shop/Api', how: 'acknowledged' } });
    expect(posture.exceptions).toEqual([
      { kind: 'construct', control: 'SecurityProfile.webAcl', at: '', reason: 'an internal tool behind a VPN', state: 'permanent', covers: 0 },
      { kind: 'acknowledged', control: 'ServerlessSecurity::RouteAuthorization[GET /health]', at: 'Shop/Api', reason: 'the load balancer probes it, and it returns no data', state: 'permanent', covers: 1 },
    ]);
    expect(posture.entryPoints).toMatchObject([{ kind: 'rest-route', method: 'GET', path: '/health', handler: 'Shop/ApiHandler', api: 'Shop/Api' }]);
  });

  test('says what could not be checked about an imported resource, and nothing of what others warn of', () => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ packs: [] });
    const stack = new Stack(app, 'Shop');
    StackDataKey.use(stack, Key.fromKeyArn(stack, 'Given', 'arn:aws:kms:eu-west-1:111122223333:key/1'));
    new SecureBucket(stack, 'Receipts').allowRead(new ArnPrincipal('arn:aws:iam::444455556666:role/reader'));
    Annotations.of(stack).addWarningV2('another-library:Topic', 'not ours');
    expect(postureOf(app).unchecked).toEqual([{
      at: 'Shop/Receipts',
      topic: 'ResourceKeyPolicy',
      message: expect.stringContaining('The policy of the imported key Shop/Given cannot be changed here'),
    }]);
  });

  test('passes when every error is acknowledged', () => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ packs: [] });
    const bucket = new Bucket(new Stack(app, 'Shop'), 'B', { blockPublicAccess: BlockPublicAccess.BLOCK_ALL });
    Validations.of(bucket).acknowledge({ id: 'ServerlessSecurity::BucketTlsOnly', reason: 'old clients of the vendor know no TLS' });
    expect(postureOf(app)).toMatchObject({ verdict: 'pass', counts: { errors: 0, accepted: 1 } });
  });

  test.each<[string, ReportRendering[] | undefined, readonly string[]]>([
    ['as a page, SARIF and Markdown', undefined, ['report.html', 'report.json', 'report.md', 'report.sarif']],
    ['as data alone', [], ['report.json']],
    ['for a CI server, once', [ReportRendering.JUNIT, ReportRendering.JUNIT], ['report.json', 'report.junit.xml']],
  ])('is written %s', (_, reportRenderings, files) => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ packs: [], reportRenderings });
    new Bucket(new Stack(app, 'Shop'), 'B');
    const { files: named } = postureOf(app);
    const written = readdirSync(join(app.outdir, 'security')).filter((file) => file !== 'sbom.cdx.json').sort();
    expect(written).toEqual(files);
    for (const file of files) expect(Object.values(named)).toContain(`security/${file}`);
  });

  test('is replaced when a changed app is synthesized into the same folder, and leaves what others keep there', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'assembly-'));
    const findings = ['First', 'Second'].map((id) => {
      const app = new App({ outdir, context: LENIENT });
      ServerlessSecurity.of(app).enforce({ packs: [RulePack.AWS_SOLUTIONS] });
      new Bucket(new Stack(app, 'Shop'), id);
      const places = [...new Set(postureOf(app).findings.map(({ at }) => at))];
      writeFileSync(join(outdir, 'security', 'notes.txt'), 'reviewed');
      return places;
    });
    expect(findings).toEqual([['Shop/First'], ['Shop/Second']]);
    expect(existsSync(join(outdir, 'security', 'notes.txt'))).toBe(true);
    rmSync(outdir, { recursive: true });
  });

  test('can be switched off', () => {
    const app = appWith();
    ServerlessSecurity.of(app).enforce({ packs: [], report: false });
    new Bucket(new Stack(app, 'Shop'), 'B');
    expect(existsSync(join(app.synth().directory, 'security'))).toBe(false);
  });
});
