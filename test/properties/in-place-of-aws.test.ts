import { Duration, Stack } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
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
