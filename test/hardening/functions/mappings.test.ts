import { CfnCondition, Duration, Fn, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnStream, Stream, StreamConsumer } from 'aws-cdk-lib/aws-kinesis';
import { Alias, CfnEventSourceMapping, Code, Function as LambdaFunction, IFunction, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, KinesisConsumerEventSource, KinesisEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnServerlessCluster, CfnServerlessClusterProps } from 'aws-cdk-lib/aws-msk';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { compared, hardened, linesOn } from '../support/compared';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const DESTINATION = 'DestinationConfig.OnFailure.Destination';
const AGE = 'MaximumRecordAgeInSeconds';
const CLUSTER: CfnServerlessClusterProps = {
  clusterName: 'orders', clientAuthentication: { sasl: { iam: { enabled: true } } }, vpcConfigs: [{ subnetIds: ['subnet-1', 'subnet-2'] }],
};

const reader = (stack: Stack) => new LambdaFunction(stack, 'Reader', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
const fromStart = { startingPosition: StartingPosition.TRIM_HORIZON };
const mapped = (stack: Stack, props: object) => new CfnEventSourceMapping(stack, 'Mapping', { functionName: reader(stack).functionName, startingPosition: 'LATEST', ...props });

const ownQueue = { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetterQueue'), 'Arn'] } } };

test('a mapping of a table keeps what fails, as long as the stream keeps records, and waits for the rights', () => {
  const { template, changes } = hardened((stack) => {
    const table = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.NEW_IMAGE });
    reader(stack).addEventSource(new DynamoEventSource(table, fromStart));
  });
  template.hasResource(MAPPING, {
    Properties: { DestinationConfig: ownQueue, MaximumRecordAgeInSeconds: 86_400, MaximumRetryAttempts: Match.absent() },
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^HardenedRights')]),
  });
  expect([DESTINATION, AGE].map((property) => linesOn(changes, property))).toEqual([['set in-place'], ['set in-place']]);
});

test.each<[string, (fn: LambdaFunction) => IFunction]>([
  ['a version', (fn) => fn.currentVersion],
  ['an alias', (fn) => new Alias(fn, 'Live', { aliasName: 'live', version: fn.currentVersion })],
])('a mapping of %s has what one of its function has', (_, readerOf) => {
  const { template, changes } = hardened((stack) => { readerOf(reader(stack)).addEventSource(new KinesisEventSource(new Stream(stack, 'Clicks'), fromStart)); });
  template.hasResource(MAPPING, { Properties: { DestinationConfig: ownQueue }, DependsOn: Match.arrayWith([Match.stringLikeRegexp('^HardenedRights')]) });
  expect(linesOn(changes, DESTINATION)).toEqual(['set in-place']);
});

test('a mapping that may be of one function or another is left to its author', () => {
  const { changes } = hardened((stack) => {
    const other = new LambdaFunction(stack, 'Other', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
    const either = Fn.conditionIf(new CfnCondition(stack, 'New', { expression: Fn.conditionEquals('a', 'b') }).logicalId, reader(stack).functionName, other.functionName);
    new CfnEventSourceMapping(stack, 'Mapping', { functionName: either.toString(), startingPosition: 'LATEST', eventSourceArn: new Stream(stack, 'Clicks').streamArn });
  });
  expect(linesOn(changes, DESTINATION)).toEqual(['proposed in-place']);
});

test('records of a consumer of Kinesis count for as long as its stream keeps them', () => {
  const { template } = hardened((stack) => {
    const consumer = new StreamConsumer(stack, 'Consumer', { stream: new Stream(stack, 'Clicks', { retentionPeriod: Duration.hours(48) }), streamConsumerName: 'clicks' });
    reader(stack).addEventSource(new KinesisConsumerEventSource(consumer, fromStart));
  });
  template.hasResourceProperties(MAPPING, { MaximumRecordAgeInSeconds: 172_800 });
});

test.each<[string, number | undefined, number]>([['a day by default', undefined, 86_400], ['as long as its stream says', 48, 172_800]])('records of Kinesis count for %s', (_, hours, seconds) => {
  const { template } = hardened((stack) => {
    const stream = new Stream(stack, 'Clicks', { retentionPeriod: hours === undefined ? undefined : Duration.hours(hours) });
    reader(stack).addEventSource(new KinesisEventSource(stream, fromStart));
  });
  template.hasResourceProperties(MAPPING, { MaximumRecordAgeInSeconds: seconds });
});

test('a stream that keeps records longer than a mapping can wait is left to its author', () => {
  const { template, changes } = hardened((stack) => { mapped(stack, { eventSourceArn: new CfnStream(stack, 'Clicks', { shardCount: 1, retentionPeriodHours: 720 }).attrArn }); });
  template.hasResourceProperties(MAPPING, { MaximumRecordAgeInSeconds: Match.absent() });
  expect(linesOn(changes, AGE)).toEqual(['proposed in-place']);
});

test('a stream of another app counts for the seven days that a mapping can wait', () => {
  const { template } = hardened((stack) => { mapped(stack, { eventSourceArn: 'arn:aws:kinesis:eu-west-1:111122223333:stream/theirs' }); });
  template.hasResourceProperties(MAPPING, { DestinationConfig: ownQueue, MaximumRecordAgeInSeconds: 604_800 });
});

test.each<[string, object]>([['attempts', { maximumRetryAttempts: 3 }], ['an age', { maximumRecordAgeInSeconds: 60 }]])('an end by %s stays', (_, props) => {
  expect(linesOn(hardened((stack) => { mapped(stack, { eventSourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/t/stream/1', ...props }); }).changes, AGE)).toStrictEqual([]);
});

test('retries without an end that somebody asked for stay, and are reported', () => {
  const { template, changes } = hardened((stack) => { mapped(stack, { eventSourceArn: new Stream(stack, 'Clicks').streamArn, maximumRecordAgeInSeconds: -1 }); }, { strict: true });
  template.hasResourceProperties(MAPPING, { MaximumRecordAgeInSeconds: -1 });
  expect(linesOn(changes, AGE)).toEqual(['kept in-place']);
});

test('a destination of the author stays', () => {
  const destinationConfig = { onFailure: { destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } };
  expect(linesOn(hardened((stack) => { mapped(stack, { eventSourceArn: new Stream(stack, 'Clicks').streamArn, destinationConfig }); }).changes, DESTINATION)).toStrictEqual([]);
});

test.each<[string, object]>([
  ['a cluster of MSK in the app', {}],
  ['a cluster of MSK', { eventSourceArn: 'arn:aws:kafka:eu-west-1:111122223333:cluster/c/1' }],
  ['a cluster somewhere else', { selfManagedEventSource: { endpoints: { kafkaBootstrapServers: ['broker.example.com:9092'] } } }],
  ['a topic of who knows what', { eventSourceArn: Fn.importValue('Cluster'), topics: ['orders'] }],
])('where the records of %s go that fail is proposed, since the brokers must reach it', (_, props) => {
  const { template, changes } = hardened((stack) => {
    const { attrArn } = new CfnServerlessCluster(stack, 'Cluster', CLUSTER);
    mapped(stack, Object.keys(props).length === 0 ? { eventSourceArn: attrArn } : props);
  });
  const absent = Match.absent();
  template.hasResourceProperties(MAPPING, { DestinationConfig: absent, MaximumRecordAgeInSeconds: absent, MaximumRetryAttempts: absent });
  expect(changes.filter(({ resourceType }) => resourceType === MAPPING).map(({ outcome, property, rule }) => `${outcome} ${rule} ${property}`)).toEqual([
    `proposed StreamFailurePath ${DESTINATION}`, 'proposed StreamRetryLimit MaximumRetryAttempts',
  ]);
});

test('a mapping of Kafka with an end and a destination has nothing to be told', () => {
  const { changes } = hardened((stack) => {
    mapped(stack, { topics: ['orders'], maximumRetryAttempts: 3, destinationConfig: { onFailure: { destination: 'arn:aws:s3:::failed' } } });
  });
  expect(changes.filter(({ resourceType }) => resourceType === MAPPING)).toStrictEqual([]);
});

test.each<[string, object]>([
  ['Amazon MQ', { eventSourceArn: 'arn:aws:mq:eu-west-1:111122223333:broker:b:b-1', queues: ['orders'] }],
  ['Amazon DocumentDB', { eventSourceArn: 'arn:aws:rds:eu-west-1:111122223333:cluster:c', documentDbEventSourceConfig: { databaseName: 'shop' } }],
])('why a mapping of %s names no destination is explained', (_, props) => {
  const build = (stack: Stack) => { mapped(stack, props); };
  expect(hardened(build).changes.filter(({ resourceType }) => resourceType === MAPPING).map(({ outcome, property }) => `${outcome} ${property}`))
    .toEqual(['set the finding LambdaEventSourceMappingDestination']);
  const { before, after } = compared(build);
  expect([before, after].map((findings) => findings.get('Serverless-LambdaEventSourceMappingDestination'))).toEqual([1, undefined]);
});

test('a mapping of who knows what is left alone', () => {
  expect(hardened((stack) => { mapped(stack, {}); }).changes.filter(({ resourceType }) => resourceType === MAPPING)).toStrictEqual([]);
});

test('what changes the answer or the pace of a queue is proposed, and why it names no destination is explained', () => {
  const { template, changes } = hardened((stack) => { reader(stack).addEventSource(new SqsEventSource(new Queue(stack, 'Jobs'))); });
  const absent = Match.absent();
  template.hasResourceProperties(MAPPING, { FunctionResponseTypes: absent, ScalingConfig: absent, DestinationConfig: absent });
  expect(changes.filter(({ resourceType }) => resourceType === MAPPING).map(({ outcome, property }) => `${outcome} ${property}`)).toEqual([
    'proposed FunctionResponseTypes', 'proposed ScalingConfig.MaximumConcurrency', 'set the finding LambdaEventSourceMappingDestination',
  ]);
});

test('both leave no finding of cdk-nag on mappings, and none that was not there', () => {
  const { before, after, worse } = compared((stack) => {
    const fn = reader(stack);
    fn.addEventSource(new SqsEventSource(new Queue(stack, 'Jobs')));
    fn.addEventSource(new KinesisEventSource(new Stream(stack, 'Clicks'), fromStart));
  });
  const rules = ['Serverless-LambdaEventSourceMappingDestination', 'StreamFailurePath', 'StreamRetryLimit'];
  expect(rules.map((rule) => [before.get(rule), after.get(rule)])).toEqual([[2, undefined], [1, undefined], [1, undefined]]);
  expect(worse).toStrictEqual([]);
});
