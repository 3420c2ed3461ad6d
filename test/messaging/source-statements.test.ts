import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyStatement, PolicyStatementProps, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { EventType } from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { policyOf } from './support';
import { sizeOf } from '../../src/iam/hardening/actions/policy-size';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { Json } from '../support/api';
import { RECOMMENDED_FLAGS, testStack } from '../support/apps';

/** What each queue has: no plain HTTP, and nobody who was not admitted. */
const OWN = 2;

const sourcesIn = (statement: Json): readonly Json[] => Object.values<Json>(statement.Condition).flatMap((keys) => [keys['aws:SourceArn'] ?? []].flat());

describe.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('with %s', (_, flags) => {
  test.each([1, 15, 60])('a queue takes the messages of %d topics, in a policy that SQS takes, which names each', (count) => {
    const stack = testStack({ flags });
    const queue = new SecureQueue(stack, 'Jobs');
    const topics = Array.from({ length: count }, (__, i) => new Topic(stack, `Topic${i}`));
    for (const topic of topics) topic.addSubscription(new SqsSubscription(queue));
    const statements = policyOf(stack, queue);
    const ofTopics = statements.filter(({ Principal }: Json) => Principal.Service === 'sns.amazonaws.com');
    expect(ofTopics.flatMap(sourcesIn)).toEqual(topics.map(({ topicArn }) => stack.resolve(topicArn)));
    expect(statements.length).toBeLessThanOrEqual(20);
    expect(sizeOf({ Version: '2012-10-17', Statement: statements })).toBeLessThanOrEqual(8192);
  });

  test('a topic takes what 25 buckets tell, in one statement that names each', () => {
    const stack = testStack({ flags });
    const topic = new SecureTopic(stack, 'News');
    const buckets = Array.from({ length: 25 }, (__, i) => new SecureBucket(stack, `Bucket${i}`));
    for (const bucket of buckets) bucket.addEventNotification(EventType.OBJECT_CREATED, new SnsDestination(topic));
    const ofBuckets = policyOf(stack, topic).filter(({ Principal }: Json) => Principal.Service === 's3.amazonaws.com');
    expect(ofBuckets).toHaveLength(1);
    expect(ofBuckets.flatMap(sourcesIn)).toEqual(buckets.map(({ bucketArn }) => stack.resolve(bucketArn)));
  });
});

test.each<[string, (stack: Stack) => Partial<PolicyStatementProps>]>([
  ['another service', () => ({ principals: [new ServicePrincipal('s3.amazonaws.com')] })],
  ['another account', () => ({ principals: [new AccountPrincipal('444455556666')] })],
  ['two services', () => ({ principals: [new ServicePrincipal('sns.amazonaws.com'), new ServicePrincipal('s3.amazonaws.com')] })],
  ['another action', () => ({ actions: ['sqs:GetQueueUrl'] })],
  ['another condition', () => ({ conditions: { StringEquals: { 'aws:SourceAccount': '444455556666' } } })],
])('a statement for %s stays apart', (_, other) => {
  const stack = testStack();
  const queue = new SecureQueue(stack, 'Jobs');
  const statement = (source: string, more: Partial<PolicyStatementProps> = {}): PolicyStatement => new PolicyStatement({
    principals: [new ServicePrincipal('sns.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnLike: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:111122223333:${source}` } },
    ...more,
  });
  const [first, second] = [statement('a'), statement('b', other(stack))];
  for (const one of [first, second]) expect(queue.addToResourcePolicy(one)).toMatchObject({ statementAdded: true, policyDependable: queue.node.findChild('Policy') });
  expect(policyOf(stack, queue)).toHaveLength(OWN + 2);
  expect(first.toStatementJson().Condition).toEqual({ ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:a' } });
});

test('whoever adds a source to a statement waits for the policy all the same', () => {
  const queue = new SecureQueue(testStack(), 'Jobs');
  const added = ['a', 'b'].map((source) => queue.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('sns.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnLike: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:111122223333:${source}` } },
  })));
  expect(added.map(({ policyDependable, statementAdded }) => [statementAdded, policyDependable])).toEqual([
    [true, queue.node.findChild('Policy')], [true, queue.node.findChild('Policy')],
  ]);
});
