import { bucketChannels, bucketWrite } from '../../../src/model/flow/bucket-events';
import { flowOf, startingActions } from '../../../src/model/flow/event-flow';
import { mayTake, takes } from '../../../src/model/flow/event-patterns';
import { Channel, FlowGraph } from '../../../src/model/flow/flow-graph';
import { mappingKind } from '../../../src/model/flow/trigger-sources';
import { accessOf } from '../../../src/model/rights/access';
import { Unresolved, Value } from '../../../src/model/values/values';
import { modelOf, Resources } from '../../policy/support';

const one = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const sub = (text: string) => ({ 'Fn::Sub': text });
const allow = (Action: unknown, Resource: unknown, Condition?: unknown) => ({ Effect: 'Allow', Action, Resource, ...Condition === undefined ? {} : { Condition } });
const role = (...Statement: unknown[]) => one('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement } }] });

describe('A right on a bucket starts what listens to it', () => {
  /** Whether somebody with a right sends the events of a notification of the bucket B. */
  const starts = (action: unknown, on: unknown, pattern: object): boolean => {
    const app = modelOf({
      B: one('AWS::S3::Bucket', { NotificationConfiguration: { LambdaConfigurations: [{ ...pattern, Function: att('F') }] } }), F: one('AWS::Lambda::Function'), R: role(allow(action, on)),
    });
    const [channel] = bucketChannels(app);
    return accessOf(app.ofType('AWS::IAM::Role')[0], app).some((access) => bucketWrite(access, channel, app) === true);
  };
  const OBJECTS = sub('${B.Arn}/*');

  /** What S3 tells, in a notification and on a bus, and what causes it. */
  const EVENTS: readonly (readonly [notification: string, onBus: string, actions: readonly string[]])[] = [
    ['s3:ObjectCreated:Put', 'Object Created', ['s3:PutObject', 's3:ReplicateObject']],
    ['s3:ObjectRemoved:*', 'Object Deleted', ['s3:DeleteObject', 's3:DeleteObjectVersion']],
    ['s3:ObjectTagging:*', 'Object Tags Added', ['s3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObjectTagging']],
    ['s3:ObjectRestore:Post', 'Object Restore Initiated', ['s3:RestoreObject']],
    ['s3:ObjectAcl:Put', 'Object ACL Updated', ['s3:PutObjectAcl', 's3:PutObjectVersionAcl']],
  ];
  const ALL = EVENTS.flatMap(([, , actions]) => actions);

  test.each(EVENTS)('for %s, or %s on a bus, by these actions', (notification, onBus, actions) => {
    expect(ALL.filter((action) => starts(action, OBJECTS, { Event: notification }))).toEqual(actions);
    expect(ALL.filter((action) => starts(action, OBJECTS, { Events: [notification.slice(3), 's3:LifecycleTransition'] }))).toEqual(actions);
    expect(ALL.filter((action) => starts(action, OBJECTS, { 'detail-type': [onBus] }))).toEqual(actions);
  });

  test.each<[string, unknown, readonly string[]]>([
    ['what begins with Object', { 'detail-type': [{ prefix: 'Object ' }] }, ALL],
    ['what begins with the tags of an object', { 'detail-type': [{ prefix: 'Object Tags' }] }, EVENTS[2][2]],
    ['any other operator', { 'detail-type': [{ wildcard: 'Object *' }] }, ALL],
    ['what is restored', { 'detail-type': ['Object Restore Completed'] }, EVENTS[3][2]],
    ['removed tags', { 'detail-type': ['Object Tags Deleted'] }, EVENTS[2][2]],
    ['what is set at deployment', { 'detail-type': [{ Ref: 'SetAtDeployment' }] }, ALL],
    ['a notification that is set at deployment', { Event: { Ref: 'SetAtDeployment' } }, ALL],
    ['the beginning of a name alone', { 'detail-type': ['Object'] }, []],
  ])('for %s', (_, pattern, actions) => {
    expect(ALL.filter((action) => starts(action, OBJECTS, pattern as object))).toEqual(actions);
  });

  test('for any event where nothing is said, and for none that no action causes', () => {
    expect(ALL.filter((action) => starts(action, OBJECTS, {}))).toEqual(ALL);
    expect(starts('s3:*', OBJECTS, { Event: 's3:ReducedRedundancyLostObject' })).toBe(false);
    expect(starts('s3:GetObject', OBJECTS, {})).toBe(false);
    expect(starts('s3:PutObject', OBJECTS, { Event: 'xs3:ObjectCreated:*' })).toBe(false);
  });

  const filter = (...rules: [name: string, value: string][]) => (
    { Filter: { S3Key: { Rules: rules.map(([Name, text]) => ({ Name, Value: text })) } } });
  const key = (...patterns: unknown[]) => ({ detail: { object: { key: patterns } } });
  test.each<[string, unknown, object, boolean]>([
    ['everything, whatever is asked for', '*', filter(['prefix', 'in/']), true],
    ['all objects', OBJECTS, filter(['prefix', 'in/'], ['suffix', '.jpg']), true],
    ['the bucket alone', att('B'), {}, false],
    ['the bucket and all that begins like it', sub('${B.Arn}*'), filter(['prefix', 'in/']), true],
    ['the same folder', sub('${B.Arn}/in/*'), filter(['prefix', 'in/']), true],
    ['a folder in it', sub('${B.Arn}/in/today/*'), filter(['prefix', 'in/']), true],
    ['a folder around it', sub('${B.Arn}/i*'), filter(['prefix', 'in/']), true],
    ['another folder', sub('${B.Arn}/out/*'), filter(['prefix', 'in/']), false],
    ['one object in the folder', sub('${B.Arn}/in/a.jpg'), filter(['prefix', 'in/']), true],
    ['one object whose name is only the beginning', sub('${B.Arn}/in'), filter(['prefix', 'in/']), false],
    ['the same ending', sub('${B.Arn}/*.jpg'), filter(['suffix', '.jpg']), true],
    ['a longer ending', sub('${B.Arn}/*-small.jpg'), filter(['suffix', '.jpg']), true],
    ['a shorter ending', sub('${B.Arn}/*g'), filter(['suffix', '.jpg']), true],
    ['another ending', sub('${B.Arn}/*.png'), filter(['suffix', '.jpg']), false],
    ['one object with the ending', sub('${B.Arn}/a.jpg'), filter(['suffix', '.jpg']), true],
    ['one object that is only the end of it', sub('${B.Arn}/jpg'), filter(['suffix', '.jpg']), false],
    ['the folder with another ending', sub('${B.Arn}/in/*.png'), filter(['prefix', 'in/'], ['suffix', '.jpg']), false],
    ['the ending in another folder', sub('${B.Arn}/out/*.jpg'), filter(['prefix', 'in/'], ['suffix', '.jpg']), false],
    ['one letter that is left open', sub('${B.Arn}/in?a'), filter(['prefix', 'in/']), true],
    ['a rule of another kind', sub('${B.Arn}/out/*'), filter(['metadata', 'in/']), true],
    ['the key of a pattern', sub('${B.Arn}/in/a'), key('in/a'), true],
    ['another key than that of a pattern', sub('${B.Arn}/in/b'), key('in/a'), false],
    ['a longer key than that of a pattern', sub('${B.Arn}/in/ab'), key('in/a'), false],
    ['one of several keys', sub('${B.Arn}/in/b'), key('in/a', 'in/b'), true],
    ['the beginning in a pattern', sub('${B.Arn}/in/b'), key({ prefix: 'in/' }), true],
    ['another beginning than in a pattern', sub('${B.Arn}/out/*'), key({ prefix: 'in/' }), false],
    ['the end in a pattern', sub('${B.Arn}/*.png'), key({ suffix: '.jpg' }), false],
    ['a wildcard in a pattern', sub('${B.Arn}/in/a.jpg'), key({ wildcard: 'in/*.jpg' }), true],
    ['a wildcard that begins otherwise', sub('${B.Arn}/out/a.jpg'), key({ wildcard: 'in/*.jpg' }), false],
    ['a wildcard that ends otherwise', sub('${B.Arn}/in/a.png'), key({ wildcard: 'in/*.jpg' }), false],
    ['a comparison that nobody follows', sub('${B.Arn}/out/*'), key({ 'anything-but': 'out/' }), true],
    ['both comparisons of one wish', sub('${B.Arn}/in/a.png'), key({ prefix: 'in/', suffix: '.jpg' }), false],
    ['a key that only the deployment knows', sub('${B.Arn}/out/*'), key({ Ref: 'SetAtDeployment' }), true],
  ])('if it is on %s: %#', (_, on, pattern, expected) => expect(starts('s3:PutObject', on, pattern)).toBe(expected));
});

describe('The pattern of a rule', () => {
  test.each<[Value, string, boolean]>([
    ['shop', 'shop', true], ['shop', 'shop.orders', false], [{ prefix: 'shop.' }, 'shop.orders', true], [{ prefix: 'shop.' }, 'bank.orders', false], [{ prefix: 'orders' }, 'shop.orders', false],
    [{ 'anything-but': 'x' }, 'shop', true], [{ 'anything-but': 'x', 'prefix': 'bank' }, 'shop', false], [{ prefix: {} }, 'shop', true],
  ])('%j takes %s: %s', (wanted, text, expected) => expect(takes(wanted, text)).toBe(expected));

  test.each<[string, Value, string | undefined, string | undefined, boolean]>([
    ['nothing', {}, 'shop', 'Order', true], ['the source', { source: ['shop'] }, 'shop', 'Order', true], ['another source', { source: ['bank'] }, 'shop', 'Order', false],
    ['a source that is not known', { source: ['bank'] }, undefined, 'Order', true], ['one of several sources', { source: ['bank', 'shop'] }, 'shop', undefined, true],
    ['the type', { 'detail-type': ['Order'] }, 'shop', 'Order', true], ['another type', { 'detail-type': ['Bill'] }, 'shop', 'Order', false], ['the source, and another type', { 'source': ['shop'], 'detail-type': ['Bill'] }, 'shop', 'Order', false],
    ['what the deployment knows', new Unresolved('x'), 'shop', 'Order', true], ['a source that the deployment knows', { source: [new Unresolved('x')] }, 'shop', 'Order', true],
  ])('that asks for %s', (_, pattern, source, detailType, expected) => expect(mayTake(pattern, { source, detailType })).toBe(expected));
});

describe('A graph of events', () => {
  const graph = (...edges: [from: string, to: string, certain?: boolean][]) => {
    const made = new FlowGraph();
    for (const [from, to, certain = true] of edges) made.connect(from, to, certain);
    return made;
  };
  const never = () => false;

  test('leads back along certain edges, or along all', () => {
    const circle = graph(['a', 'b'], ['b', 'c', false], ['c', 'a'], ['c', 'd'], ['d', 'e']);
    expect(['a', 'b', 'c', 'd', 'x'].map((node) => circle.returns(node, never, false))).toEqual([true, true, true, false, false]);
    expect(circle.returns('a', never, true)).toBe(false);
    expect(graph(['a', 'b', false], ['a', 'b'], ['a', 'b', false], ['b', 'a']).returns('a', never, true)).toBe(true);
  });

  test('stops at nodes that break the circle, and not at the start', () => {
    const circle = graph(['a', 'b'], ['b', 'c'], ['c', 'a']);
    expect([circle.returns('a', (node) => node === 'c', false), circle.returns('a', (node) => node === 'a', false)]).toEqual([false, true]);
  });

  test('knows circles of one, of many, and several of them', () => {
    const both = graph(['a', 'a'], ['b', 'c'], ['c', 'b'], ['c', 'd'], ['d', 'e'], ['e', 'f'], ['f', 'd'], ['g', 'a'], ['e', 'h']);
    expect(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((node) => both.isOnCircle(node))).toEqual([true, true, true, true, true, true, false, false]);
    expect(both.returns('d', never, true)).toBe(true);
    const chain = graph(...Array.from({ length: 3000 }, (_, n): [string, string] => [`${n}`, `${(n + 1) % 3000}`]));
    expect(chain.isOnCircle('1500')).toBe(true);
  });

  test('follows a way past what was seen before', () => {
    expect(graph(['a', 'b'], ['a', 'c'], ['b', 'c'], ['c', 'd'], ['d', 'b'], ['d', 'a']).returns('b', never, false)).toBe(true);
    expect(graph(['x', 'y'], ['y', 'z'], ['z', 'y'], ['z', 'x']).returns('x', never, false)).toBe(true);
  });
});

describe('A function starts itself', () => {
  /** Whether F leads back to itself: surely, perhaps, or not. */
  const returns = (resources: Resources, ...statements: unknown[]): 'surely' | 'perhaps' | 'no' => {
    const app = modelOf({ Role: role(...statements), F: one('AWS::Lambda::Function', { Role: att('Role') }), ...resources });
    const { key } = app.resources.find(({ logicalId }) => logicalId === 'F')!;
    const flow = flowOf(app);
    return flow.returns(key, () => false, true) ? 'surely' : flow.returns(key, () => false, false) ? 'perhaps' : 'no';
  };
  const mapping = (EventSourceArn: unknown, more = {}): Resources => ({ M: one('AWS::Lambda::EventSourceMapping', { FunctionName: { Ref: 'F' }, EventSourceArn, ...more }) });
  const QUEUE = { Q: one('AWS::SQS::Queue') };
  const SEND = allow('sqs:SendMessage', att('Q'));

  test.each<[string, Resources, unknown[], 'surely' | 'perhaps' | 'no']>([
    ['through a queue', { ...QUEUE, ...mapping(att('Q')) }, [SEND], 'surely'],
    ['through a queue that it only reads', { ...QUEUE, ...mapping(att('Q')) }, [allow('sqs:ReceiveMessage', att('Q'))], 'no'],
    ['through a queue with a filter', { ...QUEUE, ...mapping(att('Q'), { FilterCriteria: { Filters: [{ Pattern: '{}' }] } }) }, [SEND], 'perhaps'],
    ['through a queue with an empty filter', { ...QUEUE, ...mapping(att('Q'), { FilterCriteria: [] }) }, [SEND], 'surely'],
    ['through a queue, with rights on everything', { ...QUEUE, ...mapping(att('Q')) }, [allow('sqs:*', '*')], 'surely'],
    ['through what nobody reads, with rights on everything', QUEUE, [allow('*', '*')], 'no'],
    ['through a table', { T: one('AWS::DynamoDB::Table'), ...mapping(att('T', 'StreamArn')) }, [allow('dynamodb:PutItem', att('T'))], 'perhaps'],
    ['through a global table', { T: one('AWS::DynamoDB::GlobalTable'), ...mapping(att('T', 'StreamArn')) }, [allow('dynamodb:UpdateItem', att('T'))], 'perhaps'],
    ['through a stream', { S: one('AWS::Kinesis::Stream'), ...mapping(att('S')) }, [allow('kinesis:PutRecords', att('S'))], 'surely'],
    ['through itself', {}, [allow('lambda:InvokeFunction', '*')], 'no'],
    ['through another function', {
      G: one('AWS::Lambda::Function', { Role: att('RoleOfG') }), RoleOfG: role(allow('lambda:InvokeFunction', att('F'))),
    }, [allow('lambda:InvokeAsync', att('G'))], 'surely'],
    ['through a topic', { T: one('AWS::SNS::Topic'), S: one('AWS::SNS::Subscription', { TopicArn: { Ref: 'T' }, Protocol: 'lambda', Endpoint: att('F') }) }, [allow('sns:Publish', { Ref: 'T' })], 'surely'],
    ['through a topic and a queue', {
      T: one('AWS::SNS::Topic'), ...QUEUE, S: one('AWS::SNS::Subscription', { TopicArn: { Ref: 'T' }, Protocol: 'sqs', Endpoint: att('Q') }), ...mapping(att('Q')),
    }, [allow('sns:Publish', { Ref: 'T' })], 'surely'],
    ['through a topic and a queue, with a filter between', {
      T: one('AWS::SNS::Topic'), ...QUEUE, S: one('AWS::SNS::Subscription', { TopicArn: { Ref: 'T' }, Protocol: 'sqs', Endpoint: att('Q'), FilterPolicy: { a: ['b'] } }), ...mapping(att('Q')),
    }, [allow('sns:Publish', { Ref: 'T' })], 'perhaps'],
    ['through a pipe', { ...QUEUE, S: one('AWS::Kinesis::Stream'), P: one('AWS::Pipes::Pipe', { Source: att('Q'), Target: att('S') }), ...mapping(att('S')) }, [SEND], 'surely'],
    ['through a pipe with a filter', {
      ...QUEUE, S: one('AWS::Kinesis::Stream'), P: one('AWS::Pipes::Pipe', { Source: att('Q'), Target: att('S'), SourceParameters: { FilterCriteria: { Filters: [{ Pattern: '{}' }] } } }), ...mapping(att('S')),
    }, [SEND], 'perhaps'],
    ['through a pipe that calls it', { ...QUEUE, P: one('AWS::Pipes::Pipe', { Source: att('Q'), Target: att('F') }) }, [SEND], 'surely'],
    ['through its destination of success', {
      ...QUEUE, C: one('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'F' }, DestinationConfig: { OnSuccess: { Destination: att('Q') } } }), ...mapping(att('Q')),
    }, [], 'surely'],
    ['through its destination of failures', {
      ...QUEUE, C: one('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'F' }, DestinationConfig: { OnFailure: { Destination: att('Q') } } }), ...mapping(att('Q')),
    }, [], 'perhaps'],
    ['through a delivery that transforms', {
      D: one('AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Processors: [{ Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: att('F') }] }] } } }),
    }, [allow('firehose:PutRecordBatch', att('D'))], 'surely'],
    ['through a stream that a delivery reads', {
      S: one('AWS::Kinesis::Stream'),
      D: one('AWS::KinesisFirehose::DeliveryStream', {
        KinesisStreamSourceConfiguration: { KinesisStreamARN: att('S') },
        ExtendedS3DestinationConfiguration: { ProcessingConfiguration: { Processors: [{ Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: att('F') }] }] } },
      }),
    }, [allow('kinesis:PutRecord', att('S'))], 'surely'],
    ['through the group that it logs to', {
      G: one('AWS::Logs::LogGroup'),
      F: one('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: 'G' } } }),
      S: one('AWS::Logs::SubscriptionFilter', { LogGroupName: { Ref: 'G' }, DestinationArn: att('F'), FilterPattern: ' ' }),
    }, [], 'surely'],
    ['through the group that has its name', {
      G: one('AWS::Logs::LogGroup', { LogGroupName: sub('/aws/lambda/${F}') }), S: one('AWS::Logs::SubscriptionFilter', { LogGroupName: { Ref: 'G' }, DestinationArn: att('F') }),
    }, [], 'surely'],
    ['through a group with its name that is not in the app', { S: one('AWS::Logs::SubscriptionFilter', { LogGroupName: sub('/aws/lambda/${F}'), DestinationArn: att('F'), FilterPattern: 'ERROR' }) }, [], 'perhaps'],
    ['through a group that another one logs to', { G: one('AWS::Logs::LogGroup'), S: one('AWS::Logs::SubscriptionFilter', { LogGroupName: { Ref: 'G' }, DestinationArn: att('F') }) }, [], 'no'],
    ['through its group and a stream', {
      G: one('AWS::Logs::LogGroup'),
      F: one('AWS::Lambda::Function', { LoggingConfig: { LogGroup: { Ref: 'G' } } }),
      St: one('AWS::Kinesis::Stream'),
      S: one('AWS::Logs::SubscriptionFilter', { LogGroupName: { Ref: 'G' }, DestinationArn: att('St'), FilterPattern: '' }),
      ...mapping(att('St')),
    }, [], 'surely'],
  ])('%s', (_, resources, statements, expected) => expect(returns(resources, ...statements)).toBe(expected));

  const bus = (EventPattern: unknown, more: Resources = {}): Resources => ({
    Bus: one('AWS::Events::EventBus'), R: one('AWS::Events::Rule', { EventBusName: { Ref: 'Bus' }, EventPattern, Targets: [{ Arn: att('F') }] }), ...more,
  });
  const putting = (source?: unknown, operator = 'StringEquals') => allow('events:PutEvents', att('Bus'), source === undefined ? undefined : { [operator]: { 'events:source': source } });
  test.each<[string, unknown, unknown, 'surely' | 'perhaps' | 'no']>([
    ['any event', { account: ['111122223333'], version: ['0'] }, putting(), 'surely'],
    ['events of a type', { 'detail-type': ['Order'] }, putting(), 'perhaps'],
    ['events of a source', { source: ['shop'] }, putting(), 'perhaps'],
    ['events of the source that it may use', { source: ['bank', 'shop'] }, putting('shop'), 'surely'],
    ['events of the source that all of its events have', { source: ['shop'] }, putting(['shop'], 'ForAllValues:StringEquals'), 'surely'],
    ['events of a source that it may not use', { source: ['bank'] }, putting('shop'), 'no'],
    ['events of sources that begin so', { source: [{ prefix: 'sh' }] }, putting('shop'), 'surely'],
    ['events of services of AWS', { source: ['aws.s3'] }, putting(), 'no'],
    ['events of a service of AWS or its own', { source: ['aws.s3', 'shop'] }, putting('shop'), 'surely'],
    ['events that only the deployment knows', { 'Fn::ImportValue': 'pattern' }, putting(), 'perhaps'],
    ['any event, without the right', {}, allow('events:DescribeEventBus', att('Bus')), 'no'],
  ])('through a bus, by a rule for %s', (_, pattern, statement, expected) => expect(returns(bus(pattern), statement)).toBe(expected));

  const machine = (State: object): Resources => ({ Machine: one('AWS::StepFunctions::StateMachine', { Definition: { States: { A: { Type: 'Task', ...State } } } }) });
  const START = allow('states:StartExecution', { Ref: 'Machine' });
  test.each<[string, Resources, 'surely' | 'perhaps' | 'no']>([
    ['calls it', machine({ Resource: att('F') }), 'perhaps'],
    ['sends to its queue', { ...QUEUE, ...mapping(att('Q')), ...machine({ Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: { Ref: 'Q' } } }) }, 'perhaps'],
    ['sends to its queue in the newer form', { ...QUEUE, ...mapping(att('Q')), ...machine({ Resource: 'arn:aws:states:::sqs:sendMessage', Arguments: { QueueUrl: { Ref: 'Q' } } }) }, 'perhaps'],
    ['reads its queue', { ...QUEUE, ...mapping(att('Q')), ...machine({ Resource: 'arn:aws:states:::aws-sdk:sqs:receiveMessage', Parameters: { QueueUrl: { Ref: 'Q' } } }) }, 'no'],
    ['publishes to its topic', {
      T: one('AWS::SNS::Topic'), S: one('AWS::SNS::Subscription', { TopicArn: { Ref: 'T' }, Endpoint: att('F') }), ...machine({ Resource: 'arn:aws:states:::sns:publish', Parameters: { TopicArn: { Ref: 'T' } } }),
    }, 'perhaps'],
    ['writes into its table', { T: one('AWS::DynamoDB::Table'), ...mapping(att('T', 'StreamArn')), ...machine({ Resource: 'arn:aws:states:::dynamodb:putItem', Parameters: { TableName: { Ref: 'T' } } }) }, 'perhaps'],
    ['deletes from its table', { T: one('AWS::DynamoDB::Table'), ...mapping(att('T', 'StreamArn')), ...machine({ Resource: 'arn:aws:states:::dynamodb:deleteItem', Parameters: { TableName: { Ref: 'T' } } }) }, 'perhaps'],
    ['reads its table', { T: one('AWS::DynamoDB::Table'), ...mapping(att('T', 'StreamArn')), ...machine({ Resource: 'arn:aws:states:::dynamodb:getItem', Parameters: { TableName: { Ref: 'T' } } }) }, 'no'],
    ['starts another one that calls it', {
      ...machine({ Resource: 'arn:aws:states:::states:startExecution.sync:2', Parameters: { StateMachineArn: { Ref: 'N' } } }),
      N: one('AWS::StepFunctions::StateMachine', { Definition: { States: { A: { Type: 'Task', Resource: att('F') } } } }),
    }, 'perhaps'],
    ['puts an event that its rule takes', bus({ 'source': ['shop'], 'detail-type': ['Order'] }, machine({
      Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ EventBusName: { Ref: 'Bus' }, Source: 'shop', DetailType: 'Order' }] },
    })), 'perhaps'],
    ['puts an event of another source', bus({ source: ['shop'] }, machine({ Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ EventBusName: { Ref: 'Bus' }, Source: 'bank' }] } })), 'no'],
    ['puts an event of another type', bus({ 'detail-type': ['Order'] }, machine({ Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ EventBusName: { Ref: 'Bus' }, DetailType: 'Bill' }] } })), 'no'],
    ['puts an event of a source that the run makes', bus({ source: ['shop'] }, machine({ Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ EventBusName: { Ref: 'Bus' }, Source: '$.source' }] } })), 'perhaps'],
    ['puts an event of a source that a query makes', bus({ source: ['shop'] }, machine({ Resource: 'arn:aws:states:::events:putEvents', Arguments: { Entries: [{ EventBusName: { Ref: 'Bus' }, Source: '{% $x %}' }] } })), 'perhaps'],
    ['puts an event onto another bus', bus({}, machine({ Resource: 'arn:aws:states:::events:putEvents', Parameters: { Entries: [{ EventBusName: 'other', Source: 'shop' }] } })), 'no'],
  ])('through a state machine that %s', (_, resources, expected) => expect(returns(resources, START)).toBe(expected));

  test.each<[string, object, 'surely' | 'perhaps' | 'no']>([
    ['that its rule takes', { Source: 'shop', DetailType: 'Order' }, 'perhaps'], ['of another source', { Source: 'bank' }, 'no'], ['of which nothing is said', {}, 'perhaps'],
  ])('through a pipe that puts an event onto a bus %s', (_, sent, expected) => {
    const pipe = { P: one('AWS::Pipes::Pipe', { Source: att('Q'), Target: att('Bus'), TargetParameters: { EventBridgeEventBusParameters: sent } }) };
    expect(returns({ ...QUEUE, ...bus({ source: ['shop'] }), ...pipe }, SEND)).toBe(expected);
  });

  test('through a rule on the events of S3', () => {
    const rule = (source: string, name: unknown): Resources => ({
      B: one('AWS::S3::Bucket'), R: one('AWS::Events::Rule', { EventPattern: { 'source': [source], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [name] } } }, Targets: [{ Arn: att('F') }] }),
    });
    const WRITE = allow('s3:PutObject', sub('${B.Arn}/*'));
    expect([returns(rule('aws.s3', { Ref: 'B' }), WRITE), returns(rule('aws.s3', 'other'), WRITE), returns(rule('shop', { Ref: 'B' }), WRITE), returns(rule('aws.s3', { Ref: 'B' }), allow('s3:DeleteObject', sub('${B.Arn}/*')))])
      .toEqual(['surely', 'no', 'no', 'no']);
  });
});

test.each<[string, string[]]>([
  ['AWS::S3::Bucket', ['s3:PutObject']], ['AWS::SQS::Queue', ['sqs:SendMessage']], ['AWS::SNS::Topic', ['sns:Publish']], ['AWS::Events::EventBus', ['events:PutEvents']],
  ['AWS::StepFunctions::StateMachine', ['states:StartExecution', 'states:StartSyncExecution']], ['AWS::Lambda::Function', ['lambda:InvokeAsync', 'lambda:InvokeFunction']],
  ['AWS::Kinesis::Stream', ['kinesis:PutRecord', 'kinesis:PutRecords']], ['AWS::KinesisFirehose::DeliveryStream', ['firehose:PutRecord', 'firehose:PutRecordBatch']],
  ['AWS::DynamoDB::Table', ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem', 'dynamodb:UpdateItem']],
  ['AWS::IAM::Role', []],
])('what listens to a %s is started by %j', (type, actions) => expect(startingActions(type)).toEqual(actions));

test.each<[string, object, 'queue' | 'stream']>([
  ['a queue of the app', { EventSourceArn: att('Q') }, 'queue'], ['a table of the app', { EventSourceArn: att('T', 'StreamArn') }, 'stream'],
  ['a queue elsewhere', { EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' }, 'queue'],
  ...['dynamodb', 'kafka', 'kinesis', 'mq', 'rds'].map((service): [string, object, 'stream'] => [`${service} elsewhere`, { EventSourceArn: `arn:aws:${service}:eu-west-1:111122223333:x/y` }, 'stream']),
  ['what is not known, with a place to start', { EventSourceArn: { Ref: 'P' }, StartingPosition: 'LATEST' }, 'stream'], ['what is not known', { EventSourceArn: { Ref: 'P' } }, 'queue'],
  ['brokers of one\'s own', { SelfManagedEventSource: {} }, 'stream'],
])('a mapping reads %s', (_, properties, kind) => {
  const app = modelOf({ Q: one('AWS::SQS::Queue'), T: one('AWS::DynamoDB::Table'), M: one('AWS::Lambda::EventSourceMapping', { FunctionName: 'f', ...properties }) });
  expect(mappingKind(app.ofType('AWS::Lambda::EventSourceMapping')[0], app)).toBe(kind);
});

test('notifications stand in the bucket, or in the resource by which CDK sets them, for functions, queues and topics', () => {
  const told = (channels: readonly Channel[]) => channels.map(({ source, targets }) => `${source.logicalId} ${targets.map(({ key, certain }) => `${key.split('\u0000')[1]} ${certain}`).join()}`);
  const targets = { F: one('AWS::Lambda::Function'), Q: one('AWS::SQS::Queue'), T: one('AWS::SNS::Topic') };
  expect(told(bucketChannels(modelOf({
    ...targets,
    B: one('AWS::S3::Bucket', {
      NotificationConfiguration: {
        LambdaConfigurations: [{ Function: att('F') }], QueueConfigurations: [{ Queue: att('Q') }], TopicConfigurations: [{ Topic: { Ref: 'T' } }],
      },
    }),
  })))).toEqual(['B F true', 'B Q true', 'B T true']);
  expect(told(bucketChannels(modelOf({
    ...targets,
    B: one('AWS::S3::Bucket'),
    N: one('Custom::S3BucketNotifications', {
      BucketName: { Ref: 'B' },
      NotificationConfiguration: {
        LambdaFunctionConfigurations: [{ LambdaFunctionArn: att('F') }], QueueConfigurations: [{ QueueArn: att('Q') }], TopicConfigurations: [{ TopicArn: { Ref: 'T' } }],
      },
    }),
  })))).toEqual(['B F true', 'B Q true', 'B T true']);
});
