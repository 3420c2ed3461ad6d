import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { junitReport } from '../../../src/report/render/junit/junit-report';
import { finding, posture } from '../support/postures';

interface Case {
  readonly '@name': string;
  readonly '@classname': string;
  readonly 'failure'?: { readonly '@message': string; readonly '@type': string; readonly '#text': string };
  readonly 'skipped'?: { readonly '@message': string };
  readonly 'system-out'?: string;
}

interface Suite {
  readonly '@name': string;
  readonly '@tests': string;
  readonly '@failures': string;
  readonly '@errors': string;
  readonly '@skipped': string;
  readonly 'testcase': readonly Case[];
}

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', isArray: (name) => name === 'testsuite' || name === 'testcase', htmlEntities: true });

function suitesOf(xml: string): ReadonlyMap<string, Suite> {
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = parser.parse(xml) as { readonly testsuites: { readonly testsuite: readonly Suite[] } };
  return new Map(testsuites.testsuite.map((suite) => [suite['@name'], suite]));
}

describe('JUnit', () => {
  const suites = suitesOf(junitReport(posture()));
  const ours = suites.get('ServerlessSecurity')!;
  const named = (name: string) => ours.testcase.find((one) => one['@name'] === name);

  test('has a suite for each pack, with its numbers', () => {
    expect([...suites.keys()]).toEqual(['AwsSolutions', 'ServerlessSecurity']);
    expect(ours).toMatchObject({ '@tests': '5', '@failures': '1', '@errors': '0', '@skipped': '2' });
    expect(ours.testcase).toHaveLength(5);
  });

  test('fails for an error, and says why and what to do', () => {
    expect(named('ApiWebAcl at Shop/Api/Stage')).toEqual({
      '@classname': 'ServerlessSecurity.ApiWebAcl',
      '@name': 'ApiWebAcl at Shop/Api/Stage',
      '@time': '0',
      'failure': {
        '@message': 'A stage of a REST API has no web ACL in front of it',
        '@type': 'error',
        '#text': 'Whoever finds the API can try everything against it.\nWay out: Put a web ACL before it, or use SecureApi.\nAt: Shop/Api/Stage\nProperties: Properties\nSource: lib/shop.ts:12\nTemplate: Shop.template.json',
      },
    });
  });

  test('passes with a warning, and says it in the output', () => {
    expect(named('AlarmAction at Shop/Alarm')).not.toHaveProperty('failure');
    expect(named('AlarmAction at Shop/Alarm')!['system-out']).toMatch(/^warning: An alarm rings where nobody hears it\n/);
  });

  test('skips what was accepted and what is switched off', () => {
    expect(named('BucketVersioning at Shop/Scratch')!.skipped).toEqual({ '@message': 'accepted: holds files that are made again each night' });
    expect(named('TableBackup')!.skipped).toEqual({ '@message': 'switched off: A table has no way back' });
  });

  test('passes for each rule that holds', () => {
    expect(named('FunctionUrlAuth')).toEqual({ '@classname': 'ServerlessSecurity.FunctionUrlAuth', '@name': 'FunctionUrlAuth', '@time': '0' });
  });

  test('has a suite of ours where nothing was found and no rule ran', () => {
    expect(junitReport(posture({ findings: [], controls: [] }))).toBe([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="cdk-secure-serverless">',
      '  <testsuite name="ServerlessSecurity" tests="0" failures="0" errors="0" skipped="0" time="0" timestamp="2026-11-26T00:00:00">',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n'));
  });

  test('replaces what XML cannot hold, and keeps line ends', () => {
    const xml = junitReport(posture({ findings: [finding('X', 'Shop/A\u0000\u001b<b>"\ud800', { why: 'one\ntwo' })] }));
    const [first] = suitesOf(xml).get('ServerlessSecurity')!.testcase.filter((one) => one['@classname'].endsWith('.X'));
    expect(first['@name']).toBe('X at Shop/A\ufffd\ufffd<b>"\ufffd');
    expect(first.failure!['#text']).toMatch(/^one\ntwo\nWay out/);
  });
});
