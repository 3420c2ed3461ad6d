import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { triggersByFunction } from '../../../src/model/flow/triggers';
import { entryPointsOf } from '../../../src/policy/entry-points/entry-points';
import { entryPointsOf as shownEntries } from '../../../src/report/parts/entry-points';
import { findings, modelOf, Resources, RuleCase } from '../support';
import { attribute, LATER, resource, role, SECTIONS } from '../template-parts';

const mode = (AuthType: unknown) => [{ AuthType }];
const modes = (publish: unknown, subscribe = publish) => ({ ConnectionAuthModes: mode('AWS_IAM'), DefaultPublishAuthModes: mode(publish), DefaultSubscribeAuthModes: mode(subscribe) });

/** Moves of players, of which a function keeps each. */
const app = (EventConfig: unknown, namespace: unknown = {}, more: Resources = {}): Resources => ({
  Moves: resource('AWS::AppSync::Api', { Name: 'moves', EventConfig }),
  Chess: resource('AWS::AppSync::ChannelNamespace', {
    ApiId: attribute('Moves', 'ApiId'), Name: 'chess', HandlerConfigs: { OnPublish: { Behavior: 'DIRECT', Integration: { DataSourceName: 'keep' } } }, ...namespace as object,
  }),
  Source: resource('AWS::AppSync::DataSource', {
    ApiId: attribute('Moves', 'ApiId'), Name: 'keep', Type: 'AWS_LAMBDA', ServiceRoleArn: attribute('SourceRole'), LambdaConfig: { LambdaFunctionArn: attribute('Keep') },
  }),
  SourceRole: role('appsync.amazonaws.com', { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: attribute('Keep') }),
  Keep: resource('AWS::Lambda::Function', { Role: attribute('KeepRole') }),
  KeepRole: role('lambda.amazonaws.com', { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: attribute('Games') }),
  Games: resource('AWS::DynamoDB::Table'),
  ...more,
});
const GUARDED: Resources = {
  Acl: resource('AWS::WAFv2::WebACLAssociation', { ResourceArn: attribute('Moves', 'ApiArn'), WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1' }),
};
/** A namespace, of this API or of another one. */
const namespace = (given: object, api = 'Moves'): Resources => ({ Go: resource('AWS::AppSync::ChannelNamespace', { ApiId: attribute(api, 'ApiId'), Name: 'go', ...given }) });
const LOGGED = { LogConfig: { LogLevel: 'ERROR', CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs' } };

const CASES: readonly RuleCase[] = [
  ['OpenStorePath', 'callers sign', app(modes('AWS_IAM')), []],
  ['OpenStorePath', 'a key is enough to publish', app(modes('API_KEY', 'AWS_IAM')), ['OpenStorePath at Moves']],
  ['OpenStorePath', 'a key is enough to subscribe', app(modes('AWS_IAM', 'API_KEY')), ['OpenStorePath at Moves']],
  ['OpenStorePath', 'a key is enough to publish, and no namespace is in the app', app(modes('API_KEY', 'AWS_IAM'), { ApiId: 'elsewhere' }), ['OpenStorePath at Moves']],
  ['OpenStorePath', 'a key is enough in the namespace that asks for nothing of its own',
    app(modes('API_KEY'), { PublishAuthModes: mode('AWS_IAM'), SubscribeAuthModes: mode('AWS_IAM') }, namespace({})), ['OpenStorePath at Moves']],
  ['OpenStorePath', 'a key is enough in a namespace of another API', app(modes('AWS_IAM'), {}, namespace({ PublishAuthModes: mode('API_KEY') }, 'Other')), []],
  ['OpenStorePath', 'a key is enough in one namespace', app(modes('AWS_IAM'), { PublishAuthModes: mode('API_KEY') }), ['OpenStorePath at Moves']],
  ['OpenStorePath', 'all namespaces ask for more than the API does', app(modes('API_KEY'), { PublishAuthModes: mode('AWS_IAM'), SubscribeAuthModes: mode('AWS_LAMBDA') }), []],
  ['OpenStorePath', 'a key in one case', app(modes({ 'Fn::If': ['Prod', 'AWS_IAM', 'API_KEY'] })), ['OpenStorePath at Moves']],
  ['OpenStorePath', 'all ways set at deployment', app({ DefaultPublishAuthModes: LATER, DefaultSubscribeAuthModes: LATER }), ['OpenStorePath[undecided] at Moves']],
  ['OpenStorePath', 'set at deployment', app(modes(LATER)), ['OpenStorePath[undecided] at Moves']],
  ['EntryPointLayers', 'a web ACL, logs and signatures', app({ ...modes('AWS_IAM'), ...LOGGED }, {}, GUARDED), []],
  ['EntryPointLayers', 'signatures alone', app(modes('AWS_IAM'), {}, { KeepRole: role('lambda.amazonaws.com', { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }) }), ['EntryPointLayers at Moves']],
  ['WebAclAlone', 'a web ACL and a key', app(modes('API_KEY'), {}, GUARDED), ['WebAclAlone at Moves']],
  ['WebAclAlone', 'a web ACL and signatures', app(modes('AWS_IAM'), {}, GUARDED), []],
];

describe('Event APIs', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, SecurityProfile.production(), SECTIONS)).toEqual(expected);
  });

  test('are ways in, with their layers and with the roles of their data sources', () => {
    const [full] = entryPointsOf(modelOf(app({ ...modes('AMAZON_COGNITO_USER_POOLS'), ...LOGGED }, {}, GUARDED)));
    expect(full).toMatchObject({
      kind: 'event-api',
      location: 'Properties.EventConfig',
      layers: { authorization: 'user-pool', validation: null, throttle: null, webAcl: true, logging: true, leastPrivilege: true },
    });
    expect(full.roles.map(({ logicalId }) => logicalId)).toEqual(['SourceRole', 'KeepRole']);
    const [bare] = entryPointsOf(modelOf({ Moves: resource('AWS::AppSync::Api', { Name: 'moves', EventConfig: { ConnectionAuthModes: mode('OPENID_CONNECT') } }) }));
    expect(bare.layers).toEqual({ authorization: 'jwt', validation: null, throttle: null, webAcl: false, logging: false, leastPrivilege: null });
    expect(shownEntries(modelOf(app(modes('AWS_IAM')))).map(({ id }) => id)).toEqual(['Shop/Moves event-api']);
  });

  test('of which nothing is said let everybody in, as far as one can see', () => {
    expect(entryPointsOf(modelOf({ Moves: resource('AWS::AppSync::Api', { Name: 'moves' }) }))[0].layers.authorization).toBe('none');
  });

  test('start the functions that authorize their callers', () => {
    const asking = { AuthProviders: [{ AuthType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: attribute('Ask') } }], ...modes('AWS_LAMBDA') };
    const triggers = triggersByFunction(modelOf(app(asking, {}, { Ask: resource('AWS::Lambda::Function') })));
    expect([...triggers.values()].flat().map(({ kind, fn }) => `${kind} ${fn.logicalId}`).sort()).toEqual(['graph Ask', 'graph Keep']);
  });
});
