import { Duration, Fn, Stack } from 'aws-cdk-lib';
import { Match as MatchTemplate } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ScheduleExpression as AlarmSchedule } from 'aws-cdk-lib/aws-cloudwatch';
import { NumberAttribute, StringAttribute } from 'aws-cdk-lib/aws-cognito';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { EventPattern, Match } from 'aws-cdk-lib/aws-events';
import { AccountRootPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AlarmMuting } from '../../src/alarms/alarm-muting';
import { AlarmRecipient, SlackChannel, TeamsChannel } from '../../src/alarms/alarm-recipient';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { ApiAuth } from '../../src/api/access/api-auth';
import { ApiCors } from '../../src/api/access/api-cors';
import { ApiMutualTls } from '../../src/api/domains/api-domain';
import { SecureApi } from '../../src/api/secure-api';
import { SecureApiProps } from '../../src/api/secure-api-props';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { TokenField } from '../../src/data-protection/token-field';
import { TokenVault } from '../../src/data-protection/token-vault';
import { SecureTable } from '../../src/database/table/secure-table';
import { EdgeDistribution } from '../../src/edge/edge-distribution';
import { EdgeDomain } from '../../src/edge/edge-domain';
import { EdgeKind } from '../../src/edge/edge-kind';
import { EdgeWebAcl } from '../../src/edge/edge-web-acl';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { FunctionUrlAuth } from '../../src/http-api/function-url-auth';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { SecureFunctionUrl } from '../../src/http-api/secure-function-url';
import { SecureHttpApi } from '../../src/http-api/secure-http-api';
import { AppClientOptions } from '../../src/identity/app-client-options';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { SecureUserPoolProps } from '../../src/identity/secure-user-pool-props';
import { SignInDomain } from '../../src/identity/sign-in-domain';
import { PipeSource } from '../../src/integration/pipe/pipe-source';
import { PipeTarget } from '../../src/integration/pipe/pipe-target';
import { SecurePipe } from '../../src/integration/pipe/secure-pipe';
import { SecurePipeProps } from '../../src/integration/pipe/secure-pipe-props';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureNetwork } from '../../src/network/secure-network';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { ThirdPartyApi } from '../../src/third-party/third-party-api';
import { OAuthCredentialOptions, ThirdPartyCredential } from '../../src/third-party/third-party-credential';
import { TriggerLoop } from '../../src/triggers/trigger-loop';
import { SecureWebSocketApi } from '../../src/websocket-api/secure-web-socket-api';
import { WebSocketAuth } from '../../src/websocket-api/websocket-auth';
import { templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const ROTATION = SecretRotation.off('the partner issues it once a year, by mail');
const HOURLY = ScheduleExpression.rate(Duration.hours(1));
const HERE = { account: '111122223333', region: 'eu-west-1' };
const PATTERN = { source: ['shop.orders'] };
const x = (count: number): string => 'x'.repeat(count);

const fn = (stack: Stack): SecureFunction => aFunction(stack, 'It');
const bus = (stack: Stack): SecureEventBus => new SecureEventBus(stack, 'It');
const written = (stack: Stack, handler: string) => () => new SecureFunction(stack, 'It', { code: Code.fromInline('…'), runtime: Runtime.NODEJS_24_X, handler });
const bundled = (stack: Stack, handler: string) => () => new SecureNodejsFunction(stack, 'It', { entry: 'test/fixtures/fresh-app/handler.ts', handler });
const pipe = (stack: Stack, props: Partial<SecurePipeProps>): () => SecurePipe => {
  const ends = { source: PipeSource.queue(new SecureQueue(stack, 'From')), target: PipeTarget.queue(new SecureQueue(stack, 'To')) };
  return () => new SecurePipe(stack, 'It', { ...ends, ...props });
};

/** The paths of all constructs of the app, but that of the refused construct itself, which stands there as a name and no more. */
const paths = (stack: Stack): string[] => stack.node.root.node.findAll().map(({ node }) => node.path).filter((path) => path !== 'Shop/It');

/** What is made first, and then what AWS would refuse at deployment only: the words of the refusal, and nothing that is left of it. */
type Refused = readonly [what: string, given: (stack: Stack) => () => unknown, message: string, profile?: SecurityProfile];

function expectRefusals(cases: readonly Refused[]): void {
  test.each(cases.map(([what, given, message, profile]) => [what, given, message, profile] as const))('%s', (_, given, message, profile) => {
    const stack = testStack({ env: HERE, profile });
    const refused = given(stack);
    const before = paths(stack);
    expect(refused).toThrow(message);
    expect(paths(stack)).toEqual(before);
  });
}

describe('a description fails that is longer than the service takes, of', () => {
  const longer = (most: number, fix: string, code: string, place = 'Shop/It') => `'description' must have at most ${most} characters, got ${most + 1}; ${fix} [${code}, at '${place}']`;
  expectRefusals([
    ['a function', (stack) => () => aFunction(stack, 'It', { description: x(257) }), longer(256, 'shorten it', 'SecureFunction.Description')],
    ['a bus', (stack) => () => new SecureEventBus(stack, 'It', { description: x(513) }), longer(512, 'say it in fewer words', 'SecureEventBus.Description')],
    ['a rule that starts a function', (stack) => {
      const [given, to] = [new SecureEventBus(stack, 'Bus'), fn(stack)];
      return () => to.onEvent(given, PATTERN, { description: x(513) });
    }, longer(512, 'shorten it', 'EventTrigger.Description')],
    ['a rule for a bucket', (stack) => {
      const [given, to] = [new SecureBucket(stack, 'Bucket'), fn(stack)];
      return () => to.onBucket(given, { description: x(513) });
    }, longer(512, 'shorten it', 'EventTrigger.Description')],
    ['a schedule', (stack) => {
      const target = ScheduleTarget.function(aFunction(stack, 'Fn'));
      return () => new SecureSchedule(stack, 'It', { schedule: HOURLY, target, description: x(513) });
    }, longer(512, 'shorten it', 'SecureSchedule.Description')],
    ['a pipe', (stack) => pipe(stack, { description: x(513) }), longer(512, 'shorten it', 'SecurePipe.Description')],
    ['a key', (stack) => () => new SecureKey(stack, 'It', { description: x(8193) }), longer(8192, 'shorten it', 'SecureKey.Description')],
    ['a secret', (stack) => () => new SecureSecret(stack, 'It', { rotation: ROTATION, description: x(2049) }), longer(2048, 'shorten it', 'SecureSecret.Description')],
    ['an HTTP API', (stack) => () => new SecureHttpApi(stack, 'It', { auth: HttpApiAuth.iam(), description: x(1025) }), longer(1024, 'shorten it', 'SecureHttpApi.Description')],
    ['a WebSocket API', (stack) => {
      const connectHandler = aFunction(stack, 'Fn');
      return () => new SecureWebSocketApi(stack, 'It', { auth: WebSocketAuth.iam(), connectHandler, description: x(1025) });
    }, longer(1024, 'shorten it', 'SecureWebSocketApi.Description')],
  ]);
});

describe('a text fails that the service does not take, as', () => {
  const handler = (got: string) => `'handler' must be 1 to 128 characters without blanks, got ${JSON.stringify(got)}; write it as the runtime does, like 'index.handler' [SecureFunction.Handler, at 'Shop/It']`;
  expectRefusals([
    ['a handler that is empty', (stack) => written(stack, ''), handler('')],
    ['a handler with a blank', (stack) => written(stack, 'index handler'), handler('index handler')],
    ['a handler that is too long', (stack) => written(stack, x(129)), handler(x(129))],
    ['an export that is empty', (stack) => bundled(stack, ''), handler('')],
    ['an export with a blank', (stack) => bundled(stack, 'place order'), handler('place order')],
    ['a description of a pipe in two lines', (stack) => pipe(stack, { description: 'orders\nand refunds' }),
      "'description' must be one line, got \"orders\\nand refunds\"; leave the line breaks out [SecurePipe.Description, at 'Shop/It']"],
    ['an alias of a key that is empty', (stack) => () => new SecureKey(stack, 'It', { alias: 'alias/' }),
      "'alias' must have 1 to 250 letters, digits and : / _ - after 'alias/', and must not begin with 'aws/', got \"alias/\"; write it like 'alias/orders' [SecureKey.Alias, at 'Shop/It']"],
    ['an alias of a key that AWS keeps for itself', (stack) => () => new SecureKey(stack, 'It', { alias: 'aws/orders' }), "[SecureKey.Alias, at 'Shop/It']"],
    ['a parameter of a topic', (stack) => () => new SecureTopic(stack, 'It', { displayName: x(101) }), "[SecureTopic.DisplayName, at 'Shop/It']"],
  ]);
});

describe('an event pattern fails that EventBridge cannot read, with', () => {
  const values = (at: string, got: string) => `'${at}' must be a list of one value or more, or an object with such lists, got ${got}; write it like ['OrderPlaced'], or leave it out to match whatever stands there [EventPattern.Values, at 'Shop/It']`;
  const onEvent = (pattern: object) => (stack: Stack) => {
    const [given, to] = [new SecureEventBus(stack, 'Bus'), fn(stack)];
    return () => to.onEvent(given, { ...PATTERN, ...pattern });
  };
  expectRefusals([
    ['no types', onEvent({ detailType: [] }), values('pattern.detailType', '[]')],
    ['no values deep inside', onEvent({ detail: { order: { state: [] } } }), values('pattern.detail.order.state', '[]')],
    ['an empty object', onEvent({ detail: {} }), values('pattern.detail', '{}')],
    ['an object of nothing', onEvent({ detail: { order: { state: undefined } } }), values('pattern.detail.order', '{}')],
    ['a value outside of a list', onEvent({ detail: { state: 'paid' } }), values('pattern.detail.state', '"paid"')],
    ['null outside of a list', onEvent({ detail: { state: null } }), values('pattern.detail.state', 'null')],
    ['an alternative without values', onEvent({ detail: { $or: [{ state: ['paid'] }, { kind: [] }] } }), values('pattern.detail.$or.kind', '[]')],
    ['no alternatives', onEvent({ detail: { $or: [] } }), values('pattern.detail.$or', '[]')],
    ['no accounts, on its way to a queue', (stack) => {
      const [from, to] = [new SecureEventBus(stack, 'It'), new SecureQueue(stack, 'Queue')];
      return () => from.routeToQueue('Rule', { ...PATTERN, account: [] }, to);
    }, values('pattern.account', '[]')],
    ['no sources, for an archive of a bus', (stack) => () => new SecureEventBus(stack, 'It', { archive: { retention: Duration.days(7), pattern: { source: [] } } }), values('archive.pattern.source', '[]')],
    ['no fields, for an archive that is added', (stack) => {
      const from = new SecureEventBus(stack, 'It');
      return () => from.archive('Archive', { eventPattern: {} });
    }, values('eventPattern', '{}')],
    ['no values, in a filter of a queue', (stack) => {
      const [from, to] = [new SecureQueue(stack, 'Queue'), fn(stack)];
      return () => to.onQueue(from, { filters: [{ body: { kind: ['order'] } }, { body: { kind: [] } }] });
    }, "'filters[1].body.kind' must be a list of one value or more, or an object with such lists, got []; write it like ['OrderPlaced'], or leave it out to match whatever stands there [QueueTrigger.Filters, at 'Shop/It']"],
    ['more characters than a rule takes after its quota was raised', onEvent({ detail: { state: ['x'.repeat(4096)] } }),
      "'pattern' must have at most 4096 characters as JSON, got 4146; name fewer values, or a prefix in the place of many [EventPattern.Values, at 'Shop/It']"],
    ['more characters than a filter takes', (stack) => {
      const [from, to] = [new SecureQueue(stack, 'Queue'), fn(stack)];
      return () => to.onQueue(from, { filters: [{ body: ['x'.repeat(4083)] }, { body: ['x'.repeat(4084)] }] });
    }, "'filters[1]' must have at most 4096 characters as JSON, got 4097; name fewer values, or a prefix in the place of many [QueueTrigger.Filters, at 'Shop/It']"],
    ['no values, in a filter of a pipe', (stack) => pipe(stack, { source: PipeSource.queue(new SecureQueue(stack, 'Queue'), { filters: [{ body: { kind: [] } }] }) }),
      "'filters[0].body.kind' must be a list of one value or more, or an object with such lists, got []; write it like ['OrderPlaced'], or leave it out to match whatever stands there [SecurePipe.Filters, at 'Shop/It']"],
  ]);

  test.each<[string, Partial<EventPattern>]>([
    ['matchers', { detail: { state: Match.anyOf('paid', Match.prefix('re')), kind: Match.exists() } }],
    ['values that only deployment knows', { detail: { state: [{ Ref: 'State' }], owner: { Ref: 'Owner' } } }],
    ['values of any length that only deployment knows', { detail: { state: Array.from({ length: 300 }, () => Fn.ref('State')) } }],
    ['null as a value, and fields that are undefined', { detail: { state: [null] }, resources: undefined }],
    ['alternatives', { detail: { $or: [{ state: ['paid'] }, { kind: [{ exists: false }] }] } }],
  ])('while it may have %s', (_, pattern) => {
    const stack = testStack();
    expect(fn(stack).onEvent(new SecureEventBus(stack, 'Bus'), { ...PATTERN, ...pattern }).node.path).toContain('Shop/It/');
  });
});

describe('a statement in the policy of a resource fails without', () => {
  const table = (stack: Stack) => new SecureTable(stack, 'It', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const owners = {
    SecureBucket: (stack: Stack) => new SecureBucket(stack, 'It'),
    SecureEventBus: bus,
    SecureKey: (stack: Stack) => new SecureKey(stack, 'It'),
    SecureQueue: (stack: Stack) => new SecureQueue(stack, 'It'),
    SecureSecret: (stack: Stack) => new SecureSecret(stack, 'It', { rotation: ROTATION }),
    SecureTable: table,
    SecureTopic: (stack: Stack) => new SecureTopic(stack, 'It'),
  };
  const whole = { actions: ['events:PutEvents'], principals: [new AccountRootPrincipal()], resources: ['*'] };
  const without = (part: string, owner: string) => `'statement' must name ${part}, as each statement in the policy of a resource does; give it ${part} before it is added [${owner}.Statement, at 'Shop/It']`;
  expectRefusals(Object.entries(owners).flatMap(([owner, make]) => ['principals', 'actions', 'resources'].map((part): Refused => [
    `${part}: ${owner}`,
    (stack) => {
      const resource = make(stack);
      return () => resource.addToResourcePolicy(new PolicyStatement({ ...whole, [part]: undefined }));
    },
    without(part, owner),
  ])));
  expectRefusals([['principals: the stream of a SecureTable', (stack) => {
    const resource = table(stack);
    return () => resource.addToStreamResourcePolicy(new PolicyStatement({ ...whole, principals: [] }));
  }, without('principals', 'SecureTable')]]);
});

describe('what goes to a queue or bus fails with', () => {
  const group = (prop: string, got: string, fix: string, code: string) => `'${prop}' must have 1 to 100 letters, digits and signs, got ${JSON.stringify(got)}; ${fix} [${code}.MessageGroup, at 'Shop/It']`;
  const fifo = (stack: Stack) => new SecureQueue(stack, 'Fifo', { fifo: { contentBasedDeduplication: true } });
  const byRule = (messageGroupId: string) => (stack: Stack) => {
    const [from, to] = [bus(stack), fifo(stack)];
    return () => from.routeToQueue('Rule', PATTERN, to, { messageGroupId });
  };
  const path = "write a path into the event, like '$.eventID'";
  const long = (prop: string, most: number, code: string) => `'${prop}' must have ${code.startsWith('Pipe') ? `at most ${most}` : `1 to ${most}`} characters, got ${most + 1}; shorten it [${code.replace('Pipe', 'SecurePipe')}.EventSource, at 'Shop/It']`;
  expectRefusals([
    ['an empty message group', byRule(''), group('messageGroupId', '', "write it like 'orders'", 'SecureEventBus')],
    ['a long message group', byRule(x(101)), group('messageGroupId', x(101), "write it like 'orders'", 'SecureEventBus')],
    ['a message group of two words', byRule('new orders'), group('messageGroupId', 'new orders', "write it like 'orders'", 'SecureEventBus')],
    ['an empty message group of a pipe', (stack) => pipe(stack, { target: PipeTarget.queue(fifo(stack), { messageGroupId: '' }) }), group('messageGroupId', '', path, 'SecurePipe')],
    ['an empty deduplication id of a pipe', (stack) => pipe(stack, { target: PipeTarget.queue(fifo(stack), { messageGroupId: '$.eventID', messageDeduplicationId: '' }) }),
      group('messageDeduplicationId', '', path, 'SecurePipe')],
    ['a long source of a pipe', (stack) => pipe(stack, { target: PipeTarget.eventBus(new SecureEventBus(stack, 'Bus'), { source: x(257), detailType: 'OrderPlaced' }) }), long('source', 256, 'Pipe')],
    ['a long type of a pipe', (stack) => pipe(stack, { target: PipeTarget.eventBus(new SecureEventBus(stack, 'Bus'), { source: 'shop', detailType: x(129) }) }), long('detailType', 128, 'Pipe')],
    ['a long source of a schedule', (stack) => {
      const target = ScheduleTarget.eventBus(new SecureEventBus(stack, 'Bus'), x(257), 'MonthEnded');
      return () => new SecureSchedule(stack, 'It', { schedule: HOURLY, target });
    }, long('source', 256, 'ScheduleTarget')],
    ['a name of an archive with a blank', (stack) => {
      const from = bus(stack);
      return () => from.archive('Archive', { eventPattern: PATTERN, archiveName: 'all orders' });
    }, "'archiveName' must have 1 to 48 letters, digits, dots, hyphens and underscores, got \"all orders\"; leave it out to have a name made [SecureEventBus.ArchiveName, at 'Shop/It']"],
  ]);
});

describe('a call that is refused leaves nothing behind:', () => {
  const NEVER = ScheduleExpression.expression('cron(0 3 * * *)'); // five fields, of which the scheduler wants six
  const expression = (place: string) => `[SecureSchedule.Expression, at '${place}']`;
  expectRefusals([
    ['no failure queue for a schedule', (stack) => {
      const to = fn(stack);
      return () => to.onSchedule(NEVER);
    }, expression('Shop/It/OnSchedule')],
    ['no group of schedules where the key lies elsewhere', (stack) => {
      const target = ScheduleTarget.queue(new SecureQueue(stack, 'Queue'));
      const encryptionKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
      return () => new SecureSchedule(stack, 'It', { schedule: HOURLY, target, encryptionKey });
    }, "[DataKey.Region, at 'Shop/It']"],
    ['no subscription over plain HTTP', (stack) => {
      const topic = new SecureTopic(stack, 'It');
      return () => topic.addSubscription(new UrlSubscription('http://example.com/'));
    }, "[SecureTopic.PlainHttp, at 'Shop/It']"],
    ['no alias of a vault for whoever may be anybody', (stack) => {
      const vault = new TokenVault(stack, 'It', { fields: { card: TokenField.random() } });
      return () => vault.allowTokenize(new ServicePrincipal('sns.amazonaws.com'), { caller: 'news' });
    }, "[SecureFunction.SourceArn, at 'Shop/It/Tokenize']"],
    ['no connection where its function lacks what the profile asks for', (stack) => {
      const [from, partner] = [new SecureEventBus(stack, 'Bus'), new ThirdPartyApi(stack, 'It', {
        url: 'https://api.partner.example.com', purpose: 'ships the orders of the shop', credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: ROTATION }),
      })];
      return () => partner.routeEvents('Route', from, PATTERN);
    }, "[SecureFunction.NetworkRequired, at 'Shop/It/Refresh']", SecurityProfile.regulated()],
  ]);

  test('no waiver for a loop that was accepted', () => {
    const stack = testStack();
    const to = fn(stack);
    expect(() => to.onQueue(new SecureQueue(stack, 'Queue'), { batchSize: 0, loop: TriggerLoop.accepted('the queue is empty after the third round') })).toThrow('QueueTrigger.BatchSize');
    expect(waiversBelow(to).map(({ control }) => control)).not.toContain('SecureFunction.triggerLoop');
  });

  test('no look at a source that does not start the function', () => {
    const stack = testStack();
    const [to, source] = [fn(stack), new SecureQueue(stack, 'Queue')];
    expect(() => to.onQueue(source, { batchSize: 0 })).toThrow('QueueTrigger.BatchSize');
    source.allowSend(to);
    expect(to.node.validate()).toStrictEqual([]);
  });
});

describe('what CloudFront does not take as a path fails:', () => {
  const pattern = (got: string) => `'additionalBehaviors' must have paths of 1 to 255 letters, digits and _ - . * ? $ / ~ " ' @ : + &, and * alone is the default, got ${JSON.stringify(got)}; write it like '/api/*' [EdgeDistribution.PathPattern, at 'Shop/It`;
  const behavior = { kind: EdgeKind.site(), origin: new HttpOrigin('origin.example.com') };
  const edge = (path: string) => (stack: Stack) => () => new EdgeDistribution(stack, 'It', {
    ...behavior,
    domain: EdgeDomain.generated('an internal preview, seen by nobody else'),
    webAcl: EdgeWebAcl.fromArn('arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1'),
    additionalBehaviors: { [path]: behavior },
  });
  const REFUSED = ['', '*', ' ', '/größe/*', '/a b', '/a,b', '/a#b', '/{id}', '/%20', `/${x(255)}`];
  expectRefusals(REFUSED.map((path): Refused => [JSON.stringify(path).slice(0, 20), edge(path), pattern(path)]));

  test.each(['/*.jpg', 'images/*.jpg', '/a?b', `/${x(254)}`, "/_-.*$/~\"'@:+&"])('while it takes %s', (path) => {
    expect(edge(path)(testStack({ env: HERE }))()).toBeDefined();
  });
});

describe('what Cognito does not take fails:', () => {
  const pool = (props: SecureUserPoolProps) => (stack: Stack) => () => new SecureUserPool(stack, 'It', props);
  const one = { color: new StringAttribute() };
  const name = (got: string, prop = 'customAttributes') => `'${prop}' must have names of 1 to 20 characters without blanks, none of which a standard attribute has, got ${JSON.stringify(got)}; rename it [SecureUserPool.Attribute, at 'Shop/It']`;
  const range = (got: string) => `'customAttributes.color' must not end before it begins, got ${got}; exchange the two [SecureUserPool.Attribute, at 'Shop/It']`;
  const client = (options: AppClientOptions) => (stack: Stack) => {
    const users = new SecureUserPool(stack, 'It', { domain: SignInDomain.prefix('shop') });
    return () => users.addAppClient('Shop', options);
  };
  const urls = (prop: string) => `'${prop}' must be at most 100 addresses of at most 1024 characters`;
  const home = 'https://shop.example.com/';
  expectRefusals([
    ['an attribute without a name', pool({ customAttributes: { '': new StringAttribute() } }), name('')],
    ['an attribute with a long name', pool({ customAttributes: { [x(21)]: new StringAttribute() } }), name(x(21))],
    ['an attribute with a blank', pool({ authorizationAttributes: { 'the tenant': new StringAttribute() } }), name('the tenant', 'authorizationAttributes')],
    ['an attribute that each user has', pool({ customAttributes: { nickname: new StringAttribute() } }), name('nickname')],
    ['lengths that no text has', pool({ customAttributes: { color: new StringAttribute({ minLen: 5, maxLen: 2 }) } }), range('"5 to 2"')],
    ['values that no number has', pool({ customAttributes: { color: new NumberAttribute({ min: 5, max: 2 }) } }), range('"5 to 2"')],
    ['more than 50 attributes', pool({ customAttributes: Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`color${index}`, new StringAttribute()])), authorizationAttributes: { tenant: new StringAttribute() } }),
      "'customAttributes' must leave a pool with at most 50 attributes, standard ones included, got 51; keep the rest in a table [SecureUserPool.Attribute, at 'Shop/It']"],
    ['an empty name of a pool', pool({ userPoolName: '' }), "'userPoolName' must be 1 to 128 letters, digits, blanks and _ + = , . @ -, got \"\"; leave it out to have a name made [SecureUserPool.Name, at 'Shop/It']"],
    ['a name of a pool with a slash', pool({ userPoolName: 'shop/users' }), "[SecureUserPool.Name, at 'Shop/It']"],
    ['a site of passkeys that is an address', pool({ passkeyRelyingPartyId: home, customAttributes: one }),
      `'passkeyRelyingPartyId' must be a domain name in small letters of at most 63 characters, got ${JSON.stringify(home)}; write it like 'example.com' [SecureUserPool.Passkeys, at 'Shop/It']`],
    ['a site of passkeys that is empty', pool({ passkeyRelyingPartyId: '' }), "[SecureUserPool.Passkeys, at 'Shop/It']"],
    ['too many addresses', client({ callbackUrls: Array.from({ length: 101 }, (_, index) => `${home}${index}`) }), urls('callbackUrls')],
    ['a long address', client({ callbackUrls: [home], logoutUrls: [`${home}${x(1024)}`] }), urls('logoutUrls')],
    ['a scope that says nothing', (stack) => {
      const users = new SecureUserPool(stack, 'It');
      return () => users.addApi('Orders', { identifier: 'orders', scopes: { read: '' } });
    }, "'scopes.read' must have 1 to 256 characters, got 0; say in a sentence what the scope opens [SecureResourceServer.Scopes, at 'Shop/It/Orders']"],
    ['more than 100 scopes', (stack) => {
      const users = new SecureUserPool(stack, 'It');
      return () => users.addApi('Orders', { identifier: 'orders', scopes: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`read${index}`, 'See orders'])) });
    }, "'scopes' must be at most 100, got 101; make a second API [SecureResourceServer.Scopes, at 'Shop/It/Orders']"],
  ]);
});

describe('what AWS does not take of an API fails:', () => {
  const organization = (got: string) => `'organizationId' must be of the form 'o-…', with 10 to 32 small letters and digits, got ${JSON.stringify(got)}; read it with aws organizations describe-organization [SecureApi.Organization, at 'Shop/It']`;
  const api = (props: Partial<SecureApiProps>) => (stack: Stack) => () => new SecureApi(stack, 'It', { auth: ApiAuth.iam(), ...props });
  const mutual = (mutualTls: Partial<ApiMutualTls>) => (stack: Stack) => {
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555');
    const bucket = new SecureBucket(stack, 'Bucket');
    return () => new SecureApi(stack, 'It', { auth: ApiAuth.iam(), domain: { domainName: 'api.example.com', certificate, mutualTls: { bucket, key: 'roots.pem', version: '1', ...mutualTls } } });
  };
  const url = (cors: Partial<ApiCors>) => (stack: Stack) => {
    const handler = aFunction(stack, 'Fn', { reservedConcurrentExecutions: 5 });
    return () => new SecureFunctionUrl(stack, 'It', { handler, auth: FunctionUrlAuth.iam(), cors: { origins: ['https://shop.example.com'], ...cors } });
  };
  const many = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index));
  expectRefusals([
    ...['', 'o-', 'shop', 'o-ABCDEFGHIJ', `o-${x(33)}`].map((id): Refused => [`the organization '${id}'`, api({ organizationId: id }), organization(id)]),
    ['a truststore without a key', mutual({ key: '' }), "'domain.mutualTls.key' must have 1 to 1024 characters, got 0; name the file of certificate authorities in the bucket [ApiDomain.MutualTls, at 'Shop/It']"],
    ['a truststore with a long key', mutual({ key: x(1025) }), "[ApiDomain.MutualTls, at 'Shop/It']"],
    ['a truststore without a version', mutual({ version: '' }),
      "'domain.mutualTls.version' must have 1 to 1024 characters, got 0; name the version of the file, as `aws s3api head-object` tells it [ApiDomain.MutualTls, at 'Shop/It']"],
    ['a domain with a part that is too long', (stack) => {
      const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555');
      return () => new SecureApi(stack, 'It', { auth: ApiAuth.iam(), domain: { domainName: `${x(64)}.example.com`, certificate } });
    }, "'domain.domainName' must be a domain name in lower case"],
    ['more origins than a function URL takes', url({ origins: many(101, (index) => `https://shop${index}.example.com`) }),
      "'cors.origins' must be at most 100 for a function URL, got 101; let CloudFront or an API answer preflights [ApiCors.Origins, at 'Shop/It']"],
    ['an origin that is longer than a function URL takes', url({ origins: [`https://${'shop.'.repeat(50)}example.com`] }), "[ApiCors.Origins, at 'Shop/It']"],
    ['more headers than a function URL takes', url({ headers: many(101, (index) => `X-Shop-${index}`) }),
      "'cors.headers' must be at most 100 for a function URL, got 101; let CloudFront or an API answer preflights [ApiCors.Headers, at 'Shop/It']"],
  ]);

  test('while a function URL has no list of headers where none is named', () => {
    const stack = testStack({ env: HERE });
    url({ headers: [] })(stack)();
    templateOf(stack).hasResourceProperties('AWS::Lambda::Url', { Cors: MatchTemplate.objectLike({ AllowHeaders: MatchTemplate.absent() }) });
  });
});

describe('what chats do not know fails:', () => {
  const ID = '11111111-2222-3333-4444-555555555555';
  const channel = (recipient: AlarmRecipient) => (stack: Stack) => {
    StackAlarmTopic.of(stack);
    return () => StackAlarmTopic.notify(stack, recipient);
  };
  const slack = (given: Partial<SlackChannel>) => channel(AlarmRecipient.slack({ workspaceId: 'T012345678', channelId: 'C012345678', ...given }));
  const teams = (given: Partial<TeamsChannel>) => channel(AlarmRecipient.teams({ teamId: ID, tenantId: ID, channelId: '19%3aalarms%40thread.tacv2', ...given }));
  const must = (prop: string, what: string, got: string) => `'${prop}' must be ${what}, got ${JSON.stringify(got)}; `;
  expectRefusals([
    ['no workspace of Slack', slack({ workspaceId: '' }), must('workspaceId', '1 to 255 capital letters and digits', '')],
    ['a workspace in small letters', slack({ workspaceId: 't012345678' }), must('workspaceId', '1 to 255 capital letters and digits', 't012345678')],
    ['a channel of Slack by its name', slack({ channelId: '#alarms' }), must('channelId', '1 to 255 letters and digits', '#alarms')],
    ['a team by its name', teams({ teamId: 'Shop' }), must('teamId', 'a UUID', 'Shop')],
    ['a tenant by its name', teams({ tenantId: 'Shop' }), must('tenantId', 'a UUID', 'Shop')],
    ['a channel of Teams by its name', teams({ channelId: 'General' }), must('channelId', 'as it stands in the link to the channel, with %3a and %40', 'General')],
  ]);
});

describe('what DynamoDB does not take fails:', () => {
  const table = (timeToLiveAttribute: string) => (stack: Stack) => () => new SecureTable(stack, 'It', { partitionKey: { name: 'id', type: AttributeType.STRING }, timeToLiveAttribute });
  const fix = "write it like 'expiresAt' [SecureTable.TimeToLive, at 'Shop/It']";
  expectRefusals([
    ['an expiry without an attribute', table(''), `'timeToLiveAttribute' must have 1 to 255 characters, got 0; ${fix}`],
    ['an expiry by a long attribute', table(x(256)), `'timeToLiveAttribute' must have 1 to 255 characters, got 256; ${fix}`],
  ]);
});

describe('what EventBridge, EC2, CloudWatch and API Gateway do not take fails:', () => {
  const partner = (credential: ThirdPartyCredential, url = 'https://api.partner.example.com') => (stack: Stack) => () => (
    new ThirdPartyApi(stack, 'It', { url, purpose: 'ships the orders of the shop', credential }));
  const basic = (username: string) => partner(ThirdPartyCredential.basic({ username, rotation: ROTATION }));
  const oauth = (given: Partial<OAuthCredentialOptions>) => partner(ThirdPartyCredential.oauthClient({
    clientId: 'shop', tokenUrl: 'https://auth.partner.example.com/token', rotation: ROTATION, ...given,
  }));
  const credential = (prop: string, got: string) => `'credential.${prop}' must be 1 to 512 characters in one line, without a colon, got ${JSON.stringify(got)}; write it as the third party gave it [ThirdPartyApi.Credential, at 'Shop/It']`;
  const egress = (description: string) => (stack: Stack) => {
    const to = aFunction(stack, 'It', { network: new SecureNetwork(stack, 'Network').forFunctions() });
    return () => to.allowEgressTo(Peer.ipv4('10.1.0.0/16'), Port.tcp(5432), description);
  };
  const text = (got: string) => `'description' must have at most 255 letters, digits, blanks and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *, got ${JSON.stringify(got)}; say in short who it is: 'orders database' [SecureFunction.EgressDescription, at 'Shop/It']`;
  expectRefusals([
    ...['', ' ', 'the\nshop', 'shop:key', x(513)].map((name): Refused => [`the name '${name.slice(0, 8)}'`, basic(name), credential('username', name)]),
    ['a client without an id', oauth({ clientId: '' }), credential('clientId', '')],
    ['no rights', oauth({ scope: '' }), "'credential.scope' must be 1 to 512 letters, digits, blanks and signs, got \"\"; leave it out to get what the third party gives by default [ThirdPartyApi.Credential, at 'Shop/It']"],
    ['an address that is too long', partner(ThirdPartyCredential.apiKey('x-api-key', { rotation: ROTATION }), `https://api.partner.example.com/${x(2048)}`), "'url' must have at most 2048 characters"],
    ['a long description of a rule', egress(x(256)), text(x(256))],
    ['a description of a rule with other letters', egress('Größe der Datenbank'), text('Größe der Datenbank')],
    ['a long reason for silence', (stack) => () => AlarmMuting.during(stack, 'It', { reason: x(1025), schedule: AlarmSchedule.cron({ minute: '0', hour: '2' }), duration: Duration.hours(1) }),
      "'reason' must have at most 1024 characters, got 1025; shorten it [AlarmMuting.Reason, at 'Shop']"],
    ['a quota of more than 32 bits', (stack) => {
      const api = new SecureApi(stack, 'It', { auth: ApiAuth.iam() });
      return () => api.addUsagePlan('Plan', { throttle: { rate: 1, burst: 1 }, quota: 2 ** 31 });
    }, "'quota' must be a whole number between 1 and 2147483647, got 2147483648; leave it out for no quota [ApiUsagePlan.Quota, at 'Shop/It']"],
  ]);

  test('while the purpose of a third party may have several lines, which EventBridge gets as one', () => {
    const stack = testStack({ env: HERE });
    new ThirdPartyApi(stack, 'It', {
      url: 'https://api.partner.example.com', purpose: 'ships the orders\n  of the shop', credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: ROTATION }),
    }).routeEvents('Route', new SecureEventBus(stack, 'Bus'), PATTERN);
    templateOf(stack).hasResourceProperties('AWS::Events::Connection', { Description: 'api.partner.example.com: ships the orders of the shop' });
  });
});

describe('a domain that no certificate is for fails:', () => {
  const certificate = (stack: Stack) => Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/11111111-2222-3333-4444-555555555555');
  const names = [`${x(64)}.example.com`, `${'shop.'.repeat(50)}example.com`, 'shop-.example.com', 'shop..example.com'];
  expectRefusals(names.flatMap((name): Refused[] => [
    [`of a pool, ${name.slice(0, 20)}`, (stack) => {
      const domain = SignInDomain.custom(name, certificate(stack));
      return () => new SecureUserPool(stack, 'It', { domain });
    }, "[SecureUserPool.Domain, at 'Shop/It']"],
    [`of a distribution, ${name.slice(0, 20)}`, (stack) => {
      const domain = EdgeDomain.custom({ domainNames: [name], certificate: certificate(stack) });
      return () => new EdgeDistribution(stack, 'It', { kind: EdgeKind.site(), origin: new HttpOrigin('origin.example.com'), domain });
    }, "[EdgeDomain.Name, at 'Shop/It']"],
  ]));
});
