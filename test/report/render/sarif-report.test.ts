import { toBeValidSarifLog } from '@microsoft/jest-sarif';
import { FindingPosture } from '../../../src/report/form/posture-form';
import { sarifReport } from '../../../src/report/render/sarif/sarif-report';
import { finding, posture } from '../support/postures';

/** Microsoft's package for SARIF brings the schema of the standard. */
expect.extend({ toBeValidSarifLog });

interface Descriptor {
  readonly id: string;
  readonly properties: Record<string, unknown>;
  readonly [key: string]: unknown;
}

interface Log {
  readonly runs: readonly [{
    readonly tool: { readonly driver: { readonly rules: readonly Descriptor[] } };
    readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly [key: string]: unknown }[];
    readonly invocations: readonly { readonly toolExecutionNotifications?: readonly { readonly message: { readonly text: string } }[] }[];
  }];
}

function logOf(findings?: readonly FindingPosture[]): Log['runs'][0] {
  const log = JSON.parse(sarifReport(posture(findings === undefined ? {} : { findings }))) as Log;
  expect(log).toBeValidSarifLog();
  return log.runs[0];
}

describe('SARIF', () => {
  test('is valid against the schema of the standard, which does not take everything', () => {
    logOf();
    logOf([]);
    expect({ version: '2.1.0', runs: [{}] }).not.toBeValidSarifLog();
  });

  test('holds one run, whose rules the results point at', () => {
    const { tool: { driver: { rules } }, results } = logOf();
    expect(rules.map(({ id }) => id).sort()).toEqual(['AwsSolutions::AwsSolutions-S1', 'ServerlessSecurity::AlarmAction', 'ServerlessSecurity::ApiWebAcl', 'ServerlessSecurity::BucketVersioning']);
    expect(results).toHaveLength(4);
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex].id).toBe(ruleId);
  });

  test('explains a rule with help, rank and tags', () => {
    const [rule] = logOf([finding('ApiWebAcl', 'Shop/Api/Stage', { severity: 'high', frameworks: Array.from({ length: 12 }, (_, index) => `FSBP X.${index}`) })]).tool.driver.rules;
    expect(rule).toMatchObject({
      id: 'ServerlessSecurity::ApiWebAcl',
      name: 'ApiWebAcl',
      shortDescription: { text: 'A stage of a REST API has no web ACL in front of it.' },
      fullDescription: { text: 'A stage of a REST API has no web ACL in front of it. Whoever finds the API can try everything against it.' },
      help: { text: 'Whoever finds the API can try everything against it.\n\nWay out: Put a web ACL before it, or use SecureApi.' },
      helpUri: 'https://github.com/cdk-secure-serverless/cdk-secure-serverless/blob/main/docs/rules.md#apiwebacl',
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '8.0', 'problem.severity': 'error', 'precision': 'high' },
    });
    expect(rule.properties.tags).toEqual(['security', 'no-front-line', ...Array.from({ length: 8 }, (_, index) => `FSBP X.${index}`)]);
  });

  test('does not say where other packs explain their rules', () => {
    const [rule] = logOf([finding('AwsSolutions-S1', 'Shop/Receipts', { pack: 'AwsSolutions', severity: undefined })]).tool.driver.rules;
    expect(rule).not.toHaveProperty('helpUri');
    expect(rule.properties['security-severity']).toBe('5.5');
  });

  test.each([['fatal', 'error'], ['error', 'error'], ['warning', 'warning'], ['info', 'note']] as const)('ranks what is %s as %s', (level, said) => {
    const { results: [result], tool: { driver: { rules: [rule] } } } = logOf([finding('X', 'Shop/X', { level })]);
    expect(result.level).toBe(said);
    expect(rule).toMatchObject({ defaultConfiguration: { level: said } });
  });

  test('leads to the line of the source where it is known, and names the construct', () => {
    const [result] = logOf([finding('X', 'Shop/Api/Stage', { source: { file: 'lib/my shop.ts', line: 12, column: 5 } })]).results;
    expect(result.locations).toEqual([{
      physicalLocation: { artifactLocation: { uri: 'lib/my%20shop.ts', uriBaseId: 'SRCROOT' }, region: { startLine: 12, startColumn: 5 } },
      logicalLocations: [{ name: 'Stage', fullyQualifiedName: 'Shop/Api/Stage', kind: 'resource', properties: { logicalId: 'ApiStage0661E4AC', resourceType: 'AWS::ApiGateway::Stage' } }],
    }]);
  });

  test.each<[string, Partial<FindingPosture>, object | undefined]>([
    ['the template', {}, { artifactLocation: { uri: 'Shop.template.json', uriBaseId: 'ASSEMBLY' }, region: { startLine: 1 } }],
    ['a source outside of the working directory', { source: { file: '/srv/app.ts', line: 3 } }, { artifactLocation: { uri: 'file:///srv/app.ts' }, region: { startLine: 3 } }],
    ['a source on another system', { source: { file: 'C:\\app\\a b.ts', line: 3 } }, { artifactLocation: { uri: 'file:///C:/app/a%20b.ts' }, region: { startLine: 3 } }],
    ['the construct alone', { templatePath: undefined }, undefined],
  ])('leads to %s', (_, more, physicalLocation) => {
    const [{ locations }] = logOf([finding('X', 'Shop/X', more)]).results;
    expect((locations as [{ physicalLocation?: object }])[0].physicalLocation).toEqual(physicalLocation);
  });

  test('gives each finding a fingerprint that lines do not change', () => {
    const one = finding('X', 'Shop/X', { source: { file: 'a.ts', line: 1 } });
    const fingerprints = (at: FindingPosture) => logOf([at]).results[0].partialFingerprints;
    expect(fingerprints(one)).toEqual({ 'primaryLocationLineHash': `${one.fingerprint}:1`, 'posture/v1': one.fingerprint });
    expect(fingerprints({ ...one, source: { file: 'a.ts', line: 99 } })).toEqual(fingerprints(one));
  });

  test('suppresses what was accepted, with the reason, and says of the rest that it is not', () => {
    const { results } = logOf();
    const suppressions = new Map(results.map((result) => [result.ruleId, result.suppressions]));
    expect(suppressions.get('ServerlessSecurity::BucketVersioning')).toEqual([
      { kind: 'external', status: 'accepted', justification: 'holds files that are made again each night', properties: { how: 'accepted', at: 'Shop/Scratch' } },
    ]);
    expect(suppressions.get('ServerlessSecurity::ApiWebAcl')).toStrictEqual([]);
  });

  test('says that a question is one', () => {
    const [{ message }] = logOf([finding('X', 'Shop/X', { undecided: true, level: 'warning' })]).results;
    expect(message).toEqual({ text: 'Could not decide whether this holds: A stage of a REST API has no web ACL in front of it (Shop/X). Way out: Put a web ACL before it, or use SecureApi.' });
  });

  test('holds as many results as code scanning takes, the worst first, and says how many are left out', () => {
    const many = Array.from({ length: 25_002 }, (_, index) => finding('X', `Shop/X${index}`, { level: index === 25_001 ? 'error' : 'info' }));
    const { results, invocations } = JSON.parse(sarifReport(posture({ findings: many }))).runs[0] as Log['runs'][0];
    expect(results).toHaveLength(25_000);
    expect(results[0].level).toBe('error');
    expect(invocations[0].toolExecutionNotifications?.[0].message.text).toBe('2 findings of the lowest levels are left out: a run holds 25000 results.');
  });

  test('is the same for the same posture, whatever the order of its findings', () => {
    const { findings } = posture();
    expect(sarifReport(posture({ findings: [...findings].reverse() }))).toBe(sarifReport(posture()));
  });
});
