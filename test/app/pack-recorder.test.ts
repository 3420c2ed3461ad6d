import { App, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { PackRecorder } from '../../src/app/pack-recorder';
import { RulePack } from '../../src/app/rule-pack';
import { describePackFindings } from '../../src/report/parts/pack-findings';

const REPORT: PolicyValidationPluginReport = {
  success: false,
  violations: [
    { ruleName: 'Pack-B1[x]', description: 'a bucket', fix: 'close it', severity: 'ERROR', violatingResources: [{ constructPath: 'Shop/B/Resource', locations: ['Properties'] }] },
    { ruleName: 'Pack-B2', description: 'Rule threw an error during validation. It is open.', severity: 'high', violatingResources: [{ constructPath: 'Shop/C', locations: [] }] },
  ],
};

/** A pack that counts how often it is asked. */
function pack(answer: () => PolicyValidationPluginReport = () => REPORT): IPolicyValidationPlugin & { asked: number } {
  return { name: 'Pack', version: '1.2.3', ruleIds: ['Pack-B1'], asked: 0, validate() { this.asked++; return answer(); } };
}

const context = (): IPolicyValidationContext => ({ appConstruct: new App(), stackTemplates: [], templatePaths: [] });

describe('PackRecorder', () => {
  test('stands for the pack', () => {
    const recorder = new PackRecorder(pack());
    expect([recorder.name, recorder.version, recorder.ruleIds]).toEqual(['Pack', '1.2.3', ['Pack-B1']]);
    expect(recorder.validate(context())).toBe(REPORT);
  });

  test('lets the pack judge once for each synthesis, whoever else hears it', () => {
    const counted = pack();
    const recorder = new PackRecorder(counted);
    for (const synthesis of [1, 2]) {
      recorder.hear(context());
      recorder.hear(context());
      expect(recorder.validate(context())).toBe(REPORT);
      expect(counted.asked).toBe(synthesis);
    }
  });

  test('a pack that fails finds nothing, and fails when CDK asks', () => {
    const recorder = new PackRecorder(pack(() => { throw new Error('no tree'); }));
    expect(recorder.hear(context())).toStrictEqual([]);
    expect(() => recorder.validate(context())).toThrow('no tree');
  });

  test('tells level, place and what could not be decided', () => {
    expect(new PackRecorder(pack()).hear(context())).toEqual([
      { pack: 'Pack', id: 'Pack-B1[x]', description: 'a bucket', fix: 'close it', level: 'error', undecided: false, constructPath: 'Shop/B/Resource', locations: ['Properties'] },
      {
        pack: 'Pack', id: 'Pack-B2', description: 'Rule threw an error during validation. It is open.', fix: undefined, level: 'error', undecided: true, constructPath: 'Shop/C', locations: [],
      },
    ]);
  });

  test('hears the findings of cdk-nag', () => {
    const app = new App();
    new Bucket(new Stack(app, 'Shop'), 'B');
    const recorder = new PackRecorder(RulePack.AWS_SOLUTIONS._create());
    const heard = recorder.hear({ appConstruct: app, stackTemplates: [], templatePaths: [] });
    expect(heard.map(({ pack: name, id, level, constructPath }) => [name, id, level, constructPath])).toEqual([
      ['AwsSolutions', 'AwsSolutions-S1', 'error', 'Shop/B/Resource'], ['AwsSolutions', 'AwsSolutions-S10', 'error', 'Shop/B/Resource'],
    ]);
  });
});

test('Findings of other packs have the form of the report', () => {
  const found = new PackRecorder(pack()).hear(context());
  const described = describePackFindings(found, {
    accepted: ({ id }) => (id === 'Pack-B2' ? { reason: 'a test', at: 'Shop', how: 'acknowledged' } : undefined),
    resourceOf: (path) => (path === 'Shop/C' ? undefined : { type: 'AWS::S3::Bucket', logicalId: 'B08E7C7AF' }),
    sourceOf: (path) => (path === 'Shop/C' ? undefined : { file: 'app.ts', line: 3 }),
  });
  expect(described).toEqual([
    {
      fingerprint: described[0].fingerprint,
      pack: 'Pack',
      rule: 'Pack-B1',
      id: 'Pack-B1[x]',
      level: 'error',
      undecided: false,
      at: 'Shop/B',
      resourceType: 'AWS::S3::Bucket',
      logicalId: 'B08E7C7AF',
      locations: ['Properties'],
      source: { file: 'app.ts', line: 3 },
      title: 'a bucket',
      why: '',
      fix: 'close it',
      frameworks: [],
      risks: [],
      accepted: null,
    },
    {
      fingerprint: described[1].fingerprint,
      pack: 'Pack',
      rule: 'Pack-B2',
      id: 'Pack-B2',
      level: 'error',
      undecided: true,
      at: 'Shop/C',
      locations: [],
      title: 'Rule threw an error during validation. It is open.',
      why: '',
      fix: '',
      frameworks: [],
      risks: [],
      accepted: { reason: 'a test', at: 'Shop', how: 'acknowledged' },
    },
  ]);
  expect(new Set(described.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  expect(described[0].fingerprint).toMatch(/^[\da-f]{16}$/);
  expect(describePackFindings(found)[0]).not.toHaveProperty('source');
});
