import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { RULES } from '../../../src/policy/catalog';
import { judge } from '../../../src/policy/judge';
import { findings, findingsIn, judged, modelOf, Resources, RuleCase, shownBy } from '../support';

const OPEN = { Ref: 'SetAtDeployment' };
const SECTIONS = { Parameters: { SetAtDeployment: { Type: 'String' } } };
const THEM = '210987654321';
const US = '111122223333';
const one = (type: string, Properties: unknown = {}, more: Resources = {}): Resources => ({ X: { Type: `AWS::${type}`, Properties }, ...more });
const att = (id: string, name = 'Arn') => ({ 'Fn::GetAtt': [id, name] });
const queueOf = (account: string) => `arn:aws:sqs:eu-west-1:${account}:bills`;
const target = (...expected: string[]): string[] => expected.map((account) => `TargetForeignAccount[${account}] at X`);

const task = (Resource: unknown, more: object): Resources => one('StepFunctions::StateMachine', {
  RoleArn: `arn:aws:iam::${US}:role/flow`, Definition: { StartAt: 'Tell', States: { Tell: { Type: 'Task', Resource, End: true, ...more } } },
});
const http = (ApiEndpoint: unknown): Resources => task('arn:aws:states:::http:invoke', { Parameters: { ApiEndpoint, Method: 'GET' } });

const things = (more: object): Resources => one('IoT::TopicRule', { TopicRulePayload: { Sql: "SELECT * FROM 'stations/+/readings'", Actions: [], ErrorAction: { Sqs: { QueueUrl: OPEN } }, ...more } });
const repeats = (Topic: string, from = 'stations/+/readings'): object => ({ TopicRulePayload: { Sql: `SELECT * FROM '${from}'`, Actions: [{ Republish: { Topic } }] } });
const thing = (...Statement: object[]): Resources => one('IoT::Policy', { PolicyDocument: { Statement } });
const may = (Action: unknown, Resource: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const topic = (name: string) => ({ 'Fn::Sub': `arn:aws:iot:\${AWS::Region}:\${AWS::AccountId}:topic/${name}` });
const OWN_NAME = '${!iot:Connection.Thing.ThingName}';

const graph = (more: object): Resources => one('AppSync::GraphQLApi', { Name: 'shop', ...more });
const pool = (AppIdClientRegex?: unknown) => graph({ AuthenticationType: 'AMAZON_COGNITO_USER_POOLS', UserPoolConfig: { UserPoolId: 'p', AppIdClientRegex } });
const second = (more: object): Resources => graph({ AuthenticationType: 'AWS_IAM', AdditionalAuthenticationProviders: [more] });
const issuer = (more: object): Resources => second({ AuthenticationType: 'OPENID_CONNECT', OpenIDConnectConfig: { Issuer: 'https://login.example.com', ClientId: 'shop', ...more } });
const events = (...AuthProviders: object[]): Resources => one('AppSync::Api', { EventConfig: { AuthProviders } });
const asks = (IdentityValidationExpression?: unknown): Resources => second({ AuthenticationType: 'AWS_LAMBDA', LambdaAuthorizerConfig: { AuthorizerUri: 'arn', IdentityValidationExpression } });
const template = (RequestMappingTemplate: unknown): Resources => one('AppSync::Resolver', { TypeName: 'Query', FieldName: 'show', RequestMappingTemplate });

const trusting = (service: string, ...Statement: object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement } }],
  },
});
const source = (actions: unknown, TypeName: string, more: Resources = {}): Resources => one('AppSync::DataSource', {
  ApiId: 'a', Name: 'seats', Type: 'AMAZON_DYNAMODB', ServiceRoleArn: att('Role'),
}, {
  Role: trusting('appsync.amazonaws.com', may(actions, att('Seats'))),
  Seats: { Type: 'AWS::DynamoDB::Table', Properties: {} },
  Show: { Type: 'AWS::AppSync::Resolver', Properties: { TypeName, FieldName: 'show', DataSourceName: att('X', 'Name') } },
  ...more,
});
const calling = (id: string, more = id): Resources => one('AppSync::DataSource', {
  ApiId: 'a', Name: 'read', Type: 'AWS_LAMBDA', ServiceRoleArn: att('Role'), LambdaConfig: { LambdaFunctionArn: id === 'Live' ? { Ref: id } : att(id) },
}, {
  Role: trusting('appsync.amazonaws.com', may('lambda:InvokeFunction', [att('Read'), { Ref: 'Live' }, ...(more === 'Live' ? [] : [att(more)])])),
  Read: { Type: 'AWS::Lambda::Function', Properties: {} },
  Write: { Type: 'AWS::Lambda::Function', Properties: {} },
  Live: { Type: 'AWS::Lambda::Alias', Properties: { Name: 'live', FunctionName: { Ref: 'Read' } } },
  Show: { Type: 'AWS::AppSync::Resolver', Properties: { TypeName: 'Query', FieldName: 'show', DataSourceName: att('X', 'Name') } },
});

const QUEUE = { Type: 'AWS::SQS::Queue', Properties: {} };
const failing = (...rights: object[]): Resources => one('Lambda::Function', { Role: att('Role'), DeadLetterConfig: { TargetArn: att('Lost') } }, {
  Role: trusting('lambda.amazonaws.com', ...rights), Lost: QUEUE,
});
const rule = (...Statement: unknown[]): Resources => one('Events::Rule', { Targets: [{ Id: 't', Arn: 'arn', DeadLetterConfig: { Arn: att('Lost') } }] }, {
  Lost: QUEUE, Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Lost' }], PolicyDocument: { Statement } } },
});
const lets = (Service: unknown) => ({ Effect: 'Allow', Principal: { Service }, Action: 'sqs:SendMessage', Resource: '*' });
const LOST = ['FailureQueueRights[Shop/Lost] at X'];

const firehose = (more: object): Resources => one('KinesisFirehose::DeliveryStream', more);
const logged = (CloudWatchLoggingOptions?: unknown) => firehose({ ExtendedS3DestinationConfiguration: { CloudWatchLoggingOptions } });
const stream = (KeyId?: unknown) => one('Kinesis::Stream', { StreamEncryption: { EncryptionType: 'KMS', KeyId } });
const images = (ImageTagMutability: unknown, ScanOnPush: unknown, more: Resources = {}): Resources => one('ECR::Repository', { ImageTagMutability, ImageScanningConfiguration: { ScanOnPush } }, more);
const front = (AllowedMethods: unknown, origin: object = { DomainName: att('B', 'RegionalDomainName'), S3OriginConfig: {} }): Resources => one('CloudFront::Distribution', {
  DistributionConfig: { DefaultCacheBehavior: { TargetOriginId: 'o', AllowedMethods }, Origins: [{ Id: 'o', ...origin }] },
}, { B: { Type: 'AWS::S3::Bucket', Properties: {} } });

const CASES: readonly RuleCase[] = [
  ['TargetForeignAccount', 'a pipe', one('Pipes::Pipe', { Target: queueOf(THEM) }), target(THEM)],
  ['TargetForeignAccount', 'a schedule', one('Scheduler::Schedule', { Target: { Arn: `arn:aws:lambda:eu-west-1:${THEM}:function:f` } }), target(THEM)],
  ['TargetForeignAccount', 'a rule', one('Events::Rule', { Targets: [{ Id: 'a', Arn: { 'Fn::Sub': `arn:aws:events:\${AWS::Region}:${THEM}:event-bus/default` } }] }), target(THEM)],
  ['TargetForeignAccount', 'a task, by the name of its function', task('arn:aws:states:::lambda:invoke', { Parameters: { FunctionName: `arn:aws:lambda:eu-west-1:${THEM}:function:f` } }), target(THEM)],
  ['TargetForeignAccount', 'a task, by its resource', task(`arn:aws:lambda:eu-west-1:${THEM}:function:f`, {}), target(THEM)],
  ['TargetForeignAccount', 'a task, by the address of a queue', task('arn:aws:states:::sqs:sendMessage', { Arguments: { QueueUrl: `https://sqs.eu-west-1.amazonaws.com/${THEM}/q` } }), target(THEM)],
  ['TargetForeignAccount', 'what a bucket tells', one('S3::Bucket', { NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: queueOf(THEM) }] } }), target(THEM)],
  ['TargetForeignAccount', 'a list of objects', one('S3::Bucket', { InventoryConfigurations: [{ Destination: { BucketArn: 'arn:aws:s3:::lists', BucketAccountId: THEM } }] }), target(THEM)],
  ['TargetForeignAccount', 'what failed', one('Lambda::EventInvokeConfig', { DestinationConfig: { OnFailure: { Destination: queueOf(THEM) } } }), target(THEM)],
  ['TargetForeignAccount', 'a message of things', things({ Actions: [{ Lambda: { FunctionArn: `arn:aws:lambda:eu-west-1:${THEM}:function:f` } }] }), target(THEM)],
  ['TargetForeignAccount', 'a resource of the app', one('Pipes::Pipe', { Target: att('Q') }, { Q: QUEUE }), []],
  ['TargetForeignAccount', 'the account of the app', one('Pipes::Pipe', { Target: { 'Fn::Sub': 'arn:aws:sqs:eu-west-1:${AWS::AccountId}:q' } }), []],
  ['TargetForeignAccount', 'a number that is no account', task('arn:aws:states:::lambda:invoke', { Parameters: { FunctionName: 'f', Payload: { order: THEM } } }), []],
  ['TargetForeignAccount', 'set at deployment', one('Pipes::Pipe', { Target: OPEN }), []],

  ['OutboundPlainText', 'a data source', one('AppSync::DataSource', { HttpConfig: { Endpoint: { 'Fn::Sub': 'http://films.${AWS::Region}.example.com' } } }), ['OutboundPlainText at X']],
  ['OutboundPlainText', 'an action of things', things({ Actions: [{ Http: { Url: 'http://example.com' } }] }), ['OutboundPlainText at X']],
  ['OutboundPlainText', 'a task', http('http://example.com/a'), ['OutboundPlainText[Tell] at X']],
  ['OutboundPlainText', 'by TLS', http('https://example.com/a'), []],
  ['OutboundPlainText', 'another task that holds an address', task('arn:aws:states:::lambda:invoke', { Parameters: { ApiEndpoint: 'http://example.com' } }), []],
  ['OutboundPlainText', 'set at deployment', http(OPEN), ['OutboundPlainText[undecided Tell] at X']],

  ['ThingAuthorizerSigning', 'tokens are signed', one('IoT::Authorizer', { TokenKeyName: 'token' }), []],
  ['ThingAuthorizerSigning', 'and nobody says otherwise', one('IoT::Authorizer', { SigningDisabled: 'false' }), []],
  ['ThingAuthorizerSigning', 'nobody looks at them', one('IoT::Authorizer', { SigningDisabled: true }), ['ThingAuthorizerSigning at X']],
  ['ThingAuthorizerSigning', 'set at deployment', one('IoT::Authorizer', { SigningDisabled: OPEN }), ['ThingAuthorizerSigning[undecided] at X']],
  ['ThingPolicyBreadth', 'everything', thing(may('iot:*', '*')), ['ThingPolicyBreadth[Action::iot:*] at X']],
  ['ThingPolicyBreadth', 'everything but', thing({ Effect: 'Allow', NotAction: 'iot:Publish', Resource: '*' }), ['ThingPolicyBreadth[Action::NotAction] at X']],
  ['ThingPolicyBreadth', 'all topics', thing(may('iot:Publish', topic('*'))), ['ThingPolicyBreadth[Resource::arn:aws:iot:<AWS::Region>:<AWS::AccountId>:topic/*] at X']],
  ['ThingPolicyBreadth', 'whatever client', thing(may(['iot:Connect'], '*')), ['ThingPolicyBreadth[Resource::*] at X']],
  ['ThingPolicyBreadth', 'its own topics', thing(may('iot:Publish', topic(`stations/${OWN_NAME}/*`))), []],
  ['ThingPolicyBreadth', 'a thing that the certificate belongs to', thing(may('iot:Connect', '*', { Condition: { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } } })), []],
  ['ThingPolicyBreadth', 'a denial', thing({ Effect: 'Deny', Action: 'iot:*', Resource: '*' }), []],
  ['ThingPolicyBreadth', 'set at deployment', thing(may('iot:Publish', OPEN)), ['ThingPolicyBreadth[undecided] at X']],

  ['TopicRuleBreadth', 'all topics', things({ Sql: "SELECT * FROM '#'" }), ['TopicRuleBreadth at X']],
  ['TopicRuleBreadth', 'all topics of two levels', things({ Sql: 'select * from "+/+" where x > 1' }), ['TopicRuleBreadth at X']],
  ['TopicRuleBreadth', 'one kind', things({}), []],
  ['TopicRuleBreadth', 'set at deployment', things({ Sql: OPEN }), ['TopicRuleBreadth[undecided] at X']],

  ['TopicErrorAction', 'none', things({ ErrorAction: undefined }), ['TopicErrorAction at X']],
  ['TopicErrorAction', 'a queue', things({}), []],
  ['TopicErrorAction', 'set at deployment', things({ ErrorAction: OPEN }), ['TopicErrorAction[undecided] at X']],

  ['TopicRuleLoop', 'the same topic', one('IoT::TopicRule', repeats('stations/all/readings')), ['TopicRuleLoop at X']],
  ['TopicRuleLoop', 'a topic that is put together', one('IoT::TopicRule', repeats('stations/${topic(2)}/readings')), ['TopicRuleLoop at X']],
  ['TopicRuleLoop', 'another level', one('IoT::TopicRule', repeats('stations/all/readings/late')), []],
  ['TopicRuleLoop', 'another topic', one('IoT::TopicRule', repeats('maps/readings')), []],
  ['TopicRuleLoop', 'set at deployment', one('IoT::TopicRule', { TopicRulePayload: { Sql: OPEN, Actions: [{ Republish: { Topic: OPEN } }] } }), []],

  ['GraphqlTokenClients', 'any client of the pool', pool('.*'), ['GraphqlTokenClients[AppIdClientRegex] at X']],
  ['GraphqlTokenClients', 'any client of the pool, because nobody said otherwise', pool(), ['GraphqlTokenClients[AppIdClientRegex] at X']],
  ['GraphqlTokenClients', 'one client of the pool', pool({ Ref: 'Client' }), ['GraphqlTokenClients[undecided AppIdClientRegex] at X']],
  ['GraphqlTokenClients', 'two clients of the pool', pool('^(a1|b2)$'), []],
  ['GraphqlTokenClients', 'an issuer', issuer({}), []],
  ['GraphqlTokenClients', 'an issuer over plain HTTP, for any client', issuer({ Issuer: 'http://login.example.com', ClientId: undefined }), ['GraphqlTokenClients[ClientId] at X', 'GraphqlTokenClients[Issuer] at X']],
  ['GraphqlTokenClients', 'any client, for events', events({ AuthType: 'AMAZON_COGNITO_USER_POOLS', CognitoConfig: { UserPoolId: 'p' } }), ['GraphqlTokenClients[AppIdClientRegex] at X']],

  ['GraphqlTokenPattern', 'whatever is sent', asks(), ['GraphqlTokenPattern at X']],
  ['GraphqlTokenPattern', 'whatever is sent, said so', asks('^.*$'), ['GraphqlTokenPattern at X']],
  ['GraphqlTokenPattern', 'a form', asks('^Bearer [\\w.-]+$'), []],
  ['GraphqlTokenPattern', 'set at deployment', asks(OPEN), ['GraphqlTokenPattern[undecided] at X']],

  ['GraphqlTemplateInput', 'in an expression', template('{ "query": { "expression": "pk = :id and $ctx.args.filter" } }'), ['GraphqlTemplateInput at X']],
  ['GraphqlTemplateInput', 'in a path, by a variable', template('#set($id = $context.arguments.id)\n{ "resourcePath": "/films/$id" }'), ['GraphqlTemplateInput at X']],
  ['GraphqlTemplateInput', 'written as a value', template('{ "key": { "pk": $util.dynamodb.toDynamoDBJson($ctx.args.id) }, "limit": $ctx.args.limit }'), []],
  ['GraphqlTemplateInput', 'encoded in a path', template('{ "resourcePath": "/films/$util.urlEncode($ctx.args.id)" }'), []],
  ['GraphqlTemplateInput', 'set at deployment', template(OPEN), ['GraphqlTemplateInput[undecided] at X']],

  ['GraphqlSourceRights', 'a query that may write', source(['dynamodb:GetItem', 'dynamodb:PutItem'], 'Query'), ['GraphqlSourceRights[dynamodb:PutItem on Shop/Seats] at X']],
  ['GraphqlSourceRights', 'a query of a function', calling('Read'), []],
  ['GraphqlSourceRights', 'a query of a function by its alias', calling('Live'), []],
  ['GraphqlSourceRights', 'a query of a function that may call another one', calling('Read', 'Write'), ['GraphqlSourceRights[lambda:InvokeFunction on Shop/Write] at X']],
  ['GraphqlSourceRights', 'a query that may read', source('dynamodb:GetItem', 'Query'), []],
  ['GraphqlSourceRights', 'a mutation that may write', source('dynamodb:PutItem', 'Mutation'), []],
  ['GraphqlSourceRights', 'a step of a pipeline', source('dynamodb:PutItem', 'Query', { Step: { Type: 'AWS::AppSync::FunctionConfiguration', Properties: { DataSourceName: 'seats' } } }), []],
  ['GraphqlSourceRights', 'a role set at deployment', { ...source('dynamodb:PutItem', 'Query'), ...one('AppSync::DataSource', { Name: 'seats', ServiceRoleArn: OPEN }) }, []],

  ['FailureQueueRights', 'a function that may not send', failing(may('logs:PutLogEvents', '*')), LOST],
  ['FailureQueueRights', 'a function that may send', failing(may('sqs:SendMessage', att('Lost'))), []],
  ['FailureQueueRights', 'a function with rights set at deployment', { ...failing(), Role: { ...trusting('lambda.amazonaws.com'), Properties: { ...trusting('lambda.amazonaws.com').Properties, ManagedPolicyArns: [OPEN] } } }, ['FailureQueueRights[undecided Shop/Lost] at X']],
  ['FailureQueueRights', 'a rule whose queue takes nothing from it', rule(lets('sns.amazonaws.com')), LOST],
  ['FailureQueueRights', 'a rule whose queue takes what it brings', rule(lets('events.amazonaws.com')), []],
  ['FailureQueueRights', 'a rule whose queue has a policy set at deployment', rule(OPEN), ['FailureQueueRights[undecided Shop/Lost] at X']],
  ['FailureQueueRights', 'a subscription whose queue takes nothing from it', { ...rule(lets('events.amazonaws.com')), ...one('SNS::Subscription', { RedrivePolicy: { deadLetterTargetArn: att('Lost') } }) }, LOST],
  ['FailureQueueRights', 'a queue elsewhere', one('Events::Rule', { Targets: [{ Id: 't', Arn: 'arn', DeadLetterConfig: { Arn: queueOf(US) } }] }), []],

  ['DeliveryLogging', 'off', logged({ Enabled: false }), ['DeliveryLogging[ExtendedS3DestinationConfiguration] at X']],
  ['DeliveryLogging', 'nothing said', logged(), ['DeliveryLogging[ExtendedS3DestinationConfiguration] at X']],
  ['DeliveryLogging', 'on', logged({ Enabled: true }), []],
  ['DeliveryLogging', 'set at deployment', logged({ Enabled: OPEN }), ['DeliveryLogging[undecided ExtendedS3DestinationConfiguration] at X']],

  ['StreamCustomerKey', 'the key of Kinesis', stream('alias/aws/kinesis'), ['StreamCustomerKey at X']],
  ['StreamCustomerKey', 'a key', stream({ 'Fn::GetAtt': ['Key', 'Arn'] }), ['StreamCustomerKey[undecided] at X']],
  ['StreamCustomerKey', 'a key of the account', stream('alias/shop'), []],
  ['StreamCustomerKey', 'a key that AWS owns', firehose({ DeliveryStreamEncryptionConfigurationInput: { KeyType: 'AWS_OWNED_CMK' } }), ['StreamCustomerKey at X']],
  ['StreamCustomerKey', 'a key of the account, for Firehose', firehose({ DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: 'arn' } }), []],

  ['ImageRepositoryChecks', 'tags that move, and no look at images', images('MUTABLE', false), ['ImageRepositoryChecks[Scan] at X', 'ImageRepositoryChecks[Tags] at X']],
  ['ImageRepositoryChecks', 'nothing said', one('ECR::Repository'), ['ImageRepositoryChecks[Scan] at X', 'ImageRepositoryChecks[Tags] at X']],
  ['ImageRepositoryChecks', 'both', images('IMMUTABLE', true), []],
  ['ImageRepositoryChecks', 'the registry looks', images('IMMUTABLE', false, { R: { Type: 'AWS::ECR::RegistryScanningConfiguration', Properties: { ScanType: 'ENHANCED', Rules: [{ ScanFrequency: 'CONTINUOUS_SCAN' }] } } }), []],
  ['ImageRepositoryChecks', 'set at deployment', images(OPEN, true), ['ImageRepositoryChecks[undecided Tags] at X']],

  ['OriginBucketMethods', 'writing', front(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']), ['OriginBucketMethods[default] at X']],
  ['OriginBucketMethods', 'reading', front(['GET', 'HEAD']), []],
  ['OriginBucketMethods', 'writing to an API', front(['GET', 'PUT'], { DomainName: 'api.example.com', CustomOriginConfig: { OriginProtocolPolicy: 'https-only' } }), []],
  ['OriginBucketMethods', 'set at deployment', front([OPEN]), ['OriginBucketMethods[undecided default] at X']],
];

/** What only the deployment knows is no account, no topic and no right: these rules ask nothing. */
const WITHOUT_QUESTION = ['GraphqlSourceRights', 'TargetForeignAccount', 'TopicRuleLoop'];

describe('The rules for what leaves the app, things, graphs, and failures', () => {
  test.each(CASES)('%s: %s', (rule_, _name, resources, expected) => {
    expect(findings(rule_, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test.each([...new Set(CASES.map(([id]) => id))])('%s has a compliant, a violating, an open and a case that does not concern it', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: !WITHOUT_QUESTION.includes(id) });
    expect(judged(id, { Other: { Type: 'AWS::Events::ApiDestination', Properties: {} } })).toBe(0);
  });

  test('TargetForeignAccount takes no offence at accounts that the app trusts', () => {
    const options = { trustedAccounts: [THEM], minimumLayers: 3, mostSecretReaders: 3, allowedRuntimeHooks: [] };
    const { findings: found } = judge(modelOf(one('Pipes::Pipe', { Target: queueOf(THEM) })), () => SecurityProfile.production(), RULES, options);
    expect(found.filter(({ rule: { id } }) => id === 'TargetForeignAccount')).toStrictEqual([]);
  });

  test('TopicRuleLoop follows two rules around', () => {
    const rules = { A: { Type: 'AWS::IoT::TopicRule', Properties: repeats('maps/x', 'stations/#') }, B: { Type: 'AWS::IoT::TopicRule', Properties: repeats('stations/x', 'maps/+') } };
    expect(findings('TopicRuleLoop', rules)).toEqual(['TopicRuleLoop at A', 'TopicRuleLoop at B']);
  });
});

describe('What a function logs', () => {
  const app = (FilterPattern: string, group: unknown, logging?: unknown) => modelOf({
    F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'track', Role: 'arn', LoggingConfig: logging } },
    G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: group } },
    Stream: { Type: 'AWS::Kinesis::Stream', Properties: {} },
    Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'F' }, EventSourceArn: att('Stream') } },
    Sub: { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: { Ref: 'G' }, FilterPattern, DestinationArn: att('Stream') } },
  });

  test('starts it again when all of it goes to what it reads', () => {
    expect(findingsIn('TriggerLoop', app('', 'logs', { LogGroup: { Ref: 'G' } }))).toEqual(['TriggerLoop at F']);
    expect(findingsIn('TriggerLoop', app('', { 'Fn::Sub': '/aws/lambda/${F}' }))).toEqual(['TriggerLoop at F']);
  });

  test('may start it again when a pattern decides', () => {
    expect(findingsIn('EventFlowCircle', app('ERROR', 'logs', { LogGroup: { Ref: 'G' } }))).toEqual(['EventFlowCircle at F']);
  });

  test('starts nothing from the group of somebody else', () => {
    expect(findingsIn('TriggerLoop', app('', '/aws/lambda/other'))).toStrictEqual([]);
  });
});

describe('A connector of SAM', () => {
  const sam = (resources: Resources) => modelOf(resources, { Transform: 'AWS::Serverless-2016-10-31' });
  const table = { Type: 'AWS::Serverless::SimpleTable', Properties: {} };
  const reading = { Events: { Get: { Type: 'HttpApi', Properties: { Path: '/x', Method: 'GET' } } } };

  test('gives its source the rights that it names, no more', () => {
    const connected = (Permissions: string[]) => findingsIn('ReadRouteRights', sam({
      F: { Type: 'AWS::Serverless::Function', Properties: reading },
      T: table,
      C: { Type: 'AWS::Serverless::Connector', Properties: { Source: { Id: 'F' }, Destination: { Id: 'T' }, Permissions } },
    }));
    expect(connected(['Read', 'Write'])).toEqual(['ReadRouteRights[dynamodb:BatchWriteItem on Shop/T] at F']);
    expect(connected(['Read'])).toStrictEqual([]);
  });

  test('may stand below its source, whose role somebody else made', () => {
    expect(findingsIn('ReadRouteRights', sam({
      F: { Type: 'AWS::Serverless::Function', Properties: { ...reading, Role: att('Role') }, Connectors: { C: { Properties: { Destination: { Id: 'T' }, Permissions: ['Write'] } } } },
      Role: trusting('lambda.amazonaws.com'),
      T: table,
    }))).toEqual(['ReadRouteRights[dynamodb:BatchWriteItem on Shop/T] at F']);
  });

  test('gives nothing to what it does not know', () => {
    expect(sam({ C: { Type: 'AWS::Serverless::Connector', Properties: { Source: { Id: 'Nobody' }, Destination: { Id: 'T' }, Permissions: ['Write'] } }, T: table }).ofType('AWS::IAM::ManagedPolicy')).toStrictEqual([]);
  });
});
