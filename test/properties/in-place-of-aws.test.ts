import { Duration, Stack } from 'aws-cdk-lib';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { EventPattern, Match } from 'aws-cdk-lib/aws-events';
import { AccountRootPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureNodejsFunction } from '../../src/function/secure-nodejs-function';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { SecureHttpApi } from '../../src/http-api/secure-http-api';
import { PipeSource } from '../../src/integration/pipe/pipe-source';
import { PipeTarget } from '../../src/integration/pipe/pipe-target';
import { SecurePipe } from '../../src/integration/pipe/secure-pipe';
import { SecurePipeProps } from '../../src/integration/pipe/secure-pipe-props';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { SecureWebSocketApi } from '../../src/websocket-api/secure-web-socket-api';
import { WebSocketAuth } from '../../src/websocket-api/websocket-auth';
import { testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const ROTATION = SecretRotation.off('the partner issues it once a year, by mail');
const HOURLY = ScheduleExpression.rate(Duration.hours(1));
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
type Refused = readonly [what: string, given: (stack: Stack) => () => unknown, message: string];

function expectRefusals(cases: readonly Refused[]): void {
  test.each(cases)('%s', (_, given, message) => {
    const stack = testStack();
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
    ['no values, in a filter of a pipe', (stack) => pipe(stack, { source: PipeSource.queue(new SecureQueue(stack, 'Queue'), { filters: [{ body: { kind: [] } }] }) }),
      "'filters[0].body.kind' must be a list of one value or more, or an object with such lists, got []; write it like ['OrderPlaced'], or leave it out to match whatever stands there [SecurePipe.Filters, at 'Shop/It']"],
  ]);

  test.each<[string, Partial<EventPattern>]>([
    ['matchers', { detail: { state: Match.anyOf('paid', Match.prefix('re')), kind: Match.exists() } }],
    ['values that only deployment knows', { detail: { state: [{ Ref: 'State' }], owner: { Ref: 'Owner' } } }],
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
