import { Stack, Token } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  CfnCluster, CfnClusterProps, CfnTaskDefinition, Cluster, ContainerImage, ContainerInsights, FargateTaskDefinition, LogDrivers,
  Secret as ContainerSecret,
} from 'aws-cdk-lib/aws-ecs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { HardeningChange } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { HardenOptions } from '../../../src/hardening/harden-options';
import { compared, FLAG_SETS } from '../support/compared';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, propertiesOf } from '../support/hardened';

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
    const named = { name: Token.asString({ Ref: 'Setting' }), value: 'enabled' };
    for (const settings of [Token.asAny(choice), [Token.asAny(one)], [named]]) {
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

  test('that an override switches off are no matter where nothing may cost while idle', () => {
    const seen = hardened((stack) => {
      const made = cluster(stack);
      made.addPropertyOverride('ClusterSettings', [{ Name: 'containerInsights', Value: 'disabled' }]);
      return made;
    }, { profile: SecurityProfile.sandbox() });
    expect(seen.lines).toStrictEqual([]);
  });

  test.each<[string, ContainerInsights | undefined, unknown]>([
    ['nobody spoke of', undefined, 'enabled'], ['its author wants more of', ContainerInsights.ENHANCED, 'enhanced'], ['its author refused', ContainerInsights.DISABLED, 'disabled'],
  ])('of a construct of CDK that %s', (_, containerInsightsV2, expected) => {
    const stack = hardenedStack();
    const made = new Cluster(stack, 'Live', { vpc: new Vpc(stack, 'Net'), containerInsightsV2 });
    expect(settingsOf(propertiesOf(made.node.defaultChild as CfnCluster))).toBe(expected);
  });
});

/** What the report says of the containers of a task: property, outcome and impact. */
function linesOf(
  containerDefinitions: unknown, change: (task: CfnTaskDefinition) => void = () => undefined, options: HardenOptions = {},
): readonly string[] {
  const stack = hardenedStack(options);
  const task = new CfnTaskDefinition(stack, 'Task', { containerDefinitions: containerDefinitions as CfnTaskDefinition['containerDefinitions'] });
  change(task);
  return changesAt(stack, 'Shop/Task').map(({ property, outcome, impact }) => `${property}: ${outcome} ${impact}`);
}

const web = { name: 'web', image: 'web' };
const LOGGED = { logConfiguration: { logDriver: 'awslogs' } };

describe('the log of a container', () => {
  test.each<[string, unknown, string[]]>([
    ['that writes none is proposed', [web, { ...web, ...LOGGED, name: 'proxy' }], ['ContainerDefinitions.web.LogConfiguration: proposed needs-attention']],
    ['that writes one is there', [{ ...web, ...LOGGED }], []],
    ['is left where only the deployment knows the containers', Token.asAny({ 'Fn::If': ['Live', [], []] }), []],
    ['is left where only the deployment knows the container', [Token.asAny({ 'Fn::If': ['Live', web, web] })], []],
    ['whose name only the deployment knows is proposed', [{ ...web, ...LOGGED }, { image: 'web', name: Token.asString({ Ref: 'Name' }) }], ['ContainerDefinitions.1.LogConfiguration: proposed needs-attention']],
  ])('%s', (_, containers, expected) => {
    for (const strict of [false, true]) expect(linesOf(containers, undefined, { strict })).toEqual(expected);
  });

  test('that an override sets is there', () => {
    expect(linesOf([web], (task) => task.addPropertyOverride('ContainerDefinitions.0.LogConfiguration.LogDriver', 'awslogs'))).toStrictEqual([]);
    expect(linesOf([web], (task) => task.addPropertyOverride('ContainerDefinitions', [{ Name: 'web', Image: 'web' }]))).toStrictEqual([]);
  });

  test('is proposed with what to see to first', () => {
    const stack = hardenedStack();
    new FargateTaskDefinition(stack, 'Task').addContainer('web', { image: ContainerImage.fromRegistry('web') });
    const [line] = changesAt(stack, 'Shop/Task').filter(({ rule }) => rule === 'ContainerLogs');
    expect(line.note).toMatch(/^Give the container logging: LogDrivers\.awsLogs.*or they no longer start.*Services start their tasks anew\.$/);
  });
});

describe('the variables of a container', () => {
  const env = (...environment: unknown[]) => [{ ...web, ...LOGGED, environment }];
  const setting = { name: 'LOG_LEVEL', value: 'info' };
  const password = { name: 'DB_PASSWORD', value: 'correct-horse-battery' };

  test.each<[string, unknown, string[]]>([
    ['that are none', env(), []],
    ['that are settings', env(setting, { name: 'QUEUE_URL', value: Token.asString({ Ref: 'Queue' }) }), ['ContainerDefinitions.web.Environment: proposed needs-attention']],
    ['that look like a secret', env(password), ['ContainerDefinitions.web.Environment.DB_PASSWORD: proposed needs-attention']],
    ['of both kinds', env(setting, password), [
      'ContainerDefinitions.web.Environment.DB_PASSWORD: proposed needs-attention', 'ContainerDefinitions.web.Environment: proposed needs-attention',
    ]],
    ['that only the deployment knows', [{ ...web, ...LOGGED, environment: Token.asAny({ 'Fn::If': ['Live', [], [setting]] }) }], []],
    ['of which only the deployment knows one', env(Token.asAny({ 'Fn::If': ['Live', setting, { Ref: 'AWS::NoValue' }] })), []],
  ])('%s: nothing is changed, strict or not', (_, containers, expected) => {
    for (const strict of [false, true]) expect(linesOf(containers, undefined, { strict })).toEqual(expected);
  });

  test('that an override sets are left', () => {
    expect(linesOf(env(setting), (task) => task.addPropertyOverride('ContainerDefinitions.0.Environment', []))).toStrictEqual([]);
  });

  test('are told of by name, and never with what is in them', () => {
    const stack = hardenedStack();
    const task = new CfnTaskDefinition(stack, 'Task', { containerDefinitions: env(setting, password) as CfnTaskDefinition['containerDefinitions'] });
    const lines = changesAt(stack, task.node.path);
    expect(lines.map(({ before, note }) => [before, note])).toEqual([
      [undefined, expect.stringMatching(/^This looks like a password\. Keep it in Secrets Manager/)], ['LOG_LEVEL', expect.stringMatching(/environmentFiles.*acknowledge AwsSolutions-ECS2/)],
    ]);
    expect(JSON.stringify(lines)).not.toContain(password.value);
    expect(propertiesOf(task).ContainerDefinitions[0].Environment).toEqual([{ Name: 'LOG_LEVEL', Value: 'info' }, { Name: 'DB_PASSWORD', Value: password.value }]);
  });

  test('that come from Secrets Manager are as they should be', () => {
    const stack = hardenedStack();
    new FargateTaskDefinition(stack, 'Task').addContainer('web', {
      image: ContainerImage.fromRegistry('web'), logging: LogDrivers.awsLogs({ streamPrefix: 'web' }), secrets: { DB_PASSWORD: ContainerSecret.fromSecretsManager(new Secret(stack, 'Password')) },
    });
    expect(changesAt(stack, 'Shop/Task').filter(({ resourceType }) => resourceType === 'AWS::ECS::TaskDefinition')).toStrictEqual([]);
  });
});

describe.each(FLAG_SETS)('an app with containers, with %s', (_, flags) => {
  test('has fewer findings, and in no pack more', () => {
    const { before, after, worse } = compared((stack) => { new Cluster(stack, 'Live', { vpc: new Vpc(stack, 'Net', { flowLogs: { All: {} } }) }); }, { flags });
    expect(worse).toStrictEqual([]);
    for (const rule of ['AwsSolutions-ECS4', 'ContainerInsights']) expect([before.get(rule), after.get(rule)]).toEqual([1, undefined]);
  });
});
