import { spawnSync } from 'child_process';
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnUrl, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { readEvidence } from '../../scripts/demo/read-evidence';
import { RulePack } from '../../src/app/rule-pack';
import { ServerlessSecurity } from '../../src/app/serverless-security';
import { SecurityProfile } from '../../src/core/security-profile';

const ROOT = join(__dirname, '..', '..');

/** An app with one open function URL; what the demo reads is what the library and CDK really wrote. */
function synthesized(change: (stack: Stack) => void = () => undefined): string {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  const profile = SecurityProfile.sandbox();
  ServerlessSecurity.of(app).enforce({ profile, packs: [RulePack.AWS_SOLUTIONS] });
  const stack = new Stack(app, 'Shop');
  const fn = new CfnFunction(stack, 'Fn', { code: { zipFile: '0' }, role: 'arn:aws:iam::123456789012:role/fn' });
  new CfnUrl(stack, 'Url', { authType: 'NONE', targetFunctionArn: fn.attrArn });
  change(stack);
  return app.synth().directory;
}

test('shows what the report and CDK say: inventory, entry points with layers, findings with rank and way out', () => {
  const evidence = readEvidence(synthesized(), 'cdk.out/shop')!;
  expect(evidence).toMatchObject({
    passed: false,
    profile: 'sandbox',
    inventory: ['1 function', '2 resources in all'],
    entryPoints: [{
      name: 'function url Url',
      layers: expect.arrayContaining([
        { name: 'Authorization', present: false, detail: 'none' }, { name: 'Web ACL', present: null },
      ]),
    }],
    files: [['cdk.out/shop/security/report.json', expect.any(String)], ['cdk.out/shop/validation-report.json', expect.any(String)]],
  });
  expect(evidence.findings).toContainEqual(expect.objectContaining({
    pack: 'ServerlessSecurity', rule: 'FunctionUrlAuth', severity: 'error', rank: 'high', place: 'Url', wayOut: expect.stringContaining('AWS_IAM'),
  }));
});

test('a finding of cdk-nag fails the verdict too', () => {
  const evidence = readEvidence(synthesized((stack) => { new Bucket(stack, 'Bucket'); }), 'out')!;
  expect(evidence.findings).toContainEqual(expect.objectContaining({ pack: 'AwsSolutions', rule: 'AwsSolutions-S1', place: 'Bucket' }));
});

test('acknowledged findings come with their reason, and stop nothing', () => {
  const evidence = readEvidence(synthesized((stack) => {
    for (const rule of ['FunctionUrlAuth', 'FunctionLogGroup', 'StageThrottle', 'FunctionRoleShared']) {
      Validations.of(stack).acknowledge({ id: `ServerlessSecurity::${rule}`, reason: 'an experiment' });
    }
    Validations.of(stack).acknowledge({ id: 'AwsSolutions::AwsSolutions-L1', reason: 'an experiment' });
  }), 'out')!;
  expect(evidence.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(evidence.passed).toBe(true);
  expect(evidence.acknowledged).toContainEqual(expect.objectContaining({ rule: 'FunctionUrlAuth', reason: 'an experiment' }));
});

test('stacks of stages are counted, and places keep their stack as soon as there are several', () => {
  const evidence = readEvidence(synthesized((stack) => {
    const stage = new Stage(stack.node.root, 'Prod');
    new Bucket(new Stack(stage, 'Data'), 'Bucket');
  }), 'out')!;
  expect(evidence.inventory).toEqual(['1 function', '1 bucket', '3 resources in all']);
  expect(evidence.findings).toContainEqual(expect.objectContaining({ rule: 'AwsSolutions-S1', place: 'Prod/Data/Bucket' }));
  expect(evidence.findings).toContainEqual(expect.objectContaining({ rule: 'FunctionUrlAuth', place: 'Shop/Url' }));
});

test('the inventory counts what data passes through, whichever resource a table is', () => {
  const { inventory } = readEvidence(synthesized((stack) => {
    new CfnQueue(stack, 'Queue');
    new CfnTable(stack, 'Table', { keySchema: [] });
    new CfnGlobalTable(stack, 'Global', { keySchema: [], attributeDefinitions: [], replicas: [] });
    new CfnStateMachine(stack, 'Machine', { roleArn: 'arn:aws:iam::123456789012:role/machine' });
  }), 'out')!;
  expect(inventory).toEqual(['1 function', '2 tables', '1 queue', '1 state machine', '6 resources in all']);
});

test('a folder without reports gives no evidence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  writeFileSync(join(folder, 'validation-report.json'), '{}');
  expect(readEvidence(folder, 'out')).toBeUndefined();
});

test.each<[string[]]>([[['orders2']], [['orders', 'insecure']]])('fails with the usage and code 2 for the arguments %j', (args) => {
  const { status, stderr } = spawnSync(process.execPath, [require.resolve('tsx/cli'), 'scripts/demo.ts', ...args], { cwd: ROOT, encoding: 'utf8' });
  const [fault, usage] = stderr.split('\n');
  expect(fault).toBe(`There is no demo '${args.join(' ')}'.`);
  expect(usage).toMatch(/^Usage: npm run demo \[-- orders \| insecure( \| [a-z-]+)*\]$/);
  expect(status).toBe(2);
});
