import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, PolicyValidationPluginReport, Stack, Validations } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { ServerlessSecurity } from '../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../src/app/serverless-security-checks';
import { DependencyLimits } from '../../src/core/third-party/dependency-limits';
import { guardDependencies } from '../../src/function/code/dependency-guard';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { Posture } from '../../src/report/form/posture-form';

/** It bundles zod, which is MIT and has no scripts. */
const ENTRY = join(__dirname, '..', '..', 'examples', 'order-pipeline', 'src', 'accept-order.ts');
const { version: ZOD } = JSON.parse(readFileSync(require.resolve('zod/package.json'), 'utf8')) as { version: string };

function bundled(dependencyLimits: DependencyLimits, context: object = {}): SecureNodejsFunction {
  return new SecureNodejsFunction(new Stack(new App({ context: { ...context } }), 'Shop'), 'Fn', { entry: ENTRY, dependencyLimits });
}

function warningsOf(fn: SecureNodejsFunction): string[] {
  return fn.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data)).filter((text) => text.includes('DependencyLimits'));
}

test('A function within its limits is made without a word', () => {
  const fn = bundled({ mostPackages: 1, licences: ['MIT'] });
  expect(warningsOf(fn)).toStrictEqual([]);
});

test.each<[string, DependencyLimits, string]>([
  ['more packages', { mostPackages: 0 },
    `'dependencyLimits' must hold at most 0 packages, got "1: zod@${ZOD}"; do without some, which esbuild --analyze lists by size, or raise dependencyLimits.mostPackages [DependencyLimits.MostPackages, at 'Shop/Fn']`],
  ['another licence', { licences: ['Apache-2.0'] },
    `'dependencyLimits' must hold packages under Apache-2.0 only, got "zod@${ZOD} (MIT)"; choose another package, add its licence to dependencyLimits.licences, or name it in dependencyLimits.exceptions with a reason [DependencyLimits.Licences, at 'Shop/Fn']`],
  ['a limit that is none', { mostPackages: -1 },
    "'dependencyLimits.mostPackages' must be a whole number between 0 and 10000, got -1; leave it out to take any number [DependencyLimits.MostPackages, at 'Shop/Fn']"],
  ['no licence', { licences: [] },
    "'dependencyLimits.licences' must name licences as SPDX does, one each, got []; write ['MIT', 'Apache-2.0'] [DependencyLimits.Licences, at 'Shop/Fn']"],
  ['an expression for a licence', { licences: ['MIT OR ISC'] },
    "'dependencyLimits.licences' must name licences as SPDX does, one each, got \"MIT OR ISC\"; write ['MIT', 'Apache-2.0'] [DependencyLimits.Licences, at 'Shop/Fn']"],
  ['an exception for no reason', { exceptions: [{ name: 'zod', reason: 'todo' }] },
    "'dependencyLimits.exceptions (zod)' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say who looked at the package, and what for [DependencyLimits.Reason, at 'Shop/Fn']"],
])('fails with %s', (_, limits, message) => {
  expect(() => bundled(limits)).toThrow(new Error(message));
});

test('An exception lets a package in, for its reason', () => {
  const limits = { licences: ['Apache-2.0'] };
  expect(() => bundled(limits)).toThrow('[DependencyLimits.Licences');
  const fn = bundled({ ...limits, exceptions: [{ name: 'zod', reason: 'our lawyers looked at its licence' }] });
  expect(warningsOf(fn)).toStrictEqual([]);
});

test('A synthesis that bundles nothing has nothing to judge', () => {
  const fn = bundled({ mostPackages: 0 }, { 'aws:cdk:bundling-stacks': [] });
  expect(warningsOf(fn)).toStrictEqual([]);
});

test('the limits of a function warn of a bundle of which nothing is known', () => {
  const stack = new Stack(new App(), 'Shop');
  const fn = new LambdaFunction(stack, 'Fn', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => 1') });
  guardDependencies(fn, undefined, { mostPackages: 1 });
  Annotations.fromStack(stack).hasWarning('/Shop/Fn', 'Nobody knows which packages are in the bundle of Shop/Fn, so that its limits were not checked: install esbuild beside the app, '
    + 'since what is bundled in Docker is not listed. [ack: cdk-secure-serverless:DependencyLimits]');
});

describe('The limits of an app', () => {
  test.each([[0, 'failure'], [1, 'success']])('decide about a synthesis in which no rule objects: at most %d packages', (mostPackages, conclusion) => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    const checks = new ServerlessSecurityChecks(app, { dependencyLimits: { mostPackages }, report: false });
    const validate = jest.spyOn(checks, 'validate');
    Validations.of(app).addPlugins(checks);
    new SecureNodejsFunction(new Stack(app, 'Shop'), 'Ours', { entry: ENTRY });
    app.synth();
    const results = validate.mock.results.map(({ value }) => value as PolicyValidationPluginReport);
    expect(results.map(({ success }) => success)).toEqual([conclusion === 'success']);
    expect(results.flatMap(({ violations }) => violations).filter(({ severity }) => severity === 'error').map(({ ruleName }) => ruleName))
      .toEqual(conclusion === 'success' ? [] : ['DependencyLimit[mostPackages]']);
  });

  function postureOf(dependencyLimits: DependencyLimits | undefined, make: (stack: Stack) => void): Posture {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    ServerlessSecurity.of(app).enforce({ packs: [], dependencyLimits });
    make(new Stack(app, 'Shop'));
    return JSON.parse(readFileSync(join(app.synth().directory, 'security', 'report.json'), 'utf8')) as Posture;
  }

  const noticesOf = ({ findings }: Posture): unknown[] => findings.filter(({ rule }) => rule.startsWith('Dependency')).map(({ id, level, at, title }) => [id, level, at, title]);

  test('hold for functions of this library and of others', () => {
    const posture = postureOf({ mostPackages: 0 }, (stack) => {
      new SecureNodejsFunction(stack, 'Ours', { entry: ENTRY });
      new NodejsFunction(stack, 'Theirs', { entry: ENTRY, runtime: Runtime.NODEJS_24_X, bundling: { minify: false } });
    });
    expect(noticesOf(posture)).toEqual([
      ['DependencyLimit[mostPackages]', 'error', 'Shop/Ours/Resource', `The code of Shop/Ours must hold at most 0 packages, got 1: zod@${ZOD}.`],
      ['DependencyLimit[mostPackages]', 'error', 'Shop/Theirs/Resource', `The code of Shop/Theirs must hold at most 0 packages, got 1: zod@${ZOD}.`],
      ['DependencyUnknown[Shop/Theirs]', 'warning', 'Shop/Theirs/Resource', 'A list that may not be whole tells which packages are in the code of Shop/Theirs.'],
    ]);
    expect(posture.verdict).toBe('fail');
  });

  test('warn of code of which nothing is known, and pass inline code', () => {
    const zip = join(new App().outdir, 'code.zip');
    writeFileSync(zip, 'PK');
    const posture = postureOf({ mostPackages: 20 }, (stack) => {
      new LambdaFunction(stack, 'Zip', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset(zip) });
      new LambdaFunction(stack, 'Inline', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => 1') });
    });
    expect(noticesOf(posture)).toEqual([
      ['DependencyUnknown[Shop/Zip]', 'warning', 'Shop/Zip/Resource', 'Nobody knows which packages are in the code of Shop/Zip.'],
    ]);
  });

  test('are none when nobody set any', () => {
    expect(noticesOf(postureOf(undefined, (stack) => { new SecureNodejsFunction(stack, 'Ours', { entry: ENTRY }); }))).toStrictEqual([]);
  });

  test('fail when they say nothing', () => {
    expect(() => ServerlessSecurity.of(new App()).enforce({ dependencyLimits: { licences: [''] } })).toThrow('[DependencyLimits.Licences, at \'(app)\']');
  });
});
