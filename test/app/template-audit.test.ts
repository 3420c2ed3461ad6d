import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnUrl } from 'aws-cdk-lib/aws-lambda';
import { RuleSetting, RuleSeverity } from '../../src/app/rule-setting';
import { TemplateAudit } from '../../src/app/template-audit';
import { SecurityProfile } from '../../src/core/profile/security-profile';

const folders: string[] = [];
const OPEN = { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } };

/** A folder with some files. */
function folder(files: { readonly [name: string]: string | object }): string {
  const path = mkdtempSync(join(tmpdir(), 'audit-'));
  folders.push(path);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(path, name, '..'), { recursive: true });
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true })));

/** The findings of the one rule that these tests are about: others judge the same resources. */
const of = (audit: TemplateAudit) => audit.findings.filter(({ rule }) => rule === 'FunctionUrlAuth');
const found = (audit: TemplateAudit) => of(audit).map(({ id, stack, logicalId }) => `${id} at ${stack} ${logicalId}`);

describe('TemplateAudit.ofTemplate', () => {
  test('says what is wrong, where, why and how to mend it', () => {
    const audit = TemplateAudit.ofTemplate({ Resources: { U: OPEN } });
    expect(audit.passed).toBe(false);
    expect(audit.errors).toEqual(audit.findings.filter(({ severity }) => severity === 'error'));
    expect(of(audit)).toEqual([{
      rule: 'FunctionUrlAuth',
      id: 'FunctionUrlAuth',
      severity: 'error',
      rank: RuleSeverity.HIGH,
      undecided: false,
      stack: 'Template',
      logicalId: 'U',
      constructPath: undefined,
      templatePath: undefined,
      locations: ['Properties.AuthType'],
      title: expect.stringContaining('function URL') as string,
      why: expect.any(String) as string,
      fix: expect.stringContaining('AWS_IAM') as string,
    }]);
  });

  test('warns of an open question', () => {
    const audit = TemplateAudit.ofTemplate({ Parameters: { P: { Type: 'String' } }, Resources: { U: { ...OPEN, Properties: { AuthType: { Ref: 'P' } } } } });
    expect(of(audit).map(({ id, undecided, severity }) => [id, undecided, severity])).toEqual([['FunctionUrlAuth[undecided]', true, 'warning']]);
  });

  test('judges what a CDK stack renders', () => {
    const stack = new Stack();
    new CfnUrl(stack, 'Url', { authType: 'NONE', targetFunctionArn: 'x' });
    expect(found(TemplateAudit.ofTemplate(Template.fromStack(stack).toJSON()))).toEqual(['FunctionUrlAuth at Template Url']);
  });

  test('follows the profile', () => {
    const api = { Resources: { S: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: 'x', StageName: 'p' } } } };
    const rules = (profile: SecurityProfile) => TemplateAudit.ofTemplate(api, { profile }).findings.map(({ rule }) => rule);
    expect(rules(SecurityProfile.production())).toContain('ApiWebAcl');
    expect(rules(SecurityProfile.sandbox())).not.toContain('ApiWebAcl');
  });

  test('fails for an object that is no template', () => {
    expect(() => TemplateAudit.ofTemplate({ name: 'x' })).toThrow(/must lead to a CloudFormation template: .*\[TemplateAudit.Unreadable, at '\(template\)'\]/);
  });
});

test('A template without errors passes', () => {
  const handle = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
  expect(TemplateAudit.ofTemplate({ Resources: { H: handle } })).toMatchObject({ passed: true, findings: [], errors: [] });
});

describe('TemplateAudit.ofFile', () => {
  test('reads YAML with short forms', () => {
    const path = folder({ 'orders.yaml': 'Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties: {AuthType: !Sub NONE}\n' });
    expect(found(TemplateAudit.ofFile(join(path, 'orders.yaml')))).toEqual(['FunctionUrlAuth at orders U']);
  });

  test('follows a nested stack that lies beside it, with the parameters that it gets', () => {
    const path = folder({
      'parent.yaml': 'Resources:\n  N:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: ./parts/child.yaml, Parameters: {Auth: NONE}}\n',
      'parts/child.yaml': 'Parameters: {Auth: {Type: String, Default: AWS_IAM}}\nResources:\n  U: {Type: AWS::Lambda::Url, Properties: {AuthType: !Ref Auth}}\n',
    });
    const expected = ['FunctionUrlAuth at parent/N U'];
    expect(found(TemplateAudit.ofFile(join(path, 'parent.yaml')))).toEqual(expected);
    expect(found(TemplateAudit.ofFolder(path))).toEqual(expected);
  });

  test.each([
    ['a file that is not there', 'nothing.yaml', 'there is no such file'],
    ['a broken file', 'broken.yaml', 'line 2, column 6: '],
    ['a folder', 'sub', 'is a folder'],
  ])('fails for %s', (_name, file, problem) => {
    const path = folder({ 'broken.yaml': 'Resources:\n  A: b: c\n', 'sub/x.txt': '' });
    expect(() => TemplateAudit.ofFile(join(path, file))).toThrow(`must lead to a CloudFormation template: ${problem}`);
  });
});

describe('TemplateAudit.ofFolder', () => {
  test('reads a cloud assembly: stages, nested stacks and construct paths', () => {
    const app = new App({ context: { 'aws:cdk:bundling-stacks': [] }, outdir: folder({}) });
    const stack = new Stack(new Stage(app, 'Prod'), 'Shop');
    const nested = new NestedStack(stack, 'Part');
    const auth = new CfnParameter(nested, 'Auth', { default: 'AWS_IAM' });
    new CfnUrl(nested, 'Url', { authType: auth.valueAsString, targetFunctionArn: 'x' });
    new CfnUrl(new Stack(app, 'Other', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Url',
      { authType: 'NONE', targetFunctionArn: 'x' });
    app.synth();
    const places = of(TemplateAudit.ofFolder(app.outdir)).map(({ id, stack: name, constructPath }) => [id, name, constructPath]);
    expect(places).toEqual(expect.arrayContaining([
      ['FunctionUrlAuth[undecided]', 'Prod/Shop/Part', 'Prod/Shop/Part/Url'],
      ['FunctionUrlAuth', 'Other', 'Other/Url'],
    ]));
  });

  test('takes the templates of a folder and leaves other files alone', () => {
    const path = folder({ 'a.json': { Resources: { U: OPEN } }, 'b/c.yml': 'Resources:\n  U:\n    Type: AWS::Lambda::Url\n', 'package.json': { name: 'x' }, 'node_modules/d.json': { Resources: { U: OPEN } } });
    expect(found(TemplateAudit.ofFolder(path))).toEqual(['FunctionUrlAuth at a U', 'FunctionUrlAuth at b/c U']);
  });

  test('fails where one template is broken', () => {
    const path = folder({ 'a.yaml': 'AWSTemplateFormatVersion: 2010-09-09\nResources: [' });
    expect(() => TemplateAudit.ofFolder(path)).toThrow('[TemplateAudit.Unreadable, at ');
  });

  test('fails for a folder without a template: silence would be approval', () => {
    expect(() => TemplateAudit.ofFolder(folder({ 'package.json': { name: 'x' } }))).toThrow('[TemplateAudit.NoTemplate, at ');
    expect(() => TemplateAudit.ofFolder('no-such-folder')).toThrow('there is no such folder');
  });
});

describe('RuleSetting', () => {
  const judged = (...rules: RuleSetting[]) => of(TemplateAudit.ofTemplate({ Resources: { U: OPEN } }, { rules }))
    .map(({ rank, severity }) => [rank, severity]);

  test('switches a rule off, or ranks it differently; the last setting counts', () => {
    expect(judged(RuleSetting.off('FunctionUrlAuth', 'a gateway in front authenticates'))).toStrictEqual([]);
    const lower = RuleSetting.severity('FunctionUrlAuth', RuleSeverity.LOW, 'only demos use function URLs');
    expect(judged(lower)).toEqual([['low', 'warning']]);
    expect(judged(lower, RuleSetting.severity('FunctionUrlAuth', RuleSeverity.HIGH))).toEqual([['high', 'error']]);
  });

  test('makes a rule stricter without a reason', () => {
    expect(RuleSetting.severity('FunctionLogGroup', RuleSeverity.HIGH).reason).toBeUndefined();
  });

  test.each([
    ['off without a reason of substance', () => RuleSetting.off('FunctionUrlAuth', 'todo'), /'reason' must be a sentence .*RuleSetting.Reason, at 'rule FunctionUrlAuth'/],
    ['a lower severity without a reason', () => RuleSetting.severity('FunctionUrlAuth', RuleSeverity.INFO), /RuleSetting.Reason/],
    ['a rule that is misspelled', () => RuleSetting.off('FunctionUrlAuht', 'a gateway in front authenticates'),
      /got "FunctionUrlAuht"; did you mean FunctionUrlAuth.*RuleSetting.UnknownRule/],
    ['a rule that is unlike any', () => RuleSetting.off('x', 'a gateway in front authenticates'), /docs\/rules.md lists them/],
  ])('fails for %s', (_name, make, message) => {
    expect(make).toThrow(message);
  });

  test.each([
    ['trustedAccounts', { trustedAccounts: ['1234'] }, /12 digits each, got "1234".*RulePackOptions.TrustedAccounts/],
    ['minimumLayers', { minimumLayers: 9 }, /RulePackOptions.MinimumLayers/],
    ['mostSecretReaders', { mostSecretReaders: 0 }, /RulePackOptions.MostSecretReaders/],
  ])('fails for %s out of the limits', (_name, props, message) => {
    expect(() => TemplateAudit.ofTemplate({ Resources: {} }, props)).toThrow(message);
  });
});
