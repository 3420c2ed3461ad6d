import { join } from 'path';
import { Aspects, CfnOutput, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import {
  AppSyncFieldLogLevel, AuthorizationType, CfnApi, CfnGraphQLApi, Definition, EventApi, FieldLogLevel, GraphqlApi, IntrospectionConfig, LogConfig,
  Visibility,
} from 'aws-cdk-lib/aws-appsync';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findingsOf, unexplained } from '../../support/apps';
import { compared, FLAG_SETS, hardened, hardenedStack, linesOn } from '../support/compared';
import { fourCases } from '../support/four-cases';

const API = 'AWS::AppSync::GraphQLApi';
const ROLE_ARN = 'arn:aws:iam::111122223333:role/logs';
const PUSH = 'service-role/AWSAppSyncPushToCloudWatchLogs';
const definition = Definition.fromFile(join(__dirname, '../samples/assets/graphql/schema.graphql'));

const bare = (stack: Stack, props: object = {}) => new CfnGraphQLApi(stack, 'Notes', { name: 'notes', authenticationType: 'AWS_IAM', ...props });
const logged = (stack: Stack, logConfig: object) => bare(stack, { logConfig: { cloudWatchLogsRoleArn: ROLE_ARN, fieldLogLevel: 'ALL', ...logConfig } });
const plain = (logConfig?: LogConfig) => (stack: Stack) => {
  new GraphqlApi(stack, 'Notes', { name: 'notes', definition, logConfig, authorizationConfig: { defaultAuthorization: { authorizationType: AuthorizationType.IAM } } });
};

const apiIn = (template: Template): any => Object.values(template.findResources(API))[0];
/** The statements of the policies that hardening adds, and the roles that have them. */
const rightsIn = (template: Template): any[] => Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => (
  { statements: Properties.PolicyDocument.Statement, roles: Properties.Roles }));
const groupOf = (api: unknown) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' },
    ':log-group:/aws/appsync/apis/', { 'Fn::GetAtt': [api, 'ApiId'] }, ':*']],
});
const WRITE = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

fourCases('tracing of a GraphQL API', {
  property: 'XrayEnabled', make: (stack, value) => bare(stack, { xrayEnabled: value }), secure: true, safe: true, unsafe: false, replaced: true,
});

fourCases('level of the log of a GraphQL API', {
  property: 'LogConfig.FieldLogLevel', make: (stack, value) => logged(stack, { fieldLogLevel: value }), secure: 'ERROR', safe: 'INFO', unsafe: 'NONE', replaced: false,
});

describe('the log of a GraphQL API', () => {
  test('is written where nobody asked for one, in a role that writes there only', () => {
    const { template, changes } = hardened((stack) => { bare(stack); });
    const { CloudWatchLogsRoleArn: role, ...others } = apiIn(template).Properties.LogConfig;
    expect(others).toEqual({ FieldLogLevel: 'ERROR', ExcludeVerboseContent: true });
    const id = role['Fn::GetAtt'][0];
    expect(rightsIn(template)).toEqual([{ statements: [{ Action: WRITE, Effect: 'Allow', Resource: groupOf('Notes') }], roles: [{ Ref: id }] }]);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Principal: { Service: 'appsync.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': Match.anyValue() } },
        }],
      },
    });
    expect(apiIn(template).DependsOn).toBeUndefined(); // the policy names the API
    expect(linesOn(changes, 'LogConfig')).toEqual(['set needs-attention']);
    expect(changes.find(({ property }) => property === 'LogConfig')?.note).toContain('/aws/appsync/apis/<id of the API>');
  });

  test('has exact rights in the place of the policy that CDK attaches', () => {
    const { template, changes } = hardened(plain({ fieldLogLevel: FieldLogLevel.ALL }));
    const role = apiIn(template).Properties.LogConfig.CloudWatchLogsRoleArn['Fn::GetAtt'][0];
    expect(template.findResources('AWS::IAM::Role')[role].Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(rightsIn(template)).toContainEqual({
      statements: [{ Action: WRITE, Effect: 'Allow', Resource: groupOf(expect.stringMatching(/^Notes/)) }], roles: [{ Ref: role }],
    });
    expect(changes.filter(({ at, rule }) => rule === 'ManagedPolicyBreadth' && at.includes('ApiLogsRole')).map(({ outcome }) => outcome)).toEqual(['set']);
  });

  test('keeps other policies of the role, and rights for all APIs with the role', () => {
    const { template } = hardened((stack) => {
      const role = new Role(stack, 'Logs', {
        assumedBy: new ServicePrincipal('appsync.amazonaws.com'), managedPolicies: [PUSH, 'Other'].map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
      });
      for (const id of ['One', 'Two']) new CfnGraphQLApi(stack, id, { name: id, authenticationType: 'AWS_IAM', logConfig: { cloudWatchLogsRoleArn: role.roleArn, fieldLogLevel: 'ALL' } });
    });
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: [{ 'Fn::Join': ['', Match.arrayWith([':iam::aws:policy/Other'])] }] });
    expect(rightsIn(template)[0].statements[0].Resource).toEqual([groupOf('One'), groupOf('Two')]);
  });

  test('has exact rights in the role of an event API too', () => {
    const { template, changes } = hardened((stack) => {
      new EventApi(stack, 'Moves', { apiName: 'moves', logConfig: { fieldLogLevel: AppSyncFieldLogLevel.ALL } });
    });
    const [api, { Properties }] = Object.entries<any>(template.findResources('AWS::AppSync::Api'))[0];
    const role = Properties.EventConfig.LogConfig.CloudWatchLogsRoleArn['Fn::GetAtt'][0];
    expect(template.findResources('AWS::IAM::Role')[role].Properties).not.toHaveProperty('ManagedPolicyArns');
    expect(rightsIn(template)).toContainEqual({ statements: [{ Action: WRITE, Effect: 'Allow', Resource: groupOf(api) }], roles: [{ Ref: role }] });
    expect(changes.filter(({ at, rule }) => rule === 'ManagedPolicyBreadth' && at.includes('ApiLogsRole')).map(({ outcome }) => outcome)).toEqual(['set']);
  });

  test('goes round in no circle across nested stacks', () => {
    const stack = hardenedStack((top) => {
      const role = new Role(top, 'Logs', { assumedBy: new ServicePrincipal('appsync.amazonaws.com'), managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(PUSH)] });
      bare(new NestedStack(top, 'Graph'), { logConfig: { cloudWatchLogsRoleArn: role.roleArn, fieldLogLevel: 'ALL' } });
    });
    expect(unexplained(findingsOf(stack)).filter((line) => /IAM[45]/.test(line))).toStrictEqual([]);
  });

  test.each<[string, string, (role: Role, stack: Stack) => unknown, object]>([
    ['others may assume it', 'others than AppSync may assume the role', () => undefined, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }],
    ['it has a name', 'the role has a name, by which APIs elsewhere may use it', () => undefined, { roleName: 'logs' }],
    ['an output tells it', 'the ARN of the role is told to others by an output or a parameter', (role, stack) => new CfnOutput(stack, 'Told', { value: role.roleArn }), {}],
    ['a data source has it too', 'other parts of AppSync use the role', (role, stack) => new CfnResource(stack, 'Source', {
      type: 'AWS::AppSync::DataSource', properties: { ServiceRoleArn: role.roleArn },
    }), {}],
  ])('keeps the policy where %s, and the report says how', (_, why, use, props) => {
    const { template, changes } = hardened((stack) => {
      const role = new Role(stack, 'Logs', {
        assumedBy: new ServicePrincipal('appsync.amazonaws.com'), managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(PUSH)], ...props,
      });
      bare(stack, { logConfig: { cloudWatchLogsRoleArn: role.roleArn, fieldLogLevel: 'ALL' } });
      use(role, stack);
    });
    expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).toContain(PUSH);
    expect(changes.filter(({ rule }) => rule === 'ManagedPolicyBreadth').map(({ outcome, note }) => [outcome, note])).toEqual([
      ['proposed', `Write these statements in the place of the policy: ${why}.`],
    ]);
  });
});

describe('the web ACL in front of a GraphQL API', () => {
  const associations = (template: Template) => Object.values(template.findResources('AWS::WAFv2::WebACLAssociation')).map(({ Properties }) => Properties.ResourceArn);

  test('is the one of the stack', () => {
    const { template } = hardened((stack) => { bare(stack); });
    expect(associations(template)).toEqual([{ 'Fn::GetAtt': ['Notes', 'Arn'] }]);
  });

  test.each<[string, (stack: Stack) => unknown]>([
    ['the API is private', (stack) => bare(stack, { visibility: Visibility.PRIVATE })],
    ['there is one of the author', (stack) => new CfnWebACLAssociation(stack, 'Own', { resourceArn: bare(stack).attrArn, webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/b' })],
  ])('is none where %s', (_, build) => {
    const { template } = hardened((stack) => { build(stack); });
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  test('is none in the sandbox profile', () => {
    hardened((stack) => { bare(stack); }, { profile: SecurityProfile.sandbox() }).template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });
});

describe('only proposed', () => {
  const proposed = (build: (stack: Stack) => unknown) => hardened((stack) => { build(stack); }).changes
    .filter(({ outcome, rule }) => outcome === 'proposed' && rule.startsWith('Graphql')).map(({ property, rule }) => `${rule} ${property}`);

  test('who may call, what the schema tells and how much one query may ask for', () => {
    expect(proposed((stack) => bare(stack, { authenticationType: 'API_KEY' }))).toEqual([
      'GraphqlApiKey AuthenticationType', 'GraphqlIntrospection IntrospectionConfig', 'GraphqlLimits QueryDepthLimit', 'GraphqlLimits ResolverCountLimit',
    ]);
  });

  test.each<[string, object, string[]]>([
    ['left out', {}, ['proposed']], ['asked for', { excludeVerboseContent: false }, ['kept']], ['excluded', { excludeVerboseContent: true }, []],
    ['not logged', { fieldLogLevel: 'NONE' }, []],
  ])('what the log holds: headers and values %s', (__, config, outcomes) => {
    const { template, changes } = hardened((stack) => { logged(stack, config); });
    expect(changes.filter(({ property }) => property === 'LogConfig.ExcludeVerboseContent').map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(apiIn(template).Properties.LogConfig.ExcludeVerboseContent).toBe((config as { excludeVerboseContent?: boolean }).excludeVerboseContent);
  });

  test('nothing where the author decided', () => {
    const decided = { introspectionConfig: IntrospectionConfig.DISABLED, queryDepthLimit: 5, resolverCountLimit: 100 };
    expect(proposed((stack) => bare(stack, decided))).toStrictEqual([]);
  });
});

describe('cdk-nag asks for headers and values in the log', () => {
  const asked = (logConfig: object, more: (stack: Stack) => void = () => undefined) => (
    unexplained(findingsOf(hardenedStack((stack) => { logged(stack, logConfig); more(stack); }))).filter((line) => line.startsWith('AwsSolutions-ASC3 ')).length);

  test('which is acknowledged where the author left them out', () => {
    expect(asked({ excludeVerboseContent: true })).toBe(0);
    const { changes } = hardened((stack) => { logged(stack, { excludeVerboseContent: true }); });
    expect(changes.filter(({ property }) => property === 'the finding ASC3')).toEqual([
      expect.objectContaining({ outcome: 'set', rule: 'GraphqlLogging', after: expect.stringContaining('acknowledged: The API logs its requests.') }),
    ]);
  });

  test.each<[string, object]>([
    ['nothing is logged', { fieldLogLevel: 'NONE' }], ['an override says something else', {}],
  ])('which stays where %s', (why, config) => {
    const override = (stack: Stack) => (stack.node.findChild('Notes') as CfnGraphQLApi).addPropertyOverride('LogConfig.ExcludeVerboseContent', false);
    expect(asked({ excludeVerboseContent: true, ...config }, why.includes('override') ? override : undefined)).toBe(1);
  });
});

test.each(FLAG_SETS)('no finding more in any pack, with %s', (_, flags) => {
  const { before, after, worse } = compared(plain(), { flags });
  expect(worse).toStrictEqual([]);
  expect([before, after].map((findings) => ['AwsSolutions-ASC3', 'Serverless-AppSyncTracing', 'GraphqlWebAcl'].map((rule) => findings.get(rule) ?? 0)))
    .toEqual([[1, 1, 1], [0, 0, 0]]);
});

test('a second synthesis finds nothing more to do', () => {
  const stack = hardenedStack(plain({ fieldLogLevel: FieldLogLevel.ALL }));
  Aspects.of(stack).add({ visit: () => undefined });
  const first = Template.fromStack(stack).toJSON();
  const lines = changesOf(stack.node.root)!.length;
  findingsOf(stack);
  expect([Template.fromStack(stack).toJSON(), changesOf(stack.node.root)!.length]).toEqual([first, lines]);
});

describe('What hardening says of event APIs', () => {
  const EVENT_CONFIG = {
    authProviders: [{ authType: 'AWS_IAM' }],
    connectionAuthModes: [{ authType: 'AWS_IAM' }],
    defaultPublishAuthModes: [{ authType: 'AWS_IAM' }],
    defaultSubscribeAuthModes: [{ authType: 'AWS_IAM' }],
  };
  const events = (logLevel?: string) => (stack: Stack) => new CfnApi(stack, 'Moves', {
    name: 'moves', eventConfig: { ...EVENT_CONFIG, ...logLevel === undefined ? {} : { logConfig: { cloudWatchLogsRoleArn: ROLE_ARN, logLevel } } },
  });
  const said = (make: (stack: Stack) => void) => hardened(make).changes.filter(({ rule }) => ['GraphqlLogging', 'GraphqlWebAcl'].includes(rule!))
    .map(({ rule, outcome }) => `${rule} ${outcome}`).sort();

  test.each<[string, (stack: Stack) => void, string[]]>([
    ['nothing is there', events(), ['GraphqlLogging proposed', 'GraphqlWebAcl proposed']],
    ['the log is switched off', events('NONE'), ['GraphqlLogging kept', 'GraphqlWebAcl proposed']],
    ['errors are logged', events('ERROR'), ['GraphqlWebAcl proposed']],
    ['a web ACL stands there', (stack) => {
      new CfnWebACLAssociation(stack, 'Guard', { resourceArn: events('ERROR')(stack).attrApiArn, webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1' });
    }, []],
    ['another API has the web ACL', (stack) => {
      events('ERROR')(stack);
      new CfnWebACLAssociation(stack, 'Guard', { resourceArn: bare(stack, { logConfig: undefined, visibility: 'PRIVATE' }).attrArn, webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1' });
    }, ['GraphqlLogging set', 'GraphqlWebAcl proposed']],
  ])('where %s', (_name, make, expected) => {
    expect(said(make)).toEqual(expected);
  });

  test('and no API is changed', () => {
    hardened(events()).template.hasResourceProperties('AWS::AppSync::Api', { EventConfig: { LogConfig: Match.absent() } });
    hardened(events()).template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });
});
