import { CfnCondition, CfnResource, Fn, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnDomain as CfnOldDomain, CfnDomainProps as CfnOldDomainProps } from 'aws-cdk-lib/aws-elasticsearch';
import { CfnDomain, CfnDomainProps, Domain, EngineVersion } from 'aws-cdk-lib/aws-opensearchservice';
import { HardeningChange } from '../../../src/core/hardening/hardening-change';
import { HardenOptions } from '../../../src/hardening/harden-options';
import { compared, FLAG_SETS } from '../support/compared';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, outcomesAt, propertiesOf } from '../support/hardened';

type AnyDomain = CfnDomain | CfnOldDomain;
type Make = (stack: Stack, props: object) => AnyDomain;

const LOGS = ['ES_APPLICATION_LOGS', 'INDEX_SLOW_LOGS', 'SEARCH_SLOW_LOGS'];
const search: Make = (stack, props: Partial<CfnDomainProps>) => new CfnDomain(stack, 'Search', { engineVersion: 'OpenSearch_2.17', ...props });
const oldSearch: Make = (stack, props: Partial<CfnOldDomainProps>) => new CfnOldDomain(stack, 'Search', { elasticsearchVersion: '7.10', ...props });
const KINDS: readonly [string, Make][] = [['a domain of OpenSearch', search], ['a domain of Elasticsearch', oldSearch]];

interface Seen {
  readonly rendered: any;
  readonly lines: readonly HardeningChange[];
}

function hardened(property: string, make: (stack: Stack) => CfnResource, options: HardenOptions = {}): Seen {
  const stack = hardenedStack(options);
  const made = make(stack);
  const rendered = property.split('.').reduce((at: any, name) => at?.[name], propertiesOf(made));
  return { rendered, lines: changesAt(stack, made.node.path).filter((change) => change.property === property) };
}

const outcomes = ({ lines }: Seen): string[] => lines.map(({ outcome, impact }) => `${outcome} ${impact}`);

describe.each(KINDS)('%s', (_, make) => {
  fourCases('plain HTTP', {
    property: 'DomainEndpointOptions.EnforceHTTPS',
    make: (stack, enforceHttps) => make(stack, enforceHttps === undefined ? {} : { domainEndpointOptions: { enforceHttps } }),
    secure: true,
    safe: true,
    unsafe: false,
    replaced: true,
  });

  fourCases('old versions of TLS', {
    property: 'DomainEndpointOptions.TLSSecurityPolicy',
    make: (stack, tlsSecurityPolicy) => make(stack, tlsSecurityPolicy === undefined ? {} : { domainEndpointOptions: { tlsSecurityPolicy } }),
    secure: 'Policy-Min-TLS-1-2-PFS-2023-10',
    safe: 'Policy-Min-TLS-1-2-2019-07',
    unsafe: 'Policy-Min-TLS-1-0-2019-07',
    replaced: true,
  });

  describe.each(LOGS)('the log %s', (log) => {
    fourCases('whether it is published', {
      property: `LogPublishingOptions.${log}`,
      find: ({ LogPublishingOptions }) => LogPublishingOptions?.[log]?.Enabled,
      make: (stack, enabled) => make(stack, enabled === undefined ? {} : { logPublishingOptions: { [log]: { enabled, cloudWatchLogsLogGroupArn: 'arn:of-a-group' } } }),
      secure: true,
      safe: true,
      unsafe: false,
      replaced: false,
    });
  });

  test.each([
    ['EncryptionAtRestOptions', 'encryptionAtRest'], ['NodeToNodeEncryptionOptions', 'nodeToNodeEncryption'],
  ])('%s take new nodes, and are only proposed', (options, prop) => {
    const property = `${options}.Enabled`;
    const field = `${options[0].toLowerCase()}${options.slice(1)}`;
    for (const [enabled, expected] of [[undefined, ['proposed']], [false, ['proposed']], [true, []], [Token.asAny({ Ref: 'Value' }), []]] as const) {
      const seen = hardened(property, (stack) => make(stack, { [field]: enabled === undefined ? undefined : { enabled } }), { strict: true });
      expect(seen.lines.map(({ outcome }) => outcome)).toEqual(expected);
      expect(seen.lines.every(({ note }) => note?.startsWith(`Set ${prop}`))).toBe(true);
    }
    const overridden = hardened(property, (stack) => {
      const made = make(stack, {});
      made.addPropertyOverride(property, true);
      return made;
    });
    expect([overridden.rendered, overridden.lines]).toEqual([true, []]);
  });

  test('hears of the log of who asked for what where it knows who asks', () => {
    const property = 'LogPublishingOptions.AUDIT_LOGS';
    const withAudit = { AUDIT_LOGS: { enabled: true, cloudWatchLogsLogGroupArn: 'arn:of-a-group' } };
    expect(outcomes(hardened(property, (stack) => make(stack, { advancedSecurityOptions: { enabled: true } })))).toHaveLength(1);
    const audited = { advancedSecurityOptions: { enabled: true }, logPublishingOptions: withAudit };
    expect(outcomes(hardened(property, (stack) => make(stack, audited)))).toStrictEqual([]);
    expect(outcomes(hardened(property, (stack) => make(stack, {})))).toStrictEqual([]);
  });
});

describe('the logs of a domain', () => {
  test('go to encrypted groups of their own, and OpenSearch Service may write there before the domain asks it to', () => {
    const stack = hardenedStack();
    search(stack, {});
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Logs::LogGroup', 3);
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), RetentionInDays: 365 });
    const [[policy, { Properties: { PolicyDocument: document } }]] = Object.entries(template.findResources('AWS::Logs::ResourcePolicy'));
    const text = JSON.stringify(document);
    expect(text.match(/Hardened(?:Error|IndexSlow|SearchSlow)LogsSearch\w+/g)).toHaveLength(3);
    for (const part of ['es.amazonaws.com', 'logs:CreateLogStream', 'logs:PutLogEvents', 'aws:SourceAccount', 'aws:SourceArn', ':domain/*']) expect(text).toContain(part);
    template.hasResource('AWS::OpenSearchService::Domain', { DependsOn: [policy] });
  });

  test('share one policy in a stack: an account takes ten', () => {
    const stack = hardenedStack();
    search(stack, {});
    new CfnDomain(stack, 'More', { engineVersion: 'OpenSearch_2.17' });
    Template.fromStack(stack).resourceCountIs('AWS::Logs::ResourcePolicy', 1);
    Template.fromStack(stack).resourceCountIs('AWS::Logs::LogGroup', 6);
  });

  test('are there under the condition of the domain, with a policy of its own', () => {
    const stack = hardenedStack();
    search(stack, {}).cfnOptions.condition = new CfnCondition(stack, 'Searched', { expression: Fn.conditionEquals('a', 'b') });
    for (const type of ['AWS::Logs::LogGroup', 'AWS::Logs::ResourcePolicy']) {
      Template.fromStack(stack).allResources(type, { Condition: 'Searched' });
    }
  });

  test.each<[string, (stack: Stack) => AnyDomain]>([
    ['Elasticsearch 2.3', (stack) => search(stack, { engineVersion: 'Elasticsearch_2.3' })],
    ['Elasticsearch 1.5', (stack) => oldSearch(stack, { elasticsearchVersion: '1.5' })],
    ['Elasticsearch 1.5, which nobody asked for', (stack) => oldSearch(stack, { elasticsearchVersion: undefined })],
  ])('hold no errors of %s, which has no such log', (_, make) => {
    expect(Object.keys(hardened('LogPublishingOptions', make).rendered)).toEqual(['INDEX_SLOW_LOGS', 'SEARCH_SLOW_LOGS']);
  });

  test('of the author stay beside those that are added', () => {
    const own = { AUDIT_LOGS: { enabled: true, cloudWatchLogsLogGroupArn: 'arn:of-a-group' } };
    const { rendered } = hardened('LogPublishingOptions', (stack) => search(stack, { logPublishingOptions: own }));
    expect(Object.keys(rendered).sort()).toEqual(['AUDIT_LOGS', ...LOGS]);
    expect(rendered.AUDIT_LOGS).toEqual({ Enabled: true, CloudWatchLogsLogGroupArn: 'arn:of-a-group' });
  });

  test('tell where requests stand in them', () => {
    const noted = LOGS.map((log) => hardened(`LogPublishingOptions.${log}`, (stack) => search(stack, {})).lines[0]);
    expect(noted.map(({ impact }) => impact)).toEqual(['in-place', 'needs-attention', 'needs-attention']);
    expect(noted[1].note).toMatch(/^OpenSearch writes it only for indices that are given a threshold/);
  });
});

describe('the construct of CDK', () => {
  test.each<[string, boolean | undefined, boolean, string[]]>([
    ['whose author says nothing of plain HTTP takes it no more', undefined, true, ['set needs-attention']],
    ['whose author asks for HTTPS stays', true, true, []],
    ['whose author admits plain HTTP stays', false, false, ['kept needs-attention']],
  ])('%s', (_, enforceHttps, expected, lines) => {
    const seen = hardened('DomainEndpointOptions.EnforceHTTPS', (stack) => (
      new Domain(stack, 'Search', { version: EngineVersion.OPENSEARCH_2_17, enforceHttps }).node.defaultChild as CfnResource));
    expect([seen.rendered, outcomes(seen)]).toEqual([expected, lines]);
  });
});

describe('addresses of those who ask', () => {
  test('cannot stand in the policy of a domain in a network', () => {
    const stack = hardenedStack();
    search(stack, { vpcOptions: { subnetIds: ['subnet-1'] } });
    expect(outcomesAt(stack, 'Shop/Search')).toMatchObject({ 'the finding OS3': 'set' });
  });

  test.each([[{}], [{ vpcOptions: { subnetIds: [] } }]])('are for the author to name elsewhere', (props) => {
    const stack = hardenedStack();
    search(stack, props);
    expect(outcomesAt(stack, 'Shop/Search')).not.toHaveProperty('the finding OS3');
  });
});

/** As authors write it. */
function shop(stack: Stack): void {
  new Domain(stack, 'Search', { version: EngineVersion.OPENSEARCH_2_17, vpc: new Vpc(stack, 'Net', { flowLogs: { All: {} } }) });
}

describe.each(FLAG_SETS)('an app with a search domain, %s', (_, flags) => {
  test('is better by its logs in cdk-nag, and worse in none', () => {
    const { before, after, worse } = compared(shop, { flags });
    expect(worse).toStrictEqual([]);
    const seen = ['AwsSolutions-OS3', 'AwsSolutions-OS9', 'HIPAA.Security-OpenSearchErrorLogsToCloudWatch', 'DatabaseLogs'];
    expect(seen.map((rule) => [before.get(rule) ?? 0, after.get(rule) ?? 0])).toEqual([[1, 0], [2, 0], [1, 0], [3, 0]]);
  });
});
