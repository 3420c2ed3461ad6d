import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, CfnTopic, CfnTopicInlinePolicy, CfnTopicPolicy, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { StackAlarmTopic } from '../../../src/alarms/stack-alarm-topic';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { SecureTopic } from '../../../src/messaging/topic/secure-topic';
import { findingsOf, PRODUCTION_PACKS, RECOMMENDED_FLAGS, testStack, unexplained } from '../../support/apps';
import { aFunction } from '../../support/self-audit';
import { changesAt, hardenedStack, outcomesAt, propertiesOf } from '../support/hardened';

const ALL_ACTIONS = [
  'sns:AddPermission', 'sns:DeleteTopic', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic', 'sns:Publish', 'sns:RemovePermission',
  'sns:SetTopicAttributes', 'sns:Subscribe',
];

const topicId = (stack: Stack) => Object.keys(Template.fromStack(stack).findResources('AWS::SNS::Topic')).find((id) => id.startsWith('News'));

describe('a topic denies plain HTTP', () => {
  test.each([
    ['of a construct, with no flags', {}, (stack: Stack) => new Topic(stack, 'News')],
    ['of a construct, with recommended flags', RECOMMENDED_FLAGS, (stack: Stack) => new Topic(stack, 'News')],
    ['of the first level', {}, (stack: Stack) => new CfnTopic(stack, 'News')],
  ])('%s, and goes on admitting whom SNS itself admits where there is no policy: alarms would be silenced', (_, flags, make) => {
    const stack = hardenedStack({}, flags);
    make(stack);
    const Resource = { Ref: topicId(stack) };
    expect(Object.values(Template.fromStack(stack).findResources('AWS::SNS::TopicPolicy')).map(({ Properties }) => Properties)).toEqual([{
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'OwnAccount',
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: ALL_ACTIONS,
            Resource,
            Condition: { StringEquals: { 'aws:SourceOwner': { Ref: 'AWS::AccountId' } } },
          },
          { Sid: 'OnlyOverTls', Effect: 'Deny', Principal: { AWS: '*' }, Action: ALL_ACTIONS, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      },
      Topics: [Resource],
    }]);
  });

  test('and admits nobody more where its author wrote the policy', () => {
    const stack = hardenedStack();
    new Topic(stack, 'News').addToResourcePolicy(new PolicyStatement({
      sid: 'Partner', principals: [new AnyPrincipal()], actions: ['sns:Publish'], resources: ['*'], conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    }));
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Sid: 'Partner' }), Match.objectLike({ Sid: 'OnlyOverTls' })] },
    });
  });

  test('unless something else writes its policy', () => {
    const stack = hardenedStack();
    const topic = new CfnTopic(stack, 'News');
    new CfnTopicInlinePolicy(stack, 'Policy', { topicArn: topic.ref, policyDocument: {} });
    expect(outcomesAt(stack, 'Shop/News')['the resource policy']).toBe('unknown');
    Template.fromStack(stack).resourceCountIs('AWS::SNS::TopicPolicy', 0);
  });

  test('in the policy of several topics once for each', () => {
    const stack = hardenedStack();
    const topics = ['One', 'Two'].map((id) => new CfnTopic(stack, id).ref);
    new CfnTopicPolicy(stack, 'Policy', { topics, policyDocument: { Statement: [] } });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::SNS::TopicPolicy'));
    expect(Properties.PolicyDocument.Statement.map(({ Sid, Resource }: Record<string, unknown>) => [Sid, Resource])).toEqual([['OnlyOverTls', { Ref: 'One' }], ['OnlyOverTls', { Ref: 'Two' }]]);
  });
});

describe('what SNS cannot deliver', () => {
  const subscribed = (stack: Stack, topic: Topic, queue: Queue) => {
    topic.addSubscription(new SqsSubscription(queue));
    return stack.node.findAll().find((node) => CfnSubscription.isCfnSubscription(node)) as CfnSubscription;
  };

  test('goes to the dead-letter queue of the stack, which lets SNS in for this topic alone', () => {
    const stack = hardenedStack();
    const subscription = subscribed(stack, new Topic(stack, 'News'), new Queue(stack, 'Bills'));
    const { deadLetterTargetArn } = propertiesOf(subscription).RedrivePolicy;
    expect(deadLetterTargetArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SharedSecurityDeadLetterQueue/), 'Arn'] });
    Template.fromStack(stack).hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'sqs:SendMessage',
          Principal: { Service: 'sns.amazonaws.com' },
          Resource: deadLetterTargetArn,
          Condition: { ArnLike: { 'aws:SourceArn': { Ref: topicId(stack) } } },
        })]),
      },
    });
  });

  test('to a function of this library, below which CDK puts the subscription, goes there too: the topic is the author\'s', () => {
    const stack = hardenedStack();
    new Topic(stack, 'News').addSubscription(new LambdaSubscription(aFunction(stack, 'Reader')));
    expect(outcomesAt(stack, 'Shop/Reader')).toEqual({ RedrivePolicy: 'set' });
    Template.fromStack(stack).hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda',
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SharedSecurityDeadLetterQueue'), 'Arn'] } },
    });
  });

  test.each<[string, (stack: Stack) => void]>([
    ['a function of this library with its own trigger', (stack) => aFunction(stack, 'Reader').onTopic(new SecureTopic(stack, 'News'))],
    ['the people who get the alarms', (stack) => StackAlarmTopic.of(stack).addSubscription(new EmailSubscription('shop@example.com'))],
  ])('of a topic of this library to %s stays as it is', (_, make) => {
    const stack = hardenedStack();
    make(stack);
    expect(changesAt(stack, 'Shop').filter(({ resourceType }) => resourceType === 'AWS::SNS::Subscription')).toStrictEqual([]);
  });

  test('to a FIFO queue goes to a FIFO queue', () => {
    const stack = hardenedStack();
    const subscription = subscribed(stack, new Topic(stack, 'News', { fifo: true }), new Queue(stack, 'Bills', { fifo: true }));
    expect(propertiesOf(subscription).RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]).toMatch(/^SharedSecurityFifoDeadLetterQueue/);
  });

  test('of a topic of another stack goes to the queue of the subscriber', () => {
    const stack = hardenedStack();
    const topic = new Topic(new Stack(stack.node.root, 'Other'), 'News');
    const subscription = subscribed(stack, topic, new Queue(stack, 'Bills'));
    expect(propertiesOf(subscription).RedrivePolicy.deadLetterTargetArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SharedSecurity/), 'Arn'] });
  });

  test.each([
    ['of a topic of another region', 'arn:aws:sns:eu-west-1:111122223333:news'],
    ['of a topic of another account', 'arn:aws:sns:us-east-1:444455556666:news'],
  ])('%s is for the author to keep', (_, topicArn) => {
    const stack = hardenedStack();
    new CfnSubscription(stack, 'Bills', { topicArn, protocol: 'sqs', endpoint: 'arn:aws:sqs:us-east-1:111122223333:bills' });
    expect(outcomesAt(stack, 'Shop/Bills')).toEqual({ RedrivePolicy: 'proposed' });
  });

  test('to people is lost, and the finding says why', () => {
    const stack = hardenedStack();
    new Topic(stack, 'News').addSubscription(new EmailSubscription('shop@example.com'));
    expect(outcomesAt(stack, 'Shop/News/shop@example.com')).toEqual({ 'the finding SNSRedrivePolicy': 'set' });
    Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 0);
  });

  test('goes where the author sends it', () => {
    const stack = hardenedStack();
    const failed = new Queue(stack, 'Failed');
    new Topic(stack, 'News').addSubscription(new SqsSubscription(new Queue(stack, 'Bills', { deadLetterQueue: { queue: failed, maxReceiveCount: 3 } }), { deadLetterQueue: failed }));
    expect(outcomesAt(stack, 'Shop/Bills').RedrivePolicy).toBeUndefined();
    expect((failed.node.defaultChild as CfnQueue).redriveAllowPolicy).toBeUndefined();
  });
});

test('no checker has anything left to say about topics', () => {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root).harden();
  const topic = new Topic(stack, 'News');
  topic.addSubscription(new EmailSubscription('shop@example.com'));
  topic.addSubscription(new SqsSubscription(new Queue(stack, 'Bills')));
  const judged = unexplained(findingsOf(stack, [...PRODUCTION_PACKS(), new ServerlessSecurityChecks()]));
  expect(judged.filter((finding) => !/AlarmAction|QueueKey|TopicEncryption/.test(finding))).toStrictEqual([]);
});
