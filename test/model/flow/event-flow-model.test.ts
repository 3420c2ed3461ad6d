import { deadLetterUsesOf, redrivesOf } from '../../../src/model/flow/queues';
import { definitionsOf } from '../../../src/model/flow/state-machines';
import { bucketFilterRules } from '../../../src/model/flow/trigger-sources';
import { triggersOf } from '../../../src/model/flow/triggers';
import { parsedJson } from '../../../src/model/values/json-text';
import { Reference, Text, Unresolved } from '../../../src/model/values/values';
import { modelOf, Resources } from '../../policy/support';

const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const withFunction = (resources: Resources): Resources => ({ F: { Type: 'AWS::Lambda::Function', Properties: {} }, ...resources });
const resource = (Type: string, Properties: unknown = {}) => ({ Type, Properties });

/** The triggers of the function F, as `kind source`. */
function triggers(resources: Resources): string[] {
  const app = modelOf(withFunction(resources));
  const fn = app.ofType('AWS::Lambda::Function').find(({ logicalId }) => logicalId === 'F')!;
  return triggersOf(fn, app).map(({ kind, source, asynchronous, onlyPermitted }) => (
    [kind, source?.logicalId ?? '-', ...asynchronous ? ['asynchronous'] : [], ...onlyPermitted ? ['permitted'] : []].join(' ')));
}

test.each<[string, Resources, string[]]>([
  ['nothing', {}, []],
  ['a queue', {
    Q: resource('AWS::SQS::Queue'),
    M: resource('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'F' }, EventSourceArn: arn('Q') }),
  }, ['queue Q']],
  ['a queue, through an alias', {
    Q: resource('AWS::SQS::Queue'),
    A: resource('AWS::Lambda::Alias', { FunctionName: { Ref: 'F' } }),
    M: resource('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'A' }, EventSourceArn: arn('Q') }),
  }, ['queue Q']],
  ['the stream of a table', {
    T: resource('AWS::DynamoDB::Table'),
    M: resource('AWS::Lambda::EventSourceMapping', { FunctionName: arn('F'), EventSourceArn: { 'Fn::GetAtt': ['T', 'StreamArn'] } }),
  }, ['stream T']],
  ['a stream of another app', {
    M: resource('AWS::Lambda::EventSourceMapping', { FunctionName: arn('F'), EventSourceArn: { 'Fn::ImportValue': 'x' }, StartingPosition: 'LATEST' }),
  }, ['stream -']],
  ['a topic, with the permission that goes with it', {
    T: resource('AWS::SNS::Topic'),
    S: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'T' }, Protocol: 'lambda', Endpoint: arn('F') }),
    P: resource('AWS::Lambda::Permission', { FunctionName: arn('F'), Principal: 'sns.amazonaws.com', SourceArn: { Ref: 'T' } }),
  }, ['topic T asynchronous']],
  ['a topic that lists its subscriptions', {
    T: resource('AWS::SNS::Topic', { Subscription: [{ Protocol: 'lambda', Endpoint: arn('F') }] }),
  }, ['topic T asynchronous']],
  ['a bucket', {
    B: resource('AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: arn('F') }] } }),
  }, ['bucket B asynchronous']],
  ['a bucket whose notifications CDK sets', {
    B: resource('AWS::S3::Bucket'),
    N: resource('Custom::S3BucketNotifications', {
      BucketName: { Ref: 'B' }, NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn('F') }] },
    }),
  }, ['bucket B asynchronous']],
  ['a rule on a bus', {
    B: resource('AWS::Events::EventBus'),
    R: resource('AWS::Events::Rule', { EventBusName: { Ref: 'B' }, EventPattern: { source: ['shop'] }, Targets: [{ Arn: arn('F') }] }),
  }, ['rule B asynchronous']],
  ['a rule by the clock', {
    R: resource('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Arn: arn('F') }] }),
  }, ['schedule - asynchronous']],
  ['a schedule', { S: resource('AWS::Scheduler::Schedule', { Target: { Arn: arn('F') } }) }, ['schedule S asynchronous']],
  ['a pipe that does not wait', {
    Q: resource('AWS::SQS::Queue'),
    P: resource('AWS::Pipes::Pipe', {
      Source: arn('Q'), Target: arn('F'), TargetParameters: { LambdaFunctionParameters: { InvocationType: 'FIRE_AND_FORGET' } },
    }),
  }, ['pipe Q asynchronous']],
  ['a state machine', {
    M: resource('AWS::StepFunctions::StateMachine', {
      DefinitionString: { 'Fn::Join': ['', ['{"States":{"A":{"Type":"Task","Resource":"', arn('F'), '"}}}']] },
    }),
  }, ['state-machine M']],
  ['a state machine with substitutions', {
    M: resource('AWS::StepFunctions::StateMachine', {
      Definition: { States: { A: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: '${Fn}' } } } },
      DefinitionSubstitutions: { Fn: arn('F') },
    }),
  }, ['state-machine M']],
  ['a user pool', { U: resource('AWS::Cognito::UserPool', { LambdaConfig: { PreSignUp: arn('F') } }) }, ['identity U']],
  ['an OpenAPI document', {
    A: resource('AWS::ApiGateway::RestApi', {
      Body: { paths: { '/a': { get: { 'x-amazon-apigateway-integration': { uri: { 'Fn::Sub': 'arn:aws:apigateway:x:lambda:path/functions/${F.Arn}/invocations' } } } } } },
    }),
  }, ['api A']],
  ['a service that may call, with nothing that calls in the app', {
    P: resource('AWS::Lambda::Permission', { FunctionName: { Ref: 'F' }, Principal: 'events.amazonaws.com', SourceArn: 'arn:aws:events:eu-west-1:111122223333:rule/x' }),
  }, ['rule - asynchronous permitted']],
  ['values of the wrong types', {
    M: resource('AWS::Lambda::EventSourceMapping', { FunctionName: [1, null], EventSourceArn: {} }),
    R: resource('AWS::Events::Rule', { Targets: 'none' }),
    B: resource('AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: 7 } }),
    S: resource('AWS::StepFunctions::StateMachine', { DefinitionString: '{' }),
  }, []],
])('a function knows its triggers: %s', (_name, resources, expected) => {
  expect(triggers(resources)).toEqual(expected);
});

test('the filter of a notification is read in the spelling of CloudFormation and of S3', () => {
  expect(bucketFilterRules({ Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'in/' }] } } } as never)).toEqual([{ name: 'prefix', value: 'in/' }]);
  expect(bucketFilterRules({ Filter: { Key: { FilterRules: [{ Name: 'Prefix', Value: 'in/' }] } } } as never)).toEqual([{ name: 'prefix', value: 'in/' }]);
});

describe('A redrive policy', () => {
  const queues = (RedrivePolicy: unknown) => modelOf({ D: resource('AWS::SQS::Queue'), Q: resource('AWS::SQS::Queue', { RedrivePolicy }) });

  test.each([
    ['an object', { deadLetterTargetArn: arn('D'), maxReceiveCount: 3 }],
    ['JSON text with a pointer', { 'Fn::Sub': '{"deadLetterTargetArn":"${D.Arn}","maxReceiveCount":3}' }],
    ['JSON text in pieces', { 'Fn::Join': ['', ['{"deadLetterTargetArn":"', arn('D'), '","maxReceiveCount":3}']] }],
  ])('joins a queue with its dead-letter queue: %s', (_name, policy) => {
    const app = queues(policy);
    const [dead, queue] = app.ofType('AWS::SQS::Queue');
    expect(redrivesOf(queue)).toEqual([{ target: expect.any(Reference) as unknown, maxReceiveCount: 3 }]);
    expect(deadLetterUsesOf(dead, app)).toEqual([{ declaredBy: queue, kind: 'queue' }]);
  });

  test.each([['nothing', undefined, [undefined]], ['an empty object', {}, [undefined]], ['an import', { 'Fn::ImportValue': 'x' }, ['undecided']], ['no JSON', '{', ['undecided']]])(
    'may be missing or unknown: %s', (_name, policy, expected) => {
      expect(redrivesOf(queues(policy).ofType('AWS::SQS::Queue')[1])).toEqual(expected);
    });

  test('others than queues use dead-letter queues, too', () => {
    const app = modelOf({
      D: resource('AWS::SQS::Queue'),
      R: resource('AWS::Events::Rule', { Targets: [{ Arn: 'x' }, { DeadLetterConfig: { Arn: arn('D') } }] }),
      S: resource('AWS::SNS::Subscription', { RedrivePolicy: { 'Fn::Sub': '{"deadLetterTargetArn":"${D.Arn}"}' } }),
    });
    expect(deadLetterUsesOf(app.ofType('AWS::SQS::Queue')[0], app).map(({ declaredBy, kind }) => `${declaredBy.logicalId} ${kind}`).sort()).toEqual(['R service', 'S service']);
  });
});

describe('A definition of a state machine', () => {
  const statesOf = (properties: unknown) => {
    const app = modelOf({ F: resource('AWS::Lambda::Function'), M: resource('AWS::StepFunctions::StateMachine', properties) });
    return definitionsOf(app.ofType('AWS::StepFunctions::StateMachine')[0], app);
  };

  test('has states inside of states, and knows what catches around them', () => {
    const inner = { States: { Inner: { Type: 'Task' } } };
    const Definition = { States: { Both: { Type: 'Parallel', Catch: [{ Next: 'End' }], Branches: [inner] }, Each: { Type: 'Map', ItemProcessor: inner } } };
    expect(statesOf({ Definition })[0].states.map(({ location, caughtOutside }) => `${location} ${caughtOutside}`)).toEqual([
      'Properties.Definition.States.Both false', 'Properties.Definition.States.Both.Branches.0.States.Inner true',
      'Properties.Definition.States.Each false', 'Properties.Definition.States.Each.ItemProcessor.States.Inner false',
    ]);
  });

  test.each([
    ['in a bucket', { DefinitionS3Location: { Bucket: 'b', Key: 'k' } }], ['no JSON', { DefinitionString: 'StartAt: A' }],
    ['an import', { DefinitionString: { 'Fn::ImportValue': 'x' } }], ['a list', { Definition: [] }], ['nothing', {}],
  ])('is undecided where the template does not hold it: %s', (_name, properties) => {
    expect(statesOf(properties).map(({ undecided, states }) => [undecided, states])).toEqual([[true, []]]);
  });
});

test('a text keeps its pointers where JSON has strings, numbers and objects', () => {
  const pointer = new Reference('Shop', 'F', 'Arn');
  const text = new Text(['{"a":"x/', pointer, '","b":', pointer, ',"c":"${Given}","d":${Number},"e":"${Missing}"}']);
  const parsed = parsedJson(text, { Given: pointer, Number: 7 } as never) as Record<string, unknown>;
  expect({ ...parsed }).toEqual({ a: new Text(['x/', pointer]), b: pointer, c: pointer, d: 7, e: expect.any(Unresolved) as unknown });
});
