import { ACCOUNT, alarm, allow, app, att, deadLetters, document, firewall, Json, join, key, logs, NONE, people, ref, risk, sub, table, trusts, via, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, fault, prop, remove, safe, statements, trust } from '../support';

const CMK = att('MenuKey');
const BELL = sub('arn:aws:sns:${AWS::Region}:${AWS::AccountId}:menus-prod-alerts');
const SLS: Json = { '': 'LambdaFunction', 'Role': 'IamRoleLambdaExecution', 'Policy': 'LambdaPolicy', 'Logs': 'LogGroup', 'Errors': 'ErrorsAlarm', 'Throttles': 'ThrottlesAlarm' };
const at = (name: string, part = ''): string => `${name}${SLS[part]}`;
const fn = (name: string, can: Json[], environment: Json, more: Json = {}): Json => worker(name, { id: (part) => at(name, part), cmk: CMK, alarms: BELL, policy: 'inline', env: { STAGE: 'prod', ...environment }, can, more: { FunctionName: `menus-prod-${name.toLowerCase()}`, Tags: [{ Key: 'STAGE', Value: 'prod' }], ...more } });
const source = (name: string, can: Json[], more: Json): Json => ({
  [`GraphQlDs${name}Role`]: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('appsync.amazonaws.com'), Policies: [{ PolicyName: `GraphQl-Ds-${name}-Policy`, PolicyDocument: document(...can) }] } },
  [`GraphQlDs${name}`]: { Type: 'AWS::AppSync::DataSource', Properties: { ApiId: att('GraphQlApi', 'ApiId'), Name: name, ServiceRoleArn: att(`GraphQlDs${name}Role`), ...more } },
});
const resolver = (TypeName: string, FieldName: string, name: string, more: Json = {}): Json => ({
  [`GraphQlResolver${TypeName}${FieldName}`]: { Type: 'AWS::AppSync::Resolver', DependsOn: ['GraphQlSchema'], Properties: { ApiId: att('GraphQlApi', 'ApiId'), TypeName, FieldName, Kind: 'UNIT', DataSourceName: att(`GraphQlDs${name}`, 'Name'), MaxBatchSize: 0, ...more } },
});
const JS = { Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } };
const SCHEMA = [
  'type Menu @aws_cognito_user_pools { id: ID! title: String! dishes: [String!] }',
  'type Query { menu(id: ID!): Menu @aws_cognito_user_pools report(day: String!): String @aws_iam }',
  'type Mutation { saveMenu(id: ID!, title: String!): Menu @aws_cognito_user_pools(cognito_groups: ["Chefs"]) }',
  'schema { query: Query mutation: Mutation }',
].join('\n');

const TEMPLATE: Json = {
  Description: 'The AWS CloudFormation template for this Serverless application',
  Parameters: { Depth: { Type: 'Number', Default: 5 }, Peek: { Type: 'String', Default: 'DISABLED' }, Modes: { Type: 'CommaDelimitedList', Default: 'AWS_IAM,AMAZON_COGNITO_USER_POOLS' }, Canary: { Type: 'String', Default: 'no' } },
  Conditions: { IsCanary: { 'Fn::Equals': [ref('Canary'), 'yes'] }, NotCanary: { 'Fn::Not': [{ Condition: 'IsCanary' }] } },
  Resources: {
    MenuKey: key('events.amazonaws.com'),
    Chefs: people(),
    ChefsRisk: risk(ref('Chefs')),
    ChefsWeb: app(ref('Chefs')),
    GraphQlApi: {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: {
        Name: 'menus-prod',
        AuthenticationType: { 'Fn::Select': [1, ref('Modes')] },
        UserPoolConfig: { AwsRegion: ref('AWS::Region'), UserPoolId: ref('Chefs'), DefaultAction: 'ALLOW', AppIdClientRegex: ref('ChefsWeb') },
        AdditionalAuthenticationProviders: [{ AuthenticationType: { 'Fn::Select': [0, ref('Modes')] } }],
        XrayEnabled: true,
        IntrospectionConfig: ref('Peek'),
        QueryDepthLimit: ref('Depth'),
        ResolverCountLimit: 100,
        EnvironmentVariables: { REGION: ref('AWS::Region') },
        LogConfig: { CloudWatchLogsRoleArn: att('GraphQlApiLogRole'), FieldLogLevel: 'ERROR', ExcludeVerboseContent: true },
        Tags: [{ Key: 'STAGE', Value: 'prod' }],
      },
    },
    GraphQlSchema: { Type: 'AWS::AppSync::GraphQLSchema', Properties: { ApiId: att('GraphQlApi', 'ApiId'), Definition: SCHEMA } },
    GraphQlApiLogGroup: logs(CMK, { LogGroupName: sub('/aws/appsync/apis/${GraphQlApi.ApiId}') }),
    GraphQlApiLogRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('appsync.amazonaws.com'), Policies: [{ PolicyName: 'logs', PolicyDocument: document(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/appsync/apis/*'))) }] } },
    GraphQlFailing: alarm('AWS/AppSync', '5XXError', { GraphQLAPIId: att('GraphQlApi', 'ApiId') }, BELL),
    WafLogs: logs(CMK, { LogGroupName: 'aws-waf-logs-menus' }),
    ...firewall('GraphQlWaf', att('WafLogs')),
    WafBlocked: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'menus', Rule: 'ALL' }, BELL),
    GraphQlWafAssoc: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: att('GraphQlApi'), WebACLArn: att('GraphQlWaf') } },
    Menus: table(CMK, { GlobalSecondaryIndexes: [{ IndexName: 'day', KeySchema: [{ AttributeName: 'day', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }], AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }, { AttributeName: 'day', AttributeType: 'S' }] }),
    ...source('Menus', [allow(['dynamodb:GetItem', 'dynamodb:Query'], [att('Menus'), join(att('Menus'), '/index/day')]), allow('dynamodb:PutItem', att('Menus')), allow('kms:Decrypt', CMK, via('dynamodb'))], { Type: 'AMAZON_DYNAMODB', DynamoDBConfig: { TableName: ref('Menus'), AwsRegion: ref('AWS::Region') } }),
    ...source('Report', [allow('lambda:InvokeFunction', att(at('Report')))], { Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: att(at('Report')) } }),
    ...source('Bus', [allow('events:PutEvents', att('Kitchen'))], { Type: 'AMAZON_EVENTBRIDGE', EventBridgeConfig: { EventBusArn: att('Kitchen') } }),
    ...source('Prices', [allow('execute-api:Invoke', sub('arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:pr1c3s/live/GET/prices'))], { Type: 'HTTP', HttpConfig: { Endpoint: 'https://prices.kitchen.internal', AuthorizationConfig: { AuthorizationType: 'AWS_IAM', AwsIamConfig: { SigningRegion: ref('AWS::Region'), SigningServiceName: 'execute-api' } } } }),
    ...resolver('Query', 'menu', 'Menus', { ...JS, Code: 'import { util } from "@aws-appsync/utils"; export const request = (ctx) => ({ operation: "GetItem", key: util.dynamodb.toMapValues({ pk: ctx.args.id }) }); export const response = (ctx) => ctx.result;' }),
    ...resolver('Query', 'report', 'Report'),
    ...resolver('Mutation', 'saveMenu', 'Menus', { RequestMappingTemplate: '{"version":"2018-05-29","operation":"PutItem","key":{"pk":$util.dynamodb.toDynamoDBJson($ctx.args.id)},"attributeValues":{"title":$util.dynamodb.toDynamoDBJson($ctx.args.title)}}', ResponseMappingTemplate: '$util.toJson($ctx.result)' }),
    ...fn('Report', [allow('dynamodb:Query', [join(att('Menus'), '/index/day')])], { MENUS: ref('Menus') }, { Timeout: 15 }),
    Kitchen: { Type: 'AWS::Events::EventBus', Properties: { Name: 'kitchen-prod', KmsKeyIdentifier: CMK, DeadLetterConfig: { Arn: att('Lost') }, Policy: document({ Sid: 'own', Effect: 'Allow', Principal: { AWS: sub('arn:aws:iam::${AWS::AccountId}:root') }, Action: 'events:PutEvents', Resource: sub('arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/kitchen-prod'), Condition: { StringEquals: { 'events:source': ['menus.api'] } } }), Tags: [{ Key: 'STAGE', Value: 'prod' }] } },
    KitchenArchive: { Type: 'AWS::Events::Archive', Properties: { ArchiveName: 'kitchen-prod', SourceArn: att('Kitchen'), RetentionDays: 30, KmsKeyIdentifier: CMK, EventPattern: { source: ['menus.api'] } } },
    PrintEventsRule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: ref('Kitchen'), EventPattern: { 'source': ['menus.api'], 'detail-type': ['Saved'] }, State: 'ENABLED', Targets: [{ Id: 'print', Arn: att(at('Print')), DeadLetterConfig: { Arn: att('Lost') }, RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 600 } }] } },
    PrintPermissionEvents: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: att(at('Print')), Principal: 'events.amazonaws.com', SourceArn: att('PrintEventsRule') } },
    ...fn('Print', [allow('sqs:SendMessage', att('Lost')), allow('kms:GenerateDataKey', CMK, via('sqs')), allow('secretsmanager:GetSecretValue', ref('Printer'))], { PRINTER_SECRET_ARN: ref('Printer') }, { DeadLetterConfig: { TargetArn: att('Lost') } }),
    PrintLambdaEvConf: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: ref(at('Print')), Qualifier: '$LATEST', MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 3600, DestinationConfig: { OnFailure: { Destination: att('Lost') } } } },
    Printer: { Type: 'AWS::SecretsManager::Secret', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { KmsKeyId: CMK, GenerateSecretString: { SecretStringTemplate: '{"username":"printer"}', GenerateStringKey: 'password', PasswordLength: 40 }, Tags: [{ Key: 'STAGE', Value: 'prod' }] } },
    PrinterTurns: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: ref('Printer'), RotationLambdaARN: sub('arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:turn-printer'), RotationRules: { ScheduleExpression: 'rate(20 days)' } } },
    PrinterPolicy: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: ref('Printer'), BlockPublicPolicy: true, ResourcePolicy: document({ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } } }) } },
    ...deadLetters('Lost', CMK, BELL, [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Lost'), Condition: { ArnLike: { 'aws:SourceArn': [att('PrintEventsRule'), att('Kitchen')] } } }]),
  },
  Outputs: { GraphQlApiUrl: { Value: att('GraphQlApi', 'GraphQLUrl') } },
};

const THEM = '141516171819';
const api = (template: Json): Json => prop(template, 'GraphQlApi');

/** A graph with two ways to sign in, and sources of four kinds. */
export const GRAPH: BlindSeed = {
  name: 'Menus as a graph, as the Serverless Framework and its plugin write it',
  style: 'yaml',
  stacks: { Menus: TEMPLATE },
  mutants: [
    fault('G86', 'everybody reads the schema, by a default', ({ Menus }) => { Menus.Parameters.Peek.Default = 'ENABLED'; }),
    fault('G86', 'a question is as deep as one likes, by a default', ({ Menus }) => { Menus.Parameters.Depth.Default = 0; }),
    fault('G86', 'a question asks as much as one likes', ({ Menus }) => { api(Menus).ResolverCountLimit = when('IsCanary', 20, NONE); }),
    fault('G70', 'arguments are in the log', ({ Menus }) => { api(Menus).LogConfig.ExcludeVerboseContent = when('NotCanary', 'false', 'true'); }),
    breach('appsync.logging', 'nothing is told of the graph', ({ Menus }) => { api(Menus).LogConfig = when('IsCanary', { CloudWatchLogsRoleArn: att('GraphQlApiLogRole'), FieldLogLevel: 'ERROR', ExcludeVerboseContent: true }, NONE); }),
    breach('appsync.field-logs', 'fields that fail are not told', ({ Menus }) => { api(Menus).LogConfig.FieldLogLevel = 'NONE'; }),
    breach('appsync.api-key', 'a key opens the graph, by the order of a list', ({ Menus }) => { Menus.Parameters.Modes.Default = 'AWS_IAM,API_KEY'; add(Menus, 'GraphQlApiKeyDefault', 'AWS::AppSync::ApiKey', { ApiId: att('GraphQlApi', 'ApiId'), Expires: 1893456000 }); }),
    breach('appsync.api-key', 'a key opens the graph beside the others', ({ Menus }) => { api(Menus).AdditionalAuthenticationProviders.push(when('IsCanary', NONE, { AuthenticationType: 'API_KEY' })); Menus.Resources.GraphQlSchema.Properties.Definition = SCHEMA.replace('report(day: String!): String @aws_iam', 'report(day: String!): String @aws_api_key'); }),
    breach('appsync.waf', 'the firewall guards nothing in production', ({ Menus }) => { Menus.Resources.GraphQlWafAssoc.Condition = 'IsCanary'; }),
    breach('appsync.xray', 'one sees no trace of the graph', ({ Menus }) => { api(Menus).XrayEnabled = when('IsCanary', true, NONE); }),
    breach('appsync.cache-rest', 'what is kept is in the clear', ({ Menus }) => { add(Menus, 'GraphQlCaching', 'AWS::AppSync::ApiCache', { ApiId: att('GraphQlApi', 'ApiId'), ApiCachingBehavior: 'PER_RESOLVER_CACHING', Ttl: 60, Type: 'SMALL', AtRestEncryptionEnabled: false, TransitEncryptionEnabled: true }); }),
    breach('appsync.cache-transit', 'what is kept is sent in the clear', ({ Menus }) => { add(Menus, 'GraphQlCaching', 'AWS::AppSync::ApiCache', { ApiId: att('GraphQlApi', 'ApiId'), ApiCachingBehavior: 'PER_RESOLVER_CACHING', Ttl: 60, Type: 'SMALL', AtRestEncryptionEnabled: 'true', TransitEncryptionEnabled: 'false' }); }),
    fault('G06', 'a token is a variable of the graph', ({ Menus }) => { api(Menus).EnvironmentVariables.PRICES_TOKEN = when('IsCanary', 't', 'pr-55aa66bb77cc88'); }),
    fault('G06', 'a secret of another sign-in is in the template', ({ Menus }) => { add(Menus, 'Corp', 'AWS::Cognito::UserPoolIdentityProvider', { UserPoolId: ref('Chefs'), ProviderName: 'Corp', ProviderType: 'OIDC', AttributeMapping: { email: 'email' }, ProviderDetails: { client_id: 'menus', client_secret: { 'Fn::Join': ['-', ['c0rp', '11223344556677889900']] }, oidc_issuer: 'https://login.corp.example.net', authorize_scopes: 'openid email', attributes_request_method: 'GET' } }); }),
    fault('G59', 'prices are asked in the clear', ({ Menus }) => { prop(Menus, 'GraphQlDsPrices').HttpConfig.Endpoint = when('IsCanary', 'https://prices.kitchen.internal', 'http://prices.kitchen.internal'); }),
    fault('G58', 'what one writes is a part of the question to the table', ({ Menus }) => { prop(Menus, 'GraphQlResolverMutationsaveMenu').RequestMappingTemplate = '{"version":"2018-05-29","operation":"PutItem","key":{"pk":{"S":"$ctx.args.id"}},"attributeValues":{"title":{"S":"${context.arguments.title}"}}}'; }),
    fault('G38', 'the source of menus does all with all tables', ({ Menus }) => { statements(Menus, 'GraphQlDsMenusRole')[0] = allow('dynamodb:*', sub('arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*')); }),
    breach('iam.wildcard-resource', 'the source of reports calls any function', ({ Menus }) => { statements(Menus, 'GraphQlDsReportRole')[0].Resource = { 'Fn::Join': [':', ['arn:aws:lambda', ref('AWS::Region'), ACCOUNT, 'function', '*']] }; }),
    fault('G32', 'the source reads all indexes, of which there is none', ({ Menus }) => { delete prop(Menus, 'Menus').GlobalSecondaryIndexes; statements(Menus, 'GraphQlDsMenusRole')[0].Resource = [att('Menus'), sub('${Menus.Arn}/index/*')]; statements(Menus, at('Report', 'Role'))[3].Resource = att('Menus'); }),
    fault('G29', 'graphs of other accounts take the role of the log', ({ Menus }) => { trust(Menus, 'GraphQlApiLogRole')[0].Condition = { 'ForAllValues:StringEquals': { 'aws:SourceAccount': ACCOUNT } }; }),
    fault('G35', 'the role of a source is one of functions too', ({ Menus }) => { trust(Menus, 'GraphQlDsBusRole')[0].Principal = { Service: ['appsync.amazonaws.com', 'lambda.amazonaws.com'] }; }),
    fault('G40', 'what could not be printed is forgotten', ({ Menus }) => { delete prop(Menus, at('Print')).DeadLetterConfig; prop(Menus, 'PrintLambdaEvConf').DestinationConfig = NONE; }),
    fault('G40', 'what could not be printed is kept for a version that nobody calls', ({ Menus }) => { delete prop(Menus, at('Print')).DeadLetterConfig; prop(Menus, 'PrintLambdaEvConf').Qualifier = '7'; }),
    fault('G04', 'the password of the printer is in the pattern of the secret', ({ Menus }) => { prop(Menus, 'Printer').GenerateSecretString = { SecretStringTemplate: sub('{"username":"printer","password":"${Word}"}', { Word: 'pr1nt-me-now' }), GenerateStringKey: 'salt' }; }),
    fault('G04', 'the secret is the default of a parameter', ({ Menus }) => { Menus.Parameters.PrinterWord = { Type: 'String', NoEcho: true, Default: 'pr1nt-me-now' }; const printer = prop(Menus, 'Printer'); delete printer.GenerateSecretString; printer.SecretString = ref('PrinterWord'); }),
    fault('G78', 'a stranger reads the secret', ({ Menus }) => { prop(Menus, 'PrinterPolicy').ResourcePolicy.Statement.push({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${THEM}:role/printer` }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }); }),
    fault('G78', 'a public policy of the secret is not held up', ({ Menus }) => { prop(Menus, 'PrinterPolicy').BlockPublicPolicy = when('IsCanary', true, 'false'); }),
    breach('sm.rotation', 'the secret turns once in a year and a half', ({ Menus }) => { prop(Menus, 'PrinterTurns').RotationRules = { ScheduleExpression: 'rate(540 days)' }; }),
    fault('G48', 'whatever comes over the bus is printed', ({ Menus }) => { prop(Menus, 'PrintEventsRule').EventPattern = { 'source': [{ prefix: '' }], 'detail-type': [{ exists: true }] }; }),
    fault('G49', 'everybody puts events, by the policy in the bus', ({ Menus }) => { prop(Menus, 'Kitchen').Policy.Statement[0].Principal = '*'; }),
    fault('G49', 'the archive is under no key and for ever', ({ Menus }) => { Object.assign(prop(Menus, 'KitchenArchive'), { KmsKeyIdentifier: NONE, RetentionDays: 0 }); }),
    fault('G47', 'a rule that is no more may call', ({ Menus }) => { prop(Menus, 'PrintPermissionEvents').SourceArn = sub('arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/kitchen-test/old'); }),
    fault('G62', 'the firewall changes each rule of the core to a count', ({ Menus }) => { for (const rule of prop(Menus, 'GraphQlWaf').Rules.slice(0, 2)) rule.OverrideAction = { Count: {} }; prop(Menus, 'GraphQlWaf').Rules[2].Action = when('NotCanary', { Count: {} }, { Block: {} }); }),
    fault('G64', 'what is too long is let go by', ({ Menus }) => { prop(Menus, 'GraphQlWaf').Rules.push({ Name: 'sql', Priority: 9, Action: { Block: {} }, Statement: { NotStatement: { Statement: { SqliMatchStatement: { FieldToMatch: { JsonBody: { MatchPattern: { All: {} }, MatchScope: 'VALUE', OversizeHandling: when('IsCanary', 'MATCH', 'CONTINUE') } }, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } } } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'sql' } }); }),
    fault('G80', 'who is signed in is sent to the example', ({ Menus }) => { prop(Menus, 'ChefsWeb').CallbackURLs = when('IsCanary', ['https://canary.kitchen.internal/in'], ['https://app.kitchen.internal/in', 'http://app.kitchen.internal/in']); }),
    fault('G84', 'a profile may be written as one likes', ({ Menus }) => { delete prop(Menus, 'ChefsWeb').WriteAttributes; prop(Menus, 'Chefs').Schema = [{ Name: 'role', AttributeDataType: 'String', Mutable: true }]; }),
    fault('G82', 'a token that is stolen is good until it is old', ({ Menus }) => { prop(Menus, 'ChefsWeb').EnableTokenRevocation = 'false'; }),
    fault('G85', 'who lost the password is helped by telephone', ({ Menus }) => { prop(Menus, 'Chefs').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: 1 }]; }),
    breach('cognito.mfa', 'a second factor is for those who like', ({ Menus }) => { prop(Menus, 'Chefs').MfaConfiguration = when('IsCanary', 'ON', 'OPTIONAL'); }),
    fault('G76', 'chefs go with the stack', ({ Menus }) => { Object.assign(Menus.Resources.Chefs, { DeletionPolicy: 'Delete' }); }),
    fault('G77', 'menus are under the key of the service', ({ Menus }) => { prop(Menus, 'Menus').SSESpecification = { SSEEnabled: 'false' }; }),
    fault('G73', 'reports are told in a group that comes by itself', ({ Menus }) => { prop(Menus, at('Report')).LoggingConfig = { LogFormat: 'JSON' }; delete Menus.Resources[at('Report', 'Logs')]; statements(Menus, at('Report', 'Role'))[0].Resource = sub('arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/menus-prod-report:*'); }),
    breach('risk.auth', 'whoever has a token of any client asks the graph, and reports need no role', ({ Menus }) => { api(Menus).AdditionalAuthenticationProviders = [{ AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'http://login.corp.example.net' } }]; }),
  ],
  variants: [
    safe('a key of which no canary knows', ({ Menus }) => { api(Menus).AdditionalAuthenticationProviders.push(when('IsCanary', { AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: att(at('Report')), AuthorizerResultTtlInSeconds: 0 } }, NONE)); }),
    safe('limits are texts', ({ Menus }) => { Menus.Parameters.Depth.Default = '7'; api(Menus).ResolverCountLimit = '50'; api(Menus).XrayEnabled = 'true'; api(Menus).LogConfig.ExcludeVerboseContent = 'true'; }),
    safe('the graph is seen by a network alone, and keeps its firewall', ({ Menus }) => { api(Menus).Visibility = 'PRIVATE'; }),
    safe('a token is fetched by its name', ({ Menus }) => { api(Menus).EnvironmentVariables.PRICES_TOKEN_PARAM = '/menus/prices/token'; }),
    safe('a secret of another sign-in is resolved', ({ Menus }) => { add(Menus, 'Corp', 'AWS::Cognito::UserPoolIdentityProvider', { UserPoolId: ref('Chefs'), ProviderName: 'Corp', ProviderType: 'OIDC', AttributeMapping: { email: 'email' }, ProviderDetails: { client_id: 'menus', client_secret: sub('{{resolve:secretsmanager:${Printer}:SecretString:oidc}}'), oidc_issuer: 'https://login.corp.example.net', authorize_scopes: 'openid email', attributes_request_method: 'POST' } }); }),
    safe('the secret is refused to all but the printer', ({ Menus }) => { prop(Menus, 'PrinterPolicy').ResourcePolicy.Statement.push({ Effect: 'Deny', NotPrincipal: { AWS: att(at('Print', 'Role')) }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }); }),
    safe('the printer is gone, with all that is his', ({ Menus }) => { remove(Menus, 'PrintEventsRule', 'PrintPermissionEvents', 'PrintLambdaEvConf', 'Printer', 'PrinterTurns', 'PrinterPolicy', ...Object.keys(SLS).filter((part) => part !== 'Policy').map((part) => at('Print', part))); statements(Menus, 'LostPolicy')[1].Condition.ArnLike['aws:SourceArn'] = att('Kitchen'); }),
    safe('one knocks with a number of a telephone, beside a mail that comes first', ({ Menus }) => { prop(Menus, 'Chefs').AccountRecoverySetting.RecoveryMechanisms = [{ Name: 'admin_only', Priority: 1 }]; }),
  ],
};
