import {
  ACCOUNT, alarm, alarms, allow, arn, att, document, failures, fn, join,
  key, logs, NONE, ref, Resources, role, SAME_ACCOUNT, signing, sub, table, USE_KEY,
} from './parts';
import { webAcl } from './stores';
import { rightsApart } from './styles';
import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, safe } from '../support';

/** Joined at run time, so that no scanner takes this file for a leak. */
const GITHUB = ['gh', 'p_', 'zY8xW6vU4tS2rQ0pO9nM7lK5jI3hG1fE2dC4'].join('');

const CODE = `
import { util } from '@aws-appsync/utils';
export function request(ctx) {
  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ game: ctx.args.game, player: ctx.identity.sub }) };
}
export function response(ctx) { return ctx.result; }`;
const RUNTIME = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };

const source = (Name: string, more: Template, roleId: string): Template => ({
  Type: 'AWS::AppSync::DataSource', Properties: { ApiId: att('Graph', 'ApiId'), Name, ServiceRoleArn: att(roleId), ...more },
});

const resources: Resources = {
  Key: key('cloudwatch', 'sqs', 'scheduler'),
  Signing: signing(),
  ...alarms(),
  Scores: table(['game', 'player'], { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
  Ranks: table(['game', 'place']),
  ...failures('Unranked'),
  ...failures('Unreset'),
  GraphLogRole: role('appsync.amazonaws.com', [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], arn('logs', 'log-group:/aws/appsync/apis/*'))], SAME_ACCOUNT),
  Graph: {
    Type: 'AWS::AppSync::GraphQLApi',
    Properties: {
      Name: 'leaderboard',
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: { UserPoolId: { 'Fn::ImportValue': 'players-pool' }, AwsRegion: ref('AWS::Region'), DefaultAction: 'DENY', AppIdClientRegex: '^7h2k9$' },
      AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }],
      LogConfig: { CloudWatchLogsRoleArn: att('GraphLogRole'), FieldLogLevel: 'ERROR', ExcludeVerboseContent: true },
      XrayEnabled: true,
      IntrospectionConfig: 'DISABLED',
      QueryDepthLimit: 8,
      ResolverCountLimit: 60,
      EnvironmentVariables: { SCORES: ref('Scores') },
    },
  },
  GraphLogs: logs(sub('/aws/appsync/apis/${Graph.ApiId}')),
  GraphFails: alarm('AWS/AppSync', '5XXError', { GraphQLAPIId: att('Graph', 'ApiId') }),
  GraphRefuses: alarm('AWS/AppSync', '4XXError', { GraphQLAPIId: att('Graph', 'ApiId') }),
  Schema: {
    Type: 'AWS::AppSync::GraphQLSchema',
    Properties: {
      ApiId: att('Graph', 'ApiId'),
      Definition: 'type Score { game: ID! player: ID! points: Int! } type Query { mine(game: ID!): Score top(game: ID!): [Score!]! } '
        + 'type Mutation { submit(game: ID!, points: Int!): Score @aws_cognito_user_pools } schema { query: Query mutation: Mutation }',
    },
  },
  ScoresRole: role('appsync.amazonaws.com', [allow('dynamodb:GetItem', att('Scores')), allow('kms:Decrypt', att('Key'))], SAME_ACCOUNT),
  RanksRole: role('appsync.amazonaws.com', [allow('dynamodb:Query', att('Ranks')), allow('kms:Decrypt', att('Key'))], SAME_ACCOUNT),
  JudgeSourceRole: role('appsync.amazonaws.com', [allow('lambda:InvokeFunction', att('Judge'))], SAME_ACCOUNT),
  EventsRole: role('appsync.amazonaws.com', [allow('events:PutEvents', arn('events', 'event-bus/games'))], SAME_ACCOUNT),
  ScoresSource: source('scores', { Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: ref('Scores'), AwsRegion: ref('AWS::Region') } }, 'ScoresRole'),
  RanksSource: source('ranks', { Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: ref('Ranks'), AwsRegion: ref('AWS::Region') } }, 'RanksRole'),
  JudgeSource: source('judge', { Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: att('Judge') } }, 'JudgeSourceRole'),
  EventsSource: source('events', {
    Type: 'HTTP',
    HttpConfig: {
      Endpoint: sub('https://events.${AWS::Region}.amazonaws.com/'),
      AuthorizationConfig: { AuthorizationType: 'AWS_IAM', AwsIamConfig: { SigningRegion: ref('AWS::Region'), SigningServiceName: 'events' } },
    },
  }, 'EventsRole'),
  Mine: {
    Type: 'AWS::AppSync::Resolver',
    DependsOn: ['Schema'],
    Properties: {
      ApiId: att('Graph', 'ApiId'),
      TypeName: 'Query',
      FieldName: 'mine',
      DataSourceName: att('ScoresSource', 'Name'),
      Runtime: RUNTIME,
      Code: CODE,
      CachingConfig: { Ttl: 30, CachingKeys: ['$context.identity.sub', '$context.arguments.game'] },
    },
  },
  Top: {
    Type: 'AWS::AppSync::Resolver',
    DependsOn: ['Schema'],
    Properties: {
      ApiId: att('Graph', 'ApiId'),
      TypeName: 'Query',
      FieldName: 'top',
      DataSourceName: att('RanksSource', 'Name'),
      RequestMappingTemplate: '{"version":"2018-05-29","operation":"Query","limit":100,"query":{"expression":"game = :g","expressionValues":{":g":$util.dynamodb.toDynamoDBJson($ctx.args.game)}}}',
      ResponseMappingTemplate: '$util.toJson($ctx.result.items)',
    },
  },
  JudgeStep: {
    Type: 'AWS::AppSync::FunctionConfiguration',
    Properties: { ApiId: att('Graph', 'ApiId'), Name: 'judge', DataSourceName: att('JudgeSource', 'Name'), Runtime: RUNTIME, Code: "export const request = (ctx) => ({ operation: 'Invoke', payload: { points: ctx.args.points, player: ctx.identity.sub } }); export const response = (ctx) => ctx.result;" },
  },
  TellStep: {
    Type: 'AWS::AppSync::FunctionConfiguration',
    Properties: { ApiId: att('Graph', 'ApiId'), Name: 'tell', DataSourceName: att('EventsSource', 'Name'), Runtime: RUNTIME, Code: "export const request = (ctx) => ({ method: 'POST', resourcePath: '/', params: { headers: { 'content-type': 'application/x-amz-json-1.1' } } }); export const response = (ctx) => ctx.prev.result;" },
  },
  Submit: {
    Type: 'AWS::AppSync::Resolver',
    DependsOn: ['Schema'],
    Properties: {
      ApiId: att('Graph', 'ApiId'),
      TypeName: 'Mutation',
      FieldName: 'submit',
      Kind: 'PIPELINE',
      Runtime: RUNTIME,
      PipelineConfig: { Functions: [att('JudgeStep', 'FunctionId'), att('TellStep', 'FunctionId')] },
      Code: 'export const request = (ctx) => ({}); export const response = (ctx) => ctx.prev.result;',
    },
  },
  Cache: {
    Type: 'AWS::AppSync::ApiCache',
    Properties: { ApiId: att('Graph', 'ApiId'), ApiCachingBehavior: 'PER_RESOLVER_CACHING', Type: 'SMALL', Ttl: 60, AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true },
  },
  ...webAcl('REGIONAL'),
  AclOfGraph: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att('Acl'), ResourceArn: att('Graph') } },
  ...fn('Judge', { can: [allow('dynamodb:PutItem', att('Scores')), USE_KEY], env: { SCORES: ref('Scores') } }),
  ...fn('Rank', {
    can: [
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], att('Scores', 'StreamArn')),
      allow(['dynamodb:PutItem', 'dynamodb:DeleteItem'], att('Ranks')), allow('sqs:SendMessage', att('Unranked')), USE_KEY,
    ],
    env: { RANKS: ref('Ranks') },
  }),
  RankFrom: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: att('Scores', 'StreamArn'),
      FunctionName: ref('Rank'),
      StartingPosition: 'LATEST',
      BatchSize: 100,
      MaximumRetryAttempts: 5,
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 3600,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: att('Unranked') } },
    },
  },
  ...fn('Reset', { can: [allow('dynamodb:DeleteItem', att('Ranks')), USE_KEY], env: { RANKS: ref('Ranks') }, lost: 'Unreset' }),
  Seasons: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: sub('${AWS::StackName}-seasons') } },
  SeasonRole: role('scheduler.amazonaws.com', [allow('lambda:InvokeFunction', att('Reset')), allow('sqs:SendMessage', att('Unreset')), USE_KEY], SAME_ACCOUNT),
  SeasonEnd: {
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      GroupName: ref('Seasons'),
      ScheduleExpression: 'cron(0 3 1 * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      KmsKeyArn: att('Key'),
      Target: { Arn: att('Reset'), RoleArn: att('SeasonRole'), DeadLetterConfig: { Arn: att('Unreset') }, RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 }, Input: '{"season":"next"}' },
    },
  },
};

const rights = (t: Template, id: string): unknown[] => prop(t, `${id}Rights`).PolicyDocument.Statement as unknown[];

export const LEADERBOARD: BlindSeed = {
  name: 'A leaderboard of games, AppSync with pipelines',
  style: 'yaml',
  stacks: { Games: { Resources: rightsApart(resources, 'AWS::IAM::ManagedPolicy') } },
  mutants: [
    fault('G03', 'a token of a partner in the code of a step', ({ Games }) => { prop(Games, 'TellStep').Code = join("const key = '", GITHUB.slice(0, 6), GITHUB.slice(6), "'; export const request = () => ({}); export const response = (ctx) => ctx.result;"); }),
    fault('G06', 'a password among the variables of the API', ({ Games }) => { prop(Games, 'Graph').EnvironmentVariables.PARTNER_PASSWORD = 'Otter-River-55'; }),
    fault('G67', 'the answer for one player is cached for the next player of the same game', ({ Games }) => { prop(Games, 'Mine').CachingConfig.CachingKeys = ['$context.arguments.game']; }),
    fault('G07', 'the input of the schedule carries a password', ({ Games }) => { prop(Games, 'SeasonEnd').Target.Input = '{"season":"next","admin_password":"Reset!Everything9"}'; }),
    fault('G29', 'the role of the schedule serves schedules of any account', ({ Games }) => { delete prop(Games, 'SeasonRole').AssumeRolePolicyDocument.Statement[0].Condition; }),
    fault('G34', 'the judge may call every function', ({ Games }) => { rights(Games, 'JudgeRole').push(allow('lambda:Invoke*', join('arn:aws:lambda:', ref('AWS::Region'), ':', ACCOUNT, ':function:*'))); }),
    fault('G35', 'the role of the judge is lent to the graph too', ({ Games }) => { prop(Games, 'JudgeRole').AssumeRolePolicyDocument.Statement.push({ Effect: 'Allow', Principal: { Service: ['appsync.amazonaws.com'] }, Action: 'sts:AssumeRole' }); }),
    fault('G38', 'the graph may do everything with every table', ({ Games }) => { rights(Games, 'ScoresRole').push(allow('dynamodb:*', '*')); }),
    fault('G41', 'a bad score blocks the shard for a day', ({ Games }) => {
      Object.assign(prop(Games, 'RankFrom'), { MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1, BisectBatchOnFunctionError: 'false' });
      delete prop(Games, 'RankFrom').DestinationConfig;
    }),
    fault('G42', 'one bad score brings all scores of the batch back', ({ Games }) => { prop(Games, 'RankFrom').FunctionResponseTypes = NONE; }),
    fault('G46', 'the ranking writes into the table that calls it', ({ Games }) => {
      add(Games, 'RankMore', 'AWS::IAM::Policy', { PolicyName: 'more', Roles: [ref('RankRole')], PolicyDocument: document(allow('dynamodb:Update*', { 'Fn::Select': [0, { 'Fn::Split': ['/stream/', att('Scores', 'StreamArn')] }] })) });
    }),
    fault('G51', 'a schedule that keeps no failures', ({ Games }) => { delete prop(Games, 'SeasonEnd').Target.DeadLetterConfig; }),
    fault('G51', 'a schedule with the retries of the service, 185', ({ Games }) => { prop(Games, 'SeasonEnd').Target.RetryPolicy = NONE; }),
    fault('G51', 'a schedule may call every function', ({ Games }) => { rights(Games, 'SeasonRole')[0] = allow(['lambda:InvokeFunction'], [arn('lambda', 'function:*')]); }),
    fault('G54', 'a layer of another account', ({ Games }) => { prop(Games, 'Judge').Layers = [join('arn:aws:lambda:', ref('AWS::Region'), ':', '998877665544', ':layer:rules:4')]; }),
    fault('G58', 'the name of the game is put into the query as it came', ({ Games }) => {
      prop(Games, 'Top').RequestMappingTemplate = '{"version":"2018-05-29","operation":"Query","query":{"expression":"game = :g","expressionValues":{":g":{"S":"$ctx.args.game"}}}}';
    }),
    fault('G59', 'the events leave by plain HTTP', ({ Games }) => { prop(Games, 'EventsSource').HttpConfig = { Endpoint: sub('${Scheme}://hooks.games.example.org', { Scheme: 'http' }) }; }),
    fault('G62', 'the common rules count by overrides, the rest by itself', ({ Games }) => {
      const [core, known, rate] = prop(Games, 'Acl').Rules;
      for (const rule of [core, known]) rule.OverrideAction = { Count: {} };
      rate.Action = { Count: { CustomRequestHandling: { InsertHeaders: [{ Name: 'seen', Value: 'rate' }] } } };
    }),
    fault('G63', 'nobody is slowed down', ({ Games }) => { prop(Games, 'Acl').Rules.pop(); }),
    fault('G63', 'neither common attacks nor known bad inputs are looked for', ({ Games }) => { prop(Games, 'Acl').Rules.splice(0, 2); }),
    fault('G70', 'the log of the graph holds headers and arguments', ({ Games }) => { Object.assign(prop(Games, 'Graph').LogConfig, { FieldLogLevel: 'ALL', ExcludeVerboseContent: 'false' }); }),
    fault('G86', 'the schema tells itself to everybody', ({ Games }) => { delete prop(Games, 'Graph').IntrospectionConfig; }),
    fault('G86', 'queries of any depth', ({ Games }) => { prop(Games, 'Graph').QueryDepthLimit = '0'; }),
    fault('G86', 'any number of resolvers for one query', ({ Games }) => { prop(Games, 'Graph').ResolverCountLimit = NONE; }),
    breach('appsync.api-key', 'a key opens the graph beside the players', ({ Games }) => { prop(Games, 'Graph').AdditionalAuthenticationProviders.push({ AuthenticationType: 'API_KEY' }); }),
    breach('appsync.cache-transit', 'the cache of the graph is not encrypted on its way', ({ Games }) => { delete prop(Games, 'Cache').TransitEncryptionEnabled; }),
    breach('appsync.waf', 'no web ACL before the graph', ({ Games }) => { delete Games.Resources.AclOfGraph; }),
  ],
  variants: [
    safe('a deep query within bounds', ({ Games }) => { prop(Games, 'Graph').QueryDepthLimit = '12'; }),
    safe('the ranking reads the scores again', ({ Games }) => { rights(Games, 'RankRole').push(allow(['dynamodb:GetItem', 'dynamodb:Query'], att('Scores'))); env(Games, 'Rank').SCORES = ref('Scores'); }),
    safe('a layer of this account', ({ Games }) => { prop(Games, 'Judge').Layers = [sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:layer:rules:4')]; }),
    safe('the key of the cache holds the arguments one by one', ({ Games }) => { prop(Games, 'Mine').CachingConfig.CachingKeys = ['$context.arguments.game', '$context.identity.sub']; }),
    safe('a resolver in the short form of the template language', ({ Games }) => {
      prop(Games, 'Top').RequestMappingTemplate = '#set($g = $util.dynamodb.toDynamoDB($context.arguments.game)) {"version":"2018-05-29","operation":"Query","limit":50,"query":{"expression":"game = :g","expressionValues":{":g":$util.toJson($g)}}}';
    }),
  ],
};
