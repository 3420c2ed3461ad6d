import { join } from 'path';
import { App, CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Authorization, Connection } from 'aws-cdk-lib/aws-events';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  DefinitionBody, DefinitionConfig, Fail, IntegrationPattern, JsonPath, Map, Parallel, Pass, TaskInput, Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { HttpInvoke, LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { charging, machineIn, machineOf, SOON } from './support';
import { ErrorCatching } from '../../src/workflow/error-catching';
import { testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const REASON = 'a nightly report that the next night makes again';
const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true, TimeoutSeconds: 5, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Sorry' }] };
const SORRY = { Sorry: { Type: 'Pass', End: true } };
const DONE = { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };

/** What is wrong with a definition of these states, of which the first begins. */
function faults(states: object, more: object = {}, props = {}): string[] {
  return machineOf(testStack(), { StartAt: Object.keys(states)[0], States: { ...SORRY, ...states }, ...more }, props).node.validate();
}

describe('a definition passes', () => {
  test.each([
    ['with a task that has a timeout and a Catch', { Charge: TASK }],
    ['with a timeout that comes with the input', { Charge: { ...TASK, TimeoutSeconds: undefined, TimeoutSecondsPath: '$.timeout' } }],
    ['with a task inside of a Parallel state that catches', {
      Both: { ...TASK, Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { ...TASK, Catch: undefined } } }] },
    }],
    ['with a task inside of a Map state that catches, however deep', {
      Each: { ...TASK, Type: 'Map', ItemProcessor: { StartAt: 'B', States: { B: { Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: { ...TASK, Catch: undefined } } }] } } } },
    }],
    ['with a token and a heartbeat', { Ask: { ...TASK, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', HeartbeatSeconds: 60 } }],
    ['with a hundred attempts', { Charge: { ...TASK, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 100 }] } }],
    ['with a Fail state that a Choice leads to', {
      Which: { Type: 'Choice', Choices: [{ Next: 'No' }], Default: 'Sorry' }, No: { Type: 'Fail' },
    }],
    ['with a Fail state that begins', { No: { Type: 'Fail' } }],
  ])('%s', (_, states) => {
    expect(faults(states)).toStrictEqual([]);
  });
});

describe('a definition fails', () => {
  test('when a task has no timeout', () => {
    expect(faults({ Charge: { ...TASK, TimeoutSeconds: undefined } })).toEqual([
      "'timeout of state \"Charge\"' must be set, or the task may use up the time of the whole execution, whose end nothing can catch; "
      + "pass taskTimeout: Timeout.duration(Duration.seconds(30)), or write \"TimeoutSeconds\" [SecureStateMachine.TaskTimeout, at 'Shop/Checkout']",
    ]);
  });

  test.each(['Task', 'Parallel', 'Map'])('when a %s state has no Catch', (Type) => {
    expect(faults({ Charge: { ...TASK, Type, Catch: [] } })).toEqual([
      "'Catch of state \"Charge\"' must say where to go on when the state fails, or what was done before stays half-done; call addCatch(), put the state "
      + "into a Parallel state with a Catch, or pass errorCatching: ErrorCatching.off(reason) [SecureStateMachine.Catch, at 'Shop/Checkout']",
    ]);
  });

  test('but not for want of a Catch where that is settled with a reason', () => {
    expect(faults({ Charge: { ...TASK, Catch: undefined } }, {}, { errorCatching: ErrorCatching.off(REASON) })).toStrictEqual([]);
    expect(faults({ Charge: { ...TASK, Catch: undefined } }, {}, { errorCatching: ErrorCatching.required() })).toHaveLength(1);
  });

  test('when a task waits for its token without a heartbeat', () => {
    expect(faults({ Ask: { ...TASK, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' } })).toEqual([
      "'heartbeat of state \"Ask\"' must be set for a task that waits for its token, or a worker that died goes unnoticed until the timeout; "
      + "pass heartbeatTimeout: Timeout.duration(…), or write \"HeartbeatSeconds\" [SecureStateMachine.Heartbeat, at 'Shop/Checkout']",
    ]);
  });

  test('when a retry does not end', () => {
    expect(faults({ Charge: { ...TASK, Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 99999999 }] } })).toEqual([
      "'Retry of state \"Charge\"' must end after at most 100 attempts, or an error that does not go away is paid for again and again, got 99999999 for States.ALL; "
      + "lower maxAttempts, and catch the error when they are used up [SecureStateMachine.Retry, at 'Shop/Checkout']",
    ]);
  });

  test('when nothing leads to a Fail state, inside of a branch as well', () => {
    const message = "'state \"No\"' must be reached: it is a Fail state, and no state leads to it; name it in a Catch or a Choice, or leave it out [SecureStateMachine.LostFail, at 'Shop/Checkout']";
    expect(faults({ Charge: TASK, No: { Type: 'Fail' } })).toEqual([message]);
    expect(faults({ Both: { ...TASK, Type: 'Parallel', Branches: [{ StartAt: 'A', States: { A: TASK, No: { Type: 'Fail' } } }] } })).toEqual([message]);
  });

  test('when the machine has no timeout', () => {
    expect(faults({ Done: { Type: 'Pass', End: true } }, { TimeoutSeconds: undefined })).toEqual([
      "'TimeoutSeconds' must stand in a definition from text or a file, or executions may hang for a year; "
      + "write \"TimeoutSeconds\": 3600 beside \"StartAt\" [SecureStateMachine.Timeout, at 'Shop/Checkout']",
    ]);
  });

  const YEAR = 'must be at most 31536000 seconds, which is a year: an execution lives no longer';
  const TIME = 'write the time that it may really take';

  test.each([99999999, 31536001, null])('when the machine may take %s seconds', (TimeoutSeconds) => {
    expect(faults({ Charge: TASK }, { TimeoutSeconds })).toEqual([
      `'TimeoutSeconds' ${YEAR}, got ${TimeoutSeconds}; ${TIME} [SecureStateMachine.Timeout, at 'Shop/Checkout']`,
    ]);
  });

  test('when a task may take, or be silent for, the longest that AWS writes', () => {
    expect(faults({ Charge: { ...TASK, TimeoutSeconds: 99999999, HeartbeatSeconds: 99999998 } })).toEqual([
      `'timeout of state "Charge"' ${YEAR}, got 99999999; ${TIME} [SecureStateMachine.TaskTimeout, at 'Shop/Checkout']`,
      `'heartbeat of state "Charge"' ${YEAR}, got 99999998; ${TIME} [SecureStateMachine.Heartbeat, at 'Shop/Checkout']`,
    ]);
  });

  test.each([
    ['no JSON', 'StartAt: Done'],
    ['no object', '"Done"'],
    ['a list', '[]'],
    ['without a state where one should be', '{"StartAt":"A","States":{"A":null}}'],
    ['without a branch where one should be', '{"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":[null]}}}'],
    ['with branches that are no list', '{"StartAt":"A","States":{"A":{"Type":"Parallel","Branches":{}}}}'],
    ['without a processor where one should be', '{"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":null}}}'],
  ])('when it is %s', (_, text) => {
    const machine = machineIn(testStack(), { definitionBody: DefinitionBody.fromString(text) });
    expect(machine.node.validate()).toEqual([
      "'definitionBody' must be a JSON document in the Amazon States Language; mend the text [SecureStateMachine.Definition, at 'Shop/Checkout']",
    ]);
  });

  test.each([
    ['a secret that is resolved at deployment', '{{resolve:secretsmanager:shop:SecretString:key}}'],
    ['a secret that is resolved at deployment', '{{resolve:ssm-secure:shop:1}}'],
    ['an AWS access key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
  ])('when it holds %s', (what, Result) => {
    const message = `'definitionBody' must not hold a secret, and this looks like ${what}; everybody who may describe the machine reads it; `
      + "let the function or the connection that needs it read it from AWS Secrets Manager [SecureStateMachine.SecretInDefinition, at 'Shop/Checkout']";
    expect(faults({ Key: { Type: 'Pass', Result, End: true } })).toEqual([message]);
    expect(faults({ Key: { Type: 'Pass', Result: '${Key}', End: true } }, {}, { definitionSubstitutions: { Key: Result } })).toEqual([message]);
  });

  test('with all its faults at once, and the synthesis with it', () => {
    const stack = testStack();
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(new LambdaInvoke(stack, 'Charge', { lambdaFunction: aFunction(stack, 'Fn') })) });
    expect(() => (stack.node.root as App).synth()).toThrow(/SecureStateMachine\.TaskTimeout.*\n.*SecureStateMachine\.Catch/);
  });
});

describe('an HTTP task', () => {
  const HTTP = { ...TASK, Resource: 'arn:aws:states:::http:invoke' };
  const Authentication = { ConnectionArn: 'arn:aws:events:eu-west-1:111122223333:connection/bank/1' };

  test.each([
    ['https://bank.example.com/pay', 'Parameters', 'ApiEndpoint'],
    ['https://bank.example.com/pay', 'Arguments', 'ApiEndpoint'],
    ["States.Format('https://bank.example.com/{}', $.id)", 'Parameters', 'ApiEndpoint.$'],
    ["{% 'https://bank.example.com/' & $id %}", 'Arguments', 'ApiEndpoint'],
    ['${Endpoint}', 'Parameters', 'ApiEndpoint'],
  ])('may call %s', (endpoint, given, field) => {
    expect(faults({ Pay: { ...HTTP, [given]: { [field]: endpoint, Authentication } } })).toStrictEqual([]);
  });

  test.each([
    ['http://bank.example.com/pay', 'ApiEndpoint'],
    ['ftp://bank.example.com/pay', 'ApiEndpoint'],
    ['$.endpoint', 'ApiEndpoint.$'],
    ["States.Format('https://{}/pay', $.host)", 'ApiEndpoint.$'],
    ["States.Format('{}{}', 'https://bank.example.com', $.rest)", 'ApiEndpoint.$'],
    ['{% $endpoint %}', 'ApiEndpoint'],
    ["{% 'http://bank.example.com/' & $id %}", 'ApiEndpoint'],
  ])('fails with the endpoint %s', (endpoint, field) => {
    expect(faults({ Pay: { ...HTTP, Parameters: { [field]: endpoint, Authentication } } })).toEqual([
      `'ApiEndpoint of state "Pay"' must begin with https:// and a host that the definition names, got ${JSON.stringify(endpoint)}; write the host into `
      + "the definition, and only what comes after it as an expression [SecureStateMachine.HttpEndpoint, at 'Shop/Checkout']",
    ]);
  });

  test.each([[undefined], [{ 'ConnectionArn.$': '$.connection' }], [{ ConnectionArn: '{% $connection %}' }]])('fails with the authentication %j', (authentication) => {
    expect(faults({ Pay: { ...HTTP, Parameters: { ApiEndpoint: 'https://bank.example.com/pay', Authentication: authentication } } })).toEqual([
      "'Authentication of state \"Pay\"' must name a connection of EventBridge, which keeps the credentials; "
      + "write \"ConnectionArn\" with the ARN of a connection [SecureStateMachine.HttpConnection, at 'Shop/Checkout']",
    ]);
  });

  test("passes as CDK's own task, whose values are references", () => {
    const stack = testStack();
    const connection = new Connection(stack, 'Bank', { authorization: Authorization.basic('shop', new Secret(stack, 'Password').secretValue) });
    const pay = new HttpInvoke(stack, 'Pay', {
      apiRoot: 'https://bank.example.com', apiEndpoint: TaskInput.fromText(JsonPath.format('pay/{}', JsonPath.stringAt('$.id'))), connection, method: TaskInput.fromText('POST'), ...SOON,
    }).addCatch(new Fail(stack, 'Unpaid'));
    expect(machineIn(stack, { definitionBody: DefinitionBody.fromChainable(pay) }).node.validate()).toStrictEqual([]);
  });
});

describe('values that are known only later', () => {
  test('do not stand in the way, inside and outside of strings', () => {
    const stack = testStack();
    const seconds = new CfnParameter(stack, 'Seconds', { type: 'Number' });
    const wait = new LambdaInvoke(stack, 'Charge', {
      lambdaFunction: aFunction(stack, 'Fn'), taskTimeout: Timeout.duration(Duration.seconds(seconds.valueAsNumber)),
    }).addCatch(new Fail(stack, 'Failed', { cause: `"quoted" \\ ${seconds.valueAsString}` }));
    expect(machineIn(stack, { definitionBody: DefinitionBody.fromChainable(wait) }).node.validate()).toStrictEqual([]);
  });

  test('may be substitutions, inside and outside of strings', () => {
    const text = '{"TimeoutSeconds": ${Seconds}, "StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Comment": "a \\"${Word}\\"", "Seconds": ${Seconds}, "End": true}}}';
    const machine = machineIn(testStack(), { definitionBody: DefinitionBody.fromString(text), definitionSubstitutions: { Seconds: '5', Word: 'b' } });
    expect(machine.node.validate()).toStrictEqual([]);
    expect(machine.alarms.map(({ node }) => node.id)).toContain('ExecutionTimeAlarm');
  });

  test('may be substitutions whose values come with the deployment', () => {
    const stack = testStack();
    const Seconds = new CfnParameter(stack, 'Seconds').valueAsString;
    const text = '{"TimeoutSeconds": ${Seconds}, "StartAt": "Done", "States": {"Done": {"Type": "Pass", "End": true}}}';
    const machine = machineIn(stack, { definitionBody: DefinitionBody.fromString(text), definitionSubstitutions: { Seconds } });
    expect(machine.node.validate()).toStrictEqual([]);
    expect(machine.alarms.map(({ node }) => node.id)).not.toContain('ExecutionTimeAlarm');
  });

  test('are judged with the values of substitutions', () => {
    const Parameters = { ApiEndpoint: '${Endpoint}', Authentication: { ConnectionArn: 'arn:aws:events:eu-west-1:111122223333:connection/bank/1' } };
    const pay = { Pay: { ...TASK, Resource: 'arn:aws:states:::http:invoke', Parameters } };
    expect(faults(pay, {}, { definitionSubstitutions: { Endpoint: 'https://bank.example.com/' } })).toStrictEqual([]);
    expect(faults(pay, {}, { definitionSubstitutions: { Endpoint: 'http://bank.example.com/' } })).toEqual([
      "'ApiEndpoint of state \"Pay\"' must begin with https:// and a host that the definition names, got \"http://bank.example.com/\"; write the host into "
      + "the definition, and only what comes after it as an expression [SecureStateMachine.HttpEndpoint, at 'Shop/Checkout']",
    ]);
  });

  test('are read at the end', () => {
    let text = JSON.stringify({ TimeoutSeconds: 5, ...DONE });
    const machine = machineIn(testStack(), { definitionBody: DefinitionBody.fromString(Lazy.uncachedString({ produce: () => text })) });
    expect(machine.node.validate()).toStrictEqual([]);
    text = JSON.stringify(DONE);
    expect(machine.node.validate()).toHaveLength(1);
  });
});

describe('a definition in a file', () => {
  const body = (name: string) => ({ definitionBody: DefinitionBody.fromFile(join(__dirname, 'definitions', name)) });

  test('is read and judged, and its bound is watched', () => {
    const machine = machineIn(testStack(), body('hang.asl.json'));
    expect(machine.node.validate().map((message) => /\[(\S+),/.exec(message)![1])).toEqual(['SecureStateMachine.TaskTimeout', 'SecureStateMachine.Catch']);
    expect(machine.alarms.map(({ node }) => node.id)).toContain('ExecutionTimeAlarm');
  });

  test('in YAML is not, and a warning says so', () => {
    const stack = testStack();
    expect(machineIn(stack, body('done.asl.yaml')).node.validate()).toStrictEqual([]);
    Annotations.fromStack(stack).hasWarning('/Shop/Checkout', Match.stringLikeRegexp('The definition cannot be read here: nobody checks that its tasks have timeouts'));
  });

  test('nor is one that lies in a bucket', () => {
    class InBucket extends DefinitionBody {
      public bind(): DefinitionConfig {
        return { definitionS3Location: { bucket: 'definitions', key: 'checkout.json' } };
      }
    }
    const stack = testStack();
    expect(machineIn(stack, { definitionBody: new InBucket() }).node.validate()).toStrictEqual([]);
    Annotations.fromStack(stack).hasWarning('/Shop/Checkout', Match.stringLikeRegexp('The definition cannot be read here'));
  });

  test('that is read has no warning', () => {
    const stack: Stack = testStack();
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(charging(stack)) });
    Annotations.fromStack(stack).hasNoWarning('/Shop/Checkout', Match.stringLikeRegexp('The definition cannot be read here'));
  });
});

test('what CDK chains is judged as a whole: branches, maps and tokens', () => {
  const stack = testStack();
  const task = (id: string) => new LambdaInvoke(stack, id, { lambdaFunction: aFunction(stack, `${id}Fn`), ...SOON });
  const ask = new LambdaInvoke(stack, 'Ask', {
    lambdaFunction: aFunction(stack, 'AskFn'), integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN, payload: TaskInput.fromObject({ token: JsonPath.taskToken }), ...SOON,
  });
  const both = new Parallel(stack, 'Both').branch(task('A')).branch(new Map(stack, 'Each').itemProcessor(ask)).addCatch(new Fail(stack, 'Failed'));
  const machine = machineIn(stack, { definitionBody: DefinitionBody.fromChainable(both.next(task('Last')).next(new Pass(stack, 'End'))) });
  expect(machine.node.validate().map((message) => /^'(.*?)' must/.exec(message)![1])).toEqual(['heartbeat of state "Ask"', 'Catch of state "Last"']);
});
