import { Stack, Token } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnCluster, CfnClusterProps, Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { compared, FLAG_SETS } from './support/compared';
import { fourCases } from './support/four-cases';
import { changesAt, hardenedStack, propertiesOf } from './support/hardened';
import { HardeningChange } from '../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../src/core/security-profile';
import { HardenOptions } from '../../src/hardening/harden-options';

const INSIGHTS = 'ClusterSettings.containerInsights';
const cluster = (stack: Stack, clusterSettings?: CfnClusterProps['clusterSettings']) => new CfnCluster(stack, 'Shop', { clusterSettings });
const withInsights = (stack: Stack, value: unknown) => cluster(stack, value === undefined ? undefined : [{ name: 'containerInsights', value: value as string }]);
const settingsOf = (properties: { ClusterSettings?: { Name: string; Value: unknown }[] }) => properties.ClusterSettings?.find(({ Name }) => Name === 'containerInsights')?.Value;

for (const safe of ['enabled', 'enhanced']) {
  fourCases(`the measures of a cluster that are ${safe}`, {
    property: INSIGHTS, find: settingsOf, make: withInsights, secure: 'enabled', safe, unsafe: 'disabled', replaced: false,
  });
}

/** What is rendered of the settings of a cluster, and the lines of the report about the measures. */
function hardened(make: (stack: Stack) => CfnCluster, options: HardenOptions = {}): {
  readonly settings: unknown;
  readonly lines: readonly HardeningChange[];
} {
  const stack = hardenedStack(options);
  const made = make(stack);
  return { settings: propertiesOf(made).ClusterSettings, lines: changesAt(stack, made.node.path).filter(({ property }) => property === INSIGHTS) };
}

const outcomes = (lines: readonly HardeningChange[]): string[] => lines.map(({ outcome, impact }) => `${outcome} ${impact}`);

describe('the measures of a cluster', () => {
  test('are said to cost, and to be fewer than an account may have', () => {
    const [line] = hardened((stack) => cluster(stack)).lines;
    expect([line.impact, line.note]).toEqual(['needs-attention', expect.stringMatching(/^CloudWatch bills the metrics.*ENHANCED there\.$/)]);
  });

  test('are left out where nothing may cost while idle', () => {
    expect(hardened((stack) => cluster(stack), { profile: SecurityProfile.sandbox() })).toEqual({ settings: undefined, lines: [] });
  });

  test.each<[string, unknown]>([
    ['before a setting of another name', [{ name: 'another', value: 'on' }]],
    ['before settings that a construct renders at the end', Token.asAny({ resolve: () => [{ name: 'another', value: 'on' }] })],
  ])('are added %s', (_, settings) => {
    const seen = hardened((stack) => cluster(stack, settings as CfnClusterProps['clusterSettings']));
    expect(seen.settings).toEqual([{ Name: 'another', Value: 'on' }, { Name: 'containerInsights', Value: 'enabled' }]);
  });

  test('stay where only the deployment knows the settings, all or one of them', () => {
    const choice = { 'Fn::If': ['Live', [], [{ Name: 'containerInsights', Value: 'enabled' }]] };
    const one = { 'Fn::If': ['Live', { Ref: 'AWS::NoValue' }, { Name: 'containerInsights', Value: 'enabled' }] };
    for (const settings of [Token.asAny(choice), [Token.asAny(one)]]) {
      const seen = hardened((stack) => cluster(stack, settings as CfnClusterProps['clusterSettings']));
      expect(outcomes(seen.lines)).toEqual(['unknown needs-attention']);
    }
  });

  test.each<[string, string, unknown, string[]]>([
    ['that switches them on', 'ClusterSettings', [{ Name: 'containerInsights', Value: 'enhanced' }], []],
    ['that switches them off', 'ClusterSettings', [{ Name: 'containerInsights', Value: 'disabled' }], ['kept needs-attention']],
    ['that leaves them out', 'ClusterSettings', [{ Name: 'another', Value: 'on' }], ['kept needs-attention']],
    ['that has a parameter decide', 'ClusterSettings', [{ Name: 'containerInsights', Value: { Ref: 'Measured' } }], ['unknown needs-attention']],
    ['of a part of the settings', 'ClusterSettings.0.Value', 'enabled', ['unknown needs-attention']],
  ])('stay after an override %s', (_, path, value, expected) => {
    const seen = hardened((stack) => {
      const made = cluster(stack);
      made.addPropertyOverride(path, value);
      return made;
    });
    expect(outcomes(seen.lines)).toEqual(expected);
  });

  test.each<[string, ContainerInsights | undefined, unknown]>([
    ['nobody spoke of', undefined, 'enabled'], ['its author wants more of', ContainerInsights.ENHANCED, 'enhanced'], ['its author refused', ContainerInsights.DISABLED, 'disabled'],
  ])('of a construct of CDK that %s', (_, containerInsightsV2, expected) => {
    const stack = hardenedStack();
    const made = new Cluster(stack, 'Live', { vpc: new Vpc(stack, 'Net'), containerInsightsV2 });
    expect(settingsOf(propertiesOf(made.node.defaultChild as CfnCluster))).toBe(expected);
  });
});

describe.each(FLAG_SETS)('an app with containers, with %s', (_, flags) => {
  test('has fewer findings, and in no pack more', () => {
    const { before, after, worse } = compared((stack) => { new Cluster(stack, 'Live', { vpc: new Vpc(stack, 'Net', { flowLogs: { All: {} } }) }); }, { flags });
    expect(worse).toEqual([]);
    for (const rule of ['AwsSolutions-ECS4', 'ContainerInsights']) expect([before.get(rule), after.get(rule)]).toEqual([1, undefined]);
  });
});
